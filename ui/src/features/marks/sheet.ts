// What keying needs besides the program: reading what is typed, moving, grouping by room, sums beside those on paper.
import type { Control, MarkRow } from "../../platform";

/** Marks are counted in thousandths, so that sums are whole numbers. */
const UNIT = 1000;

/** A figure in thousandths; null where it is none. */
export function thousandths(text: string): number | null {
  const found = /^(\d{1,7})(?:\.(\d{1,3}))?$/.exec(text.trim());
  return found === null ? null : Number(found[1]) * UNIT + Number((found[2] ?? "").padEnd(3, "0"));
}

export function figure(units: number): string {
  const whole = Math.floor(units / UNIT);
  const rest = String(units % UNIT).padStart(3, "0").replace(/0+$/, "");
  return rest === "" ? String(whole) : `${whole}.${rest}`;
}

export const ABSENT = "缺考";

/** What is kept of a key press: figures, a point, and the letters that stand for absent. */
export function kept(text: string): string {
  return text
    .replace(/[０-９．]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[。,，]/g, ".")
    .replace(/[^0-9.qQ缺考违纪]/g, "");
}

/** What is meant by what was typed: q and 缺 stand for 缺考. */
export function meant(text: string): string {
  const plain = kept(text).trim();
  return /^(q|缺考?)$/i.test(plain) ? ABSENT : plain;
}

/** Whether a mark will surely be taken, so that the next row need not wait. The program alone decides. */
export function fits(text: string, full: string, step: string): boolean {
  const value = meant(text);
  if (value === ABSENT) return true;
  const [units, top, by] = [thousandths(value), thousandths(full), thousandths(step)];
  return units !== null && top !== null && by !== null && by > 0 && units <= top && units % by === 0;
}

export type Sums = { keyed: number; papers: number; absent: number; sum: string };

/** Count and sum of what this operator has keyed of some rows. */
export function sumsOf(rows: readonly MarkRow[]): Sums {
  const mine = rows.flatMap((row) => (row.state === "mine" && row.value !== null ? [thousandths(row.value)] : []));
  const papers = mine.filter((units) => units !== null);
  return { keyed: mine.length, papers: papers.length, absent: mine.length - papers.length, sum: figure(papers.reduce((all, units) => all + units, 0)) };
}

export type Agreement = "blank" | "agrees" | "differs" | "unreadable";

/** A figure of the paper's control strip beside the program's. */
export function agreement(onPaper: string, here: string): Agreement {
  const wanted = kept(onPaper);
  if (onPaper.trim() === "") return "blank";
  const units = thousandths(wanted);
  if (units === null) return "unreadable";
  return units === thousandths(here) ? "agrees" : "differs";
}

/** Rows of one room of one site, `from` up to before `to`. */
export type Group = { key: string; room: string; siteName: string; from: number; to: number };

/** Rooms in the order of the sheet. Numbers repeat over sites: seats that start again are another room. */
export function groupsOf(rows: readonly MarkRow[], controls: readonly Control[]): Group[] {
  const groups: Group[] = [];
  rows.forEach((row, at) => {
    const before = rows[at - 1];
    const last = groups.at(-1);
    if (last === undefined || before === undefined || before.room !== row.room || before.seat >= row.seat) {
      groups.push({ key: String(groups.length), room: row.room, siteName: "", from: at, to: at + 1 });
    } else {
      last.to = at + 1;
    }
  });
  const named = groups.length === controls.length && groups.every((group, at) => controls[at]?.room === group.room);
  return named ? groups.map((group, at) => ({ ...group, siteName: controls[at]?.siteName ?? "" })) : groups;
}

/** Whether a row can be typed into, and still has to be. A room that has fixed an absence needs no mark. */
export function open(row: MarkRow | undefined): boolean {
  return row !== undefined && row.state === "empty" && !row.absent;
}

/** The next row still to be keyed, round the end; else the next one there is. */
export function nextOpen(rows: readonly MarkRow[], from: number, busy: (row: MarkRow) => boolean): number {
  for (let by = 1; by < rows.length; by += 1) {
    const at = (from + by) % rows.length;
    const row = rows[at];
    if (row !== undefined && open(row) && !busy(row)) return at;
  }
  return Math.min(from + 1, Math.max(rows.length - 1, 0));
}

/** The nearest row above or below into which one may type. */
export function beside(rows: readonly MarkRow[], from: number, by: 1 | -1): number {
  for (let at = from + by; at >= 0 && at < rows.length; at += by) if (rows[at]?.state !== "other") return at;
  return from;
}

/** Which rows of a long list stand in sight, with some to spare. */
export function inSight(count: number, top: number, height: number, row: number): { first: number; last: number } {
  const spare = 6;
  const first = Math.max(0, Math.min(Math.floor(top / row), count) - spare);
  return { first, last: Math.min(count, Math.ceil((top + height) / row) + spare) };
}

/** How far to scroll so that a row stands in sight with its neighbours; null when it does. */
export function scrollTo(at: number, top: number, height: number, row: number): number | null {
  const [start, end] = [at * row, (at + 1) * row];
  if (start < top) return Math.max(0, start - row);
  if (end > top + height - row) return end - height + 2 * row;
  return null;
}

export type ControlState = "empty" | "one" | "open" | "agrees" | "differs";

/** How the two passes of a room stand. Sums may be seen only when both are keyed: the second pass is blind. */
export function controlOf(control: Control): { state: ControlState; sums: boolean } {
  const { firstCount: a, secondCount: b } = control;
  if (a === 0 && b === 0) return { state: "empty", sums: false };
  if (a === 0 || b === 0) return { state: "one", sums: false };
  if (a !== b) return { state: "open", sums: false };
  return { state: thousandths(control.firstSum) === thousandths(control.secondSum) ? "agrees" : "differs", sums: true };
}
