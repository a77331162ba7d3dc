//! One certificate on its template.

use crate::error::PaperError;
use crate::fonts::{Face, Fonts};
use crate::foot::watermark;
use crate::frame;
use crate::list::{Colour, Item, Page, Paint, Segment, Shared, Stroke, circle_path};
use crate::pdf;
use crate::pen::{Align, POINT, Pen, Style, count, em, room_in};
use crate::qr::Qr;
use crate::template::{Field, Hole, Look, Part, Template};
use crate::wrap::{Line, Span, wrap};
use serde::{Deserialize, Serialize};

/// Bytes that the largest QR code holds at its reserve of 15 %.
const LONGEST_QR: usize = 2331;
/// A last line shorter than this (thousandths of the size) looks forgotten.
const LONELY: u32 = 3500;

/// What one certificate says. Empty fields leave their places empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Certificate {
    /// Person or team.
    pub name: String,
    /// After the name: 同志.
    #[serde(default)]
    pub honorific: String,
    /// The unit.
    #[serde(default)]
    pub unit: String,
    /// The event.
    pub event: String,
    /// The award.
    pub award: String,
    /// On what grounds: 综合成绩第一名.
    #[serde(default)]
    pub grounds: String,
    /// Who issues it.
    pub issuer: String,
    /// Date as it is printed, see [`crate::numerals::chinese_date`].
    pub date: String,
    /// Number of the certificate.
    pub number: String,
    /// Members of a team.
    #[serde(default)]
    pub members: Vec<String>,
    /// Text of the QR code, signed by the caller; empty for none.
    #[serde(default)]
    pub verification: String,
}

/// By how much everything on a page is moved, in micrometres, to meet paper that was printed on before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adjust {
    /// To the right; negative to the left.
    pub right_um: i32,
    /// Downwards; negative upwards.
    pub down_um: i32,
}

impl Adjust {
    #[allow(clippy::cast_precision_loss, reason = "micrometres of a page")]
    fn millimetres(self) -> [f32; 2] {
        [self.right_um, self.down_um].map(|um| um as f32 / 1000.0)
    }
}

impl Certificate {
    fn value(&self, hole: Hole) -> String {
        match hole {
            Hole::Name => self.name.clone(),
            Hole::Honorific => self.honorific.clone(),
            Hole::Unit => self.unit.clone(),
            Hole::Event => self.event.clone(),
            Hole::Award => self.award.clone(),
            Hole::Grounds => self.grounds.clone(),
            Hole::Issuer => self.issuer.clone(),
            Hole::Date => self.date.clone(),
            Hole::Number => self.number.clone(),
            Hole::Members => self.members.join("　"),
            Hole::Verification => self.verification.clone(),
        }
    }
}

/// Lays a certificate out without keeping it: every character has a glyph and every text its room.
pub fn check(template: &Template, certificate: &Certificate, fonts: &Fonts) -> Result<(), PaperError> {
    if certificate.verification.len() > LONGEST_QR {
        return Err(PaperError::QrTooLong { person: certificate.name.clone(), bytes: certificate.verification.len() });
    }
    let mut press = Press { template, certificate, pen: Pen::new(fonts) };
    press.pen.person.clone_from(&certificate.name);
    template.fields.iter().filter(|f| !matches!(f, Field::Qr { .. })).try_for_each(|f| press.field(f))
}

/// Prints one certificate.
pub fn certificate(template: &Template, certificate: &Certificate, fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    pdf::write(vec![page(template, certificate, Adjust::default(), false, fonts)?], &shared(template, &certificate.name), fonts)
}

/// What all certificates of a file share.
pub(crate) fn shared(template: &Template, title: &str) -> Shared {
    let art = template.frame.iter().map(|f| frame::draw(f, template.width, template.height)).collect();
    Shared { title: format!("{} {title}", template.name), images: template.images.clone(), art }
}

/// The page of one certificate.
pub(crate) fn page(template: &Template, certificate: &Certificate, adjust: Adjust, drill: bool, fonts: &Fonts) -> Result<Page, PaperError> {
    let mut pen = Pen::new(fonts);
    if adjust != Adjust::default() {
        pen.items.push(Item::Shift(adjust.millimetres()));
    }
    if template.frame.is_some() {
        pen.items.push(Item::Art(0));
    }
    if drill {
        watermark(&mut pen, [template.width, template.height])?;
        let style = Style::new(Face::Text, 9.0).colour(Colour::GREY);
        pen.text(template.width / 2.0, template.height - 4.5, "【演练】本件为演练样张，不具效力", style, Align::Centre)?;
    }
    pen.person.clone_from(&certificate.name);
    let mut press = Press { template, certificate, pen };
    for field in &template.fields {
        press.field(field)?;
    }
    Ok(Page { width: template.width, height: template.height, items: press.pen.items })
}

struct Press<'a> {
    template: &'a Template,
    certificate: &'a Certificate,
    pen: Pen<'a>,
}

impl Press<'_> {
    fn field(&mut self, field: &Field) -> Result<(), PaperError> {
        match field {
            Field::Line { text, at, width, align, look } => self.line(text, *at, *width, *align, *look),
            Field::Paragraph { text, at, width, height, leading, indent, look } => {
                self.paragraph(text, [at[0], at[1], *width, *height], *leading, *indent, *look)
            }
            Field::Seal { at, diameter, text, image } => self.seal(*at, *diameter, text, *image),
            Field::Qr { text, at, side } => {
                let text: String = self.fill(text, Face::Text).into_iter().map(|s| s.text).collect();
                if !text.is_empty() {
                    let code = Qr::new(&text, &self.certificate.name)?;
                    self.pen.items.push(Item::Qr(code, [at[0], at[1], *side]));
                }
                Ok(())
            }
            Field::Rule { at, width, colour } => {
                self.rule(*at, *width, *colour);
                Ok(())
            }
            Field::Picture { at, width, height, image } => {
                self.pen.items.push(Item::Image(*image, [at[0], at[1], *width, *height]));
                Ok(())
            }
        }
    }

    /// The text with its holes filled; nothing if all its holes are empty.
    fn fill(&self, parts: &[Part], face: Face) -> Vec<Span> {
        let (mut spans, mut holes, mut filled) = (Vec::new(), 0, 0);
        self.fill_into(parts, face, &mut spans, &mut holes, &mut filled);
        if holes > 0 && filled == 0 { Vec::new() } else { spans }
    }

    fn fill_into(&self, parts: &[Part], face: Face, spans: &mut Vec<Span>, holes: &mut usize, filled: &mut usize) {
        for part in parts {
            match part {
                Part::Words(words) => spans.push(Span::new(face, words.clone())),
                Part::Hole(hole) => {
                    let value = self.certificate.value(*hole);
                    *holes += 1;
                    *filled += usize::from(!value.is_empty());
                    spans.push(Span::new(self.template.faces.get(hole).copied().unwrap_or(face), value));
                }
                Part::Optional(inner) => {
                    let (mut some, mut asked, mut given) = (Vec::new(), 0, 0);
                    self.fill_into(inner, face, &mut some, &mut asked, &mut given);
                    if asked == given {
                        spans.append(&mut some);
                    }
                }
            }
        }
    }

    fn line(&mut self, parts: &[Part], at: [f32; 2], width: f32, align: Align, look: Look) -> Result<(), PaperError> {
        let spans = self.fill(parts, look.face);
        let Some((line, size)) = self.fit(&spans, [width, 0.0], 1.0, 0.0, look)? else { return Ok(()) };
        let style = style(look).size(size);
        let Some(line) = line.first() else { return Ok(()) };
        let long = em(line.width.saturating_sub(style.spacing), size);
        let x = match align {
            Align::Left => at[0],
            Align::Centre => at[0] - long / 2.0,
            Align::Right => at[0] - long,
        };
        self.pen.spans(x, at[1], &line.spans, style)
    }

    fn paragraph(&mut self, parts: &[Part], [x, y, w, h]: [f32; 4], leading: f32, indent: f32, look: Look) -> Result<(), PaperError> {
        let spans = self.fill(parts, look.face);
        let Some((lines, size)) = self.fit(&spans, [w, h], leading, indent, look)? else { return Ok(()) };
        let step = size * POINT * leading;
        let mut middle = y + step / 2.0;
        let mut begins = true;
        for line in &lines {
            let style = style(look).size(size);
            let inset = if begins { em(thousandths(indent), size) } else { 0.0 };
            let room = room_in(w - inset, size);
            // Broken lines are spread to the full width, as long as that takes no more than two characters and a half.
            let slack = room.saturating_sub(line.width.saturating_sub(style.spacing));
            let spread = if line.broken && slack < 2500 { slack / line.characters.saturating_sub(1).max(1) } else { 0 };
            self.pen.spans(x + inset, middle, &line.spans, style.spacing(look.spacing + spread))?;
            begins = !line.broken;
            middle += step;
        }
        Ok(())
    }

    /// The largest size at which a text fits its width and height (height 0: one line).
    fn fit(&self, spans: &[Span], [w, h]: [f32; 2], leading: f32, indent: f32, look: Look) -> Result<Option<(Vec<Line>, f32)>, PaperError> {
        if spans.is_empty() {
            return Ok(None);
        }
        let mut size = look.size;
        let mut first: Option<(Vec<Line>, f32)> = None;
        while size >= look.min_size {
            let lines = self.broken(spans, room_in(w, size), thousandths(indent), look.spacing)?;
            let fits = if h > 0.0 { count(lines.len()) * size * POINT * leading <= h } else { lines.len() == 1 };
            // Somewhat smaller is better than a paragraph whose last line is one word.
            let near = first.as_ref().is_none_or(|(_, largest)| size >= largest * 0.85);
            if fits && near && !lonely(&lines) {
                return Ok(Some((lines, size)));
            }
            if fits && first.is_none() {
                first = Some((lines, size));
            }
            if !near {
                break;
            }
            size -= 0.5;
        }
        if first.is_some() {
            return Ok(first);
        }
        let text: String = spans.iter().map(|s| s.text.as_str()).collect();
        Err(PaperError::TextTooLong { person: self.certificate.name.clone(), text })
    }

    /// Each paragraph of a text begins with the indent.
    fn broken(&self, spans: &[Span], room: u32, indent: u32, spacing: u32) -> Result<Vec<Line>, PaperError> {
        let mut paragraphs: Vec<Vec<Span>> = vec![Vec::new()];
        for span in spans {
            for (n, text) in span.text.split('\n').enumerate() {
                if n > 0 {
                    paragraphs.push(Vec::new());
                }
                if let Some(last) = paragraphs.last_mut().filter(|_| !text.is_empty()) {
                    last.push(Span::new(span.face, text));
                }
            }
        }
        let mut lines = Vec::new();
        for paragraph in paragraphs {
            lines.append(&mut wrap(self.pen.fonts, &paragraph, room, indent, spacing, &self.certificate.name)?);
        }
        Ok(lines)
    }

    /// The seal's picture, or a circle where it will be stamped.
    fn seal(&mut self, [x, y]: [f32; 2], diameter: f32, text: &str, image: Option<usize>) -> Result<(), PaperError> {
        let radius = diameter / 2.0;
        if let Some(image) = image {
            self.pen.items.push(Item::Image(image, [x - radius, y - radius, diameter, diameter]));
            return Ok(());
        }
        let pale = Colour(0xE3, 0xA8, 0xA0);
        let ring = |width| Paint { fill: None, stroke: Some(Stroke { colour: pale, width }) };
        self.pen.items.push(Item::Path(circle_path(x, y, radius), ring(0.4)));
        self.pen.text(x, y + radius * 0.68, text, Style::new(Face::Text, 10.0).colour(pale).spacing(150), Align::Centre)
    }

    /// A fine line with a lozenge in its middle.
    fn rule(&mut self, [x, y]: [f32; 2], width: f32, colour: Colour) {
        let (half, gap, d) = (width / 2.0, 4.0, 1.6);
        self.pen.rule([x - half, y], [x - gap, y], 0.35, colour);
        self.pen.rule([x + gap, y], [x + half, y], 0.35, colour);
        let lozenge = |x: f32, d: f32| {
            vec![Segment::Move(x - d, y), Segment::Line(x, y - d), Segment::Line(x + d, y), Segment::Line(x, y + d), Segment::Close]
        };
        let fill = Paint { fill: Some(colour), stroke: None };
        self.pen.items.push(Item::Path(lozenge(x, d), fill));
        self.pen.items.push(Item::Path(lozenge(x - gap, d * 0.45), fill));
        self.pen.items.push(Item::Path(lozenge(x + gap, d * 0.45), fill));
    }
}

/// Some paragraph of several lines ends in a line of a word or less.
fn lonely(lines: &[Line]) -> bool {
    lines.windows(2).any(|pair| pair[0].broken && !pair[1].broken && pair[1].width < LONELY)
}

fn style(look: Look) -> Style {
    Style { face: look.face, size: look.size, spacing: look.spacing, colour: look.colour }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 10 characters, checked when the template was read")]
fn thousandths(characters: f32) -> u32 {
    (characters * 1000.0) as u32
}
