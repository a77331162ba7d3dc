//! Posts, the merge board and its conflicts.

use super::mask::mask_text;
use super::{Both, at, stage_and_part};
use crate::error::Result;
use crate::packet::post_name;
use crate::{Desk, PostState};
use kaowu_core::facts::PacketFact;
use kaowu_core::identity::{PartId, StageId};
use serde::Serialize;
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
}

/// One of several values that contradict each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ConflictValue {
    /// As it is stored.
    pub value: String,
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
                issued_at: issued.map(|held| at(&held.by.t)),
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

    /// The merge board with names.
    pub fn board_rows(&self) -> Result<Vec<BoardRow>> {
        let mut rows = Vec::new();
        for status in self.merge_board()? {
            let fact = self.view().one::<PacketFact>(&status.post)?.map(|held| held.value);
            let of = self.post_words(&status.post);
            let site_name = fact.map(|f| self.site_name(&f.stage, f.site.as_str())).transpose()?.unwrap_or_default();
            let devices = status.devices.into_iter().map(|(device, seq, check_code)| DeviceRow {
                device: device.as_str().chars().take(8).collect(),
                seq: u32::try_from(seq).unwrap_or(u32::MAX),
                check_code,
            });
            rows.push(BoardRow {
                of,
                site_name,
                people: status.people,
                state: status.state,
                devices: devices.collect(),
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
            for (entry, value) in &conflict.values {
                let Some(author) = view.reader().author(entry)? else { continue };
                values.push(ConflictValue {
                    value: mask_text(value),
                    by: author.op.to_string(),
                    device: author.device.as_str().chars().take(8).collect(),
                    at: at(&author.t),
                    entry: entry.to_string(),
                });
            }
            rows.push(ConflictRow { about: self.about(&conflict.topic, &conflict.key)?, topic: conflict.topic, values });
        }
        Ok(rows)
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
        Ok(Both::of(mask_text(&format!("{topic}：{}", words.zh)), mask_text(&format!("{topic}: {}", words.en))))
    }
}
