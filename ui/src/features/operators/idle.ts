import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { commands } from "../../platform";

const SIGNS = ["keydown", "pointerdown", "pointermove", "wheel"] as const;
/** How often one looks whether anybody is still there. */
const LOOK_MS = 5_000;

/** Locks the screen of a protected event when nobody has touched the machine for so many minutes; and the way to lock it at once. */
export function useLock(wanted: boolean, minutes: number): () => void {
  const client = useQueryClient();
  const lock = () => void commands.lockScreen().finally(() => void client.invalidateQueries({ queryKey: ["session"] }));
  useEffect(() => {
    if (!wanted) return undefined;
    // Two clocks, and whichever says more: one can be set back, the other stands still while the machine sleeps.
    let [last, steady] = [Date.now(), performance.now()];
    const there = () => { [last, steady] = [Date.now(), performance.now()]; };
    for (const sign of SIGNS) addEventListener(sign, there, { passive: true, capture: true });
    const timer = setInterval(() => {
      if (Math.max(Date.now() - last, performance.now() - steady) >= minutes * 60_000) lock();
    }, LOOK_MS);
    const keys = (event: KeyboardEvent) => {
      if (!event.ctrlKey || event.altKey || event.key.toLowerCase() !== "l") return;
      event.preventDefault();
      lock();
    };
    addEventListener("keydown", keys);
    return () => {
      clearInterval(timer);
      removeEventListener("keydown", keys);
      for (const sign of SIGNS) removeEventListener(sign, there, { capture: true });
    };
  });
  return lock;
}
