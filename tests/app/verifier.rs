//! The independent verifier (`tests/verify`) against handovers that lie: each lie is refused by name. The merge refuses
//! them too, or this test says which of the two is blind.

use crate::world::{ctx, fixture, hq, seated};
use kaowu_core::coded::Coded;
use kaowu_core::facts::{Only, Pass, Trust};
use kaowu_core::identity::{PartId, StageId};
use kaowu_core::journal::{Mode, check_code, entry_id};
use kaowu_desk::Desk;
use kaowu_ledger::Ledger;
use kaowu_packet::keys::{AgeIdentity, Signer};
use kaowu_packet::{Files, Key, Lock, Manifest, Packing, open, seal};
use std::path::{Path, PathBuf};
use std::process::Command;

const AT: &str = "2020-06-27T08:50:00+08:00";

/// A handover with all that is needed to forge one: even the laptop's own key.
struct Handed {
    folder: tempfile::TempDir,
    headquarters: Desk,
    file: PathBuf,
    root: String,
    identity: AgeIdentity,
    device: [u8; 32],
    manifest: Manifest,
    lines: Vec<Vec<u8>>,
    signatures: Vec<String>,
    chain: Files,
}

fn handed() -> Handed {
    let folder = tempfile::tempdir().unwrap();
    let mut headquarters = seated(&folder, Mode::Live);
    let (stage, part): (StageId, PartId) = ("city".into(), "written".into());
    let issued = headquarters.issue_packet(&hq(), &stage, &part, &"3211-01".into(), folder.path()).unwrap();
    let db = folder.path().join("site");
    let (mut desk, _) = Desk::open_packet(&db, &ctx("负责人", AT), &issued.path, &issued.words).unwrap();
    let people = desk.view().brief().unwrap().unwrap().people;
    for id in people.iter().take(8) {
        desk.key_mark(&ctx("甲", AT), &stage, &part, Pass(1), id, "80").unwrap();
        desk.key_mark(&ctx("乙", AT), &stage, &part, Pass(2), id, "80").unwrap();
    }
    let file = desk.hand_over(&ctx("负责人", AT), folder.path()).unwrap().path;
    drop(desk);
    let root = headquarters.view().one::<Trust>(&Only).unwrap().unwrap().value.root;
    let identity = Ledger::open(&folder.path().join("hq.kaowu-db")).unwrap().meta_get("hq-identity").unwrap().unwrap();
    let identity = AgeIdentity::parse(&identity).unwrap();
    let packet = open(&std::fs::read(&file).unwrap(), &Key::Identities(std::slice::from_ref(&identity)), Some(&root)).unwrap();
    let lines =
        |name: &str| -> Vec<Vec<u8>> { packet.files[name].split(|b| *b == b'\n').filter(|l| !l.is_empty()).map(<[u8]>::to_vec).collect() };
    let signatures = lines("journal.sigs").into_iter().map(|s| String::from_utf8(s).unwrap()).collect();
    let chain = packet.files.iter().filter(|(n, _)| n.starts_with("chain/")).map(|(n, b)| (n.clone(), b.clone())).collect();
    let device = Ledger::open(&db).unwrap().device_seed();
    Handed {
        lines: lines("journal.jsonl"),
        signatures,
        chain,
        manifest: packet.manifest,
        folder,
        headquarters,
        file,
        root,
        identity,
        device,
    }
}

impl Handed {
    fn signer(&self) -> Signer {
        Signer::from_seed(self.device)
    }

    fn sign(&self, line: &[u8]) -> String {
        hex::encode(self.signer().sign_bare(line))
    }

    /// The packet with this journal, its manifest signed anew by whoever holds the laptop's key.
    fn sealed(&self, lines: &[Vec<u8>], signatures: &[String], manifest: Manifest, signer: &Signer) -> Vec<u8> {
        let journal: Vec<u8> = lines.iter().flat_map(|l| l.iter().copied().chain([b'\n'])).collect();
        let sigs: String = signatures.iter().map(|s| format!("{s}\n")).collect();
        let files = Files::from([("journal.jsonl".to_owned(), journal), ("journal.sigs".to_owned(), sigs.into_bytes())]);
        let lock = Lock::Recipients(vec![self.identity.recipient()]);
        seal(Packing { manifest, files, chain: self.chain.clone(), signer, lock, second: false }).unwrap()
    }

    /// A manifest that fits a journal, as a careful forger writes it.
    fn manifest_of(&self, lines: &[Vec<u8>]) -> Manifest {
        let head = entry_id(lines.last().unwrap());
        Manifest { seq: lines.len() as u64, check_code: check_code(&head), head, ..self.manifest.clone() }
    }

    /// What the verifier says, and whether it was content.
    fn verified(&self, files: &[&Path], root: &str, identity: &AgeIdentity) -> (bool, String) {
        let path = |name: &str| self.folder.path().join(name);
        std::fs::write(path("root.pub"), format!("{root}\n")).unwrap();
        std::fs::write(path("hq.key"), format!("{}\n", identity.to_secret())).unwrap();
        let script = fixture("../verify/verify-handover");
        let mut command = Command::new(script);
        command.arg("--root").arg(path("root.pub")).arg("--identity").arg(path("hq.key")).arg("--results").arg(path("results"));
        let out = command.args(files).output().unwrap();
        (out.status.success(), format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr)))
    }
}

/// A change of a journal's lines and signatures.
type Edit<'a> = &'a dyn Fn(&mut Vec<Vec<u8>>, &mut Vec<String>);

/// A mark in a line, another one in its place.
fn another_mark(line: &[u8]) -> Vec<u8> {
    String::from_utf8(line.to_vec()).unwrap().replace("\"given\":80000", "\"given\":99000").into_bytes()
}

#[test]
fn a_handover_that_lies_is_refused_by_name() {
    let mut h = handed();
    let (fine, said) = h.verified(&[&h.file], &h.root, &h.identity);
    // Alone it is checked and found right; but it brings eight marks of a whole site.
    assert!(!fine && said.contains("ok       ") && said.contains("marks-missing: city/written"), "{said}");

    let kind = |kind: &str| h.lines.iter().position(|l| l.windows(kind.len()).any(|w| w == kind.as_bytes())).unwrap();
    let (mark, last) = (kind("\"mark.keyed\""), h.lines.len() - 1);
    let seal_as = |lines: &[Vec<u8>], signatures: &[String]| h.sealed(lines, signatures, h.manifest_of(lines), &h.signer());
    let edit = |work: Edit<'_>| {
        let (mut lines, mut signatures) = (h.lines.clone(), h.signatures.clone());
        work(&mut lines, &mut signatures);
        seal_as(&lines, &signatures)
    };
    // A forger who has the laptop's key writes one more entry.
    let added = |topic: &str, key: &str, value: &str| {
        edit(&|lines, signatures| {
            let line = String::from_utf8(lines[mark].clone()).unwrap();
            let (_, facts) = line.split_once("\"facts\":[").unwrap();
            let (fact, _) = facts.split_once(']').unwrap();
            let line = line.replace(fact, &format!("{{\"key\":\"{key}\",\"topic\":\"{topic}\",\"value\":{value}}}"));
            let line =
                line.replace(&seq(mark), &seq(last + 1)).replace(entry_id(&lines[mark - 1]).as_str(), entry_id(&lines[last]).as_str());
            signatures.push(h.sign(line.as_bytes()));
            lines.push(line.into_bytes());
        })
    };
    let keyed = r#"{"by":"甲","value":{"given":80000}}"#;
    let weights = r#"{"by":["甲"],"reason":"","weights":[1000]}"#;
    let stranger = Signer::from_seed([5; 32]);
    let cases = [
        // Without the laptop's key.
        (
            "manifest by another key",
            h.sealed(&h.lines, &h.signatures, h.manifest.clone(), &stranger),
            "manifest-signature-wrong",
            "manifest-signature-wrong",
        ),
        ("a file changed", bent(&h, "journal.jsonl", "80000", "99000"), "file-altered: journal.jsonl", "file-altered"),
        ("the manifest changed", bent(&h, "manifest.json", "handover", "handoveR"), "no-handover", "manifest-unreadable"),
        ("the manifest's title changed", bent(&h, "manifest.json", "年度", "季度"), "manifest-signature-wrong", "manifest-signature-wrong"),
        (
            "the device's statement changed",
            bent(&h, "chain/device.json", "ssh-ed25519 AAAA", "ssh-ed25519 BAAA"),
            "chain-signature-wrong: chain/device.json",
            "chain-broken",
        ),
        // With it: whoever has the laptop seals what they like, and the entries still speak.
        (
            "one byte flipped in a line",
            edit(&|lines, _| lines[mark][40] ^= 1),
            "signature-wrong: line",
            "entry-unreadable|line-unreadable|signature-wrong|packet-out-of-scope|feed-oversteps",
        ),
        ("two signatures swapped", edit(&|_, s| s.swap(mark, mark + 1)), "signature-wrong: line", "signature-wrong"),
        (
            "a changed mark, hashed anew, not signed anew",
            edit(&|lines, _| rechain(lines, mark)),
            "signature-wrong: line",
            "signature-wrong",
        ),
        (
            "a changed mark, signed anew, the chain as it was",
            edit(&|lines, s| {
                lines[mark] = another_mark(&lines[mark]);
                s[mark] = h.sign(&lines[mark]);
            }),
            "chain-broken: line",
            "",
        ),
        (
            "an entry dropped",
            edit(&|lines, s| {
                lines.remove(mark);
                s.remove(mark);
            }),
            "entry-missing: line",
            "",
        ),
        (
            "the last entry dropped",
            h.sealed(&h.lines[..last], &h.signatures[..last], h.manifest.clone(), &h.signer()),
            "head-differs: manifest",
            "handover-head-differs",
        ),
        ("a signature too few", edit(&|_, s| _ = s.pop()), "signatures-not-one-a-line", "file-unreadable"),
        ("another site's person", added("mark", "city/written/320114196712252173/1", keyed), "out-of-scope: entry", "packet-out-of-scope"),
        (
            "another site's person, in an opening",
            {
                let marks = added("mark", "city/written/320114196712252173/1", keyed);
                resealed(&h, &marks, |line| line.replace("\"mark.keyed\"", "\"packet.opened\""))
            },
            "site-oversteps: line",
            "packet-out-of-scope",
        ),
        ("an incident taken back", added("incident", "0a1b2c3d-2", "null"), "report-changed: entry", "incident-changed"),
        ("what headquarters says", added("weights", "province", weights), "site-oversteps: line", "feed-oversteps|packet-out-of-scope"),
        (
            "spaces in a line",
            edit(&|lines, s| {
                let text = String::from_utf8(lines[last].clone()).unwrap();
                lines[last] = text.replacen(":", ": ", 1).into_bytes();
                s[last] = h.sign(&lines[last]);
            }),
            "form-wrong: line",
            "line-unreadable|entry-unreadable",
        ),
    ];
    let file = h.folder.path().join("forged.kaowu");
    for (what, bytes, name, code) in cases {
        std::fs::write(&file, bytes).unwrap();
        let (fine, said) = h.verified(&[&file], &h.root, &h.identity);
        assert!(!fine && said.contains(&format!("\n         {name}")), "{what}: {name} expected\n{said}");
        if !code.is_empty() {
            let merged = h.headquarters.merge_handover(&ctx("成绩处", AT), &file).map(|m| m.report.added);
            let got = merged.map_or_else(|e| e.code(), |n| format!("{n} merged"));
            assert!(code.split('|').any(|c| c == got), "{what}: the merge says {got}");
        }
    }
}

/// What a manifest says it was signed by is what the verifier checked; and a plan's second signature is asked for, too.
#[test]
fn signatures_are_those_that_are_named_and_asked_for() {
    let h = handed();
    let refused = |bytes: Vec<u8>, name: &str| {
        let file = h.folder.path().join("forged.kaowu");
        std::fs::write(&file, bytes).unwrap();
        let (fine, said) = h.verified(&[&file], &h.root, &h.identity);
        assert!(!fine && said.contains(&format!("\n         {name}")), "{name} expected\n{said}");
    };
    // `seal` writes the names itself: they are changed, and the manifest is signed anew with the laptop's key.
    for (from, to) in [("\"ed25519\"", "\"sm2-sm3\""), ("\"sha-256\"", "\"md5\""), ("\"hash\"", "\"second\":\"sm2-sm3\",\"hash\"")] {
        let packet = open(&std::fs::read(&h.file).unwrap(), &Key::Identities(std::slice::from_ref(&h.identity)), Some(&h.root)).unwrap();
        assert_eq!(packet.manifest.algorithms, Default::default());
        refused(resigned(&h, from, to), if to.starts_with("\"second") { "form-wrong" } else { "algorithms-differ" });
    }
    // The laptop was told a plan with two signatures; its owner makes a chain without the second key.
    let plan = |lines: &mut Vec<Vec<u8>>| {
        let text = String::from_utf8(lines[0].clone()).unwrap();
        lines[0] = text.replacen("event.organiser", "event.second_signature = \\\"sm2-sm3\\\"\\nevent.organiser", 1).into_bytes();
        assert_ne!(lines[0], text.into_bytes());
    };
    let mut lines = h.lines.clone();
    plan(&mut lines);
    let mut signatures = Vec::new();
    for n in 0..lines.len() {
        if n > 0 {
            let (old, new) = (entry_id(&h.lines[n - 1]), entry_id(&lines[n - 1]));
            lines[n] = String::from_utf8(lines[n].clone()).unwrap().replace(old.as_str(), new.as_str()).into_bytes();
        }
        signatures.push(h.sign(&lines[n]));
    }
    refused(h.sealed(&lines, &signatures, h.manifest_of(&lines), &h.signer()), "second-signature-missing");
}

/// The handover with a text of its manifest replaced, and the manifest signed anew by whoever holds the laptop's key.
fn resigned(h: &Handed, from: &str, to: &str) -> Vec<u8> {
    let key = h.folder.path().join("laptop.key");
    std::fs::write(&key, h.signer().to_openssh().unwrap()).unwrap();
    let program = "
import os, subprocess, sys, zipfile
file, key, box, work, laptop, old, new = sys.argv[1:]
os.chmod(laptop, 0o600)
subprocess.run(['age', '-d', '-i', key, '-o', work + '.zip', file], check=True)
with zipfile.ZipFile(work + '.zip') as source, zipfile.ZipFile(work + '.bent', 'w') as out:
    for member in source.namelist():
        data = source.read(member)
        if member == 'manifest.json':
            assert old.encode() in data
            data = data.replace(old.encode(), new.encode())
            signed = subprocess.run(['ssh-keygen', '-Y', 'sign', '-f', laptop, '-n', 'kaowu-manifest'], input=data, capture_output=True, check=True)
            out.writestr(member + '.sig', signed.stdout)
        if member != 'manifest.json.sig':
            out.writestr(member, data)
subprocess.run(['age', '-r', box, '-o', work, work + '.bent'], check=True)";
    run_python(h, program, &[&key.display().to_string(), from, to])
}

/// Who is one person for the program is one for the verifier.
#[test]
fn the_verifier_compares_names_as_the_program_does() {
    let names = [
        "王伟",
        "王 伟",
        "王\u{3000}伟",
        " 王伟\u{A0}",
        "王\u{200B}伟\u{FE00}",
        "王玮",
        "Ａｎｎａ",
        "anna",
        "Straße",
        "STRASSE",
        "甲\u{3164}",
        "甲",
        "Ngo\u{302}",
        "NGÔ",
        "金",
        "⾦",
        "买买提·艾力",
        "買買提·艾力",
    ];
    let program = "
import json, sys
sys.path.insert(0, sys.argv[1])
import standings
print(json.dumps([standings.person(name) for name in json.loads(sys.argv[2])]))
by = lambda name: [{'by': name, 'value': 1}]
print(json.dumps(standings.Event.settled(None, [by('王伟'), by('王 伟')], [], lambda k: k['value'])))";
    let given = serde_json::to_string(&names).unwrap();
    let out = Command::new("python3").args(["-I", "-B", "-c", program]).arg(fixture("../verify")).arg(given).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let said = String::from_utf8(out.stdout).unwrap();
    let (folded, settled) = said.split_once('\n').unwrap();
    let folded: Vec<String> = serde_json::from_str(folded).unwrap();
    for (n, a) in names.iter().enumerate() {
        for (m, b) in names.iter().enumerate() {
            let same = kaowu_core::identity::Operator::from(*a).is_same_person(&(*b).into());
            assert_eq!(folded[n] == folded[m], same, "{a:?} {b:?}");
        }
    }
    assert_eq!(settled.trim(), "null", "one person keyed both");
}

#[test]
fn another_root_another_key_and_two_pasts() {
    let h = handed();
    let other = Signer::from_seed([6; 32]).public_openssh();
    let (fine, said) = h.verified(&[&h.file], &other, &h.identity);
    assert!(!fine && said.contains("root-differs"), "{said}");
    let (fine, said) = h.verified(&[&h.file], &h.root, &AgeIdentity::generate());
    assert!(!fine && said.contains("cannot-decrypt"), "{said}");
    std::fs::write(h.folder.path().join("none.kaowu"), "no packet").unwrap();
    let (fine, said) = h.verified(&[&h.folder.path().join("none.kaowu")], &h.root, &h.identity);
    assert!(!fine && said.contains("cannot-decrypt"), "{said}");
    // The same laptop's past, told twice.
    let (mut lines, mut signatures) = (h.lines.clone(), h.signatures.clone());
    let last = lines.len() - 1;
    lines[last] = String::from_utf8(lines[last].clone()).unwrap().replace("\"mono\":1", "\"mono\":2").into_bytes();
    signatures[last] = h.sign(&lines[last]);
    let twin = h.folder.path().join("twin.kaowu");
    std::fs::write(&twin, h.sealed(&lines, &signatures, h.manifest_of(&lines), &h.signer())).unwrap();
    let (fine, said) = h.verified(&[&h.file, &twin], &h.root, &h.identity);
    assert!(!fine && said.contains("fork: device") && said.matches("ok       ").count() == 2, "{said}");
    // An earlier stick of the same past is no fork.
    std::fs::write(&twin, h.sealed(&h.lines[..last], &h.signatures[..last], h.manifest_of(&h.lines[..last]), &h.signer())).unwrap();
    let (_, said) = h.verified(&[&twin, &h.file], &h.root, &h.identity);
    assert!(said.contains(&format!("{} entries, ", h.lines.len())) && !said.contains("fork"), "{said}");
}

/// A packet whose last entry is changed, and signed anew.
fn resealed(h: &Handed, packet: &[u8], change: impl FnOnce(String) -> String) -> Vec<u8> {
    let packet = open(packet, &Key::Identities(std::slice::from_ref(&h.identity)), Some(&h.root)).unwrap();
    let text = |name: &str| String::from_utf8(packet.files[name].clone()).unwrap();
    let mut lines: Vec<Vec<u8>> = text("journal.jsonl").lines().map(|l| l.as_bytes().to_vec()).collect();
    let mut signatures: Vec<String> = text("journal.sigs").lines().map(str::to_owned).collect();
    let last = lines.len() - 1;
    lines[last] = change(String::from_utf8(lines[last].clone()).unwrap()).into_bytes();
    signatures[last] = h.sign(&lines[last]);
    h.sealed(&lines, &signatures, h.manifest_of(&lines), &h.signer())
}

fn seq(n: usize) -> String {
    format!("\"seq\":{},", n + 1)
}

/// Changes a mark, and every later entry's hash of the one before.
fn rechain(lines: &mut [Vec<u8>], at: usize) {
    let mut old = entry_id(&lines[at]);
    lines[at] = another_mark(&lines[at]);
    for n in at + 1..lines.len() {
        let new = entry_id(&lines[n - 1]);
        let text = String::from_utf8(lines[n].clone()).unwrap().replace(old.as_str(), new.as_str());
        old = entry_id(&lines[n]);
        lines[n] = text.into_bytes();
    }
}

/// The handover with a text inside one of its files replaced, and nothing signed or hashed anew.
fn bent(h: &Handed, name: &str, from: &str, to: &str) -> Vec<u8> {
    let program = "
import subprocess, sys, zipfile
file, key, box, work, name, old, new = sys.argv[1:]
subprocess.run(['age', '-d', '-i', key, '-o', work + '.zip', file], check=True)
with zipfile.ZipFile(work + '.zip') as source, zipfile.ZipFile(work + '.bent', 'w') as out:
    for member in source.namelist():
        data = source.read(member)
        if member == name:
            assert old.encode() in data
            data = data.replace(old.encode(), new.encode())
        out.writestr(member, data)
subprocess.run(['age', '-r', box, '-o', work, work + '.bent'], check=True)";
    run_python(h, program, &[name, from, to])
}

/// Runs a forger's script over the handover: its file, a key that opens it, whom it is closed for, a place to work; then `more`.
fn run_python(h: &Handed, program: &str, more: &[&str]) -> Vec<u8> {
    let path = |name: &str| h.folder.path().join(name).display().to_string();
    std::fs::write(path("bend.key"), format!("{}\n", h.identity.to_secret())).unwrap();
    let args = [h.file.display().to_string(), path("bend.key"), h.identity.recipient(), path("bent")];
    let done = Command::new("python3").arg("-c").arg(program).args(args).args(more).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    std::fs::read(path("bent")).unwrap()
}
