//! Cleaning of what cannot mean anything else.

use super::fault::RowFault;

/// Longest name that is believed: transliterated names reach some twenty signs.
const LONGEST: usize = 30;

fn invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
}

fn half(c: char) -> char {
    match u32::from(c) {
        0x3000 => ' ',
        n @ 0xFF01..=0xFF5E => char::from_u32(n - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

fn han(c: char) -> bool {
    matches!(u32::from(c), 0x3007 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// A name without padding, line breaks and invisible characters, its middle dot unified. Characters are never replaced by
/// similar ones: a rare character is a person's own.
pub fn clean_name(text: &str) -> Result<String, RowFault> {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !invisible(*c)) {
        out.push(match c {
            '•' | '‧' | '・' | '･' | '∙' | '⋅' | '●' | '．' => '·',
            c if c.is_whitespace() => ' ',
            c => c,
        });
    }
    // Chinese names are padded with spaces to stand in line; foreign ones have them between words.
    let name = if out.chars().any(han) { out.replace(' ', "") } else { out.split_whitespace().collect::<Vec<_>>().join(" ") };
    if name.is_empty() {
        return Err(RowFault::NameEmpty);
    }
    let length = name.chars().count();
    if length > LONGEST {
        return Err(RowFault::NameLong { length });
    }
    for c in name.chars() {
        let point = || format!("U+{:04X}", u32::from(c));
        if matches!(u32::from(c), 0xE000..=0xF8FF | 0xF0000..=0x10FFFF) {
            return Err(RowFault::NamePrivate { point: point() });
        }
        // Han beyond what the standard library knows are letters, too.
        if !(c.is_alphabetic() || han(c) || matches!(c, '·' | ' ' | '-' | '\'')) {
            return Err(RowFault::NameCharacter { character: c.escape_debug().to_string(), point: point() });
        }
    }
    Ok(name)
}

/// An ID number without spaces, hyphens, apostrophes; half-width; upper-case X.
pub fn clean_id(text: &str) -> String {
    text.chars()
        .filter(|c| !invisible(*c))
        .map(half)
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\'' | '‘' | '’' | '`'))
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// A telephone number without spaces and hyphens and country code: a mobile one, or a landline with its area code.
pub fn clean_phone(text: &str) -> Result<String, RowFault> {
    let plain: String = text.chars().filter(|c| !invisible(*c)).map(half).filter(|c| !c.is_whitespace() && *c != '-').collect();
    let plain = plain.strip_prefix("+86").unwrap_or(&plain).to_owned();
    let digits = plain.chars().all(|c| c.is_ascii_digit());
    let mobile = plain.len() == 11 && plain.starts_with('1');
    let landline = (10..=12).contains(&plain.len()) && plain.starts_with('0');
    if plain.is_empty() || (digits && (mobile || landline)) { Ok(plain) } else { Err(RowFault::PhoneOdd { text: text.to_owned() }) }
}
