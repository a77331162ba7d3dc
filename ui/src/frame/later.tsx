// Parts of the window that are read when they are first shown.
import { createElement, useEffect, useState, type ComponentType, type ReactNode } from "react";

/** Something is being read. */
export function Reading() {
  return (
    <div className="reading">
      <span aria-hidden="true" />
    </div>
  );
}

/** Not React's `lazy`: where its fallback has stood for a moment, it is kept there for 300 ms. */
export function later<P extends object>(read: () => Promise<ComponentType<P>>, meanwhile: ReactNode = <Reading />): ComponentType<P> {
  let part: ComponentType<P> | null = null;
  return function Later(props: P) {
    const [, draw] = useState(0);
    useEffect(() => {
      if (part !== null) return;
      read().then(
        (found) => {
          part = found;
          draw(1);
        },
        // As a fault of the page, not of nobody.
        (fault: unknown) => draw(() => { throw fault; }),
      );
    }, []);
    return part === null ? meanwhile : createElement(part, props);
  };
}

/** The same for what is made of Ant Design and stands on a screen that is not. */
export function laterInKit<P extends object>(read: () => Promise<ComponentType<P>>, meanwhile: ReactNode = <Reading />): ComponentType<P> {
  return later<P>(async () => {
    const [{ Kit }, Part] = await Promise.all([import("./Kit"), read()]);
    return (props) => <Kit><Part {...props} /></Kit>;
  }, meanwhile);
}
