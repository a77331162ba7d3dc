//! Honours on paper and in a workbook.

use super::{PracticeList, PracticeQuery};
use crate::error::{DeskFault, Result};
use crate::{Ctx, Desk};
use kaowu_core::practice::PracticeKind;
use kaowu_papers::{Cell, Column, Fonts, Row, Standings, standings};
use kaowu_sheets::{Column as SheetColumn, Kind, OutSheet, write_workbook};
use std::path::Path;

impl Desk {
    /// A list of practice for the notice board, without ID numbers. What keeps it from being final stands on it.
    pub fn practice_paper(&self, ctx: &Ctx, fonts: &Fonts, query: &PracticeQuery) -> Result<Vec<u8>> {
        let view = self.view();
        let list = self.practice_list(query)?;
        if list.table.rows.is_empty() {
            return Err(DeskFault::NothingToPrint.into());
        }
        let notes = notes(&list);
        let keep: Vec<usize> = (0..list.table.columns.len()).filter(|n| list.table.columns[*n] != "id").collect();
        let columns = keep.iter().map(|n| match list.table.columns[*n].as_str() {
            "rank" => Column::new(&list.table.headers[*n], 12),
            "name" => Column::new(&list.table.headers[*n], 26).names(),
            _ => Column::new(&list.table.headers[*n], 26),
        });
        let name = list.table.columns.iter().position(|c| c == "name");
        let rows = list
            .table
            .rows
            .iter()
            .map(|cells| Row::of(name.map_or("", |n| cells[n].as_str()), keep.iter().map(|n| Cell::from(cells[*n].as_str()))));
        let paper = Standings {
            foot: view.foot(ctx, "", "", "")?,
            title: list.table.title.clone(),
            subtitle: view.event()?.title,
            columns: columns.collect(),
            rows: rows.collect(),
            notes,
            wide: keep.len() > 7,
        };
        Ok(standings(&[paper], fonts)?)
    }

    /// Every list of practice there is, as one workbook; how many sheets.
    pub fn practice_workbook(&self, out: &Path) -> Result<usize> {
        let sheets = self.practice_sheets()?;
        write_workbook(out, &sheets)?;
        Ok(sheets.len())
    }

    pub(crate) fn practice_sheets(&self) -> Result<Vec<OutSheet>> {
        let plan = self.view().practice_plan()?.clone();
        let mut queries = vec![(plan.daily.title.clone(), PracticeQuery::Daily)];
        for (kind, title, query) in [
            (PracticeKind::Weekly, &plan.weekly.title, PracticeQuery::Weekly(None)),
            (PracticeKind::Monthly, &plan.monthly.title, PracticeQuery::Monthly(None)),
        ] {
            if !self.view().practice_covered(kind)?.is_empty() {
                queries.push((title.clone(), query));
            }
        }
        queries.push((plan.year.title.clone(), PracticeQuery::Year));
        for tier in &plan.participation.tiers {
            let name = self.plan().tier(tier).map(|t| t.name.clone()).unwrap_or_default();
            queries.push((format!("参与情况 {name}"), PracticeQuery::Participation(tier.clone())));
        }
        let mut sheets = Vec::new();
        for (name, query) in queries {
            let list = self.practice_list(&query)?;
            let kind = |column: &str| match column {
                "rank" | "people" | "stars" | "days" | "weeks" | "contests" | "seconds" => Kind::Count,
                "score" | "total" => Kind::Figure,
                _ => Kind::Text,
            };
            let columns = list
                .table
                .columns
                .iter()
                .zip(&list.table.headers)
                .map(|(c, h)| SheetColumn::new(h, if c == "id" { 22 } else { 16 }, kind(c)));
            let title = format!("{}{}", self.view().drill_mark()?, list.table.title);
            sheets.push(OutSheet { name, title, columns: columns.collect(), rows: list.table.rows });
        }
        Ok(sheets)
    }
}

/// What keeps a list from being final stands on it.
fn notes(list: &PracticeList) -> Vec<String> {
    let mut out = Vec::new();
    if !list.held.is_empty() {
        out.push(format!("末位并列 {} 处待定，相关人员未列入。", list.held.len()));
    }
    if !list.lacks.is_empty() {
        out.push(format!("尚缺数据：{}。名单未定。", list.lacks.join("、")));
    }
    if list.waiting > 0 {
        out.push(format!("另有 {} 名没有身份证号的人员待核，未计入。", list.waiting));
    }
    if !list.differing.is_empty() {
        out.push(format!(
            "下列人员各文件成绩不一，未计入：{}。",
            list.differing.iter().map(|one| one.zh.as_str()).collect::<Vec<_>>().join("、")
        ));
    }
    out
}
