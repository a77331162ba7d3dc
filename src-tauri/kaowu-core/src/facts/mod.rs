//! What a journal entry may state (DESIGN.md §1): topics, their keys and values.
//!
//! Every view is made of facts. An entry sets a value for a key of a topic; it replaces only facts of entries it names.
//! So the state after a merge does not depend on the order in which entries arrive.

mod before;
mod closing;
mod day;
mod event;
mod handover;
mod marks;
mod operators;
mod people;
mod practice;
mod results;
mod seats;
mod staff;
mod stages;

pub use before::{LateEntry, LateWhat, MinimumRuling, RosterClosed, Withdrawal};
pub use closing::{
    AwardFigure, ClosedChain, ClosedFeed, ClosingFact, ClosingFigures, GroupFigure, IncidentFigure, ListFigure, PartFigure, SpreadFigure,
    UnitFigure, present_of,
};
pub use day::{AbsenceFact, AdmissionFact, IncidentFact, IncidentRuling, RoomRecordFact, SignOff};
pub use event::{EventFact, PlanFact, Trust};
pub use handover::{BriefFact, Continues, KeySavedFact, MergeFact, OpeningFact, PacketFact};
pub use marks::{DecidedMark, DecidedSheet, KeyedMark, KeyedSheet, Lot, LotDraw};
pub use operators::OperatorFact;
pub use people::{Candidate, ExclusionLine, RosterFile, Ruling, Verdict};
pub use practice::{LoginBlock, PracticeFile, PracticeMatch, ScoreBlock};
pub use results::{
    AwardConfirmation, Deed, Nomination, PrintRunFact, SelectionFact, Sheet, SheetFact, Substitution, TieHow, TieRuling, Weights,
};
pub use seats::{DrawFact, NeedFact, PinFact, RoomDrawFact, RoomFact, SeatFact};
pub use staff::{DutyDraw, DutyFact, InspectionFact, RecusalFact, Recused, StaffFact, StandIn};
pub use stages::{MemberResult, NamedTeam, TeamResult, TeamSubstitutes};

use crate::identity::{CandidateNumber, DeviceId, IdNumber, ListId, Operator, PanelId, PartId, RoomNumber, SiteCode, StageId, UnitCode};
use crate::journal::Fact;
use crate::practice::PracticeKind;
use crate::seating::DrawInputs;
use chrono::NaiveDate;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A kind of fact.
pub trait Topic: Serialize + DeserializeOwned + Clone + PartialEq + Send + Sync + 'static {
    /// Its name in the journal.
    const NAME: &'static str;
    /// Whether a site's device may state it; HQ may state all.
    const SITE: bool;
    /// What it is about.
    type Key: FactKey;
}

/// A key as one text: its parts joined by `/`.
pub trait FactKey: Clone + PartialEq + Ord + Send + Sync + 'static {
    /// The text.
    fn text(&self) -> String;
    /// Reads the text back.
    fn read(text: &str) -> Option<Self>;
}

/// One part of a key; never contains `/`.
pub trait KeyPart: Sized + Clone + PartialEq + Ord + Send + Sync + 'static {
    /// The text.
    fn part(&self) -> String;
    /// Reads it back.
    fn read_part(text: &str) -> Option<Self>;
}

macro_rules! id_part {
    ($($id:ty),*) => {$(
        impl KeyPart for $id {
            fn part(&self) -> String { self.0.replace('/', "-") }
            fn read_part(text: &str) -> Option<Self> { (!text.is_empty()).then(|| text.into()) }
        }
        impl FactKey for $id {
            fn text(&self) -> String { self.part() }
            fn read(text: &str) -> Option<Self> { Self::read_part(text) }
        }
    )*};
}
id_part!(DeviceId, IdNumber, UnitCode, StageId, PartId, SiteCode, RoomNumber, CandidateNumber, PanelId, ListId, Operator);

impl KeyPart for String {
    fn part(&self) -> String {
        self.replace('/', "-")
    }
    fn read_part(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}
impl FactKey for String {
    fn text(&self) -> String {
        self.part()
    }
    fn read(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}
impl KeyPart for u32 {
    fn part(&self) -> String {
        format!("{self:06}")
    }
    fn read_part(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}
impl FactKey for u32 {
    fn text(&self) -> String {
        self.part()
    }
    fn read(text: &str) -> Option<Self> {
        Self::read_part(text)
    }
}
/// Which keying of a sheet: 1 or 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Pass(pub u8);
impl KeyPart for Pass {
    fn part(&self) -> String {
        self.0.to_string()
    }
    fn read_part(text: &str) -> Option<Self> {
        text.parse().ok().filter(|n| (1..=2).contains(n)).map(Self)
    }
}

impl KeyPart for PracticeKind {
    fn part(&self) -> String {
        self.word().to_owned()
    }
    fn read_part(text: &str) -> Option<Self> {
        [Self::Daily, Self::Weekly, Self::Monthly].into_iter().find(|kind| kind.word() == text)
    }
}
impl KeyPart for NaiveDate {
    fn part(&self) -> String {
        self.to_string()
    }
    fn read_part(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

/// The only one of its topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Only;
impl FactKey for Only {
    fn text(&self) -> String {
        "-".to_owned()
    }
    fn read(text: &str) -> Option<Self> {
        (text == "-").then_some(Self)
    }
}

macro_rules! tuple_key {
    ($($name:ident : $index:tt),+) => {
        impl<$($name: KeyPart),+> FactKey for ($($name,)+) {
            fn text(&self) -> String { [$(self.$index.part()),+].join("/") }
            fn read(text: &str) -> Option<Self> {
                let mut parts = text.split('/');
                let key = ($($name::read_part(parts.next()?)?,)+);
                parts.next().is_none().then_some(key)
            }
        }
    };
}
tuple_key!(A: 0, B: 1);
tuple_key!(A: 0, B: 1, C: 2);
tuple_key!(A: 0, B: 1, C: 2, D: 3);

/// States a value.
pub fn state<T: Topic>(key: &T::Key, value: &T) -> Fact {
    Fact { topic: T::NAME.to_owned(), key: key.text(), value: serde_json::to_value(value).unwrap_or(Value::Null) }
}

/// Takes a value back.
pub fn take_back<T: Topic>(key: &T::Key) -> Fact {
    Fact { topic: T::NAME.to_owned(), key: key.text(), value: Value::Null }
}

/// Defines the topics and the table by which a merge checks what a site sends.
macro_rules! topics {
    ($($ty:ty = $name:literal, site $site:literal, key $key:ty;)*) => {
        $(impl Topic for $ty {
            const NAME: &'static str = $name;
            const SITE: bool = $site;
            type Key = $key;
        })*

        /// Every topic by name.
        pub const NAMES: &[&str] = &[$($name),*];

        /// Whether a site's device may state a topic.
        pub fn of_sites(topic: &str) -> bool {
            match topic {
                $($name => $site,)*
                _ => false,
            }
        }

        /// Whether a fact reads as its topic demands; `from_site` also asks whether a site's device may state it.
        pub fn well_formed(fact: &Fact, from_site: bool) -> bool {
            match fact.topic.as_str() {
                $($name => (!from_site || $site) && reads::<$ty>(fact) && practice::sound(fact),)*
                _ => false,
            }
        }
    };
}

fn reads<T: Topic>(fact: &Fact) -> bool {
    T::Key::read(&fact.key).is_some() && (fact.value.is_null() || serde_json::from_value::<T>(fact.value.clone()).is_ok())
}

topics! {
    EventFact = "event", site false, key Only;
    PlanFact = "plan", site false, key Only;
    Trust = "trust", site false, key Only;
    OperatorFact = "operator", site false, key Operator;
    Candidate = "candidate", site false, key (StageId, IdNumber);
    RosterFile = "roster-file", site false, key String;
    ExclusionLine = "exclusion", site false, key (String, u32);
    Ruling = "ruling", site false, key (StageId, IdNumber);
    RosterClosed = "roster-closed", site false, key StageId;
    LateEntry = "late-entry", site false, key (StageId, IdNumber);
    Withdrawal = "withdrawal", site false, key (StageId, IdNumber);
    MinimumRuling = "minimum-ruling", site false, key (StageId, UnitCode);
    RoomFact = "room", site false, key (StageId, SiteCode, RoomNumber);
    DrawFact = "draw", site false, key StageId;
    DrawInputs = "draw-inputs", site false, key StageId;
    RoomDrawFact = "room-draw", site false, key (StageId, SiteCode, RoomNumber);
    SeatFact = "seat", site false, key (StageId, IdNumber);
    PinFact = "pin", site false, key (StageId, IdNumber);
    NeedFact = "need", site false, key (StageId, IdNumber);
    AdmissionFact = "admission", site true, key (StageId, PartId, IdNumber);
    AbsenceFact = "absence", site true, key (StageId, PartId, IdNumber);
    IncidentFact = "incident", site true, key String;
    IncidentRuling = "incident-ruling", site false, key String;
    RoomRecordFact = "room-record", site true, key (StageId, PartId, SiteCode, RoomNumber);
    SignOff = "sign-off", site true, key (StageId, PartId, SiteCode, RoomNumber);
    KeyedMark = "mark", site true, key (StageId, PartId, IdNumber, Pass);
    DecidedMark = "decision", site true, key (StageId, PartId, IdNumber);
    LotDraw = "lot-draw", site true, key (StageId, PartId);
    Lot = "lot", site true, key (StageId, PartId, IdNumber);
    KeyedSheet = "panel-sheet", site true, key (StageId, PartId, IdNumber, Pass);
    DecidedSheet = "panel-decision", site true, key (StageId, PartId, IdNumber);
    Weights = "weights", site false, key StageId;
    Nomination = "nomination", site false, key (StageId, UnitCode);
    SelectionFact = "selection", site false, key StageId;
    Substitution = "substitution", site false, key (StageId, IdNumber);
    TieRuling = "tie", site false, key String;
    AwardConfirmation = "award", site false, key ListId;
    TeamSubstitutes = "team-substitutes", site false, key ListId;
    NamedTeam = "team-named", site false, key ListId;
    TeamResult = "team-result", site false, key ListId;
    PrintRunFact = "print-run", site false, key u32;
    SheetFact = "sheet", site false, key String;
    KeySavedFact = "key-saved", site false, key (String, String);
    PacketFact = "packet", site false, key String;
    OpeningFact = "opening", site true, key DeviceId;
    MergeFact = "merged", site false, key DeviceId;
    BriefFact = "brief", site false, key Only;
    PracticeFile = "practice-file", site false, key (PracticeKind, String);
    LoginBlock = "practice-logins", site false, key (String, UnitCode);
    ScoreBlock = "practice-scores", site false, key (PracticeKind, NaiveDate, String, UnitCode);
    PracticeMatch = "practice-match", site false, key (UnitCode, String);
    StaffFact = "staff", site false, key (StageId, String);
    DutyDraw = "duty-draw", site false, key (StageId, PartId, SiteCode);
    DutyFact = "duty", site false, key (StageId, PartId, SiteCode, RoomNumber);
    StandIn = "stand-in", site true, key (StageId, PartId, SiteCode, String);
    RecusalFact = "recusal", site true, key (StageId, PartId, String, String);
    InspectionFact = "inspection", site true, key String;
    ClosingFact = "closing", site false, key Only;
    ClosedChain = "closed-chain", site false, key (DeviceId, u32);
    ClosingFigures = "closing-figures", site false, key Only;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_back() {
        let key: <KeyedMark as Topic>::Key = ("city".into(), "written".into(), "320106196708208495".into(), Pass(2));
        assert_eq!(key.text(), "city/written/320106196708208495/2");
        assert_eq!(<KeyedMark as Topic>::Key::read(&key.text()), Some(key));
        for wrong in ["city/written/1", "city/written/1/3", "city/written/1/1/1", "city/written//1"] {
            assert_eq!(<KeyedMark as Topic>::Key::read(wrong), None, "{wrong}");
        }
    }

    /// Entries are never rewritten: what earlier versions stated still reads, and says the same when stated again.
    #[test]
    fn what_earlier_versions_stated_still_reads() {
        for (topic, key, value) in [
            ("draw", "city", serde_json::json!({"seed": "1", "people": 2, "rooms": 1, "pairs": 0, "bound": 0, "hash": "ab"})),
            (
                "room",
                "city/3201-01/001",
                serde_json::json!({"site_name": "考点", "columns": [7, 8], "corner": "front-left", "numbering": "serpentine"}),
            ),
        ] {
            let fact = Fact { topic: topic.into(), key: key.into(), value: value.clone() };
            assert!(well_formed(&fact, false), "{topic}");
            let again = match topic {
                "draw" => serde_json::to_value(serde_json::from_value::<DrawFact>(value.clone()).unwrap()),
                _ => serde_json::to_value(serde_json::from_value::<RoomFact>(value.clone()).unwrap()),
            };
            assert_eq!(again.unwrap(), value, "{topic}");
        }
    }

    #[test]
    fn a_site_states_only_what_it_may() {
        let seat = Fact { topic: "seat".into(), key: "city/1".into(), value: Value::Null };
        assert!(well_formed(&seat, false) && !well_formed(&seat, true));
        let mark = Fact {
            topic: "mark".into(),
            key: "city/written/1/1".into(),
            value: serde_json::json!({"value": {"given": 92_500}, "by": "甲"}),
        };
        assert!(well_formed(&mark, true));
        assert!(!well_formed(&Fact { value: serde_json::json!({"value": 92_500, "by": "甲"}), ..mark.clone() }, true));
        assert!(!well_formed(&Fact { topic: "nonsense".into(), ..mark }, false));
    }
}
