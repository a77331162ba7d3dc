//! Cleaning of what cannot mean anything else.

use super::fault::RowFault;
pub(super) use crate::hidden::blank as invisible;
use crate::hidden::hidden;

/// The half-width form of full-width ASCII and of the ideographic space.
pub(super) fn half(c: char) -> char {
    match u32::from(c) {
        0x3000 => ' ',
        n @ 0xFF01..=0xFF5E => char::from_u32(n - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

fn hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹣')
}

fn quote(c: char) -> bool {
    matches!(c, '\'' | '‘' | '’' | '`' | '´' | '′' | '"' | '“' | '”')
}

/// Letters and signs that are typed for the X at the end of an ID number.
fn like_x(c: char) -> bool {
    matches!(c, 'x' | '×' | 'Х' | 'х' | 'Χ' | 'χ' | 'Ⅹ' | 'ⅹ' | '✕')
}

/// An ID number without spaces, hyphens, apostrophes; half-width; upper-case X.
pub fn clean_id(text: &str) -> String {
    if text.len() == 18 && text.bytes().all(|b| b.is_ascii_digit() || b == b'X') {
        return text.to_owned();
    }
    let mut out: String = text
        .chars()
        .filter(|c| !invisible(*c) && !c.is_control())
        .map(half)
        .filter(|c| !c.is_whitespace() && !hyphen(*c) && !quote(*c))
        .map(|c| c.to_ascii_uppercase())
        .collect();
    if out.ends_with(like_x) {
        out.pop();
        out.push('X');
    }
    out
}

/// A telephone number without spaces, hyphens, brackets and country code: a mobile one, or a landline with its area code.
pub fn clean_phone(text: &str) -> Result<String, RowFault> {
    if text.is_empty() || (text.len() == 11 && text.starts_with('1') && text.bytes().all(|b| b.is_ascii_digit())) {
        return Ok(text.to_owned());
    }
    let plain: String = text
        .chars()
        .filter(|c| !invisible(*c))
        .map(half)
        .filter(|c| !c.is_whitespace() && !hyphen(*c) && !quote(*c) && !matches!(c, '(' | ')'))
        .collect();
    let plain = ["+86", "0086"].iter().find_map(|code| plain.strip_prefix(code)).unwrap_or(&plain).to_owned();
    let digits = plain.chars().all(|c| c.is_ascii_digit());
    let mobile = plain.len() == 11 && plain.starts_with('1');
    let landline = (10..=12).contains(&plain.len()) && plain.starts_with('0');
    if plain.is_empty() || (digits && (mobile || landline)) { Ok(plain) } else { Err(RowFault::PhoneOdd { text: shown(text) }) }
}

/// Running text on one line, without what cannot be seen; at most `longest` characters.
pub(super) fn clean_text(text: &str, longest: usize) -> String {
    let ordinary = |c: char| matches!(c, '!'..='~' | '\u{3400}'..='\u{9FFF}');
    if text.len() <= longest && text.chars().all(ordinary) {
        return text.to_owned();
    }
    let seen: String =
        text.chars().filter(|c| !invisible(*c) && (c.is_control() || !hidden(*c))).map(|c| if c.is_control() { ' ' } else { c }).collect();
    seen.trim().chars().take(longest).collect()
}

/// A text as a message shows it: what cannot be seen is spelled out, what is long is cut.
pub(super) fn shown(text: &str) -> String {
    let mut out: String = text.chars().take(40).flat_map(char::escape_debug).collect();
    if text.chars().nth(40).is_some() {
        out.push('…');
    }
    out
}
