// The draw of lots as the page asks for it and shows it.
import type { LotRow, Person } from "../../platform";

/** Names for so many panels: those typed already stay, the others are their numbers. */
export function panelNames(count: number, typed: readonly string[]): string[] {
  return Array.from({ length: count }, (_, n) => typed[n] ?? String(n + 1));
}

/** Whether the names can stand: none empty, none twice. */
export function namesStand(names: readonly string[]): boolean {
  const clean = names.map((name) => name.trim());
  return clean.length > 0 && clean.every((name) => name !== "") && new Set(clean).size === clean.length;
}

/** Rows of each panel in the order of their lots. */
export function byPanel(rows: readonly LotRow[], panels: readonly string[]): { panel: string; rows: LotRow[] }[] {
  const all = [...new Set([...panels, ...rows.map((row) => row.panel)])];
  return all.map((panel) => ({ panel, rows: rows.filter((row) => row.panel === panel).sort((a, b) => a.order - b.order) }));
}

/** Those who hold no lot: they missed the roll call. */
export function withoutLot(entrants: readonly Person[], rows: readonly LotRow[]): Person[] {
  const drawn = new Set(rows.map((row) => row.person));
  return entrants.filter((one) => !drawn.has(one.person));
}

export function wantedPeople(people: readonly Person[], wanted: string): Person[] {
  const text = wanted.normalize("NFKC").trim();
  return text === "" ? [...people] : people.filter((one) => one.name.includes(text) || one.unit.includes(text) || (one.number ?? "").includes(text));
}
