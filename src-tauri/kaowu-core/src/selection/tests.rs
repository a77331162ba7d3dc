use super::*;
use crate::plan::PartRef;
use proptest::prelude::*;

fn plan(cut: Cut) -> SelectionPlan {
    SelectionPlan {
        by: PartRef { stage: "city".into(), part: "written".into() },
        to: "province".into(),
        to_parts: vec![],
        rules: vec![
            SelectionRule::Teams { name: "队".into(), name_en: None, per: "city".into(), of: "county".into(), teams: 2, size: 4, cut },
            SelectionRule::Best { name: "个人".into(), name_en: None, per: "city".into(), count: Count::Fixed(5), cut },
        ],
        freeze: None,
    }
}

/// `a1:90` is person a1 of county a with mark 90; `-` absent, `?` missing; county `x` is the city's office.
fn entrants(spec: &str) -> Vec<Entrant> {
    spec.split_whitespace()
        .map(|one| {
            let (id, mark) = one.split_once(':').unwrap();
            let county = &id[..1];
            let mut groups = BTreeMap::from([(TierId::from("city"), UnitCode::from("C"))]);
            if county != "x" {
                groups.insert("county".into(), county.into());
            }
            let mark = match mark {
                "?" => None,
                "-" => Some(MarkValue::Absent),
                mark => Some(MarkValue::Given(Mark::parse(mark).unwrap())),
            };
            Entrant { id: id.into(), groups, mark }
        })
        .collect()
}

fn show(selection: &Selection) -> String {
    let people =
        selection.people.iter().map(|s| format!("{}{}", s.id, if s.team.is_some() { "*" } else { "" })).collect::<Vec<_>>().join(" ");
    format!("{people} |{}", selection.held.len())
}

const FULL: &str = "a1:90 a2:89 a3:88 a4:87 b1:80 b2:79 b3:78 b4:77 c1:99 c2:70 c3:69 c4:68 a5:60 b5:59 x1:95 x2:58 c5:10";

#[test]
fn teams_first_then_the_best_of_the_rest() {
    let check = |spec: &str, cut: Cut, want: &str| {
        assert_eq!(show(&select(&plan(cut), &entrants(spec), &Grounds::default()).unwrap()), want, "{spec}");
    };
    check(FULL, Cut::Held, "a1* a2* a3* a4* b1* b2* b3* b4* c1 x1 c2 c3 c4 |0");
    // c lacks a fourth with a mark and forms no team, however good its three are; absent people are passed over.
    check("a1:10 a2:10 a3:10 a4:9 b1:9 b2:9 b3:9 b4:8 c1:99 c2:98 c3:97 c4:-", Cut::Held, "a1* a2* a3* a4* b1* b2* b3* b4* c1 c2 c3 |0");
    // A tie across the cut is held and leaves its places open, or lets all in where the plan says so.
    let tie = "a1:9 a2:9 a3:9 a4:9 b1:8 b2:8 b3:8 b4:8 x1:7 x2:6 x3:5 x4:4 x5:3 x6:3";
    check(tie, Cut::Held, "a1* a2* a3* a4* b1* b2* b3* b4* x1 x2 x3 x4 |1");
    check(tie, Cut::AllEnter, "a1* a2* a3* a4* b1* b2* b3* b4* x1 x2 x3 x4 x5 x6 |0");
}

#[test]
fn ties_wait_for_a_ruling() {
    let people = entrants("a1:9 a2:9 a3:9 a4:9 b1:8 b2:8 b3:8 b4:8 c1:8 c2:8 c3:8 c4:8");
    let first = select(&plan(Cut::Held), &people, &Grounds::default()).unwrap();
    assert_eq!(first.held.len(), 2, "two level teams, and level individuals: {first:?}");
    assert_eq!((first.people.len(), first.open), (4, 9), "of thirteen places a team and five individuals are open");
    let team = first.held.iter().find(|tie| tie.tied == ["b", "c"]).unwrap();
    let mut grounds = Grounds::default();
    grounds.rulings.insert(team.id.clone(), vec!["c".into(), "b".into()]);
    let second = select(&plan(Cut::Held), &people, &grounds).unwrap();
    assert_eq!(show(&second), "a1* a2* a3* a4* c1* c2* c3* c4* b1 b2 b3 b4 |0");
}

#[test]
fn nominated_teams_and_missing_marks() {
    let mut grounds = Grounds::default();
    grounds.nominations.insert("C".into(), vec!["b".into(), "c".into()]);
    let got = select(&plan(Cut::Held), &entrants(FULL), &grounds).unwrap();
    assert!(show(&got).starts_with("b1* b2* b3* b4* c1* c2* c3* c4* x1 a1"), "{}", show(&got));
    grounds.nominations.insert("C".into(), vec!["z".into()]);
    assert!(select(&plan(Cut::Held), &entrants(FULL), &grounds).is_err());
    assert!(select(&plan(Cut::Held), &entrants("a1:?"), &Grounds::default()).is_err());
}

#[test]
fn by_openings() {
    let mut plan = plan(Cut::AllEnter);
    plan.rules = vec![SelectionRule::Best {
        name: "面试".into(),
        name_en: None,
        per: "county".into(),
        count: Count::PerOpening(3),
        cut: Cut::AllEnter,
    }];
    let grounds = Grounds { openings: BTreeMap::from([("a".into(), 1), ("b".into(), 1)]), ..Grounds::default() };
    let got = select(&plan, &entrants("a1:9 a2:8 a3:7 a4:7 a5:6 b1:5 c1:9"), &grounds).unwrap();
    assert_eq!(show(&got), "a1 a2 a3 a4 b1 |0");
}

#[test]
fn the_next_comes_in() {
    let people = entrants(FULL);
    let got = select(&plan(Cut::Held), &people, &Grounds::default()).unwrap();
    let mut out: BTreeSet<IdNumber> = got.people.iter().map(|s| s.id.clone()).collect();
    let who = |id: &str| got.people.iter().find(|s| s.id.as_str() == id).unwrap();
    let next = |leaves: &str, out: &BTreeSet<IdNumber>| {
        next_in_line(&plan(Cut::Held), who(leaves), &people, out, &Rulings::new()).unwrap().map(|id| id.0)
    };
    assert_eq!(next("a2", &out).as_deref(), Some("a5"), "same county");
    assert_eq!(next("c1", &out).as_deref(), Some("a5"), "same city");
    out.insert("a5".into());
    assert_eq!(next("a2", &out), None, "nobody left in the county");
    assert_eq!(next("c1", &out).as_deref(), Some("b5"));
}

fn field() -> impl Strategy<Value = Vec<Entrant>> {
    prop::collection::vec((0_usize..4, prop::option::weighted(0.9, 0_i64..40)), 0..40).prop_map(|people| {
        let spec: Vec<String> = people
            .iter()
            .enumerate()
            .map(|(n, (county, mark))| {
                format!("{}{n:02}:{}", ["a", "b", "c", "x"][*county], mark.map_or("-".to_owned(), |m| m.to_string()))
            })
            .collect();
        entrants(&spec.join(" "))
    })
}

proptest! {
    #[test]
    fn quotas_are_never_exceeded(people in field()) {
        let got = select(&plan(Cut::Held), &people, &Grounds::default()).unwrap();
        let teams: BTreeSet<_> = got.people.iter().filter_map(|s| s.team.clone()).collect();
        prop_assert!(teams.len() <= 2);
        prop_assert!(teams.iter().all(|t| got.people.iter().filter(|s| s.team.as_ref() == Some(t)).count() <= 4));
        prop_assert!(got.people.iter().filter(|s| s.team.is_none()).count() <= 5);
        let distinct: BTreeSet<_> = got.people.iter().map(|s| &s.id).collect();
        prop_assert_eq!(distinct.len(), got.people.len());
        prop_assert!(got.people.iter().all(|s| people.iter().any(|e| e.id == s.id && matches!(e.mark, Some(MarkValue::Given(_))))));
    }

    /// The individuals are the first five who are in no team, by brute force, wherever no tie is held.
    #[test]
    fn individuals_are_the_first_five_in_no_team(people in field(), turn in 0_usize..40) {
        let got = select(&plan(Cut::Held), &people, &Grounds::default()).unwrap();
        let mut turned = people.clone();
        if !turned.is_empty() { let by = turn % turned.len(); turned.rotate_left(by); }
        prop_assert_eq!(&select(&plan(Cut::Held), &turned, &Grounds::default()).unwrap(), &got, "order of the input");
        if got.held.is_empty() {
            let team: BTreeSet<_> = got.people.iter().filter(|s| s.team.is_some()).map(|s| s.id.clone()).collect();
            let mut rest: Vec<(i64, String)> = people.iter().filter(|e| !team.contains(&e.id))
                .filter_map(|e| match e.mark { Some(MarkValue::Given(m)) => Some((-m.0, e.id.to_string())), _ => None }).collect();
            rest.sort();
            let want: BTreeSet<String> = rest.into_iter().take(5).map(|(_, id)| id).collect();
            let have: BTreeSet<String> = got.people.iter().filter(|s| s.team.is_none()).map(|s| s.id.to_string()).collect();
            prop_assert_eq!(have, want);
        }
    }
}
