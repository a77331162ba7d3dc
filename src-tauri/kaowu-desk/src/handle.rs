//! Handles: how a page names a person whose ID number it does not get.
//!
//! A handle is a keyed hash of the ID number. The key comes from the device's own, so a handle is the same each time this
//! database is opened (what a page has kept for itself still fits) and means nothing to any other.

use crate::error::{DeskFault, Result};
use crate::{Desk, View};
use kaowu_core::identity::IdNumber;
use kaowu_ledger::Ledger;
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::collections::HashMap;

/// Bytes of the hash that make a handle.
const LENGTH: usize = 16;

/// Handles given out, and whom they name.
pub(crate) struct Handles {
    key: [u8; 32],
    given: RefCell<Given>,
}

#[derive(Default)]
struct Given {
    of: HashMap<IdNumber, String>,
    names: HashMap<String, IdNumber>,
}

impl Handles {
    pub(crate) fn new(ledger: &Ledger) -> Self {
        let key = Sha256::new().chain_update(b"kaowu handle\0").chain_update(ledger.device_seed()).finalize();
        Self { key: key.into(), given: RefCell::default() }
    }

    /// Sixteen capitals' worth of hash, in letters: nothing in it is ever taken for a number.
    fn make(&self, id: &IdNumber) -> String {
        // The key has one length and the hash is cut short, so this is as good as an HMAC here.
        let hash = Sha256::new().chain_update(self.key).chain_update(id.as_str()).finalize();
        hash.iter().take(LENGTH).flat_map(|byte| [byte >> 4, byte & 15]).map(|nibble| char::from(b'A' + nibble)).collect()
    }

    fn of(&self, id: &IdNumber) -> String {
        let given = &mut *self.given.borrow_mut();
        if let Some(handle) = given.of.get(id) {
            return handle.clone();
        }
        let handle = self.make(id);
        given.of.insert(id.clone(), handle.clone());
        given.names.insert(handle.clone(), id.clone());
        handle
    }
}

/// Whether a text is an ID number by its form.
fn is_id(text: &str) -> bool {
    text.len() == 18 && text.bytes().take(17).all(|b| b.is_ascii_digit()) && text.ends_with(|c: char| c.is_ascii_digit() || c == 'X')
}

impl View<'_> {
    /// The handle of a person.
    pub fn handle(&self, id: &IdNumber) -> String {
        self.handles.of(id)
    }

    /// A handle where a text is an ID number; a unit's code stays what it is.
    pub(crate) fn handle_or_code(&self, text: &str) -> String {
        if is_id(text) { self.handle(&text.into()) } else { text.to_owned() }
    }
}

impl Desk {
    /// Whom a handle names. Only one that was given out names anybody.
    pub fn person(&self, handle: &str) -> Result<IdNumber> {
        let found = self.handles.given.borrow().names.get(handle.trim()).cloned();
        found.ok_or_else(|| DeskFault::NoSuchPerson { person: handle.to_owned() }.into())
    }

    /// The ID number where a text is a handle; what somebody typed stays what it is.
    pub fn person_or_text(&self, text: &str) -> String {
        self.handles.given.borrow().names.get(text.trim()).map_or_else(|| text.to_owned(), ToString::to_string)
    }
}
