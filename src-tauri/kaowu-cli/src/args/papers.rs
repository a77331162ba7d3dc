//! Papers.

use super::certificates::FontArgs;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

#[derive(Args)]
pub(crate) struct PapersArgs {
    /// Which paper; `all`: every paper of the part, into a folder.
    #[arg(value_enum)]
    pub(crate) kind: PaperArg,
    /// Stage.
    #[arg(long)]
    pub(crate) stage: Option<String>,
    /// Part.
    #[arg(long)]
    pub(crate) part: Option<String>,
    /// Only this site.
    #[arg(long)]
    pub(crate) site: Option<String>,
    /// Only this room of the site.
    #[arg(long, requires = "site")]
    pub(crate) room: Option<String>,
    /// Id of the standing, for standings.
    #[arg(long, default_value = "people")]
    pub(crate) list: String,
    /// Id of the team, for its list.
    #[arg(long, default_value = "regional")]
    pub(crate) team: String,
    /// What is announced.
    #[arg(long, value_enum, default_value_t = OfArg::Roster)]
    pub(crate) of: OfArg,
    #[command(flatten)]
    pub(crate) fonts: FontArgs,
    /// PDF to write; for an announcement also a workbook (.xlsx); for `all` the folder.
    #[arg(long)]
    pub(crate) out: PathBuf,
}

/// What is announced.
#[derive(Clone, Copy, ValueEnum, PartialEq, Eq)]
pub(crate) enum OfArg {
    /// 参赛名单
    Roster,
    /// 入选名单
    Selection,
    /// 获奖名单
    Awards,
}

/// A paper, by the name the desk reads.
#[derive(Clone, Copy, ValueEnum, PartialEq, Eq)]
pub(crate) enum PaperArg {
    /// 门贴
    DoorList,
    /// 座次表
    SeatChart,
    /// 桌贴
    DeskLabels,
    /// 准考证
    Tickets,
    /// 签到表
    SignIn,
    /// 考场情况记录单
    RoomRecord,
    /// 违纪记录单, one an incident
    Incidents,
    /// 违纪记录单, blank
    IncidentBlank,
    /// 缺考名单
    Absences,
    /// 座位抽签单
    DrawProof,
    /// 面试抽签表
    Lots,
    /// 面试评分表, one a judge, without names
    JudgeSheets,
    /// 面试计分表 of the secretary, with names
    TallySheet,
    /// 面试成绩汇总表
    InterviewSummary,
    /// 成绩公示
    Standings,
    /// 获奖名单
    Awards,
    /// 交接回执
    Receipts,
    /// 公示: names, units and candidate numbers, no ID number, no telephone
    Announcement,
    /// 代表队名单 of a team sent to a stage that others hold
    Team,
    /// 工作证
    DutyCards,
    /// 考务人员安排表
    DutyRoster,
    /// 总结报告
    ClosingReport,
    /// All of a part, into a folder
    All,
}
