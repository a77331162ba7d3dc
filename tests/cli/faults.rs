//! Every use case on a disk that fails, and killed: full at each write of the database and of each file that goes out, each
//! flush refused, the place write-protected, and `kill -9` at each call that changes the disk. After each one: a failure is one
//! message with a code, what was there is still there, and the database is the one before or the one after, whole.

mod certificates;
mod day;
mod guarded;
mod made;

use crate::disk::{ANYBODY, By, Fault, files_of, fine_as, refusal, run_as, struck};
use std::path::{Path, PathBuf};

/// What must hold after a fault besides what must hold after each.
pub(crate) type Holds = Box<dyn Fn(&str)>;

/// A use case, ready to be done again and again from the same files.
pub(crate) struct UseCase {
    pub(crate) name: &'static str,
    /// The database that it writes; where none lies there it makes one.
    pub(crate) db: PathBuf,
    pub(crate) args: Vec<String>,
    /// The folder into which it writes files, if it writes any.
    pub(crate) out: Option<PathBuf>,
    /// Who does it, with which PINs.
    pub(crate) who: &'static str,
    pub(crate) env: Vec<(&'static str, String)>,
    /// Who looks at the database before and after.
    pub(crate) looks: (&'static str, Vec<(&'static str, String)>),
    /// The database that opens the packets it writes, where it is not headquarters'.
    pub(crate) opens: Option<PathBuf>,
    /// Whether each flush is refused once, in a hurry, too.
    pub(crate) flushes: bool,
    /// Whether the database is replaced by another with entries of its own.
    pub(crate) replaces: bool,
    pub(crate) holds: Option<Holds>,
}

impl UseCase {
    pub(crate) fn new(name: &'static str, db: &Path, args: &[&str], out: Option<&Path>) -> Self {
        let args = args.iter().map(|a| (*a).to_owned()).collect();
        let (db, out) = (db.to_owned(), out.map(Path::to_owned));
        Self {
            name,
            db,
            args,
            out,
            who: ANYBODY.who,
            env: vec![],
            looks: (ANYBODY.who, vec![]),
            opens: None,
            flushes: false,
            replaces: false,
            holds: None,
        }
    }

    pub(crate) fn holds(mut self, holds: impl Fn(&str) + 'static) -> Self {
        self.holds = Some(Box::new(holds));
        self
    }

    fn by(&self) -> By<'_> {
        By { who: self.who, env: &self.env }
    }

    fn looker(&self) -> By<'_> {
        By { who: self.looks.0, env: &self.looks.1 }
    }

    /// The files of the folder into which it writes.
    fn files(&self) -> Vec<PathBuf> {
        self.out.iter().flat_map(|out| files_in(out)).collect()
    }

    /// The database with all that lies beside it: logs, vault, what is on its way.
    fn beside(&self) -> Vec<PathBuf> {
        let name = self.db.file_name().unwrap().to_string_lossy().into_owned();
        let ours = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().starts_with(&name);
        files_in(self.db.parent().unwrap()).into_iter().filter(ours).collect()
    }

    fn state(&self, db: &Path, when: &str) -> (u64, String) {
        let out = run_as(self.looker(), db, &["journal", "verify"], None);
        assert!(out.status.success(), "{when}: {}", crate::text(&out.stderr));
        let health: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
        assert_eq!(health["faults"].as_array().map(Vec::len), Some(0), "{when}: {}: {health}", db.display());
        (health["entries"].as_u64().unwrap(), health["fingerprint"].as_str().unwrap().to_owned())
    }
}

/// What can go wrong, and where.
#[derive(Clone, Copy, PartialEq)]
enum Where {
    Database,
    Files,
    Everywhere,
}

const FAULTS: [(&str, &str, &str, bool, Where); 8] = [
    ("database full", "pwrite64,write,ftruncate", "ENOSPC", false, Where::Database),
    ("database does not flush", "fsync,fdatasync", "EIO", true, Where::Database),
    ("database flushes no more", "fsync,fdatasync", "EIO", false, Where::Database),
    ("file full", "pwrite64,write,ftruncate", "ENOSPC", false, Where::Files),
    ("file does not flush", "fsync,fdatasync", "EIO", false, Where::Files),
    ("place write-protected", "openat", "EROFS", false, Where::Files),
    ("killed at a write", "pwrite64,write,ftruncate", "KILL", true, Where::Everywhere),
    ("killed at a flush or a name", "fsync,fdatasync,rename,renameat2,unlink,link", "KILL", true, Where::Everywhere),
];

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_file()).collect();
    files.sort();
    files
}

/// A folder's and a database's files as they were, to be put back.
struct Kept {
    db: Vec<(PathBuf, Vec<u8>)>,
    out: Vec<(PathBuf, Vec<u8>)>,
    /// Another name of the database's own file: written into that one, and not into one that took its place, it knows itself.
    own: tempfile::TempDir,
}

impl Kept {
    fn of(case: &UseCase) -> Self {
        let read = |paths: Vec<PathBuf>| paths.into_iter().map(|path| (path.clone(), std::fs::read(path).unwrap())).collect();
        let own = tempfile::tempdir_in(case.db.parent().unwrap()).unwrap();
        if case.db.exists() {
            std::fs::hard_link(&case.db, own.path().join("own")).unwrap();
        }
        Self { db: read(case.beside()), out: read(case.files()), own }
    }

    fn put_back(&self, case: &UseCase) {
        let known = |path: &PathBuf| self.db.iter().chain(&self.out).any(|(known, _)| known == path);
        for path in case.beside().into_iter().chain(case.files()).filter(|path| !known(path)) {
            let _gone = std::fs::remove_file(path);
        }
        let own = self.own.path().join("own");
        if own.exists() {
            let _gone = std::fs::remove_file(&case.db);
            std::fs::hard_link(own, &case.db).unwrap();
        }
        for (path, bytes) in self.db.iter().chain(&self.out) {
            std::fs::write(path, bytes).unwrap();
        }
    }
}

/// Whether a file is a whole one of its kind.
fn whole(path: &Path, case: &UseCase, hq: &Path) -> bool {
    let hq = case.opens.as_deref().unwrap_or(hq);
    let bytes = std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let text = path.to_str().unwrap();
    match path.extension().and_then(|e| e.to_str()) {
        Some("pdf") => bytes.starts_with(b"%PDF") && bytes.trim_ascii_end().ends_with(b"%%EOF"),
        // The directory of a zip stands at its end.
        Some("xlsx") => bytes.starts_with(b"PK") && bytes.windows(4).rev().take(64 + 22).any(|w| w == b"PK\x05\x06"),
        Some("kaowu-db") => run_as(case.looker(), path, &["journal", "verify"], None).status.success(),
        // age seals each chunk and marks the last: one that is cut does not open.
        Some("kaowu") => text.contains(".archive.") || run_as(case.looker(), hq, &["packet", "inspect", text], None).status.success(),
        Some("json" | "keys") => serde_json::from_slice::<serde_json::Value>(&bytes).is_ok(),
        Some("lock") => true,
        _ => !bytes.is_empty(),
    }
}

/// Codes by which each of these is said.
fn fits(error: &str, code: &str) -> bool {
    let said = ["disk-error", "file-unwritable", "vault-unwritable", "vault-unreadable"].contains(&code);
    match error {
        // A vault says in the system's words what is wrong with it.
        "ENOSPC" => code.ends_with("disk-full") || code == "vault-unwritable",
        // A ring looks at its folder first; a stick that is really so: `stick.rs`.
        "EROFS" => code.ends_with("read-only") || said,
        _ => said || ["carry-failed", "sheet-unwritable"].contains(&code),
    }
}

/// Runs a use case into each of its faults; says how many there were. `every`: at each call; otherwise at a few.
pub(crate) fn faults_of(case: &UseCase, hq: &Path, every: bool) -> Vec<(&'static str, usize)> {
    let args: Vec<&str> = case.args.iter().map(String::as_str).collect();
    let kept = Kept::of(case);
    let before = case.db.exists().then(|| case.state(&case.db, "before"));
    kept.put_back(case);
    // Undisturbed: what there is to reach.
    fine_as(case.by(), &case.db, &args);
    let after = case.state(&case.db, "undisturbed");
    let part = |file: &PathBuf| PathBuf::from(format!("{}.part", file.display()));
    let mut files = case.files();
    files.extend(files.iter().map(part).collect::<Vec<_>>());
    files.extend(case.out.clone());
    let mut told = Vec::new();
    for (fault, calls, error, once, place) in FAULTS {
        let on = match place {
            Where::Database => {
                let vault = PathBuf::from(format!("{}.keys", case.db.display()));
                let new = part(&case.db);
                [files_of(&case.db), files_of(&new), vec![part(&vault), vault]].concat()
            }
            Where::Files if case.out.is_none() => continue,
            Where::Files => files.clone(),
            Where::Everywhere => vec![],
        };
        let (mut nth, mut failed) = (1, 0);
        loop {
            kept.put_back(case);
            let (out, struck) = struck(case.by(), &case.db, &args, &Fault { calls, error, nth, once }, &on);
            let when = format!("{}, {fault} at call {nth}", case.name);
            if case.db.exists() {
                let now = case.state(&case.db, &when);
                check_state(case, before.as_ref(), &after, &now, &when);
            } else {
                assert!(before.is_none(), "{when}: the database is gone");
                // An empty file that was locked holds nothing.
                let left: Vec<_> = case.beside().into_iter().filter(|path| path.extension().is_none_or(|end| end != "lock")).collect();
                assert!(error == "KILL" || left.is_empty(), "{when}: {left:?} is left");
            }
            for (path, bytes) in &kept.out {
                let there = std::fs::read(path).unwrap_or_else(|_| panic!("{when}: {} is gone", path.display()));
                assert!(there == *bytes || whole(path, case, hq), "{when}: {} is torn", path.display());
            }
            for path in case.files() {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                if name.ends_with("-wal") || name.ends_with("-shm") || name.ends_with("db-journal") {
                    // SQLite's own, beside a database that is looked at.
                    continue;
                }
                let left_over = name.contains(".part");
                assert!(!left_over || error == "KILL", "{when}: {name} is left");
                assert!(left_over || whole(&path, case, hq), "{when}: {name} is torn");
            }
            if let Some(holds) = &case.holds {
                holds(&when);
            }
            if !struck {
                break;
            }
            failed += usize::from(!out.status.success());
            if error != "KILL" && !out.status.success() {
                let (code, what) = refusal(&out);
                assert!(fits(error, &code), "{when}: {code}: {what}");
            }
            if error == "EROFS" {
                // A place is write-protected from the first call on; later ones read, and are not refused for that.
                break;
            }
            // A database that is written anew is so page by page: beyond the first, fewer of them are struck.
            let dense = every || case.flushes && calls.starts_with("fsync");
            nth += if dense { 1 + nth / 64 } else { nth * 4 };
        }
        told.push((fault, failed));
    }
    kept.put_back(case);
    told
}

/// Entries that stand behind one that is more than there should be: whoever looks comes, and comes again.
const LOOKED: u64 = 3;

/// The database is the one before or the one after.
fn check_state(case: &UseCase, before: Option<&(u64, String)>, after: &(u64, String), now: &(u64, String), when: &str) {
    if case.replaces {
        // Its one entry says when, and so is another each time.
        assert!(now.0 == after.0 || Some(now) == before, "{when}: {now:?}");
        return;
    }
    // Who signed in comes into the journal of a new protected event with its next entry, at the latest.
    let arrival = u64::from(case.env.iter().any(|(name, _)| *name == "KAOWU_PIN"));
    let least = before.map_or(after.0 - arrival, |before| before.0);
    assert!(now.0 >= least, "{when}: {} entries, {least} before, {} after", now.0, after.0);
    // An entry more says that a file is not known to lie where it was to; or that a PIN was tried whose end was not written down,
    // which counts as refused, for whoever guesses could pull the plug.
    let more = now.0.saturating_sub(after.0);
    if more > 0 {
        let last = fine_as(case.looker(), &case.db, &["journal", "show", "--limit", &(more + LOOKED).to_string()]);
        let kinds: Vec<_> = last.as_array().unwrap().iter().filter_map(|row| row["entry"]["kind"].as_str()).collect();
        let said =
            kinds.iter().filter(|kind| ["file.unconfirmed", "handover.unconfirmed", "operator.refused"].contains(kind)).count() as u64;
        assert_eq!(said, more, "{when}: {more} entries more: {last}");
    }
    if let Some(before) = before.filter(|before| before.0 == now.0) {
        assert_eq!(now.1, before.1, "{when}: other facts in as many entries");
    }
}

/// Runs all of them and says what there was.
fn table(of: &str, cases: &[UseCase], hq: &Path, every: bool) {
    let one = |case: &UseCase| {
        let faults = faults_of(case, hq, every);
        let each: Vec<String> = faults.iter().map(|(fault, failed)| format!("{fault} {failed}")).collect();
        eprintln!("{}: {}", case.name, each.join(", "));
        faults
    };
    // One row alone, for whoever looks into it.
    let only = std::env::var("KAOWU_CASE").ok();
    let told: Vec<_> = cases.iter().filter(|case| only.as_deref().is_none_or(|name| name == case.name)).map(one).collect();
    let sum = |kill: bool| -> usize { told.iter().flatten().filter(|(fault, _)| fault.starts_with("killed") == kill).map(|f| f.1).sum() };
    eprintln!("{of}: {} use cases, {} faults of the disk, {} kills, nothing lost", told.len(), sum(false), sum(true));
    assert!(sum(true) >= told.len() && told.iter().all(|faults| faults.iter().map(|f| f.1).sum::<usize>() > 1));
}
