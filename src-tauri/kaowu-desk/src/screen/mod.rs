//! What a screen shows: rows ready to be read, made from the views. Nothing here writes.
//!
//! The shapes go to the pages as TypeScript (`specta`), so they hold text and small numbers only. A person is named by a
//! handle for calls and by a masked ID number for eyes: no ID number goes to a page ([`crate::handle`], [`mask`]).

mod before;
mod blind;
mod day;
mod interview;
mod journal;
mod marks;
mod mask;
mod packet;
mod people;
mod practice;
mod reasons;
mod results;
mod room;
mod seating;
mod staff;
mod stages;

pub use before::{BelowMinimumRow, RosterStateRow, WithdrawnLine};
pub use day::{DayStep, DayTime, DeskName, Overview, StepState};
pub use interview::{DrawnLots, LotRow, Lots, PanelRow, PanelScreen, PanelState, SheetDifference};
pub use journal::{EntryRow, FeedRow, HealthScreen, JournalFilter, JournalPage};
pub use marks::{Control, DifferenceRow, MarkKeyed, MarkRow, MarkSheet, MarksTaken, RefusedRow, SheetRowState};
pub use mask::masked;
pub use packet::{BoardRow, ConflictRow, ConflictValue, DeviceRow, PostRow};
pub use people::{
    ChangeKind, ChangeRow, FaultRow, FaultSeverity, FindingRow, FindingWord, PeoplePage, PersonRow, RosterFileRow, RosterLook,
};
pub use practice::{
    ClaimRow, MayBe, PracticeFileLine, PracticeKindWord, PracticeLine, PracticeListScreen, PracticeLookScreen, PracticeScreen,
    WhichPractice,
};
pub use reasons::{ResolvedTie, TieBy};
pub use results::{
    AwardScreen, SelectedPerson, SelectionScreen, Spread, StandingInfo, StandingKind, StandingLine, StandingScreen, TermRow, TieRow, Tied,
    WeightsScreen, WhatIfRow, WhyScreen, Winner,
};
pub use room::{AtSeat, ClauseRow, Door, IncidentScreen, RecordForm, RecordScreen, RoomCount, SignedRow, VoidsWord};
pub use seating::{Beside, BesideRow, Cell, DrawRow, NeedWord, RoomPicture, RoomRow};
pub use staff::{
    ClosedLine, ClosingList, ClosingPart, ClosingScreen, DutyDrawLine, InspectionLine, PlaceLine, RecusalLine, RoleWord, SiteLine,
    StaffLine, StaffLook, StaffScreen, TurnoutLine,
};
pub use stages::{NamingPerson, NamingUnit, TeamAwardRow, TeamMemberRow, TeamResultRow, TeamScreen};

use crate::error::DeskError;
use kaowu_core::coded::Coded;
use kaowu_core::words::Lang;
use serde::Serialize;
use specta::Type;

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Both {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Both {
    /// Both at once.
    pub fn of(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// The same in both: a figure, a name.
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { zh: text.clone(), en: text }
    }

    /// What a coded thing says of itself.
    pub fn said(of: &impl CodedWords) -> Self {
        Self { zh: mask::mask_text(&of.said(Lang::Zh).what), en: mask::mask_text(&of.said(Lang::En).what) }
    }
}

/// What happened, and what to do. ID numbers in it are masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Said {
    /// What and where.
    pub what: String,
    /// What to do.
    pub remedy: String,
}

impl From<kaowu_core::words::Said> for Said {
    fn from(said: kaowu_core::words::Said) -> Self {
        Self { what: mask::mask_text(&said.what), remedy: mask::mask_text(&said.remedy) }
    }
}

/// A refusal in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Refused {
    /// The stable code.
    pub code: String,
    /// In Chinese.
    pub zh: Said,
    /// In English.
    pub en: Said,
}

impl Refused {
    /// The words of an error.
    pub fn of(error: &impl Coded) -> Self {
        Self { code: error.code(), zh: Lang::Zh.error(error).into(), en: Lang::En.error(error).into() }
    }
}

impl From<DeskError> for Refused {
    fn from(error: DeskError) -> Self {
        Self::of(&error)
    }
}

/// Whatever has a code with words: errors, and the steps of a total.
pub trait CodedWords {
    /// The words.
    fn said(&self, lang: Lang) -> kaowu_core::words::Said;
}

impl CodedWords for kaowu_core::why::WhyStep {
    fn said(&self, lang: Lang) -> kaowu_core::words::Said {
        lang.error(self)
    }
}

/// A count as the pages take it.
pub(crate) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Wall clock as lists show it: `2020-07-04 08:31`.
pub fn at(t: &str) -> String {
    t.get(..16).unwrap_or(t).replace('T', " ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn masks_hide_birth_dates() {
        for (id, shown) in [("320106196708208495", "3201**********8495"), ("12345678", "12345678"), ("123456789", "1234*6789"), ("", "")] {
            assert_eq!(super::masked(&id.into()), shown);
        }
    }
}
