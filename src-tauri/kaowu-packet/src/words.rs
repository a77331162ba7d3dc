//! Passphrases of six words, to be given by another way than the stick.

use bip39::Language;
use rand_core::{OsRng, RngCore};

/// Six words of 2,048: 66 bits.
pub fn six_words() -> String {
    let list = Language::English.word_list();
    // 2,048 divides 2³², so the remainder favours no word.
    let word = |_| list[usize::try_from(OsRng.next_u32()).unwrap_or(0) % list.len()];
    (0..6).map(word).collect::<Vec<_>>().join(" ")
}

/// Words as people type them: any case, any spaces or hyphens between.
pub fn tidy(words: &str) -> String {
    words
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | ',' | '，' | '、'))
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ")
}
