use crate::world::{ctx, fixture, hq, seated};
use kaowu_core::coded::Coded;
use kaowu_core::facts::{Pass, RoomRecordFact};
use kaowu_core::identity::{PartId, SiteCode, StageId};
use kaowu_core::journal::Mode;
use kaowu_desk::{Desk, DeskError, IncidentReport, Issued, KeyKind};
use std::path::Path;

const AT: &str = "2020-06-27T08:50:00+08:00";

fn part() -> (StageId, PartId) {
    ("city".into(), "written".into())
}

fn issue(hq_desk: &mut Desk, site: &str, folder: &Path) -> Issued {
    let (stage, written) = part();
    hq_desk.issue_packet(&hq(), &stage, &written, &SiteCode::from(site), folder).unwrap()
}

/// A site's morning: everyone of the first room is let in and marked twice.
fn morning(desk: &mut Desk) -> usize {
    let (stage, written) = part();
    let brief = desk.view().brief().unwrap().unwrap();
    let room = "001".into();
    let people = desk.view().room_seats(&stage, &brief.site, &room).unwrap();
    for (id, number) in people.values() {
        desk.check_in(&ctx("监考员", AT), &stage, &written, (&brief.site, &room), number.as_str()).unwrap();
        desk.key_mark(&ctx("甲", AT), &stage, &written, Pass(1), id, "80").unwrap();
        desk.key_mark(&ctx("乙", AT), &stage, &written, Pass(2), id, "80").unwrap();
    }
    people.len()
}

#[test]
fn any_order_any_number_of_times() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = seated(&folder, Mode::Live);
    let mut files = Vec::new();
    for site in ["3201-01", "3204-01", "3211-01"] {
        let issued = issue(&mut first, site, folder.path());
        let (mut desk, opened) = Desk::open_packet(&folder.path().join(site), &ctx("负责人", AT), &issued.path, &issued.words).unwrap();
        assert_eq!(opened.people, issued.people as usize);
        assert_eq!(desk.view().candidates(&"city".into()).unwrap().len(), opened.people, "only that site's people");
        morning(&mut desk);
        let early = desk.hand_over(&ctx("负责人", AT), folder.path()).unwrap();
        let early_copy = folder.path().join(format!("{site}.early"));
        std::fs::copy(&early.path, &early_copy).unwrap();
        desk.report_incident(&ctx("监考员", AT), &incident(&desk)).unwrap();
        let late = desk.hand_over(&ctx("负责人", AT), folder.path()).unwrap();
        files.push((early_copy, late.path));
    }
    // Two headquarters of the same past merge in different orders, with old sticks after new ones, and doubled.
    let twin = folder.path().join("twin.kaowu-db");
    drop(first);
    std::fs::copy(folder.path().join("hq.kaowu-db"), &twin).unwrap();
    let orders: [Vec<&Path>; 2] = [
        files.iter().flat_map(|(early, late)| [early.as_path(), late.as_path()]).collect(),
        files.iter().rev().flat_map(|(early, late)| [late.as_path(), early.as_path(), late.as_path()]).collect(),
    ];
    let mut prints = Vec::new();
    for (db, order) in [folder.path().join("hq.kaowu-db"), twin].iter().zip(&orders) {
        let mut desk = Desk::open(db).unwrap();
        if desk.is_copy() {
            desk.continue_after_copy().unwrap();
        }
        for file in order {
            desk.merge_handover(&ctx("成绩处", "2020-06-28T09:00:00+08:00"), file).unwrap();
        }
        let view = desk.view();
        let (stage, written) = part();
        prints.push((
            view.mark_states(&stage, &written).unwrap(),
            view.admissions(&stage, &written).unwrap().len(),
            view.incidents().unwrap().len(),
        ));
        assert!(desk.merge_board().unwrap().iter().all(|p| p.state == kaowu_desk::PostState::Merged));
        let (before, after) = desk.rebuild().unwrap();
        assert_eq!(before, after);
        assert!(desk.verify_journal().unwrap().faults.is_empty());
    }
    assert_eq!(prints[0], prints[1]);
    assert_eq!(prints[0].2, 3);
}

fn incident(desk: &Desk) -> kaowu_desk::IncidentReport {
    let (stage, part) = part();
    let person = desk.view().brief().unwrap().unwrap().people[0].to_string();
    let clause = desk.plan().clauses[0].id.clone();
    let invigilators = vec!["甲".into(), "乙".into()];
    kaowu_desk::IncidentReport { stage, part, document: person, clause, facts: "手机响铃".into(), invigilators, unsigned: None }
}

#[test]
fn refused_by_name() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut live, mut drill) = (seated(&folder, Mode::Live), seated(&other, Mode::Drill));
    let issued = issue(&mut live, "3201-01", folder.path());
    let open = |words: &str| {
        Desk::open_packet(&folder.path().join("site"), &ctx("负责人", AT), &issued.path, words).map(|_| ()).map_err(|e| e.code())
    };
    assert_eq!(open("one two three four five six"), Err("wrong-passphrase".into()));
    assert!(!folder.path().join("site").exists(), "a refused packet leaves no database");
    assert_eq!(open(&issued.words.to_uppercase()), Ok(()));

    let rehearsal = issue(&mut drill, "3201-01", other.path());
    let (mut laptop, _) = Desk::open_packet(&other.path().join("site"), &ctx("负责人", AT), &rehearsal.path, &rehearsal.words).unwrap();
    let handed = laptop.hand_over(&ctx("负责人", AT), other.path()).unwrap();
    let fingerprint = live.fingerprint().unwrap();
    // Each is closed for its own event's key; its header says whose it is.
    let refusal = live.merge_handover(&hq(), &handed.path).unwrap_err().code();
    assert_eq!(refusal, "packet-of-drill");
    let elsewhere = tempfile::tempdir().unwrap();
    let mut others = seated(&elsewhere, Mode::Live);
    let theirs = issue(&mut others, "3201-01", elsewhere.path());
    let (mut away, _) = Desk::open_packet(&elsewhere.path().join("site"), &ctx("负责人", AT), &theirs.path, &theirs.words).unwrap();
    let handed = away.hand_over(&ctx("负责人", AT), elsewhere.path()).unwrap();
    let refusal = live.merge_handover(&hq(), &handed.path).unwrap_err().code();
    assert_eq!(refusal, "packet-of-other-event");
    assert_eq!(drill.merge_handover(&hq(), &handed.path).unwrap_err().code(), "packet-of-live");
    assert_eq!(live.merge_handover(&hq(), &issued.path).unwrap_err().code(), "needs-passphrase");
    assert_eq!(live.fingerprint().unwrap(), fingerprint);
    // A site does not do what headquarters does.
    assert_eq!(laptop.import_rooms(&hq(), &fixture("jiangsu-2020/rooms.xlsx")).unwrap_err().code(), "only-hq");
    assert_eq!(live.hand_over(&hq(), folder.path()).unwrap_err().code(), "only-site");
}

#[test]
fn the_door_and_the_record() {
    let folder = tempfile::tempdir().unwrap();
    let mut headquarters = seated(&folder, Mode::Live);
    let issued = issue(&mut headquarters, "3211-01", folder.path());
    let (mut desk, _) = Desk::open_packet(&folder.path().join("site"), &ctx("负责人", AT), &issued.path, &issued.words).unwrap();
    let (stage, written) = part();
    let site = SiteCode::from("3211-01");
    let (one, two) = ("001".into(), "002".into());
    let people: Vec<_> = desk.view().room_seats(&stage, &site, &one).unwrap().into_values().collect();
    let number = people[0].1.as_str();
    let mut knock = |room, document: &str, at: &str| {
        desk.check_in(&ctx("监考员", at), &stage, &written, (&site, room), document).map_or_else(|e| e.code(), |_| "ok".into())
    };
    assert_eq!(knock(&one, "999", AT), "person-unknown");
    assert_eq!(knock(&two, number, AT), "other-room");
    assert_eq!(knock(&one, number, "2020-06-27T08:00:00+08:00"), "too-early");
    assert_eq!(knock(&one, number, AT), "ok");
    assert_eq!(knock(&one, people[0].0.as_str(), AT), "already-checked-in");
    assert_eq!(knock(&one, people[1].1.as_str(), "2020-06-27T09:31:00+08:00"), "too-late");
    assert_eq!(desk.undo_check_in(&hq(), &stage, &written, number, "  ").unwrap_err().code(), "reason-needed");
    desk.undo_check_in(&ctx("监考员", AT), &stage, &written, number, "误扫").unwrap();
    desk.check_in(&ctx("监考员", AT), &stage, &written, (&site, &one), number).unwrap();
    assert_eq!(desk.fix_absence(&ctx("监考员", AT), &stage, &written, (&site, &one)).unwrap_err().code(), "absence-too-early");
    let later = ctx("监考员", "2020-06-27T09:40:00+08:00");
    let known = |desk: &Desk| desk.record_screen(&stage, &written, (&site, &one)).unwrap().papers_known;
    assert!(!known(&desk), "papers are proposed once nobody is awaited");
    let absent = desk.fix_absence(&later, &stage, &written, (&site, &one)).unwrap();
    assert!(absent.len() == people.len() - 1 && known(&desk));
    let mut record = RoomRecordFact {
        expected: u32::try_from(people.len()).unwrap(),
        present: 1,
        absent: u32::try_from(absent.len()).unwrap(),
        absent_numbers: absent.clone(),
        issued: 30,
        used: 1,
        absent_papers: u32::try_from(absent.len()).unwrap(),
        spare: 0,
        returned: 30,
        incidents: 0,
        invigilators: vec!["甲".into(), "乙".into()],
    };
    let signers = ["甲".into(), "乙".into()];
    assert_eq!(desk.sign_off(&later, &stage, &written, (&site, &one), &signers).unwrap_err().code(), "no-room-record");
    record.spare = 99;
    assert!(!desk.record_room(&later, &stage, &written, (&site, &one), &record).unwrap().is_empty());
    assert_eq!(desk.sign_off(&later, &stage, &written, (&site, &one), &signers).unwrap_err().code(), "papers-do-not-add-up");
    record.spare = 30 - 1 - record.absent_papers;
    assert!(desk.record_room(&later, &stage, &written, (&site, &one), &record).unwrap().is_empty());
    assert_eq!(desk.sign_off(&later, &stage, &written, (&site, &one), &signers[..1]).unwrap_err().code(), "signers-missing");
    let sign = |desk: &mut Desk| desk.sign_off(&later, &stage, &written, (&site, &one), &signers).map(|room| room.check_code.len());
    let signed = |desk: &Desk| {
        let listed = desk
            .room_counts(&stage, &written)
            .unwrap()
            .into_iter()
            .find(|row| (row.site.as_str(), row.room.as_str()) == ("3211-01", "001"))
            .unwrap()
            .signed;
        assert_eq!(desk.record_screen(&stage, &written, (&site, &one)).unwrap().signed.is_some(), listed);
        listed
    };
    assert_eq!((signed(&desk), sign(&mut desk).unwrap(), signed(&desk)), (false, 9, true));
    // What one person changes after two have signed is not what they signed: another record, an absence taken back, an incident.
    let mut changed = record;
    (changed.issued, changed.returned, changed.spare) = (31, 31, changed.spare + 1);
    assert!(desk.record_room(&later, &stage, &written, (&site, &one), &changed).unwrap().is_empty());
    assert_eq!((signed(&desk), sign(&mut desk).unwrap(), signed(&desk)), (false, 9, true));
    desk.undo_absence(&later, &stage, &written, absent[0].as_str(), "误登").unwrap();
    assert!(!signed(&desk));
    desk.fix_absence(&later, &stage, &written, (&site, &one)).unwrap();
    assert!(!signed(&desk), "it adds up again, and is another word than the one that was signed");
    assert_eq!((sign(&mut desk).unwrap(), signed(&desk)), (9, true));
    let report = IncidentReport {
        stage: stage.clone(),
        part: written.clone(),
        document: number.to_owned(),
        clause: "6-1".to_owned(),
        facts: "携带手机".to_owned(),
        invigilators: signers.to_vec(),
        unsigned: None,
    };
    desk.report_incident(&later, &report).unwrap();
    assert!(!signed(&desk) && sign(&mut desk).is_err(), "the record knows of none");
    changed.incidents = 1;
    desk.record_room(&later, &stage, &written, (&site, &one), &changed).unwrap();
    assert_eq!((sign(&mut desk).unwrap(), signed(&desk)), (9, true));
    // At home it is signed as it was there.
    let home = desk.hand_over(&later, folder.path()).unwrap().path;
    headquarters.merge_handover(&hq(), &home).unwrap();
    assert!(signed(&headquarters));
}

/// DESIGN.md §8: whoever looks at a whole ID number leaves a trace, at a site too, and it comes home with the handover.
#[test]
fn a_shown_id_number_is_journalled() {
    let folder = tempfile::tempdir().unwrap();
    let mut headquarters = seated(&folder, Mode::Live);
    let issued = issue(&mut headquarters, "3211-01", folder.path());
    let (mut laptop, _) = Desk::open_packet(&folder.path().join("site"), &ctx("负责人", AT), &issued.path, &issued.words).unwrap();
    let (stage, _) = part();
    let people = laptop.view().candidates(&stage).unwrap();
    let id = people.keys().next().unwrap();
    let elsewhere = headquarters.view().candidates(&stage).unwrap().into_keys().find(|id| !people.contains_key(id)).unwrap();
    let seen = laptop.fingerprint().unwrap();
    let mut show = |stage: &str, id, reason| laptop.uncover(&ctx("监考员", AT), &stage.into(), id, reason).map_err(|e| e.code());
    assert_eq!(show("city", id, " "), Err("reason-needed".into()));
    assert_eq!(show("nowhere", id, "核对证件"), Err("no-such-stage".into()));
    assert_eq!(show("city", &elsewhere, "核对证件"), Err("not-entered".into()));
    assert_eq!(show("city", id, "核对证件"), Ok(()));
    assert_eq!(laptop.fingerprint().unwrap(), seen, "nothing holds otherwise");
    headquarters.uncover(&hq(), &stage, &elsewhere, "来电核实").unwrap();
    let handed = laptop.hand_over(&ctx("负责人", AT), folder.path()).unwrap();
    headquarters.merge_handover(&hq(), &handed.path).unwrap();
    let found = headquarters.view().reader().search("id.uncovered", 9).unwrap();
    let mut told: Vec<_> =
        found.iter().map(|e| (&e.entry.body.about["person"], &e.entry.body.about["reason"], e.entry.op.as_str())).collect();
    told.sort_by_key(|t| t.2.to_owned());
    let wanted = [(id, "核对证件", "监考员"), (&elsewhere, "来电核实", "考务处")].map(|(id, why, who)| (id.to_string(), why, who));
    assert_eq!(told.len(), 2);
    for ((person, why, who), want) in told.into_iter().zip(wanted) {
        assert_eq!((person.as_str().unwrap().to_owned(), why.as_str().unwrap(), who), want);
    }
}

const HANDS_OVER: &str = "KAOWU_TEST_HANDS_OVER";

#[test]
#[ignore = "run by the test below, as a process of its own"]
fn hands_over_once() {
    let Ok(folder) = std::env::var(HANDS_OVER) else { return };
    let mut desk = Desk::open(&Path::new(&folder).join("site")).unwrap();
    desk.hand_over(&ctx("负责人", AT), Path::new(&folder)).unwrap();
}

/// A handover that did not come to lie on the stick is not said to; the numbers of entries are used once all the same.
#[test]
fn a_handover_that_failed_is_not_said_to_lie_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = seated(&folder, Mode::Live);
    let issued = issue(&mut first, "3201-01", folder.path());
    let (mut desk, _) = Desk::open_packet(&folder.path().join("site"), &ctx("负责人", AT), &issued.path, &issued.words).unwrap();
    let at = ctx("负责人", AT);
    let step = |desk: &Desk| {
        let overview = desk.overview(at.now).unwrap();
        let step = overview.steps.into_iter().find(|step| step.step == "handover").unwrap();
        (step.done, step.total)
    };
    let told = |desk: &Desk| {
        let all = desk.view().reader().search("\"kind\":\"handover.", 100).unwrap();
        let about = |about: &serde_json::Map<String, serde_json::Value>| about.get("entry").map_or(0, |seq| seq.as_u64().unwrap());
        all.into_iter().map(|l| (l.entry.kind, l.entry.seq, about(&l.entry.body.about))).collect::<Vec<_>>()
    };
    let (written, not) = (|seq| ("handover.written".to_owned(), seq, 0), |seq, of| ("handover.unconfirmed".to_owned(), seq, of));
    // A stick that is not there.
    assert_eq!(desk.hand_over(&at, &folder.path().join("no-stick")).unwrap_err().code(), "carry-no-folder");
    assert_eq!((told(&desk), step(&desk)), (vec![written(2), not(3, 2)], (0, 3)));
    let handed = desk.hand_over(&at, folder.path()).unwrap();
    assert_eq!((handed.entries, step(&desk)), (4, (4, 4)));
    assert_eq!(first.merge_handover(&hq(), &handed.path).unwrap().report.seq, 4);
    // The power goes before the new file has its name: the old one lies there, and the journal does not say otherwise.
    drop(desk);
    let mut command = std::process::Command::new("strace");
    command.args(["-f", "-qq", "-o", "/dev/null", "-e", "trace=rename", "-e", "inject=rename:signal=KILL:when=1"]);
    command.arg(std::env::current_exe().unwrap()).args(["--ignored", "--exact", "packets::hands_over_once"]);
    assert!(!command.env(HANDS_OVER, folder.path()).output().expect("strace (Debian package)").status.success());
    let mut desk = Desk::open(&folder.path().join("site")).unwrap();
    assert_eq!((told(&desk).last().unwrap().clone(), step(&desk)), (written(5), (4, 5)));
    assert_eq!(desk.hand_over(&at, &folder.path().join("no-stick")).unwrap_err().code(), "carry-no-folder");
    assert_eq!(told(&desk)[3..], [written(5), not(6, 5), written(7), not(8, 7)]);
    assert_eq!(step(&desk), (4, 8));
    let again = desk.hand_over(&at, folder.path()).unwrap();
    assert_eq!((again.entries, step(&desk)), (9, (9, 9)));
    let merged = first.merge_handover(&hq(), &again.path).unwrap();
    assert_eq!((merged.report.seq, merged.report.forked_at, merged.check_code), (9, None, again.check_code));
    let receipt = first.write_receipt(&hq(), &issued.post, folder.path()).unwrap();
    assert_eq!(desk.take_receipt(&at, &receipt).unwrap().not_yet, 0);
}

const PUTS: &str = "KAOWU_TEST_PUTS";

/// What headquarters puts on sticks, each with the kind of its entry.
fn puts(desk: &mut Desk, what: &str, stick: &Path) -> Result<(), DeskError> {
    let (stage, written) = part();
    match what {
        "packet.issued" => desk.issue_packet(&hq(), &stage, &written, &"3201-01".into(), stick).map(|_| ()),
        "receipt.written" => desk.write_receipt(&hq(), "city.written.3201-01", stick).map(|_| ()),
        _ => desk.save_key(&hq(), KeyKind::Escrow, stick, "one two three four five six").map(|_| ()),
    }
}

#[test]
#[ignore = "run by the test below, as a process of its own"]
fn puts_once() {
    let Ok(told) = std::env::var(PUTS) else { return };
    let (what, folder) = told.split_once(' ').unwrap();
    let mut desk = Desk::open(&Path::new(folder).join("hq.kaowu-db")).unwrap();
    let done = puts(&mut desk, what, &Path::new(folder).join("stick"));
    // A failure is told by its code, in the one line that the test looks for.
    println!("put: {}", done.map_or_else(|e| e.code(), |()| "done".into()));
}

/// What headquarters puts on a stick is not said to lie there where it does not: packets, receipts, keys.
#[test]
fn what_did_not_come_to_lie_on_the_stick_is_not_said_to() {
    for what in ["packet.issued", "receipt.written", "key.saved"] {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = seated(&folder, Mode::Live);
        let stick = folder.path().join("stick");
        std::fs::create_dir(&stick).unwrap();
        if what == "receipt.written" {
            let issued = issue(&mut desk, "3201-01", folder.path());
            let (mut site, _) = Desk::open_packet(&folder.path().join("site"), &ctx("负责人", AT), &issued.path, &issued.words).unwrap();
            let handed = site.hand_over(&ctx("负责人", AT), folder.path()).unwrap();
            desk.merge_handover(&hq(), &handed.path).unwrap();
        }
        let start = desk.written().unwrap();
        let told = |desk: &Desk| {
            let all = desk.view().reader().search("", u32::MAX).unwrap().into_iter().map(|logged| logged.entry);
            let mut all: Vec<_> = all.filter(|e| e.site == "hq" && e.seq > start).collect();
            all.sort_by_key(|e| e.seq);
            let of = |e: &kaowu_core::journal::Entry| e.body.about.get("entry").map_or(0, |seq| seq.as_u64().unwrap() - start);
            all.iter().map(|e| (e.kind.clone(), of(e))).collect::<Vec<_>>()
        };
        let (own, not) = ((what.to_owned(), 0), |of| ("file.unconfirmed".to_owned(), of));
        let files = |ends: &str| {
            let names = std::fs::read_dir(&stick).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
            names.filter(|name| name.contains(ends)).count()
        };
        // Whether what it stated still counts: the packet as the last that is needed, the key as saved.
        let counts = |desk: &Desk| match what {
            "packet.issued" => desk.view().outdated_packets(&part().0, &part().1).unwrap().is_empty(),
            "key.saved" => desk.key_places().unwrap().escrow_saved > 0,
            _ => true,
        };
        let process = |inject: &[&str]| {
            let mut command = std::process::Command::new("strace");
            command.args(["-f", "-qq", "-o", "/dev/null", "-e", "trace=rename"]).args(inject);
            command.arg(std::env::current_exe().unwrap()).args(["--ignored", "--exact", "--nocapture", "packets::puts_once"]);
            let out = command.env(PUTS, format!("{what} {}", folder.path().display())).output().expect("strace (Debian package)");
            let said = String::from_utf8_lossy(&out.stdout).into_owned();
            said.lines().find_map(|line| Some(line.split_once("put: ")?.1.to_owned())).unwrap_or_default()
        };
        // A stick that is not there changes nothing at all.
        assert_eq!(puts(&mut desk, what, &folder.path().join("none")).unwrap_err().code(), "carry-no-folder", "{what}");
        assert_eq!((told(&desk), files("")), (vec![], 0), "{what}");
        drop(desk);
        // One that takes the file and then refuses it its name: said at once.
        assert_eq!(process(&["-e", "inject=rename:error=EIO:when=1"]), "carry-failed", "{what}");
        let desk = Desk::open(&folder.path().join("hq.kaowu-db")).unwrap();
        assert_eq!((told(&desk), files("")), (vec![own.clone(), not(1)], 0), "{what}");
        assert_eq!(counts(&desk), what == "receipt.written", "{what}");
        drop(desk);
        // The power goes before it has its name: known when the database is next opened, said with the next entry.
        assert_eq!(process(&["-e", "inject=rename:signal=KILL:when=1"]), "", "{what}");
        let mut desk = Desk::open(&folder.path().join("hq.kaowu-db")).unwrap();
        assert_eq!((told(&desk).len(), files("."), files(".part")), (3, 1, 1), "{what}");
        if what == "packet.issued" {
            assert!(!counts(&desk), "{what}");
        }
        if what == "key.saved" {
            assert_eq!(desk.take_out_escrow(&hq()).unwrap_err().code(), "escrow-not-saved");
            assert!(!counts(&desk), "{what}");
        }
        puts(&mut desk, what, &stick).unwrap();
        assert_eq!(told(&desk)[2..], [own.clone(), not(3), own.clone()], "{what}");
        assert!(counts(&desk) && files(".part") == 0, "{what}");
    }
}

const MERGES: &str = "KAOWU_TEST_MERGES";

#[test]
#[ignore = "run by the test below, as a process of its own"]
fn merges_one() {
    let Ok(folder) = std::env::var(MERGES) else { return };
    let folder = Path::new(&folder);
    let mut desk = Desk::open(&folder.join("hq.kaowu-db")).unwrap();
    // The image was copied here: it goes on under a key of its own.
    desk.continue_after_copy().unwrap();
    desk.merge_handover(&hq(), &folder.join("home.kaowu")).unwrap();
    // Without the checkpoint of a tidy end: the last write is the entry's.
    std::process::exit(0);
}

/// Killed at any write, a feed and the entry that says that it was merged are both there or neither is.
#[test]
fn killed_while_it_merges_the_feed_is_there_with_its_entry_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = seated(&folder, Mode::Live);
    let issued = issue(&mut first, "3201-01", folder.path());
    drop(first);
    let (mut site, _) = Desk::open_packet(&folder.path().join("site"), &ctx("负责人", AT), &issued.path, &issued.words).unwrap();
    morning(&mut site);
    let handed = site.hand_over(&ctx("负责人", AT), folder.path()).unwrap();
    let merge = |kill: &Path, inject: &[&str]| {
        std::fs::copy(folder.path().join("hq.kaowu-db"), kill.join("hq.kaowu-db")).unwrap();
        std::fs::copy(&handed.path, kill.join("home.kaowu")).unwrap();
        let log = kill.join("log");
        let mut command = std::process::Command::new("strace");
        command.args(["-f", "-qq", "-o"]).arg(&log).args(["-e", "trace=pwrite64"]).args(inject);
        command.arg(std::env::current_exe().unwrap()).args(["--ignored", "--exact", "packets::merges_one"]);
        let done = command.env(MERGES, kill).output().expect("strace (Debian package)").status.success();
        (done, std::fs::read_to_string(log).unwrap().matches("pwrite64(").count())
    };
    let whole = tempfile::tempdir().unwrap();
    let (done, writes) = merge(whole.path(), &[]);
    assert!(done && writes > 20, "{writes}");
    let (mut both, mut neither, mut killed) = (0, 0, 0);
    for nth in [writes / 4, writes / 2, writes - 8, writes - 4, writes - 2, writes - 1, writes, writes + 1] {
        let kill = tempfile::tempdir().unwrap();
        let path = kill.path().join("hq.kaowu-db");
        let (done, _) = merge(kill.path(), &["-e", &format!("inject=pwrite64:signal=KILL:when={nth}")]);
        killed += usize::from(!done);
        let desk = Desk::open(&path).unwrap();
        let told = desk.view().reader().search("\"kind\":\"handover.merged\"", 9).unwrap().len();
        let here = desk.merge_board().unwrap().iter().any(|post| post.post == issued.post && !post.devices.is_empty());
        assert_eq!(told == 1, here, "write {nth} of {writes}");
        assert!(desk.verify_journal().unwrap().faults.is_empty(), "write {nth}");
        if here { both += 1 } else { neither += 1 }
    }
    eprintln!("killed while it merges: {killed} kills, {both} with feed and entry, {neither} with neither");
    assert!(killed > 5 && neither > 3 && both > 0, "{both} {neither} {killed}");
}
