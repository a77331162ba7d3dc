//! Sealing and opening a packet.

use crate::chain::{Chain, Files, NAMESPACE_MANIFEST, read_chain};
use crate::envelope::{Key, Lock, close_naming, unclose};
use crate::error::PacketError;
use crate::keys::{Signer, verified};
use crate::manifest::{Algorithms, FileEntry, Manifest, VERSION};
use crate::second::{self, SM2_SM3};
use sha2::{Digest, Sha256};
use std::io::{Cursor, Read, Write};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Largest packet, closed or open, and most files in it. A laptop's day is some megabytes; whatever claims more than a
/// hundred times that shall not take a machine's memory.
pub const SIZE_LIMIT: u64 = 512 << 20;
const FILE_LIMIT: usize = 10_000;
const MANIFEST: &str = "manifest.json";
const SIGNATURE: &str = "manifest.json.sig";
/// The second signature, DER.
const SECOND: &str = "manifest.json.sm2";

/// What a packet is made of. `manifest.files`, `v` and `device` are filled in.
pub struct Packing<'a> {
    /// What it says of itself.
    pub manifest: Manifest,
    /// Its files by name; names are plain and relative.
    pub files: Files,
    /// The chain from the root to the signer.
    pub chain: Files,
    /// The device's key.
    pub signer: &'a Signer,
    /// Whom it is closed for.
    pub lock: Lock,
    /// Whether it is signed in SM2, too; its chain then names the key.
    pub second: bool,
}

/// An open packet, every check passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// What it says of itself.
    pub manifest: Manifest,
    /// Whom it is from.
    pub chain: Chain,
    /// Its files, the chain's included.
    pub files: Files,
}

/// Seals a packet: signed inside, encrypted outside.
pub fn seal(packing: Packing<'_>) -> Result<Vec<u8>, PacketError> {
    let mut files = packing.files;
    files.extend(packing.chain);
    if let Some(name) = files.keys().find(|name| !safe(name)) {
        return Err(PacketError::FileNameUnsafe { name: name.clone() });
    }
    can_be_opened(files.values().map(Vec::len))?;
    if files.len() > FILE_LIMIT - 3 {
        return Err(PacketError::PacketTooManyFiles { files: files.len(), limit: FILE_LIMIT - 3 });
    }
    let entry =
        |bytes: &Vec<u8>| FileEntry { sha256: hex::encode(Sha256::digest(bytes)), size: u64::try_from(bytes.len()).unwrap_or(u64::MAX) };
    let listed = files.iter().map(|(name, bytes)| (name.clone(), entry(bytes))).collect();
    let algorithms = Algorithms { second: packing.second.then(|| SM2_SM3.to_owned()), ..Algorithms::default() };
    let (event, mode) = (packing.manifest.event.clone(), packing.manifest.mode);
    let manifest = Manifest { v: VERSION, device: packing.signer.device(), files: listed, algorithms, ..packing.manifest }.to_bytes()?;
    let signature = packing.signer.sign(NAMESPACE_MANIFEST, &manifest)?;
    if packing.second {
        files.insert(SECOND.to_owned(), second::sign(packing.signer, &manifest)?);
    }
    let zip = zipped(&manifest, signature.as_bytes(), &files).map_err(|e| PacketError::PacketFailed { detail: e.to_string() })?;
    let closed = close_naming(&zip, &packing.lock, Some((&event, mode)))?;
    can_be_opened([closed.len()])?;
    can_be_opened(files.values().map(Vec::len).chain([manifest.len(), signature.len()]))?;
    Ok(closed)
}

/// What nobody opens again is not made: an archive is read in years, when the event is gone.
fn can_be_opened(sizes: impl IntoIterator<Item = usize>) -> Result<(), PacketError> {
    let size = sizes.into_iter().fold(0u64, |sum, size| sum.saturating_add(u64::try_from(size).unwrap_or(u64::MAX)));
    if size > SIZE_LIMIT { Err(PacketError::PacketBeyondLimit { megabytes: size >> 20, limit: SIZE_LIMIT >> 20 }) } else { Ok(()) }
}

pub(crate) fn zipped(manifest: &[u8], signature: &[u8], files: &Files) -> Result<Vec<u8>, ZipError> {
    // No time of day inside: the same content makes the same archive.
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).last_modified_time(zip::DateTime::default());
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let own = [(MANIFEST, manifest), (SIGNATURE, signature)];
    for (name, bytes) in own.into_iter().chain(files.iter().map(|(n, b)| (n.as_str(), b.as_slice()))) {
        zip.start_file(name, options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Opens a packet and checks everything: envelope, archive, manifest, chain, signature, every file. `root` is the root
/// key this machine knows; none on a laptop that is opened for the first time.
pub fn open(bytes: &[u8], key: &Key<'_>, root: Option<&str>) -> Result<Opened, PacketError> {
    let zip = unclose(bytes, key, SIZE_LIMIT)?;
    let mut files = unzipped(&zip)?;
    let manifest_bytes = files.remove(MANIFEST).ok_or_else(|| PacketError::FileMissing { name: MANIFEST.to_owned() })?;
    let signature = files.remove(SIGNATURE).ok_or_else(|| PacketError::FileMissing { name: SIGNATURE.to_owned() })?;
    let manifest = Manifest::read(&manifest_bytes)?;
    let chain = read_chain(&files, root, &manifest.event, manifest.mode)?;
    let signature = String::from_utf8(signature).map_err(|_| PacketError::ManifestSignatureWrong)?;
    if !verified(&chain.device_key, NAMESPACE_MANIFEST, &manifest_bytes, &signature)
        || manifest.device != chain.device
        || manifest.from != chain.site
    {
        return Err(PacketError::ManifestSignatureWrong);
    }
    // Nobody takes the second signature away: the chain says whether there is one.
    let second = files.remove(SECOND);
    let vouched = Algorithms { second: chain.second.as_ref().map(|_| SM2_SM3.to_owned()), ..Algorithms::default() };
    if manifest.algorithms != vouched {
        return Err(PacketError::AlgorithmsDiffer);
    }
    let signed_twice = |key: &String| second.is_some_and(|signature| second::verified(key, &manifest_bytes, &signature));
    if chain.second.as_ref().is_some_and(|key| !signed_twice(key)) {
        return Err(PacketError::SecondSignatureWrong);
    }
    for (name, entry) in &manifest.files {
        let bytes = files.get(name).ok_or_else(|| PacketError::FileMissing { name: name.clone() })?;
        if hex::encode(Sha256::digest(bytes)) != entry.sha256 {
            return Err(PacketError::FileAltered { name: name.clone() });
        }
    }
    match files.keys().find(|name| !manifest.files.contains_key(*name)) {
        Some(name) => Err(PacketError::FileUnlisted { name: name.clone() }),
        None => Ok(Opened { manifest, chain, files }),
    }
}

fn unzipped(zip: &[u8]) -> Result<Files, PacketError> {
    let damaged = |e: ZipError| match e {
        ZipError::Io(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => PacketError::PacketCutShort,
        _ => PacketError::PacketAltered,
    };
    let mut archive = ZipArchive::new(Cursor::new(zip)).map_err(damaged)?;
    if archive.len() > FILE_LIMIT {
        return Err(PacketError::PacketTooLarge);
    }
    // The reader keeps the last of two entries with one name; the end record counts both.
    let end = zip.windows(4).rposition(|w| w == b"PK\x05\x06").ok_or(PacketError::PacketAltered)?;
    let counted = zip.get(end + 10..end + 12).map_or(0, |b| usize::from(u16::from_le_bytes([b[0], b[1]])));
    if counted != archive.len() {
        return Err(PacketError::FileTwice { name: "zip".to_owned() });
    }
    let mut left = SIZE_LIMIT;
    let mut files = Files::new();
    for n in 0..archive.len() {
        let mut file = archive.by_index(n).map_err(damaged)?;
        let name = file.name().map_err(damaged)?.into_owned();
        if !safe(&name) || file.is_symlink() {
            return Err(PacketError::FileNameUnsafe { name });
        }
        if file.size() > left {
            return Err(PacketError::PacketTooLarge);
        }
        // No more than the archive says: one that holds more than that lies.
        let claimed = file.size();
        let mut bytes = Vec::new();
        let read = (&mut file).take(claimed + 1).read_to_end(&mut bytes).map_err(|_| PacketError::PacketAltered)?;
        if u64::try_from(read).unwrap_or(u64::MAX) != claimed {
            return Err(PacketError::PacketAltered);
        }
        left -= claimed;
        if files.insert(name.clone(), bytes).is_some() {
            return Err(PacketError::FileTwice { name });
        }
    }
    Ok(files)
}

/// Plain relative names: no way out of a folder, no drive, no control character.
fn safe(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 200
        && !name.contains(['\\', ':'])
        && !name.chars().any(char::is_control)
        && name.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
}
