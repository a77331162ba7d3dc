// Drafted by hand in the shape that tauri-specta writes; from then on generated, never edited.
import { Channel, invoke } from "@tauri-apps/api/core";

const call = <T>(name: string, args?: Record<string, unknown>): Promise<T> => invoke<T>(name, args);

/** A refusal in both languages; every command rejects with one. */
export type Refusal = { code: string; zh: Said; en: Said };
export type Said = { what: string; remedy: string };
/** A remark about something, in both languages. */
export type Both = { zh: string; en: string };
/** How far long work is; sent over a channel. */
export type Progress = { what: Both; done: number; total: number };

// --- session
export type About = { name: string; version: string };
export type PartInfo = { id: string; name: string; start: string; interview: boolean; full: string; step: string; judges: number };
export type StageInfo = { id: string; name: string; parts: PartInfo[]; selected: boolean; composite: boolean };
/** `role` "site": only that post's desks. `now` is the clock that counts: the machine's, or in a drill a set one. */
export type Session = {
  path: string; event: string; title: string; drill: boolean; demo: string | null; role: "hq" | "site";
  post: string | null; site: string | null; siteName: string | null; stage: string | null; part: string | null;
  now: string; clockSet: boolean; operator: string | null; stages: StageInfo[]; isCopy: boolean; folder: string;
};
export type Recent = { path: string; title: string; drill: boolean; post: string | null; opened: string; there: boolean };
export type PlanChoice = { plan: string; title: string };
export type DemoStage = "before-roster" | "seated" | "check-in" | "marks" | "tie" | "finished";
export type PacketOpened = { session: Session; people: number; again: boolean; checkCode: string };

// --- overview
export type DeskName = "overview" | "hq" | "room" | "marks" | "interview" | "certificates" | "handover" | "journal";
/** `step` is a key of the page's words (`overview.step.KEY`); `done` of `total`; `who` names what is missing, at most 5. */
export type DayStep = {
  step: string; stage: string | null; part: string | null; desk: DeskName; tab: string | null;
  state: "done" | "open" | "blocked" | "attention"; done: number; total: number; who: string[];
};
export type DayTime = { label: string; stage: string; part: string; at: string; past: boolean };
export type Overview = { now: string; times: DayTime[]; steps: DayStep[]; entries: number; checkCode: string };

// --- people and rosters
/** `person` is a handle for calls, never shown; `masked` is the ID number as a screen may show it. */
export type Person = { person: string; masked: string; name: string; unit: string; city: string; number: string | null; room: string | null; seat: number | null };
export type PeoplePage = { total: number; rows: Person[] };
export type RosterFileRow = { source: string; rows: number; taken: number; refused: number; by: string; at: string };
export type Severity = "refused" | "warning" | "cleaned";
export type FaultRow = { row: number; column: string; severity: Severity; zh: Said; en: Said };
export type ChangeRow = { what: "added" | "changed" | "withdrawn"; name: string; masked: string; unit: string; fields: string[] };
export type RosterLook = {
  file: string; source: string; sheet: string; rows: number; taken: number; refused: number; known: boolean; unchanged: boolean;
  added: number; changed: number; withdrawn: number; changes: ChangeRow[]; faults: FaultRow[];
};
export type ExclusionsTaken = { source: string; lines: number; withoutId: number; doubtful: number[] };
export type FindingRow = { person: string; masked: string; name: string; city: string; finding: "excluded" | "suspect" | "cleared" | "confirmed"; activity: string; reason: string | null; by: string | null };
export type BelowMinimumRow = { unit: string; entered: number; minimum: number };

// --- rooms and seats
export type RoomsTaken = { stages: { stage: string; rooms: number; seats: number }[]; unchanged: number };
export type RoomRow = { site: string; siteName: string; room: string; seats: number; people: number; pairs: number };
export type Draw = { seed: string; people: number; rooms: number; pairs: number; bound: number; hash: string; published: boolean; moved: number };
/** One place of a room. Column 0, row 0 is at the front left as the invigilator sees it; `seat` null: unusable. */
export type Cell = { column: number; row: number; seat: number | null; person: string | null; name: string; number: string; unit: string; group: number; pinned: boolean; conflict: boolean };
export type RoomPicture = { site: string; siteName: string; room: string; columns: number[]; cells: Cell[]; groups: string[]; pairs: number; bound: number; free: number };

// --- packets
export type PostRow = { post: string; site: string; siteName: string; people: number; issued: boolean; issuedAt: string | null };
export type IssuedRow = { post: string; siteName: string; path: string; words: string; people: number; checkCode: string };
export type DeviceRow = { device: string; seq: number; checkCode: string };
export type BoardRow = { post: string; siteName: string; people: number; state: "missing" | "merged" | "incomplete" | "forked"; devices: DeviceRow[] };
export type MergedRow = { post: string; device: string; added: number; known: number; seq: number; checkCode: string; notes: Both[] };
export type ConflictRow = { topic: string; about: Both; values: { value: string; by: string; device: string; at: string; entry: string }[] };
export type Carried = { path: string; sha256: string; entries: number; checkCode: string; says: Both[] };
export type ReceiptRow = { seq: number; checkCode: string; notYet: number };
/** What a packet says of itself, line by line; none where it cannot be opened without words or key. */
export type PacketLook = { words: boolean; sha256: string; says: Both[] };
export type Stick = { path: string; label: string; freeMb: number };

// --- room
export type RoomCount = { site: string; siteName: string; room: string; expected: number; present: number; absent: number; signed: boolean };
export type AtSeat = Person & { at: string | null };
export type Door = { site: string; siteName: string; room: string; expected: number; awaited: AtSeat[]; present: AtSeat[]; absent: AtSeat[]; opens: string; lastEntry: string };
export type Admitted = { person: string; name: string; room: string; seat: number; number: string; siteName: string; unit: string };
export type Clause = { id: string; text: string; voids: "nothing" | "part" | "all-parts" };
export type IncidentForm = { document: string; clause: string; facts: string; invigilators: string[]; unsigned: string | null };
export type IncidentRow = { id: string; stage: string; part: string; person: string; name: string; number: string; room: string; seat: number; clause: string; clauseText: string; facts: string; at: string; invigilators: string[]; unsigned: string | null; upheld: boolean | null; reason: string | null };
export type RoomRecord = {
  expected: number; present: number; absent: number; absentNumbers: string[]; issued: number; used: number; absentPapers: number;
  spare: number; returned: number; incidents: number; invigilators: string[];
};
export type Signed = { checkCode: string; signers: string[]; at: string };
export type RecordView = { kept: RoomRecord | null; suggested: RoomRecord; faults: Refusal[]; signed: Signed | null };

// --- marks
/** `value` is what this operator keyed in this pass; `state` "mine" | "other" (someone else keyed this pass) | "empty". Never the other pass. */
export type MarkRow = { person: string; number: string; room: string; seat: number; state: "empty" | "mine" | "other"; value: string | null; absent: boolean };
export type MarkSheet = { full: string; step: string; rows: MarkRow[]; count: number; total: number; sum: string; refused: Refusal | null };
export type MarkKeyed = { value: string; count: number; sum: string };
export type MarksTaken = { taken: number; known: number; sum: string; uncounted: number; refused: { row: number; said: Refusal }[] };
export type MarkDifference = { person: string; name: string; number: string; room: string; seat: number; first: string | null; firstBy: string | null; second: string | null; secondBy: string | null; contradictsRoom: boolean };
export type MarkCounts = { missing: number; onePass: number; matched: number; different: number; decided: number };
export type Control = { room: string; siteName: string; people: number; firstCount: number; firstSum: string; secondCount: number; secondSum: string };

// --- interview
export type LotRow = { person: string; panel: string; order: number; name: string; number: string; unit: string };
export type Lots = { drawn: { seed: string | null; witnesses: string[]; panels: string[]; at: string; by: string } | null; entrants: Person[]; rows: LotRow[] };
export type PanelRow = { person: string; panel: string; order: number | null; name: string; number: string; unit: string; mine: string[] | null; state: "empty" | "one-pass" | "matched" | "different" | "decided" | "absent"; marks: string[]; dropped: number[]; sum: string | null; published: string | null };
export type PanelSheet = { judges: number; full: string; step: string; dropHigh: number; dropLow: number; rows: PanelRow[] };
export type SheetDifference = { person: string; name: string; number: string; first: string[]; firstBy: string; second: string[]; secondBy: string };

// --- results
export type Term = { stage: string; part: string; name: string; weight: string; planned: string };
export type WeightsView = { confirmed: boolean; by: string[]; terms: Term[] };
export type Table = { title: string; headers: string[]; rows: string[][] };
export type SelectedRow = { person: string; name: string; city: string; county: string; rule: string };
export type SelectionView = { made: boolean; rows: SelectedRow[]; held: TieRow[]; frozen: string | null; refused: Refusal | null };
export type StandingInfo = { id: string; title: string; stage: string; of: "people" | "teams" | "units" };
export type StandingRow = { rank: number; person: string | null; name: string; unit: string; cells: string[]; total: string; tie: string | null; members: string[] };
export type StandingView = { title: string; headers: string[]; rows: StandingRow[]; held: TieRow[] };
export type WhyView = { name: string; steps: Both[]; entries: string[] };
export type WhatIfRow = { person: string; name: string; unit: string; before: number; after: number; total: string };
export type Spread = { unit: string; n: number; min: number; q1: number; median: number; q3: number; max: number };
export type TieRow = { id: string; question: string; tied: { id: string; name: string }[]; places: number };
export type TieHow = "key" | "test" | "lot";
export type Winner = { winner: string; name: string; rank: number | null };
export type AwardRow = { id: string; title: string; byPeople: boolean; document: string | null; winners: Winner[]; tie: TieRow | null; refused: Refusal | null };
export type SubstitutionRow = { leaves: string; comes: string | null; reason: string; approver: string };

// --- certificates and papers
export type CertificateAward = { id: string; title: string; count: number; template: string; firstNumber: string };
export type TemplateInfo = { id: string; name: string };
/** Millimetres by which everything on the sheet is moved, right and down. */
export type Adjust = { right: number; down: number };
export type GlyphFault = { name: string; award: string; said: Refusal };
export type PrintRun = { run: number; award: string; first: string; last: string; printed: number; total: number; at: string; by: string; folder: string };
export type SheetRow = { number: string; name: string; award: string; run: number | null; state: "none" | "printed" | "void"; reason: string | null };
export type Printed = { run: number; printed: number; total: number; stopped: boolean; files: string[] };
export type CertificateSays = { event: string; number: string; name: string; award: string };
export type PaperKind = "seat-chart" | "sign-in" | "room-record" | "draw-proof" | "interview-summary" | `standing:${string}`;

// --- journal
/** `about` is a line for people; `live` false: everything it said has been replaced since. */
export type EntryRow = { id: string; device: string; site: string; seq: number; at: string; by: string; kind: string; title: Both; about: Both; live: boolean };
export type JournalFilter = { text: string; person: string | null; device: string | null; operator: string | null; kind: string | null; ids: string[] };
export type JournalPage = { rows: EntryRow[]; more: boolean; devices: string[]; operators: string[]; kinds: string[] };
export type Health = { entries: number; faults: string[]; feeds: { device: string; site: string; seq: number; checkCode: string }[]; fingerprint: string };

type P = Channel<Progress>;
export const commands = {
  // session
  about: () => call<About>("about"),
  session: () => call<Session | null>("session"),
  recent: () => call<Recent[]>("recent"),
  plans: () => call<PlanChoice[]>("plans"),
  /** `plan` is a bundled plan's name or a file's path; the event's folder is made under `folder`. */
  createEvent: (folder: string, plan: string, drill: boolean) => call<Session>("create_event", { folder, plan, drill }),
  openEvent: (path: string) => call<Session>("open_event", { path }),
  openPacket: (file: string, words: string, folder: string) => call<PacketOpened>("open_packet", { file, words, folder }),
  openDemo: (stage: DemoStage, progress: P) => call<Session>("open_demo", { stage, progress }),
  closeEvent: () => call<null>("close_event"),
  /** Folder proposed for events. */
  homeFolder: () => call<string>("home_folder"),
  signIn: (operator: string) => call<Session>("sign_in", { operator }),
  /** Only in a drill. */
  setClock: (at: string | null) => call<Session>("set_clock", { at }),
  continueCopy: () => call<Session>("continue_copy"),
  /** Asks whatever long work runs to stop. */
  stopWork: () => call<null>("stop_work"),
  // overview
  overview: () => call<Overview>("overview"),
  // roster
  rosterFiles: (stage: string) => call<RosterFileRow[]>("roster_files", { stage }),
  lookAtRoster: (stage: string, file: string, progress: P) => call<RosterLook>("look_at_roster", { stage, file, progress }),
  importRoster: (stage: string, file: string, accept: boolean, progress: P) => call<RosterLook>("import_roster", { stage, file, accept, progress }),
  saveMarkedRoster: (stage: string, file: string, out: string) => call<null>("save_marked_roster", { stage, file, out }),
  /** Filters by name, pinyin initials, number, last four of the ID number. */
  people: (stage: string, wanted: string, offset: number, limit: number) => call<PeoplePage>("people", { stage, wanted, offset, limit }),
  withdraw: (stage: string, person: string, reason: string) => call<null>("withdraw", { stage, person, reason }),
  /** The whole ID number; journalled with its reason. */
  uncover: (stage: string, person: string, reason: string) => call<string>("uncover", { stage, person, reason }),
  importExclusions: (file: string) => call<ExclusionsTaken>("import_exclusions", { file }),
  findings: (stage: string) => call<FindingRow[]>("findings", { stage }),
  ruleSuspect: (stage: string, person: string, confirmed: boolean, reason: string) => call<null>("rule_suspect", { stage, person, confirmed, reason }),
  belowMinimum: (stage: string) => call<BelowMinimumRow[]>("below_minimum", { stage }),
  // rooms and seats
  importRooms: (file: string) => call<RoomsTaken>("import_rooms", { file }),
  rooms: (stage: string) => call<RoomRow[]>("rooms", { stage }),
  draw: (stage: string) => call<Draw | null>("draw", { stage }),
  drawSeats: (stage: string, seed: string) => call<Draw>("draw_seats", { stage, seed }),
  verifySeats: (stage: string) => call<Refusal[]>("verify_seats", { stage }),
  roomPicture: (stage: string, site: string, room: string) => call<RoomPicture>("room_picture", { stage, site, room }),
  /** Two people of one room change places; a reason once packets are out. Swapping again undoes it. */
  swapSeats: (stage: string, first: string, second: string, reason: string) => call<RoomPicture>("swap_seats", { stage, first, second, reason }),
  /** Keeps a person at their seat in later draws; `reason` e.g. special needs. Empty seat list takes the pin back. */
  pinSeat: (stage: string, person: string, pinned: boolean, reason: string) => call<RoomPicture>("pin_seat", { stage, person, pinned, reason }),
  // packets
  posts: (stage: string, part: string) => call<PostRow[]>("posts", { stage, part }),
  issuePackets: (stage: string, part: string, sites: string[], folder: string, progress: P) => call<IssuedRow[]>("issue_packets", { stage, part, sites, folder, progress }),
  /** Slips of the packets issued since the event was opened: their words are kept nowhere else. */
  saveSlips: (posts: string[], out: string) => call<null>("save_slips", { posts, out }),
  board: () => call<BoardRow[]>("board"),
  mergeHandover: (file: string) => call<MergedRow>("merge_handover", { file }),
  conflicts: () => call<ConflictRow[]>("conflicts"),
  writeReceipt: (post: string, folder: string) => call<string>("write_receipt", { post, folder }),
  sticks: () => call<Stick[]>("sticks"),
  handOver: (folder: string) => call<Carried>("hand_over", { folder }),
  readReceipt: (file: string) => call<ReceiptRow>("read_receipt", { file }),
  inspectPacket: (file: string, words: string | null) => call<PacketLook>("inspect_packet", { file, words }),
  // room
  roomCounts: (stage: string, part: string) => call<RoomCount[]>("room_counts", { stage, part }),
  door: (stage: string, part: string, site: string, room: string) => call<Door>("door", { stage, part, site, room }),
  findPeople: (stage: string, wanted: string) => call<Person[]>("find_people", { stage, wanted }),
  checkIn: (stage: string, part: string, site: string, room: string, document: string) => call<Admitted>("check_in", { stage, part, site, room, document }),
  undoCheckIn: (stage: string, part: string, person: string, reason: string) => call<null>("undo_check_in", { stage, part, person, reason }),
  fixAbsence: (stage: string, part: string, site: string, room: string) => call<string[]>("fix_absence", { stage, part, site, room }),
  undoAbsence: (stage: string, part: string, person: string, reason: string) => call<null>("undo_absence", { stage, part, person, reason }),
  clauses: () => call<Clause[]>("clauses"),
  incidents: () => call<IncidentRow[]>("incidents"),
  reportIncident: (stage: string, part: string, form: IncidentForm) => call<string>("report_incident", { stage, part, form }),
  ruleIncident: (incident: string, upheld: boolean, reason: string) => call<null>("rule_incident", { incident, upheld, reason }),
  roomRecord: (stage: string, part: string, site: string, room: string) => call<RecordView>("room_record", { stage, part, site, room }),
  /** What does not add up, while it is being typed; writes nothing. */
  checkRecord: (stage: string, part: string, site: string, room: string, record: RoomRecord) => call<Refusal[]>("check_record", { stage, part, site, room, record }),
  recordRoom: (stage: string, part: string, site: string, room: string, record: RoomRecord) => call<Refusal[]>("record_room", { stage, part, site, room, record }),
  signOff: (stage: string, part: string, site: string, room: string, signers: string[]) => call<Signed>("sign_off", { stage, part, site, room, signers }),
  // marks
  /** Rows in the order of rooms and seats; `refused` when this operator may not key this pass. */
  markSheet: (stage: string, part: string, pass: number) => call<MarkSheet>("mark_sheet", { stage, part, pass }),
  keyMark: (stage: string, part: string, pass: number, person: string, text: string) => call<MarkKeyed>("key_mark", { stage, part, pass, person, text }),
  importMarks: (stage: string, part: string, pass: number, file: string) => call<MarksTaken>("import_marks", { stage, part, pass, file }),
  markDifferences: (stage: string, part: string) => call<MarkDifference[]>("mark_differences", { stage, part }),
  /** `text` a figure, or 缺考; a settled mark needs a second person in `with`. */
  decideMark: (stage: string, part: string, person: string, text: string, second: string | null, reason: string) => call<null>("decide_mark", { stage, part, person, text, second, reason }),
  markCounts: (stage: string, part: string) => call<MarkCounts>("mark_counts", { stage, part }),
  markControls: (stage: string, part: string) => call<Control[]>("mark_controls", { stage, part }),
  // interview
  lots: (stage: string, part: string) => call<Lots>("lots", { stage, part }),
  drawLots: (stage: string, part: string, panels: string[], seed: string, witnesses: string[], missing: string[]) => call<Lots>("draw_lots", { stage, part, panels, seed, witnesses, missing }),
  lateLot: (stage: string, part: string, person: string, panel: string, reason: string) => call<Lots>("late_lot", { stage, part, person, panel, reason }),
  panelSheet: (stage: string, part: string, pass: number) => call<PanelSheet>("panel_sheet", { stage, part, pass }),
  keySheet: (stage: string, part: string, pass: number, person: string, marks: string[]) => call<PanelRow>("key_sheet", { stage, part, pass, person, marks }),
  importSheets: (stage: string, part: string, pass: number, file: string) => call<MarksTaken>("import_sheets", { stage, part, pass, file }),
  sheetDifferences: (stage: string, part: string) => call<SheetDifference[]>("sheet_differences", { stage, part }),
  decideSheet: (stage: string, part: string, person: string, marks: string[], second: string | null, reason: string) => call<null>("decide_sheet", { stage, part, person, marks, second, reason }),
  // results
  weights: (stage: string) => call<WeightsView>("weights", { stage }),
  confirmWeights: (stage: string, weights: string[], second: string | null, reason: string) => call<WeightsView>("confirm_weights", { stage, weights, second, reason }),
  selection: (stage: string) => call<SelectionView>("selection", { stage }),
  select: (stage: string) => call<SelectionView>("select", { stage }),
  substitute: (stage: string, leaves: string, approver: string, reason: string) => call<SubstitutionRow>("substitute", { stage, leaves, approver, reason }),
  standings: () => call<StandingInfo[]>("standings"),
  standing: (id: string) => call<StandingView>("standing", { id }),
  why: (stage: string, person: string) => call<WhyView>("why", { stage, person }),
  /** Ranks under other weights, beside those that hold; writes nothing. */
  whatIf: (id: string, weights: string[]) => call<WhatIfRow[]>("what_if", { id, weights }),
  spread: (stage: string, part: string) => call<Spread[]>("spread", { stage, part }),
  heldTies: () => call<TieRow[]>("held_ties"),
  resolveTie: (tie: string, order: string[], how: TieHow, by: string[], reason: string) => call<null>("resolve_tie", { tie, order, how, by, reason }),
  awards: () => call<AwardRow[]>("awards"),
  confirmAward: (award: string, document: string, winners: Winner[]) => call<null>("confirm_award", { award, document, winners }),
  delegation: () => call<Table>("delegation"),
  // papers and certificates
  /** A PDF as base64, for the preview. */
  previewPaper: (kind: string, stage: string, part: string, site: string | null) => call<string>("preview_paper", { kind, stage, part, site }),
  savePaper: (kind: string, stage: string, part: string, site: string | null, out: string) => call<null>("save_paper", { kind, stage, part, site, out }),
  saveResults: (out: string) => call<number>("save_results", { out }),
  certificateAwards: () => call<CertificateAward[]>("certificate_awards"),
  templates: () => call<TemplateInfo[]>("templates"),
  previewCertificate: (award: string, index: number, template: string | null, adjust: Adjust) => call<string>("preview_certificate", { award, index, template, adjust }),
  glyphCheck: () => call<GlyphFault[]>("glyph_check"),
  /** Sheets `from`.. of an award's run, 1-based; `stopWork` stops between two sheets and the run can be resumed. */
  printCertificates: (award: string, template: string | null, adjust: Adjust, from: number, folder: string, progress: P) => call<Printed>("print_certificates", { award, template, adjust, from, folder, progress }),
  printRuns: () => call<PrintRun[]>("print_runs"),
  sheets: (award: string) => call<SheetRow[]>("sheets", { award }),
  voidSheet: (number: string, reason: string) => call<null>("void_sheet", { number, reason }),
  reprintSheet: (number: string, reason: string, folder: string) => call<string>("reprint_sheet", { number, reason, folder }),
  verifyCertificate: (text: string) => call<CertificateSays>("verify_certificate", { text }),
  // journal
  journal: (filter: JournalFilter, offset: number, limit: number) => call<JournalPage>("journal", { filter, offset, limit }),
  /** The stored line, laid out for reading. */
  entry: (id: string) => call<string>("entry", { id }),
  verifyJournal: (progress: P) => call<Health>("verify_journal", { progress }),
  backup: (to: string) => call<null>("backup", { to }),
} as const;
