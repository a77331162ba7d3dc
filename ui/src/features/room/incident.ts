// An incident as it is filled in, and what stands in its way before it is sent.
import type { Clause, Door, IncidentForm, IncidentRow } from "../../platform";

export type IncidentDraft = { document: string; clause: string; facts: string; first: string; second: string; signed: boolean | null; why: string };

export const EMPTY: IncidentDraft = { document: "", clause: "", facts: "", first: "", second: "", signed: null, why: "" };

/** Whether something was written that would be missed; the invigilators' names stand there anyhow. */
export function isBegun({ document, clause, facts, signed, why }: IncidentDraft): boolean {
  return signed !== null || [document, clause, facts, why].some((text) => text.trim() !== "");
}

export type Lacking = "document" | "clause" | "facts" | "invigilators" | "signed" | "why";

/** What is still to be filled in. Whether it holds is for the program to say. */
export function lacking(draft: IncidentDraft): Lacking[] {
  const blank = (text: string) => text.trim() === "";
  const out: Lacking[] = [];
  if (blank(draft.document)) out.push("document");
  if (draft.clause === "") out.push("clause");
  if (blank(draft.facts)) out.push("facts");
  if (blank(draft.first) || blank(draft.second)) out.push("invigilators");
  if (draft.signed === null) out.push("signed");
  if (draft.signed === false && blank(draft.why)) out.push("why");
  return out;
}

export function formOf(draft: IncidentDraft): IncidentForm {
  return {
    document: draft.document.trim(), clause: draft.clause, facts: draft.facts.trim(),
    invigilators: [draft.first.trim(), draft.second.trim()], unsigned: draft.signed === true ? null : draft.why.trim(),
  };
}

/** The incidents of a room: room numbers repeat over sites, its people do not. */
export function ofRoom(incidents: readonly IncidentRow[], stage: string, part: string, door: Door): IncidentRow[] {
  const people = new Set([...door.awaited, ...door.present, ...door.absent].map((one) => one.person));
  return incidents.filter((one) => one.stage === stage && one.part === part && people.has(one.person));
}

export type Ruling = "open" | "upheld" | "dismissed";

export function rulingOf(row: IncidentRow): Ruling {
  return row.upheld === null ? "open" : row.upheld ? "upheld" : "dismissed";
}

export type Voids = "nothing" | "part" | "all-parts";

export function voidsOf(clause: Clause | undefined): Voids {
  const voids: string = clause?.voids ?? "nothing";
  return voids === "part" || voids === "all-parts" ? voids : "nothing";
}

/** What an incident's clause voids; nothing where the catalogue no longer holds it. */
export function effectOf(row: IncidentRow, clauses: readonly Clause[]): Voids {
  return voidsOf(clauses.find((clause) => clause.id === row.clause));
}
