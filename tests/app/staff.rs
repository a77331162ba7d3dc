//! People on duty: the list, the draw by lot, stand-ins at a site, recusals, inspectors.

use crate::world::{ctx, fixture, hq, id, new_event, seated, write};
use kaowu_core::coded::Coded;
use kaowu_core::facts::{Pass, Recused};
use kaowu_core::identity::{IdNumber, PartId, StageId};
use kaowu_core::journal::Mode;
use kaowu_core::staff::Role;
use kaowu_desk::{Desk, DrawLots, InspectionReport, PaperKind, PaperOf, Standing};
use std::path::PathBuf;
use tempfile::TempDir;

const AT: &str = "2020-06-27T08:20:00+08:00";

fn city() -> (StageId, PartId) {
    ("city".into(), "written".into())
}

/// Two a room and two to spare at each site; half of them of a county that has candidates there.
fn staff_list(desk: &Desk, folder: &TempDir) -> PathBuf {
    let (stage, _) = city();
    let mut text = "序号,姓名,设区市,县（市、区）,单位,岗位,考点,电话\n".to_owned();
    let mut n = 0;
    for ((site, _), _) in &desk.view().seats_by_room(&stage).unwrap() {
        if text.contains(site.as_str()) {
            continue;
        }
        let rooms = desk.view().seats_by_room(&stage).unwrap().into_iter().filter(|((of, _), _)| of == site).count();
        for k in 0..2 * rooms + 2 {
            n += 1;
            let (outer, inner) = if k % 2 == 0 { ("苏州市", "昆山市") } else { ("南京市", "玄武区") };
            text += &format!(
                "{n},监考{},{outer},{inner},第{k}中学,监考员,{site},1390000{n:04}\n",
                ["甲", "乙", "丙", "丁"][n % 4].to_owned() + &"一二三四五六七八九十".chars().nth(n % 10).unwrap().to_string()
            );
        }
        n += 1;
        text += &format!("{n},负责人,南京市,玄武区,人社局{site},考点负责人,{site},\n");
    }
    text += "99,巡考丁,南京市,,省厅,巡考员,,\n";
    write(folder, "考务人员.csv", &text)
}

#[test]
fn drawn_replaced_and_seen() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = seated(&folder, Mode::Live);
    let (stage, part) = city();
    let list = staff_list(&desk, &folder);
    assert_eq!(desk.draw_invigilators(&hq(), &stage, &part, "种子", "").unwrap_err().code(), "invigilators-few");
    let (_, out) = desk.import_staff(&hq(), &stage, &list).unwrap();
    assert_eq!((out.refused, out.gone), (0, 0), "{:?}", out.told);
    // Who keys at a site stands in the operators' list, to be named; inspectors note, and sign in nowhere.
    let operators = desk.operators().unwrap();
    let head = operators.iter().find(|o| o.name.as_str() == "负责人").unwrap();
    assert!(head.planned && head.sites.len() == 3 && head.roles == [kaowu_core::operators::Role::SiteHead], "{head:?}");
    assert!(operators.iter().all(|o| o.name.as_str() != "巡考丁"));
    let before = desk.fingerprint().unwrap();
    let drawn = desk.draw_invigilators(&hq(), &stage, &part, "种子", "").unwrap();
    assert!(drawn.iter().all(|d| d.drawn.own == d.drawn.bound && d.drawn.reserves.len() == 2), "{drawn:?}");
    assert!(drawn.iter().any(|d| d.drawn.own > 0), "half of Nanjing's are of a county whose people sit in every room");
    assert_eq!(desk.verify_duties(&stage, &part).unwrap(), []);
    assert_eq!(desk.draw_invigilators(&hq(), &stage, &part, "种子", "").unwrap_err().code(), "duty-reason-needed");
    let again = desk.draw_invigilators(&hq(), &stage, &part, "种子", "名单有误").unwrap();
    assert_eq!(again.iter().map(|d| d.drawn.hash()).collect::<Vec<_>>(), drawn.iter().map(|d| d.drawn.hash()).collect::<Vec<_>>());
    assert_ne!(desk.fingerprint().unwrap(), before);
    // Shown as it was typed, though each site draws from a seed of its own.
    let screen = desk.staff_screen(&stage, &part).unwrap();
    assert!(screen.draws.len() == 3 && screen.draws.iter().all(|d| d.seed == "种子") && again[0].seed == "种子", "{:?}", screen.draws);
    assert_eq!(desk.draw_invigilators(&hq(), &stage, &"interview".into(), "种子", "").unwrap_err().code(), "no-such-part");

    // One is ill: a reserve of the same site serves.
    let rows = desk.services(&stage, &part).unwrap();
    let of = |standing: Standing, site: &str| {
        rows.iter().find(|r| r.site == site && r.role == Role::Invigilator && r.standing == standing).unwrap().clone()
    };
    let (ill, spare, busy) = (
        of(Standing::On, "3201-01"),
        of(Standing::Reserve, "3201-01"),
        rows.iter().filter(|r| r.site == "3201-01" && r.standing == Standing::On && r.role == Role::Invigilator).nth(1).unwrap(),
    );
    let elsewhere = of(Standing::Reserve, "3204-01");
    let mut replace =
        |leaves: &str, by: &str, reason: &str| desk.replace_staff(&hq(), &stage, &part, leaves, by, reason).map_err(|e| e.code());
    assert_eq!(replace(&ill.id, &busy.id, "病"), Err("stand-in-busy".into()));
    assert_eq!(replace(&ill.id, &elsewhere.id, "病"), Err("stand-in-elsewhere".into()));
    assert_eq!(replace(&ill.id, &ill.id, "病"), Err("stand-in-self".into()));
    assert_eq!(replace(&ill.id, "巡考丁", "病"), Err("stand-in-role".into()));
    assert_eq!(replace(&ill.id, &spare.id, " "), Err("reason-needed".into()));
    assert_eq!(replace(&spare.id, &ill.id, "病"), Err("not-on-duty".into()));
    assert_eq!(replace("没有的人", &spare.id, "病"), Err("no-such-staff".into()));
    assert!(replace(&ill.id, &spare.id, "病").is_ok());
    assert_eq!(replace(&ill.id, &spare.id, "病"), Err("not-on-duty".into()));
    let rows = desk.services(&stage, &part).unwrap();
    let now = |id: &str| rows.iter().find(|r| r.id == id).unwrap();
    assert_eq!((now(&ill.id).standing, &now(&spare.id).place), (Standing::Left, &ill.place));

    // A list without somebody who serves is refused; the names stand on the room's papers.
    let short = write(&folder, "考务人员.csv", "姓名,单位,岗位,考点\n某人,苏州市,监考员,3201-01\n");
    assert_eq!(desk.import_staff(&hq(), &stage, &short).map(|_| ()).unwrap_err().code(), "staff-on-duty");
    let fonts = Desk::fonts(&fixture("../../assets/fonts")).unwrap();
    let site = "3201-01".into();
    for kind in [PaperKind::DutyCards, PaperKind::DutyRoster, PaperKind::RoomRecord, PaperKind::DoorList] {
        let of = PaperOf { kind: &kind, stage: &stage, part: &part, site: Some(&site), room: None };
        let bytes = desk.paper(&hq(), &fonts, &of).unwrap();
        assert_eq!(bytes, desk.paper(&hq(), &fonts, &of).unwrap(), "same input, same bytes");
    }
    let (kept, rebuilt) = desk.rebuild().unwrap();
    assert_eq!(kept, rebuilt);
}

/// A packet holds as long as it says who serves: not after another draw or a stand-in, though the same list come again.
#[test]
fn another_draw_outdates_packets() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = seated(&folder, Mode::Live);
    let (stage, part) = city();
    let list = staff_list(&desk, &folder);
    desk.import_staff(&hq(), &stage, &list).unwrap();
    desk.draw_invigilators(&hq(), &stage, &part, "种子", "").unwrap();
    let site = "3211-01".into();
    let issue = |desk: &mut Desk| desk.issue_packet(&hq(), &stage, &part, &site, folder.path()).map(|_| ()).unwrap();
    let outdated = |desk: &Desk| desk.view().outdated_packets(&stage, &part).unwrap().contains(&site);
    issue(&mut desk);
    assert!(!outdated(&desk));
    // The same people from another row of the list serve as before.
    let text = std::fs::read_to_string(&list).unwrap();
    let (head, rows) = text.split_once('\n').unwrap();
    let again = write(&folder, "考务人员.csv", &format!("{head}\n98,后来人,常州市,,局,巡考员,3204-01,\n{rows}"));
    desk.import_staff(&hq(), &stage, &again).unwrap();
    assert!(!outdated(&desk), "somebody of another site");
    desk.draw_invigilators(&hq(), &stage, &part, "另一种子", "重抽").unwrap();
    assert!(outdated(&desk));
    desk.draw_invigilators(&hq(), &stage, &part, "种子", "改回").unwrap();
    assert!(!outdated(&desk), "the same draw makes it good again");
    let rows = desk.services(&stage, &part).unwrap();
    let of = |standing| rows.iter().find(|r| r.site == "3211-01" && r.role == Role::Invigilator && r.standing == standing).unwrap();
    desk.replace_staff(&hq(), &stage, &part, &of(Standing::On).id, &of(Standing::Reserve).id, "病").unwrap();
    assert!(outdated(&desk));
    issue(&mut desk);
    assert!(!outdated(&desk));
}

/// The laptop of a site knows its people, replaces one, takes an inspector's note; headquarters reads both.
#[test]
fn at_a_site_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = seated(&folder, Mode::Live);
    let (stage, part) = city();
    let list = staff_list(&desk, &folder);
    desk.import_staff(&hq(), &stage, &list).unwrap();
    desk.draw_invigilators(&hq(), &stage, &part, "种子", "").unwrap();
    let site = "3211-01".into();
    let issued = desk.issue_packet(&hq(), &stage, &part, &site, folder.path()).unwrap();
    let (mut laptop, _) = Desk::open_packet(&folder.path().join("site"), &ctx("负责人", AT), &issued.path, &issued.words).unwrap();
    let rows = laptop.services(&stage, &part).unwrap();
    assert!(rows.iter().all(|r| r.site == "3211-01" && r.phone.is_empty()), "its own people only, without telephones");
    let mine: Vec<_> = rows.iter().filter(|r| r.role == Role::Invigilator).collect();
    let theirs: Vec<_> =
        desk.services(&stage, &part).unwrap().into_iter().filter(|r| r.site == "3211-01" && r.role == Role::Invigilator).collect();
    assert_eq!(mine.iter().map(|r| (&r.id, &r.place)).collect::<Vec<_>>(), theirs.iter().map(|r| (&r.id, &r.place)).collect::<Vec<_>>());
    let (on, spare) =
        (mine.iter().find(|r| r.standing == Standing::On).unwrap(), mine.iter().find(|r| r.standing == Standing::Reserve).unwrap());
    laptop.replace_staff(&ctx("负责人", AT), &stage, &part, &on.id, &spare.id, "突发疾病").unwrap();
    assert_eq!(laptop.import_staff(&ctx("负责人", AT), &stage, &list).map(|_| ()).unwrap_err().code(), "only-hq");
    let note = |inspector: &str, room: Option<&str>, seen: &str| InspectionReport {
        stage: stage.clone(),
        part: part.clone(),
        site: "3211-01".into(),
        room: room.map(Into::into),
        at: None,
        inspector: inspector.into(),
        seen: seen.into(),
    };
    let before = laptop.view().seats(&stage).unwrap();
    for (report, code) in [
        (note("", None, "无异常"), "inspector-unnamed"),
        (note("巡考丁", None, " "), "inspection-empty"),
        (note("巡考丁", Some("999"), "无异常"), "no-such-room"),
        (note("巡考\u{200B}丁", None, "无异常"), "text-hidden"),
    ] {
        assert_eq!(laptop.inspect_room(&ctx("负责人", AT), &report).unwrap_err().code(), code);
    }
    // A laptop whose zone is wrong: what happened is shown by the event's clock, here and on papers.
    let abroad = ctx("负责人", "2020-06-27T00:20:00+00:00");
    laptop.inspect_room(&abroad, &note("巡考丁", Some("001"), "监控正常，时钟慢两分钟")).unwrap();
    let seen = laptop.staff_screen(&stage, &part).unwrap().inspections.remove(0);
    assert_eq!((seen.at.as_str(), seen.room.zh.as_str(), seen.room.en.as_str()), ("2020-06-27 08:20", "第001考场", "Room 001"));
    assert_eq!(laptop.journal_page(&Default::default(), 0, 1).unwrap().rows[0].at, "2020-06-27 08:20");
    let fonts = Desk::fonts(&fixture("../../assets/fonts")).unwrap();
    let of = PaperOf { kind: &PaperKind::DutyRoster, stage: &stage, part: &part, site: Some(&site), room: None };
    assert_eq!(laptop.paper(&abroad, &fonts, &of).unwrap(), laptop.paper(&ctx("负责人", AT), &fonts, &of).unwrap());
    let shown = laptop.staff_screen(&stage, &part).unwrap().people;
    let (left, stands) = (shown.iter().find(|p| p.id == on.id).unwrap(), shown.iter().find(|p| p.id == spare.id).unwrap());
    assert_eq!((left.replaced_by.as_ref(), left.reason.as_str(), &left.room), (Some(&spare.name), "突发疾病", &None));
    assert_eq!((&stands.stands_for, &stands.replaced_by), (&vec![on.name.clone()], &None));
    assert_eq!(Some(stands.place.zh.clone()), stands.room.as_ref().map(|room| format!("第{room}考场")));
    assert_eq!(
        laptop.view().seats(&stage).unwrap().into_iter().collect::<Vec<_>>(),
        before.into_iter().collect::<Vec<_>>(),
        "it changes nothing"
    );
    let handed = laptop.hand_over(&ctx("负责人", AT), folder.path()).unwrap();
    desk.merge_handover(&hq(), &handed.path).unwrap();
    assert_eq!(desk.view().inspections().unwrap().len(), 1);
    assert_eq!(desk.view().stand_ins(&stage, &part).unwrap().len(), 1);
    assert_eq!(desk.services(&stage, &part).unwrap().iter().find(|r| r.id == spare.id).unwrap().place, on.place);
    // After somebody was let in nothing is drawn again.
    assert!(desk.staff_for_operators(&stage).unwrap().iter().any(|(name, role, _)| name == "负责人" && *role == Role::SiteHead));
}

/// A judge meets nobody they are recused for: lots keep clear, and where they cannot, they are not drawn.
#[test]
fn judges_are_kept_apart() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = new_event(&folder, "civil-service", Mode::Live);
    let (stage, part): (StageId, PartId) = ("recruitment".into(), "interview".into());
    let people: String =
        (1..7).map(|n| format!("{},{},虚构市风筝管理局,风向观测岗\n", ["甲", "乙", "丙", "丁", "戊", "己"][n - 1], id(n))).collect();
    desk.import_roster(&hq(), &stage, &write(&folder, "r.csv", &format!("姓名,身份证号,招录机关,报考职位\n{people}")), false).unwrap();
    let marks: String = (1..7).map(|n| format!("{},{}\n", id(n), 80)).collect();
    let marks = write(&folder, "m.csv", &format!("身份证号,成绩\n{marks}"));
    for (pass, who) in [(1, "甲员"), (2, "乙员")] {
        desk.import_marks(&ctx(who, "2021-04-01T09:00:00+08:00"), &stage, &"written".into(), Pass(pass), &marks).unwrap();
    }
    desk.select(&hq(), &stage).unwrap();
    let rooms = write(&folder, "rooms.csv", "阶段,设区市代码,考点,考场号,各列座位数\nrecruitment,9002,虚构考点,001,6-6\n");
    let _sites = desk.import_rooms(&hq(), &rooms);
    let judges = usize::from(desk.view().panel_part(&stage, &part).unwrap().1.judges);
    let list: String = (0..judges)
        .flat_map(|n| [(n, 1), (n, 2)])
        .map(|(n, p)| format!("{}{},外单位{n},评委,{p}\n", ["张", "王"][p - 1], "一二三四五六七八九".chars().nth(n).unwrap()))
        .collect();
    desk.import_staff(&hq(), &stage, &write(&folder, "s.csv", &format!("姓名,单位,岗位,考官组\n{list}记分人,外单位,记分员,1\n"))).unwrap();
    let ids: Vec<IdNumber> = (1..7).map(|n| IdNumber(id(n))).collect();
    let mut recuse =
        |judge: &str, from: Recused, reason: &str| desk.recuse(&hq(), &stage, &part, judge, &from, reason).map_err(|e| e.code());
    assert_eq!(recuse("记分人", Recused::Candidate(ids[0].clone()), "亲属"), Err("not-judge".into()));
    assert_eq!(recuse("张一", Recused::Candidate(ids[0].clone()), " "), Err("reason-needed".into()));
    assert_eq!(recuse("张一", Recused::Unit("没有".into()), "亲属"), Err("recusal-unsaid".into()));
    assert_eq!(recuse("张一", Recused::Candidate(ids[0].clone()), "亲属"), Ok(vec![]));
    assert_eq!(recuse("张二", Recused::Candidate(ids[1].clone()), "师生"), Ok(vec![]));
    let (panels, witnesses) = (["1".into(), "2".into()], ["监督员".into()]);
    for seed in ["a", "b", "c", "d", "e"] {
        let draw = DrawLots { stage: &stage, part: &part, panels: &panels, seed, witnesses: &witnesses, missing: &[] };
        let lots = desk.draw_lots(&hq(), &draw).unwrap();
        for (who, lot) in &lots {
            assert!(lot.panel != panels[0] || !ids[..2].contains(who), "{seed}: {who} before a recused judge");
        }
        assert_eq!(lots.iter().filter(|(_, lot)| lot.panel == panels[0]).count(), 3, "panels stay level");
    }
    // With one panel there is nowhere to go.
    let one = DrawLots { stage: &stage, part: &part, panels: &panels[..1], seed: "x", witnesses: &witnesses, missing: &[] };
    assert_eq!(desk.draw_lots(&hq(), &one).unwrap_err().code(), "panels-recused");
    // Declared after the draw: no mark of that panel for the person until it is drawn again.
    let lots = desk.view().lots(&stage, &part).unwrap();
    let (who, lot) = lots.iter().find(|(who, _)| !ids[..2].contains(who)).unwrap();
    let judge = format!("{}三", if lot.panel == panels[0] { "张" } else { "王" });
    assert_eq!(desk.recuse(&hq(), &stage, &part, &judge, &Recused::Candidate(who.clone()), "亲属").unwrap(), std::slice::from_ref(who));
    let totals = vec!["80".to_owned(); judges];
    let at = ctx("记分员", "2021-05-01T09:00:00+08:00");
    assert_eq!(desk.key_sheet(&at, &stage, &part, Pass(1), who, &totals).unwrap_err().code(), "recusal-after-lots");
    let absent = vec!["缺考".to_owned(); judges];
    assert!(desk.key_sheet(&at, &stage, &part, Pass(1), who, &absent).is_ok(), "nobody marks who does not come");
    assert_eq!(desk.view().recusals(&stage, &part).unwrap().len(), 3);
}

#[test]
fn lists_that_are_none() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = seated(&folder, Mode::Live);
    let before = desk.fingerprint().unwrap();
    let check = |desk: &mut Desk, name: &str, text: &str, code: &str| {
        let got = desk.import_staff(&hq(), &"city".into(), &write(&folder, name, text)).map_or_else(|e| e.code(), |_| "ok".to_owned());
        assert_eq!(got, code, "{name}");
    };
    check(&mut desk, "a.csv", "姓名,岗位\n", "staff-nothing");
    check(&mut desk, "b.csv", "姓名,单位\n王芳,南京市\n", "columns-missing");
    check(&mut desk, "c.csv", "姓名,岗位,考点\n王芳,监考员,没有的考点\n", "staff-nothing");
    check(&mut desk, "d.csv", "", "sheet-empty");
    assert_eq!(desk.import_staff(&hq(), &"nowhere".into(), &fixture("faulty/empty.xlsx")).map(|_| ()).unwrap_err().code(), "no-such-stage");
    assert_eq!(
        desk.import_staff(&hq(), &"city".into(), &fixture("faulty/truncated.xlsx")).map(|_| ()).unwrap_err().code(),
        "workbook-damaged"
    );
    assert_eq!(desk.fingerprint().unwrap(), before);
    // What is wrong is marked in a copy.
    let bad = write(&folder, "e.csv", "姓名,单位,岗位,考点\n王芳,南京市玄武区,监考员,3201-01\n,南京市,厨师,3201-01\n");
    let (preview, out) = desk.import_staff(&hq(), &"city".into(), &bad).unwrap();
    assert_eq!((out.taken, out.refused, out.told.len()), (1, 1, 2));
    preview.write_marked(&bad, &folder.path().join("e.xlsx"), kaowu_core::words::Lang::Zh).unwrap();
    assert!(folder.path().join("e.xlsx").exists());
}
