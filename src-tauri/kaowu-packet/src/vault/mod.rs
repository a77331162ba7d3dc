//! The vault beside an encrypted database (`FILE.keys`): who may open it. For every operator the database's key lies there,
//! closed for a secret of that operator, which lies there closed under what argon2id makes of the PIN. A slot for the six words
//! opens it, too. The vault knows no database.
//!
//! A secret of their own, and not the PIN's key itself, closes the database's key: so the same operator can be let into
//! another database, a site's, by somebody who does not know the PIN; and the key can be changed while nobody types theirs.
//! The same goes for the six words.

mod change;
mod fault;
mod file;
mod pin;
mod recovery;
mod tries;

pub use fault::VaultFault;
pub use pin::Pin;
pub use recovery::WordsCredential;

use crate::envelope::{Key, Lock, close, unclose};
use crate::keys::AgeIdentity;
use chrono::{DateTime, FixedOffset};
use kaowu_core::identity::Operator;
use pin::{Closed, Cost};
use recovery::Words;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::{Path, PathBuf};
use tries::{FREE, Tries};
use zeroize::Zeroizing;

/// The form of the file that this program writes. In the first the six words closed the database's key itself.
const VERSION: u64 = 2;
/// Refused attempts kept one by one until they are in the journal; beyond they are counted.
const KEPT: usize = 200;
/// Bytes of a closed key: far more than one has.
const KEY_LIMIT: u64 = 1024;

/// Why most attempts are refused.
const WRONG: &str = "pin-wrong";

/// The key of a database.
pub type DatabaseKey = Zeroizing<[u8; 32]>;

/// What a vault gives: the database's key and, while it is being changed, the one that comes after it.
#[derive(Clone)]
pub struct DatabaseKeys {
    /// The key.
    pub key: DatabaseKey,
    /// The one that comes after it, where it is being changed: one of the two fits.
    pub next: Option<DatabaseKey>,
}

impl fmt::Debug for DatabaseKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DatabaseKeys")
    }
}

/// An operator's secret, closed under the PIN, with its public side: it goes to a site in its packet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credential {
    /// How the PIN becomes a key.
    cost: Cost,
    /// The secret, closed.
    closed: Closed,
    /// Its public side: what is closed for this operator is closed for it.
    recipient: String,
}

impl Credential {
    /// Whether both close the same secret, be it under different PINs.
    pub fn is_same_secret(&self, other: &Self) -> bool {
        self.recipient == other.recipient
    }
}

#[derive(Clone, Serialize, Deserialize)]
struct Slot {
    operator: Operator,
    credential: Credential,
    /// The database's key; none for somebody who works elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    /// The key that comes after it, while it is being changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    /// Wrong PINs.
    #[serde(flatten)]
    tries: Tries,
}

/// An attempt that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// The name that was given.
    pub operator: Operator,
    /// When.
    pub t: DateTime<FixedOffset>,
    /// Why, as a code.
    pub why: String,
}

#[derive(Clone, Serialize, Deserialize)]
struct Body {
    v: u64,
    slots: Vec<Slot>,
    #[serde(default)]
    words: Option<Words>,
    /// Wrong words.
    #[serde(default)]
    words_tries: Tries,
    #[serde(default)]
    refused: Vec<Attempt>,
    /// How many more were refused than are kept.
    #[serde(default)]
    more: u64,
}

/// A vault, as its file stands or is to stand.
#[derive(Clone)]
pub struct Vault {
    path: PathBuf,
    body: Body,
    /// Hash of the file as it was read or written last; none before.
    seen: Option<[u8; 32]>,
}

impl Vault {
    /// The vault of a database.
    pub fn beside(db: &Path) -> PathBuf {
        kaowu_disk::beside(&kaowu_disk::own_name(db), ".keys")
    }

    /// An empty one for a database; nothing is written before [`Vault::save`].
    pub fn new(db: &Path) -> Self {
        let body = Body { v: VERSION, slots: vec![], words: None, words_tries: Tries::default(), refused: vec![], more: 0 };
        Self { path: Self::beside(db), body, seen: None }
    }

    /// The operators this database opens for, in order of names.
    pub fn operators(&self) -> Vec<Operator> {
        let mut names: Vec<_> = self.body.slots.iter().filter(|s| s.key.is_some()).map(|s| s.operator.clone()).collect();
        names.sort();
        names
    }

    /// Whether an operator has a PIN, here or elsewhere.
    pub fn knows(&self, operator: &Operator) -> bool {
        self.body.slots.iter().any(|s| s.operator == *operator)
    }

    /// An operator's secret as it is handed to a site.
    pub fn credential(&self, operator: &Operator) -> Option<Credential> {
        self.body.slots.iter().find(|s| s.operator == *operator).map(|s| s.credential.clone())
    }

    /// Gives an operator a PIN, in place of an earlier one. With `key` the database opens for it.
    pub fn give(&mut self, operator: &Operator, pin: &Pin, key: Option<&DatabaseKey>) -> Result<(), VaultFault> {
        pin.good()?;
        let secret = AgeIdentity::generate();
        let cost = Cost::default();
        let line = Zeroizing::new(secret.to_secret());
        let closed = pin.close(operator, &cost, line.as_bytes())?;
        self.take_in(operator, Credential { cost, closed, recipient: secret.recipient() }, key)
    }

    /// Lets in an operator whose secret came from elsewhere.
    pub fn take_in(&mut self, operator: &Operator, credential: Credential, key: Option<&DatabaseKey>) -> Result<(), VaultFault> {
        let key = key.map(|key| closed_for(&credential.recipient, key)).transpose()?;
        // Of the same secret wrong PINs stay counted.
        let known = self.body.slots.iter().find(|s| s.operator == *operator && s.credential.is_same_secret(&credential));
        let tries = known.map(|slot| slot.tries.clone()).unwrap_or_default();
        self.remove(operator);
        self.body.slots.push(Slot { operator: operator.clone(), credential, key, next: None, tries });
        self.body.slots.sort_by(|a, b| a.operator.cmp(&b.operator));
        Ok(())
    }

    /// Takes an operator's slot away.
    pub fn remove(&mut self, operator: &Operator) {
        self.body.slots.retain(|s| s.operator != *operator);
    }

    /// An operator who proved the old PIN takes a new one; the secret stays.
    pub fn change(&mut self, operator: &Operator, old: &Pin, new: &Pin) -> Result<(), VaultFault> {
        new.good()?;
        let slot = self.slot(operator)?;
        let secret = old.open(operator, &slot.credential.cost, &slot.credential.closed)?;
        let cost = Cost::default();
        slot.credential.closed = new.close(operator, &cost, &secret)?;
        slot.credential.cost = cost;
        Ok(())
    }

    /// The database's key for an operator's PIN at this time. Counted, and on the disk, before the PIN is looked at: ending the
    /// program does not take an attempt back.
    pub fn open(&mut self, operator: &Operator, pin: &Pin, now: DateTime<FixedOffset>) -> Result<DatabaseKeys, VaultFault> {
        let counted = self.revised(|vault| {
            let Ok(slot) = vault.slot(operator) else {
                vault.refuse(operator, now, "no-such-operator");
                return Ok(Err(VaultFault::NoPin { operator: operator.clone() }));
            };
            if let Some(seconds) = slot.tries.wait(now) {
                vault.refuse(operator, now, "pin-locked");
                return Ok(Err(VaultFault::PinLocked { operator: operator.clone(), seconds }));
            }
            slot.tries.count(now);
            let tries = slot.tries.clone();
            vault.refuse(operator, now, WRONG);
            Ok(Ok(tries))
        })?;
        let tries = counted?;
        let slot = self.slot(operator)?;
        let opened = pin.open(operator, &slot.credential.cost, &slot.credential.closed);
        let secret = match opened {
            Ok(secret) => secret,
            Err(VaultFault::PinWrong { .. }) => {
                let (seconds, left) = (tries.costs(now), FREE.saturating_sub(tries.wrong));
                return Err(if seconds > 0 { VaultFault::PinWrongWait { seconds } } else { VaultFault::PinWrong { left } });
            }
            Err(other) => return Err(other),
        };
        let (key, next) = self.revised(|vault| {
            let slot = vault.slot(operator)?;
            slot.tries = Tries::default();
            let keys = (slot.key.clone(), slot.next.clone());
            vault.was_right(operator, now, WRONG);
            Ok(keys)
        })?;
        let key = key.ok_or_else(|| VaultFault::WorksElsewhere { operator: operator.clone() })?;
        keys_for(&secret, &key, next.as_deref())
    }

    /// The same of another vault of the event, once the PIN was right in one: uncounted, and nothing is written.
    pub fn open_as_well(&self, operator: &Operator, pin: &Pin) -> Option<DatabaseKeys> {
        let slot = self.body.slots.iter().find(|s| s.operator == *operator)?;
        let secret = pin.open(operator, &slot.credential.cost, &slot.credential.closed).ok()?;
        keys_for(&secret, slot.key.as_deref()?, slot.next.as_deref()).ok()
    }

    /// Seconds an operator has to wait before a PIN is looked at.
    pub fn waits(&self, operator: &Operator, now: DateTime<FixedOffset>) -> u64 {
        self.body.slots.iter().find(|s| s.operator == *operator).and_then(|s| s.tries.wait(now)).unwrap_or(0)
    }

    /// Attempts refused since the last that were taken into the journal, and how many more there were.
    pub fn refused(&self) -> (&[Attempt], u64) {
        (&self.body.refused, self.body.more)
    }

    /// These are in the journal now, and what was counted beyond them; others that came meanwhile are not.
    pub fn forget_refused(&mut self, told: &[Attempt], more: u64) {
        let mut told = told.to_vec();
        self.body.refused.retain(|attempt| {
            let at = told.iter().position(|one| one == attempt);
            at.map(|n| told.swap_remove(n)).is_none()
        });
        // Those that are gone from the list by now went over it, and were told.
        let gone = u64::try_from(told.len()).unwrap_or(u64::MAX);
        self.body.more = self.body.more.saturating_sub(more).saturating_sub(gone);
    }

    /// Keeps an attempt that was refused elsewhere than here, until it is in the journal.
    pub fn refuse_for(&mut self, operator: &Operator, now: DateTime<FixedOffset>, why: &str) -> Result<(), VaultFault> {
        self.revised(|vault| {
            vault.refuse(operator, now, why);
            Ok(())
        })
    }

    /// The last attempt was right: it is no refused one.
    fn was_right(&mut self, operator: &Operator, now: DateTime<FixedOffset>, why: &str) {
        let operator = kept_name(operator);
        let own = self.body.refused.iter().rposition(|a| a.operator == operator && a.t == now && a.why == why);
        own.map(|n| self.body.refused.remove(n));
    }

    fn refuse(&mut self, operator: &Operator, t: DateTime<FixedOffset>, why: &str) {
        let operator = kept_name(operator);
        if self.body.refused.len() >= KEPT {
            self.body.refused.remove(0);
            self.body.more = self.body.more.saturating_add(1);
        }
        self.body.refused.push(Attempt { operator, t, why: why.to_owned() });
    }

    fn slot(&mut self, operator: &Operator) -> Result<&mut Slot, VaultFault> {
        let found = self.body.slots.iter_mut().find(|s| s.operator == *operator);
        found.ok_or_else(|| VaultFault::NoPin { operator: operator.clone() })
    }
}

/// Of a name that was typed no more is kept than a name has.
fn kept_name(operator: &Operator) -> Operator {
    Operator(operator.as_str().chars().take(40).collect())
}

/// A key, closed for the public side of a secret.
fn closed_for(recipient: &str, key: &DatabaseKey) -> Result<String, VaultFault> {
    let closed = close(key.as_slice(), &Lock::Recipients(vec![recipient.to_owned()]));
    closed.map(hex::encode).map_err(|_| VaultFault::VaultDamaged)
}

/// The keys that are closed for a secret.
fn keys_for(secret: &[u8], key: &str, next: Option<&str>) -> Result<DatabaseKeys, VaultFault> {
    let damaged = || VaultFault::VaultDamaged;
    let identity = AgeIdentity::parse(std::str::from_utf8(secret).map_err(|_| damaged())?).map_err(|_| damaged())?;
    let identities = [identity];
    let open = |closed: &str| {
        let closed = hex::decode(closed).map_err(|_| damaged())?;
        key_of(unclose(&closed, &Key::Identities(&identities), KEY_LIMIT).map_err(|_| damaged())?)
    };
    Ok(DatabaseKeys { key: open(key)?, next: next.map(open).transpose()? })
}

fn key_of(bytes: Vec<u8>) -> Result<DatabaseKey, VaultFault> {
    let bytes = Zeroizing::new(bytes);
    <[u8; 32]>::try_from(bytes.as_slice()).map(Zeroizing::new).map_err(|_| VaultFault::VaultDamaged)
}

#[cfg(test)]
mod tests;
