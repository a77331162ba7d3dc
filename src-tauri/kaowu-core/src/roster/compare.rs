//! A file that was imported before: what it changes.

use crate::facts::Candidate;
use crate::identity::{IdNumber, UnitCode};
use serde::Serialize;
use std::collections::BTreeMap;

/// What a file that was imported before changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct Changes {
    /// People who were not there.
    pub added: Vec<IdNumber>,
    /// People whose particulars differ.
    pub changed: Vec<IdNumber>,
    /// People who stand there no more.
    pub withdrawn: Vec<IdNumber>,
    /// People as before.
    pub unchanged: u32,
    /// What differs in those who changed, in the order of `changed`.
    pub differences: Vec<Difference>,
    /// People withdrawn and added under another ID number, of the same name and unit: most likely a corrected number.
    pub renumbered: Vec<Renumbered>,
}

/// One particular of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Who.
    pub id: IdNumber,
    /// Which particular.
    pub what: Particular,
    /// As it stands.
    pub was: String,
    /// As it comes.
    pub now: String,
}

/// A particular of a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Particular {
    /// 姓名.
    Name,
    /// The unit of entry, by code.
    Unit,
    /// 性别.
    Sex,
    /// 工作单位.
    Workplace,
    /// 职务.
    Duty,
    /// 手机号码.
    Phone,
    /// 备注.
    Remark,
    /// The file.
    Source,
}

/// A person whose ID number seems corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Renumbered {
    /// The number that goes.
    pub from: IdNumber,
    /// The number that comes.
    pub to: IdNumber,
    /// The name of both.
    pub name: String,
}

/// Compares what stands with what comes.
pub fn compare(standing: &BTreeMap<IdNumber, Candidate>, coming: &BTreeMap<IdNumber, Candidate>) -> Changes {
    let mut out = Changes { withdrawn: standing.keys().filter(|id| !coming.contains_key(id)).cloned().collect(), ..Changes::default() };
    for (id, person) in coming {
        match standing.get(id) {
            None => out.added.push(id.clone()),
            // A row that moved is the same person.
            Some(before) if (Candidate { row: person.row, ..before.clone() }) == *person => out.unchanged += 1,
            Some(before) => {
                out.changed.push(id.clone());
                out.differences.extend(differences(id, before, person));
            }
        }
    }
    let mut gone: BTreeMap<(&str, &UnitCode), Vec<&IdNumber>> = BTreeMap::new();
    for id in &out.withdrawn {
        if let Some(person) = standing.get(id) {
            gone.entry((&person.name, &person.unit)).or_default().push(id);
        }
    }
    // Of several namesakes nobody can say whose number was corrected.
    for to in &out.added {
        if let Some(person) = coming.get(to)
            && let Some([from]) = gone.get(&(person.name.as_str(), &person.unit)).map(Vec::as_slice)
        {
            out.renumbered.push(Renumbered { from: (*from).clone(), to: to.clone(), name: person.name.clone() });
        }
    }
    out
}

fn differences(id: &IdNumber, before: &Candidate, after: &Candidate) -> Vec<Difference> {
    let pairs = [
        (Particular::Name, &before.name, &after.name),
        (Particular::Unit, &before.unit.0, &after.unit.0),
        (Particular::Sex, &before.sex, &after.sex),
        (Particular::Workplace, &before.workplace, &after.workplace),
        (Particular::Duty, &before.duty, &after.duty),
        (Particular::Phone, &before.phone, &after.phone),
        (Particular::Remark, &before.remark, &after.remark),
        (Particular::Source, &before.source, &after.source),
    ];
    let differ = pairs.into_iter().filter(|(_, was, now)| was != now);
    differ.map(|(what, was, now)| Difference { id: id.clone(), what, was: was.clone(), now: now.clone() }).collect()
}
