use super::*;

fn plan(judges: u8, high: u8, low: u8) -> PanelPlan {
    PanelPlan { judges, drop_high: high, drop_low: low, drop_by: DropBy::Total, criteria: vec![], equalise: false }
}

fn sheet(marks: &str) -> Vec<Vec<Option<Mark>>> {
    marks.split_whitespace().map(|m| vec![if m == "-" { None } else { Some(Mark::parse(m).unwrap()) }]).collect()
}

#[test]
fn trimmed_mean() {
    let check = |marks: &str, want: &str, dropped: &[usize]| {
        let judges = sheet(marks);
        let plan = plan(u8::try_from(judges.len()).unwrap(), 1, 1);
        let got = panel_result(&plan, Mark(100_000), Mark(100), Places(2), &judges).unwrap();
        assert_eq!((got.published.show(Places(2)).as_str(), got.dropped.as_slice()), (want, dropped), "{marks}");
    };
    check("80.4 76.4 84.5 77.4 81.6 76.7 81.1", "79.44", &[1, 2]);
    check("90 90 90 90 90 90 90", "90.00", &[0, 6]);
    check("90 80 90 80 85 85 85", "85.00", &[1, 2]);
    check("0 0 0.1 0 0 0.1 0.1", "0.04", &[0, 6]);
}

#[test]
fn refuses() {
    let check = |marks: &str, want: &str| {
        let fault = panel_result(&plan(7, 1, 1), Mark(100_000), Mark(100), Places(2), &sheet(marks)).unwrap_err();
        assert_eq!(crate::coded::Coded::code(&fault), want, "{marks}");
    };
    check("80 80 80 80 80 80", "judges-wrong");
    check("80 80 80 - 80 80 80", "judge-missing");
    check("80 80 80 80.05 80 80 80", "judge-mark");
    check("80 80 80 101 80 80 80", "judge-mark");
    let texts = |s: &str| s.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let read = |s: &str| read_sheet(&plan(3, 0, 0), Mark(100_000), Mark(100), &texts(s));
    assert_eq!(read("缺考 缺考 缺考"), Ok(Some(PanelSheet::Absent)));
    assert_eq!(read("缺考 90 缺考"), Err(PanelFault::AbsentInPart));
    assert_eq!(read_sheet(&plan(2, 0, 0), Mark(100_000), Mark(100), &[String::new(), String::new()]), Ok(None));
}

#[test]
fn per_criterion_and_equalised() {
    let mut plan = plan(3, 1, 1);
    plan.drop_by = DropBy::Criterion;
    plan.criteria = vec![
        crate::plan::Criterion { name: "仪表".into(), full: Mark(40_000) },
        crate::plan::Criterion { name: "表达".into(), full: Mark(60_000) },
    ];
    let judges = vec![
        vec![Some(Mark(30_000)), Some(Mark(50_000))],
        vec![Some(Mark(40_000)), Some(Mark(10_000))],
        vec![Some(Mark(35_000)), Some(Mark(20_000))],
    ];
    let got = panel_result(&plan, Mark(100_000), Mark(100), Places(2), &judges).unwrap();
    assert_eq!((got.sum, got.published), (Mark(55_000), Mark(55_000)), "35 of 30 35 40, 20 of 10 20 50");

    let mut plan = self::plan(1, 0, 0);
    plan.equalise = true;
    let people = [("a", "1", "80"), ("b", "1", "60"), ("c", "2", "90"), ("d", "2", "90")];
    let sheets = people.iter().map(|(id, panel, m)| (IdNumber::from(*id), PanelId::from(*panel), PanelSheet::Judges(sheet(m)))).collect();
    let got = panel_results(&plan, Mark(100_000), Mark(100), Places(2), sheets).unwrap();
    // Means 70 and 90, overall 80: 80·80/70, 60·80/70, 90·80/90.
    let marks: Vec<String> = got.iter().map(|(_, r)| r.published.show(Places(2))).collect();
    assert_eq!(marks, ["91.43", "68.57", "80.00", "80.00"]);
}

/// All real panels of the figure-skating file: 0.0 is its way of saying that a seat on the panel stayed empty.
#[test]
fn real_panels_agree_with_what_was_published() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/figure-skating/panels.csv");
    let mut reader = csv::Reader::from_path(path).unwrap();
    let mut count = 0;
    for row in reader.records() {
        let row = row.unwrap();
        let judges: Vec<Vec<Option<Mark>>> =
            (3..12).filter(|n| !["0.0", "0", ""].contains(&&row[*n])).map(|n| vec![Some(Mark::parse(&row[n]).unwrap())]).collect();
        let plan = plan(u8::try_from(judges.len()).unwrap(), 1, 1);
        let got = panel_result(&plan, Mark(10_000), Mark(250), Places(2), &judges).unwrap();
        assert_eq!(got.published, Mark::parse(&row[12]).unwrap(), "{}", row.iter().collect::<Vec<_>>().join(","));
        count += 1;
    }
    assert_eq!(count, 8_630);
}

proptest::proptest! {
    /// Against brute force: sort, cut both ends, divide with plain integers.
    #[test]
    fn mean_by_brute_force(marks in proptest::collection::vec(0_i64..=1000, 3..12)) {
        let judges: Vec<Vec<Option<Mark>>> = marks.iter().map(|m| vec![Some(Mark(m * 100))]).collect();
        let got = panel_result(&plan(u8::try_from(marks.len()).unwrap(), 1, 1), Mark(100_000), Mark(100), Places(2), &judges).unwrap();
        let mut sorted = marks.clone();
        sorted.sort_unstable();
        let kept = &sorted[1..sorted.len() - 1];
        let (sum, n) = (kept.iter().sum::<i64>() * 10, i64::try_from(kept.len()).unwrap());
        proptest::prop_assert_eq!(got.published.0, (2 * sum + n) / (2 * n) * 10);
    }
}

/// One rule for marks and sheets: after one pass somebody else confirms the same sheet, or two people hold another.
#[test]
fn four_eyes() {
    let judges = |marks: &str| PanelSheet::Judges(sheet(marks));
    let keyed = |marks: &str, by: &str| KeyedSheet { sheet: judges(marks), panel: "1".into(), by: by.into() };
    let one = settle([&[keyed("80 81", "甲")], &[]], &[]);
    let different = settle([&[keyed("80 81", "甲")], &[keyed("80 82", "乙")]], &[]);
    for (state, marks, by, want) in [
        (&one, "80 81", &["乙"][..], Ok(())),
        (&one, "80 82", &["乙"], Err("second-pass-needed")),
        (&one, "80 81", &["甲"], Err("own-decision")),
        (&one, "80 82", &["乙", "丙"], Ok(())),
        (&different, "80 83", &["丙"], Ok(())),
        (&different, "80 81", &["甲"], Err("own-decision")),
    ] {
        let by: Vec<Operator> = by.iter().map(|n| (*n).into()).collect();
        let got = may_decide(state, &judges(marks), &by).map_err(|f| crate::coded::Coded::code(&f));
        assert_eq!(got, want.map_err(str::to_owned), "{marks} {by:?}");
    }
}
