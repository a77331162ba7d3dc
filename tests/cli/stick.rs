//! Real sticks, FAT and exFAT, in a real kernel (`tests/stick/machine`): what they refuse, what they lose when they are
//! pulled, what the program makes of that.

mod exfat;
mod kind;

use crate::disk::{World, run, world};
use crate::root;
use kind::{Kind, Look};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::RecvTimeoutError;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

/// Where the machine lies: packages unpacked, first file system packed. One at a time is enough for any laptop.
fn machine() -> (MutexGuard<'static, ()>, &'static Path) {
    static ONE: Mutex<()> = Mutex::new(());
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    let one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let made = MADE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stick");
        let program = env!("CARGO_BIN_EXE_kaowu-cli");
        let made = Command::new(root().join("tests/stick/machine")).arg("make").arg(&folder).arg(program).output().unwrap();
        assert!(made.status.success(), "no machine: {}", String::from_utf8_lossy(&made.stderr));
        folder
    });
    (one, made)
}

fn tool(program: &str, args: &[&str]) -> (bool, String) {
    let out = Command::new(program).env("MTOOLS_SKIP_CHECK", "1").args(args).output().unwrap_or_else(|e| panic!("{program}: {e}"));
    (out.status.success(), String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr))
}

fn must(program: &str, args: &[&str]) -> String {
    let (well, said) = tool(program, args);
    assert!(well, "{program} {args:?}: {said}");
    said
}

/// What the machine is to do, as a tar: `files` and run.sh.
fn work(kind: Kind, folder: &Path, files: &[(&str, PathBuf)], script: &str) -> PathBuf {
    let (inside, tar) = (folder.join("work"), folder.join("work.tar"));
    std::fs::create_dir_all(&inside).unwrap();
    for (name, file) in files {
        std::fs::copy(file, inside.join(name)).unwrap();
    }
    std::fs::write(inside.join("run.sh"), format!("KIND={}\n{PRELUDE}{script}", kind.word())).unwrap();
    must("tar", &["-cf", tar.to_str().unwrap(), "-C", inside.to_str().unwrap(), "."]);
    tar
}

/// Words that every script uses. `say NAME COMMAND…` runs a command and tells its exit status, the code of its refusal, and how
/// many refusals it spoke; `mark WORDS` leaves words in the order of the stick's own writes, beyond its file system.
const PRELUDE: &str = include_str!("../stick/commands.sh");

/// Options for a stick in a file.
fn stick(n: usize, image: &Path) -> Vec<String> {
    let drive = format!("file={},format=raw,if=none,id=s{n}", image.display());
    vec!["-drive".into(), drive, "-device".into(), format!("scsi-hd,drive=s{n}")]
}

struct Booted {
    child: std::process::Child,
    lines: std::sync::mpsc::Receiver<String>,
}

fn boot(machine: &Path, work: &Path, sticks: &[String]) -> Booted {
    let mut command = Command::new(root().join("tests/stick/machine"));
    command.arg("run").arg(machine).arg(work).args(sticks).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let (told, lines) = std::sync::mpsc::channel();
    let out = BufReader::new(child.stdout.take().unwrap());
    std::thread::spawn(move || {
        for line in out.split(b'\n').map_while(Result::ok) {
            if told.send(String::from_utf8_lossy(&line).trim_end_matches('\r').to_owned()).is_err() {
                break;
            }
        }
    });
    Booted { child, lines }
}

/// A machine that says nothing for so long has stopped. It is emulated and shares its processors with other tests, so this is
/// no measure of its speed.
const SILENCE: Duration = Duration::from_secs(1200);

impl Booted {
    /// Its next line; none when it is off.
    fn line(&mut self, said: &[String]) -> Option<String> {
        match self.lines.recv_timeout(SILENCE) {
            Ok(line) => {
                assert!(!line.starts_with('!'), "{line}\n{}", said.join("\n"));
                Some(line)
            }
            Err(RecvTimeoutError::Disconnected) => None,
            Err(RecvTimeoutError::Timeout) => panic!("the machine says nothing any more: {}", self.ended(said)),
        }
    }

    /// What it said, and what became of it.
    fn ended(&mut self, said: &[String]) -> String {
        let _off = self.child.kill();
        let status = self.child.wait().unwrap();
        let mut errors = String::new();
        let _read = self.child.stderr.take().unwrap().read_to_string(&mut errors);
        format!("{}\n{status} {errors}", said.join("\n"))
    }

    /// Everything it said until it switched itself off.
    fn until_off(mut self) -> Vec<String> {
        let mut said = Vec::new();
        while let Some(line) = self.line(&said) {
            said.push(line);
        }
        let off = said.iter().any(|line| line.contains("machine: off"));
        assert!(off, "the machine did not get through: {}", self.ended(&said));
        self.child.wait().unwrap();
        said
    }
}

/// In memory where there is such a folder: hundreds of sticks need no disk.
fn scratch() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

fn sum(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    hex::encode(Sha256::digest(bytes))
}

/// A world whose packet is issued, with databases that are copies; words and packet for the machine.
fn packed(w: &World) -> String {
    format!(
        "hq journal continue >/dev/null || echo '! no headquarters'\n\
         export KAOWU_WORDS='{}'\n\
         site packet open /case/site.kaowu >/dev/null || echo '! no site'\n",
        std::fs::read_to_string(&w.packet.1).unwrap().trim()
    )
}

fn files(w: &World) -> [(&'static str, PathBuf); 2] {
    [("site.kaowu", PathBuf::from(&w.packet.0)), ("hq.kaowu-db", w.folder.path().join("hq.kaowu-db"))]
}

/// `@ name status code count` of a run.
fn answers(said: &[String]) -> BTreeMap<String, (String, String, String)> {
    let read = |line: &String| {
        let words: Vec<&str> = line.strip_prefix("@ ")?.split(' ').collect();
        let [name, status, code, count] = words[..] else { return None };
        Some((name.to_owned(), (status.to_owned(), code.to_owned(), count.to_owned())))
    };
    said.iter().filter_map(read).collect()
}

/// Names that people, plans and units may have, as the program makes files of them.
fn names() -> Vec<String> {
    let long = "江苏省人力资源和社会保障系统窗口单位业务技能练兵比武考点".repeat(9);
    let wanted = [
        "南京:考点?",
        "a*b|c<d>e\"f",
        "第一考点. . ",
        "CON",
        "nul.kaowu",
        "COM1.pdf",
        "LPT²",
        "𠮷野家",
        "é ü ß",
        "..",
        "a\tb",
        long.as_str(),
    ];
    let mut names: Vec<String> = wanted.iter().map(|name| kaowu_disk::safe_name(name)).collect();
    names.push(kaowu_disk::safe_name(&format!("{long}.a1b2c3d4.kaowu")));
    names.push(kaowu_disk::safe_name(&format!("{long}.e5f6a7b8.kaowu")));
    names
}

#[test]
#[ignore = "boots a machine: ./x soak"]
fn a_real_fat_stick() {
    a_real_stick(Kind::Fat);
}

#[test]
#[ignore = "boots a machine: ./x soak"]
fn a_real_exfat_stick() {
    a_real_stick(Kind::Exfat);
}

/// Everything that goes onto a stick goes onto this one, and comes back; what it cannot hold is refused by name.
fn a_real_stick(kind: Kind) {
    let (_one, machine) = machine();
    let w = world();
    let folder = tempfile::tempdir().unwrap();
    let (plain, small) = (kind.image(folder.path(), "plain.img", 64, 64 << 10), kind.image(folder.path(), "small.img", 34, 34 << 10));
    let (list, names) = (folder.path().join("names"), names());
    std::fs::write(&list, names.join("\n") + "\n").unwrap();
    // A backup of five gigabytes, once the machine has drawn it out.
    let large = folder.path().join("large.kaowu-db");
    std::fs::write(&large, "SQLite format 3\0").unwrap();
    let script = packed(&w) + include_str!("../stick/there-and-back.sh");
    let mut list_files = files(&w).to_vec();
    list_files.extend([("names", list), ("large.kaowu-db", large)]);
    let tar = work(kind, folder.path(), &list_files, &script);
    let said = boot(machine, &tar, &[stick(0, &plain), stick(1, &small)].concat()).until_off();
    let (answers, all) = (answers(&said), said.join("\n"));
    let (number, fat): (_, &[_]) = match kind {
        Kind::Fat => ("4d44", &["# left 0", "File too large"]),
        Kind::Exfat => ("2011bab0", &[]),
    };
    let four_gib = [("four-gib", "1", "backup-too-large"), ("kernel", "1", "-")].into_iter().filter(|_| kind == Kind::Fat);
    for (name, status, code) in [
        ("issue", "0", "-"),
        ("export", "0", "-"),
        ("merge", "0", "-"),
        ("receipt", "0", "-"),
        ("read-receipt", "0", "-"),
        ("key", "0", "-"),
        ("backup", "0", "-"),
        ("ring", "0", "-"),
        ("workbook", "0", "-"),
        ("export-again", "0", "-"),
        ("backup-again", "0", "-"),
        ("export-case", "0", "-"),
        ("merge-again", "0", "-"),
        ("bad-name", "1", "backup-name-refused"),
        ("small-export", "0", "-"),
        ("small-backup", "0", "-"),
        ("full-export", "1", "carry-disk-full"),
        ("full-backup", "1", "backup-disk-full"),
        ("full-workbook", "1", "sheet-disk-full"),
        ("full-key", "1", "carry-disk-full"),
        ("ro-export", "1", "carry-read-only"),
        ("ro-backup", "1", "backup-read-only"),
        ("ro-workbook", "1", "sheet-read-only"),
        ("ro-receipt", "1", "carry-read-only"),
    ]
    .into_iter()
    .chain(four_gib)
    {
        let got = answers.get(name).unwrap_or_else(|| panic!("{name}: {all}"));
        assert_eq!((got.0.as_str(), got.1.as_str()), (status, code), "{name}: {all}");
        assert_eq!(got.2, if code == "-" { "0" } else { "1" }, "{name} speaks once: {all}");
    }
    let count = names.len();
    let lines = [&format!("# type {number}"), "# of-this-name 1 parts 0", &format!("# names {count} {count}")];
    for line in lines.into_iter().chain(["# full whole", "# read-only whole", "# small 2"]).chain(fat.iter().copied()) {
        assert!(said.iter().any(|s| s == line), "{line}: {all}");
    }
    for image in [&plain, &small] {
        kind.is_clean(image);
    }
    eprintln!("a real {kind:?} stick: {} commands answered as they must, {count} names taken", answers.len());
}

/// What was written to a stick, in order: sectors, or a flush. QEMU's blklogwrites, as Linux' dm-log-writes has it.
enum Log {
    Write(usize, Vec<u8>),
    Flush,
    /// Words of the script.
    Mark(Vec<String>),
}

fn log_of(file: &Path) -> Vec<Log> {
    const SECTOR: usize = 512;
    let bytes = std::fs::read(file).unwrap();
    let number = |at: usize| usize::try_from(u64::from_le_bytes(bytes[at..at + 8].try_into().unwrap())).unwrap();
    assert_eq!(number(0), 0x006a_7366_7773_6872, "no log of writes");
    let (mut at, mut log) = (SECTOR, Vec::new());
    for _ in 0..number(16) {
        let (sector, sectors, flags) = (number(at), number(at + 8), number(at + 16));
        at += SECTOR;
        let discard = flags & 4 != 0;
        let data = if discard { &[][..] } else { &bytes[at..at + sectors * SECTOR] };
        at += data.len();
        if flags & 1 != 0 {
            log.push(Log::Flush);
        }
        if data.starts_with(b"MARK ") {
            log.push(Log::Mark(String::from_utf8_lossy(data).split_whitespace().skip(1).map(str::to_owned).collect()));
        } else if !data.is_empty() {
            log.push(Log::Write(sector * SECTOR, data.to_vec()));
        }
    }
    log
}

/// A file's versions in order, and the last one that the program said was there.
#[derive(Default, Clone)]
struct Promised {
    versions: Vec<String>,
    said: usize,
}

/// What is on a stick that was pulled, held against what had been promised.
#[derive(Default)]
struct Held {
    /// States looked at, of these with a name left over for another's blocks, and with a file under its second name only.
    states: usize,
    shared: usize,
    aside: usize,
    lost: Vec<String>,
}

impl Held {
    /// `settled`: nothing is being written, so each file lies under its own name.
    fn against(&mut self, look: &Look, promised: &BTreeMap<String, Promised>, settled: bool, when: &str) {
        self.states += 1;
        self.shared += usize::from(look.shared);
        let sums: BTreeMap<&String, String> = look.files.iter().map(|(name, bytes)| (name, sum(bytes))).collect();
        for (name, p) in promised {
            let there = names_of(name).into_iter().find(|name| sums.contains_key(name));
            let there = there.as_ref();
            self.aside += usize::from(there.is_some_and(|there| there != name));
            let may = [p.said.checked_sub(1), Some(p.said)].into_iter().flatten().filter_map(|n| p.versions.get(n));
            let whole = there.is_some_and(|there| may.into_iter().any(|version| version == &sums[there]) && !look.free.contains(there));
            let not_yet = there.is_none() && p.said == 0;
            if !(whole || not_yet) || settled && p.said > 0 && there != Some(name) {
                self.lost.push(format!("{when}: {name} is {there:?} after {} promises", p.said));
            }
        }
    }
}

/// The names under which a file is found, first its own: as `kaowu_disk::found` looks for them.
fn names_of(name: &str) -> Vec<String> {
    let (stem, ending) = name.rsplit_once('.').unwrap();
    let second = |n: usize, word: &str| format!("{stem}.part-{word}{}.{ending}", if n == 1 { String::new() } else { n.to_string() });
    let seconds = (1..9).rev().flat_map(|n| [second(n, "new"), second(n, "old")]);
    std::iter::once(name.to_owned()).chain(seconds).collect()
}

#[test]
#[ignore = "boots a machine: ./x soak"]
fn a_fat_stick_pulled_at_every_write_holds_a_whole_file() {
    pulled_at_every_write(Kind::Fat);
}

#[test]
#[ignore = "boots a machine: ./x soak"]
fn an_exfat_stick_pulled_at_every_write_holds_a_whole_file() {
    pulled_at_every_write(Kind::Exfat);
}

/// Pulls the stick after every single write, and, where what was not flushed may have gone in any order, at random; then holds
/// what is there against what had been promised.
fn pulled_at_every_write(kind: Kind) {
    let (_one, machine) = machine();
    let w = world();
    let folder = tempfile::tempdir().unwrap();
    let kilobytes = 34_000;
    let image = kind.image(folder.path(), "stick.img", 128, kilobytes);
    let start = std::fs::read(&image).unwrap();
    let log = folder.path().join("log");
    std::fs::File::create(&log).unwrap();
    let script = packed(&w) + include_str!("../stick/every-write.sh");
    let tar = work(kind, folder.path(), &files(&w), &script);
    let file = |node: &str, path: &Path| ["-blockdev".to_owned(), format!("driver=file,filename={},node-name={node}", path.display())];
    let logged = "driver=blklogwrites,file=f0,log=l0,log-sector-size=512,node-name=s0".to_owned();
    let options = [&file("f0", &image)[..], &file("l0", &log), &["-blockdev".into(), logged, "-device".into(), "scsi-hd,drive=s0".into()]];
    boot(machine, &tar, &options.concat()).until_off();
    let log = log_of(&log);

    let mut promised: BTreeMap<String, Promised> = BTreeMap::new();
    for entry in &log {
        if let Log::Mark(words) = entry {
            promised.entry(words[0].clone()).or_default().versions.push(words[1].clone());
        }
    }
    assert!(promised.len() == 4 && promised.values().all(|p| p.versions.len() == 3));
    let memory = scratch();
    let cut = memory.path().join("cut.img");
    let mut held = Held::default();
    // Sticks on which something is left over: sixteen of them, each as likely as any other, are used again below.
    let (mut left_over, mut left_overs, mut chance) = (Vec::new(), 0, Dice(16));
    let mut look = |disk: &[u8], promised: &BTreeMap<String, Promised>, settled, when: &str| {
        let disk = &disk[..usize::try_from(kilobytes << 10).unwrap()];
        std::fs::write(&cut, disk).unwrap();
        let look = kind.look(&cut);
        held.against(&look, promised, settled, when);
        if promised.values().all(|p| p.said > 0) && look.files.keys().any(|name| name.contains(".part")) {
            left_overs += 1;
            let at = if left_over.len() < 16 { left_over.len() } else { usize::try_from(chance.below(left_overs)).unwrap() };
            if at < 16 {
                let kept: LeftOver = (disk.to_vec(), promised.clone(), when.to_owned());
                if at < left_over.len() { left_over[at] = kept } else { left_over.push(kept) }
            }
        }
    };
    let (mut durable, mut disk, mut pending) = (start.clone(), start, Vec::new());
    let mut dice = Dice(2020);
    for (n, entry) in log.iter().enumerate() {
        match entry {
            Log::Flush => {
                pending.clear();
                durable.clone_from(&disk);
            }
            Log::Mark(words) => promised.get_mut(&words[0]).unwrap().said += 1,
            Log::Write(at, data) => {
                disk[*at..at + data.len()].copy_from_slice(data);
                pending.extend(data.chunks(512).enumerate().map(|(s, sector)| (at + s * 512, sector.to_vec())));
            }
        }
        let settled = matches!(entry, Log::Mark(_)) || n + 1 == log.len();
        look(&disk, &promised, settled, &format!("step {n} of {}", log.len()));
        // Any of the sectors that were not flushed, in any order. A promise stands on a flush, so it holds here, too.
        for _ in 0..2 {
            let mut torn = durable.clone();
            for (at, sector) in &pending {
                if dice.below(2) == 0 {
                    torn[*at..at + sector.len()].copy_from_slice(sector);
                }
            }
            look(&torn, &promised, settled, &format!("step {n} of {}, out of order", log.len()));
        }
    }
    eprintln!(
        "a {kind:?} stick pulled at every write: {} steps, {} states of it, {} of them with a name left over for the same blocks, {} with a file under its second name, {} with a loss",
        log.len(),
        held.states,
        held.shared,
        held.aside,
        held.lost.len()
    );
    assert_eq!(held.lost, Vec::<String>::new());
    assert!(!left_over.is_empty());
    used_again(kind, machine, &w, &left_over);
    eprintln!("{left_overs} states had something left over");
}

/// A stick that was pulled, as it then was, what had been promised on it, and when that was.
type LeftOver = (Vec<u8>, BTreeMap<String, Promised>, String);

/// Sticks with something left over are put in again, as they are, and written on: what is on them stays whole, and so does
/// what is new.
fn used_again(kind: Kind, machine: &Path, w: &World, left_over: &[LeftOver]) {
    let folder = scratch();
    let images: Vec<PathBuf> = (0..left_over.len()).map(|n| folder.path().join(format!("{n}.img"))).collect();
    for (image, (disk, ..)) in images.iter().zip(left_over) {
        std::fs::write(image, disk).unwrap();
    }
    let tar = work(kind, folder.path(), &files(w), &(packed(w) + include_str!("../stick/used-again.sh")));
    let sticks: Vec<String> = images.iter().enumerate().flat_map(|(n, image)| stick(n, image)).collect();
    let said = boot(machine, &tar, &sticks).until_off();
    let (answers, all) = (answers(&said), said.join("\n"));
    let (mut refused, mut lost) = (0, Vec::new());
    for ((letter, image), (_, promised, when)) in ('a'..='p').zip(&images).zip(left_over) {
        let mut promised = promised.clone();
        for (name, verb) in [("b.kaowu-db", "backup"), ("x.xlsx", "workbook")] {
            let (status, code, _) = answers.get(&format!("{verb}-{letter}")).unwrap_or_else(|| panic!("{letter}: {all}"));
            if status == "0" {
                let line = format!("# {letter} {name} ");
                let new = said.iter().find_map(|l| l.strip_prefix(&line)).unwrap().to_owned();
                promised.insert(name.to_owned(), Promised { versions: vec![new], said: 1 });
            } else {
                eprintln!("{when}: {verb} is refused: {code}");
                refused += 1;
            }
        }
        let mut held = Held::default();
        held.against(&kind.look(image), &promised, false, &format!("used again after {when}"));
        lost.extend(held.lost);
    }
    eprintln!("{} {kind:?} sticks with something left over used again: {refused} refusals, {} losses", left_over.len(), lost.len());
    assert_eq!(lost, Vec::<String>::new());
}

/// Splitmix64: chance that a seed repeats.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % n
    }
}

#[test]
#[ignore = "boots a machine many times: ./x soak"]
fn a_laptop_that_goes_out_leaves_a_whole_handover() {
    goes_out(Kind::Fat, 20);
}

#[test]
#[ignore = "boots a machine many times: ./x soak"]
fn a_laptop_that_goes_out_leaves_a_whole_handover_on_exfat() {
    goes_out(Kind::Exfat, 10);
}

/// The laptop's plug is pulled while it hands over, again and again onto the same stick; headquarters then merges what is on it.
fn goes_out(kind: Kind, rounds: usize) {
    let (_one, machine) = machine();
    let w = world();
    let folder = tempfile::tempdir().unwrap();
    let image = kind.image(folder.path(), "stick.img", 128, 80_000);
    let script = packed(&w) + include_str!("../stick/hands-over.sh");
    let tar = work(kind, folder.path(), &files(&w), &script);
    let hq = w.folder.path().join("hq.kaowu-db");
    let (mut dice, mut promised, mut merged, mut written) = (Dice(7), 0, 0, 0);
    for round in 0..rounds {
        let mut booted = boot(machine, &tar, &stick(0, &image));
        let (wanted, mut seen, mut said) = (1 + dice.below(4), 0, Vec::new());
        let (mut last, mut one) = (Instant::now(), Duration::ZERO);
        while seen < wanted {
            let Some(line) = booted.line(&said) else { panic!("round {round}: the machine stopped: {}", booted.ended(&said)) };
            if line.starts_with("@ handed") {
                seen += 1;
                (one, last) = (last.elapsed(), Instant::now());
            }
            said.push(line);
        }
        // At any moment of the next one; in every second round while it writes on the stick.
        let before = changed(&image);
        if round % 2 == 0 {
            std::thread::sleep(one * u32::try_from(dice.below(1000)).unwrap() / 1000);
        } else {
            while changed(&image) == before && booted.child.try_wait().unwrap().is_none() {
                std::thread::sleep(Duration::from_millis(1));
            }
            std::thread::sleep(Duration::from_millis(dice.below(60)));
        }
        assert!(booted.child.try_wait().unwrap().is_none(), "round {round}: {}", booted.ended(&said));
        booted.child.kill().unwrap();
        booted.child.wait().unwrap();
        written += usize::from(changed(&image) != before);
        promised += seen;
        let mut here = 0;
        for (name, bytes) in kind.files(&image).into_iter().filter(|(name, _)| name.ends_with(".kaowu") && !name.contains(".part-")) {
            let done = merges(&hq, &bytes);
            assert!(done.is_ok(), "round {round}: {name} is torn: {done:?}");
            here += 1;
        }
        // Each round is another laptop (a new device), so another file.
        assert_eq!(here, round + 1, "a handover of round {round} or before is gone");
        merged += here;
        eprintln!("round {round}: {seen} handovers, then out");
    }
    eprintln!(
        "a laptop that goes out ({kind:?}): {rounds} times after {promised} handovers, {written} of them while it wrote, {merged} merges of what lay on the stick"
    );
}

/// When a stick was last written to.
fn changed(image: &Path) -> std::time::SystemTime {
    std::fs::metadata(image).unwrap().modified().unwrap()
}

#[test]
#[ignore = "boots a machine: ./x soak"]
fn a_stick_pulled_out_of_a_running_laptop() {
    pulled_while_running(Kind::Fat);
}

#[test]
#[ignore = "boots a machine: ./x soak"]
fn an_exfat_stick_pulled_out_of_a_running_laptop() {
    pulled_while_running(Kind::Exfat);
}

/// The stick is pulled while the program writes, and the laptop stays on: one message, and the old file on the stick is whole.
fn pulled_while_running(kind: Kind) {
    let (_one, machine) = machine();
    let w = world();
    let folder = tempfile::tempdir().unwrap();
    let images: Vec<PathBuf> = (0..8).map(|n| kind.image(folder.path(), &format!("{n}.img"), 40, 40 << 10)).collect();
    let script = packed(&w) + include_str!("../stick/pulled.sh");
    let tar = work(kind, folder.path(), &files(&w), &script);
    let sticks: Vec<String> = images.iter().enumerate().flat_map(|(n, image)| stick(n, image)).collect();
    let said = boot(machine, &tar, &sticks).until_off();
    let (answers, all) = (answers(&said), said.join("\n"));
    let mut newer = 0;
    for (letter, image) in ('a'..='h').zip(&images) {
        let (_, code, count) = answers.get(&format!("pulled-{letter}")).unwrap_or_else(|| panic!("{letter}: {all}"));
        assert!(["carry-failed", "carry-read-only", "carry-no-folder"].contains(&code.as_str()) && count == "1", "{letter}: {code} {all}");
        let ever: Vec<&str> = said.iter().filter_map(|line| line.strip_prefix(&format!("# {letter} "))).collect();
        let found = kind.files(image);
        let named = |part: bool| found.iter().find(|(name, _)| name.ends_with(".kaowu") && name.contains(".part-") == part);
        let (name, bytes) = named(false).or(named(true)).unwrap_or_else(|| panic!("{letter}: nothing is left: {all}"));
        let whole = sum(bytes);
        // The one under way may be whole, too, though nobody was told.
        let under_way = !ever.contains(&whole.as_str()) && merges(&w.folder.path().join("hq.kaowu-db"), bytes).is_ok();
        newer += u32::from(under_way);
        assert!(ever.last() == Some(&whole.as_str()) || under_way, "{letter}: {name} {whole} {ever:?}");
    }
    eprintln!(
        "a {kind:?} stick pulled out of a running laptop: 8 times, one message each, the handover whole ({newer} of them the one under way)"
    );
}

/// Whether headquarters takes a handover.
fn merges(hq: &Path, handover: &[u8]) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("handover.kaowu");
    std::fs::write(&file, handover).unwrap();
    let done = run(hq, &["packet", "merge", file.to_str().unwrap()], None);
    if done.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&done.stderr).into_owned()) }
}
