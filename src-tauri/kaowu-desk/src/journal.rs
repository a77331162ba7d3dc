//! The journal itself: checking, rebuilding, copying, going back to a copy, mending (DESIGN.md §1).

use crate::error::{DeskFault, Result};
use crate::operators::{not_made, settled};
use crate::{Ctx, Desk};
use chrono::{DateTime, TimeDelta};
use kaowu_core::identity::DeviceId;
use kaowu_core::journal::check_code;
use kaowu_ledger::{BackupKept, Ledger, Mended};
use kaowu_packet::vault::{DatabaseKey, Vault};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// Entries that are checked when an event is opened: a second's work on an old laptop. A longer journal is checked whole at
/// every backup.
const AT_ONCE: u64 = 20_000;
/// How far a clock may stand behind before it is said: clocks are set right by a little now and then.
pub(crate) const PATIENCE: TimeDelta = TimeDelta::minutes(2);

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
    /// Where the wall clock fell while the steady clock rose: device and number. No fault; somebody set the clock.
    pub clock_fell: Vec<(DeviceId, u64)>,
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
            clock_fell: report.clock_fell,
            fingerprint: self.ledger.fingerprint()?,
        })
    }

    /// Says so when the clock stands before the last entry that this device wrote: it was set back, or was wrong before.
    /// Work goes on; nothing is put in order by clocks.
    pub fn clock_behind(&self, ctx: &Ctx) -> Result<Option<DeskFault>> {
        Ok(self.last_if_behind(ctx)?.map(|last| DeskFault::ClockBehind { now: ctx.now.to_rfc3339(), last }))
    }

    /// When this device wrote last, if the clock stands before that.
    pub(crate) fn last_if_behind(&self, ctx: &Ctx) -> Result<Option<String>> {
        let last = self.ledger.feed_stand(self.ledger.device())?.map(|feed| feed.last).unwrap_or_default();
        let behind = DateTime::parse_from_rfc3339(&last).is_ok_and(|last| ctx.now + PATIENCE < last);
        Ok(behind.then_some(last))
    }

    /// Whether this database is a copy of another (restored from backup, or copied): it must not go on under the same key.
    pub fn is_copy(&self) -> bool {
        self.ledger.is_copy()
    }

    /// Lets a copy go on under a device key of its own, whose first entry names the feed it continues.
    pub fn continue_after_copy(&mut self) -> Result<DeviceId> {
        self.ledger.writable()?;
        if let (Some(guard), Some(operator)) = (&self.guard, self.signed_in()) {
            guard.may(&self.view(), operator, "device.continued")?;
        }
        Ok(self.ledger.continue_as(kaowu_packet::keys::generate_seed())?)
    }

    /// Hash of the live state: the same on any machine that has the same entries.
    pub fn fingerprint(&self) -> Result<String> {
        Ok(self.ledger.fingerprint()?)
    }

    /// Makes all views anew from the journal; returns the fingerprint before and after.
    pub fn rebuild(&mut self) -> Result<(String, String)> {
        self.ledger.writable()?;
        let before = self.ledger.fingerprint()?;
        self.ledger.rebuild()?;
        Ok((before, self.ledger.fingerprint()?))
    }

    /// Copies the database while work goes on, checks the copy, and only then puts it in place.
    pub fn backup(&self, to: &Path) -> Result<()> {
        let own = |path: &Path| path.canonicalize().ok();
        if own(to).is_some() && own(to) == own(&self.path) {
            return Err(crate::DeskFault::FileIsEvent { file: to.display().to_string() }.into());
        }
        let fresh = !kaowu_disk::found(to).exists();
        if fresh {
            self.vault_beside(to)?;
        } else {
            self.vault_for_both(to)?;
        }
        let done = self.ledger.backup(to);
        if done.is_err() {
            if fresh {
                not_made(to);
            } else if let Some(key) = self.ledger.secret() {
                settled(to, key);
            }
        }
        done?;
        self.vault_beside(to)
    }

    /// A second door onto the same database, to copy it while work goes on.
    pub fn second(&self) -> Result<Self> {
        Ok(Self::over(Ledger::open_under(&self.path, self.ledger.secret())?, self.plan.clone(), &self.path))
    }

    /// Number of the last entry that this device wrote.
    pub fn written(&self) -> Result<u64> {
        Ok(self.ledger.next_seq()?.saturating_sub(1))
    }

    /// Adds a backup to the ring of this event in a folder, at a second place or on a stick; `keep` stay. The oldest goes when
    /// the new one is whole, checked and in place.
    pub fn backup_in_ring(&self, folder: &Path, keep: usize) -> Result<BackupKept> {
        let name = kaowu_disk::safe_name(&format!("{}-{}", self.ledger.event(), self.ledger.site()));
        // What opens it lies there first.
        let next = Ledger::next_in_ring(folder, &name)?;
        self.vault_beside(&next)?;
        let kept = self.ledger.backup_in_ring(folder, &name, keep).inspect_err(|_| not_made(&next))?;
        for gone in &kept.removed {
            Vault::discard(gone);
        }
        Ok(kept)
    }

    /// A backup that lies there may be under an earlier key. Until the new one's vault lies there, too, its own opens for both: killed in
    /// between, nobody stands before a backup that nothing opens.
    fn vault_for_both(&self, backup: &Path) -> Result<()> {
        let Some(key) = self.ledger.secret() else { return Ok(()) };
        let Some(theirs) = Vault::read(backup)? else { return Ok(()) };
        // Under the same key any vault does. One that was cut off so before opens for two already, and nobody knows which of them fits.
        if Ledger::opens_under(backup, key)? || theirs.is_changing() || !theirs.can_change() {
            return Ok(());
        }
        let (ours, key) = (self.vault()?.operators(), DatabaseKey::new(*key.bytes()));
        let gone: Vec<_> = theirs.operators().into_iter().filter(|name| !ours.contains(name)).collect();
        Ok(Vault::revise(backup, |vault| vault.begin_change(&key, &gone))?)
    }

    /// What opens a backup of a protected event, beside it.
    fn vault_beside(&self, backup: &Path) -> Result<()> {
        if self.is_protected() { Ok(self.vault()?.save_beside(backup)?) } else { Ok(()) }
    }

    /// Makes a database from a backup; the backup stays. Before it is written to, it goes on under a device key of its own.
    pub fn restore(backup: &Path, to: &Path) -> Result<Self> {
        drop(Ledger::restore(backup, to)?);
        Self::open(to)
    }

    /// Makes a new database of what can be read in a damaged one and in its backups, and names what is in doubt.
    pub fn mend(damaged: &Path, backups: &[PathBuf], to: &Path) -> Result<Mended> {
        Ok(Ledger::mend(damaged, backups, to)?)
    }

    /// Opens an event and looks at its journal, entry by entry, before anybody works with it.
    pub fn open_checked(path: &Path) -> Result<Self> {
        Self::open(path)?.checked()
    }

    /// Looks at the journal of an event that was just opened, entry by entry.
    pub fn checked(self) -> Result<Self> {
        let desk = self;
        let entries: u64 = desk.ledger.feeds()?.iter().map(|feed| feed.entries).sum();
        let faults = if entries <= AT_ONCE { desk.ledger.verify()?.faults.len() } else { 0 };
        if faults > 0 { Err(DeskFault::JournalFaulty { faults }.into()) } else { Ok(desk) }
    }
}
