//! Two laptops said two things: a third person settles it against the paper (RULES.md §7, DESIGN.md §3).

use crate::error::{DeskFault, Result};
use crate::{Ctx, Desk};
use kaowu_core::facts::{DecidedMark, DecidedSheet, KeyedMark, KeyedSheet, Topic};
use kaowu_core::identity::EntryId;
use kaowu_core::journal::Fact;
use kaowu_ledger::Draft;

/// Topics with a desk of their own on which differences are decided.
const OWN_DESK: [&str; 4] = [KeyedMark::NAME, DecidedMark::NAME, KeyedSheet::NAME, DecidedSheet::NAME];

/// Whether a topic's contradictions are settled by choosing one of the values.
pub(crate) fn settled_here(topic: &str) -> bool {
    !OWN_DESK.contains(&topic)
}

impl Desk {
    /// Lets one of several values hold that contradict each other on a key. Nobody settles what they said themselves.
    pub fn settle_conflict(&mut self, ctx: &Ctx, topic: &str, key: &str, holds: &EntryId, reason: &str) -> Result<()> {
        self.hq_only(ctx, "conflict.settled")?;
        let reason = DeskFault::reason(reason)?;
        self.record_as(ctx, "conflict.settled", |view| {
            let reader = view.reader();
            let conflict = reader.conflicts()?.into_iter().find(|c| c.topic == topic && c.key == key);
            let conflict = conflict.ok_or_else(|| DeskFault::NothingToSettle { topic: topic.to_owned(), key: key.to_owned() })?;
            if !settled_here(topic) {
                return Err(DeskFault::SettledAtItsDesk { topic: topic.to_owned() }.into());
            }
            for (entry, _) in &conflict.values {
                if reader.author(entry)?.is_some_and(|author| author.op.is_same_person(&ctx.operator)) {
                    return Err(DeskFault::SettlesOwnWord { operator: ctx.operator.clone() }.into());
                }
            }
            let chosen = conflict.values.iter().find(|(entry, _)| entry == holds).map(|(_, value)| value);
            let value = chosen.and_then(|text| serde_json::from_str(text).ok());
            let value = value.ok_or_else(|| DeskFault::NothingToSettle { topic: topic.to_owned(), key: key.to_owned() })?;
            let fact = Fact { topic: topic.to_owned(), key: key.to_owned(), value };
            let replaced = conflict.values.iter().map(|(entry, _)| entry.clone());
            Ok((Draft::new("conflict.settled").because(reason).with("holds", holds.as_str()).fact(fact).replacing(replaced), ()))
        })
    }
}
