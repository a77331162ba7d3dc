//! The whole event in a fresh folder, everything compared with what must come out (`expected/`).

use crate::folders::{Folders, unwritable};
use crate::hand::{Hand, Step};
use crate::headquarters::{Headquarters, city, confirm, interview, nanjing, province, written};
use crate::summary::StepRow;
use crate::write_data;
use kaowu_core::identity::SiteCode;
use kaowu_desk::{AnnouncementOf, ArchiveDoor, Desk, DeskFault, KeyKind, PaperKind, PaperOf, Result, write_file};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What a play is given.
pub struct Play<'a> {
    /// A folder that is empty or not there yet.
    pub out: &'a Path,
    /// The event's files; those in the program where none are named.
    pub data: Option<&'a Path>,
    /// The folder of the fonts.
    pub fonts: &'a Path,
}

/// What came of it.
pub struct Played {
    /// The summary, as it stands in the folder.
    pub text: String,
    /// The steps.
    pub steps: Vec<StepRow>,
    /// Lists that differ from what must come out.
    pub differing: Vec<String>,
    /// Whether every list is as it must be.
    pub agrees: bool,
}

/// Plays the event from the rosters to the certificates. `told` hears a line after each step.
pub fn play(what: &Play<'_>, told: &mut dyn FnMut(&str)) -> Result<Played> {
    let started = Instant::now();
    let own;
    let data = match what.data {
        Some(data) => data,
        None => {
            own = tempfile::tempdir().map_err(|e| unwritable(&std::env::temp_dir(), &e))?;
            write_data(own.path())?;
            own.path()
        }
    };
    if !data.join("rosters").is_dir() {
        return Err(DeskFault::FileUnreadable { file: data.display().to_string(), detail: "rosters/".to_owned() }.into());
    }
    let folders = Folders::make(what.out, data)?;
    let silent = &mut |_: &str, _: &str, _, _| ControlFlow::Continue(());
    let mut hand = Hand::new(silent, told, Some(data.join("expected")), &[]);
    let mut hq = Headquarters::found(&folders, &mut hand)?;
    hq.seat_city()?;
    hq.staff_city()?;
    hq.city_trial()?;
    hq.select()?;
    hq.seat_province()?;
    hq.staff_province()?;
    hq.province_trial()?;
    hq.compare_results()?;
    hq.print(what.fonts)?;
    hq.later_stages()?;
    hq.print_later(what.fonts)?;
    hq.practise()?;
    hq.honour_practice(what.fonts)?;
    hq.check_journal()?;
    hq.archive(what.fonts)?;
    let summary = hand.summary;
    let text = summary.text(&folders, started.elapsed());
    let path = what.out.join("总结.md");
    std::fs::write(&path, &text).map_err(|e| unwritable(&path, &e))?;
    Ok(Played { text, agrees: summary.agrees(), differing: summary.differing(), steps: summary.into_rows() })
}

impl Headquarters<'_, '_> {
    /// What a person opens afterwards: papers, workbooks, certificates.
    fn print(&mut self, fonts: &Path) -> Result<()> {
        let Self { desk, clock, folders, hand, issued } = self;
        let (city, province, written, interview) = (city(), province(), written(), interview());
        let nanjing: Option<&SiteCode> = Some(&nanjing());
        let people = |list: &str| PaperKind::Standings(list.into());
        let papers = [
            ("设区市选拔赛-座位抽签单.pdf", PaperKind::DrawProof, &city, &written),
            ("设区市选拔赛-交接回执.pdf", PaperKind::Receipts, &city, &written),
            ("设区市选拔赛-工作证.pdf", PaperKind::DutyCards, &city, &written),
            ("设区市选拔赛-考务人员安排表.pdf", PaperKind::DutyRoster, &city, &written),
            ("全省选拔赛面试-考务人员安排表.pdf", PaperKind::DutyRoster, &province, &interview),
            ("个人综合成绩公示.pdf", people("people"), &province, &interview),
            ("县（市、区）代表队成绩公示.pdf", people("county"), &province, &interview),
            ("设区市成绩公示.pdf", people("city"), &province, &interview),
            ("参赛名单公示.pdf", PaperKind::Announcement(AnnouncementOf::Roster), &city, &written),
            ("入选名单公示.pdf", PaperKind::Announcement(AnnouncementOf::Selection), &province, &interview),
        ];
        // Every paper of a part, as one command writes them.
        let parts = [
            ("南京考点-设区市选拔赛笔试", &city, &written, nanjing),
            ("全省选拔赛笔试", &province, &written, None),
            ("全省选拔赛面试", &province, &interview, None),
        ];
        hand.step(Step::Papers, |_| {
            let fonts = Desk::fonts(fonts)?;
            let ctx = clock.ctx("考务处");
            let mut files = papers.len() + 1;
            for (name, kind, stage, part) in &papers {
                let bytes = desk.paper(&ctx, &fonts, &PaperOf { kind, stage, part, site: None, room: None })?;
                write_file(&folders.results.join(name), &bytes)?;
            }
            for (name, stage, part, site) in parts {
                let of = PaperOf { kind: &PaperKind::SignIn, stage, part, site, room: None };
                files += desk.papers_of_part(&ctx, &fonts, &of, &folders.results.join(name))?.len();
            }
            write_file(&folders.results.join("设区市选拔赛-口令条.pdf"), &desk.passphrase_slips(&ctx, &fonts, issued)?)?;
            for (of, stage, name) in
                [(AnnouncementOf::Roster, &city, "参赛名单公示"), (AnnouncementOf::Selection, &province, "入选名单公示")]
            {
                desk.announcement_workbook(&ctx, of, stage, &folders.results.join(format!("{name}.xlsx")))?;
            }
            let sheets = desk.results_workbook(&folders.results.join("成绩与获奖.xlsx"))?;
            Ok(((), format!("{files} 份 PDF，3 个工作簿（成绩与获奖 {sheets} 张表）")))
        })?;
        hand.step(Step::Certificates, |_| {
            confirm(desk, clock)?;
            let fonts = Desk::fonts(fonts)?;
            let list = PaperOf { kind: &PaperKind::Awards, stage: &province, part: &interview, site: None, room: None };
            write_file(&folders.results.join("获奖名单.pdf"), &desk.paper(&clock.ctx("表彰处"), &fonts, &list)?)?;
            let go_on = &mut |_, _| ControlFlow::Continue(());
            let printed = desk.print_certificates(&clock.ctx("证书打印"), &fonts, None, &folders.results, go_on)?;
            let count: usize = printed.iter().map(|run| run.printed).sum();
            Ok(((), format!("{} 个奖项 {count} 张", printed.len())))
        })
    }

    /// The closing report, and the archive with a look at what opens from it.
    fn archive(&mut self, fonts: &Path) -> Result<()> {
        let Self { desk, clock, folders, hand, .. } = self;
        let (province, interview) = (province(), interview());
        hand.step(Step::Archive, |_| {
            let fonts = Desk::fonts(fonts)?;
            let of = PaperOf { kind: &PaperKind::ClosingReport, stage: &province, part: &interview, site: None, room: None };
            write_file(&folders.results.join("总结报告.pdf"), &desk.paper(&clock.ctx("考务处"), &fonts, &of)?)?;
            // In the real event the slip with the words is kept elsewhere; here it lies beside the key.
            let words = Desk::new_words();
            let saved = desk.save_key(&clock.ctx("档案员"), KeyKind::Archive, &folders.hq, &words)?;
            write_file(&folders.hq.join("口令条-档案密钥.txt"), words.as_bytes())?;
            let secret = Desk::archive_opener(&saved.path, || Ok(words))?;
            let made = desk.make_archive(&clock.ctx("档案员"), &fonts, &folders.results)?;
            let db = folders.hq.join("档案查阅.kaowu-db");
            let (opened, told) = Desk::open_archive(&db, &made.path, &secret, None, ArchiveDoor::AsEvent)?;
            let mut same = opened.fingerprint()? == desk.fingerprint()?;
            for standing in &desk.plan().standings {
                same &= opened.standing_table(&standing.id)? == desk.standing_table(&standing.id)?;
            }
            let same = if same { "一致" } else { "不一致" };
            Ok(((), format!("{} 个文件，{} 条日志；打开后只读，重算的排名{same}", told.files, told.entries)))
        })
    }

    fn check_journal(&mut self) -> Result<()> {
        let Self { desk, folders, hand, .. } = self;
        hand.step(Step::Journal, |_| {
            let health = desk.verify_journal()?;
            let (before, after) = desk.rebuild()?;
            let same = if before == after { "一致" } else { "不一致" };
            let backup: PathBuf = folders.hq.join("备份.kaowu-db");
            desk.backup(&backup)?;
            let (entries, faults, feeds) = (health.entries, health.faults.len(), health.feeds.len());
            Ok(((), format!("{entries} 条日志，{faults} 处问题，{feeds} 台设备；重建后{same}；已备份")))
        })
    }
}
