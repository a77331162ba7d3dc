// What the door decides by itself: which text is a whole number, who is meant, how fast the queue moves.
import type { AtSeat, Door, Person } from "../../platform";

/** People let in at this desk and the keys it took. `spent` in milliseconds, without the pauses in which nobody came. */
export type Tally = { people: number; keys: number; spent: number; last: number | null };

export const NO_TALLY: Tally = { people: 0, keys: 0, spent: 0, last: null };

/** A longer gap is no queue, and is not counted. */
const PAUSE = 120_000;

function passed(tally: Tally, now: number): Tally {
  const gap = tally.last === null ? 0 : now - tally.last;
  return { ...tally, spent: tally.spent + (gap > 0 && gap <= PAUSE ? gap : 0), last: now };
}

export function pressed(tally: Tally, now: number): Tally {
  return { ...passed(tally, now), keys: tally.keys + 1 };
}

export function letIn(tally: Tally, now: number): Tally {
  return { ...passed(tally, now), people: tally.people + 1 };
}

/** The figures of a tally; keys a person to one place, and how long thirty would take at this pace. */
export function pace(tally: Tally): { people: number; keys: string; minutes: number; seconds: number; thirty: number | null } {
  const whole = Math.round(tally.spent / 1000);
  return {
    people: tally.people,
    keys: tally.people === 0 ? "0" : String(Math.round((tally.keys * 10) / tally.people) / 10),
    minutes: Math.floor(whole / 60),
    seconds: whole % 60,
    thirty: tally.people === 0 || whole === 0 ? null : Math.ceil((whole * 30) / tally.people / 60),
  };
}

/** Full-width figures and letters, as a Chinese keyboard may give them, become plain ones. */
export function plain(text: string): string {
  return text.replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/\u3000/g, " ").trim();
}

const ID_NUMBER = /^\d{17}[\dXx]$/;
const USUAL_LENGTH = 12;

/** A whole candidate number or ID number, which needs no choosing. `numbers` are those of the room and show how long one is. */
export function isWhole(text: string, numbers: readonly string[]): boolean {
  if (ID_NUMBER.test(text)) return true;
  const lengths = new Set(numbers.map((number) => number.length));
  if (lengths.size === 0) lengths.add(USUAL_LENGTH);
  return /^\d+$/.test(text) && lengths.has(text.length);
}

export function numbersOf(door: Door): string[] {
  return [...door.awaited, ...door.present, ...door.absent].flatMap((one) => (one.number === null ? [] : [one.number]));
}

export type Where = "awaited" | "present" | "absent" | "elsewhere";
export type Match = Person & { where: Where; at: string | null };

const MOST = 9;

/** Who is meant: people of this room first, awaited before the rest, by seat; then people found elsewhere. */
export function matchesOf(text: string, door: Door, found: readonly Person[]): Match[] {
  const wanted = plain(text);
  if (wanted === "") return [];
  const named = new Set(found.map((one) => one.person));
  const fits = (one: Person) => named.has(one.person) || one.name.includes(wanted) || (/^\d+$/.test(wanted) && (one.number ?? "").endsWith(wanted));
  const here = (["awaited", "present", "absent"] as const).flatMap((where) => door[where].filter(fits).sort(bySeat).map((one): Match => ({ ...one, where })));
  const inRoom = new Set(numbersAndHandles(door));
  const elsewhere = found.filter((one) => !inRoom.has(one.person)).map((one): Match => ({ ...one, where: "elsewhere", at: null }));
  return [...here, ...elsewhere].slice(0, MOST);
}

function numbersAndHandles(door: Door): string[] {
  return [...door.awaited, ...door.present, ...door.absent].map((one) => one.person);
}

export function bySeat(a: Person, b: Person): number {
  return (a.seat ?? 0) - (b.seat ?? 0);
}

/** Which match Enter takes without an arrow key: only one that is beyond doubt, for nobody may be let in by guess. */
export function preselect(matches: readonly Match[]): number {
  const awaited = matches.filter((one) => one.where === "awaited").length;
  return awaited === 1 || matches.length === 1 ? 0 : -1;
}

/** Moves the choice by an arrow key, round the end. */
export function step(chosen: number, by: 1 | -1, count: number): number {
  if (count === 0) return -1;
  if (chosen === -1) return by === 1 ? 0 : count - 1;
  return (chosen + by + count) % count;
}

/** Whom Ctrl+Z takes back: who was let in last at this desk and is still in, else the latest of the room. */
export function lastIn(present: readonly AtSeat[], mine: readonly string[]): AtSeat | null {
  for (const person of [...mine].reverse()) {
    const held = present.find((one) => one.person === person);
    if (held !== undefined) return held;
  }
  return [...present].sort((a, b) => (b.at ?? "").localeCompare(a.at ?? ""))[0] ?? null;
}

/** `far`: a day or more away, when minutes say nothing; `at`, day and time, says it then. */
export type DoorState = { state: "before" | "open" | "closed" | "unknown"; opens: string; lastEntry: string; minutes: number; far: boolean; at: string };

/** From here on nobody counts in minutes: the event is another day's, or a drill of long ago. */
const FAR = 24 * 60;

/** Whether the door is open, and how many minutes it will stay so. */
export function doorState(opens: string, lastEntry: string, now: string): DoorState {
  const [from, to, at] = [Date.parse(opens), Date.parse(lastEntry), Date.parse(now)];
  if (Number.isNaN(from) || Number.isNaN(to)) return { state: "unknown", opens, lastEntry, minutes: 0, far: false, at: "" };
  const day = (time: string) => `${time.slice(0, 10)} ${timeOf(time)}`;
  const sameDay = opens.slice(0, 10) === now.slice(0, 10);
  const said = (state: DoorState["state"], minutes: number, time: string): DoorState => ({ state, opens: sameDay ? timeOf(opens) : day(opens), lastEntry: timeOf(lastEntry), minutes, far: minutes >= FAR, at: day(time) });
  if (at < from) return said("before", Math.ceil((from - at) / 60_000), opens);
  if (at > to) return said("closed", Math.floor((at - to) / 60_000), lastEntry);
  return said("open", Math.ceil((to - at) / 60_000), lastEntry);
}

/** The time of day of a stamp as written in it, or as it stands where it is none. */
export function timeOf(at: string | null): string {
  return /(?:^|[T ])(\d\d:\d\d)/.exec(at ?? "")?.[1] ?? at ?? "";
}
