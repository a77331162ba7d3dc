//! Text within a rectangle, for papers that are drawn and not set in a table.

use crate::error::PaperError;
use crate::list::{Colour, Paint, Stroke, rectangle};
use crate::pen::{Align, POINT, Pen, SMALLEST, Style, count};

/// x, y, width, height.
pub(crate) type Place = [f32; 4];

/// Space between the side of a rectangle and its text.
const PAD: f32 = 1.4;

impl Pen<'_> {
    /// One line, smaller if need be; else two or three. Refused if it does not fit even so.
    pub(crate) fn boxed(&mut self, [x, y, w, h]: Place, text: &str, style: Style, align: Align) -> Result<(), PaperError> {
        let room = w - 2.0 * PAD;
        let at = match align {
            Align::Left => x + PAD,
            Align::Centre => x + w / 2.0,
            Align::Right => x + w - PAD,
        };
        let tries = [(1.0, 1), (0.92, 1), (0.84, 1), (0.76, 1), (0.8, 2), (0.72, 2), (0.64, 2), (0.6, 3), (0.52, 3), (0.46, 3)];
        for (scale, most) in tries {
            let style = style.size((style.size * scale).max(SMALLEST));
            let step = style.size * POINT * 1.2;
            let lines = self.lines(text, style, room)?;
            let block = step * count(lines.len());
            if lines.len() <= most && block <= h {
                return self.put_lines([at, y + (h - block) / 2.0 + step / 2.0], &lines, style, step, align);
            }
        }
        Err(PaperError::TextTooLong { person: self.whose(text), text: text.to_owned() })
    }

    /// A frame.
    pub(crate) fn frame(&mut self, [x, y, w, h]: Place, width: f32) {
        let stroke = Some(Stroke { colour: Colour::BLACK, width });
        self.items.push(rectangle(x, y, w, h, Paint { fill: None, stroke }));
    }

    /// A shaded ground.
    pub(crate) fn shade(&mut self, [x, y, w, h]: Place) {
        self.items.push(rectangle(x, y, w, h, Paint { fill: Some(Colour::SHADE), stroke: None }));
    }
}
