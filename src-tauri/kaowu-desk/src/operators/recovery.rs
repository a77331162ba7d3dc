//! A site's way in where its head has forgotten the PIN: six words that headquarters makes with its packet, keeps in its own
//! encrypted database, and tells on the telephone when they are needed. They never travel, so whoever opened the packet does not
//! know them.

use crate::error::{DeskFault, Result};
use crate::{Ctx, Desk};
use kaowu_core::facts::PacketFact;
use kaowu_ledger::Draft;
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
        self.keep_recovery(post, &kept)?;
        Ok(Some(kept.secret))
    }

    /// The words that open a site's database for its head, to be told to nobody else. That they were told is in the journal.
    pub fn tell_recovery(&mut self, ctx: &Ctx, post: &str) -> Result<String> {
        self.hq_only(ctx, "recovery.told")?;
        let kept = self.recovery_of(post)?;
        self.record(ctx, |view| {
            let known = || view.under::<PacketFact>("").map(|all| all.into_iter().map(|(post, _)| post).collect()).unwrap_or_default();
            if kept.is_none() {
                return Err(DeskFault::NoSuchPost { post: post.to_owned(), known: known() }.into());
            }
            Ok((Draft::new("recovery.told").with("post", post), ()))
        })?;
        let kept = Kept { told: true, ..self.recovery_of(post)?.ok_or(DeskFault::SecretDamaged)? };
        self.keep_recovery(post, &kept)?;
        Ok(kept.words)
    }

    fn recovery_of(&self, post: &str) -> Result<Option<Kept>> {
        let kept = self.ledger.meta_get(&place(post))?;
        Ok(kept.map(|text| serde_json::from_str(&text).map_err(|_| DeskFault::SecretDamaged)).transpose()?)
    }

    fn keep_recovery(&self, post: &str, kept: &Kept) -> Result<()> {
        Ok(self.ledger.meta_set(&place(post), &serde_json::to_string(kept).map_err(|_| DeskFault::SecretDamaged)?)?)
    }
}
