// What the grid of judges' marks shows and takes. The program works out every figure; nothing here adds or divides.
import type { PanelRow, PanelSheet, SheetDifference } from "../../platform";

export const ABSENT = "缺考";
export type MarkFault = "empty" | "figure" | "beyond" | "step";

/** Full-width digits of a Chinese input method as plain ones. */
export const plain = (text: string): string => text.normalize("NFKC").replaceAll("。", ".").trim();

/** A decimal as a whole number of its `places`-th parts. */
function parts(text: string, places: number): bigint {
  const [whole = "0", rest = ""] = text.split(".");
  return BigInt(whole + rest.padEnd(places, "0"));
}

const FIGURE = /^\d{1,9}(\.\d{1,6})?$/;

/** What is wrong with a mark, before it goes to the program, which checks again. */
export function checkMark(text: string, full: string, step: string): MarkFault | null {
  if (text === "") return "empty";
  if (!FIGURE.test(text)) return "figure";
  const places = Math.max(...[text, full, step].map((t) => t.split(".")[1]?.length ?? 0));
  const [value, most, least] = [parts(text, places), parts(full, places), parts(step, places)];
  if (value > most) return "beyond";
  return least > 0n && value % least !== 0n ? "step" : null;
}

const bare = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
export const sameMark = (a: string | undefined, b: string | undefined): boolean => a !== undefined && b !== undefined && bare(a) === bare(b);

const STATES = ["empty", "one-pass", "matched", "different", "decided", "absent"] as const;
export const stateOf = (row: Pick<PanelRow, "state">): (typeof STATES)[number] => STATES.find((state) => state === row.state) ?? "empty";
export const isSettled = (row: PanelRow): boolean => row.state === "matched" || row.state === "decided";

/** Blind: until a person's sheets are settled, only what this operator keyed, with its working when it is of that alone. */
export function shown(row: PanelRow): { marks: string[]; dropped: number[]; sum: string | null; published: string | null } {
  const { mine, marks } = row;
  const own = mine !== null && mine.length === marks.length && mine.every((mark, n) => sameMark(mark, marks[n]));
  if (isSettled(row) || own) return { marks, dropped: row.dropped, sum: row.sum, published: row.published };
  return { marks: mine ?? [], dropped: [], sum: null, published: null };
}

/** Which of the struck judges is a lowest and which a highest: of equal marks the program strikes the earlier one as low. */
export function struck(marks: readonly string[], dropped: readonly number[], low: number): Map<number, "high" | "low"> {
  const order = [...dropped].sort((a, b) => Number(marks[a]) - Number(marks[b]) || a - b);
  return new Map(order.map((judge, n) => [judge, n < low ? "low" : "high"]));
}

/** Lot order; people without a lot at the end. */
export function inLotOrder(rows: readonly PanelRow[]): PanelRow[] {
  const without = (row: PanelRow) => (row.order === null ? 1 : 0);
  return [...rows].sort((a, b) => without(a) - without(b) || a.panel.localeCompare(b.panel, "zh", { numeric: true }) || (a.order ?? 0) - (b.order ?? 0));
}

export const panelsOf = (rows: readonly { panel: string }[]): string[] => [...new Set(rows.map((row) => row.panel))].filter((panel) => panel !== "");

export const isToKey = (row: PanelRow): boolean => row.mine === null && !isSettled(row);

/** Whose sheet comes next: the next one not keyed after this person, else the first one left, else nobody. */
export function nextToKey(rows: readonly PanelRow[], after: string | null): string | null {
  const at = rows.findIndex((row) => row.person === after);
  const found = rows.slice(at + 1).find(isToKey) ?? rows.slice(0, Math.max(at, 0)).find(isToKey);
  return found?.person ?? null;
}

/** One up or down in the list, over people whose sheets are settled. */
export function neighbour(rows: readonly PanelRow[], from: string, by: 1 | -1): string | null {
  for (let at = rows.findIndex((row) => row.person === from) + by; at >= 0; at += by) {
    const row = rows[at];
    if (row === undefined) return null;
    if (!isSettled(row)) return row.person;
  }
  return null;
}

/** A sheet as it is kept while it is typed; nothing when nothing stands in it. */
export const asDraft = (marks: readonly string[]): string => (marks.every((mark) => mark === "") ? "" : marks.join("\n"));

/** What stands in the fields of a sheet when its line is opened: what was begun, else what this operator keyed. */
export function begunMarks(draft: string | undefined, row: PanelRow, judges: number): string[] {
  const from = draft?.split("\n") ?? (row.mine !== null && row.mine[0] !== ABSENT ? row.mine : []);
  return Array.from({ length: judges }, (_, n) => from[n] ?? "");
}

/** With which sheet work goes on: the first that was begun, else the first not keyed. */
export function goOnWith(rows: readonly PanelRow[], begun: ReadonlyMap<string, string>): string | null {
  return rows.find((row) => begun.has(row.person) && !isSettled(row))?.person ?? nextToKey(rows, null);
}

export function withRow(sheet: PanelSheet, row: PanelRow): PanelSheet {
  return { ...sheet, rows: sheet.rows.map((old) => (old.person === row.person ? row : old)) };
}

export function fits(row: { name: string; number: string; order: number | null }, wanted: string): boolean {
  const text = plain(wanted);
  return text === "" || row.name.includes(text) || row.number.includes(text) || String(row.order) === text;
}

/** Judges, from 0, of whom the two keyings say different things. */
export function differing({ first, second }: Pick<SheetDifference, "first" | "second">, judges: number): number[] {
  return Array.from({ length: judges }, (_, n) => n).filter((n) => !sameMark(first[n], second[n]));
}
