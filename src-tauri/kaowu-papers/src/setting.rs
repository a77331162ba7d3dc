//! A text of a template in its room: as large as it fits, in lines or in columns from right to left.

use crate::error::PaperError;
use crate::fonts::Fonts;
use crate::numerals::DIGITS;
use crate::pen::{Align, POINT, Pen, Style, count, em, room_in};
use crate::template::{Look, Stand, Text};
use crate::wrap::{Line, Span, wrap};

/// A last line shorter than this (thousandths of the size) looks forgotten.
const LONELY: u32 = 3500;
/// From the top of a character's square down to its baseline, in em.
const RISE: f32 = 0.88;
/// Marks and what they look like from top to bottom (GB/T 15834: 竖排).
const UPRIGHT: [(char, char); 28] = [
    ('，', '︐'),
    ('、', '︑'),
    ('。', '︒'),
    ('：', '︓'),
    ('；', '︔'),
    ('！', '︕'),
    ('？', '︖'),
    ('…', '︙'),
    ('—', '︱'),
    ('–', '︲'),
    ('（', '︵'),
    ('）', '︶'),
    ('〔', '︹'),
    ('〕', '︺'),
    ('【', '︻'),
    ('】', '︼'),
    ('《', '︽'),
    ('》', '︾'),
    ('〈', '︿'),
    ('〉', '﹀'),
    ('‘', '﹁'),
    ('’', '﹂'),
    ('“', '﹃'),
    ('”', '﹄'),
    ('「', '﹁'),
    ('」', '﹂'),
    ('『', '﹃'),
    ('』', '﹄'),
];

/// Draws a text whose holes are filled.
pub(crate) fn draw(pen: &mut Pen<'_>, text: &Text, spans: Vec<Span>) -> Result<(), PaperError> {
    let [left, top, wide, high] = text.area;
    let spans = if text.vertical { spans.into_iter().map(|s| upright(pen.fonts, s)).collect() } else { spans };
    let (along, across) = if text.vertical { (high, wide) } else { (wide, high) };
    let Some((lines, size)) = fit(pen, text, &spans, along, across)? else { return Ok(()) };
    let step = size * POINT * text.leading;
    let slack = across - step * count(lines.len());
    let mut middle = step / 2.0
        + match text.stand {
            Stand::Top => 0.0,
            Stand::Middle => slack / 2.0,
            Stand::Bottom => slack,
        };
    let mut begins = true;
    for line in &lines {
        let style = style(text.look).size(size);
        let inset = if begins { em(thousandths(text.indent), size) } else { 0.0 };
        let room = room_in(along - inset, size);
        let long = line.width.saturating_sub(style.spacing);
        // Broken lines are spread to the full length, as long as that takes no more than two characters and a half.
        let spare = room.saturating_sub(long);
        let spread = if text.justify && line.broken && spare < 2500 { spare / line.characters.saturating_sub(1).max(1) } else { 0 };
        let style = style.spacing(text.look.spacing + spread);
        let free = along - inset - em(long, size);
        let start = inset
            + match text.align {
                Align::Left => 0.0,
                Align::Centre => free / 2.0,
                Align::Right => free,
            };
        if text.vertical {
            column(pen, left + wide - middle, top + start, &line.spans, style)?;
        } else {
            pen.spans(left + start, top + middle, &line.spans, style)?;
        }
        begins = !line.broken;
        middle += step;
    }
    Ok(())
}

/// The largest size at which a text fits its room.
fn fit(pen: &Pen<'_>, text: &Text, spans: &[Span], along: f32, across: f32) -> Result<Option<(Vec<Line>, f32)>, PaperError> {
    if spans.is_empty() {
        return Ok(None);
    }
    let (look, mut size) = (text.look, text.look.size);
    let mut first: Option<(Vec<Line>, f32)> = None;
    while size >= look.min_size {
        let lines = broken(pen, spans, room_in(along, size), thousandths(text.indent), look.spacing)?;
        let fits = if text.single { lines.len() == 1 } else { count(lines.len()) * size * POINT * text.leading <= across };
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
    Err(PaperError::TextTooLong { person: pen.whose(&text), text })
}

/// Each paragraph of a text begins with the indent.
fn broken(pen: &Pen<'_>, spans: &[Span], room: u32, indent: u32, spacing: u32) -> Result<Vec<Line>, PaperError> {
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
        lines.append(&mut wrap(pen.fonts, &paragraph, room, indent, spacing, &pen.person)?);
    }
    Ok(lines)
}

/// Some paragraph of several lines ends in a line of a word or less.
fn lonely(lines: &[Line]) -> bool {
    lines.windows(2).any(|pair| pair[0].broken && !pair[1].broken && pair[1].width < LONELY)
}

/// The text as it stands from top to bottom: marks in their upright form, years in characters.
fn upright(fonts: &Fonts, span: Span) -> Span {
    let has = |c: char| fonts.find(span.face, c).is_some();
    let form = |c: char| UPRIGHT.iter().find(|(flat, up)| *flat == c && has(*up)).map_or(c, |(_, up)| *up);
    let mut text = String::with_capacity(span.text.len());
    for (n, piece) in span.text.split('年').enumerate() {
        if n > 0 {
            let digits = text.chars().rev().take_while(char::is_ascii_digit).count();
            if digits == 4 {
                let year: Vec<char> = text.split_off(text.len() - 4).chars().collect();
                text.extend(year.into_iter().filter_map(|c| DIGITS.get(usize::try_from(c.to_digit(10)?).ok()?)));
            }
            text.push('年');
        }
        text.extend(piece.chars().map(form));
    }
    Span { text, ..span }
}

/// One column: Chinese characters stand, Latin letters and figures lie.
fn column(pen: &mut Pen<'_>, middle: f32, top: f32, spans: &[Span], style: Style) -> Result<(), PaperError> {
    let spacing = em(style.spacing, style.size);
    let mut y = top;
    for span in spans {
        let style = Style { face: span.face, ..style };
        let mut lying = String::new();
        for c in span.text.chars() {
            let (_, advance) = pen.fonts.find(span.face, c).ok_or_else(|| pen.fonts.no_glyph(&span.text, c, &pen.person))?;
            if lies(c) {
                lying.push(c);
                continue;
            }
            y = lie(pen, middle, y, &std::mem::take(&mut lying), style)?;
            let wide = em(u32::from(advance), style.size);
            pen.run(middle - wide / 2.0, y + RISE * style.size * POINT, c.encode_utf8(&mut [0; 4]), Style { spacing: 0, ..style }, 0.0)?;
            y += wide + spacing;
        }
        y = lie(pen, middle, y, &lying, style)?;
    }
    Ok(())
}

fn lies(c: char) -> bool {
    c.is_ascii()
}

fn lie(pen: &mut Pen<'_>, middle: f32, y: f32, text: &str, style: Style) -> Result<f32, PaperError> {
    if text.is_empty() {
        return Ok(y);
    }
    // Turned by a quarter with the clock, the baseline is a line to the left of the middle.
    pen.run(middle - 0.37 * style.size * POINT, y, text, style, -90.0)?;
    Ok(y + pen.width(text, style)? + em(style.spacing, style.size))
}

pub(crate) fn style(look: Look) -> Style {
    Style { face: look.face, size: look.size, spacing: look.spacing, colour: look.colour }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 10 characters, checked when the template was read")]
fn thousandths(characters: f32) -> u32 {
    (characters * 1000.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::Face;

    #[test]
    fn from_top_to_bottom() {
        let fonts = Fonts::load(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/fonts")).unwrap();
        let check = |flat: &str, up: &str| assert_eq!(upright(&fonts, Span::new(Face::Text, flat)).text, up);
        check("在2020年度比武中，荣获“知识通”称号。", "在二〇二〇年度比武中︐荣获﹃知识通﹄称号︒");
        check("2019年、2020年", "二〇一九年︑二〇二〇年");
        check("12020年", "12020年");
        check("（3人）", "︵3人︶");
        assert!(UPRIGHT.iter().all(|(_, up)| fonts.find(Face::Name, *up).is_some() && fonts.find(Face::Bold, *up).is_some()));
    }
}
