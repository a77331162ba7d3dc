//! Every use case on a disk that fails, and killed: full at each write of the database and of each file that goes out, each
//! flush refused, the place write-protected, and `kill -9` at each call that changes the disk. After each one: a failure is one
//! message with a code, what was there is still there, and the database is the one before or the one after, whole.

use crate::disk::{Fault, World, files_of, fine, refusal, run, world};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// A use case, ready to be done again and again from the same files.
pub(crate) struct UseCase {
    pub(crate) name: &'static str,
    /// The database that it writes.
    pub(crate) db: PathBuf,
    pub(crate) args: Vec<String>,
    /// The folder into which it writes files, if it writes any.
    pub(crate) out: Option<PathBuf>,
}

const AT: &str = "2020-06-27T08:50:00+08:00";

/// What can go wrong, and where.
#[derive(Clone, Copy, PartialEq)]
enum Where {
    Database,
    Files,
    Everywhere,
}

const FAULTS: [(&str, &str, &str, bool, Where); 6] = [
    ("database full", "pwrite64,write,ftruncate", "ENOSPC", false, Where::Database),
    ("database does not flush", "fsync,fdatasync", "EIO", true, Where::Database),
    ("file full", "pwrite64,write,ftruncate", "ENOSPC", false, Where::Files),
    ("file does not flush", "fsync,fdatasync", "EIO", false, Where::Files),
    ("place write-protected", "openat", "EROFS", false, Where::Files),
    ("killed", "pwrite64,write,fsync,fdatasync,rename,renameat2,unlink,ftruncate", "KILL", true, Where::Everywhere),
];

/// A folder's or a database's files as they were, to be put back. Written into the same file, so a database knows itself.
struct Kept(Vec<(PathBuf, Vec<u8>)>);

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_file()).collect();
    files.sort();
    files
}

impl Kept {
    fn of(case: &UseCase) -> Self {
        let mut paths = vec![case.db.clone()];
        paths.extend(case.out.iter().flat_map(|out| files_in(out)));
        Self(paths.into_iter().map(|path| (path.clone(), std::fs::read(path).unwrap())).collect())
    }

    fn put_back(&self, case: &UseCase) {
        for end in ["-wal", "-shm", "-journal"] {
            let _none = std::fs::remove_file(format!("{}{end}", case.db.display()));
        }
        for path in case.out.iter().flat_map(|out| files_in(out)) {
            if !self.0.iter().any(|(known, _)| *known == path) {
                std::fs::remove_file(path).unwrap();
            }
        }
        for (path, bytes) in &self.0 {
            std::fs::write(path, bytes).unwrap();
        }
    }

    /// Files of the folder as they were.
    fn files(&self) -> impl Iterator<Item = &(PathBuf, Vec<u8>)> {
        self.0.iter().skip(1)
    }
}

/// Entries, what they say, and how many faults there are.
fn state(db: &Path) -> (u64, String) {
    let health = fine(db, &["journal", "verify"]);
    assert_eq!(health["faults"].as_array().map(Vec::len), Some(0), "{}: {health}", db.display());
    (health["entries"].as_u64().unwrap(), health["fingerprint"].as_str().unwrap().to_owned())
}

/// Whether a file is a whole one of its kind.
fn whole(path: &Path, hq: &Path) -> bool {
    let bytes = std::fs::read(path).unwrap();
    let text = path.to_str().unwrap();
    match path.extension().and_then(|e| e.to_str()) {
        Some("pdf") => bytes.starts_with(b"%PDF") && bytes.trim_ascii_end().ends_with(b"%%EOF"),
        // The directory of a zip stands at its end.
        Some("xlsx") => bytes.starts_with(b"PK") && bytes.windows(4).rev().take(64 + 22).any(|w| w == b"PK\x05\x06"),
        Some("kaowu-db") => run(path, &["journal", "verify"], None).status.success(),
        // age seals each chunk and marks the last: one that is cut does not open.
        Some("kaowu") => text.contains(".archive.") || run(hq, &["packet", "inspect", text], None).status.success(),
        _ => !bytes.is_empty(),
    }
}

/// Use cases whose entry names a file by its hash.
const NAMES_ITS_FILE: [&str; 2] = ["site packet", "keys"];

/// The last file that the journal says lies in the folder lies there, unless it also says that a later one is not known to.
fn agrees(case: &UseCase, when: &str) {
    let db = rusqlite::Connection::open(&case.db).unwrap();
    let note: String = db.query_row("SELECT coalesce(max(value), '') FROM meta WHERE name = 'file-unconfirmed'", [], |r| r.get(0)).unwrap();
    let noted = note.split(' ').nth(1).and_then(|seq| seq.parse().ok());
    let mut rows = db.prepare("SELECT line FROM entry ORDER BY seq").unwrap();
    let lines: Vec<Vec<u8>> = rows.query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect();
    let (mut not, mut said) = (std::collections::BTreeSet::<u64>::from_iter(noted), vec![]);
    for entry in lines.iter().map(|line| serde_json::from_slice::<serde_json::Value>(line).unwrap()) {
        match entry["kind"].as_str().unwrap() {
            "file.unconfirmed" => not.extend(entry["body"]["about"]["entry"].as_u64()),
            "packet.issued" if case.name == "site packet" => {
                said.push((entry["seq"].as_u64().unwrap(), entry["body"]["facts"][0]["value"]["sha256"].clone()));
            }
            "key.saved" if case.name == "keys" => said.push((entry["seq"].as_u64().unwrap(), entry["body"]["about"]["sha256"].clone())),
            _ => {}
        }
    }
    let (seq, hash) = said.pop().unwrap();
    let files = case.out.iter().flat_map(|out| files_in(out)).map(|path| hex::encode(Sha256::digest(std::fs::read(path).unwrap())));
    assert!(not.contains(&seq) || files.into_iter().any(|there| hash == there), "{when}: the journal says {hash} lies there");
}

/// Runs a use case into each of its faults; says how many there were. `every`: at each call; otherwise at a few.
pub(crate) fn faults_of(case: &UseCase, hq: &Path, every: bool) -> Vec<(&'static str, usize)> {
    let args: Vec<&str> = case.args.iter().map(String::as_str).collect();
    let before = state(&case.db);
    let kept = Kept::of(case);
    // Undisturbed: what there is to reach.
    fine(&case.db, &args);
    let after = state(&case.db);
    let mut files: Vec<PathBuf> = case.out.iter().flat_map(|out| files_in(out)).collect();
    let parts: Vec<PathBuf> = files.iter().map(|f| PathBuf::from(format!("{}.part", f.display()))).collect();
    files.extend(parts);
    files.extend(case.out.clone());
    let mut told = Vec::new();
    for (fault, calls, error, once, place) in FAULTS {
        let on = match place {
            Where::Database => files_of(&case.db),
            Where::Files if case.out.is_none() => continue,
            Where::Files => files.clone(),
            Where::Everywhere => vec![],
        };
        let (mut nth, mut failed) = (1, 0);
        loop {
            kept.put_back(case);
            let out = run(&case.db, &args, Some((&Fault { calls, error, nth, once }, &on)));
            let when = format!("{}, {fault} at call {nth}", case.name);
            let now = state(&case.db);
            // A file that is not known to lie on the stick is said not to: an entry more.
            let says = case.name == "handover" || NAMES_ITS_FILE.contains(&case.name);
            let most = after.0 + u64::from(says);
            assert!(now.0 >= before.0 && now.0 <= most, "{when}: {} entries, {} before, {} after", now.0, before.0, after.0);
            if now.0 == before.0 {
                assert_eq!(now.1, before.1, "{when}: other facts in as many entries");
            }
            for (path, bytes) in kept.files() {
                let there = std::fs::read(path).unwrap_or_else(|_| panic!("{when}: {} is gone", path.display()));
                assert!(there == *bytes || whole(path, hq), "{when}: {} is torn", path.display());
            }
            for path in case.out.iter().flat_map(|out| files_in(out)) {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                let left_over = name.contains(".part");
                assert!(!left_over || error == "KILL", "{when}: {name} is left");
                assert!(left_over || whole(&path, hq), "{when}: {name} is torn");
            }
            if NAMES_ITS_FILE.contains(&case.name) {
                agrees(case, &when);
            }
            if out.status.success() {
                break;
            }
            failed += 1;
            if error != "KILL" {
                let (code, what) = refusal(&out);
                let fits = match error {
                    "ENOSPC" => code.ends_with("disk-full"),
                    // A ring looks at its folder first; a stick that is really so: `stick.rs`.
                    "EROFS" => code.ends_with("read-only") || ["disk-error", "file-unwritable"].contains(&code.as_str()),
                    _ => ["disk-error", "carry-failed", "file-unwritable", "sheet-unwritable"].contains(&code.as_str()),
                };
                assert!(fits, "{when}: {code}: {what}");
            }
            if error == "EROFS" {
                // A place is write-protected from the first call on; later ones read, and are not refused for that.
                break;
            }
            nth += if every { 1 } else { nth * 4 };
        }
        told.push((fault, failed));
    }
    kept.put_back(case);
    told
}

fn case(name: &'static str, db: &Path, args: &[&str], out: Option<&Path>) -> UseCase {
    let args = args.iter().map(|a| (*a).to_owned()).collect();
    UseCase { name, db: db.to_owned(), args, out: out.map(Path::to_owned) }
}

/// The use cases of a site and of headquarters up to the merge. Each finds on the stick what the one before has put there.
fn cases(w: &World) -> Vec<UseCase> {
    let path = |name: &str| w.folder.path().join(name);
    let (hq, site) = (path("hq.kaowu-db"), w.site.clone());
    let data = "tests/fixtures/jiangsu-2020";
    let stick = |name: &str| {
        let folder = path(name);
        std::fs::create_dir_all(&folder).unwrap();
        folder
    };
    let at = ["--at", "2020-06-27T09:40:00+08:00"];
    let mut cases = vec![case("check-in", &site, &["checkin", "--room", "001", "--at", AT, &w.numbers[0]], None)];
    // Where a file of this name lies already, it must outlive every failure.
    let mut add = |name, db: &Path, args: &[&str], out: Option<(&Path, &str)>| {
        let mut all = args.to_vec();
        let to = out.map(|(folder, file)| if file.is_empty() { folder.to_owned() } else { folder.join(file) });
        let to = to.map(|to| to.to_str().unwrap().to_owned());
        if let Some(to) = &to {
            all.push(to);
        }
        all.extend(at);
        if out.is_some() {
            fine(db, &all);
        }
        cases.push(case(name, db, &all, out.map(|(folder, _)| folder)));
    };
    let room = |n: usize| w.numbers[n].as_str();
    fine(&site, &["checkin", "--room", "001", "--at", AT, room(2)]);
    add("a mark", &site, &["marks", "key", "--pass", "1", room(1), "80"], None);
    add("absence", &site, &["absence", "--room", "001"], None);
    let incident = ["incident", "report", room(2), "--clause", "6-1", "--facts", "手机响铃", "--invigilators", "甲", "乙"];
    add("incident", &site, &incident, None);
    add("handover", &site, &["packet", "export", "--out"], Some((&stick("handover"), "")));
    add("backup", &site, &["backup", "--out"], Some((&stick("backup"), "b.kaowu-db")));
    add("backup in a ring", &site, &["backup", "--ring"], Some((&stick("ring"), "")));
    add("roster", &hq, &["roster", "import", &format!("{data}/rosters/3204-常州市.xlsx")], None);
    add("exclusions", &hq, &["roster", "exclude", &format!("{data}/exclusions-2019.xlsx")], None);
    add("draw", &hq, &["seats", "draw", "--stage", "city", "--seed", "2"], None);
    add(
        "marks of the centre",
        &hq,
        &["marks", "import", "--stage", "city", "--part", "written", "--pass", "1", &format!("{data}/marks/city-written.xlsx")],
        None,
    );
    let issue = ["packet", "issue", "--stage", "city", "--part", "written", "--site", "3211-01", "--out"];
    add("site packet", &hq, &issue, Some((&stick("issued"), "")));
    let handed =
        fine(&site, &["packet", "export", "--out", stick("home").to_str().unwrap(), "--at", AT])["path"].as_str().unwrap().to_owned();
    add("merge", &hq, &["packet", "merge", &handed], None);
    let words = stick("keys").with_file_name("keys.words");
    std::fs::write(&words, "one two three four five six").unwrap();
    add("keys", &hq, &["keys", "save", "root", "--words-file", words.to_str().unwrap(), "--out"], Some((&stick("keys"), "")));
    add("workbook", &hq, &["papers", "announcement", "--of", "roster", "--out"], Some((&stick("books"), "名单.xlsx")));
    add(
        "paper",
        &hq,
        &["papers", "door-list", "--stage", "city", "--part", "written", "--site", "3211-01", "--out"],
        Some((&stick("papers"), "门贴.pdf")),
    );
    cases
}

fn tell(of: &str, told: &[(&str, Vec<(&'static str, usize)>)]) {
    for (name, faults) in told {
        let each: Vec<String> = faults.iter().map(|(fault, failed)| format!("{fault} {failed}")).collect();
        eprintln!("{name}: {}", each.join(", "));
    }
    let sum =
        |kill: bool| -> usize { told.iter().flat_map(|(_, f)| f).filter(|(fault, _)| (*fault == "killed") == kill).map(|f| f.1).sum() };
    eprintln!("{of}: {} use cases, {} faults of the disk, {} kills, nothing lost", told.len(), sum(false), sum(true));
    assert!(sum(true) >= told.len() && told.iter().all(|(_, faults)| faults.iter().map(|f| f.1).sum::<usize>() > 1));
}

fn all(every: bool) {
    let w = world();
    let hq = w.folder.path().join("hq.kaowu-db");
    let cases = cases(&w);
    // In a hurry, one of each kind.
    let some = ["a mark", "handover", "site packet", "merge", "keys", "workbook", "paper"];
    let told: Vec<_> =
        cases.iter().filter(|case| every || some.contains(&case.name)).map(|case| (case.name, faults_of(case, &hq, every))).collect();
    tell("the day and the days around it", &told);
}

#[test]
fn use_cases_on_failing_disks_and_killed() {
    all(false);
}

#[test]
#[ignore = "minutes: ./x soak"]
fn use_cases_on_disks_that_fail_at_every_call_and_killed_at_every_call() {
    all(true);
}
