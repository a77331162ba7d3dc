//! The vault's file: small, for its owner only, placed whole.

use super::{Body, VERSION, Vault, VaultFault};
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::Path;

/// A file that says it is larger is none of ours.
const LIMIT: u64 = 16 << 20;

impl Vault {
    /// The vault of a database, if it has one.
    pub fn read(db: &Path) -> Result<Option<Self>, VaultFault> {
        Self::read_file(&Self::beside(db), db)
    }

    fn read_file(path: &Path, db: &Path) -> Result<Option<Self>, VaultFault> {
        let mut text = Vec::new();
        match File::open(path).and_then(|file| file.take(LIMIT).read_to_end(&mut text)) {
            Ok(_) => {}
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
            Err(_) => return Err(VaultFault::VaultDamaged),
        }
        let value: serde_json::Value = serde_json::from_slice(&text).map_err(|_| VaultFault::VaultDamaged)?;
        if let Some(version) = value.get("v").and_then(serde_json::Value::as_u64).filter(|v| *v > VERSION) {
            return Err(VaultFault::VaultTooNew { version });
        }
        let body: Body = serde_json::from_value(value).map_err(|_| VaultFault::VaultDamaged)?;
        Ok(Some(Self { path: Self::beside(db), body }))
    }

    /// Writes it: beside its name, flushed, then in its place.
    pub fn save(&self) -> Result<(), VaultFault> {
        self.write(&self.path)
    }

    /// Writes a copy of it as the vault of another file: a backup goes with it.
    pub fn save_beside(&self, db: &Path) -> Result<(), VaultFault> {
        self.write(&Self::beside(db))
    }

    fn write(&self, path: &Path) -> Result<(), VaultFault> {
        let failed = |e: std::io::Error| VaultFault::VaultUnwritable { file: path.display().to_string(), detail: e.to_string() };
        let mut part = path.as_os_str().to_owned();
        part.push(".part");
        let text = serde_json::to_vec_pretty(&self.body).map_err(|_| VaultFault::VaultDamaged)?;
        let written = owned_only().write(true).create(true).truncate(true).open(&part).and_then(|mut file| {
            file.write_all(&text)?;
            file.sync_all()?;
            std::fs::rename(&part, path)
        });
        if written.is_err() {
            let _gone = std::fs::remove_file(&part);
        }
        written.map_err(failed)?;
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        // Some file systems of sticks cannot flush a folder; the file itself is flushed.
        if let Ok(folder) = File::open(folder) {
            let _unsupported = folder.sync_all();
        }
        Ok(())
    }

    /// Takes the vault of a database away.
    pub fn discard(db: &Path) {
        let _gone = std::fs::remove_file(Self::beside(db));
    }
}

/// Files that nobody but their owner reads; elsewhere the folder's own rights decide.
fn owned_only() -> OpenOptions {
    let mut options = File::options();
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
}
