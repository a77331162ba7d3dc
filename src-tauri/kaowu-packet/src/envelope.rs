//! The age envelope.

use crate::error::PacketError;
use crate::keys::{AgeIdentity, secret};
use crate::words::tidy;
use age::{DecryptError, Decryptor, Encryptor, Identity, Recipient};
use std::io::{Read, Write};
use std::str::FromStr;

/// 2^15 rounds: six random words carry 66 bits, so a slow hash adds little, and an old laptop at a venue opens the packet
/// in a fraction of a second instead of ten.
const WORK_FACTOR: u8 = 15;
/// What a packet from elsewhere may ask of this machine.
const MAX_WORK_FACTOR: u8 = 20;

/// Longest header, and most keys in it. Ours name three; every key named costs each of ours a try.
const HEADER_LIMIT: usize = 64 << 10;
const STANZA_LIMIT: usize = 16;

/// Whom a packet is closed for.
#[derive(Debug, Clone)]
pub enum Lock {
    /// Whoever knows the words.
    Words(String),
    /// Whoever has one of the keys.
    Recipients(Vec<String>),
}

/// What opens a packet.
pub enum Key<'a> {
    /// Words.
    Words(&'a str),
    /// Keys.
    Identities(&'a [AgeIdentity]),
}

/// Whether a packet wants words (or, if not, a key).
pub fn is_passphrase(bytes: &[u8]) -> Result<bool, PacketError> {
    Ok(begun(bytes)?.is_scrypt())
}

pub(crate) fn close(plain: &[u8], lock: &Lock) -> Result<Vec<u8>, PacketError> {
    let failed = |detail: String| PacketError::PacketFailed { detail };
    let recipients: Vec<Box<dyn Recipient>> = match lock {
        Lock::Words(words) => {
            let mut recipient = age::scrypt::Recipient::new(secret(&tidy(words)));
            recipient.set_work_factor(WORK_FACTOR);
            vec![Box::new(recipient)]
        }
        Lock::Recipients(lines) => lines
            .iter()
            .map(|line| {
                let recipient = age::x25519::Recipient::from_str(line).map_err(|e| PacketError::KeyUnreadable { what: e.to_owned() })?;
                Ok(Box::new(recipient) as Box<dyn Recipient>)
            })
            .collect::<Result<_, PacketError>>()?,
    };
    let encryptor = Encryptor::with_recipients(recipients.iter().map(AsRef::as_ref)).map_err(|e| failed(e.to_string()))?;
    let mut out = Vec::with_capacity(plain.len() + 1024);
    let mut writer = encryptor.wrap_output(&mut out).map_err(|e| failed(e.to_string()))?;
    writer.write_all(plain).map_err(|e| failed(e.to_string()))?;
    writer.finish().map_err(|e| failed(e.to_string()))?;
    Ok(out)
}

pub(crate) fn unclose(bytes: &[u8], key: &Key<'_>, limit: u64) -> Result<Vec<u8>, PacketError> {
    let decryptor = begun(bytes)?;
    let words;
    let identities: Vec<&dyn Identity> = match key {
        Key::Words(_) if !decryptor.is_scrypt() => return Err(PacketError::NeedsKey),
        Key::Identities(_) if decryptor.is_scrypt() => return Err(PacketError::NeedsPassphrase),
        Key::Words(text) => {
            let mut identity = age::scrypt::Identity::new(secret(&tidy(text)));
            identity.set_max_work_factor(MAX_WORK_FACTOR);
            words = identity;
            vec![&words]
        }
        Key::Identities(list) => list.iter().map(|i| &i.0 as &dyn Identity).collect(),
    };
    let reader = decryptor.decrypt(identities.into_iter()).map_err(|e| match e {
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => PacketError::WrongPassphrase,
        DecryptError::NoMatchingKeys => PacketError::NotForThisKey,
        DecryptError::ExcessiveWork { .. } => PacketError::PacketTooLarge,
        DecryptError::Io(e) => payload(&e),
        _ => PacketError::PacketAltered,
    })?;
    let mut plain = Vec::new();
    let read = reader.take(limit + 1).read_to_end(&mut plain).map_err(|e| payload(&e))?;
    if u64::try_from(read).unwrap_or(u64::MAX) > limit { Err(PacketError::PacketTooLarge) } else { Ok(plain) }
}

/// The header, if it is one that costs little to try.
fn begun(bytes: &[u8]) -> Result<Decryptor<&[u8]>, PacketError> {
    let start = bytes.get(..HEADER_LIMIT).unwrap_or(bytes);
    let end = start.windows(4).position(|w| w == b"\n---").unwrap_or(start.len());
    let stanzas = start.get(..end).unwrap_or(start).windows(4).filter(|w| *w == b"\n-> ").count();
    if bytes.starts_with(b"age-encryption.org/") && (stanzas > STANZA_LIMIT || end == HEADER_LIMIT) {
        return Err(PacketError::PacketAltered);
    }
    Decryptor::new(bytes).map_err(|e| header(bytes, &e))
}

fn header(bytes: &[u8], error: &DecryptError) -> PacketError {
    if !bytes.starts_with(b"age-encryption.org/") {
        return PacketError::NotAPacket;
    }
    match error {
        DecryptError::Io(e) => payload(e),
        _ => PacketError::PacketAltered,
    }
}

fn payload(error: &std::io::Error) -> PacketError {
    match error.kind() {
        std::io::ErrorKind::UnexpectedEof => PacketError::PacketCutShort,
        _ => PacketError::PacketAltered,
    }
}

/// A secret under words, as `age --decrypt` opens it.
pub fn close_secret(secret: &[u8], words: &str) -> Result<Vec<u8>, PacketError> {
    close(secret, &Lock::Words(words.to_owned()))
}

/// What stands under words; a secret is short.
pub fn open_secret(bytes: &[u8], words: &str) -> Result<Vec<u8>, PacketError> {
    unclose(bytes, &Key::Words(words), 1 << 20)
}
