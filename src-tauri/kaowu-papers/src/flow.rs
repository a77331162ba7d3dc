//! Lays a sheet out over as many pages as it needs.

mod closing;
mod plot;
mod table;

use crate::error::PaperError;
use crate::fonts::{Face, Fonts};
use crate::foot::watermark;
use crate::head::{heading, later};
use crate::list::{Colour, Item, Page, Paint, Stroke, rectangle};
use crate::pen::{Align, POINT, Pen, SMALLEST, Style, count};
use crate::sheet::{Block, Sheet};

/// The foot begins here, from below.
pub(crate) const FOOT: f32 = 16.5;
const THIN: f32 = 0.15;
const THICK: f32 = 0.35;

/// The pages being laid out.
pub(crate) struct Flow<'s, 'f> {
    sheet: &'s Sheet,
    size: [f32; 2],
    pen: Pen<'f>,
    pages: Vec<Vec<Item>>,
    y: f32,
}

impl<'s, 'f> Flow<'s, 'f> {
    /// The pages of a sheet.
    pub(crate) fn lay_out(sheet: &'s Sheet, fonts: &'f Fonts) -> Result<Vec<Page>, PaperError> {
        if sheet.blocks.is_empty() {
            return Err(PaperError::NothingToPrint { paper: sheet.title.clone() });
        }
        let mut flow = Self { sheet, size: sheet.page.size(), pen: Pen::new(fonts), pages: Vec::new(), y: 0.0 };
        flow.begin_page()?;
        let closing = flow.closing_height()?;
        let last = sheet.blocks.len() - 1;
        for (n, block) in sheet.blocks.iter().enumerate() {
            let after = if n == last { closing } else { 0.0 };
            match block {
                Block::Table(table) => flow.table(table, after)?,
                Block::Heading { text } => flow.heading_of(text, &sheet.blocks[n + 1..])?,
                Block::Text { text } => flow.paragraph(text, Style::new(Face::Text, 10.5), 1.5)?,
                Block::Big { text } => flow.big(text)?,
                Block::Poster { text } => flow.poster(text)?,
                Block::Histogram { bars, axis } => flow.histogram(bars, axis)?,
                Block::Boxes { rows, scale } => flow.boxes(rows, scale)?,
            }
        }
        flow.closing(closing)?;
        flow.finish()
    }

    fn left(&self) -> f32 {
        self.sheet.page.margins().left
    }

    fn right(&self) -> f32 {
        self.size[0] - self.sheet.page.margins().right
    }

    fn width(&self) -> f32 {
        self.right() - self.left()
    }

    fn centre(&self) -> f32 {
        self.left() + self.width() / 2.0
    }

    fn bottom(&self) -> f32 {
        self.size[1] - FOOT
    }

    /// Where the content of a new page begins.
    fn next_top(&self) -> f32 {
        later(self.sheet)
    }

    fn begin_page(&mut self) -> Result<(), PaperError> {
        let first = self.pages.is_empty();
        if self.sheet.foot.drill {
            watermark(&mut self.pen, self.size)?;
        }
        self.y = heading(&mut self.pen, self.sheet, first)?;
        self.pages.push(Vec::new());
        Ok(())
    }

    fn break_page(&mut self) -> Result<(), PaperError> {
        self.end_page();
        self.begin_page()
    }

    fn end_page(&mut self) {
        let items = std::mem::take(&mut self.pen.items);
        if let Some(page) = self.pages.last_mut() {
            *page = items;
        }
    }

    fn finish(mut self) -> Result<Vec<Page>, PaperError> {
        self.end_page();
        let pages = std::mem::take(&mut self.pages);
        let total = pages.len();
        let mut out = Vec::with_capacity(total);
        self.pen.person.clear();
        for (n, items) in pages.into_iter().enumerate() {
            self.pen.items = items;
            self.sheet.foot.draw(&mut self.pen, self.sheet.page, &self.sheet.title, n + 1, total)?;
            out.push(Page { width: self.size[0], height: self.size[1], items: std::mem::take(&mut self.pen.items) });
        }
        Ok(out)
    }

    // --- text ---

    /// A heading is never the last thing on a page, nor a heading with the sentence under it.
    fn heading_of(&mut self, text: &str, rest: &[Block]) -> Result<(), PaperError> {
        let mut needs = 10.0;
        for block in rest {
            match block {
                Block::Heading { .. } => break,
                Block::Text { .. } => needs += 14.0,
                Block::Histogram { .. } => {
                    needs += plot::HISTOGRAM;
                    break;
                }
                Block::Table(_) | Block::Big { .. } | Block::Poster { .. } | Block::Boxes { .. } => {
                    needs += 32.0;
                    break;
                }
            }
        }
        if self.y + needs > self.bottom() {
            self.break_page()?;
        }
        self.paragraph(text, Style::new(Face::Bold, 12.0), 3.0)
    }

    fn paragraph(&mut self, text: &str, style: Style, above: f32) -> Result<(), PaperError> {
        let step = style.size * POINT * 1.6;
        self.y += above;
        for line in self.pen.lines(text, style, self.width())? {
            if self.y + step > self.bottom() {
                self.break_page()?;
            }
            let middle = self.y + step / 2.0;
            self.pen.put_lines([self.left(), middle], &[line], style, step, Align::Left)?;
            self.y += step;
        }
        self.y += 1.0;
        Ok(())
    }

    /// On one line if that takes no less than two thirds of the size.
    fn big(&mut self, text: &str) -> Result<(), PaperError> {
        let largest = Style::new(Face::Bold, 24.0);
        let room = self.width() - 12.0;
        let size = (24.0 * room / self.pen.width(text, largest)?.max(1.0)).floor();
        let style = if (16.0..24.0).contains(&size) { largest.size(size) } else { largest };
        let lines = self.pen.lines(text, style, room)?;
        let step = style.size * POINT * 1.5;
        let height = step * count(lines.len()) + 10.0;
        if self.y + height > self.bottom() {
            self.break_page()?;
        }
        self.y += 2.0;
        let frame = Paint { fill: None, stroke: Some(Stroke { colour: Colour::BLACK, width: THICK }) };
        self.pen.items.push(rectangle(self.left(), self.y, self.width(), height, frame));
        self.pen.put_lines([self.centre(), self.y + 5.0 + step / 2.0], &lines, style, step, Align::Centre)?;
        self.y += height + 2.0;
        Ok(())
    }

    fn poster(&mut self, text: &str) -> Result<(), PaperError> {
        const HEIGHT: f32 = 32.0;
        let style = Style::new(Face::Bold, 72.0).spacing(80);
        self.pen.fitted([self.centre(), self.y + HEIGHT / 2.0], self.width(), text, style, SMALLEST, Align::Centre)?;
        self.y += HEIGHT;
        Ok(())
    }
}
