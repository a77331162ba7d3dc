//! What a post speaks of: its own stage, part, site and people.

use crate::View;
use crate::error::{DeskFault, Result};
use kaowu_core::day::only_grows;
use kaowu_core::facts::{
    DecidedMark, DecidedSheet, IncidentFact, InspectionFact, KeyedMark, KeyedSheet, OpeningFact, PacketFact, Topic, well_formed,
};
use kaowu_core::identity::{IdNumber, Operator, PartId, SiteCode, StageId};
use kaowu_core::journal::{Entry, Fact};
use kaowu_ledger::{FeedLine, Step};
use serde_json::Value;
use std::collections::BTreeSet;

/// What a post may state something about.
pub(super) struct Scope {
    prefix: String,
    site: SiteCode,
    people: BTreeSet<IdNumber>,
}

impl Scope {
    pub(super) fn of(stage: &StageId, part: &PartId, site: &SiteCode, people: BTreeSet<IdNumber>) -> Self {
        Self { prefix: format!("{stage}/{part}"), site: site.clone(), people }
    }

    /// Whether a fact in a site's topic is about this post.
    pub(super) fn holds(&self, fact: &Fact) -> bool {
        let prefix = &self.prefix;
        match fact.topic.as_str() {
            OpeningFact::NAME => true,
            IncidentFact::NAME => match serde_json::from_value::<IncidentFact>(fact.value.clone()) {
                Ok(incident) => format!("{}/{}", incident.stage, incident.part) == *prefix && self.people.contains(&incident.person),
                Err(_) => fact.value.is_null(),
            },
            InspectionFact::NAME => match serde_json::from_value::<InspectionFact>(fact.value.clone()) {
                Ok(seen) => format!("{}/{}", seen.stage, seen.part) == *prefix,
                Err(_) => fact.value.is_null(),
            },
            "lot-draw" => fact.key == *prefix,
            "room-record" | "sign-off" | "stand-in" => fact.key.starts_with(&format!("{prefix}/{}/", self.site)),
            "recusal" => fact.key.starts_with(&format!("{prefix}/")),
            _ => fact
                .key
                .strip_prefix(prefix.as_str())
                .and_then(|rest| rest.strip_prefix('/'))
                .and_then(|rest| rest.split('/').next())
                .is_some_and(|id| self.people.contains(&IdNumber::from(id))),
        }
    }
}

impl View<'_> {
    /// The scope of a post for which a packet was issued.
    pub(super) fn scope_of(&self, issued: &PacketFact) -> Result<Scope> {
        let people = self.post_people(&issued.stage, &issued.part, &issued.site)?;
        Ok(Scope::of(&issued.stage, &issued.part, &issued.site, people))
    }

    /// Refuses a feed that speaks of what is not its post's. Gives who acts in it, as it says.
    pub(super) fn in_scope(&self, post: &str, issued: &PacketFact, feed: &[FeedLine]) -> Result<BTreeSet<Operator>> {
        let scope = self.scope_of(issued)?;
        let mut names = BTreeSet::new();
        for (done, line) in feed.iter().enumerate() {
            self.reader().tell_often(Step::Comparing, done, feed.len())?;
            // Whether it is the one form of an entry is looked at with its signature; what is not is refused there.
            let Ok(entry) = serde_json::from_slice::<Entry>(&line.line) else { continue };
            // Of an opening only what a site may state itself counts here; the brief that it repeats does not.
            let stated = |fact: &Fact| {
                entry.kind != kaowu_ledger::OPENING || well_formed(&Fact { value: serde_json::Value::Null, ..fact.clone() }, true)
            };
            let outside = |fact: &&Fact| stated(fact) && !scope.holds(fact);
            if let Some(fact) = entry.body.facts.iter().find(outside) {
                return Err(DeskFault::PacketOutOfScope { post: post.to_owned(), topic: fact.topic.clone(), key: fact.key.clone() }.into());
            }
            // A settlement is headquarters' own word, which counts nothing here.
            let reports = entry.body.facts.iter().filter(|_| entry.kind != kaowu_ledger::SETTLED);
            for fact in reports {
                if !only_grows(&entry, fact) || self.told_otherwise(fact)? {
                    return Err(DeskFault::IncidentChanged { post: post.to_owned(), incident: fact.key.clone() }.into());
                }
            }
            for name in acting(&entry) {
                if !name.is_empty() && !names.contains(name) {
                    names.insert(name.to_owned());
                }
            }
        }
        Ok(names.into_iter().map(Operator).collect())
    }
}

impl View<'_> {
    /// Whether an incident is known here under that id, and otherwise: ids are short, and somebody may have looked for one that is taken.
    fn told_otherwise(&self, fact: &Fact) -> Result<bool> {
        if fact.topic != IncidentFact::NAME {
            return Ok(false);
        }
        let said: Option<IncidentFact> = serde_json::from_value(fact.value.clone()).ok();
        Ok(self.live::<IncidentFact>(&fact.key)?.into_iter().any(|held| said.as_ref() != Some(&held.value)))
    }
}

/// Who acts in an entry: the operator, the second person, and those whom a mark or a decision names.
fn acting(entry: &Entry) -> impl Iterator<Item = &str> {
    let of_marks = [KeyedMark::NAME, DecidedMark::NAME, KeyedSheet::NAME, DecidedSheet::NAME];
    let by = entry.body.facts.iter().filter(move |fact| of_marks.contains(&fact.topic.as_str())).filter_map(|fact| fact.value.get("by"));
    let by = by.flat_map(|by| by.as_str().into_iter().chain(by.as_array().into_iter().flatten().filter_map(Value::as_str)));
    let second = entry.body.about.get("second").and_then(Value::as_str).unwrap_or_default();
    std::iter::once(entry.op.as_str()).chain(second.split('、')).chain(by)
}
