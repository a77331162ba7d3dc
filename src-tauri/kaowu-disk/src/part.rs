//! A file on its way to its place.
//!
//! FAT keeps no order. A name that was changed, and whose folder was flushed, still points to nothing, or to blocks that are
//! free already, until the file itself is flushed once more; a stick pulled in these seconds holds neither the new file nor
//! the old one (`tests/stick` shows it). So: what is new is flushed under another name, then the two names exchange what they
//! point to, both are flushed, and only then the old one goes. Whatever reaches the stick, and in which order, the name always
//! points to a whole file.

use std::fs::{File, OpenOptions};
use std::io::{Error, ErrorKind, Result, Write};
use std::path::{Path, PathBuf};

/// What is left behind by a program that was killed is not written over: on FAT it may share its blocks with a good file.
pub fn part_names() -> impl Iterator<Item = String> {
    std::iter::once(".part".to_owned()).chain("123456789abcdefghijklmnopqrstuvwxyz".chars().map(|end| format!(".part{end}")))
}

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
        // Left by programs that were killed, and of no use any more.
        for name in part_names() {
            let _none = std::fs::remove_file(beside(&self.to, &name));
        }
        Ok(())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.kept {
            let _gone = std::fs::remove_file(&self.path);
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
    if is_fat(part) && to.is_file() && exchange(part, to).is_ok() {
        if let Err(error) = flush(to).and_then(|()| flush(part)) {
            let _back = exchange(part, to);
            return Err(error);
        }
        std::fs::remove_file(part)?;
    } else {
        std::fs::rename(part, to)?;
        flush(to)?;
    }
    sync_folder(to)
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
    if bytes > u64::from(u32::MAX) && is_fat(to) { Err(ErrorKind::FileTooLarge.into()) } else { Ok(()) }
}

#[cfg(target_os = "linux")]
fn is_fat(path: &Path) -> bool {
    // As linux/magic.h has it; exFAT is another.
    const MSDOS: u64 = 0x4d44;
    rustix::fs::statfs(folder_of(path)).is_ok_and(|at| u64::try_from(at.f_type).is_ok_and(|kind| kind == MSDOS))
}

/// Elsewhere the system says it at the write.
#[cfg(not(target_os = "linux"))]
fn is_fat(_path: &Path) -> bool {
    false
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
