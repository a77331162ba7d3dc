//! What headquarters does before and after the days at the sites.

use crate::clock::Clock;
use crate::folders::{Folders, unwritable};
use crate::hand::{Hand, Step};
use crate::venue::Day;
use kaowu_core::facts::Verdict;
use kaowu_core::identity::{PartId, SiteCode, StageId};
use kaowu_core::journal::Mode;
use kaowu_core::plan::bundled;
use kaowu_core::words::Lang;
use kaowu_desk::{Desk, DeskFault, FindingKind, Issued, NewEvent, Result};
use std::path::{Path, PathBuf};

const PLAN: &str = "jiangsu-2020";

pub(crate) fn city() -> StageId {
    "city".into()
}

pub(crate) fn province() -> StageId {
    "province".into()
}

pub(crate) fn written() -> PartId {
    "written".into()
}

pub(crate) fn interview() -> PartId {
    "interview".into()
}

pub(crate) fn nanjing() -> SiteCode {
    "3201-01".into()
}

/// Headquarters' laptop.
pub(crate) struct Headquarters<'a, 'h> {
    pub(crate) desk: Desk,
    pub(crate) clock: Clock,
    pub(crate) folders: &'a Folders,
    pub(crate) hand: &'a mut Hand<'h>,
    /// Packets of the city trial with their words, for the slips.
    pub(crate) issued: Vec<Issued>,
}

impl<'a, 'h> Headquarters<'a, 'h> {
    /// A new event.
    pub(crate) fn found(folders: &'a Folders, hand: &'a mut Hand<'h>) -> Result<Self> {
        let known = || vec![PLAN.to_owned()];
        let plan = bundled(PLAN).ok_or_else(|| DeskFault::NoSuchPlan { plan: PLAN.to_owned(), known: known() })?;
        let mut clock = Clock::new();
        let desk = hand.step(Step::Found, |_| {
            let desk = Desk::create(&folders.hq.join("总部.kaowu-db"), &clock.ctx("考务处"), &NewEvent { plan, mode: Mode::Drill })?;
            let note = format!("{}，{} 个单位", desk.plan().event.title, desk.plan().units.len());
            Ok((desk, note))
        })?;
        Ok(Self { desk, clock, folders, hand, issued: vec![] })
    }

    /// From the rosters to the seats of the city trial.
    pub(crate) fn seat_city(&mut self) -> Result<()> {
        let Self { desk, clock, folders, hand, .. } = self;
        let city = city();
        hand.step(Step::Rosters, |pulse| {
            let (mut taken, mut told) = (0, 0);
            let files = sorted(&folders.data.join("rosters"))?;
            for (n, file) in files.iter().enumerate() {
                pulse.at(n, files.len())?;
                let (preview, out) = desk.import_roster(&clock.ctx("报名组"), &city, file, false)?;
                taken += out.taken;
                if !out.told.is_empty() {
                    told += out.told.len();
                    let name = file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
                    preview.write_marked(file, &folders.hq.join(format!("{name}-问题.xlsx")), Lang::Zh)?;
                }
            }
            let below = desk.below_minimum(&city)?.len();
            Ok(((), format!("{} 个文件，{taken} 人，提示 {told} 处，低于报名下限的单位 {below} 个", files.len())))
        })?;
        let found = hand.step(Step::Eligibility, |_| {
            let list = desk.import_exclusions(&clock.ctx("报名组"), &folders.data.join("exclusions-2019.xlsx"))?;
            let found = findings_csv(desk, &city)?;
            let suspects: Vec<_> = desk.findings(&city)?.into_iter().filter(|f| f.finding == FindingKind::Suspect).collect();
            for suspect in &suspects {
                desk.rule_suspect(&clock.ctx("报名组长"), &city, &suspect.id, Verdict::Cleared, "经与所在单位核实，同名不同人")?;
            }
            let barred = desk.findings(&city)?.into_iter().filter(|f| f.finding.bars()).count();
            Ok((found, format!("名单 {} 行；排除 {barred} 人，疑似 {} 人经核实放行", list.lines, suspects.len())))
        })?;
        hand.compare("eligibility.csv", &found)?;
        self.close_roster()?;
        let Self { desk, clock, folders, hand, .. } = self;
        hand.step(Step::CitySeats, |_| {
            desk.import_rooms(&clock.on(6, 20, 22).ctx("考务处"), &folders.data.join("rooms.xlsx"))?;
            Ok(((), draw(desk, clock, &city, "2020-06-20 福彩 3D 906")?))
        })
    }

    /// Issues packets as a step of its own.
    pub(crate) fn issue(&mut self, step: Step, of: (&StageId, &PartId), sites: &[SiteCode]) -> Result<Vec<Issued>> {
        let Self { desk, clock, folders, hand, .. } = self;
        hand.step(step, |pulse| {
            let issued = issue(desk, clock, folders, of, sites, &mut |n| pulse.at(n, sites.len()))?;
            let note = format!("{} 个考点包，六词口令另行交付", issued.len());
            Ok((issued, note))
        })
        .inspect(|issued| self.issued.clone_from(issued))
    }

    /// Merges the handovers, once more in another order, and returns receipts.
    pub(crate) fn merge(&mut self, days: &[Day]) -> Result<()> {
        let Self { desk, clock, hand, .. } = self;
        hand.step(Step::Merge, |pulse| {
            let files: Vec<&Path> = days.iter().filter_map(|d| d.handed.as_ref().map(|h| h.path.as_path())).collect();
            let mut added = 0;
            for (n, file) in files.iter().enumerate() {
                pulse.at(n, 2 * files.len())?;
                added += desk.merge_handover(&clock.ctx("成绩处"), file)?.report.added;
            }
            let before = desk.fingerprint()?;
            let mut again = 0;
            for (n, file) in files.iter().rev().enumerate() {
                pulse.at(files.len() + n, 2 * files.len())?;
                again += desk.merge_handover(&clock.ctx("成绩处"), file)?.report.added;
            }
            let same = again == 0 && before == desk.fingerprint()?;
            let same = if same { "无变化" } else { "有变化" };
            Ok(((), format!("{} 个包，{added} 条日志；逆序再合并一遍：{same}", files.len())))
        })?;
        hand.step(Step::Receipts, |_| {
            let mut agree = 0;
            for day in days {
                let Some(handed) = &day.handed else { continue };
                let mut site = Desk::open(&day.db)?;
                let post = handed.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
                let post = post.rsplitn(3, '.').last().unwrap_or_default().to_owned();
                let folder = handed.path.parent().map_or_else(PathBuf::new, |p| p.with_file_name("下发"));
                let receipt = desk.write_receipt(&clock.ctx("成绩处"), &post, &folder)?;
                let read = site.take_receipt(&clock.ctx("考点负责人"), &receipt)?;
                agree += usize::from(read.check_code == handed.check_code && read.not_yet == 0);
            }
            Ok(((), format!("{agree} 份，核对码与考点一致")))
        })
    }

    /// Rules on what the invigilators reported.
    pub(crate) fn rule_incidents(&mut self) -> Result<()> {
        let Self { desk, clock, hand, .. } = self;
        hand.step(Step::Rulings, |_| {
            let open: Vec<String> =
                desk.view().incidents()?.into_iter().filter(|(_, _, ruling)| ruling.is_none()).map(|(id, _, _)| id).collect();
            for incident in &open {
                desk.rule_incident(&clock.ctx("考务处处长"), incident, false, "监控显示手机存放在物品存放处，不属本条情形")?;
            }
            Ok(((), format!("{} 起，核实后不成立", open.len())))
        })
    }

    /// Confirms the weights and selects for the province.
    pub(crate) fn select(&mut self) -> Result<()> {
        let Self { desk, clock, hand, .. } = self;
        let province = province();
        hand.step(Step::Select, |_| {
            desk.confirm_weights(&clock.ctx("成绩处处长"), &province, &[], Some("监督员".into()), "厅务会确定")?;
            let rows = desk.select(&clock.ctx("成绩处处长"), &province)?;
            Ok(((), format!("30/30/40；入选 {} 人", rows.len())))
        })?;
        hand.compare("selected-179.csv", &desk.selected(&province)?.csv())
    }

    /// Draws the seats of the province.
    pub(crate) fn seat_province(&mut self) -> Result<()> {
        let Self { desk, clock, hand, .. } = self;
        hand.step(Step::ProvinceSeats, |_| Ok(((), draw(desk, clock.on(7, 20, 22), &province(), "2020-07-20 福彩 3D 417")?)))
    }

    /// Confirms every award.
    pub(crate) fn confirm_awards(&mut self) -> Result<()> {
        let Self { desk, clock, hand, .. } = self;
        hand.step(Step::Awards, |_| {
            let rows = confirm(desk, clock)?;
            Ok(((), format!("{rows} 个获奖者")))
        })
    }
}

/// Issues the packets of some sites. In the real event the slips with the words go by another way than the stick; here
/// they lie beside the database.
pub(crate) fn issue(
    desk: &mut Desk,
    clock: &mut Clock,
    folders: &Folders,
    of: (&StageId, &PartId),
    sites: &[SiteCode],
    before: &mut dyn FnMut(usize) -> Result<()>,
) -> Result<Vec<Issued>> {
    let mut issued = Vec::new();
    for (n, site) in sites.iter().enumerate() {
        before(n)?;
        issued.push(desk.issue_packet(&clock.ctx("考务处"), of.0, of.1, site, &folders.out_stick)?);
    }
    let slips: String = issued.iter().map(|i| format!("{}  {}  {}\n", i.post, i.site_name, i.words)).collect();
    let path = folders.hq.join(format!("口令条-{}-{}.txt", of.0, of.1));
    std::fs::write(&path, slips).map_err(|e| unwritable(&path, &e))?;
    Ok(issued)
}

/// Confirms every award with one document; how many winners there are.
pub(crate) fn confirm(desk: &mut Desk, clock: &mut Clock) -> Result<usize> {
    Ok(desk.confirm_awards(&clock.ctx("表彰处"), &[], "苏人社发〔2020〕00号（演练）")?.len())
}

fn draw(desk: &mut Desk, clock: &mut Clock, stage: &StageId, seed: &str) -> Result<String> {
    let draw = desk.draw_seats(&clock.ctx("考务处"), stage, seed)?.draw;
    Ok(format!("{} 人 {} 考场，相邻同县 {} 对，下限 {} 对", draw.people, draw.rooms, draw.pairs, draw.bound))
}

fn findings_csv(desk: &Desk, stage: &StageId) -> Result<String> {
    let rows = desk.findings(stage)?;
    let word = |f: FindingKind| serde_json::to_value(f).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
    Ok(std::iter::once("id,name,city,finding\n".to_owned())
        .chain(rows.iter().map(|f| format!("{},{},{},{}\n", f.id, f.name, f.city, word(f.finding))))
        .collect())
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>> {
    let read =
        std::fs::read_dir(folder).map_err(|e| DeskFault::FileUnreadable { file: folder.display().to_string(), detail: e.to_string() })?;
    let mut files: Vec<PathBuf> = read.filter_map(|entry| entry.ok().map(|e| e.path())).collect();
    files.sort();
    Ok(files)
}
