//! The fields of a template as they are written, and what becomes of them.

use super::read::{Fault, Reader, wrong};
use super::words::parts;
use super::{Cell, Field, Look, Stand, Text};
use crate::fonts::Face;
use crate::list::Colour;
use crate::pen::Align;
use serde::Deserialize;
use toml::Spanned;

/// Between a cell's line and its text, in millimetres.
const PADDING: f32 = 1.4;
/// Columns or rows of a table at most.
const MOST_LINES: usize = 60;

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Line,
    Paragraph,
    Table,
    Seal,
    Qr,
    Rule,
    Picture,
}

/// How a text looks, in a field and in a cell.
#[derive(Deserialize, Default, Clone)]
struct RawLook {
    face: Option<Face>,
    size: Option<f32>,
    min_size: Option<f32>,
    spacing: Option<u32>,
    colour: Option<String>,
    align: Option<Align>,
    stand: Option<Stand>,
    leading: Option<f32>,
    indent: Option<f32>,
    #[serde(default)]
    vertical: bool,
}

/// All keys a field can have; which of them a kind needs is said in [`Reader::field`].
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawField {
    kind: Kind,
    x: f32,
    y: f32,
    width: Option<f32>,
    height: Option<f32>,
    text: Option<String>,
    image: Option<String>,
    /// Widths of a table's columns, heights of its rows.
    columns: Option<Vec<f32>>,
    rows: Option<Vec<f32>>,
    #[serde(default)]
    cell: Vec<Spanned<RawCell>>,
    /// A rule without its ornament.
    #[serde(default)]
    plain: bool,
    face: Option<Face>,
    size: Option<f32>,
    min_size: Option<f32>,
    spacing: Option<u32>,
    colour: Option<String>,
    align: Option<Align>,
    stand: Option<Stand>,
    leading: Option<f32>,
    indent: Option<f32>,
    #[serde(default)]
    vertical: bool,
}

/// A cell: where it begins, from 1; how many rows and columns it takes; its text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCell {
    row: usize,
    column: usize,
    #[serde(default = "one")]
    rows: usize,
    #[serde(default = "one")]
    columns: usize,
    #[serde(default)]
    text: String,
    face: Option<Face>,
    size: Option<f32>,
    min_size: Option<f32>,
    spacing: Option<u32>,
    colour: Option<String>,
    align: Option<Align>,
    stand: Option<Stand>,
    leading: Option<f32>,
    indent: Option<f32>,
    #[serde(default)]
    vertical: bool,
}

fn one() -> usize {
    1
}

/// serde cannot both flatten and refuse unknown keys: the keys of a look stand in both structs and come out here.
macro_rules! look_of {
    ($raw:expr) => {
        RawLook {
            face: $raw.face,
            size: $raw.size,
            min_size: $raw.min_size,
            spacing: $raw.spacing,
            colour: $raw.colour.clone(),
            align: $raw.align,
            stand: $raw.stand,
            leading: $raw.leading,
            indent: $raw.indent,
            vertical: $raw.vertical,
        }
    };
}

impl Reader<'_> {
    pub(super) fn field(&mut self, raw: &RawField) -> Result<Field, Fault> {
        let at = [self.range("x", raw.x, 0.0, self.width)?, self.range("y", raw.y, 0.0, self.height)?];
        let text = || parts("text", self.need("text", raw.text.as_deref())?);
        let look = look_of!(raw);
        Ok(match raw.kind {
            Kind::Line => {
                let name = if raw.vertical { "height" } else { "width" };
                let long = self.measure(name, if raw.vertical { raw.height } else { raw.width }, self.width.max(self.height))?;
                let styled = self.look(&look, None)?;
                let thick = styled.size * crate::pen::POINT * 1.2;
                let before = match raw.align.unwrap_or_default() {
                    Align::Left => 0.0,
                    Align::Centre => long / 2.0,
                    Align::Right => long,
                };
                let area = if raw.vertical {
                    [at[0] - thick / 2.0, at[1] - before, thick, long]
                } else {
                    [at[0] - before, at[1] - thick / 2.0, long, thick]
                };
                self.within(name, long, area)?;
                Field::Text(Text { single: true, stand: Stand::Middle, ..self.text(text()?, area, &look, styled, 1.0, 0.0)? })
            }
            Kind::Paragraph => {
                let (w, h) = (self.measure("width", raw.width, self.width)?, self.measure("height", raw.height, self.height)?);
                let area = [at[0], at[1], w, h];
                self.within(if at[0] + w > self.width { "width" } else { "height" }, if at[0] + w > self.width { w } else { h }, area)?;
                let styled = self.look(&look, None)?;
                let justify = raw.align.unwrap_or_default() == Align::Left;
                Field::Text(Text { justify, ..self.text(text()?, area, &look, styled, 1.7, 2.0)? })
            }
            Kind::Table => self.table(raw, at, &look)?,
            Kind::Seal => {
                let diameter = self.measure("width", raw.width, self.width)?;
                Field::Seal { at, diameter, image: raw.image.as_deref().map(|f| self.image(f)).transpose()? }
            }
            Kind::Qr => Field::Qr { text: text()?, at, side: self.measure("width", raw.width, self.width)? },
            Kind::Rule => {
                let colour = self.colour_or(raw.colour.as_deref(), Colour::BLACK)?;
                Field::Rule { at, width: self.measure("width", raw.width, self.width)?, colour, plain: raw.plain }
            }
            Kind::Picture => {
                let (w, h) = (self.measure("width", raw.width, self.width)?, self.measure("height", raw.height, self.height)?);
                let file = self.need("image", raw.image.as_deref())?;
                Field::Picture { area: [at[0], at[1], w, h], image: self.image(file)? }
            }
        })
    }

    fn table(&self, raw: &RawField, [x, y]: [f32; 2], look: &RawLook) -> Result<Field, Fault> {
        let lines = |name: &str, sizes: Option<&Vec<f32>>, from: f32, end: f32| {
            let sizes = self.need(name, sizes)?;
            let mut edges = vec![from];
            for size in sizes.iter().take(MOST_LINES) {
                let last = edges.last().copied().unwrap_or(from);
                edges.push(last + self.range(name, *size, 1.0, end - last)?);
            }
            if sizes.is_empty() || sizes.len() > MOST_LINES {
                return Err(wrong(name, &sizes.len().to_string(), &format!("1 … {MOST_LINES}")));
            }
            Ok(edges)
        };
        let (across, down) = (lines("columns", raw.columns.as_ref(), x, self.width)?, lines("rows", raw.rows.as_ref(), y, self.height)?);
        let (columns, rows) = (across.len() - 1, down.len() - 1);
        let mut taken = vec![vec![false; columns]; rows];
        let mut cells = Vec::new();
        for (n, spanned) in (1..).zip(&raw.cell) {
            let cell = spanned.get_ref();
            let place = |fault: Fault| fault.inside(&format!("cell {n}: "), spanned.span().start);
            let least = |name: &str, value: usize, most: usize| {
                let fits = (1..=most).contains(&value);
                fits.then_some(value).ok_or_else(|| place(wrong(name, &value.to_string(), &format!("1 … {most}"))))
            };
            let (row, column) = (least("row", cell.row, rows)? - 1, least("column", cell.column, columns)? - 1);
            let (tall, wide) = (least("rows", cell.rows, rows - row)?, least("columns", cell.columns, columns - column)?);
            for taken in taken.iter_mut().skip(row).take(tall) {
                for square in taken.iter_mut().skip(column).take(wide) {
                    if std::mem::replace(square, true) {
                        return Err(place(wrong("row", &cell.row.to_string(), "□")));
                    }
                }
            }
            let area = [across[column], down[row], across[column + wide] - across[column], down[row + tall] - down[row]];
            let text = if cell.text.is_empty() { None } else { Some(self.cell(cell, area, look).map_err(place)?) };
            cells.push(Cell { area, text });
        }
        for (row, taken) in taken.iter().enumerate() {
            for (column, _) in taken.iter().enumerate().filter(|(_, t)| !**t) {
                let area = [across[column], down[row], across[column + 1] - across[column], down[row + 1] - down[row]];
                cells.push(Cell { area, text: None });
            }
        }
        let outline = [x, y, across[columns] - x, down[rows] - y];
        Ok(Field::Table { cells, outline, colour: self.colour_or(raw.colour.as_deref(), Colour::BLACK)? })
    }

    fn cell(&self, raw: &RawCell, [x, y, w, h]: [f32; 4], table: &RawLook) -> Result<Text, Fault> {
        let own = look_of!(raw);
        let look = RawLook {
            face: own.face.or(table.face),
            size: own.size.or(table.size),
            min_size: own.min_size.or(table.min_size),
            align: own.align.or(Some(Align::Centre)),
            stand: own.stand.or(Some(Stand::Middle)),
            ..own
        };
        let styled = self.look(&look, Some(5.0))?;
        let room = [x + PADDING, y + PADDING, (w - 2.0 * PADDING).max(0.1), (h - 2.0 * PADDING).max(0.1)];
        self.text(parts("text", &raw.text)?, room, &look, styled, 1.3, 0.0)
    }

    fn text(&self, text: Vec<super::Part>, area: [f32; 4], raw: &RawLook, look: Look, leading: f32, indent: f32) -> Result<Text, Fault> {
        Ok(Text {
            text,
            area,
            single: false,
            vertical: raw.vertical,
            align: raw.align.unwrap_or_default(),
            stand: raw.stand.unwrap_or_default(),
            justify: false,
            leading: self.range("leading", raw.leading.unwrap_or(leading), 1.0, 4.0)?,
            indent: self.range("indent", raw.indent.unwrap_or(indent), 0.0, 10.0)?,
            look,
        })
    }

    fn look(&self, raw: &RawLook, least: Option<f32>) -> Result<Look, Fault> {
        let size = self.measure("size", raw.size, 300.0)?;
        let smallest = raw.min_size.unwrap_or(least.unwrap_or(size * 0.6).min(size));
        Ok(Look {
            face: raw.face.unwrap_or(Face::Text),
            size,
            min_size: self.range("min_size", smallest, 4.0, size)?,
            spacing: raw.spacing.unwrap_or(0),
            colour: self.colour_or(raw.colour.as_deref(), Colour::BLACK)?,
        })
    }

    fn colour_or(&self, text: Option<&str>, usual: Colour) -> Result<Colour, Fault> {
        text.map_or(Ok(usual), |text| self.colour("colour", text))
    }

    fn need<T>(&self, key: &str, value: Option<T>) -> Result<T, Fault> {
        value.ok_or_else(|| wrong(key, "", "…"))
    }

    fn measure(&self, name: &str, value: Option<f32>, most: f32) -> Result<f32, Fault> {
        self.range(name, self.need(name, value)?, 1.0, most)
    }

    /// What would be set beyond the paper's edge is refused while the template is read.
    fn within(&self, key: &str, value: f32, [x, y, w, h]: [f32; 4]) -> Result<(), Fault> {
        let inside = x >= 0.0 && y >= 0.0 && x + w <= self.width && y + h <= self.height;
        if inside { Ok(()) } else { Err(wrong(key, &value.to_string(), &format!("{} × {}", self.width, self.height))) }
    }
}
