//! The journal as a list people can search.

use super::Both;
use super::mask::mask_text;
use crate::error::Result;
use crate::{Desk, Health};
use kaowu_core::identity::{DeviceId, EntryId, Operator};
use kaowu_core::journal::Entry;
use kaowu_core::words::Lang;
use kaowu_ledger::{Filter, Logged};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::BTreeSet;

/// Which entries are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Type)]
pub struct JournalFilter {
    /// Whose line holds this.
    pub text: String,
    /// About this person.
    pub person: Option<String>,
    /// Of the device whose name begins so.
    pub device: Option<String>,
    /// By this operator.
    pub operator: Option<String>,
    /// Of this kind.
    pub kind: Option<String>,
    /// These entries only.
    pub ids: Vec<String>,
}

/// An entry in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct EntryRow {
    /// Id.
    pub id: String,
    /// The first eight of the device's name.
    pub device: String,
    /// Site.
    pub site: String,
    /// Number in the device's feed.
    pub seq: u32,
    /// When.
    pub at: String,
    /// Who.
    pub by: String,
    /// What happened, as the journal says it.
    pub kind: String,
    /// In words.
    pub title: Both,
    /// Details for people.
    pub about: Both,
    /// Whether something it said still holds.
    pub live: bool,
}

/// Some entries, and what one can choose among.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct JournalPage {
    /// Newest first.
    pub rows: Vec<EntryRow>,
    /// Whether there are older ones.
    pub more: bool,
    /// Devices.
    pub devices: Vec<String>,
    /// Operators of the rows.
    pub operators: Vec<String>,
    /// Kinds of the rows.
    pub kinds: Vec<String>,
}

/// One device's feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FeedRow {
    /// The first eight of the device's name.
    pub device: String,
    /// Its site.
    pub site: String,
    /// Last number.
    pub seq: u32,
    /// Check code there.
    pub check_code: String,
}

/// How the journal is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HealthScreen {
    /// Entries checked.
    pub entries: u32,
    /// Faults in words.
    pub faults: Vec<String>,
    /// Feeds.
    pub feeds: Vec<FeedRow>,
    /// Where a clock was set back: no fault, but to be known. Device and number, in order.
    pub clock_fell: Vec<FellRow>,
    /// Hash of the live state.
    pub fingerprint: String,
}

/// An entry before which a clock was set back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct FellRow {
    /// The first eight of the device's name.
    pub device: String,
    /// Its number.
    pub seq: u32,
}

pub(super) fn short(device: &DeviceId) -> String {
    device.as_str().chars().take(8).collect()
}

impl From<Health> for HealthScreen {
    fn from(health: Health) -> Self {
        let feed = |f: crate::FeedSummary| FeedRow {
            device: short(&f.device),
            site: f.site,
            seq: u32::try_from(f.seq).unwrap_or(u32::MAX),
            check_code: f.check_code,
        };
        Self {
            entries: u32::try_from(health.entries).unwrap_or(u32::MAX),
            faults: health.faults.iter().map(|fault| mask_text(fault)).collect(),
            feeds: health.feeds.into_iter().map(feed).collect(),
            clock_fell: health
                .clock_fell
                .iter()
                .map(|(device, seq)| FellRow { device: short(device), seq: u32::try_from(*seq).unwrap_or(u32::MAX) })
                .collect(),
            fingerprint: health.fingerprint,
        }
    }
}

/// A kind in words; the kind itself where the catalogue has none.
fn title(kind: &str) -> Both {
    let code = format!("entry-{}", kind.replace('.', "-"));
    let said = |lang: Lang| {
        let words = lang.say(&code, &Default::default()).what;
        if words.starts_with(&code) { kind.to_owned() } else { words }
    };
    Both { zh: said(Lang::Zh), en: said(Lang::En) }
}

/// A list in a line: what stands in each item, every text in quotation marks of its own, so that one that somebody typed looks like
/// one and not like two.
fn items(value: &serde_json::Value) -> String {
    let item = |value: &serde_json::Value| match value {
        serde_json::Value::Object(fields) => fields.values().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    };
    value.as_array().map_or_else(|| item(value), |all| all.iter().map(item).collect::<Vec<_>>().join("; "))
}

/// Details as a line: names and values; those that the catalogue does not name are left to the whole entry.
fn details(entry: &Entry, lang: Lang) -> String {
    let words = |code: String| {
        let words = lang.say(&code, &Default::default()).what;
        (!words.starts_with(&code)).then_some(words)
    };
    // A value that is a word of the program has its words, too.
    let text = |value: &serde_json::Value| match value.as_str() {
        Some(text) => words(format!("value-{text}")).unwrap_or_else(|| text.to_owned()),
        None => items(value),
    };
    let lines = entry.body.about.iter().filter_map(|(name, value)| Some(format!("{} {}", words(format!("about-{name}"))?, text(value))));
    let comma = if lang == Lang::Zh { "，" } else { ", " };
    let mut line = lines.collect::<Vec<_>>().join(comma);
    if line.is_empty() {
        line = entry.body.facts.iter().take(2).map(|f| format!("{} {}", f.topic, f.key)).collect::<Vec<_>>().join(" · ");
    }
    line
}

/// A line as a list shows it: ID numbers masked, then what is too long cut.
fn short_line(line: &str) -> String {
    let line = mask_text(line);
    if line.chars().count() > 120 { line.chars().take(119).chain(['…']).collect() } else { line }
}

impl Desk {
    /// The newest entries a filter lets through, `offset` of them skipped.
    pub fn journal_page(&self, wanted: &JournalFilter, offset: u32, limit: u32) -> Result<JournalPage> {
        let view = self.view();
        let reader = view.reader();
        let feeds = reader.feeds()?;
        let device = wanted.device.as_ref().and_then(|d| feeds.iter().find(|f| f.device.as_str().starts_with(d.as_str())));
        let mut logged: Vec<Logged> = if wanted.ids.is_empty() {
            let text = [wanted.person.as_deref(), Some(wanted.text.trim())].into_iter().flatten().find(|t| !t.is_empty());
            let filter = Filter {
                device: device.map(|f| f.device.clone()),
                op: wanted.operator.as_deref().map(Operator::from),
                kind: wanted.kind.clone(),
                text: text.map(str::to_owned),
                ..Filter::default()
            };
            reader.entries(&filter, offset.saturating_add(limit).saturating_add(1))?
        } else {
            let mut found = Vec::new();
            for id in &wanted.ids {
                if let Some(entry) = reader.entry(&EntryId::from(id.as_str()))? {
                    found.push(Logged { id: id.as_str().into(), place: 0, quarantined: false, entry });
                }
            }
            found
        };
        logged.reverse();
        let both =
            |l: &Logged| wanted.person.is_none() || wanted.text.is_empty() || details(&l.entry, Lang::Zh).contains(wanted.text.trim());
        let skip = usize::try_from(offset).unwrap_or(0);
        let take = usize::try_from(limit).unwrap_or(0);
        let more = logged.len() > skip + take;
        let mut rows = Vec::new();
        for l in logged.iter().filter(|l| both(l)).skip(skip).take(take) {
            rows.push(EntryRow {
                id: l.id.to_string(),
                device: short(&l.entry.device),
                site: l.entry.site.clone(),
                seq: u32::try_from(l.entry.seq).unwrap_or(u32::MAX),
                at: self.plan().clock(&l.entry.t),
                by: l.entry.op.to_string(),
                kind: l.entry.kind.clone(),
                title: title(&l.entry.kind),
                about: Both::of(short_line(&details(&l.entry, Lang::Zh)), short_line(&details(&l.entry, Lang::En))),
                live: !l.quarantined && reader.holds(&l.id)?,
            });
        }
        let set = |of: fn(&EntryRow) -> &String| rows.iter().map(of).cloned().collect::<BTreeSet<_>>().into_iter().collect();
        Ok(JournalPage {
            operators: set(|r| &r.by),
            kinds: set(|r| &r.kind),
            devices: feeds.iter().map(|f| short(&f.device)).collect(),
            rows,
            more,
        })
    }

    /// An entry laid out for reading, ID numbers masked, and marks that wait for a second person from all but their
    /// author. What was hashed are the stored bytes, not this.
    pub fn entry_text(&self, id: &str, who: Option<&Operator>) -> Result<Option<String>> {
        let view = self.view();
        let entry = view.reader().entry(&id.into())?.map(|entry| view.blinded(entry, who)).transpose()?;
        Ok(entry.map(|e| mask_text(&serde_json::to_string_pretty(&e).unwrap_or_default())))
    }
}
