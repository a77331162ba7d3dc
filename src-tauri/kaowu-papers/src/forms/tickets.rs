//! Admission tickets 准考证: two on a sheet of A4, with a place for the photograph and the candidate number as a QR code.

use crate::cards::{Grid, Stack};
use crate::error::PaperError;
use crate::fonts::{Face, Fonts};
use crate::foot::Foot;
use crate::list::{Colour, Item};
use crate::pen::{Align, POINT, Pen, Style, count};
use crate::place::Place;
use crate::qr::Qr;
use serde::{Deserialize, Serialize};

/// Admission tickets of a site or a unit, in the order in which they are handed out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tickets {
    /// The foot.
    pub foot: Foot,
    /// What the candidate is told, a sentence each.
    pub notes: Vec<String>,
    /// The tickets.
    pub people: Vec<Ticket>,
}

/// An admission ticket.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Ticket {
    /// Name.
    pub name: String,
    /// 男 or 女, where known.
    pub sex: String,
    /// Candidate number: as text and as QR code, which is what the field at the door takes.
    pub number: String,
    /// ID number with its middle left out.
    pub id: String,
    /// Unit.
    pub unit: String,
    /// Site.
    pub site: String,
    /// Room: 第003考场.
    pub room: String,
    /// Seat number.
    pub seat: String,
    /// Parts: name, day, time, where.
    pub parts: Vec<[String; 4]>,
}

const TITLE: &str = "准考证";
const GRID: Grid = Grid { columns: 1, rows: 2, width: 190.0, height: 136.0 };
const THIN: f32 = 0.15;
const ROW: f32 = 9.0;
/// A photograph of two inches 二寸.
const PHOTO: [f32; 2] = [35.0, 49.0];
const CODE: f32 = 24.0;
const LABEL: Style = Style::new(Face::Bold, 10.0);
const VALUE: Style = Style::new(Face::Text, 11.0);
const NOTE: Style = Style::new(Face::Text, 8.0);

/// Prints admission tickets.
pub fn tickets(batches: &[Tickets], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let cards: Vec<Vec<Card<'_>>> =
        batches.iter().map(|batch| batch.people.iter().map(|ticket| Card { ticket, notes: &batch.notes }).collect()).collect();
    let stacks: Vec<Stack<'_, Card<'_>>> = batches.iter().zip(&cards).map(|(b, cards)| Stack { foot: &b.foot, cards }).collect();
    GRID.print(TITLE, &stacks, fonts, |pen, foot, place, card| card.draw(pen, foot, place))
}

struct Card<'t> {
    ticket: &'t Ticket,
    notes: &'t [String],
}

impl Card<'_> {
    fn draw(&self, pen: &mut Pen<'_>, foot: &Foot, [x, y, w, h]: Place) -> Result<(), PaperError> {
        let ticket = self.ticket;
        pen.person.clone_from(&ticket.name);
        let drill = if foot.drill { "【演练】" } else { "" };
        pen.boxed([x, y + 3.0, w, 6.5], &format!("{drill}{}", foot.event), Style::new(Face::Text, 11.0), Align::Centre)?;
        pen.text(x + w / 2.0, y + 14.5, TITLE, Style::new(Face::Bold, 20.0).spacing(500), Align::Centre)?;

        let (left, right) = (x + 9.0, x + w - 9.0);
        let (top, side) = (y + 21.0, right - PHOTO[0]);
        self.facts(pen, [left, top, side - left - 4.0, 6.0 * ROW])?;
        let photo = [side, top, PHOTO[0], PHOTO[1]];
        pen.frame(photo, THIN);
        let grey = Style::new(Face::Text, 9.0).colour(Colour::GREY);
        pen.text(side + PHOTO[0] / 2.0, top + PHOTO[1] / 2.0 - 3.0, "贴照片处", grey, Align::Centre)?;
        pen.text(side + PHOTO[0] / 2.0, top + PHOTO[1] / 2.0 + 3.0, "二寸免冠近照", grey.size(7.0), Align::Centre)?;
        let code = Qr::new(&ticket.number, &ticket.name)?;
        let code_top = top + PHOTO[1] + 4.0;
        pen.items.push(Item::Qr(code, [side + (PHOTO[0] - CODE) / 2.0, code_top, CODE]));
        pen.text(side + PHOTO[0] / 2.0, code_top + CODE + 2.5, "入场扫码", grey.size(7.0), Align::Centre)?;

        let below = self.parts(pen, [left, top + 6.0 * ROW + 3.0, side - left - 4.0, 7.0])?;
        self.notes(pen, [left, below + 2.0, side - left - 4.0, y + h - 8.0 - below - 2.0])?;
        let line = format!("打印时间 {}　校验码 {}", foot.printed, foot.check);
        pen.text(right, y + h - 4.0, &line, Style::new(Face::Text, 6.5).colour(Colour::GREY), Align::Right)
    }

    fn facts(&self, pen: &mut Pen<'_>, [x, y, w, _]: Place) -> Result<(), PaperError> {
        const LABELS: f32 = 22.0;
        let t = self.ticket;
        let mut row = |n: usize, cells: &[(&str, &str, f32, Style)]| {
            let mut at = x;
            let top = y + ROW * count(n);
            for (label, value, share, style) in cells {
                let width = w * share;
                pen.shade([at, top, LABELS, ROW]);
                pen.frame([at, top, LABELS, ROW], THIN);
                pen.frame([at + LABELS, top, width - LABELS, ROW], THIN);
                pen.boxed([at, top, LABELS, ROW], label, LABEL, Align::Centre)?;
                pen.boxed([at + LABELS, top, width - LABELS, ROW], value, *style, Align::Centre)?;
                at += width;
            }
            Ok::<(), PaperError>(())
        };
        row(0, &[("姓　　名", &t.name, 0.64, Style::new(Face::Name, 15.0)), ("性　别", &t.sex, 0.36, VALUE)])?;
        row(1, &[("准考证号", &t.number, 1.0, Style::new(Face::Bold, 14.0).spacing(40))])?;
        row(2, &[("证件号码", &t.id, 1.0, VALUE)])?;
        row(3, &[("单　　位", &t.unit, 1.0, VALUE)])?;
        row(4, &[("考　　点", &t.site, 1.0, VALUE)])?;
        row(5, &[("考　　场", &t.room, 0.64, Style::new(Face::Bold, 13.0)), ("座位号", &t.seat, 0.36, Style::new(Face::Bold, 13.0))])
    }

    /// Returns where it ends.
    fn parts(&self, pen: &mut Pen<'_>, [x, y, w, h]: Place) -> Result<f32, PaperError> {
        let shares = [0.24, 0.24, 0.22, 0.3];
        let heads = ["科目", "日期", "时间", "地点"].map(str::to_owned);
        let lines = std::iter::once((&heads, LABEL.size(9.0))).chain(self.ticket.parts.iter().map(|p| (p, VALUE.size(9.5))));
        let mut top = y;
        for (n, (cells, style)) in lines.enumerate() {
            let mut at = x;
            for (text, share) in cells.iter().zip(shares) {
                let place = [at, top, w * share, h];
                if n == 0 {
                    pen.shade(place);
                }
                pen.frame(place, THIN);
                pen.boxed(place, text, style, Align::Centre)?;
                at += w * share;
            }
            top += h;
        }
        Ok(top)
    }

    fn notes(&self, pen: &mut Pen<'_>, [x, y, w, h]: Place) -> Result<(), PaperError> {
        for size in [8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0] {
            let (style, step) = (NOTE.size(size), size * POINT * 1.45);
            let mut lines = pen.lines("考生须知", style, w)?;
            for (n, note) in self.notes.iter().enumerate() {
                lines.extend(pen.lines(&format!("{}. {note}", n + 1), style, w)?);
            }
            if step * count(lines.len()) <= h {
                return pen.put_lines([x, y + step / 2.0], &lines, style, step, Align::Left);
            }
        }
        Err(PaperError::TextTooLong { person: TITLE.to_owned(), text: self.notes.concat() })
    }
}
