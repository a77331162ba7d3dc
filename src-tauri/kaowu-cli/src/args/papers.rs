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
    #[command(flatten)]
    pub(crate) fonts: FontArgs,
    /// PDF to write; for `all` the folder.
    #[arg(long)]
    pub(crate) out: PathBuf,
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
    /// 工作证
    DutyCards,
    /// 考务人员安排表
    DutyRoster,
    /// 总结报告
    ClosingReport,
    /// All of a part, into a folder
    All,
}
