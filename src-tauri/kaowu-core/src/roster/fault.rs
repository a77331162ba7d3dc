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
    /// 工作单位.
    Workplace,
    /// 职务.
    Duty,
    /// 手机号码.
    Phone,
    /// 所属设区市.
    Outer,
    /// 县（市、区）.
    Inner,
    /// 备注.
    Remark,
}

impl Field {
    /// Every column, in the order of a roster.
    pub const ALL: [Self; 9] =
        [Self::Name, Self::Sex, Self::Id, Self::Workplace, Self::Duty, Self::Phone, Self::Outer, Self::Inner, Self::Remark];
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
    /// A number where text is usual; nothing is lost.
    NumberAsText {
        /// As taken.
        text: String,
    },
    /// An error value such as `#N/A` where the row needs a text.
    CellError {
        /// As it stands.
        text: String,
    },
    /// An error value in a column the row can do without; left empty.
    CellErrorIgnored {
        /// As it stands.
        text: String,
    },
    /// A formula whose result the file does not hold.
    CellFormula,
    /// No name.
    NameEmpty,
    /// A word that stands for a name still to come.
    NameToCome {
        /// As it stands.
        text: String,
    },
    /// Longer than a name can be.
    NameLong {
        /// Characters.
        length: usize,
    },
    /// One character.
    NameShort {
        /// The name.
        name: String,
    },
    /// A character no name has.
    NameCharacter {
        /// The character.
        character: String,
        /// `U+XXXX`.
        point: String,
    },
    /// A letter, kana or radical among ideographs, or letters of two scripts: it looks like what it is not.
    NameLookAlike {
        /// The character.
        character: String,
        /// `U+XXXX`.
        point: String,
    },
    /// A sign in place of a character that could not be typed or shown.
    NameGap {
        /// The character.
        character: String,
        /// `U+XXXX`.
        point: String,
    },
    /// A control character, or one that turns the direction of writing.
    NameHidden {
        /// `U+XXXX`.
        point: String,
    },
    /// A character in running text that cannot be seen or turns the direction of writing; left out.
    FieldHidden {
        /// `U+XXXX`.
        point: String,
    },
    /// A note in brackets behind the name.
    NameNote {
        /// The note.
        note: String,
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
    },
    /// Stands in an earlier row with another name.
    IdOfAnother {
        /// The row.
        row: u32,
        /// The name there.
        name: String,
    },
    /// Stands in another roster of the stage.
    IdInOtherFile {
        /// Which.
        file: String,
    },
    /// The person has withdrawn.
    PersonWithdrawn {
        /// Why.
        reason: String,
    },
    /// An age few candidates have.
    AgeOdd {
        /// Years on the day rosters are due.
        age: u32,
    },
    /// Sex and ID number disagree.
    SexDiffers {
        /// As written.
        sex: String,
        /// By the ID number.
        of_id: String,
    },
    /// Neither 男 nor 女.
    SexOdd {
        /// As it stands.
        text: String,
    },
    /// Not a telephone number.
    PhoneOdd {
        /// As it stands.
        text: String,
    },
    /// No unit.
    UnitEmpty,
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
    },
    /// No unit of this event, but others come near.
    UnitUnknownNear {
        /// As it stands.
        text: String,
        /// Names that come near.
        near: Vec<String>,
    },
    /// No such unit in the city named.
    UnitNotThere {
        /// As it stands.
        text: String,
        /// The city.
        outer: String,
        /// Cities that have one.
        elsewhere: Vec<String>,
    },
    /// A unit named under one that has none below it.
    UnitIgnored {
        /// As it stands.
        text: String,
        /// The unit taken.
        unit: String,
    },
}
crate::coded!(RowFault);

impl RowFault {
    /// What follows.
    pub fn severity(&self) -> Severity {
        match self {
            Self::Cleaned { .. } | Self::NumberAsText { .. } => Severity::Cleaned,
            Self::CellErrorIgnored { .. }
            | Self::FieldHidden { .. }
            | Self::NameShort { .. }
            | Self::AgeOdd { .. }
            | Self::SexDiffers { .. }
            | Self::SexOdd { .. }
            | Self::PhoneOdd { .. }
            | Self::UnitNotValid { .. }
            | Self::UnitIgnored { .. } => Severity::Warning,
            Self::CellError { .. }
            | Self::CellFormula
            | Self::NameEmpty
            | Self::NameToCome { .. }
            | Self::NameLong { .. }
            | Self::NameCharacter { .. }
            | Self::NameLookAlike { .. }
            | Self::NameGap { .. }
            | Self::NameHidden { .. }
            | Self::NameNote { .. }
            | Self::NamePrivate { .. }
            | Self::IdIsNumber { .. }
            | Self::Id { .. }
            | Self::IdTwice { .. }
            | Self::IdOfAnother { .. }
            | Self::IdInOtherFile { .. }
            | Self::PersonWithdrawn { .. }
            | Self::UnitEmpty
            | Self::UnitAmbiguous { .. }
            | Self::UnitUnknown { .. }
            | Self::UnitUnknownNear { .. }
            | Self::UnitNotThere { .. } => Severity::Refused,
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
