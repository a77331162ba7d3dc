import type { EntryRow, JournalFilter } from "../../platform";

export type Chosen = { device: string | null; operator: string | null; kind: string | null };

export const NOBODY: Chosen = { device: null, operator: null, kind: null };

/** What another page sent one here to choose. */
export function chosenBy(about: Record<string, string>): Chosen {
  return { ...NOBODY, device: about["device"] ?? null, kind: about["kind"] ?? null, operator: about["operator"] ?? null };
}

/** What the journal is asked for: words typed, things chosen, and what another page sent one here about. */
export function filterOf(text: string, chosen: Chosen, about: Record<string, string>): JournalFilter {
  return { text: text.trim(), person: about["person"] ?? null, ...chosen, ids: idsOf(about["ids"]) };
}

export function idsOf(list: string | undefined): string[] {
  return (list ?? "").split(",").map((id) => id.trim()).filter((id) => id !== "");
}

/** What is left when one thing another page asked for is taken back. */
export function without(about: Record<string, string>, key: string): Record<string, string> {
  return Object.fromEntries(Object.entries(about).filter(([name]) => name !== key));
}

/** All that was ever on offer: a list narrowed by a filter must not forget what lies beyond it. */
export function joined(before: readonly string[], now: readonly string[]): readonly string[] {
  const fresh = now.filter((one) => !before.includes(one));
  return fresh.length === 0 ? before : [...before, ...fresh].sort();
}

/** Kinds of entries with their words, as rows show them. */
export function kindWords(rows: readonly EntryRow[], language: string): Record<string, string> {
  return Object.fromEntries(rows.map((row) => [row.kind, language === "en" ? row.title.en : row.title.zh]));
}
