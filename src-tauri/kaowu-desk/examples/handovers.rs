//! Forty laptops hand over 400,000 entries, as packets: opened with headquarters' key, hashed, every signature checked, merged,
//! as the board does it. What the ledger alone takes for as many, and the bare floor, stand in `figures`. Part of `./x bench`.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs, reason = "a measurement, not the program")]

mod people;

use kaowu_core::facts::{AdmissionFact, KeyedMark, Pass, state};
use kaowu_core::figure::Mark;
use kaowu_core::identity::{PartId, StageId};
use kaowu_core::marks::MarkValue;
use kaowu_desk::Desk;
use kaowu_ledger::{Draft, Ledger, LedgerError, Stamp};
use people::{ctx, event};
use std::path::{Path, PathBuf};
use std::time::Instant;

const LAPTOPS: usize = 40;
const ENTRIES: usize = 10_000;

/// One laptop of a site, of so many, writes its entries about its own share of the people, and hands over.
fn laptop(folder: &Path, n: usize, (packet, words): (&Path, &str), (share, of): (usize, usize)) -> PathBuf {
    let (stage, part): (StageId, PartId) = ("city".into(), "written".into());
    let (db, at) = (folder.join(format!("{n}.kaowu-db")), ctx("负责人", "2020-06-27T08:50:00+08:00"));
    let (desk, _) = Desk::open_packet(&db, &at, packet, words).unwrap();
    let seats = desk.view().seats_by_room(&stage).unwrap();
    let all = seats.iter().flat_map(|((site, room), people)| people.values().map(move |(id, _)| (site, room, id)));
    let mine: Vec<_> = all.skip(share).step_by(of).collect();
    drop(desk);
    let stamp = Stamp { t: at.now, mono: 1, boot: "b".into(), operator: "录入员".into() };
    // The same lines as at the door and the marks desk, in one transaction: how they came about is not what is measured.
    let write = |ledger: &mut Ledger| {
        ledger.transact(|tx| {
            let (mut before, mut written) = (vec![None; mine.len()], 0);
            for round in 0.. {
                for ((site, room, id), before) in mine.iter().zip(&mut before) {
                    if written == ENTRIES {
                        return Ok::<_, LedgerError>(());
                    }
                    let person = (stage.clone(), part.clone(), (*id).clone());
                    let draft = if round == 0 {
                        Draft::new("candidate.admitted")
                            .fact(state(&person, &AdmissionFact { site: (*site).clone(), room: (*room).clone() }))
                    } else {
                        let value = MarkValue::Given(Mark(40_000 + 500 * (round % 90)));
                        let key = (stage.clone(), part.clone(), (*id).clone(), Pass(1));
                        Draft::new("mark.keyed")
                            .fact(state(&key, &KeyedMark { value, by: stamp.operator.clone() }))
                            .replacing(before.take())
                    };
                    let entry = tx.append(&stamp, draft)?;
                    *before = (round > 0).then_some(entry);
                    written += 1;
                }
            }
            Ok(())
        })
    };
    write(&mut Ledger::open(&db).unwrap()).unwrap();
    Desk::open(&db).unwrap().hand_over(&at, &folder.join("stick")).unwrap().path
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["packets", "stick"] {
        std::fs::create_dir(folder.path().join(name)).unwrap();
    }
    let mut hq = Desk::open(&event(folder.path())).unwrap();
    let (stage, part): (StageId, PartId) = ("city".into(), "written".into());
    let at = ctx("考务处", "2020-06-27T18:00:00+08:00");
    let sites: Vec<_> = hq.view().sites(&stage, &part).unwrap().into_iter().map(|(site, _)| site).collect();
    let issue = |site| hq.issue_packet(&at, &stage, &part, site, &folder.path().join("packets")).unwrap();
    let issued: Vec<_> = sites.iter().map(issue).collect();
    let handed: Vec<PathBuf> = (0..LAPTOPS)
        .map(|n| {
            let (post, share) = (n % issued.len(), n / issued.len());
            let of = (LAPTOPS - post).div_ceil(issued.len());
            laptop(folder.path(), n, (&issued[post].path, &issued[post].words), (share, of))
        })
        .collect();
    let bytes: u64 = handed.iter().map(|file| std::fs::metadata(file).unwrap().len()).sum();
    let before = most_memory();
    let started = Instant::now();
    let mut each = Vec::new();
    for file in &handed {
        let one = Instant::now();
        hq.merge_handover(&at, file).unwrap();
        each.push(one.elapsed());
    }
    let took = started.elapsed();
    each.sort();
    let entries: u64 = hq.view().reader().feeds().unwrap().iter().map(|feed| feed.entries).sum();
    println!("{LAPTOPS} handovers, {entries} entries at headquarters, {} MB of packets: merged in {took:.2?}", bytes / 1_000_000);
    println!(
        "one of them: median {:.0?}, most {:.0?}; most memory {} MB, {before} before",
        each[LAPTOPS / 2],
        each[LAPTOPS - 1],
        most_memory()
    );
    let board = Instant::now();
    let rows = hq.merge_board().unwrap().len();
    println!("the board of {rows} posts: {:.0?}", board.elapsed());
}

/// The process's high-water mark in megabytes.
fn most_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) / 1024
}
