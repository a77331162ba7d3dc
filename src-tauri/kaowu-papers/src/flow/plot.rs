//! Plots: a histogram, and boxes on one scale. Lines and areas drawn with the pen; every figure is text.

use super::{Flow, THICK, THIN};
use crate::error::PaperError;
use crate::fonts::Face;
use crate::list::{Colour, Paint, Stroke, rectangle};
use crate::pen::{Align, Style, count};
use crate::sheet::{PlotBar, PlotBox, Scale};

const SMALL: Style = Style::new(Face::Text, 7.5);
const LABEL: Style = Style::new(Face::Text, 9.0);
const BAR: Colour = Colour(0x5B, 0x7D, 0xA6);
const BOX: Colour = Colour(0xC9, 0xD8, 0xE8);
const GRID: Colour = Colour(0xC8, 0xC8, 0xC8);
/// Height of the plane of a histogram.
const PLANE: f32 = 46.0;
/// Height of a whole histogram.
pub(super) const HISTOGRAM: f32 = PLANE + 16.0;
/// Height of a row of boxes.
const ROW: f32 = 7.0;
/// Width of the names of boxes, and of the figures behind them.
const NAMES: f32 = 34.0;
const FIGURES: f32 = 34.0;

impl Flow<'_, '_> {
    /// A bar for each range, its count above it, the edges of the ranges below.
    pub(super) fn histogram(&mut self, bars: &[PlotBar], axis: &str) -> Result<(), PaperError> {
        let height = HISTOGRAM;
        if self.y + height > self.bottom() {
            self.break_page()?;
        }
        let most = bars.iter().map(|b| b.n).max().unwrap_or(0).max(1);
        let (left, width, ground) = (self.left() + 4.0, self.width() - 8.0, self.y + 6.0 + PLANE);
        let step = width / count(bars.len().max(1));
        for (n, bar) in bars.iter().enumerate() {
            let tall = PLANE * small(bar.n) / small(most);
            let x = left + step * count(n);
            if bar.n > 0 {
                let paint = Paint { fill: Some(BAR), stroke: None };
                self.pen.items.push(rectangle(x + step * 0.08, ground - tall, step * 0.84, tall, paint));
                self.pen.text(x + step / 2.0, ground - tall - 2.2, &bar.n.to_string(), SMALL, Align::Centre)?;
            }
            self.pen.text(x, ground + 3.0, &bar.from, SMALL, Align::Centre)?;
            if n + 1 == bars.len() {
                self.pen.text(x + step, ground + 3.0, &bar.to, SMALL, Align::Centre)?;
            }
        }
        self.pen.rule([left, ground], [left + width, ground], THICK, Colour::BLACK);
        self.pen.text(left + width / 2.0, ground + 7.0, axis, SMALL.colour(Colour::GREY), Align::Centre)?;
        self.y += height;
        Ok(())
    }

    /// A box for each row: least and greatest, the middle half, the median; all on one scale.
    pub(super) fn boxes(&mut self, rows: &[PlotBox], scale: &Scale) -> Result<(), PaperError> {
        let mut at = 0;
        while at < rows.len() {
            let room = self.bottom() - self.y - 10.0;
            let fit = rows.len().min(at + (1..=rows.len()).take_while(|n| ROW * count(*n) <= room).count());
            if fit == at {
                self.break_page()?;
                continue;
            }
            self.scale(scale, ROW * count(fit - at))?;
            for row in &rows[at..fit] {
                self.one_box(row, scale)?;
            }
            self.y += 2.0;
            at = fit;
        }
        Ok(())
    }

    fn place_on(&self, scale: &Scale, value: i64) -> f32 {
        let (left, width) = (self.left() + NAMES, self.width() - NAMES - FIGURES);
        let range = (scale.to - scale.from).max(1);
        left + width * thousandth((value - scale.from).clamp(0, range) * 1000 / range)
    }

    fn scale(&mut self, scale: &Scale, height: f32) -> Result<(), PaperError> {
        for (value, text) in &scale.ticks {
            let x = self.place_on(scale, *value);
            self.pen.text(x, self.y + 2.5, text, SMALL, Align::Centre)?;
            self.pen.rule([x, self.y + 5.0], [x, self.y + 5.0 + height], 0.1, GRID);
        }
        let head = self.right() - FIGURES + 4.0;
        self.pen.text(head, self.y + 2.5, &scale.figures, SMALL, Align::Left)?;
        self.y += 5.0;
        Ok(())
    }

    fn one_box(&mut self, row: &PlotBox, scale: &Scale) -> Result<(), PaperError> {
        let middle = self.y + ROW / 2.0;
        let [min, q1, median, q3, max] = row.five.map(|v| self.place_on(scale, v));
        self.pen.boxed([self.left(), self.y, NAMES - 1.0, ROW], &row.label, LABEL, Align::Right)?;
        self.pen.rule([min, middle], [max, middle], THIN, Colour::BLACK);
        for x in [min, max] {
            self.pen.rule([x, middle - 1.2], [x, middle + 1.2], THIN, Colour::BLACK);
        }
        let paint = Paint { fill: Some(BOX), stroke: Some(Stroke { colour: Colour::BLACK, width: THIN }) };
        self.pen.items.push(rectangle(q1, middle - 2.0, q3 - q1, 4.0, paint));
        self.pen.rule([median, middle - 2.0], [median, middle + 2.0], 0.6, Colour::BLACK);
        self.pen.fitted([self.right() - FIGURES + 4.0, middle], FIGURES - 4.0, &row.figures, SMALL, 5.0, Align::Left)?;
        self.y += ROW;
        Ok(())
    }
}

#[allow(clippy::cast_precision_loss, reason = "counts of people of one event")]
fn small(n: u32) -> f32 {
    n as f32
}

#[allow(clippy::cast_precision_loss, reason = "0 to 1000")]
fn thousandth(n: i64) -> f32 {
    n as f32 / 1000.0
}
