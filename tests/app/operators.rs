//! Protected events: who gets in, and who may do what.

use crate::at_rest::files;
use crate::world::{fixture, seated};
use chrono::{DateTime, FixedOffset, TimeDelta};
use kaowu_core::coded::Coded;
use kaowu_core::facts::{AwardConfirmation, Only, Pass, RoomRecordFact, TieHow, Trust};
use kaowu_core::identity::{Operator, PartId, SiteCode, StageId};
use kaowu_core::journal::Mode;
use kaowu_core::marks::MarkValue;
use kaowu_core::operators::{ACTS, Role};
use kaowu_core::plan::bundled;
use kaowu_desk::{Ctx, Decision, Desk, IncidentReport, InspectionReport, KeyKind, NewEvent, NewOperator, Pin};
use kaowu_packet::vault::Vault;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

pub(crate) const CHIEF: &str = "总部甲";
pub(crate) const PIN: &str = "805213";
pub(crate) const OTHER: &str = "413580";

pub(crate) fn at(seconds: i64) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2020-06-27T08:50:00+08:00").unwrap() + TimeDelta::seconds(seconds)
}

pub(crate) fn by(who: &str) -> Ctx {
    Ctx { now: at(0), mono: 1, boot: "test".into(), operator: who.into() }
}

pub(crate) fn pin(text: &str) -> Pin {
    Pin::new(text)
}

pub(crate) fn db(folder: &TempDir) -> PathBuf {
    folder.path().join("hq.kaowu-db")
}

pub(crate) fn name(desk: &mut Desk, who: &str, roles: &[Role], sites: &[&str], pin: &str) {
    let sites: Vec<SiteCode> = sites.iter().map(|s| (*s).into()).collect();
    let new = NewOperator { name: &who.into(), roles, sites: &sites, pin: Some(&Pin::new(pin)) };
    let named = desk.name_operator(&by(CHIEF), &new);
    let said = code(named);
    assert!(said == "ok" || said == "second-pin-needed", "{who}: {said}");
    if said != "ok" {
        let rows = desk.operators().unwrap();
        let hq = |r: &&kaowu_desk::OperatorRow| r.here && r.roles.contains(&Role::Hq) && r.name.as_str() != CHIEF;
        desk.prove(&by(CHIEF), &rows.iter().find(hq).unwrap().name, &Pin::new(OTHER)).unwrap();
        desk.name_operator(&by(CHIEF), &new).unwrap();
    }
}

/// Withdrawn from headquarters, with their own PIN typed beside it.
pub(crate) fn withdraw(desk: &mut Desk, who: &str, pin: &str) -> String {
    desk.prove(&by(CHIEF), &who.into(), &Pin::new(pin)).unwrap();
    code(desk.withdraw_operator(&by(CHIEF), &who.into(), "离职"))
}

/// The seated event of three cities, protected, with its words.
pub(crate) fn protected(folder: &TempDir) -> (Desk, String) {
    drop(seated(folder, Mode::Live));
    Desk::protect(&db(folder), &by(CHIEF), &pin(PIN)).unwrap()
}

pub(crate) fn kinds(desk: &Desk) -> Vec<String> {
    desk.view().reader().search("", 1000).unwrap().into_iter().map(|logged| logged.entry.kind).collect()
}

pub(crate) fn code<T>(done: kaowu_desk::Result<T>) -> String {
    done.map_or_else(|e| e.code(), |_| "ok".to_owned())
}

#[test]
fn an_event_is_protected_and_opens_for_its_operators() {
    let folder = tempfile::tempdir().unwrap();
    let open = seated(&folder, Mode::Live);
    let before = open.fingerprint().unwrap();
    let people = open.view().candidates(&"city".into()).unwrap();
    // Somebody else has it open: refused, and nothing is changed.
    assert_eq!(code(Desk::protect(&db(&folder), &by(CHIEF), &pin(PIN))), "open-elsewhere");
    drop(open);
    assert_eq!(Desk::open(&db(&folder)).unwrap().fingerprint().unwrap(), before);
    assert_eq!(code(Desk::protect(&db(&folder), &by(CHIEF), &pin("111111"))), "pin-too-simple");
    let (desk, words) = Desk::protect(&db(&folder), &by(CHIEF), &pin(PIN)).unwrap();
    assert_eq!(desk.view().candidates(&"city".into()).unwrap(), people);
    assert!(desk.is_protected() && !desk.is_copy() && desk.verify_journal().unwrap().faults.is_empty());
    drop(desk);
    assert_eq!(code(Desk::protect(&db(&folder), &by(CHIEF), &pin(PIN))), "already-protected");
    assert_eq!(code(Desk::open(&db(&folder))), "sign-in-needed");
    assert_eq!(code(Desk::sign_in(&db(&folder), &by("某人"), &pin(PIN))), "no-pin");
    for _ in 0..2 {
        assert_eq!(code(Desk::sign_in(&db(&folder), &by(CHIEF), &pin(OTHER))), "pin-wrong");
    }
    let desk = Desk::sign_in(&db(&folder), &by(CHIEF), &pin(PIN)).unwrap();
    // Every attempt, refused or granted, is in the journal.
    let log = desk.view().reader().search("operator.refused", 10).unwrap();
    let told = serde_json::to_string(&log.last().unwrap().entry.body.about).unwrap();
    assert_eq!((told.matches("pin-wrong").count(), told.matches("no-such-operator").count()), (2, 1), "{told}");
    assert_eq!(kinds(&desk).iter().filter(|k| *k == "operator.signed-in").count(), 2);
    drop(desk);
    // Forgotten: the six words let headquarters in with a new PIN; the old one is gone.
    assert_eq!(code(Desk::recover(&db(&folder), &by(CHIEF), "one two three four five six", &pin(OTHER))), "words-wrong");
    assert_eq!(code(Desk::recover(&db(&folder), &by("某人"), &words, &pin(OTHER))), "operator-unknown");
    let desk = Desk::recover(&db(&folder), &by(CHIEF), &words, &pin(OTHER)).unwrap();
    assert!(kinds(&desk).contains(&"operator.recovered".to_owned()));
    drop(desk);
    assert_eq!(code(Desk::sign_in(&db(&folder), &by(CHIEF), &pin(PIN))), "pin-wrong");
    let mut desk = Desk::sign_in(&db(&folder), &by(CHIEF), &pin(OTHER)).unwrap();
    // A withdrawn operator gets in no more, and the last of headquarters stays.
    name(&mut desk, "总部乙", &[Role::Hq], &[], "考务机房门牌");
    assert_eq!(code(desk.withdraw_operator(&by(CHIEF), &"无名".into(), "离职")), "operator-unknown");
    assert_eq!(withdraw(&mut desk, "总部乙", "考务机房门牌"), "ok");
    assert_eq!(code(desk.withdraw_operator(&by(CHIEF), &CHIEF.into(), "离职")), "last-hq");
    assert_eq!(code(Desk::sign_in(&db(&folder), &by("总部乙"), &pin("考务机房门牌"))), "no-pin");
}

/// Every kind that the desk writes stands in the table of roles: a new one fails here.
#[test]
fn every_kind_of_entry_has_its_roles() {
    let mut written = BTreeSet::new();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    files(&source, &mut all);
    for file in all {
        let text = std::fs::read_to_string(&file).unwrap();
        for opening in ["Draft::new(\"", "sheet_draft(\"", "kind: \""] {
            written.extend(text.split(opening).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned));
        }
    }
    written.extend([kaowu_ledger::OPENING.to_owned(), kaowu_ledger::SETTLED.to_owned()]);
    let table: BTreeSet<String> = ACTS.iter().map(|act| act.kind.to_owned()).collect();
    // A copy that goes on writes no entry of its own: its next one says what it continues.
    let apart = BTreeSet::from(["device.continued".to_owned()]);
    assert_eq!(table.difference(&written).cloned().collect::<BTreeSet<_>>(), apart);
    assert_eq!(written.difference(&table).collect::<Vec<_>>(), Vec::<&String>::new());
    for act in ACTS.iter().filter(|act| act.kind != "device.continued") {
        for lang in [kaowu_core::words::Lang::Zh, kaowu_core::words::Lang::En] {
            let said = lang.say(&format!("entry-{}", act.kind.replace('.', "-")), &serde_json::Map::new()).what;
            assert!(!said.contains(act.kind) && !said.starts_with("entry-"), "{} has no words", act.kind);
        }
    }
}

#[test]
fn the_second_person_proves_to_be_there_once() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, _) = protected(&folder);
    for (who, roles) in [("乙", [Role::Hq].as_slice()), ("丙", &[Role::Checker]), ("丁", &[Role::Auditor])] {
        name(&mut desk, who, roles, &[], OTHER);
    }
    let stage = "province".into();
    let nominate = |desk: &mut Desk, unit: &str| desk.nominate(&by(CHIEF), &stage, &unit.into(), &["320102".into()], "另行指定");
    assert_eq!(code(nominate(&mut desk, "3201")), "second-pin-needed");
    assert_eq!(code(desk.prove(&by(CHIEF), &CHIEF.into(), &pin(PIN))), "second-is-self");
    assert_eq!(code(desk.prove(&by(CHIEF), &"乙".into(), &pin(PIN))), "pin-wrong");
    assert_eq!(code(nominate(&mut desk, "3201")), "second-pin-needed");
    desk.prove(&by(CHIEF), &"丙".into(), &pin(OTHER)).unwrap();
    assert_eq!(code(nominate(&mut desk, "3201")), "second-may-not");
    desk.prove(&by(CHIEF), &"乙".into(), &pin(OTHER)).unwrap();
    assert_eq!(code(nominate(&mut desk, "3201")), "ok");
    let entry = desk.view().reader().search("teams.nominated", 1).unwrap().pop().unwrap().entry;
    assert_eq!(entry.body.about["second"], "乙");
    // Once, and no more; also where the act itself was refused for another reason.
    assert_eq!(code(nominate(&mut desk, "3204")), "second-pin-needed");
    desk.prove(&by(CHIEF), &"乙".into(), &pin(OTHER)).unwrap();
    assert_eq!(code(desk.nominate(&by(CHIEF), &"nowhere".into(), &"3204".into(), &[], "x")), "no-such-stage");
    assert_eq!(code(nominate(&mut desk, "3204")), "second-pin-needed");
    // A correction names its second person: that one, and nobody else, has to be there.
    let (city, written) = ("city".into(), "written".into());
    let who = desk.view().entrants(&city, &written).unwrap().into_keys().next().unwrap();
    desk.key_mark(&by(CHIEF), &city, &written, Pass(1), &who, "80").unwrap();
    desk.take_over(&by("丙"), &pin(OTHER)).unwrap();
    desk.key_mark(&by("丙"), &city, &written, Pass(2), &who, "80").unwrap();
    assert_eq!(code(desk.key_mark(&by(CHIEF), &city, &written, Pass(1), &who, "80")), "operator-not-signed-in");
    let decide = |desk: &mut Desk, with: Option<&str>| {
        let value = MarkValue::Given(kaowu_core::figure::Mark(85_000));
        let decision = Decision { id: &who, value, with: with.map(Operator::from), reason: "查卷" };
        code(desk.decide_mark(&by("丙"), &city, &written, &decision))
    };
    assert_eq!(decide(&mut desk, None), "correction-needs-two");
    assert_eq!(decide(&mut desk, Some("丙")), "correction-needs-two");
    assert_eq!(decide(&mut desk, Some("乙")), "second-not-proven");
    desk.prove(&by("丙"), &CHIEF.into(), &pin(PIN)).unwrap();
    assert_eq!(decide(&mut desk, Some("乙")), "second-not-proven");
    // Whom it names is part of what is asked.
    desk.prove(&by("丙"), &"丁".into(), &pin(OTHER)).unwrap();
    assert_eq!(decide(&mut desk, Some("丁")), "second-not-proven");
    desk.prove(&by("丙"), &"丁".into(), &pin(OTHER)).unwrap();
    assert_eq!(decide(&mut desk, Some("丁")), "second-may-not");
    desk.prove(&by("丙"), &"乙".into(), &pin(OTHER)).unwrap();
    assert_eq!(decide(&mut desk, Some("乙")), "ok");
    assert_eq!(decide(&mut desk, Some("乙")), "second-not-proven");
    // What somebody types is shown to nobody else, and an auditor writes nothing at all.
    let form = kaowu_desk::Form::Marks(city.clone(), written.clone(), Pass(1));
    assert_eq!(code(desk.drafts(&CHIEF.into(), &form)), "operator-not-signed-in");
    desk.take_over(&by("丁"), &pin(OTHER)).unwrap();
    assert_eq!(code(desk.uncover(&by("丁"), &city, &who, "看看")), "operator-may-not");
    assert_eq!(code(desk.resolve_tie(&by("丁"), "t", &[], TieHow::Lots, &["甲".into()], "x")), "no-such-tie");
    assert!(desk.merge_board().unwrap().is_empty());
    // No key goes out with somebody who may not have it: the stick stays empty, and the attempt is written down.
    let stick = tempfile::tempdir().unwrap();
    let six = "one two three four five six";
    assert_eq!(code(desk.save_key(&by("丁"), KeyKind::Root, stick.path(), six)), "operator-may-not");
    assert_eq!(code(desk.save_key(&by("丁"), KeyKind::Archive, stick.path(), six)), "operator-may-not");
    assert_eq!(std::fs::read_dir(stick.path()).unwrap().count(), 0);
    assert_eq!(kinds(&desk).iter().rev().take_while(|kind| *kind == "operator.denied").count(), 3);
}

/// Several awards are one act: one proof of the second person, one entry, all or none.
#[test]
fn awards_are_confirmed_together_by_two() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = seated(&folder, Mode::Live);
    let (city, written, province): (StageId, PartId, StageId) = ("city".into(), "written".into(), "province".into());
    let both = |desk: &mut Desk, stage: &StageId, file: &str, sheets: bool| {
        let file = fixture(&format!("jiangsu-2020/marks/{file}.xlsx"));
        for (pass, who) in [(1, "甲员"), (2, "乙员")] {
            if sheets {
                desk.import_sheets(&by(who), stage, &"interview".into(), Pass(pass), &file).unwrap();
            } else {
                desk.import_marks(&by(who), stage, &written, Pass(pass), &file).unwrap();
            }
        }
    };
    both(&mut desk, &city, "city-written", false);
    desk.select(&by(CHIEF), &province).unwrap();
    desk.confirm_weights(&by(CHIEF), &province, &[], None, "").unwrap();
    both(&mut desk, &province, "province-written", false);
    both(&mut desk, &province, "interview", true);
    let missing = desk.view().entrants(&province, &written).unwrap().into_keys();
    let have = desk.view().final_marks(&province, &written).unwrap();
    let missing: Vec<_> = missing.filter(|id| !have.contains_key(id)).collect();
    let judges = usize::from(desk.view().panel_part(&province, &"interview".into()).unwrap().1.judges);
    for (n, id) in missing.iter().enumerate() {
        for (pass, who) in [(1, "甲员"), (2, "乙员")] {
            desk.key_mark(&by(who), &province, &written, Pass(pass), id, &(40 - n % 40).to_string()).unwrap();
            desk.key_sheet(&by(who), &province, &"interview".into(), Pass(pass), id, &vec!["40".to_owned(); judges]).unwrap();
        }
    }
    let (rows, held) = desk.awards().unwrap();
    let awards: BTreeSet<_> = rows.iter().map(|row| row.award.clone()).collect();
    assert!(awards.len() > 2 && held.is_empty(), "{awards:?} {held:?}");
    drop(desk);
    let (mut desk, _) = Desk::protect(&db(&folder), &by(CHIEF), &pin(PIN)).unwrap();
    name(&mut desk, "乙", &[Role::Hq], &[], OTHER);
    let confirmed = |desk: &Desk| desk.view().under::<AwardConfirmation>("").unwrap().len();
    let (first, all) = (awards.first().unwrap().clone(), [].as_slice());
    assert_eq!(code(desk.confirm_awards(&by(CHIEF), all, "苏人社发〔2020〕1号")), "second-pin-needed");
    assert_eq!(confirmed(&desk), 0);
    for (only, want) in [([first.clone(), "nowhere".into()], "no-such-list"), ([first.clone(), "monthly".into()], "nothing-to-confirm")] {
        desk.prove(&by(CHIEF), &"乙".into(), &pin(OTHER)).unwrap();
        assert_eq!(code(desk.confirm_awards(&by(CHIEF), &only, "苏人社发〔2020〕1号")), want);
        assert_eq!(confirmed(&desk), 0, "all or none");
    }
    // Asked for all of them: the word holds for that list and no other.
    assert_eq!(code(desk.confirm_awards(&by(CHIEF), all, "苏人社发〔2020〕1号")), "second-pin-needed");
    desk.prove(&by(CHIEF), &"乙".into(), &pin(OTHER)).unwrap();
    assert_eq!(code(desk.confirm_awards(&by(CHIEF), std::slice::from_ref(&first), "苏人社发〔2020〕1号")), "second-pin-needed");
    assert_eq!(code(desk.confirm_awards(&by(CHIEF), all, "苏人社发〔2020〕1号")), "second-pin-needed");
    desk.prove(&by(CHIEF), &"乙".into(), &pin(OTHER)).unwrap();
    let done = desk.confirm_awards(&by(CHIEF), all, "苏人社发〔2020〕1号").unwrap();
    assert_eq!((done.len(), confirmed(&desk)), (rows.len(), awards.len()));
    let mut entries = desk.view().reader().search("award.confirmed", 99).unwrap();
    entries.retain(|logged| logged.entry.kind == "award.confirmed");
    assert_eq!((entries.len(), &entries[0].entry.body.about["second"]), (1, &serde_json::json!("乙")));
    // Some of them again, each time with somebody beside.
    assert_eq!(code(desk.confirm_awards(&by(CHIEF), &[first], "苏人社发〔2020〕2号")), "second-pin-needed");
}

#[test]
fn a_site_gets_its_operators_in_its_packet() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, _) = protected(&folder);
    let (stage, part, site) = ("city".into(), "written".into(), SiteCode::from("3201-01"));
    let out = folder.path().to_owned();
    assert_eq!(code(desk.issue_packet(&by(CHIEF), &stage, &part, &site, &out)), "no-site-operators");
    name(&mut desk, "负责人", &[Role::SiteHead], &["3201-01"], OTHER);
    name(&mut desk, "监考员", &[Role::Invigilator], &["3201-01"], OTHER);
    name(&mut desk, "常州人", &[Role::SiteHead], &["3204-01"], OTHER);
    // Who works at a site does not open headquarters' database with that PIN.
    assert_eq!(code(Desk::sign_in(&db(&folder), &by("负责人"), &pin(OTHER))), "works-elsewhere");
    let issued = desk.issue_packet(&by(CHIEF), &stage, &part, &site, &out).unwrap();
    let laptop = out.join("site.kaowu-db");
    let open = |who: &str, text: Option<&str>| {
        let own = text.map(Pin::new);
        Desk::open_packet_as(&laptop, &by(who), &issued.path, &issued.words, own.as_ref())
    };
    assert_eq!(code(open("负责人", None)), "packet-needs-sign-in");
    assert_eq!(code(open("常州人", Some(OTHER))), "packet-needs-sign-in");
    assert_eq!(code(open("负责人", Some(PIN))), "pin-wrong");
    assert!(!laptop.exists(), "a refused packet leaves no database");
    let (mut there, _) = open("监考员", Some(OTHER)).unwrap();
    assert_eq!((there.is_protected(), there.signed_in().map(Operator::as_str)), (true, Some("监考员")));
    let who = there.view().brief().unwrap().unwrap().people[0].clone();
    assert_eq!(code(there.key_mark(&by("监考员"), &stage, &part, Pass(1), &who, "80")), "operator-may-not");
    assert_eq!(code(there.give_pin(&by("监考员"), &"负责人".into(), &pin(PIN))), "operator-may-not");
    // The head gives a forgetful invigilator a new PIN; the head's own way in are words that headquarters keeps.
    there.take_over(&by("负责人"), &pin(OTHER)).unwrap();
    there.give_pin(&by("负责人"), &"监考员".into(), &pin(PIN)).unwrap();
    assert_eq!(
        code(there.name_operator(&by("负责人"), &NewOperator { name: &"新".into(), roles: &[Role::Hq], sites: &[], pin: None })),
        "only-hq"
    );
    drop(there);
    assert_eq!(code(Desk::sign_in(&laptop, &by("监考员"), &pin(OTHER))), "pin-wrong");
    drop(Desk::sign_in(&laptop, &by("监考员"), &pin(PIN)).unwrap());
    let told = desk.tell_recovery(&by(CHIEF), &issued.post).unwrap();
    let mut there = Desk::recover(&laptop, &by("负责人"), &told, &pin("一句好记的话")).unwrap();
    let handed = there.hand_over(&by("负责人"), &out).unwrap();
    drop(there);
    assert!(desk.merge_handover(&by(CHIEF), &handed.path).unwrap().report.added > 3);
    verified(&desk, &out, &handed.path);
    // Whoever comes back signs in, which is nothing that headquarters waits for.
    let receipt = desk.write_receipt(&by(CHIEF), &issued.post, &out).unwrap();
    let mut there = Desk::sign_in(&laptop, &by("负责人"), &pin("一句好记的话")).unwrap();
    assert_eq!(kinds(&there).last().unwrap(), "operator.signed-in");
    let step = |desk: &Desk| desk.overview(at(0)).unwrap().steps.into_iter().find(|step| step.step == "handover").unwrap();
    assert_eq!(there.take_receipt(&by("负责人"), &receipt).unwrap().not_yet, 0);
    assert_eq!(step(&there).done, step(&there).total);
    let (inspector, seen) = ("巡考丁".into(), "无异常".into());
    let report = InspectionReport { stage: stage.clone(), part: part.clone(), site: site.clone(), room: None, at: None, inspector, seen };
    there.inspect_room(&by("负责人"), &report).unwrap();
    assert_eq!(there.take_receipt(&by("负责人"), &receipt).unwrap().not_yet, 1);
    assert_eq!(step(&there).done + 1, step(&there).total);
    drop(there);
    // A later packet: who was withdrawn is gone, who is new gets in, a PIN that headquarters gave anew counts.
    desk.withdraw_operator(&by(CHIEF), &"监考员".into(), "换人").unwrap();
    name(&mut desk, "新监考", &[Role::Invigilator], &["3201-01"], OTHER);
    let later = desk.issue_packet(&by(CHIEF), &stage, &part, &site, &out).unwrap();
    let own = pin("一句好记的话");
    let held = Vault::read(&laptop).unwrap().unwrap().open_as_well(&"监考员".into(), &pin(PIN)).unwrap();
    let fits = || kaowu_ledger::Ledger::opens_under(&laptop, &kaowu_ledger::DbKey::from_bytes(*held.key)).unwrap();
    assert!(fits());
    let (there, opened) = Desk::open_packet_as(&laptop, &by("负责人"), &later.path, &later.words, Some(&own)).unwrap();
    assert!(opened.again);
    drop(there);
    assert!(!fits(), "the laptop's key is another");
    assert_eq!(code(Desk::sign_in(&laptop, &by("监考员"), &pin(PIN))), "no-pin");
    drop(Desk::sign_in(&laptop, &by("新监考"), &pin(OTHER)).unwrap());
    drop(Desk::sign_in(&laptop, &by("负责人"), &pin(OTHER)).unwrap());
    // Another site's packet changes nothing in this one's vault.
    let other = desk.issue_packet(&by(CHIEF), &stage, &part, &"3204-01".into(), &out).unwrap();
    let keys = std::fs::read(out.join("site.kaowu-db.keys")).unwrap();
    assert_ne!(code(Desk::open_packet_as(&laptop, &by("常州人"), &other.path, &other.words, Some(&pin(OTHER)))), "ok");
    let now: serde_json::Value = serde_json::from_slice(&std::fs::read(out.join("site.kaowu-db.keys")).unwrap()).unwrap();
    let was: serde_json::Value = serde_json::from_slice(&keys).unwrap();
    assert_eq!(now["slots"], was["slots"]);
}

/// The stick with the root key says that the event was protected: it is set up again protected, unless somebody asks for less.
#[test]
fn what_was_protected_is_set_up_again_protected() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, _) = protected(&folder);
    let root = desk.save_key(&by(CHIEF), KeyKind::Root, folder.path(), "one two three four five six").unwrap();
    let (event, words) = (desk.view().event().unwrap().id, "one two three four five six");
    drop(desk);
    let at = |name: &str| folder.path().join(name);
    let again = |to: &str, own: Option<&Pin>, open: bool| Desk::create_again(&at(to), &by("总部新"), (&root.path, words), own, open);
    let nothing = |to: &str| !at(to).exists() && Vault::read(&at(to)).unwrap().is_none();
    assert_eq!(code(again("a.kaowu-db", None, false)), "was-protected");
    assert_eq!(code(again("a.kaowu-db", Some(&pin("123456")), false)), "pin-too-simple");
    assert!(nothing("a.kaowu-db"));
    let (desk, six) = again("a.kaowu-db", Some(&pin(OTHER)), false).unwrap();
    assert_eq!((desk.is_protected(), desk.signed_in().map(Operator::as_str)), (true, Some("总部新")));
    assert_eq!(desk.view().event().unwrap().id, event);
    drop(desk);
    assert_eq!(code(Desk::open(&at("a.kaowu-db"))), "sign-in-needed");
    drop(Desk::recover(&at("a.kaowu-db"), &by("总部新"), &six.unwrap(), &pin(PIN)).unwrap());
    assert_eq!(code(again("a.kaowu-db", Some(&pin(OTHER)), false)), "database-exists");
    drop(Desk::sign_in(&at("a.kaowu-db"), &by("总部新"), &pin(PIN)).unwrap());
    let (desk, six) = again("b.kaowu-db", None, true).unwrap();
    assert!(!desk.is_protected() && six.is_none() && desk.view().event().unwrap().id == event);
}

/// Whom the plan names is planned until headquarters names them, with the roles and sites of the plan.
#[test]
fn whom_the_plan_names_is_planned() {
    let folder = tempfile::tempdir().unwrap();
    let plan = bundled("jiangsu-2020").unwrap().to_owned()
        + "\n[[operators]]\nname = \"负责人\"\nroles = [\"site-head\", \"secretary\"]\nsites = [\"3201-01\"]\n\
           [[operators]]\nname = \"总部丁\"\nroles = [\"hq\"]\n";
    let new = NewEvent { plan: &plan, mode: Mode::Live };
    let (mut desk, _) = Desk::create_protected(&db(&folder), &by(CHIEF), &new, &pin(PIN)).unwrap();
    let row = |desk: &Desk, who: &str| desk.operators().unwrap().into_iter().find(|row| row.name.as_str() == who).unwrap();
    let head = row(&desk, "负责人");
    assert_eq!((head.planned, head.pin, head.here, head.withdrawn), (true, false, false, false));
    assert_eq!((head.roles, head.sites), (vec![Role::SiteHead, Role::Secretary], vec!["3201-01".into()]));
    assert!(row(&desk, "总部丁").planned && !row(&desk, CHIEF).planned);
    assert_eq!(code(Desk::sign_in(&db(&folder), &by("总部丁"), &pin(OTHER))), "no-pin", "the plan lets nobody in");
    for who in ["负责人", "总部丁"] {
        let without_pin = NewOperator { name: &who.into(), roles: &[], sites: &[], pin: None };
        assert_eq!(code(desk.name_operator(&by(CHIEF), &without_pin)), "pin-needed");
        name(&mut desk, who, &[], &[], OTHER);
    }
    let head = row(&desk, "负责人");
    assert_eq!((head.planned, head.pin, head.here), (false, true, false));
    assert_eq!((head.roles, head.sites), (vec![Role::SiteHead, Role::Secretary], vec!["3201-01".into()]));
    drop(desk);
    drop(Desk::sign_in(&db(&folder), &by("总部丁"), &pin(OTHER)).unwrap());
    assert_eq!(code(Desk::sign_in(&db(&folder), &by("负责人"), &pin(OTHER))), "works-elsewhere");
}

#[test]
fn an_incident_and_a_sign_off_take_two_people_of_the_room() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, _) = protected(&folder);
    let (stage, part, site) = ("city".into(), "written".into(), SiteCode::from("3201-01"));
    for (who, role) in [("监考一", Role::Invigilator), ("监考二", Role::Invigilator), ("记分员", Role::Secretary)] {
        name(&mut desk, who, &[role], &["3201-01"], OTHER);
    }
    let issued = desk.issue_packet(&by(CHIEF), &stage, &part, &site, folder.path()).unwrap();
    let (laptop, own) = (folder.path().join("site.kaowu-db"), pin(OTHER));
    let (mut there, _) = Desk::open_packet_as(&laptop, &by("监考一"), &issued.path, &issued.words, Some(&own)).unwrap();
    let door = (&site, &"001".into());
    let people: Vec<_> = there.view().room_seats(&stage, &site, door.1).unwrap().into_values().collect();
    let (come, later) = (&people[..2], Ctx { now: at(3000), ..by("监考一") });
    for (_, number) in come {
        there.check_in(&by("监考一"), &stage, &part, door, number.as_str()).unwrap();
    }
    let absent = there.fix_absence(&later, &stage, &part, door).unwrap();
    let invigilators: Vec<Operator> = vec!["监考一".into(), "监考二".into()];
    let report = IncidentReport {
        stage: stage.clone(),
        part: part.clone(),
        document: come[0].0.to_string(),
        clause: there.plan().clauses[0].id.clone(),
        facts: "手机响铃".into(),
        invigilators: invigilators.clone(),
        unsigned: None,
    };
    let count = |n: usize| u32::try_from(n).unwrap();
    let record = RoomRecordFact {
        expected: count(people.len()),
        present: 2,
        absent: count(absent.len()),
        absent_papers: count(absent.len()),
        absent_numbers: absent,
        issued: 30,
        used: 2,
        spare: 28 - count(people.len() - 2),
        returned: 30,
        incidents: 1,
        invigilators: invigilators.clone(),
    };
    let incident = |there: &mut Desk| code(there.report_incident(&later, &report));
    let sign = |there: &mut Desk| code(there.sign_off(&later, &stage, &part, door, &invigilators));
    let with = |there: &mut Desk, who: &str, act: &dyn Fn(&mut Desk) -> String| {
        there.prove(&later, &who.into(), &own).unwrap();
        act(there)
    };
    // Two names in the record are not two people with PINs.
    assert_eq!(incident(&mut there), "second-pin-needed");
    assert_eq!(with(&mut there, "记分员", &incident), "second-may-not");
    assert_eq!(with(&mut there, "监考二", &incident), "ok");
    assert!(there.record_room(&later, &stage, &part, door, &record).unwrap().is_empty());
    assert_eq!(sign(&mut there), "second-pin-needed");
    assert_eq!(with(&mut there, "记分员", &sign), "second-may-not");
    assert_eq!(with(&mut there, "监考二", &sign), "ok");
    for kind in ["incident.reported", "room.signed"] {
        let entry = there.view().reader().search(&format!("\"kind\":\"{kind}\""), 1).unwrap().pop().unwrap().entry;
        assert_eq!((entry.op.as_str(), &entry.body.about["second"]), ("监考一", &serde_json::json!("监考二")), "{kind}");
    }
}

/// The program that shares no line with ours reads what a protected site hands over.
fn verified(desk: &Desk, folder: &Path, handover: &Path) {
    let view = desk.view();
    let trust = view.one::<Trust>(&Only).unwrap().unwrap().value;
    let (root, key) = (folder.join("root.pub"), folder.join("hq.key"));
    std::fs::write(&root, format!("{}\n", trust.root)).unwrap();
    std::fs::write(&key, format!("{}\n", view.reader().meta_get("hq-identity").unwrap().unwrap())).unwrap();
    let mut command = Command::new(fixture("../verify/verify-handover"));
    let out = command.arg("--root").arg(&root).arg("--identity").arg(&key).arg(handover).output().unwrap();
    assert!(out.status.success(), "{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
}
