//! List of a team sent to a stage that others hold 代表队名单. It goes to whoever holds it, and shows neither ID numbers nor
//! telephone numbers.

use super::standings::refuse_private;
use super::{Fact, print, words};
use crate::error::PaperError;
use crate::fonts::Fonts;
use crate::foot::Foot;
use crate::sheet::{Block, Cell, Column, Row, Sheet, Table};
use serde::{Deserialize, Serialize};

/// List of a team 代表队名单.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TeamList {
    /// The foot.
    pub foot: Foot,
    /// Name of the paper: 区域赛代表队名单.
    pub title: String,
    /// Unit, stage, document numbers, the team's place.
    pub facts: Vec<Fact>,
    /// Its people.
    pub people: Vec<TeamPerson>,
    /// Below the list.
    pub notes: Vec<String>,
}

/// A member.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TeamPerson {
    /// Name.
    pub name: String,
    /// 男 or 女.
    pub sex: String,
    /// Unit and place of work.
    pub unit: String,
    /// Duty.
    pub duty: String,
    /// 正式, 替补, 指定.
    pub role: String,
    /// Published composite.
    pub total: String,
    /// What was achieved; empty before.
    pub result: String,
}

/// Prints lists of teams.
pub fn team_lists(papers: &[TeamList], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let columns = || {
        vec![
            Column::new("序号", 12),
            Column::new("姓名", 28),
            Column::new("性别", 12),
            Column::new("单位", 50),
            Column::new("职务", 22),
            Column::new("身份", 26),
            Column::new("综合成绩", 20),
            Column::new("比赛成绩", 30),
        ]
    };
    for paper in papers {
        refuse_private(&columns(), &rows(paper))?;
    }
    let sheet = |paper: &TeamList| Sheet {
        title: paper.title.clone(),
        facts: paper.facts.clone(),
        facts_a_line: 2,
        blocks: vec![Block::Table(Table {
            columns: columns(),
            headed: true,
            rows: rows(paper),
            row_height: 90,
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

fn rows(paper: &TeamList) -> Vec<Row> {
    let row = |(n, one): (usize, &TeamPerson)| {
        let name = Cell { name: true, ..one.name.as_str().into() };
        let n = (n + 1).to_string();
        let rest = [&one.sex, &one.unit, &one.duty, &one.role, &one.total, &one.result].map(|text| Cell::from(text.as_str()));
        Row::of(&one.name, [n.as_str().into(), name].into_iter().chain(rest))
    };
    paper.people.iter().enumerate().map(row).collect()
}
