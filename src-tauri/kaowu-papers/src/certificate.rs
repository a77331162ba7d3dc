//! One certificate on its template.

use crate::error::PaperError;
use crate::fonts::{Face, Fonts};
use crate::foot::{across, watermark};
use crate::frame;
use crate::list::{Colour, Item, Page, Paint, Segment, Shared, Stroke, rectangle};
use crate::pdf;
use crate::pen::{Align, Pen, Style};
use crate::qr::Qr;
use crate::seal;
use crate::setting;
use crate::template::{Cell, Field, Part, Template, Text};
use crate::wrap::Span;
use serde::{Deserialize, Serialize};

/// Bytes that the largest QR code holds at its reserve of 15 %.
const LONGEST_QR: usize = 2331;

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
    /// For an application 申报: what a form asks of the person.
    #[serde(default)]
    pub applicant: Applicant,
}

/// What the form of an application asks of a person; what is not known is left to the pen.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Applicant {
    /// 男 or 女.
    pub sex: String,
    /// Month of birth: 1976年5月.
    pub birth: String,
    /// ID number.
    pub id: String,
    /// 工作单位.
    pub workplace: String,
    /// 职务.
    pub duty: String,
    /// Telephone.
    pub phone: String,
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

/// What a page is for: a drill and a preview say so, and show a sample of the seal where a live one leaves room for the stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Purpose {
    /// Printed in a drill.
    pub drill: bool,
    /// A preview 样张.
    pub specimen: bool,
}

/// Lays a certificate out without keeping it: every character has a glyph and every text its room.
pub fn check(template: &Template, certificate: &Certificate, fonts: &Fonts) -> Result<(), PaperError> {
    if certificate.verification.len() > LONGEST_QR {
        return Err(PaperError::QrTooLong { person: certificate.name.clone(), bytes: certificate.verification.len() });
    }
    let mut press = Press { template, certificate, purpose: Purpose::default(), pen: Pen::new(fonts) };
    press.pen.person.clone_from(&certificate.name);
    template.fields.iter().filter(|f| !matches!(f, Field::Qr { .. })).try_for_each(|f| press.field(f))
}

/// Prints one certificate.
pub fn certificate(template: &Template, certificate: &Certificate, fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let page = page(template, certificate, Adjust::default(), Purpose::default(), fonts)?;
    pdf::write(vec![page], &shared(template, &certificate.name), fonts)
}

/// What all certificates of a file share.
pub(crate) fn shared(template: &Template, title: &str) -> Shared {
    let art = template.frame.iter().map(|f| frame::draw(f, template.width, template.height)).collect();
    Shared { title: format!("{} {title}", template.name), images: template.images.clone(), art }
}

/// The page of one certificate.
pub(crate) fn page(
    template: &Template,
    certificate: &Certificate,
    adjust: Adjust,
    purpose: Purpose,
    fonts: &Fonts,
) -> Result<Page, PaperError> {
    let mut pen = Pen::new(fonts);
    if adjust != Adjust::default() {
        pen.items.push(Item::Shift(adjust.millimetres()));
    }
    let (width, height) = (template.width, template.height);
    if template.frame.is_some() {
        pen.items.push(Item::Art(0));
    }
    if let Some(image) = template.background {
        pen.items.push(Item::Image(image, [0.0, 0.0, width, height]));
    }
    let foot = match purpose {
        Purpose { specimen: true, .. } => {
            across(&mut pen, [width, height], "样张")?;
            "【样张】仅供校对，不具效力"
        }
        Purpose { drill: true, .. } => {
            watermark(&mut pen, [width, height])?;
            "【演练】本件为演练样张，不具效力"
        }
        Purpose { drill: false, specimen: false } => "",
    };
    pen.text(width / 2.0, height - 4.5, foot, Style::new(Face::Text, 9.0).colour(Colour::GREY), Align::Centre)?;
    pen.person.clone_from(&certificate.name);
    let mut press = Press { template, certificate, purpose, pen };
    for field in &template.fields {
        press.field(field)?;
    }
    Ok(Page { width, height, items: press.pen.items })
}

struct Press<'a> {
    template: &'a Template,
    certificate: &'a Certificate,
    purpose: Purpose,
    pen: Pen<'a>,
}

impl Press<'_> {
    fn field(&mut self, field: &Field) -> Result<(), PaperError> {
        match field {
            Field::Text(text) => return self.text(text),
            Field::Table { cells, outline, colour } => return self.table(cells, *outline, *colour),
            Field::Seal { at: [x, y], diameter, image } => match image {
                Some(image) => self.pen.items.push(Item::Image(*image, [x - diameter / 2.0, y - diameter / 2.0, *diameter, *diameter])),
                None if self.purpose != Purpose::default() => return seal::sample(&mut self.pen, [*x, *y], *diameter),
                None => {}
            },
            Field::Qr { text, at, side } => {
                let text: String = self.fill(text, Face::Text).into_iter().map(|s| s.text).collect();
                if !text.is_empty() {
                    let code = Qr::new(&text, &self.certificate.name)?;
                    self.pen.items.push(Item::Qr(code, [at[0], at[1], *side]));
                }
            }
            Field::Rule { at, width, colour, plain } => self.rule(*at, *width, *colour, *plain),
            Field::Picture { area, image } => self.pen.items.push(Item::Image(*image, *area)),
        }
        Ok(())
    }

    fn text(&mut self, text: &Text) -> Result<(), PaperError> {
        let spans = self.fill(&text.text, text.look.face);
        setting::draw(&mut self.pen, text, spans)
    }

    /// Fine lines between cells, a strong one around them.
    fn table(&mut self, cells: &[Cell], [x, y, w, h]: [f32; 4], colour: Colour) -> Result<(), PaperError> {
        let line = |width| Paint { fill: None, stroke: Some(Stroke { colour, width }) };
        for Cell { area: [x, y, w, h], .. } in cells {
            self.pen.items.push(rectangle(*x, *y, *w, *h, line(0.2)));
        }
        self.pen.items.push(rectangle(x, y, w, h, line(0.5)));
        cells.iter().filter_map(|cell| cell.text.as_ref()).try_for_each(|text| self.text(text))
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

    /// A fine line, with lozenges in its middle where it is not plain.
    fn rule(&mut self, [x, y]: [f32; 2], width: f32, colour: Colour, plain: bool) {
        let (half, d) = (width / 2.0, 1.6);
        let gap = if plain { 0.0 } else { 4.0 };
        self.pen.rule([x - half, y], [x - gap, y], 0.35, colour);
        self.pen.rule([x + gap, y], [x + half, y], 0.35, colour);
        if plain {
            return;
        }
        let lozenge = |x: f32, d: f32| {
            vec![Segment::Move(x - d, y), Segment::Line(x, y - d), Segment::Line(x + d, y), Segment::Line(x, y + d), Segment::Close]
        };
        let fill = Paint { fill: Some(colour), stroke: None };
        for (x, d) in [(x, d), (x - gap, d * 0.45), (x + gap, d * 0.45)] {
            self.pen.items.push(Item::Path(lozenge(x, d), fill));
        }
    }
}
