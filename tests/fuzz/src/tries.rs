//! What the fuzzer tries, and the tests of the program again with what it kept: one function a kind of input. Each ends in a value or
//! in a coded refusal, whatever the bytes are.

use kaowu_core::facts::{of_sites, well_formed};
use kaowu_core::hidden::first_hidden;
use kaowu_core::journal::{Entry, Mode, canonical};
use kaowu_core::plan::{Plan, bundled};
use kaowu_core::practice::RawRow;
use kaowu_core::roster::{RawPerson, read_roster as sort_out};
use kaowu_packet::keys::{AgeIdentity, Signer};
use kaowu_packet::vault::Vault;
use kaowu_packet::{
    Algorithms, Key, Lock, Manifest, PacketKind, Packing, Statement, certify_device, certify_site, is_passphrase, open, seal,
};
use kaowu_sheets::SheetError;
use kaowu_sheets::practice::{PracticeHead, PracticeReader, read_practice};
use kaowu_sheets::seats::read_seats;
use kaowu_sheets::staff::read_staff;
use kaowu_sheets::tables::{read_exclusions, read_marks, read_panel_marks, read_rooms, read_roster};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::LazyLock;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// A kind of input and what tries it.
pub(crate) type Try = (&'static str, fn(&[u8]));

/// All of them, by the names of the fuzzer's programs.
pub(crate) const TRIES: [Try; 8] = [
    ("journal", journal),
    ("plan", plan),
    ("roster", roster),
    ("csv", csv),
    ("workbook", workbook),
    ("packet", packet),
    ("inside", inside),
    ("vault", vault),
];

fn file(end: &str) -> PathBuf {
    // A thread a file: tests run side by side.
    std::env::temp_dir().join(format!("kaowu-fuzz-{}-{:?}.{end}", std::process::id(), std::thread::current().id()))
}

/// A journal line: read, and written again as it stood; its facts held against the forms of their topics, as a merge does.
pub(crate) fn journal(bytes: &[u8]) {
    if let Ok(entry) = Entry::read(bytes) {
        assert_eq!(entry.to_line().as_deref(), Ok(bytes), "one entry has one form");
        for fact in &entry.body.facts {
            let by_site = well_formed(fact, true);
            assert!(!by_site || (of_sites(&fact.topic) && well_formed(fact, false)), "a site may say less than anybody");
        }
    }
    if let Ok(value) = serde_json::from_slice(bytes) {
        let _refused = canonical(&value);
    }
}

/// A plan.
pub(crate) fn plan(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(plan) = Plan::read(text) {
        assert!(!plan.stages.is_empty());
    }
}

static PLAN: LazyLock<Plan> = LazyLock::new(|| Plan::read(bundled("jiangsu-2020").unwrap()).unwrap());

/// Rows of a roster: every cell is anybody's text.
pub(crate) fn roster(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let rows: Vec<RawPerson> = (1..)
        .zip(text.lines())
        .map(|(row, line)| {
            let mut cells = line.split('\t').map(str::to_owned);
            let mut next = || cells.next().unwrap_or_default();
            let (name, id, outer, inner, sex, phone) = (next(), next(), next(), next(), next(), next());
            RawPerson { row, name, id, outer, inner, sex, phone, workplace: next(), ..RawPerson::default() }
        })
        .collect();
    let roster = sort_out(&rows, &PLAN, "fuzz", &|_| None);
    for person in roster.people.values() {
        assert!(!person.name.is_empty() && person.name.chars().count() <= 30);
        assert_eq!(first_hidden(&person.name), None);
        assert_eq!(first_hidden(&person.workplace), None);
    }
}

struct Rows;
impl PracticeReader for Rows {
    type Error = SheetError;
    fn head(&mut self, _head: &PracticeHead) -> Result<(), SheetError> {
        Ok(())
    }
    fn row(&mut self, _row: &RawRow<'_>, _others: &[&str]) {}
    fn pulse(&mut self, done: u64, total: u64) -> ControlFlow<SheetError> {
        assert!(done <= total);
        ControlFlow::Continue(())
    }
}

/// A table in a text file, through every reader of tables.
pub(crate) fn csv(bytes: &[u8]) {
    let path = file("csv");
    std::fs::write(&path, bytes).unwrap();
    let _each = (read_roster(&path), read_exclusions(&path), read_rooms(&path), read_marks(&path), read_panel_marks(&path, 7));
    let _each = (read_seats(&path), read_staff(&path), read_practice(&path, &mut Rows));
    std::fs::remove_file(&path).unwrap();
}

type Parts = Vec<(String, Vec<u8>)>;

fn parts_of(zip: &[u8]) -> Parts {
    let mut zip = ZipArchive::new(Cursor::new(zip)).unwrap();
    let count = zip.len();
    let part = |n| {
        let mut file = zip.by_index(n).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        (file.name().unwrap().into_owned(), bytes)
    };
    (0..count).map(part).collect()
}

static BOOK: LazyLock<Parts> = LazyLock::new(|| parts_of(include_bytes!("../../fixtures/faulty/roster-faults.xlsx")));

/// A workbook whose one part is anybody's text: `n` and then what stands in the n-th part of a good one. Deflate and checksums
/// would stop nearly everything that is made up below them, so the archive is made anew around it.
pub(crate) fn workbook(bytes: &[u8]) {
    let Some((which, text)) = bytes.split_first() else { return };
    let which = usize::from(*which) % BOOK.len();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (n, (name, good)) in BOOK.iter().enumerate() {
        zip.start_file(name.as_str(), SimpleFileOptions::default().compression_method(CompressionMethod::Stored)).unwrap();
        zip.write_all(if n == which { text } else { good }).unwrap();
    }
    let path = file("xlsx");
    std::fs::write(&path, zip.finish().unwrap().into_inner()).unwrap();
    let _each = (read_roster(&path), read_marks(&path));
    std::fs::remove_file(&path).unwrap();
}

fn closed(plain: &[u8], identity: &AgeIdentity) -> Vec<u8> {
    let recipient: age::x25519::Recipient = identity.recipient().parse().unwrap();
    let encryptor = age::Encryptor::with_recipients(std::iter::once(&recipient as _)).unwrap();
    let mut closed = Vec::new();
    let mut writer = encryptor.wrap_output(&mut closed).unwrap();
    writer.write_all(plain).unwrap();
    writer.finish().unwrap();
    closed
}

/// A packet: first the envelope as it stands, then any inside, closed for a key we have.
pub(crate) fn packet(bytes: &[u8]) {
    let w = &*WORLD;
    let keys = std::slice::from_ref(&w.identity);
    let _words = is_passphrase(bytes);
    assert!(open(bytes, &Key::Identities(keys), None).is_err());
    assert!(open(&closed(bytes, &w.identity), &Key::Identities(keys), None).is_err(), "nobody signed this");
}

struct World {
    root: String,
    device: Signer,
    identity: AgeIdentity,
    files: BTreeMap<String, Vec<u8>>,
}

static WORLD: LazyLock<World> = LazyLock::new(|| {
    let [root, site, device] = [1, 2, 3].map(|n| Signer::from_seed([n; 32]));
    let says = |key: &Signer| Statement {
        event: "e-1".into(),
        mode: Mode::Live,
        site: "3201-01".into(),
        key: key.public_openssh(),
        continues: None,
        second: None,
    };
    let above = certify_site(&root, &says(&site)).unwrap();
    let chain = certify_device(&site, &above, &says(&device)).unwrap();
    let manifest = Manifest {
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
    };
    let identity = AgeIdentity::generate();
    let files = [("journal.jsonl".to_owned(), b"{}\n".to_vec())].into();
    let lock = Lock::Recipients(vec![identity.recipient()]);
    let packet = seal(Packing { manifest, files, chain, signer: &device, lock, second: false }).unwrap();
    let mut plain = Vec::new();
    let secret: age::x25519::Identity = identity.to_secret().parse().unwrap();
    let decryptor = age::Decryptor::new(packet.as_slice()).unwrap();
    decryptor.decrypt(std::iter::once(&secret as _)).unwrap().read_to_end(&mut plain).unwrap();
    let files: BTreeMap<String, Vec<u8>> = parts_of(&plain).into_iter().collect();
    World { root: root.public_openssh(), device, identity, files }
});

/// The inside of a packet by a rightful signer: `n` and then what stands in its n-th file. The manifest is made to fit and signed
/// again, so that nothing but the content itself can be refused. What another key has to vouch for stays as it was, or is refused.
pub(crate) fn inside(bytes: &[u8]) {
    let w = &*WORLD;
    let Some((which, content)) = bytes.split_first() else { return };
    let mut files = w.files.clone();
    let name = files.keys().nth(usize::from(*which) % files.len()).unwrap().clone();
    let same = w.files[&name] == content;
    files.insert(name.clone(), content.to_vec());
    let mut manifest = files["manifest.json"].clone();
    if !name.starts_with("manifest") {
        let hash = |bytes: &[u8]| hex::encode(Sha256::digest(bytes));
        let size = |bytes: &[u8]| format!("\"size\":{}", bytes.len());
        let text = String::from_utf8(manifest).unwrap();
        let (was, is) = (&w.files[&name], content);
        let entry = |b: &[u8]| format!("\"sha256\":\"{}\",{}", hash(b), size(b));
        let fits = text.replace(&entry(was), &entry(is));
        assert!(same || fits != text, "the form of manifests has changed");
        manifest = fits.into_bytes();
        files.insert("manifest.json".to_owned(), manifest.clone());
    }
    if name != "manifest.json.sig" {
        files.insert("manifest.json.sig".to_owned(), w.device.sign("kaowu-manifest", &manifest).unwrap().into_bytes());
    }
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in &files {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    let plain = zip.finish().unwrap().into_inner();
    let opened = open(&closed(&plain, &w.identity), &Key::Identities(std::slice::from_ref(&w.identity)), Some(&w.root));
    if same || name == "journal.jsonl" {
        assert_eq!(opened.unwrap().files["journal.jsonl"], files["journal.jsonl"]);
    } else if let Ok(opened) = opened {
        // White space round a key or a signature changes nothing of who vouches.
        assert!(!name.ends_with(".json") || name == "manifest.json", "{name} was signed by another key");
        assert_eq!(opened.chain.site, "3201-01");
        assert_eq!(opened.chain.device, w.device.device());
        assert_eq!(opened.manifest.device, w.device.device());
    }
}

/// The file of a vault: read or refused, and written again with the same operators.
pub(crate) fn vault(bytes: &[u8]) {
    let db = file("kaowu-db");
    std::fs::write(Vault::beside(&db), bytes).unwrap();
    if let Ok(Some(mut vault)) = Vault::read(&db) {
        let now = chrono::DateTime::parse_from_rfc3339("2020-06-27T09:00:00+08:00").unwrap();
        for operator in vault.operators() {
            assert!(vault.knows(&operator));
            let _seconds = vault.waits(&operator, now);
        }
        vault.save().unwrap();
        assert_eq!(Vault::read(&db).unwrap().unwrap().operators(), vault.operators());
    }
    Vault::discard(&db);
}
