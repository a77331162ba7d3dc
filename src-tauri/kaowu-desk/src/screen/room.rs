//! A room's door, its incidents and its record.

use super::{PersonRow, Refused, count};
use crate::error::Result;
use crate::{Desk, View};
use kaowu_core::day::{Voids, check_record};
use kaowu_core::facts::{AbsenceFact, AdmissionFact, RoomRecordFact};
use kaowu_core::identity::{IdNumber, PartId, RoomNumber, SiteCode, StageId};
use serde::{Deserialize, Serialize};
use specta::Type;

/// A room's counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RoomCount {
    /// Site.
    pub site: String,
    /// Its name.
    pub site_name: String,
    /// Room.
    pub room: String,
    /// Seats assigned.
    pub expected: u32,
    /// Let in.
    pub present: u32,
    /// Found absent.
    pub absent: u32,
    /// Whether the room is signed off.
    pub signed: bool,
}

/// A person of the room, and when they came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct AtSeat {
    /// Who.
    #[serde(flatten)]
    pub who: PersonRow,
    /// When let in or found absent.
    pub at: Option<String>,
}

/// The door of a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Door {
    /// Site.
    pub site: String,
    /// Its name.
    pub site_name: String,
    /// Room.
    pub room: String,
    /// Seats assigned.
    pub expected: u32,
    /// Not here yet, by seat.
    pub awaited: Vec<AtSeat>,
    /// Let in, by seat.
    pub present: Vec<AtSeat>,
    /// Found absent, by seat.
    pub absent: Vec<AtSeat>,
    /// When doors open.
    pub opens: String,
    /// Until when people are let in.
    pub last_entry: String,
}

/// What a clause costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // as Voids of core
pub enum VoidsWord {
    Nothing,
    Part,
    AllParts,
}

/// A clause of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ClauseRow {
    /// Id.
    pub id: String,
    /// Article and text.
    pub text: String,
    /// What it costs.
    pub voids: VoidsWord,
}

/// An incident with HQ's word on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct IncidentScreen {
    /// Id.
    pub id: String,
    /// Stage.
    pub stage: String,
    /// Part.
    pub part: String,
    /// Name of the site: every site has a first room.
    pub site_name: String,
    /// Handle of the person.
    pub person: String,
    /// Name.
    pub name: String,
    /// Candidate number.
    pub number: String,
    /// Room.
    pub room: String,
    /// Seat.
    pub seat: u16,
    /// Clause.
    pub clause: String,
    /// Its text.
    pub clause_text: String,
    /// What happened.
    pub facts: String,
    /// When.
    pub at: String,
    /// Two invigilators.
    pub invigilators: Vec<String>,
    /// Why the candidate did not sign; none when signed.
    pub unsigned: Option<String>,
    /// HQ's word.
    pub upheld: Option<bool>,
    /// Its reason.
    pub reason: Option<String>,
}

/// A room record as a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)] // the fields of RoomRecordFact
pub struct RecordForm {
    pub expected: u32,
    pub present: u32,
    pub absent: u32,
    pub absent_numbers: Vec<String>,
    pub issued: u32,
    pub used: u32,
    pub absent_papers: u32,
    pub spare: u32,
    pub returned: u32,
    pub incidents: u32,
    pub invigilators: Vec<String>,
}

impl From<RoomRecordFact> for RecordForm {
    fn from(r: RoomRecordFact) -> Self {
        Self {
            expected: r.expected,
            present: r.present,
            absent: r.absent,
            absent_numbers: r.absent_numbers.into_iter().map(|n| n.0).collect(),
            issued: r.issued,
            used: r.used,
            absent_papers: r.absent_papers,
            spare: r.spare,
            returned: r.returned,
            incidents: r.incidents,
            invigilators: r.invigilators.into_iter().map(|n| n.0).collect(),
        }
    }
}

impl From<RecordForm> for RoomRecordFact {
    fn from(r: RecordForm) -> Self {
        Self {
            expected: r.expected,
            present: r.present,
            absent: r.absent,
            absent_numbers: r.absent_numbers.iter().map(|n| n.trim().into()).collect(),
            issued: r.issued,
            used: r.used,
            absent_papers: r.absent_papers,
            spare: r.spare,
            returned: r.returned,
            incidents: r.incidents,
            invigilators: r.invigilators.iter().map(|n| n.trim().into()).collect(),
        }
    }
}

/// A signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SignedRow {
    /// Check code of the head when it was signed.
    pub check_code: String,
    /// Who signed.
    pub signers: Vec<String>,
    /// When.
    pub at: String,
}

/// A room's record as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RecordScreen {
    /// As written down.
    pub kept: Option<RecordForm>,
    /// As the journal would have it.
    pub suggested: RecordForm,
    /// Whether everybody is let in or absent: papers are proposed only then.
    pub papers_known: bool,
    /// What does not add up in what is kept.
    pub faults: Vec<Refused>,
    /// The signature.
    pub signed: Option<SignedRow>,
}

impl View<'_> {
    fn clause_text(&self, clause: &str) -> String {
        let found = self.plan().clauses.iter().find(|c| c.id == clause);
        found.map(|c| format!("{} {}", c.article, c.text)).unwrap_or_default()
    }

    /// Rooms that have people in a stage, with site names.
    fn peopled_rooms(&self, stage: &StageId) -> Result<Vec<(SiteCode, String, RoomNumber)>> {
        let (taken, rooms) = (self.seats_by_room(stage)?, self.rooms(stage)?);
        let name = |key: &(SiteCode, RoomNumber)| rooms.get(key).map(|f| f.site_name.clone()).unwrap_or_default();
        Ok(taken.keys().map(|key| (key.0.clone(), name(key), key.1.clone())).collect())
    }
}

impl Desk {
    /// Counts of every room that has people.
    pub fn room_counts(&self, stage: &StageId, part: &PartId) -> Result<Vec<RoomCount>> {
        let view = self.view();
        let (admitted, absent) = (view.admissions(stage, part)?, view.absences(stage, part)?);
        let (people, signed) = (view.seats_by_room(stage)?, view.signed_rooms(stage, part)?);
        let mut rows = Vec::new();
        for (site, site_name, room) in view.peopled_rooms(stage)? {
            let key = (site.clone(), room.clone());
            let of =
                |wanted: &dyn Fn(&IdNumber) -> bool| people.get(&key).map_or(0, |p| count(p.values().filter(|(id, _)| wanted(id)).count()));
            let (expected, present) = (of(&|_| true), of(&|id| admitted.contains_key(id)));
            let absent = of(&|id| absent.contains_key(id) && !admitted.contains_key(id));
            let signed = signed.contains(&key);
            rows.push(RoomCount { site: site.0, site_name, room: room.0, expected, present, absent, signed });
        }
        Ok(rows)
    }

    /// One room's door: who is here, who is not.
    pub fn door(&self, stage: &StageId, part: &PartId, room: (&SiteCode, &RoomNumber)) -> Result<Door> {
        let view = self.view();
        let start = view.part(stage, part)?.start;
        let times = &self.plan().rooms.times;
        let fact = view.rooms(stage)?.get(&(room.0.clone(), room.1.clone())).cloned();
        let minutes = |n: i64| (start + chrono::Duration::minutes(n)).to_rfc3339();
        let mut door = Door {
            site: room.0.to_string(),
            site_name: fact.map(|f| f.site_name).unwrap_or_default(),
            room: room.1.to_string(),
            expected: 0,
            awaited: vec![],
            present: vec![],
            absent: vec![],
            opens: minutes(times.doors),
            last_entry: minutes(times.last_entry),
        };
        for (id, _) in view.room_seats(stage, room.0, room.1)?.into_values() {
            door.expected += 1;
            let who = view.person_row(stage, &id)?;
            // Only what concerns these people is read: there is a queue.
            let key = (stage.clone(), part.clone(), id);
            if let Some(held) = view.live::<AdmissionFact>(&key)?.first() {
                door.present.push(AtSeat { who, at: Some(self.plan().clock(&held.by.t)) });
            } else if let Some(held) = view.live::<AbsenceFact>(&key)?.first() {
                door.absent.push(AtSeat { who, at: Some(self.plan().clock(&held.by.t)) });
            } else {
                door.awaited.push(AtSeat { who, at: None });
            }
        }
        Ok(door)
    }

    /// The plan's catalogue of clauses.
    pub fn clause_rows(&self) -> Vec<ClauseRow> {
        let voids = |v: Voids| match v {
            Voids::Nothing => VoidsWord::Nothing,
            Voids::Part => VoidsWord::Part,
            Voids::AllParts => VoidsWord::AllParts,
        };
        let row =
            |c: &kaowu_core::day::Clause| ClauseRow { id: c.id.clone(), text: format!("{} {}", c.article, c.text), voids: voids(c.voids) };
        self.plan().clauses.iter().map(row).collect()
    }

    /// Every incident, those nobody has ruled on first.
    pub fn incident_rows(&self) -> Result<Vec<IncidentScreen>> {
        let view = self.view();
        let mut rows = Vec::new();
        for (id, held, ruling) in view.incidents()? {
            let i = held.value;
            let who = view.person_row(&i.stage, &i.person)?;
            let rooms = view.rooms(&i.stage)?;
            rows.push(IncidentScreen {
                id,
                person: view.handle(&i.person),
                name: who.name,
                number: who.number.unwrap_or_default(),
                stage: i.stage.0,
                part: i.part.0,
                site_name: rooms.get(&(i.site.clone(), i.room.clone())).map(|r| r.site_name.clone()).unwrap_or_default(),
                room: i.room.0,
                seat: i.seat,
                clause_text: view.clause_text(&i.clause),
                clause: i.clause,
                facts: i.facts,
                at: self.plan().clock(&i.at),
                invigilators: i.invigilators.into_iter().map(|n| n.0).collect(),
                unsigned: i.signature,
                upheld: ruling.as_ref().map(|r| r.upheld),
                reason: ruling.map(|r| r.reason),
            });
        }
        rows.sort_by_key(|row| row.upheld.is_some());
        Ok(rows)
    }

    /// A room's record: as kept, as the journal would have it, and its signature.
    pub fn record_screen(&self, stage: &StageId, part: &PartId, room: (&SiteCode, &RoomNumber)) -> Result<RecordScreen> {
        let view = self.view();
        let key = (stage.clone(), part.clone(), room.0.clone(), room.1.clone());
        let facts = view.room_facts(stage, part, room)?;
        let kept = view.one::<RoomRecordFact>(&key)?.map(|held| held.value);
        let signed = view.signature(stage, part, room)?;
        let (expected, present, absent) = (count(facts.expected.len()), count(facts.admitted.len()), count(facts.absent.len()));
        Ok(RecordScreen {
            faults: kept.as_ref().map(|k| check_record(k, &facts).iter().map(Refused::of).collect()).unwrap_or_default(),
            suggested: RecordForm {
                expected,
                present,
                absent,
                absent_numbers: facts.absent.iter().map(|n| n.to_string()).collect(),
                issued: expected,
                used: present,
                absent_papers: absent,
                spare: 0,
                returned: expected,
                incidents: facts.incidents,
                invigilators: vec![],
            },
            papers_known: facts.awaited().is_empty(),
            kept: kept.map(RecordForm::from),
            signed: signed.map(|held| SignedRow {
                check_code: held.value.check_code,
                signers: held.value.signers.into_iter().map(|s| s.0).collect(),
                at: self.plan().clock(&held.by.t),
            }),
        })
    }

    /// What does not add up in a record that is being typed; writes nothing.
    pub fn check_record(&self, stage: &StageId, part: &PartId, room: (&SiteCode, &RoomNumber), record: RecordForm) -> Result<Vec<Refused>> {
        let facts = self.view().room_facts(stage, part, room)?;
        Ok(check_record(&record.into(), &facts).iter().map(Refused::of).collect())
    }
}
