//! What is said of a roster's cell.

use super::id_number::IdFault;
use crate::coded::Coded;
use crate::identity::UnitCode;
use crate::words::{Lang, Said};
use serde::Serialize;

/// A column of a roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// 姓名.
    Name,
    /// 性别.
    Sex,
    /// 身份证号.
    Id,
    /// 手机号码.
    Phone,
    /// 所属设区市.
    Outer,
    /// 县（市、区）.
    Inner,
}

/// What follows for the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Taken as cleaned.
    Cleaned,
    /// Taken; somebody should look.
    Warning,
    /// Not taken.
    Refused,
}

/// What is said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum RowFault {
    /// Cleaned of what cannot mean anything.
    Cleaned {
        /// As it stood.
        was: String,
        /// As taken.
        now: String,
    },
    /// No name.
    NameEmpty,
    /// Longer than a name can be.
    NameLong {
        /// Characters.
        length: usize,
    },
    /// A character no name has.
    NameCharacter {
        /// The character.
        character: String,
        /// `U+XXXX`.
        point: String,
    },
    /// A private-use character: another computer shows another sign or none.
    NamePrivate {
        /// `U+XXXX`.
        point: String,
    },
    /// A number where digits have been lost.
    IdIsNumber {
        /// As it stands.
        text: String,
    },
    /// Not an ID number.
    Id {
        /// As it stands.
        text: String,
        /// Why.
        fault: IdFault,
    },
    /// Stands in an earlier row.
    IdTwice {
        /// The row.
        row: u32,
        /// Whether the name is the same.
        same_name: bool,
    },
    /// Stands in another roster of the stage.
    IdInOtherFile {
        /// Which.
        file: String,
    },
    /// Sex and ID number disagree.
    SexDiffers {
        /// As written.
        sex: String,
        /// By the ID number.
        of_id: String,
    },
    /// Not a telephone number.
    PhoneOdd {
        /// As it stands.
        text: String,
    },
    /// A unit of the plan that does not exist on the entry deadline.
    UnitNotValid {
        /// Its name.
        unit: String,
    },
    /// Several units of that name.
    UnitAmbiguous {
        /// As it stands.
        text: String,
        /// Their codes.
        codes: Vec<UnitCode>,
    },
    /// No unit of this event.
    UnitUnknown {
        /// As it stands.
        text: String,
        /// Names that come near.
        near: Vec<String>,
    },
}
crate::coded!(RowFault);

impl RowFault {
    /// What follows.
    pub fn severity(&self) -> Severity {
        match self {
            Self::Cleaned { .. } => Severity::Cleaned,
            Self::SexDiffers { .. } | Self::PhoneOdd { .. } | Self::UnitNotValid { .. } => Severity::Warning,
            Self::NameEmpty
            | Self::NameLong { .. }
            | Self::NameCharacter { .. }
            | Self::NamePrivate { .. }
            | Self::IdIsNumber { .. }
            | Self::Id { .. }
            | Self::IdTwice { .. }
            | Self::IdInOtherFile { .. }
            | Self::UnitAmbiguous { .. }
            | Self::UnitUnknown { .. } => Severity::Refused,
        }
    }
}

/// A fault with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// Row as Excel shows it.
    pub row: u32,
    /// Column.
    pub field: Field,
    /// What is said.
    pub fault: RowFault,
}

impl Told {
    /// In words; an ID number's own fault speaks for itself.
    pub fn said(&self, lang: Lang) -> Said {
        match &self.fault {
            RowFault::Id { text, fault } => {
                let mut facts = fault.facts();
                facts.insert("text".to_owned(), text.clone().into());
                lang.say(&fault.code(), &facts)
            }
            fault => lang.error(fault),
        }
    }
}
