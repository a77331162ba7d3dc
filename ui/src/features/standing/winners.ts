// Awards: what can be confirmed together, and winners typed in for those that people decide.
import type { AwardRow, Winner } from "../../platform";

/** `kept` was confirmed before: it can be taken out, not looked at. */
export type Typed = { name: string; winner: string; masked?: string | null; kept?: boolean };
export type AwardState = "confirmed" | "tie" | "refused" | "people" | "ready" | "empty";

export function stateOf(award: AwardRow): AwardState {
  if (award.document !== null) return "confirmed";
  if (award.tie !== null) return "tie";
  if (award.refused !== null) return "refused";
  if (award.byPeople) return "people";
  return award.winners.length === 0 ? "empty" : "ready";
}

/** Those that follow from standings and wait for nothing but a document. */
export function readyTogether(awards: readonly AwardRow[]): AwardRow[] {
  return awards.filter((award) => stateOf(award) === "ready");
}

const blank = (row: Typed): boolean => row.name.trim() === "" && row.winner.trim() === "";

/** What is still wrong with winners typed in; null when they can be confirmed. Lines left blank do not count. */
export function fault(rows: readonly Typed[]): "none" | "half" | "twice" | null {
  const filled = rows.filter((row) => !blank(row));
  if (filled.length === 0) return "none";
  if (filled.some((row) => row.name.trim() === "" || row.winner.trim() === "")) return "half";
  return new Set(filled.map((row) => row.winner.trim().toUpperCase())).size < filled.length ? "twice" : null;
}

export function asWinners(rows: readonly Typed[]): Winner[] {
  return rows.filter((row) => !blank(row)).map((row) => ({ winner: row.winner.trim().toUpperCase(), masked: null, name: row.name.trim(), rank: null }));
}

/** Lines pasted from a sheet: name, then ID number or unit code; null when the text is one plain word. */
export function fromSheet(text: string): Typed[] | null {
  if (!/[\t\n]/.test(text.trim())) return null;
  const rows = text.split(/\r?\n/).map((line) => line.split(/\t/).map((cell) => cell.trim()));
  return rows.filter((cells) => cells.some((cell) => cell !== "")).map(([name = "", winner = ""]) => ({ name, winner }));
}
