//! Backups in a ring, going back to each of them, and a damaged database made whole.

use super::*;
use crate::backups;
use std::path::{Path, PathBuf};

struct Place {
    folder: tempfile::TempDir,
    db: PathBuf,
    second: PathBuf,
}

fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let (db, second) = (folder.path().join("hq.db"), folder.path().join("second"));
    std::fs::create_dir(&second).unwrap();
    Place { db, second, folder }
}

fn fill(ledger: &mut Ledger, entries: u8) {
    for n in 0..entries {
        ledger.append(&stamp(), draft(vec![mark(n, Some(1))], vec![])).unwrap();
    }
}

fn bend(path: &Path, work: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = std::fs::read(path).unwrap();
    work(&mut bytes);
    std::fs::write(path, bytes).unwrap();
}

fn find(bytes: &[u8], text: &str) -> Vec<usize> {
    bytes.windows(text.len()).enumerate().filter(|(_, w)| *w == text.as_bytes()).map(|(at, _)| at).collect()
}

#[test]
fn a_ring_keeps_the_last_and_every_one_can_be_restored() {
    let p = place();
    let mut ledger = Ledger::create(&p.db, &genesis()).unwrap();
    std::fs::write(p.second.join("hq.backup-none.kaowu-db"), "another file").unwrap();
    for n in 1..=6_u64 {
        fill(&mut ledger, 5);
        let kept = ledger.backup_in_ring(&p.second, "hq", 4).unwrap();
        assert_eq!((kept.number, kept.entries, kept.removed.len()), (n, 5 * n, usize::from(n > 4)));
    }
    let ring = backups(&p.second, "hq").unwrap();
    assert_eq!(ring.iter().map(|(n, _)| *n).collect::<Vec<_>>(), [3, 4, 5, 6]);
    assert!(p.second.join("hq.backup-none.kaowu-db").exists(), "what is no backup of the ring is left alone");
    for (n, file) in ring {
        let before = std::fs::read(&file).unwrap();
        let to = p.folder.path().join(format!("restored-{n}.db"));
        let mut restored = Ledger::restore(&file, &to).unwrap();
        assert_eq!(restored.next_seq().unwrap(), 5 * n + 1);
        assert!(restored.is_copy());
        assert_eq!(fault(restored.append(&stamp(), draft(vec![], vec![]))), StoreFault::DatabaseIsCopy);
        restored.continue_as([50 + u8::try_from(n).unwrap(); 32]).unwrap();
        restored.append(&stamp(), draft(vec![], vec![])).unwrap();
        assert_eq!(restored.verify().unwrap().faults, []);
        rebuilt(&mut restored);
        assert_eq!(std::fs::read(&file).unwrap(), before, "the backup itself stays as it is");
        assert_eq!(fault(Ledger::restore(&file, &to).map(|_| ())).code(), "database-exists");
    }
}

#[test]
fn a_bad_backup_never_takes_the_place_of_a_good_one() {
    let p = place();
    let mut ledger = Ledger::create(&p.db, &genesis()).unwrap();
    fill(&mut ledger, 40);
    for _ in 0..3 {
        ledger.backup_in_ring(&p.second, "hq", 3).unwrap();
    }
    drop(ledger);
    // One byte of one entry, where SQLite sees nothing.
    bend(&p.db, |bytes| {
        let at = find(bytes, "\"op\":\"王㛃\"")[7];
        bytes[at + 6] ^= 1;
    });
    let ledger = Ledger::open(&p.db).unwrap();
    let good: Vec<Vec<u8>> = backups(&p.second, "hq").unwrap().iter().map(|(_, f)| std::fs::read(f).unwrap()).collect();
    assert_eq!(fault(ledger.backup_in_ring(&p.second, "hq", 3).map(|_| ())).code(), "backup-wrong");
    assert_eq!(fault(ledger.backup(&p.second.join("hq.backup-000003.kaowu-db"))).code(), "backup-wrong");
    let after: Vec<Vec<u8>> = backups(&p.second, "hq").unwrap().iter().map(|(_, f)| std::fs::read(f).unwrap()).collect();
    assert_eq!(good, after);
    assert_eq!(std::fs::read_dir(&p.second).unwrap().count(), 3, "nothing half made is left");
}

#[test]
fn a_backup_that_is_damaged_is_not_restored() {
    let p = place();
    let mut ledger = Ledger::create(&p.db, &genesis()).unwrap();
    fill(&mut ledger, 40);
    let whole = p.second.join("whole.db");
    ledger.backup(&whole).unwrap();
    let check = |name: &str, work: &dyn Fn(&mut Vec<u8>), code: &[&str]| {
        let (bad, to) = (p.second.join("bad.db"), p.folder.path().join("to.db"));
        std::fs::copy(&whole, &bad).unwrap();
        bend(&bad, work);
        let got = fault(Ledger::restore(&bad, &to).map(|_| ())).code();
        assert!(code.contains(&got.as_str()), "{name}: {got}");
        assert!(!to.exists() && !p.folder.path().join("to.db.part").exists(), "{name}: nothing is put in place");
    };
    check(
        "a byte of an entry",
        &|b| {
            // Pages that were split keep copies of what has moved: all of them.
            find(b, "\"seq\":20,").into_iter().for_each(|at| b[at] ^= 1);
        },
        &["backup-wrong"],
    );
    check(
        "a page of entries",
        &|b| {
            for page in find(b, "\"seq\":20,").into_iter().map(|at| at / 4096) {
                b[page * 4096..(page + 1) * 4096].fill(0x5a);
            }
        },
        &["backup-wrong", "database-damaged"],
    );
    check("cut short", &|b| b.truncate(b.len() / 2), &["backup-wrong", "database-damaged"]);
    check("no database", &|b| b.fill(0x20), &["not-a-database"]);
    check("nothing", &|b| b.clear(), &["not-a-database"]);
    assert_eq!(fault(Ledger::restore(&p.second.join("none"), &p.db.with_extension("x")).map(|_| ())).code(), "database-missing");
}

/// A database with two hundred entries of its own, some from elsewhere, a backup after the first hundred, and damage.
fn mended(damage: impl FnOnce(&mut Vec<u8>), backup: bool) -> (Place, crate::Mended) {
    let p = place();
    let mut ledger = Ledger::create(&p.db, &genesis()).unwrap();
    let far = Elsewhere::new(1);
    ledger.merge(&far.feed((0..20).map(|n| vec![mark(n, Some(3))])), &far.trust()).unwrap();
    fill(&mut ledger, 100);
    let kept = ledger.backup_in_ring(&p.second, "hq", 3).unwrap().file;
    fill(&mut ledger, 100);
    drop(ledger);
    bend(&p.db, damage);
    let before = std::fs::read(&p.db).unwrap();
    let to = p.folder.path().join("mended.db");
    let report = Ledger::mend(&p.db, &if backup { vec![kept] } else { vec![] }, &to).unwrap();
    assert_eq!(std::fs::read(&p.db).unwrap(), before, "the damaged file stays for others to look at");
    let mut whole = Ledger::open(&to).unwrap();
    assert!(whole.is_copy());
    assert_eq!(whole.verify().unwrap().faults, []);
    rebuilt(&mut whole);
    whole.continue_as([77; 32]).unwrap();
    whole.append(&stamp(), draft(vec![], vec![])).unwrap();
    let left: Vec<_> = std::fs::read_dir(p.folder.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    assert!(!left.iter().any(|name| name.contains(".part") || name.contains(".read")), "{left:?}");
    (p, report)
}

fn own(report: &crate::Mended) -> &crate::MendedFeed {
    report.feeds.iter().find(|feed| feed.own).unwrap()
}

#[test]
fn damage_is_mended_from_what_can_be_read_and_the_rest_is_named() {
    // Nothing damaged: everything comes over.
    let (_p, report) = mended(|_| {}, false);
    assert_eq!((own(&report).entries, own(&report).lost.len(), report.altered.len()), (200, 0, 0));
    assert_eq!(report.sources[0].detail, "");

    // One altered entry after the backup: named by number, the others come over.
    let alter = |bytes: &mut Vec<u8>| {
        let at = find(bytes, "\"seq\":150,")[0];
        bytes[at + 7] = b'6';
    };
    let (_p, report) = mended(alter, true);
    assert_eq!((own(&report).entries, &own(&report).lost), (199, &vec![(150, 150)]));
    assert_eq!(report.altered.len(), 1);

    // The same before the backup: the backup has it whole.
    let alter = |bytes: &mut Vec<u8>| {
        let at = find(bytes, "\"seq\":50,")[0];
        bytes[at + 6] = b'6';
    };
    let (_p, report) = mended(alter, true);
    assert_eq!((own(&report).entries, own(&report).lost.len(), report.sources[1].entries), (200, 0, 1));

    // A page of entries overwritten: a few are lost, and said to be.
    let overwrite = |bytes: &mut Vec<u8>| {
        let page = find(bytes, "\"seq\":150,")[0] / 4096;
        bytes[page * 4096..(page + 1) * 4096].fill(0x5a);
    };
    let (p, report) = mended(overwrite, true);
    assert_eq!(fault(Ledger::open(&p.db).map(|_| ())).code(), "database-damaged", "noticed when it is opened");
    let lost: u64 = own(&report).lost.iter().map(|(from, to)| to - from + 1).sum();
    assert!((1..40).contains(&lost) && own(&report).entries + lost == 200, "{report:?}");
    assert!(!report.sources[0].detail.is_empty());
    assert!(own(&report).lost.iter().any(|(from, to)| (from..=to).contains(&&150)));

    // The file's head gone: the backup is all there is, and the last entry's time says from when on paper is asked.
    let (_p, report) = mended(|bytes| bytes[..4096].fill(0), true);
    assert_eq!((own(&report).entries, own(&report).seq), (100, 100));
    assert!(own(&report).last.starts_with("2020-06-27"));
    assert_eq!(report.feeds.len(), 2);
}

#[test]
fn nothing_to_mend_from_is_said() {
    let p = place();
    drop(Ledger::create(&p.db, &genesis()).unwrap());
    bend(&p.db, |bytes| bytes.fill(0));
    let to = p.folder.path().join("mended.db");
    assert_eq!(fault(Ledger::mend(&p.db, &[], &to).map(|_| ())).code(), "nothing-to-mend");
    assert!(!to.exists());
    assert_eq!(fault(Ledger::mend(&p.db, &[], &p.db).map(|_| ())).code(), "database-exists");
}
