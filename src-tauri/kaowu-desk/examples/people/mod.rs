//! An event of 40,000 people, for what is measured with as many.

use chrono::DateTime;
use kaowu_core::journal::Mode;
use kaowu_core::plan::{Plan, bundled};
use kaowu_desk::{Ctx, Desk, NewEvent};
use std::fmt::Write;
use std::path::{Path, PathBuf};

pub(crate) const PEOPLE: usize = 40_000;

pub(crate) fn ctx(operator: &str, time: &str) -> Ctx {
    Ctx { now: DateTime::parse_from_rfc3339(time).unwrap(), mono: 1, boot: "b".into(), operator: operator.into() }
}

fn id(n: usize) -> String {
    let body = format!("320102{}{:02}{:02}{:03}", 1960 + n / 28_000 % 40, n / 28 % 12 + 1, n % 28 + 1, n / 336 % 1000);
    let sum: u32 = body.bytes().enumerate().map(|(i, b)| u32::from(b - b'0') * ((1 << (17 - i)) % 11)).sum();
    format!("{body}{}", ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][usize::try_from(sum % 11).unwrap()])
}

/// An event with seats drawn.
pub(crate) fn event(folder: &Path) -> PathBuf {
    let plan = Plan::read(bundled("jiangsu-2020").unwrap()).unwrap();
    let counties: Vec<_> = plan.units.iter().filter(|u| u.tier.as_str() == "county" && u.valid_from.is_none()).collect();
    let mut roster = String::from("姓名,性别,身份证号,设区市,县（市、区）\n");
    let mut cities = std::collections::BTreeMap::<String, usize>::new();
    for n in 0..PEOPLE {
        let (county, id) = (counties[n % counties.len()], id(n));
        let city = plan.unit(county.parent.as_ref().unwrap()).unwrap();
        let sex = if id.as_bytes()[16] % 2 == 1 { "男" } else { "女" };
        writeln!(roster, "王芳,{sex},{id},{},{}", city.name, county.name).unwrap();
        *cities.entry(city.code.as_str()[..4].to_owned()).or_default() += 1;
    }
    let mut rooms = String::from("阶段,设区市代码,考点,考场号,各列座位数,起始角,排列\n");
    for (city, people) in cities {
        for room in 1..=people.div_ceil(30) {
            writeln!(rooms, "city,{city},{city}考点,{room:03},7-8-8-7,左前,S").unwrap();
        }
    }
    std::fs::write(folder.join("名单.csv"), roster).unwrap();
    std::fs::write(folder.join("考场.csv"), rooms).unwrap();
    let db = folder.join("总部.kaowu-db");
    let at = ctx("考务处", "2020-06-20T09:00:00+08:00");
    let mut desk = Desk::create(&db, &at, &NewEvent { plan: bundled("jiangsu-2020").unwrap(), mode: Mode::Drill }).unwrap();
    desk.import_roster(&at, &"city".into(), &folder.join("名单.csv"), false).unwrap();
    desk.import_rooms(&at, &folder.join("考场.csv")).unwrap();
    desk.draw_seats(&at, &"city".into(), "40000").unwrap();
    db
}
