//! Awards and the teams sent on whole (RULES.md §2, §3.10, §3.13–14).

use crate::error::{DeskError, DeskFault, Result};
use crate::results::ResultsTable;
use crate::results::table::texts;
use crate::results::titles::deed_of;
use crate::stages::TeamMember;
use crate::{Ctx, Desk, View};
use kaowu_core::award::{self, Awarded};
use kaowu_core::facts::{AwardConfirmation, Deed, state};
use kaowu_core::identity::{IdNumber, ListId, UnitCode};
use kaowu_core::plan::{AwardPlan, StandingOf};
use kaowu_core::stages::StageFault;
use kaowu_core::standing::{HeldTie, ResultsFault, Standing};
use kaowu_ledger::Draft;
use serde::Serialize;
use std::collections::BTreeMap;

/// Awards that a held tie leaves open.
pub type OpenAwards = Vec<(ListId, HeldTie)>;

/// An award and its winner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AwardRow {
    /// The award.
    pub award: ListId,
    /// Its title.
    pub title: String,
    /// Winner's name as on the certificate.
    pub winner: String,
    /// ID number, when the winner is a person.
    pub id: Option<IdNumber>,
    /// The unit, when the winner is one.
    pub unit: Option<UnitCode>,
    /// Place in the standing.
    pub rank: u32,
}

/// A member of a team sent on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DelegationRow {
    /// The team.
    pub county: String,
    /// ID number.
    pub id: IdNumber,
    /// Name.
    pub name: String,
    /// 正式 or 替补.
    pub role: String,
}

impl Desk {
    /// Awards that follow from standings, and the ties that leave an award open.
    pub fn awards(&self) -> Result<(Vec<AwardRow>, OpenAwards)> {
        self.view().awards()
    }

    /// HQ confirms an award with the number of its document; one decided by people comes with its winners.
    pub fn confirm_award(&mut self, ctx: &Ctx, award: &ListId, document: &str, deeds: &[Deed]) -> Result<Vec<Deed>> {
        self.hq_only(ctx, "award.confirmed")?;
        let document = DeskFault::reason(document)?;
        self.record(ctx, |view| {
            let plan = view.award_plan(award)?;
            let deeds = if plan.standing.is_some() {
                let (given, held) = view.awards()?;
                not_held(&held, award)?;
                given.iter().filter(|row| row.award == *award).map(deed_of).collect()
            } else {
                view.of_the_team(plan, deeds)?;
                view.with_grounds(award, deeds)?
            };
            if deeds.is_empty() {
                return Err(DeskFault::NothingToPrint.into());
            }
            let fact = AwardConfirmation { deeds: deeds.clone(), document: document.to_owned() };
            let replaced = view.replaced::<AwardConfirmation>([award.clone()])?;
            Ok((Draft::new("award.confirmed").with("document", document).fact(state(award, &fact)).replacing(replaced), deeds))
        })
    }

    /// Confirms these awards together, or every one that follows from standings: one document number, one entry, one second
    /// person. Refused whole where a tie leaves one of them open.
    pub fn confirm_awards(&mut self, ctx: &Ctx, only: &[ListId], document: &str) -> Result<Vec<AwardRow>> {
        self.hq_only(ctx, "award.confirmed")?;
        let document = DeskFault::reason(document)?;
        self.record(ctx, |view| {
            let (mut given, held) = view.awards()?;
            given.retain(|row| only.is_empty() || only.contains(&row.award));
            let mut deeds: BTreeMap<&ListId, Vec<Deed>> = BTreeMap::new();
            for row in &given {
                deeds.entry(&row.award).or_default().push(deed_of(row));
            }
            for award in only.iter().chain(deeds.keys().copied()) {
                view.award_plan(award)?;
                not_held(&held, award)?;
                if !deeds.contains_key(award) {
                    return Err(DeskFault::NothingToConfirm { award: award.clone() }.into());
                }
            }
            if deeds.is_empty() {
                return Err(DeskFault::NothingToPrint.into());
            }
            let replaced = view.replaced::<AwardConfirmation>(deeds.keys().map(|id| (*id).clone()))?;
            let fact = |(id, deeds): (&ListId, Vec<Deed>)| state(id, &AwardConfirmation { deeds, document: document.to_owned() });
            let facts: Vec<_> = deeds.into_iter().map(fact).collect();
            let draft = Draft::new("award.confirmed").with("document", document).facts(facts).replacing(replaced);
            Ok((draft, given))
        })
    }

    /// Awards that follow from standings as a list, with the columns of the expected files: a title that somebody has
    /// from two standings stands there once, with its first rank.
    pub fn award_table(&self) -> Result<ResultsTable> {
        let (rows, _) = self.awards()?;
        let who = |row: &AwardRow| (row.title.clone(), row.id.clone(), row.unit.clone());
        let rows = award::merged(rows, who).into_iter().filter_map(|grounds| grounds.into_iter().next());
        Ok(ResultsTable {
            title: "获奖名单".to_owned(),
            columns: texts(&["award", "winner", "id", "rank"]),
            headers: texts(&["奖项", "获奖者", "身份证号", "名次"]),
            rows: rows.map(|r| vec![r.title, r.winner, r.id.map(|id| id.0).unwrap_or_default(), r.rank.to_string()]).collect(),
        })
    }

    /// The teams sent on whole, with their substitutes.
    pub fn delegation_table(&self) -> Result<ResultsTable> {
        let rows = self.view().delegations()?;
        Ok(ResultsTable {
            title: self.plan().delegations.first().map(|d| d.title.clone()).unwrap_or_default(),
            columns: texts(&["county", "id", "name", "role"]),
            headers: texts(&["代表队", "身份证号", "姓名", "身份"]),
            rows: rows.into_iter().map(|r| vec![r.county, r.id.0, r.name, r.role]).collect(),
        })
    }
}

/// Refuses an award that a tie leaves open.
fn not_held(held: &OpenAwards, award: &ListId) -> Result<()> {
    match held.iter().find(|(id, _)| id == award) {
        Some((_, tie)) => Err(ResultsFault::NextHeld { tie: tie.id.clone(), tied: tie.tied.clone() }.into()),
        None => Ok(()),
    }
}

impl<'a> View<'a> {
    pub(crate) fn award_plan(&self, award: &ListId) -> Result<&'a AwardPlan> {
        let all = &self.plan().awards;
        all.iter()
            .find(|a| a.id == *award)
            .ok_or_else(|| DeskFault::NoSuchList { list: award.clone(), known: all.iter().map(|a| a.id.clone()).collect() }.into())
    }

    /// Deeds typed anew without grounds keep those with which they were recorded.
    fn with_grounds(&self, award: &ListId, deeds: &[Deed]) -> Result<Vec<Deed>> {
        let before = self.one::<AwardConfirmation>(award)?.map(|held| held.value.deeds).unwrap_or_default();
        let of = |deed: &Deed| match before.iter().find(|old| old.winner == deed.winner) {
            Some(old) if deed.grounds.is_empty() => Deed { rank: deed.rank.or(old.rank), grounds: old.grounds.clone(), ..deed.clone() },
            _ => deed.clone(),
        };
        Ok(deeds.iter().map(of).collect())
    }

    /// Awards that follow from standings.
    pub fn awards(&self) -> Result<(Vec<AwardRow>, OpenAwards)> {
        let mut standings: BTreeMap<ListId, Standing> = BTreeMap::new();
        let mut people = Vec::new();
        for plan in &self.plan().standings {
            if self.plan().awards.iter().any(|a| a.standing.as_ref() == Some(&plan.id)) {
                standings.insert(plan.id.clone(), self.standing(&plan.id)?);
                people.push(self.candidates(&plan.stage)?);
            }
        }
        let (given, held) = award::awards(&self.plan().awards, &standings);
        let rows = given
            .into_iter()
            .map(|Awarded { award, title, standing, winner, rank }| {
                let of_people = self.plan().standings.iter().any(|s| s.id == standing && matches!(s.of, StandingOf::People { .. }));
                if of_people {
                    let id = IdNumber(winner);
                    AwardRow {
                        winner: people.iter().rev().find_map(|people| people.get(&id)).map(|p| p.name.clone()).unwrap_or_default(),
                        id: Some(id),
                        unit: None,
                        award,
                        title,
                        rank,
                    }
                } else {
                    let unit = UnitCode(winner);
                    AwardRow { winner: self.full_name(&unit), id: None, unit: Some(unit), award, title, rank }
                }
            })
            .collect();
        Ok((rows, held))
    }

    /// City and unit in one name: 盐城市滨海县.
    pub fn full_name(&self, unit: &UnitCode) -> String {
        self.plan().full_name(unit)
    }

    fn delegations(&self) -> Result<Vec<DelegationRow>> {
        let mut out = Vec::new();
        for plan in self.plan().delegations.iter() {
            let team = match self.team(&plan.id) {
                Err(DeskError::Stage(StageFault::TeamNotNamed { .. })) => continue,
                team => team?,
            };
            let row = |m: TeamMember| DelegationRow { county: team.unit.clone(), id: m.id, name: m.name, role: m.role };
            out.extend(team.members.into_iter().map(row));
        }
        Ok(out)
    }
}
