//! Papers from what the journal says: of a site, of one room, before and after something happened.

use crate::world::{ctx, hq, seated};
use kaowu_core::coded::Coded;
use kaowu_core::identity::{PartId, RoomNumber, SiteCode, StageId};
use kaowu_core::journal::Mode;
use kaowu_desk::{Ctx, Desk, Fonts, IncidentReport, PaperKind, PaperOf};
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

fn fonts() -> &'static Fonts {
    static FONTS: LazyLock<Fonts> =
        LazyLock::new(|| Desk::fonts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/fonts")).expect("the fonts: run ./x fonts"));
    &FONTS
}

struct Site {
    desk: Desk,
    stage: StageId,
    part: PartId,
    site: SiteCode,
    room: RoomNumber,
}

impl Site {
    fn of(&self, kind: &PaperKind, one_room: bool) -> Result<String, String> {
        let room = one_room.then_some(&self.room);
        let of = PaperOf { kind, stage: &self.stage, part: &self.part, site: Some(&self.site), room };
        let bytes = self.desk.paper(&hq(), fonts(), &of).map_err(|e| e.code())?;
        let folder = tempfile::tempdir().unwrap();
        let pdf = folder.path().join("paper.pdf");
        std::fs::write(&pdf, bytes).unwrap();
        let taken = Command::new("pdftotext").arg("-layout").arg(&pdf).arg("-").output().expect("pdftotext (./x setup installs it)");
        let lines: Vec<String> = String::from_utf8(taken.stdout).unwrap().lines().map(|l| l.split_whitespace().collect()).collect();
        Ok(lines.join("\n"))
    }

    /// Candidate numbers of a room, and of the site's other rooms.
    fn numbers(&self) -> (Vec<String>, Vec<String>) {
        let seats = self.desk.view().seats(&self.stage).unwrap();
        let (mine, others): (Vec<_>, Vec<_>) = seats.into_values().filter(|s| s.site == self.site).partition(|s| s.room == self.room);
        let text = |seats: Vec<kaowu_core::facts::SeatFact>| seats.into_iter().map(|s| s.number.to_string()).collect();
        (text(mine), text(others))
    }

    fn at(time: &str) -> Ctx {
        ctx("监考员", &format!("2020-06-27T{time}:00+08:00"))
    }
}

fn nanjing(folder: &tempfile::TempDir) -> Site {
    let desk = seated(folder, Mode::Live);
    Site { desk, stage: "city".into(), part: "written".into(), site: "3201-01".into(), room: "001".into() }
}

#[test]
fn papers_of_a_site_and_of_one_room() {
    let folder = tempfile::tempdir().unwrap();
    let site = nanjing(&folder);
    let (mine, others) = site.numbers();
    assert!(!mine.is_empty() && !others.is_empty());
    for kind in [PaperKind::DoorList, PaperKind::DeskLabels, PaperKind::Tickets, PaperKind::SignIn] {
        let (all, one) = (site.of(&kind, false).unwrap(), site.of(&kind, true).unwrap());
        assert!(mine.iter().chain(&others).all(|number| all.contains(number)), "{kind:?} of the site");
        assert!(mine.iter().all(|number| one.contains(number)) && !others.iter().any(|number| one.contains(number)), "{kind:?} of a room");
        assert!(one.contains("第001考场") && !one.contains("第002考场"), "{kind:?}\n{one}");
    }
    for (kind, code) in [
        (PaperKind::Incidents, "nothing-to-print"),
        (PaperKind::Receipts, "nothing-to-print"),
        (PaperKind::Lots, "not-interview"),
        (PaperKind::JudgeSheets, "not-interview"),
        (PaperKind::Standings("none".into()), "no-such-list"),
    ] {
        assert_eq!(site.of(&kind, false).unwrap_err(), code, "{kind:?}");
    }
}

#[test]
fn what_happened_stands_on_papers() {
    let folder = tempfile::tempdir().unwrap();
    let mut site = nanjing(&folder);
    let people: Vec<_> = site.desk.view().room_seats(&site.stage, &site.site, &site.room).unwrap().into_values().collect();
    let (stage, part, door) = (site.stage.clone(), site.part.clone(), (site.site.clone(), site.room.clone()));
    // One never comes; another is written up.
    for (id, _) in &people[1..] {
        site.desk.check_in(&Site::at("08:50"), &stage, &part, (&door.0, &door.1), id.as_str()).unwrap();
    }
    let before = site.of(&PaperKind::Absences, true).unwrap();
    assert!(before.contains("无缺考") && before.contains("另有1人既未登记入场"), "{before}");
    assert!(!site.of(&PaperKind::SignIn, true).unwrap().contains("缺考\n"));
    site.desk.fix_absence(&Site::at("09:31"), &stage, &part, (&door.0, &door.1)).unwrap();
    let absent = people[0].1.as_str();
    let list = site.of(&PaperKind::Absences, true).unwrap();
    assert!(list.contains(absent) && list.contains("缺考：1") && !list.contains("另有"), "{list}");
    let signed = site.of(&PaperKind::SignIn, true).unwrap();
    let row = signed.lines().find(|l| l.contains(absent)).unwrap();
    assert!(row.ends_with("缺考"), "{row}");

    let report = IncidentReport {
        stage: stage.clone(),
        part: part.clone(),
        document: people[2].0.to_string(),
        clause: "6-1".to_owned(),
        facts: "手机放在桌面上，经提醒后收起".to_owned(),
        invigilators: vec!["甲".into(), "乙".into()],
        unsigned: Some("拒绝签名".to_owned()),
    };
    let id = site.desk.report_incident(&Site::at("09:42"), &report).unwrap();
    let form = |site: &Site| site.of(&PaperKind::Incidents, true).unwrap().replace('\n', "");
    let open = form(&site);
    for words in
        [id.as_str(), people[2].1.as_str(), "第六条第一项", "手机放在桌面上", "取消本科目成绩", "甲签名", "考生未签名。拒绝签名", "09:42"]
    {
        assert!(open.contains(words), "{words}: {open}");
    }
    assert!(!open.contains(people[2].0.as_str()) && !open.contains("成立"), "{open}");
    site.desk.rule_incident(&hq(), &id, true, "监控证实").unwrap();
    assert!(form(&site).contains("成立。监控证实"));
    assert!(site.of(&PaperKind::IncidentBlank, true).unwrap().contains("考生签名"));
    assert!(site.of(&PaperKind::RoomRecord, true).unwrap().contains("第六条第一项"));
}

#[test]
fn every_paper_of_a_part_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let site = nanjing(&folder);
    let out = folder.path().join("纸件");
    let of = PaperOf { kind: &PaperKind::SignIn, stage: &site.stage, part: &site.part, site: Some(&site.site), room: None };
    let files = site.desk.papers_of_part(&hq(), fonts(), &of, &out).unwrap();
    let names: Vec<String> = files.iter().map(|f| f.file_name().unwrap().to_string_lossy().into_owned()).collect();
    // All but the incidents, of which there are none.
    assert_eq!(names.len(), 8, "{names:?}");
    assert!(names.is_sorted() && names[0] == "01-考场门贴.pdf" && !names.iter().any(|n| n == "08-违纪违规情况记录单.pdf"), "{names:?}");
    for (file, kind) in files.iter().zip([PaperKind::DoorList, PaperKind::SeatChart, PaperKind::DeskLabels]) {
        let same = site.desk.paper(&hq(), fonts(), &PaperOf { kind: &kind, ..of.clone() }).unwrap();
        assert!(std::fs::read(file).unwrap() == same, "{kind:?}");
    }
    // What cannot be written is said, and nothing of it is left half.
    let taken = folder.path().join("taken");
    std::fs::write(&taken, "a file").unwrap();
    assert_eq!(site.desk.papers_of_part(&hq(), fonts(), &of, &taken).unwrap_err().code(), "file-unwritable");
    assert_eq!(std::fs::read_to_string(&taken).unwrap(), "a file");
}
