//! The day and the days around it: a site and headquarters, and every file that goes out.

use super::{UseCase, table};
use crate::disk::{World, fine, refusal, run, world};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const AT: &str = "2020-06-27T08:50:00+08:00";
const DATA: &str = "tests/fixtures/jiangsu-2020";
/// When things are done.
const DONE: [&str; 2] = ["--at", "2020-06-27T09:40:00+08:00"];

/// Cases, and the folders into which they write.
struct Cases<'a> {
    w: &'a World,
    all: Vec<UseCase>,
}

impl Cases<'_> {
    fn stick(&self, name: &str) -> PathBuf {
        let folder = self.w.folder.path().join("sticks").join(name);
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn add(&mut self, name: &'static str, db: &Path, args: &[&str]) {
        self.all.push(UseCase::new(name, db, &[args, &DONE].concat(), None));
    }

    /// One that writes a file into a folder of its own; `file` is empty where the program names it. Where a file of this name
    /// lies already, it must outlive every failure.
    fn out(&mut self, name: &'static str, db: &Path, args: &[&str], file: &str) {
        let folder = self.stick(name);
        let to = if file.is_empty() { folder.clone() } else { folder.join(file) };
        let all = [args, &[to.to_str().unwrap()], &DONE].concat();
        fine(db, &all);
        self.all.push(UseCase::new(name, db, &all, Some(&folder)));
    }
}

/// The last file of which an entry of this kind says by its hash that it lies in the folder lies there, unless the journal also
/// says that it is not known to.
fn agrees(db: &Path, folder: &Path, kind: &str, when: &str) {
    let db = rusqlite::Connection::open(db).unwrap();
    let note: String = db.query_row("SELECT coalesce(max(value), '') FROM meta WHERE name = 'file-unconfirmed'", [], |r| r.get(0)).unwrap();
    let mut rows = db.prepare("SELECT line FROM entry ORDER BY seq").unwrap();
    let lines: Vec<Vec<u8>> = rows.query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect();
    let mut not = BTreeSet::<u64>::from_iter(note.split(' ').nth(1).and_then(|seq| seq.parse().ok()));
    let mut said = vec![];
    for entry in lines.iter().map(|line| serde_json::from_slice::<serde_json::Value>(line).unwrap()) {
        let (about, fact) = (&entry["body"]["about"], &entry["body"]["facts"][0]["value"]);
        match entry["kind"].as_str().unwrap() {
            "file.unconfirmed" => not.extend(about["entry"].as_u64()),
            of if of == kind => {
                let hash = about["sha256"].as_str().or(fact["sha256"].as_str()).unwrap();
                said.push((entry["seq"].as_u64().unwrap(), hash.to_owned()));
            }
            _ => {}
        }
    }
    let (seq, hash) = said.pop().unwrap();
    let there = |path: PathBuf| hex::encode(Sha256::digest(std::fs::read(path).unwrap())) == hash;
    assert!(not.contains(&seq) || super::files_in(folder).into_iter().any(there), "{when}: the journal says {hash} lies there");
}

impl Cases<'_> {
    /// The last one, which names its file by its hash in an entry of this kind.
    fn names_its_file(&mut self, kind: &'static str) {
        let case = self.all.pop().unwrap();
        let (db, folder) = (case.db.clone(), case.out.clone().unwrap());
        self.all.push(case.holds(move |when| agrees(&db, &folder, kind, when)));
    }
}

/// The use cases of a site and of headquarters up to the merge.
fn cases(w: &World) -> Vec<UseCase> {
    let (hq, site) = (w.folder.path().join("hq.kaowu-db"), w.site.clone());
    let first = UseCase::new("check-in", &site, &["checkin", "--room", "001", "--at", AT, &w.numbers[0]], None);
    let mut c = Cases { w, all: vec![first] };
    let room = |n: usize| w.numbers[n].as_str();
    fine(&site, &["checkin", "--room", "001", "--at", AT, room(2)]);
    c.add("a mark", &site, &["marks", "key", "--pass", "1", room(1), "80"]);
    c.add("absence", &site, &["absence", "--room", "001"]);
    let incident = ["incident", "report", room(2), "--clause", "6-1", "--facts", "手机响铃", "--invigilators", "甲", "乙"];
    c.add("incident", &site, &incident);
    c.out("handover", &site, &["packet", "export", "--out"], "");
    c.out("backup", &site, &["backup", "--out"], "b.kaowu-db");
    c.out("backup in a ring", &site, &["backup", "--ring"], "");
    c.add("rebuild", &site, &["journal", "rebuild"]);
    c.add("roster", &hq, &["roster", "import", &format!("{DATA}/rosters/3204-常州市.xlsx")]);
    c.add("exclusions", &hq, &["roster", "exclude", &format!("{DATA}/exclusions-2019.xlsx")]);
    c.add("draw", &hq, &["seats", "draw", "--stage", "city", "--seed", "2"]);
    let centre = ["marks", "import", "--stage", "city", "--part", "written", "--pass", "1", &format!("{DATA}/marks/city-written.xlsx")];
    c.add("marks of the centre", &hq, &centre);
    let issue = ["packet", "issue", "--stage", "city", "--part", "written", "--site", "3211-01", "--out"];
    c.out("site packet", &hq, &issue, "");
    c.names_its_file("packet.issued");
    c.add("merge", &hq, &["packet", "merge", &handed(&c)]);
    let words = words(w);
    c.out("keys", &hq, &["keys", "save", "root", "--words-file", &words, "--out"], "");
    c.names_its_file("key.saved");
    c.out("workbook", &hq, &["papers", "announcement", "--of", "roster", "--out"], "名单.xlsx");
    c.out("paper", &hq, &["papers", "door-list", "--stage", "city", "--part", "written", "--site", "3211-01", "--out"], "门贴.pdf");
    c.all
}

/// A handover to be merged.
fn handed(c: &Cases<'_>) -> String {
    let home = c.stick("home").display().to_string();
    fine(&c.w.site, &["packet", "export", "--out", &home, "--at", AT])["path"].as_str().unwrap().to_owned()
}

fn words(w: &World) -> String {
    let words = w.folder.path().join("keys.words");
    std::fs::write(&words, "one two three four five six").unwrap();
    words.display().to_string()
}

/// Laptops that go on where others stopped; people on duty, and the year of practice.
fn going_on(w: &World) -> Vec<UseCase> {
    let folder = w.folder.path();
    let (hq, site, spare, copy) = (folder.join("hq.kaowu-db"), w.site.clone(), folder.join("spare.kaowu-db"), folder.join("copy.kaowu-db"));
    let mut c = Cases { w, all: vec![] };
    let written = |name: &str, text: &str| {
        let file = folder.join(name);
        std::fs::write(&file, text).unwrap();
        file.display().to_string()
    };
    let people: String = (1..60)
        .zip("甲乙丙丁戊己庚辛壬癸".chars().cycle())
        .map(|(n, name)| format!("{n},监考{name},苏州市,昆山市,第{n}中学,监考员,3211-01,\n"))
        .collect();
    let people = written("考务人员.csv", &format!("序号,姓名,设区市,县（市、区）,单位,岗位,考点,电话\n{people}"));
    c.add("staff", &hq, &["staff", "import", "--stage", "city", &people]);
    let days = written("登录.csv", "姓名,身份证号,设区市,县区,登录日期\n王㛃,320102199003071239,南京市,玄武区,2020-05-22\n");
    c.add("practice", &hq, &["practice", "import", "--kind", "daily", &days]);

    fine(&site, &["checkin", "--room", "001", "--at", AT, &w.numbers[0]]);
    let handover = handed(&c);
    fine(&spare, &["packet", "open", &w.packet.0, "--words-file", &w.packet.1, "--at", "2020-06-27T09:10:00+08:00"]);
    c.add("taking over", &spare, &["packet", "take-over", &handover]);
    let kept = folder.join("kept.kaowu-db");
    fine(&site, &["backup", "--out", kept.to_str().unwrap()]);
    fine(&copy, &["restore", kept.to_str().unwrap()]);
    // A key of its own, and no entry: the next one names the feed that it continues.
    c.add("going on from a backup", &copy, &["journal", "continue"]);
    let (db, at) = (copy.clone(), ["checkin", "--room", "001", "--at", AT]);
    let case = c.all.pop().unwrap();
    let someone = w.numbers[3].clone();
    c.all.push(case.holds(move |when| {
        let out = run(&db, &[at.as_slice(), &[someone.as_str()]].concat(), None);
        let said = crate::text(&out.stderr);
        assert!(out.status.success() || refusal(&out).0 == "database-is-copy", "{when}: {said}");
    }));
    c.all
}

/// What goes out besides: after the merge, so that there is a post to write a receipt for.
fn outgoing(w: &World) -> Vec<UseCase> {
    let hq = w.folder.path().join("hq.kaowu-db");
    let mut c = Cases { w, all: vec![] };
    fine(&hq, &["packet", "merge", &handed(&c)]);
    let board = fine(&hq, &["packet", "board"]);
    let post = board.as_array().unwrap().iter().find(|post| post["devices"].as_array().is_some_and(|d| !d.is_empty())).unwrap();
    c.out("receipt", &hq, &["packet", "receipt", "--post", post["post"].as_str().unwrap(), "--out"], "");
    c.names_its_file("receipt.written");
    // It is closed for the site.
    c.all[0].opens = Some(w.site.clone());
    c.out("archive", &hq, &["archive", "make", "--out"], "");
    c.out("archive's key", &hq, &["keys", "save", "archive", "--words-file", &words(w), "--out"], "");
    c.out("escrow key", &hq, &["keys", "save", "escrow", "--words-file", &words(w), "--out"], "");
    let stick = c.stick("slip's packet").display().to_string();
    let issue = ["packet", "issue", "--stage", "city", "--part", "written", "--site", "3211-01", "--out", &stick, "--slip"];
    c.out("slip", &hq, &issue, "口令条.pdf");
    c.out("report of a roster", &hq, &["roster", "import", "tests/fixtures/faulty/roster-faults.xlsx", "--report"], "问题标注.xlsx");
    c.out("published draw", &hq, &["seats", "publish", "--stage", "city", "--out"], "公布稿.json");
    c.out("template", &hq, &["certificates", "copy-template", "team-honour", "--out"], "ours.toml");
    c.all
}

fn all(every: bool) {
    let w = world();
    let hq = w.folder.path().join("hq.kaowu-db");
    // In a hurry, one of each kind.
    let some = [
        "a mark",
        "handover",
        "site packet",
        "merge",
        "keys",
        "workbook",
        "paper",
        "receipt",
        "published draw",
        "taking over",
        "going on from a backup",
    ];
    let chosen = |cases: Vec<UseCase>| -> Vec<UseCase> { cases.into_iter().filter(|c| every || some.contains(&c.name)).collect() };
    table("the day and the days around it", &chosen(cases(&w)), &hq, every);
    table("what goes out", &chosen(outgoing(&w)), &hq, every);
    // A world of its own: in that one the site's laptop has done other things.
    let w = world();
    table("laptops that go on", &chosen(going_on(&w)), &w.folder.path().join("hq.kaowu-db"), every);
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
