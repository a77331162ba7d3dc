//! A real FAT stick in a real kernel (`tests/stick/machine`): what it refuses, what it loses when it is pulled, what the
//! program makes of that.

use crate::disk::{World, run, world};
use crate::root;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
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
fn work(folder: &Path, files: &[(&str, &Path)], script: &str) -> PathBuf {
    let (inside, tar) = (folder.join("work"), folder.join("work.tar"));
    std::fs::create_dir_all(&inside).unwrap();
    for (name, file) in files {
        std::fs::copy(file, inside.join(name)).unwrap();
    }
    std::fs::write(inside.join("run.sh"), format!("{PRELUDE}{script}")).unwrap();
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

impl Booted {
    /// Everything it said until it switched itself off.
    fn until_off(mut self) -> Vec<String> {
        let (mut said, end) = (Vec::new(), Instant::now() + Duration::from_secs(900));
        while let Ok(line) = self.lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
            said.push(line);
        }
        let _ended = self.child.kill();
        let status = self.child.wait_with_output().unwrap();
        let all = said.join("\n");
        assert!(all.contains("machine: off"), "the machine did not get through: {all}\n{}", String::from_utf8_lossy(&status.stderr));
        assert!(!said.iter().any(|line| line.starts_with('!')), "{all}");
        said
    }
}

fn image(folder: &Path, name: &str, megabytes: u64, kilobytes: &str) -> PathBuf {
    let image = folder.join(name);
    std::fs::File::create(&image).unwrap().set_len(megabytes << 20).unwrap();
    let text = image.to_str().unwrap();
    let args = if kilobytes.is_empty() { vec!["-F", "32", text] } else { vec!["-F", "32", text, kilobytes] };
    must("mkfs.vfat", &args);
    image
}

/// The files on a stick, taken off by mtools, which shares nothing with the kernel that wrote them. What is torn stays away.
fn taken_off(image: &Path) -> tempfile::TempDir {
    let (out, image) = (scratch(), image.to_str().unwrap());
    for name in tool("mdir", &["-b", "-i", image, "::/"]).1.lines().filter(|line| line.starts_with("::/")) {
        let _torn = tool("mcopy", &["-n", "-i", image, name, out.path().to_str().unwrap()]);
    }
    out
}

/// In memory where there is such a folder: hundreds of sticks need no disk.
fn scratch() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

/// Their paths.
fn files_in(folder: &tempfile::TempDir) -> Vec<PathBuf> {
    std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().path()).collect()
}

/// Their names, with their SHA-256.
fn on_stick(image: &Path) -> BTreeMap<String, String> {
    files_in(&taken_off(image)).iter().map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), sum(path))).collect()
}

fn sum(path: &Path) -> String {
    use sha2::{Digest, Sha256};
    hex::encode(Sha256::digest(std::fs::read(path).unwrap()))
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

fn borrowed<'a>(files: &'a [(&'static str, PathBuf)]) -> Vec<(&'a str, &'a Path)> {
    files.iter().map(|(name, path)| (*name, path.as_path())).collect()
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
    let (_one, machine) = machine();
    let w = world();
    let folder = tempfile::tempdir().unwrap();
    let (plain, small) = (image(folder.path(), "plain.img", 64, ""), image(folder.path(), "small.img", 34, ""));
    let (list, names) = (folder.path().join("names"), names());
    std::fs::write(&list, names.join("\n") + "\n").unwrap();
    // A backup of five gigabytes, once the machine has drawn it out.
    let large = folder.path().join("large.kaowu-db");
    std::fs::write(&large, "SQLite format 3\0").unwrap();
    let script = packed(&w) + include_str!("../stick/fat.sh");
    let mut list_files = files(&w).to_vec();
    list_files.extend([("names", list), ("large.kaowu-db", large)]);
    let tar = work(folder.path(), &borrowed(&list_files), &script);
    let said = boot(machine, &tar, &[stick(0, &plain), stick(1, &small)].concat()).until_off();
    let (answers, all) = (answers(&said), said.join("\n"));
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
        ("four-gib", "1", "backup-too-large"),
        ("kernel", "1", "-"),
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
    ] {
        let got = answers.get(name).unwrap_or_else(|| panic!("{name}: {all}"));
        assert_eq!((got.0.as_str(), got.1.as_str()), (status, code), "{name}: {all}");
        assert_eq!(got.2, if code == "-" { "0" } else { "1" }, "{name} speaks once: {all}");
    }
    let count = names.len();
    for line in ["# type 4d44", "# of-this-name 1 parts 0", &format!("# names {count} {count}"), "# left 0", "File too large"] {
        assert!(said.iter().any(|s| s == line), "{line}: {all}");
    }
    for line in ["# full whole", "# read-only whole", "# small 2"] {
        assert!(said.iter().any(|s| s == line), "{line}: {all}");
    }
    for image in [&plain, &small] {
        must("fsck.vfat", &["-n", image.to_str().unwrap()]);
    }
    eprintln!("a real FAT stick: {} commands answered as they must, {count} names taken", answers.len());
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
#[derive(Default)]
struct Promised {
    versions: Vec<String>,
    said: usize,
}

/// Pulls the stick after every single write, and, where what was not flushed may have gone in any order, at random; then holds
/// what is there against what had been promised.
#[test]
#[ignore = "boots a machine: ./x soak"]
fn a_stick_pulled_at_every_write_holds_a_whole_file() {
    let (_one, machine) = machine();
    let w = world();
    let folder = tempfile::tempdir().unwrap();
    let kilobytes = 34_000;
    let image = image(folder.path(), "stick.img", 128, &kilobytes.to_string());
    let start = std::fs::read(&image).unwrap();
    let log = folder.path().join("log");
    std::fs::File::create(&log).unwrap();
    let script = packed(&w) + include_str!("../stick/every-write.sh");
    let tar = work(folder.path(), &borrowed(&files(&w)), &script);
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
    let (mut cuts, mut shared, mut lost) = (0, 0, Vec::new());
    let mut look = |disk: &[u8], promised: &BTreeMap<String, Promised>, when: &str| {
        std::fs::write(&cut, &disk[..kilobytes << 10]).unwrap();
        let found = on_stick(&cut);
        cuts += 1;
        shared += u32::from(tool("fsck.vfat", &["-n", cut.to_str().unwrap()]).1.contains("share clusters"));
        for (name, p) in promised {
            let may = [p.said.checked_sub(1), Some(p.said)].into_iter().flatten().filter_map(|n| p.versions.get(n));
            let there = found.get(name);
            let not_yet = there.is_none() && p.said == 0;
            if !not_yet && !may.clone().any(|version| Some(version) == there) {
                lost.push(format!("{when}: {name} is {there:?} after {} promises", p.said));
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
        look(&disk, &promised, &format!("step {n} of {}", log.len()));
        // Any of the sectors that were not flushed, in any order. A promise stands on a flush, so it holds here, too.
        for _ in 0..2 {
            let mut torn = durable.clone();
            for (at, sector) in &pending {
                if dice.below(2) == 0 {
                    torn[*at..at + sector.len()].copy_from_slice(sector);
                }
            }
            look(&torn, &promised, &format!("step {n} of {}, out of order", log.len()));
        }
    }
    eprintln!(
        "a stick pulled at every write: {} steps, {cuts} states of it, {shared} of them with a name left over for the same blocks, {} with a loss",
        log.len(),
        lost.len()
    );
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

/// The laptop's plug is pulled while it hands over, again and again onto the same stick; headquarters then merges what is on it.
#[test]
#[ignore = "boots a machine many times: ./x soak"]
fn a_laptop_that_goes_out_leaves_a_whole_handover() {
    let rounds = 20;
    let (_one, machine) = machine();
    let w = world();
    let folder = tempfile::tempdir().unwrap();
    let image = image(folder.path(), "stick.img", 128, "80000");
    let script = packed(&w) + include_str!("../stick/hands-over.sh");
    let tar = work(folder.path(), &borrowed(&files(&w)), &script);
    let hq = w.folder.path().join("hq.kaowu-db");
    let (mut dice, mut promised, mut merged) = (Dice(7), 0, 0);
    for round in 0..rounds {
        let mut booted = boot(machine, &tar, &stick(0, &image));
        let (wanted, end) = (1 + dice.below(4), Instant::now() + Duration::from_secs(400));
        let (mut seen, mut said) = (0, Vec::new());
        while seen < wanted {
            let Ok(line) = booted.lines.recv_timeout(end.saturating_duration_since(Instant::now())) else {
                let _ended = booted.child.kill();
                let out = booted.child.wait_with_output().unwrap();
                panic!("round {round}: the machine stopped: {said:?} {}", String::from_utf8_lossy(&out.stderr));
            };
            assert!(!line.starts_with('!'), "{line}");
            said.push(line.clone());
            seen += u64::from(line.starts_with("@ handed"));
        }
        std::thread::sleep(Duration::from_millis(dice.below(900)));
        booted.child.kill().unwrap();
        booted.child.wait().unwrap();
        promised += seen;
        let out = taken_off(&image);
        let handovers = files_in(&out);
        let whole = handovers.iter().filter(|p| p.extension().is_some_and(|e| e == "kaowu"));
        let mut here = 0;
        for path in whole {
            let done = run(&hq, &["packet", "merge", path.to_str().unwrap()], None);
            assert!(done.status.success(), "round {round}: {} is torn: {}", path.display(), String::from_utf8_lossy(&done.stderr));
            here += 1;
        }
        // Each round is another laptop (a new device), so another file.
        assert_eq!(here, round + 1, "a handover of round {round} or before is gone");
        merged += here;
    }
    eprintln!("a laptop that goes out: {rounds} times after {promised} handovers, {merged} merges of what lay on the stick");
}

/// The stick is pulled while the program writes, and the laptop stays on: one message, and the old file on the stick is whole.
#[test]
#[ignore = "boots a machine: ./x soak"]
fn a_stick_pulled_out_of_a_running_laptop() {
    let (_one, machine) = machine();
    let w = world();
    let folder = tempfile::tempdir().unwrap();
    let images: Vec<PathBuf> = (0..8).map(|n| image(folder.path(), &format!("{n}.img"), 40, "")).collect();
    let script = packed(&w) + include_str!("../stick/pulled.sh");
    let tar = work(folder.path(), &borrowed(&files(&w)), &script);
    let sticks: Vec<String> = images.iter().enumerate().flat_map(|(n, image)| stick(n, image)).collect();
    let said = boot(machine, &tar, &sticks).until_off();
    let (answers, all) = (answers(&said), said.join("\n"));
    for (letter, image) in ('a'..='h').zip(&images) {
        let (_, code, count) = answers.get(&format!("pulled-{letter}")).unwrap_or_else(|| panic!("{letter}: {all}"));
        assert!(["carry-failed", "carry-read-only", "carry-no-folder"].contains(&code.as_str()) && count == "1", "{letter}: {code} {all}");
        let ever: Vec<&str> = said.iter().filter_map(|line| line.strip_prefix(&format!("# {letter} "))).collect();
        let found = on_stick(image);
        let whole = found.iter().find(|(name, _)| name.ends_with(".kaowu")).map(|(_, sum)| sum.as_str());
        // The one under way may be whole, too, though nobody was told.
        let under_way = whole.is_some_and(|sum| !ever.contains(&sum)) && opens(&w, image);
        assert!(whole.is_some_and(|sum| ever.last() == Some(&sum)) || under_way, "{letter}: {found:?} {ever:?}");
    }
    eprintln!("a stick pulled out of a running laptop: 8 times, one message each, the handover whole");
}

/// Headquarters takes the handover on a stick.
fn opens(w: &World, image: &Path) -> bool {
    let out = taken_off(image);
    let file = files_in(&out).into_iter().find(|p| p.extension().is_some_and(|e| e == "kaowu"));
    file.is_some_and(|file| run(&w.folder.path().join("hq.kaowu-db"), &["packet", "merge", file.to_str().unwrap()], None).status.success())
}
