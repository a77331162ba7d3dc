//! The journal itself: checking, rebuilding, copying (DESIGN.md §1).

use crate::Desk;
use crate::error::Result;
use kaowu_core::identity::DeviceId;
use kaowu_core::journal::check_code;
use serde::Serialize;
use std::path::Path;

/// One device's feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeedSummary {
    /// The device.
    pub device: DeviceId,
    /// The site it works for.
    pub site: String,
    /// Last number.
    pub seq: u64,
    /// Check code of the head.
    pub check_code: String,
}

/// How the journal is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Health {
    /// Entries checked: hash, chain and signature.
    pub entries: u64,
    /// Faults in words of the ledger.
    pub faults: Vec<String>,
    /// Feeds.
    pub feeds: Vec<FeedSummary>,
    /// Hash of the live state.
    pub fingerprint: String,
}

impl Desk {
    /// Checks every stored entry: hash, chain and signature.
    pub fn verify_journal(&self) -> Result<Health> {
        let report = self.ledger.verify()?;
        let feeds = self
            .ledger
            .feeds()?
            .into_iter()
            .map(|f| FeedSummary { check_code: check_code(&f.head), device: f.device, site: f.site, seq: f.seq })
            .collect();
        Ok(Health {
            entries: report.entries,
            faults: report.faults.iter().map(ToString::to_string).collect(),
            feeds,
            fingerprint: self.ledger.fingerprint()?,
        })
    }

    /// Whether this database is a copy of another (restored from backup, or copied): it must not go on under the same key.
    pub fn is_copy(&self) -> bool {
        self.ledger.is_copy()
    }

    /// Lets a copy go on under a device key of its own, whose first entry names the feed it continues.
    pub fn continue_after_copy(&mut self) -> Result<DeviceId> {
        Ok(self.ledger.continue_as(kaowu_packet::keys::generate_seed())?)
    }

    /// Hash of the live state: the same on any machine that has the same entries.
    pub fn fingerprint(&self) -> Result<String> {
        Ok(self.ledger.fingerprint()?)
    }

    /// Makes all views anew from the journal; returns the fingerprint before and after.
    pub fn rebuild(&mut self) -> Result<(String, String)> {
        let before = self.ledger.fingerprint()?;
        self.ledger.rebuild()?;
        Ok((before, self.ledger.fingerprint()?))
    }

    /// Copies the database while work goes on, checks the copy, and only then puts it in place.
    pub fn backup(&self, to: &Path) -> Result<()> {
        Ok(self.ledger.backup(to)?)
    }
}
