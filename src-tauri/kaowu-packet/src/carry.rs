//! Onto a stick and back: written here first, copied, flushed, renamed, read back, compared.

use crate::error::PacketError;
use kaowu_disk::{Part, fits, safe_name};
use serde::Serialize;
use sha2::{Digest, Sha256};
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
    let (target, size) = (folder.join(safe_name(name)), u64::try_from(bytes.len()).unwrap_or(u64::MAX));
    fits(&target, size).map_err(&failed)?;
    let (part, mut file) = Part::of(&target, false).map_err(&failed)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(&failed)?;
    drop(file);
    // The copy on the stick is compared with what is in memory, never the other way round, and before it takes the place
    // of the file that was there.
    let wanted = Sha256::digest(bytes);
    if Sha256::digest(std::fs::read(part.path()).map_err(&failed)?) != wanted {
        return Err(PacketError::CarryDiffers { file: part.path().display().to_string() });
    }
    part.place().map_err(&failed)?;
    Ok(Carried { path: target, sha256: hex::encode(wanted), size })
}
