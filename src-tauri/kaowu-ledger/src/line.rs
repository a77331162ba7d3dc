//! A stored line, read without copying: what the views need of it.

use kaowu_core::identity::EntryId;
use serde::Deserialize;
use serde::de::{Deserializer, Error, Unexpected, Visitor};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::fmt;

/// The id of an entry as bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Id(pub(crate) [u8; 32]);

impl Id {
    pub(crate) fn of(line: &[u8]) -> Self {
        Self(Sha256::digest(line).into())
    }

    /// Reads the one form of an id: 64 lower-case hex digits.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut id = [0; 32];
        let lower = !text.bytes().any(|b| b.is_ascii_uppercase());
        (lower && hex::decode_to_slice(text, &mut id).is_ok()).then_some(Self(id))
    }

    pub(crate) fn text(&self) -> EntryId {
        EntryId(hex::encode(self.0))
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Hex;
        impl Visitor<'_> for Hex {
            type Value = Id;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("64 lower-case hex digits")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Id, E> {
                Id::read(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
            }
        }
        from.deserialize_str(Hex)
    }
}

/// Id of the entry before; none in the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Prev(pub(crate) Option<Id>);

impl Prev {
    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_ref().map_or(&[], |id| &id.0)
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        if bytes.is_empty() { Some(Self(None)) } else { bytes.try_into().ok().map(|id| Self(Some(Id(id)))) }
    }
}

impl<'de> Deserialize<'de> for Prev {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Hex;
        impl Visitor<'_> for Hex {
            type Value = Prev;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("nothing or 64 lower-case hex digits")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Prev, E> {
                if text.is_empty() {
                    return Ok(Prev(None));
                }
                Id::read(text).map(|id| Prev(Some(id))).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
            }
        }
        from.deserialize_str(Hex)
    }
}

/// The fields of a line that the store keeps or makes views from.
#[derive(Debug, Deserialize)]
pub(crate) struct Line<'a> {
    pub(crate) seq: u64,
    pub(crate) prev: Prev,
    #[serde(borrow)]
    pub(crate) t: Cow<'a, str>,
    pub(crate) mono: u64,
    #[serde(borrow)]
    pub(crate) boot: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) op: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) kind: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) body: LineBody<'a>,
    pub(crate) supersedes: Vec<Id>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct LineBody<'a> {
    #[serde(borrow, default)]
    pub(crate) facts: Vec<LineFact<'a>>,
}

/// A fact with its value as the line has it, byte for byte.
#[derive(Debug, Deserialize)]
pub(crate) struct LineFact<'a> {
    #[serde(borrow)]
    pub(crate) topic: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) key: Cow<'a, str>,
    #[serde(borrow)]
    value: &'a RawValue,
}

impl LineFact<'_> {
    /// The value, none when taken back.
    pub(crate) fn value(&self) -> Option<&str> {
        Some(self.value.get()).filter(|text| *text != "null")
    }
}

impl<'a> Line<'a> {
    pub(crate) fn read(line: &'a [u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(line)
    }
}
