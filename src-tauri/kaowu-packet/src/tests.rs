use super::*;
use crate::keys::{AgeIdentity, Signer};
use kaowu_core::coded::Coded;
use kaowu_core::journal::Mode;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

const WORDS: &str = "river apple stone cloud lamp winter";

struct World {
    root: Signer,
    site: Signer,
    device: Signer,
    hq: AgeIdentity,
}

fn world() -> World {
    let hq = AgeIdentity::parse("AGE-SECRET-KEY-1QQPQXPQRQWPS8ZQEGZ8SS8CQQQQQQQQQQQQQQQQQQQQQQQQQQQQSKPUSQJ")
        .unwrap_or_else(|_| AgeIdentity::generate());
    World { root: Signer::from_seed([1; 32]), site: Signer::from_seed([2; 32]), device: Signer::from_seed([3; 32]), hq }
}

fn statement(site: &str, key: &Signer) -> Statement {
    Statement { event: "e-1".into(), mode: Mode::Live, site: site.into(), key: key.public_openssh(), continues: None, second: None }
}

fn chain(w: &World) -> chain::Files {
    let above = certify_site(&w.root, &statement("3201-01", &w.site)).unwrap();
    certify_device(&w.site, &above, &statement("3201-01", &w.device)).unwrap()
}

fn manifest() -> Manifest {
    Manifest {
        v: 0,
        kind: PacketKind::Handover,
        event: "e-1".into(),
        title: "演示活动".into(),
        mode: Mode::Live,
        from: "3201-01".into(),
        to: "hq".into(),
        device: "".into(),
        seq: 3,
        head: "ab".into(),
        check_code: "1234-5678".into(),
        created: "2020-06-27T12:00:00+08:00".into(),
        files: BTreeMap::new(),
        algorithms: Algorithms::default(),
    }
}

fn files() -> chain::Files {
    [("journal.jsonl".to_owned(), b"{}\n".to_vec()), ("attachments/note.txt".to_owned(), "王㛃".as_bytes().to_vec())].into()
}

fn packing<'a>(w: &'a World, lock: Lock) -> Packing<'a> {
    Packing { manifest: manifest(), files: files(), chain: chain(w), signer: &w.device, lock, second: false }
}

fn to_hq(w: &World) -> Vec<u8> {
    seal(packing(w, Lock::Recipients(vec![w.hq.recipient()]))).unwrap()
}

#[test]
fn round_trip() {
    let w = world();
    let opened = open(&to_hq(&w), &Key::Identities(std::slice::from_ref(&w.hq)), Some(&w.root.public_openssh())).unwrap();
    assert_eq!((opened.chain.site.as_str(), &opened.chain.device), ("3201-01", &w.device.device()));
    assert!(files().iter().all(|(name, bytes)| opened.files.get(name) == Some(bytes)));
    let words = six_words();
    assert_eq!(words.split(' ').count(), 6);
    let packet = seal(packing(&w, Lock::Words(words.clone()))).unwrap();
    assert!(is_passphrase(&packet).unwrap());
    let typed = format!("  {} ", words.to_uppercase().replace(' ', " - "));
    assert_eq!(open(&packet, &Key::Words(&typed), None).unwrap().manifest, opened.manifest);
}

#[test]
fn by_name_of_event_and_mode() {
    let m = manifest();
    let check = |kind, event: &str, mode, want: &str| {
        let got = m.expect(kind, event, "本活动", mode).map_or_else(|e| e.code(), |()| "ok".to_owned());
        assert_eq!(got, want);
    };
    check(PacketKind::Handover, "e-1", Mode::Live, "ok");
    check(PacketKind::Handover, "e-2", Mode::Live, "packet-of-other-event");
    check(PacketKind::Handover, "e-1", Mode::Drill, "packet-of-live");
    check(PacketKind::Site, "e-1", Mode::Live, "packet-of-other-kind");
    let drill = Manifest { mode: Mode::Drill, ..manifest() };
    assert_eq!(drill.expect(PacketKind::Handover, "e-1", "本活动", Mode::Live).unwrap_err().code(), "packet-of-drill");
}

/// Packets that are wrong in one way each; `renew_vectors` writes them, this opens them.
#[test]
fn vectors() {
    let folder = vectors_folder();
    let index: toml::Table = toml::from_str(&std::fs::read_to_string(folder.join("index.toml")).unwrap()).unwrap();
    let text = |v: &toml::Value, key: &str| v.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    let hq = AgeIdentity::parse(index["hq"].as_str().unwrap()).unwrap();
    let root = index["root"].as_str().unwrap();
    let mut count = 0;
    for (name, case) in index["packets"].as_table().unwrap() {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let words = text(case, "words");
        let identities = [hq.clone()];
        let key = words.as_deref().map_or(Key::Identities(&identities), Key::Words);
        let opened = open(&bytes, &key, Some(root));
        let got = match opened.and_then(|o| o.manifest.expect(PacketKind::Handover, "e-1", "演示活动", Mode::Live)) {
            Ok(()) => "ok".to_owned(),
            Err(e) => e.code(),
        };
        assert_eq!(Some(got), text(case, "gives"), "{name}");
        count += 1;
    }
    assert!(count >= 20, "{count}");
}

fn vectors_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/packets")
}

/// Writes tests/vectors/packets anew with `KAOWU_RENEW=1 cargo test -p kaowu-packet renew_vectors`. Read the diff of index.toml.
#[test]
#[allow(clippy::type_complexity, reason = "closures that break a packet in one place each")]
fn renew_vectors() {
    if std::env::var_os("KAOWU_RENEW").is_none() {
        return;
    }
    let folder = vectors_folder();
    std::fs::create_dir_all(&folder).unwrap();
    let w = World { hq: AgeIdentity::generate(), ..world() };
    let lock = || Lock::Recipients(vec![w.hq.recipient()]);
    let good = to_hq(&w);
    let at = |of: &[u8], at: usize| {
        let mut out = of.to_vec();
        out[at] ^= 1;
        out
    };
    // A packet put together by hand: manifest, signature and files may contradict each other.
    let crafted = |change: &dyn Fn(&mut Manifest, &mut chain::Files), by: &Signer, raw: Option<&dyn Fn(&mut Vec<u8>)>| {
        let mut all = files();
        all.extend(chain(&w));
        let entry = |b: &Vec<u8>| FileEntry { sha256: hex::encode(<sha2::Sha256 as sha2::Digest>::digest(b)), size: b.len() as u64 };
        let listed = all.iter().map(|(n, b)| (n.clone(), entry(b))).collect();
        let mut m = Manifest { v: manifest::VERSION, device: w.device.device(), files: listed, ..manifest() };
        change(&mut m, &mut all);
        let mut bytes = m.to_bytes().unwrap();
        let signature = by.sign("kaowu-manifest", &bytes).unwrap();
        if let Some(raw) = raw {
            raw(&mut bytes);
        }
        envelope::close(&pack::zipped(&bytes, signature.as_bytes(), &all).unwrap(), &lock()).unwrap()
    };
    let nothing = |_: &mut Manifest, _: &mut chain::Files| {};
    let plain = |zip: Vec<u8>| envelope::close(&zip, &lock()).unwrap();
    let stranger = Signer::from_seed([9; 32]);
    let bomb = {
        let mut all = files();
        all.insert("zeros".into(), vec![0; 64 << 20]);
        let mut zip = pack::zipped(b"{}", b"", &all).unwrap();
        // The directory claims three gigabytes for the file of zeros.
        let entry = zip.windows(5).rposition(|x| x == b"zeros").unwrap();
        zip[entry - 22..entry - 18].copy_from_slice(&0xC000_0000_u32.to_le_bytes());
        plain(zip)
    };
    let twice = {
        let mut zip = pack::zipped(b"{}", b"", &[("a.txt".to_owned(), b"1".to_vec()), ("b.txt".to_owned(), b"2".to_vec())].into()).unwrap();
        for n in 0..zip.len() - 5 {
            if &zip[n..n + 5] == b"b.txt" {
                zip[n] = b'a';
            }
        }
        plain(zip)
    };
    let wrong_purpose = |w: &World| {
        let mut files = chain(w);
        let message = files["chain/device.json"].clone();
        files.insert("chain/device.json.sig".into(), w.site.sign("kaowu-manifest", &message).unwrap().into_bytes());
        files
    };
    let with_chain = |chain: chain::Files| seal(Packing { chain, ..packing(&w, lock()) }).unwrap();
    let without = |name: &str| {
        let mut files = chain(&w);
        files.remove(name);
        files
    };
    let other_root = World { root: Signer::from_seed([8; 32]), hq: w.hq.clone(), ..world() };
    let other_event = {
        let of = |site: &str, key: &Signer| Statement { event: "e-2".into(), ..statement(site, key) };
        let above = certify_site(&w.root, &of("3201-01", &w.site)).unwrap();
        let chain = certify_device(&w.site, &above, &of("3201-01", &w.device)).unwrap();
        seal(Packing {
            manifest: Manifest { event: "e-2".into(), title: "别的活动".into(), ..manifest() }, chain, ..packing(&w, lock())
        })
        .unwrap()
    };
    let drill = {
        let of = |site: &str, key: &Signer| Statement { mode: Mode::Drill, ..statement(site, key) };
        let above = certify_site(&w.root, &of("3201-01", &w.site)).unwrap();
        let chain = certify_device(&w.site, &above, &of("3201-01", &w.device)).unwrap();
        seal(Packing { manifest: Manifest { mode: Mode::Drill, ..manifest() }, chain, ..packing(&w, lock()) }).unwrap()
    };
    let not_for_us = seal(packing(&w, Lock::Recipients(vec![AgeIdentity::generate().recipient()]))).unwrap();
    let words = seal(packing(&w, Lock::Words(WORDS.into()))).unwrap();
    let cases: Vec<(&str, Vec<u8>, &str, &str)> = vec![
        ("good.kaowu", good.clone(), "", "ok"),
        ("good-words.kaowu", words.clone(), WORDS, "ok"),
        ("wrong-words.kaowu", words.clone(), "river apple stone cloud lamp summer", "wrong-passphrase"),
        ("words-wanted.kaowu", words, "", "needs-passphrase"),
        ("key-wanted.kaowu", good.clone(), WORDS, "needs-key"),
        ("not-for-this-key.kaowu", not_for_us, "", "not-for-this-key"),
        ("no-packet.kaowu", b"not a packet at all".to_vec(), "", "not-a-packet"),
        ("empty.kaowu", vec![], "", "not-a-packet"),
        ("cut-in-header.kaowu", good[..60].to_vec(), "", "packet-cut-short"),
        ("cut-in-payload.kaowu", good[..good.len() / 2].to_vec(), "", "packet-altered"),
        ("cut-by-one.kaowu", good[..good.len() - 1].to_vec(), "", "packet-altered"),
        ("altered-header.kaowu", at(&good, good.windows(4).position(|x| x == b"--- ").unwrap() + 10), "", "packet-altered"),
        ("altered-payload.kaowu", at(&good, good.len() - 40), "", "packet-altered"),
        ("no-zip.kaowu", plain(b"nothing here".to_vec()), "", "packet-altered"),
        ("no-manifest.kaowu", plain(zip_of(&[("a.txt", b"1")])), "", "file-missing"),
        ("path-out.kaowu", plain(zip_of(&[("../a.txt", b"1")])), "", "file-name-unsafe"),
        ("path-absolute.kaowu", plain(zip_of(&[("/etc/a.txt", b"1")])), "", "file-name-unsafe"),
        ("path-drive.kaowu", plain(zip_of(&[("C:\\a.txt", b"1")])), "", "file-name-unsafe"),
        ("twice.kaowu", twice, "", "file-twice"),
        ("bomb.kaowu", bomb, "", "packet-too-large"),
        ("too-new.kaowu", crafted(&|m, _| m.v = 2, &w.device, None), "", "packet-too-new"),
        (
            "manifest-altered.kaowu",
            crafted(&nothing, &w.device, Some(&|b| *b = String::from_utf8_lossy(b).replace("1234-5678", "1234-5679").into_bytes())),
            "",
            "manifest-signature-wrong",
        ),
        ("manifest-by-another.kaowu", crafted(&nothing, &stranger, None), "", "manifest-signature-wrong"),
        ("manifest-garbage.kaowu", crafted(&nothing, &w.device, Some(&|b| *b = b"{".to_vec())), "", "manifest-unreadable"),
        (
            "file-altered.kaowu",
            crafted(
                &|_, f| {
                    f.insert("journal.jsonl".into(), b"{ }\n".to_vec());
                },
                &w.device,
                None,
            ),
            "",
            "file-altered",
        ),
        (
            "file-missing.kaowu",
            crafted(
                &|_, f| {
                    f.remove("journal.jsonl");
                },
                &w.device,
                None,
            ),
            "",
            "file-missing",
        ),
        (
            "file-unlisted.kaowu",
            crafted(
                &|_, f| {
                    f.insert("extra.txt".into(), vec![1]);
                },
                &w.device,
                None,
            ),
            "",
            "file-unlisted",
        ),
        ("chain-without-device.kaowu", with_chain(without("chain/device.json.sig")), "", "chain-missing"),
        ("chain-without-site.kaowu", with_chain(without("chain/site.json")), "", "chain-broken"),
        ("chain-wrong-purpose.kaowu", with_chain(wrong_purpose(&w)), "", "chain-broken"),
        ("chain-other-root.kaowu", with_chain(chain(&other_root)), "", "chain-broken"),
        ("other-event.kaowu", other_event, "", "packet-of-other-event"),
        ("drill.kaowu", drill, "", "packet-of-drill"),
    ];
    let mut index =
        format!("# Test keys, made for these files only.\nhq = \"{}\"\nroot = \"{}\"\n", w.hq.to_secret(), w.root.public_openssh());
    for (name, bytes, words, gives) in cases {
        std::fs::write(folder.join(name), bytes).unwrap();
        let words = if words.is_empty() { String::new() } else { format!("words = \"{words}\"\n") };
        index += &format!("\n[packets.\"{name}\"]\n{words}gives = \"{gives}\"\n");
    }
    std::fs::write(folder.join("index.toml"), index).unwrap();
}

fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Tools nobody here wrote: age opens the envelope, sha256sum and ssh-keygen check what is inside.
#[test]
fn other_tools_agree() {
    let w = world();
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let run = |program: &str, args: &[&str], stdin: Option<&str>| {
        let mut command = Command::new(program);
        command.args(args).current_dir(folder.path());
        if let Some(file) = stdin {
            command.stdin(std::fs::File::open(file).unwrap());
        }
        let out = command.output().unwrap_or_else(|e| panic!("{program} (Debian packages age, openssh-client, unzip, bsdutils): {e}"));
        assert!(
            out.status.success(),
            "{program} {args:?}: {}{}",
            String::from_utf8_lossy(&out.stdout),
            String::from_utf8_lossy(&out.stderr)
        );
    };
    std::fs::write(path("h.kaowu"), to_hq(&w)).unwrap();
    std::fs::write(path("hq.key"), w.hq.to_secret()).unwrap();
    run("age", &["-d", "-i", &path("hq.key"), "-o", &path("h.zip"), &path("h.kaowu")], None);
    run("unzip", &["-q", "h.zip"], None);
    let signers = |key: &Signer| std::fs::write(path("signers"), format!("kaowu {}\n", key.public_openssh())).unwrap();
    let verify = |key: &Signer, namespace: &str, file: &str| {
        signers(key);
        run(
            "ssh-keygen",
            &["-Y", "verify", "-f", "signers", "-I", "kaowu", "-n", namespace, "-s", &format!("{file}.sig")],
            Some(&path(file)),
        );
    };
    verify(&w.root, "kaowu-site", "chain/site.json");
    verify(&w.site, "kaowu-device", "chain/device.json");
    verify(&w.device, "kaowu-manifest", "manifest.json");
    let manifest: Manifest = serde_json::from_slice(&std::fs::read(path("manifest.json")).unwrap()).unwrap();
    let sums: String = manifest.files.iter().map(|(name, f)| format!("{}  {name}\n", f.sha256)).collect();
    std::fs::write(path("sums"), sums).unwrap();
    run("sha256sum", &["-c", "--quiet", "sums"], None);

    // Words are typed at a terminal; `script` is one.
    std::fs::write(path("w.kaowu"), seal(packing(&w, Lock::Words(WORDS.into()))).unwrap()).unwrap();
    std::fs::write(path("typed"), format!("{WORDS}\n")).unwrap();
    run("script", &["-qec", &format!("age -d -o {} {}", path("w.zip"), path("w.kaowu")), "/dev/null"], Some(&path("typed")));
    assert!(std::fs::read(path("w.zip")).unwrap().starts_with(b"PK"));
}

/// An archive of years that no program opens is worse than none.
#[test]
fn what_could_not_be_opened_is_not_made() {
    let w = world();
    let sealed = |files: Vec<(String, Vec<u8>)>| {
        let packing = packing(&w, Lock::Words(WORDS.into()));
        seal(Packing { files: files.into_iter().collect(), ..packing }).map(|_| ())
    };
    // Zeros that the system need not give us before somebody reads them.
    let half = || vec![0; usize::try_from(SIZE_LIMIT / 2).unwrap()];
    let large = vec![("a".to_owned(), half()), ("b".to_owned(), half()), ("c".to_owned(), vec![0])];
    assert_eq!(sealed(large), Err(PacketError::PacketBeyondLimit { megabytes: 512, limit: 512 }));
    let many: Vec<_> = (0..10_000).map(|n| (n.to_string(), Vec::new())).collect();
    assert_eq!(sealed(many).unwrap_err().code(), "packet-too-many-files");
}

#[test]
fn onto_a_stick() {
    let folder = tempfile::tempdir().unwrap();
    let carried = carry(b"one", folder.path(), "江苏:2020/3201.kaowu").unwrap();
    assert_eq!(carried.path.file_name().unwrap().to_str(), Some("江苏-2020-3201.kaowu"));
    carry(b"two", folder.path(), "江苏-2020-3201.kaowu").unwrap();
    assert_eq!(std::fs::read(&carried.path).unwrap(), b"two");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no part left");
    assert_eq!(carry(b"x", &folder.path().join("none"), "a").unwrap_err().code(), "carry-no-folder");
    // A full disk, as the kernel plays it: the folder itself is one that holds nothing.
    if Path::new("/proc/self").exists() {
        assert_eq!(carry(b"x", Path::new("/proc/self"), "a").unwrap_err().code(), "carry-no-folder");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(96))]
    /// A byte flipped anywhere, or a cut anywhere, is an error and never a panic.
    #[test]
    fn no_packet_is_altered_unseen(at in 0_usize..100_000, bit in 0_u8..8, cut in proptest::bool::ANY) {
        let w = world();
        let good = to_hq(&w);
        let at = at % good.len();
        let mut bad = good.clone();
        if cut { bad.truncate(at); } else { bad[at] ^= 1 << bit; }
        proptest::prop_assert!(open(&bad, &Key::Identities(std::slice::from_ref(&w.hq)), Some(&w.root.public_openssh())).is_err());
    }
}

/// Signed in SM2 as well, checked by OpenSSL; and nobody takes that away.
#[test]
fn a_second_signature() {
    let w = world();
    let lock = || Lock::Recipients(vec![w.hq.recipient()]);
    let above = certify_site(&w.root, &statement("3201-01", &w.site)).unwrap();
    let with_key = |key| Statement { second: Some(key), ..statement("3201-01", &w.device) };
    let twice = certify_device(&w.site, &above, &with_key(second_key(&w.device).unwrap())).unwrap();
    let sealed = |chain: &chain::Files, second| seal(Packing { chain: chain.clone(), second, ..packing(&w, lock()) }).unwrap();
    let opened = |bytes: &[u8]| open(bytes, &Key::Identities(std::slice::from_ref(&w.hq)), None).map_err(|e| e.code());
    let fine = sealed(&twice, true);
    assert_eq!(opened(&fine).unwrap().manifest.algorithms.second.as_deref(), Some(SM2_SM3));
    assert_eq!(opened(&sealed(&chain(&w), false)).unwrap().manifest.algorithms.second, None);
    assert_eq!(opened(&sealed(&twice, false)).unwrap_err(), "algorithms-differ", "left out by whoever has the device's key");
    assert_eq!(opened(&sealed(&chain(&w), true)).unwrap_err(), "algorithms-differ", "a key nobody vouched for");
    let another = certify_device(&w.site, &above, &with_key(second_key(&w.site).unwrap())).unwrap();
    assert_eq!(opened(&sealed(&another, true)).unwrap_err(), "second-signature-wrong");

    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let zip = envelope::unclose(&fine, &Key::Identities(std::slice::from_ref(&w.hq)), SIZE_LIMIT).unwrap();
    std::fs::write(path("inside.zip"), zip).unwrap();
    let run = |program: &str, args: &[&str]| Command::new(program).args(args).current_dir(folder.path()).output().unwrap();
    assert!(run("unzip", &["-q", "inside.zip"]).status.success());
    std::fs::write(path("key.pem"), second_key(&w.device).unwrap()).unwrap();
    let openssl = |message: &str| {
        let args = ["pkeyutl", "-verify", "-pubin", "-inkey", "key.pem", "-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678"];
        let out = run("openssl", &[&args[..], &["-in", message, "-sigfile", "manifest.json.sm2"]].concat());
        (out.status.success(), format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr)))
    };
    let (fine, said) = openssl("manifest.json");
    assert!(fine, "{said}");
    assert!(!openssl("chain/device.json").0, "another message");
}
