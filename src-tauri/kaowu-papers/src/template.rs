//! Certificate templates: data in millimetres (`assets/certificates/`), read and checked before anything is printed.

use crate::error::PaperError;
use crate::fonts::Face;
use crate::list::Colour;
use crate::pdf::decode_png;
use crate::pen::Align;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// The templates that come with the program: id and content.
const BUILT_IN: [(&str, &str); 2] = [
    ("personal-honour", include_str!("../../../assets/certificates/personal-honour.toml")),
    ("team-honour", include_str!("../../../assets/certificates/team-honour.toml")),
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
    pub(crate) fields: Vec<Field>,
    /// PNG files of background and seal.
    pub(crate) images: Vec<Vec<u8>>,
}

/// What a certificate fills in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Hole {
    Name,
    Honorific,
    Unit,
    Event,
    Award,
    Grounds,
    Issuer,
    Date,
    Number,
    Members,
    Verification,
}

const HOLES: [(&str, Hole); 11] = [
    ("name", Hole::Name),
    ("honorific", Hole::Honorific),
    ("unit", Hole::Unit),
    ("event", Hole::Event),
    ("award", Hole::Award),
    ("grounds", Hole::Grounds),
    ("issuer", Hole::Issuer),
    ("date", Hole::Date),
    ("number", Hole::Number),
    ("members", Hole::Members),
    ("verification", Hole::Verification),
];

/// A stretch of a template's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    Words(String),
    Hole(Hole),
    /// `[…]`: left out when a hole in it is empty.
    Optional(Vec<Part>),
}

/// The drawn border.
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
}

/// One field, its texts taken apart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Field {
    Line { text: Vec<Part>, at: [f32; 2], width: f32, align: Align, look: Look },
    Paragraph { text: Vec<Part>, at: [f32; 2], width: f32, height: f32, leading: f32, indent: f32, look: Look },
    Seal { at: [f32; 2], diameter: f32, text: String, image: Option<usize> },
    Qr { text: Vec<Part>, at: [f32; 2], side: f32 },
    Rule { at: [f32; 2], width: f32, colour: Colour },
    Picture { at: [f32; 2], width: f32, height: f32, image: usize },
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTemplate {
    name: String,
    width: f32,
    height: f32,
    #[serde(default)]
    faces: BTreeMap<Hole, Face>,
    frame: Option<RawFrame>,
    field: Vec<RawField>,
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

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Line,
    Paragraph,
    Seal,
    Qr,
    Rule,
    Picture,
}

/// All keys a field can have; which of them a kind needs is said in [`Reader::field`].
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawField {
    kind: Kind,
    x: f32,
    y: f32,
    width: Option<f32>,
    height: Option<f32>,
    text: Option<String>,
    face: Option<Face>,
    size: Option<f32>,
    min_size: Option<f32>,
    spacing: Option<u32>,
    colour: Option<String>,
    align: Option<Align>,
    leading: Option<f32>,
    indent: Option<f32>,
    image: Option<String>,
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
        let (id, text) = found.ok_or_else(|| wrong(id, "template", id, &known()))?;
        Self::parse(id, text, None)
    }

    /// One of the office's own; its pictures lie beside it.
    pub fn load(path: &Path) -> Result<Self, PaperError> {
        let id = path.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let unreadable = |e: std::io::Error| PaperError::TemplateUnreadable { template: path.display().to_string(), detail: e.to_string() };
        Self::parse(&id, &std::fs::read_to_string(path).map_err(unreadable)?, path.parent())
    }

    /// Reads a template; `folder` holds its pictures.
    pub fn parse(id: &str, text: &str, folder: Option<&Path>) -> Result<Self, PaperError> {
        let unreadable = |e: toml::de::Error| PaperError::TemplateUnreadable { template: id.to_owned(), detail: one_line(&e.to_string()) };
        let raw: RawTemplate = toml::from_str(text).map_err(unreadable)?;
        let mut reader = Reader { id, folder, images: Vec::new(), width: raw.width, height: raw.height };
        reader.range("width", raw.width, 50.0, 1000.0)?;
        reader.range("height", raw.height, 50.0, 1000.0)?;
        let frame = raw.frame.map(|f| reader.frame(&f)).transpose()?;
        let fields = raw.field.iter().enumerate().map(|(n, f)| reader.field(n + 1, f)).collect::<Result<_, _>>()?;
        let images = reader.images;
        Ok(Self { id: id.to_owned(), name: raw.name, width: raw.width, height: raw.height, faces: raw.faces, frame, fields, images })
    }
}

struct Reader<'t> {
    id: &'t str,
    folder: Option<&'t Path>,
    images: Vec<Vec<u8>>,
    width: f32,
    height: f32,
}

impl Reader<'_> {
    fn range(&self, key: &str, value: f32, least: f32, most: f32) -> Result<f32, PaperError> {
        let fits = (least..=most).contains(&value);
        fits.then_some(value).ok_or_else(|| wrong(self.id, key, &value.to_string(), &format!("{least} … {most}")))
    }

    fn need<T>(&self, key: &str, value: Option<T>) -> Result<T, PaperError> {
        value.ok_or_else(|| wrong(self.id, key, "", "…"))
    }

    fn colour(&self, key: &str, text: &str) -> Result<Colour, PaperError> {
        Colour::parse(text).ok_or_else(|| wrong(self.id, key, text, "#RRGGBB"))
    }

    fn frame(&self, raw: &RawFrame) -> Result<Frame, PaperError> {
        let most = self.width.min(self.height) / 4.0;
        Ok(Frame {
            pattern: raw.pattern,
            inset: self.range("frame.inset", raw.inset, 0.0, most)?,
            band: self.range("frame.band", raw.band, 2.0, most)?,
            line: self.colour("frame.line", &raw.line)?,
            ground: self.colour("frame.ground", &raw.ground)?,
            rosette: raw.rosette.as_deref().map(|c| self.colour("frame.rosette", c)).transpose()?,
        })
    }

    fn field(&mut self, n: usize, raw: &RawField) -> Result<Field, PaperError> {
        let key = |name: &str| format!("field {n}: {name}");
        let at = [self.range(&key("x"), raw.x, 0.0, self.width)?, self.range(&key("y"), raw.y, 0.0, self.height)?];
        let measure = |name: &str, value: Option<f32>, most: f32| self.range(&key(name), self.need(&key(name), value)?, 1.0, most);
        let colour = |default: Colour| raw.colour.as_deref().map_or(Ok(default), |c| self.colour(&key("colour"), c));
        let look = || {
            let size = measure("size", raw.size, 300.0)?;
            Ok(Look {
                face: raw.face.unwrap_or(Face::Text),
                size,
                min_size: self.range(&key("min_size"), raw.min_size.unwrap_or(size * 0.6), 4.0, size)?,
                spacing: raw.spacing.unwrap_or(0),
                colour: colour(Colour::BLACK)?,
            })
        };
        let text = || parts(self.id, &key("text"), self.need(&key("text"), raw.text.as_deref())?);
        Ok(match raw.kind {
            Kind::Line => {
                let width = measure("width", raw.width, self.width)?;
                Field::Line { text: text()?, at, width, align: raw.align.unwrap_or_default(), look: look()? }
            }
            Kind::Paragraph => Field::Paragraph {
                text: text()?,
                at,
                width: measure("width", raw.width, self.width - at[0])?,
                height: measure("height", raw.height, self.height - at[1])?,
                leading: self.range(&key("leading"), raw.leading.unwrap_or(1.7), 1.0, 4.0)?,
                indent: self.range(&key("indent"), raw.indent.unwrap_or(2.0), 0.0, 10.0)?,
                look: look()?,
            },
            Kind::Seal => {
                let (diameter, text) = (measure("width", raw.width, self.width)?, raw.text.clone().unwrap_or_default());
                Field::Seal { at, diameter, text, image: raw.image.as_deref().map(|f| self.image(f)).transpose()? }
            }
            Kind::Qr => Field::Qr { text: text()?, at, side: measure("width", raw.width, self.width)? },
            Kind::Rule => Field::Rule { at, width: measure("width", raw.width, self.width)?, colour: colour(Colour::BLACK)? },
            Kind::Picture => {
                let (width, height) = (measure("width", raw.width, self.width)?, measure("height", raw.height, self.height)?);
                let file = self.need(&key("image"), raw.image.as_deref())?;
                Field::Picture { at, width, height, image: self.image(file)? }
            }
        })
    }

    fn image(&mut self, file: &str) -> Result<usize, PaperError> {
        let unreadable = |detail: String| PaperError::ImageUnreadable { file: file.to_owned(), detail };
        let path = self.folder.unwrap_or(Path::new("")).join(file);
        let png = std::fs::read(&path).map_err(|e| unreadable(e.to_string()))?;
        decode_png(&png, file)?;
        self.images.push(png);
        Ok(self.images.len() - 1)
    }
}

fn wrong(template: &str, key: &str, value: &str, expected: &str) -> PaperError {
    PaperError::TemplateWrong { template: template.to_owned(), key: key.to_owned(), value: value.to_owned(), expected: expected.to_owned() }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes `在{event}中[，{grounds}]` apart.
fn parts(template: &str, key: &str, text: &str) -> Result<Vec<Part>, PaperError> {
    let unclosed = |mark: &str| wrong(template, key, text, mark);
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '[', ']', '}']) {
        let (before, after) = rest.split_at(at);
        if !before.is_empty() {
            out.push(Part::Words(before.to_owned()));
        }
        let mark = &after[..1];
        let (inside, next) = match mark {
            "{" => after[1..].split_once('}').ok_or_else(|| unclosed("{ }"))?,
            "[" => after[1..].split_once(']').ok_or_else(|| unclosed("[ ]"))?,
            _ => return Err(unclosed("{ } [ ]")),
        };
        out.push(if mark == "{" {
            let names = || HOLES.map(|(name, _)| format!("{{{name}}}")).join(" ");
            let hole = HOLES.iter().find(|(name, _)| *name == inside).ok_or_else(|| wrong(template, key, inside, &names()))?;
            Part::Hole(hole.1)
        } else {
            Part::Optional(parts(template, key, inside)?)
        });
        rest = next;
    }
    if !rest.is_empty() {
        out.push(Part::Words(rest.to_owned()));
    }
    Ok(out)
}
