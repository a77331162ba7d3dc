//! What stands at the foot of every page, and across it in a drill.

use crate::error::PaperError;
use crate::fonts::Face;
use crate::list::Colour;
use crate::pen::{Align, POINT, Pen, Style};
use crate::sheet::PageKind;
use serde::{Deserialize, Serialize};

/// What ties a page to its event, its room and its moment; empty fields are left out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Foot {
    /// The event.
    pub event: String,
    /// Part 科目.
    #[serde(default)]
    pub part: String,
    /// Site 考点.
    #[serde(default)]
    pub site: String,
    /// Room 考场.
    #[serde(default)]
    pub room: String,
    /// When it was printed, ready to read: `2020-07-24 08:05`.
    pub printed: String,
    /// Check code of the journal's head.
    pub check: String,
    /// A drill 演练: said in the foot and across the page.
    #[serde(default)]
    pub drill: bool,
}

const SIZE: f32 = 7.5;
const STYLE: Style = Style::new(Face::Text, SIZE).colour(Colour::GREY);
const WATERMARK: Colour = Colour(0xE6, 0xE6, 0xE6);

impl Foot {
    /// Draws both lines of the foot within the margins; `paper` is the paper's name, `page` of `pages`.
    pub(crate) fn draw(&self, pen: &mut Pen<'_>, kind: PageKind, paper: &str, page: usize, pages: usize) -> Result<(), PaperError> {
        let ([width, height], margins) = (kind.size(), kind.margins());
        let (left, right) = (margins.left, width - margins.right);
        let (first, second) = (height - 11.2, height - 7.6);
        pen.rule([left, height - 13.6], [right, height - 13.6], 0.1, Colour::GREY);

        let numbers = format!("第 {page} 页　共 {pages} 页");
        let printed = format!("打印时间 {}　校验码 {}", self.printed, self.check);
        let taken = pen.width(&numbers, STYLE)?.max(pen.width(&printed, STYLE)?) + 6.0;
        pen.text(right, first, &numbers, STYLE, Align::Right)?;
        pen.text(right, second, &printed, STYLE, Align::Right)?;

        let drill = if self.drill { "【演练】" } else { "" };
        let room = right - left - taken;
        pen.fitted([left, first], room, &format!("{drill}{}", self.event), STYLE, 4.5, Align::Left)?;
        let place: Vec<&str> = [paper, &self.part, &self.site, &self.room].into_iter().filter(|t| !t.is_empty()).collect();
        pen.fitted([left, second], room, &place.join(" · "), STYLE, 4.0, Align::Left)
    }
}

/// Draws 演练 across a page; called before anything else is drawn on it.
pub(crate) fn watermark(pen: &mut Pen<'_>, size: [f32; 2]) -> Result<(), PaperError> {
    across(pen, size, "演练")
}

/// Draws two characters across a page.
pub(crate) fn across(pen: &mut Pen<'_>, size: [f32; 2], text: &str) -> Result<(), PaperError> {
    let [width, height] = size;
    let (turn, points) = (30.0_f32, width.min(height) * 0.36 / POINT);
    let style = Style::new(Face::Bold, points).colour(WATERMARK).spacing(200);
    let length = pen.width(text, style)?;
    let (sin, cos) = turn.to_radians().sin_cos();
    // The baseline is shifted so that the middle of the text is the middle of the page.
    let down = 0.37 * points * POINT;
    let x = width / 2.0 - length / 2.0 * cos + down * sin;
    let y = height / 2.0 + length / 2.0 * sin + down * cos;
    pen.run(x, y, text, style, turn)?;
    Ok(())
}
