//! The steps there are, and who says them: each is named, may be stopped, takes its time, and notes what came out.

use crate::compare::{Comparison, compare};
use crate::summary::Summary;
use kaowu_desk::{DeskFault, Result};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Instant;

/// Hears how far the making of an event is: what is being done, in Chinese and in English, parts done and parts in all.
/// `Break` stops it.
pub type Progress<'a> = dyn FnMut(&str, &str, usize, usize) -> ControlFlow<()> + 'a;

/// A step of the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Files,
    Found,
    Rosters,
    Eligibility,
    Closing,
    CitySeats,
    CityStaff,
    Packets,
    Packet,
    Venues,
    Doors,
    Room,
    FirstPass,
    SecondPass,
    Merge,
    Receipts,
    Rulings,
    Level,
    Select,
    ProvinceSeats,
    ProvinceStaff,
    ProvinceWritten,
    ProvinceInterview,
    Awards,
    Later,
    LaterPapers,
    Practice,
    PracticeHonours,
    Papers,
    Certificates,
    Journal,
    Archive,
}

impl Step {
    /// Its name in Chinese and in English.
    pub(crate) fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Files => ("写出演练文件", "Writing the drill's files"),
            Self::Found => ("新建活动", "New event"),
            Self::Rosters => ("导入名单", "Importing rosters"),
            Self::Eligibility => ("资格核查", "Checking eligibility"),
            Self::Closing => ("截止报名", "Closing the roster"),
            Self::CitySeats => ("设区市选拔赛座次", "Seats of the city trial"),
            Self::CityStaff => ("设区市选拔赛考务人员", "Staff of the city trial"),
            Self::Packets => ("签发考点包", "Issuing site packets"),
            Self::Packet => ("签发南京考点包", "Issuing the packet of Nanjing"),
            Self::Venues => ("13 个考点考试当日", "Exam day at 13 sites"),
            Self::Doors => ("考生入场", "Check-in at the doors"),
            Self::Room => ("固定缺考、考场记录、签字", "Absence, room records, signatures"),
            Self::FirstPass => ("第一遍录入成绩", "First pass of marks"),
            Self::SecondPass => ("第二遍录入成绩", "Second pass of marks"),
            Self::Merge => ("合并交接包", "Merging handovers"),
            Self::Receipts => ("回执", "Receipts"),
            Self::Rulings => ("违纪核定", "Ruling on incidents"),
            Self::Level => ("更正一个成绩，使入选末位并列", "Correcting one mark, so that the last place is level"),
            Self::Select => ("确认权重与入选", "Weights and selection"),
            Self::ProvinceSeats => ("全省选拔赛座次", "Seats of the provincial trial"),
            Self::ProvinceStaff => ("全省选拔赛考务人员", "Staff of the provincial trial"),
            Self::ProvinceWritten => ("全省选拔赛笔试", "Provincial written paper"),
            Self::ProvinceInterview => ("全省选拔赛面试", "Provincial interview"),
            Self::Awards => ("确认获奖", "Confirming awards"),
            Self::Later => ("区域赛与全国赛", "Regional and national contest"),
            Self::LaterPapers => ("代表队名单、公示与证书", "Teams, announcement, certificates"),
            Self::Practice => ("导入日日学、周周练、月月比", "Importing practice"),
            Self::PracticeHonours => ("练兵名单与组织奖", "Honours of practice"),
            Self::Papers => ("打印与工作簿", "Papers and workbook"),
            Self::Certificates => ("证书", "Certificates"),
            Self::Journal => ("日志核验与重建", "Verifying and rebuilding the journal"),
            Self::Archive => ("总结报告与档案包", "Closing report and archive"),
        }
    }

    /// How much of a whole it is: about what it takes beside the others.
    pub(crate) fn parts(self) -> usize {
        match self {
            Self::Rosters => 3,
            Self::Packets | Self::Venues => 40,
            Self::SecondPass | Self::Packet => 4,
            Self::Merge | Self::Doors | Self::Practice => 8,
            Self::ProvinceWritten | Self::ProvinceInterview => 5,
            Self::Papers | Self::Certificates => 16,
            _ => 1,
        }
    }
}

/// Says the steps, one after the other.
pub(crate) struct Hand<'a> {
    progress: &'a mut Progress<'a>,
    told: &'a mut dyn FnMut(&str),
    expected: Option<PathBuf>,
    done: usize,
    total: usize,
    pub(crate) summary: Summary,
}

impl<'a> Hand<'a> {
    /// `told` hears a line after each step; lists are compared with those in `expected`, where it is named.
    pub(crate) fn new(progress: &'a mut Progress<'a>, told: &'a mut dyn FnMut(&str), expected: Option<PathBuf>, steps: &[Step]) -> Self {
        let total = steps.iter().map(|s| s.parts()).sum();
        Self { progress, told, expected, done: 0, total, summary: Summary::default() }
    }

    pub(crate) fn step<O>(&mut self, step: Step, work: impl FnOnce(&mut Pulse<'_>) -> Result<(O, String)>) -> Result<O> {
        let started = Instant::now();
        let mut pulse = Pulse { progress: &mut *self.progress, step, before: self.done, total: self.total };
        pulse.at(0, 1)?;
        let (out, note) = work(&mut pulse)?;
        pulse.at(1, 1)?;
        let took = started.elapsed();
        self.done += step.parts();
        let (name, _) = step.names();
        (self.told)(&format!("{:>6} ms  {name}：{note}", took.as_millis()));
        self.summary.step(name, &note, took);
        Ok(out)
    }

    /// Compares a list with what must come out.
    pub(crate) fn compare(&mut self, list: &str, csv: &str) -> Result<()> {
        if let Some(expected) = &self.expected {
            let found: Comparison = compare(expected, list, csv)?;
            self.summary.list(found);
        }
        Ok(())
    }
}

/// Within a step.
pub(crate) struct Pulse<'p> {
    progress: &'p mut Progress<'p>,
    step: Step,
    before: usize,
    total: usize,
}

impl Pulse<'_> {
    /// `done` of `all` things of this step are done. Refused when somebody stops the work.
    pub(crate) fn at(&mut self, done: usize, all: usize) -> Result<()> {
        let (zh, en) = self.step.names();
        let parts = self.before + self.step.parts() * done / all.max(1);
        match (self.progress)(zh, en, parts, self.total) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(DeskFault::DemoStopped.into()),
        }
    }
}
