//! Names: what is cleaned of them, and what no name has.

use super::clean::{half, invisible};
use super::fault::RowFault;
use crate::hidden::hidden;
use unicode_normalization::UnicodeNormalization;

/// Longest name that is believed: transliterated names reach some twenty signs.
const LONGEST: usize = 30;

/// Words that stand where a name is still to come.
const TO_COME: &[&str] = &["待定", "待补", "待报", "待补充", "未定", "暂无", "暂缺", "空缺", "无", "空"];

/// Ideographs, those beyond what the standard library knows among them, and the 〇 of names.
fn han(c: char) -> bool {
    matches!(u32::from(c), 0x3007 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// Radicals and strokes: they look like ideographs and are none.
fn radical(c: char) -> bool {
    matches!(u32::from(c), 0x2E80..=0x2FDF | 0x31C0..=0x31EF)
}

fn private(c: char) -> bool {
    matches!(u32::from(c), 0xE000..=0xF8FF | 0xF0000..=0x10FFFF)
}

/// Signs that stand for a character somebody could not type or a computer could not show, or that mask one.
fn gap(c: char) -> bool {
    matches!(c, '□' | '■' | '◻' | '▢' | '▯' | '〓' | '?' | '？' | '*' | '＊' | '\u{FFFD}' | '○' | '◯' | '_' | '＿' | '⿰'..='⿿')
}

/// Dots that are typed between the parts of a name.
fn dot(c: char) -> bool {
    matches!(c, '•' | '‧' | '・' | '･' | '∙' | '⋅' | '●' | '．' | '·' | '․' | '﹒' | '˙' | 'ꞏ' | '᛫')
}

fn latin(c: char) -> bool {
    c.is_alphabetic() && matches!(u32::from(c), 0..=0x24F | 0x1E00..=0x1EFF)
}

/// A name without padding, line breaks and invisible characters, its middle dot unified, composed (NFC). Characters are
/// never replaced by similar ones: a rare character is a person's own.
pub fn clean_name(text: &str) -> Result<String, RowFault> {
    let plain = text.chars().all(|c| matches!(c, '\u{4E00}'..='\u{9FFF}'));
    let name = if plain { text.to_owned() } else { tidy(text) };
    if name.is_empty() {
        return Err(RowFault::NameEmpty);
    }
    if TO_COME.contains(&name.as_str()) {
        return Err(RowFault::NameToCome { text: name });
    }
    let length = name.chars().count();
    if length > LONGEST {
        return Err(RowFault::NameLong { length });
    }
    if !plain {
        judge(&name)?;
    }
    Ok(name)
}

fn tidy(text: &str) -> String {
    let ideographs = text.chars().any(|c| han(c) || radical(c));
    let seen = text.chars().filter(|c| !invisible(*c)).map(|c| if c.is_whitespace() { ' ' } else { c });
    let composed: String = seen.nfc().map(|c| if dot(c) { '·' } else { c }).collect();
    let composed = composed.trim().trim_start_matches(['\'', '‘', '’', '`']);
    if !ideographs {
        return composed.chars().map(half).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    }
    // Chinese names are padded with spaces to stand in line; a full stop between ideographs is the dot of a keyboard.
    let mut name = composed.replace(' ', "").replace('.', "·");
    while name.contains("··") {
        name = name.replace("··", "·");
    }
    name
}

/// Refuses the first character that no name has.
fn judge(name: &str) -> Result<(), RowFault> {
    let ideographs = name.chars().any(|c| han(c) || radical(c));
    let letters = name.chars().any(latin);
    let last = name.chars().count() - 1;
    for (at, c) in name.chars().enumerate() {
        let (character, point) = (c.escape_debug().to_string(), format!("U+{:04X}", u32::from(c)));
        let inside = at > 0 && at < last;
        let fine = match c {
            '·' => inside,
            ' ' | '-' | '\'' | '’' | '.' => !ideographs && at > 0,
            c if ideographs => han(c),
            c => c.is_alphabetic() && (latin(c) || !letters),
        };
        if fine {
            continue;
        }
        return Err(if private(c) {
            RowFault::NamePrivate { point }
        } else if hidden(c) {
            RowFault::NameHidden { point }
        } else if gap(c) {
            RowFault::NameGap { character, point }
        } else if matches!(c, '(' | '（' | '[' | '【' | '〔' | '［') && at > 0 {
            RowFault::NameNote { note: name.chars().skip(at).collect() }
        } else if radical(c) || c.is_alphabetic() {
            RowFault::NameLookAlike { character, point }
        } else {
            RowFault::NameCharacter { character, point }
        });
    }
    Ok(())
}
