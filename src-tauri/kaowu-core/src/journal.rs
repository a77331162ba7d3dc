//! One journal entry (DESIGN.md §1): a line of JSON with sorted keys, integers and strings only.
//!
//! An entry is written once. What is hashed, signed and checked are the bytes of that line as they stand; an entry that
//! has been read is never written again.

use crate::coded;
use crate::identity::{DeviceId, EntryId, Operator};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// The form of an entry this program writes.
pub const VERSION: u64 = 1;

/// Whether it counts. A drill is never mixed with a live event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// The real event.
    Live,
    /// An exercise 演练.
    Drill,
}

/// One entry as it is stored: what happened (`kind`, `about`), and what is true since (`facts`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Form of the entry, [`VERSION`].
    pub v: u64,
    /// Live or drill.
    pub mode: Mode,
    /// The event's id.
    pub event: String,
    /// The site the device works for; `hq` for headquarters.
    pub site: String,
    /// The device.
    pub device: DeviceId,
    /// Number within the device's feed, from 1 without gaps.
    pub seq: u64,
    /// Id of the entry before it in the feed; empty for the first.
    pub prev: EntryId,
    /// Wall clock, RFC 3339 with zone.
    pub t: String,
    /// Milliseconds of a clock that only rises, since `boot`.
    pub mono: u64,
    /// Which run of the machine `mono` belongs to.
    pub boot: String,
    /// Who did it.
    pub op: Operator,
    /// What happened: `marks.keyed`, `seats.drawn`.
    pub kind: String,
    /// The content.
    pub body: Body,
    /// Entries whose facts on the same keys this one replaces.
    pub supersedes: Vec<EntryId>,
}

/// The content of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// Details for people: file names, counts, reasons. No view is made from them.
    #[serde(default)]
    pub about: Map<String, Value>,
    /// What the entry sets.
    #[serde(default)]
    pub facts: Vec<Fact>,
}

/// One fact: `value` holds for `key` of `topic`; null takes it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Name of the [`crate::facts::Topic`].
    pub topic: String,
    /// Key within the topic.
    pub key: String,
    /// The value, null when taken back.
    pub value: Value,
}

/// Why a line is no entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum EntryError {
    /// Not one JSON object with the fields of an entry.
    EntryUnreadable {
        /// What the reader stumbled over.
        detail: String,
    },
    /// Written by a later version of the program.
    EntryTooNew {
        /// The version that stands there.
        version: u64,
    },
    /// A fraction: figures are integers in an entry.
    EntryHoldsFraction {
        /// Where.
        path: String,
    },
}
coded!(EntryError);

impl Entry {
    /// The line to store: sorted keys, no spaces, no line break at the end.
    pub fn to_line(&self) -> Result<Vec<u8>, EntryError> {
        let unreadable = |e: serde_json::Error| EntryError::EntryUnreadable { detail: e.to_string() };
        canonical(&serde_json::to_value(self).map_err(unreadable)?)
    }

    /// Reads a stored line. A line that this program would have written differently is refused, so that one entry has one form.
    pub fn read(line: &[u8]) -> Result<Self, EntryError> {
        let unreadable = |e: serde_json::Error| EntryError::EntryUnreadable { detail: e.to_string() };
        let value: Value = serde_json::from_slice(line).map_err(unreadable)?;
        if let Some(version) = value.get("v").and_then(Value::as_u64).filter(|v| *v > VERSION) {
            return Err(EntryError::EntryTooNew { version });
        }
        if canonical(&value)? != line {
            return Err(EntryError::EntryUnreadable { detail: "keys not sorted, doubled, or spaces".to_owned() });
        }
        serde_json::from_value(value).map_err(unreadable)
    }
}

/// Id of a stored line.
pub fn entry_id(line: &[u8]) -> EntryId {
    EntryId(hex::encode(Sha256::digest(line)))
}

/// The check code of a head: eight digits in two groups, to print, compare and read over the telephone.
pub fn check_code(head: &EntryId) -> String {
    let digest = Sha256::digest(head.as_str().as_bytes());
    let n = digest.iter().take(8).fold(0_u64, |n, b| (n << 8) | u64::from(*b)) % 100_000_000;
    format!("{:04}-{:04}", n / 10_000, n % 10_000)
}

/// JSON with sorted keys and no spaces; integers and strings only.
pub fn canonical(value: &Value) -> Result<Vec<u8>, EntryError> {
    let mut out = Vec::new();
    write(value, "", &mut out)?;
    Ok(out)
}

fn write(value: &Value, path: &str, out: &mut Vec<u8>) -> Result<(), EntryError> {
    match value {
        Value::Null => out.extend(b"null"),
        Value::Bool(b) => out.extend(b.to_string().bytes()),
        Value::Number(n) if n.is_i64() || n.is_u64() => out.extend(n.to_string().bytes()),
        Value::Number(_) => return Err(EntryError::EntryHoldsFraction { path: path.to_owned() }),
        Value::String(s) => string(s, out)?,
        Value::Array(items) => {
            out.push(b'[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(b',');
                }
                write(item, &format!("{path}/{i}"), out)?;
            }
            out.push(b']');
        }
        Value::Object(map) => {
            let mut keys: Vec<&String> = map.keys().collect();
            keys.sort_unstable();
            out.push(b'{');
            for (i, key) in keys.into_iter().enumerate() {
                if i > 0 {
                    out.push(b',');
                }
                string(key, out)?;
                out.push(b':');
                write(&map[key], &format!("{path}/{key}"), out)?;
            }
            out.push(b'}');
        }
    }
    Ok(())
}

fn string(text: &str, out: &mut Vec<u8>) -> Result<(), EntryError> {
    serde_json::to_writer(&mut *out, text).map_err(|e| EntryError::EntryUnreadable { detail: e.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        Entry {
            v: VERSION,
            mode: Mode::Drill,
            event: "e".into(),
            site: "hq".into(),
            device: "d".into(),
            seq: 1,
            prev: "".into(),
            t: "2020-06-27T09:00:00+08:00".into(),
            mono: 5,
            boot: "b".into(),
            op: "王㛃".into(),
            kind: "event.created".into(),
            body: Body { about: Map::new(), facts: vec![Fact { topic: "t".into(), key: "k".into(), value: Value::from(92_500) }] },
            supersedes: vec![],
        }
    }

    #[test]
    fn one_entry_has_one_form() {
        let line = entry().to_line().unwrap();
        assert_eq!(Entry::read(&line), Ok(entry()));
        let text = String::from_utf8(line).unwrap();
        assert!(
            text.starts_with(r#"{"body":{"about":{},"facts":[{"key":"k","topic":"t","value":92500}]},"boot":"b","device":"d","#),
            "{text}"
        );
        for wrong in [
            text.replace(":5,", ": 5,"),
            text.replace("92500", "92.5"),
            text.replace("\"v\":1", "\"v\":2"),
            text.replace("\"boot\":\"b\",", ""),
            text.replace("\"boot\":\"b\",", "\"boot\":\"a\",\"boot\":\"b\","),
            String::new(),
        ] {
            assert!(Entry::read(wrong.as_bytes()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn check_code_is_eight_digits() {
        assert_eq!(check_code(&EntryId("00".into())), "1642-9503", "a changed code breaks printed sheets");
    }
}
