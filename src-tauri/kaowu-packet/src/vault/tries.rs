//! Wrong PINs and wrong words: how often, and how long nobody may try again.

use chrono::{DateTime, FixedOffset, TimeDelta};
use serde::{Deserialize, Serialize};

/// Wrong ones that cost no waiting.
pub(super) const FREE: u32 = 3;
/// Seconds to wait after the last free one; twice as many each time, up to the cap.
const FIRST_WAIT: i64 = 30;
const LONGEST_WAIT: i64 = 15 * 60;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Tries {
    /// Wrong ones since the last right one.
    #[serde(default)]
    pub(super) wrong: u32,
    /// None is looked at before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) until: Option<DateTime<FixedOffset>>,
}

impl Tries {
    /// Whole seconds left; a clock that was set back makes nobody wait longer than the longest wait.
    pub(super) fn wait(&self, now: DateTime<FixedOffset>) -> Option<u64> {
        let left = (self.until? - now).num_milliseconds().min(LONGEST_WAIT * 1000);
        u64::try_from(left).ok().filter(|ms| *ms > 0).map(|ms| ms.div_ceil(1000))
    }

    /// One more, taken for wrong until it is known.
    pub(super) fn count(&mut self, now: DateTime<FixedOffset>) {
        self.wrong = self.wrong.saturating_add(1);
        self.until = wait_after(self.wrong).and_then(|wait| now.checked_add_signed(wait));
    }

    /// Seconds the last one costs.
    pub(super) fn costs(&self, now: DateTime<FixedOffset>) -> u64 {
        self.until.map_or(0, |until| u64::try_from((until - now).num_seconds()).unwrap_or(0))
    }
}

/// How long nobody may try after so many wrong ones.
fn wait_after(wrong: u32) -> Option<TimeDelta> {
    let doubled = wrong.checked_sub(FREE)?;
    let seconds = FIRST_WAIT.checked_shl(doubled.min(16)).unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT);
    TimeDelta::try_seconds(seconds)
}
