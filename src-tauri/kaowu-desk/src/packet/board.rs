//! The merge board of headquarters: where every post stands.

use crate::error::Result;
use crate::{Desk, View};
use chrono::{DateTime, FixedOffset};
use kaowu_core::facts::{OpeningFact, PacketFact};
use kaowu_core::identity::{DeviceId, Operator};
use kaowu_core::journal::check_code;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How a post stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum PostState {
    /// Nothing came back yet.
    Missing,
    /// Nothing came back, and the day of the exam is over.
    Late,
    /// Merged, complete.
    Merged,
    /// Numbers are missing in a feed.
    Incomplete,
    /// Merged, and something in it contradicts itself or what others say.
    Conflicting,
    /// A feed splits: two versions of one past.
    Forked,
}

/// A row of the merge board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PostStatus {
    /// The post.
    pub post: String,
    /// People of the site.
    pub people: u32,
    /// How it stands; late only once asked for a time.
    pub state: PostState,
    /// When the day of its exam is over.
    pub due: Option<DateTime<FixedOffset>>,
    /// Devices with their last number and check code.
    pub devices: Vec<(DeviceId, u64, String)>,
    /// Devices that another goes on from, by that other.
    pub superseded: BTreeMap<DeviceId, DeviceId>,
    /// Who acted there, as its handovers say, and was never named for that site by headquarters, up to now.
    pub strangers: Vec<Operator>,
}

impl PostStatus {
    /// The same at a time: what has not come by then is late.
    #[must_use]
    pub fn at(mut self, now: DateTime<FixedOffset>) -> Self {
        if self.state == PostState::Missing && self.due.is_some_and(|due| now >= due) {
            self.state = PostState::Late;
        }
        self
    }
}

impl Desk {
    /// Where every post stands.
    pub fn merge_board(&self) -> Result<Vec<PostStatus>> {
        let view = self.view();
        let feeds = self.ledger.feeds()?;
        let issued: Vec<(String, PacketFact)> = view.under::<PacketFact>("")?.into_iter().map(|(post, held)| (post, held.value)).collect();
        let mut strangers = self.strangers_by_post(&issued)?;
        let contradicted = view.contradicted_posts()?;
        let mut goes_on = BTreeMap::new();
        for feed in &feeds {
            if let Some(former) = self.ledger.continues(&feed.device)? {
                goes_on.insert(former.device, feed.device.clone());
            }
        }
        // From a backup its first entry says so; from a stick, the entry by which it took over.
        for (device, held) in view.under::<OpeningFact>("")? {
            goes_on.extend(held.value.continues.map(|former| (former.device, device)));
        }
        let mut rows = Vec::new();
        for (post, fact) in issued {
            let mine: Vec<_> = feeds.iter().filter(|f| f.site == post && !f.own).collect();
            let state = if mine.iter().any(|f| f.forked_at.is_some()) {
                PostState::Forked
            } else if mine.iter().any(|f| f.missing > 0) {
                PostState::Incomplete
            } else if contradicted.contains(&post) {
                PostState::Conflicting
            } else if mine.is_empty() {
                PostState::Missing
            } else {
                PostState::Merged
            };
            rows.push(PostStatus {
                due: view.part(&fact.stage, &fact.part).ok().and_then(|part| part.day_over()),
                devices: mine.iter().map(|f| (f.device.clone(), f.seq, check_code(&f.head))).collect(),
                superseded: mine.iter().filter_map(|f| Some((f.device.clone(), goes_on.get(&f.device)?.clone()))).collect(),
                strangers: strangers.remove(&post).unwrap_or_default(),
                people: fact.people,
                state,
                post,
            });
        }
        Ok(rows)
    }
}

impl View<'_> {
    /// Posts that stated a value of an open contradiction.
    fn contradicted_posts(&self) -> Result<BTreeSet<String>> {
        let mut posts = BTreeSet::new();
        for (entry, _) in self.reader().conflicts()?.into_iter().flat_map(|conflict| conflict.values) {
            posts.extend(self.reader().author(&entry)?.map(|author| author.site));
        }
        Ok(posts)
    }
}
