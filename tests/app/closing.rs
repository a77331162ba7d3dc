//! After the event: the report, the archive that opens read-only, the deletion of personal data.

use crate::world::{ctx, fixture, hq, seated};
use kaowu_core::coded::Coded;
use kaowu_core::facts::{Candidate, Pass, Topic};
use kaowu_core::identity::{PartId, StageId};
use kaowu_core::journal::Mode;
use kaowu_desk::{ArchiveDoor, DeletionOrder, Desk, InspectionReport, KeyKind, PaperKind, PaperOf};
use kaowu_ledger::Ledger;
use kaowu_packet::keys::{AgeIdentity, Signer};
use kaowu_packet::{Key, Lock, Manifest, Packing, Statement, certify_device, open, seal};
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

const LATE: &str = "2023-09-01T09:00:00+08:00";

/// Three cities, everybody marked, one absent.
fn done(folder: &TempDir) -> Desk {
    let mut desk = seated(folder, Mode::Live);
    let (stage, part): (StageId, PartId) = ("city".into(), "written".into());
    let marks = fixture("jiangsu-2020/marks/city-written.xlsx");
    for (pass, who) in [(1, "甲员"), (2, "乙员")] {
        desk.import_marks(&ctx(who, "2020-06-28T09:00:00+08:00"), &stage, &part, Pass(pass), &marks).unwrap();
    }
    let seen = "空调故障，十点修好";
    let note =
        InspectionReport { stage, part, site: "3201-01".into(), room: None, at: None, inspector: "巡考甲".into(), seen: seen.into() };
    desk.inspect_room(&ctx("巡考甲", "2020-06-28T09:30:00+08:00"), &note).unwrap();
    desk
}

fn text_of(bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.pdf");
    std::fs::write(&path, bytes).unwrap();
    String::from_utf8(Command::new("pdftotext").arg("-layout").arg(&path).arg("-").output().unwrap().stdout).unwrap()
}

fn report(desk: &Desk) -> Vec<u8> {
    let fonts = Desk::fonts(&fixture("../../assets/fonts")).unwrap();
    let (stage, part) = (StageId::default(), PartId::default());
    desk.paper(
        &ctx("考务处", "2020-08-01T09:00:00+08:00"),
        &fonts,
        &PaperOf { kind: &PaperKind::ClosingReport, stage: &stage, part: &part, site: None, room: None },
    )
    .unwrap()
}

#[test]
fn an_archive_opens_and_is_only_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = done(&folder);
    let paper = report(&desk);
    assert_eq!(paper, report(&desk), "same journal, same bytes");
    let text = text_of(&paper);
    for word in ["参赛情况", "成绩分布", "空调故障", "南京市", "中位"] {
        assert!(text.contains(word), "{word} is not in\n{text}");
    }
    let fonts = Desk::fonts(&fixture("../../assets/fonts")).unwrap();
    // A stick that is not there: the entry, which the archive was to hold, is said not to be of one.
    let nowhere = desk.make_archive(&ctx("档案员", "2020-08-01T10:00:00+08:00"), &fonts, &folder.path().join("none"));
    let said = |kind: &str| desk.view().reader().search(&format!("\"kind\":\"{kind}\""), 9).unwrap().into_iter().map(|l| l.entry);
    assert_eq!(nowhere.unwrap_err().code(), "carry-no-folder");
    let (seq, not) = (said("archive.made").next().unwrap().seq, said("file.unconfirmed").next().unwrap());
    assert_eq!(not.body.about["entry"], seq);
    let words = "one two three four five six";
    let mut key = |kind| {
        let saved = desk.save_key(&ctx("档案员", "2020-08-01T10:05:00+08:00"), kind, folder.path(), words).unwrap().path;
        let unread = Desk::archive_opener(&saved, || Ok("one two three four five".into())).unwrap_err().code();
        assert_eq!((unread.as_str(), saved.to_str().unwrap().ends_with(".key.age")), ("wrong-passphrase", true));
        (Desk::archive_opener(&saved, || Ok(words.into())).unwrap(), saved)
    };
    let ((key, under_words), (of_root, _), (of_escrow, _)) = (key(KeyKind::Archive), key(KeyKind::Root), key(KeyKind::Escrow));
    assert_eq!(key, of_root);
    // What age has opened already is taken, too.
    let bare = folder.path().join("key");
    std::fs::write(&bare, format!("# a remark\n{key}\n")).unwrap();
    assert_eq!(Desk::archive_opener(&bare, || unreachable!()).unwrap(), key);
    assert_eq!(Desk::archive_opener(&folder.path().join("hq.kaowu-db"), || unreachable!()).unwrap_err().code(), "key-unreadable");
    let made = desk.make_archive(&ctx("档案员", "2020-08-01T10:10:00+08:00"), &fonts, folder.path()).unwrap();
    assert_eq!(Desk::verify_archive(&made.path, &of_escrow, None).unwrap().entries, made.entries);
    let db = folder.path().join("later.kaowu-db");
    let (mut opened, told) = Desk::open_archive(&db, &made.path, &key, None, ArchiveDoor::AsEvent).unwrap();
    assert_eq!((told.entries, told.files), (made.entries, made.files + 3), "the chain's files beside those of the archive");
    assert_eq!(opened.fingerprint().unwrap(), desk.fingerprint().unwrap());
    let (stage, part): (StageId, PartId) = ("city".into(), "written".into());
    let final_marks = |d: &Desk| d.view().final_marks(&stage, &part).unwrap().into_iter().collect::<Vec<_>>();
    assert_eq!(final_marks(&opened), final_marks(&desk));
    assert!(opened.verify_journal().unwrap().faults.is_empty());
    // Nothing is written, before and after it is opened again.
    let refused = |d: &mut Desk, db: &Path| {
        let id = d.view().candidates(&stage).unwrap().into_keys().next().unwrap();
        let form = kaowu_desk::Form::Marks(stage.clone(), part.clone(), Pass(1));
        let codes = [
            d.key_mark(&hq(), &stage, &part, Pass(1), &id, "80").map(|_| ()).unwrap_err().code(),
            d.draw_seats(&hq(), &stage, "x").map(|_| ()).unwrap_err().code(),
            d.import_roster(&hq(), &stage, &fixture("jiangsu-2020/rosters/3202-无锡市.xlsx"), false).map(|_| ()).unwrap_err().code(),
            d.issue_packet(&hq(), &stage, &part, &"3201-01".into(), folder.path()).map(|_| ()).unwrap_err().code(),
            d.make_archive(&hq(), &fonts, folder.path()).map(|_| ()).unwrap_err().code(),
            d.keep_draft(&"甲".into(), &form, Some(&id), "8").map(|_| ()).unwrap_err().code(),
            d.rebuild().map(|_| ()).unwrap_err().code(),
            d.continue_after_copy().map(|_| ()).unwrap_err().code(),
            Desk::delete_personal(db, &ctx("甲", LATE), &DeletionOrder { with: "乙".into(), document: "文" })
                .map(|_| ())
                .unwrap_err()
                .code(),
        ];
        assert!(codes.iter().all(|c| c == "database-is-archive"), "{codes:?}");
    };
    refused(&mut opened, &db);
    drop(opened);
    let mut again = Desk::open(&db).unwrap();
    assert!(again.is_archive());
    refused(&mut again, &db);
    drop(again);
    // The wrong key, another root, a byte that was changed, a file of another kind.
    let code = |file: &Path, key: &str, root: Option<&str>| Desk::verify_archive(file, key, root).map(|_| ()).map_err(|e| e.code());
    assert_eq!(code(&made.path, &key, Some(told.root.as_str())), Ok(()));
    let other = kaowu_packet::keys::AgeIdentity::generate().to_secret();
    assert_eq!(code(&made.path, &other, None), Err("not-for-this-key".into()));
    let stranger = kaowu_packet::keys::Signer::from_seed([7; 32]).public_openssh();
    assert_eq!(code(&made.path, &key, Some(&stranger)), Err("chain-broken".into()));
    let mut bytes = std::fs::read(&made.path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(folder.path().join("bent.kaowu"), &bytes).unwrap();
    assert_eq!(code(&folder.path().join("bent.kaowu"), &key, None), Err("packet-altered".into()));
    let issued = desk.issue_packet(&hq(), &stage, &part, &"3201-01".into(), folder.path()).unwrap();
    assert_eq!(code(&issued.path, &key, None), Err("needs-passphrase".into()));
    // The same archive, signed with a site's key: a site keeps no archive, whatever root one has or has not.
    let held = |key: &Key<'_>, file: &Path| open(&std::fs::read(file).unwrap(), key, None).unwrap();
    let (real, site) =
        (held(&Key::Identities(&[AgeIdentity::parse(&key).unwrap()]), &made.path), held(&Key::Words(&issued.words), &issued.path));
    let content: serde_json::Value = serde_json::from_slice(&site.files["site.json"]).unwrap();
    let seed = content["secrets"]["seed"].as_str().unwrap();
    let seed: Vec<u8> = (0..32).map(|n| u8::from_str_radix(&seed[2 * n..2 * n + 2], 16).unwrap()).collect();
    let (site_key, device) = (Signer::from_seed(seed.try_into().unwrap()), Signer::from_seed([8; 32]));
    let above = content["site_chain"].as_object().unwrap().iter();
    let above = above.map(|(name, text)| (name.clone(), text.as_str().unwrap().as_bytes().to_vec())).collect();
    let (event, mode) = (real.manifest.event.clone(), real.manifest.mode);
    let says = Statement { event, mode, site: issued.post.clone(), key: device.public_openssh(), continues: None, second: None };
    let mut files = real.files;
    files.retain(|name, _| !name.starts_with("chain/"));
    let forged = seal(Packing {
        manifest: Manifest { from: issued.post.clone(), ..real.manifest },
        files,
        chain: certify_device(&site_key, &above, &says).unwrap(),
        signer: &device,
        lock: Lock::Recipients(vec![AgeIdentity::parse(&key).unwrap().recipient()]),
        second: false,
    });
    let forged_file = folder.path().join("forged.kaowu");
    std::fs::write(&forged_file, forged.unwrap()).unwrap();
    for root in [None, Some(told.root.as_str())] {
        assert_eq!(code(&forged_file, &key, root), Err("not-of-hq".into()));
    }
    assert_eq!(told.root_code, desk.key_places().unwrap().root_code);
    // Tools that share no line with ours agree.
    std::fs::write(folder.path().join("slip"), words).unwrap();
    std::fs::write(folder.path().join("root.pub"), format!("{}\n", told.root)).unwrap();
    let script = |file: &Path| {
        let out = Command::new(fixture("../verify/verify-archive"))
            .arg("--root")
            .arg(folder.path().join("root.pub"))
            .arg("--identity")
            .arg(&under_words)
            .arg("--words")
            .arg(folder.path().join("slip"))
            .arg(file)
            .output()
            .unwrap();
        (out.status.success(), format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr)))
    };
    let (fine, said) = script(&made.path);
    assert!(fine && said.contains(&format!("{} entries", made.entries)), "{said}");
    let (fine, said) = script(&forged_file);
    assert!(!fine && said.contains("chain-"), "{said}");
    let (fine, said) = script(&folder.path().join("bent.kaowu"));
    assert!(!fine && said.contains("cannot-decrypt"), "{said}");
}

#[test]
fn personal_data_goes_and_figures_stay() {
    let folder = tempfile::tempdir().unwrap();
    let desk = done(&folder);
    let path = desk.path().to_owned();
    let stage: StageId = "city".into();
    let people: Vec<(String, String, String)> =
        desk.view().candidates(&stage).unwrap().into_iter().map(|(id, c)| (id.0, c.name, c.phone)).collect();
    let (fingerprint, feeds) = (desk.fingerprint().unwrap(), desk.verify_journal().unwrap());
    drop(desk);
    let raw = std::fs::read(&path).unwrap();
    let holds = |bytes: &[u8], text: &str| !text.is_empty() && bytes.windows(text.len()).any(|w| w == text.as_bytes());
    assert!(people.iter().take(20).all(|(id, name, _)| holds(&raw, id) && holds(&raw, name)));
    let delete = |who: &str, with: &str, at: &str, document: &str| {
        Desk::delete_personal(&path, &ctx(who, at), &DeletionOrder { with: with.into(), document }).map_err(|e| e.code())
    };
    for (who, with, at, document, code) in [
        ("甲", "乙", "2023-07-01T09:00:00+08:00", "文号", "retention-runs"),
        ("甲", "甲", LATE, "文号", "second-person-needed"),
        ("甲", " ", LATE, "文号", "second-person-needed"),
        ("甲", "乙", LATE, " ", "reason-needed"),
    ] {
        assert_eq!(delete(who, with, at, document).unwrap_err(), code);
    }
    assert_eq!(Desk::open(&path).unwrap().fingerprint().unwrap(), fingerprint, "a refusal leaves all as it was");
    let done = delete("档案员", "监销人", LATE, "苏档销〔2023〕1号").unwrap();
    assert_eq!(done.closing.deleted[Candidate::NAME], people.len() as u64);
    // Byte for byte nothing of anybody, in any file of the folder that this program made there.
    for file in std::fs::read_dir(folder.path()).unwrap().map(|f| f.unwrap().path()).filter(|f| f.to_string_lossy().contains("hq.kaowu-db"))
    {
        let bytes = std::fs::read(&file).unwrap();
        for (id, name, phone) in &people {
            assert!(!holds(&bytes, id) && !holds(&bytes, phone), "{}: {id}", file.display());
            assert!(!holds(&bytes, name), "{}: {name}", file.display());
        }
        assert!(!holds(&bytes, "空调故障") && !holds(&bytes, "巡考甲"));
    }
    let mut left = Desk::open(&path).unwrap();
    assert!(left.is_closed() && left.view().candidates(&stage).unwrap().is_empty());
    let (closing, figures) = left.closing().unwrap().unwrap();
    assert_eq!((closing.fingerprint.as_str(), left.verify_closing().unwrap()), (fingerprint.as_str(), feeds.entries));
    assert_eq!(closing.feeds[0].entries, feeds.feeds[0].seq);
    let expected: u32 = figures.parts[0].units.iter().map(|u| u.expected).sum();
    assert_eq!(expected as usize, people.len());
    assert!(figures.parts[0].all.is_some() && figures.inspections == 1);
    let id = people[0].0.as_str().into();
    assert_eq!(left.key_mark(&hq(), &stage, &"written".into(), Pass(1), &id, "80").unwrap_err().code(), "database-is-closed");
    assert_eq!(left.draw_seats(&hq(), &stage, "x").unwrap_err().code(), "database-is-closed");
    let fonts = Desk::fonts(&fixture("../../assets/fonts")).unwrap();
    let paper = text_of(&left.deletion_paper(&ctx("档案员", LATE), &fonts).unwrap());
    assert!(paper.contains("监销人") && paper.contains("苏档销〔2023〕1号"), "{paper}");
    assert!(left.verify_journal().unwrap().faults.is_empty());
    drop(left);
    assert_eq!(delete("甲", "乙", LATE, "再来").unwrap_err(), "database-is-closed");
    // Whoever alters the chain that is left is found out.
    let ledger = Ledger::open(&path).unwrap();
    assert!(ledger.writable().is_err());
}
