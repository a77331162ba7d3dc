//! The age envelope.

use crate::error::PacketError;
use crate::keys::{AgeIdentity, secret};
use crate::words::tidy;
use age::{DecryptError, Decryptor, EncryptError, Encryptor, Identity, Recipient};
use age_core::format::{FileKey, Stanza};
use kaowu_core::journal::Mode;
use std::collections::HashSet;
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

/// The tag of a line of the header that opens nothing, and which every age passes over: event and mode of a packet closed for keys.
/// Whoever has another key is told by it which stick this is; nothing else goes by it.
const OF: &str = "kaowu-event";

/// Of which event a packet is, as its header says.
struct Of<'a> {
    event: &'a str,
    mode: Mode,
}

impl Recipient for Of<'_> {
    fn wrap_file_key(&self, _: &FileKey) -> Result<(Vec<Stanza>, HashSet<String>), EncryptError> {
        let args = vec![self.event.to_owned(), word(self.mode).to_owned()];
        Ok((vec![Stanza { tag: OF.to_owned(), args, body: vec![] }], HashSet::new()))
    }
}

fn word(mode: Mode) -> &'static str {
    match mode {
        Mode::Live => "live",
        Mode::Drill => "drill",
    }
}

/// The refusal of a packet for which there is no key here, by name where its header says that it is another event's, or a drill's.
pub fn by_name(error: PacketError, bytes: &[u8], (event, title, mode): (&str, &str, Mode)) -> PacketError {
    match (said_to_be_of(bytes), mode) {
        _ if !matches!(error, PacketError::NotForThisKey) => error,
        (Some((title, Mode::Drill)), Mode::Live) => PacketError::PacketOfDrill { title },
        (Some((title, Mode::Live)), Mode::Drill) => PacketError::PacketOfLive { title },
        (Some((other, _)), _) if other != event => {
            PacketError::PacketOfOtherEvent { title: other, wanted: format!("{title}（{event}）") }
        }
        _ => error,
    }
}

/// Event and mode that the header of a packet names, if it names any. Nobody vouches for them.
fn said_to_be_of(bytes: &[u8]) -> Option<(String, Mode)> {
    let header = bytes.get(..HEADER_LIMIT).unwrap_or(bytes);
    let end = header.windows(4).position(|w| w == b"\n---")?;
    let text = std::str::from_utf8(header.get(..end)?).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("-> ")?.strip_prefix(OF)?.strip_prefix(' '))?;
    let (event, mode) = line.split_once(' ')?;
    let mode = [Mode::Live, Mode::Drill].into_iter().find(|m| word(*m) == mode)?;
    Some((event.to_owned(), mode))
}

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
    close_naming(plain, lock, None)
}

/// `of`: event and mode that its header names, where it is closed for keys.
pub(crate) fn close_naming(plain: &[u8], lock: &Lock, of: Option<(&str, Mode)>) -> Result<Vec<u8>, PacketError> {
    let failed = |detail: String| PacketError::PacketFailed { detail };
    let mut recipients: Vec<Box<dyn Recipient + '_>> = match lock {
        Lock::Words(words) => {
            let mut recipient = age::scrypt::Recipient::new(secret(&tidy(words)));
            recipient.set_work_factor(WORK_FACTOR);
            vec![Box::new(recipient)]
        }
        Lock::Recipients(lines) => lines
            .iter()
            .map(|line| {
                let recipient = age::x25519::Recipient::from_str(line).map_err(|e| PacketError::KeyUnreadable { what: e.to_owned() })?;
                Ok(Box::new(recipient) as Box<dyn Recipient + '_>)
            })
            .collect::<Result<_, PacketError>>()?,
    };
    let named =
        of.filter(|(event, _)| matches!(lock, Lock::Recipients(_)) && !event.is_empty() && event.bytes().all(|b| b.is_ascii_graphic()));
    if let Some((event, mode)) = named {
        recipients.push(Box::new(Of { event, mode }));
    }
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
