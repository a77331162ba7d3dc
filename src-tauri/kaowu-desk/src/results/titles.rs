//! Titles with their grounds: one that somebody won twice is one title (RULES.md §3.10).

use crate::error::Result;
use crate::results::table::texts;
use crate::results::{AwardRow, OpenAwards, ResultsTable};
use crate::{Desk, View};
use kaowu_core::award::merged;
use kaowu_core::facts::{AwardConfirmation, Deed};
use kaowu_core::identity::ListId;
use kaowu_core::plan::AwardPlan;
use kaowu_papers::numerals::below_hundred;
use serde::Serialize;

/// A title and who has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TitleRow {
    /// The title.
    pub title: String,
    /// ID number of a person or code of a unit.
    pub winner: String,
    /// Name as on the certificate.
    pub name: String,
    /// Every ground, in the plan's order.
    pub grounds: Vec<Ground>,
}

/// A ground of a title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ground {
    /// The award.
    pub award: ListId,
    /// In words.
    pub text: String,
    /// Place, where one decided.
    pub rank: Option<u32>,
    /// Number of the document; none: not confirmed yet.
    pub document: Option<String>,
}

impl Desk {
    /// Every title as a list, with all grounds of it.
    pub fn title_table(&self) -> Result<ResultsTable> {
        let (titles, _) = self.view().titles()?;
        let joined = |row: &TitleRow, of: fn(&Ground) -> String| row.grounds.iter().map(of).collect::<Vec<_>>().join("；");
        Ok(ResultsTable {
            title: "荣誉称号汇总".to_owned(),
            columns: texts(&["title", "winner", "id", "grounds", "document"]),
            headers: texts(&["称号", "获奖者", "身份证号或单位代码", "依据", "文号"]),
            rows: titles
                .into_iter()
                .map(|row| {
                    let grounds = joined(&row, |g| g.text.clone());
                    let documents = joined(&row, |g| g.document.clone().unwrap_or_else(|| "待核定".to_owned()));
                    vec![row.title, row.name, row.winner, grounds, documents]
                })
                .collect(),
        })
    }
}

impl View<'_> {
    /// Every title, confirmed or as it follows from the standings now; and the ties that leave awards open.
    pub fn titles(&self) -> Result<(Vec<TitleRow>, OpenAwards)> {
        let (given, open) = self.awards()?;
        let mut grounds: Vec<(&AwardPlan, Deed, Option<String>)> = Vec::new();
        for award in &self.plan().awards {
            match self.one::<AwardConfirmation>(&award.id)?.map(|held| held.value) {
                Some(confirmed) => {
                    let document = Some(confirmed.document);
                    grounds.extend(confirmed.deeds.into_iter().map(|deed| (award, deed, document.clone())));
                }
                None => {
                    let rows = given.iter().filter(|row| row.award == award.id);
                    grounds.extend(rows.map(|row| (award, deed_of(row), None)));
                }
            }
        }
        let rows = merged(grounds, |(award, deed, _)| (award.title.clone(), deed.winner.clone())).into_iter().filter_map(|grounds| {
            let (award, deed, _) = grounds.first()?;
            let (title, winner, name) = (award.title.clone(), deed.winner.clone(), deed.name.clone());
            let ground = |(award, deed, document): (&AwardPlan, Deed, Option<String>)| Ground {
                award: award.id.clone(),
                text: self.ground(award, &deed),
                rank: deed.rank,
                document,
            };
            Some(TitleRow { title, winner, name, grounds: grounds.into_iter().map(ground).collect() })
        });
        Ok((rows.collect(), open))
    }

    /// On what ground a deed stands: the place in the award's standing, else what its document says.
    pub(crate) fn ground(&self, award: &AwardPlan, deed: &Deed) -> String {
        let standing = award.standing.as_ref().and_then(|id| self.plan().standings.iter().find(|s| s.id == *id));
        match (standing, deed.rank) {
            (Some(standing), Some(rank)) => format!("{}第{}名", standing.title.trim_end_matches("排名"), below_hundred(rank)),
            _ => deed.grounds.clone(),
        }
    }
}

/// A row as a deed: what a confirmation of it would record.
pub(crate) fn deed_of(row: &AwardRow) -> Deed {
    let winner = row.id.as_ref().map(|id| id.0.clone()).or_else(|| row.unit.as_ref().map(|u| u.0.clone())).unwrap_or_default();
    Deed { winner, name: row.winner.clone(), rank: Some(row.rank), grounds: row.title.clone() }
}
