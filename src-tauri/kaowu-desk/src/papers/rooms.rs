//! Papers of rooms: door lists, seat charts, labels, tickets, sign-in sheets.

use super::{PaperOf, fact, room_name, some};
use crate::error::{DeskFault, Result};
use crate::screen::masked;
use crate::{Ctx, View};
use chrono::Duration;
use kaowu_core::facts::{Candidate, SeatFact};
use kaowu_core::identity::{IdNumber, PartId, StageId};
use kaowu_core::plan::Part;
use kaowu_core::seating::RoomShape;
use kaowu_ledger::Step;
use kaowu_papers::forms::{DeskLabel, DoorPerson, SignInPerson, Ticket};
use kaowu_papers::{DeskLabels, DoorList, Foot, SeatCell, SeatChart, SignIn, Tickets};
use std::collections::{BTreeMap, BTreeSet};

/// A room as papers need it.
pub(super) struct PrintedRoom {
    pub(super) foot: Foot,
    pub(super) facts: Vec<(String, String)>,
    pub(super) shape: RoomShape,
    pub(super) site_name: String,
    /// 第003考场.
    pub(super) name: String,
    /// By seat number.
    pub(super) people: BTreeMap<u16, PrintedPerson>,
    /// Seats that stay empty: their people withdrew.
    withdrawn: BTreeSet<u16>,
}

/// Somebody with a seat.
pub(super) struct PrintedPerson {
    pub(super) id: IdNumber,
    pub(super) number: String,
    pub(super) name: String,
    pub(super) sex: String,
    pub(super) unit: String,
}

/// The last characters of a text.
fn tail(text: &str, n: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    chars[chars.len().saturating_sub(n)..].iter().collect()
}

/// A seat number in two digits.
pub(super) fn seat_words(seat: u16) -> String {
    format!("{seat:02}")
}

/// Day and time of a part: `2020-07-24 09:00—11:00`.
pub(crate) fn part_time(part: &Part) -> String {
    let end = part.start + Duration::minutes(i64::from(part.minutes));
    format!("{}—{}", part.start.format("%Y-%m-%d %H:%M"), end.format("%H:%M"))
}

impl PrintedRoom {
    fn chart(&self) -> SeatChart {
        let mut columns: Vec<Vec<SeatCell>> = self.shape.columns.iter().map(|n| vec![SeatCell::Unusable; usize::from(*n)]).collect();
        for place in self.shape.seats() {
            let seat = seat_words(place.number);
            columns[usize::from(place.column)][usize::from(place.row)] = match self.people.get(&place.number) {
                Some(p) => SeatCell::Taken { seat, name: p.name.clone(), number: tail(&p.number, 5), unit: p.unit.clone() },
                None if self.withdrawn.contains(&place.number) => {
                    SeatCell::Taken { seat, name: "（退出）".to_owned(), number: String::new(), unit: String::new() }
                }
                None => SeatCell::Spare { seat },
            };
        }
        // The chart names event, part, site and room from its foot.
        let facts = self.facts.iter().filter(|(label, _)| label == "时间" || label == "人数").cloned().collect();
        SeatChart { foot: self.foot.clone(), facts, columns, ..SeatChart::default() }
    }

    fn door_list(&self, notes: &[String], on_duty: &[String]) -> DoorList {
        let person =
            |(seat, p): (&u16, &PrintedPerson)| DoorPerson { seat: seat_words(*seat), number: p.number.clone(), name: p.name.clone() };
        let mut facts: Vec<_> = self.facts.iter().filter(|(label, _)| label != "考场" && label != "科目").cloned().collect();
        let numbers: Vec<&String> = self.people.values().map(|p| &p.number).collect();
        if let (Some(first), Some(last)) = (numbers.iter().min(), numbers.iter().max()) {
            facts.insert(2, fact("准考证号", format!("{first}—{last}")));
        }
        if !on_duty.is_empty() {
            facts.push(fact("监考员", on_duty.join("、")));
        }
        let people = self.people.iter().map(person).collect();
        DoorList { foot: self.foot.clone(), room: self.name.clone(), facts, people, notes: notes.to_vec() }
    }
}

impl View<'_> {
    /// Rooms of a stage with the people who sit in them.
    pub(super) fn printed_rooms(&self, ctx: &Ctx, of: &PaperOf<'_>) -> Result<Vec<PrintedRoom>> {
        let part = self.part(of.stage, of.part)?;
        let names = self.candidates(of.stage)?;
        let seats = self.seats(of.stage)?;
        if seats.is_empty() {
            return Err(DeskFault::NotDrawn { stage: of.stage.clone() }.into());
        }
        let mut seated: BTreeMap<_, BTreeMap<u16, PrintedPerson>> = BTreeMap::new();
        let mut empty: BTreeMap<_, BTreeSet<u16>> = BTreeMap::new();
        for (id, SeatFact { site, room, seat, number }) in seats {
            if !names.contains_key(&id) {
                empty.entry((site, room)).or_default().insert(seat);
                continue;
            }
            let person = self.printed_person(id, number.to_string(), &names);
            seated.entry((site, room)).or_default().insert(seat, person);
        }
        let mut out = Vec::new();
        let rooms = self.rooms(of.stage)?;
        let all = rooms.len();
        for (done, ((site, room), held)) in rooms.into_iter().enumerate() {
            self.reader().tell_often(Step::Composing, done, all)?;
            if of.site.is_some_and(|wanted| *wanted != site) || of.room.is_some_and(|wanted| *wanted != room) {
                continue;
            }
            let Some(people) = seated.remove(&(site.clone(), room.clone())) else { continue };
            let withdrawn = empty.remove(&(site.clone(), room.clone())).unwrap_or_default();
            let name = room_name(&room);
            let facts = vec![
                fact("考点", held.site_name.clone()),
                fact("考场", name.clone()),
                fact("科目", part.name.clone()),
                fact("时间", part_time(part)),
                fact("人数", people.len().to_string()),
            ];
            let foot = self.foot(ctx, &part.name, &held.site_name, &name)?;
            let shape = crate::seating::shape(&site, &room, &held)?;
            out.push(PrintedRoom { foot, facts, shape, site_name: held.site_name, name, people, withdrawn });
        }
        some(out)
    }

    fn printed_person(&self, id: IdNumber, number: String, names: &BTreeMap<IdNumber, Candidate>) -> PrintedPerson {
        let person = names.get(&id);
        PrintedPerson {
            number,
            name: person.map(|p| p.name.clone()).unwrap_or_default(),
            sex: person.map(|p| p.sex.clone()).unwrap_or_default(),
            unit: person.map(|p| self.full_name(&p.unit)).unwrap_or_default(),
            id,
        }
    }

    pub(super) fn charts(&self, ctx: &Ctx, of: &PaperOf<'_>) -> Result<Vec<SeatChart>> {
        Ok(self.printed_rooms(ctx, of)?.iter().map(PrintedRoom::chart).collect())
    }

    pub(super) fn door_lists(&self, ctx: &Ctx, of: &PaperOf<'_>) -> Result<Vec<DoorList>> {
        let (start, times) = (self.part(of.stage, of.part)?.start, &self.plan().rooms.times);
        let clock = |minutes: i64| (start + Duration::minutes(minutes)).format("%H:%M").to_string();
        let (doors, closed) = (clock(times.doors), clock(times.last_entry));
        let notes = [format!("请核对姓名、准考证号和座位号，凭准考证和有效身份证件入场。{doors} 开始入场，{closed} 后不得入场。")];
        let list = |room: &PrintedRoom| {
            let on_duty = self.invigilators(of.stage, of.part, &room.shape.site, &room.shape.room)?;
            Ok(room.door_list(&notes, &on_duty))
        };
        self.printed_rooms(ctx, of)?.iter().map(list).collect()
    }

    /// The labels of a site are one pile.
    pub(super) fn desk_labels(&self, ctx: &Ctx, of: &PaperOf<'_>) -> Result<Vec<DeskLabels>> {
        let mut out: BTreeMap<_, DeskLabels> = BTreeMap::new();
        for room in self.printed_rooms(ctx, of)? {
            let label = |(seat, p): (&u16, &PrintedPerson)| DeskLabel {
                room: room.name.clone(),
                seat: seat_words(*seat),
                name: p.name.clone(),
                number: p.number.clone(),
                unit: p.unit.clone(),
            };
            let pile =
                out.entry(room.shape.site.clone()).or_insert_with(|| DeskLabels { foot: whole_site(&room.foot, of), labels: vec![] });
            pile.labels.extend(room.people.iter().map(label));
        }
        Ok(out.into_values().collect())
    }

    pub(super) fn sign_ins(&self, ctx: &Ctx, of: &PaperOf<'_>) -> Result<Vec<SignIn>> {
        let absent = self.absences(of.stage, of.part)?;
        let sheet = |room: PrintedRoom| {
            let person = |(seat, p): (&u16, &PrintedPerson)| SignInPerson {
                seat: seat_words(*seat),
                number: p.number.clone(),
                name: p.name.clone(),
                unit: p.unit.clone(),
                id_tail: tail(p.id.as_str(), 4),
                remark: if absent.contains_key(&p.id) { "缺考" } else { "" }.to_owned(),
            };
            SignIn { people: room.people.iter().map(person).collect(), foot: room.foot, facts: room.facts }
        };
        Ok(self.printed_rooms(ctx, of)?.into_iter().map(sheet).collect())
    }

    /// The tickets of a site are one pile, unit by unit: units hand them out.
    pub(super) fn tickets(&self, ctx: &Ctx, of: &PaperOf<'_>) -> Result<Vec<Tickets>> {
        let candidates = self.candidates(of.stage)?;
        let parts = self.ticket_parts(of.stage)?;
        let notes = self.ticket_notes(of.stage, of.part)?;
        let mut out: BTreeMap<_, (Foot, BTreeMap<_, Ticket>)> = BTreeMap::new();
        for room in self.printed_rooms(ctx, of)? {
            let (_, pile) = out
                .entry(room.shape.site.clone())
                .or_insert_with(|| (Foot { room: String::new(), ..whole_site(&room.foot, of) }, BTreeMap::new()));
            for (seat, p) in room.people {
                let unit = candidates.get(&p.id).map(|c| c.unit.clone()).unwrap_or_default();
                let ticket = Ticket {
                    name: p.name,
                    sex: p.sex,
                    number: p.number.clone(),
                    id: masked(&p.id),
                    unit: p.unit,
                    site: room.site_name.clone(),
                    room: room.name.clone(),
                    seat: seat_words(seat),
                    parts: parts.clone(),
                };
                pile.insert((unit, p.number), ticket);
            }
        }
        let batch =
            |(foot, pile): (Foot, BTreeMap<_, Ticket>)| Tickets { foot, notes: notes.clone(), people: pile.into_values().collect() };
        Ok(out.into_values().map(batch).collect())
    }

    /// The parts that everybody of a stage sits; one for which people are selected within the stage stands on no ticket.
    fn ticket_parts(&self, stage: &StageId) -> Result<Vec<[String; 4]>> {
        let later = |part: &PartId| self.plan().selections.iter().any(|s| s.to == *stage && s.to_parts.contains(part));
        let line = |part: &Part| {
            let day = part.start.format("%Y-%m-%d").to_string();
            match part.panel {
                Some(_) => [part.name.clone(), day, format!("{} 起", part.start.format("%H:%M")), "现场抽签确定".to_owned()],
                None => [part.name.clone(), day, part_time(part).split_off(11), "本考场".to_owned()],
            }
        };
        Ok(self.stage(stage)?.parts.iter().filter(|part| !later(&part.id)).map(line).collect())
    }

    fn ticket_notes(&self, stage: &StageId, part: &PartId) -> Result<Vec<String>> {
        let times = &self.plan().rooms.times;
        let clock = |minutes: i64| Ok::<_, crate::DeskError>((self.part(stage, part)?.start + Duration::minutes(minutes)).format("%H:%M"));
        Ok(vec![
            "凭本证和有效身份证件原件入场，两证缺一不可。".to_owned(),
            format!(
                "笔试 {} 开始入场，{} 后不得入场，{} 后方可交卷离场。",
                clock(times.doors)?,
                clock(times.last_entry)?,
                clock(times.earliest_hand_in)?
            ),
            "手机等通讯工具关机后放在指定处，经提醒仍带至座位的按违纪处理。".to_owned(),
            "不得在本证上书写；遗失的，凭身份证件到考点办公室补办。".to_owned(),
        ])
    }
}

/// The foot of a paper that is of a site and not of one room, unless only one was asked for.
fn whole_site(foot: &Foot, of: &PaperOf<'_>) -> Foot {
    if of.room.is_some() { foot.clone() } else { Foot { room: String::new(), ..foot.clone() } }
}
