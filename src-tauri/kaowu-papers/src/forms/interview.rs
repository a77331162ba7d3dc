//! Interview summary 面试成绩汇总表, and the sheet on which the secretary tallies.

use super::{Fact, print, words};
use crate::error::PaperError;
use crate::fonts::Fonts;
use crate::foot::Foot;
use crate::sheet::{Block, Cell, Column, PageKind, Row, Sheet, Table};
use serde::{Deserialize, Serialize};

/// Interview summary 面试成绩汇总表 (RULES.md §6).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct InterviewSummary {
    /// The foot.
    pub foot: Foot,
    /// Panel, date, full marks.
    pub facts: Vec<Fact>,
    /// Judges, as the columns are headed: 评委1 …
    pub judges: Vec<String>,
    /// Candidates in the order of their lots.
    pub people: Vec<InterviewLine>,
    /// How the mark is worked out, for the note.
    pub rule: String,
}

/// One candidate before one panel.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct InterviewLine {
    /// Lot.
    pub lot: String,
    /// Candidate number.
    pub number: String,
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// One mark a judge, and whether it was dropped.
    pub marks: Vec<(String, bool)>,
    /// Sum of the marks that count.
    pub sum: String,
    /// The interview mark.
    pub mark: String,
}

/// Tally sheet 计分表 of the panel's secretary: the one sheet of the interview room on which names stand beside lots.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TallySheet {
    /// The foot.
    pub foot: Foot,
    /// Panel, date, full marks.
    pub facts: Vec<Fact>,
    /// Judges, as the columns are headed.
    pub judges: Vec<String>,
    /// Lot, candidate number, name, unit, in the order of the lots.
    pub people: Vec<[String; 4]>,
    /// How the mark is worked out.
    pub rule: String,
}

/// Prints interview summaries, dropped marks struck through.
pub fn interview_summary(papers: &[InterviewSummary], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let sheet = |paper: &InterviewSummary| {
        let row = |p: &InterviewLine| {
            let before = [&p.lot, &p.number, &p.name, &p.unit].map(|t| Cell::from(t.as_str()));
            let marks = p.marks.iter().map(|(text, struck)| Cell { struck: *struck, ..text.as_str().into() });
            let after = [&p.sum, &p.mark].map(|t| Cell::from(t.as_str()));
            Row::of(&p.name, before.into_iter().chain(marks).chain(after))
        };
        let rows = paper.people.iter().map(row).collect();
        Sheet {
            title: "面试成绩汇总表".to_owned(),
            notes: vec![format!("注：{}", paper.rule)],
            ..panel_sheet(&paper.foot, &paper.facts, &paper.judges, rows)
        }
    };
    print(papers, sheet, fonts)
}

/// Prints tally sheets, empty but for who comes when.
pub fn tally_sheets(papers: &[TallySheet], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let sheet = |paper: &TallySheet| {
        let row = |p: &[String; 4]| {
            let blanks = vec![Cell::default(); paper.judges.len() + 2];
            Row::of(&p[2], p.iter().map(|t| Cell::from(t.as_str())).chain(blanks))
        };
        let rows = paper.people.iter().map(row).collect();
        Sheet {
            title: "面试计分表".to_owned(),
            subtitle: "记分员专用，不得交评委".to_owned(),
            notes: vec![format!("注：{}", paper.rule)],
            ..panel_sheet(&paper.foot, &paper.facts, &paper.judges, rows)
        }
    };
    print(papers, sheet, fonts)
}

fn panel_sheet(foot: &Foot, facts: &[Fact], judges: &[String], rows: Vec<Row>) -> Sheet {
    let mut columns =
        vec![Column::new("抽签号", 14), Column::new("准考证号", 30), Column::new("姓名", 24).names(), Column::new("单位", 42)];
    columns.extend(judges.iter().map(|j| Column::new(j, 15)));
    columns.extend([Column::new("有效分合计", 22), Column::new("面试成绩", 20)]);
    Sheet {
        page: PageKind::A4Wide,
        facts: facts.to_vec(),
        facts_a_line: 4,
        blocks: vec![Block::Table(Table { columns, headed: true, rows, row_height: 78, stretch: 12, text_size: 100 })],
        signatures: words(&["记分员", "核分员", "监督员", "主考官"]),
        foot: foot.clone(),
        ..Sheet::default()
    }
}
