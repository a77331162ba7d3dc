//! Invented exports of the practice platform, of any size: what imports and lists are measured with, and what the demo plays.
//! The same numbers give the same files.

use crate::folders::unwritable;
use chrono::{Datelike, Days, NaiveDate};
use kaowu_core::plan::{Plan, PracticePlan, Unit, Validity};
use kaowu_core::practice::{PracticeKind, PracticeRefusal, contest_days, month_of, months, weeks};
use kaowu_desk::Result;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// How much is invented.
#[derive(Debug, Clone, Copy)]
pub struct Invention {
    /// People.
    pub people: usize,
    /// Days from the first of the period on.
    pub days: u32,
    /// Weeks from the first of the period on.
    pub weeks: usize,
    /// Of how many people the weekly and monthly exports lack the ID number.
    pub unnamed: usize,
}

/// What was written.
#[derive(Debug, Clone, Default)]
pub struct Invented {
    /// The files, in order.
    pub files: Vec<(PracticeKind, PathBuf)>,
    /// Rows in all.
    pub rows: u64,
}

const SURNAMES: &[&str] =
    &["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗"];
const GIVEN: &[&str] = &[
    "芳", "伟", "敏", "静", "磊", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "秀英", "建国", "晓梅", "子轩", "雨欣", "浩然", "文博",
    "㛃", "䶮",
];

struct Worker<'p> {
    id: String,
    name: String,
    city: &'p str,
    county: &'p str,
    /// Of a thousand days, how many they log in on.
    zeal: u64,
    /// Their usual score in tenths.
    skill: u64,
}

/// A counter made a number: splitmix64, so that every row stands by itself.
fn drawn(of: &[u64]) -> u64 {
    let mut x = of.iter().fold(0x9E37_79B9_7F4A_7C15_u64, |x, n| mixed(x ^ n.wrapping_mul(0xD134_2543_DE82_EF95)));
    x = mixed(x);
    x
}

fn mixed(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// A valid ID number of an invented birthday; the n-th differs from all others up to a million.
fn id_of(n: usize) -> String {
    let body = format!(
        "320{:03}{}{:02}{:02}{:03}",
        100 + n / 28 / 12 / 30 % 90,
        1965 + n / 28 / 12 % 30,
        n / 28 % 12 + 1,
        n % 28 + 1,
        (n * 7 + 1) % 1000
    );
    let sum: u32 = body.bytes().enumerate().map(|(i, b)| u32::from(b - b'0') * ((1_u32 << (17 - i)) % 11)).sum();
    let check = ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"];
    format!("{body}{}", check.get(usize::try_from(sum % 11).unwrap_or(0)).copied().unwrap_or("1"))
}

fn workers<'p>(plan: &'p Plan, practice: &PracticePlan, count: usize) -> Vec<Worker<'p>> {
    let there = |u: &&Unit| {
        u.parent.is_some() && u.validity(practice.to) == Validity::Valid && u.validity(plan.event.entry_deadline) == Validity::Valid
    };
    let units: Vec<&Unit> = plan.units.iter().filter(there).collect();
    (0..count)
        .filter_map(|n| {
            let seed = u64::try_from(n).unwrap_or(u64::MAX);
            let unit = units.get(n % units.len().max(1))?;
            let pick = |list: &[&'static str], at: u64| list.get(usize::try_from(at).unwrap_or(0) % list.len()).copied().unwrap_or("");
            // One in fifty never misses a day.
            let zeal = if n % 50 == 3 { 1000 } else { 100 + drawn(&[seed, 1]) % 850 };
            Some(Worker {
                id: id_of(n),
                name: format!("{}{}", pick(SURNAMES, drawn(&[seed, 2])), pick(GIVEN, drawn(&[seed, 3]))),
                city: unit.parent.as_ref().and_then(|p| plan.unit(p)).map_or("", |u| u.name.as_str()),
                county: unit.name.as_str(),
                zeal,
                skill: 400 + drawn(&[seed, 4]) % 500,
            })
        })
        .collect()
}

/// Writes the exports into a folder: log-ins a month a file, a row a day; scores a week and a contest a file.
pub fn invent_practice(plan: &Plan, folder: &Path, of: &Invention, told: &mut dyn FnMut(&str)) -> Result<Invented> {
    let practice = plan.practice.as_ref().ok_or(PracticeRefusal::NoPractice)?;
    std::fs::create_dir_all(folder).map_err(|e| unwritable(folder, &e))?;
    let people = workers(plan, practice, of.people);
    let mut out = Invented::default();
    let last = practice.from.checked_add_days(Days::new(u64::from(of.days.max(1)) - 1)).unwrap_or(practice.to).min(practice.to);
    let mut first = practice.from;
    while first <= last {
        let month = month_of(first);
        let days: Vec<NaiveDate> = first.iter_days().take_while(|day| month_of(*day) == month && *day <= last).collect();
        first = days.last().and_then(|day| day.succ_opt()).unwrap_or(practice.to);
        let path = folder.join(format!("登录明细-{month}.csv"));
        told(&path.display().to_string());
        out.rows += logins(&path, &people, &days).map_err(|e| unwritable(&path, &e))?;
        out.files.push((PracticeKind::Daily, path));
        if days.last() == Some(&practice.to) {
            break;
        }
    }
    let scores = |kind: PracticeKind, path: PathBuf, period: NaiveDate, date: &str, out: &mut Invented| -> Result<()> {
        out.rows += self::scores(&path, &people, period, date, of.unnamed).map_err(|e| unwritable(&path, &e))?;
        out.files.push((kind, path));
        Ok(())
    };
    for monday in weeks(practice).take(of.weeks).take_while(|monday| *monday <= last) {
        let path = folder.join(format!("周周练-{monday}.csv"));
        scores(PracticeKind::Weekly, path, monday, "", &mut out)?;
    }
    for month in months(practice) {
        let Some(day) = contest_days(practice.monthly.days, month).last().copied().filter(|day| *day <= last) else { continue };
        let path = folder.join(format!("月月比-{month}.csv"));
        scores(PracticeKind::Monthly, path, day, &day.to_string(), &mut out)?;
    }
    Ok(out)
}

fn logins(path: &Path, people: &[Worker<'_>], days: &[NaiveDate]) -> std::io::Result<u64> {
    let mut file = BufWriter::with_capacity(1 << 20, File::create(path)?);
    writeln!(file, "姓名,身份证号,设区市,县（市、区）,登录日期")?;
    let mut rows = 0;
    for day in days {
        let number = u64::from(day.num_days_from_ce().unsigned_abs());
        for (n, one) in (0_u64..).zip(people) {
            if one.zeal >= 1000 || drawn(&[n, number, 5]) % 1000 < one.zeal {
                writeln!(file, "{},{},{},{},{day}", one.name, one.id, one.city, one.county)?;
                rows += 1;
            }
        }
    }
    file.flush()?;
    Ok(rows)
}

fn scores(path: &Path, people: &[Worker<'_>], period: NaiveDate, date: &str, unnamed: usize) -> std::io::Result<u64> {
    let mut file = BufWriter::with_capacity(1 << 20, File::create(path)?);
    writeln!(file, "姓名,身份证号,设区市,县（市、区）,{}成绩,用时（秒）", if date.is_empty() { "" } else { "比试日期," })?;
    let number = u64::from(period.num_days_from_ce().unsigned_abs());
    let mut rows = 0;
    for (n, one) in (0_u64..).zip(people) {
        if drawn(&[n, number, 6]) % 100 < 12 {
            continue;
        }
        let score = (one.skill + drawn(&[n, number, 7]) % 160).min(1000);
        let seconds = 300 + drawn(&[n, number, 8]) % 1500;
        let id = if usize::try_from(n).is_ok_and(|n| n < unnamed) { "" } else { one.id.as_str() };
        let date = if date.is_empty() { String::new() } else { format!("{date},") };
        writeln!(file, "{},{id},{},{},{date}{}.{},{seconds}", one.name, one.city, one.county, score / 10, score % 10)?;
        rows += 1;
    }
    file.flush()?;
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kaowu_core::plan::bundled;
    use kaowu_core::roster::check_id;
    use std::collections::BTreeSet;

    #[test]
    fn people_differ_and_are_valid() {
        let all: BTreeSet<String> = (0..60_000).map(id_of).collect();
        assert_eq!(all.len(), 60_000);
        let day = NaiveDate::from_ymd_opt(2020, 12, 31).unwrap();
        assert!(all.iter().all(|id| check_id(id, day).is_ok()));
    }

    #[test]
    fn the_same_numbers_give_the_same_files() {
        let plan = Plan::read(bundled("jiangsu-2020").unwrap()).unwrap();
        let of = Invention { people: 30, days: 40, weeks: 2, unnamed: 1 };
        let written = || {
            let folder = tempfile::tempdir().unwrap();
            let out = invent_practice(&plan, folder.path(), &of, &mut |_| {}).unwrap();
            out.files.iter().map(|(_, path)| (path.file_name().unwrap().to_owned(), std::fs::read(path).unwrap())).collect::<Vec<_>>()
        };
        let first = written();
        assert_eq!(first.len(), 2 + 2 + 1, "two months of log-ins, two weeks, one contest");
        assert_eq!(first, written());
    }
}
