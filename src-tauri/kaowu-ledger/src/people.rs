//! Finding a person among tens of thousands while someone types.
//!
//! The list is kept in memory ([`crate::kept`]), made from the candidate and seat facts when first asked for and again after
//! one of them has changed. So an import pays nothing for it, and a look-up is one pass over names and numbers.

use crate::error::Result;
use crate::read::Reader;
use kaowu_core::facts::{Candidate, SeatFact, Topic};
use kaowu_core::identity::{CandidateNumber, IdNumber, RoomNumber, SiteCode, StageId, UnitCode};
use pinyin::ToPinyinMulti;
use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use std::collections::HashMap;

/// A person as a list shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// ID number.
    pub id: IdNumber,
    /// Name.
    pub name: String,
    /// Unit of entry.
    pub unit: UnitCode,
    /// Candidate number, site, room and seat, once drawn.
    pub seat: Option<(CandidateNumber, SiteCode, RoomNumber, u16)>,
}

impl Reader {
    /// People of a stage that `wanted` may mean, the likeliest first: beginning of a candidate number, beginning or last
    /// four of an ID number, or part of a name. Nothing wanted: the first by ID number.
    pub fn find_people(&self, stage: &StageId, wanted: &str, limit: usize) -> Result<Vec<Person>> {
        let wanted = wanted.trim().to_ascii_uppercase();
        self.with_people(stage, |people| {
            // One shelf a likeness, none longer than the list asked for: a common name is not sorted whole.
            let mut shelves: [Vec<&Person>; LEAST + 1] = Default::default();
            for person in people {
                if let Some(shelf) = likeness(person, &wanted).map(|at| &mut shelves[at])
                    && shelf.len() < limit
                {
                    shelf.push(person);
                }
            }
            shelves.iter().flatten().take(limit).map(|person| (*person).clone()).collect()
        })
    }

    /// Everyone of a stage whom `wanted` may mean, in order of ID numbers: how many, and those from `offset` on.
    pub fn people_page(&self, stage: &StageId, wanted: &str, offset: usize, limit: usize) -> Result<(usize, Vec<Person>)> {
        let wanted = wanted.trim().to_ascii_uppercase();
        self.with_people(stage, |people| {
            let mut found = 0;
            let mut out = Vec::new();
            for person in people.iter().filter(|p| likeness(p, &wanted).is_some()) {
                if found >= offset && out.len() < limit {
                    out.push(person.clone());
                }
                found += 1;
            }
            (found, out)
        })
    }

    /// People of a stage with exactly that name, in order of ID numbers.
    pub fn people_by_name(&self, stage: &StageId, name: &str) -> Result<Vec<IdNumber>> {
        self.with_people(stage, |people| people.iter().filter(|p| p.name == name).map(|p| p.id.clone()).collect())
    }

    /// The person a document names in a stage: by whole ID number or candidate number.
    pub fn person_by_document(&self, stage: &StageId, document: &str) -> Result<Option<IdNumber>> {
        let key = format!("{stage}/{}", document.to_ascii_uppercase());
        let by_id = self
            .conn
            .prepare_cached("SELECT key FROM fact WHERE topic = 'candidate' AND key = ?1 AND live = 1 AND value IS NOT NULL")?
            .query_row([&key], |r| r.get::<_, String>(0))
            .optional()?;
        let found = match by_id {
            Some(key) => Some(key),
            None => self
                .conn
                .prepare_cached(
                    "SELECT min(key) FROM fact INDEXED BY fact_number
                     WHERE topic = 'seat' AND live = 1 AND value IS NOT NULL AND json_extract(value, '$.number') = ?1 AND substr(key, 1, length(?2)) = ?2",
                )?
                .query_row(params![document, format!("{stage}/")], |r| r.get::<_, Option<String>>(0))?,
        };
        Ok(found.and_then(|key| key.split_once('/').map(|(_, id)| IdNumber::from(id))))
    }

    fn with_people<O>(&self, stage: &StageId, work: impl FnOnce(&[Person]) -> O) -> Result<O> {
        let topics = [Candidate::NAME, SeatFact::NAME];
        let people = self.kept::<Vec<Person>, crate::LedgerError>(&format!("people/{stage}"), &topics, || self.load(stage))?;
        Ok(work(&people))
    }

    /// People of a stage in order of ID numbers.
    fn load(&self, stage: &StageId) -> Result<Vec<Person>> {
        let prefix = format!("{stage}/");
        let (people, seats) = (self.table::<Candidate>()?, self.table::<SeatFact>()?);
        let mut seats: HashMap<&IdNumber, &SeatFact> = seats.under(&prefix).map(|((_, id), held)| (id, &held.value)).collect();
        let mut out: Vec<Person> = Vec::new();
        for ((_, id), held) in people.under(&prefix) {
            // A contradicted candidate is listed as first stated: the conflict is shown elsewhere.
            if out.last().is_none_or(|last| last.id != *id) {
                let seat = seats.remove(id).map(|s| (s.number.clone(), s.site.clone(), s.room.clone(), s.seat));
                out.push(Person { id: id.clone(), name: held.value.name.clone(), unit: held.value.unit.clone(), seat });
            }
        }
        Ok(out)
    }
}

/// The worst likeness that still is one.
const LEAST: usize = 3;

/// Whether a name may be meant by letters: the first of each syllable (`WXM`), or syllables whole (`WANGXM`).
fn sounds_like(name: &str, wanted: &str) -> Option<usize> {
    let syllables: Vec<Vec<&'static str>> = name
        .chars()
        .map(|c| c.to_pinyin_multi().map(|readings| readings.into_iter().map(|reading| reading.plain()).collect()).unwrap_or_default())
        .collect();
    let wanted = wanted.to_ascii_lowercase();
    let from = (0..syllables.len()).find(|from| speaks(&syllables[*from..], &wanted))?;
    Some(1 + usize::from(from > 0))
}

/// Whether letters begin these syllables, each by its first letter or more, up to its whole.
fn speaks(syllables: &[Vec<&'static str>], letters: &str) -> bool {
    if letters.is_empty() {
        return true;
    }
    let Some((first, rest)) = syllables.split_first() else { return false };
    first.iter().any(|reading| {
        (1..=reading.len().min(letters.len()))
            .rev()
            .any(|n| reading.get(..n) == letters.get(..n) && letters.get(n..).is_some_and(|left| speaks(rest, left)))
    })
}

/// How well a person fits what was typed: 0 best, [`LEAST`] worst.
fn likeness(person: &Person, wanted: &str) -> Option<usize> {
    if wanted.is_empty() {
        return Some(0);
    }
    let number = person.seat.as_ref().map_or("", |seat| seat.0.as_str());
    if wanted.bytes().all(|b| b.is_ascii_digit() || b == b'X') {
        let id = person.id.as_str();
        return match () {
            () if number == wanted || id == wanted => Some(0),
            () if wanted.len() == 4 && id.ends_with(wanted) => Some(1),
            () if number.starts_with(wanted) => Some(2),
            () if id.starts_with(wanted) => Some(3),
            () => None,
        };
    }
    if wanted.bytes().all(|b| b.is_ascii_alphabetic()) && !person.name.is_ascii() {
        return sounds_like(&person.name, wanted);
    }
    let at = person.name.find(wanted)?;
    Some(if person.name.len() == wanted.len() { 0 } else { 1 + usize::from(at > 0) })
}
