//! The seat chart 座次表, as the invigilator sees the room from the lectern: front row nearest, columns from left to right.

use crate::error::PaperError;
use crate::flow::FOOT;
use crate::fonts::{Face, Fonts};
use crate::foot::{Foot, watermark};
use crate::head::heading;
use crate::list::{Colour, Page, Paint, Shared, Stroke, rectangle};
use crate::pdf;
use crate::pen::{Align, Pen, SMALLEST, Style, count};
use crate::place::Place;
use crate::sheet::{PageKind, Sheet};
use serde::{Deserialize, Serialize};

/// A room on one page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SeatChart {
    /// The foot; its event, part, site and room also stand above the chart.
    pub foot: Foot,
    /// Facts above the chart: session, times, head count.
    #[serde(default)]
    pub facts: Vec<(String, String)>,
    /// Columns from left to right as the invigilator sees them, each from front to back.
    pub columns: Vec<Vec<Cell>>,
    /// The lectern at the top instead, as a candidate at the door reads the chart: the room is turned by half a circle.
    #[serde(default)]
    pub for_candidates: bool,
    /// Where the door is.
    #[serde(default)]
    pub door: Option<Door>,
}

/// A place in the room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Cell {
    /// Somebody sits here.
    Taken {
        /// Seat number.
        seat: String,
        /// The candidate.
        name: String,
        /// Last digits of the candidate number.
        number: String,
        /// The unit.
        unit: String,
    },
    /// A seat nobody has.
    Spare {
        /// Seat number.
        seat: String,
    },
    /// Not a seat to be used.
    Unusable,
}

/// A corner of the room, as the invigilator sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Door {
    /// Beside the lectern, left.
    FrontLeft,
    /// Beside the lectern, right.
    FrontRight,
    /// Behind the last row, left.
    BackLeft,
    /// Behind the last row, right.
    BackRight,
}

const TITLE: &str = "考场座次表";
const SMALL: f32 = 8.0;
/// Height of the strip in which the lectern stands.
const LECTERN: f32 = 13.0;
const BACK: f32 = 6.0;
const SMALLEST_UNIT: f32 = 4.0;

/// Prints rooms into one file, a page each.
pub fn seat_charts(charts: &[SeatChart], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let first = charts.first().ok_or_else(|| PaperError::NothingToPrint { paper: TITLE.to_owned() })?;
    let shared = Shared { title: format!("{} {TITLE}", first.foot.event), ..Shared::default() };
    let pages = charts.iter().map(|c| Chart::draw(c, fonts)).collect::<Result<_, _>>()?;
    pdf::write(pages, &shared, fonts)
}

struct Chart<'f> {
    pen: Pen<'f>,
    turned: bool,
}

impl<'f> Chart<'f> {
    fn draw(chart: &SeatChart, fonts: &'f Fonts) -> Result<Page, PaperError> {
        let rows = chart.columns.iter().map(Vec::len).max().unwrap_or(0);
        if rows == 0 {
            return Err(PaperError::NothingToPrint { paper: TITLE.to_owned() });
        }
        let (size, margins) = (PageKind::A4Wide.size(), PageKind::A4Wide.margins());
        let width = size[0] - margins.left - margins.right;
        let mut this = Self { pen: Pen::new(fonts), turned: chart.for_candidates };
        if chart.foot.drill {
            watermark(&mut this.pen, size)?;
        }
        let top = heading(&mut this.pen, &head(chart), true)? + 2.0;
        let bottom = size[1] - FOOT - 2.0;
        let (seats_top, seats_bottom) = if this.turned { (top + LECTERN, bottom - BACK) } else { (top + BACK, bottom - LECTERN) };
        this.furniture(chart, [margins.left, top, width, bottom - top])?;
        this.seats(chart, rows, [margins.left, seats_top, width, seats_bottom - seats_top])?;
        this.pen.person.clear();
        chart.foot.draw(&mut this.pen, PageKind::A4Wide, TITLE, 1, 1)?;
        Ok(Page { width: size[0], height: size[1], items: this.pen.items })
    }

    fn seats(&mut self, chart: &SeatChart, rows: usize, [x, y, width, height]: Place) -> Result<(), PaperError> {
        let columns = chart.columns.len();
        let aisle = if columns > 8 { 2.5 } else { 5.0 };
        let desk = ((width - aisle * count(columns - 1)) / count(columns)).min(58.0);
        let left = x + (width - desk * count(columns) - aisle * count(columns - 1)) / 2.0;
        let gap = if rows > 9 { 1.0 } else { 1.8 };
        let tall = ((height - gap * count(rows - 1)) / count(rows)).min(24.0);
        for (c, column) in chart.columns.iter().enumerate() {
            for (r, cell) in column.iter().enumerate() {
                // From the lectern: the first seat of a column is at the front, which is below.
                let (across, down) = if self.turned { (columns - 1 - c, r) } else { (c, rows - 1 - r) };
                let slack = if self.turned { 0.0 } else { height - tall * count(rows) - gap * count(rows - 1) };
                let place = [left + count(across) * (desk + aisle), y + slack + count(down) * (tall + gap), desk, tall];
                self.desk(cell, place)?;
            }
        }
        Ok(())
    }

    fn desk(&mut self, cell: &Cell, [x, y, w, h]: Place) -> Result<(), PaperError> {
        let frame = |width| Paint { fill: None, stroke: Some(Stroke { colour: Colour::BLACK, width }) };
        self.pen.person.clear();
        match cell {
            Cell::Unusable => {
                self.hatch([x, y, w, h]);
                self.pen.items.push(rectangle(x, y, w, h, frame(0.15)));
            }
            Cell::Spare { seat } => {
                self.seat_number(seat, [x, y, w, h])?;
                self.pen.items.push(rectangle(x, y, w, h, frame(0.15)));
                let grey = Style::new(Face::Text, 9.0).colour(Colour::GREY);
                self.pen.text(x + w * 0.6, y + h / 2.0, "空", grey, Align::Centre)?;
            }
            Cell::Taken { seat, name, number, unit } => {
                self.pen.person.clone_from(name);
                self.seat_number(seat, [x, y, w, h])?;
                self.pen.items.push(rectangle(x, y, w, h, frame(0.3)));
                let strip = number_strip(w);
                let (middle, room) = (x + strip + (w - strip) / 2.0, w - strip - 2.0);
                let size = (h * 0.36 / crate::pen::POINT).min(15.0);
                self.pen.fitted([middle, y + h * 0.27], room, name, Style::new(Face::Name, size), SMALLEST, Align::Centre)?;
                let small = Style::new(Face::Text, SMALL.min(h * 0.22 / crate::pen::POINT));
                self.pen.fitted([middle, y + h * 0.585], room, number, small, SMALLEST, Align::Centre)?;
                self.unit(unit, [x + strip + 1.0, y + h * 0.7, w - strip - 2.0, h * 0.27], small)?;
            }
        }
        Ok(())
    }

    /// One line, smaller if need be; else two.
    fn unit(&mut self, unit: &str, [x, y, w, h]: Place, style: Style) -> Result<(), PaperError> {
        let full = self.pen.width(unit, style)?;
        if style.size * w / full.max(0.1) >= 5.5 {
            return self.pen.fitted([x + w / 2.0, y + h / 2.0], w, unit, style, SMALLEST, Align::Centre);
        }
        for size in [5.5, 5.0, 4.5, 4.0, 3.5] {
            let (style, step) = (style.size(size), size * crate::pen::POINT * 1.12);
            let lines = self.pen.lines(unit, style, w)?;
            let block = step * count(lines.len());
            if lines.len() <= 2 || (block <= h && lines.len() <= 3) {
                return self.pen.put_lines([x + w / 2.0, y + (h - block) / 2.0 + step / 2.0], &lines, style, step, Align::Centre);
            }
        }
        // The unit is the least of what a chart shows: rather cut short, and seen to be, than no chart.
        let (style, step) = (style.size(SMALLEST_UNIT), SMALLEST_UNIT * crate::pen::POINT * 1.12);
        let mut kept: Vec<char> = unit.chars().collect();
        while kept.pop().is_some() {
            let cut: String = kept.iter().chain(&['…']).collect();
            let lines = self.pen.lines(&cut, style, w)?;
            let block = step * count(lines.len());
            if block <= h || lines.len() == 1 {
                return self.pen.put_lines([x + w / 2.0, y + (h - block) / 2.0 + step / 2.0], &lines, style, step, Align::Centre);
            }
        }
        Ok(())
    }

    fn seat_number(&mut self, seat: &str, [x, y, w, h]: Place) -> Result<(), PaperError> {
        let strip = number_strip(w);
        self.pen.items.push(rectangle(x, y, strip, h, Paint { fill: Some(Colour::SHADE), stroke: None }));
        self.pen.rule([x + strip, y], [x + strip, y + h], 0.15, Colour::BLACK);
        let style = Style::new(Face::Bold, 15.0);
        self.pen.fitted([x + strip / 2.0, y + h / 2.0], strip - 1.0, seat, style, SMALLEST, Align::Centre)
    }

    /// Strokes from lower left to upper right, cut at the sides.
    fn hatch(&mut self, [x, y, w, h]: Place) {
        let mut offset = 3.0;
        while offset < w + h {
            let (x1, y1) = if offset <= h { (0.0, offset) } else { (offset - h, h) };
            let (x2, y2) = if offset <= w { (offset, 0.0) } else { (w, offset - w) };
            self.pen.rule([x + x1, y + y1], [x + x2, y + y2], 0.12, Colour::GREY);
            offset += 3.0;
        }
    }

    /// Lectern, back wall, door.
    fn furniture(&mut self, chart: &SeatChart, [x, y, w, h]: Place) -> Result<(), PaperError> {
        let middle = x + w / 2.0;
        let front = if self.turned { y } else { y + h - LECTERN + 3.5 };
        let frame = Paint { fill: Some(Colour::SHADE), stroke: Some(Stroke { colour: Colour::BLACK, width: 0.35 }) };
        self.pen.items.push(rectangle(middle - 30.0, front, 60.0, 9.0, frame));
        self.pen.text(middle, front + 4.5, "讲台", Style::new(Face::Bold, 13.0).spacing(1000), Align::Centre)?;
        let back = if self.turned { y + h - 2.0 } else { y + 1.5 };
        let side = if self.turned { "（面向讲台所见）" } else { "（监考员在讲台面向考场所见）" };
        self.pen.text(middle, back, &format!("考场后部{side}"), Style::new(Face::Text, SMALL).colour(Colour::GREY), Align::Centre)?;
        let Some(door) = chart.door else { return Ok(()) };
        let left = matches!(door, Door::FrontLeft | Door::BackLeft) != self.turned;
        let at_front = matches!(door, Door::FrontLeft | Door::FrontRight);
        let middle = if at_front { front + 4.5 } else { back };
        let tall = if at_front { 7.0 } else { 4.2 };
        let at = if left { x } else { x + w - 16.0 };
        let plain = Paint { fill: None, stroke: Some(Stroke { colour: Colour::BLACK, width: 0.25 }) };
        self.pen.items.push(rectangle(at, middle - tall / 2.0, 16.0, tall, plain));
        self.pen.text(at + 8.0, middle, "门", Style::new(Face::Text, 9.0), Align::Centre)
    }
}

fn number_strip(width: f32) -> f32 {
    (width * 0.24).min(11.0)
}

fn head(chart: &SeatChart) -> Sheet {
    let mut facts = Vec::new();
    for (label, value) in [("考点", &chart.foot.site), ("考场", &chart.foot.room)] {
        if !value.is_empty() {
            facts.push((label.to_owned(), value.clone()));
        }
    }
    facts.extend(chart.facts.iter().cloned());
    Sheet {
        page: PageKind::A4Wide,
        title: TITLE.to_owned(),
        facts_a_line: facts.len().clamp(1, 4),
        facts,
        foot: chart.foot.clone(),
        ..Sheet::default()
    }
}
