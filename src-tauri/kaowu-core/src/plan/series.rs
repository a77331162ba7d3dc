//! Numbers of certificates: a series runs through every award that shares it.

use super::{AwardPlan, Plan};

/// How certificates are numbered: text before, the running number with its digits, text after.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Series {
    before: String,
    after: String,
    width: usize,
}

impl Series {
    /// The form of awards whose plan names none.
    pub const USUAL: &str = "{event}-{n:5}";

    /// The series of an award.
    pub fn of(plan: &Plan, award: &AwardPlan) -> Option<Self> {
        Self::parse(award.number.as_deref().unwrap_or(Self::USUAL), plan.event.id.as_str())
    }

    /// Reads `苏人社练兵〔2020〕{n:3}号`; `{event}` is the event's id in capitals. Exactly one `{n:1}` … `{n:9}`.
    pub fn parse(form: &str, event: &str) -> Option<Self> {
        let form = form.replace("{event}", &event.to_uppercase());
        let (before, rest) = form.split_once("{n:")?;
        let (digits, after) = rest.split_once('}')?;
        let width = digits.parse().ok().filter(|w| (1..=9).contains(w) && digits.len() == 1)?;
        let plain = |text: &str| !text.contains(['{', '}', '/', '\\', '\t', '\n', '\r']);
        (plain(before) && plain(after)).then(|| Self { before: before.to_owned(), after: after.to_owned(), width })
    }

    /// The n-th number, from 1.
    pub fn number(&self, n: usize) -> String {
        format!("{}{n:0width$}{}", self.before, self.after, width = self.width)
    }

    /// What two forms must share to be one series: with other digits they could still meet.
    pub fn key(&self) -> (&str, &str) {
        (&self.before, &self.after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let check = |form: &str, n: usize, number: Option<&str>| {
            assert_eq!(Series::parse(form, "js-2020").map(|s| s.number(n)).as_deref(), number, "{form}");
        };
        check(Series::USUAL, 7, Some("JS-2020-00007"));
        check("苏人社练兵〔2020〕{n:3}号", 12, Some("苏人社练兵〔2020〕012号"));
        check("{n:1}", 123, Some("123"));
        for wrong in ["", "JS", "{n}", "{n:0}", "{n:12}", "{n:2}{n:2}", "{m:2}", "{year}{n:2}", "{n:2", "a/{n:2}", "a\t{n:2}"] {
            check(wrong, 1, None);
        }
        let key = |form: &str| Series::parse(form, "js").map(|s| format!("{:?}", s.key()));
        assert_eq!(key("A{n:2}"), key("A{n:5}"));
        assert_ne!(key("A{n:2}"), key("B{n:2}"));
    }
}
