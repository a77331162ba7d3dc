//! A disk that loses power: what a program wrote, as strace saw it, and the files as they may stand after a cut.
//!
//! What was synced before the cut stands. Of what came after, any sectors may be there and any may not; one may be torn.
//! A file's name is as durable as its folder: names change in order, and the last changes may be missing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a program did to a file, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Op {
    Open {
        path: PathBuf,
        create: bool,
        truncate: bool,
    },
    Write {
        path: PathBuf,
        at: Option<usize>,
        data: Vec<u8>,
    },
    Truncate {
        path: PathBuf,
        len: usize,
    },
    Sync {
        path: PathBuf,
    },
    Unlink {
        path: PathBuf,
    },
    Rename {
        from: PathBuf,
        to: PathBuf,
    },
    /// The program said that something is done: the words after `ack `.
    Ack(Vec<String>),
}

/// Runs a test of this very binary under strace, and returns what it did below a folder.
pub(crate) fn record(test: &str, folder: &Path, env: &[(&str, &str)]) -> Vec<Op> {
    let log = tempfile::NamedTempFile::new().unwrap();
    let mut command = Command::new("strace");
    command.args(["-f", "-y", "-xx", "-s", "2000000", "-e", "signal=none", "-e", "status=successful"]);
    command.args(["-e", "trace=openat,write,pwrite64,ftruncate,fsync,fdatasync,unlink,rename", "-o"]).arg(log.path());
    command.arg(std::env::current_exe().unwrap()).args([test, "--exact", "--ignored", "--nocapture", "--test-threads=1"]);
    command.envs(env.iter().copied()).stdout(Stdio::null()).stderr(Stdio::piped());
    let done = command.output().expect("strace (Debian package strace)");
    assert!(done.status.success(), "{test} under strace: {}", String::from_utf8_lossy(&done.stderr));
    let text = std::fs::read_to_string(log.path()).unwrap();
    let ops: Vec<Op> = whole_lines(&text).iter().filter_map(|line| read_call(line, folder)).collect();
    assert!(ops.iter().any(|op| matches!(op, Op::Ack(_))), "{test} acknowledged nothing");
    ops
}

/// Lines of the log; a call that another thread interrupted is put together again.
fn whole_lines(text: &str) -> Vec<String> {
    let mut begun: BTreeMap<&str, &str> = BTreeMap::new();
    let mut out = Vec::new();
    for line in text.lines() {
        let (pid, call) = line.split_once(' ').unwrap_or(("", line));
        let call = call.trim_start();
        if let Some(head) = call.strip_suffix(" <unfinished ...>") {
            begun.insert(pid, head);
        } else if let Some(rest) = call.strip_prefix("<... ") {
            let rest = rest.split_once("resumed>").map_or("", |(_, rest)| rest);
            out.push(format!("{}{rest}", begun.remove(pid).unwrap_or_default()));
        } else {
            out.push(call.to_owned());
        }
    }
    out
}

fn unhex(text: &str) -> Vec<u8> {
    text.split("\\x").skip(1).map(|h| u8::from_str_radix(&h[..2], 16).unwrap()).collect()
}

fn path_of(text: &str) -> PathBuf {
    PathBuf::from(String::from_utf8(unhex(text)).unwrap())
}

/// What a file is called here whose name is gone, or another's by now, while somebody still writes to it.
fn nameless(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(" (deleted)");
    name.into()
}

fn read_call(line: &str, folder: &Path) -> Option<Op> {
    let (name, rest) = line.split_once('(')?;
    let (args, result) = rest.rsplit_once(") = ").or_else(|| rest.rsplit_once(')'))?;
    let within = |path: PathBuf| path.starts_with(folder).then_some(path);
    let of_fd = || {
        let (path, rest) = args.split_once('<')?.1.split_once('>')?;
        let path = path_of(path);
        within(if rest.starts_with("(deleted)") { nameless(&path) } else { path })
    };
    let quoted: Vec<&str> = args.split('"').skip(1).step_by(2).collect();
    let numbers = |n: usize| args.rsplit(", ").nth(n).and_then(|text| text.trim().parse::<usize>().ok());
    match name {
        "openat" => {
            let path = within(path_of(result.split_once('<')?.1.trim_end_matches('>')))?;
            // What is only read, folders included, changes nothing.
            let writes = args.contains("O_RDWR") || args.contains("O_WRONLY");
            writes.then(|| Op::Open { path, create: args.contains("O_CREAT"), truncate: args.contains("O_TRUNC") })
        }
        "write" if unhex(quoted.first()?).starts_with(b"ack ") => {
            let text = String::from_utf8(unhex(quoted.first()?)).unwrap();
            Some(Op::Ack(text.split_whitespace().skip(1).map(str::to_owned).collect()))
        }
        "write" => Some(Op::Write { path: of_fd()?, at: None, data: unhex(quoted.first()?) }),
        "pwrite64" => Some(Op::Write { path: of_fd()?, at: numbers(0), data: unhex(quoted.first()?) }),
        "ftruncate" => Some(Op::Truncate { path: of_fd()?, len: numbers(0)? }),
        "fsync" | "fdatasync" => Some(Op::Sync { path: of_fd()? }),
        "unlink" => Some(Op::Unlink { path: within(path_of(quoted.first()?))? }),
        "rename" => Some(Op::Rename { from: within(path_of(quoted.first()?))?, to: within(path_of(quoted.get(1)?))? }),
        _ => None,
    }
}

#[derive(Debug, Clone)]
enum Change {
    Write(usize, Vec<u8>),
    Truncate(usize),
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    match change {
        Change::Write(at, data) => {
            if bytes.len() < at + data.len() {
                bytes.resize(at + data.len(), 0);
            }
            bytes[*at..at + data.len()].copy_from_slice(data);
        }
        Change::Truncate(len) => bytes.resize(*len, 0),
    }
}

#[derive(Debug, Clone, Default)]
struct Inode {
    durable: Vec<u8>,
    pending: Vec<Change>,
    /// Where a plain write goes on.
    end: usize,
}

#[derive(Debug, Clone)]
enum Naming {
    Set(PathBuf, usize),
    Gone(PathBuf),
}

/// The disk as the program has written it so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Disk {
    inodes: Vec<Inode>,
    seen: BTreeMap<PathBuf, usize>,
    durable: BTreeMap<PathBuf, usize>,
    renamed: Vec<Naming>,
    /// What was acknowledged, in order.
    pub(crate) acks: Vec<Vec<String>>,
}

impl Disk {
    /// A disk with the files of a folder.
    pub(crate) fn of(folder: &Path) -> Self {
        let mut disk = Self::default();
        let mut folders = vec![folder.to_owned()];
        while let Some(at) = folders.pop() {
            for entry in std::fs::read_dir(at).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    disk.inodes.push(Inode { durable: std::fs::read(&path).unwrap(), ..Inode::default() });
                    disk.seen.insert(path.clone(), disk.inodes.len() - 1);
                    disk.durable.insert(path, disk.inodes.len() - 1);
                }
            }
        }
        disk
    }

    fn name(&mut self, naming: Naming) {
        let before = match &naming {
            Naming::Set(path, n) => self.seen.insert(path.clone(), *n).map(|old| (path.clone(), old)),
            Naming::Gone(path) => self.seen.remove(path).map(|old| (path.clone(), old)),
        };
        if let Some((path, old)) = before {
            self.seen.insert(nameless(&path), old);
        }
        self.renamed.push(naming);
    }

    fn inode(&mut self, path: &Path) -> Option<&mut Inode> {
        // Shared memory is no file of the disk's; a name that is gone has no inode that matters.
        let n = *self.seen.get(path)?;
        self.inodes.get_mut(n)
    }

    /// Takes one step of the program.
    pub(crate) fn step(&mut self, op: &Op) {
        match op {
            Op::Open { path, create, truncate } => {
                if *create && !self.seen.contains_key(path) {
                    self.inodes.push(Inode::default());
                    self.name(Naming::Set(path.clone(), self.inodes.len() - 1));
                }
                if let Some(inode) = self.inode(path) {
                    inode.end = 0;
                    if *truncate {
                        inode.pending.push(Change::Truncate(0));
                    }
                }
            }
            Op::Write { path, at, data } => {
                if let Some(inode) = self.inode(path) {
                    let from = at.unwrap_or(inode.end);
                    inode.end = from + data.len();
                    inode.pending.push(Change::Write(from, data.clone()));
                }
            }
            Op::Truncate { path, len } => {
                if let Some(inode) = self.inode(path) {
                    inode.pending.push(Change::Truncate(*len));
                }
            }
            Op::Sync { path } => match self.inode(path) {
                Some(inode) => {
                    let Inode { durable, pending, .. } = inode;
                    pending.drain(..).for_each(|change| apply(durable, &change));
                }
                // A folder: all its names hold from now on.
                None => self.name_durably(self.renamed.len()),
            },
            Op::Unlink { path } => self.name(Naming::Gone(path.clone())),
            Op::Rename { from, to } => {
                if let Some(n) = self.seen.get(from).copied() {
                    self.name(Naming::Set(to.clone(), n));
                    self.name(Naming::Gone(from.clone()));
                }
            }
            Op::Ack(words) => self.acks.push(words.clone()),
        }
    }

    fn name_durably(&mut self, count: usize) {
        for naming in self.renamed.drain(..count) {
            match naming {
                Naming::Set(path, n) => _ = self.durable.insert(path, n),
                Naming::Gone(path) => _ = self.durable.remove(&path),
            }
        }
    }

    /// Writes the files as they may stand after a cut at this moment into another folder.
    pub(crate) fn cut(&self, from: &Path, to: &Path, dice: &mut Dice) {
        let mut disk = self.clone();
        disk.name_durably(dice.below(self.renamed.len() + 1));
        // How much of what was not synced is there: from nothing to everything.
        let kept = [0, 25, 50, 75, 100][dice.below(5)];
        let sector = [512, 4096][dice.below(2)];
        for (path, n) in &disk.durable {
            let inode = &disk.inodes[*n];
            let mut bytes = inode.durable.clone();
            for change in &inode.pending {
                match change {
                    Change::Truncate(_) => {
                        if dice.below(100) < kept {
                            apply(&mut bytes, change);
                        }
                    }
                    Change::Write(at, data) => {
                        let mut done = 0;
                        while done < data.len() {
                            let len = (sector - (at + done) % sector).min(data.len() - done);
                            if dice.below(100) < kept {
                                // One sector in fifty is torn.
                                let whole = if dice.below(50) == 0 { dice.below(len) } else { len };
                                apply(&mut bytes, &Change::Write(at + done, data[done..done + whole].to_vec()));
                            }
                            done += len;
                        }
                    }
                }
            }
            let target = to.join(path.strip_prefix(from).unwrap());
            std::fs::create_dir_all(target.parent().unwrap()).unwrap();
            std::fs::write(target, bytes).unwrap();
        }
    }
}

/// Chance that a seed repeats.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `n`, by splitmix64.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % n as u64).unwrap()
    }
}

/// After which steps a file has just got or lost its name.
pub(crate) fn namings(ops: &[Op]) -> Vec<usize> {
    let named = |op: &Op| matches!(op, Op::Rename { .. } | Op::Unlink { .. });
    ops.iter().enumerate().filter(|(_, op)| named(op)).map(|(n, _)| n + 1).collect()
}

/// A folder in memory where there is one: thousands of images need no disk.
pub(crate) fn scratch() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

/// Cuts the power at so many moments, and has each image looked at: `look(folder, acks)` says what was lost.
pub(crate) fn cuts(
    ops: &[Op],
    start: &Disk,
    folder: &Path,
    count: usize,
    seed: u64,
    look: impl FnMut(&Path, &Disk) -> Option<String>,
) -> Vec<String> {
    let mut dice = Dice::new(seed);
    cuts_at(ops, start, folder, (0..count).map(|_| dice.below(ops.len() + 1)).collect(), seed, look)
}

/// The same at moments of one's own choice: after so many steps.
pub(crate) fn cuts_at(
    ops: &[Op],
    start: &Disk,
    folder: &Path,
    mut moments: Vec<usize>,
    seed: u64,
    mut look: impl FnMut(&Path, &Disk) -> Option<String>,
) -> Vec<String> {
    moments.sort_unstable();
    let (mut disk, mut done, mut lost) = (start.clone(), 0, Vec::new());
    for (n, moment) in moments.into_iter().enumerate() {
        while done < moment {
            disk.step(&ops[done]);
            done += 1;
        }
        let image = scratch();
        disk.cut(folder, image.path(), &mut Dice::new(seed ^ ((n as u64 + 1) << 20)));
        if let Some(what) = look(image.path(), &disk) {
            lost.push(format!("cut {n} after step {moment} of {}: {what}", ops.len()));
        }
    }
    lost
}
