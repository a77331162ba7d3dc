//! Where a PIN comes from: a file, the environment, the terminal. Never an argument, which everybody on the machine sees.

use crate::args::WordsArgs;
use crate::say::Voice;
use kaowu_core::identity::Operator;
use kaowu_desk::{DeskFault, Pin, Result};
use std::io::IsTerminal;
use std::path::Path;

/// A PIN that is wanted.
pub(crate) struct Asked<'a> {
    file: Option<&'a Path>,
    variable: &'static str,
    /// Typed twice, so that no slip of a key locks somebody out.
    twice: bool,
}

impl<'a> Asked<'a> {
    pub(crate) fn pin(file: Option<&'a Path>) -> Self {
        Self { file, variable: "KAOWU_PIN", twice: false }
    }

    pub(crate) fn second(file: Option<&'a Path>) -> Self {
        Self { file, variable: "KAOWU_SECOND_PIN", twice: false }
    }

    pub(crate) fn new_pin(file: Option<&'a Path>) -> Self {
        Self { file, variable: "KAOWU_NEW_PIN", twice: true }
    }

    /// An own PIN that is taken for the first time.
    pub(crate) fn first(file: Option<&'a Path>) -> Self {
        Self { twice: true, ..Self::pin(file) }
    }
}

/// Asks for an operator's PIN.
pub(crate) fn ask(operator: &Operator, asked: &Asked<'_>, voice: &Voice) -> Result<Pin> {
    if let Some(file) = asked.file {
        let text = std::fs::read_to_string(file);
        let text = text.map_err(|e| DeskFault::FileUnreadable { file: file.display().to_string(), detail: e.to_string() })?;
        return Ok(Pin::new(&text));
    }
    if let Ok(text) = std::env::var(asked.variable) {
        return Ok(Pin::new(&text));
    }
    let needed = || DeskFault::PinNeeded { operator: operator.clone() };
    if !std::io::stdin().is_terminal() {
        return Err(needed().into());
    }
    let typed = |prompt: String| rpassword::prompt_password(prompt).map(|text| Pin::new(&text)).map_err(|_| needed());
    let label = if asked.twice { voice.pick("新 PIN", "new PIN") } else { "PIN" };
    loop {
        let first = typed(format!("{operator} {label}: "))?;
        if !asked.twice || first == typed(format!("{operator} {label} {}: ", voice.pick("（再次）", "(again)")))? {
            return Ok(first);
        }
        voice.progress(voice.pick("两次输入不同", "the two differ"));
    }
}

/// The six words, from a file or the environment: they are no argument either.
pub(crate) fn given_words(from: &WordsArgs) -> Result<Option<String>> {
    if let Some(file) = &from.words_file {
        let text = std::fs::read_to_string(file);
        let text = text.map_err(|e| DeskFault::FileUnreadable { file: file.display().to_string(), detail: e.to_string() })?;
        return Ok(Some(text.trim().to_owned()));
    }
    Ok(std::env::var("KAOWU_WORDS").ok())
}

/// The same, or asked for at the terminal.
pub(crate) fn words(from: &WordsArgs, voice: &Voice) -> Result<String> {
    if let Some(words) = given_words(from)? {
        return Ok(words);
    }
    let typed = rpassword::prompt_password(format!("{}: ", voice.pick("六个词", "the six words")));
    Ok(typed.map_err(|_| kaowu_desk::VaultFault::WordsWrong)?)
}
