//! A pen: puts texts and lines on a page, splits texts by font, aligns them and makes them fit.

use crate::error::PaperError;
use crate::fonts::{Face, Fonts};
use crate::list::{Colour, Item, Run, Stroke, line};
use crate::wrap::{self, Line, Span};

/// Millimetres of a point.
pub const POINT: f32 = 25.4 / 72.0;
/// From the baseline of a Chinese character up to its middle, in em.
const MIDDLE: f32 = 0.37;
/// Texts are never set smaller than this when they are made to fit.
pub const SMALLEST: f32 = 4.5;

/// Where a text stands to its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// Begins there.
    #[default]
    Left,
    /// Its middle is there.
    Centre,
    /// Ends there.
    Right,
}

/// How a text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// Its face.
    pub face: Face,
    /// Points.
    pub size: f32,
    /// Space after each character, in thousandths of the size.
    pub spacing: u32,
    /// Colour.
    pub colour: Colour,
}

impl Style {
    /// Black, without letter spacing.
    pub const fn new(face: Face, size: f32) -> Self {
        Self { face, size, spacing: 0, colour: Colour::BLACK }
    }

    /// In another colour.
    pub const fn colour(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    /// With letter spacing, in thousandths of the size.
    pub const fn spacing(self, spacing: u32) -> Self {
        Self { spacing, ..self }
    }

    /// In another size.
    pub const fn size(self, size: f32) -> Self {
        Self { size, ..self }
    }
}

/// Draws into a list.
pub struct Pen<'f> {
    /// The fonts.
    pub fonts: &'f Fonts,
    /// What has been drawn.
    pub items: Vec<Item>,
    /// Who is named if a text of theirs cannot be drawn.
    pub person: String,
}

impl<'f> Pen<'f> {
    /// A pen over an empty page.
    pub fn new(fonts: &'f Fonts) -> Self {
        Self { fonts, items: Vec::new(), person: String::new() }
    }

    /// Width of a text in millimetres; the space after the last character does not count.
    pub fn width(&self, text: &str, style: Style) -> Result<f32, PaperError> {
        let width = wrap::width(self.fonts, style.face, text, style.spacing, &self.person)?;
        Ok(em(width.saturating_sub(style.spacing), style.size))
    }

    /// Draws one line; `middle` is the height of the characters' middle.
    pub fn text(&mut self, x: f32, middle: f32, text: &str, style: Style, align: Align) -> Result<(), PaperError> {
        let left = match align {
            Align::Left => x,
            Align::Centre => x - self.width(text, style)? / 2.0,
            Align::Right => x - self.width(text, style)?,
        };
        self.run(left, middle + MIDDLE * style.size * POINT, text, style, 0.0)?;
        Ok(())
    }

    /// Draws one line within `room`, at most as large as the style says and at least `smallest`; refused if it does not fit.
    pub fn fitted(&mut self, at: [f32; 2], room: f32, text: &str, style: Style, smallest: f32, align: Align) -> Result<(), PaperError> {
        let full = self.width(text, style)?;
        let size = if full > room { (style.size * room / full * 20.0).floor() / 20.0 } else { style.size };
        if size < smallest.min(style.size) {
            return Err(PaperError::TextTooLong { person: self.whose(text), text: text.to_owned() });
        }
        self.text(at[0], at[1], text, style.size(size), align)
    }

    /// Draws at the left end of a baseline, split by font; returns the right end.
    pub fn run(&mut self, x: f32, baseline: f32, text: &str, style: Style, turn: f32) -> Result<f32, PaperError> {
        let spacing = em(style.spacing, style.size);
        let (mut at, mut begin, mut last) = (0.0, (0.0, 0), None);
        for (i, c) in text.char_indices() {
            let (font, advance) = self.fonts.find(style.face, c).ok_or_else(|| self.fonts.no_glyph(text, c, &self.person))?;
            if let Some(before) = last.filter(|before| *before != font) {
                self.piece(x, baseline, begin.0, before, &text[begin.1..i], style, turn);
                begin = (at, i);
            }
            last = Some(font);
            at += em(u32::from(advance), style.size) + spacing;
        }
        if let Some(font) = last {
            self.piece(x, baseline, begin.0, font, &text[begin.1..], style, turn);
        }
        Ok(x + at - spacing)
    }

    #[allow(clippy::too_many_arguments, reason = "the inside of `run`")]
    fn piece(&mut self, x: f32, y: f32, along: f32, font: crate::fonts::FontNo, text: &str, style: Style, turn: f32) {
        let (sin, cos) = if turn == 0.0 { (0.0, 1.0) } else { turn.to_radians().sin_cos() };
        let spacing = em(style.spacing, style.size) / POINT;
        let (x, y) = (x + along * cos, y - along * sin);
        self.items.push(Item::Text(Run { x, y, font, size: style.size, spacing, turn, colour: style.colour, text: text.to_owned() }));
    }

    /// Breaks a text into lines for `room` millimetres.
    pub(crate) fn lines(&self, text: &str, style: Style, room: f32) -> Result<Vec<Line>, PaperError> {
        wrap::wrap(self.fonts, &[Span::new(style.face, text)], room_in(room, style.size), 0, style.spacing, &self.person)
    }

    /// Draws lines that were broken before, the middle of the first at `middle`.
    pub(crate) fn put_lines(&mut self, at: [f32; 2], lines: &[Line], style: Style, step: f32, align: Align) -> Result<(), PaperError> {
        let mut middle = at[1];
        for line in lines {
            let width = em(line.width.saturating_sub(style.spacing), style.size);
            let left = match align {
                Align::Left => at[0],
                Align::Centre => at[0] - width / 2.0,
                Align::Right => at[0] - width,
            };
            self.spans(left, middle, &line.spans, style)?;
            middle += step;
        }
        Ok(())
    }

    /// Draws spans one after another.
    pub(crate) fn spans(&mut self, x: f32, middle: f32, spans: &[Span], style: Style) -> Result<(), PaperError> {
        let mut x = x;
        for span in spans {
            let style = Style { face: span.face, ..style };
            x = self.run(x, middle + MIDDLE * style.size * POINT, &span.text, style, 0.0)? + em(style.spacing, style.size);
        }
        Ok(())
    }

    /// Draws a straight line.
    pub fn rule(&mut self, from: [f32; 2], to: [f32; 2], width: f32, colour: Colour) {
        self.items.push(line(from[0], from[1], to[0], to[1], Stroke { colour, width }));
    }

    /// Whom a refusal names.
    pub(crate) fn whose(&self, text: &str) -> String {
        if self.person.is_empty() { text.to_owned() } else { self.person.clone() }
    }
}

/// Thousandths of a size in points, as millimetres.
#[allow(clippy::cast_precision_loss, reason = "a line of text has fewer than 16 million thousandths")]
pub(crate) fn em(thousandths: u32, size: f32) -> f32 {
    thousandths as f32 / 1000.0 * size * POINT
}

/// Millimetres as thousandths of a size in points.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "cut to the range of a page")]
pub(crate) fn room_in(room: f32, size: f32) -> u32 {
    (room / POINT / size * 1000.0).clamp(0.0, 10_000_000.0) as u32
}

/// A count as a measure.
#[allow(clippy::cast_precision_loss, reason = "rows and lines of one paper")]
pub(crate) fn count(n: usize) -> f32 {
    n as f32
}
