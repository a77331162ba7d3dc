//! The archive of a protected event: nothing of it lies open, while it is made, checked and read.

use super::{root, text};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

const NAME: &str = "钟离望舒";
const PINS: [(&str, &str); 1] = [("KAOWU_PIN", "805213")];

/// A valid ID number: the n-th of an invented birthday.
fn id(n: u32) -> String {
    let body = format!("32010219800101{n:03}");
    let weights = (0..17).map(|i| 2_u32.pow(17 - i) % 11);
    let sum: u32 = body.chars().zip(weights).map(|(c, w)| c.to_digit(10).unwrap() * w).sum();
    format!("{body}{}", ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][(sum % 11) as usize])
}

struct Desk<'a> {
    folder: &'a Path,
    temporary: PathBuf,
}

impl Desk<'_> {
    fn command(&self, db: &str, who: &str, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kaowu-cli"));
        command.current_dir(root()).arg("--db").arg(self.folder.join(db)).args(["--operator", who]).args(args);
        for name in ["KAOWU_OPERATOR", "KAOWU_PIN", "KAOWU_SECOND_PIN", "KAOWU_NEW_PIN"] {
            command.env_remove(name);
        }
        command.env("TMPDIR", &self.temporary).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, db: &str, who: &str, pins: &[(&str, &str)], args: &[&str]) -> (Option<i32>, String) {
        let done = self.command(db, who, args).envs(pins.iter().copied()).output().unwrap();
        (done.status.code(), text(&done.stderr) + &text(&done.stdout))
    }

    fn done(&self, db: &str, who: &str, pins: &[(&str, &str)], args: &[&str]) -> String {
        let (code, said) = self.run(db, who, pins, args);
        assert_eq!(code, Some(0), "{args:?}: {said}");
        said
    }

    /// Runs a verb and looks at its temporary files all the while: how many bytes it ever had there, and which names of files or
    /// beginnings of databases lay legible.
    fn watched(&self, who: &str, pins: &[(&str, &str)], args: &[&str]) -> (usize, Vec<String>) {
        let mut child = self.command("event.kaowu-db", who, args).envs(pins.iter().copied()).spawn().unwrap();
        let (mut most, mut open) = (0, Vec::new());
        let status = loop {
            let mut all = Vec::new();
            files(&self.temporary, &mut all);
            for file in all {
                let bytes = std::fs::read(&file).unwrap_or_default();
                most = most.max(bytes.len());
                let has = |what: &[u8]| bytes.windows(what.len()).any(|w| w == what);
                // A workbook is packed: its name is enough.
                let packed = file.extension().is_some_and(|end| end == "xlsx");
                if packed || has(NAME.as_bytes()) || bytes.starts_with(b"SQLite format 3") {
                    open.push(file.display().to_string());
                }
            }
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            std::thread::sleep(Duration::from_micros(500));
        };
        let out = child.wait_with_output().unwrap();
        assert!(status.success(), "{args:?}: {}{}", text(&out.stderr), text(&out.stdout));
        (most, open)
    }
}

/// Every file below a folder that may be on its way.
fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { files(&path, out) } else { out.push(path) }
    }
}

/// Which files beside a database hold the name.
fn legible(folder: &Path, db: &str) -> Vec<PathBuf> {
    let mut all = Vec::new();
    files(folder, &mut all);
    let ours = |file: &PathBuf| file.file_name().is_some_and(|name| name.to_string_lossy().starts_with(db));
    let has = |file: &PathBuf| std::fs::read(file).unwrap().windows(NAME.len()).any(|w| w == NAME.as_bytes());
    all.into_iter().filter(|file| ours(file) && has(file)).collect()
}

#[test]
fn an_archive_of_a_protected_event_lies_open_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let desk = Desk { folder: folder.path(), temporary: folder.path().join("tmp") };
    std::fs::create_dir(&desk.temporary).unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    // A small event with results, so that there is a workbook; then it is protected.
    let db = "event.kaowu-db";
    let open = |who: &str, args: &[&str]| desk.done(db, who, &[], args);
    open("甲", &["event", "new", "--plan", "civil-service", "--open"]);
    let rows: String = (0..4).map(|n| format!("{},{},虚构市风筝管理局,风向观测岗\n", if n == 0 { NAME } else { "某某" }, id(n))).collect();
    open("甲", &["roster", "import", &write("r.csv", &format!("姓名,身份证号,招录机关,报考职位\n{rows}"))]);
    let marks = write("m.csv", &format!("身份证号,成绩\n{}", (0..4).map(|n| format!("{},{}\n", id(n), 90 - n)).collect::<String>()));
    for (who, pass) in [("乙", "1"), ("丙", "2")] {
        open(who, &["marks", "import", "--part", "written", "--pass", pass, &marks]);
    }
    open("甲", &["select", "--stage", "recruitment"]);
    let sheets: String = (0..3).map(|n| format!("{}{}\n", id(n), ",80".repeat(5))).collect();
    let sheets = write("i.csv", &format!("身份证号,评委1,评委2,评委3,评委4,评委5\n{sheets}"));
    for (who, pass) in [("乙", "1"), ("丙", "2")] {
        open(who, &["interview", "import", "--part", "interview", "--pass", pass, &sheets]);
    }
    open("甲", &["results", "--out", folder.path().join("results.xlsx").to_str().unwrap()]);
    assert!(desk.run(db, "甲", &PINS, &["operators", "protect"]).0 == Some(0));
    let sign = |args: &[&str]| desk.watched("甲", &PINS, args);
    let out = folder.path().join("out");
    std::fs::create_dir(&out).unwrap();
    let (most, seen) = sign(&["archive", "make", "--out", out.to_str().unwrap()]);
    assert!(most == 0 && seen.is_empty(), "{most} {seen:?}");
    let archive = std::fs::read_dir(&out).unwrap().next().unwrap().unwrap().path();
    let (archive, keys, words) = (archive.to_str().unwrap(), folder.path().join("keys"), write("words", "one two three four five six"));
    std::fs::create_dir(&keys).unwrap();
    desk.done(db, "甲", &PINS, &["keys", "save", "archive", "--out", keys.to_str().unwrap(), "--words-file", &words]);
    let key = std::fs::read_dir(&keys).unwrap().next().unwrap().unwrap().path();
    assert!(std::fs::read(&key).unwrap().starts_with(b"age-encryption.org/"), "a key lies in the clear");
    let key = key.to_str().unwrap();
    let (most, seen) = sign(&["archive", "verify", archive, "--identity", key, "--words-file", &words]);
    assert!(most > 0, "nothing was seen: the watch proves nothing");
    assert!(seen.is_empty(), "{seen:?}");
    // Opened: under the reader's PIN, and for anybody only where that is said.
    let read = "read.kaowu-db";
    let nothing =
        || assert!(std::fs::read_dir(folder.path()).unwrap().all(|f| !f.unwrap().file_name().to_string_lossy().starts_with(read)));
    let unpack = ["archive", "open", archive, "--identity", key, "--words-file", &words];
    let refused = |said: (Option<i32>, String), want: &str| assert!(said.0 == Some(1) && said.1.contains(want), "{want}: {said:?}");
    refused(desk.run(read, "档案员", &[], &unpack), "[pin-needed]");
    nothing();
    refused(desk.run(read, "档案员", &[("KAOWU_PIN", "123456")], &unpack), "[pin-too-simple]");
    nothing();
    desk.done(read, "档案员", &PINS, &unpack);
    assert_eq!(legible(folder.path(), read), [] as [PathBuf; 0]);
    refused(desk.run(read, "档案员", &PINS, &unpack), "[database-exists]");
    refused(desk.run(read, "档案员", &[], &["selected"]), "[pin-needed]");
    refused(desk.run(read, "档案员", &[("KAOWU_PIN", "413580")], &["selected"]), "[pin-wrong]");
    refused(desk.run(read, "甲", &PINS, &["selected"]), "[no-pin]");
    assert!(desk.done(read, "档案员", &PINS, &["selected"]).contains(NAME), "the reader was no operator of the event");
    assert_eq!(desk.done(read, "档案员", &PINS, &["selected"]), desk.done(db, "甲", &PINS, &["selected"]));
    refused(desk.run(read, "档案员", &PINS, &["select", "--stage", "recruitment"]), "[database-is-archive]");
    let plain = "plain.kaowu-db";
    desk.done(plain, "档案员", &[], &[unpack.as_slice(), &["--plain"]].concat());
    assert!(!legible(folder.path(), plain).is_empty(), "the same search finds it there");
    assert!(desk.done(plain, "谁", &[], &["selected"]).contains(NAME));
}
