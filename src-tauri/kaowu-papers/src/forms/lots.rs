//! Lots sheet 抽签表: roll call, and the lot that each drew, signed by whoever drew it.

use super::{Fact, print, words};
use crate::error::PaperError;
use crate::fonts::Fonts;
use crate::foot::Foot;
use crate::sheet::{Block, Cell, Column, Row, Sheet, Table};
use serde::{Deserialize, Serialize};

/// Lots sheet 抽签表: of one panel once lots are drawn, else of everyone, to be filled in by hand.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LotsSheet {
    /// The foot.
    pub foot: Foot,
    /// Part, time, seed, witnesses.
    pub facts: Vec<Fact>,
    /// In order of their lots; before the draw, of their candidate numbers.
    pub people: Vec<LotLine>,
}

/// A line of a lots sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LotLine {
    /// Candidate number.
    pub number: String,
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// Panel; empty before the draw.
    pub panel: String,
    /// Lot; empty before the draw.
    pub lot: String,
    /// 缺席 of whoever missed the roll call.
    pub remark: String,
}

/// Prints lots sheets.
pub fn lots_sheets(papers: &[LotsSheet], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let sheet = |paper: &LotsSheet| {
        let columns = vec![
            Column::new("序号", 11),
            Column::new("准考证号", 32),
            Column::new("姓名", 25).names(),
            Column::new("单位", 44),
            Column::new("考官组", 14),
            Column::new("抽签号", 14),
            Column::new("考生签名", 28),
            Column::new("备注", 14),
        ];
        let row = |(n, p): (usize, &LotLine)| {
            let n = (n + 1).to_string();
            let cells = [n.as_str(), &p.number, &p.name, &p.unit, &p.panel, &p.lot, "", &p.remark];
            Row::of(&p.name, cells.map(Cell::from))
        };
        let rows = paper.people.iter().enumerate().map(row).collect();
        Sheet {
            title: "面试抽签表".to_owned(),
            facts: paper.facts.clone(),
            facts_a_line: 2,
            blocks: vec![Block::Table(Table { columns, headed: true, rows, row_height: 75, stretch: 20, text_size: 100 })],
            notes: words(&["注：点名后当众抽签，考生核对抽签号后签名；点名未到的，在备注栏注明“缺席”。"]),
            signatures: words(&["主持人", "监督员", "见证人"]),
            foot: paper.foot.clone(),
            ..Sheet::default()
        }
    };
    print(papers, sheet, fonts)
}
