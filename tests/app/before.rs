//! Before the day: the closed roster, units below their minimum, withdrawals, announcements.

use crate::world::{ctx, fixture, hq, id, new_event, seated, write};
use kaowu_core::coded::Coded;
use kaowu_core::facts::LateWhat;
use kaowu_core::identity::{IdNumber, StageId};
use kaowu_core::journal::Mode;
use kaowu_desk::{AnnouncementOf, Ctx, Desk, Fonts, LateGrounds, PaperKind, PaperOf, Result};
use kaowu_ledger::Filter;
use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use tempfile::TempDir;

fn fonts() -> &'static Fonts {
    static FONTS: LazyLock<Fonts> =
        LazyLock::new(|| Desk::fonts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/fonts")).expect("the fonts: run ./x fonts"));
    &FONTS
}

fn city() -> StageId {
    "city".into()
}

fn code<T>(done: Result<T>) -> String {
    done.map_or_else(|e| e.code(), |_| "ok".to_owned())
}

fn roster(folder: &TempDir, people: &[(usize, &str)]) -> PathBuf {
    let rows: String = people.iter().map(|(n, name)| format!("{name},{},南京市,玄武区\n", id(*n))).collect();
    write(folder, "r.csv", &format!("姓名,身份证号,设区市,县区\n{rows}"))
}

fn grounds(reason: &str, second: &str) -> LateGrounds {
    LateGrounds { reason: reason.to_owned(), second: second.into() }
}

#[test]
fn once_closed_a_change_needs_a_reason_and_a_second_person() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = new_event(&folder, "jiangsu-2020", Mode::Live);
    let early = ctx("报名组", "2020-06-10T09:00:00+08:00");
    assert_eq!(code(desk.close_roster(&early, &city(), "提前收齐")), "roster-empty");
    assert_eq!(code(desk.close_roster(&early, &"province".into(), "提前收齐")), "entered-by-selection");
    // The plan's day alone closes nothing: it warns.
    let file = roster(&folder, &[(1, "王㛃"), (2, "李䶮"), (3, "张𬭎")]);
    assert_eq!(desk.import_roster(&hq(), &city(), &file, false).unwrap().1.taken, 3);
    let state = |desk: &Desk, ctx: &Ctx| {
        let state = desk.roster_state(ctx, &city()).unwrap();
        (state.overdue, state.closed.is_some(), state.late)
    };
    assert_eq!((state(&desk, &early), state(&desk, &hq())), ((false, false, 0), (true, false, 0)));
    let step = |desk: &Desk| desk.overview(hq().now).unwrap().steps.into_iter().find(|s| s.step == "rosterClose").unwrap().state;
    assert_eq!(step(&desk), kaowu_desk::screen::StepState::Attention);
    // Closed early only with a reason.
    assert_eq!(code(desk.close_roster(&early, &city(), "")), "reason-needed");
    assert_eq!(code(desk.close_roster(&hq(), &city(), "")), "ok");
    assert_eq!(code(desk.close_roster(&hq(), &city(), "")), "roster-is-closed");
    assert_eq!((state(&desk, &hq()), step(&desk)), ((true, true, 0), kaowu_desk::screen::StepState::Done));

    // The same file still changes nothing; another is refused without writing anything.
    assert!(desk.import_roster(&hq(), &city(), &file, false).unwrap().1.unchanged);
    roster(&folder, &[(1, "王㛃"), (2, "李龑"), (4, "陈𠅤")]);
    let before = desk.verify_journal().unwrap().entries;
    let refused = desk.import_roster(&hq(), &city(), &file, true).unwrap_err();
    assert_eq!((refused.code().as_str(), refused.facts()["added"].as_u64()), ("roster-late", Some(1)));
    let mut late = |reason: &str, second: &str| code(desk.import_late_roster(&hq(), &city(), &file, true, Some(&grounds(reason, second))));
    assert_eq!(late("", "组长"), "reason-needed");
    assert_eq!(late("单位漏报", " "), "second-person-needed");
    assert_eq!(late("单位漏报", "考务处"), "second-person-needed");
    assert_eq!(late("单位漏报", "组长"), "ok");
    assert_eq!(desk.verify_journal().unwrap().entries, before + 1);
    let marked = desk.late_entries(&city()).unwrap();
    let of =
        |n: usize| marked.get(&IdNumber::from(id(n))).map(|l| (l.what, l.by.iter().map(ToString::to_string).collect::<Vec<_>>().join("/")));
    assert_eq!(
        (of(2), of(4), of(1)),
        (Some((LateWhat::Changed, "考务处/组长".into())), Some((LateWhat::Entered, "考务处/组长".into())), None)
    );
    let rows = desk.people_page(&city(), "", 0, 10).unwrap().rows;
    assert_eq!(rows.iter().filter(|r| r.late).map(|r| r.name.as_str()).collect::<BTreeSet<_>>(), ["李龑", "陈𠅤"].into());
    let entry = desk.view().reader().entries(&Filter { kind: Some("roster.imported".into()), ..Filter::default() }, 1).unwrap();
    assert_eq!(
        (entry[0].entry.body.about["second"].as_str(), entry[0].entry.body.about["reason"].as_str()),
        (Some("组长"), Some("单位漏报"))
    );

    assert_eq!(code(desk.reopen_roster(&hq(), &city(), &grounds("延期", "考务处"))), "second-person-needed");
    assert_eq!(code(desk.reopen_roster(&hq(), &city(), &grounds("延期", "组长"))), "ok");
    assert_eq!(code(desk.reopen_roster(&hq(), &city(), &grounds("延期", "组长"))), "roster-is-open");
    roster(&folder, &[(1, "王㛃"), (2, "李龑"), (4, "陈𠅤"), (5, "赵𰻝")]);
    assert_eq!(code(desk.import_roster(&hq(), &city(), &file, true)), "ok");
    let (kept, made) = desk.rebuild().unwrap();
    assert_eq!(kept, made);
}

#[test]
fn a_unit_below_its_minimum_is_accepted_or_stays_open() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = new_event(&folder, "jiangsu-2020", Mode::Live);
    let file = roster(&folder, &[(1, "王㛃"), (2, "李䶮"), (3, "张𬭎")]);
    desk.import_roster(&hq(), &city(), &file, false).unwrap();
    let of = |desk: &Desk| desk.below_rows(&city()).unwrap().into_iter().find(|b| b.below.unit.as_str() == "320102").unwrap();
    assert_eq!((of(&desk).below.people, of(&desk).below.minimum, of(&desk).accepted), (3, 10, None));
    assert_eq!(code(desk.accept_below(&hq(), &city(), &"320102".into(), " ")), "reason-needed");
    assert_eq!(code(desk.accept_below(&hq(), &city(), &"320000".into(), "人少")), "not-below-minimum");
    assert_eq!(code(desk.accept_below(&hq(), &city(), &"320102".into(), "全单位仅三人")), "ok");
    assert_eq!((of(&desk).accepted.as_deref(), of(&desk).by.map(|o| o.0)), (Some("全单位仅三人"), Some("考务处".to_owned())));
    // More is no new question, fewer is.
    roster(&folder, &[(1, "王㛃"), (2, "李䶮"), (3, "张𬭎"), (4, "陈𠅤")]);
    desk.import_roster(&hq(), &city(), &file, true).unwrap();
    assert!(of(&desk).accepted.is_some());
    desk.withdraw(&hq(), &city(), &id(1).as_str().into(), "调离").unwrap();
    desk.withdraw(&hq(), &city(), &id(2).as_str().into(), "调离").unwrap();
    assert_eq!((of(&desk).below.people, of(&desk).accepted), (2, None));
}

#[test]
fn who_withdraws_leaves_an_empty_seat_and_may_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = seated(&folder, Mode::Live);
    let seats: Vec<_> = desk.view().seats(&city()).unwrap().into_iter().filter(|(_, s)| s.site.as_str() == "3211-01").collect();
    let (gone, seat) = seats[0].clone();
    let (site, room) = (seat.site.clone(), seat.room.clone());
    desk.issue_packet(&hq(), &city(), &"written".into(), &site, folder.path()).unwrap();
    let outdated = |desk: &Desk| desk.view().outdated_packets(&city(), &"written".into()).unwrap().contains(&site);
    assert!(!outdated(&desk));
    assert_eq!(code(desk.withdraw(&hq(), &city(), &gone, "")), "reason-needed");
    assert_eq!(code(desk.withdraw(&hq(), &"province".into(), &gone, "因病")), "entered-by-selection");
    desk.withdraw(&hq(), &city(), &gone, "因病").unwrap();
    assert_eq!(code(desk.withdraw(&hq(), &city(), &gone, "因病")), "not-entered");
    // The seat is still theirs in the books, empty in the room, and what was issued is out of date.
    let picture = desk.room_picture(&city(), &site, &room).unwrap();
    let cell = picture.cells.iter().find(|c| c.seat == Some(seat.seat)).unwrap();
    assert!(cell.withdrawn && cell.name.is_empty() && outdated(&desk));
    assert_eq!(picture.cells.iter().filter(|c| c.withdrawn).count(), 1);
    let paper = |desk: &Desk, kind: PaperKind| {
        let of = PaperOf { kind: &kind, stage: &city(), part: &"written".into(), site: Some(&site), room: Some(&room) };
        let bytes = desk.paper(&hq(), fonts(), &of).unwrap();
        text_of(&folder.path().join("p.pdf"), &bytes)
    };
    assert!(paper(&desk, PaperKind::SeatChart).contains("（退出）"));
    for kind in [PaperKind::DoorList, PaperKind::DeskLabels, PaperKind::Tickets, PaperKind::SignIn] {
        assert!(!paper(&desk, kind.clone()).contains(seat.number.as_str()), "{kind:?}");
    }
    let listed = desk.withdrawn(&city()).unwrap();
    assert_eq!((listed.len(), listed[0].reason.as_str(), listed[0].number.as_ref()), (1, "因病", Some(&seat.number)));
    // The file again brings nobody back, and says so.
    let file = fixture("jiangsu-2020/rosters/3211-镇江市.xlsx");
    let (_, again) = desk.import_roster(&hq(), &city(), &file, true).unwrap();
    assert!(again.unchanged && again.told.iter().any(|(_, said)| said.contains("已退出：因病")), "{:?}", again.told);

    // Taken back, they sit where they sat.
    assert_eq!(code(desk.reinstate(&hq(), &city(), &gone, " ")), "reason-needed");
    assert_eq!(desk.reinstate(&hq(), &city(), &gone, "误报").unwrap().as_ref(), Some(&seat.number));
    assert_eq!(code(desk.reinstate(&hq(), &city(), &gone, "误报")), "not-withdrawn");
    assert!(!outdated(&desk) && desk.withdrawn(&city()).unwrap().is_empty());
    assert_eq!(desk.verify_seats(&city()).unwrap(), []);

    // A room drawn again gives the empty seat away; whoever comes back then has none, as a late entry.
    desk.withdraw(&hq(), &city(), &gone, "因病").unwrap();
    desk.redraw_room(&hq(), &city(), (&site, &room), "重排", "有人退出").unwrap();
    assert!(desk.view().seat(&city(), &gone).unwrap().is_none());
    assert_eq!(desk.reinstate(&hq(), &city(), &gone, "误报").unwrap(), None);
    desk.seat_late(&hq(), &city(), &gone, "撤回退出").unwrap();
    assert_eq!(desk.verify_seats(&city()).unwrap(), []);

    // Once the day has begun for somebody, they are absent and not withdrawn.
    let here = desk.view().seat(&city(), &gone).unwrap().unwrap();
    let door = ctx("监考员", "2020-06-27T08:50:00+08:00");
    desk.check_in(&door, &city(), &"written".into(), (&here.site, &here.room), gone.as_str()).unwrap();
    assert_eq!(code(desk.withdraw(&door, &city(), &gone, "因病")), "withdrawal-after-start");
    let (kept, made) = desk.rebuild().unwrap();
    assert_eq!(kept, made);
}

/// A plan may set a freeze for the roster of a stage; afterwards nobody withdraws.
#[test]
fn after_the_freeze_nobody_withdraws() {
    let folder = tempfile::tempdir().unwrap();
    let plan =
        kaowu_core::plan::bundled("jiangsu-2020").unwrap().replacen("digit = 1\n", "digit = 1\nfreeze = 2020-06-24T18:00:00+08:00\n", 1);
    let event = kaowu_desk::NewEvent { plan: &plan, mode: Mode::Live };
    let mut desk = Desk::create(&folder.path().join("hq.kaowu-db"), &hq(), &event).unwrap();
    desk.import_roster(&hq(), &city(), &roster(&folder, &[(1, "王㛃"), (2, "李䶮")]), false).unwrap();
    let person = |n: usize| IdNumber::from(id(n));
    desk.withdraw(&ctx("报名组", "2020-06-24T17:59:00+08:00"), &city(), &person(1), "因病").unwrap();
    let late = ctx("报名组", "2020-06-24T18:01:00+08:00");
    assert_eq!(code(desk.withdraw(&late, &city(), &person(2), "因病")), "withdrawal-frozen");
    assert_eq!(code(desk.reinstate(&late, &city(), &person(1), "误报")), "withdrawal-frozen");
}

fn text_of(pdf: &Path, bytes: &[u8]) -> String {
    std::fs::write(pdf, bytes).unwrap();
    let taken = Command::new("pdftotext").arg("-layout").arg(pdf).arg("-").output().expect("pdftotext (./x setup installs it)");
    String::from_utf8(taken.stdout).unwrap()
}

/// Everything in a workbook, as it lies in the file.
fn workbook_text(path: &Path) -> String {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut all = String::new();
    for n in 0..zip.len() {
        zip.by_index(n).unwrap().read_to_string(&mut all).unwrap();
    }
    all
}

#[test]
fn an_announcement_shows_no_id_number_and_no_telephone() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = new_event(&folder, "jiangsu-2020", Mode::Live);
    let pdf = folder.path().join("公示.pdf");
    let announce = |desk: &Desk, of: AnnouncementOf| {
        let none = Default::default();
        let kind = PaperKind::Announcement(of);
        let paper = PaperOf { kind: &kind, stage: &city(), part: &none, site: None, room: None };
        desk.paper(&hq(), fonts(), &paper).map(|bytes| text_of(&pdf, &bytes))
    };
    assert_eq!(code(announce(&desk, AnnouncementOf::Roster)), "announcement-empty");
    assert_eq!(code(announce(&desk, AnnouncementOf::Selection)), "no-selection");
    // Namesakes of one unit, before there are numbers: said, and told apart as soon as there are.
    let rows = [(1, "王㛃"), (2, "李䶮"), (3, "李䶮")];
    desk.import_roster(&hq(), &city(), &roster(&folder, &rows), false).unwrap();
    let text: String = announce(&desk, AnnouncementOf::Roster).unwrap().split_whitespace().collect();
    assert!(text.contains("同一单位姓名相同") && text.contains("南京市玄武区李䶮2人") && text.contains("编排座次后公布"), "{text}");
    drop(desk);

    let folder = tempfile::tempdir().unwrap();
    let desk = seated(&folder, Mode::Live);
    let text = announce(&desk, AnnouncementOf::Roster).unwrap();
    let book = folder.path().join("公示.xlsx");
    let rows = desk.announcement_workbook(&hq(), AnnouncementOf::Roster, &city(), &book).unwrap();
    let inside = workbook_text(&book);
    let (everybody, seats) = (desk.view().candidates(&city()).unwrap(), desk.view().seats(&city()).unwrap());
    assert_eq!((rows, seats.len()), (desk.view().eligible(&city()).unwrap().len(), rows));
    for (person, seat) in everybody.iter().filter_map(|(id, p)| seats.get(id).map(|s| (p, s))) {
        for all in [&text, &inside] {
            assert!(all.contains(seat.number.as_str()), "{}", seat.number);
        }
        assert!(inside.contains(&person.name));
    }
    let mut phones = 0;
    for (id, person) in &everybody {
        for all in [&text, &inside] {
            assert!(!all.contains(id.as_str()), "{id}");
            assert!(person.phone.is_empty() || !all.contains(&person.phone), "{}", person.phone);
        }
        phones += usize::from(!person.phone.is_empty());
    }
    assert!(phones > 100, "the roster has telephones to leave out: {phones}");
    let (_, barred): (Vec<_>, Vec<_>) = everybody.keys().partition(|id| seats.contains_key(*id));
    for id in barred {
        assert!(!inside.contains(&everybody[id].name) || everybody.values().filter(|p| p.name == everybody[id].name).count() > 1);
    }
}
