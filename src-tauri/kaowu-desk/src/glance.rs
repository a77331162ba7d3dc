//! The overview as it last stood, so that the window shows it before tens of thousands of people are read.
//!
//! It lies beside the journal together with what it was made from, and counts only while not one entry has come since.
//! Whoever shows it reads the overview itself next: what changes with the clock alone is as it was then, but for the times.

use crate::Desk;
use crate::error::Result;
use crate::screen::Overview;
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

/// Its name beside the journal.
const GLANCE: &str = "overview";

#[derive(Serialize, Deserialize)]
struct Glance {
    made_of: String,
    day: Overview,
}

impl Desk {
    /// The overview as it last stood; none where an entry has come since.
    pub fn glance(&self, now: DateTime<FixedOffset>) -> Result<Option<Overview>> {
        let made_of = self.glance_made_of()?;
        // What another version wrote need not be read.
        let kept = self.ledger.meta_get(GLANCE)?.and_then(|text| serde_json::from_str::<Glance>(&text).ok());
        let Some(Glance { day, .. }) = kept.filter(|kept| kept.made_of == made_of) else { return Ok(None) };
        Ok(Some(Overview { now: now.to_rfc3339(), times: self.day_times(now)?, ..day }))
    }

    /// Keeps what the overview says now, unless what is kept is made of the same entries.
    pub fn keep_glance(&self, day: &Overview) -> Result<()> {
        let made_of = self.glance_made_of()?;
        if self.ledger.meta_get(GLANCE)?.is_some_and(|text| serde_json::from_str::<Glance>(&text).is_ok_and(|kept| kept.made_of == made_of))
        {
            return Ok(());
        }
        let text = serde_json::to_string(&Glance { made_of, day: day.clone() }).unwrap_or_default();
        Ok(self.ledger.meta_set(GLANCE, &text)?)
    }

    /// The last entry to arrive, and who reads it with what.
    fn glance_made_of(&self) -> Result<String> {
        let reader = self.view().reader();
        let last = reader.last_arrived()?.map_or_else(String::new, |(n, id)| format!("{n} {id}"));
        Ok(format!("{last} {} {}", reader.device(), env!("CARGO_PKG_VERSION")))
    }
}
