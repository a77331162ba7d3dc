//! Reading a template: every fault names the line in the file, the key, what stands there and what may.

use super::fields::RawField;
use super::{Frame, Pattern, Template};
use crate::error::PaperError;
use crate::fonts::Face;
use crate::list::Colour;
use crate::pdf::decode_png;
use crate::template::Hole;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTemplate {
    name: String,
    width: f32,
    height: f32,
    background: Option<String>,
    #[serde(default)]
    faces: BTreeMap<Hole, Face>,
    frame: Option<Spanned<RawFrame>>,
    field: Vec<Spanned<RawField>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFrame {
    pattern: Pattern,
    inset: f32,
    band: f32,
    line: String,
    ground: String,
    rosette: Option<String>,
}

/// What is wrong, before the line is known.
pub(super) enum Fault {
    /// `from`: where its cell begins, in bytes of the file; none for the field itself.
    Wrong {
        key: String,
        value: String,
        expected: String,
        from: Option<usize>,
    },
    Image(PaperError),
}

impl Fault {
    /// The same, in a cell of a table.
    pub(super) fn inside(self, place: &str, from: usize) -> Self {
        match self {
            Self::Wrong { key, value, expected, .. } => Self::Wrong { key: format!("{place}{key}"), value, expected, from: Some(from) },
            Self::Image(error) => Self::Image(error),
        }
    }
}

pub(super) fn wrong(key: &str, value: &str, expected: &str) -> Fault {
    Fault::Wrong { key: key.to_owned(), value: value.to_owned(), expected: expected.to_owned(), from: None }
}

pub(super) fn read(id: &str, text: &str, folder: Option<&Path>) -> Result<Template, PaperError> {
    let unreadable = |e: toml::de::Error| PaperError::TemplateUnreadable { template: id.to_owned(), detail: one_line(&e.to_string()) };
    let raw: RawTemplate = toml::from_str(text).map_err(unreadable)?;
    let said = |from: usize, place: String| move |fault: Fault| told(id, text, from, &place, fault);
    let mut reader = Reader { folder, images: Vec::new(), files: Vec::new(), width: raw.width, height: raw.height };
    reader.range("width", raw.width, 50.0, 1000.0).map_err(said(0, String::new()))?;
    reader.range("height", raw.height, 50.0, 1000.0).map_err(said(0, String::new()))?;
    let background = raw.background.as_deref().map(|f| reader.image(f)).transpose().map_err(said(0, String::new()))?;
    let mut frame = None;
    if let Some(raw) = &raw.frame {
        frame = Some(reader.frame(raw.get_ref()).map_err(said(raw.span().start, "frame: ".to_owned()))?);
    }
    let mut fields = Vec::new();
    for (n, raw) in (1..).zip(&raw.field) {
        fields.push(reader.field(raw.get_ref()).map_err(said(raw.span().start, format!("field {n}: ")))?);
    }
    Ok(Template {
        id: id.to_owned(),
        name: raw.name,
        width: raw.width,
        height: raw.height,
        faces: raw.faces,
        frame,
        background,
        fields,
        images: reader.images,
        text: text.to_owned(),
    })
}

/// The fault with the line on which its key stands, or its field begins.
fn told(id: &str, text: &str, from: usize, place: &str, fault: Fault) -> PaperError {
    let (key, value, expected, from) = match fault {
        Fault::Wrong { key, value, expected, from: cell } => (key, value, expected, cell.unwrap_or(from)),
        Fault::Image(error) => return error,
    };
    let first = text.get(..from).unwrap_or_default().matches('\n').count();
    let name = key.rsplit(' ').next().unwrap_or_default();
    let lines = text.lines().enumerate().skip(first);
    // Not beyond this field, and the wrong value before another of the same name.
    let own = lines.enumerate().take_while(|(n, (_, line))| *n == 0 || !line.starts_with("[[")).map(|(_, found)| found);
    let keyed: Vec<(usize, &str)> =
        own.filter(|(_, line)| line.trim_start().strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with('='))).collect();
    let exact = keyed.iter().find(|(_, line)| !value.is_empty() && line.contains(&value)).or(keyed.first());
    let line = exact.map_or(first, |(n, _)| *n) + 1;
    PaperError::TemplateWrong { template: id.to_owned(), line, key: format!("{place}{key}"), value, expected }
}

pub(super) struct Reader<'t> {
    folder: Option<&'t Path>,
    images: Vec<Vec<u8>>,
    files: Vec<String>,
    pub(super) width: f32,
    pub(super) height: f32,
}

impl Reader<'_> {
    pub(super) fn range(&self, key: &str, value: f32, least: f32, most: f32) -> Result<f32, Fault> {
        let fits = (least..=most).contains(&value);
        fits.then_some(value).ok_or_else(|| wrong(key, &value.to_string(), &format!("{least} … {most}")))
    }

    pub(super) fn colour(&self, key: &str, text: &str) -> Result<Colour, Fault> {
        Colour::parse(text).ok_or_else(|| wrong(key, text, "#RRGGBB"))
    }

    fn frame(&self, raw: &RawFrame) -> Result<Frame, Fault> {
        let most = self.width.min(self.height) / 4.0;
        Ok(Frame {
            pattern: raw.pattern,
            inset: self.range("inset", raw.inset, 0.0, most)?,
            band: self.range("band", raw.band, 2.0, most)?,
            line: self.colour("line", &raw.line)?,
            ground: self.colour("ground", &raw.ground)?,
            rosette: raw.rosette.as_deref().map(|c| self.colour("rosette", c)).transpose()?,
        })
    }

    /// The number of a picture; a file used twice is kept once.
    pub(super) fn image(&mut self, file: &str) -> Result<usize, Fault> {
        if let Some(known) = self.files.iter().position(|f| f == file) {
            return Ok(known);
        }
        let unreadable = |detail: String| PaperError::ImageUnreadable { file: file.to_owned(), detail };
        let path = self.folder.unwrap_or(Path::new("")).join(file);
        let png = std::fs::read(&path).map_err(|e| Fault::Image(unreadable(e.to_string())))?;
        decode_png(&png, file).map_err(Fault::Image)?;
        self.images.push(png);
        self.files.push(file.to_owned());
        Ok(self.images.len() - 1)
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
