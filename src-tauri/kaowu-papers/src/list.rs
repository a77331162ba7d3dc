//! What to draw: pages of texts, lines, paths, pictures and QR codes. Millimetres from the top left corner, y downwards.
//!
//! A back end draws this list and need know nothing else; texts are already split so that each has one font.

use crate::fonts::FontNo;
use crate::qr::Qr;

/// A colour of the screen, 0–255 a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// Text and rules.
    pub const BLACK: Self = Self(0, 0, 0);
    /// Seals, strikes.
    pub const RED: Self = Self(0xC0, 0x18, 0x18);
    /// Small print.
    pub const GREY: Self = Self(0x55, 0x55, 0x55);
    /// Ground of headings.
    pub const SHADE: Self = Self(0xF0, 0xF0, 0xF0);

    /// Reads `#RRGGBB`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|d| d.len() == 6 && d.is_ascii())?;
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Self(part(0)?, part(2)?, part(4)?))
    }
}

/// A pen for lines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub colour: Colour,
    /// Its width in millimetres.
    pub width: f32,
}

/// How an area is painted.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Paint {
    /// Inside.
    pub fill: Option<Colour>,
    /// Border.
    pub stroke: Option<Stroke>,
}

/// A piece of a path.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Segment {
    /// Start here.
    Move(f32, f32),
    /// A straight line to here.
    Line(f32, f32),
    /// A cubic curve: two handles, the end.
    Curve([f32; 6]),
    /// Back to the start.
    Close,
}

/// A text in one font.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Left end of the baseline.
    pub x: f32,
    /// The baseline.
    pub y: f32,
    /// The font.
    pub font: FontNo,
    /// Size in points.
    pub size: f32,
    /// Space after each character, in points.
    pub spacing: f32,
    /// Degrees against the clock.
    pub turn: f32,
    /// Colour.
    pub colour: Colour,
    /// The text.
    pub text: String,
}

/// One thing to draw.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A text.
    Text(Run),
    /// Lines and areas.
    Path(Vec<Segment>, Paint),
    /// A picture of the document by its number: x, y, width, height.
    Image(usize, [f32; 4]),
    /// A QR code: x, y, side of its square.
    Qr(Qr, [f32; 3]),
    /// A shared drawing of the document by its number.
    Art(usize),
    /// Everything after it is moved: right, down.
    Shift([f32; 2]),
}

/// A page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// What stands on it, the lowest first.
    pub items: Vec<Item>,
}

/// What is the same on many pages and stored once a file.
#[derive(Debug, Clone, Default)]
pub struct Shared {
    /// Title of the document.
    pub title: String,
    /// PNG files.
    pub images: Vec<Vec<u8>>,
    /// Drawings of paths, for pages of this height.
    pub art: Vec<Vec<(Vec<Segment>, Paint)>>,
}

/// A straight line.
pub fn line(x1: f32, y1: f32, x2: f32, y2: f32, stroke: Stroke) -> Item {
    Item::Path(vec![Segment::Move(x1, y1), Segment::Line(x2, y2)], Paint { fill: None, stroke: Some(stroke) })
}

/// A rectangle by its upper left corner.
pub fn rectangle(x: f32, y: f32, w: f32, h: f32, paint: Paint) -> Item {
    Item::Path(rectangle_path(x, y, w, h), paint)
}

/// The path of a rectangle.
pub fn rectangle_path(x: f32, y: f32, w: f32, h: f32) -> Vec<Segment> {
    vec![Segment::Move(x, y), Segment::Line(x + w, y), Segment::Line(x + w, y + h), Segment::Line(x, y + h), Segment::Close]
}

/// The path of a circle.
pub fn circle_path(x: f32, y: f32, radius: f32) -> Vec<Segment> {
    // The usual handle length for a quarter of a circle.
    let k = radius * 0.5523;
    let r = radius;
    vec![
        Segment::Move(x + r, y),
        Segment::Curve([x + r, y + k, x + k, y + r, x, y + r]),
        Segment::Curve([x - k, y + r, x - r, y + k, x - r, y]),
        Segment::Curve([x - r, y - k, x - k, y - r, x, y - r]),
        Segment::Curve([x + k, y - r, x + r, y - k, x + r, y]),
        Segment::Close,
    ]
}
