//! A site's way in where its head has forgotten the PIN: six words that headquarters makes with its packet, keeps in its own
//! encrypted database, and tells on the telephone when they are needed. They never travel, so whoever opened the packet does not
//! know them.

use crate::error::{DeskFault, Result};
use crate::{Ctx, Desk};
use kaowu_core::facts::PacketFact;
use kaowu_ledger::{Draft, Reader};
use kaowu_packet::six_words;
use kaowu_packet::vault::WordsCredential;
use serde::{Deserialize, Serialize};

/// A site's words, as headquarters keeps them.
#[derive(Serialize, Deserialize)]
struct Kept {
    words: String,
    secret: WordsCredential,
    /// Told to somebody: the next packet brings others.
    told: bool,
}

fn place(post: &str) -> String {
    format!("recovery/{post}")
}

impl Desk {
    /// What a site's database is to open for besides its operators; nothing in an open event. The same from packet to packet, until
    /// the words were told.
    pub(crate) fn site_recovery(&self, post: &str) -> Result<Option<WordsCredential>> {
        if !self.is_protected() {
            return Ok(None);
        }
        if let Some(kept) = self.recovery_of(post)?.filter(|kept| !kept.told) {
            return Ok(Some(kept.secret));
        }
        let words = six_words();
        let kept = Kept { secret: WordsCredential::new(&words)?, words, told: false };
        keep_recovery(&self.ledger, post, &kept)?;
        Ok(Some(kept.secret))
    }

    /// The words that open a site's database for its head, to be told to nobody else. That they were told is in the journal.
    pub fn tell_recovery(&mut self, ctx: &Ctx, post: &str) -> Result<String> {
        self.hq_only(ctx, "recovery.told")?;
        let kept = self.recovery_of(post)?;
        // That they were told is kept with the entry: what the next packet brings hangs on it.
        self.record(ctx, |view| {
            let known = || view.under::<PacketFact>("").map(|all| all.into_iter().map(|(post, _)| post).collect()).unwrap_or_default();
            let kept = kept.ok_or_else(|| DeskFault::NoSuchPost { post: post.to_owned(), known: known() })?;
            let kept = Kept { told: true, ..kept };
            keep_recovery(view.reader(), post, &kept)?;
            Ok((Draft::new("recovery.told").with("post", post), kept.words))
        })
    }

    fn recovery_of(&self, post: &str) -> Result<Option<Kept>> {
        let kept = self.ledger.meta_get(&place(post))?;
        Ok(kept.map(|text| serde_json::from_str(&text).map_err(|_| DeskFault::SecretDamaged)).transpose()?)
    }
}

fn keep_recovery(reader: &Reader, post: &str, kept: &Kept) -> Result<()> {
    Ok(reader.meta_set(&place(post), &serde_json::to_string(kept).map_err(|_| DeskFault::SecretDamaged)?)?)
}
