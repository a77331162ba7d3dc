//! The vault's file: small, for its owner only, placed whole.

use super::{Body, VERSION, Vault, VaultFault};
use std::fs::File;
use std::io::{ErrorKind, Read};
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
        let text = serde_json::to_vec_pretty(&self.body).map_err(|_| VaultFault::VaultDamaged)?;
        kaowu_disk::write(path, &text, true)
            .map_err(|e| VaultFault::VaultUnwritable { file: path.display().to_string(), detail: e.to_string() })
    }

    /// Takes the vault of a database away.
    pub fn discard(db: &Path) {
        let _gone = std::fs::remove_file(Self::beside(db));
    }
}
