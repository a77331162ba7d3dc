//! Desk labels 桌贴: ten on a sheet, cut in stacks.

use crate::cards::{Grid, Stack};
use crate::error::PaperError;
use crate::fonts::{Face, Fonts};
use crate::foot::Foot;
use crate::list::Colour;
use crate::pen::{Align, Pen, Style};
use crate::place::Place;
use serde::{Deserialize, Serialize};

/// Desk labels of a site, in order of rooms and seats.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DeskLabels {
    /// The foot.
    pub foot: Foot,
    /// One a seat.
    pub labels: Vec<DeskLabel>,
}

/// A desk label.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DeskLabel {
    /// Room: 第003考场.
    pub room: String,
    /// Seat number.
    pub seat: String,
    /// Name.
    pub name: String,
    /// Candidate number.
    pub number: String,
    /// Unit.
    pub unit: String,
}

const TITLE: &str = "考场桌贴";
const GRID: Grid = Grid { columns: 2, rows: 5, width: 95.0, height: 53.6 };
/// Width of the strip with the seat number.
const STRIP: f32 = 30.0;

/// Prints desk labels; those of one site are cut as one pile.
pub fn desk_labels(sites: &[DeskLabels], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let stacks: Vec<Stack<'_, DeskLabel>> = sites.iter().map(|s| Stack { foot: &s.foot, cards: &s.labels }).collect();
    GRID.print(TITLE, &stacks, fonts, label)
}

fn label(pen: &mut Pen<'_>, foot: &Foot, [x, y, w, h]: Place, label: &DeskLabel) -> Result<(), PaperError> {
    let small = Style::new(Face::Text, 8.0).colour(Colour::GREY);
    pen.person.clone_from(&label.name);
    pen.shade([x, y, STRIP, h]);
    pen.boxed([x, y + 4.0, STRIP, 6.0], "座位号", Style::new(Face::Text, 11.0), Align::Centre)?;
    pen.fitted([x + STRIP / 2.0, y + h / 2.0 + 3.0], STRIP - 4.0, &label.seat, Style::new(Face::Bold, 54.0), 20.0, Align::Centre)?;
    let (left, room) = (x + STRIP, w - STRIP);
    pen.boxed([left, y + 3.0, room, 7.0], &label.room, Style::new(Face::Bold, 14.0), Align::Centre)?;
    pen.boxed([left, y + 11.0, room, 14.0], &label.name, Style::new(Face::Name, 28.0), Align::Centre)?;
    pen.boxed([left, y + 26.0, room, 7.0], &label.number, Style::new(Face::Bold, 15.0), Align::Centre)?;
    pen.boxed([left, y + 33.5, room, 9.0], &label.unit, Style::new(Face::Text, 10.0), Align::Centre)?;
    let drill = if foot.drill { "【演练】" } else { "" };
    pen.boxed([left, y + 43.5, room, 4.5], &format!("{drill}{}", foot.event), small.size(7.0), Align::Centre)?;
    pen.boxed([left, y + 47.5, room, 4.5], &foot.part, small.size(7.0), Align::Centre)
}
