//! Texts of a template: plain words, holes that a certificate fills, stretches left out where a hole is empty.

use super::read::{Fault, wrong};
use crate::certificate::Certificate;
use serde::Deserialize;

/// What a certificate fills in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Hole {
    Name,
    Honorific,
    Unit,
    Event,
    Award,
    Grounds,
    Issuer,
    Date,
    Number,
    Members,
    Verification,
    Sex,
    Birth,
    Id,
    Workplace,
    Duty,
    Phone,
}

const HOLES: [(&str, Hole); 17] = [
    ("name", Hole::Name),
    ("honorific", Hole::Honorific),
    ("unit", Hole::Unit),
    ("event", Hole::Event),
    ("award", Hole::Award),
    ("grounds", Hole::Grounds),
    ("issuer", Hole::Issuer),
    ("date", Hole::Date),
    ("number", Hole::Number),
    ("members", Hole::Members),
    ("verification", Hole::Verification),
    ("sex", Hole::Sex),
    ("birth", Hole::Birth),
    ("id", Hole::Id),
    ("workplace", Hole::Workplace),
    ("duty", Hole::Duty),
    ("phone", Hole::Phone),
];

/// A stretch of a template's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    Words(String),
    Hole(Hole),
    /// `[…]`: left out when a hole in it is empty.
    Optional(Vec<Part>),
}

impl Certificate {
    pub(crate) fn value(&self, hole: Hole) -> String {
        let text = match hole {
            Hole::Name => &self.name,
            Hole::Honorific => &self.honorific,
            Hole::Unit => &self.unit,
            Hole::Event => &self.event,
            Hole::Award => &self.award,
            Hole::Grounds => &self.grounds,
            Hole::Issuer => &self.issuer,
            Hole::Date => &self.date,
            Hole::Number => &self.number,
            Hole::Members => return self.members.join("　"),
            Hole::Verification => &self.verification,
            Hole::Sex => &self.applicant.sex,
            Hole::Birth => &self.applicant.birth,
            Hole::Id => &self.applicant.id,
            Hole::Workplace => &self.applicant.workplace,
            Hole::Duty => &self.applicant.duty,
            Hole::Phone => &self.applicant.phone,
        };
        text.clone()
    }
}

/// Takes `在{event}中[，{grounds}]` apart.
pub(super) fn parts(key: &str, text: &str) -> Result<Vec<Part>, Fault> {
    let unclosed = |mark: &str| wrong(key, text, mark);
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '[', ']', '}']) {
        let (before, after) = rest.split_at(at);
        if !before.is_empty() {
            out.push(Part::Words(before.to_owned()));
        }
        let mark = &after[..1];
        let (inside, next) = match mark {
            "{" => after[1..].split_once('}').ok_or_else(|| unclosed("{ }"))?,
            "[" => after[1..].split_once(']').ok_or_else(|| unclosed("[ ]"))?,
            _ => return Err(unclosed("{ } [ ]")),
        };
        out.push(if mark == "{" {
            let names = || HOLES.map(|(name, _)| format!("{{{name}}}")).join(" ");
            let hole = HOLES.iter().find(|(name, _)| *name == inside).ok_or_else(|| wrong(key, inside, &names()))?;
            Part::Hole(hole.1)
        } else {
            Part::Optional(parts(key, inside)?)
        });
        rest = next;
    }
    if !rest.is_empty() {
        out.push(Part::Words(rest.to_owned()));
    }
    Ok(out)
}
