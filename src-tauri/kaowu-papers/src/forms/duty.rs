//! Duty cards 工作证, cut from whole sheets, and the duty roster 考务人员安排表 of a site.

use super::{Fact, print, words};
use crate::cards::{Grid, Stack};
use crate::error::PaperError;
use crate::fonts::{Face, Fonts};
use crate::foot::Foot;
use crate::list::Colour;
use crate::pen::{Align, Pen, Style};
use crate::place::Place;
use crate::sheet::{Block, Cell, Column, Row, Sheet, Table};
use serde::{Deserialize, Serialize};

/// Duty cards of a site, in the order in which they are handed out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DutyCards {
    /// The foot.
    pub foot: Foot,
    /// The cards.
    pub cards: Vec<DutyCard>,
}

/// A duty card.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DutyCard {
    /// 监考员.
    pub role: String,
    /// Name.
    pub name: String,
    /// Unit or workplace.
    pub unit: String,
    /// Site.
    pub site: String,
    /// Room or panel; empty for the whole site.
    pub place: String,
    /// Part, day and time.
    pub time: String,
    /// The card's number.
    pub number: String,
}

/// Duty roster of a site.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DutyRoster {
    /// The foot.
    pub foot: Foot,
    /// Above the table.
    pub facts: Vec<Fact>,
    /// Role, place, name, unit, telephone, remark.
    pub people: Vec<[String; 6]>,
    /// How people were drawn.
    pub notes: Vec<String>,
}

const TITLE: &str = "工作证";
const GRID: Grid = Grid { columns: 2, rows: 4, width: 95.0, height: 66.0 };

/// Prints duty cards; those of a site are cut as one pile.
pub fn duty_cards(sites: &[DutyCards], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let stacks: Vec<Stack<'_, DutyCard>> = sites.iter().map(|s| Stack { foot: &s.foot, cards: &s.cards }).collect();
    GRID.print(TITLE, &stacks, fonts, card)
}

fn card(pen: &mut Pen<'_>, foot: &Foot, [x, y, w, h]: Place, card: &DutyCard) -> Result<(), PaperError> {
    let small = Style::new(Face::Text, 8.0).colour(Colour::GREY);
    pen.person.clone_from(&card.name);
    let drill = if foot.drill { "【演练】" } else { "" };
    pen.boxed([x, y + 2.5, w, 6.0], &format!("{drill}{}", foot.event), Style::new(Face::Text, 8.5), Align::Centre)?;
    pen.shade([x, y + 9.5, w, 12.0]);
    pen.boxed([x, y + 9.5, w, 12.0], &card.role, Style::new(Face::Bold, 22.0).spacing(300), Align::Centre)?;
    pen.boxed([x, y + 23.0, w, 13.0], &card.name, Style::new(Face::Name, 26.0), Align::Centre)?;
    pen.boxed([x + 4.0, y + 36.5, w - 8.0, 6.0], &card.unit, Style::new(Face::Text, 9.5), Align::Centre)?;
    let place = [card.site.as_str(), card.place.as_str()].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join("　");
    pen.boxed([x + 4.0, y + 43.5, w - 8.0, 8.0], &place, Style::new(Face::Bold, 12.0), Align::Centre)?;
    pen.boxed([x + 4.0, y + 52.0, w - 8.0, 5.5], &card.time, Style::new(Face::Text, 9.0), Align::Centre)?;
    pen.boxed([x, y + h - 7.0, w, 5.0], &format!("编号 {}　凭本证进入考点，只在所列场所值守", card.number), small.size(7.0), Align::Centre)
}

/// Prints duty rosters.
pub fn duty_roster(sites: &[DutyRoster], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let sheet = |site: &DutyRoster| {
        let columns = vec![
            Column::new("岗位", 24),
            Column::new("考场/考官组", 26),
            Column::new("姓名", 24).names(),
            Column::new("单位", 46).left(),
            Column::new("电话", 27),
            Column::new("签到", 20),
            Column::new("备注", 28).wraps(),
        ];
        let row = |[role, place, name, unit, phone, remark]: &[String; 6]| {
            Row::of(name, [role, place, name, unit, phone, &String::new(), remark].map(|t| Cell::from(t.as_str())))
        };
        let rows = site.people.iter().map(row).collect();
        Sheet {
            title: "考务人员安排表".to_owned(),
            facts: site.facts.clone(),
            facts_a_line: 3,
            blocks: vec![Block::Table(Table { columns, headed: true, rows, row_height: 76, stretch: 12, text_size: 100 })],
            notes: site.notes.clone(),
            signatures: words(&["考点负责人", "日期"]),
            foot: site.foot.clone(),
            ..Sheet::default()
        }
    };
    print(sites, sheet, fonts)
}
