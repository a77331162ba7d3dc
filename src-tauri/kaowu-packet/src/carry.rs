//! Onto a stick and back: written here first, copied, flushed, renamed, read back, compared.

use crate::error::PacketError;
use kaowu_disk::{Part, fits, safe_name};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::io::{Error, ErrorKind, Write};
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

/// A file that lies beside its place on a stick, flushed and read back; gone if it never gets there.
#[derive(Debug)]
pub struct Ready {
    part: Part,
    carried: Carried,
    folder: String,
}

/// Writes a packet beside its place in a folder, usually on a stick, and reads it back: whatever a stick refuses it refuses
/// here, while nothing has changed.
pub fn make_ready(bytes: &[u8], folder: &Path, name: &str) -> Result<Ready, PacketError> {
    let shown = folder.display().to_string();
    let failed = |e: Error| failed(&shown, &e);
    if !folder.is_dir() {
        return Err(PacketError::CarryNoFolder { folder: shown });
    }
    let (path, size) = (folder.join(safe_name(name)), u64::try_from(bytes.len()).unwrap_or(u64::MAX));
    fits(&path, size).map_err(failed)?;
    let (part, mut file) = Part::of(&path, false).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed)?;
    drop(file);
    // The copy on the stick is compared with what is in memory, never the other way round, and before it takes the place
    // of the file that was there.
    let wanted = Sha256::digest(bytes);
    if Sha256::digest(std::fs::read(part.path()).map_err(failed)?) != wanted {
        return Err(PacketError::CarryDiffers { file: part.path().display().to_string() });
    }
    Ok(Ready { part, carried: Carried { path, sha256: hex::encode(wanted), size }, folder: shown })
}

impl Ready {
    /// SHA-256 of the file.
    pub fn sha256(&self) -> &str {
        &self.carried.sha256
    }

    /// Puts it in its place. Whatever goes wrong on the way, a file of that name that was there before is whole.
    pub fn place(self) -> Result<Carried, PacketError> {
        self.part.place().map_err(|e| failed(&self.folder, &e))?;
        Ok(self.carried)
    }
}

/// Puts a packet into a folder: one of which the journal has spoken already, or never does.
pub fn carry(bytes: &[u8], folder: &Path, name: &str) -> Result<Carried, PacketError> {
    make_ready(bytes, folder, name)?.place()
}

fn failed(folder: &str, error: &Error) -> PacketError {
    let folder = folder.to_owned();
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => PacketError::CarryDiskFull { folder },
        ErrorKind::FileTooLarge => PacketError::CarryTooLarge { folder },
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => PacketError::CarryReadOnly { folder },
        ErrorKind::NotFound => PacketError::CarryNoFolder { folder },
        _ => PacketError::CarryFailed { folder, detail: error.to_string() },
    }
}
