//! What a second person must not read in the journal before they have keyed it themselves (RULES.md §7).

use crate::View;
use crate::error::Result;
use kaowu_core::facts::{FactKey, KeyedMark, KeyedSheet, Topic};
use kaowu_core::identity::Operator;
use kaowu_core::interview::SheetState;
use kaowu_core::journal::Entry;
use kaowu_core::marks::MarkState;
use serde_json::json;

/// What stands in the place of a value.
const HIDDEN: &str = "两遍录入一致或裁定前不显示 hidden until both passes are in";

impl View<'_> {
    /// Hides marks and judges' sheets of which there is one pass only, unless `who` keyed it.
    pub(super) fn blinded(&self, mut entry: Entry, who: Option<&Operator>) -> Result<Entry> {
        if who == Some(&entry.op) {
            return Ok(entry);
        }
        for fact in &mut entry.body.facts {
            let one_pass = match fact.topic.as_str() {
                KeyedMark::NAME => match <KeyedMark as Topic>::Key::read(&fact.key) {
                    Some((stage, part, id, _)) => matches!(self.mark_states(&stage, &part)?.get(&id), Some(MarkState::OnePass { .. })),
                    None => false,
                },
                KeyedSheet::NAME => match <KeyedSheet as Topic>::Key::read(&fact.key) {
                    Some((stage, part, id, _)) => matches!(self.sheet_states(&stage, &part)?.get(&id), Some(SheetState::OnePass { .. })),
                    None => false,
                },
                _ => false,
            };
            if one_pass {
                fact.value = json!(HIDDEN);
                entry.body.about.remove("sum");
            }
        }
        Ok(entry)
    }
}
