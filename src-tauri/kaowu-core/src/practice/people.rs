//! Who a row speaks of: a person by ID number, or a suspect by name and unit whom a person decides.

use super::packed::id_of;
use crate::identity::{IdNumber, UnitCode};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// A name in a unit without an ID number.
pub type Claim = (UnitCode, String);

/// What people decided of claims: the person meant, or none: somebody of their own, who has no ID number in any export.
pub type Matches = BTreeMap<Claim, Option<IdNumber>>;

/// A person of practice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(untagged)]
pub enum Who {
    /// By ID number.
    Id(IdNumber),
    /// By unit and name, as people decided.
    Named(UnitCode, String),
}

impl Who {
    /// One text for it, as ties and awards name it.
    pub fn text(&self) -> String {
        match self {
            Self::Id(id) => id.to_string(),
            Self::Named(unit, name) => format!("{unit} {name}"),
        }
    }
}

/// A person with what their latest row says of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person<'a> {
    /// ID number; empty for somebody without.
    pub id: &'a str,
    /// Name.
    pub name: &'a str,
    /// Unit.
    pub unit: &'a UnitCode,
    /// When the latest row was: later periods are greater texts.
    at: &'a str,
}

impl Person<'_> {
    /// Who that is.
    pub fn who(&self) -> Who {
        id_of(self.id).map_or_else(|| Who::Named(self.unit.clone(), self.name.to_owned()), Who::Id)
    }
}

/// Everybody that rows speak of, each once.
#[derive(Debug)]
pub struct People<'a> {
    matches: &'a Matches,
    // Looked up only, never walked through: their order plays no part.
    by_id: HashMap<&'a str, usize>,
    by_claim: HashMap<(&'a str, &'a str), Option<usize>>,
    all: Vec<Person<'a>>,
}

impl<'a> People<'a> {
    /// Nobody yet.
    pub fn new(matches: &'a Matches) -> Self {
        Self { matches, by_id: HashMap::new(), by_claim: HashMap::new(), all: Vec::new() }
    }

    /// The place of the person a row speaks of; none while nobody has decided who that is. `at` is the row's period.
    pub fn of(&mut self, unit: &'a UnitCode, id: &'a str, name: &'a str, at: &'a str) -> Option<usize> {
        if !id.is_empty() {
            return Some(self.seen(id, Person { id, name, unit, at }));
        }
        if let Some(known) = self.by_claim.get(&(unit.as_str(), name)) {
            return *known;
        }
        let place = match self.matches.get(&(unit.clone(), name.to_owned())) {
            None => None,
            Some(Some(id)) => Some(self.seen(id.as_str(), Person { id: id.as_str(), name, unit, at: "" })),
            Some(None) => Some(self.add(Person { id: "", name, unit, at })),
        };
        self.by_claim.insert((unit.as_str(), name), place);
        place
    }

    fn add(&mut self, person: Person<'a>) -> usize {
        self.all.push(person);
        self.all.len() - 1
    }

    fn seen(&mut self, id: &'a str, person: Person<'a>) -> usize {
        match self.by_id.get(id) {
            Some(place) => {
                // Level periods are told apart by unit and name, so that the order of files plays no part.
                let known = &mut self.all[*place];
                if known.at <= person.at && (known.at, known.unit, known.name) < (person.at, person.unit, person.name) {
                    *known = person;
                }
                *place
            }
            None => {
                let place = self.add(person);
                self.by_id.insert(id, place);
                place
            }
        }
    }

    /// Everybody, by place.
    pub fn all(&self) -> &[Person<'a>] {
        &self.all
    }
}

/// A claim, and whom it may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suspect {
    /// Unit.
    pub unit: UnitCode,
    /// Name.
    pub name: String,
    /// People of that name and unit whose ID numbers are known.
    pub may_be: Vec<IdNumber>,
    /// What was decided; none: it waits.
    pub decided: Option<Option<IdNumber>>,
}

/// Whom claims may mean, in order of units and names. `known` are all people with ID numbers in exports and rosters: unit, ID
/// number, name; rows without one are passed over.
pub fn suspects<'a>(
    claims: impl IntoIterator<Item = &'a Claim>,
    known: impl IntoIterator<Item = (&'a UnitCode, &'a str, &'a str)>,
    matches: &Matches,
) -> Vec<Suspect> {
    let mut found: BTreeMap<(&UnitCode, &str), BTreeSet<&str>> =
        claims.into_iter().map(|(unit, name)| ((unit, name.as_str()), BTreeSet::new())).collect();
    if found.is_empty() {
        return Vec::new();
    }
    // Names first: most people share theirs with no claim, and a year has millions of rows.
    let names: HashSet<&str> = found.keys().map(|(_, name)| *name).collect();
    for (unit, id, name) in known {
        if !id.is_empty()
            && names.contains(name)
            && let Some(ids) = found.get_mut(&(unit, name))
        {
            ids.insert(id);
        }
    }
    let suspect = |((unit, name), ids): ((&UnitCode, &str), BTreeSet<&str>)| Suspect {
        unit: unit.clone(),
        name: name.to_owned(),
        may_be: ids.into_iter().map(IdNumber::from).collect(),
        decided: matches.get(&(unit.clone(), name.to_owned())).cloned(),
    };
    found.into_iter().map(suspect).collect()
}
