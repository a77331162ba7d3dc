//! What a protected event leaves on disks: nothing legible, and one whole database wherever protecting is cut off.

use crate::operators::{CHIEF, OTHER, PIN, at, by, db, name, pin};
use crate::world::{fixture, seated};
use kaowu_core::coded::Coded;
use kaowu_core::facts::Pass;
use kaowu_core::identity::SiteCode;
use kaowu_core::journal::Mode;
use kaowu_core::operators::Role;
use kaowu_core::plan::bundled;
use kaowu_desk::{Desk, NewEvent};
use kaowu_packet::vault::Vault;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Every file below a folder.
pub(crate) fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, out) } else { out.push(path) }
    }
}

/// Which of the secrets stand legible in which file.
fn legible(folder: &Path, secrets: &[(&str, Vec<u8>)]) -> BTreeSet<(String, String)> {
    let mut all = Vec::new();
    files(folder, &mut all);
    let mut found = BTreeSet::new();
    for file in all {
        let bytes = std::fs::read(&file).unwrap();
        for (what, secret) in secrets {
            if bytes.windows(secret.len()).any(|w| w == secret.as_slice()) {
                let shown = file.strip_prefix(folder).unwrap().display().to_string();
                found.insert(((*what).to_owned(), shown));
            }
        }
    }
    found
}

const SENTINEL: &str = "SENTINEL-7391";
/// A process of its own plays the day, so that nothing else writes into its folder of temporary files.
const PLAYS: &str = "KAOWU_TEST_PROTECTED";

/// The day on two laptops: marks, drafts, packets, backups, a handover, a mended copy. Left open and not closed tidily, so that
/// the log lies beside the database.
#[test]
#[ignore = "run by the test below, as a process of its own"]
fn a_day_for_the_bytes() {
    let Ok(folder) = std::env::var(PLAYS) else { return };
    let (folder, guarded) = (PathBuf::from(&folder), std::env::var("KAOWU_TEST_OPEN").is_err());
    let path = folder.join("hq.kaowu-db");
    let new = NewEvent { plan: bundled("jiangsu-2020").unwrap(), mode: Mode::Live };
    let mut desk = match guarded {
        true => Desk::create_protected(&path, &by(CHIEF), &new, &pin(PIN)).unwrap().0,
        false => Desk::create(&path, &by(CHIEF), &new).unwrap(),
    };
    let roster = fixture("jiangsu-2020/rosters/3201-南京市.xlsx");
    desk.import_roster(&by(CHIEF), &"city".into(), &roster, false).unwrap();
    desk.import_rooms(&by(CHIEF), &fixture("jiangsu-2020/rooms.xlsx")).unwrap();
    desk.draw_seats(&by(CHIEF), &"city".into(), "种子").unwrap();
    if guarded {
        name(&mut desk, "负责人", &[Role::SiteHead, Role::Secretary], &["3201-01"], OTHER);
    }
    for sub in ["stick", "ring", "site"] {
        std::fs::create_dir(folder.join(sub)).unwrap();
    }
    let (stage, part, site) = ("city".into(), "written".into(), SiteCode::from("3201-01"));
    let issued = desk.issue_packet(&by(CHIEF), &stage, &part, &site, &folder.join("stick")).unwrap();
    let own = pin(OTHER);
    let laptop =
        Desk::open_packet_as(&folder.join("site/site.kaowu-db"), &by("负责人"), &issued.path, &issued.words, guarded.then_some(&own));
    let (mut laptop, _) = laptop.unwrap();
    let people = laptop.view().brief().unwrap().unwrap().people;
    laptop.check_in(&by("负责人"), &stage, &part, (&site, &"001".into()), people[0].as_str()).ok();
    laptop.undo_absence(&by("负责人"), &stage, &part, people[0].as_str(), SENTINEL).ok();
    laptop.key_mark(&by("负责人"), &stage, &part, Pass(1), &people[0], "80.5").unwrap();
    laptop.uncover(&by("负责人"), &stage, &people[1], SENTINEL).unwrap();
    let form = kaowu_desk::Form::Marks(stage.clone(), part.clone(), Pass(1));
    laptop.keep_draft(&"负责人".into(), &form, Some(&people[2]), SENTINEL).unwrap();
    let handed = laptop.hand_over(&by("负责人"), &folder.join("stick")).unwrap();
    desk.merge_handover(&by(CHIEF), &handed.path).unwrap();
    desk.write_receipt(&by(CHIEF), &issued.post, &folder.join("stick")).unwrap();
    desk.backup(&folder.join("ring/one.kaowu-db")).unwrap();
    for _ in 0..3 {
        desk.backup_in_ring(&folder.join("ring"), 2).unwrap();
    }
    if guarded {
        let mended = folder.join("ring/mended.kaowu-db");
        Desk::mend_as(&path, &[], &mended, &by(CHIEF), &pin(PIN)).unwrap();
        Desk::restore_as(&folder.join("ring/one.kaowu-db"), &folder.join("ring/restored.kaowu-db"), &by(CHIEF), &pin(PIN)).unwrap();
    }
    std::process::exit(0);
}

#[test]
fn a_stolen_laptop_and_stick_give_up_nothing() {
    let play = |open: bool| {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--ignored", "--exact", "at_rest::a_day_for_the_bytes"]).env(PLAYS, folder.path());
        command.env("TMPDIR", folder.path()).env("SQLITE_TMPDIR", folder.path());
        if open {
            command.env("KAOWU_TEST_OPEN", "1");
        }
        let done = command.output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
        folder
    };
    let closed = play(false);
    // What is looked for comes from the event itself: a candidate's name, ID number, number, mark, and every key.
    let mut desk = Desk::sign_in(&closed.path().join("hq.kaowu-db"), &by(CHIEF), &pin(PIN)).unwrap();
    let (candidate, root, device) = {
        let view = desk.view();
        let all = view.candidates(&"city".into()).unwrap();
        let (id, person) = all.iter().next().map(|(id, p)| (id.clone(), p.clone())).unwrap();
        ((id, person), view.reader().meta_get("root-seed").unwrap().unwrap(), view.reader().meta_get("device-seed").unwrap().unwrap())
    };
    let key = Vault::read(&closed.path().join("hq.kaowu-db")).unwrap().unwrap().open(&CHIEF.into(), &pin(PIN), at(0)).unwrap().key;
    let hexed = hex_of(&key);
    let mut secrets = vec![
        ("name", candidate.1.name.clone().into_bytes()),
        ("unit", candidate.1.workplace.clone().into_bytes()),
        ("id", candidate.0.as_str().as_bytes().to_vec()),
        ("mark", br#"{"given":80500}"#.to_vec()),
        ("reason", SENTINEL.as_bytes().to_vec()),
        ("sqlite", b"SQLite format 3".to_vec()),
        ("entry", b"candidate".to_vec()),
        ("root", root.clone().into_bytes()),
        ("root bytes", hex(&root)),
        ("device", device.clone().into_bytes()),
        ("device bytes", hex(&device)),
        ("key", hexed.clone().into_bytes()),
        ("key bytes", hex(&hexed)),
    ];
    secrets.retain(|(_, secret)| secret.len() > 2);
    // Closed again and moved on: nothing of the test's own reading counts.
    desk.rebuild().unwrap();
    let found = legible(closed.path(), &secrets);
    assert_eq!(found, BTreeSet::new());
    let mut all = Vec::new();
    files(closed.path(), &mut all);
    let ends = |end: &str| all.iter().filter(|f| f.to_string_lossy().ends_with(end)).count();
    assert!(ends(".kaowu-db-wal") >= 2 && ends(".keys") >= 5 && ends(".kaowu") == 3, "{all:?}");
    // The same day in an open event: the same search finds them, or it would find nothing anywhere.
    let open = play(true);
    let found: BTreeSet<String> = legible(open.path(), &secrets).into_iter().map(|(what, _)| what).collect();
    for what in ["name", "id", "mark", "reason", "sqlite", "entry"] {
        assert!(found.contains(what), "{what}: {found:?}");
    }
}

fn hex_of(bytes: &[u8; 32]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn hex(text: &str) -> Vec<u8> {
    text.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

const PROTECTS: &str = "KAOWU_TEST_PROTECTS";

#[test]
#[ignore = "run by the test below, as a process of its own"]
fn protects_one() {
    let Ok(folder) = std::env::var(PROTECTS) else { return };
    let path = PathBuf::from(folder).join("hq.kaowu-db");
    // The image was copied here: it goes on under a key of its own.
    Desk::open(&path).unwrap().continue_after_copy().unwrap();
    Desk::protect(&path, &by(CHIEF), &pin(PIN)).unwrap();
}

/// Killed before each of its renames and deletions: what stands under the name is one whole database, plain or encrypted.
#[test]
fn killed_while_it_is_protected_one_whole_database_stands() {
    let folder = tempfile::tempdir().unwrap();
    let desk = seated(&folder, Mode::Live);
    let (before, people) = (desk.fingerprint().unwrap(), desk.view().candidates(&"city".into()).unwrap().len());
    drop(desk);
    let image = std::fs::read(db(&folder)).unwrap();
    let (mut plain, mut sealed, mut killed) = (0, 0, 0);
    let calls = [("rename", 1..=3), ("unlink", 1..=6), ("fsync", 1..=12)];
    for (call, nth) in calls.into_iter().flat_map(|(call, all)| all.map(move |n| (call, n))) {
        let kill = tempfile::tempdir().unwrap();
        let path = kill.path().join("hq.kaowu-db");
        std::fs::write(&path, &image).unwrap();
        let inject = format!("inject={call}:signal=KILL:when={nth}");
        let mut command = Command::new("strace");
        command.args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={call}"), "-e", &inject]);
        command.arg(std::env::current_exe().unwrap()).args(["--ignored", "--exact", "at_rest::protects_one"]);
        let done = command.env(PROTECTS, kill.path()).output().expect("strace (Debian package)");
        let opened = match Desk::open(&path) {
            Ok(desk) => {
                plain += 1;
                desk
            }
            Err(error) => {
                assert_eq!(error.code(), "sign-in-needed", "{call} {nth}");
                sealed += 1;
                Desk::sign_in(&path, &by(CHIEF), &pin(PIN)).unwrap()
            }
        };
        assert_eq!(opened.view().candidates(&"city".into()).unwrap().len(), people, "{call} {nth}");
        assert!(opened.verify_journal().unwrap().faults.is_empty());
        let is_plain = !opened.is_protected();
        assert!(!is_plain || opened.fingerprint().unwrap() == before, "{call} {nth}");
        drop(opened);
        // What a kill has left is in nobody's way. A copied file's database is a copy, and is not protected before it goes on.
        if is_plain && nth == 1 {
            let copy = Desk::open(&path).unwrap().continue_after_copy();
            assert!(copy.is_ok() && Desk::protect(&path, &by(CHIEF), &pin(PIN)).is_ok(), "{call} {nth}");
        }
        killed += usize::from(!done.status.success());
    }
    assert!(killed > 5 && plain > 3 && sealed > 0, "{killed} {plain} {sealed}");
}
