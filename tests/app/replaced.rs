//! A laptop dies in the middle of the day; headquarters settles what two laptops said; the keys lie on sticks.

use crate::world::{ctx, fixture, hq, seated};
use kaowu_core::coded::Coded;
use kaowu_core::facts::{Only, Pass, RoomRecordFact, Trust};
use kaowu_core::identity::{PartId, RoomNumber, SiteCode, StageId};
use kaowu_core::journal::Mode;
use kaowu_desk::screen::StepState;
use kaowu_desk::{Desk, Issued, KeyKind, PostState};
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

const AT: &str = "2020-06-27T08:50:00+08:00";
const SITE: &str = "3211-01";

fn part() -> (StageId, PartId) {
    ("city".into(), "written".into())
}

fn issue(headquarters: &mut Desk, folder: &TempDir) -> Issued {
    let (stage, written) = part();
    headquarters.issue_packet(&hq(), &stage, &written, &SITE.into(), folder.path()).unwrap()
}

fn laptop(folder: &TempDir, name: &str, issued: &Issued) -> Desk {
    Desk::open_packet(&folder.path().join(name), &ctx("负责人", AT), &issued.path, &issued.words).unwrap().0
}

fn key(desk: &mut Desk, pass: u8, who: &str, people: std::ops::Range<usize>) {
    let (stage, written) = part();
    for id in &desk.view().brief().unwrap().unwrap().people[people] {
        desk.key_mark(&ctx(who, AT), &stage, &written, Pass(pass), id, "80").unwrap();
    }
}

fn stick(folder: &TempDir, name: &str) -> std::path::PathBuf {
    let path = folder.path().join(name);
    std::fs::create_dir_all(&path).unwrap();
    path
}

fn settled(desk: &Desk) -> usize {
    let (stage, written) = part();
    let states = desk.view().mark_states(&stage, &written).unwrap();
    states.values().filter(|s| matches!(s, kaowu_core::marks::MarkState::Matched { .. })).count()
}

/// What the program of other people says to a handover.
fn verified(folder: &TempDir, headquarters: &Desk, file: &Path) -> (bool, String) {
    let path = |name: &str| folder.path().join(name);
    let root = headquarters.view().one::<Trust>(&Only).unwrap().unwrap().value.root;
    let identity = kaowu_ledger::Ledger::open(headquarters.path()).unwrap().meta_get("hq-identity").unwrap().unwrap();
    std::fs::write(path("root.pub"), format!("{root}\n")).unwrap();
    std::fs::write(path("hq.key"), format!("{identity}\n")).unwrap();
    let mut command = Command::new(fixture("../verify/verify-handover"));
    let out = command.arg("--root").arg(path("root.pub")).arg("--identity").arg(path("hq.key")).arg(file).output().unwrap();
    (out.status.success(), format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr)))
}

/// The second laptop brings home what the first wrote, though the first never handed over after that.
fn comes_home(folder: &TempDir, headquarters: &mut Desk, second: &mut Desk, devices: usize) {
    let handed = second.hand_over(&ctx("负责人", AT), &stick(folder, "home")).unwrap();
    let (fine, said) = verified(folder, headquarters, &handed.path);
    assert!(fine && said.matches("goes on from").count() == devices - 1, "{said}");
    let merged = headquarters.merge_handover(&hq(), &handed.path).unwrap();
    assert_eq!(merged.former.len(), devices - 1);
    assert_eq!(settled(headquarters), 6, "passes of both laptops meet");
    let board = headquarters.merge_board().unwrap();
    let post = board.iter().find(|p| p.post.ends_with(SITE)).unwrap();
    assert_eq!((post.state, post.devices.len()), (PostState::Merged, devices));
    let own = kaowu_ledger::Ledger::open(second.path()).unwrap().device().clone();
    assert_eq!((post.superseded.len(), post.superseded.contains_key(&own)), (devices - 1, false), "all but the last go on as another");
    let again = headquarters.merge_handover(&hq(), &handed.path).unwrap();
    assert_eq!(again.report.added + again.former.iter().map(|r| r.added).sum::<u64>(), 0);
}

#[test]
fn the_board_has_a_state_for_each() {
    let folder = tempfile::tempdir().unwrap();
    let mut headquarters = seated(&folder, Mode::Live);
    let issued = issue(&mut headquarters, &folder);
    let stands = |headquarters: &Desk, at: &str| {
        let board = headquarters.board_rows(ctx("", at).now).unwrap();
        board.into_iter().find(|row| row.post == issued.post).unwrap().state
    };
    // Missing on the day, and late once it is over.
    for (at, state) in [
        ("2020-06-27T23:59:59+08:00", PostState::Missing),
        ("2020-06-28T00:00:00+08:00", PostState::Late),
        ("2020-06-27T16:00:00+00:00", PostState::Late),
    ] {
        assert_eq!(stands(&headquarters, at), state, "{at}");
    }
    let next_day = "2020-06-28T09:00:00+08:00";
    let (mut first, mut second) = (laptop(&folder, "first", &issued), laptop(&folder, "second", &issued));
    key(&mut first, 1, "甲", 0..1);
    let early = first.hand_over(&ctx("负责人", AT), &stick(&folder, "early")).unwrap();
    key(&mut first, 1, "甲", 1..2);
    let late = first.hand_over(&ctx("负责人", AT), &stick(&folder, "late")).unwrap();
    for (stick, added, superseded) in [(&late, true, false), (&early, false, true), (&late, false, false)] {
        let merged = headquarters.merge_handover(&hq(), &stick.path).unwrap();
        assert_eq!((merged.report.added > 0, merged.superseded), (added, superseded), "{}", stick.path.display());
        assert_eq!(stands(&headquarters, next_day), PostState::Merged);
    }
    let (stage, written) = part();
    let person = second.view().brief().unwrap().unwrap().people[0].clone();
    second.key_mark(&ctx("丁", AT), &stage, &written, Pass(1), &person, "81").unwrap();
    let other = second.hand_over(&ctx("负责人", AT), &stick(&folder, "other")).unwrap();
    headquarters.merge_handover(&hq(), &other.path).unwrap();
    assert_eq!(stands(&headquarters, next_day), PostState::Conflicting);
}

/// What the screens say of clocks: whether it is this machine, the entry, the times, whether it is of today.
fn clocks(desk: &Desk, at: &str) -> Vec<(bool, Option<u32>, String, String, bool)> {
    let notices = desk.clock_notices(&ctx("负责人", at)).unwrap();
    notices.into_iter().map(|n| (n.own, n.seq, n.before, n.after, n.today)).collect()
}

#[test]
fn a_clock_set_back_is_shown_where_it_was_and_at_headquarters() {
    let folder = tempfile::tempdir().unwrap();
    let mut headquarters = seated(&folder, Mode::Live);
    let issued = issue(&mut headquarters, &folder);
    let mut first = laptop(&folder, "first", &issued);
    let opened = first.written().unwrap();
    let (before, after) = ("2020-06-27 08:50".to_owned(), "2020-06-27 08:21".to_owned());
    let back = "2020-06-27T08:21:00+08:00";
    assert_eq!(clocks(&first, AT), []);
    assert_eq!(clocks(&first, "2020-06-27T08:49:00+08:00"), [], "a minute is the clock being set right");
    // Nothing has been written under it: it is seen from the last entry.
    assert_eq!(clocks(&first, back), [(true, None, before.clone(), after.clone(), true)]);
    let (stage, written) = part();
    let people = first.view().brief().unwrap().unwrap().people;
    first.key_mark(&ctx("甲", back), &stage, &written, Pass(1), &people[0], "80").unwrap();
    let seq = u32::try_from(opened).unwrap() + 1;
    assert_eq!(clocks(&first, back), [(true, Some(seq), before.clone(), after.clone(), true)]);
    // Set right again: what was written under it still is what it is.
    first.key_mark(&ctx("甲", "2020-06-27T09:30:00+08:00"), &stage, &written, Pass(1), &people[1], "80").unwrap();
    assert_eq!(clocks(&first, "2020-06-28T09:30:00+08:00"), [(true, Some(seq), before.clone(), after.clone(), false)]);
    assert_eq!(first.clock_notices(&ctx("甲", back)).unwrap()[0].site, "镇江市考点");
    // Asked by a clock of another zone, the same: times are said by the event's.
    assert_eq!(clocks(&first, "2020-06-27T03:30:00+00:00")[0].2, "2020-06-27 08:50");
    let known = clocks(&headquarters, AT);
    let handed = first.hand_over(&ctx("负责人", "2020-06-27T12:00:00+08:00"), &stick(&folder, "home")).unwrap();
    headquarters.merge_handover(&hq(), &handed.path).unwrap();
    let mut wanted = known;
    wanted.push((false, Some(seq), before, after, true));
    assert_eq!(clocks(&headquarters, AT), wanted);
    // In a drill the clock is set at will.
    let other = tempfile::tempdir().unwrap();
    assert_eq!(clocks(&seated(&other, Mode::Drill), "2019-01-01T00:00:00+08:00"), []);
}

#[test]
fn a_dead_laptop_is_replaced_from_its_backup() {
    let folder = tempfile::tempdir().unwrap();
    let mut headquarters = seated(&folder, Mode::Live);
    let issued = issue(&mut headquarters, &folder);
    let mut first = laptop(&folder, "first", &issued);
    key(&mut first, 1, "甲", 0..6);
    let backup = folder.path().join("backup");
    first.backup(&backup).unwrap();
    drop(first);
    let mut second = Desk::restore(&backup, &folder.path().join("second")).unwrap();
    let (stage, written) = part();
    let person = second.view().brief().unwrap().unwrap().people[0].clone();
    let refused = second.key_mark(&ctx("乙", AT), &stage, &written, Pass(2), &person, "80").unwrap_err().code();
    assert_eq!(refused, "database-is-copy");
    second.continue_after_copy().unwrap();
    key(&mut second, 2, "乙", 0..6);
    comes_home(&folder, &mut headquarters, &mut second, 2);
    // The second dies, too.
    second.backup(&backup).unwrap();
    drop(second);
    let mut third = Desk::restore(&backup, &folder.path().join("third")).unwrap();
    third.continue_after_copy().unwrap();
    comes_home(&folder, &mut headquarters, &mut third, 3);
}

#[test]
fn a_dead_laptop_is_replaced_from_its_last_stick() {
    let folder = tempfile::tempdir().unwrap();
    let mut headquarters = seated(&folder, Mode::Live);
    let issued = issue(&mut headquarters, &folder);
    let mut first = laptop(&folder, "first", &issued);
    key(&mut first, 1, "甲", 0..6);
    let last = first.hand_over(&ctx("负责人", AT), &stick(&folder, "last")).unwrap();
    drop(first);
    let mut second = laptop(&folder, "second", &issued);
    // Not from another site's stick, nor from headquarters' own files.
    let (stage, written) = part();
    let other = headquarters.issue_packet(&hq(), &stage, &written, &"3201-01".into(), folder.path()).unwrap();
    let mut stranger = laptop(&folder, "stranger", &other);
    let foreign = stranger.hand_over(&ctx("负责人", AT), &stick(&folder, "foreign")).unwrap();
    assert_eq!(second.go_on_from(&ctx("负责人", AT), &foreign.path).unwrap_err().code(), "not-for-this-key");
    assert_eq!(second.go_on_from(&ctx("负责人", AT), &issued.path).unwrap_err().code(), "needs-passphrase");
    let taken = second.go_on_from(&ctx("负责人", AT), &last.path).unwrap();
    assert_eq!((taken.seq, taken.check_code.as_str()), (last.entries, last.check_code.as_str()));
    assert_eq!(second.go_on_from(&ctx("负责人", AT), &last.path).unwrap().added, 0);
    key(&mut second, 2, "乙", 0..6);
    assert_eq!(settled(&second), 6);
    comes_home(&folder, &mut headquarters, &mut second, 2);
    let (before, after) = second.rebuild().unwrap();
    assert_eq!(before, after);
    // The receipt speaks of each laptop for itself.
    let receipt = headquarters.write_receipt(&hq(), &issued.post, folder.path()).unwrap();
    assert_eq!(second.take_receipt(&ctx("负责人", AT), &receipt).unwrap().not_yet, 0);
    // A third that has not handed over is told so.
    let mut third = laptop(&folder, "third", &issued);
    assert_eq!(third.take_receipt(&ctx("负责人", AT), &receipt).unwrap().not_yet, 1);
}

const GOES_ON: &str = "KAOWU_TEST_GOES_ON";

#[test]
#[ignore = "run by the test below, as a process of its own"]
fn goes_on_once() {
    let Ok(folder) = std::env::var(GOES_ON) else { return };
    let folder = Path::new(&folder);
    let mut desk = Desk::open(&folder.join("second")).unwrap();
    // The image was copied here: it goes on under a key of its own.
    desk.continue_after_copy().unwrap();
    desk.go_on_from(&ctx("负责人", AT), &folder.join("home.kaowu")).unwrap();
    // Without the checkpoint of a tidy end: the last write is the entry's.
    std::process::exit(0);
}

/// Killed at any write, what was taken over and the entry that says so are both there or neither is; done again it ends the same.
#[test]
fn killed_while_it_goes_on_from_another_it_can_be_done_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut headquarters = seated(&folder, Mode::Live);
    let issued = issue(&mut headquarters, &folder);
    let mut first = laptop(&folder, "first", &issued);
    key(&mut first, 1, "甲", 0..6);
    let (last, dead) = (first.hand_over(&ctx("负责人", AT), &stick(&folder, "last")).unwrap(), first.verify_journal().unwrap().feeds);
    drop((first, laptop(&folder, "second", &issued)));
    let go_on = |kill: &Path, inject: &[&str]| {
        std::fs::copy(folder.path().join("second"), kill.join("second")).unwrap();
        std::fs::copy(&last.path, kill.join("home.kaowu")).unwrap();
        let log = kill.join("log");
        let mut command = Command::new("strace");
        command.args(["-f", "-qq", "-o"]).arg(&log).args(["-e", "trace=pwrite64"]).args(inject);
        command.arg(std::env::current_exe().unwrap()).args(["--ignored", "--exact", "replaced::goes_on_once"]);
        let done = command.env(GOES_ON, kill).output().expect("strace (Debian package)").status.success();
        (done, std::fs::read_to_string(log).unwrap().matches("pwrite64(").count())
    };
    let whole = tempfile::tempdir().unwrap();
    let (done, writes) = go_on(whole.path(), &[]);
    assert!(done && writes > 20, "{writes}");
    let (mut both, mut neither, mut killed) = (0, 0, 0);
    for nth in [writes / 4, writes / 2, writes - 8, writes - 4, writes - 2, writes - 1, writes, writes + 1] {
        let kill = tempfile::tempdir().unwrap();
        let (done, _) = go_on(kill.path(), &["-e", &format!("inject=pwrite64:signal=KILL:when={nth}")]);
        killed += usize::from(!done);
        let mut desk = Desk::open(&kill.path().join("second")).unwrap();
        let told = |desk: &Desk| desk.view().reader().search("\"kind\":\"feed.taken-over\"", 9).unwrap().len();
        let here = |desk: &Desk| desk.verify_journal().unwrap().feeds.iter().any(|feed| feed.device == dead[0].device);
        assert_eq!(told(&desk) == 1, here(&desk), "write {nth} of {writes}");
        if here(&desk) {
            both += 1
        } else {
            neither += 1
        }
        if desk.is_copy() {
            desk.continue_after_copy().unwrap();
        }
        let again = desk.go_on_from(&ctx("负责人", AT), &last.path).unwrap();
        assert_eq!((again.seq, &again.check_code, told(&desk)), (last.entries, &last.check_code, 1), "write {nth}");
        key(&mut desk, 2, "乙", 0..6);
        let health = desk.verify_journal().unwrap();
        assert_eq!((settled(&desk), health.faults.len(), health.feeds.len()), (6, 0, 3), "write {nth}");
    }
    eprintln!("killed while it goes on: {killed} kills, {both} with what was taken over and its entry, {neither} with neither");
    assert!(killed > 5 && neither > 3 && both > 0, "{both} {neither} {killed}");
}

#[test]
fn what_headquarters_settles_travels_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut headquarters = seated(&folder, Mode::Live);
    let issued = issue(&mut headquarters, &folder);
    let (stage, written) = part();
    let (site, room): (SiteCode, RoomNumber) = (SITE.into(), "001".into());
    let later = |who: &str| ctx(who, "2020-06-27T09:40:00+08:00");
    let mut laptops = [laptop(&folder, "one", &issued), laptop(&folder, "two", &issued)];
    for (desk, (who, used)) in laptops.iter_mut().zip([("甲", 28), ("乙", 27)]) {
        let record = RoomRecordFact {
            expected: 30,
            present: used,
            absent: 30 - used,
            absent_numbers: vec![],
            issued: 30,
            used,
            absent_papers: 30 - used,
            spare: 0,
            returned: 30,
            incidents: 0,
            invigilators: vec!["甲".into(), "乙".into()],
        };
        desk.record_room(&later(who), &stage, &written, (&site, &room), &record).unwrap();
        let handed = desk.hand_over(&later("负责人"), &stick(&folder, "sticks")).unwrap();
        headquarters.merge_handover(&hq(), &handed.path).unwrap();
    }
    let conflict = headquarters.view().reader().conflicts().unwrap().remove(0);
    assert_eq!((conflict.topic.as_str(), conflict.values.len()), ("room-record", 2));
    let holds = conflict.values.iter().find(|(_, value)| value.contains("\"used\":28")).unwrap().0.clone();
    let mut settle = |who: &str, topic: &str, key: &str, reason: &str| {
        headquarters.settle_conflict(&later(who), topic, key, &holds, reason).map_err(|e| e.code())
    };
    assert_eq!(settle("甲", "room-record", &conflict.key, "看过记录单"), Err("settles-own-word".into()));
    assert_eq!(settle("丙", "room-record", &conflict.key, " "), Err("reason-needed".into()));
    assert_eq!(settle("丙", "room-record", "city/written/3211-01/002", "看过"), Err("nothing-to-settle".into()));
    assert_eq!(settle("丙", "room-record", &conflict.key, "看过记录单"), Ok(()));
    assert!(headquarters.view().reader().conflicts().unwrap().is_empty());
    let receipt = headquarters.write_receipt(&hq(), &issued.post, folder.path()).unwrap();
    for desk in &mut laptops {
        let read = desk.take_receipt(&later("负责人"), &receipt).unwrap();
        assert_eq!((read.settled, read.not_yet), (1, 0));
        assert_eq!(desk.take_receipt(&later("负责人"), &receipt).unwrap().settled, 0, "once is enough");
        let record = desk.view().one::<RoomRecordFact>(&(stage.clone(), written.clone(), site.clone(), room.clone())).unwrap();
        assert_eq!(record.unwrap().value.used, 28);
        let (before, after) = desk.rebuild().unwrap();
        assert_eq!(before, after);
        // It comes home as the site's knowledge, not as news.
        let handed = desk.hand_over(&later("负责人"), &stick(&folder, "sticks")).unwrap();
        let (fine, said) = verified(&folder, &headquarters, &handed.path);
        assert!(fine, "{said}");
        let print = headquarters.view().reader().conflicts().unwrap().len() + headquarters.view().reader().agreements().unwrap().len();
        headquarters.merge_handover(&hq(), &handed.path).unwrap();
        let after = headquarters.view().reader().conflicts().unwrap().len() + headquarters.view().reader().agreements().unwrap().len();
        assert_eq!(print, after);
    }
}

#[test]
fn the_keys_lie_on_sticks() {
    let folder = tempfile::tempdir().unwrap();
    let mut headquarters = seated(&folder, Mode::Live);
    let issued = issue(&mut headquarters, &folder);
    let words = Desk::new_words();
    // The overview asks for them until they are safe.
    let step = |desk: &Desk| {
        let step = desk.overview(hq().now).unwrap().steps.into_iter().find(|s| s.step == "keys").unwrap();
        (step.state, step.done, step.who.iter().map(|w| w.en.clone()).collect::<Vec<_>>().join(", "))
    };
    let todo = |who: &str, done| (StepState::Attention, done, who.to_owned());
    let out = "escrow key out of this laptop";
    assert_eq!(step(&headquarters), todo(&format!("root key on 2 sticks, escrow key on a stick, {out}"), 0));
    let mut save = |key, name: &str, words: &str| headquarters.save_key(&hq(), key, &stick(&folder, name), words).map_err(|e| e.code());
    assert_eq!(save(KeyKind::Root, "a", "too few words").unwrap_err(), "words-too-few");
    let (root, _) = (save(KeyKind::Root, "a", &words).unwrap(), save(KeyKind::Root, "b", &words).unwrap());
    assert_eq!(headquarters.take_out_escrow(&hq()).unwrap_err().code(), "escrow-not-saved");
    assert_eq!(step(&headquarters), todo(&format!("escrow key on a stick, {out}"), 2));
    let escrow = headquarters.save_key(&hq(), KeyKind::Escrow, &stick(&folder, "c"), &words).unwrap();
    let raw = |desk: &Desk| {
        let all = [desk.path().to_owned(), desk.path().with_extension("kaowu-db-wal")].map(|f| std::fs::read(f).unwrap_or_default());
        all.iter().flat_map(|b| b.windows(17).filter(|w| w.starts_with(b"AGE-SECRET-KEY-1")).map(<[u8]>::to_vec)).count()
    };
    assert!(raw(&headquarters) >= 2, "headquarters' box and the escrow key");
    assert_eq!(step(&headquarters), todo(out, 3));
    headquarters.take_out_escrow(&hq()).unwrap();
    assert_eq!(step(&headquarters), (StepState::Done, 4, String::new()));
    let places = headquarters.key_places().unwrap();
    assert_eq!((places.root_saved, places.escrow_saved, places.escrow_here), (2, 1, false));
    let identity = kaowu_packet::open_secret(&std::fs::read(&escrow.path).unwrap(), &words).unwrap();
    let identity = String::from_utf8(identity).unwrap();
    for file in [headquarters.path().to_owned(), headquarters.path().with_extension("kaowu-db-wal")] {
        let bytes = std::fs::read(file).unwrap_or_default();
        assert!(!bytes.windows(identity.trim().len()).any(|w| w == identity.trim().as_bytes()), "not in free pages either");
    }
    // A site's day comes home after headquarters' laptop and all its backups are gone.
    let mut site = laptop(&folder, "site", &issued);
    key(&mut site, 1, "甲", 0..6);
    key(&mut site, 2, "乙", 0..6);
    let handed = site.hand_over(&ctx("负责人", AT), &stick(&folder, "sticks")).unwrap();
    drop(headquarters);
    let again = folder.path().join("again.kaowu-db");
    assert_eq!(
        Desk::create_again(&again, &hq(), (&root.path, "one two three four five six"), None, false).map(|_| ()).unwrap_err().code(),
        "wrong-passphrase"
    );
    assert!(!again.exists());
    let (mut desk, none) = Desk::create_again(&again, &hq(), (&root.path, &words), None, false).unwrap();
    assert!(none.is_none() && !desk.is_protected(), "it was open, and is again");
    for name in ["3201-南京市", "3204-常州市", "3211-镇江市"] {
        desk.import_roster(&hq(), &"city".into(), &fixture(&format!("jiangsu-2020/rosters/{name}.xlsx")), false).unwrap();
    }
    desk.import_rooms(&hq(), &fixture("jiangsu-2020/rooms.xlsx")).unwrap();
    desk.draw_seats(&hq(), &"city".into(), "种子").unwrap();
    issue(&mut desk, &folder);
    desk.merge_handover(&hq(), &handed.path).unwrap();
    assert_eq!(settled(&desk), 6);
}

/// A plan that asks for it has every packet signed in SM2 as well; OpenSSL checks it for the program of other people.
#[test]
fn signed_twice_where_the_plan_asks() {
    let folder = tempfile::tempdir().unwrap();
    let plan = kaowu_core::plan::bundled("jiangsu-2020").unwrap();
    let plan = plan.replace("event.organiser", "event.second_signature = \"sm2-sm3\"\nevent.organiser");
    let new = kaowu_desk::NewEvent { plan: &plan, mode: Mode::Live };
    let mut headquarters = Desk::create(&folder.path().join("hq.kaowu-db"), &hq(), &new).unwrap();
    headquarters.import_roster(&hq(), &"city".into(), &fixture("jiangsu-2020/rosters/3211-镇江市.xlsx"), false).unwrap();
    headquarters.import_rooms(&hq(), &fixture("jiangsu-2020/rooms.xlsx")).unwrap();
    headquarters.draw_seats(&hq(), &"city".into(), "种子").unwrap();
    let issued = issue(&mut headquarters, &folder);
    let mut site = laptop(&folder, "site", &issued);
    key(&mut site, 1, "甲", 0..2);
    let handed = site.hand_over(&ctx("负责人", AT), &stick(&folder, "sticks")).unwrap();
    let named = Desk::inspect(Some(&headquarters), &handed.path, None).unwrap().manifest.unwrap().algorithms;
    assert_eq!((named.signature.as_str(), named.second.as_deref()), ("ed25519", Some("sm2-sm3")));
    headquarters.merge_handover(&hq(), &handed.path).unwrap();
    let (fine, said) = verified(&folder, &headquarters, &handed.path);
    assert!(fine, "{said}");
    let receipt = headquarters.write_receipt(&hq(), &issued.post, folder.path()).unwrap();
    assert_eq!(site.take_receipt(&ctx("负责人", AT), &receipt).unwrap().not_yet, 0);
}
