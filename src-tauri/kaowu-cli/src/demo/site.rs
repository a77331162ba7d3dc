//! A venue's day: one laptop from its packet to its handover.

use super::clock::Clock;
use chrono::Duration;
use kaowu_core::facts::{Pass, RoomRecordFact};
use kaowu_core::identity::{IdNumber, RoomNumber};
use kaowu_core::marks::MarkValue;
use kaowu_desk::{Ctx, Decision, Desk, DeskFault, DrawLots, HandedOver, IncidentReport, Issued, Result};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What a venue is given.
pub(super) struct Venue<'a> {
    pub(super) issued: &'a Issued,
    pub(super) folder: &'a Path,
    pub(super) stick: &'a Path,
    pub(super) first: PathBuf,
    pub(super) second: PathBuf,
    pub(super) clock: Clock,
    /// Whether something happens in a room here.
    pub(super) incident: bool,
}

/// What came of the day.
#[derive(Default)]
pub(super) struct Day {
    pub(super) handed: Option<HandedOver>,
    pub(super) db: PathBuf,
    pub(super) admitted: usize,
    pub(super) refused: usize,
    pub(super) absent: usize,
    pub(super) rooms: usize,
    pub(super) marks: u32,
    pub(super) decided: usize,
}

impl Venue<'_> {
    fn open(&self, clock: &mut Clock) -> Result<(Desk, PathBuf)> {
        let db = self.folder.join(format!("{}.kaowu-db", self.issued.post));
        let (desk, _) = Desk::open_packet(&db, &clock.ctx("考点负责人"), &self.issued.path, &self.issued.words)?;
        Ok((desk, db))
    }

    /// A written paper: doors, absence, records, signatures, two passes over the marks, differences decided.
    pub(super) fn written(&self) -> Result<Day> {
        let mut clock = self.clock.of(&self.issued.post);
        let (mut desk, db) = self.open(&mut clock)?;
        let brief = desk.view().brief()?.ok_or(DeskFault::OnlySite)?;
        let (stage, part, site) = (brief.stage, brief.part, brief.site);
        let start = desk.view().part(&stage, &part)?.start;
        let marks = Desk::preview_marks(&self.first)?;
        let away: BTreeSet<IdNumber> = marks.into_iter().filter(|(_, mark)| mark == "缺考").map(|(id, _)| id).collect();
        let rooms: Vec<RoomNumber> = desk.view().rooms(&stage)?.into_keys().map(|(_, room)| room).collect();
        let mut day = Day { db, ..Day::default() };
        clock.at(start - Duration::minutes(15));
        let mut wrong_door: Option<RoomNumber> = None;
        for room in &rooms {
            let people = desk.view().room_seats(&stage, &site, room)?;
            if people.is_empty() {
                continue;
            }
            let door = (&site, room);
            let first = people.values().find(|(id, _)| !away.contains(id)).map(|(_, number)| number.clone());
            if let (Some(other), Some(number)) = (&wrong_door, &first) {
                day.refused += usize::from(desk.check_in(&clock.ctx("监考员甲"), &stage, &part, (&site, other), number.as_str()).is_err());
            }
            for (id, number) in people.values().filter(|(id, _)| !away.contains(id)) {
                // Some show the admission ticket, some the ID card.
                let document = if day.admitted.is_multiple_of(2) { number.as_str() } else { id.as_str() };
                desk.check_in(&clock.ctx("监考员甲"), &stage, &part, door, document)?;
                day.admitted += 1;
            }
            if let (None, Some(number)) = (&wrong_door, &first) {
                desk.undo_check_in(&clock.ctx("监考员甲"), &stage, &part, number.as_str(), "误扫邻座准考证")?;
                desk.check_in(&clock.ctx("监考员甲"), &stage, &part, door, number.as_str())?;
                day.refused += usize::from(desk.check_in(&clock.ctx("监考员甲"), &stage, &part, door, number.as_str()).is_err());
            }
            wrong_door.get_or_insert_with(|| room.clone());
        }
        clock.at(start + Duration::minutes(30));
        for room in &rooms {
            let (expected, present) =
                self.close_room(&mut desk, &mut clock, (&stage, &part), (&site, room), day.rooms == 0 && self.incident)?;
            if expected > 0 {
                day.rooms += 1;
                day.absent += expected - present;
            }
        }
        clock.at(start + Duration::hours(6));
        let first = desk.import_marks(&clock.ctx("录入员甲"), &stage, &part, Pass(1), &self.first)?;
        desk.import_marks(&clock.ctx("录入员乙"), &stage, &part, Pass(2), &self.second)?;
        day.marks = first.taken;
        for difference in desk.mark_differences(&stage, &part)? {
            let value = difference.first.map_or(MarkValue::Absent, |(value, _)| value);
            let decision = Decision { id: &difference.id, value, with: None, reason: "核对试卷，第一遍无误" };
            desk.decide_mark(&clock.ctx("核分员"), &stage, &part, &decision)?;
            day.decided += 1;
        }
        day.handed = Some(desk.hand_over(&clock.ctx("考点负责人"), self.stick)?);
        Ok(day)
    }

    /// Absence fixed, the record written, the room signed. Returns people expected and present.
    fn close_room(
        &self,
        desk: &mut Desk,
        clock: &mut Clock,
        of: (&kaowu_core::identity::StageId, &kaowu_core::identity::PartId),
        door: (&kaowu_core::identity::SiteCode, &RoomNumber),
        incident: bool,
    ) -> Result<(usize, usize)> {
        let (stage, part) = of;
        let before = desk.present(stage, part, door)?;
        if before.expected == 0 {
            return Ok((0, 0));
        }
        desk.fix_absence(&clock.ctx("监考员甲"), stage, part, door)?;
        let invigilators = vec!["监考员甲".into(), "监考员乙".into()];
        if incident {
            self.report(desk, &clock.ctx("监考员甲"), of, door)?;
        }
        let now = desk.present(stage, part, door)?;
        let facts = desk.view().room_facts(stage, part, door)?;
        let absent = u32::try_from(now.absent.len()).unwrap_or(0);
        let record = RoomRecordFact {
            expected: now.expected,
            present: now.present,
            absent,
            absent_numbers: now.absent,
            issued: now.expected + 2,
            used: now.present,
            absent_papers: absent,
            spare: 2,
            returned: now.expected + 2,
            incidents: facts.incidents,
            invigilators: invigilators.clone(),
        };
        desk.record_room(&clock.ctx("监考员甲"), stage, part, door, &record)?;
        desk.sign_off(&clock.ctx("监考员甲"), stage, part, door, &invigilators)?;
        Ok((usize::try_from(now.expected).unwrap_or(0), usize::try_from(now.present).unwrap_or(0)))
    }

    fn report(
        &self,
        desk: &mut Desk,
        ctx: &Ctx,
        of: (&kaowu_core::identity::StageId, &kaowu_core::identity::PartId),
        door: (&kaowu_core::identity::SiteCode, &RoomNumber),
    ) -> Result<()> {
        let people = desk.view().room_seats(of.0, door.0, door.1)?;
        let admitted = desk.view().admissions(of.0, of.1)?;
        let somebody = people.values().find(|(id, _)| admitted.contains_key(id));
        let clause = desk.plan().clauses.iter().find(|c| c.voids == kaowu_core::day::Voids::Part).map(|c| c.id.clone());
        if let (Some((id, _)), Some(clause)) = (somebody, clause) {
            let report = IncidentReport {
                stage: of.0.clone(),
                part: of.1.clone(),
                document: id.to_string(),
                clause,
                facts: "开考后手机响铃".to_owned(),
                invigilators: vec!["监考员甲".into(), "监考员乙".into()],
                unsigned: Some("本人认为手机已按要求存放，拒绝签字".to_owned()),
            };
            desk.report_incident(ctx, &report)?;
        }
        Ok(())
    }

    /// An interview: lots before witnesses, judges' sheets keyed by two people.
    pub(super) fn interview(&self) -> Result<Day> {
        let mut clock = self.clock.of(&self.issued.post);
        let (mut desk, db) = self.open(&mut clock)?;
        let brief = desk.view().brief()?.ok_or(DeskFault::OnlySite)?;
        let (stage, part) = (brief.stage, brief.part);
        clock.at(desk.view().part(&stage, &part)?.start - Duration::minutes(30));
        let witnesses = ["监督员".into(), "选手代表".into()];
        let panels = ["1".into()];
        let draw =
            DrawLots { stage: &stage, part: &part, panels: &panels, seed: "面试抽签 2020-07-25", witnesses: &witnesses, missing: &[] };
        let lots = desk.draw_lots(&clock.ctx("面试秘书"), &draw)?;
        let first = desk.import_sheets(&clock.ctx("记分员"), &stage, &part, Pass(1), &self.first)?;
        desk.import_sheets(&clock.ctx("核分员"), &stage, &part, Pass(2), &self.second)?;
        let handed = desk.hand_over(&clock.ctx("面试秘书"), self.stick)?;
        Ok(Day { handed: Some(handed), db, admitted: lots.len(), marks: first.taken, ..Day::default() })
    }
}
