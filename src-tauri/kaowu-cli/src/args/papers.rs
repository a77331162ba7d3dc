//! Papers and certificates.

use clap::{Args, Subcommand, ValueEnum};
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
    /// Folder of the fonts.
    #[arg(long, env = "KAOWU_FONTS", default_value = "assets/fonts")]
    pub(crate) fonts: PathBuf,
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
    /// All of a part, into a folder
    All,
}

#[derive(Subcommand)]
pub(crate) enum CertificatesVerb {
    /// Confirms every award that follows from standings.
    Confirm {
        /// Number of the document.
        #[arg(long)]
        document: String,
    },
    /// Prints the certificates of confirmed awards.
    Print {
        /// Folder of the fonts.
        #[arg(long, env = "KAOWU_FONTS", default_value = "assets/fonts")]
        fonts: PathBuf,
        /// Folder for the PDFs.
        #[arg(long)]
        out: PathBuf,
        /// Only this award of the plan.
        #[arg(long)]
        award: Option<String>,
    },
    /// Prints one award as a numbered run that is written down.
    Run {
        /// The award.
        award: String,
        /// The sheet to begin with.
        #[arg(long, default_value_t = 1)]
        from: usize,
        /// Another template than the award's.
        #[arg(long)]
        template: Option<String>,
        /// Moves everything to the right, in micrometres.
        #[arg(long, default_value_t = 0, allow_negative_numbers = true)]
        right: i32,
        /// Moves everything down, in micrometres.
        #[arg(long, default_value_t = 0, allow_negative_numbers = true)]
        down: i32,
        #[command(flatten)]
        to: PrintArgs,
    },
    /// Runs so far.
    Runs,
    /// Declares a printed certificate void.
    Void {
        /// Its number.
        number: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Prints one certificate again.
    Reprint {
        /// Its number.
        number: String,
        /// Why.
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        to: PrintArgs,
    },
    /// Checks the text of a certificate's code.
    Verify {
        /// The text read from the code.
        text: String,
    },
}

#[derive(Args)]
pub(crate) struct PrintArgs {
    /// Folder of the fonts.
    #[arg(long, env = "KAOWU_FONTS", default_value = "assets/fonts")]
    pub(crate) fonts: PathBuf,
    /// Folder for the PDFs.
    #[arg(long)]
    pub(crate) out: PathBuf,
}
