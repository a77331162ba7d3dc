//! The six words: a secret of their own, closed under them, for which the database's key is closed.

use super::tries::Tries;
use super::{DatabaseKey, DatabaseKeys, KEY_LIMIT, Vault, VaultFault, closed_for, key_of, keys_for};
use crate::envelope::{Key, Lock, close, unclose};
use crate::error::PacketError;
use crate::keys::AgeIdentity;
use chrono::{DateTime, FixedOffset};
use kaowu_core::identity::Operator;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// A secret, closed under six words, with its public side. Headquarters makes one for a site and keeps the words: the site's
/// database opens for them, though nobody there has ever seen them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordsCredential {
    pub(super) closed: String,
    pub(super) recipient: String,
}

impl WordsCredential {
    /// A fresh secret under these words.
    pub fn new(words: &str) -> Result<Self, VaultFault> {
        let secret = AgeIdentity::generate();
        let line = Zeroizing::new(secret.to_secret());
        let closed = close(line.as_bytes(), &Lock::Words(words.to_owned())).map_err(|_| VaultFault::VaultDamaged)?;
        Ok(Self { closed: hex::encode(closed), recipient: secret.recipient() })
    }
}

/// The six words' slot.
#[derive(Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Words {
    Slot(WordsSlot),
    /// The database's key, closed under the words themselves.
    First(String),
}

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct WordsSlot {
    #[serde(flatten)]
    pub(super) secret: WordsCredential,
    /// The database's key, closed for it.
    pub(super) key: String,
    /// The key that comes after it, while it is being changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) next: Option<String>,
    /// Headquarters keeps the words: they are told on the telephone when they are needed.
    #[serde(default)]
    pub(super) elsewhere: bool,
}

impl Vault {
    /// Closes the database's key under six words, in place of earlier ones.
    pub fn set_words(&mut self, words: &str, key: &DatabaseKey) -> Result<(), VaultFault> {
        self.put_words(WordsCredential::new(words)?, key, false)
    }

    /// Closes the database's key for words that are kept elsewhere, in place of earlier ones; without them, no words open it.
    pub fn take_in_words(&mut self, words: Option<&WordsCredential>, key: &DatabaseKey) -> Result<(), VaultFault> {
        let Some(words) = words else {
            self.body.words = None;
            return Ok(());
        };
        self.put_words(words.clone(), key, true)
    }

    fn put_words(&mut self, secret: WordsCredential, key: &DatabaseKey, elsewhere: bool) -> Result<(), VaultFault> {
        let key = closed_for(&secret.recipient, key)?;
        self.body.words = Some(Words::Slot(WordsSlot { secret, key, next: None, elsewhere }));
        Ok(())
    }

    /// Whether the words were made and are kept at headquarters. Those of earlier versions at a site were its packet's: whoever
    /// opened that knows them.
    pub fn words_are_elsewhere(&self) -> bool {
        matches!(&self.body.words, Some(Words::Slot(slot)) if slot.elsewhere)
    }

    /// The database's key for six words that somebody types at this time. Counted like PINs: not that 66 bits could be guessed,
    /// but that somebody tried is to be known.
    pub fn open_with_words(&mut self, operator: &Operator, words: &str, now: DateTime<FixedOffset>) -> Result<DatabaseKeys, VaultFault> {
        let counted = self.revised(|vault| {
            if let Some(seconds) = vault.body.words_tries.wait(now) {
                vault.refuse(operator, now, "words-locked");
                return Ok(Err(VaultFault::WordsLocked { seconds }));
            }
            vault.body.words_tries.count(now);
            vault.refuse(operator, now, WRONG);
            Ok(Ok(vault.body.words_tries.clone()))
        })?;
        let tries = counted?;
        let keys = match self.keys_under(words) {
            Err(VaultFault::WordsWrong) if tries.costs(now) > 0 => return Err(VaultFault::WordsWrongWait { seconds: tries.costs(now) }),
            keys => keys?,
        };
        self.revised(|vault| {
            vault.body.words_tries = Tries::default();
            vault.was_right(operator, now, WRONG);
            Ok(())
        })?;
        Ok(keys)
    }

    fn keys_under(&self, words: &str) -> Result<DatabaseKeys, VaultFault> {
        let under_words = |closed: &str| {
            let closed = hex::decode(closed).map_err(|_| VaultFault::VaultDamaged)?;
            unclose(&closed, &Key::Words(words), KEY_LIMIT).map_err(|e| match e {
                PacketError::WrongPassphrase => VaultFault::WordsWrong,
                _ => VaultFault::VaultDamaged,
            })
        };
        match self.body.words.as_ref().ok_or(VaultFault::NoWords)? {
            Words::First(closed) => Ok(DatabaseKeys { key: key_of(under_words(closed)?)?, next: None }),
            Words::Slot(slot) => keys_for(&Zeroizing::new(under_words(&slot.secret.closed)?), &slot.key, slot.next.as_deref()),
        }
    }
}

const WRONG: &str = "words-wrong";
