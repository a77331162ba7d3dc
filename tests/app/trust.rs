//! Whose word is whose: packets, receipts and handovers that a forger made with keys they really hold. Each was taken once.

use crate::world::{ctx, fixture, hq, seated};
use kaowu_core::coded::Coded;
use kaowu_core::facts::{DecidedMark, Only, Pass, Trust};
use kaowu_core::figure::Mark;
use kaowu_core::identity::{EntryId, IdNumber, Operator, PartId, SiteCode, StageId};
use kaowu_core::journal::{Body, Entry, Mode, check_code, entry_id};
use kaowu_core::marks::MarkValue;
use kaowu_core::operators::Role;
use kaowu_desk::{Decision, Desk, Issued, NewEvent, NewOperator, Pin};
use kaowu_packet::keys::{AgeIdentity, Signer, generate_seed, key_code};
use kaowu_packet::{
    Files, Key, Lock, Manifest, Opened, PacketKind, Packing, Statement, certify_device, certify_site, open, seal, second_key,
};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

pub(crate) const AT: &str = "2020-06-27T08:50:00+08:00";
pub(crate) const SITE: &str = "3211-01";

pub(crate) fn part() -> (StageId, PartId) {
    ("city".into(), "written".into())
}

pub(crate) fn issue_at(headquarters: &mut Desk, folder: &Path, at: &str) -> Issued {
    let (stage, written) = part();
    headquarters.issue_packet(&ctx("考务处", at), &stage, &written, &SITE.into(), folder).unwrap()
}

pub(crate) fn issue(headquarters: &mut Desk, folder: &TempDir) -> Issued {
    issue_at(headquarters, folder.path(), "2020-06-20T09:00:00+08:00")
}

pub(crate) fn opened(db: &Path, file: &Path, words: &str) -> kaowu_desk::Result<(Desk, kaowu_desk::Opened)> {
    Desk::open_packet(db, &ctx("负责人", AT), file, words)
}

pub(crate) fn code<T>(done: kaowu_desk::Result<T>) -> String {
    done.map_or_else(|e| e.code(), |_| "ok".to_owned())
}

/// An entry of a forger: kind, operator, facts, and what it names as replaced.
pub(crate) type Said<'a> = (&'a str, &'a str, Value, Vec<&'a str>);

/// What somebody holds who opened a site's packet: its content, and the site's keys.
pub(crate) struct Held {
    packet: Opened,
    content: Value,
    site: Signer,
    pub(crate) site_box: AgeIdentity,
}

pub(crate) fn held(issued: &Issued) -> Held {
    let packet = open(&std::fs::read(&issued.path).unwrap(), &Key::Words(&issued.words), None).unwrap();
    let content: Value = serde_json::from_slice(&packet.files["site.json"]).unwrap();
    let seed: [u8; 32] = hex_bytes(content["secrets"]["seed"].as_str().unwrap());
    let site_box = AgeIdentity::parse(content["secrets"]["identity"].as_str().unwrap()).unwrap();
    Held { packet, content, site: Signer::from_seed(seed), site_box }
}

fn hex_bytes(text: &str) -> [u8; 32] {
    let bytes: Vec<u8> = (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect();
    bytes.try_into().unwrap()
}

impl Held {
    pub(crate) fn says(&self, site: &str, key: &Signer, second: bool) -> Statement {
        let (event, mode) = (self.packet.manifest.event.clone(), self.packet.manifest.mode);
        let second = second.then(|| second_key(key).unwrap());
        Statement { event, mode, site: site.to_owned(), key: key.public_openssh(), continues: None, second }
    }

    pub(crate) fn post(&self) -> &str {
        self.content["post"].as_str().unwrap()
    }

    /// The chain of a laptop of the site, which whoever has the site's key can make.
    pub(crate) fn chain(&self, device: &Signer, second: bool) -> Files {
        let above = self.content["site_chain"].as_object().unwrap();
        let above = above.iter().map(|(name, text)| (name.clone(), text.as_str().unwrap().as_bytes().to_vec())).collect();
        certify_device(&self.site, &above, &self.says(self.post(), device, second)).unwrap()
    }

    pub(crate) fn packing<'a>(&self, kind: PacketKind, from: &str, chain: Files, signer: &'a Signer) -> Packing<'a> {
        let manifest = Manifest { kind, from: from.to_owned(), ..self.packet.manifest.clone() };
        Packing { manifest, files: Files::new(), chain, signer, lock: Lock::Recipients(vec![]), second: false }
    }

    /// The journal of a laptop that never was: an opening, then these entries. Spoiled, its last signature is none.
    pub(crate) fn journal(&self, device: &Signer, said: &[Said<'_>], spoiled: bool) -> (Files, EntryId, u64) {
        let name = device.device();
        let opening = json!([{"topic": "opening", "key": name, "value": {"post": self.post(), "sha256": "00", "continues": null}}]);
        let first = [("packet.opened", "负责人", opening, vec![])];
        let (mut lines, mut signatures, mut head) = (Vec::new(), Vec::new(), EntryId::default());
        for (seq, (kind, op, facts, supersedes)) in (1..).zip(first.iter().chain(said)) {
            let entry = Entry {
                v: kaowu_core::journal::VERSION,
                mode: self.packet.manifest.mode,
                event: self.packet.manifest.event.clone(),
                site: self.post().to_owned(),
                device: name.clone(),
                seq,
                prev: head,
                t: AT.to_owned(),
                mono: seq,
                boot: "b".to_owned(),
                op: (*op).into(),
                kind: (*kind).to_owned(),
                body: Body { facts: serde_json::from_value(facts.clone()).unwrap(), ..Body::default() },
                supersedes: supersedes.iter().map(|id| (*id).into()).collect(),
            };
            let line = entry.to_line().unwrap();
            signatures.push(device.sign_bare(&line));
            head = entry_id(&line);
            lines.extend(line);
            lines.push(b'\n');
        }
        if spoiled {
            signatures.last_mut().unwrap().fill(0);
        }
        let hexed = |signature: &[u8; 64]| signature.iter().map(|b| format!("{b:02x}")).collect::<String>() + "\n";
        let text: String = signatures.iter().map(hexed).collect();
        (Files::from([("journal.jsonl".to_owned(), lines), ("journal.sigs".to_owned(), text.into_bytes())]), head, said.len() as u64 + 1)
    }

    pub(crate) fn handover(&self, to: &str, second: bool, said: &[Said<'_>]) -> Vec<u8> {
        self.handover_with(to, second, said, None)
    }

    /// The handover of a laptop whose key the forger holds.
    pub(crate) fn handover_of(&self, device: &Signer, to: &str, said: &[Said<'_>]) -> Vec<u8> {
        self.sealed(device, to, false, self.journal(device, said, false))
    }

    fn sealed(&self, device: &Signer, to: &str, second: bool, (files, head, seq): (Files, EntryId, u64)) -> Vec<u8> {
        let mut packing = self.packing(PacketKind::Handover, self.post(), self.chain(device, second), device);
        packing.manifest = Manifest { to: "hq".to_owned(), seq, check_code: check_code(&head), head, ..packing.manifest };
        packing.lock = Lock::Recipients(vec![to.to_owned()]);
        (packing.files, packing.second) = (files, second);
        seal(packing).unwrap()
    }

    /// A handover of a laptop that never was; where `former` says something, a good journal under `former/` beside a spoiled own one.
    fn handover_with(&self, to: &str, second: bool, said: &[Said<'_>], former: Option<&[Said<'_>]>) -> Vec<u8> {
        let device = Signer::from_seed(generate_seed());
        let (mut files, head, seq) = self.journal(&device, said, former.is_some());
        if let Some(said) = former {
            let before = Signer::from_seed(generate_seed());
            let (of, _, _) = self.journal(&before, said, false);
            let chain = self.chain(&before, false).into_iter().filter(|(name, _)| name.starts_with("chain/device"));
            files.extend(of.into_iter().chain(chain).map(|(name, bytes)| (format!("former/{}/{name}", before.device()), bytes)));
        }
        self.sealed(&device, to, second, (files, head, seq))
    }
}

pub(crate) fn put(folder: &TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

pub(crate) fn hq_box(headquarters: &Desk) -> String {
    headquarters.view().one::<Trust>(&Only).unwrap().unwrap().value.hq
}

pub(crate) fn root_of(headquarters: &Desk) -> Signer {
    Signer::from_seed(hex_bytes(&headquarters.view().reader().meta_get("root-seed").unwrap().unwrap()))
}

/// People of the site, in order of rooms and seats.
pub(crate) fn people(desk: &Desk) -> Vec<IdNumber> {
    let rooms = desk.view().seats_by_room(&part().0).unwrap();
    let here = rooms.iter().filter(|((site, _), _)| site.as_str() == SITE);
    here.flat_map(|(_, people)| people.values().map(|(id, _)| id.clone())).collect()
}

/// Whoever knows the words of a packet can close another under them. Once a laptop knows headquarters, only headquarters' is taken;
/// where it opens its first, the code of the root key is other than the slip's.
#[test]
fn a_site_packet_is_headquarters_own() {
    let folder = tempfile::tempdir().unwrap();
    let mut headquarters = seated(&folder, Mode::Live);
    let issued = issue(&mut headquarters, &folder);
    let db = folder.path().join("site");
    let (desk, told) = opened(&db, &issued.path, &issued.words).unwrap();
    assert_eq!(told.root_code, key_code(&headquarters.view().one::<Trust>(&Only).unwrap().unwrap().value.root).unwrap());
    assert_eq!(told.root_code, headquarters.key_places().unwrap().root_code);
    let before = desk.fingerprint().unwrap();
    drop(desk);
    let held = held(&issued);
    let (root, device) = (Signer::from_seed(generate_seed()), Signer::from_seed(generate_seed()));
    let close = |mut packing: Packing<'_>, content: &Value| {
        packing.files = Files::from([("site.json".to_owned(), serde_json::to_vec(content).unwrap())]);
        packing.lock = Lock::Words(issued.words.clone());
        seal(packing).unwrap()
    };
    let foreign = || certify_device(&root, &Files::new(), &held.says("hq", &device, false)).unwrap();
    let mut content = held.content.clone();
    let half = close(held.packing(PacketKind::Site, "hq", foreign(), &device), &content);
    // A careful forger changes the trust it brings and the site's own chain, too.
    for fact in content["facts"].as_array_mut().unwrap().iter_mut().filter(|fact| fact["topic"] == "trust") {
        fact["value"]["root"] = json!(root.public_openssh());
    }
    let site_chain = certify_site(&root, &held.says(held.post(), &held.site, false)).unwrap();
    content["site_chain"] = site_chain.into_iter().map(|(name, bytes)| (name, json!(String::from_utf8(bytes).unwrap()))).collect();
    let whole = close(held.packing(PacketKind::Site, "hq", foreign(), &device), &content);
    let by_site = close(held.packing(PacketKind::Site, held.post(), held.chain(&device, false), &device), &held.content);
    for (what, bytes, again, first) in [
        ("another root", half, "root-differs", "root-differs"),
        ("another root throughout", whole.clone(), "root-differs", "ok"),
        ("the site's key", by_site, "not-of-hq", "not-of-hq"),
    ] {
        let file = put(&folder, "forged.kaowu", &bytes);
        assert_eq!(code(opened(&db, &file, &issued.words)), again, "{what}");
        let new = folder.path().join(what);
        assert_eq!(code(opened(&new, &file, &issued.words)), first, "{what}, first opening");
        assert_eq!(new.exists(), first == "ok", "{what}");
    }
    let file = put(&folder, "forged.kaowu", &whole);
    let (_, forged) = opened(&folder.path().join("another"), &file, &issued.words).unwrap();
    assert_ne!(forged.root_code, told.root_code, "what the slip says and the screen shows differ");
    assert_eq!(Desk::open(&db).unwrap().fingerprint().unwrap(), before);
}

/// An older packet would bring back what headquarters has changed since.
#[test]
fn an_older_site_packet_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut headquarters = seated(&folder, Mode::Live);
    let (one, two) = (folder.path().join("one"), folder.path().join("two"));
    let (old_to, new_to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let older = issue(&mut headquarters, &old_to);
    let newer = issue(&mut headquarters, &new_to);
    drop(opened(&one, &older.path, &older.words).unwrap());
    assert!(opened(&one, &older.path, &older.words).unwrap().1.again, "the same one again");
    let (desk, _) = opened(&one, &newer.path, &newer.words).unwrap();
    let before = desk.fingerprint().unwrap();
    let backup = folder.path().join("backup");
    desk.backup(&backup).unwrap();
    drop(desk);
    assert_eq!(code(opened(&one, &older.path, &older.words)), "packet-older");
    assert_eq!(Desk::open(&one).unwrap().fingerprint().unwrap(), before);
    assert_eq!(code(opened(&one, &newer.path, &newer.words)), "ok");
    // A laptop that takes its place knows nothing yet and takes any; one that goes on from its backup knows what it knew.
    assert_eq!(code(opened(&two, &older.path, &older.words)), "ok");
    let three = folder.path().join("three");
    let mut restored = Desk::restore(&backup, &three).unwrap();
    restored.continue_after_copy().unwrap();
    drop(restored);
    assert_eq!(code(opened(&three, &older.path, &older.words)), "packet-older");
    // Headquarters' own laptop was replaced, too: of two of its devices the later packet counts, and tells everything anew.
    headquarters.backup(&folder.path().join("hq-backup")).unwrap();
    let mut replaced = Desk::restore(&folder.path().join("hq-backup"), &folder.path().join("hq-two")).unwrap();
    replaced.continue_after_copy().unwrap();
    let two = people(&replaced);
    replaced.swap_seats(&hq(), &part().0, &two[0], &two[1], "坐错").unwrap();
    let later = issue_at(&mut replaced, folder.path(), "2020-06-21T09:00:00+08:00");
    let (mut desk, told) = opened(&three, &later.path, &later.words).unwrap();
    assert_eq!(told.people, usize::try_from(later.people).unwrap());
    assert!(desk.view().reader().conflicts().unwrap().is_empty(), "what the first packet told is replaced");
    let (kept, rebuilt) = desk.rebuild().unwrap();
    assert_eq!(kept, rebuilt);
    drop(desk);
    assert_eq!(code(opened(&three, &newer.path, &newer.words)), "packet-older");
}

/// A receipt is headquarters' word, and about the post it is for.
#[test]
fn a_receipt_is_headquarters_own_and_of_the_post() {
    let folder = tempfile::tempdir().unwrap();
    let mut headquarters = seated(&folder, Mode::Live);
    let issued = issue(&mut headquarters, &folder);
    let (mut desk, _) = opened(&folder.path().join("site"), &issued.path, &issued.words).unwrap();
    let held = held(&issued);
    let (person, stranger) = {
        let people = desk.view().brief().unwrap().unwrap().people;
        let (stage, written) = part();
        let elsewhere = headquarters.view().entrants(&stage, &written).unwrap().into_keys().find(|id| !people.contains(id)).unwrap();
        (people[0].clone(), elsewhere)
    };
    let receipt = |site: bool, person: &IdNumber| {
        let device = Signer::from_seed(generate_seed());
        let fact = json!({"topic": "decision", "key": format!("city/written/{person}"),
            "value": {"by": ["张总", "李总"], "reason": "查卷", "value": {"given": 99_000}}});
        let settled = json!([{"entry": "ab".repeat(32), "by": "张总", "at": AT, "fact": fact, "supersedes": []}]);
        let chain = match site {
            true => held.chain(&device, false),
            false => certify_device(&root_of(&headquarters), &Files::new(), &held.says("hq", &device, false)).unwrap(),
        };
        let mut packing = held.packing(PacketKind::Receipt, if site { held.post() } else { "hq" }, chain, &device);
        packing.files = Files::from([("receipt.json".to_owned(), json!({"devices": {}, "settled": settled}).to_string().into_bytes())]);
        packing.lock = Lock::Recipients(vec![held.site_box.recipient()]);
        put(&folder, "receipt.kaowu", &seal(packing).unwrap())
    };
    let before = desk.fingerprint().unwrap();
    for (site, person, wanted) in [(true, &person, "not-of-hq"), (false, &stranger, "receipt-out-of-scope"), (false, &person, "ok")] {
        let file = receipt(site, person);
        assert_eq!(code(desk.take_receipt(&ctx("负责人", AT), &file)), wanted);
        assert_eq!(desk.fingerprint().unwrap() == before, wanted != "ok");
    }
}

/// Headquarters decided with two people; a site's entry names that decision as replaced. Both stand, and people see it.
#[test]
fn a_site_does_not_replace_what_headquarters_decided() {
    let folder = tempfile::tempdir().unwrap();
    let mut headquarters = seated(&folder, Mode::Live);
    let issued = issue(&mut headquarters, &folder);
    let held = held(&issued);
    let (stage, written) = part();
    let person = people(&headquarters)[0].clone();
    for (pass, who) in [(1, "甲"), (2, "乙")] {
        headquarters.key_mark(&ctx(who, AT), &stage, &written, Pass(pass), &person, "80").unwrap();
    }
    let decide = |desk: &mut Desk, who: &str, with: &str| {
        let decision = Decision { id: &person, value: MarkValue::Given(Mark(85_000)), with: Some(with.into()), reason: "查卷" };
        desk.decide_mark(&ctx(who, AT), &stage, &written, &decision).unwrap();
    };
    decide(&mut headquarters, "丙", "丁");
    let key = (stage.clone(), written.clone(), person.clone());
    let decided = |desk: &Desk| {
        let mut values: Vec<i64> = Vec::new();
        for held in desk.view().live::<DecidedMark>(&key).unwrap() {
            if let MarkValue::Given(mark) = held.value.value {
                values.push(mark.0);
            }
        }
        values.sort_unstable();
        values
    };
    let entry = headquarters.view().one::<DecidedMark>(&key).unwrap().unwrap().entry;
    let fact = json!([{"topic": "decision", "key": format!("city/written/{person}"),
        "value": {"by": ["监考甲"], "reason": "x", "value": {"given": 100_000}}}]);
    let forged = held.handover(&hq_box(&headquarters), false, &[("mark.decided", "监考甲", fact, vec![entry.as_str()])]);
    let merged = headquarters.merge_handover(&hq(), &put(&folder, "forged.kaowu", &forged)).unwrap();
    assert_eq!((merged.report.added, merged.strangers), (2, vec![]), "an open event names nobody");
    assert_eq!(decided(&headquarters), [85_000, 100_000]);
    let conflicts = headquarters.view().reader().conflicts().unwrap();
    assert_eq!((conflicts.len(), conflicts[0].topic.as_str(), conflicts[0].values.len()), (1, "decision", 2));
    let (kept, rebuilt) = headquarters.rebuild().unwrap();
    assert_eq!(kept, rebuilt);
    // Headquarters says which holds: two people, neither of whom decided before.
    decide(&mut headquarters, "戊", "己");
    assert_eq!(decided(&headquarters), [85_000]);
    assert!(headquarters.view().reader().conflicts().unwrap().is_empty());
}

/// A handover that is refused leaves nothing: neither a good journal of a former laptop beside a spoiled one, nor where a laptop goes
/// on from it.
#[test]
fn a_refused_handover_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut headquarters = seated(&folder, Mode::Live);
    let issued = issue(&mut headquarters, &folder);
    let held = held(&issued);
    let fact = json!([{"topic": "decision", "key": format!("city/written/{}", people(&headquarters)[0]),
        "value": {"by": ["监考甲"], "reason": "x", "value": {"given": 99_000}}}]);
    let former = [("mark.decided", "监考甲", fact, vec![])];
    let stands = |desk: &Desk| (desk.fingerprint().unwrap(), desk.verify_journal().unwrap().entries, desk.verify_journal().unwrap().feeds);
    let (mut site, _) = opened(&folder.path().join("site"), &issued.path, &issued.words).unwrap();
    let site_box = held.site_box.recipient();
    for (what, to) in [("merge", hq_box(&headquarters)), ("take over", site_box)] {
        let file = put(&folder, "forged.kaowu", &held.handover_with(&to, false, &[], Some(&former)));
        let before = (stands(&headquarters), stands(&site));
        let refused = match what {
            "merge" => code(headquarters.merge_handover(&hq(), &file)),
            _ => code(site.go_on_from(&ctx("负责人", AT), &file)),
        };
        assert_eq!(refused, "signature-wrong", "{what}");
        assert_eq!((stands(&headquarters), stands(&site)), before, "{what}");
    }
}

/// In a protected event the merge board names who acted at a site and was never named for it; and words of packets are printed for
/// whoever issues packets.
#[test]
fn names_nobody_gave_stand_on_the_board() {
    let folder = tempfile::tempdir().unwrap();
    drop(seated(&folder, Mode::Live));
    let by = |who: &str| ctx(who, AT);
    let path = folder.path().join("hq.kaowu-db");
    let (mut headquarters, _) = Desk::protect(&path, &by("总部甲"), &Pin::new("805213")).unwrap();
    let name = |desk: &mut Desk, who: &str, roles: &[Role], sites: &[SiteCode]| {
        let pin = Pin::new("413580");
        desk.name_operator(&by("总部甲"), &NewOperator { name: &who.into(), roles, sites, pin: Some(&pin) }).unwrap();
    };
    let here = [SiteCode::from(SITE)];
    for who in ["负责人", "走了的"] {
        name(&mut headquarters, who, &[Role::SiteHead], &here);
    }
    name(&mut headquarters, "别处的", &[Role::Secretary], &["3201-01".into()]);
    let (stage, written) = part();
    let old_to = tempfile::tempdir().unwrap();
    let older = headquarters.issue_packet(&by("总部甲"), &stage, &written, &here[0], old_to.path()).unwrap();
    let site = folder.path().join("site");
    let own = Pin::new("413580");
    let open_as = |file: &Issued, who: &str| Desk::open_packet_as(&site, &by(who), &file.path, &file.words, Some(&own));
    drop(open_as(&older, "走了的").unwrap());
    headquarters.withdraw_operator(&by("总部甲"), &"走了的".into(), "离岗").unwrap();
    let issued = headquarters.issue_packet(&by("总部甲"), &stage, &written, &here[0], folder.path()).unwrap();
    drop(open_as(&issued, "负责人").unwrap());
    // The older packet would let them in again.
    assert_eq!(code(open_as(&older, "负责人")), "packet-older");
    assert_eq!(code(Desk::sign_in(&site, &by("走了的"), &own)), "no-pin");
    let held = held(&issued);
    let person = people(&headquarters)[0].clone();
    let keyed = |pass: u8, by: &str| json!([{"topic": "mark", "key": format!("city/written/{person}/{pass}"), "value": {"by": by, "value": {"given": 80_000}}}]);
    let forged = held.handover(
        &hq_box(&headquarters),
        false,
        &[("mark.keyed", "幽灵", keyed(1, "无名"), vec![]), ("mark.keyed", "走了的", keyed(2, "别处的"), vec![])],
    );
    let merged = headquarters.merge_handover(&by("总部甲"), &put(&folder, "forged.kaowu", &forged)).unwrap();
    let names = |list: &[&str]| list.iter().map(|name| Operator::from(*name)).collect::<Vec<_>>();
    let mut met = merged.strangers;
    met.sort_by_key(|name| name.to_string());
    assert_eq!(met, names(&["别处的", "幽灵", "无名"]), "who was withdrawn was named once");
    let board = |desk: &Desk| desk.merge_board().unwrap().into_iter().find(|row| row.post == issued.post).unwrap().strangers.len();
    assert_eq!(board(&headquarters), 3);
    name(&mut headquarters, "幽灵", &[Role::Secretary], &here);
    assert_eq!(board(&headquarters), 2, "named meanwhile");
    // The words.
    let fonts = Desk::fonts(&fixture("../../assets/fonts")).unwrap();
    let slips = std::slice::from_ref(&issued);
    assert!(headquarters.passphrase_slips(&by("总部甲"), &fonts, slips).is_ok());
    name(&mut headquarters, "证书打印", &[Role::Certificates], &[]);
    headquarters.take_over(&by("证书打印"), &own).unwrap();
    assert_eq!(code(headquarters.passphrase_slips(&by("证书打印"), &fonts, slips)), "operator-may-not");
    let denied = headquarters.view().reader().search("operator.denied", 1).unwrap();
    assert_eq!(denied[0].entry.body.about["act"], "packet.issued");
}

/// A plan asks for a second signature: whoever makes a chain without one is refused, whoever's keys they hold.
#[test]
fn what_the_plan_wants_signed_twice_is() {
    let folder = tempfile::tempdir().unwrap();
    let plan = kaowu_core::plan::bundled("jiangsu-2020").unwrap();
    let plan = plan.replace("event.organiser", "event.second_signature = \"sm2-sm3\"\nevent.organiser");
    let new = NewEvent { plan: &plan, mode: Mode::Live };
    let mut headquarters = Desk::create(&folder.path().join("hq.kaowu-db"), &hq(), &new).unwrap();
    headquarters.import_roster(&hq(), &"city".into(), &fixture("jiangsu-2020/rosters/3211-镇江市.xlsx"), false).unwrap();
    headquarters.import_rooms(&hq(), &fixture("jiangsu-2020/rooms.xlsx")).unwrap();
    headquarters.draw_seats(&hq(), &"city".into(), "种子").unwrap();
    let issued = issue(&mut headquarters, &folder);
    let (mut desk, _) = opened(&folder.path().join("site"), &issued.path, &issued.words).unwrap();
    let held = held(&issued);
    for (second, wanted) in [(false, "second-signature-missing"), (true, "ok")] {
        let handover = put(&folder, "handover.kaowu", &held.handover(&hq_box(&headquarters), second, &[]));
        assert_eq!(code(headquarters.merge_handover(&hq(), &handover)), wanted, "handover");
        let device = Signer::from_seed(generate_seed());
        let of_hq = |kind, files: Files, lock| {
            let chain = certify_device(&root_of(&headquarters), &Files::new(), &held.says("hq", &device, second)).unwrap();
            let mut packing = held.packing(kind, "hq", chain, &device);
            packing.manifest.created = "2020-06-26T09:00:00+08:00".to_owned();
            (packing.files, packing.lock, packing.second) = (files, lock, second);
            put(&folder, "of-hq.kaowu", &seal(packing).unwrap())
        };
        let to_site = Lock::Recipients(vec![held.site_box.recipient()]);
        let receipt =
            of_hq(PacketKind::Receipt, Files::from([("receipt.json".to_owned(), br#"{"devices":{},"settled":[]}"#.to_vec())]), to_site);
        assert_eq!(code(desk.take_receipt(&ctx("负责人", AT), &receipt)), wanted, "receipt");
        let content = Files::from([("site.json".to_owned(), held.packet.files["site.json"].clone())]);
        let packet = of_hq(PacketKind::Site, content, Lock::Words(issued.words.clone()));
        assert_eq!(code(opened(&folder.path().join("site"), &packet, &issued.words)), wanted, "site packet, again");
        assert_eq!(code(opened(&folder.path().join(format!("new-{second}")), &packet, &issued.words)), wanted, "site packet");
    }
}
