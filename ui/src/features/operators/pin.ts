import type { RoleName, Session } from "../../platform";

export const ROLES: readonly RoleName[] = ["hq", "site-head", "invigilator", "secretary", "checker", "certificates", "auditor"];

/** Whether a PIN may be tried as a new one: the program decides what is good, the page only that both are alike. */
export function alike(pin: string, again: string): boolean {
  return pin.trim() !== "" && pin === again;
}

/** Codes with sites between commas, spaces or 、. */
export function sitesIn(text: string): string[] {
  return text.split(/[\s,，、;；]+/u).filter((site) => site !== "");
}

/** What a refusal asks the second person for. */
export const WANTS_SECOND: ReadonlySet<string> = new Set(["second-pin-needed", "second-not-proven"]);

/** Kinds of entries one of which a role must be able to write for a desk to be of use to it. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  hq: ["roster.imported"],
  room: ["candidate.admitted"],
  marks: ["mark.keyed", "mark.decided"],
  interview: ["panel.keyed", "panel.decided", "lots.drawn"],
  certificates: ["certificates.printed"],
  handover: ["handover.written"],
};

/** Whether a desk is shown: to whoever may do something there, and to an auditor, who reads all and writes nothing. */
export function shows(session: Pick<Session, "protected" | "may">, desk: string): boolean {
  if (!session.protected || !session.may.includes("id.uncovered")) return true;
  const kinds = NEEDED[desk];
  return kinds === undefined || kinds.some((kind) => session.may.includes(kind));
}
