//! ID numbers under their mask: wherever one stands in a text for the screen.

use kaowu_core::identity::IdNumber;

/// An ID number as a screen shows it: the first four and the last four.
pub fn masked(id: &IdNumber) -> String {
    let text: Vec<char> = id.as_str().chars().collect();
    let shown = |n: usize| n < 4 || n + 4 >= text.len();
    text.iter().enumerate().map(|(n, c)| if shown(n) { *c } else { '*' }).collect()
}

/// So many digits in one word are an ID number, or were meant to be one: the old ones had fifteen, and one with a slip has
/// a digit too few. Nothing else that is shown has as many: a candidate number has twelve, a telephone number eleven.
const DIGITS: usize = 14;
/// Longer words are hashes.
const LONGEST: usize = 22;

/// A character as ASCII where it is one in full width.
fn plain(c: char) -> char {
    match c {
        '\u{FF10}'..='\u{FF19}' | '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// What may stand between the groups of an ID number that somebody typed with spaces.
fn gap(c: char) -> bool {
    matches!(c, ' ' | '-' | '\u{A0}' | '\u{3000}' | '\u{2002}'..='\u{200B}' | '\u{2010}'..='\u{2014}')
}

/// Puts every ID number in a text under its mask, those with slips in them too.
pub(crate) fn mask_text(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let (word, grouped) = (word_at(&chars[at..], false), word_at(&chars[at..], true));
        let hidden = if grouped.len() > word.len() && matches!(characters(grouped), 15 | 18) && digits(grouped) >= DIGITS {
            grouped
        } else if digits(word) >= DIGITS && word.len() <= LONGEST {
            word
        } else {
            // As it stands: the word, or one character between words.
            let end = at + word.len().max(1);
            out.extend(&chars[at..end]);
            at = end;
            continue;
        };
        let shown = |n: usize| n < 4 || n + 4 >= hidden.len();
        out.extend(hidden.iter().enumerate().map(|(n, c)| if shown(n) { *c } else { '*' }));
        at += hidden.len();
    }
    out
}

fn characters(word: &[char]) -> usize {
    word.iter().filter(|c| plain(**c).is_ascii_alphanumeric()).count()
}

fn digits(word: &[char]) -> usize {
    word.iter().filter(|c| plain(**c).is_ascii_digit()).count()
}

/// The word a text begins with; `grouped`: with single gaps between its digits.
fn word_at(chars: &[char], grouped: bool) -> &[char] {
    let digit = |n: usize| chars.get(n).is_some_and(|c| plain(*c).is_ascii_digit());
    let mut end = 0;
    while let Some(c) = chars.get(end) {
        let inside = grouped && gap(*c) && end > 0 && digit(end - 1) && digit(end + 1);
        if !plain(*c).is_ascii_alphanumeric() && !inside {
            break;
        }
        end += 1;
    }
    &chars[..end]
}

#[cfg(test)]
mod tests {
    use super::{mask_text, masked};

    #[test]
    fn an_id_number_keeps_its_ends_only() {
        assert_eq!(masked(&"32010619900101123X".into()), "3201**********123X");
    }

    #[test]
    fn wherever_it_stands() {
        for (text, wanted) in [
            ("", ""),
            ("身份证号32010619900101123X不正确", "身份证号3201**********123X不正确"),
            ("city/written/320106199001011234/1", "city/written/3201**********1234/1"),
            // Slips: a letter O, a digit too few or too many, the old form, groups, full width.
            ("32010619900101O234", "3201**********O234"),
            ("32010619900101123", "3201*********1123"),
            ("3201061990010112345", "3201***********2345"),
            ("320106900101123", "3201*******1123"),
            ("320106 19900101 1234", "3201************1234"),
            ("核对码 1642-9503 320106199001011234", "核对码 1642-9503 3201**********1234"),
            ("３２０１０６１９９００１０１１２３４", "３２０１**********１２３４"),
            // What is none.
            ("202001000101", "202001000101"),
            ("13812345678 13912345678x", "13812345678 13912345678x"),
            ("2020-06-27 2020-06-28", "2020-06-27 2020-06-28"),
            ("1642-9503 2020-06-27", "1642-9503 2020-06-27"),
            ("2020-06-27T08:50:00.000+08:00", "2020-06-27T08:50:00.000+08:00"),
            (
                "0123456789012345678901234567890123456789012345678901234567890123",
                "0123456789012345678901234567890123456789012345678901234567890123",
            ),
        ] {
            assert_eq!(mask_text(text), wanted, "{text}");
        }
    }
}
