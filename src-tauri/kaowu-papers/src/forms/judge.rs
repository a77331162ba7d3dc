//! Judge's sheet 评分表: one a judge. It shows lots and no names; names stand on the secretary's tally sheet only.

use super::{Fact, print, words};
use crate::error::PaperError;
use crate::fonts::Fonts;
use crate::foot::Foot;
use crate::sheet::{Block, Cell, Column, PageKind, Row, Sheet, Table};
use serde::{Deserialize, Serialize};

/// The sheet of one judge of one panel.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct JudgeSheet {
    /// The foot.
    pub foot: Foot,
    /// Panel, number of the judge, full marks, step.
    pub facts: Vec<Fact>,
    /// Criteria with their full marks, as columns are headed: 综合分析\n（30分）; empty where a judge gives one total.
    pub criteria: Vec<String>,
    /// Lots in order.
    pub lots: Vec<String>,
    /// How a mark is written: its step and its limit.
    pub rule: String,
}

/// Prints judges' sheets.
pub fn judge_sheets(papers: &[JudgeSheet], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let sheet = |paper: &JudgeSheet| {
        let mut columns = vec![Column::new("抽签号", 16)];
        columns.extend(paper.criteria.iter().map(|c| Column::new(c, 30)));
        columns.extend([Column::new(if paper.criteria.is_empty() { "得分" } else { "合计" }, 30), Column::new("备注", 34)]);
        let blanks = columns.len() - 1;
        let row = |lot: &String| Row::new(std::iter::once(Cell::from(lot.as_str())).chain(vec![Cell::default(); blanks]));
        let rows = paper.lots.iter().map(row).collect();
        Sheet {
            page: if paper.criteria.len() > 5 { PageKind::A4Wide } else { PageKind::A4 },
            title: "面试评分表".to_owned(),
            facts: paper.facts.clone(),
            facts_a_line: 3,
            blocks: vec![Block::Table(Table { columns, headed: true, rows, row_height: 85, stretch: 25, text_size: 110 })],
            notes: vec![format!("注：按抽签号评分，不记考生姓名。{}改动之处由评委签名。", paper.rule)],
            signatures: words(&["评委签名", "监督员", "日期"]),
            foot: paper.foot.clone(),
            ..Sheet::default()
        }
    };
    print(papers, sheet, fonts)
}
