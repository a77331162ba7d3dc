//! Practice from the platform's exports to the year's award: against what a few lines of brute force say of the same rows.

use crate::world::{ctx, fixture, id, new_event, write};
use kaowu_core::coded::Coded;
use kaowu_core::facts::TieHow;
use kaowu_core::identity::IdNumber;
use kaowu_core::journal::Mode;
use kaowu_core::plan::bundled;
use kaowu_core::practice::PracticeKind;
use kaowu_desk::{Ctx, Desk, NewEvent, PracticeImport, PracticeList, PracticeQuery, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;
use tempfile::TempDir;

fn office() -> Ctx {
    ctx("行风办", "2021-01-04T09:00:00+08:00")
}

fn import(desk: &mut Desk, kind: PracticeKind, file: &Path, accept: bool) -> Result<PracticeImport> {
    desk.import_practice(&office(), kind, None, file, accept, &mut |_, _| ControlFlow::Continue(()))
}

/// A small plan: ten days, the best two of a week, a contest in each of two months of which the best one counts.
fn small(folder: &TempDir) -> Desk {
    let text = bundled("jiangsu-2020").unwrap();
    let text = text.replacen("from = 2020-01-01\nto = 2020-12-31", "from = 2020-05-22\nto = 2020-06-30", 1);
    let text = text.replacen("best = 10\nlevel = \"time\"", "best = 2", 1).replacen("best = 10\ndays", "best = 2\ndays", 1);
    let text = text.replacen("best = 10\nmissing = \"zero\"", "best = 2\nmissing = \"zero\"", 1);
    Desk::create(&folder.path().join("hq.kaowu-db"), &office(), &NewEvent { plan: &text, mode: Mode::Drill }).unwrap()
}

fn scores(rows: &[(&str, usize, &str)]) -> String {
    let line =
        |(name, n, score): &(&str, usize, &str)| format!("{name},{},南京市,玄武区,{score}\n", if *n == 0 { String::new() } else { id(*n) });
    format!("姓名,身份证号,设区市,县区,成绩\n{}", rows.iter().map(line).collect::<String>())
}

fn column(list: &PracticeList, name: &str) -> Vec<String> {
    let at = list.table.columns.iter().position(|c| c == name).unwrap();
    list.table.rows.iter().map(|row| row[at].clone()).collect()
}

#[test]
fn every_day_of_the_period_in_whatever_form() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = small(&folder);
    let days: Vec<String> = (22..=31).map(|d| format!("2020-05-{d}")).chain((1..=30).map(|d| format!("2020-06-{d:02}"))).collect();
    // n misses every n-th day, beginning with 5.
    let there = |n: usize, at: usize| n < 5 || !(at + 1).is_multiple_of(n);
    let long: String = (0..10)
        .flat_map(|at| (1..8).filter(move |n| there(*n, at)).map(move |n| (at, n)))
        .map(|(at, n)| format!("王㛃,{},南京市,玄武区,{}\n", id(n), days[at]))
        .collect();
    let file = write(&folder, "五月.csv", &format!("姓名,身份证号,设区市,县区,登录日期\n{long}"));
    let first = import(&mut desk, PracticeKind::Daily, &file, false).unwrap();
    assert_eq!((first.people, first.refused, first.covers.as_slice()), (7, 0, ["2020-05-22 – 2020-05-31".to_owned()].as_slice()));
    let list = desk.practice_list(&PracticeQuery::Daily).unwrap();
    assert_eq!(column(&list, "id").into_iter().collect::<BTreeSet<_>>(), (1..5).map(id).collect());
    assert_eq!(list.lacks, ["2020-06-01 – 2020-06-30"]);

    // June as a workbook, a column a day.
    let columns = ["姓名", "身份证号", "单位"].into_iter().map(str::to_owned).chain(days[10..].to_vec());
    let columns = columns.map(|h| kaowu_sheets::Column::new(&h, 12, kaowu_sheets::Kind::Text)).collect();
    let rows = (1..8).map(|n| {
        let cells = (10..days.len()).map(|at| if there(n, at) && n != 4 { "√" } else { "" }.to_owned());
        [vec!["王㛃".to_owned(), id(n), "南京市玄武区".to_owned()], cells.collect()].concat()
    });
    let book = folder.path().join("六月登录.xlsx");
    kaowu_sheets::write_workbook(
        &book,
        &[kaowu_sheets::OutSheet { name: "登录".into(), title: "登录".into(), columns, rows: rows.collect() }],
    )
    .unwrap();
    import(&mut desk, PracticeKind::Daily, &book, false).unwrap();
    let list = desk.practice_list(&PracticeQuery::Daily).unwrap();
    assert_eq!(column(&list, "id").into_iter().collect::<BTreeSet<_>>(), (1..4).map(id).collect());
    assert!(list.lacks.is_empty() && list.people == 7);
    let total = (1..8).map(|n| (0..days.len()).filter(|at| there(n, *at) && (n != 4 || *at < 10)).count()).sum::<usize>();
    let tally = desk.practice_list(&PracticeQuery::Participation("city".into())).unwrap();
    assert_eq!((column(&tally, "days").last().unwrap(), column(&tally, "stars").last().unwrap().as_str()), (&total.to_string(), "3"));

    // The same file again changes nothing; another of that name asks; taken back it counts no more.
    let before = desk.fingerprint().unwrap();
    assert!(import(&mut desk, PracticeKind::Daily, &file, false).unwrap().unchanged);
    write(&folder, "五月.csv", &format!("姓名,身份证号,设区市,县区,登录日期\n王㛃,{},南京市,玄武区,2020-05-22\n", id(1)));
    assert_eq!(import(&mut desk, PracticeKind::Daily, &file, false).unwrap_err().code(), "practice-changed");
    assert_eq!(desk.fingerprint().unwrap(), before);
    import(&mut desk, PracticeKind::Daily, &file, true).unwrap();
    assert_eq!(desk.practice_list(&PracticeQuery::Daily).unwrap().table.rows.len(), 1, "only one was there on the 22nd");
    desk.remove_practice(&office(), PracticeKind::Daily, "五月.csv", "重复").unwrap();
    let list = desk.practice_list(&PracticeQuery::Daily).unwrap();
    assert_eq!((list.table.rows.len(), list.lacks.as_slice()), (3, ["2020-05-22 – 2020-05-31".to_owned()].as_slice()));
    let (kept, rebuilt) = desk.rebuild().unwrap();
    assert_eq!(kept, rebuilt, "views rebuilt equal views kept");
    assert!(desk.verify_journal().unwrap().faults.is_empty());
}

#[test]
fn a_tie_over_the_last_place_is_held_and_resolved_like_every_other() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = small(&folder);
    let file = write(&folder, "周2020-06-03.csv", &scores(&[("王㛃", 1, "90"), ("李䶮", 2, "80"), ("张𬭎", 3, "80"), ("赵弘", 4, "70")]));
    assert_eq!(import(&mut desk, PracticeKind::Weekly, &file, false).unwrap().covers, ["2020-06-01"]);
    let week = PracticeQuery::Weekly(Some("2020-06-07".into()));
    let list = desk.practice_list(&week).unwrap();
    assert_eq!((column(&list, "name"), list.held.len()), (vec!["王㛃".to_owned()], 1));
    let shown = desk.tie_rows().unwrap();
    assert_eq!(shown.len(), 1);
    assert!(
        shown[0].question.zh.contains("周周练达人 · 2020-06-01")
            && shown[0].question.en == "Ace of weekly practice · 2020-06-01"
            && shown[0].tied.iter().any(|t| t.name.zh.starts_with("李䶮（南京市玄武区") && t.name.en.starts_with("李䶮 (南京市玄武区")),
        "{shown:?}"
    );
    desk.resolve_tie(&office(), &shown[0].id, &[id(3), id(2)], TieHow::Lots, &["监督员".into()], "抽签记录").unwrap();
    let list = desk.practice_list(&week).unwrap();
    assert_eq!(
        (column(&list, "name"), column(&list, "rank")),
        (vec!["王㛃".to_owned(), "张𬭎".to_owned()], vec!["1".to_owned(), "2".to_owned()])
    );
    assert!(desk.held_ties().unwrap().is_empty());
    assert_eq!(column(&desk.practice_list(&PracticeQuery::Weekly(None)).unwrap(), "name"), ["王㛃", "张𬭎"]);
    // One more who is level makes it another tie, for which that ruling says nothing.
    let more = write(&folder, "周2020-06-04补.csv", &scores(&[("钱多", 5, "80")]));
    import(&mut desk, PracticeKind::Weekly, &more, false).unwrap();
    assert_eq!(desk.held_ties().unwrap()[0].tied.len(), 3);
}

#[test]
fn from_suspects_to_the_year() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = small(&folder);
    let may = write(&folder, "月月比2020-05.csv", &scores(&[("王㛃", 1, "90"), ("李䶮", 2, "85"), ("张𬭎", 3, "60"), ("赵弘", 0, "99")]));
    let taken = import(&mut desk, PracticeKind::Monthly, &may, false).unwrap();
    assert_eq!((taken.people, taken.unnamed, taken.covers.as_slice()), (4, 1, ["2020-05".to_owned()].as_slice()));
    let list = desk.practice_list(&PracticeQuery::Monthly(Some("2020-05".into()))).unwrap();
    assert_eq!((column(&list, "name"), list.waiting), (vec!["王㛃".to_owned(), "李䶮".to_owned()], 1));
    assert_eq!(desk.confirm_practice_year(&office(), "文号").unwrap_err().code(), "practice-unfinished");
    // June: Zhao Hong has a number there, so the name in May may be theirs.
    let june = write(&folder, "月月比2020-06.csv", &scores(&[("王㛃", 1, "50"), ("李䶮", 2, "65"), ("赵弘", 4, "42")]));
    import(&mut desk, PracticeKind::Monthly, &june, false).unwrap();
    assert_eq!(desk.confirm_practice_year(&office(), "文号").unwrap_err().code(), "claims-open");
    let suspects = desk.practice_suspects().unwrap();
    assert_eq!((suspects.len(), suspects[0].may_be.as_slice()), (1, [IdNumber(id(4))].as_slice()));
    let unit = suspects[0].unit.clone();
    let other = IdNumber(id(1));
    assert_eq!(desk.match_practice(&office(), &unit, "赵弘", Some(&other), "查").unwrap_err().code(), "claim-unfit");
    assert_eq!(desk.match_practice(&office(), &unit, "钱多", None, "查").unwrap_err().code(), "no-such-claim");
    assert_eq!(desk.match_strangers(&office(), "查").unwrap(), 0, "somebody of that name is known");
    desk.match_practice(&office(), &unit, "赵弘", Some(&IdNumber(id(4))), "经核实").unwrap();
    // 李䶮 85 + 65, 赵弘 99 + 42, 王㛃 90 + 50.
    let year = desk.practice_list(&PracticeQuery::Year).unwrap();
    assert_eq!(
        (column(&year, "name"), column(&year, "total")),
        (vec!["李䶮".to_owned(), "赵弘".to_owned()], vec!["150.00".to_owned(), "141.00".to_owned()])
    );
    let deeds = desk.confirm_practice_year(&office(), "苏人社函〔2021〕1号").unwrap();
    assert_eq!(
        deeds.iter().map(|d| (d.name.as_str(), d.rank, d.winner.clone())).collect::<Vec<_>>(),
        [("李䶮", Some(1), id(2)), ("赵弘", Some(2), id(4))]
    );

    assert_eq!(desk.decide_practice_prize(&office(), &[], "文号").unwrap_err().code(), "prize-count");
    let nanjing = || "320100".into();
    assert_eq!(desk.decide_practice_prize(&office(), &[nanjing(), nanjing()], "文号").unwrap_err().code(), "prize-count");
    assert_eq!(desk.decide_practice_prize(&office(), &["320102".into()], "文号").unwrap_err().code(), "prize-unit");
    assert_eq!(desk.decide_practice_prize(&office(), &[nanjing()], " ").unwrap_err().code(), "reason-needed");
    let prize = desk.decide_practice_prize(&office(), &[nanjing()], "苏人社函〔2021〕2号").unwrap();
    assert_eq!(prize[0].1, "参与 4 人，登录 0 人天，周周练 0 人次，月月比 7 人次");
    let (kept, rebuilt) = desk.rebuild().unwrap();
    assert_eq!(kept, rebuilt);
}

#[test]
fn files_that_contradict_each_other_or_say_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = small(&folder);
    let check = |desk: &mut Desk, kind, name: &str, text: &str, want: &str| {
        let got = import(desk, kind, &write(&folder, name, text), false).map_or_else(|e| e.code(), |_| "ok".to_owned());
        assert_eq!(got, want, "{name}");
    };
    let one = scores(&[("王㛃", 1, "90")]);
    check(&mut desk, PracticeKind::Weekly, "周.csv", &one, "practice-period-missing");
    check(&mut desk, PracticeKind::Weekly, "2019-06-03.csv", &one, "practice-period-missing");
    check(&mut desk, PracticeKind::Daily, "登录.csv", &one, "practice-no-days");
    check(&mut desk, PracticeKind::Monthly, "2020-05.csv", "姓名,身份证号,设区市,县区\n", "practice-no-scores");
    check(&mut desk, PracticeKind::Monthly, "2020-05.csv", &scores(&[("王㛃", 1, "优")]), "practice-nothing");
    check(&mut desk, PracticeKind::Monthly, "2020-05.csv", "甲,乙\n1,2\n", "columns-missing");
    let stopped =
        desk.import_practice(&office(), PracticeKind::Weekly, None, &write(&folder, "2020-06-01.csv", &one), false, &mut |_, _| {
            ControlFlow::Break(())
        });
    assert!(stopped.is_ok(), "a short file is read before anybody could stop it");
    let wrong =
        desk.import_practice(&office(), PracticeKind::Weekly, Some("2021-06-01"), &write(&folder, "x.csv", &one), false, &mut |_, _| {
            ControlFlow::Continue(())
        });
    assert_eq!(wrong.unwrap_err().code(), "practice-period-wrong");
    // Another file has another score of that week: the row is refused, the others are taken.
    let second = write(&folder, "2020-06-02乙.csv", &scores(&[("王㛃", 1, "91"), ("李䶮", 2, "80")]));
    let taken = import(&mut desk, PracticeKind::Weekly, &second, false).unwrap();
    assert_eq!((taken.people, taken.refused, taken.counts), (1, 1, BTreeMap::from([("practice-score-elsewhere".to_owned(), 1)])));
    let other = tempfile::tempdir().unwrap();
    let mut without = new_event(&other, "civil-service", Mode::Drill);
    assert_eq!(import(&mut without, PracticeKind::Weekly, &second, false).unwrap_err().code(), "no-practice");
    assert_eq!(without.practice_list(&PracticeQuery::Year).unwrap_err().code(), "no-practice");
    assert!(without.held_ties().unwrap().is_empty());
    assert!(import(&mut desk, PracticeKind::Weekly, &fixture("faulty/truncated.xlsx"), false).is_err());
}

/// Somebody for whom exports differ has no place, and the year waits for it.
#[test]
fn a_name_said_to_be_somebody_who_has_another_score_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = small(&folder);
    let may = write(&folder, "月月比2020-05.csv", &scores(&[("赵弘", 0, "99"), ("赵弘", 4, "42"), ("王㛃", 1, "90")]));
    let june = write(&folder, "月月比2020-06.csv", &scores(&[("王㛃", 1, "50")]));
    for file in [&may, &june] {
        import(&mut desk, PracticeKind::Monthly, file, false).unwrap();
    }
    let unit = "320102".into();
    desk.match_practice(&office(), &unit, "赵弘", Some(&IdNumber(id(4))), "误认").unwrap();
    let list = desk.practice_list(&PracticeQuery::Monthly(Some("2020-05".into()))).unwrap();
    assert_eq!((column(&list, "name"), list.differing.len()), (vec!["王㛃".to_owned()], 1));
    assert_eq!(desk.confirm_practice_year(&office(), "文号").unwrap_err().code(), "practice-unfinished");
    desk.match_practice(&office(), &unit, "赵弘", None, "另有其人").unwrap();
    let year = desk.practice_list(&PracticeQuery::Year).unwrap();
    assert_eq!(
        (column(&year, "name"), column(&year, "total")),
        (vec!["王㛃".to_owned(), "赵弘".to_owned()], vec!["140.00".to_owned(), "99.00".to_owned()])
    );
    assert_eq!(desk.confirm_practice_year(&office(), "文号").unwrap()[1].winner, "320102 赵弘");
}
