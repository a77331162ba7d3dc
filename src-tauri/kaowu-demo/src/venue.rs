//! A venue's day: one laptop from its packet to its handover.

use crate::clock::Clock;
use chrono::{DateTime, Duration, FixedOffset};
use kaowu_core::day::Voids;
use kaowu_core::facts::{BriefFact, Pass, RoomRecordFact};
use kaowu_core::figure::Mark;
use kaowu_core::identity::{CandidateNumber, IdNumber, Operator, PartId, RoomNumber, SiteCode, StageId};
use kaowu_core::marks::{self, MarkValue};
use kaowu_desk::{Ctx, Decision, Desk, DeskFault, DrawLots, HandedOver, IncidentReport, InspectionReport, Issued, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const CHIEF: &str = "考点负责人";
pub(crate) const DOORKEEPER: &str = "监考员甲";
const FIRST_KEYER: &str = "录入员甲";
pub(crate) const SECOND_KEYER: &str = "录入员乙";

/// How often the second keyer slips in a drill.
const SLIP_EVERY: usize = 25;

/// What a venue is given.
pub(crate) struct Venue<'a> {
    pub(crate) issued: &'a Issued,
    pub(crate) folder: &'a Path,
    pub(crate) stick: &'a Path,
    pub(crate) first: PathBuf,
    pub(crate) second: PathBuf,
    pub(crate) clock: Clock,
    /// Whether something happens in a room here.
    pub(crate) incident: bool,
}

/// What came of the day.
#[derive(Default)]
pub(crate) struct Day {
    pub(crate) handed: Option<HandedOver>,
    pub(crate) db: PathBuf,
    pub(crate) admitted: usize,
    pub(crate) refused: usize,
    pub(crate) absent: usize,
    pub(crate) rooms: usize,
    pub(crate) marks: u32,
    pub(crate) decided: usize,
}

/// The laptop of a venue on its day.
pub(crate) struct Laptop {
    pub(crate) desk: Desk,
    pub(crate) db: PathBuf,
    pub(crate) clock: Clock,
    stage: StageId,
    part: PartId,
    site: SiteCode,
    start: DateTime<FixedOffset>,
    rooms: Vec<RoomNumber>,
    /// Who will not come.
    away: BTreeSet<IdNumber>,
    day: Day,
}

impl Venue<'_> {
    fn open(&self, clock: &mut Clock) -> Result<(Desk, PathBuf)> {
        let db = self.folder.join(format!("{}.kaowu-db", self.issued.post));
        let (desk, _) = Desk::open_packet(&db, &clock.ctx(CHIEF), &self.issued.path, &self.issued.words)?;
        Ok((desk, db))
    }

    /// The laptop opened with its packet, a quarter of an hour before the written paper.
    pub(crate) fn at_the_doors(&self) -> Result<Laptop> {
        let mut clock = self.clock.of(&self.issued.post);
        let (desk, db) = self.open(&mut clock)?;
        let BriefFact { stage, part, site, .. } = desk.view().brief()?.ok_or(DeskFault::OnlySite)?;
        let start = desk.view().part(&stage, &part)?.start;
        let marks = Desk::preview_marks(&self.first)?;
        let away: BTreeSet<IdNumber> = marks.into_iter().filter(|(_, mark)| mark == "缺考").map(|(id, _)| id).collect();
        let mut rooms: Vec<RoomNumber> = Vec::new();
        for (_, room) in desk.view().rooms(&stage)?.into_keys() {
            if !desk.view().room_seats(&stage, &site, &room)?.is_empty() {
                rooms.push(room);
            }
        }
        clock.at(start - Duration::minutes(15));
        Ok(Laptop { desk, db, clock, stage, part, site, start, rooms, away, day: Day::default() })
    }

    /// A written paper: doors, absence, records, signatures, two passes over the marks, differences decided.
    pub(crate) fn written(&self) -> Result<Day> {
        let mut laptop = self.at_the_doors()?;
        laptop.let_everybody_in(&mut |_, _| Ok(()))?;
        laptop.close_rooms(self.incident)?;
        laptop.first_pass(&self.first)?;
        laptop.second_pass(&self.second)?;
        laptop.decide_differences()?;
        let Laptop { mut desk, mut clock, db, day, .. } = laptop;
        let handed = desk.hand_over(&clock.ctx(CHIEF), self.stick)?;
        Ok(Day { handed: Some(handed), db, ..day })
    }

    /// An interview: lots before witnesses, judges' sheets keyed by two people.
    pub(crate) fn interview(&self) -> Result<Day> {
        let mut clock = self.clock.of(&self.issued.post);
        let (mut desk, db) = self.open(&mut clock)?;
        let brief = desk.view().brief()?.ok_or(DeskFault::OnlySite)?;
        let (stage, part) = (brief.stage, brief.part);
        clock.at(desk.view().part(&stage, &part)?.start - Duration::minutes(30));
        let witnesses = ["监督员".into(), "选手代表".into()];
        let panels = ["1", "2", "3", "4"].map(Into::into);
        let draw =
            DrawLots { stage: &stage, part: &part, panels: &panels, seed: "面试抽签 2020-07-25", witnesses: &witnesses, missing: &[] };
        let lots = desk.draw_lots(&clock.ctx("面试秘书"), &draw)?;
        let first = desk.import_sheets(&clock.ctx("记分员"), &stage, &part, Pass(1), &self.first)?;
        desk.import_sheets(&clock.ctx("核分员"), &stage, &part, Pass(2), &self.second)?;
        let handed = desk.hand_over(&clock.ctx("面试秘书"), self.stick)?;
        Ok(Day { handed: Some(handed), db, admitted: lots.len(), marks: first.taken, ..Day::default() })
    }
}

impl Laptop {
    /// Who comes to a room, in the order of the seats.
    fn coming(&self, room: &RoomNumber) -> Result<Vec<(IdNumber, CandidateNumber)>> {
        let people = self.desk.view().room_seats(&self.stage, &self.site, room)?;
        Ok(people.into_values().filter(|(id, _)| !self.away.contains(id)).collect())
    }

    fn check_in(&mut self, room: &RoomNumber, document: &str) -> Result<()> {
        let ctx = self.clock.ctx(DOORKEEPER);
        self.desk.check_in(&ctx, &self.stage, &self.part, (&self.site, room), document)?;
        Ok(())
    }

    fn let_in(&mut self, room: &RoomNumber, people: &[(IdNumber, CandidateNumber)]) -> Result<()> {
        for (id, number) in people {
            // Some show the admission ticket, some the ID card.
            let document = if self.day.admitted.is_multiple_of(2) { number.as_str() } else { id.as_str() };
            self.check_in(room, document)?;
            self.day.admitted += 1;
        }
        Ok(())
    }

    /// The first of those who come to the first room, about half of them.
    pub(crate) fn let_half_a_room_in(&mut self) -> Result<()> {
        let Some(room) = self.rooms.first().cloned() else { return Ok(()) };
        let people = self.coming(&room)?;
        self.let_in(&room, &people[..people.len() / 2])
    }

    /// All rooms, with what goes wrong at doors: somebody at another room's, a wrong ticket scanned, a second scan.
    pub(crate) fn let_everybody_in(&mut self, before: &mut dyn FnMut(usize, usize) -> Result<()>) -> Result<()> {
        let rooms = self.rooms.clone();
        for (n, room) in rooms.iter().enumerate() {
            before(n, rooms.len())?;
            let people = self.coming(room)?;
            let first = people.first().map(|(_, number)| number.clone());
            if let (Some(other), Some(number)) = (rooms.first().filter(|other| *other != room), &first) {
                self.day.refused += usize::from(self.check_in(other, number.as_str()).is_err());
            }
            self.let_in(room, &people)?;
            if let (0, Some(number)) = (n, &first) {
                let ctx = self.clock.ctx(DOORKEEPER);
                self.desk.undo_check_in(&ctx, &self.stage, &self.part, number.as_str(), "误扫邻座准考证")?;
                self.check_in(room, number.as_str())?;
                self.day.refused += usize::from(self.check_in(room, number.as_str()).is_err());
            }
        }
        Ok(())
    }

    /// After the last entry: absence fixed, records written, rooms signed. Something may happen in the first one.
    pub(crate) fn close_rooms(&mut self, incident: bool) -> Result<()> {
        self.clock.at(self.start + Duration::minutes(30));
        for room in self.rooms.clone() {
            let (expected, present) = self.close_room(&room, self.day.rooms == 0 && incident)?;
            self.day.rooms += 1;
            self.day.absent += expected - present;
        }
        Ok(())
    }

    /// Returns people expected and present.
    fn close_room(&mut self, room: &RoomNumber, incident: bool) -> Result<(usize, usize)> {
        let Self { desk, clock, stage, part, site, .. } = self;
        let door = (&*site, room);
        desk.fix_absence(&clock.ctx(DOORKEEPER), stage, part, door)?;
        let invigilators = vec![DOORKEEPER.into(), "监考员乙".into()];
        if incident {
            report(desk, &clock.ctx(DOORKEEPER), (stage, part), door, &invigilators)?;
            let seen = "考场秩序良好；挂钟慢两分钟，已当场校准";
            let note = InspectionReport {
                stage: stage.clone(),
                part: part.clone(),
                site: site.clone(),
                room: Some(room.clone()),
                at: None,
                inspector: "巡考员甲".to_owned(),
                seen: seen.to_owned(),
            };
            desk.inspect_room(&clock.ctx(CHIEF), &note)?;
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
        desk.record_room(&clock.ctx(DOORKEEPER), stage, part, door, &record)?;
        desk.sign_off(&clock.ctx(DOORKEEPER), stage, part, door, &invigilators)?;
        Ok((usize::try_from(now.expected).unwrap_or(0), usize::try_from(now.present).unwrap_or(0)))
    }

    /// The first pass from its workbook, in the afternoon.
    pub(crate) fn first_pass(&mut self, file: &Path) -> Result<()> {
        let Self { desk, clock, stage, part, start, .. } = self;
        clock.at(*start + Duration::hours(6));
        self.day.marks = desk.import_marks(&clock.ctx(FIRST_KEYER), stage, part, Pass(1), file)?.taken;
        Ok(())
    }

    fn second_pass(&mut self, file: &Path) -> Result<()> {
        let Self { desk, clock, stage, part, .. } = self;
        desk.import_marks(&clock.ctx(SECOND_KEYER), stage, part, Pass(2), file)?;
        Ok(())
    }

    /// About half of the second pass, keyed one by one in the order of the seats, with a few slips.
    pub(crate) fn half_second_pass(&mut self, file: &Path, before: &mut dyn FnMut(usize, usize) -> Result<()>) -> Result<()> {
        let Self { desk, clock, stage, part, site, rooms, .. } = self;
        let rules = desk.view().part(stage, part)?;
        let (full, step) = (rules.full, rules.step);
        let marks: BTreeMap<IdNumber, String> = Desk::preview_marks(file)?.into_iter().collect();
        let mut people: Vec<IdNumber> = Vec::new();
        for room in rooms.iter() {
            people.extend(desk.view().room_seats(stage, site, room)?.into_values().map(|(id, _)| id));
        }
        people.truncate(people.len() / 2);
        for (n, id) in people.iter().enumerate() {
            before(n, people.len())?;
            let text = marks.get(id).map_or("", String::as_str);
            let text = match marks::read_value(text, full, step)? {
                Some(MarkValue::Given(mark)) if n % SLIP_EVERY == SLIP_EVERY - 1 => slip(mark).to_string(),
                _ => text.to_owned(),
            };
            desk.key_mark(&clock.ctx(SECOND_KEYER), stage, part, Pass(2), id, &text)?;
        }
        Ok(())
    }

    fn decide_differences(&mut self) -> Result<()> {
        let Self { desk, clock, stage, part, .. } = self;
        for difference in desk.mark_differences(stage, part)? {
            let value = difference.first.map_or(MarkValue::Absent, |(value, _)| value);
            let decision = Decision { id: &difference.id, value, with: None, reason: "核对试卷，第一遍无误" };
            desk.decide_mark(&clock.ctx("核分员"), stage, part, &decision)?;
            self.day.decided += 1;
        }
        Ok(())
    }
}

/// What changing two digits makes of a mark: nine more or less.
fn slip(mark: Mark) -> Mark {
    let nine = 9 * Mark::UNIT;
    if mark.0 >= nine { Mark(mark.0 - nine) } else { Mark(mark.0 + nine) }
}

fn report(desk: &mut Desk, ctx: &Ctx, of: (&StageId, &PartId), door: (&SiteCode, &RoomNumber), invigilators: &[Operator]) -> Result<()> {
    let people = desk.view().room_seats(of.0, door.0, door.1)?;
    let admitted = desk.view().admissions(of.0, of.1)?;
    let somebody = people.values().find(|(id, _)| admitted.contains_key(id));
    let clause = desk.plan().clauses.iter().find(|c| c.voids == Voids::Part).map(|c| c.id.clone());
    if let (Some((id, _)), Some(clause)) = (somebody, clause) {
        let report = IncidentReport {
            stage: of.0.clone(),
            part: of.1.clone(),
            document: id.to_string(),
            clause,
            facts: "开考后手机响铃".to_owned(),
            invigilators: invigilators.to_vec(),
            unsigned: Some("本人认为手机已按要求存放，拒绝签字".to_owned()),
        };
        desk.report_incident(ctx, &report)?;
    }
    Ok(())
}
