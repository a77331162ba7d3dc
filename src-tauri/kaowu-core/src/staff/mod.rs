//! People on duty 考务人员 (RULES.md §5, §6): read from a list, drawn for rooms by lot, recused from candidates.
//!
//! Two invigilators serve in a room, not of its candidates' own county where that can be; who serves where comes from a
//! recorded seed. Panels are drawn so that nobody comes before a judge who is recused for them.

mod duty;
mod fault;
mod list;
mod matching;
mod recusal;

pub use duty::{A_ROOM, DutyDrawn, DutyInputs, DutyPerson, DutyRoom, draw_duties};
pub use fault::{StaffColumn, StaffFault, StaffRefusal, StaffRowFault, Told};
pub use list::{KnownSite, RawStaff, StaffList, read_staff};
pub use recusal::{Panels, deal_panels};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What somebody on duty does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// 考点负责人.
    SiteHead,
    /// 主考官.
    Chief,
    /// 监考员.
    Invigilator,
    /// 评委.
    Judge,
    /// 记分员、秘书.
    Secretary,
    /// 核分员、监督员.
    Checker,
    /// 巡考员.
    Inspector,
}

impl Role {
    /// Every role, in the order of lists.
    pub const ALL: [Self; 7] =
        [Self::SiteHead, Self::Chief, Self::Invigilator, Self::Judge, Self::Secretary, Self::Checker, Self::Inspector];

    /// As papers name it.
    pub fn title(self) -> &'static str {
        self.names().0
    }

    /// As the journal and the command line write it.
    pub fn word(self) -> &'static str {
        self.names().1
    }

    /// The role a word names.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }

    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::SiteHead => ("考点负责人", "site-head"),
            Self::Chief => ("主考官", "chief"),
            Self::Invigilator => ("监考员", "invigilator"),
            Self::Judge => ("评委", "judge"),
            Self::Secretary => ("记分员", "secretary"),
            Self::Checker => ("核分员", "checker"),
            Self::Inspector => ("巡考员", "inspector"),
        }
    }

    /// Whether they serve at interviews only, or at written papers only; none: wherever they are.
    pub fn at_interviews(self) -> Option<bool> {
        match self {
            Self::Invigilator => Some(false),
            Self::Chief | Self::Judge | Self::Secretary | Self::Checker => Some(true),
            Self::SiteHead | Self::Inspector => None,
        }
    }

    /// The role a cell names.
    pub fn read(text: &str) -> Option<Self> {
        let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let plain = plain.trim_end_matches("人员").trim_end_matches(['员', '人']);
        Some(match plain {
            "考点负责" | "考点主任" | "主任" | "考点主考" | "主考" | "负责" => Self::SiteHead,
            "主考官" | "主任考官" | "首席评委" | "首席考官" => Self::Chief,
            "监考" | "监考老师" | "监考教师" | "invigilator" => Self::Invigilator,
            "评委" | "考官" | "面试官" | "面试考官" | "评委老师" | "judge" => Self::Judge,
            "记分" | "计分" | "秘书" | "面试秘书" | "考官组秘书" | "记分员/秘书" | "secretary" => Self::Secretary,
            "核分" | "监督" | "核分员/监督" | "纪检监督" | "复核" | "checker" => Self::Checker,
            "巡考" | "巡视" | "巡查" | "inspector" => Self::Inspector,
            _ => return None,
        })
    }
}

/// The id of somebody on duty: the same person of the same unit at the same site of a stage has the same one however
/// often the list comes.
pub fn staff_id(stage: &str, site: &str, workplace: &str, name: &str) -> String {
    let digest = Sha256::digest(format!("{stage}\n{site}\n{workplace}\n{name}"));
    hex::encode(digest).get(..10).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests;
