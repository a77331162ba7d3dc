//! Power: a day's work at a site, and headquarters' days around it, are recorded call by call and cut off at many moments
//! (`tests/power`); and the program is killed while it works. Nothing that was acknowledged may be lost, and no database may
//! be damaged.

use crate::disk::{Dice, Disk, Op, cuts, record, scratch};
use crate::world::{ctx, fixture, hq, seated};
use kaowu_core::facts::{Pass, RoomRecordFact, Verdict};
use kaowu_core::identity::{EntryId, PartId, StageId};
use kaowu_core::journal::Mode;
use kaowu_core::plan::bundled;
use kaowu_desk::{Decision, Desk, FindingKind, IncidentReport, Issued, NewEvent};
use sha2::{Digest, Sha256};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// Where the day's work is done: a folder with `laptop/site.kaowu-db`, `stick` and `second`.
const DAY: &str = "KAOWU_TEST_DAY";
const MORNING: &str = "2020-06-27T08:50:00+08:00";
const LATER: &str = "2020-06-27T09:40:00+08:00";
const NOON: &str = "2020-06-27T11:30:00+08:00";

/// A site's packet, and the headquarters that issued it.
struct Post {
    _hq: tempfile::TempDir,
    issued: Issued,
}

fn post() -> Post {
    let hq = tempfile::tempdir().unwrap();
    let mut desk = seated(&hq, Mode::Live);
    let (stage, part) = of();
    let issued = desk.issue_packet(&ctx("考务处", "2020-06-25T09:00:00+08:00"), &stage, &part, &"3211-01".into(), hq.path()).unwrap();
    Post { _hq: hq, issued }
}

impl Post {
    /// A folder with headquarters' laptop and a new event.
    fn office(&self) -> tempfile::TempDir {
        let folder = scratch();
        for name in ["laptop", "stick", "second", "out"] {
            std::fs::create_dir_all(folder.path().join(name)).unwrap();
        }
        let new = NewEvent { plan: bundled("jiangsu-2020").unwrap(), mode: Mode::Live };
        drop(Desk::create(&database(folder.path()), &hq(), &new).unwrap());
        folder
    }

    /// A folder with a laptop that has just opened the packet, a stick, and a second place.
    fn laptop(&self) -> tempfile::TempDir {
        let folder = scratch();
        for name in ["laptop", "stick", "second"] {
            std::fs::create_dir_all(folder.path().join(name)).unwrap();
        }
        drop(Desk::open_packet(&database(folder.path()), &ctx("负责人", MORNING), &self.issued.path, &self.issued.words).unwrap());
        folder
    }
}

fn database(folder: &Path) -> PathBuf {
    folder.join("laptop/site.kaowu-db")
}

fn of() -> (StageId, PartId) {
    ("city".into(), "written".into())
}

/// Says on stdout that something is done. Whoever watches may hold the program to it.
fn ack(words: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "ack {words}").unwrap();
    out.flush().unwrap();
}

/// Every use case of a site's day, each acknowledged when it has returned.
fn day(folder: &Path) {
    let mut desk = Desk::open(&database(folder)).unwrap();
    let (stage, part) = of();
    let brief = desk.view().brief().unwrap().unwrap();
    let site = brief.site;
    let rooms: std::collections::BTreeSet<_> = desk.view().seats(&stage).unwrap().into_values().map(|seat| seat.room).collect();
    let told = |desk: &Desk| ack(&format!("entry {}", desk.view().reader().own_head().unwrap()));
    let hand_over = |desk: &mut Desk| {
        let handed = desk.hand_over(&ctx("负责人", NOON), &folder.join("stick")).unwrap();
        ack(&format!("file {} {}", handed.path.file_name().unwrap().to_string_lossy(), handed.sha256));
    };
    let back_up = |desk: &Desk| {
        desk.backup(&folder.join("second/backup.kaowu-db")).unwrap();
        ack(&format!("backup {}", desk.view().reader().own_head().unwrap()));
    };
    for room in &rooms {
        let door = (&site, room);
        let people: Vec<_> = desk.view().room_seats(&stage, &site, room).unwrap().into_values().collect();
        let (last, come) = people.split_last().unwrap();
        for (_, number) in come {
            desk.check_in(&ctx("监考员", MORNING), &stage, &part, door, number.as_str()).unwrap();
            told(&desk);
        }
        desk.undo_check_in(&ctx("监考员", MORNING), &stage, &part, come[0].1.as_str(), "误扫").unwrap();
        told(&desk);
        desk.check_in(&ctx("监考员", MORNING), &stage, &part, door, come[0].1.as_str()).unwrap();
        told(&desk);
        let absent = desk.fix_absence(&ctx("监考员", LATER), &stage, &part, door).unwrap();
        assert_eq!(absent, std::slice::from_ref(&last.1));
        told(&desk);
        let invigilators: Vec<_> = ["甲".into(), "乙".into()].into();
        let report = IncidentReport {
            stage: stage.clone(),
            part: part.clone(),
            document: come[1].0.to_string(),
            clause: desk.plan().clauses[0].id.clone(),
            facts: "手机响铃".into(),
            invigilators: invigilators.clone(),
            unsigned: None,
        };
        desk.report_incident(&ctx("监考员", LATER), &report).unwrap();
        told(&desk);
        let count = |n: usize| u32::try_from(n).unwrap();
        let record = RoomRecordFact {
            expected: count(people.len()),
            present: count(come.len()),
            absent: 1,
            absent_numbers: absent,
            issued: 30,
            used: count(come.len()),
            absent_papers: 1,
            spare: 29 - count(come.len()),
            returned: 30,
            incidents: 1,
            invigilators,
        };
        assert!(desk.record_room(&ctx("监考员", NOON), &stage, &part, door, &record).unwrap().is_empty());
        told(&desk);
        desk.sign_off(&ctx("监考员", NOON), &stage, &part, door, &record.invigilators).unwrap();
        told(&desk);
        back_up(&desk);
        for (n, (id, _)) in come.iter().enumerate() {
            let (first, second) = (60 + n % 30, if n % 9 == 4 { 51 } else { 60 + n % 30 });
            desk.key_mark(&ctx("甲", NOON), &stage, &part, Pass(1), id, &first.to_string()).unwrap();
            told(&desk);
            desk.key_mark(&ctx("乙", NOON), &stage, &part, Pass(2), id, &second.to_string()).unwrap();
            told(&desk);
        }
        for different in desk.mark_differences(&stage, &part).unwrap() {
            let decision = Decision { id: &different.id, value: different.first.unwrap().0, with: None, reason: "卷面" };
            desk.decide_mark(&ctx("核分员", NOON), &stage, &part, &decision).unwrap();
            told(&desk);
        }
        hand_over(&mut desk);
    }
    back_up(&desk);
}

/// Every use case of headquarters up to the merge of a handover, each acknowledged when it has returned.
fn headquarters(folder: &Path) {
    let mut desk = Desk::open(&database(folder)).unwrap();
    let (stage, part) = of();
    let told = |desk: &Desk| ack(&format!("entry {}", desk.view().reader().own_head().unwrap()));
    for name in ["3201-南京市", "3204-常州市", "3211-镇江市"] {
        desk.import_roster(&hq(), &stage, &fixture(&format!("jiangsu-2020/rosters/{name}.xlsx")), false).unwrap();
        told(&desk);
    }
    desk.import_exclusions(&hq(), &fixture("jiangsu-2020/exclusions-2019.xlsx")).unwrap();
    told(&desk);
    for found in desk.findings(&stage).unwrap().into_iter().filter(|f| f.finding == FindingKind::Suspect) {
        desk.rule_suspect(&hq(), &stage, &found.id, Verdict::Cleared, "同名不同人").unwrap();
        told(&desk);
    }
    desk.import_rooms(&hq(), &fixture("jiangsu-2020/rooms.xlsx")).unwrap();
    told(&desk);
    desk.draw_seats(&hq(), &stage, "种子").unwrap();
    told(&desk);
    let out = folder.join("out");
    let issued = desk.issue_packet(&hq(), &stage, &part, &"3211-01".into(), &out).unwrap();
    told(&desk);
    let (mut site, _) = Desk::open_packet(&out.join("other"), &ctx("负责人", MORNING), &issued.path, &issued.words).unwrap();
    let brief = site.view().brief().unwrap().unwrap();
    for id in brief.people.iter().take(12) {
        site.key_mark(&ctx("甲", NOON), &stage, &part, Pass(1), id, "80").unwrap();
    }
    let handed = site.hand_over(&ctx("负责人", NOON), &out).unwrap();
    desk.merge_handover(&ctx("成绩处", NOON), &handed.path).unwrap();
    told(&desk);
    desk.write_receipt(&ctx("成绩处", NOON), &issued.post, &out).unwrap();
    desk.confirm_weights(&ctx("成绩处", NOON), &"province".into(), &[], None, "").unwrap();
    told(&desk);
    desk.backup(&folder.join("second/backup.kaowu-db")).unwrap();
    ack(&format!("backup {}", desk.view().reader().own_head().unwrap()));
}

/// Not a test: what the tests below run as a program of its own.
#[test]
#[ignore = "run by the tests of power, as a process of its own"]
fn a_day() {
    if let Ok(folder) = std::env::var(DAY) {
        day(Path::new(&folder));
    }
}

#[test]
#[ignore = "run by the tests of power, as a process of its own"]
fn a_day_at_headquarters() {
    if let Ok(folder) = std::env::var(DAY) {
        headquarters(Path::new(&folder));
    }
}

/// What is wrong with the files of a laptop after a fall, given what had been acknowledged. `ever` are the hashes of all files that
/// the day would have put on the stick; none where nobody knows.
fn wrong(folder: &Path, acks: &[Vec<String>], ever: &[String], rebuild: bool) -> Option<String> {
    let last = |what: &str| acks.iter().rev().find(|words| words[0] == what);
    let mut desk = match Desk::open(&database(folder)) {
        Ok(desk) => desk,
        Err(error) => return Some(format!("the database does not open: {error}")),
    };
    let holds = |desk: &Desk, words: &Vec<String>| desk.view().reader().entry(&EntryId(words[1].clone())).ok().flatten().is_some();
    if let Some(words) = last("entry").filter(|words| !holds(&desk, words)) {
        return Some(format!("acknowledged entry {} is lost", words[1]));
    }
    match desk.verify_journal() {
        Ok(health) if health.faults.is_empty() => {}
        other => return Some(format!("the journal is damaged: {other:?}")),
    }
    if rebuild && desk.rebuild().is_ok_and(|(before, after)| before != after) {
        return Some("the views differ from the journal".to_owned());
    }
    // A file on the stick is one that was whole once; after the acknowledgement it is there.
    let stick: Vec<_> = std::fs::read_dir(folder.join("stick")).map_or_else(|_| vec![], |d| d.map(|e| e.unwrap().path()).collect());
    for path in stick.iter().filter(|p| p.extension().is_some_and(|e| e == "kaowu")) {
        let sha256 = hex::encode(Sha256::digest(std::fs::read(path).unwrap()));
        let known = ever.contains(&sha256) || acks.iter().any(|words| words[0] == "file" && words[2] == sha256);
        let under_way = ever.is_empty() && Desk::inspect(None, path, None).is_ok_and(|seen| !seen.words);
        if !known && !under_way {
            return Some(format!("{} is torn", path.display()));
        }
    }
    if last("file").is_some_and(|words| !folder.join("stick").join(&words[1]).exists()) {
        return Some("the acknowledged handover is not on the stick".to_owned());
    }
    let backup = folder.join("second/backup.kaowu-db");
    match (backup.exists().then(|| Desk::open(&backup)), last("backup")) {
        (None, None) => {}
        (None, Some(_)) => return Some("the acknowledged backup is gone".to_owned()),
        (Some(Err(error)), _) => return Some(format!("the backup does not open: {error}")),
        (Some(Ok(copy)), words) => {
            if words.is_some_and(|words| !holds(&copy, words)) {
                return Some("the backup lacks what it was acknowledged with".to_owned());
            }
        }
    }
    None
}

fn power(test: &str, folder: &tempfile::TempDir, count: usize) {
    let start = Disk::of(folder.path());
    let ops = record(test, folder.path(), &[(DAY, folder.path().to_str().unwrap())]);
    let file = |op: &Op| match op {
        Op::Ack(words) if words[0] == "file" => Some(words[2].clone()),
        _ => None,
    };
    let ever: Vec<String> = ops.iter().filter_map(file).collect();
    let (mut n, mut acknowledged) = (0, 0);
    let lost = cuts(&ops, &start, folder.path(), count, 2020, |image, disk| {
        n += 1;
        acknowledged += disk.acks.len();
        wrong(image, &disk.acks, &ever, n % 10 == 0)
    });
    let said = ops.iter().filter(|op| matches!(op, Op::Ack(_))).count();
    eprintln!("{test}: {} steps with {said} acknowledgements; {count} cuts, {} with a loss", ops.len(), lost.len());
    assert!(said > 10 && acknowledged > 0);
    assert_eq!(lost, Vec::<String>::new());
}

#[test]
fn a_power_cut_loses_nothing_acknowledged() {
    power("power::a_day", &post().laptop(), 30);
    power("power::a_day_at_headquarters", &post().office(), 10);
}

#[test]
#[ignore = "a minute or two: ./x soak"]
fn fifteen_hundred_power_cuts_lose_nothing_acknowledged() {
    power("power::a_day", &post().laptop(), 1200);
    power("power::a_day_at_headquarters", &post().office(), 400);
}

/// Kills a day's work at a random moment, so many times over; each time on the files that the last one left.
fn kills(test: &str, start: impl Fn() -> tempfile::TempDir, rounds: usize) {
    let mut dice = Dice::new(9);
    // How long a whole day takes here.
    let whole = {
        let folder = start();
        let started = std::time::Instant::now();
        let (acks, finished) = run(test, folder.path(), None);
        assert!(finished && acks.len() > 7);
        started.elapsed()
    };
    let mut reached = Vec::new();
    for round in 0..rounds {
        let folder = start();
        let after = whole * u32::try_from(dice.below(1000)).unwrap() / 1000;
        let (acks, _) = run(test, folder.path(), Some(after));
        reached.push(acks.len());
        assert_eq!(
            wrong(folder.path(), &acks, &[], round % 10 == 0),
            None,
            "round {round}, killed after {after:?} and {} acknowledgements",
            acks.len()
        );
    }
    reached.sort_unstable();
    eprintln!("{test}, kill -9: {rounds} rounds, after {} to {} acknowledgements, nothing lost", reached[0], reached[rounds - 1]);
    assert!(reached[rounds - 1] > 2, "no round got anywhere");
}

/// Runs the day in a process of its own; killed after a while, if asked. Returns what it acknowledged.
fn run(test: &str, folder: &Path, kill_after: Option<Duration>) -> (Vec<Vec<String>>, bool) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args([test, "--exact", "--ignored", "--nocapture", "--test-threads=1"]).env(DAY, folder);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let reader = std::thread::spawn(move || {
        // The first one stands behind the name of the test.
        let acks = lines
            .map_while(Result::ok)
            .filter_map(|l| l.split_once("ack ").map(|(_, words)| words.split_whitespace().map(str::to_owned).collect()));
        acks.collect::<Vec<Vec<String>>>()
    });
    if let Some(after) = kill_after {
        std::thread::sleep(after);
        child.kill().unwrap();
    }
    let status = child.wait().unwrap();
    (reader.join().unwrap(), status.success())
}

#[test]
fn killed_at_any_moment_nothing_acknowledged_is_lost() {
    let post = post();
    kills("power::a_day", || post.laptop(), 4);
    kills("power::a_day_at_headquarters", || post.office(), 3);
}

#[test]
#[ignore = "minutes: ./x soak"]
fn killed_two_hundred_times_nothing_acknowledged_is_lost() {
    let post = post();
    kills("power::a_day", || post.laptop(), 120);
    kills("power::a_day_at_headquarters", || post.office(), 80);
}
