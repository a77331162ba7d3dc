//! Characters that nobody sees: they turn the direction of writing round, have no width, choose between forms of one character,
//! or are no writing at all. Two texts that look the same must be the same, or one person keys as two and a line on paper says
//! what nobody typed. This is the one list of them: what is typed is refused for them, what comes from files is cleaned of them.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// Whether a character is one of them. Line breaks and tabs are seen.
pub fn hidden(c: char) -> bool {
    turns(c) || blank(c) || (c.is_control() && !c.is_whitespace())
}

/// Those that change how the writing around them runs: never a slip of a keyboard, so no file is cleaned of them.
pub fn turns(c: char) -> bool {
    matches!(u32::from(c), 0x61C | 0x202A..=0x202E | 0x2066..=0x206F | 0xFFF9..=0xFFFB)
}

/// Those that print nothing: of no width, fillers, an empty Braille cell, beams of notes, tags, and selectors of a character's form
/// (of Mongolian, of emoji, of ideographs).
pub fn blank(c: char) -> bool {
    matches!(
        u32::from(c),
        0xAD | 0x34F | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F | 0x2060..=0x2065 | 0x2800 | 0x3164
            | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFF8 | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF
    )
}

/// A name as two of them are compared: in one width and one form, without spaces, upper and lower case alike. Whoever has the same
/// is the same person, wherever a rule asks for another.
pub fn folded(name: &str) -> String {
    let seen = name.nfkc().filter(|c| !c.is_whitespace() && !hidden(*c));
    let upper: String = seen.flat_map(char::to_uppercase).collect();
    upper.chars().flat_map(char::to_lowercase).nfkc().collect()
}

/// The first such character of a text.
pub fn first_hidden(text: &str) -> Option<char> {
    // Nearly every text is ideographs, letters and digits.
    text.chars().find(|c| !matches!(c, ' '..='~' | '\u{3400}'..='\u{9FFF}') && hidden(*c))
}

/// The first such character in any text of a value.
pub fn first_hidden_in(value: &Value) -> Option<char> {
    match value {
        Value::String(text) => first_hidden(text),
        Value::Array(items) => items.iter().find_map(first_hidden_in),
        Value::Object(fields) => fields.values().find_map(first_hidden_in),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// `U+202E`, as messages show it.
pub fn point(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_and_what_is_not() {
        for text in ["王㛃", "Åsa Ngô", "𠮷野", "第一行\n第二行\t完", "买买提·艾力", "……——“”", "①②", "👍🏽", "⠃", "\u{3000}"]
        {
            assert_eq!(first_hidden(text), None, "{text}");
        }
        for (text, at) in [
            ("王\u{202E}伟", '\u{202E}'),
            ("王\u{200B}伟", '\u{200B}'),
            ("\u{FEFF}甲", '\u{FEFF}'),
            ("甲\u{2066}", '\u{2066}'),
            ("甲\u{E0041}", '\u{E0041}'),
            ("甲\u{61C}", '\u{61C}'),
            ("甲\u{8}", '\u{8}'),
            ("甲\u{3164}", '\u{3164}'),
            ("甲\u{FE00}", '\u{FE00}'),
            ("甲\u{FE0F}", '\u{FE0F}'),
            ("甲\u{E0100}", '\u{E0100}'),
            ("甲\u{180B}", '\u{180B}'),
            ("甲\u{2800}", '\u{2800}'),
            ("甲\u{1D173}", '\u{1D173}'),
            ("甲\u{2065}", '\u{2065}'),
        ] {
            assert_eq!(first_hidden(text), Some(at), "{text:?}");
        }
        assert_eq!(first_hidden_in(&serde_json::json!({"a": [1, {"b": "x\u{200D}"}]})), Some('\u{200D}'));
        assert_eq!(point('\u{202E}'), "U+202E");
    }

    #[test]
    fn one_person_under_two_spellings_is_one() {
        for (a, b, same) in [
            ("王伟", "王 伟", true),
            ("王伟", "王\u{3000}伟", true),
            (" 王伟\u{A0}", "王伟", true),
            ("王伟", "王\u{2009}\u{200B}伟\u{FE00}", true),
            ("Ａｎｎａ", "anna", true),
            ("Straße", "STRASSE", true),
            ("Ngo\u{302}", "NGÔ", true),
            ("ﬁna", "Fina", true),
            ("金", "⾦", true),
            ("龍", "\u{F9C4}", true),
            ("王伟", "王玮", false),
            ("黄", "黃", false),
            ("買買提·艾力", "买买提·艾力", false),
        ] {
            assert_eq!(folded(a) == folded(b), same, "{a} {b}");
            assert_eq!(crate::identity::Operator::from(a).is_same_person(&b.into()), same, "{a} {b}");
        }
    }
}
