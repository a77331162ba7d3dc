// What the roster's pages work out for themselves.
import type { FindingRow, PeoplePage, Person } from "../../platform";

/** Rows asked for at a time. */
export const PAGE = 200;

const BEYOND = 8;

/** Which rows of a list are in sight, with some beyond either edge; `last` is exclusive. */
export function inSight(top: number, height: number, rowHeight: number, count: number): { first: number; last: number } {
  const last = Math.min(count, Math.ceil((top + height) / rowHeight) + BEYOND);
  const first = Math.max(0, Math.min(Math.floor(top / rowHeight) - BEYOND, last));
  return { first, last };
}

/** The row at a place, from the pages that have been read. A page may still be that of another place. */
export function personAt(pages: readonly ({ offset: number; page: PeoplePage } | undefined)[], at: number): Person | undefined {
  const offset = Math.floor(at / PAGE) * PAGE;
  return pages.find((one) => one?.offset === offset)?.page.rows[at - offset];
}

/** Paths as pasted: one a line, without the quotes that file managers put around them. */
export function pathsIn(text: string): string[] {
  const lines = text.split("\n").map((line) => line.trim().replace(/^"(.*)"$|^'(.*)'$/, "$1$2").replace(/^file:\/\//, ""));
  return [...new Set(lines.filter((line) => line !== ""))];
}

export function fileName(path: string): string {
  return path.split(/[\\/]/).pop() ?? path;
}

/** A file of that name in a folder, in the folder's own manner. */
export function inFolder(folder: string, name: string): string {
  const mark = folder.includes("\\") ? "\\" : "/";
  return folder === "" ? name : `${folder.replace(/[\\/]+$/, "")}${mark}${name}`;
}

/** The name proposed for a workbook with its faults marked. */
export function markedName(path: string, word: string): string {
  return `${fileName(path).replace(/\.[^.]+$/, "")}-${word}.xlsx`;
}

const FINDINGS = ["suspect", "excluded", "confirmed", "cleared"] as const;
export type Finding = (typeof FINDINGS)[number];

/** How a person stands; what is not known here is to be looked at by a person. */
export function findingOf(row: FindingRow): Finding {
  return FINDINGS.find((one) => one === row.finding) ?? "suspect";
}

/** Suspects first: they hold up the draw. */
export function inOrder(findings: readonly FindingRow[]): FindingRow[] {
  const place = (row: FindingRow) => FINDINGS.indexOf(findingOf(row));
  return [...findings].sort((a, b) => place(a) - place(b));
}

export function countFindings(findings: readonly FindingRow[]): Record<Finding, number> {
  const counts = { suspect: 0, excluded: 0, confirmed: 0, cleared: 0 };
  for (const row of findings) counts[findingOf(row)] += 1;
  return counts;
}
