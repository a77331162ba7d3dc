//! What is said of a staff list's rows, and why something of staff is refused whole.

use crate::coded;
use crate::coded::Coded;
use crate::identity::{IdNumber, PanelId, PartId, RoomNumber, SiteCode};
use crate::roster::{RowFault, Severity};
use crate::words::{Lang, Said};
use serde::Serialize;

/// A column of a staff list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StaffColumn {
    /// 姓名.
    Name,
    /// 单位.
    Workplace,
    /// 设区市.
    Outer,
    /// 县（市、区）.
    Inner,
    /// 岗位.
    Role,
    /// 考点.
    Site,
    /// 考官组.
    Panel,
    /// 电话.
    Phone,
}

impl StaffColumn {
    /// As a list heads it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Name => "姓名",
            Self::Workplace => "单位",
            Self::Outer => "设区市",
            Self::Inner => "县（市、区）",
            Self::Role => "岗位",
            Self::Site => "考点",
            Self::Panel => "考官组",
            Self::Phone => "电话",
        }
    }
}

/// What is said of a row of a staff list, beside what is said of people everywhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[allow(missing_docs)] // each variant is said in words in assets/messages/*/staff.toml
pub enum StaffRowFault {
    StaffRoleEmpty,
    StaffRoleUnknown { text: String },
    StaffSiteUnknown { text: String, known: Vec<String> },
    StaffSiteEmpty,
    StaffUnitUnknown { text: String },
    StaffPanelIgnored { text: String },
    StaffTwice { row: u32 },
}
coded!(StaffRowFault);

impl StaffRowFault {
    fn severity(&self) -> Severity {
        match self {
            Self::StaffUnitUnknown { .. } | Self::StaffPanelIgnored { .. } => Severity::Warning,
            Self::StaffRoleEmpty
            | Self::StaffRoleUnknown { .. }
            | Self::StaffSiteUnknown { .. }
            | Self::StaffSiteEmpty
            | Self::StaffTwice { .. } => Severity::Refused,
        }
    }
}

/// Either kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum StaffFault {
    /// As of a roster's row.
    Person(RowFault),
    /// Of a staff list only.
    Staff(StaffRowFault),
}
coded!(StaffFault);

/// What is said, with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// Row as Excel shows it.
    pub row: u32,
    /// Column.
    pub column: StaffColumn,
    /// What follows.
    pub severity: Severity,
    /// What is said.
    pub fault: StaffFault,
}

impl Told {
    pub(super) fn person(row: u32, column: StaffColumn, fault: RowFault) -> Self {
        Self { row, column, severity: fault.severity(), fault: StaffFault::Person(fault) }
    }

    pub(super) fn staff(row: u32, column: StaffColumn, fault: StaffRowFault) -> Self {
        Self { row, column, severity: fault.severity(), fault: StaffFault::Staff(fault) }
    }

    /// In words.
    pub fn said(&self, lang: Lang) -> Said {
        lang.say(&self.fault.code(), &self.fault.facts())
    }
}

/// Why something of staff is refused whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[allow(missing_docs)] // each variant is said in words in assets/messages/*/staff.toml
pub enum StaffRefusal {
    StaffNothing { file: String, refused: u32, first: String },
    StaffOnDuty { names: Vec<String> },
    NoSuchStaff { staff: String },
    SeveralStaff { staff: String, ids: Vec<String> },
    InvigilatorsFew { site: SiteCode, there: usize, needed: usize },
    DutyNotWritten { part: PartId },
    DutyReasonNeeded,
    DutyAfterCheckIn { site: SiteCode },
    DutyNotDrawn { part: PartId },
    NotOnDuty { name: String },
    StandInBusy { name: String, room: RoomNumber },
    StandInElsewhere { name: String },
    StandInRole { name: String, role: String },
    StandInSelf { name: String },
    NotJudge { name: String },
    RecusalAfterLots { name: String, panel: PanelId },
    RecusalUnsaid { judge: String },
    PanelsRecused { people: Vec<IdNumber>, panels: Vec<String> },
    InspectionEmpty,
    InspectorUnnamed,
}
coded!(StaffRefusal);
