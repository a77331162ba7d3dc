//! Tables, and every list against brute force.

use super::*;
use crate::facts::{FactKey, LoginBlock, ScoreBlock, Topic, state, well_formed};
use crate::figure::Mark;
use crate::identity::UnitCode;
use crate::journal::Fact;
use crate::plan::{ContestDays, Level, MissingMonth, Plan, PracticePlan, bundled};
use crate::standing::{Contender, Rulings, rank};
use crate::words::Lang;
use chrono::{Datelike, Days, NaiveDate, Weekday};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

fn plan() -> Plan {
    Plan::read(bundled("jiangsu-2020").unwrap()).unwrap()
}

fn practice() -> PracticePlan {
    plan().practice.unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A valid ID number: the n-th of an invented birthday.
fn id(n: usize) -> String {
    let body = format!("320102{}{:02}{:02}{:03}", 1970 + n / 28 % 30, n % 12 + 1, n % 28 + 1, n % 999);
    let sum: u32 = body.bytes().enumerate().map(|(i, b)| u32::from(b - b'0') * ((1_u32 << (17 - i)) % 11)).sum();
    format!("{body}{}", ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][usize::try_from(sum % 11).unwrap()])
}

#[test]
fn the_last_weekend_lies_wholly_in_the_month() {
    let check = |month: &str, saturday: &str| {
        let days = contest_days(ContestDays::LastWeekend, Month::read(month).unwrap());
        assert_eq!(days, [day(saturday), day(saturday).succ_opt().unwrap()], "{month}");
    };
    check("2020-01", "2020-01-25");
    // Ends on a Saturday: its Sunday belongs to March.
    check("2020-02", "2020-02-22");
    check("2020-03", "2020-03-28");
    check("2020-04", "2020-04-25");
    // Ends on a Sunday.
    check("2020-05", "2020-05-30");
    check("2020-06", "2020-06-27");
    check("2020-07", "2020-07-25");
    check("2020-08", "2020-08-29");
    check("2020-09", "2020-09-26");
    check("2020-10", "2020-10-24");
    check("2020-11", "2020-11-28");
    check("2020-12", "2020-12-26");
    check("2021-02", "2021-02-27");
    check("2015-02", "2015-02-21");
    assert_eq!(contest_days(ContestDays::AnyDay, Month { year: 2020, month: 2 }).len(), 29);
}

proptest! {
    /// The last Saturday whose Sunday is of the same month, looked for day by day.
    #[test]
    fn last_weekends_by_brute_force(year in 1990..2100, month in 1..=12_u32) {
        let all: Vec<NaiveDate> = (1..=31).filter_map(|d| NaiveDate::from_ymd_opt(year, month, d)).collect();
        let mut pairs = all.windows(2).filter(|pair| pair[0].weekday() == Weekday::Sat);
        prop_assert_eq!(contest_days(ContestDays::LastWeekend, Month { year, month }), pairs.next_back().unwrap().to_vec());
    }
}

#[test]
fn weeks_and_months_touch_the_period() {
    let practice = practice();
    let all: Vec<NaiveDate> = weeks(&practice).collect();
    assert_eq!((all.len(), all[0], all[52]), (53, day("2019-12-30"), day("2020-12-28")));
    assert_eq!(months(&practice).count(), 12);
    let short = PracticePlan { from: day("2020-05-11"), to: day("2020-10-25"), ..practice.clone() };
    assert_eq!(
        months(&short).map(|m| m.to_string()).collect::<Vec<_>>(),
        ["2020-05", "2020-06", "2020-07", "2020-08", "2020-09", "2020-10"]
    );
    // The period ends before October's contest.
    let shorter = PracticePlan { to: day("2020-10-23"), ..short };
    assert_eq!(months(&shorter).count(), 5);
    assert_eq!(weeks(&shorter).next(), Some(day("2020-05-11")));
}

#[test]
fn days_as_people_write_them() {
    let check = |text: &str, want: Option<&str>| assert_eq!(day_in(text, day("2020-01-01"), day("2020-12-31")), want.map(day), "{text}");
    for text in [
        "2020-05-04",
        "2020/5/4",
        "2020年5月4日",
        "20200504",
        "2020.05.04 08:31:07",
        "2020-05-04 00:00:00",
        "5月4日",
        "２０２０-５-４",
        "2020-05-04至2020-05-10",
    ] {
        check(text, Some("2020-05-04"));
    }
    for text in ["", "2020-02-30", "5/4", "星期一", "43955", "2020", "2020-05"] {
        check(text, None);
    }
    // Without a year a day must be the only one of the period.
    assert_eq!(day_in("5月4日", day("2020-01-01"), day("2021-12-31")), None);
    for (text, want) in [
        ("2020-05", Some("2020-05")),
        ("2020年5月", Some("2020-05")),
        ("202005", Some("2020-05")),
        ("2020-13", None),
        ("5月", None),
        ("", None),
    ] {
        assert_eq!(Month::read(text).map(|m| m.to_string()).as_deref(), want, "{text}");
    }
}

proptest! {
    #[test]
    fn packed_days_read_back(days in proptest::collection::btree_set(0_usize..400, 0..60)) {
        prop_assert_eq!(days_of(&day_bits(days.iter().copied())).collect::<BTreeSet<_>>(), days);
    }

    #[test]
    fn packed_scores_read_back(marks in proptest::collection::vec((0_i64..100_000, proptest::option::of(0_u32..9_999)), 0..20)) {
        let ids: Vec<String> = (0..marks.len()).map(|n| if n % 3 == 0 { String::new() } else { id(n) }).collect();
        let rows: Vec<ScoreRow<'_>> = marks.iter().zip(&ids).map(|((mark, seconds), id)| ScoreRow { id, name: "王㛃", mark: Mark(*mark), seconds: *seconds }).collect();
        let block = ScoreBlock(ScoreRows::pack(rows.iter().copied()));
        let fact = state(&(PracticeKind::Weekly, day("2020-05-04"), "周.csv".to_owned(), UnitCode::from("320102")), &block);
        prop_assert!(well_formed(&fact, false) && !well_formed(&fact, true), "headquarters' alone");
        let read: ScoreBlock = serde_json::from_value(fact.value).unwrap();
        prop_assert_eq!(read.0.rows().collect::<Vec<_>>(), rows);
    }
}

#[test]
fn what_is_no_row_is_no_fact() {
    let logins = |rows: &str| Fact {
        topic: "practice-logins".into(),
        key: "日.csv/320102".into(),
        value: serde_json::json!({ "from": "2020-05-01", "rows": rows }),
    };
    let scores = |rows: &str| Fact { topic: "practice-scores".into(), key: "weekly/2020-05-04/周.csv/320102".into(), value: rows.into() };
    assert!(well_formed(&logins(",王,f;"), false) && well_formed(&scores(",王,5,;"), false) && well_formed(&scores(""), false));
    for wrong in ["x", "1,王,5;", ",王,zz;", ",,f;", ",王;", ",王,f"] {
        assert!(!well_formed(&logins(wrong), false), "{wrong}");
    }
    for wrong in [",王,5", ",王,a,;", ",王,5,x;", "320102,王,5,;", ",王,5,", ",,5,;"] {
        assert!(!well_formed(&scores(wrong), false), "{wrong}");
    }
    assert!(<ScoreBlock as Topic>::Key::read("weekly/2020-05-04/周.csv/320102").is_some());
    assert!(<ScoreBlock as Topic>::Key::read("weekly/2020-05-32/周.csv/320102").is_none());
    assert!(<LoginBlock as Topic>::Key::read("日.csv/320102").is_some());
}

proptest! {
    /// Whoever has every exported day of the period, and nobody else, whatever the files they are spread over.
    #[test]
    fn every_day_by_brute_force(
        length in 1_u64..40,
        covered in proptest::collection::btree_set(-3_i64..45, 0..45),
        there in proptest::collection::vec(proptest::collection::btree_set(0_i64..42, 0..42), 1..6),
        full in proptest::collection::vec(any::<bool>(), 6),
        split in 0_i64..45,
    ) {
        let from = day("2020-02-20");
        let at = |n: i64| if n < 0 { from.checked_sub_days(Days::new(n.unsigned_abs())) } else { from.checked_add_days(Days::new(n.unsigned_abs())) }.unwrap();
        let plan = PracticePlan { from, to: at(i64::try_from(length).unwrap() - 1), ..practice() };
        let days: Vec<BTreeSet<i64>> = there.iter().zip(&full).map(|(some, all)| if *all { covered.iter().copied().filter(|d| *d >= 0).collect() } else { some.clone() }).collect();
        let unit = UnitCode::from("320102");
        let ids: Vec<String> = (0..days.len()).map(id).collect();
        // Two files, parted at a day; the second counts from there.
        let file = |lower: i64, upper: i64| LoginRows::pack(days.iter().zip(&ids).map(|(days, id)| {
            (id, day_bits(days.iter().filter(|d| **d >= lower && **d < upper).map(|d| usize::try_from(d - lower).unwrap())))
        }).collect::<Vec<_>>().iter().map(|(id, days)| LoginRow { id, name: "王芳", days }));
        let (first, second) = (file(0, split), file(split, 99));
        let matches = Matches::new();
        let mut people = People::new(&matches);
        let spoken: BTreeSet<NaiveDate> = covered.iter().map(|d| at(*d)).collect();
        let got = daily(&plan, &spoken, [("a", from, &unit, &first), ("b", at(split), &unit, &second)], &mut people);
        let counted: Vec<i64> = covered.iter().copied().filter(|d| *d >= 0 && *d < i64::try_from(length).unwrap()).collect();
        let want: Vec<usize> = if counted.is_empty() { vec![] } else { (0..days.len()).filter(|p| counted.iter().all(|d| days[*p].contains(d))).collect() };
        prop_assert_eq!(got.stars, want);
        prop_assert_eq!(got.until, counted.last().map(|d| at(*d)));
        let gaps = counted.last().map_or(0, |last| (0..=*last).filter(|d| !covered.contains(d)).count());
        prop_assert_eq!(got.missing.len(), gaps);
        for (p, n) in got.days.iter().enumerate() {
            prop_assert_eq!(usize::try_from(*n).unwrap(), days[p].iter().filter(|d| **d < i64::try_from(length).unwrap()).count());
        }
    }
}

fn scored_people<'a>(matches: &'a Matches, ids: &'a [String], unit: &'a UnitCode) -> People<'a> {
    let mut people = People::new(matches);
    for id in ids {
        people.of(unit, id, "王芳", "1");
    }
    people
}

proptest! {
    /// The first N places of the leaders are those of everybody, ties and all; a quota is never exceeded.
    #[test]
    fn best_n_by_brute_force(
        scores in proptest::collection::vec((0_i64..6, proptest::option::of(0_u32..3)), 0..14),
        n in 1_u32..6,
        time in any::<bool>(),
    ) {
        let level = if time { Level::Time } else { Level::Held };
        let (matches, unit) = (Matches::new(), UnitCode::from("320102"));
        let ids: Vec<String> = (0..scores.len()).map(id).collect();
        let people = scored_people(&matches, &ids, &unit);
        let all: Vec<Scored> = scores.iter().enumerate().map(|(person, (mark, seconds))| Scored { person, mark: Mark(*mark), seconds: *seconds }).collect();
        let got = best("q", leaders(&people, &all, n, level), n, &Rulings::new());
        // Better: more marks; then, where time counts, less of it; none after any.
        let worth = |one: &Scored| (one.mark.0, if time { one.seconds.map_or(-1_000, |s| -i64::from(s)) } else { 0 });
        let better = |one: &Scored| all.iter().filter(|other| worth(other) > worth(one)).count();
        let level_with = |one: &Scored| all.iter().filter(|other| worth(other) == worth(one)).count();
        let quota = usize::try_from(n).unwrap();
        let mut want: Vec<(usize, String)> = all.iter().filter(|one| better(one) + level_with(one) <= quota).map(|one| (better(one) + 1, ids[one.person].clone())).collect();
        want.sort();
        let seen: Vec<(usize, String)> = got.rows.iter().map(|row| (usize::try_from(row.rank).unwrap(), row.id.clone())).collect();
        prop_assert_eq!(seen, want);
        let mut tied: Vec<String> = all.iter().filter(|one| better(one) < quota && better(one) + level_with(one) > quota).map(|one| ids[one.person].clone()).collect();
        tied.sort();
        prop_assert_eq!(got.held.iter().flat_map(|tie| tie.tied.clone()).collect::<Vec<_>>(), tied.clone());
        prop_assert!(got.rows.len() <= quota);
        // Once people have said in which order, the list is full.
        if let Some(tie) = got.held.first() {
            let rulings = Rulings::from([(tie.id.clone(), tied.clone())]);
            let done = best("q", leaders(&people, &all, n, level), n, &rulings);
            prop_assert!(done.held.is_empty() && done.rows.len() == quota);
        }
    }

    /// A year's total by trying every choice of contests.
    #[test]
    fn the_year_by_brute_force(
        marks in proptest::collection::vec(proptest::collection::vec(proptest::option::of(0_i64..100), 1..5), 1..7),
        best_months in proptest::option::of(1_u32..8),
        out in any::<bool>(),
    ) {
        let plan = crate::plan::YearPlan { best_months, missing: if out { MissingMonth::Out } else { MissingMonth::Zero }, ..practice().year };
        let contests: Vec<Vec<Scored>> = marks.iter().map(|contest| {
            contest.iter().enumerate().filter_map(|(person, mark)| mark.map(|m| Scored { person, mark: Mark(m), seconds: None })).collect()
        }).collect();
        let got: BTreeMap<usize, i64> = year(&plan, &contests).into_iter().map(|row| (row.person, row.total.0)).collect();
        for person in 0..5 {
            let own: Vec<i64> = marks.iter().filter_map(|contest| contest.get(person).copied().flatten()).collect();
            let counting = best_months.map_or(marks.len(), |k| usize::try_from(k).unwrap().min(marks.len()));
            let best = (0_u32..1 << own.len())
                .filter(|choice| usize::try_from(choice.count_ones()).unwrap() <= counting)
                .map(|choice| own.iter().enumerate().filter(|(n, _)| choice & (1 << n) != 0).map(|(_, m)| m).sum::<i64>())
                .max();
            let want = if own.is_empty() || (out && own.len() < counting) { None } else { best };
            prop_assert_eq!(got.get(&person).copied(), want, "{}", person);
        }
    }
}

#[test]
fn the_time_used_tells_level_scores_apart_where_the_plan_says_so() {
    let (matches, unit) = (Matches::new(), UnitCode::from("320102"));
    let ids: Vec<String> = (0..3).map(id).collect();
    let people = scored_people(&matches, &ids, &unit);
    let all: Vec<Scored> = [(90, Some(300)), (90, Some(200)), (90, None)]
        .into_iter()
        .enumerate()
        .map(|(person, (mark, seconds))| Scored { person, mark: Mark(mark), seconds })
        .collect();
    let firsts =
        |level, n| best("q", leaders(&people, &all, n, level), n, &Rulings::new()).rows.into_iter().map(|r| r.id).collect::<Vec<_>>();
    assert_eq!(firsts(Level::Time, 3), [ids[1].clone(), ids[0].clone(), ids[2].clone()]);
    assert_eq!(firsts(Level::Time, 1), [ids[1].clone()]);
    assert!(firsts(Level::Held, 1).is_empty());
}

#[test]
fn a_name_without_id_counts_once_somebody_has_said_who_it_is() {
    let unit = UnitCode::from("320102");
    let rows = ScoreRows::pack([
        ScoreRow { id: "", name: "李䶮", mark: Mark(90), seconds: None },
        ScoreRow { id: &id(1), name: "王芳", mark: Mark(80), seconds: None },
    ]);
    let check = |matches: Matches, want: &[(&str, i64)], differing: usize| {
        let mut people = People::new(&matches);
        let (scores, differ) = scored([("2020-05", &unit, &rows)], &mut people);
        let got: Vec<(String, i64)> = scores.iter().map(|s| (people.all()[s.person].who().text(), s.mark.0)).collect();
        assert_eq!(got, want.iter().map(|(w, m)| ((*w).to_owned(), *m)).collect::<Vec<_>>());
        assert_eq!(differ.len(), differing);
    };
    let claim = (unit.clone(), "李䶮".to_owned());
    let (first, second) = (id(1), id(2));
    check(Matches::new(), &[(&first, 80)], 0);
    check(Matches::from([(claim.clone(), None)]), &[("320102 李䶮", 90), (&first, 80)], 0);
    check(Matches::from([(claim.clone(), Some(second.as_str().into()))]), &[(&second, 90), (&first, 80)], 0);
    // Said to be somebody who has another score there: neither counts until that is mended.
    check(Matches::from([(claim.clone(), Some(first.as_str().into()))]), &[], 1);
    let known = [(&unit, "", "李䶮"), (&unit, second.as_str(), "李䶮"), (&unit, first.as_str(), "王芳")];
    let claims = [claim.clone()];
    let found = suspects(&claims, known, &Matches::new());
    assert_eq!(found, [Suspect { unit: unit.clone(), name: "李䶮".into(), may_be: vec![second.as_str().into()], decided: None }]);
    assert_eq!(suspects(&claims, known, &Matches::from([(claim, None)]))[0].decided, Some(None));
}

fn raw<'a>(row: u32, id: &'a str, name: &'a str, day: &'a str, score: &'a str) -> RawRow<'a> {
    RawRow { row, id, name, outer: "南京市", inner: "玄武区", day, score, ..RawRow::default() }
}

/// Codes said of rows, and how many rows were refused.
fn said(kind: PracticeKind, given: Option<&str>, rows: &[RawRow<'_>]) -> (Vec<(u32, String)>, u64, Gathered) {
    let plan = plan();
    let mut gather = Gather::new(&plan, plan.practice.as_ref().unwrap(), kind, given.map(day));
    for row in rows {
        gather.row(row, []);
    }
    let out = gather.finish();
    for told in &out.told {
        for lang in [Lang::Zh, Lang::En] {
            let words = told.said(lang);
            assert!(!words.what.contains('{') && !words.what.is_empty(), "{words:?}");
        }
    }
    (out.told.iter().map(|t| (t.row, t.code())).collect(), out.refused, out)
}

#[test]
fn bad_rows_are_told_and_never_stop_the_good_ones() {
    let (a, b) = (id(1), id(2));
    let bad = format!("{}{}", &a[..17], if a.ends_with('1') { '2' } else { '1' });
    let check = |kind, given, row: RawRow<'_>, want: &[&str], refused: u64| {
        let good = raw(2, &b, "张𬭎", "2020-05-30", "88.5");
        let (codes, n, out) = said(kind, given, &[good, row]);
        assert_eq!(codes, want.iter().map(|c| (3, (*c).to_owned())).collect::<Vec<_>>(), "{row:?}");
        assert_eq!((n, out.rows), (refused, 2), "{row:?}");
        assert!(out.people >= 1);
    };
    let monthly = |row, want: &[&str], refused| check(PracticeKind::Monthly, None, row, want, refused);
    monthly(raw(3, &a, "王芳", "2020-05-31", "100"), &[], 0);
    monthly(raw(3, &a, "王芳", "2020-05", "100"), &[], 0);
    monthly(raw(3, &a, "王芳", "2020-05-29", "100"), &["practice-no-contest"], 1);
    monthly(raw(3, &a, "王芳", "", "100"), &["practice-day-unreadable"], 1);
    monthly(raw(3, &a, "王芳", "2019-12-28", "100"), &["practice-day-outside"], 1);
    monthly(raw(3, &a, "王芳", "2020-05-31", "100.5"), &["practice-score-beyond"], 1);
    monthly(raw(3, &a, "王芳", "2020-05-31", "-1"), &["practice-score-beyond"], 1);
    monthly(raw(3, &a, "王芳", "2020-05-31", "优"), &["practice-score-unreadable"], 1);
    monthly(raw(3, &a, "王芳", "2020-05-31", ""), &["practice-score-unreadable"], 1);
    monthly(raw(3, &bad, "王芳", "2020-05-31", "90"), &["id-check-digit"], 1);
    monthly(raw(3, "", "王芳", "2020-05-31", "90"), &["practice-unnamed"], 0);
    monthly(raw(3, "320102********0018", "王芳", "2020-05-31", "90"), &["practice-unnamed"], 0);
    monthly(raw(3, &a, "", "2020-05-31", "90"), &["name-empty"], 1);
    monthly(raw(3, &b, "张弘", "2020-05-31", "90"), &["id-of-another"], 1);
    monthly(raw(3, &b, "张𬭎", "2020-05-31", "88.5"), &[], 0);
    monthly(raw(3, &b, "张𬭎", "2020-05-31", "89"), &["practice-score-twice"], 1);
    monthly(RawRow { inner: "玄武", ..raw(3, &a, "王芳", "2020-05-31", "90") }, &[], 0);
    monthly(RawRow { inner: "海门市", ..raw(3, &a, "王芳", "2020-05-31", "90") }, &["unit-not-there"], 1);
    monthly(RawRow { outer: "南京市玄武区", inner: "", ..raw(3, &a, "王芳", "2020-05-31", "90") }, &[], 0);
    monthly(RawRow { inner: "秦淮区", ..raw(3, &b, "张𬭎", "2020-05-31", "88.5") }, &["practice-unit-differs"], 0);
    monthly(RawRow { time: "5:45", ..raw(3, &a, "王芳", "2020-05-31", "90") }, &[], 0);
    monthly(RawRow { time: "很快", ..raw(3, &a, "王芳", "2020-05-31", "90") }, &["practice-time-unreadable"], 0);
    check(PracticeKind::Weekly, Some("2020-06-03"), raw(3, &a, "王芳", "", "90"), &[], 0);
    check(PracticeKind::Weekly, None, raw(3, &a, "王芳", "2019-12-31", "90"), &[], 0);
    check(PracticeKind::Weekly, None, raw(3, &a, "王芳", "2019-12-29", "90"), &["practice-day-outside"], 1);
    check(PracticeKind::Daily, None, raw(3, &a, "王芳", "2020-05-30", ""), &[], 0);
    check(PracticeKind::Daily, None, raw(3, &a, "王芳", "2021-01-01", ""), &["practice-day-outside"], 1);
}

#[test]
fn times_as_platforms_write_them() {
    let (a, plan) = (id(1), plan());
    for (time, want) in [
        ("345", Some(345)),
        ("5:45", Some(345)),
        ("0:05:45", Some(345)),
        ("5分45秒", Some(345)),
        ("6分", Some(360)),
        ("", None),
        ("1小时2分3秒", Some(3723)),
        ("1小时", Some(3600)),
        ("1小时5分钟", Some(3900)),
        ("1899-12-31 00:05:45", Some(345)),
        ("abc", None),
    ] {
        let mut gather = Gather::new(&plan, plan.practice.as_ref().unwrap(), PracticeKind::Monthly, None);
        gather.row(&RawRow { time, ..raw(2, &a, "王芳", "2020-05-30", "90") }, []);
        let out = gather.finish();
        assert_eq!(out.scores.values().next().unwrap().rows().next().unwrap().seconds, want, "{time}");
    }
}

#[test]
fn a_day_with_nothing_in_it_is_no_day() {
    for (cell, want) in [
        ("√", true),
        ("1", true),
        ("3次", true),
        ("0.5小时", true),
        ("是", true),
        ("", false),
        (" ", false),
        ("0", false),
        ("0次", false),
        ("0.0", false),
        ("否", false),
        ("—", false),
    ] {
        assert_eq!(cells::was_there(cell), want, "{cell}");
    }
}

#[test]
fn a_column_a_day_or_a_row_a_day_say_the_same() {
    let plan = plan();
    let practice = plan.practice.as_ref().unwrap();
    let (a, b) = (id(1), id(2));
    let mut wide = Gather::new(&plan, practice, PracticeKind::Daily, None);
    assert_eq!(wide.day_columns(["5月1日", "学习时长", "2020-05-02", "2020-05-03"]), 3);
    wide.row(&raw(2, &a, "王芳", "", ""), ["√", "300", "1", "是"]);
    wide.row(&raw(3, &b, "张𬭎", "", ""), ["", "20", "0", "1"]);
    let mut long = Gather::new(&plan, practice, PracticeKind::Daily, None);
    for (n, (id, name, on)) in [
        (&b, "张𬭎", "2020-05-03"),
        (&a, "王芳", "2020-05-03"),
        (&a, "王芳", "2020-05-01"),
        (&a, "王芳", "2020/5/2"),
        (&a, "王芳", "2020-05-02"),
    ]
    .into_iter()
    .enumerate()
    {
        long.row(&raw(u32::try_from(n).unwrap(), id, name, on, ""), []);
    }
    let (wide, long) = (wide.finish(), long.finish());
    assert_eq!((&wide.logins, wide.first, &wide.covered, wide.people), (&long.logins, long.first, &long.covered, long.people));
    let rows: Vec<LoginRow<'_>> = wide.logins[&UnitCode::from("320102")].rows().collect();
    assert_eq!(rows.iter().map(|r| days_of(r.days).collect::<Vec<_>>()).collect::<BTreeSet<_>>(), BTreeSet::from([vec![0, 1, 2], vec![2]]));
}

#[test]
fn participation_adds_up() {
    let plan = plan();
    let matches = Matches::new();
    let units: Vec<UnitCode> = ["320102", "320104", "320199", "320000", "320205"].iter().map(|u| UnitCode::from(*u)).collect();
    let ids: Vec<String> = (0..units.len()).map(id).collect();
    let mut people = People::new(&matches);
    for (unit, id) in units.iter().zip(&ids) {
        people.of(unit, id, "王芳", "1");
    }
    let each = vec![Tally { people: 1, stars: 1, days: 366, weeks: 53, contests: 12 }; units.len()];
    let by_city = tally(&plan, &"city".into(), &people, &each);
    assert_eq!(by_city[&UnitCode::from("320100")].people, 3);
    assert_eq!(by_city[&UnitCode::from("320200")].days, 366);
    // The department is in no city: it stands by itself.
    assert_eq!(by_city[&UnitCode::from("320000")].contests, 12);
    assert_eq!(by_city.values().map(|t| t.people).sum::<u32>(), 5);
    assert_eq!(tally(&plan, &"county".into(), &people, &each).values().map(|t| t.people).sum::<u32>(), 5);
}

#[test]
fn everybody_stands_once_with_their_latest_unit() {
    let matches = Matches::new();
    let (old, new) = (UnitCode::from("320102"), UnitCode::from("320104"));
    let a = id(1);
    for order in [[(&old, "2020-01"), (&new, "2020-02")], [(&new, "2020-02"), (&old, "2020-01")]] {
        let mut people = People::new(&matches);
        for (unit, at) in order {
            people.of(unit, &a, "王芳", at);
        }
        assert_eq!(people.all().len(), 1);
        assert_eq!(people.all()[0].unit, &new);
    }
}

/// The list that `rank` makes of everybody is what `leaders` spares us.
#[test]
fn leaders_spare_the_rest() {
    let all: Vec<Contender> = (0..9).map(|n| Contender { id: n.to_string(), total: Mark(n), keys: vec![] }).collect();
    let whole = rank("q", all.clone(), &Rulings::new());
    assert_eq!(best("q", all, 3, &Rulings::new()).rows, whole.rows[..3]);
}
