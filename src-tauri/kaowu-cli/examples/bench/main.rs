//! Figures at 40,000 people, each beside a bare floor or a peer measured in the same run. `./x bench`; `./x bench seats` for one
//! part. Medians of three.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::float_arithmetic, missing_docs, reason = "a measurement, not the program")]

mod seats;

use calamine::{Reader, open_workbook_auto};
use chrono::DateTime;
use kaowu_core::journal::Mode;
use kaowu_core::plan::{Plan, bundled};
use kaowu_desk::{Ctx, Desk, NewEvent};
use kaowu_sheets::{Column, Kind, OutSheet, write_workbook};
use std::path::Path;
use std::time::{Duration, Instant};

const PEOPLE: usize = 40_000;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    println!("{} cores; medians of three", std::thread::available_parallelism().map_or(0, usize::from));
    // Those named, or all.
    let named: Vec<String> = std::env::args().skip(1).collect();
    let wanted = |name: &str| named.is_empty() || named.iter().any(|n| n == name);
    if wanted("roster") {
        roster(folder.path());
    }
    if wanted("seats") {
        seats::seats(folder.path());
    }
}

fn median(mut work: impl FnMut() -> Duration) -> Duration {
    let mut all: Vec<Duration> = (0..3).map(|_| work()).collect();
    all.sort();
    all[1]
}

fn timed<O>(work: impl FnOnce() -> O) -> (Duration, O) {
    let started = Instant::now();
    let out = work();
    (started.elapsed(), out)
}

fn report(what: &str, ours: Duration, floor: &str, bare: Duration) {
    let ratio = ours.as_secs_f64() / bare.as_secs_f64().max(1e-9);
    println!("{what}: {:.0} ms; {floor}: {:.0} ms; {ratio:.2} ×", ours.as_secs_f64() * 1e3, bare.as_secs_f64() * 1e3);
}

fn id(n: usize) -> String {
    let body = format!("320102{}{:02}{:02}{:03}", 1960 + n / 28_000 % 40, n / 28 % 12 + 1, n % 28 + 1, n / 336 % 1000);
    let sum: u32 = body.bytes().enumerate().map(|(i, b)| u32::from(b - b'0') * ((1 << (17 - i)) % 11)).sum();
    format!("{body}{}", ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][usize::try_from(sum % 11).unwrap()])
}

fn roster(folder: &Path) {
    let plan = Plan::read(bundled("jiangsu-2020").unwrap()).unwrap();
    let counties: Vec<_> = plan.units.iter().filter(|u| u.tier.as_str() == "county" && u.valid_from.is_none()).collect();
    let headers = ["姓名", "性别", "身份证号", "工作单位", "职务", "手机号码", "所属设区市", "县（市、区）"];
    let rows = (0..PEOPLE).map(|n| {
        let county = counties[n % counties.len()];
        let id = id(n);
        let sex = if id.as_bytes()[16] % 2 == 1 { "男" } else { "女" };
        let city = plan.unit(county.parent.as_ref().unwrap()).unwrap();
        vec![
            "王芳".into(),
            sex.into(),
            id,
            format!("{}人社局", county.name),
            "科员".into(),
            "13912345678".into(),
            city.name.clone(),
            county.name.clone(),
        ]
    });
    let columns = headers.iter().map(|h| Column::new(h, 18, Kind::Text)).collect();
    let file = folder.join("40000.xlsx");
    write_workbook(&file, &[OutSheet { name: "名单".into(), title: "名单".into(), columns, rows: rows.collect() }]).unwrap();
    let mut run = 0;
    let ours = median(|| {
        run += 1;
        let ctx = Ctx {
            now: DateTime::parse_from_rfc3339("2020-06-10T09:00:00+08:00").unwrap(),
            mono: 1,
            boot: "b".into(),
            operator: "甲".into(),
        };
        let new = NewEvent { plan: bundled("jiangsu-2020").unwrap(), mode: Mode::Drill };
        let mut desk = Desk::create(&folder.join(format!("{run}.kaowu-db")), &ctx, &new).unwrap();
        let (took, (_, out)) = timed(|| desk.import_roster(&ctx, &"city".into(), &file, false).unwrap());
        assert_eq!((out.taken, out.refused), (u32::try_from(PEOPLE).unwrap(), 0), "{:?}", out.told.first());
        took
    });
    let bare = median(|| {
        run += 1;
        let db = rusqlite::Connection::open(folder.join(format!("{run}.bare"))).unwrap();
        db.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (a, b, c, d, e, f, g, h)").unwrap();
        timed(|| {
            let range = open_workbook_auto(&file).unwrap().worksheet_range_at(0).unwrap().unwrap();
            db.execute_batch("BEGIN").unwrap();
            let mut insert = db.prepare("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?)").unwrap();
            for row in range.rows().skip(2) {
                insert.execute(rusqlite::params_from_iter(row.iter().map(ToString::to_string))).unwrap();
            }
            drop(insert);
            db.execute_batch("COMMIT").unwrap();
        })
        .0
    });
    report("roster import, 40,000 rows", ours, "calamine's bare read and bare inserts", bare);
}
