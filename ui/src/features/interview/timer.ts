// The interview's timer, free of any clock of its own: `now` is milliseconds of a clock that only goes forward.
export type Timer = { minutes: number; used: number; since: number | null };
export type Phase = "ready" | "running" | "paused" | "last" | "over";

const MINUTE = 60_000;

export function newTimer(minutes: number): Timer {
  return { minutes, used: 0, since: null };
}

export function toggle(timer: Timer, now: number): Timer {
  return timer.since === null ? { ...timer, since: now } : { ...timer, used: timer.used + now - timer.since, since: null };
}

/** Milliseconds left; below zero once the time is over. */
export function left(timer: Timer, now: number): number {
  return timer.minutes * MINUTE - timer.used - (timer.since === null ? 0 : now - timer.since);
}

export function phase(timer: Timer, now: number): Phase {
  const rest = left(timer, now);
  if (rest <= 0) return "over";
  if (timer.since === null && timer.used === 0) return "ready";
  if (rest <= MINUTE) return "last";
  return timer.since === null ? "paused" : "running";
}

/** What the wall shows: a begun second counts down in full, beyond the end it counts up with a plus. */
export function figures(rest: number): string {
  const seconds = rest > 0 ? Math.ceil(rest / 1000) : Math.floor(-rest / 1000);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${rest > 0 ? "" : "+"}${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}
