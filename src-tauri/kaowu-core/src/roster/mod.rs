//! Roster rows: what is cleaned, what is a fault (RULES.md §1).
//!
//! Every row ends in exactly one of three ways: taken, refused, or skipped because nobody stands in it. Cleaning touches
//! only what cannot mean anything else; every other fault is said.

mod clean;
mod compare;
mod fault;
mod id_number;
mod name;
mod skip;
mod unit;

pub use clean::{clean_id, clean_phone};
pub use compare::{Changes, Difference, Particular, Renumbered, compare};
pub use fault::{Field, RowFault, Severity, Told};
pub use id_number::{IdFault, Sex, age, birth_date, check_id};
pub use name::clean_name;
pub use skip::{Skip, Skipped};
pub(crate) use unit::unit_of;

use crate::facts::Candidate;
use crate::hidden::{hidden, point};
use crate::identity::{IdNumber, UnitCode};
use crate::plan::Plan;
use clean::{clean_text, invisible, shown};
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

/// Ages at which candidates raise no question.
const AGES: std::ops::RangeInclusive<u32> = 16..=75;
/// Longest running text that is kept.
const LONGEST_TEXT: usize = 200;

/// What a cell holds instead of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Odd {
    /// A number; of more than 15 digits a workbook keeps only the first 15.
    Number,
    /// An error value, given as text: `#N/A`.
    Error,
    /// A formula without its result.
    Formula,
}

/// A row as it stands in a workbook; empty text where a cell or a column is missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RawPerson {
    /// Row as Excel shows it.
    pub row: u32,
    /// 序号.
    pub serial: String,
    /// 姓名.
    pub name: String,
    /// 身份证号.
    pub id: String,
    /// 性别.
    pub sex: String,
    /// 工作单位.
    pub workplace: String,
    /// 职务.
    pub duty: String,
    /// 手机号码.
    pub phone: String,
    /// The outer unit: 所属设区市, 招录机关.
    pub outer: String,
    /// The inner unit: 县（市、区）, 职位.
    pub inner: String,
    /// 备注.
    pub remark: String,
    /// Cells that hold something else than text.
    pub odd: Vec<(Field, Odd)>,
}

impl RawPerson {
    fn odd(&self, field: Field) -> Option<Odd> {
        self.odd.iter().find(|(f, _)| *f == field).map(|(_, odd)| *odd)
    }

    fn text(&self, field: Field) -> &str {
        match field {
            Field::Name => &self.name,
            Field::Sex => &self.sex,
            Field::Id => &self.id,
            Field::Workplace => &self.workplace,
            Field::Duty => &self.duty,
            Field::Phone => &self.phone,
            Field::Outer => &self.outer,
            Field::Inner => &self.inner,
            Field::Remark => &self.remark,
        }
    }
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
    /// Rows with nobody in them.
    pub skipped: Vec<Skipped>,
    /// Pairs of rows (first, later) with people of one name and unit and two ID numbers: no fault, but worth a look.
    pub namesakes: Vec<(u32, u32)>,
}

impl Roster {
    /// Leaves out people who withdrew, and says so at their rows: only headquarters brings them back, one by one.
    pub fn leave_out(&mut self, withdrawn: &BTreeMap<IdNumber, String>) {
        for (id, reason) in withdrawn {
            if let Some(person) = self.people.remove(id) {
                self.refused += 1;
                self.told.push(Told { row: person.row, field: Field::Name, fault: RowFault::PersonWithdrawn { reason: reason.clone() } });
            }
        }
        self.told.sort_by_key(|told| told.row);
    }
}

/// Reads a roster's rows under the plan. `source` is the file's name; `elsewhere` says in which other roster of the stage
/// an ID number stands already.
pub fn read_roster(rows: &[RawPerson], plan: &Plan, source: &str, elsewhere: &dyn Fn(&IdNumber) -> Option<String>) -> Roster {
    let mut roster = Roster::default();
    // Never walked through, so their order plays no part.
    let mut first_rows: HashMap<IdNumber, u32> = HashMap::with_capacity(rows.len());
    let mut names: HashMap<(String, UnitCode), u32> = HashMap::with_capacity(rows.len());
    let mut units = unit::Units::new(plan);
    for raw in rows {
        if let Some(why) = skip::nobody(raw) {
            roster.skipped.push(Skipped { row: raw.row, why });
            continue;
        }
        roster.rows += 1;
        let Some((id, person)) = read_person(raw, &mut units, source, &mut roster.told) else {
            roster.refused += 1;
            continue;
        };
        let twice = match (first_rows.get(&id), elsewhere(&id)) {
            (Some(row), _) => {
                let first = roster.people.get(&id).map_or("", |p| &p.name);
                Some(if first == person.name {
                    RowFault::IdTwice { row: *row }
                } else {
                    RowFault::IdOfAnother { row: *row, name: first.to_owned() }
                })
            }
            (None, Some(file)) => Some(RowFault::IdInOtherFile { file }),
            (None, None) => None,
        };
        if let Some(fault) = twice {
            roster.told.push(Told { row: raw.row, field: Field::Id, fault });
            roster.refused += 1;
            continue;
        }
        match names.entry((person.name.clone(), person.unit.clone())) {
            Entry::Occupied(first) => roster.namesakes.push((*first.get(), raw.row)),
            Entry::Vacant(place) => {
                place.insert(raw.row);
            }
        }
        first_rows.insert(id.clone(), raw.row);
        roster.people.insert(id, person);
    }
    roster
}

/// Reads one row. Whatever is wrong with it is said at once, not only the first fault; nobody comes out of a row with a
/// fault that refuses.
fn read_person<'a>(raw: &'a RawPerson, units: &mut unit::Units<'a>, source: &str, told: &mut Vec<Told>) -> Option<(IdNumber, Candidate)> {
    let mut say = |field: Field, fault: RowFault| told.push(Told { row: raw.row, field, fault });
    let name = read_name(raw, &mut say);
    let id = read_id(raw, units.plan, &mut say);
    let sex = read_sex(raw, id.as_ref().map(|(_, sex)| *sex), &mut say);
    let phone = read_phone(raw, &mut say);
    let [workplace, duty, remark] = [Field::Workplace, Field::Duty, Field::Remark].map(|field| {
        if unreadable(raw, field, &mut say) {
            return String::new();
        }
        // Zero-width padding of web pages means nothing; what turns the writing round is meant to.
        if let Some(turns) = raw.text(field).chars().find(|c| hidden(*c) && !invisible(*c) && !c.is_control()) {
            say(field, RowFault::FieldHidden { point: point(turns) });
        }
        clean_text(raw.text(field), LONGEST_TEXT)
    });
    let broken = unreadable(raw, Field::Outer, &mut say) | unreadable(raw, Field::Inner, &mut say);
    let unit = if broken { None } else { units.read(&raw.outer, &raw.inner, &mut say) };
    let (name, (id, _), unit) = (name?, id?, unit?);
    Some((id, Candidate { name, unit, sex, workplace, duty, phone, remark, source: source.to_owned(), row: raw.row }))
}

/// Says so where a cell holds an error value, or where a needed one holds a formula without result.
fn unreadable(raw: &RawPerson, field: Field, say: &mut impl FnMut(Field, RowFault)) -> bool {
    let needed = matches!(field, Field::Name | Field::Id | Field::Outer | Field::Inner);
    match raw.odd(field) {
        Some(Odd::Error) if needed => say(field, RowFault::CellError { text: shown(raw.text(field)) }),
        Some(Odd::Error) => say(field, RowFault::CellErrorIgnored { text: shown(raw.text(field)) }),
        Some(Odd::Formula) if needed => say(field, RowFault::CellFormula),
        Some(Odd::Formula | Odd::Number) | None => return false,
    }
    true
}

fn read_name(raw: &RawPerson, say: &mut impl FnMut(Field, RowFault)) -> Option<String> {
    if unreadable(raw, Field::Name, say) {
        return None;
    }
    match clean_name(&raw.name) {
        Ok(name) => {
            if name != raw.name {
                say(Field::Name, RowFault::Cleaned { was: shown(&raw.name), now: name.clone() });
            }
            if name.chars().nth(1).is_none() {
                say(Field::Name, RowFault::NameShort { name: name.clone() });
            }
            Some(name)
        }
        Err(fault) => {
            say(Field::Name, fault);
            None
        }
    }
}

fn read_id(raw: &RawPerson, plan: &Plan, say: &mut impl FnMut(Field, RowFault)) -> Option<(IdNumber, Sex)> {
    if unreadable(raw, Field::Id, say) {
        return None;
    }
    let cleaned = clean_id(&raw.id);
    if raw.odd(Field::Id) == Some(Odd::Number) && cleaned.len() > 15 {
        say(Field::Id, RowFault::IdIsNumber { text: shown(&raw.id) });
        return None;
    }
    match check_id(&cleaned, plan.event.entry_deadline) {
        Ok(sex) => {
            if cleaned != raw.id {
                say(Field::Id, RowFault::Cleaned { was: shown(&raw.id), now: cleaned.clone() });
            }
            if let Some(age) = age(&cleaned, plan.event.entry_deadline).filter(|age| !AGES.contains(age)) {
                say(Field::Id, RowFault::AgeOdd { age });
            }
            Some((IdNumber(cleaned), sex))
        }
        Err(fault) => {
            say(Field::Id, RowFault::Id { text: shown(&raw.id), fault });
            None
        }
    }
}

fn read_sex(raw: &RawPerson, of_id: Option<Sex>, say: &mut impl FnMut(Field, RowFault)) -> String {
    if unreadable(raw, Field::Sex, say) {
        return String::new();
    }
    let text = clean_text(&raw.sex, 10);
    let sex = text.trim_end_matches('性');
    match sex {
        "" => {}
        "男" | "女" => {
            if let Some(of_id) = of_id.map(Sex::word).filter(|of_id| *of_id != sex) {
                say(Field::Sex, RowFault::SexDiffers { sex: sex.to_owned(), of_id: of_id.to_owned() });
            }
        }
        _ => {
            say(Field::Sex, RowFault::SexOdd { text: shown(&raw.sex) });
            return String::new();
        }
    }
    sex.to_owned()
}

fn read_phone(raw: &RawPerson, say: &mut impl FnMut(Field, RowFault)) -> String {
    if unreadable(raw, Field::Phone, say) {
        return String::new();
    }
    match clean_phone(&raw.phone) {
        Ok(phone) => {
            if phone != raw.phone {
                say(Field::Phone, RowFault::Cleaned { was: shown(&raw.phone), now: phone.clone() });
            } else if raw.odd(Field::Phone) == Some(Odd::Number) {
                say(Field::Phone, RowFault::NumberAsText { text: phone.clone() });
            }
            phone
        }
        Err(fault) => {
            say(Field::Phone, fault);
            clean_text(&raw.phone, 40)
        }
    }
}

#[cfg(test)]
mod tests;
