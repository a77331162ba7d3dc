// One timer for the whole window: it runs on while other views of the interview are open.
import { useEffect, useState, useSyncExternalStore } from "react";
import { newTimer, toggle, type Timer } from "./timer";

let timer = newTimer(10);
const watchers = new Set<() => void>();

function change(to: Timer): void {
  timer = to;
  for (const watcher of watchers) watcher();
}

export const startOrPause = (): void => change(toggle(timer, performance.now()));
export const reset = (minutes = timer.minutes): void => change(newTimer(minutes));

function subscribe(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

/** The timer and the moment it is looked at, five times a second while it runs. */
export function useTimer(): { timer: Timer; now: number } {
  const seen = useSyncExternalStore(subscribe, () => timer);
  const [, tick] = useState(0);
  const running = seen.since !== null;
  useEffect(() => {
    if (!running) return undefined;
    const beat = setInterval(() => tick((n) => n + 1), 200);
    return () => clearInterval(beat);
  }, [running]);
  return { timer: seen, now: performance.now() };
}
