//! Lays a sheet out over as many pages as it needs.

use crate::error::PaperError;
use crate::fonts::{Face, Fonts};
use crate::foot::{Foot, watermark};
use crate::list::{Colour, Item, Page, Paint, Stroke, rectangle};
use crate::pen::{Align, POINT, Pen, SMALLEST, Style, count};
use crate::sheet::{Block, Cell, Row, Sheet, Table};
use crate::wrap::Line;

/// Left and right.
pub(crate) const MARGIN: f32 = 14.0;
const TOP: f32 = 13.0;
/// The foot begins here, from below.
pub(crate) const FOOT: f32 = 16.5;
/// Space between the side of a cell and its text.
const PAD: f32 = 1.2;
const THIN: f32 = 0.15;
const THICK: f32 = 0.35;
const NOTE: Style = Style::new(Face::Text, 9.0);
const SIGN: Style = Style::new(Face::Text, 10.5);
/// Height of a line of places to sign.
const SIGN_STEP: f32 = 10.0;

/// The pages being laid out.
pub(crate) struct Flow<'s, 'f> {
    sheet: &'s Sheet,
    size: [f32; 2],
    pen: Pen<'f>,
    pages: Vec<Vec<Item>>,
    y: f32,
}

/// A cell with its text broken into lines that fit.
struct Set<'c> {
    cell: &'c Cell,
    lines: Vec<Line>,
    style: Style,
    align: Align,
    width: f32,
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
                Block::Heading { text } => flow.paragraph(text, Style::new(Face::Bold, 12.0), 3.0)?,
                Block::Text { text } => flow.paragraph(text, Style::new(Face::Text, 10.5), 1.5)?,
                Block::Big { text } => flow.big(text)?,
            }
        }
        flow.closing(closing)?;
        flow.finish()
    }

    fn right(&self) -> f32 {
        self.size[0] - MARGIN
    }

    fn bottom(&self) -> f32 {
        self.size[1] - FOOT
    }

    fn begin_page(&mut self) -> Result<(), PaperError> {
        let first = self.pages.is_empty();
        if self.sheet.foot.drill {
            watermark(&mut self.pen, self.size)?;
        }
        self.y = heading(&mut self.pen, self.size, self.sheet, first)?;
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
            self.sheet.foot.draw(&mut self.pen, self.size, MARGIN, &self.sheet.title, n + 1, total)?;
            out.push(Page { width: self.size[0], height: self.size[1], items: std::mem::take(&mut self.pen.items) });
        }
        Ok(out)
    }

    // --- text ---

    fn paragraph(&mut self, text: &str, style: Style, above: f32) -> Result<(), PaperError> {
        let step = style.size * POINT * 1.6;
        self.y += above;
        for line in self.pen.lines(text, style, self.right() - MARGIN)? {
            if self.y + step > self.bottom() {
                self.break_page()?;
            }
            let middle = self.y + step / 2.0;
            self.pen.put_lines([MARGIN, middle], &[line], style, step, Align::Left)?;
            self.y += step;
        }
        self.y += 1.0;
        Ok(())
    }

    /// On one line if that takes no less than two thirds of the size.
    fn big(&mut self, text: &str) -> Result<(), PaperError> {
        let largest = Style::new(Face::Bold, 24.0);
        let room = self.right() - MARGIN - 12.0;
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
        self.pen.items.push(rectangle(MARGIN, self.y, self.right() - MARGIN, height, frame));
        self.pen.put_lines([self.size[0] / 2.0, self.y + 5.0 + step / 2.0], &lines, style, step, Align::Centre)?;
        self.y += height + 2.0;
        Ok(())
    }

    // --- tables ---

    fn table(&mut self, table: &Table, closing: f32) -> Result<(), PaperError> {
        let shares: f32 = table.columns.iter().map(|c| f32::from(c.share.max(1))).sum();
        let all = self.right() - MARGIN;
        let widths: Vec<f32> = table.columns.iter().map(|c| f32::from(c.share.max(1)) / shares * all).collect();
        let head = Row::new(table.columns.iter().map(|c| Cell::heading(&c.title)));
        self.y += 1.5;
        let mut fresh = true;
        for (n, row) in table.rows.iter().enumerate() {
            self.pen.person.clone_from(&row.person);
            let filled: usize = row.cells.iter().map(Cell::columns).sum();
            if filled != table.columns.len() {
                let paper = self.sheet.title.clone();
                return Err(PaperError::ColumnsDiffer { paper, row: n + 1, cells: filled, columns: table.columns.len() });
            }
            let set = self.set_row(table, row, &widths)?;
            let height = row_height(table, row, &set);
            // The last row stays with what closes the sheet: no page of signatures alone.
            let after = if n + 1 == table.rows.len() { closing } else { 0.0 };
            if self.y + height + after > self.bottom() && !(fresh && n > 0) {
                if n > 0 {
                    self.pen.rule([MARGIN, self.y], [self.right(), self.y], THICK, Colour::BLACK);
                    self.break_page()?;
                    fresh = true;
                } else if self.y > self.size[1] / 2.0 {
                    self.break_page()?;
                }
            }
            if fresh && table.headed {
                let titles = self.set_row(table, &head, &widths)?;
                let height = row_height(table, &head, &titles) + 0.6;
                self.draw_row(&titles, height, true)?;
            }
            self.draw_row(&set, height, fresh && !table.headed)?;
            fresh = false;
        }
        self.pen.rule([MARGIN, self.y], [self.right(), self.y], THICK, Colour::BLACK);
        self.pen.person.clear();
        Ok(())
    }

    fn set_row<'c>(&self, table: &Table, row: &'c Row, widths: &[f32]) -> Result<Vec<Set<'c>>, PaperError> {
        let size = f32::from(table.text_size.max(50)) / 10.0;
        let mut at = 0;
        let mut out = Vec::with_capacity(row.cells.len());
        for cell in &row.cells {
            let width = widths[at..at + cell.columns()].iter().sum::<f32>();
            let column = &table.columns[at];
            at += cell.columns();
            let name = (column.names && !cell.heading) || cell.name;
            let face = match (cell.heading, name) {
                (true, _) => Face::Bold,
                (_, true) => Face::Name,
                _ => Face::Text,
            };
            // 楷体 looks smaller than 宋体 of the same size.
            let style = Style::new(face, if name { size + 1.0 } else { size });
            let align = cell.align.unwrap_or(if cell.heading { Align::Centre } else { column.align });
            let (lines, style) = self.fit(&cell.text, style, width - 2.0 * PAD, column.wraps || cell.columns() > 1)?;
            out.push(Set { cell, lines, style, align, width });
        }
        Ok(out)
    }

    /// One line at full size; else one line somewhat smaller; else two; else as many as it takes.
    fn fit(&self, text: &str, style: Style, room: f32, wraps: bool) -> Result<(Vec<Line>, Style), PaperError> {
        if wraps {
            return Ok((self.pen.lines(text, style, room)?, style));
        }
        for (scale, most) in [(1.0, 1), (0.9, 1), (0.8, 1), (0.72, 1), (0.8, 2), (0.72, 2), (0.64, 2), (0.56, 3)] {
            let style = style.size((style.size * scale).max(SMALLEST));
            let lines = self.pen.lines(text, style, room)?;
            if lines.len() <= most {
                return Ok((lines, style));
            }
        }
        let style = style.size((style.size * 0.56).max(SMALLEST));
        Ok((self.pen.lines(text, style, room)?, style))
    }

    fn draw_row(&mut self, cells: &[Set<'_>], height: f32, first: bool) -> Result<(), PaperError> {
        let (top, bottom, right) = (self.y, self.y + height, self.right());
        let mut x = MARGIN;
        for set in cells {
            if set.cell.heading {
                self.pen.items.push(rectangle(x, top, set.width, height, Paint { fill: Some(Colour::SHADE), stroke: None }));
            }
            x += set.width;
        }
        x = MARGIN;
        for (n, set) in cells.iter().enumerate() {
            if n > 0 {
                self.pen.rule([x, top], [x, bottom], THIN, Colour::BLACK);
            }
            self.draw_cell(set, x, top, height)?;
            x += set.width;
        }
        // Drawn anew over the ground of shaded cells.
        self.pen.rule([MARGIN, top], [right, top], if first { THICK } else { THIN }, Colour::BLACK);
        self.pen.rule([MARGIN, top], [MARGIN, bottom], THICK, Colour::BLACK);
        self.pen.rule([right, top], [right, bottom], THICK, Colour::BLACK);
        self.pen.rule([MARGIN, bottom], [right, bottom], THIN, Colour::BLACK);
        self.y = bottom;
        Ok(())
    }

    fn draw_cell(&mut self, set: &Set<'_>, x: f32, top: f32, height: f32) -> Result<(), PaperError> {
        let step = line_step(set.style);
        let block = step * count(set.lines.len());
        let middle = if set.cell.top { top + 1.2 + step / 2.0 } else { top + (height - block) / 2.0 + step / 2.0 };
        let at = match set.align {
            Align::Left => x + PAD,
            Align::Centre => x + set.width / 2.0,
            Align::Right => x + set.width - PAD,
        };
        self.pen.put_lines([at, middle], &set.lines, set.style, step, set.align)?;
        if set.cell.struck && !set.cell.text.is_empty() {
            let width = self.pen.width(&set.cell.text, set.style)?.min(set.width - 1.0) + 1.6;
            let from = match set.align {
                Align::Left => at - 0.8,
                Align::Centre => at - width / 2.0,
                Align::Right => at - width + 0.8,
            };
            let y = top + height / 2.0;
            self.pen.rule([from, y], [from + width, y], 0.3, Colour::RED);
        }
        Ok(())
    }

    // --- notes and places to sign ---

    fn note_step() -> f32 {
        NOTE.size * POINT * 1.5
    }

    fn signatures_a_line(&self) -> usize {
        if self.size[0] > 250.0 { 4 } else { 3 }
    }

    fn closing_height(&self) -> Result<f32, PaperError> {
        let mut lines = 0;
        for note in &self.sheet.notes {
            lines += self.pen.lines(note, NOTE, self.right() - MARGIN)?.len();
        }
        let notes = if lines > 0 { 2.0 + count(lines) * Self::note_step() } else { 0.0 };
        let signs = count(self.sheet.signatures.len().div_ceil(self.signatures_a_line())) * SIGN_STEP;
        Ok(notes + signs)
    }

    fn closing(&mut self, height: f32) -> Result<(), PaperError> {
        if self.y + height > self.bottom() {
            self.break_page()?;
        }
        let step = Self::note_step();
        if !self.sheet.notes.is_empty() {
            self.y += 2.0;
        }
        for note in &self.sheet.notes {
            let lines = self.pen.lines(note, NOTE, self.right() - MARGIN)?;
            self.pen.put_lines([MARGIN, self.y + step / 2.0], &lines, NOTE, step, Align::Left)?;
            self.y += step * count(lines.len());
        }
        let a_line = self.signatures_a_line().min(self.sheet.signatures.len()).max(1);
        let room = (self.right() - MARGIN) / count(a_line);
        for line in self.sheet.signatures.chunks(a_line) {
            let middle = self.y + SIGN_STEP * 0.62;
            for (n, who) in line.iter().enumerate() {
                let x = MARGIN + room * count(n);
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

fn line_step(style: Style) -> f32 {
    style.size * POINT * 1.22
}

fn row_height(table: &Table, row: &Row, cells: &[Set<'_>]) -> f32 {
    let least = f32::from(if row.height > 0 { row.height } else { table.row_height }) / 10.0;
    let text = |set: &Set<'_>| line_step(set.style) * count(set.lines.len()) + 1.0;
    cells.iter().map(text).fold(least, f32::max)
}

/// Event, title and facts at the head of a page; later pages repeat only the title. Returns where the content begins.
pub(crate) fn heading(pen: &mut Pen<'_>, size: [f32; 2], sheet: &Sheet, first: bool) -> Result<f32, PaperError> {
    let room = size[0] - 2.0 * MARGIN;
    let centre = size[0] / 2.0;
    let mut y = TOP;
    if !first {
        let style = Style::new(Face::Bold, 11.0);
        pen.fitted([centre, y + 1.5], room, &format!("{}（续）", sheet.title), style, 7.0, Align::Centre)?;
        return Ok(y + 4.5);
    }
    let Foot { event, part, .. } = &sheet.foot;
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
        let mut x = MARGIN;
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
