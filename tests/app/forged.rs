//! What somebody changes who holds a site's keys, a receipt of before, or the vault's file: headquarters' word and the vault stand.

use crate::operators::{CHIEF, OTHER, PIN, by, db, name, pin, protected};
use crate::trust::{AT, SITE, code, held, hq_box, issue, opened, part, people, put};
use crate::world::{ctx, hq, seated};
use kaowu_core::facts::{DecidedMark, Pass};
use kaowu_core::figure::Mark;
use kaowu_core::identity::IdNumber;
use kaowu_core::journal::Mode;
use kaowu_core::marks::MarkValue;
use kaowu_core::operators::Role;
use kaowu_desk::{Decision, Desk};
use kaowu_ledger::{DbKey, Ledger};
use kaowu_packet::keys::{Signer, generate_seed};
use kaowu_packet::vault::Vault;
use serde_json::{Value, json};
use std::path::Path;

/// An incident only grows: headquarters upheld it about one person, and no later handover of that site, be it of the same laptop or
/// of one that somebody made up, takes it back or turns it on another.
#[test]
fn an_incident_stays_what_headquarters_ruled_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut headquarters = seated(&folder, Mode::Live);
    let issued = issue(&mut headquarters, &folder);
    let held = held(&issued);
    let (stage, written) = part();
    let (guilty, other) = (people(&headquarters)[0].clone(), people(&headquarters)[1].clone());
    let seat = headquarters.view().seat(&stage, &guilty).unwrap().unwrap();
    let incident = |person: &IdNumber| {
        json!({"stage": "city", "part": "written", "site": SITE, "room": seat.room, "seat": seat.seat, "person": person, "clause": "11-1",
            "at": AT, "facts": "夹带", "invigilators": ["监考甲", "监考乙"], "signature": null})
    };
    let laptop = Signer::from_seed(generate_seed());
    let id = format!("{}-2", &laptop.device().as_str()[..8]);
    let said = |value: Value| json!([{"topic": "incident", "key": id, "value": value}]);
    let first = ("incident.reported", "监考甲", said(incident(&guilty)), vec![]);
    let to = hq_box(&headquarters);
    let merge = |desk: &mut Desk, bytes: &[u8]| code(desk.merge_handover(&hq(), &put(&folder, "handover.kaowu", bytes)));
    assert_eq!(merge(&mut headquarters, &held.handover_of(&laptop, &to, std::slice::from_ref(&first))), "ok");
    headquarters.rule_incident(&hq(), &id, true, "属实").unwrap();
    let voided = |desk: &Desk| desk.view().voided(&stage, &written).unwrap().into_iter().collect::<Vec<_>>();
    assert_eq!(voided(&headquarters), std::slice::from_ref(&guilty));
    let (_, entry, _) = held.journal(&laptop, std::slice::from_ref(&first), false);
    let stranger = Signer::from_seed(generate_seed());
    for (what, value) in [
        ("taken back", Value::Null),
        ("of another person", incident(&other)),
        ("of another clause", {
            let mut lighter = incident(&guilty);
            lighter["clause"] = "6-1".into();
            lighter
        }),
    ] {
        for supersedes in [vec![entry.as_str()], vec![]] {
            let again = ("incident.reported", "监考甲", said(value.clone()), supersedes);
            let same = held.handover_of(&laptop, &to, &[first.clone(), again.clone()]);
            let made_up = held.handover_of(&stranger, &to, std::slice::from_ref(&again));
            for forged in [same, made_up] {
                assert_eq!(merge(&mut headquarters, &forged), "incident-changed", "{what}");
                assert_eq!(voided(&headquarters), std::slice::from_ref(&guilty), "{what}");
            }
        }
    }
    let seq = format!("{}-3", &laptop.device().as_str()[..8]);
    let more = ("incident.reported", "监考甲", json!([{"topic": "incident", "key": seq, "value": incident(&other)}]), vec![]);
    assert_eq!(merge(&mut headquarters, &held.handover_of(&laptop, &to, &[first, more])), "ok", "another incident is one more");
    // Whoever holds the laptop's own key gives it another past: nothing of it counts from there, and the ruling stands.
    let past = held.handover_of(&laptop, &to, &[("handover.written", "负责人", json!([]), vec![])]);
    assert_eq!(merge(&mut headquarters, &past), "ok");
    let board = headquarters.merge_board().unwrap();
    assert!(board.iter().any(|row| row.post == issued.post && row.state == kaowu_desk::PostState::Forked));
    assert_eq!(voided(&headquarters), std::slice::from_ref(&guilty));
    headquarters.rule_incident(&hq(), &id, false, "改判").unwrap();
    assert!(voided(&headquarters).is_empty());
    headquarters.rule_incident(&hq(), &id, true, "再议").unwrap();
    assert_eq!(voided(&headquarters), [guilty]);
    let (kept, made) = headquarters.rebuild().unwrap();
    assert_eq!(kept, made);
}

/// Receipts that are read in the wrong order: what headquarters corrected since stays corrected.
#[test]
fn an_older_receipt_settles_nothing_anew() {
    let folder = tempfile::tempdir().unwrap();
    let mut headquarters = seated(&folder, Mode::Live);
    let issued = issue(&mut headquarters, &folder);
    let (mut desk, _) = opened(&folder.path().join("site"), &issued.path, &issued.words).unwrap();
    let (stage, written) = part();
    let person = people(&desk)[0].clone();
    for (pass, who) in [(1, "甲"), (2, "乙")] {
        desk.key_mark(&ctx(who, AT), &stage, &written, Pass(pass), &person, "80").unwrap();
    }
    let home = desk.hand_over(&ctx("负责人", AT), folder.path()).unwrap().path;
    headquarters.merge_handover(&hq(), &home).unwrap();
    let mut receipts = Vec::new();
    for (mark, at) in [(85_000, "2020-06-28T09:00:00+08:00"), (90_000, "2020-06-28T10:00:00+08:00")] {
        let decision = Decision { id: &person, value: MarkValue::Given(Mark(mark)), with: Some("丁".into()), reason: "查卷" };
        headquarters.decide_mark(&ctx("丙", at), &stage, &written, &decision).unwrap();
        let file = headquarters.write_receipt(&ctx("丙", at), &issued.post, folder.path()).unwrap();
        receipts.push(put(&folder, &format!("{mark}.kaowu"), &std::fs::read(file).unwrap()));
    }
    let holds = |desk: &Desk| {
        let key = (stage.clone(), written.clone(), person.clone());
        desk.view().live::<DecidedMark>(&key).unwrap().into_iter().map(|held| held.value.value).collect::<Vec<_>>()
    };
    let take = |desk: &mut Desk, n: usize| code(desk.take_receipt(&ctx("负责人", AT), &receipts[n]));
    for (n, wanted) in [(1, "ok"), (0, "receipt-older"), (1, "ok")] {
        assert_eq!(take(&mut desk, n), wanted, "{n}");
        assert_eq!(holds(&desk), [MarkValue::Given(Mark(90_000))], "{n}");
    }
    // In their order both are taken.
    let (mut spare, _) = opened(&folder.path().join("spare"), &issued.path, &issued.words).unwrap();
    for (n, mark) in [(0, 85_000), (1, 90_000)] {
        assert_eq!(take(&mut spare, n), "ok");
        assert_eq!(holds(&spare), [MarkValue::Given(Mark(mark))]);
    }
}

fn keys_file(db: &Path) -> std::path::PathBuf {
    Vault::beside(db)
}

fn slots(db: &Path, change: impl FnOnce(&mut Vec<Value>)) {
    let mut vault: Value = serde_json::from_slice(&std::fs::read(keys_file(db)).unwrap()).unwrap();
    change(vault["slots"].as_array_mut().unwrap());
    std::fs::write(keys_file(db), serde_json::to_vec_pretty(&vault).unwrap()).unwrap();
}

/// An auditor writes their own slot into the vault's file a second time, under another name, before they are withdrawn; or has the key
/// closed for a friend at a site. The new key is closed for neither.
#[test]
fn nobody_leaves_themselves_a_door_in_the_vault() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, _) = protected(&folder);
    let path = db(&folder);
    name(&mut desk, "王主任", &[Role::SiteHead], &[SITE], OTHER);
    let opens = |who: &str| {
        let keys = Vault::read(&path).unwrap().unwrap().open_as_well(&who.into(), &pin(OTHER));
        keys.is_some_and(|keys| Ledger::opens_under(&path, &DbKey::from_bytes(*keys.key)).unwrap())
    };
    for (planted, wanted) in [("潜伏", "ok"), (CHIEF, "vault-altered"), ("王主任", "ok")] {
        name(&mut desk, "审计", &[Role::Auditor], &[], OTHER);
        let before = std::fs::read(keys_file(&path)).unwrap();
        slots(&path, |all| {
            let own = all.iter().find(|slot| slot["operator"] == "审计").cloned().unwrap();
            let at = all.iter().position(|slot| slot["operator"] == planted);
            match planted {
                "王主任" => all[at.unwrap()]["key"] = own["key"].clone(),
                // In place of another's, or beside the others.
                _ => {
                    at.map(|at| all.remove(at));
                    all.push(own);
                    all.last_mut().unwrap()["operator"] = planted.into();
                }
            }
        });
        assert_eq!(code(desk.withdraw_operator(&by(CHIEF), &"审计".into(), "离职")), wanted, "{planted}");
        if wanted != "ok" {
            assert!(opens("审计"), "nothing happened");
            std::fs::write(keys_file(&path), before).unwrap();
            assert_eq!(code(desk.withdraw_operator(&by(CHIEF), &"审计".into(), "离职")), "ok");
            continue;
        }
        // They take the vault and the database, and give their slot its own name again.
        slots(&path, |all| {
            all.iter_mut()
                .filter(|slot| slot["operator"] == planted && planted != "王主任")
                .for_each(|slot| slot["operator"] = "审计".into());
        });
        assert!(!opens("审计") && !opens("王主任"), "{planted}");
    }
    drop(desk);
    drop(Desk::sign_in(&path, &by(CHIEF), &pin(PIN)).unwrap());
}

/// Whoever writes into the file beside headquarters' database makes nobody the head of a site, and nobody of headquarters.
#[test]
fn a_slot_made_elsewhere_is_nobodys() {
    let folder = tempfile::tempdir().unwrap();
    let (mut desk, _) = protected(&folder);
    let path = db(&folder);
    name(&mut desk, "王主任", &[Role::SiteHead], &[SITE], OTHER);
    let (stage, written) = part();
    let before = std::fs::read(keys_file(&path)).unwrap();
    // The same program makes a slot of that name, with the forger's PIN, beside a database of the forger's.
    let theirs = folder.path().join("theirs.kaowu-db");
    let new = kaowu_desk::NewEvent { plan: kaowu_core::plan::bundled("jiangsu-2020").unwrap(), mode: Mode::Live };
    drop(Desk::create_protected(&theirs, &by("王主任"), &new, &pin("902735")).unwrap());
    let made: Value = serde_json::from_slice(&std::fs::read(keys_file(&theirs)).unwrap()).unwrap();
    slots(&path, |all| {
        for slot in all.iter_mut().filter(|slot| slot["operator"] == "王主任") {
            slot["credential"] = made["slots"][0]["credential"].clone();
        }
    });
    assert_eq!(code(desk.issue_packet(&by(CHIEF), &stage, &written, &SITE.into(), folder.path())), "vault-altered");
    // What was there is put back, and all is well.
    std::fs::write(keys_file(&path), before).unwrap();
    drop(desk);
    let mut desk = Desk::sign_in(&path, &by(CHIEF), &pin(PIN)).unwrap();
    assert_eq!(code(desk.issue_packet(&by(CHIEF), &stage, &written, &SITE.into(), folder.path())), "ok");
}
