//! Whatever bytes come in, the end is a value or a coded refusal: no panic, no endless work, no more memory than the
//! limits say. What once stumbled lies in `tests/vectors/hostile` and is tried first.

use crate::world::{ctx, fixture, hq, new_event, seated};
use kaowu_core::coded::Coded;
use kaowu_core::facts::Pass;
use kaowu_core::identity::{PartId, StageId};
use kaowu_core::journal::{Entry, Mode, canonical};
use kaowu_core::plan::{Plan, bundled};
use kaowu_packet::{Key, is_passphrase, open};
use kaowu_sheets::tables::{read_exclusions, read_marks, read_rooms, read_roster};
use proptest::prelude::*;
use std::io::Read;
use std::time::{Duration, Instant};

/// What the fuzzer tries.
#[path = "../fuzz/src/tries.rs"]
mod tries;

/// Longest that any one input may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(10);

fn in_time<O>(what: &str, work: impl FnOnce() -> O) -> O {
    let started = Instant::now();
    let out = work();
    assert!(started.elapsed() < PATIENCE, "{what} took {:?}", started.elapsed());
    out
}

/// A text with bytes replaced, put in, taken out and doubled.
fn bent(good: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let edits = prop::collection::vec((any::<prop::sample::Index>(), 0..4_u8, any::<u8>(), 1..40_usize), 1..8);
    edits.prop_map(move |edits| {
        let mut bytes = good.clone();
        for (at, how, byte, len) in edits {
            let at = at.index(bytes.len().max(1)).min(bytes.len().saturating_sub(1));
            let end = (at + len).min(bytes.len());
            match how {
                _ if bytes.is_empty() => bytes.push(byte),
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => _ = bytes.drain(at..end),
                _ => bytes.extend_from_within(at..end),
            }
        }
        bytes
    })
}

fn journal_line(bytes: &[u8]) {
    if let Ok(entry) = Entry::read(bytes) {
        assert_eq!(entry.to_line().unwrap(), bytes, "one entry has one form");
    }
    if let Ok(value) = serde_json::from_slice(bytes) {
        let _refused = canonical(&value);
    }
}

fn plan(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(plan) = in_time("a plan", || Plan::read(text)) {
        assert!(!plan.stages.is_empty());
    }
}

fn table(name: &str, bytes: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    in_time(name, || {
        let _each = (
            read_roster(&path).map(|_| ()),
            read_exclusions(&path).map(|_| ()),
            read_rooms(&path).map(|_| ()),
            read_marks(&path).map(|_| ()),
            kaowu_sheets::staff::read_staff(&path).map(|_| ()),
        );
    });
}

fn packet(bytes: &[u8]) {
    in_time("a packet", || {
        let _words = is_passphrase(bytes);
        let _opened = open(bytes, &Key::Identities(&[]), None).map(|_| ());
    });
}

#[test]
fn what_once_stumbled() {
    assert!(Entry::read(&good_line()).is_ok());
    let mut tried = 0;
    type Try = fn(&[u8]);
    let kinds: [(&str, Try); 4] = [("journal", journal_line), ("plan", plan), ("csv", |b| table("a.csv", b)), ("packet", packet)];
    for (kind, try_it) in kinds {
        let folder = fixture("../vectors/hostile").join(kind);
        for file in std::fs::read_dir(&folder).unwrap_or_else(|_| panic!("{}", folder.display())) {
            try_it(&std::fs::read(file.unwrap().path()).unwrap());
            tried += 1;
        }
    }
    assert!(tried > 20, "{tried}");
}

/// `tests/fuzz/kept`: what covered the most when the fuzzer last ran.
#[test]
fn what_the_fuzzer_kept() {
    for (kind, try_it) in tries::TRIES {
        let kept = std::fs::File::open(fixture("../fuzz/kept").join(format!("{kind}.zip"))).unwrap();
        let mut kept = zip::ZipArchive::new(kept).unwrap();
        assert!(kept.len() >= 20, "{kind}: {}", kept.len());
        for n in 0..kept.len() {
            let mut bytes = Vec::new();
            kept.by_index(n).unwrap().read_to_end(&mut bytes).unwrap();
            in_time(kind, || try_it(&bytes));
        }
    }
}

fn good_line() -> Vec<u8> {
    r#"{"body":{"about":{"reason":"卷面"},"facts":[{"key":"city/written/1/1","topic":"mark","value":{"by":"甲","value":{"given":80000}}}]},"boot":"b","device":"d","event":"e","kind":"mark.keyed","mode":"live","mono":5,"op":"甲","prev":"","seq":1,"site":"hq","supersedes":[],"t":"2020-06-27T09:00:00+08:00","v":1}"#.as_bytes().to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_line(bytes in bent(good_line())) {
        journal_line(&bytes);
    }

    #[test]
    fn any_json(text in "[\\[\\]{}\",:0-9a-z \\\\]{0,400}") {
        journal_line(text.as_bytes());
    }

    #[test]
    fn any_csv(bytes in bent("姓名,身份证号,所属设区市,县（市、区）\n王芳,11010519491231002X,南京市,玄武区\n\"李, 娜\",110105194912310038,南京市,市本级\n".as_bytes().to_vec())) {
        table("a.csv", &bytes);
    }

    #[test]
    fn any_text(text in "\\PC{0,300}") {
        table("a.csv", text.as_bytes());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_plan(bytes in bent(bundled("jiangsu-2020").unwrap().as_bytes().to_vec())) {
        plan(&bytes);
    }

    #[test]
    fn any_workbook(bytes in bent(std::fs::read(fixture("faulty/roster-faults.xlsx")).unwrap())) {
        table("a.xlsx", &bytes);
    }

    #[test]
    fn any_old_workbook(bytes in bent(std::fs::read(fixture("sheets/roster.xls")).unwrap())) {
        table("a.xls", &bytes);
    }

    #[test]
    fn any_packet(bytes in bent(std::fs::read(fixture("../vectors/packets/good.kaowu")).unwrap())) {
        packet(&bytes);
    }
}

/// A cell of ten megabytes, a row of a million commas, a quotation mark that never closes.
#[test]
fn oversized() {
    let big = "好".repeat(10 << 20 >> 1);
    let header = "姓名,身份证号,所属设区市,县（市、区）\n";
    for (name, text) in [
        ("cell", format!("{header}{big},11010519491231002X,南京市,玄武区\n")),
        ("last cell", format!("{header}王芳,11010519491231002X,南京市,{big}\n")),
        ("commas", format!("{header}{}\n", ",".repeat(1_000_000))),
        ("open quote", format!("{header}\"{}\n", "王芳,1\n".repeat(200_000))),
        ("header", format!("{}\n王芳\n", "姓名,".repeat(200_000))),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("big.csv");
        std::fs::write(&path, text).unwrap();
        let mut desk = new_event(&folder, "jiangsu-2020", Mode::Live);
        let taken = in_time(name, || desk.import_roster(&hq(), &"city".into(), &path, false).map(|(_, done)| done.taken));
        assert_ne!(taken.as_ref().ok(), Some(&1), "{name} is nobody");
        let size = std::fs::metadata(folder.path().join("hq.kaowu-db")).unwrap().len();
        assert!(size < 4 << 20, "{name}: {size} bytes in the database");
    }
}

/// A file that never ends is no packet: it is refused at the limit.
#[cfg(target_os = "linux")]
#[test]
fn a_packet_without_end() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("big.kaowu");
    // Sparse: a terabyte that takes no room.
    std::fs::File::create(&path).unwrap().set_len(1 << 40).unwrap();
    let mut desk = new_event(&folder, "jiangsu-2020", Mode::Live);
    let code = in_time("a terabyte", || desk.merge_handover(&hq(), &path).map(|_| ()).unwrap_err().code());
    assert_eq!(code, "packet-too-large");
}

/// What somebody types into a search box is a text to look for, nothing else.
#[test]
fn searched_text_is_only_text() {
    let folder = tempfile::tempdir().unwrap();
    let desk = seated(&folder, Mode::Live);
    let before = desk.fingerprint().unwrap();
    let all = desk.view().candidates(&"city".into()).unwrap().len();
    for text in ["'; DROP TABLE entry; --", "\" OR 1=1 --", "%", "_", "*", "\\", "') UNION SELECT value FROM meta --", "\0", "王\u{202E}"]
    {
        let found = desk.view().reader().search(text, 50).unwrap();
        assert!(found.is_empty() || text.len() == 1, "{text:?} found {}", found.len());
        let _nobody = desk.view().reader().person_by_document(&"city".into(), text).unwrap();
    }
    assert_eq!(desk.fingerprint().unwrap(), before);
    assert_eq!(desk.view().candidates(&"city".into()).unwrap().len(), all);
    assert!(desk.verify_journal().unwrap().faults.is_empty());
}

/// With a character that nobody sees in a name, one person would be two: it is refused wherever it is typed.
#[test]
fn nobody_is_two_by_a_hidden_character() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = seated(&folder, Mode::Live);
    let (stage, part): (StageId, PartId) = ("city".into(), "written".into());
    let id = desk.view().candidates(&stage).unwrap().into_keys().next().unwrap();
    let mut key = |pass: u8, who: &str| {
        desk.key_mark(&ctx(who, "2020-06-27T12:00:00+08:00"), &stage, &part, Pass(pass), &id, "80").map_err(|e| e.code())
    };
    assert!(key(1, "王伟").is_ok());
    assert_eq!(key(2, "王伟"), Err("same-person-twice".into()));
    for hidden in ["王伟\u{200B}", "王\u{2060}伟", "\u{202A}王伟", "王伟\u{FEFF}", "王\u{E0020}伟"] {
        // Without what nobody sees they are the same person, which is said first.
        assert_eq!(key(2, hidden), Err("same-person-twice".into()), "{hidden:?}");
        assert_eq!(key(2, &hidden.replace('伟', "芳")), Err("text-hidden".into()), "{hidden:?}");
    }
    assert!(key(2, "李娜").is_ok());
    let fixed =
        kaowu_desk::Decision {
            id: &id, value: kaowu_core::marks::MarkValue::Absent, with: Some("王伟\u{200D}".into()), reason: "卷面"
        };
    assert_eq!(
        desk.decide_mark(&ctx("王伟", "2020-06-27T13:00:00+08:00"), &stage, &part, &fixed).map_err(|e| e.code()).err().as_deref(),
        Some("correction-needs-two")
    );
    let why = kaowu_desk::Decision { with: Some("李娜".into()), reason: "卷\u{202E}面", ..fixed };
    assert_eq!(
        desk.decide_mark(&ctx("王伟", "2020-06-27T13:00:00+08:00"), &stage, &part, &why).map_err(|e| e.code()).err().as_deref(),
        Some("text-hidden")
    );
}

/// A list as CSV is opened with a spreadsheet program, too: nobody's name is a formula, and what a plan says is made inert.
#[test]
fn nothing_that_goes_out_runs() {
    let table = |cell: &str| {
        let columns = vec!["a".to_owned()];
        kaowu_desk::ResultsTable { title: String::new(), headers: columns.clone(), columns, rows: vec![vec![cell.to_owned()]] }.csv()
    };
    for (cell, want) in [
        ("=1+1", "a\n'=1+1\n"),
        ("@A1", "a\n'@A1\n"),
        ("+86", "a\n'+86\n"),
        ("-x", "a\n'-x\n"),
        ("-1.50", "a\n-1.50\n"),
        ("王芳", "a\n王芳\n"),
    ] {
        assert_eq!(table(cell), want);
    }
    for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
        // A name cannot begin so: a list of results is safe as CSV, too.
        assert!(kaowu_core::roster::clean_name(text).map_or(true, |name| name.chars().next().is_some_and(char::is_alphabetic)), "{text:?}");
    }
}
