//! The head of a page: event, title, facts; and the marks for the punch.

use crate::error::PaperError;
use crate::fonts::Face;
use crate::foot::Foot;
use crate::list::{Colour, Stroke, line};
use crate::pen::{Align, Pen, SMALLEST, Style, count};
use crate::sheet::{Margins, Punched, Sheet};

/// Height of the head of every page but the first.
const LATER: f32 = 6.0;

/// Event, title and facts at the head of a page; later pages repeat only the title. Returns where the content begins.
pub(crate) fn heading(pen: &mut Pen<'_>, sheet: &Sheet, first: bool) -> Result<f32, PaperError> {
    let (size, margins) = (sheet.page.size(), sheet.page.margins());
    let room = size[0] - margins.left - margins.right;
    let centre = margins.left + room / 2.0;
    punch_marks(pen, size, margins);
    let mut y = margins.top;
    let Foot { event, part, room: place, .. } = &sheet.foot;
    if !first {
        let style = Style::new(Face::Bold, 11.0);
        let place = if place.is_empty() { String::new() } else { format!("　{place}") };
        pen.fitted([centre, y + 1.5], room, &format!("{}（续）{place}", sheet.title), style, 7.0, Align::Centre)?;
        return Ok(later(sheet));
    }
    let over = if part.is_empty() { event.clone() } else { format!("{event}　{part}") };
    pen.fitted([centre, y + 1.0], room, &over, Style::new(Face::Text, 11.5), 6.0, Align::Centre)?;
    y += 9.5;
    let spacing = if sheet.title.chars().count() <= 8 { 220 } else { 60 };
    pen.fitted([centre, y], room, &sheet.title, Style::new(Face::Bold, 20.0).spacing(spacing), 10.0, Align::Centre)?;
    y += 6.2;
    if !sheet.subtitle.is_empty() {
        pen.fitted([centre, y + 1.0], room, &sheet.subtitle, Style::new(Face::Text, 10.5), 6.0, Align::Centre)?;
        y += 5.5;
    }
    facts(pen, sheet, room, y)
}

/// Where the content of later pages begins.
pub(crate) fn later(sheet: &Sheet) -> f32 {
    sheet.page.margins().top + LATER
}

/// Two fine crosses where a punch of 80 mm makes its holes, 12 mm from the side.
fn punch_marks(pen: &mut Pen<'_>, [width, height]: [f32; 2], margins: Margins) {
    const FROM_SIDE: f32 = 12.0;
    const APART: f32 = 80.0;
    const ARM: f32 = 1.2;
    let holes = match margins.punched {
        Some(Punched::Left) => [-0.5, 0.5].map(|n| [FROM_SIDE, height / 2.0 + n * APART]),
        Some(Punched::Top) => [-0.5, 0.5].map(|n| [width / 2.0 + n * APART, FROM_SIDE]),
        None => return,
    };
    let stroke = Stroke { colour: Colour::GREY, width: 0.1 };
    for [x, y] in holes {
        pen.items.push(line(x - ARM, y, x + ARM, y, stroke));
        pen.items.push(line(x, y - ARM, x, y + ARM, stroke));
    }
}

/// Facts in columns as wide as what stands in them; returns where they end.
fn facts(pen: &mut Pen<'_>, sheet: &Sheet, room: f32, y: f32) -> Result<f32, PaperError> {
    const GAP: f32 = 4.0;
    let style = Style::new(Face::Text, 10.5);
    let columns = sheet.facts_a_line.max(1);
    let mut widths = vec![0.0_f32; columns];
    for line in sheet.facts.chunks(columns) {
        for ((label, value), width) in line.iter().zip(&mut widths) {
            *width = width.max(pen.width(&format!("{label}：{value}"), style)? + GAP);
        }
    }
    let all: f32 = widths.iter().sum();
    // What is left over is shared out; what is lacking is taken from all in proportion.
    let (factor, more) = if all > room { (room / all, 0.0) } else { (1.0, (room - all) / count(columns)) };
    let style = style.size((style.size * factor).max(8.0));
    let mut y = y;
    for line in sheet.facts.chunks(columns) {
        let mut x = sheet.page.margins().left;
        for ((label, value), width) in line.iter().zip(&widths) {
            let label = format!("{label}：");
            let (begin, step) = (x + pen.width(&label, style)?, width * factor + more);
            pen.text(x, y + 3.0, &label, style, Align::Left)?;
            pen.fitted([begin, y + 3.0], x + step - begin - GAP * 0.5, value, style, SMALLEST, Align::Left)?;
            x += step;
        }
        y += 5.8;
    }
    Ok(y)
}
