//! Absence list 缺考名单.

use super::{Fact, print, table, words};
use crate::error::PaperError;
use crate::fonts::Fonts;
use crate::foot::Foot;
use crate::sheet::{Cell, Column, Row, Sheet};
use serde::{Deserialize, Serialize};

/// Absence list 缺考名单.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AbsenceList {
    /// The foot.
    pub foot: Foot,
    /// Above the table.
    pub facts: Vec<Fact>,
    /// Room, seat (of an interview: panel, lot), candidate number, name, unit, remark.
    pub people: Vec<[String; 6]>,
    /// Of an interview.
    #[serde(default)]
    pub interview: bool,
    /// Below the list.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// Prints absence lists.
pub fn absence_list(papers: &[AbsenceList], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let sheet = |paper: &AbsenceList| {
        let columns = vec![
            Column::new("序号", 12),
            Column::new(if paper.interview { "考官组" } else { "考场" }, 22),
            Column::new(if paper.interview { "抽签号" } else { "座位号" }, 14),
            Column::new("准考证号", 34),
            Column::new("姓名", 26).names(),
            Column::new("单位", 50),
            Column::new("备注", 26),
        ];
        let row = |(n, p): (usize, &[String; 6])| {
            let number = (n + 1).to_string();
            Row::of(&p[3], std::iter::once(&number).chain(p).map(|t| t.as_str().into()))
        };
        let mut rows: Vec<Row> = paper.people.iter().enumerate().map(row).collect();
        if rows.is_empty() {
            rows.push(Row::new([Cell::from("（无缺考）").span(7)]));
        }
        Sheet {
            title: "缺考名单".to_owned(),
            facts: paper.facts.clone(),
            facts_a_line: 3,
            blocks: vec![table(columns, rows, 72)],
            notes: paper.notes.clone(),
            signatures: words(&["填表人", "考点主任", "时间"]),
            foot: paper.foot.clone(),
            ..Sheet::default()
        }
    };
    print(papers, sheet, fonts)
}
