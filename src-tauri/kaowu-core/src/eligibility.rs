//! Who may not take part: exclusion lists, matches and suspects (RULES.md §3.16), and units below their minimum.

use crate::facts::{ExclusionLine, Ruling, Verdict};
use crate::identity::{IdNumber, UnitCode};
use crate::plan::Plan;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A person as an exclusion list sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered<'a> {
    /// Who.
    pub id: &'a IdNumber,
    /// Name.
    pub name: &'a str,
    /// The outermost unit.
    pub city: Option<&'a UnitCode>,
}

/// How a person stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// The ID number stands on a list.
    Excluded,
    /// Name and city stand on a list, which gives no ID number or another one: a person must look.
    Suspect,
    /// A suspect found to be another person.
    Cleared,
    /// A suspect found to be the one on the list.
    Confirmed,
}

impl Standing {
    /// Whether the person stays out.
    pub fn bars(self) -> bool {
        match self {
            Self::Excluded | Self::Confirmed => true,
            Self::Suspect | Self::Cleared => false,
        }
    }
}

/// By what a list names a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// The ID number.
    Id,
    /// The ID number, beside another name: the list or the roster has a slip.
    IdOtherName,
    /// Name and city, without an ID number.
    NameAndCity,
    /// Name alone: the list gives neither ID number nor a city the plan knows.
    Name,
    /// Name and city, beside another ID number: a namesake, or a slip in one of the two.
    NameOtherId,
}

/// A person with what a list says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Match {
    /// Who.
    pub id: IdNumber,
    /// How they stand.
    pub standing: Standing,
    /// By what the list names them.
    pub ground: Ground,
    /// What they took part in; several lines' activities are joined.
    pub activity: String,
}

/// Everyone an exclusion list touches, in order of ID numbers; of several lines the gravest counts.
pub fn matches<'a>(
    people: impl IntoIterator<Item = Entered<'a>>,
    lines: &[ExclusionLine],
    rulings: &BTreeMap<IdNumber, Ruling>,
) -> Vec<Match> {
    let mut by_id: BTreeMap<&IdNumber, Vec<&ExclusionLine>> = BTreeMap::new();
    let mut by_name: BTreeMap<&str, Vec<&ExclusionLine>> = BTreeMap::new();
    for line in lines {
        if let Some(id) = &line.id {
            by_id.entry(id).or_default().push(line);
        }
        by_name.entry(line.name.as_str()).or_default().push(line);
    }
    let none = Vec::new();
    let mut out: Vec<Match> = people
        .into_iter()
        .filter_map(|person| {
            let of_id = by_id.get(person.id).unwrap_or(&none);
            let of_name = by_name.get(person.name).unwrap_or(&none);
            let mut grounds: Vec<(Ground, &str)> = of_id
                .iter()
                .map(|line| (if line.name == person.name { Ground::Id } else { Ground::IdOtherName }, line.activity.as_str()))
                .chain(of_name.iter().filter_map(|line| suspicion(&person, line).map(|ground| (ground, line.activity.as_str()))))
                .collect();
            grounds.sort();
            grounds.dedup();
            let ground = grounds.first()?.0;
            let standing = match (ground, rulings.get(person.id).map(|r| r.verdict)) {
                (Ground::Id | Ground::IdOtherName, _) => Standing::Excluded,
                (_, Some(Verdict::Cleared)) => Standing::Cleared,
                (_, Some(Verdict::Confirmed)) => Standing::Confirmed,
                (_, None) => Standing::Suspect,
            };
            let activities: BTreeSet<&str> = grounds.iter().map(|(_, activity)| *activity).filter(|a| !a.is_empty()).collect();
            let activity = activities.into_iter().collect::<Vec<_>>().join("；");
            Some(Match { id: person.id.clone(), standing, ground, activity })
        })
        .collect();
    out.sort_by(|a, b| a.id.cmp(&b.id));
    out
}

/// What a line with the person's name says of them beyond an equal ID number.
fn suspicion(person: &Entered<'_>, line: &ExclusionLine) -> Option<Ground> {
    match (&line.id, &line.city) {
        (Some(id), _) if id == person.id => None,
        (Some(_), city) => (city.is_some() && city.as_ref() == person.city).then_some(Ground::NameOtherId),
        (None, Some(city)) => (Some(city) == person.city).then_some(Ground::NameAndCity),
        // A line without a city can be anybody of that name.
        (None, None) => Some(Ground::Name),
    }
}

/// A unit that entered fewer people than the plan asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BelowMinimum {
    /// The unit.
    pub unit: UnitCode,
    /// People it entered.
    pub people: u32,
    /// People it should enter.
    pub minimum: u32,
}

/// Units below their minimum, in order of codes. A unit that does not exist on the entry deadline owes nobody.
pub fn below_minimum(plan: &Plan, entered: &BTreeMap<UnitCode, u32>) -> Vec<BelowMinimum> {
    let mut out: Vec<BelowMinimum> = plan
        .minimums
        .iter()
        .flat_map(|minimum| plan.units_of(&minimum.tier).map(move |unit| (minimum.people, unit)))
        .filter(|(_, unit)| unit.validity(plan.event.entry_deadline) == crate::plan::Validity::Valid || entered.contains_key(&unit.code))
        .filter_map(|(minimum, unit)| {
            let people = entered.get(&unit.code).copied().unwrap_or(0);
            (people < minimum).then(|| BelowMinimum { unit: unit.code.clone(), people, minimum })
        })
        .collect();
    out.sort_by(|a, b| a.unit.cmp(&b.unit));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_id_excluded_by_name_and_city_suspect() {
        let line = |name: &str, id: Option<&str>, city: Option<&str>| ExclusionLine {
            name: name.into(),
            id: id.map(Into::into),
            city: city.map(Into::into),
            activity: "2019".into(),
        };
        let lines = [line("甲", Some("1"), Some("N")), line("乙", None, Some("N")), line("丙", None, None)];
        let check = |id: &str, name: &str, city: &str, ruling: Option<Verdict>, want: Option<Standing>| {
            let (id, city) = (IdNumber::from(id), UnitCode::from(city));
            let rulings = ruling.map(|verdict| (id.clone(), Ruling { verdict, reason: "查".into() })).into_iter().collect();
            let got = matches([Entered { id: &id, name, city: Some(&city) }], &lines, &rulings);
            assert_eq!(got.first().map(|m| m.standing), want, "{id} {name} {city}");
        };
        check("1", "改名", "X", None, Some(Standing::Excluded));
        check("1", "甲", "N", Some(Verdict::Cleared), Some(Standing::Excluded));
        check("2", "甲", "N", None, Some(Standing::Suspect));
        check("2", "甲", "N", Some(Verdict::Cleared), Some(Standing::Cleared));
        check("2", "甲", "X", None, None);
        check("2", "乙", "N", None, Some(Standing::Suspect));
        check("2", "乙", "X", None, None);
        check("2", "乙", "N", Some(Verdict::Cleared), Some(Standing::Cleared));
        check("2", "乙", "N", Some(Verdict::Confirmed), Some(Standing::Confirmed));
        check("2", "丙", "X", None, Some(Standing::Suspect));
    }
}
