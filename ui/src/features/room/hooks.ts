import { useEffect, useState } from "react";
import { moved } from "../../frame/clock";
import { useSession } from "../../frame/session";

/** A value as it stood once it had rested for a while. */
export function usePaused<T>(value: T, ms: number): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return rested;
}

/** The clock that counts, running on from what the program last said. */
export function useNow(): string {
  const { now } = useSession();
  const [read, setRead] = useState(() => Date.now());
  const [, tick] = useState(0);
  useEffect(() => setRead(Date.now()), [now]);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return moved(now, Date.now() - read);
}

function dialogOpen(): boolean {
  return [...document.querySelectorAll('[role="dialog"]')].some((dialog) => dialog.getClientRects().length > 0);
}

const NOT_TYPED = new Set(["radio", "checkbox", "button", "submit", "reset", "range"]);

function takesText(element: Element | null): boolean {
  if (element instanceof HTMLInputElement) return !NOT_TYPED.has(element.type);
  return element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement || (element instanceof HTMLElement && element.isContentEditable);
}

/** Sends what is typed anywhere on the page to one input, unless a dialog or another input is at work: a scanner does not look where the focus is. */
export function useEverywhere(input: () => HTMLInputElement | null, typed: (key: string) => void, undo: () => void): void {
  useEffect(() => {
    const busy = () => dialogOpen() || (takesText(document.activeElement) && document.activeElement !== input());
    const keys = (event: KeyboardEvent) => {
      if (event.defaultPrevented || busy()) return;
      const field = input();
      if (event.ctrlKey && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "z") {
        if (field !== null && field.value !== "") return;
        event.preventDefault();
        undo();
        return;
      }
      // A blank stays with the button that has the focus.
      const printable = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.altKey && !event.metaKey && !event.isComposing;
      if (!printable || field === null || document.activeElement === field) return;
      event.preventDefault();
      field.focus();
      typed(event.key);
    };
    const back = () => {
      setTimeout(() => {
        if (!dialogOpen() && (document.activeElement === null || document.activeElement === document.body)) input()?.focus();
      }, 0);
    };
    document.addEventListener("keydown", keys);
    document.addEventListener("click", back);
    window.addEventListener("focus", back);
    back();
    return () => {
      document.removeEventListener("keydown", keys);
      document.removeEventListener("click", back);
      window.removeEventListener("focus", back);
    };
  });
}
