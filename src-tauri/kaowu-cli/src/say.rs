//! How the door speaks: one JSON value or human text on stdout, progress and refusals on stderr.

use kaowu_core::coded::Coded;
use kaowu_core::words::Lang;
use serde::Serialize;
use std::io::Write;

/// A language and a form of output.
pub(crate) struct Voice {
    lang: Lang,
    json: bool,
}

impl Voice {
    pub(crate) fn new(lang: Lang, json: bool) -> Self {
        Self { lang, json }
    }

    pub(crate) fn lang(&self) -> Lang {
        self.lang
    }

    /// The outcome: as JSON, or as the human text.
    pub(crate) fn tell(&self, value: &impl Serialize, text: impl FnOnce() -> String) {
        let out = if self.json { serde_json::to_string_pretty(value).unwrap_or_default() } else { text() };
        self.print(&out);
    }

    /// Text for stdout as it is; a closed pipe is not an error.
    pub(crate) fn print(&self, text: &str) {
        let mut stdout = std::io::stdout().lock();
        let _closed = writeln!(stdout, "{}", text.trim_end_matches('\n'));
    }

    /// Progress on stderr.
    pub(crate) fn progress(&self, text: &str) {
        let mut stderr = std::io::stderr().lock();
        let _closed = writeln!(stderr, "{text}");
    }

    /// Picks the text of the language.
    pub(crate) fn pick<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// A coded error in words.
    pub(crate) fn words(&self, error: &impl Coded) -> String {
        let said = self.lang.error(error);
        if said.remedy.is_empty() { said.what } else { format!("{} → {}", said.what, said.remedy) }
    }

    /// A refusal: one line of words and the code; under `--json` the code, its facts and the words.
    pub(crate) fn refuse(&self, error: &impl Coded) {
        let mut stderr = std::io::stderr().lock();
        let said = self.lang.error(error);
        let _closed = if self.json {
            let value = serde_json::json!({ "code": error.code(), "facts": error.facts(), "what": said.what, "remedy": said.remedy });
            writeln!(stderr, "{value}")
        } else {
            writeln!(stderr, "[{}] {}", error.code(), self.words(error))
        };
    }
}
