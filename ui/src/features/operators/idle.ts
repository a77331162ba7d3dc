import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import { commands } from "../../platform";

const SIGNS = ["keydown", "pointerdown", "pointermove", "wheel"] as const;
/** How often one looks whether anybody is still there. */
const LOOK_MS = 5_000;

/** Two clocks, and whichever says more: one can be set back, the other stands still while the machine sleeps. */
const now = () => ({ wall: Date.now(), steady: performance.now() });

/** Locks the screen of a protected event when nobody has touched the machine for so many minutes; and the way to lock it at once.
 *  What the page does by itself (draws anew, shows how far work is) is nobody's touch. */
export function useLock(wanted: boolean, minutes: number): () => void {
  const client = useQueryClient();
  const last = useRef(now());
  const lock = useCallback(
    // What refuses is a screen that is locked already, or an event that is gone: the session says which.
    () => commands.lockScreen().catch(() => undefined).then(() => client.invalidateQueries({ queryKey: ["session"] })),
    [client],
  );
  useEffect(() => {
    if (!wanted) return undefined;
    // Whoever protects the event has just done so.
    last.current = now();
    let pointer: string | null = null;
    const there = (event: Event) => {
      if (event instanceof PointerEvent && event.type === "pointermove") {
        // A page that draws under a pointer which rests is told of a move, too.
        const [before, at] = [pointer, `${event.screenX},${event.screenY}`];
        pointer = at;
        if (before === null || before === at) return;
      }
      last.current = now();
    };
    for (const sign of SIGNS) addEventListener(sign, there, { passive: true, capture: true });
    const keys = (event: KeyboardEvent) => {
      if (!event.ctrlKey || event.altKey || event.key.toLowerCase() !== "l") return;
      event.preventDefault();
      void lock();
    };
    addEventListener("keydown", keys);
    return () => {
      removeEventListener("keydown", keys);
      for (const sign of SIGNS) removeEventListener(sign, there, { capture: true });
    };
  }, [wanted, lock]);
  useEffect(() => {
    if (!wanted) return undefined;
    // Work that goes on keeps the program from locking before it ends; it is asked once.
    let asked = false;
    const timer = setInterval(() => {
      const { wall, steady } = now();
      if (asked || Math.max(wall - last.current.wall, steady - last.current.steady) < minutes * 60_000) return;
      asked = true;
      void lock().finally(() => (asked = false));
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [wanted, minutes, lock]);
  return () => void lock();
}
