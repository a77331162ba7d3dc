//! What a desk refuses, in codes with facts; the floors below pass theirs through.

use kaowu_core::coded;
use kaowu_core::identity::{CandidateNumber, IdNumber, ListId, Operator, PartId, RoomNumber, SiteCode, StageId, UnitCode};
use serde::Serialize;

/// What a desk returns.
pub type Result<T, E = DeskError> = std::result::Result<T, E>;

/// A refusal of any floor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum DeskError {
    /// The desk's own.
    Desk(DeskFault),
    /// The plan's.
    Plan(kaowu_core::plan::PlanError),
    /// The draw's.
    Seating(kaowu_core::seating::SeatingError),
    /// A plan of seats'.
    Seat(kaowu_core::seating::SeatFault),
    /// The exam room's.
    Day(kaowu_core::day::Refusal),
    /// A room record's.
    Record(kaowu_core::day::RecordFault),
    /// A mark's.
    Mark(kaowu_core::marks::MarkFault),
    /// A panel's.
    Panel(kaowu_core::interview::PanelFault),
    /// The results'.
    Results(kaowu_core::standing::ResultsFault),
    /// Teams' and their results'.
    Stage(kaowu_core::stages::StageFault),
    /// Practice's.
    Practice(kaowu_core::practice::PracticeRefusal),
    /// Staff's.
    Staff(kaowu_core::staff::StaffRefusal),
    /// A figure's.
    Figure(kaowu_core::figure::FigureError),
    /// A candidate number's.
    Number(kaowu_core::plan::NumberError),
    /// The ledger's.
    Ledger(kaowu_ledger::LedgerError),
    /// A workbook's.
    Sheet(kaowu_sheets::SheetError),
    /// A paper's.
    Paper(kaowu_papers::PaperError),
    /// A packet's.
    Packet(kaowu_packet::PacketError),
    /// A vault's.
    Vault(kaowu_packet::vault::VaultFault),
}
coded!(DeskError);

macro_rules! passes {
    ($($variant:ident($ty:ty)),* $(,)?) => {$(
        impl From<$ty> for DeskError {
            fn from(fault: $ty) -> Self { Self::$variant(fault) }
        }
    )*};
}
passes!(
    Desk(DeskFault),
    Plan(kaowu_core::plan::PlanError),
    Seating(kaowu_core::seating::SeatingError),
    Seat(kaowu_core::seating::SeatFault),
    Day(kaowu_core::day::Refusal),
    Record(kaowu_core::day::RecordFault),
    Mark(kaowu_core::marks::MarkFault),
    Panel(kaowu_core::interview::PanelFault),
    Results(kaowu_core::standing::ResultsFault),
    Stage(kaowu_core::stages::StageFault),
    Practice(kaowu_core::practice::PracticeRefusal),
    Staff(kaowu_core::staff::StaffRefusal),
    Figure(kaowu_core::figure::FigureError),
    Number(kaowu_core::plan::NumberError),
    Ledger(kaowu_ledger::LedgerError),
    Sheet(kaowu_sheets::SheetError),
    Paper(kaowu_papers::PaperError),
    Packet(kaowu_packet::PacketError),
    Vault(kaowu_packet::vault::VaultFault),
);

/// What a desk itself refuses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[allow(missing_docs)] // each variant is said in words in assets/messages/*/{desk,operators}.toml
pub enum DeskFault {
    NoEvent,
    NoSuchPlan { plan: String, known: Vec<String> },
    NoSuchStage { stage: StageId, known: Vec<StageId> },
    NoSuchPart { stage: StageId, part: PartId, known: Vec<PartId> },
    NoSuchList { list: ListId, known: Vec<ListId> },
    NoSuchPerson { person: String },
    SeveralPeople { person: String, ids: Vec<IdNumber> },
    NoSuchRoom { site: SiteCode, room: RoomNumber },
    NoSuchEntry { entry: String },
    PathNeeded,
    Stopped,
    TimeUnreadable { text: String },
    NoSuchIncident { incident: String },
    NoSuchTie { tie: String },
    NoSuchPost { post: String, known: Vec<String> },
    OnlyHq { site: SiteCode },
    OnlySite,
    SiteNeeded,
    JournalFaulty { faults: usize },
    ClockBehind { now: String, last: String },
    ReasonNeeded,
    OperatorNeeded,
    TextHidden { text: String, point: String },
    SecondPersonNeeded,
    TimeOnlyInDrill,
    NotCheckedIn { person: String },
    NotAbsent { person: String },
    NotEntered { person: String, stage: StageId },
    NotSuspect { person: String },
    NotSelected { person: String, stage: StageId },
    NotWritten { part: PartId },
    NotInterview { part: PartId },
    MarkEmpty { person: String },
    NoRoomRecord { room: RoomNumber },
    SignersMissing { room: RoomNumber, signers: Vec<Operator> },
    WitnessNeeded,
    NoPanel,
    LotsAfterMarks,
    HasLot { person: String },
    RoomTwice { row: u32, room: RoomNumber },
    AlreadyDrawn { stage: StageId },
    NotDrawn { stage: StageId },
    SuspectsOpen { stage: StageId, count: usize, first: String },
    DrawAfterCheckIn { stage: StageId },
    NotSeated { person: String, stage: StageId },
    SwapWithSelf { person: String },
    SwapOtherSite { first: SiteCode, second: SiteCode },
    SwapAfterCheckIn { person: String },
    SeatPinned { person: String },
    SeatNotPinned { person: String },
    NoNeeds { person: String },
    AlreadySeated { person: String, number: CandidateNumber },
    NoSpareSeat { person: String },
    RoomEmpty { room: RoomNumber },
    NobodyToSelect { stage: StageId },
    RedrawAfterCheckIn { room: RoomNumber },
    InputsMissing { stage: StageId },
    NumberTwice { number: CandidateNumber, first: IdNumber, second: IdNumber },
    NoSite { unit: UnitCode },
    NoRooms { unit: UnitCode, stage: StageId },
    NoUnitForSite { site: String },
    RosterChanged { file: String, added: usize, changed: usize, withdrawn: usize },
    RosterFrozen { stage: StageId },
    RosterEmpty { stage: StageId },
    RosterIsClosed { stage: StageId, closed: String },
    RosterIsOpen { stage: StageId },
    RosterLate { file: String, closed: String, added: usize, changed: usize, withdrawn: usize },
    EnteredBySelection { stage: StageId },
    WithdrawalFrozen { stage: StageId, freeze: String },
    WithdrawalAfterStart { person: String, stage: StageId },
    NotWithdrawn { person: String, stage: StageId },
    EnteredAgain { person: String },
    NotBelowMinimum { unit: String },
    NoSelection { stage: StageId },
    SelectionHeld { stage: StageId, ties: usize, first: String },
    SelectionFrozen { stage: StageId, freeze: String },
    SelectionExists { stage: StageId },
    WeightsNotConfirmed { stage: StageId },
    NoComposite { stage: StageId },
    NotOfPeople { list: ListId },
    FileExists { file: String },
    FolderNotEmpty { folder: String },
    FileUnreadable { file: String, detail: String },
    FileUnwritable { file: String, detail: String },
    FileIsEvent { file: String },
    FileDiskFull { file: String },
    FileReadOnly { file: String },
    FileNameRefused { file: String },
    PacketOutOfScope { post: String, topic: String, key: String },
    IncidentChanged { post: String, incident: String },
    HandoverHeadDiffers { said: u64, held: u64 },
    PacketOfUnknownPost { post: String },
    ReceiptOlder { receipt: String, taken: String },
    ReceiptOutOfScope { post: String, topic: String, key: String },
    PacketOlder { packet: String, opened: String },
    PostMismatch { packet: String, database: String },
    NotMerged { post: String },
    NothingToSettle { topic: String, key: String },
    SettledAtItsDesk { topic: String },
    SettlesOwnWord { operator: Operator },
    WordsTooFew { wanted: usize },
    EscrowNotHere,
    EscrowNotSaved,
    SecretDamaged,
    ArchiveNeedsPin,
    NothingToPrint,
    AnnouncementEmpty,
    DemoDiffers { lists: Vec<String> },
    DemoStopped,
    AwardNotConfirmed { award: ListId },
    AwardWithoutTemplate { award: ListId },
    SheetBeyond { from: usize, sheets: usize },
    AllOnPaper { from: usize, on_paper: usize, void: usize },
    NoneOnPaper { from: usize },
    NothingToConfirm { award: ListId },
    NoSuchCertificate { number: String },
    CertificateNotPrinted { number: String },
    CertificateVoid { number: String },
    CertificateOfAnother { number: String, award: ListId },
    CertificateForged,
    CertificateUnreadable,
    CertificateSpecimen,
    CertificateWithdrawn { number: String, reason: String },
    CertificateDropped { number: String, award: String },
    CertificateReplaced { number: String },
    TemplateChanged { number: String, template: String },
    ArchiveDiffers,
    NoRetention,
    RetentionRuns { until: String },
    PersonalLeft { topic: String },
    NotClosed,
    ClosedChainBroken { site: String },
    SignInNeeded { operators: Vec<Operator> },
    PinNeeded { operator: Operator },
    PacketNeedsSignIn { operators: Vec<Operator> },
    NotProtected,
    WasProtected,
    AlreadyProtected,
    OperatorNotSignedIn { operator: Operator },
    OperatorMayNot { operator: Operator, act: String },
    SecondPinNeeded { act: String },
    SecondNotProven { operator: Operator },
    NothingAsked,
    SecondMayNot { operator: Operator, act: String },
    SecondIsSelf,
    OperatorUnknown { operator: Operator },
    OperatorWithdrawn { operator: Operator },
    RolesNeeded { operator: Operator },
    NoSuchRole { role: String, known: Vec<String> },
    LastHq { operator: Operator },
    NoSiteOperators { site: SiteCode },
    ScreenLocked,
    PinByHqOnly { operator: Operator },
    OperatorAlike { operator: Operator, other: Operator },
    RecoveryByHq,
}
coded!(DeskFault);

impl DeskFault {
    /// An operator's name is more than spaces.
    pub fn named(text: &str) -> Result<Operator> {
        let text = text.trim();
        if text.is_empty() { Err(Self::OperatorNeeded.into()) } else { Ok(text.into()) }
    }

    /// A reason is more than spaces.
    pub(crate) fn reason(text: &str) -> Result<&str> {
        let text = text.trim();
        if text.is_empty() { Err(Self::ReasonNeeded.into()) } else { Ok(text) }
    }

    pub(crate) fn unreadable(file: &std::path::Path, error: &std::io::Error) -> DeskError {
        Self::FileUnreadable { file: file.display().to_string(), detail: error.to_string() }.into()
    }

    /// A file that could not be written.
    pub fn unwritable(file: &std::path::Path, error: &std::io::Error) -> DeskError {
        let file = file.display().to_string();
        match error.kind() {
            _ if kaowu_disk::is_over_event(error) => Self::FileIsEvent { file }.into(),
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::FileDiskFull { file }.into(),
            std::io::ErrorKind::ReadOnlyFilesystem => Self::FileReadOnly { file }.into(),
            std::io::ErrorKind::InvalidInput | std::io::ErrorKind::InvalidFilename => Self::FileNameRefused { file }.into(),
            _ => Self::FileUnwritable { file, detail: error.to_string() }.into(),
        }
    }
}
