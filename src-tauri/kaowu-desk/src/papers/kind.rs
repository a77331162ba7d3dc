//! Which papers there are, and what they are called.

use kaowu_core::identity::ListId;

/// Which paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaperKind {
    /// 门贴, a page a room.
    DoorList,
    /// 座次表, a page a room.
    SeatChart,
    /// 桌贴, a pile a site.
    DeskLabels,
    /// 准考证, a pile a site.
    Tickets,
    /// 签到表, a sheet a room.
    SignIn,
    /// 考场情况记录单, a page a room.
    RoomRecord,
    /// 违纪记录单, a page an incident.
    Incidents,
    /// 违纪记录单 to be filled in by hand, a page a room.
    IncidentBlank,
    /// 缺考名单, a sheet a site.
    Absences,
    /// 座位抽签单.
    DrawProof,
    /// 面试抽签表, a sheet a panel.
    Lots,
    /// 面试评分表, a sheet a judge: lots without names.
    JudgeSheets,
    /// 面试计分表 of the secretary, a sheet a panel: with names.
    TallySheet,
    /// 面试成绩汇总表, a sheet a panel.
    InterviewSummary,
    /// 成绩公示.
    Standings(ListId),
    /// 获奖名单.
    Awards,
    /// 交接回执, a page a device.
    Receipts,
    /// 工作证, a pile a site.
    DutyCards,
    /// 考务人员安排表, a sheet a site.
    DutyRoster,
    /// 总结报告.
    ClosingReport,
    /// 公示.
    Announcement(AnnouncementOf),
    /// 代表队名单.
    Team(ListId),
}

/// What is announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnnouncementOf {
    /// Who is entered for a stage.
    Roster,
    /// Who is selected for a stage.
    Selection,
    /// Who is honoured.
    Awards,
}

impl AnnouncementOf {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Roster, Self::Selection, Self::Awards];

    /// Its name in commands.
    pub fn name(self) -> &'static str {
        match self {
            Self::Roster => "roster",
            Self::Selection => "selection",
            Self::Awards => "awards",
        }
    }
}

impl PaperKind {
    /// Papers of a written part at a site, in the order in which they are needed.
    pub const WRITTEN: [Self; 9] = [
        Self::DoorList,
        Self::SeatChart,
        Self::DeskLabels,
        Self::Tickets,
        Self::SignIn,
        Self::RoomRecord,
        Self::IncidentBlank,
        Self::Incidents,
        Self::Absences,
    ];
    /// Papers that are of no room and no panel.
    pub const PLAIN: [Self; 6] = [Self::DrawProof, Self::Awards, Self::Receipts, Self::DutyCards, Self::DutyRoster, Self::ClosingReport];
    /// Papers of an interview, in the order in which they are needed.
    pub const INTERVIEW: [Self; 5] = [Self::Lots, Self::JudgeSheets, Self::TallySheet, Self::InterviewSummary, Self::Absences];

    /// Reads a name as commands and the window write it; a standing as `standing:ID`, a team as `team:ID`, an announcement as
    /// `announcement:roster`.
    pub fn read(name: &str) -> Option<Self> {
        let plain = Self::PLAIN;
        let known = Self::WRITTEN.into_iter().chain(Self::INTERVIEW).chain(plain).find(|kind| kind.name() == name);
        let list = || name.strip_prefix("standing:").map(|list| Self::Standings(list.into()));
        let team = || name.strip_prefix("team:").map(|team| Self::Team(team.into()));
        let of = |of: &str| AnnouncementOf::ALL.into_iter().find(|one| one.name() == of).map(Self::Announcement);
        known.or_else(list).or_else(team).or_else(|| name.strip_prefix("announcement:").and_then(of))
    }

    /// Its name in commands.
    pub fn name(&self) -> &'static str {
        match self {
            Self::DoorList => "door-list",
            Self::SeatChart => "seat-chart",
            Self::DeskLabels => "desk-labels",
            Self::Tickets => "tickets",
            Self::SignIn => "sign-in",
            Self::RoomRecord => "room-record",
            Self::Incidents => "incidents",
            Self::IncidentBlank => "incident-blank",
            Self::Absences => "absences",
            Self::DrawProof => "draw-proof",
            Self::Lots => "lots",
            Self::JudgeSheets => "judge-sheets",
            Self::TallySheet => "tally-sheet",
            Self::InterviewSummary => "interview-summary",
            Self::Standings(_) => "standings",
            Self::Awards => "awards",
            Self::Receipts => "receipts",
            Self::Announcement(_) => "announcement",
            Self::Team(_) => "team",
            Self::DutyCards => "duty-cards",
            Self::DutyRoster => "duty-roster",
            Self::ClosingReport => "closing-report",
        }
    }

    /// Its name on a file.
    pub fn title(&self) -> &'static str {
        match self {
            Self::DoorList => "考场门贴",
            Self::SeatChart => "考场座次表",
            Self::DeskLabels => "考场桌贴",
            Self::Tickets => "准考证",
            Self::SignIn => "考生签到表",
            Self::RoomRecord => "考场情况记录单",
            Self::Incidents => "违纪违规情况记录单",
            Self::IncidentBlank => "违纪违规情况记录单（空白）",
            Self::Absences => "缺考名单",
            Self::DrawProof => "座位抽签单",
            Self::Lots => "面试抽签表",
            Self::JudgeSheets => "面试评分表",
            Self::TallySheet => "面试计分表（记分员专用）",
            Self::InterviewSummary => "面试成绩汇总表",
            Self::Standings(_) => "成绩公示",
            Self::Awards => "获奖名单",
            Self::Receipts => "交接回执",
            Self::Announcement(AnnouncementOf::Roster) => "参赛名单公示",
            Self::Announcement(AnnouncementOf::Selection) => "入选名单公示",
            Self::Announcement(AnnouncementOf::Awards) => "获奖名单公示",
            Self::Team(_) => "代表队名单",
            Self::DutyCards => "工作证",
            Self::DutyRoster => "考务人员安排表",
            Self::ClosingReport => "总结报告",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        let check = |name: &str, expected: Option<PaperKind>| assert_eq!(PaperKind::read(name), expected, "{name}");
        let plain = PaperKind::PLAIN;
        for kind in PaperKind::WRITTEN.into_iter().chain(PaperKind::INTERVIEW).chain(plain) {
            check(kind.name(), Some(kind.clone()));
        }
        check("standing:people", Some(PaperKind::Standings("people".into())));
        check("team:regional", Some(PaperKind::Team("regional".into())));
        for of in AnnouncementOf::ALL {
            check(&format!("announcement:{}", of.name()), Some(PaperKind::Announcement(of)));
        }
        check("announcement:people", None);
        check("standings", None);
        check("", None);
    }
}
