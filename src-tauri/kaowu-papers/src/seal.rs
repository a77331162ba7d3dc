//! A sample of a seal 样章, for previews and drills: it says of itself that it is none, and names nobody.

use crate::error::PaperError;
use crate::fonts::Face;
use crate::list::{Colour, Item, Paint, Stroke, circle_path};
use crate::pen::{Align, POINT, Pen, Style, count};

const RED: Colour = Colour(0xD8, 0x4B, 0x3C);
const AROUND: &str = "此处加盖发证机关印章";

/// Draws the sample with this middle.
pub(crate) fn sample(pen: &mut Pen<'_>, [x, y]: [f32; 2], diameter: f32) -> Result<(), PaperError> {
    let radius = diameter / 2.0;
    let ring = |width| Paint { fill: None, stroke: Some(Stroke { colour: RED, width }) };
    pen.items.push(Item::Path(circle_path(x, y, radius - 0.5), ring(1.0)));
    pen.items.push(Item::Path(circle_path(x, y, radius - 1.6), ring(0.2)));
    // Characters along the upper arc, each standing on the circle's radius.
    let size = diameter * 0.1 / POINT;
    let style = Style::new(Face::Bold, size).colour(RED);
    let (base, span) = (radius * 0.68, 236.0_f32.to_radians());
    let letters: Vec<char> = AROUND.chars().collect();
    let step = span / count(letters.len().saturating_sub(1).max(1));
    for (n, c) in letters.iter().enumerate() {
        // From straight up, with the clock.
        let angle = step * count(n) - span / 2.0;
        let (sin, cos) = angle.sin_cos();
        let half = size * POINT / 2.0;
        let (px, py) = (x + base * sin - half * cos, y - base * cos - half * sin);
        pen.run(px, py, c.encode_utf8(&mut [0; 4]), style, -angle.to_degrees())?;
    }
    pen.text(x, y, "样章", Style::new(Face::Bold, diameter * 0.24 / POINT).colour(RED).spacing(80), Align::Centre)?;
    pen.text(x, y + radius * 0.52, "不具效力", Style::new(Face::Bold, size * 0.85).colour(RED).spacing(60), Align::Centre)
}
