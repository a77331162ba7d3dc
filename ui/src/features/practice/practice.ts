// What the pages of practice work out for themselves.
import type { PracticeKindWord, PracticeLine } from "../../platform";

export const KINDS: readonly PracticeKindWord[] = ["daily", "weekly", "monthly"];

const NAMED: Record<PracticeKindWord, RegExp> = { daily: /登录|日日学|日学|签到|login|daily/i, weekly: /周/, monthly: /月月比|月比|比试|月赛|monthly/i };

/** What a file holds by its name; null where the name says nothing, or two things. */
export function kindOf(name: string): PracticeKindWord | null {
  const found = KINDS.filter((kind) => NAMED[kind].test(name));
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** The last week or month of which there is an export; all of them where there is none. */
export function latest(periods: readonly PracticeLine[]): string {
  return periods.filter((one) => one.there).at(-1)?.id ?? "";
}

/** Whether a row holds what was typed, in any of its cells. */
export function holds(cells: readonly string[], wanted: string): boolean {
  const text = wanted.trim().toLowerCase();
  return text === "" || cells.some((cell) => cell.toLowerCase().includes(text));
}

const COLUMNS = ["week", "month", "rank", "id", "name", "city", "county", "score", "seconds", "contests", "total", "unit", "unit_name", "people", "stars", "days", "weeks"] as const;

/** A column of which the pages have a name. */
export function columnOf(key: string): (typeof COLUMNS)[number] | null {
  return COLUMNS.find((one) => one === key) ?? null;
}

/** Widths of columns by their names. */
export const WIDTHS: Record<string, string> = {
  rank: "64px", id: "190px", unit: "100px", week: "120px", month: "100px", score: "90px", total: "100px", seconds: "112px",
  people: "100px", stars: "110px", days: "110px", weeks: "110px", contests: "110px",
};

/** Columns of figures. */
export const NUMBERS: ReadonlySet<string> = new Set(["rank", "score", "seconds", "contests", "total", "people", "stars", "days", "weeks"]);
