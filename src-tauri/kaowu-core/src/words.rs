//! The words for codes, in Chinese and English: `assets/messages/{zh-CN,en}.toml`, one table a code with `what` and
//! `remedy`, `{fact}` standing for a fact. A code without words in both languages fails a test.

use crate::coded::Coded;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A language of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// Chinese as an exam office writes it.
    Zh,
    /// English beside it.
    En,
}

/// One error in words: what happened and where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Said {
    /// What and where.
    pub what: String,
    /// What to do.
    pub remedy: String,
}

#[derive(serde::Deserialize, Default)]
struct Words {
    what: String,
    #[serde(default)]
    remedy: String,
}

type Catalogue = BTreeMap<String, Words>;

fn load(parts: &[&str]) -> Catalogue {
    parts.iter().flat_map(|text| toml::from_str::<Catalogue>(text).unwrap_or_default()).collect()
}

// One file a feature or floor, so that each is read beside its errors.
static ZH: LazyLock<Catalogue> = LazyLock::new(|| {
    load(&[
        include_str!("../../../assets/messages/zh-CN/figure.toml"),
        include_str!("../../../assets/messages/zh-CN/plan.toml"),
        include_str!("../../../assets/messages/zh-CN/roster.toml"),
        include_str!("../../../assets/messages/zh-CN/seating.toml"),
        include_str!("../../../assets/messages/zh-CN/day.toml"),
        include_str!("../../../assets/messages/zh-CN/marks.toml"),
        include_str!("../../../assets/messages/zh-CN/results.toml"),
        include_str!("../../../assets/messages/zh-CN/ledger.toml"),
        include_str!("../../../assets/messages/zh-CN/sheets.toml"),
        include_str!("../../../assets/messages/zh-CN/papers.toml"),
        include_str!("../../../assets/messages/zh-CN/packet.toml"),
        include_str!("../../../assets/messages/zh-CN/desk.toml"),
        include_str!("../../../assets/messages/zh-CN/journal.toml"),
        include_str!("../../../assets/messages/zh-CN/practice.toml"),
        include_str!("../../../assets/messages/zh-CN/stages.toml"),
        include_str!("../../../assets/messages/zh-CN/staff.toml"),
        include_str!("../../../assets/messages/zh-CN/archive.toml"),
        include_str!("../../../assets/messages/zh-CN/operators.toml"),
    ])
});
static EN: LazyLock<Catalogue> = LazyLock::new(|| {
    load(&[
        include_str!("../../../assets/messages/en/figure.toml"),
        include_str!("../../../assets/messages/en/plan.toml"),
        include_str!("../../../assets/messages/en/roster.toml"),
        include_str!("../../../assets/messages/en/seating.toml"),
        include_str!("../../../assets/messages/en/day.toml"),
        include_str!("../../../assets/messages/en/marks.toml"),
        include_str!("../../../assets/messages/en/results.toml"),
        include_str!("../../../assets/messages/en/ledger.toml"),
        include_str!("../../../assets/messages/en/sheets.toml"),
        include_str!("../../../assets/messages/en/papers.toml"),
        include_str!("../../../assets/messages/en/packet.toml"),
        include_str!("../../../assets/messages/en/desk.toml"),
        include_str!("../../../assets/messages/en/journal.toml"),
        include_str!("../../../assets/messages/en/practice.toml"),
        include_str!("../../../assets/messages/en/stages.toml"),
        include_str!("../../../assets/messages/en/staff.toml"),
        include_str!("../../../assets/messages/en/archive.toml"),
        include_str!("../../../assets/messages/en/operators.toml"),
    ])
});

impl Lang {
    fn catalogue(self) -> &'static Catalogue {
        match self {
            Self::Zh => &ZH,
            Self::En => &EN,
        }
    }

    /// The words for an error; the code and its facts themselves where the catalogue has none.
    pub fn error(self, error: &impl Coded) -> Said {
        self.say(&error.code(), &error.facts())
    }

    /// The words for a code with these facts.
    pub fn say(self, code: &str, facts: &Map<String, Value>) -> Said {
        match self.catalogue().get(code) {
            Some(words) => Said { what: self.fill(&words.what, facts), remedy: self.fill(&words.remedy, facts) },
            None => Said { what: format!("{code} {}", Value::Object(facts.clone())), remedy: String::new() },
        }
    }

    /// Every code this language has words for, with its template: for the tests that compare languages.
    pub fn templates(self) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
        self.catalogue().iter().map(|(code, words)| (code.as_str(), words.what.as_str(), words.remedy.as_str()))
    }

    fn fill(self, template: &str, facts: &Map<String, Value>) -> String {
        let mut out = template.to_owned();
        for (name, value) in facts {
            let text = match value {
                Value::String(s) => s.clone(),
                Value::Null => "—".to_owned(),
                Value::Array(items) => {
                    let comma = if self == Self::Zh { "、" } else { ", " };
                    items.iter().map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned)).collect::<Vec<_>>().join(comma)
                }
                other => other.to_string(),
            };
            out = out.replace(&format!("{{{name}}}"), &text);
        }
        out
    }
}

/// Both languages name the same codes and use the same facts.
#[cfg(test)]
mod tests {
    use super::*;

    fn holes(text: &str) -> std::collections::BTreeSet<String> {
        text.split('{').skip(1).filter_map(|p| p.split_once('}')).map(|(h, _)| h.to_owned()).collect()
    }

    #[test]
    fn languages_agree() {
        let of = |lang: Lang| lang.templates().map(|(c, w, r)| (c, holes(&format!("{w}{r}")))).collect::<BTreeMap<_, _>>();
        assert_eq!(of(Lang::Zh).keys().collect::<Vec<_>>(), of(Lang::En).keys().collect::<Vec<_>>());
        assert_eq!(of(Lang::Zh), of(Lang::En));
    }

    #[test]
    fn several_facts_are_listed_as_the_language_lists() {
        let facts = Map::from_iter([("who".to_owned(), serde_json::json!(["a", "b", 3]))]);
        for (lang, wanted) in [(Lang::Zh, "a、b、3"), (Lang::En, "a, b, 3")] {
            assert_eq!(lang.fill("{who}", &facts), wanted);
        }
    }

    #[test]
    fn every_file_parses() {
        for lang in ["zh-CN", "en"] {
            for floor in [
                "figure",
                "plan",
                "roster",
                "seating",
                "day",
                "marks",
                "results",
                "ledger",
                "sheets",
                "papers",
                "packet",
                "desk",
                "journal",
                "practice",
                "stages",
                "staff",
                "archive",
                "operators",
            ] {
                let path = format!("{}/../../assets/messages/{lang}/{floor}.toml", env!("CARGO_MANIFEST_DIR"));
                let text = std::fs::read_to_string(&path).unwrap();
                toml::from_str::<Catalogue>(&text).unwrap_or_else(|e| panic!("{path}: {e}"));
            }
        }
    }
}
