//! A PIN, what makes a good one, and what it closes.

use super::VaultFault;
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use kaowu_core::identity::Operator;
use rand_core::{OsRng, RngCore};
use serde::{Deserialize, Serialize};
use std::fmt;
use zeroize::Zeroizing;

/// Characters a PIN has at least.
const LEAST: usize = 6;
/// What an altered file may ask of this machine: a GiB, 32 passes.
const MOST: Cost = Cost { kib: 1 << 20, passes: 32, lanes: 8 };

/// A PIN as it was typed; wiped from memory when it is done with.
#[derive(Clone)]
pub struct Pin(Zeroizing<String>);

impl PartialEq for Pin {
    /// Of two that the same person typed; no PIN is ever compared with one that is kept.
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin")
    }
}

/// What argon2id is asked to spend on a PIN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Cost {
    kib: u32,
    passes: u32,
    lanes: u32,
}

impl Default for Cost {
    /// More than OWASP's Password Storage Cheat Sheet asks of argon2id at least (19 MiB, 2 passes, 1 lane), since a PIN is short and
    /// the file can be carried off: 64 MiB and 3 passes, the memory-constrained choice of RFC 9106, in one lane.
    fn default() -> Self {
        Self { kib: 64 * 1024, passes: 3, lanes: 1 }
    }
}

/// A text closed under a PIN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Closed {
    salt: String,
    nonce: String,
    text: String,
}

impl Pin {
    /// As typed: spaces around it dropped, digits in full width taken for digits.
    pub fn new(text: &str) -> Self {
        let mut plain = Zeroizing::new(String::with_capacity(text.len()));
        for c in text.trim().chars() {
            let digit = u32::from(c).checked_sub(u32::from('０')).filter(|n| *n < 10).and_then(|n| char::from_digit(n, 10));
            plain.push(digit.unwrap_or(c));
        }
        Self(plain)
    }

    /// Refuses what is guessed first: too short, one character again and again, a run up or down.
    pub fn good(&self) -> Result<(), VaultFault> {
        let codes: Vec<i64> = self.0.chars().map(|c| i64::from(u32::from(c))).collect();
        if codes.len() < LEAST {
            return Err(VaultFault::PinTooShort { least: LEAST });
        }
        let steps: Vec<i64> = codes.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let even = |step: i64| steps.iter().all(|s| *s == step);
        // 1, 2, … 9, 0 and back, as keys stand beside each other.
        let keys = "1234567890";
        let back: String = keys.chars().rev().collect();
        let beside = keys.contains(self.0.as_str()) || back.contains(self.0.as_str());
        if even(0) || even(1) || even(-1) || beside { Err(VaultFault::PinTooSimple) } else { Ok(()) }
    }

    pub(super) fn close(&self, operator: &Operator, cost: &Cost, text: &[u8]) -> Result<Closed, VaultFault> {
        let (mut salt, mut nonce) = ([0; 16], [0; 24]);
        OsRng.fill_bytes(&mut salt);
        OsRng.fill_bytes(&mut nonce);
        let aad = name(operator);
        let closed = self.cipher(cost, &salt)?.encrypt(XNonce::from_slice(&nonce), Payload { msg: text, aad: aad.as_bytes() });
        let text = hex::encode(closed.map_err(|_| VaultFault::VaultDamaged)?);
        Ok(Closed { salt: hex::encode(salt), nonce: hex::encode(nonce), text })
    }

    pub(super) fn open(&self, operator: &Operator, cost: &Cost, closed: &Closed) -> Result<Zeroizing<Vec<u8>>, VaultFault> {
        let bytes = |text: &str| hex::decode(text).map_err(|_| VaultFault::VaultDamaged);
        let (salt, nonce, text) = (bytes(&closed.salt)?, bytes(&closed.nonce)?, bytes(&closed.text)?);
        if nonce.len() != 24 {
            return Err(VaultFault::VaultDamaged);
        }
        let aad = name(operator);
        let opened = self.cipher(cost, &salt)?.decrypt(XNonce::from_slice(&nonce), Payload { msg: &text, aad: aad.as_bytes() });
        opened.map(Zeroizing::new).map_err(|_| VaultFault::PinWrong { left: 0 })
    }

    fn cipher(&self, cost: &Cost, salt: &[u8]) -> Result<XChaCha20Poly1305, VaultFault> {
        if cost.kib > MOST.kib || cost.passes > MOST.passes || cost.lanes > MOST.lanes {
            return Err(VaultFault::VaultDamaged);
        }
        let mut key = Zeroizing::new([0; 32]);
        let damaged = |_| VaultFault::VaultDamaged;
        let params = Params::new(cost.kib, cost.passes, cost.lanes, Some(key.len())).map_err(damaged)?;
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        argon.hash_password_into(self.0.as_bytes(), salt, key.as_mut_slice()).map_err(damaged)?;
        Ok(XChaCha20Poly1305::new(Key::from_slice(key.as_slice())))
    }
}

/// A slot that is given another's name does not open.
fn name(operator: &Operator) -> String {
    format!("kaowu-vault 1 {operator}")
}

/// For tests of everything but the work.
#[cfg(test)]
pub(super) fn cheap() -> Cost {
    Cost { kib: 8, passes: 1, lanes: 1 }
}
