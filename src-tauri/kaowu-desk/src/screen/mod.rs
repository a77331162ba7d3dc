//! What a screen shows: rows ready to be read, made from the views. Nothing here writes.
//!
//! The shapes go to the pages as TypeScript (`specta`), so they hold text and small numbers only. A person is named by a
//! handle for calls and by a masked ID number for eyes: no ID number goes to a page ([`crate::handle`], [`mask`]).

mod awards;
mod before;
mod blind;
mod clock;
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
mod step;
mod ties;

pub use awards::{AwardScreen, Winner};
pub use before::{BelowMinimumRow, RosterStateRow, WithdrawnLine};
pub use clock::ClockNotice;
pub use day::{DayTime, Overview};
pub use interview::{DrawnLots, LotRow, Lots, PanelRow, PanelScreen, PanelState, SheetDifference};
pub use journal::{EntryRow, FeedRow, FellRow, HealthScreen, JournalFilter, JournalPage};
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
    SelectedPerson, SelectionScreen, Spread, StandingInfo, StandingKind, StandingLine, StandingScreen, TermRow, WeightsScreen, WhatIfRow,
    WhyScreen,
};
pub use room::{AtSeat, ClauseRow, Door, IncidentScreen, RecordForm, RecordScreen, RoomCount, SignedRow, VoidsWord};
pub use seating::{Beside, BesideRow, Cell, DrawRow, NeedWord, RoomPicture, RoomRow};
pub use staff::{
    ClosedLine, ClosingList, ClosingPart, ClosingScreen, DutyDrawLine, InspectionLine, PlaceLine, RecusalLine, RoleWord, SiteLine,
    StaffLine, StaffLook, StaffScreen, TurnoutLine,
};
pub use stages::{NamingPerson, NamingUnit, TeamAwardRow, TeamMemberRow, TeamResultRow, TeamScreen};
pub use step::{DayStep, DeskName, StepState};
pub use ties::{LevelIn, TieRow, Tied};

use crate::error::DeskError;
use kaowu_core::coded::Coded;
use kaowu_core::plan::{AwardPlan, Part, Plan, Stage, StandingPlan, Tier};
use kaowu_core::words::Lang;
use serde::{Deserialize, Serialize};
use specta::Type;

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
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

    /// What a coded thing says of itself in each language, which may name other facts in each.
    pub(crate) fn each<C: CodedWords>(zh: &[C], en: &[C]) -> Vec<Self> {
        let what = |step: &C, lang| mask::mask_text(&step.said(lang).what);
        zh.iter().zip(en).map(|(zh, en)| Self { zh: what(zh, Lang::Zh), en: what(en, Lang::En) }).collect()
    }

    /// Both with `between` in the middle.
    pub(crate) fn join(parts: &[Self], between: &str) -> Self {
        let of = |text: fn(&Self) -> &str| parts.iter().map(text).filter(|t| !t.is_empty()).collect::<Vec<_>>().join(between);
        Self { zh: of(|b| &b.zh), en: of(|b| &b.en) }
    }

    /// What a coded thing says of itself.
    pub fn said(of: &impl CodedWords) -> Self {
        Self { zh: mask::mask_text(&of.said(Lang::Zh).what), en: mask::mask_text(&of.said(Lang::En).what) }
    }
}

impl From<String> for Both {
    fn from(text: String) -> Self {
        Self::same(text)
    }
}

impl From<&Stage> for Both {
    fn from(stage: &Stage) -> Self {
        Self::of(&stage.name, &stage.name_en)
    }
}

impl From<&Part> for Both {
    fn from(part: &Part) -> Self {
        Self::of(&part.name, &part.name_en)
    }
}

impl From<&Tier> for Both {
    fn from(tier: &Tier) -> Self {
        Self::of(&tier.name, &tier.name_en)
    }
}

impl From<&StandingPlan> for Both {
    fn from(plan: &StandingPlan) -> Self {
        Self::of(&plan.title, &plan.title_en)
    }
}

impl From<&AwardPlan> for Both {
    fn from(plan: &AwardPlan) -> Self {
        Self::of(&plan.title, &plan.title_en)
    }
}

/// A part with its stage; the part's name alone where it says which stage it is of.
pub fn stage_and_part(stage: &Stage, part: &Part) -> Both {
    let of = |stage: &str, part: &str| if part.starts_with(stage) { part.to_owned() } else { format!("{stage} · {part}") };
    Both::of(
        of(&stage.name, &part.name),
        if part.name.starts_with(&stage.name) { part.name_en.clone() } else { of(&stage.name_en, &part.name_en) },
    )
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

impl Refused {
    /// The words of an error, with the names that the event's plan gives to stage and part.
    pub fn in_event(error: &DeskError, plan: &Plan) -> Self {
        let text =
            |facts: &serde_json::Map<String, serde_json::Value>, name: &str| facts.get(name).and_then(|v| v.as_str()).map(str::to_owned);
        let said = |lang: Lang| {
            let mut facts = error.facts();
            let stage = text(&facts, "stage").and_then(|id| plan.stages.iter().find(|s| s.id.as_str() == id));
            let part = stage.and_then(|stage| text(&facts, "part").and_then(|id| stage.parts.iter().find(|p| p.id.as_str() == id)));
            let of = |both: Both| if lang == Lang::Zh { both.zh } else { both.en };
            if let Some(stage) = stage {
                // A part that names its stage itself is not named twice.
                let told = part.is_some_and(|part| part.name.starts_with(&stage.name));
                facts.insert("stage".to_owned(), if told { String::new() } else { of(stage.into()) }.into());
            }
            if let Some(part) = part {
                facts.insert("part".to_owned(), of(part.into()).into());
            }
            let team = text(&facts, "team").and_then(|id| {
                let sent = plan.delegations.iter().find(|t| t.id.as_str() == id).map(|t| (&t.title, &t.title_en));
                sent.or_else(|| plan.named_teams.iter().find(|t| t.id.as_str() == id).map(|t| (&t.title, &t.title_en)))
            });
            if let Some((title, title_en)) = team {
                facts.insert("team".to_owned(), of(Both::of(title, title_en.as_ref().unwrap_or(title))).into());
            }
            let said = lang.say(&error.code(), &facts);
            Said::from(kaowu_core::words::Said { what: said.what.trim_start().to_owned(), remedy: said.remedy })
        };
        Self { code: error.code(), zh: said(Lang::Zh), en: said(Lang::En) }
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

#[cfg(test)]
mod tests {
    use super::Refused;
    use crate::DeskFault;
    use kaowu_core::plan::{Plan, bundled};

    #[test]
    fn refusals_name_stage_and_part_as_the_plan_does() {
        let plan = Plan::read(bundled("jiangsu-2020").unwrap()).unwrap();
        let said = |fault: DeskFault| {
            let refused = Refused::in_event(&fault.into(), &plan);
            (refused.zh.what, refused.en.what)
        };
        let (zh, en) = said(DeskFault::NotDrawn { stage: "province".into() });
        assert!(zh.contains("全省选拔赛") && en == "Seats of Provincial trial are not drawn", "{zh} {en}");
        let (zh, en) = said(DeskFault::NotDrawn { stage: "other".into() });
        assert!(zh.contains("other") && en.contains("other"), "what the plan does not know stays as it is");
        let missing =
            kaowu_core::standing::ResultsFault::MarksMissing { stage: "city".into(), part: "written".into(), count: 3, people: vec![] };
        let refused = Refused::in_event(&missing.into(), &plan);
        assert!(refused.en.what.starts_with("City written paper: marks of 3"), "{}", refused.en.what);
        assert!(refused.zh.what.starts_with("设区市选拔赛笔试有 3 人"), "{}", refused.zh.what);
    }

    #[test]
    fn masks_hide_birth_dates() {
        for (id, shown) in [("320106196708208495", "3201**********8495"), ("12345678", "12345678"), ("123456789", "1234*6789"), ("", "")] {
            assert_eq!(super::masked(&id.into()), shown);
        }
    }
}
