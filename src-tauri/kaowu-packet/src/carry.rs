//! Onto a stick and back: written here first, copied, flushed, renamed, read back, compared.

use crate::error::PacketError;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// A file on a stick that reads back as it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Carried {
    /// Where.
    pub path: PathBuf,
    /// SHA-256 of what was read back.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
}

/// Characters of a name at most: two characters of FAT's 255 each, and room for what is put behind it.
const NAME: usize = 120;

/// Names of devices, which Windows takes for no file, whatever stands behind their first dot.
const DEVICES: [&str; 4] = ["CON", "PRN", "AUX", "NUL"];

/// A name every file system takes: FAT's forbidden signs replaced, no dots or spaces at the end, no name of a device, not
/// empty.
pub fn safe_name(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_control() || r#"\/:*?"<>|"#.contains(c) { '-' } else { c }).take(NAME).collect();
    let plain = plain.trim_end_matches(['.', ' ']).trim_start_matches(' ');
    let first = plain.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered =
        ["COM", "LPT"].iter().any(|port| first.strip_prefix(port).is_some_and(|n| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit())));
    if plain.is_empty() || numbered || DEVICES.contains(&first.as_str()) { format!("_{plain}") } else { plain.to_owned() }
}

/// Puts a packet into a folder, usually on a stick. Whatever goes wrong on the way, a file of that name that was there
/// before is whole.
pub fn carry(bytes: &[u8], folder: &Path, name: &str) -> Result<Carried, PacketError> {
    let shown = folder.display().to_string();
    let failed = |e: std::io::Error| match e.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => PacketError::CarryDiskFull { folder: shown.clone() },
        ErrorKind::FileTooLarge => PacketError::CarryTooLarge { folder: shown.clone() },
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => PacketError::CarryReadOnly { folder: shown.clone() },
        ErrorKind::NotFound => PacketError::CarryNoFolder { folder: shown.clone() },
        _ => PacketError::CarryFailed { folder: shown.clone(), detail: e.to_string() },
    };
    if !folder.is_dir() {
        return Err(PacketError::CarryNoFolder { folder: shown.clone() });
    }
    let (target, part) = (folder.join(safe_name(name)), folder.join(format!("{}.part", safe_name(name))));
    let write = || -> std::io::Result<()> {
        let mut file = File::create(&part)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    let wanted = Sha256::digest(bytes);
    // The copy on the stick is compared with what is in memory, never the other way round, and before it takes the place
    // of the file that was there.
    let done = write().map_err(&failed).and_then(|()| {
        let back = std::fs::read(&part).map_err(&failed)?;
        if Sha256::digest(&back) != wanted {
            return Err(PacketError::CarryDiffers { file: part.display().to_string() });
        }
        std::fs::rename(&part, &target).map_err(&failed)
    });
    if let Err(error) = done {
        let _gone = std::fs::remove_file(&part);
        return Err(error);
    }
    // Some file systems of sticks cannot flush a folder; the file itself is flushed.
    if let Ok(folder) = File::open(folder) {
        let _unsupported = folder.sync_all();
    }
    Ok(Carried { path: target, sha256: hex::encode(wanted), size: u64::try_from(bytes.len()).unwrap_or(u64::MAX) })
}
