// Orders made by hand, and lists narrowed while one types.

/** The list with the one at a place moved up (-1) or down (+1); unchanged at an end. */
export function moved<T>(list: readonly T[], at: number, by: -1 | 1): T[] {
  const out = [...list];
  const one = out[at];
  const other = out[at + by];
  if (one === undefined || other === undefined) return out;
  out[at + by] = one;
  out[at] = other;
  return out;
}

/** Names of people as tags: trimmed, each once, none empty. */
export function tags(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => name.trim()).filter((name) => name !== ""))];
}

/** Letters and digits: pinyin initials or a number, which only the program can look up. */
export function forProgram(wanted: string): boolean {
  return /^[0-9a-z]{2,}$/i.test(wanted.trim());
}

/** Rows whose words contain what is sought, or whom the program found by it; words parted by blanks must all be there. */
export function matching<R extends { person: string | null }>(
  rows: readonly R[], wanted: string, known: ReadonlySet<string>, words: (row: R) => readonly string[],
): R[] {
  const parts = wanted.trim().toLowerCase().split(/\s+/).filter((part) => part !== "");
  if (parts.length === 0) return [...rows];
  return rows.filter((row) => {
    if (row.person !== null && known.has(row.person)) return true;
    const text = words(row).join("\n").toLowerCase();
    return parts.every((part) => text.includes(part));
  });
}

/** Each value once, in the order in which they first stand. */
export function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].filter((value) => value !== "");
}

export type Movement = { way: "up" | "down" | "same"; by: number };

/** From one rank to another; a smaller rank is higher up. */
export function movement(before: number, after: number): Movement {
  if (after === before) return { way: "same", by: 0 };
  return after < before ? { way: "up", by: before - after } : { way: "down", by: after - before };
}

/** Which inner view mends a refusal of this code. */
export function mendedIn(code: string): "weights" | "selection" | "ties" | null {
  switch (code) {
    case "weights-not-confirmed":
      return "weights";
    case "no-selection":
      return "selection";
    case "selection-held":
    case "next-held":
      return "ties";
    default:
      return null;
  }
}

/** A line of working parted into what it is about and its figures: "综合成绩：95.00×0.3 ＝ …". */
export function working(line: string): { about: string; figures: string } {
  const found = /^([^：:]*)[：:]\s*(.+)$/s.exec(line);
  return found === null ? { about: "", figures: line } : { about: found[1] ?? "", figures: found[2] ?? "" };
}

/** A moment as a clock on the wall shows it where it was fixed, whatever this machine's zone. */
export function wall(at: string): string {
  return at.slice(0, 16).replace("T", " ");
}
