// What the pages of packets work out for themselves.
import type { BoardRow, IssuedRow, MergedRow, PostRow } from "../../platform";

/** Counts of the merge board, what is most urgent first. */
export const STATES = ["forked", "incomplete", "conflicting", "late", "missing", "merged"] as const;

export function countStates(rows: readonly BoardRow[]): Record<BoardRow["state"], number> {
  const counts = { missing: 0, late: 0, merged: 0, incomplete: 0, conflicting: 0, forked: 0 };
  for (const row of rows) counts[row.state] += 1;
  return counts;
}

export function inOrder(rows: readonly BoardRow[]): BoardRow[] {
  return [...rows].sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state) || a.post.localeCompare(b.post));
}

/** What opening a handover came to. */
export function outcome(row: Pick<MergedRow, "added" | "superseded">): "again" | "superseded" | "new" {
  return row.superseded ? "superseded" : row.added === 0 ? "again" : "new";
}

export type Issued = IssuedRow & { slipSaved: boolean };

/** Issued anew a post has new words: the old ones open only the old file. */
export function withIssued(before: readonly Issued[], issued: readonly IssuedRow[]): Issued[] {
  const anew = new Set(issued.map((row) => row.post));
  return [...issued.map((row) => ({ ...row, slipSaved: false })), ...before.filter((row) => !anew.has(row.post))];
}

export function withSaved(before: readonly Issued[], posts: readonly string[]): Issued[] {
  return before.map((row) => (posts.includes(row.post) ? { ...row, slipSaved: true } : row));
}

/** Posts issued by a run that was then refused: the program knows their words, this page only that they exist. */
export function issuedMeanwhile(before: readonly PostRow[], after: readonly PostRow[]): IssuedRow[] {
  const at = new Map(before.map((row) => [row.post, row.issuedAt]));
  return after
    .filter((row) => row.issued && row.issuedAt !== (at.get(row.post) ?? null))
    .map(({ post, siteName, people }) => ({ post, of: { zh: "", en: "" }, siteName, path: "", words: "", people, checkCode: "" }));
}

export const unsaved = (issued: readonly Issued[]): Issued[] => issued.filter((row) => !row.slipSaved);

/** How a post's packet stands: one with seats that no longer hold is worse than none. */
export function stateOf(row: Pick<PostRow, "issued" | "outdated">): "isOutdated" | "isIssued" | "notIssued" {
  return row.outdated ? "isOutdated" : row.issued ? "isIssued" : "notIssued";
}

/** Those of the chosen posts whose packet was issued before. */
export function issuedBefore(posts: readonly PostRow[], chosen: ReadonlySet<string>): PostRow[] {
  return posts.filter((row) => chosen.has(row.site) && row.issued);
}
