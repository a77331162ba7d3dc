use super::*;
use proptest::prelude::*;

fn contenders(spec: &str) -> Vec<Contender> {
    spec.split_whitespace()
        .map(|one| {
            let mut parts = one.split(':');
            let id = parts.next().unwrap().to_owned();
            let marks: Vec<Mark> = parts.map(|m| Mark::parse(m).unwrap()).collect();
            Contender { id, total: marks[0], keys: marks[1..].to_vec() }
        })
        .collect()
}

fn ranks(standing: &Standing) -> String {
    standing.rows.iter().map(|r| format!("{}{}{}", r.rank, r.id, if r.tie.is_some() { "?" } else { "" })).collect::<Vec<_>>().join(" ")
}

#[test]
fn competition_ranks_keys_and_held_ties() {
    let check = |spec: &str, want: &str| assert_eq!(ranks(&rank("q", contenders(spec), &Rulings::new())), want, "{spec}");
    check("a:90 b:80 c:70", "1a 2b 3c");
    check("c:70 a:90 b:90", "1a? 1b? 3c");
    check("a:90:1 b:90:2 c:80:0", "1b 2a 3c");
    check("a:90:1:5 b:90:1:5 c:90:1:4", "1a? 1b? 3c");
    check("", "");
}

#[test]
fn a_ruling_holds_for_exactly_its_tie() {
    let held = rank("q", contenders("a:90 b:90 c:80"), &Rulings::new()).held.remove(0);
    let rulings = Rulings::from([(held.id.clone(), vec!["b".to_owned(), "a".to_owned()])]);
    assert_eq!(ranks(&rank("q", contenders("a:90 b:90 c:80"), &rulings)), "1b 2a 3c");
    assert_eq!(ranks(&rank("q", contenders("a:90 b:90 c:90"), &rulings)), "1a? 1b? 1c?", "another tie");
    assert_eq!(ranks(&rank("other", contenders("a:90 b:90 c:80"), &rulings)), "1a? 1b? 3c", "another question");
    assert!(check_ruling(&held, &["b".into(), "a".into()]).is_ok());
    for wrong in [vec!["a"], vec!["a", "c"], vec!["a", "a"], vec!["a", "b", "c"]] {
        let order: Vec<String> = wrong.iter().map(|s| (*s).to_owned()).collect();
        assert!(check_ruling(&held, &order).is_err(), "{wrong:?}");
    }
}

#[test]
fn places_are_never_over_or_underfilled() {
    let check = |spec: &str, from: u32, to: u32, want: &str, held: usize| {
        let (rows, ties) = places(&rank("q", contenders(spec), &Rulings::new()), from, to);
        let got = rows.iter().map(|r| format!("{}{}", r.rank, r.id)).collect::<Vec<_>>().join(" ");
        assert_eq!((got.as_str(), ties.len()), (want, held), "{spec} {from}..{to}");
    };
    check("a:9 b:8 c:7", 1, 2, "1a 2b", 0);
    check("a:9 b:9 c:7", 1, 2, "1a 1b", 0);
    check("a:9 b:9 c:7", 1, 1, "", 1);
    check("a:9 b:9 c:7", 2, 3, "3c", 1);
    check("a:9 b:8 c:8 d:7", 1, 2, "1a", 1);
    check("a:9 b:8 c:8 d:7", 2, 3, "2b 2c", 0);
    check("a:9", 2, 5, "", 0);
}

proptest! {
    /// A rank is one more than the number of those strictly better; and it does not know the order of the input.
    #[test]
    fn rank_by_counting(totals in prop::collection::vec((0_i64..8, 0_i64..3), 0..30), turn in 0_usize..30) {
        let all: Vec<Contender> =
            totals.iter().enumerate().map(|(n, (t, k))| Contender { id: format!("{n:03}"), total: Mark(*t), keys: vec![Mark(*k)] }).collect();
        let standing = rank("q", all.clone(), &Rulings::new());
        for row in &standing.rows {
            let me = all.iter().find(|c| c.id == row.id).unwrap();
            let better = all.iter().filter(|c| (c.total, &c.keys) > (me.total, &me.keys)).count();
            prop_assert_eq!(row.rank as usize, better + 1);
        }
        let mut turned = all;
        if !turned.is_empty() {
            let by = turn % turned.len();
            turned.rotate_left(by);
        }
        prop_assert_eq!(rank("q", turned, &Rulings::new()), standing);
    }

    /// Names do not matter: the same totals under other ids give the same ranks.
    #[test]
    fn blind_to_names(totals in prop::collection::vec(0_i64..8, 0..30)) {
        let of = |name: &dyn Fn(usize) -> String| {
            let all = totals.iter().enumerate().map(|(n, t)| Contender { id: name(n), total: Mark(*t), keys: vec![] }).collect();
            let mut ranks: Vec<(i64, u32)> = rank("q", all, &Rulings::new()).rows.iter().map(|r| (r.total.0, r.rank)).collect();
            ranks.sort_unstable();
            ranks
        };
        prop_assert_eq!(of(&|n| format!("{n:03}")), of(&|n| format!("{:03}", 900 - n)));
    }
}
