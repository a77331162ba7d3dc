//! Why a team stands where it stands, and how ties were resolved.

use super::Both;
use super::results::WhyScreen;
use crate::error::Result;
use crate::{Desk, View};
use kaowu_core::facts::{TieHow, TieRuling};
use kaowu_core::identity::{IdNumber, ListId, UnitCode};
use kaowu_core::plan::PartRef;
use kaowu_core::words::Lang;
use serde::{Deserialize, Serialize};
use specta::Type;

/// How a tie was resolved outside the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // as TieHow of core
pub enum TieBy {
    Key,
    Test,
    Lot,
}

impl From<TieHow> for TieBy {
    fn from(how: TieHow) -> Self {
        match how {
            TieHow::Key => Self::Key,
            TieHow::ExtraTest => Self::Test,
            TieHow::Lots => Self::Lot,
        }
    }
}

impl From<TieBy> for TieHow {
    fn from(by: TieBy) -> Self {
        match by {
            TieBy::Key => Self::Key,
            TieBy::Test => Self::ExtraTest,
            TieBy::Lot => Self::Lots,
        }
    }
}

/// A tie that people have resolved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ResolvedTie {
    /// Id.
    pub id: String,
    /// Which question was open.
    pub question: Both,
    /// Names of the tied, best first.
    pub order: Vec<Both>,
    /// By what.
    pub how: TieBy,
    /// Who watched or decided.
    pub by: Vec<String>,
    /// Document or record it rests on.
    pub reason: String,
    /// Who recorded it.
    pub operator: String,
    /// When.
    pub at: String,
    /// The entry.
    pub entry: String,
}

impl View<'_> {
    /// A person with their unit.
    pub(crate) fn named(&self, name: &str, unit: &UnitCode) -> Both {
        let unit = self.full_name(unit);
        Both::of(format!("{name}（{unit}）"), format!("{name} ({unit})"))
    }

    /// The name of whoever a tie names: a person with their unit, or a unit.
    pub(super) fn name_of(&self, id: &str) -> Result<Both> {
        for stage in &self.plan().stages {
            if let Some(person) = self.candidate(&stage.id, &IdNumber::from(id))? {
                return Ok(self.named(&person.name, &person.unit));
            }
        }
        let unit = self.full_name(&UnitCode::from(id));
        Ok(Both::same(if unit.is_empty() { id.to_owned() } else { unit }))
    }
}

impl Desk {
    /// Ties that were resolved, the latest first.
    pub fn resolved_ties(&self) -> Result<Vec<ResolvedTie>> {
        let view = self.view();
        let mut rows = Vec::new();
        for (id, held) in view.under::<TieRuling>("")? {
            let entry = view.reader().entry(&held.entry)?;
            let asked = entry.as_ref().and_then(|e| e.body.about.get("question")).and_then(|q| q.as_str()).unwrap_or(&id);
            rows.push(ResolvedTie {
                question: view.question(asked),
                order: held.value.order.iter().map(|id| view.name_of(id)).collect::<Result<_>>()?,
                how: held.value.how.into(),
                by: held.value.by.into_iter().map(|name| name.0).collect(),
                reason: held.value.reason,
                operator: held.by.op.to_string(),
                at: view.plan().clock(&held.by.t),
                entry: held.entry.to_string(),
                id,
            });
        }
        rows.sort_by(|a, b| b.at.cmp(&a.at));
        Ok(rows)
    }

    /// Every step of a team's or a unit's rank, and the entries behind it.
    pub fn why_group_screen(&self, list: &ListId, unit: &UnitCode) -> Result<WhyScreen> {
        let (name, people, zh) = self.why_group(Lang::Zh, list, unit)?;
        let (_, _, en) = self.why_group(Lang::En, list, unit)?;
        let view = self.view();
        let stage = &view.standing_plan(list)?.stage;
        let mut entries = Vec::new();
        for term in &view.composite_plan(stage)?.terms {
            let of = PartRef { stage: term.stage.clone(), part: term.part.clone() };
            for id in &people {
                entries.extend(view.entries_of(&of, id)?);
            }
        }
        entries.sort_unstable();
        entries.dedup();
        Ok(WhyScreen { name, steps: Both::each(&zh, &en), entries })
    }
}
