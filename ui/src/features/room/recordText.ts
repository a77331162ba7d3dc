// The room record as it is typed, and what of it can be read.
import type { RecordView, RoomRecord } from "../../platform";

export const COUNTS = ["expected", "present", "absent", "issued", "used", "absentPapers", "spare", "returned", "incidents"] as const;
export type Count = (typeof COUNTS)[number];
/** As typed: counts as text, absent numbers in one text, two names. */
export type RecordText = Record<Count, string> & { absentNumbers: string; first: string; second: string };

export function asText(record: RoomRecord): RecordText {
  return {
    expected: String(record.expected), present: String(record.present), absent: String(record.absent),
    issued: String(record.issued), used: String(record.used), absentPapers: String(record.absentPapers),
    spare: String(record.spare), returned: String(record.returned), incidents: String(record.incidents),
    absentNumbers: record.absentNumbers.join("\n"), first: record.invigilators[0] ?? "", second: record.invigilators[1] ?? "",
  };
}

export const PAPERS: Count[] = ["issued", "used", "absentPapers", "spare", "returned"];

/** What the program proposes; papers are blank while people are awaited. */
export function proposed({ suggested, papersKnown }: Pick<RecordView, "suggested" | "papersKnown">): RecordText {
  const text = asText(suggested);
  return papersKnown ? text : { ...text, ...blank };
}
const blank = Object.fromEntries(PAPERS.map((name) => [name, ""])) as Partial<RecordText>;

/** A count as it stands on the paper; null where there is none to read. */
export function readCount(text: string): number | null {
  const plain = text.replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).trim();
  return /^\d{1,6}$/.test(plain) ? Number(plain) : null;
}

/** Numbers however they were parted: lines, blanks, commas. */
export function readNumbers(text: string): string[] {
  return [...new Set(text.split(/[\s,，、;；]+/).filter((number) => number !== ""))];
}

/** The counts that cannot be read. */
export function unread(text: RecordText): Count[] {
  return COUNTS.filter((count) => readCount(text[count]) === null);
}

/** What was typed over the record that stands: everything else goes on following it, as people come in. */
export function typedOver(standing: RecordText, text: RecordText): Partial<RecordText> {
  return Object.fromEntries(Object.entries(text).filter(([name, typed]) => typed !== standing[name as keyof RecordText]));
}

/** Those of them that are said: none before somebody has left the field, or has tried to save. A blank that is left while people are
 *  awaited is no fault yet: papers are counted later. */
export function complaints(text: RecordText, { tried, left, papersKnown }: { tried: boolean; left: ReadonlySet<Count>; papersKnown: boolean }): Count[] {
  const later = (name: Count) => !papersKnown && PAPERS.includes(name) && text[name].trim() === "";
  return unread(text).filter((name) => tried || (left.has(name) && !later(name)));
}

/** The record that was typed; null while a count cannot be read. */
export function readRecord(text: RecordText): RoomRecord | null {
  if (unread(text).length > 0) return null;
  const count = (name: Count) => readCount(text[name]) ?? 0;
  return {
    expected: count("expected"), present: count("present"), absent: count("absent"), absentNumbers: readNumbers(text.absentNumbers),
    issued: count("issued"), used: count("used"), absentPapers: count("absentPapers"), spare: count("spare"), returned: count("returned"),
    incidents: count("incidents"), invigilators: [text.first, text.second].map((name) => name.trim()).filter((name) => name !== ""),
  };
}

/** The people of a record as the program counts them, the papers as they were typed; what was not, as proposed. */
export function refilled(text: RecordText, view: Pick<RecordView, "suggested" | "papersKnown">): RecordText {
  const now = proposed(view);
  const papers = Object.fromEntries(PAPERS.map((name) => [name, text[name].trim() === "" ? now[name] : text[name]]));
  return { ...text, ...papers, expected: now.expected, present: now.present, absent: now.absent, absentNumbers: now.absentNumbers, incidents: now.incidents };
}

export function sameRecord(a: RoomRecord, b: RoomRecord): boolean {
  return JSON.stringify(asText(a)) === JSON.stringify(asText(b));
}
