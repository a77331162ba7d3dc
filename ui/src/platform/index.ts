// This folder is the only place that knows Tauri.
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
export * from "./files";
export * from "./menu";
export { newProgress, type Watch } from "./progress";
export { isRefusal } from "./refusal";
