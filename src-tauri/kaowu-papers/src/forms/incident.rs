//! Incident form 违纪记录单: one an incident, or blank to be filled in by hand (RULES.md §5).

use super::{Fact, print};
use crate::error::PaperError;
use crate::fonts::Fonts;
use crate::foot::Foot;
use crate::sheet::{Block, Cell, Column, Row, Sheet, Table};
use serde::{Deserialize, Serialize};

/// An incident as it is filed. All fields empty: the blank form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct IncidentForm {
    /// The foot.
    pub foot: Foot,
    /// Site, room, part, time; number of the incident.
    pub facts: Vec<Fact>,
    /// Name.
    pub name: String,
    /// Candidate number.
    pub number: String,
    /// ID number with its middle left out.
    pub id: String,
    /// Seat number.
    pub seat: String,
    /// Unit.
    pub unit: String,
    /// When it happened.
    pub time: String,
    /// The clause: article and words.
    pub clause: String,
    /// What the clause takes away.
    pub effect: String,
    /// What happened.
    pub what: String,
    /// Two invigilators.
    pub invigilators: [String; 2],
    /// Why the candidate has not signed; empty where there is, or will be, a signature.
    pub unsigned: String,
    /// The word of headquarters with its reason; empty while open.
    pub ruling: String,
}

/// Prints incident forms, one a page.
pub fn incident_forms(papers: &[IncidentForm], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let sheet = |paper: &IncidentForm| Sheet {
        title: "考生违纪违规情况记录单".to_owned(),
        facts: paper.facts.clone(),
        facts_a_line: 2,
        blocks: vec![Block::Table(Table {
            columns: (0..12).map(|_| Column::new("", 15)).collect(),
            headed: false,
            rows: rows(paper),
            row_height: 90,
            text_size: 105,
            ..Table::default()
        })],
        notes: vec![
            "注：一事一单，由两名监考员当场填写并签名；考生拒绝签名的，注明“拒签”及理由。处理由总部认定，认定前不得宣布。".to_owned(),
        ],
        foot: paper.foot.clone(),
        ..Sheet::default()
    };
    print(papers, sheet, fonts)
}

fn rows(paper: &IncidentForm) -> Vec<Row> {
    let label = |text: &str| Cell::heading(text).span(2);
    let value = |text: &str, span: u16| Cell::from(text).span(span);
    let name = Cell { name: true, ..value(&paper.name, 4) };
    let wide = |head: &str, text: &str, height: u16| Row::of(&paper.name, [label(head), value(text, 10).left()]).height(height);
    let tall = |head: &str, text: &str, height: u16| Row::of(&paper.name, [label(head), value(text, 10).top()]).height(height);
    let signs = |who: &str| if who.is_empty() { "签名：".to_owned() } else { format!("{who}　　签名：") };
    let [first, second] = &paper.invigilators;
    let signature = if paper.unsigned.is_empty() { "考生签名：".to_owned() } else { format!("考生未签名。{}", paper.unsigned) };
    vec![
        Row::of(&paper.name, [label("考生姓名"), name, label("准考证号"), value(&paper.number, 4)]),
        Row::of(&paper.name, [label("座位号"), value(&paper.seat, 4), label("证件号码"), value(&paper.id, 4)]),
        Row::of(&paper.name, [label("单位"), value(&paper.unit, 4), label("发生时间"), value(&paper.time, 4)]),
        wide("违反条款", &paper.clause, 160),
        wide("拟予处理", &paper.effect, 100),
        tall("事实经过", &paper.what, 720),
        tall("考生陈述", "", 340),
        wide("考生确认", &signature, 130),
        Row::new([label("监考员一"), value(&signs(first), 4).left(), label("监考员二"), value(&signs(second), 4).left()]).height(130),
        wide("考点主任", "签名：", 120),
        tall("总部认定", &paper.ruling, 260),
    ]
}
