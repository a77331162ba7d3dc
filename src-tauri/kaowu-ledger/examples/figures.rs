//! Figures of the ledger beside the bare floor measured in the same run (DESIGN.md §10).
//!
//! `cargo run --release -p kaowu-ledger --example figures [FOLDER]`: the folder is where databases are made; its disk decides.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::float_arithmetic, clippy::cast_possible_truncation)] // a measuring stick

use chrono::DateTime;
use ed25519_dalek::{Signer, SigningKey};
use kaowu_core::identity::{EntryId, IdNumber};
use kaowu_core::journal::{Body, Entry, Fact, Mode, VERSION, entry_id};
use kaowu_ledger::{DbKey, Draft, FeedLine, FeedTrust, Genesis, Ledger, Stamp};
use kaowu_packet::vault::{DatabaseKey, Pin, Vault};
use rayon::prelude::*;
use rusqlite::{Connection, params};
use serde_json::{Map, json};
use sha2::{Digest, Sha256};
use std::path::Path;
use std::time::{Duration, Instant};

const FEEDS: u32 = 40;
const EACH: u32 = 10_000;

fn main() {
    let folder = match std::env::args().nth(1) {
        Some(folder) => tempfile::tempdir_in(folder).unwrap(),
        None => tempfile::tempdir().unwrap(),
    };
    durable(folder.path());
    look_up(folder.path());
    encrypted(folder.path());
    pin(folder.path());
    merge(folder.path());
}

fn genesis(site: &str, seed: u8) -> Genesis {
    Genesis { event: "e".into(), mode: Mode::Live, site: site.into(), device_seed: [seed; 32] }
}

fn stamp() -> Stamp {
    Stamp { t: DateTime::parse_from_rfc3339("2020-06-27T09:00:00+08:00").unwrap(), mono: 1, boot: "b".into(), operator: "王㛃".into() }
}

fn mark(feed: u32, n: u32) -> Fact {
    Fact {
        topic: "mark".into(),
        key: format!("city/written/3201{feed:02}1990{n:07}X/1"),
        value: json!({"value": {"given": 92_500}, "by": "王㛃"}),
    }
}

fn bare(path: &Path) -> Connection {
    let conn = Connection::open(path).unwrap();
    conn.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE e (n INTEGER PRIMARY KEY, id BLOB, sig BLOB, line BLOB)",
    )
    .unwrap();
    conn
}

fn say(what: &str, ours: Duration, floor: Duration) {
    println!("{what}: {ours:.2?} beside {floor:.2?} bare, {:.2} times", ours.as_secs_f64() / floor.as_secs_f64());
}

/// One mark, durable, beside a bare insert of the same bytes; taken in turns, so that the disk's mood falls on both.
fn durable(folder: &Path) {
    let mut ledger = Ledger::create(&folder.join("one.db"), &genesis("hq", 1)).unwrap();
    let conn = bare(&folder.join("bare.db"));
    let line = vec![b'x'; 520];
    let (mut ours, mut floor) = (Vec::new(), Vec::new());
    for n in 0..2_000 {
        let start = Instant::now();
        ledger.append(&stamp(), Draft::new("marks.keyed").fact(mark(0, n))).unwrap();
        ours.push(start.elapsed());
        let start = Instant::now();
        conn.prepare_cached("INSERT INTO e (id, sig, line) VALUES (?1, ?2, ?3)")
            .unwrap()
            .execute(params![[0_u8; 32], [0_u8; 64], line])
            .unwrap();
        floor.push(start.elapsed());
    }
    ours.sort();
    floor.sort();
    say("one entry, durable (median of 2,000)", ours[1000], floor[1000]);
    say("  mean", ours.iter().sum::<Duration>() / 2000, floor.iter().sum::<Duration>() / 2000);
}

/// What encryption costs: an entry and an opening, beside the same without it, in turns.
fn encrypted(folder: &Path) {
    let key = DbKey::from_bytes([3; 32]);
    let made = |name: &str, key: Option<&DbKey>| {
        let mut ledger = Ledger::create_under(&folder.join(name), &genesis("hq", 1), key).unwrap();
        ledger.append(&stamp(), Draft::new("roster.imported").facts(people())).unwrap();
        ledger
    };
    let (mut plain, mut sealed) = (made("plain.db", None), made("sealed.db", Some(&key)));
    let (mut ours, mut floor) = (Vec::new(), Vec::new());
    for n in 0..2_000 {
        for (ledger, times) in [(&mut sealed, &mut ours), (&mut plain, &mut floor)] {
            let start = Instant::now();
            ledger.append(&stamp(), Draft::new("marks.keyed").fact(mark(1, n))).unwrap();
            times.push(start.elapsed());
        }
    }
    ours.sort();
    floor.sort();
    say("one entry, durable, encrypted (median of 2,000; bare: unencrypted)", ours[1000], floor[1000]);
    drop((plain, sealed));
    let (mut ours, mut floor) = (Vec::new(), Vec::new());
    for _ in 0..7 {
        for (name, key, times) in [("sealed.db", Some(&key), &mut ours), ("plain.db", None, &mut floor)] {
            let start = Instant::now();
            let ledger = Ledger::open_under(&folder.join(name), key).unwrap();
            assert_eq!(ledger.each::<kaowu_core::facts::Candidate>().unwrap().len(), 40_000);
            times.push(start.elapsed());
        }
    }
    ours.sort();
    floor.sort();
    say("an event of 40,000 people opened and read, encrypted (bare: unencrypted)", ours[3], floor[3]);
    let start = Instant::now();
    Ledger::protect(&folder.join("plain.db"), &key, |_| Ok::<_, kaowu_ledger::LedgerError>(())).unwrap();
    println!("the same from unencrypted to encrypted: {:.2?}", start.elapsed());
    println!("the same under another key: {:.2?}", rekeyed(&folder.join("sealed.db"), &key));
}

fn rekeyed(path: &Path, key: &DbKey) -> Duration {
    let mut ledger = Ledger::open_under(path, Some(key)).unwrap();
    let start = Instant::now();
    ledger.rekey(path, &DbKey::from_bytes([4; 32]), |_| Ok::<_, kaowu_ledger::LedgerError>(())).unwrap();
    start.elapsed()
}

/// A PIN looked at: argon2id, and the count on the disk before and after.
fn pin(folder: &Path) {
    let (who, right) = ("王㛃".into(), Pin::new("805213"));
    let mut vault = Vault::new(&folder.join("sealed.db"));
    vault.give(&who, &right, Some(&DatabaseKey::new([3; 32]))).unwrap();
    let mut times: Vec<Duration> = (0..9)
        .map(|_| {
            let start = Instant::now();
            vault.open(&who, &right, stamp().t).unwrap();
            start.elapsed()
        })
        .collect();
    times.sort();
    println!("a PIN looked at (median of 9): {:.2?}", times[4]);
}

fn people() -> impl Iterator<Item = Fact> {
    (0..40_000_u32).map(|n| Fact {
        topic: "candidate".into(),
        key: format!("city/3201021990{n:08}"),
        value: json!({"name": format!("王{}", char::from_u32(0x4e00 + n % 9000).unwrap()), "unit": "320102", "source": "a.xlsx"}),
    })
}

fn look_up(folder: &Path) {
    let mut ledger = Ledger::create(&folder.join("people.db"), &genesis("hq", 1)).unwrap();
    let seats = (0..40_000_u32).map(|n| Fact {
        topic: "seat".into(),
        key: format!("city/3201021990{n:08}"),
        value: json!({"site": "3201-01", "room": "001", "seat": 1, "number": format!("2001{n:08}")}),
    });
    let start = Instant::now();
    ledger.append(&stamp(), Draft::new("roster.imported").facts(people())).unwrap();
    println!("40,000 candidates in one entry: {:.2?}", start.elapsed());
    ledger.append(&stamp(), Draft::new("seats.drawn").facts(seats)).unwrap();
    let stage = "city".into();
    let time = |what: &str, work: &dyn Fn() -> usize| {
        let start = Instant::now();
        let found = work();
        println!("{what}: {:.2?} ({found} found)", start.elapsed());
    };
    time("all candidates read", &|| ledger.each::<kaowu_core::facts::Candidate>().unwrap().len());
    time("look-up among 40,000, first", &|| ledger.find_people(&stage, "王丁", 20).unwrap().len());
    for wanted in ["王", "丁", "0001", "200100001", "320102199000", ""] {
        time(&format!("look-up “{wanted}”"), &|| ledger.find_people(&stage, wanted, 20).unwrap().len());
    }
    let whole = IdNumber("320102199000012345".into());
    time("whole ID number", &|| ledger.person_by_document(&stage, whole.as_str()).unwrap().map_or(0, |_| 1));
    time("whole candidate number", &|| ledger.person_by_document(&stage, "200100012345").unwrap().map_or(0, |_| 1));
}

fn feed(n: u32) -> (FeedTrust, Vec<FeedLine>) {
    let key = SigningKey::from_bytes(&[u8::try_from(n).unwrap() + 10; 32]);
    let trust = FeedTrust { site: format!("32{n:02}-01"), key: key.verifying_key().to_bytes(), from_site: true };
    let device = kaowu_core::identity::DeviceId(hex::encode(Sha256::digest(trust.key)));
    let (mut prev, mut lines) = (EntryId::default(), Vec::with_capacity(EACH as usize));
    for seq in 1..=EACH {
        // Every tenth corrects the one before it.
        let corrects = seq % 10 == 0;
        let entry = Entry {
            v: VERSION,
            mode: Mode::Live,
            event: "e".into(),
            site: trust.site.clone(),
            device: device.clone(),
            seq: u64::from(seq),
            t: "2020-06-27T09:00:00.000+08:00".into(),
            mono: u64::from(seq),
            boot: "f0f0f0f0-f0f0-f0f0".into(),
            op: "王㛃".into(),
            kind: "marks.keyed".into(),
            body: Body { about: Map::new(), facts: vec![mark(n, seq - u32::from(corrects))] },
            supersedes: if corrects { vec![prev.clone()] } else { vec![] },
            prev,
        };
        let line = entry.to_line().unwrap();
        prev = entry_id(&line);
        lines.push(FeedLine { signature: key.sign(&line).to_bytes(), line });
    }
    (trust, lines)
}

fn merge(folder: &Path) {
    let feeds: Vec<(FeedTrust, Vec<FeedLine>)> = (0..FEEDS).into_par_iter().map(feed).collect();
    let bytes: usize = feeds.iter().flat_map(|(_, lines)| lines).map(|l| l.line.len()).sum();
    println!("{} entries of {} bytes", FEEDS * EACH, bytes / (FEEDS * EACH) as usize);

    let conn = bare(&folder.join("floor.db"));
    let start = Instant::now();
    for (trust, lines) in &feeds {
        let key = ed25519_dalek::VerifyingKey::from_bytes(&trust.key).unwrap();
        lines.par_chunks(256).for_each(|chunk| {
            let texts: Vec<&[u8]> = chunk.iter().map(|l| l.line.as_slice()).collect();
            let signatures: Vec<_> = chunk.iter().map(|l| ed25519_dalek::Signature::from_bytes(&l.signature)).collect();
            ed25519_dalek::verify_batch(&texts, &signatures, &vec![key; chunk.len()]).unwrap();
        });
        conn.execute_batch("BEGIN").unwrap();
        let mut insert = conn.prepare_cached("INSERT INTO e (id, sig, line) VALUES (?1, ?2, ?3)").unwrap();
        for line in lines {
            insert.execute(params![Sha256::digest(&line.line).as_slice(), line.signature, line.line]).unwrap();
        }
        conn.execute_batch("COMMIT").unwrap();
    }
    let floor = start.elapsed();

    let path = folder.join("merge.db");
    let mut ledger = Ledger::create(&path, &genesis("hq", 1)).unwrap();
    let start = Instant::now();
    for (trust, lines) in &feeds {
        assert_eq!(ledger.merge(lines, trust).unwrap().added, u64::from(EACH));
    }
    say("merge with signatures", start.elapsed(), floor);
    let time = |what: &str, start: Instant| println!("{what}: {:.2?}", start.elapsed());
    let start = Instant::now();
    for (trust, lines) in &feeds {
        assert_eq!(ledger.merge(lines, trust).unwrap().added, 0);
    }
    time("merged again", start);
    let start = Instant::now();
    let before = ledger.fingerprint().unwrap();
    time("fingerprint", start);
    let start = Instant::now();
    ledger.rebuild().unwrap();
    time("views rebuilt", start);
    assert_eq!(ledger.fingerprint().unwrap(), before);
    let start = Instant::now();
    assert_eq!(ledger.verify().unwrap().faults, []);
    time("journal verified", start);
    let start = Instant::now();
    assert_eq!(ledger.conflicts().unwrap().len(), 0);
    time("conflicts", start);
    let start = Instant::now();
    assert_eq!(ledger.feeds().unwrap().len(), 41);
    time("feeds", start);
    let start = Instant::now();
    ledger.backup(&folder.join("copy.db")).unwrap();
    time("backup", start);
    drop(ledger);
    let start = Instant::now();
    let ledger = Ledger::open(&path).unwrap();
    time("opened", start);
    println!("file: {} MB; most memory: {}", std::fs::metadata(&path).unwrap().len() / 1_000_000, most_memory());
    drop(ledger);
    let key = DbKey::from_bytes([3; 32]);
    let start = Instant::now();
    Ledger::protect(&path, &key, |_| Ok::<_, kaowu_ledger::LedgerError>(())).unwrap();
    time("encrypted", start);
    println!("under another key: {:.2?}", rekeyed(&path, &key));
}

/// The process's high-water mark, feeds held for the measurement included.
fn most_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or("unknown").to_owned()
}
