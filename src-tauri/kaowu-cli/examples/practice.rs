//! Figures of practice: a year of 40,000 people's log-ins, weeks and contests imported, and every list. `./x bench`.
//! PEOPLE DAYS WEEKS may be given.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::float_arithmetic, missing_docs, reason = "a measurement, not the program")]

use chrono::DateTime;
use kaowu_core::journal::Mode;
use kaowu_core::plan::{Plan, bundled};
use kaowu_core::practice::PracticeKind;
use kaowu_demo::{Invention, invent_practice};
use kaowu_desk::{Ctx, Desk, NewEvent, PracticeQuery};
use std::io::{BufRead, BufReader};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

fn timed<O>(work: impl FnOnce() -> O) -> ((Duration, Duration), O) {
    let (started, before) = (Instant::now(), own());
    let out = work();
    ((started.elapsed(), own().saturating_sub(before)), out)
}

/// Time by the clock, and how much of it was this process's own: on a busy machine they differ.
fn ms((wall, cpu): (Duration, Duration)) -> String {
    format!("{:.0} ms (own {:.0})", wall.as_secs_f64() * 1e3, cpu.as_secs_f64() * 1e3)
}

/// Processor time of this process so far.
fn own() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(") ").next().unwrap_or_default();
    let ticks: u64 = after.split(' ').skip(11).take(2).filter_map(|n| n.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

/// What the process has held at most, in megabytes, where the system says so.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap_or("0 kB");
    line.trim().trim_end_matches(" kB").trim().parse::<u64>().unwrap_or(0) >> 10
}

fn main() {
    let given: Vec<usize> = std::env::args().skip(1).filter_map(|a| a.parse().ok()).collect();
    let of = |n: usize, usual: usize| given.get(n).copied().unwrap_or(usual);
    let (people, days, weeks) = (of(0, 40_000), of(1, 366), of(2, 53));
    let text = bundled("jiangsu-2020").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let what = Invention { people, days: u32::try_from(days).unwrap(), weeks, unnamed: 3 };
    let (took, invented) =
        timed(|| invent_practice(&Plan::read(text).unwrap(), &folder.path().join("exports"), &what, &mut |_| {}).unwrap());
    println!(
        "practice, {people} people, {days} days, {weeks} weeks: {} rows in {} files invented in {}",
        invented.rows,
        invented.files.len(),
        ms(took)
    );
    let ctx =
        Ctx { now: DateTime::parse_from_rfc3339("2021-01-04T09:00:00+08:00").unwrap(), mono: 1, boot: "b".into(), operator: "甲".into() };
    let mut desk = Desk::create(&folder.path().join("hq.kaowu-db"), &ctx, &NewEvent { plan: text, mode: Mode::Drill }).unwrap();
    for kind in [PracticeKind::Daily, PracticeKind::Weekly, PracticeKind::Monthly] {
        let files: Vec<_> = invented.files.iter().filter(|(of, _)| *of == kind).collect();
        let (bare, bytes) = timed(|| {
            let lines = |path| {
                BufReader::with_capacity(1 << 18, std::fs::File::open(path).unwrap()).split(b'\n').map(|l| l.unwrap().len()).sum::<usize>()
            };
            files.iter().map(|(_, path)| lines(path)).sum::<usize>()
        });
        let (took, rows) = timed(|| {
            files
                .iter()
                .map(|(kind, path)| {
                    desk.import_practice(&ctx, *kind, None, path, false, &mut |_, _| ControlFlow::Continue(())).unwrap().rows
                })
                .sum::<u64>()
        });
        println!(
            "practice import {}: {rows} rows, {} MB: {}; their lines merely read: {}; peak memory {} MB",
            kind.word(),
            bytes >> 20,
            ms(took),
            ms(bare),
            peak()
        );
    }
    let (took, suspects) = timed(|| desk.practice_suspects().unwrap());
    println!("practice suspects: {} in {}", suspects.len(), ms(took));
    for (name, query) in [
        ("daily", PracticeQuery::Daily),
        ("weekly, one", PracticeQuery::Weekly(Some("2020-06-03".into()))),
        ("monthly, one", PracticeQuery::Monthly(Some("2020-06".into()))),
        ("year", PracticeQuery::Year),
        ("participation by city", PracticeQuery::Participation("city".into())),
        ("participation by county", PracticeQuery::Participation("county".into())),
        ("weekly, all, first time", PracticeQuery::Weekly(None)),
        ("weekly, all, again", PracticeQuery::Weekly(None)),
    ] {
        let (took, list) = timed(|| desk.practice_list(&query).unwrap());
        println!("practice list {name}: {} rows in {}", list.table.rows.len(), ms(took));
    }
    let (took, ties) = timed(|| desk.held_ties().unwrap());
    println!("practice ties: {} in {}; peak memory {} MB", ties.len(), ms(took), peak());
    let (took, same) = timed(|| desk.rebuild().map(|(a, b)| a == b).unwrap());
    let size = std::fs::metadata(folder.path().join("hq.kaowu-db")).unwrap().len() >> 20;
    println!("practice rebuild: {} (same: {same}); database {size} MB", ms(took));
}
