// Which papers there are, where one looks for them, and what must be chosen before one can be made. The names are the desk's.
import type { PaperWanted } from "../../platform";

/** Before the day, when seats have been drawn. */
export const SEATED = ["door-list", "seat-chart", "desk-labels", "tickets", "sign-in", "draw-proof"] as const;
/** In a room on the day. */
export const IN_ROOM = ["sign-in", "room-record", "incident-blank", "incidents", "absences", "seat-chart", "door-list", "desk-labels"] as const;
/** Before a panel. */
export const BEFORE_PANEL = ["lots", "judge-sheets", "tally-sheet", "interview-summary", "absences"] as const;
/** Who is on duty at a part. */
export const ON_DUTY = ["duty-roster", "duty-cards"] as const;
/** Every paper but standings, by the part it belongs to. */
export const ALL = {
  written: ["door-list", "seat-chart", "desk-labels", "tickets", "sign-in", "room-record", "incident-blank", "incidents"],
  interview: ["lots", "judge-sheets", "tally-sheet", "interview-summary"],
  whole: ["absences", "draw-proof", "awards", "receipts", "duty-roster", "duty-cards", "closing-report"],
} as const;

export type PaperName = (typeof ALL)[keyof typeof ALL][number];

export const isPaper = (kind: string): kind is PaperName => Object.values(ALL).some((names: readonly string[]) => names.includes(kind));

/** What must be chosen before a paper can be made. */
export function needsOf(kind: string): { place: "stage" | "written" | "interview" | "part" | "nothing"; site: boolean } {
  if (ALL.written.some((one) => one === kind)) return { place: "written", site: true };
  if (ALL.interview.some((one) => one === kind)) return { place: "interview", site: false };
  if (kind === "absences" || kind === "receipts" || kind === "duty-roster" || kind === "duty-cards") return { place: "part", site: true };
  if (kind === "draw-proof") return { place: "stage", site: false };
  return { place: "nothing", site: false };
}

/** Which paper, of what; a site or room only where the paper is of one. */
export function wanted(kind: string, stage: string, part: string, site: string | null = null, room: string | null = null): PaperWanted {
  const ofSite = needsOf(kind).site ? site : null;
  return { kind, stage, part, site: ofSite, room: ofSite === null ? null : room };
}
