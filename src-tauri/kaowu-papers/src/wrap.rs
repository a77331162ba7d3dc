//! Breaking a Chinese text into lines: anywhere between characters, but no closing mark begins a line, no opening mark
//! ends one, and Latin words and numbers stay whole.

use crate::error::PaperError;
use crate::fonts::{Face, Fonts};

/// Marks that belong to what stands before them.
const CLOSING: &str = "。，、；：？！）》〉」』】〕”’…·％℃,.;:?!)]}%︐︑︒︓︔︕︖︶︺︼︾﹀﹂﹄";
/// Marks that belong to what follows.
const OPENING: &str = "（《〈「『【〔“‘([{︵︹︻︽︿﹁﹃";

/// A stretch of text in one face.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) face: Face,
    pub(crate) text: String,
}

impl Span {
    pub(crate) fn new(face: Face, text: impl Into<String>) -> Self {
        Self { face, text: text.into() }
    }
}

/// What is never broken, with its width in em thousandths.
struct Unit {
    spans: Vec<Span>,
    width: u32,
    characters: u32,
}

/// One line and its width in thousandths of the size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) spans: Vec<Span>,
    pub(crate) width: u32,
    pub(crate) characters: u32,
    /// The text goes on after a break that the text itself did not ask for.
    pub(crate) broken: bool,
}

/// Breaks spans into lines of at most `room` (thousandths of the size, with `spacing` after each character); the first
/// line is `indent` shorter.
pub(crate) fn wrap(fonts: &Fonts, spans: &[Span], room: u32, indent: u32, spacing: u32, person: &str) -> Result<Vec<Line>, PaperError> {
    let empty = || Line { spans: Vec::new(), width: 0, characters: 0, broken: false };
    let (mut lines, mut line) = (Vec::new(), empty());
    for unit in units(fonts, spans, spacing, person)? {
        let Some(unit) = unit else {
            lines.push(std::mem::replace(&mut line, empty()));
            continue;
        };
        let here = if lines.is_empty() { room.saturating_sub(indent) } else { room };
        if line.characters > 0 && line.width + unit.width > here + spacing {
            line.broken = true;
            trim_end(fonts, &mut line, spacing);
            lines.push(std::mem::replace(&mut line, empty()));
            if unit.spans.iter().all(|s| s.text == " ") {
                continue;
            }
        }
        // A unit wider than a whole line (a hash, an address) is broken where it must be.
        for piece in if unit.width > room { characters(fonts, unit, spacing) } else { vec![unit] } {
            if line.characters > 0 && line.width + piece.width > room + spacing {
                line.broken = true;
                lines.push(std::mem::replace(&mut line, empty()));
            }
            line.width += piece.width;
            line.characters += piece.characters;
            piece.spans.into_iter().for_each(|s| push(&mut line.spans, s));
        }
    }
    lines.push(line);
    Ok(lines)
}

/// Width of a text in thousandths of its size, `spacing` after each character.
pub(crate) fn width(fonts: &Fonts, face: Face, text: &str, spacing: u32, person: &str) -> Result<u32, PaperError> {
    text.chars().try_fold(0, |sum, c| match fonts.find(face, c) {
        Some((_, advance)) => Ok(sum + u32::from(advance) + spacing),
        None => Err(fonts.no_glyph(text, c, person)),
    })
}

fn push(spans: &mut Vec<Span>, span: Span) {
    match spans.last_mut() {
        Some(last) if last.face == span.face => last.text.push_str(&span.text),
        _ => spans.push(span),
    }
}

fn trim_end(fonts: &Fonts, line: &mut Line, spacing: u32) {
    if let Some(last) = line.spans.last_mut()
        && last.text.ends_with(' ')
    {
        last.text.pop();
        line.characters -= 1;
        line.width -= fonts.find(last.face, ' ').map_or(0, |(_, w)| u32::from(w)) + spacing;
    }
}

/// None stands for a line break of the text's own.
fn units(fonts: &Fonts, spans: &[Span], spacing: u32, person: &str) -> Result<Vec<Option<Unit>>, PaperError> {
    let mut out: Vec<Option<Unit>> = Vec::new();
    let mut before = '\n';
    for span in spans {
        for c in span.text.chars() {
            if c == '\n' {
                out.push(None);
                before = c;
                continue;
            }
            let advance =
                width(fonts, span.face, c.encode_utf8(&mut [0; 4]), spacing, person).map_err(|_| fonts.no_glyph(&span.text, c, person))?;
            let joins = CLOSING.contains(c) || OPENING.contains(before) || (word(before) && word(c));
            match out.last_mut() {
                Some(Some(unit)) if joins && before != '\n' => {
                    push(&mut unit.spans, Span::new(span.face, c));
                    unit.width += advance;
                    unit.characters += 1;
                }
                _ => out.push(Some(Unit { spans: vec![Span::new(span.face, c)], width: advance, characters: 1 })),
            }
            before = c;
        }
    }
    Ok(out)
}

fn word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '/' | '_' | ':' | '+' | '#' | '@' | '=' | '&')
}

fn characters(fonts: &Fonts, unit: Unit, spacing: u32) -> Vec<Unit> {
    let one = |face: Face, c: char| {
        let width = fonts.find(face, c).map_or(0, |(_, w)| u32::from(w)) + spacing;
        Unit { spans: vec![Span::new(face, c)], width, characters: 1 }
    };
    unit.spans.into_iter().flat_map(|s| s.text.chars().map(|c| one(s.face, c)).collect::<Vec<_>>()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, room: u32, indent: u32) -> Vec<String> {
        let fonts = Fonts::load(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/fonts")).unwrap();
        let lines = wrap(&fonts, &[Span::new(Face::Text, text)], room, indent, 0, "").unwrap();
        lines.into_iter().map(|l| l.spans.into_iter().map(|s| s.text).collect()).collect()
    }

    #[test]
    fn breaks() {
        let check = |text: &str, room: u32, indent: u32, expected: &[&str]| assert_eq!(lines(text, room, indent), expected, "{text}");
        check("江苏省人社厅", 3000, 0, &["江苏省", "人社厅"]);
        check("江苏省人社厅", 3000, 1000, &["江苏", "省人社", "厅"]);
        // No closing mark begins a line, no opening mark ends one.
        check("江苏省，人社厅", 3000, 0, &["江苏", "省，人", "社厅"]);
        check("江苏（省厅）", 3000, 0, &["江苏", "（省", "厅）"]);
        // Numbers stay whole, the text's own breaks hold.
        check("编号20200725号", 6000, 0, &["编号", "20200725号"]);
        check("甲\n乙", 5000, 0, &["甲", "乙"]);
        check("", 5000, 0, &[""]);
        // A word longer than the line is broken all the same.
        check("aaaaaaaaaaaa", 2500, 0, &["aaaa", "aaaa", "aaaa"]);
    }
}
