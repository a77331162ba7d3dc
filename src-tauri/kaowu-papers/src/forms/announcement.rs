//! Announcement 公示 of people: who is entered, selected or honoured. Names, units and candidate numbers; no ID number and no
//! telephone number.

use super::standings::refuse_private;
use super::{print, words};
use crate::error::PaperError;
use crate::fonts::Fonts;
use crate::foot::Foot;
use crate::sheet::{Block, Cell, Column, Row, Sheet, Table};
use serde::{Deserialize, Serialize};

/// Announcement 公示.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Announcement {
    /// The foot.
    pub foot: Foot,
    /// What is announced: 参赛名单公示.
    pub title: String,
    /// Under the title.
    pub subtitle: String,
    /// Title of the last column: 备注, 入选方式, 获奖依据.
    pub remark: String,
    /// The lists, in order.
    pub groups: Vec<AnnouncedGroup>,
    /// Below the lists.
    pub notes: Vec<String>,
}

/// A list of an announcement: a city, an award.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AnnouncedGroup {
    /// Its heading; how many follow is added.
    pub title: String,
    /// Who.
    pub people: Vec<Announced>,
}

/// Somebody announced: a person, a team or a unit.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Announced {
    /// Candidate number, which tells namesakes of one unit apart; empty before seats are drawn.
    pub number: String,
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// The last column.
    pub remark: String,
    /// A person's name, set in the face of names.
    pub person: bool,
}

fn columns(paper: &Announcement) -> Vec<Column> {
    let remark = if paper.remark.is_empty() { "备注" } else { &paper.remark };
    vec![Column::new("序号", 13), Column::new("准考证号", 32), Column::new("姓名", 36), Column::new("单位", 54), Column::new(remark, 47)]
}

/// Refuses an announcement in which a cell looks like an ID number or a mobile number, on whatever it is published.
pub fn check_announcement(paper: &Announcement) -> Result<(), PaperError> {
    refuse_private(&columns(paper), &rows(paper))
}

/// Prints announcements that may be published ([`check_announcement`]).
pub fn announcements(papers: &[Announcement], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    papers.iter().try_for_each(check_announcement)?;
    let sheet = |paper: &Announcement| Sheet {
        title: paper.title.clone(),
        subtitle: paper.subtitle.clone(),
        blocks: vec![Block::Table(Table {
            columns: columns(paper),
            headed: true,
            rows: rows(paper),
            row_height: 72,
            text_size: 105,
            ..Table::default()
        })],
        notes: paper.notes.clone(),
        signatures: words(&["公示单位（盖章）", "日期"]),
        foot: paper.foot.clone(),
        ..Sheet::default()
    };
    print(papers, sheet, fonts)
}

fn rows(paper: &Announcement) -> Vec<Row> {
    let mut out = Vec::new();
    for group in &paper.groups {
        let heading = format!("{}（{}）", group.title, group.people.len());
        out.push(Row::new([Cell::heading(&heading).span(5).left()]).height(85).keep());
        for (n, one) in group.people.iter().enumerate() {
            let (n, name) = ((n + 1).to_string(), Cell { name: one.person, ..one.name.as_str().into() });
            let cells = [n.as_str().into(), one.number.as_str().into(), name, one.unit.as_str().into(), one.remark.as_str().into()];
            out.push(Row::of(&one.name, cells));
        }
    }
    out
}
