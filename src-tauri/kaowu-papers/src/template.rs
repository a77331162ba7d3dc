//! Certificate templates: data in millimetres (`assets/certificates/`), read and checked before anything is printed.

mod fields;
mod read;
mod words;

use crate::error::PaperError;
use crate::fonts::Face;
use crate::list::Colour;
use crate::pdf::decode_png;
use crate::pen::Align;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;
pub(crate) use words::{Hole, Part};

/// The templates that come with the program: id and content.
const BUILT_IN: [(&str, &str); 4] = [
    ("personal-honour", include_str!("../../../assets/certificates/personal-honour.toml")),
    ("personal-honour-vertical", include_str!("../../../assets/certificates/personal-honour-vertical.toml")),
    ("team-honour", include_str!("../../../assets/certificates/team-honour.toml")),
    ("medal-application", include_str!("../../../assets/certificates/medal-application.toml")),
];

/// A template, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// Its id: the file's name without `.toml`.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Page width in millimetres.
    pub width: f32,
    /// Page height.
    pub height: f32,
    pub(crate) faces: BTreeMap<Hole, Face>,
    pub(crate) frame: Option<Frame>,
    /// The picture behind everything, by its number.
    pub(crate) background: Option<usize>,
    pub(crate) fields: Vec<Field>,
    /// PNG files of background, seals and pictures.
    pub(crate) images: Vec<Vec<u8>>,
    /// Its text, of which the digest is made.
    text: String,
}

/// The drawn border and ground.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Frame {
    pub(crate) pattern: Pattern,
    pub(crate) inset: f32,
    pub(crate) band: f32,
    pub(crate) line: Colour,
    pub(crate) ground: Colour,
    pub(crate) rosette: Option<Colour>,
}

/// What fills the band of a border.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Pattern {
    /// 回纹
    Fret,
    /// 方胜纹
    Lozenge,
    /// Interlaced waves, as on papers of value.
    Guilloche,
}

/// One field, its texts taken apart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Field {
    Text(Text),
    Table { cells: Vec<Cell>, outline: [f32; 4], colour: Colour },
    Seal { at: [f32; 2], diameter: f32, image: Option<usize> },
    Qr { text: Vec<Part>, at: [f32; 2], side: f32 },
    Rule { at: [f32; 2], width: f32, colour: Colour, plain: bool },
    Picture { area: [f32; 4], image: usize },
}

/// A text within its room.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Text {
    pub(crate) text: Vec<Part>,
    /// Left, top, width, height; a single line stands in the middle of its thickness.
    pub(crate) area: [f32; 4],
    /// One line only.
    pub(crate) single: bool,
    /// Set from top to bottom, columns from right to left.
    pub(crate) vertical: bool,
    /// Along the line.
    pub(crate) align: Align,
    /// Across the lines.
    pub(crate) stand: Stand,
    /// Broken lines are spread to the full length.
    pub(crate) justify: bool,
    pub(crate) leading: f32,
    /// Of each paragraph's first line, in characters.
    pub(crate) indent: f32,
    pub(crate) look: Look,
}

/// A cell of a table: its outline, and a text where it has one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cell {
    pub(crate) area: [f32; 4],
    pub(crate) text: Option<Text>,
}

/// Where lines stand within their room: at the beginning, in the middle, at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Stand {
    #[default]
    Top,
    Middle,
    Bottom,
}

/// How a text of a template looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Look {
    pub(crate) face: Face,
    pub(crate) size: f32,
    pub(crate) min_size: f32,
    pub(crate) spacing: u32,
    pub(crate) colour: Colour,
}

impl Template {
    /// The templates that come with the program.
    pub fn built_in() -> Result<Vec<Self>, PaperError> {
        BUILT_IN.iter().map(|(id, text)| Self::parse(id, text, None)).collect()
    }

    /// One that comes with the program.
    pub fn of(id: &str) -> Result<Self, PaperError> {
        let known = || BUILT_IN.map(|(id, _)| id).join(", ");
        let found = BUILT_IN.iter().find(|(known, _)| *known == id);
        let (id, text) = found.ok_or_else(|| PaperError::TemplateUnknown { template: id.to_owned(), known: known() })?;
        Self::parse(id, text, None)
    }

    /// The text of one that comes with the program: where an office's own begins.
    pub fn source(id: &str) -> Result<String, PaperError> {
        Self::of(id).map(|template| template.text)
    }

    /// One of the program's by its id, or one of the office's own by the path of its `.toml` file.
    pub fn find(id_or_path: &str) -> Result<Self, PaperError> {
        if Self::is_file(id_or_path) { Self::load(Path::new(id_or_path)) } else { Self::of(id_or_path) }
    }

    /// Whether a template's name is the path of a file.
    pub fn is_file(id_or_path: &str) -> bool {
        id_or_path.ends_with(".toml")
    }

    /// One of the office's own; its pictures lie beside it.
    pub fn load(path: &Path) -> Result<Self, PaperError> {
        let id = path.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let unreadable = |e: std::io::Error| PaperError::TemplateUnreadable { template: path.display().to_string(), detail: e.to_string() };
        Self::parse(&id, &std::fs::read_to_string(path).map_err(unreadable)?, path.parent())
    }

    /// Reads a template; `folder` holds its pictures.
    pub fn parse(id: &str, text: &str, folder: Option<&Path>) -> Result<Self, PaperError> {
        read::read(id, text, folder)
    }

    /// With this picture of a seal (a PNG file) in every place for one.
    pub fn with_seal(mut self, png: Vec<u8>, file: &str) -> Result<Self, PaperError> {
        decode_png(&png, file)?;
        self.images.push(png);
        let number = self.images.len() - 1;
        for field in &mut self.fields {
            if let Field::Seal { image, .. } = field {
                *image = Some(number);
            }
        }
        Ok(self)
    }

    /// With this picture (a PNG file) behind everything, in place of the drawn ground and border.
    pub fn with_background(mut self, png: Vec<u8>, file: &str) -> Result<Self, PaperError> {
        decode_png(&png, file)?;
        self.images.push(png);
        (self.background, self.frame) = (Some(self.images.len() - 1), None);
        Ok(self)
    }

    /// SHA-256 over its text and pictures: whether a reprint would look like the first print.
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        for part in std::iter::once(self.text.as_bytes()).chain(self.images.iter().map(Vec::as_slice)) {
            hash.update(Sha256::digest(part));
        }
        hex::encode(hash.finalize())
    }
}
