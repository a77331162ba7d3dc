//! The gate against people of one's own house: keys nobody takes alone, a second person who is one, words that open nothing they
//! were not made for, and refusals that are all written down.

use crate::operators::{CHIEF, OTHER, PIN, at, by, code, db, name, pin, protected, withdraw};
use crate::world::{fixture, hq, new_event, seated};
use kaowu_core::facts::Pass;
use kaowu_core::identity::{Operator, PartId, SiteCode, StageId};
use kaowu_core::journal::{Entry, Mode};
use kaowu_core::marks::MarkValue;
use kaowu_core::operators::Role;
use kaowu_desk::{Ctx, Decision, Desk, Form, KeyKind, LateGrounds, NewOperator};
use kaowu_packet::vault::Vault;
use serde_json::Value;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn entries(desk: &Desk, kind: &str) -> Vec<Entry> {
    let all = desk.view().reader().search("", u32::MAX).unwrap();
    all.into_iter().map(|logged| logged.entry).filter(|entry| entry.kind == kind).collect()
}

/// What was refused since so many refusals: who, what, why.
fn denied(desk: &Desk, since: usize) -> Vec<(String, String, String)> {
    let said = |entry: &Entry, name: &str| entry.body.about.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    entries(desk, "operator.denied").iter().skip(since).map(|e| (said(e, "operator"), said(e, "act"), said(e, "why"))).collect()
}

/// The attempts that the journal tells: name and reason of each.
fn attempts(desk: &Desk) -> Vec<(String, String)> {
    let of = |entry: &Entry| entry.body.about["attempts"].as_array().unwrap().clone();
    let text = |one: &Value, name: &str| one[name].as_str().unwrap().to_owned();
    entries(desk, "operator.refused").iter().flat_map(of).map(|one| (text(&one, "operator"), text(&one, "why"))).collect()
}

fn stick(folder: &TempDir) -> PathBuf {
    let path = folder.path().join("stick");
    std::fs::create_dir_all(&path).unwrap();
    path
}

fn count(folder: &Path) -> usize {
    std::fs::read_dir(folder).unwrap().count()
}

const WORDS: &str = "one two three four five six";

#[test]
fn nobody_takes_headquarters_keys_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, _) = protected(&folder);
    let stick = stick(&folder);
    const KIND: &str = "key.saved";
    type Takes<'a> = &'a dyn Fn(&mut Desk, &Ctx) -> String;
    let archive: Takes<'_> = &|desk, ctx| code(desk.save_key(ctx, KeyKind::Archive, &stick, WORDS));
    let root: Takes<'_> = &|desk, ctx| code(desk.save_key(ctx, KeyKind::Root, &stick, WORDS));
    let escrow: Takes<'_> = &|desk, ctx| code(desk.save_key(ctx, KeyKind::Escrow, &stick, WORDS));
    let acts = [("archive", archive), ("root", root), ("escrow", escrow)];
    // In an office of one nobody else could be asked.
    for (key, take) in acts {
        assert_eq!(take(&mut desk, &by(CHIEF)), "ok", "{key}");
    }
    assert_eq!((entries(&desk, KIND).len(), count(&stick)), (3, 3));
    std::fs::remove_dir_all(&stick).unwrap();
    std::fs::create_dir(&stick).unwrap();
    name(&mut desk, "审计员", &[Role::Auditor], &[], OTHER);
    name(&mut desk, "核分员", &[Role::Checker], &[], OTHER);
    name(&mut desk, "乙", &[Role::Hq], &[], OTHER);
    for (key, take) in acts {
        let (since, lay) = (entries(&desk, "operator.denied").len(), count(&stick));
        desk.take_over(&by("审计员"), &pin(OTHER)).unwrap();
        assert_eq!(take(&mut desk, &by("审计员")), "operator-may-not", "{key}");
        desk.take_over(&by(CHIEF), &pin(PIN)).unwrap();
        assert_eq!(take(&mut desk, &by(CHIEF)), "second-pin-needed", "{key}");
        desk.prove(&by(CHIEF), &"核分员".into(), &pin(OTHER)).unwrap();
        assert_eq!(take(&mut desk, &by(CHIEF)), "second-may-not", "{key}");
        assert_eq!(count(&stick), lay, "{key}: something is on the stick");
        let told = denied(&desk, since);
        let why: Vec<_> = told.iter().map(|(_, act, why)| (act.as_str(), why.as_str())).collect();
        assert_eq!(why, [(KIND, "operator-may-not"), (KIND, "second-pin-needed"), (KIND, "second-may-not")]);
        desk.spend_proofs();
        let before = entries(&desk, KIND).len();
        desk.prove(&by(CHIEF), &"乙".into(), &pin(OTHER)).unwrap();
        assert_eq!(take(&mut desk, &by(CHIEF)), "ok", "{key}");
        let made = entries(&desk, KIND);
        assert_eq!((made.len(), &made.last().unwrap().body.about["second"]), (before + 1, &Value::from("乙")), "{key}");
        assert_eq!(take(&mut desk, &by(CHIEF)), "second-pin-needed", "{key}: once");
    }
    assert_eq!(count(&stick), 3);
}

/// One of two cannot name, change, withdraw or get hold of the other, nor make a third: or would be their own second person.
#[test]
fn nobody_makes_their_own_second_person() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, _) = protected(&folder);
    name(&mut desk, "乙", &[Role::Hq], &[], OTHER);
    let add = |desk: &mut Desk, who: &str, role: Role, site: &str| {
        let sites: Vec<SiteCode> = Some(site).filter(|s| !s.is_empty()).map(SiteCode::from).into_iter().collect();
        code(desk.name_operator(&by(CHIEF), &NewOperator { name: &who.into(), roles: &[role], sites: &sites, pin: Some(&pin(OTHER)) }))
    };
    for role in [Role::Hq, Role::Certificates, Role::Checker, Role::Secretary] {
        assert_eq!(add(&mut desk, "影子", role, ""), "second-pin-needed", "{role:?}");
    }
    // Who reads only, and people of sites, are nobody's second person here.
    assert_eq!(
        (add(&mut desk, "审计员", Role::Auditor, ""), add(&mut desk, "负责人", Role::SiteHead, "3201-01")),
        ("ok".into(), "ok".into())
    );
    assert_eq!(add(&mut desk, "审计员", Role::Hq, ""), "second-pin-needed");
    assert_eq!(add(&mut desk, "负责人", Role::Hq, ""), "second-pin-needed");
    assert_eq!(add(&mut desk, "乙", Role::Auditor, ""), "second-pin-needed");
    assert_eq!(add(&mut desk, "乙", Role::SiteHead, "3201-01"), "second-pin-needed");
    assert_eq!(code(desk.give_pin(&by(CHIEF), &"乙".into(), &pin(PIN))), "second-pin-needed");
    assert_eq!(code(desk.withdraw_operator(&by(CHIEF), &"乙".into(), "离职")), "second-pin-needed");
    assert_eq!(code(desk.renew_words(&by(CHIEF))), "second-pin-needed");
    assert_eq!(code(desk.give_pin(&by(CHIEF), &"负责人".into(), &pin(PIN))), "ok");
    // Nothing of all that came into the vault, either.
    drop(desk);
    drop(Desk::sign_in(&db(&folder), &by("乙"), &pin(OTHER)).unwrap());
    assert_eq!(code(Desk::sign_in(&db(&folder), &by("影子"), &pin(OTHER))), "no-pin");
    // With the other beside them, it is done, and says so.
    let mut desk = Desk::sign_in(&db(&folder), &by(CHIEF), &pin(PIN)).unwrap();
    desk.prove(&by(CHIEF), &"乙".into(), &pin(OTHER)).unwrap();
    assert_eq!(add(&mut desk, "丙", Role::Hq, ""), "ok");
    assert_eq!(entries(&desk, "operator.named").last().unwrap().body.about["second"], "乙");
    desk.prove(&by(CHIEF), &"丙".into(), &pin(OTHER)).unwrap();
    assert_eq!(code(desk.give_pin(&by(CHIEF), &"乙".into(), &pin("413581"))), "ok");
    assert_eq!(withdraw(&mut desk, "丙", OTHER), "ok");
}

#[test]
fn a_second_persons_word_is_for_one_act_and_two_minutes() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, _) = protected(&folder);
    name(&mut desk, "乙", &[Role::Hq], &[], OTHER);
    let at_ms = |mono: u64| Ctx { mono, ..by(CHIEF) };
    let nominate =
        |desk: &mut Desk, mono: u64| code(desk.nominate(&at_ms(mono), &"province".into(), &"3201".into(), &["320102".into()], "会议"));
    let prove = |desk: &mut Desk, mono: u64| desk.prove(&at_ms(mono), &"乙".into(), &pin(OTHER)).unwrap();
    // Asked for nominating, given for nominating: another act takes it away and gets nothing by it.
    assert_eq!(nominate(&mut desk, 1), "second-pin-needed");
    prove(&mut desk, 1);
    assert_eq!(code(desk.save_key(&at_ms(1), KeyKind::Archive, folder.path(), WORDS)), "second-pin-needed");
    assert_eq!(nominate(&mut desk, 1), "second-pin-needed");
    // Two minutes, and not a moment more.
    for (later, want) in [(120_001, "ok"), (120_002, "second-pin-needed")] {
        prove(&mut desk, 1);
        assert_eq!(nominate(&mut desk, later), want, "{later}");
    }
    // The act is refused before anything is written: the window then forgets what was proven.
    prove(&mut desk, 1);
    let nowhere = desk.resolve_tie(&at_ms(1), "t", &[], kaowu_core::facts::TieHow::Lots, &[], "x");
    assert_eq!(code(nowhere), "witness-needed");
    desk.spend_proofs();
    assert_eq!(nominate(&mut desk, 1), "second-pin-needed");
    // Somebody else takes over: nothing of it is left for them.
    prove(&mut desk, 1);
    desk.take_over(&by("乙"), &pin(OTHER)).unwrap();
    assert_eq!(code(desk.nominate(&by("乙"), &"province".into(), &"3201".into(), &["320102".into()], "会议")), "second-pin-needed");
}

/// Typed for one thing, it is not spent on another of the same kind; and it holds where only the minute is another.
#[test]
fn a_second_persons_word_is_for_the_very_act_it_was_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, _) = protected(&folder);
    for (who, role) in [("审计员", Role::Auditor), ("甲员", Role::Checker), ("乙员", Role::Checker)] {
        name(&mut desk, who, &[role], &[], OTHER);
    }
    let (city, written): (StageId, PartId) = ("city".into(), "written".into());
    let people: Vec<_> = desk.view().entrants(&city, &written).unwrap().into_keys().take(2).collect();
    for (pass, who) in [(1, "甲员"), (2, "乙员")] {
        desk.take_over(&by(who), &pin(OTHER)).unwrap();
        for id in &people {
            desk.key_mark(&by(who), &city, &written, Pass(pass), id, "80").unwrap();
        }
    }
    desk.take_over(&by(CHIEF), &pin(PIN)).unwrap();
    name(&mut desk, "乙", &[Role::Hq], &[], OTHER);
    let numbers: Vec<String> = people.iter().map(ToString::to_string).collect();
    let (stick, other) = (stick(&folder), folder.path().to_owned());
    let at_ms = |mono: u64| Ctx { mono, now: at(i64::try_from(mono / 1000).unwrap()), ..by(CHIEF) };
    let correct = |desk: &mut Desk, ctx: &Ctx, id: &kaowu_core::identity::IdNumber, mark: i64, reason: &str| {
        let value = MarkValue::Given(kaowu_core::figure::Mark(mark * 1000));
        code(desk.decide_mark(ctx, &city, &written, &Decision { id, value, with: Some("乙".into()), reason }))
    };
    let incident = |desk: &mut Desk, ctx: &Ctx, document: &str, clause: &str| {
        let report = kaowu_desk::IncidentReport {
            stage: city.clone(),
            part: written.clone(),
            document: document.to_owned(),
            clause: clause.to_owned(),
            facts: "手机响铃".to_owned(),
            invigilators: vec![CHIEF.into(), "乙".into()],
            unsigned: None,
        };
        code(desk.report_incident(ctx, &report))
    };
    let add = |desk: &mut Desk, ctx: &Ctx, who: &str, role: Role| {
        let own = pin(OTHER);
        code(desk.name_operator(ctx, &NewOperator { name: &who.into(), roles: &[role], sites: &[], pin: Some(&own) }))
    };
    let nominate = |desk: &mut Desk, ctx: &Ctx, county: &str, why: &str| {
        code(desk.nominate(ctx, &"province".into(), &"3201".into(), &[county.into()], why))
    };
    let save = |desk: &mut Desk, ctx: &Ctx, key: KeyKind, to: &Path| code(desk.save_key(ctx, key, to, WORDS));
    type Act<'a> = Box<dyn Fn(&mut Desk, &Ctx) -> String + 'a>;
    // What was asked, and others of the kind.
    let acts: Vec<(&str, Act<'_>, Vec<Act<'_>>)> = vec![
        (
            "mark.decided",
            Box::new(|d, c| correct(d, c, &people[0], 85, "查卷")),
            vec![
                Box::new(|d, c| correct(d, c, &people[1], 85, "查卷")),
                Box::new(|d, c| correct(d, c, &people[0], 95, "查卷")),
                Box::new(|d, c| correct(d, c, &people[0], 85, "另有原因")),
            ],
        ),
        (
            "incident.reported",
            Box::new(|d, c| incident(d, c, &numbers[0], "6-1")),
            vec![Box::new(|d, c| incident(d, c, &numbers[1], "6-1")), Box::new(|d, c| incident(d, c, &numbers[0], "7-1"))],
        ),
        (
            "teams.nominated",
            Box::new(|d, c| nominate(d, c, "320102", "会议")),
            vec![Box::new(|d, c| nominate(d, c, "320104", "会议")), Box::new(|d, c| nominate(d, c, "320102", "别的会议"))],
        ),
        (
            "key.saved",
            Box::new(|d, c| save(d, c, KeyKind::Root, &stick)),
            vec![Box::new(|d, c| save(d, c, KeyKind::Escrow, &stick)), Box::new(|d, c| save(d, c, KeyKind::Root, &other))],
        ),
        (
            "operator.named",
            Box::new(|d, c| add(d, c, "丙", Role::Checker)),
            vec![Box::new(|d, c| add(d, c, "丁", Role::Checker)), Box::new(|d, c| add(d, c, "丙", Role::Hq))],
        ),
        (
            "operator.pin-given",
            Box::new(|d, c| code(d.give_pin(c, &"甲员".into(), &pin(OTHER)))),
            vec![Box::new(|d, c| code(d.give_pin(c, &"乙".into(), &pin("902735"))))],
        ),
    ];
    let wants = |said: &str| ["second-pin-needed", "second-not-proven"].contains(&said);
    for (kind, act, others) in &acts {
        for (n, other) in others.iter().enumerate() {
            let when = format!("{kind}: {n}");
            let before = entries(&desk, kind).len();
            assert!(wants(&act(&mut desk, &at_ms(1))), "{when}");
            desk.prove_asked(&at_ms(1), &"乙".into(), &pin(OTHER)).unwrap();
            // Refused as if there were none, and then there is none.
            assert!(wants(&other(&mut desk, &at_ms(1))), "{when}");
            assert!(wants(&act(&mut desk, &at_ms(1))), "{when}: it was spent");
            assert_eq!(entries(&desk, kind).len(), before, "{when}");
        }
        // The other stays asked for until something else is.
        assert!(wants(&act(&mut desk, &at_ms(1))), "{kind}");
        desk.prove_asked(&at_ms(1), &"乙".into(), &pin(OTHER)).unwrap();
        assert_eq!(act(&mut desk, &at_ms(90_000)), "ok", "{kind}");
        // At a window a PIN that nothing was refused for is for nothing.
        assert_eq!(code(desk.prove_asked(&at_ms(1), &"乙".into(), &pin(OTHER))), "nothing-asked", "{kind}");
    }
}

/// The vault is a file, too: a PIN or words that did not get into it are not said to be there.
#[test]
fn what_did_not_get_into_the_vault_is_not_said_to() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, _) = protected(&folder);
    name(&mut desk, "审计员", &[Role::Auditor], &[], OTHER);
    let vault = Vault::beside(&db(&folder));
    let places: Vec<PathBuf> = kaowu_disk::part_names().map(|end| kaowu_disk::beside(&vault, &end)).collect();
    type Does<'a> = &'a dyn Fn(&mut Desk) -> String;
    let new = |desk: &mut Desk| {
        let own = pin(OTHER);
        code(desk.name_operator(&by(CHIEF), &NewOperator { name: &"丙".into(), roles: &[Role::Auditor], sites: &[], pin: Some(&own) }))
    };
    let acts: [(&str, Does<'_>); 3] = [
        ("operator.pin-given", &|desk| code(desk.give_pin(&by(CHIEF), &"审计员".into(), &pin("902735")))),
        ("operator.words-renewed", &|desk| code(desk.renew_words(&by(CHIEF)))),
        ("operator.named", &new),
    ];
    for (kind, act) in acts {
        places.iter().for_each(|place| std::fs::create_dir(place).unwrap());
        let (before, told) = (std::fs::read(&vault).unwrap(), entries(&desk, "file.unconfirmed").len());
        assert_eq!(act(&mut desk), "vault-unwritable", "{kind}");
        assert_eq!(std::fs::read(&vault).unwrap(), before, "{kind}");
        let (made, not) = (entries(&desk, kind), entries(&desk, "file.unconfirmed"));
        let last = &not.last().unwrap().body.about;
        assert_eq!((not.len(), last["entry"].as_u64(), &last["act"]), (told + 1, made.last().map(|e| e.seq), &Value::from(kind)));
        places.iter().for_each(|place| std::fs::remove_dir(place).unwrap());
        assert_eq!(act(&mut desk), "ok", "{kind}");
        assert_eq!((entries(&desk, kind).len(), entries(&desk, "file.unconfirmed").len()), (made.len() + 1, told + 1), "{kind}");
    }
}

struct Site {
    folder: TempDir,
    hq: Desk,
    packet: kaowu_desk::Issued,
    laptop: PathBuf,
}

/// A site with its head, another, an invigilator and a secretary; nobody has opened its packet.
fn site() -> Site {
    let folder = tempfile::tempdir().unwrap();
    let (mut hq, _) = protected(&folder);
    for (who, role) in [("王主任", Role::SiteHead), ("监考甲", Role::Invigilator), ("记分员", Role::Secretary), ("核分员", Role::Checker)]
    {
        name(&mut hq, who, &[role], &["3201-01"], OTHER);
    }
    let packet = hq.issue_packet(&by(CHIEF), &"city".into(), &"written".into(), &"3201-01".into(), folder.path()).unwrap();
    let laptop = folder.path().join("site.kaowu-db");
    Site { folder, hq, packet, laptop }
}

impl Site {
    fn open(&self, who: &str, text: &str) -> kaowu_desk::Result<Desk> {
        let own = pin(text);
        Ok(Desk::open_packet_as(&self.laptop, &by(who), &self.packet.path, &self.packet.words, Some(&own))?.0)
    }
}

/// Who typed the packet's words is no head for it; the head who forgot calls headquarters.
#[test]
fn the_words_of_a_packet_recover_nobody() {
    let mut s = site();
    drop(s.open("监考甲", OTHER).unwrap());
    let recover = |s: &Site, who: &str, words: &str| Desk::recover(&s.laptop, &by(who), words, &pin("902735"));
    assert_eq!(code(recover(&s, "王主任", &s.packet.words)), "words-wrong");
    // Headquarters keeps other words, and says that it told them.
    let post = s.packet.post.clone();
    assert_eq!(code(s.hq.tell_recovery(&by(CHIEF), "city.written.9999-01")), "no-such-post");
    let told = s.hq.tell_recovery(&by(CHIEF), &post).unwrap();
    assert_ne!(told, s.packet.words);
    assert_eq!(entries(&s.hq, "recovery.told").len(), 1);
    // They are a head's way in and nobody else's, and nobody at a site makes others.
    assert_eq!(code(recover(&s, "监考甲", &told)), "operator-may-not");
    let mut there = recover(&s, "王主任", &told).unwrap();
    assert_eq!(code(there.renew_words(&by("王主任"))), "operator-may-not");
    assert_eq!(code(there.tell_recovery(&by("王主任"), &post)), "only-hq");
    assert!(attempts(&there).contains(&("王主任".into(), "words-wrong".into())));
    drop(there);
    assert_eq!(code(Desk::sign_in(&s.laptop, &by("王主任"), &pin(OTHER))), "pin-wrong");
    // Told once, they are not those of the next packet; until told, packet after packet brings the same.
    let issue = |s: &mut Site| {
        s.packet = s.hq.issue_packet(&by(CHIEF), &"city".into(), &"written".into(), &"3201-01".into(), s.folder.path()).unwrap()
    };
    issue(&mut s);
    drop(s.open("监考甲", OTHER).unwrap());
    assert_eq!(code(recover(&s, "王主任", &told)), "words-wrong");
    issue(&mut s);
    let next = s.hq.tell_recovery(&by(CHIEF), &post).unwrap();
    assert!(next != told && recover(&s, "王主任", &next).is_ok());
    // Two at headquarters, and it takes both.
    name(&mut s.hq, "乙", &[Role::Hq], &[], OTHER);
    assert_eq!(code(s.hq.tell_recovery(&by(CHIEF), &post)), "second-pin-needed");
}

/// A laptop set up by an earlier version: its vault opens for PINs as it did, and no longer for the packet's words.
#[test]
fn a_vault_of_an_earlier_version_opens_for_pins_only() {
    let s = site();
    drop(s.open("监考甲", OTHER).unwrap());
    let mut vault = Vault::read(&s.laptop).unwrap().unwrap();
    let keys = vault.open_as_well(&"监考甲".into(), &pin(OTHER)).unwrap();
    vault.set_words(&s.packet.words, &keys.key).unwrap();
    vault.save().unwrap();
    assert_eq!(code(Desk::recover(&s.laptop, &by("王主任"), &s.packet.words, &pin("902735"))), "recovery-by-hq");
    let there = Desk::sign_in(&s.laptop, &by("王主任"), &pin(OTHER)).unwrap();
    assert_eq!(denied(&there, 0), [("王主任".into(), "operator.recovered".into(), "recovery-by-hq".into())]);
    drop(there);
    // A packet of an earlier version brings no words at all.
    let mut vault = Vault::read(&s.laptop).unwrap().unwrap();
    vault.take_in_words(None, &keys.key).unwrap();
    vault.save().unwrap();
    assert_eq!(code(Desk::recover(&s.laptop, &by("王主任"), &s.packet.words, &pin("902735"))), "no-words");
    drop(Desk::sign_in(&s.laptop, &by("监考甲"), &pin(OTHER)).unwrap());
}

#[test]
fn every_refusal_of_who_may_do_what_is_written_down() {
    let mut s = site();
    let out = s.folder.path().to_owned();
    // At headquarters: receipts, an auditor, marks by one person, a settled mark by one.
    name(&mut s.hq, "审计员", &[Role::Auditor], &[], OTHER);
    name(&mut s.hq, "丙", &[Role::Checker], &[], OTHER);
    let mut there = s.open("监考甲", OTHER).unwrap();
    let handed = there.hand_over(&by("监考甲"), &out).unwrap();
    s.hq.merge_handover(&by(CHIEF), &handed.path).unwrap();
    let (city, written) = ("city".into(), "written".into());
    let who = s.hq.view().entrants(&city, &written).unwrap().into_keys().next().unwrap();
    s.hq.key_mark(&by(CHIEF), &city, &written, Pass(1), &who, "80").unwrap();
    assert_eq!(code(s.hq.key_mark(&by(CHIEF), &city, &written, Pass(2), &who, "80")), "same-person-twice");
    s.hq.write_receipt(&by(CHIEF), &s.packet.post, &out).unwrap();
    s.hq.take_over(&by("丙"), &pin(OTHER)).unwrap();
    s.hq.key_mark(&by("丙"), &city, &written, Pass(2), &who, "80").unwrap();
    let value = MarkValue::Given(kaowu_core::figure::Mark(85_000));
    let alone = Decision { id: &who, value, with: None, reason: "查卷" };
    assert_eq!(code(s.hq.decide_mark(&by("丙"), &city, &written, &alone)), "correction-needs-two");
    s.hq.take_over(&by("审计员"), &pin(OTHER)).unwrap();
    std::fs::remove_file(out.join(format!("{}.receipt.kaowu", s.packet.post))).unwrap();
    assert_eq!(code(s.hq.write_receipt(&by("审计员"), &s.packet.post, &out)), "operator-may-not");
    assert!(!out.join(format!("{}.receipt.kaowu", s.packet.post)).exists());
    assert_eq!(code(s.hq.prove(&by("审计员"), &"审计员".into(), &pin(OTHER))), "second-is-self");
    let want = [
        (CHIEF, "mark.keyed", "same-person-twice"),
        ("丙", "mark.decided", "correction-needs-two"),
        ("审计员", "receipt.written", "operator-may-not"),
        ("审计员", "operator.proved", "second-is-self"),
    ];
    let own = |all: &[(&str, &str, &str)]| all.iter().map(|(a, b, c)| ((*a).into(), (*b).into(), (*c).into())).collect::<Vec<_>>();
    assert_eq!(denied(&s.hq, 0), own(&want));
    assert_eq!(entries(&s.hq, "receipt.written").len(), 1);
    // At a site: what only headquarters does.
    assert_eq!(code(there.import_rooms(&by("监考甲"), &fixture("jiangsu-2020/rooms.xlsx"))), "only-hq");
    assert_eq!(code(there.save_key(&by("监考甲"), KeyKind::Archive, s.folder.path(), WORDS)), "only-hq");
    assert_eq!(code(there.confirm_awards(&by("监考甲"), &[], "1号")), "only-hq");
    assert_eq!(code(there.print_again(&by("监考甲"), &"monthly".into(), 1..=2, "卡纸")), "only-hq");
    let wanted = ["rooms.imported", "key.saved", "award.confirmed", "certificate.reprinted"].map(|act| ("监考甲", act, "only-hq"));
    assert_eq!(denied(&there, 0), own(&wanted));
    // Somebody withdrawn whose slot a vault of before still has, where the key was not changed.
    name(desk_of(&mut s, CHIEF), "走人", &[Role::Auditor], &[], OTHER);
    let credential = Vault::read(&db(&s.folder)).unwrap().unwrap().credential(&"走人".into()).unwrap();
    assert_eq!(withdraw_alone(&mut s.hq, "走人"), "ok");
    let mut vault = Vault::read(&db(&s.folder)).unwrap().unwrap();
    let key = vault.open_as_well(&CHIEF.into(), &pin(PIN)).unwrap().key;
    vault.take_in(&"走人".into(), credential, Some(&key)).unwrap();
    vault.save().unwrap();
    let since = denied(&s.hq, 0).len();
    assert_eq!(code(Desk::sign_in(&db(&s.folder), &by("走人"), &pin(OTHER))), "operator-withdrawn");
    assert_eq!(code(s.hq.prove(&by(CHIEF), &"走人".into(), &pin(OTHER))), "operator-withdrawn");
    let gone = [("走人", "operator.signed-in", "operator-withdrawn"), (CHIEF, "operator.proved", "operator-withdrawn")];
    assert_eq!(denied(&s.hq, since), own(&gone));
}

fn desk_of<'a>(s: &'a mut Site, who: &str) -> &'a mut Desk {
    s.hq.take_over(&by(who), &pin(PIN)).unwrap();
    &mut s.hq
}

fn withdraw_alone(desk: &mut Desk, who: &str) -> String {
    code(desk.withdraw_operator(&by(CHIEF), &who.into(), "离职"))
}

/// A copy that is made is no way to guess a PIN at leisure: what is tried on the way to it counts where it is tried.
#[test]
fn guesses_at_a_backup_and_at_a_packet_count() {
    let s = site();
    let backup = s.folder.path().join("backup.kaowu-db");
    s.hq.backup(&backup).unwrap();
    let restore = |n: usize, text: &str| {
        let to = s.folder.path().join(format!("restored-{n}.kaowu-db"));
        let done = code(Desk::restore_as(&backup, &to, &by(CHIEF), &pin(text)));
        assert_eq!(to.exists(), done == "ok");
        done
    };
    assert_eq!((1..=4).map(|n| restore(n, OTHER)).collect::<Vec<_>>(), ["pin-wrong", "pin-wrong", "pin-wrong-wait", "pin-locked"]);
    assert_eq!(restore(5, PIN), "pin-locked");
    let told = Vault::read(&backup).unwrap().unwrap();
    assert_eq!((told.refused().0.len(), told.waits(&CHIEF.into(), at(0))), (5, 30));
    // A packet into a database that is to be: the head's PIN, guessed by somebody who has the words.
    let guess = || code(s.open("王主任", PIN));
    assert_eq!((1..=4).map(|_| guess()).collect::<Vec<_>>(), ["pin-wrong", "pin-wrong", "pin-wrong-wait", "pin-locked"]);
    assert!(!s.laptop.exists());
    let there = s.open("监考甲", OTHER).unwrap();
    let why: Vec<_> = attempts(&there).into_iter().filter(|(who, _)| who == "王主任").map(|(_, why)| why).collect();
    assert_eq!(why, ["pin-wrong", "pin-wrong", "pin-wrong", "pin-locked"]);
    assert_eq!(code(Desk::sign_in(&s.laptop, &by("王主任"), &pin(OTHER))), "pin-locked");
    let later = Ctx { now: at(31), ..by("王主任") };
    drop(Desk::sign_in(&s.laptop, &later, &pin(OTHER)).unwrap());
}

/// A name is a name: what somebody types as one is told as one.
#[test]
fn a_typed_name_looks_like_no_attempt() {
    let folder = tempfile::tempdir().unwrap();
    let (desk, words) = protected(&folder);
    drop(desk);
    let sly = "甲 2020-06-27T08:50 pin-wrong\", \"乙";
    assert_eq!(code(Desk::sign_in(&db(&folder), &by(sly), &pin(OTHER))), "no-pin");
    for _ in 0..2 {
        assert_eq!(code(Desk::recover(&db(&folder), &by(sly), WORDS, &pin("902735"))), "words-wrong");
    }
    let desk = Desk::sign_in(&db(&folder), &by(CHIEF), &pin(PIN)).unwrap();
    let own = |why: &str| (sly.to_owned(), why.to_owned());
    assert_eq!(attempts(&desk), [own("no-such-operator"), own("words-wrong"), own("words-wrong")]);
    let page = desk
        .journal_page(&kaowu_desk::screen::JournalFilter { kind: Some("operator.refused".into()), ..Default::default() }, 0, 9)
        .unwrap();
    assert!(page.rows[0].about.zh.contains(r#""甲 2020-06-27T08:50 pin-wrong\", \"乙" "2020"#), "{}", page.rows[0].about.zh);
    drop(desk);
    // Three wrong ones, and the words wait as PINs do; the right ones, too.
    assert_eq!(code(Desk::recover(&db(&folder), &by(sly), WORDS, &pin("902735"))), "words-wrong-wait");
    assert_eq!(code(Desk::recover(&db(&folder), &by(CHIEF), &words, &pin("902735"))), "words-locked");
    let later = Ctx { now: at(31), ..by(CHIEF) };
    drop(Desk::recover(&db(&folder), &later, &words, &pin("902735")).unwrap());
}

/// Spaces, widths, cases and what nobody sees make no second person, in an open event as in a protected one.
#[test]
fn one_person_under_two_spellings_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = seated(&folder, Mode::Live);
    let (city, written) = ("city".into(), "written".into());
    let who = desk.view().entrants(&city, &written).unwrap().into_keys().next().unwrap();
    desk.key_mark(&by("王伟"), &city, &written, Pass(1), &who, "80").unwrap();
    for twin in ["王 伟", "王\u{3000}伟", " 王伟"] {
        assert_eq!(code(desk.key_mark(&by(twin), &city, &written, Pass(2), &who, "80")), "same-person-twice", "{twin:?}");
    }
    for c in ['\u{FE00}', '\u{FE0F}', '\u{E0100}', '\u{180B}', '\u{2800}', '\u{1D173}', '\u{200B}'] {
        assert_eq!(code(desk.key_mark(&by(&format!("李{c}娜")), &city, &written, Pass(2), &who, "80")), "text-hidden", "{c:?}");
        let new = kaowu_desk::NewEvent { plan: kaowu_core::plan::bundled("jiangsu-2020").unwrap(), mode: Mode::Live };
        let made = Desk::create(&folder.path().join("none.kaowu-db"), &by(&format!("王{c}伟")), &new);
        assert_eq!(code(made), "text-hidden", "{c:?}");
    }
    desk.key_mark(&by("anna"), &city, &written, Pass(2), &who, "80").unwrap();
    let value = MarkValue::Given(kaowu_core::figure::Mark(85_000));
    let decide = |desk: &mut Desk, one: &str, with: &str| {
        let decision = Decision { id: &who, value, with: Some(with.into()), reason: "查卷" };
        code(desk.decide_mark(&by(one), &city, &written, &decision))
    };
    assert_eq!(decide(&mut desk, "Ａｎｎａ", "ANNA"), "correction-needs-two");
    assert_eq!(decide(&mut desk, "ANNA", "王伟"), "ok");
    let grounds = LateGrounds { reason: "更正".into(), second: "考 务 处".into() };
    desk.close_roster(&hq(), &city, "截止").unwrap();
    assert_eq!(code(desk.reopen_roster(&hq(), &city, &grounds)), "second-person-needed");
    // Of two such names headquarters names one.
    drop(desk);
    let folder = tempfile::tempdir().unwrap();
    drop(new_event(&folder, "jiangsu-2020", Mode::Live));
    let (mut desk, _) = Desk::protect(&db(&folder), &by(CHIEF), &pin(PIN)).unwrap();
    let add = |desk: &mut Desk, who: &str| {
        let new = NewOperator { name: &Operator::from(who), roles: &[Role::Auditor], sites: &[], pin: Some(&pin(OTHER)) };
        code(desk.name_operator(&by(CHIEF), &new))
    };
    assert_eq!(
        (add(&mut desk, "王伟"), add(&mut desk, "王 伟"), add(&mut desk, "总部 甲")),
        ("ok".into(), "operator-alike".into(), "operator-alike".into())
    );
    assert_eq!((add(&mut desk, "李\u{FE00}娜"), add(&mut desk, "李\u{2800}娜")), ("text-hidden".into(), "text-hidden".into()));
    let form = Form::Dialog("x".into());
    assert!(desk.drafts(&CHIEF.into(), &form).unwrap().is_empty());
}
