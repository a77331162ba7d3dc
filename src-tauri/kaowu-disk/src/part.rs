//! A file on its way to its place.
//!
//! The file systems of sticks keep no order. On FAT a name that was changed, and whose folder was flushed, still points to
//! nothing, or to blocks that are free already, until the file itself is flushed once more; on exFAT a name is rewritten in
//! several sectors, and one of them may be missing. A stick pulled in these seconds holds neither the new file nor the old
//! one (`tests/stick` shows it). So: what is new is flushed under another name, then the two names exchange what they point
//! to, both are flushed, and only then the old one goes. Where names cannot be exchanged, each of the two files has a name
//! for itself that nobody touches while the other's is changed. Whatever reaches the stick, and in which order, a whole file
//! lies there: under its name, or under one that [`found`] knows.

use std::fs::{File, OpenOptions};
use std::io::{Error, ErrorKind, Result, Write};
use std::path::{Path, PathBuf};

/// What is left behind is not written over: on a stick it may share its blocks with a good file.
pub fn part_names() -> impl Iterator<Item = String> {
    std::iter::once(".part".to_owned()).chain("123456789abcdefghijklmnopqrstuvwxyz".chars().map(|end| format!(".part{end}")))
}

/// What goes before a name's ending while the files change places, with a number when something is left over. The ending
/// stays, so that whoever looks through the stick sees them.
const NEW: &str = "part-new";
const OLD: &str = "part-old";
const MOST: usize = 35;

/// A file beside the place it is to take; gone if it never gets there.
#[derive(Debug)]
pub struct Part {
    path: PathBuf,
    to: PathBuf,
    kept: bool,
}

impl Part {
    /// A new file beside a place, with what opens it. `private`: for its owner only, where the file system knows owners.
    pub fn of(to: &Path, private: bool) -> Result<(Self, File)> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        owned(&mut options, private);
        let mut refused = Error::from(ErrorKind::AlreadyExists);
        for name in part_names() {
            let path = beside(to, &name);
            match options.open(&path) {
                Ok(file) => return Ok((Self { path, to: to.to_owned(), kept: false }, file)),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => refused = error,
                Err(error) => return Err(error),
            }
        }
        Err(refused)
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The place it is to take.
    pub fn to(&self) -> &Path {
        &self.to
    }

    /// Puts it, once flushed, in its place.
    pub fn place(mut self) -> Result<()> {
        put(&self.path, &self.to)?;
        self.kept = true;
        sweep(&self.to);
        Ok(())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.kept {
            let _gone = remove(&self.path);
        }
    }
}

/// Takes away what was left by programs that were killed, and is of no use any more. Not on a stick: one that was pulled may
/// hold two names for the same blocks, or a name for blocks that are free; who takes such a name away takes the good file's
/// blocks (`tests/stick` shows it). It stays until the stick is checked by its system.
fn sweep(to: &Path) {
    if !unordered(to) {
        for left in part_names().map(|end| beside(to, &end)) {
            let _none = std::fs::remove_file(left);
        }
    }
}

#[cfg(unix)]
fn owned(options: &mut OpenOptions, private: bool) {
    use std::os::unix::fs::OpenOptionsExt;
    if private {
        options.mode(0o600);
    }
}

#[cfg(not(unix))]
fn owned(_options: &mut OpenOptions, _private: bool) {}

/// A name beside another.
pub fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

/// The names that the new file and the old one have while they change places, with the same ending.
fn seconds(path: &Path, number: usize) -> [PathBuf; 2] {
    let number = if number == 1 { String::new() } else { number.to_string() };
    [NEW, OLD].map(|word| match path.extension() {
        Some(ending) => beside(&path.with_extension(format!("{word}{number}")), &format!(".{}", ending.to_string_lossy())),
        None => beside(path, &format!(".{word}{number}")),
    })
}

/// The last number that was taken; none is taken twice, so a higher one is newer.
fn last_taken(path: &Path) -> usize {
    (1..=MOST).rev().find(|n| seconds(path, *n).iter().any(|other| other.symlink_metadata().is_ok())).unwrap_or(0)
}

/// Where a file lies: under its name, or, when a stick was pulled while another took its place, under the name that the new
/// one or the old one had meanwhile. Both are whole then.
pub fn found(path: &Path) -> PathBuf {
    let other = || match (path.symlink_metadata(), last_taken(path)) {
        (Ok(_), _) | (_, 0) => None,
        (Err(_), last) => seconds(path, last).into_iter().find(|other| other.is_file()),
    };
    other().unwrap_or_else(|| path.to_owned())
}

/// The name that a file under a second name is to have: what belongs to it lies beside that.
pub fn own_name(path: &Path) -> PathBuf {
    let named = |word: &str| {
        let (stem, rest) = path.file_name()?.to_str()?.rsplit_once(&format!(".{word}"))?;
        let ending = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let plain = ending.is_empty() || ending.rfind('.') == Some(0);
        plain.then(|| path.with_file_name(format!("{stem}{ending}")))
    };
    named(NEW).or_else(|| named(OLD)).unwrap_or_else(|| path.to_owned())
}

/// Writes a file whole or not at all; what stood there before stays until then.
pub fn write(to: &Path, bytes: &[u8], private: bool) -> Result<()> {
    let (part, mut file) = Part::of(to, private)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    part.place()
}

/// Puts a flushed file in another's place. Whatever fails, and whenever the power goes, a whole file lies there.
pub fn put(part: &Path, to: &Path) -> Result<()> {
    if !unordered(part) || !to.is_file() {
        return settle(part, to);
    }
    if exchange(part, to).is_err() {
        return around(part, to);
    }
    if let Err(error) = flush(to).and_then(|()| flush(part)) {
        let _back = exchange(part, to);
        return Err(error);
    }
    remove(part)?;
    sync_folder(to)
}

/// Where names cannot be exchanged: no name is changed unless a whole file lies under another one.
pub(crate) fn around(part: &Path, to: &Path) -> Result<()> {
    let number = last_taken(to) + 1;
    if number > MOST {
        return Err(ErrorKind::AlreadyExists.into());
    }
    let [new, old] = seconds(to, number);
    if let Err(error) = settle(part, &new).and_then(|()| settle(to, &old)) {
        let _gone = remove(&new);
        return Err(error);
    }
    if let Err(error) = settle(&new, to) {
        let _back = settle(&old, to).and_then(|()| remove(&new));
        return Err(error);
    }
    remove(&old)
}

/// Another name, and on the disk.
fn settle(from: &Path, to: &Path) -> Result<()> {
    std::fs::rename(from, to)?;
    flush(to)?;
    sync_folder(to)
}

/// Takes a file away. On the disk its name goes before its blocks are free, which they are when nobody holds it any more: FAT
/// writes it the other way round, and a stick pulled in between keeps a name for blocks that the next file is given.
pub fn remove(path: &Path) -> Result<()> {
    let held = if unordered(path) { File::open(path).ok() } else { None };
    std::fs::remove_file(path)?;
    match held {
        Some(_held) => sync_folder(path),
        None => Ok(()),
    }
}

/// A file and what its name points to.
fn flush(path: &Path) -> Result<()> {
    // Windows flushes only what may be written.
    if cfg!(windows) { OpenOptions::new().write(true).open(path)?.sync_all() } else { File::open(path)?.sync_all() }
}

/// Makes a new name in a folder last through a power cut.
pub fn sync_folder(path: &Path) -> Result<()> {
    // Windows opens no folder, and does it with the file.
    if cfg!(windows) {
        return Ok(());
    }
    match File::open(folder_of(path))?.sync_all() {
        // Some file systems of sticks cannot flush a folder.
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
        done => done,
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Refuses a file that its folder's file system could not hold: FAT's are smaller than 4 GiB.
pub fn fits(to: &Path, bytes: u64) -> Result<()> {
    if bytes > u64::from(u32::MAX) && kind_of(to) == Some(FAT) { Err(ErrorKind::FileTooLarge.into()) } else { Ok(()) }
}

/// File systems by their numbers, as linux/magic.h and statfs(2) have them.
const FAT: u64 = 0x4d44;
const EXFAT: u64 = 0x2011_bab0;
const NTFS: u64 = 0x7366_746e;
/// NTFS of Debian, and others that are programs.
const FUSE: u64 = 0x6573_5546;
const UDF: u64 = 0x1501_3346;
const HFS_PLUS: u64 = 0x482b;

/// Whether a file system, by the name the system calls it, keeps what was flushed though a stick is pulled: FAT and exFAT were
/// pulled (`tests/stick`), those of Linux promise it. Of others it is not known; through Debian's `ntfs-3g` files were not whole.
pub fn keeps_what_is_pulled(file_system: &str) -> bool {
    let kept = ["vfat", "msdos", "fat", "fat32", "exfat", "ext2", "ext3", "ext4", "btrfs", "xfs", "f2fs"];
    kept.contains(&file_system.to_lowercase().as_str())
}

/// Whether it may write a name before the file, or half of it.
fn unordered(path: &Path) -> bool {
    matches!(kind_of(path), Some(FAT | EXFAT | NTFS | FUSE | UDF | HFS_PLUS))
}

#[cfg(target_os = "linux")]
fn kind_of(path: &Path) -> Option<u64> {
    rustix::fs::statfs(folder_of(path)).ok().and_then(|at| u64::try_from(at.f_type).ok())
}

/// Elsewhere the system says at the write what is too large.
#[cfg(not(target_os = "linux"))]
fn kind_of(_path: &Path) -> Option<u64> {
    None
}

#[cfg(target_os = "linux")]
fn exchange(one: &Path, other: &Path) -> Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(target_os = "linux"))]
fn exchange(_one: &Path, _other: &Path) -> Result<()> {
    Err(ErrorKind::Unsupported.into())
}
