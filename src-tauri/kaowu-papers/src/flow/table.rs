//! Tables: rows as high as their text, over as many pages as it takes, the heading on each.

use super::{Flow, THICK, THIN};
use crate::error::PaperError;
use crate::fonts::Face;
use crate::list::{Colour, Paint, rectangle};
use crate::pen::{Align, POINT, SMALLEST, Style, count};
use crate::sheet::{Cell, Row, Table};
use crate::wrap::Line;

/// Space between the side of a cell and its text.
const PAD: f32 = 1.2;
/// What closes a sheet never stands below fewer rows than this on a page of its own.
const LEAST: usize = 3;

/// A cell with its text broken into lines that fit.
struct Set<'c> {
    cell: &'c Cell,
    lines: Vec<Line>,
    style: Style,
    align: Align,
    width: f32,
}

/// Heights between which rows are dealt out over pages.
struct Room {
    /// On the page where the table begins, below its heading.
    first: f32,
    /// On every later page.
    later: f32,
    /// What stands below the last row.
    closing: f32,
}

impl Flow<'_, '_> {
    pub(super) fn table(&mut self, table: &Table, closing: f32) -> Result<(), PaperError> {
        let shares: f32 = table.columns.iter().map(|c| f32::from(c.share.max(1))).sum();
        let all = self.width();
        let widths: Vec<f32> = table.columns.iter().map(|c| f32::from(c.share.max(1)) / shares * all).collect();
        let head = Row::new(table.columns.iter().map(|c| Cell::heading(&c.title)));
        let titles = if table.headed { self.set_row(table, &head, &widths)? } else { Vec::new() };
        let head_height = if table.headed { row_height(table, &head, &titles) + 0.6 } else { 0.0 };
        let mut rows = Vec::with_capacity(table.rows.len());
        for (n, row) in table.rows.iter().enumerate() {
            self.pen.person.clone_from(&row.person);
            let filled: usize = row.cells.iter().map(Cell::columns).sum();
            if filled != table.columns.len() {
                let paper = self.sheet.title.clone();
                return Err(PaperError::ColumnsDiffer { paper, row: n + 1, cells: filled, columns: table.columns.len() });
            }
            rows.push(self.set_row(table, row, &widths)?);
        }
        let mut heights: Vec<f32> = rows.iter().zip(&table.rows).map(|(set, row)| row_height(table, row, set)).collect();
        self.y += 1.5;
        let room =
            Room { first: self.bottom() - self.y - head_height, later: self.bottom() - self.next_top() - 1.5 - head_height, closing };
        let keep: Vec<bool> = table.rows.iter().map(|r| r.keep).collect();
        let ends = deal(&heights, &keep, &room, self.y > self.size[1] / 2.0);
        if let [_] = ends.as_slice() {
            // Half a millimetre stays, or what closes the sheet would be pushed off by rounding.
            let over = (room.first - closing - heights.iter().sum::<f32>() - 0.5) / count(heights.len().max(1));
            let more = over.min(f32::from(table.stretch) / 10.0).max(0.0);
            heights.iter_mut().for_each(|h| *h += more);
        }
        let mut begin = 0;
        for (page, end) in ends.iter().copied().enumerate() {
            if page > 0 {
                self.pen.person.clear();
                self.break_page()?;
                self.y += 1.5;
            }
            if begin == end {
                continue;
            }
            if table.headed {
                self.draw_row(&titles, head_height, true)?;
            }
            for n in begin..end {
                self.pen.person.clone_from(&table.rows[n].person);
                self.draw_row(&rows[n], heights[n], n == begin && !table.headed)?;
            }
            self.pen.rule([self.left(), self.y], [self.right(), self.y], THICK, Colour::BLACK);
            begin = end;
        }
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
        // Lines that the text itself asks for do not count.
        let own = 1 + text.matches('\n').count();
        for (scale, most) in [(1.0, 1), (0.9, 1), (0.8, 1), (0.72, 1), (0.8, 2), (0.72, 2), (0.64, 2), (0.56, 3)] {
            let style = style.size((style.size * scale).max(SMALLEST));
            let lines = self.pen.lines(text, style, room)?;
            if lines.len() <= most * own {
                return Ok((lines, style));
            }
        }
        let style = style.size((style.size * 0.56).max(SMALLEST));
        Ok((self.pen.lines(text, style, room)?, style))
    }

    fn draw_row(&mut self, cells: &[Set<'_>], height: f32, first: bool) -> Result<(), PaperError> {
        let (top, bottom, left, right) = (self.y, self.y + height, self.left(), self.right());
        let mut x = left;
        for set in cells {
            if set.cell.heading {
                self.pen.items.push(rectangle(x, top, set.width, height, Paint { fill: Some(Colour::SHADE), stroke: None }));
            }
            x += set.width;
        }
        x = left;
        for (n, set) in cells.iter().enumerate() {
            if n > 0 {
                self.pen.rule([x, top], [x, bottom], THIN, Colour::BLACK);
            }
            self.draw_cell(set, x, top, height)?;
            x += set.width;
        }
        // Drawn anew over the ground of shaded cells.
        self.pen.rule([left, top], [right, top], if first { THICK } else { THIN }, Colour::BLACK);
        self.pen.rule([left, top], [left, bottom], THICK, Colour::BLACK);
        self.pen.rule([right, top], [right, bottom], THICK, Colour::BLACK);
        self.pen.rule([left, bottom], [right, bottom], THIN, Colour::BLACK);
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
}

/// Where each page's rows end. Whatever closes the sheet goes with the last [`LEAST`] rows, and a row that belongs to the
/// next is not parted from it. `late`: the table begins in the lower half, so it may rather begin on the next page.
fn deal(heights: &[f32], keep: &[bool], room: &Room, late: bool) -> Vec<usize> {
    let mut ends = Vec::new();
    let (mut begin, mut used, mut here) = (0, 0.0, room.first);
    if late && heights.iter().take(2).sum::<f32>() > room.first {
        ends.push(0);
        here = room.later;
    }
    let mut n = 0;
    while n < heights.len() {
        let after = if n + 1 == heights.len() { room.closing } else { 0.0 };
        if n > begin && used + heights[n] + after > here {
            let mut end = n;
            while end > begin + 1 && keep[end - 1] {
                end -= 1;
            }
            ends.push(end);
            (begin, n, used, here) = (end, end, 0.0, room.later);
            continue;
        }
        used += heights[n];
        n += 1;
    }
    let last = heights.len() - begin;
    if let Some(end) = ends.last_mut().filter(|end| last < LEAST && **end > 2 * LEAST) {
        let mut earlier = heights.len() - LEAST;
        while earlier > LEAST && keep[earlier - 1] {
            earlier -= 1;
        }
        if heights[earlier..].iter().sum::<f32>() + room.closing <= room.later {
            *end = earlier;
        }
    }
    ends.push(heights.len());
    ends
}

fn line_step(style: Style) -> f32 {
    style.size * POINT * 1.22
}

fn row_height(table: &Table, row: &Row, cells: &[Set<'_>]) -> f32 {
    let least = f32::from(if row.height > 0 { row.height } else { table.row_height }) / 10.0;
    let text = |set: &Set<'_>| line_step(set.style) * count(set.lines.len()) + 1.0;
    cells.iter().map(text).fold(least, f32::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_dealt_out() {
        let check = |rows: usize, first: f32, closing: f32, keep: &[usize], late: bool, expected: &[usize]| {
            let keep: Vec<bool> = (0..rows).map(|n| keep.contains(&n)).collect();
            let room = Room { first, later: 20.0, closing };
            assert_eq!(deal(&vec![1.0; rows], &keep, &room, late), expected, "{rows} {first} {closing} {keep:?}");
        };
        check(0, 10.0, 2.0, &[], false, &[0]);
        check(8, 10.0, 2.0, &[], false, &[8]);
        check(10, 10.0, 0.0, &[], false, &[10]);
        // One too many: the last page gets three, not one with the places to sign.
        check(9, 10.0, 2.0, &[], false, &[6, 9]);
        check(11, 10.0, 0.0, &[], false, &[8, 11]);
        check(31, 10.0, 2.0, &[], false, &[10, 28, 31]);
        check(35, 10.0, 2.0, &[], false, &[10, 30, 35]);
        // A heading goes with what it heads.
        check(14, 10.0, 0.0, &[9], false, &[9, 14]);
        check(14, 10.0, 0.0, &[8, 9], false, &[8, 14]);
        // A table that would begin with one row at the foot of a page begins on the next.
        check(5, 1.5, 0.0, &[], true, &[0, 5]);
        check(5, 1.5, 0.0, &[], false, &[1, 5]);
    }
}
