//! Characters that nobody sees: they turn the direction of writing round, have no width, or are no writing at all. Two texts
//! that look the same must be the same, or one person keys as two and a line on paper says what nobody typed.

use serde_json::Value;

/// Whether a character is one of them. Line breaks and tabs are seen.
pub fn hidden(c: char) -> bool {
    matches!(
        u32::from(c),
        0xAD | 0x34F | 0x61C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180E | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F
            | 0x3164 | 0xFEFF | 0xFFA0 | 0xFFF9..=0xFFFB | 0xE0000..=0xE007F
    ) || (c.is_control() && !c.is_whitespace())
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
        for text in ["王㛃", "Åsa Ngô", "𠮷野", "第一行\n第二行\t完", "买买提·艾力", "……——“”", "①②", "👍🏽"]
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
        ] {
            assert_eq!(first_hidden(text), Some(at), "{text:?}");
        }
        assert_eq!(first_hidden_in(&serde_json::json!({"a": [1, {"b": "x\u{200D}"}]})), Some('\u{200D}'));
        assert_eq!(point('\u{202E}'), "U+202E");
    }
}
