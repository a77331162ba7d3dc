// Logic of the certificate desk: where a run goes on, which sheets a search finds, what a scanner typed.
import type { CertificateAward, PrintRun, SheetRow } from "../../platform";

const STATES = ["none", "printed", "void", "again"] as const;
export type SheetState = (typeof STATES)[number];
export const stateOf = (sheet: Pick<SheetRow, "state">): SheetState => STATES.find((state) => state === sheet.state) ?? "none";

/** The sheet, from 1, at which printing goes on: the first never printed, or waiting to be printed again; null when there is none. */
export function goOnAt(sheets: readonly Pick<SheetRow, "state">[]): number | null {
  const at = sheets.findIndex((sheet) => sheet.state === "none" || sheet.state === "again");
  return at < 0 ? null : at + 1;
}

export function wantedSheets(sheets: readonly SheetRow[], wanted: string, state: SheetState | "all"): SheetRow[] {
  const text = wanted.normalize("NFKC").trim().toLowerCase();
  return sheets.filter((sheet) => (state === "all" || sheet.state === state) && (text === "" || sheet.name.toLowerCase().includes(text) || sheet.number.toLowerCase().includes(text)));
}

export function countStates(sheets: readonly Pick<SheetRow, "state">[]): Record<SheetState, number> {
  const count = { none: 0, printed: 0, void: 0, again: 0 };
  for (const sheet of sheets) count[stateOf(sheet)] += 1;
  return count;
}

/** Whether sheets from one to another can be printed again: some of them are on paper, or void. */
export function canPrintAgain(sheets: readonly Pick<SheetRow, "state">[], from: number, to: number): boolean {
  return from >= 1 && from <= to && sheets.slice(from - 1, to).some((sheet) => sheet.state === "printed" || sheet.state === "void");
}

/** A run names its award by title. */
export function awardOf(run: Pick<PrintRun, "award">, awards: readonly CertificateAward[]): CertificateAward | undefined {
  return awards.find((award) => award.title.zh === run.award.zh || award.id === run.award.zh);
}

/** Whether a text is the beginning of a certificate's code: a scanner's tabs belong into the text then. */
export const isCode = (text: string): boolean => /^KW\d/.test(text);

/** The template as it is asked for: none where it is the award's own. */
export const otherTemplate = (award: Pick<CertificateAward, "template">, chosen: string | null): string | null => (chosen === null || chosen === award.template ? null : chosen);

/** The name of a file at the end of its path. */
export const fileName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

const VERDICTS = { "certificate-forged": "forged", "certificate-unreadable": "unreadable", "certificate-specimen": "specimen", "certificate-withdrawn": "withdrawn", "certificate-replaced": "withdrawn" } as const;

/** What a refusal of a code means for the paper in one's hand. */
export const verdictOf = (code: string): (typeof VERDICTS)[keyof typeof VERDICTS] | "unsure" => Object.entries(VERDICTS).find(([known]) => known === code)?.[1] ?? "unsure";
