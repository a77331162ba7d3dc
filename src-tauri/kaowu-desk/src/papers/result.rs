//! Papers of the results: what is published, and the workbook.

use crate::error::{DeskError, Result};
use crate::results::{Ground, ResultsTable, TitleRow};
use crate::{Ctx, Desk, View};
use kaowu_core::facts::Candidate;
use kaowu_core::identity::{IdNumber, ListId};
use kaowu_core::plan::StandingOf;
use kaowu_core::why::shown;
use kaowu_ledger::Step;
use kaowu_papers::forms::{AwardGroup, Winner};
use kaowu_papers::{AwardsList, Cell, Column, Row, Standings};
use kaowu_sheets::{Column as SheetColumn, Kind, OutSheet, write_workbook};
use std::collections::BTreeMap;
use std::path::Path;

impl Desk {
    /// A standing for the notice board: no ID numbers, no telephone numbers.
    pub(crate) fn published_standing(&self, ctx: &Ctx, list: &ListId) -> Result<Standings> {
        let view = self.view();
        let mut table = self.standing_table(list)?;
        let numbers = view.seats(&view.standing_plan(list)?.stage)?;
        let names = view.candidates(&view.standing_plan(list)?.stage)?;
        // ID numbers become candidate numbers; members become names.
        for row in &mut table.rows {
            for (cell, column) in row.iter_mut().zip(&table.columns) {
                match column.as_str() {
                    "id" => *cell = numbers.get(&IdNumber::from(cell.as_str())).map(|s| s.number.to_string()).unwrap_or_default(),
                    "members" => {
                        let name = |id: &str| names.get(&IdNumber::from(id)).map(|p| p.name.clone()).unwrap_or_default();
                        *cell = cell.split(' ').map(name).collect::<Vec<_>>().join("　");
                    }
                    _ => {}
                }
            }
        }
        let columns = table.columns.iter().zip(&table.headers).map(|(column, header)| match column.as_str() {
            "rank" => Column::new(header, 12),
            "id" => Column::new("准考证号", 34),
            "name" => Column::new(header, 24).names(),
            "members" => Column::new(header, 70).names(),
            _ => Column::new(header, 26),
        });
        let places = self.plan().arithmetic.places;
        let mut notes = vec![format!("注：各项成绩四舍五入保留 {} 位小数，以公布的成绩逐级计算。", places.0)];
        let plan = view.standing_plan(list)?;
        if matches!(plan.of, StandingOf::People { .. }) {
            let first = table.columns.len().saturating_sub(view.composite_plan(&plan.stage)?.terms.len() + 1);
            for (row, composite) in table.rows.iter_mut().zip(view.composite_rows(plan)?) {
                // Absent and void count 0; a notice says which, and never prints a 0 for them.
                for (cell, term) in row[first..].iter_mut().zip(&composite.composite.terms) {
                    *cell = shown(term.value, places);
                }
            }
            notes[0] += "缺考、违纪取消的科目按 0 分计入综合成绩。";
        }
        let at = table.columns.iter().position(|c| c == "name");
        let row = |cells: &Vec<String>| Row::of(at.map_or("", |n| cells[n].as_str()), cells.iter().map(|c| Cell::from(c.as_str())));
        Ok(Standings {
            foot: view.foot(ctx, "", "", "")?,
            title: table.title.clone(),
            subtitle: String::new(),
            columns: columns.collect(),
            rows: table.rows.iter().map(row).collect(),
            notes,
            wide: table.columns.len() > 7,
        })
    }

    /// All results as one workbook: selections, standings, awards, delegations; how many sheets.
    pub fn results_workbook(&self, out: &Path) -> Result<usize> {
        let sheets = self.results_sheets()?;
        write_workbook(out, &sheets)?;
        Ok(sheets.len())
    }

    pub(crate) fn results_sheets(&self) -> Result<Vec<OutSheet>> {
        let mut tables: Vec<(String, ResultsTable)> = Vec::new();
        for selection in &self.plan().selections {
            if self.view().selection(&selection.to)?.is_some() {
                tables.push(("入选名单".to_owned(), self.selected(&selection.to)?));
            }
        }
        let all = self.plan().standings.len();
        for (done, standing) in self.plan().standings.iter().enumerate() {
            self.view().reader().tell(Step::Composing, done, all)?;
            tables.push((standing.title.clone(), self.standing_table(&standing.id)?));
        }
        tables.push(("获奖名单".to_owned(), self.award_table()?));
        if !self.plan().delegations.is_empty() {
            tables.push(("代表队".to_owned(), self.delegation_table()?));
        }
        // Teams are listed with their results; before there are any the list of the first team says all.
        for team in self.team_ids() {
            match self.team_table(&team) {
                Ok(table) if self.view().team(&team)?.result.is_some() => tables.push((table.title.clone(), table)),
                Ok(_) | Err(DeskError::Stage(_) | DeskError::Results(_)) => {}
                Err(error) => return Err(error),
            }
        }
        tables.push(("荣誉称号".to_owned(), self.title_table()?));
        let mark = self.view().drill_mark()?;
        let sheets: Vec<OutSheet> = tables
            .into_iter()
            .map(|(name, table)| sheet(&name, ResultsTable { title: format!("{mark}{}", table.title), ..table }))
            .collect();
        self.view().reader().tell(Step::Composing, all, all)?;
        Ok(sheets)
    }
}

impl View<'_> {
    /// Titles with their winners: as confirmed, else as they follow from the standings, which is said. Whoever has a title
    /// on two grounds stands there once, with both.
    pub(crate) fn published_awards(&self, ctx: &Ctx) -> Result<AwardsList> {
        let (titles, open) = self.titles()?;
        let mut people: BTreeMap<IdNumber, Candidate> = BTreeMap::new();
        for stage in &self.plan().stages {
            people.extend(self.candidates(&stage.id)?);
        }
        let winner = |title: &TitleRow| {
            let person = people.get(&IdNumber::from(title.winner.as_str()));
            let unit = person.map(|p| self.full_name(&p.unit)).unwrap_or_default();
            let ground = |(n, g): (usize, &Ground)| {
                let said = match g.rank {
                    // Of one ground the title says the list; of several each says its own.
                    Some(rank) if title.grounds.len() == 1 => format!("第 {rank} 名"),
                    _ => g.text.clone(),
                };
                let document = g.document.as_deref().unwrap_or("待核定");
                if n == 0 { said } else { format!("{said}（{document}）") }
            };
            let ground = title.grounds.iter().enumerate().map(ground).collect::<Vec<_>>().join("；");
            Winner { name: title.name.clone(), unit, ground, person: person.is_some() }
        };
        let mut groups = Vec::new();
        for award in &self.plan().awards {
            let first = |title: &&TitleRow| title.grounds.first().is_some_and(|g| g.award == award.id);
            let winners: Vec<&TitleRow> = titles.iter().filter(first).collect();
            let Some(document) = winners.first().and_then(|t| t.grounds.first()).map(|g| g.document.clone()) else { continue };
            let tied = open.iter().any(|(id, _)| *id == award.id);
            let document = document.unwrap_or_else(|| if tied { "待核定，并列未决" } else { "待核定" }.to_owned());
            groups.push(AwardGroup { title: award.title.clone(), document, winners: winners.into_iter().map(winner).collect() });
        }
        if groups.is_empty() {
            return Err(crate::DeskFault::NothingToPrint.into());
        }
        Ok(AwardsList { foot: self.foot(ctx, "", "", "")?, subtitle: String::new(), groups, notes: vec![] })
    }
}

fn sheet(name: &str, table: ResultsTable) -> OutSheet {
    let kind = |column: &str| match column {
        "rank" | "place" => Kind::Count,
        "id" | "name" | "city" | "county" | "as" | "members" | "award" | "winner" | "role" | "unit" | "result" | "title" | "grounds"
        | "document" => Kind::Text,
        _ => Kind::Figure,
    };
    let width = |column: &str| match column {
        "rank" => 8,
        "id" => 22,
        "members" => 80,
        "award" | "title" | "grounds" => 34,
        _ => 18,
    };
    let columns = table.columns.iter().zip(&table.headers).map(|(c, h)| SheetColumn::new(h, width(c), kind(c))).collect();
    // A workbook's sheet has at most 31 characters and none of these.
    let name: String = name.chars().filter(|c| !"[]:*?/\\".contains(*c)).take(31).collect();
    OutSheet { name, title: table.title, columns, rows: table.rows }
}
