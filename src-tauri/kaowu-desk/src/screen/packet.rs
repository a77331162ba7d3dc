//! Posts, the merge board and its conflicts.

use super::mask::mask_text;
use super::{Both, stage_and_part};
use crate::error::Result;
use crate::packet::{post_name, settled_here};
use crate::{Ctx, Desk, PostState};
use chrono::{DateTime, FixedOffset};
use kaowu_core::facts::PacketFact;
use kaowu_core::identity::{DeviceId, EntryId, PartId, StageId};
use kaowu_core::words::Lang;
use serde::Serialize;
use serde_json::Value;
use specta::Type;

/// A post and its packet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PostRow {
    /// The post.
    pub post: String,
    /// Site.
    pub site: String,
    /// Its name.
    pub site_name: String,
    /// People.
    pub people: u32,
    /// Whether a packet is out.
    pub issued: bool,
    /// When the last was issued.
    pub issued_at: Option<String>,
    /// Whether seats were changed since: it must be issued again.
    pub outdated: bool,
    /// The entry of the last.
    pub entry: Option<String>,
}

/// A device of a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DeviceRow {
    /// The first eight of its name.
    pub device: String,
    /// Last number merged.
    pub seq: u32,
    /// Check code there.
    pub check_code: String,
    /// The device that goes on from it: it is superseded.
    pub goes_on_as: Option<String>,
}

/// A row of the merge board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BoardRow {
    /// The post.
    pub post: String,
    /// Its stage and part.
    pub of: Both,
    /// Site's name.
    pub site_name: String,
    /// People.
    pub people: u32,
    /// How it stands.
    pub state: PostState,
    /// Its devices.
    pub devices: Vec<DeviceRow>,
    /// Who acted there, as its handovers say, and was never named for that site by headquarters.
    pub strangers: Vec<String>,
}

/// One of several values that contradict each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ConflictValue {
    /// What it says where they differ, in words.
    pub value: Both,
    /// Who.
    pub by: String,
    /// On which device.
    pub device: String,
    /// When.
    pub at: String,
    /// The entry.
    pub entry: String,
}

/// Values that contradict each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ConflictRow {
    /// Topic.
    pub topic: String,
    /// Key, with handles for people.
    pub key: String,
    /// Whether it is settled here; marks and sheets are decided at their own desks.
    pub here: bool,
    /// What it is about, in words.
    pub about: Both,
    /// The values.
    pub values: Vec<ConflictValue>,
}

impl Desk {
    fn site_name(&self, stage: &StageId, site: &str) -> Result<String> {
        let rooms = self.view().rooms(stage)?;
        Ok(rooms.into_iter().find(|((s, _), _)| s.as_str() == site).map(|(_, fact)| fact.site_name).unwrap_or_default())
    }

    /// Posts of a part, whether issued or not.
    pub fn post_rows(&self, stage: &StageId, part: &PartId) -> Result<Vec<PostRow>> {
        let view = self.view();
        let outdated = view.outdated_packets(stage, part)?;
        let mut rows = Vec::new();
        for (site, site_name) in view.sites(stage, part)? {
            let post = post_name(stage, part, &site);
            let issued = view.one::<PacketFact>(&post)?;
            rows.push(PostRow {
                people: super::count(view.post_people(stage, part, &site)?.len()),
                issued: issued.is_some(),
                outdated: outdated.contains(&site),
                entry: issued.as_ref().map(|held| held.entry.to_string()),
                issued_at: issued.map(|held| view.plan().clock(&held.by.t)),
                site: site.0,
                site_name,
                post,
            });
        }
        Ok(rows)
    }

    /// Stage and part of a post in words; the post itself where the plan knows none such.
    pub fn post_words(&self, post: &str) -> Both {
        let all = self.plan().stages.iter().flat_map(|stage| stage.parts.iter().map(move |part| (stage, part)));
        let mut fits = all.filter(|(stage, part)| post.starts_with(&format!("{}.{}.", stage.id, part.id)));
        fits.next().map_or_else(|| Both::same(post), |(stage, part)| stage_and_part(stage, part))
    }

    /// The merge board with names, as it stands at a time.
    pub fn board_rows(&self, now: DateTime<FixedOffset>) -> Result<Vec<BoardRow>> {
        let short = |device: &DeviceId| device.as_str().chars().take(8).collect::<String>();
        let mut rows = Vec::new();
        for status in self.merge_board()?.into_iter().map(|status| status.at(now)) {
            let fact = self.view().one::<PacketFact>(&status.post)?.map(|held| held.value);
            let of = self.post_words(&status.post);
            let site_name = fact.map(|f| self.site_name(&f.stage, f.site.as_str())).transpose()?.unwrap_or_default();
            let devices = status.devices.into_iter().map(|(device, seq, check_code)| DeviceRow {
                goes_on_as: status.superseded.get(&device).map(short),
                device: short(&device),
                seq: u32::try_from(seq).unwrap_or(u32::MAX),
                check_code,
            });
            rows.push(BoardRow {
                of,
                site_name,
                people: status.people,
                state: status.state,
                devices: devices.collect(),
                strangers: status.strangers.iter().map(ToString::to_string).collect(),
                post: status.post,
            });
        }
        Ok(rows)
    }

    /// What contradicts itself, with its authors.
    pub fn conflict_rows(&self) -> Result<Vec<ConflictRow>> {
        let view = self.view();
        let mut rows = Vec::new();
        for conflict in view.reader().conflicts()? {
            let mut values = Vec::new();
            let said = differing(&conflict.values.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>());
            for ((entry, _), value) in conflict.values.iter().zip(said) {
                let Some(author) = view.reader().author(entry)? else { continue };
                values.push(ConflictValue {
                    value,
                    by: author.op.to_string(),
                    device: author.device.as_str().chars().take(8).collect(),
                    at: view.plan().clock(&author.t),
                    entry: entry.to_string(),
                });
            }
            let key = conflict.key.split('/').map(|part| view.handle_or_code(part)).collect::<Vec<_>>().join("/");
            let (about, here) = (self.about(&conflict.topic, &conflict.key)?, settled_here(&conflict.topic));
            rows.push(ConflictRow { about, key, here, topic: conflict.topic, values });
        }
        Ok(rows)
    }

    /// Settles a contradiction as a page names it.
    pub fn settle_conflict_of(&mut self, ctx: &Ctx, topic: &str, key: &str, holds: &EntryId, reason: &str) -> Result<()> {
        let key = key.split('/').map(|part| self.person_or_text(part)).collect::<Vec<_>>().join("/");
        self.settle_conflict(ctx, topic, &key, holds, reason)
    }

    /// A key in words: the names of the people, stages and parts it holds.
    fn about(&self, topic: &str, key: &str) -> Result<Both> {
        let view = self.view();
        let mut words = Vec::new();
        let mut stage: Option<StageId> = None;
        for piece in key.split('/') {
            let found = self.plan().stages.iter().find(|s| s.id.as_str() == piece);
            if let Some(found) = found {
                stage = Some(found.id.clone());
                words.push(Both::from(found));
                continue;
            }
            let person = stage.as_ref().map(|s| view.candidate(s, &piece.into())).transpose()?.flatten();
            let part = stage.as_ref().and_then(|s| view.part(s, &piece.into()).ok());
            words.push(match (person, part) {
                (Some(person), _) => Both::same(person.name),
                (None, Some(part)) => part.into(),
                (None, None) => Both::same(piece),
            });
        }
        let words = Both::join(&words, " · ");
        let of = |lang: Lang, what: &str| mask_text(&format!("{} · {what}", word(lang, "topic", topic)));
        Ok(Both { zh: of(Lang::Zh, &words.zh), en: of(Lang::En, &words.en) })
    }
}

/// The catalogue's word for a topic or a field; its own name where there is none.
fn word(lang: Lang, kind: &str, name: &str) -> String {
    let code = format!("{kind}-{name}");
    let words = lang.say(&code, &Default::default()).what;
    if words.starts_with(&code) { name.to_owned() } else { words }
}

/// Of values that contradict each other what differs, named; values that are no objects as they are.
fn differing(values: &[&str]) -> Vec<Both> {
    let read: Vec<Value> = values.iter().map(|text| serde_json::from_str(text).unwrap_or_default()).collect();
    let differs = |name: &str| read.iter().any(|value| value.get(name) != read[0].get(name));
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let of = |value: &Value, lang: Lang| match value.as_object() {
        Some(fields) => {
            let said = fields
                .iter()
                .filter(|(name, _)| differs(name))
                .map(|(name, value)| format!("{} {}", word(lang, "field", name), text(value)));
            said.collect::<Vec<_>>().join(if lang == Lang::Zh { "，" } else { ", " })
        }
        None => text(value),
    };
    read.iter().map(|value| Both { zh: mask_text(&of(value, Lang::Zh)), en: mask_text(&of(value, Lang::En)) }).collect()
}
