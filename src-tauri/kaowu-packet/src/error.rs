//! Why a packet is refused.

use kaowu_core::coded;
use serde::Serialize;

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[allow(missing_docs)] // said in words in assets/messages/*/packet.toml
pub enum PacketError {
    NotAPacket,
    PacketCutShort,
    PacketAltered,
    PacketTooLarge,
    PacketBeyondLimit { megabytes: u64, limit: u64 },
    PacketTooManyFiles { files: usize, limit: usize },
    PacketTooNew { version: u64 },
    WrongPassphrase,
    NotForThisKey,
    NeedsPassphrase,
    NeedsKey,
    KeyUnreadable { what: String },
    FileNameUnsafe { name: String },
    FileTwice { name: String },
    FileMissing { name: String },
    FileUnlisted { name: String },
    FileAltered { name: String },
    ManifestUnreadable,
    ManifestSignatureWrong,
    SecondSignatureWrong,
    SecondSignatureMissing,
    AlgorithmsDiffer,
    ChainMissing { name: String },
    ChainBroken { name: String },
    NotOfHq { from: String },
    RootDiffers { known: String, packet: String },
    PacketOfOtherEvent { title: String, wanted: String },
    PacketOfDrill { title: String },
    PacketOfLive { title: String },
    PacketOfOtherKind { kind: String, wanted: String },
    CarryNoFolder { folder: String },
    CarryReadOnly { folder: String },
    CarryDiskFull { folder: String },
    CarryTooLarge { folder: String },
    CarryFailed { folder: String, detail: String },
    CarryDiffers { file: String },
    PacketFailed { detail: String },
}
coded!(PacketError);
