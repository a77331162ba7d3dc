//! Whether lines that come from elsewhere may be stored: each one's form, owner, place and signature.

use crate::append::once;
use crate::error::{LedgerError, Result, StoreFault};
use crate::feed::FeedLine;
use crate::line::{Id, Line, Prev};
use crate::project::OPENING;
use ed25519_dalek::{Signature, VerifyingKey, verify_batch};
use kaowu_core::coded::Coded;
use kaowu_core::facts::well_formed;
use kaowu_core::identity::DeviceId;
use kaowu_core::journal::{Entry, EntryError, Mode};
use rayon::prelude::*;
use std::collections::HashMap;

/// Signatures checked at once.
const BATCH: usize = 256;

/// What every line of a feed must say of itself.
pub(crate) struct Wanted<'a> {
    pub(crate) event: &'a str,
    pub(crate) mode: Mode,
    pub(crate) site: &'a str,
    pub(crate) device: &'a DeviceId,
    pub(crate) key: VerifyingKey,
    pub(crate) from_site: bool,
}

/// A line that may be stored.
pub(crate) struct Checked<'a> {
    pub(crate) id: Id,
    pub(crate) from: &'a FeedLine,
    pub(crate) read: Line<'a>,
}

/// The key a feed is signed with.
pub(crate) fn verifying(key: &[u8; 32]) -> Result<VerifyingKey, StoreFault> {
    VerifyingKey::from_bytes(key).ok().filter(|key| !key.is_weak()).ok_or(StoreFault::DeviceKeyWrong)
}

/// Checks lines on all cores and leaves out those that are `stored` with the same signature: their bytes were checked
/// when they came. The first fault in the order of the feed refuses them all.
pub(crate) fn check<'a>(feed: &'a [FeedLine], wanted: &Wanted<'_>, stored: &HashMap<Id, [u8; 64]>) -> Result<Vec<Checked<'a>>> {
    let chunks: Vec<Result<Vec<Checked<'a>>>> =
        feed.par_chunks(BATCH).enumerate().map(|(n, chunk)| check_chunk(n * BATCH, chunk, wanted, stored)).collect();
    let mut out = Vec::with_capacity(feed.len());
    for chunk in chunks {
        out.extend(chunk?);
    }
    Ok(out)
}

fn check_chunk<'a>(first: usize, chunk: &'a [FeedLine], wanted: &Wanted<'_>, stored: &HashMap<Id, [u8; 64]>) -> Result<Vec<Checked<'a>>> {
    let mut out = Vec::with_capacity(chunk.len());
    for (n, from) in chunk.iter().enumerate() {
        let id = Id::of(&from.line);
        if stored.get(&id) != Some(&from.signature) {
            out.push(Checked { id, from, read: admit(&from.line, wanted).map_err(|e| at_line(first + n, e))? });
        }
    }
    let lines: Vec<(&[u8], &[u8; 64])> = out.iter().map(|c| (c.from.line.as_slice(), &c.from.signature)).collect();
    match wrong_signature(&lines, &wanted.key) {
        Some(n) => Err(StoreFault::SignatureWrong { seq: out[n].read.seq }.into()),
        None => Ok(out),
    }
}

/// The first of a batch whose signature does not fit.
pub(crate) fn wrong_signature(lines: &[(&[u8], &[u8; 64])], key: &VerifyingKey) -> Option<usize> {
    let texts: Vec<&[u8]> = lines.iter().map(|(line, _)| *line).collect();
    let signatures: Vec<Signature> = lines.iter().map(|(_, signature)| Signature::from_bytes(signature)).collect();
    if verify_batch(&texts, &signatures, &vec![*key; lines.len()]).is_ok() {
        return None;
    }
    texts.iter().zip(&signatures).position(|(line, signature)| key.verify_strict(line, signature).is_err())
}

/// Reads a line and checks all that can be checked without its signature.
pub(crate) fn admit<'a>(line: &'a [u8], wanted: &Wanted<'_>) -> Result<Line<'a>> {
    let entry = Entry::read(line)?;
    if entry.event != wanted.event {
        return Err(StoreFault::FeedOfOtherEvent { event: entry.event, wanted: wanted.event.to_owned() }.into());
    }
    if entry.mode != wanted.mode {
        return Err(StoreFault::FeedOfOtherMode { mode: entry.mode, wanted: wanted.mode }.into());
    }
    let seq = entry.seq;
    if entry.device != *wanted.device {
        return Err(StoreFault::FeedOfOtherDevice { seq }.into());
    }
    if entry.site != wanted.site {
        return Err(StoreFault::FeedOfOtherSite { site: entry.site, wanted: wanted.site.to_owned() }.into());
    }
    // What an opening copied from HQ's packet is left out of the view, not refused.
    let from_site = wanted.from_site && entry.kind != OPENING;
    if let Some(fact) = entry.body.facts.iter().find(|fact| !well_formed(fact, from_site)) {
        return Err(StoreFault::FeedOversteps { seq, topic: fact.topic.clone() }.into());
    }
    once(&entry.body.facts)?;
    let read = Line::read(line).map_err(|e| EntryError::EntryUnreadable { detail: e.to_string() })?;
    // SQLite counts to 2^63; no feed comes near.
    if seq == 0 || seq > u64::from(u32::MAX) || (seq == 1) != (read.prev == Prev(None)) {
        return Err(StoreFault::FeedBroken { seq }.into());
    }
    Ok(read)
}

/// Says which line it was.
fn at_line(n: usize, error: LedgerError) -> LedgerError {
    match error {
        LedgerError::Entry(error @ (EntryError::EntryUnreadable { .. } | EntryError::EntryHoldsFraction { .. })) => {
            let detail = error.facts().values().filter_map(|v| v.as_str()).collect::<Vec<_>>().join(" ");
            StoreFault::LineUnreadable { line: u64::try_from(n).unwrap_or(u64::MAX).saturating_add(1), detail }.into()
        }
        other => other,
    }
}
