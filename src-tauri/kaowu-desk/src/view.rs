//! What the journal says now, in the terms of the desks.

use crate::error::{DeskFault, Result};
use crate::handle::Handles;
use crate::kept::Kept;
use kaowu_core::day::Voids;
use kaowu_core::facts::{
    AbsenceFact, AdmissionFact, BriefFact, Candidate, DrawFact, EventFact, ExclusionLine, IncidentFact, IncidentRuling, Only, Ruling,
    SeatFact, SelectionFact, Topic,
};
use kaowu_core::identity::{CandidateNumber, EntryId, IdNumber, PartId, RoomNumber, SiteCode, StageId};
use kaowu_core::plan::{Part, Plan, SelectionPlan, Stage};
use kaowu_ledger::{Held, Reader, Table};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// An incident: its id, what was reported, and HQ's word on it.
pub type IncidentRow = (String, Held<IncidentFact>, Option<IncidentRuling>);

/// The people of a room, by seat number.
pub type InRoom = BTreeMap<u16, (IdNumber, CandidateNumber)>;

/// A reader of the journal's views under the plan.
pub struct View<'a> {
    reader: &'a Reader,
    plan: &'a Plan,
    pub(crate) handles: &'a Handles,
}

impl<'a> View<'a> {
    pub(crate) fn new(reader: &'a Reader, plan: &'a Plan, handles: &'a Handles) -> Self {
        Self { reader, plan, handles }
    }

    /// The plan in force.
    pub fn plan(&self) -> &'a Plan {
        self.plan
    }

    /// The ledger's own reads.
    pub fn reader(&self) -> &'a Reader {
        self.reader
    }

    /// The one value of a key; an error where several contradict each other.
    pub fn one<T: Topic>(&self, key: &T::Key) -> Result<Option<Held<T>>> {
        Ok(self.reader.one::<T>(key)?)
    }

    /// Every live value of a key.
    pub fn live<T: Topic>(&self, key: &T::Key) -> Result<Vec<Held<T>>> {
        Ok(self.reader.live::<T>(key)?)
    }

    /// The live values under a key prefix, by key.
    pub fn under<T: Topic>(&self, prefix: &str) -> Result<Vec<(T::Key, Held<T>)>> {
        Ok(self.reader.under::<T>(prefix)?)
    }

    /// Entries whose values on these keys a new entry replaces.
    pub fn replaced<T: Topic>(&self, keys: impl IntoIterator<Item = T::Key>) -> Result<Vec<EntryId>> {
        let mut ids = BTreeSet::new();
        for key in keys {
            ids.extend(self.live::<T>(&key)?.into_iter().map(|held| held.entry));
        }
        Ok(ids.into_iter().collect())
    }

    /// The event.
    pub fn event(&self) -> Result<EventFact> {
        Ok(self.one::<EventFact>(&Only)?.ok_or(DeskFault::NoEvent)?.value)
    }

    /// What stands before the title of every file of a drill; nothing in a live event.
    pub fn drill_mark(&self) -> Result<&'static str> {
        Ok(if self.event()?.mode == kaowu_core::journal::Mode::Drill { "【演练】" } else { "" })
    }

    /// What this laptop was told, when it works for a site.
    pub fn brief(&self) -> Result<Option<BriefFact>> {
        Ok(self.one::<BriefFact>(&Only)?.map(|held| held.value))
    }

    /// The stage of that id.
    pub fn stage(&self, stage: &StageId) -> Result<&'a Stage> {
        self.plan.stages.iter().find(|s| s.id == *stage).ok_or_else(|| {
            DeskFault::NoSuchStage { stage: stage.clone(), known: self.plan.stages.iter().map(|s| s.id.clone()).collect() }.into()
        })
    }

    /// The part of that id.
    pub fn part(&self, stage: &StageId, part: &PartId) -> Result<&'a Part> {
        let stage = self.stage(stage)?;
        stage.parts.iter().find(|p| p.id == *part).ok_or_else(|| {
            DeskFault::NoSuchPart { stage: stage.id.clone(), part: part.clone(), known: stage.parts.iter().map(|p| p.id.clone()).collect() }
                .into()
        })
    }

    /// The selection that fills a stage (or, within a stage, some of its parts).
    pub fn selection_plan(&self, to: &StageId) -> Option<&'a SelectionPlan> {
        self.plan.selections.iter().find(|s| s.to == *to)
    }

    /// The live values of a topic, as they are kept.
    pub fn table<T: Topic>(&self) -> Result<Arc<Table<T>>> {
        Ok(self.reader.table::<T>()?)
    }

    /// Everyone entered for a stage, eligible or not.
    pub fn candidates(&self, stage: &StageId) -> Result<Kept<IdNumber, Candidate>> {
        Kept::of(self.reader, &format!("candidates/{stage}"), &[Candidate::NAME], || {
            let table = self.table::<Candidate>()?;
            Ok(table.under(&format!("{stage}/")).map(|((_, id), held)| (id.clone(), held.value.clone())).collect())
        })
    }

    /// One person's entry.
    pub fn candidate(&self, stage: &StageId, id: &IdNumber) -> Result<Option<Candidate>> {
        Ok(self.one::<Candidate>(&(stage.clone(), id.clone()))?.map(|held| held.value))
    }

    /// The exclusion lists.
    pub fn exclusions(&self) -> Result<Vec<((String, u32), ExclusionLine)>> {
        Ok(self.under::<ExclusionLine>("")?.into_iter().map(|(key, held)| (key, held.value)).collect())
    }

    /// HQ's words on suspects: those of this stage, before those of an earlier one, where the person was looked at first.
    pub fn rulings(&self, stage: &StageId) -> Result<BTreeMap<IdNumber, Ruling>> {
        let mut out = BTreeMap::new();
        let mut own = BTreeMap::new();
        for ((of, id), held) in self.under::<Ruling>("")? {
            if of == *stage {
                own.insert(id, held.value)
            } else {
                out.insert(id, held.value)
            };
        }
        out.extend(own);
        Ok(out)
    }

    /// Seats of a stage.
    pub fn seats(&self, stage: &StageId) -> Result<Kept<IdNumber, SeatFact>> {
        Kept::of(self.reader, &format!("seats/{stage}"), &[SeatFact::NAME], || {
            let table = self.table::<SeatFact>()?;
            Ok(table.under(&format!("{stage}/")).map(|((_, id), held)| (id.clone(), held.value.clone())).collect())
        })
    }

    /// One person's seat.
    pub fn seat(&self, stage: &StageId, id: &IdNumber) -> Result<Option<SeatFact>> {
        Ok(self.one::<SeatFact>(&(stage.clone(), id.clone()))?.map(|held| held.value))
    }

    /// The people of every room that has some, by seat number.
    pub fn seats_by_room(&self, stage: &StageId) -> Result<Kept<(SiteCode, RoomNumber), InRoom>> {
        Kept::of(self.reader, &format!("seats-by-room/{stage}"), &[SeatFact::NAME], || {
            let mut rooms: BTreeMap<(SiteCode, RoomNumber), InRoom> = BTreeMap::new();
            for (id, s) in &self.seats(stage)? {
                rooms.entry((s.site.clone(), s.room.clone())).or_default().insert(s.seat, (id.clone(), s.number.clone()));
            }
            Ok(rooms)
        })
    }

    /// The people of one room, by seat number.
    pub fn room_seats(&self, stage: &StageId, site: &SiteCode, room: &RoomNumber) -> Result<InRoom> {
        Ok(self.seats_by_room(stage)?.get(&(site.clone(), room.clone())).cloned().unwrap_or_default())
    }

    /// The draw of a stage.
    pub fn draw(&self, stage: &StageId) -> Result<Option<DrawFact>> {
        Ok(self.one::<DrawFact>(stage)?.map(|held| held.value))
    }

    /// People let in to a part.
    pub fn admissions(&self, stage: &StageId, part: &PartId) -> Result<Kept<IdNumber, Vec<Held<AdmissionFact>>>> {
        Kept::of(self.reader, &format!("admissions/{stage}/{part}"), &[AdmissionFact::NAME], || {
            let table = self.table::<AdmissionFact>()?;
            Ok(group(table.under(&format!("{stage}/{part}/")).map(|((_, _, id), held)| (id.clone(), held.clone()))))
        })
    }

    /// People found absent from a part.
    pub fn absences(&self, stage: &StageId, part: &PartId) -> Result<Kept<IdNumber, Vec<Held<AbsenceFact>>>> {
        Kept::of(self.reader, &format!("absences/{stage}/{part}"), &[AbsenceFact::NAME], || {
            let table = self.table::<AbsenceFact>()?;
            Ok(group(table.under(&format!("{stage}/{part}/")).map(|((_, _, id), held)| (id.clone(), held.clone()))))
        })
    }

    /// Incidents with HQ's word on them, where given; what HQ ruled on stays as it was ruled on.
    pub fn incidents(&self) -> Result<Vec<IncidentRow>> {
        let mut rulings: BTreeMap<String, Held<IncidentRuling>> = self.under::<IncidentRuling>("")?.into_iter().collect();
        let mut rows = Vec::new();
        for (key, held) in self.under::<IncidentFact>("")? {
            let ruling = rulings.remove(&key).map(|held| held.value);
            let ruled = ruling.as_ref().and_then(|ruling| ruling.incident.clone());
            rows.push((key, Held { value: ruled.unwrap_or(held.value), entry: held.entry, by: held.by }, ruling));
        }
        for (key, Held { entry, value, by }) in rulings {
            if let Some(ruled) = value.incident.clone() {
                rows.push((key, Held { value: ruled, entry, by }, Some(value)));
            }
        }
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(rows)
    }

    /// Who has lost a part, or all parts, by a confirmed incident.
    pub fn voided(&self, stage: &StageId, part: &PartId) -> Result<BTreeSet<IdNumber>> {
        Ok(self
            .incidents()?
            .into_iter()
            .filter(|(_, _, ruling)| ruling.as_ref().is_some_and(|r| r.upheld))
            .filter(|(_, held, _)| match self.plan.clauses.iter().find(|c| c.id == held.value.clause).map(|c| c.voids) {
                Some(Voids::AllParts) => true,
                Some(Voids::Part) => held.value.stage == *stage && held.value.part == *part,
                Some(Voids::Nothing) | None => false,
            })
            .map(|(_, held, _)| held.value.person)
            .collect())
    }

    /// The selection of a stage with its substitutions applied, where it was made.
    pub fn selection(&self, to: &StageId) -> Result<Option<SelectionFact>> {
        Ok(self.one::<SelectionFact>(to)?.map(|held| held.value))
    }
}

fn group<V>(pairs: impl Iterator<Item = (IdNumber, V)>) -> BTreeMap<IdNumber, Vec<V>> {
    let mut out: BTreeMap<IdNumber, Vec<V>> = BTreeMap::new();
    for (id, value) in pairs {
        out.entry(id).or_default().push(value);
    }
    out
}
