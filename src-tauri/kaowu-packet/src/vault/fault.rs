//! Why a vault stays closed.

use kaowu_core::coded;
use kaowu_core::identity::Operator;
use serde::Serialize;

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[allow(missing_docs)] // said in words in assets/messages/*/operators.toml
pub enum VaultFault {
    PinWrong { left: u32 },
    PinWrongWait { seconds: u64 },
    PinLocked { operator: Operator, seconds: u64 },
    PinTooShort { least: usize },
    PinTooSimple,
    WordsWrong,
    WordsWrongWait { seconds: u64 },
    WordsLocked { seconds: u64 },
    NoWords,
    WordsOfFirstForm,
    VaultDoesNotFit { file: String },
    NoPin { operator: Operator },
    WorksElsewhere { operator: Operator },
    VaultMissing { file: String },
    VaultDamaged,
    VaultAltered { operator: Operator },
    VaultWordsAltered,
    VaultChanged,
    VaultTooNew { version: u64 },
    VaultUnreadable { file: String, detail: String },
    VaultUnwritable { file: String, detail: String },
}
coded!(VaultFault);
