//! What closes a sheet: notes, and places to sign.

use super::{Flow, THIN};
use crate::error::PaperError;
use crate::fonts::Face;
use crate::list::Colour;
use crate::pen::{Align, POINT, Style, count};

const NOTE: Style = Style::new(Face::Text, 9.0);
const SIGN: Style = Style::new(Face::Text, 10.5);
/// Height of a line of places to sign.
const SIGN_STEP: f32 = 10.0;

impl Flow<'_, '_> {
    fn note_step() -> f32 {
        NOTE.size * POINT * 1.5
    }

    fn signatures_a_line(&self) -> usize {
        if self.size[0] > 250.0 { 4 } else { 3 }
    }

    pub(super) fn closing_height(&self) -> Result<f32, PaperError> {
        let mut lines = 0;
        for note in &self.sheet.notes {
            lines += self.pen.lines(note, NOTE, self.width())?.len();
        }
        let notes = if lines > 0 { 2.0 + count(lines) * Self::note_step() } else { 0.0 };
        let signs = count(self.sheet.signatures.len().div_ceil(self.signatures_a_line())) * SIGN_STEP;
        Ok(notes + signs)
    }

    pub(super) fn closing(&mut self, height: f32) -> Result<(), PaperError> {
        // The tables have left room for it, to within rounding.
        if self.y + height > self.bottom() + 0.2 {
            self.break_page()?;
        }
        let step = Self::note_step();
        if !self.sheet.notes.is_empty() {
            self.y += 2.0;
        }
        for note in &self.sheet.notes {
            let lines = self.pen.lines(note, NOTE, self.width())?;
            self.pen.put_lines([self.left(), self.y + step / 2.0], &lines, NOTE, step, Align::Left)?;
            self.y += step * count(lines.len());
        }
        let a_line = self.signatures_a_line().min(self.sheet.signatures.len()).max(1);
        let room = self.width() / count(a_line);
        for line in self.sheet.signatures.chunks(a_line) {
            let middle = self.y + SIGN_STEP * 0.62;
            for (n, who) in line.iter().enumerate() {
                let x = self.left() + room * count(n);
                let label = format!("{who}：");
                self.pen.fitted([x, middle], room * 0.6, &label, SIGN, 7.0, Align::Left)?;
                let from = x + self.pen.width(&label, SIGN)?.min(room * 0.6) + 0.5;
                self.pen.rule([from, middle + 2.2], [x + room - 5.0, middle + 2.2], THIN, Colour::BLACK);
            }
            self.y += SIGN_STEP;
        }
        Ok(())
    }
}
