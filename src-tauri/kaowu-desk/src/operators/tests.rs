//! The gate, each role by each kind, asked as every use case asks it.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::{Ctx, Desk, NewEvent, NewOperator, Pin};
use chrono::DateTime;
use kaowu_core::coded::Coded;
use kaowu_core::identity::Operator;
use kaowu_core::journal::Mode;
use kaowu_core::operators::{ACTS, Role, Second};
use kaowu_core::plan::bundled;
use kaowu_ledger::Draft;

fn by(who: &str) -> Ctx {
    let now = DateTime::parse_from_rfc3339("2020-06-27T08:50:00+08:00").unwrap();
    Ctx { now, mono: 1, boot: "test".into(), operator: who.into() }
}

/// An act of a kind that names these people besides the operator.
fn act(desk: &mut Desk, who: &str, kind: &str, named: &[&str]) -> String {
    let named: Vec<Operator> = named.iter().map(|n| (*n).into()).collect();
    let done = desk.record(&by(who), |_| Ok((Draft::new(kind).with_seconds(named), ())));
    done.map_or_else(|e| e.code(), |()| "ok".to_owned())
}

#[test]
fn the_gate_lets_through_what_the_table_lets_through() {
    let folder = tempfile::tempdir().unwrap();
    let new = NewEvent { plan: bundled("civil-service").unwrap(), mode: Mode::Drill };
    let pin = Pin::new("805213");
    let (mut desk, _) = Desk::create_protected(&folder.path().join("e.db"), &by("甲"), &new, &pin).unwrap();
    let roles_of_all = [Role::Hq, Role::SiteHead, Role::Certificates, Role::Secretary];
    let people = Role::ALL.map(|role| (format!("人-{}", role.word()), role));
    for (who, roles) in people.iter().map(|(who, role)| (who.as_str(), vec![*role])).chain([("第二人", roles_of_all.to_vec())]) {
        let named = NewOperator { name: &who.into(), roles: &roles, sites: &[], pin: Some(&pin) };
        if desk.operators().unwrap().iter().any(|row| row.name.as_str() == "人-hq") {
            desk.prove(&by("甲"), &"人-hq".into(), &pin).unwrap();
        }
        desk.name_operator(&by("甲"), &named).unwrap();
    }
    // Each role writes one of that kind itself in passing.
    let mut denied = Role::ALL.len();
    let asks = |second: Second| !matches!(second, Second::No | Second::OnceTwoOfHq(_));
    for (who, role) in &people {
        desk.take_over(&by(who), &pin).unwrap();
        for row in ACTS {
            let wanted: &[(&[&str], &str)] = match row.second {
                _ if !row.roles.contains(role) => &[(&[], "operator-may-not"), (&["第二人"], "operator-may-not")],
                Second::Always(_) => &[(&[], "second-pin-needed"), (&["第二人"], "second-not-proven")],
                Second::Named(_) => &[(&[], "ok"), (&["第二人"], "second-not-proven")],
                // These name nobody of headquarters.
                Second::No | Second::OnceTwoOfHq(_) => &[(&[], "ok")],
                Second::OnceTwo(_) => &[(&[], "second-pin-needed"), (&["第二人"], "second-not-proven")],
            };
            for (named, want) in wanted {
                assert_eq!(act(&mut desk, who, row.kind, named), *want, "{who} {} {named:?}", row.kind);
                denied += usize::from(*want != "ok");
            }
            if row.roles.contains(role) && asks(row.second) {
                assert_eq!(act(&mut desk, who, row.kind, &[who]), "second-is-self", "{who} {}", row.kind);
                denied += 1;
            }
        }
        assert_eq!(act(&mut desk, "甲", "rooms.imported", &[]), "operator-not-signed-in");
        assert_eq!(act(&mut desk, who, "something.new", &[]), "operator-may-not");
        denied += 2;
    }
    // With the second person beside them, whoever may do it does it.
    desk.take_over(&by("人-hq"), &pin).unwrap();
    for row in ACTS.iter().filter(|row| asks(row.second) && row.roles.contains(&Role::Hq)) {
        desk.prove(&by("人-hq"), &"第二人".into(), &pin).unwrap();
        assert_eq!(act(&mut desk, "人-hq", row.kind, &[]), "ok", "{}", row.kind);
        desk.prove(&by("人-hq"), &"人-auditor".into(), &pin).unwrap();
        assert_eq!(act(&mut desk, "人-hq", row.kind, &["人-auditor"]), "second-may-not", "{}", row.kind);
        denied += 1;
    }
    let log = desk.view().reader().search("operator.denied", 10_000).unwrap();
    assert_eq!(log.iter().filter(|l| l.entry.kind == "operator.denied").count(), denied);
}
