//! Papers of what happened in the rooms: records, incidents, absences.

use super::rooms::{PrintedRoom, part_time, seat_words};
use super::{PaperOf, fact, room_name, some};
use crate::error::Result;
use crate::screen::masked;
use crate::{Ctx, IncidentRow, View};
use kaowu_core::day::Voids;
use kaowu_core::facts::RoomRecordFact;
use kaowu_core::identity::IdNumber;
use kaowu_core::marks::MarkValue;
use kaowu_papers::{AbsenceList, IncidentForm, RoomRecord};
use std::collections::{BTreeMap, BTreeSet};

impl View<'_> {
    pub(super) fn records(&self, ctx: &Ctx, of: &PaperOf<'_>) -> Result<Vec<RoomRecord>> {
        let incidents = self.incidents_of(of)?;
        self.printed_rooms(ctx, of)?.iter().map(|room| self.record_of(of, room, &incidents)).collect()
    }

    fn record_of(&self, of: &PaperOf<'_>, room: &PrintedRoom, incidents: &[IncidentRow]) -> Result<RoomRecord> {
        let key = (of.stage.clone(), of.part.clone(), room.shape.site.clone(), room.shape.room.clone());
        let record = self.one::<RoomRecordFact>(&key)?.map(|held| held.value);
        let count = |n: Option<u32>| n.map_or_else(String::new, |n| n.to_string());
        let r = record.as_ref();
        let here =
            incidents.iter().filter(|(_, h, _)| h.value.site == room.shape.site && h.value.room == room.shape.room).map(|(_, h, _)| {
                let person = room.people.get(&h.value.seat).map(|p| p.name.clone()).unwrap_or_default();
                [
                    self.plan().clock(&h.value.at).get(11..).unwrap_or("").to_owned(),
                    person,
                    self.article(&h.value.clause),
                    h.value.facts.clone(),
                ]
            });
        let on_duty = self.invigilators(of.stage, of.part, &room.shape.site, &room.shape.room)?;
        let on_duty = (!on_duty.is_empty()).then(|| fact("监考员", on_duty.join("、")));
        Ok(RoomRecord {
            foot: room.foot.clone(),
            facts: room.facts.iter().cloned().chain(on_duty).collect(),
            people: [Some(u32::try_from(room.people.len()).unwrap_or(0)), r.map(|r| r.present), r.map(|r| r.absent)].map(count),
            absent: r.map(|r| r.absent_numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join("　")).unwrap_or_default(),
            papers: [r.map(|r| r.issued), r.map(|r| r.used), r.map(|r| r.absent_papers), r.map(|r| r.spare), r.map(|r| r.returned)]
                .map(count),
            incidents: here.collect(),
            remarks: String::new(),
        })
    }

    /// Incidents of a part, in order of rooms, seats and time.
    fn incidents_of(&self, of: &PaperOf<'_>) -> Result<Vec<IncidentRow>> {
        let mut rows: Vec<IncidentRow> = self
            .incidents()?
            .into_iter()
            .filter(|(_, h, _)| h.value.stage == *of.stage && h.value.part == *of.part)
            .filter(|(_, h, _)| of.site.is_none_or(|site| *site == h.value.site) && of.room.is_none_or(|room| *room == h.value.room))
            .collect();
        rows.sort_by_key(|(id, h, _)| (h.value.site.clone(), h.value.room.clone(), h.value.seat, h.value.at.clone(), id.clone()));
        Ok(rows)
    }

    fn article(&self, clause: &str) -> String {
        self.plan().clauses.iter().find(|c| c.id == clause).map_or_else(|| clause.to_owned(), |c| c.article.clone())
    }

    pub(super) fn incident_forms(&self, ctx: &Ctx, of: &PaperOf<'_>) -> Result<Vec<IncidentForm>> {
        let part = self.part(of.stage, of.part)?;
        let (names, seats, rooms) = (self.candidates(of.stage)?, self.seats(of.stage)?, self.rooms(of.stage)?);
        let mut out = Vec::new();
        for (id, held, ruling) in self.incidents_of(of)? {
            let h = held.value;
            let site = rooms.get(&(h.site.clone(), h.room.clone())).map(|r| r.site_name.clone()).unwrap_or_default();
            let (person, clause) = (names.get(&h.person), self.plan().clauses.iter().find(|c| c.id == h.clause));
            let effect = match clause.map(|c| c.voids) {
                Some(Voids::Part) => "取消本科目成绩",
                Some(Voids::AllParts) => "取消全部科目成绩",
                Some(Voids::Nothing) => "记录在案，不取消成绩",
                None => "",
            };
            let mut invigilators = h.invigilators.iter().map(ToString::to_string);
            out.push(IncidentForm {
                foot: self.foot(ctx, &part.name, &site, &room_name(&h.room))?,
                facts: vec![fact("考点", site), fact("考场", room_name(&h.room)), fact("科目", part.name.clone()), fact("编号", id)],
                name: person.map(|p| p.name.clone()).unwrap_or_default(),
                number: seats.get(&h.person).map(|s| s.number.to_string()).unwrap_or_default(),
                id: masked(&h.person),
                seat: seat_words(h.seat),
                unit: person.map(|p| self.full_name(&p.unit)).unwrap_or_default(),
                time: self.plan().clock(&h.at),
                clause: clause.map_or_else(|| h.clause.clone(), |c| format!("{}　{}", c.article, c.text)),
                effect: effect.to_owned(),
                what: h.facts,
                invigilators: [invigilators.next().unwrap_or_default(), invigilators.next().unwrap_or_default()],
                unsigned: h.signature.unwrap_or_default(),
                ruling: ruling.map(|r| format!("{}　{}", if r.upheld { "成立。" } else { "不成立。" }, r.reason)).unwrap_or_default(),
            });
        }
        some(out)
    }

    /// A blank form for each room, headed.
    pub(super) fn blank_incidents(&self, ctx: &Ctx, of: &PaperOf<'_>) -> Result<Vec<IncidentForm>> {
        let form = |room: PrintedRoom| {
            let facts = room.facts.into_iter().filter(|(label, _)| label != "人数").collect();
            IncidentForm { foot: room.foot, facts, ..IncidentForm::default() }
        };
        Ok(self.printed_rooms(ctx, of)?.into_iter().map(form).collect())
    }

    /// Who was absent: of a written part site by site, of an interview in one list.
    pub(super) fn absence_lists(&self, ctx: &Ctx, of: &PaperOf<'_>) -> Result<Vec<AbsenceList>> {
        let part = self.part(of.stage, of.part)?;
        if part.panel.is_some() {
            return Ok(vec![self.interview_absences(ctx, of)?]);
        }
        let (absent, admitted) = (self.absences(of.stage, of.part)?, self.admissions(of.stage, of.part)?);
        let mut sites: BTreeMap<_, (AbsenceList, [usize; 3])> = BTreeMap::new();
        for room in self.printed_rooms(ctx, of)? {
            let foot = if of.room.is_some() { room.foot.clone() } else { self.foot(ctx, &part.name, &room.site_name, "")? };
            let (list, [expected, present, missing]) =
                sites.entry(room.shape.site.clone()).or_insert_with(|| (AbsenceList { foot, ..AbsenceList::default() }, [0; 3]));
            *expected += room.people.len();
            for (seat, p) in room.people {
                *present += usize::from(admitted.contains_key(&p.id));
                if absent.contains_key(&p.id) {
                    *missing += 1;
                    list.people.push([room.name.clone(), seat_words(seat), p.number, p.name, p.unit, String::new()]);
                }
            }
        }
        let list = |(mut list, [expected, present, missing]): (AbsenceList, [usize; 3])| {
            list.facts = vec![fact("考点", list.foot.site.clone()), fact("科目", part.name.clone()), fact("时间", part_time(part))];
            list.facts.extend([fact("应到", expected.to_string()), fact("实到", present.to_string()), fact("缺考", missing.to_string())]);
            let open = expected.saturating_sub(present + missing);
            if open > 0 {
                list.notes.push(format!("注：另有 {open} 人既未登记入场，也未认定缺考，不在本表内。"));
            }
            list
        };
        Ok(sites.into_values().map(list).collect())
    }

    fn interview_absences(&self, ctx: &Ctx, of: &PaperOf<'_>) -> Result<AbsenceList> {
        let part = self.part(of.stage, of.part)?;
        let (names, seats) = (self.candidates(of.stage)?, self.seats(of.stage)?);
        let (entrants, lots) = (self.entrants(of.stage, of.part)?, self.lots(of.stage, of.part)?);
        let marks = self.interview_marks(of.stage, of.part)?;
        let mut absent: BTreeSet<IdNumber> = marks.into_iter().filter(|(_, (v, _))| *v == MarkValue::Absent).map(|(id, _)| id).collect();
        if !lots.is_empty() {
            absent.extend(entrants.keys().filter(|id| !lots.contains_key(*id)).cloned());
        }
        let mut people: Vec<[String; 6]> = absent
            .iter()
            .map(|id| {
                let lot = lots.get(id);
                let number = seats.get(id).map(|s| s.number.to_string()).unwrap_or_default();
                let name = names.get(id).map(|p| p.name.clone()).unwrap_or_default();
                let unit = names.get(id).map(|p| self.full_name(&p.unit)).unwrap_or_default();
                let remark = if lot.is_none() { "点名未到" } else { "" };
                let panel = lot.map(|l| format!("第{}考官组", l.panel)).unwrap_or_default();
                [panel, lot.map(|l| l.order.to_string()).unwrap_or_default(), number, name, unit, remark.to_owned()]
            })
            .collect();
        people.sort();
        Ok(AbsenceList {
            foot: self.foot(ctx, &part.name, "", "")?,
            facts: vec![
                fact("科目", part.name.clone()),
                fact("时间", part.start.format("%Y-%m-%d %H:%M").to_string()),
                fact("应到", entrants.len().to_string()),
                fact("缺考", people.len().to_string()),
            ],
            people,
            interview: true,
            notes: vec![],
        })
    }
}
