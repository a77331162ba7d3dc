// This folder is the only place that knows Tauri.
import type { Spoken } from "../language";
import type * as Bound from "./bindings";

export { commands } from "./bindings";
export type * from "./bindings";
// Shorter names for what pages speak of most.
export type {
  AdmittedRow as Admitted, AwardScreen as AwardRow, ClauseRow as Clause, DifferenceRow as MarkDifference, DrawRow as Draw,
  FaultSeverity as Severity, HealthScreen as Health, IncidentScreen as IncidentRow, MarkCountsRow as MarkCounts, PanelScreen as PanelSheet,
  PersonRow as Person, RecordForm as RoomRecord, RecordScreen as RecordView, Refused as Refusal, SelectedPerson as SelectedRow,
  SelectionScreen as SelectionView, SignedRow as Signed, StandingLine as StandingRow, StandingScreen as StandingView,
  Substituted as SubstitutionRow, TermRow as Term, TieBy as TieHow, WeightsScreen as WeightsView, WhyScreen as WhyView,
} from "./bindings";
/** The open event as its pages see it: in the language of the window. */
export type Session = Spoken<Bound.Session>;
export type StageInfo = Spoken<Bound.StageInfo>;
export type PartInfo = Spoken<Bound.PartInfo>;
export * from "./files";
export * from "./menu";
export { newProgress, type Watch } from "./progress";
export { isRefusal } from "./refusal";
