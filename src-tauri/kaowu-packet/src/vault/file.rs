//! The vault's file: small, for its owner only, placed whole. Whoever changes it holds a lock from reading it to placing it, so
//! no program's change is lost in another's: two that try a PIN at once have tried twice.

use super::{Body, VERSION, Vault, VaultFault};
use kaowu_disk::beside;
use sha2::{Digest, Sha256};
use std::fs::{File, OpenOptions};
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
        let Some(text) = bytes_of(path)? else { return Ok(None) };
        let value: serde_json::Value = serde_json::from_slice(&text).map_err(|_| VaultFault::VaultDamaged)?;
        if let Some(version) = value.get("v").and_then(serde_json::Value::as_u64).filter(|v| *v > VERSION) {
            return Err(VaultFault::VaultTooNew { version });
        }
        let body: Body = serde_json::from_value(value).map_err(|_| VaultFault::VaultDamaged)?;
        Ok(Some(Self { path: Self::beside(db), body, seen: Some(Sha256::digest(&text).into()) }))
    }

    /// Changes the vault of a database as it stands on the disk now.
    pub fn revise(db: &Path, change: impl FnOnce(&mut Self) -> Result<(), VaultFault>) -> Result<(), VaultFault> {
        Self::revise_with(db, change)
    }

    /// The same where the change may be refused by whoever asks for it.
    pub fn revise_with<E: From<VaultFault>>(db: &Path, change: impl FnOnce(&mut Self) -> Result<(), E>) -> Result<(), E> {
        let missing = || VaultFault::VaultMissing { file: db.display().to_string() };
        Self::read(db)?.ok_or_else(missing)?.revised(change)
    }

    /// Changes it and saves it; where another program changed the file meanwhile, on what that one wrote.
    pub(super) fn revised<T, E: From<VaultFault>>(&mut self, change: impl FnOnce(&mut Self) -> Result<T, E>) -> Result<T, E> {
        let held = lock(&self.path);
        if let Some(text) = bytes_of(&self.path)?.filter(|text| self.seen != Some(Sha256::digest(text).into())) {
            self.body = serde_json::from_slice(&text).map_err(|_| VaultFault::VaultDamaged)?;
        }
        let out = change(self)?;
        self.seen = Some(self.write(&self.path)?);
        drop(held);
        Ok(out)
    }

    /// Writes it: beside its name, flushed, then in its place. Refused where another program changed the file since it was read:
    /// an old vault over a new one would leave a database that nothing opens.
    pub fn save(&mut self) -> Result<(), VaultFault> {
        let held = lock(&self.path);
        let now = bytes_of(&self.path)?.map(|text| <[u8; 32]>::from(Sha256::digest(&text)));
        if self.seen.is_some() && now != self.seen {
            return Err(VaultFault::VaultChanged);
        }
        self.seen = Some(self.write(&self.path)?);
        drop(held);
        Ok(())
    }

    /// Writes a copy of it as the vault of another file: a backup goes with it.
    pub fn save_beside(&self, db: &Path) -> Result<(), VaultFault> {
        self.write(&Self::beside(db)).map(|_| ())
    }

    /// Returns the hash of what was written.
    fn write(&self, path: &Path) -> Result<[u8; 32], VaultFault> {
        let text = serde_json::to_vec_pretty(&Body { v: VERSION, ..self.body.clone() }).map_err(|_| VaultFault::VaultDamaged)?;
        kaowu_disk::write(path, &text, true)
            .map_err(|e| VaultFault::VaultUnwritable { file: path.display().to_string(), detail: e.to_string() })?;
        Ok(Sha256::digest(&text).into())
    }

    /// Takes the vault of a database away.
    pub fn discard(db: &Path) {
        let path = Self::beside(db);
        for file in [beside(&path, LOCK), path] {
            let _gone = kaowu_disk::remove(&file);
        }
    }
}

/// A file of its own is locked: the vault's is replaced with each change, and on some systems nobody reads a locked one.
const LOCK: &str = ".lock";

/// Held until it is dropped. Where files cannot be made or locked, the hash of what was read has to do.
fn lock(path: &Path) -> Option<File> {
    let file = owned_only().write(true).create(true).truncate(false).open(beside(path, LOCK)).ok()?;
    file.lock().is_ok().then_some(file)
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

/// What stands in the file; none where there is none.
fn bytes_of(path: &Path) -> Result<Option<Vec<u8>>, VaultFault> {
    let mut text = Vec::new();
    match File::open(kaowu_disk::found(path)).and_then(|file| file.take(LIMIT).read_to_end(&mut text)) {
        Ok(_) => Ok(Some(text)),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        Err(e) => Err(VaultFault::VaultUnreadable { file: path.display().to_string(), detail: e.to_string() }),
    }
}
