//! Roster rows: what is cleaned, what is a fault (RULES.md §1).
//!
//! Every row ends in exactly one of three ways: taken, refused, or skipped because nobody stands in it. Cleaning touches
//! only what cannot mean anything else; every other fault is said.

mod clean;
mod fault;
mod id_number;

pub use clean::{clean_id, clean_name, clean_phone};
pub use fault::{Field, RowFault, Severity, Told};
pub use id_number::{IdFault, Sex, check_id};

use crate::facts::Candidate;
use crate::identity::{IdNumber, UnitCode};
use crate::plan::{Plan, Resolution};
use serde::Serialize;
use std::collections::BTreeMap;

/// A row as it stands in a workbook; empty text where a cell or a column is missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RawPerson {
    /// Row as Excel shows it.
    pub row: u32,
    /// 姓名.
    pub name: String,
    /// 身份证号.
    pub id: String,
    /// Whether the cell of the ID number holds a number, whose last digits a workbook loses.
    pub id_is_number: bool,
    /// 性别.
    pub sex: String,
    /// 工作单位.
    pub workplace: String,
    /// 职务.
    pub duty: String,
    /// 手机号码.
    pub phone: String,
    /// Whether its cell holds a number.
    pub phone_is_number: bool,
    /// The outer unit: 所属设区市, 招录机关.
    pub outer: String,
    /// The inner unit: 县（市、区）, 职位.
    pub inner: String,
    /// 备注.
    pub remark: String,
}

/// A roster as read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roster {
    /// People taken.
    pub people: BTreeMap<IdNumber, Candidate>,
    /// Everything that was said, in order of rows.
    pub told: Vec<Told>,
    /// Rows with a person.
    pub rows: u32,
    /// Rows refused.
    pub refused: u32,
}

/// Reads a roster's rows under the plan. `source` is the file's name; `elsewhere` says in which other roster of the stage
/// an ID number stands already.
pub fn read_roster(rows: &[RawPerson], plan: &Plan, source: &str, elsewhere: &dyn Fn(&IdNumber) -> Option<String>) -> Roster {
    let mut roster = Roster::default();
    let mut first_row: BTreeMap<IdNumber, u32> = BTreeMap::new();
    for raw in rows {
        if nobody(raw) {
            continue;
        }
        roster.rows += 1;
        let mut told = Vec::new();
        let read = read_person(raw, plan, source, &mut told);
        let mut say = |field, fault| told.push(Told { row: raw.row, field, fault });
        let taken = match read {
            Some((id, person)) => {
                if let Some(row) = first_row.get(&id) {
                    say(
                        Field::Id,
                        RowFault::IdTwice { row: *row, same_name: roster.people.get(&id).is_some_and(|p| p.name == person.name) },
                    );
                    false
                } else if let Some(file) = elsewhere(&id) {
                    say(Field::Id, RowFault::IdInOtherFile { file });
                    false
                } else {
                    first_row.insert(id.clone(), raw.row);
                    roster.people.insert(id, person);
                    true
                }
            }
            None => false,
        };
        roster.refused += u32::from(!taken);
        roster.told.append(&mut told);
    }
    roster
}

/// Whether a row holds nobody: blank, a total, a note, a repeated header.
fn nobody(raw: &RawPerson) -> bool {
    let texts = [&raw.name, &raw.id, &raw.sex, &raw.workplace, &raw.duty, &raw.phone, &raw.outer, &raw.inner];
    if texts.iter().all(|t| t.trim().is_empty()) {
        return true;
    }
    let name = raw.name.replace(char::is_whitespace, "");
    name == "姓名"
        || (raw.id.trim().is_empty() && ["合计", "小计", "总计", "填表人", "审核", "联系人", "备注"].iter().any(|w| name.starts_with(w)))
}

fn read_person(raw: &RawPerson, plan: &Plan, source: &str, told: &mut Vec<Told>) -> Option<(IdNumber, Candidate)> {
    let mut say = |field, fault: RowFault| told.push(Told { row: raw.row, field, fault });
    let name = match clean_name(&raw.name) {
        Ok(name) => {
            if name != raw.name {
                say(Field::Name, RowFault::Cleaned { was: raw.name.escape_debug().to_string(), now: name.clone() });
            }
            Some(name)
        }
        Err(fault) => {
            say(Field::Name, fault);
            None
        }
    };
    let id = if raw.id_is_number {
        say(Field::Id, RowFault::IdIsNumber { text: raw.id.clone() });
        None
    } else {
        let cleaned = clean_id(&raw.id);
        match check_id(&cleaned, plan.event.entry_deadline) {
            Ok(sex) => {
                if cleaned != raw.id {
                    say(Field::Id, RowFault::Cleaned { was: raw.id.clone(), now: cleaned.clone() });
                }
                Some((IdNumber(cleaned), sex))
            }
            Err(fault) => {
                say(Field::Id, RowFault::Id { text: raw.id.clone(), fault });
                None
            }
        }
    };
    let sex = raw.sex.trim().trim_end_matches('性').to_owned();
    if let Some((_, of_id)) = id.as_ref().filter(|(_, of_id)| !sex.is_empty() && sex != of_id.word()) {
        say(Field::Sex, RowFault::SexDiffers { sex: sex.clone(), of_id: of_id.word().to_owned() });
    }
    let phone = match clean_phone(&raw.phone) {
        Ok(phone) => {
            if phone != raw.phone || raw.phone_is_number {
                say(Field::Phone, RowFault::Cleaned { was: raw.phone.clone(), now: phone.clone() });
            }
            phone
        }
        Err(fault) => {
            say(Field::Phone, fault);
            raw.phone.trim().to_owned()
        }
    };
    let unit = read_unit(raw, plan, &mut say);
    let (name, (id, _), unit) = (name?, id?, unit?);
    let plain = |text: &str| text.chars().filter(|c| !c.is_control()).collect::<String>().trim().chars().take(200).collect::<String>();
    let person = Candidate {
        name,
        unit,
        sex,
        workplace: plain(&raw.workplace),
        duty: plain(&raw.duty),
        phone,
        remark: plain(&raw.remark),
        source: source.to_owned(),
        row: raw.row,
    };
    Some((id, person))
}

fn read_unit(raw: &RawPerson, plan: &Plan, say: &mut impl FnMut(Field, RowFault)) -> Option<UnitCode> {
    let mut found = |field: Field, text: &str, resolution: Resolution| -> Option<UnitCode> {
        let text = text.trim();
        if let Some(code) = resolution.unit() {
            let name = plan.unit(code).map(|u| u.name.clone()).unwrap_or_default();
            match &resolution {
                Resolution::NotYet(_) | Resolution::Expired(_) => say(field, RowFault::UnitNotValid { unit: name }),
                _ if name != text => say(field, RowFault::Cleaned { was: text.to_owned(), now: name }),
                _ => {}
            }
            return Some(code.clone());
        }
        match resolution {
            Resolution::Ambiguous(codes) => say(field, RowFault::UnitAmbiguous { text: text.to_owned(), codes }),
            Resolution::Unknown(near) => say(field, RowFault::UnitUnknown { text: text.to_owned(), near }),
            Resolution::Found(_) | Resolution::NotYet(_) | Resolution::Expired(_) => {}
        }
        None
    };
    if raw.outer.trim().is_empty() {
        found(Field::Outer, "", Resolution::Unknown(vec![]))?;
    }
    let outer = found(Field::Outer, &raw.outer, plan.resolve_city(&raw.outer))?;
    let has_inner = plan.children(&outer).next().is_some();
    if raw.inner.trim().is_empty() {
        return if has_inner { found(Field::Inner, "", Resolution::Unknown(vec![])) } else { Some(outer) };
    }
    if !has_inner {
        return Some(outer);
    }
    found(Field::Inner, &raw.inner, plan.resolve(Some(&outer), &raw.inner, plan.event.entry_deadline))
}

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
}

/// Compares what stands with what comes.
pub fn compare(standing: &BTreeMap<IdNumber, Candidate>, coming: &BTreeMap<IdNumber, Candidate>) -> Changes {
    let mut out = Changes { withdrawn: standing.keys().filter(|id| !coming.contains_key(id)).cloned().collect(), ..Changes::default() };
    for (id, person) in coming {
        match standing.get(id) {
            None => out.added.push(id.clone()),
            // A row that moved is the same person.
            Some(before) if (Candidate { row: person.row, ..before.clone() }) == *person => out.unchanged += 1,
            Some(_) => out.changed.push(id.clone()),
        }
    }
    out
}

#[cfg(test)]
mod tests;
