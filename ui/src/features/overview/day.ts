// The day as the overview tells it: how far each time is, how each step stands.
import type { DayStep, DayTime, Session } from "../../platform";

export const STEPS = [
  "keys", "roster", "eligibility", "rooms", "draw", "packets", "checkin", "absence", "record", "incidents", "marks", "differences",
  "lots", "sheets", "sheetDifferences", "handover", "merge", "weights", "selection", "standings", "ties", "awards", "certificates",
  "belowMinimum", "rosterClose", "teamList", "teamNamed", "teamResult", "teamAward",
] as const;
export type Step = (typeof STEPS)[number];

export const TIMES = ["doors", "start", "last-entry", "end"] as const;
export type TimeLabel = (typeof TIMES)[number];

export const STATES = ["attention", "open", "blocked", "done"] as const;
export type State = (typeof STATES)[number];

export const knownStep = (step: string): Step | null => STEPS.find((one) => one === step) ?? null;
export const knownTime = (label: string): TimeLabel | null => TIMES.find((one) => one === label) ?? null;

/** A moment as it was written down, where it was written down: paper shows the same. */
export function wall(at: string): { date: string; time: string } {
  return { date: at.slice(0, 10), time: at.slice(11, 16) };
}

/** Whole minutes from now to then, rounded up; negative once it is past. */
export function minutesTo(now: string, at: string): number {
  const minutes = (Date.parse(at) - Date.parse(now)) / 60_000;
  return minutes > 0 ? Math.ceil(minutes) : Math.floor(minutes);
}

export type Until = { unit: "now" | "minutes" | "hours" | "days"; n: number; minutes: number };

/** How long until then in the unit people use for it. */
export function until(now: string, at: string): Until {
  const minutes = minutesTo(now, at);
  if (minutes <= 0) return { unit: "now", n: 0, minutes: 0 };
  if (minutes < 120) return { unit: "minutes", n: minutes, minutes: 0 };
  if (minutes < 48 * 60) return { unit: "hours", n: Math.floor(minutes / 60), minutes: minutes % 60 };
  // Days as a calendar counts them: all times of one day are as many days away.
  const midnight = (moment: string) => Date.parse(`${wall(moment).date}T00:00:00Z`);
  return { unit: "days", n: Math.round((midnight(at) - midnight(now)) / (24 * 60 * 60_000)), minutes: 0 };
}

export type PartTimes = { stage: string; part: string; date: string; times: (DayTime & { next: boolean })[] };

/** Times under the part they are of; the first that is not past is the next one. */
export function byPart(times: DayTime[]): PartTimes[] {
  const next = times.find((time) => !time.past);
  const groups: PartTimes[] = [];
  for (const time of times) {
    let group = groups.find((one) => one.stage === time.stage && one.part === time.part);
    if (group === undefined) groups.push((group = { stage: time.stage, part: time.part, date: wall(time.at).date, times: [] }));
    group.times.push({ ...time, next: time === next });
  }
  return groups;
}

export function countStates(steps: DayStep[]): Record<State, number> {
  const counts = { attention: 0, open: 0, blocked: 0, done: 0 };
  for (const step of steps) counts[step.state] += 1;
  return counts;
}

/** Part of the whole that is done, 0 to 100; a step with nothing to count is whole once done. */
export function percentDone(step: DayStep): number {
  if (step.total === 0) return step.state === "done" ? 100 : 0;
  return Math.min(100, Math.floor((step.done * 100) / step.total));
}

/** What the desk that mends a step is to show when it opens: the stage, the part, the view. */
export function aboutOf(step: Pick<DayStep, "stage" | "part" | "view">): Record<string, string> {
  const known = Object.entries({ stage: step.stage, part: step.part, view: step.view });
  return Object.fromEntries(known.flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}

/** Names of a stage and part; the part's alone where it says which stage it is of. */
export function placeOf(step: { stage: string | null; part: string | null }, session: Session): string {
  const stage = session.stages.find((one) => one.id === step.stage);
  const part = stage?.parts.find((one) => one.id === step.part);
  return part?.whole ?? stage?.name ?? [step.stage, step.part].filter((name) => name !== null).join(" · ");
}
