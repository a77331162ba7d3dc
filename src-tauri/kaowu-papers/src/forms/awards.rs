//! Awards list 获奖名单, award by award. It is published: no ID number and no telephone number.

use super::standings::refuse_private;
use super::{print, words};
use crate::error::PaperError;
use crate::fonts::Fonts;
use crate::foot::Foot;
use crate::sheet::{Block, Cell, Column, Row, Sheet, Table};
use serde::{Deserialize, Serialize};

/// Awards list 获奖名单.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AwardsList {
    /// The foot.
    pub foot: Foot,
    /// Under the title.
    pub subtitle: String,
    /// In the order of the plan.
    pub groups: Vec<AwardGroup>,
    /// Below the list.
    pub notes: Vec<String>,
}

/// An award and those who get it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AwardGroup {
    /// Title of the award.
    pub title: String,
    /// Number of the document that confirms it, or that it is not confirmed.
    pub document: String,
    /// Winners in order of rank.
    pub winners: Vec<Winner>,
}

/// Who gets an award.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Winner {
    /// Person, team or unit.
    pub name: String,
    /// A person's unit; empty for teams and units.
    pub unit: String,
    /// Rank, or the ground.
    pub ground: String,
    /// A person's name, set in the face of names.
    pub person: bool,
}

/// Prints awards lists.
pub fn awards_list(papers: &[AwardsList], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let columns = || vec![Column::new("序号", 14), Column::new("获奖者", 52), Column::new("单位", 70), Column::new("依据", 46)];
    for paper in papers {
        refuse_private(&columns(), &rows(paper))?;
    }
    let sheet = |paper: &AwardsList| Sheet {
        title: "获奖名单".to_owned(),
        subtitle: paper.subtitle.clone(),
        blocks: vec![Block::Table(Table {
            columns: columns(),
            headed: true,
            rows: rows(paper),
            row_height: 72,
            text_size: 105,
            ..Table::default()
        })],
        notes: paper.notes.clone(),
        signatures: words(&["制表人", "审核人", "日期"]),
        foot: paper.foot.clone(),
        ..Sheet::default()
    };
    print(papers, sheet, fonts)
}

fn rows(paper: &AwardsList) -> Vec<Row> {
    let mut out = Vec::new();
    for group in &paper.groups {
        let document = if group.document.is_empty() { String::new() } else { format!("　{}", group.document) };
        let heading = format!("{}（{}个）{document}", group.title, group.winners.len());
        out.push(Row::new([Cell::heading(&heading).span(4).left()]).height(85).keep());
        for (n, winner) in group.winners.iter().enumerate() {
            let name = Cell { name: winner.person, ..winner.name.as_str().into() };
            let n = (n + 1).to_string();
            out.push(Row::of(&winner.name, [n.as_str().into(), name, winner.unit.as_str().into(), winner.ground.as_str().into()]));
        }
    }
    out
}
