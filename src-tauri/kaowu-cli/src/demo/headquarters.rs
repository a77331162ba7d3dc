//! The play as headquarters sees it.

use super::clock::Clock;
use super::compare::compare;
use super::site::{Day, Venue};
use super::{Folders, Stagehand, unwritable};
use crate::verbs::plan_text;
use chrono::Duration;
use kaowu_core::facts::Verdict;
use kaowu_core::identity::{PartId, SiteCode, StageId};
use kaowu_core::journal::Mode;
use kaowu_core::words::Lang;
use kaowu_desk::{Desk, DeskFault, FindingKind, Issued, NewEvent, PaperKind, PaperOf, Result, write_file};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

pub(super) fn play(folders: &Folders, hand: &mut Stagehand<'_>, clock: &mut Clock) -> Result<()> {
    let (city, province) = (StageId::from("city"), StageId::from("province"));
    let (written, interview) = (PartId::from("written"), PartId::from("interview"));
    let expected = folders.data.join("expected");
    let mut hq = prepare(folders, hand, clock, &city)?;

    city_trial(folders, hand, clock, &mut hq, (&city, &written))?;

    hand.step("确认权重与入选", || {
        hq.confirm_weights(&clock.ctx("成绩处处长"), &province, &[], None, "")?;
        let rows = hq.select(&clock.ctx("成绩处处长"), &province)?;
        Ok(((), format!("30/30/40；入选 {} 人", rows.len())))
    })?;
    hand.summary.list(compare(&expected, "selected-179.csv", &hq.selected(&province)?.csv())?);

    hand.step("全省选拔赛座次", || {
        let draw = hq.draw_seats(&clock.ctx("考务处"), &province, "2020-07-20 福彩 3D 417")?.draw;
        Ok(((), format!("{} 人 {} 考场，相邻同县 {} 对，下限 {} 对", draw.people, draw.rooms, draw.pairs, draw.bound)))
    })?;
    let marks = folders.data.join("marks");
    for (part, file) in [(&written, "province-written.xlsx"), (&interview, "interview.xlsx")] {
        let issued = issue(&mut hq, folders, clock, (&province, part), &[SiteCode::from("3201-01")])?;
        let day = hand.step(&hq.view().part(&province, part)?.name.clone(), || {
            let venue = Venue {
                issued: &issued[0],
                folder: &folders.sites,
                stick: &folders.home_stick,
                first: marks.join(file),
                second: marks.join(file),
                clock: clock.clone(),
                incident: false,
            };
            let day = if part == &written { venue.written()? } else { venue.interview()? };
            let note = format!("到场 {}，缺考 {}，成绩 {} 条", day.admitted, day.absent, day.marks);
            Ok((day, note))
        })?;
        merge(&mut hq, hand, clock, &[day])?;
    }
    clock.at(hq.view().part(&province, &interview)?.start + Duration::hours(10));
    let standing = |id: &str| -> Result<String> { Ok(hq.standing_table(&id.into())?.csv()) };
    hand.summary.list(compare(&expected, "composite.csv", &standing("people")?)?);
    hand.summary.list(compare(&expected, "county-teams.csv", &standing("county")?)?);
    hand.summary.list(compare(&expected, "cities.csv", &standing("city")?)?);
    hand.summary.list(compare(&expected, "awards.csv", &hq.award_table()?.csv())?);
    hand.summary.list(compare(&expected, "regional.csv", &hq.delegation_table()?.csv())?);
    print(folders, hand, clock, &mut hq, (&province, &interview))?;
    hand.step("日志核验与重建", || {
        let health = hq.verify_journal()?;
        let (before, after) = hq.rebuild()?;
        let same = if before == after { "一致" } else { "不一致" };
        let backup = folders.hq.join("备份.kaowu-db");
        hq.backup(&backup)?;
        Ok(((), format!("{} 条日志，{} 处问题，{} 台设备；重建后{same}；已备份", health.entries, health.faults.len(), health.feeds.len())))
    })
}

/// From the plan to the seats of the city trial.
fn prepare(folders: &Folders, hand: &mut Stagehand<'_>, clock: &mut Clock, city: &StageId) -> Result<Desk> {
    let plan = plan_text("jiangsu-2020")?;
    let db = folders.hq.join("总部.kaowu-db");
    let mut hq = hand.step("新建活动", || {
        let hq = Desk::create(&db, &clock.ctx("考务处"), &NewEvent { plan: &plan, mode: Mode::Drill })?;
        let note = format!("{}，{} 个单位", hq.plan().event.title, hq.plan().units.len());
        Ok((hq, note))
    })?;
    hand.step("导入名单", || {
        let (mut taken, mut told) = (0, 0);
        let files = sorted(&folders.data.join("rosters"))?;
        for file in &files {
            let (preview, out) = hq.import_roster(&clock.ctx("报名组"), city, file, false)?;
            taken += out.taken;
            if !out.told.is_empty() {
                told += out.told.len();
                let name = file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
                preview.write_marked(file, &folders.hq.join(format!("{name}-问题.xlsx")), Lang::Zh)?;
            }
        }
        Ok(((), format!("{} 个文件，{taken} 人，提示 {told} 处，低于报名下限的单位 {} 个", files.len(), hq.below_minimum(city)?.len())))
    })?;
    let found = hand.step("资格核查", || {
        let list = hq.import_exclusions(&clock.ctx("报名组"), &folders.data.join("exclusions-2019.xlsx"))?;
        let found = findings_csv(&hq, city)?;
        let suspects: Vec<_> = hq.findings(city)?.into_iter().filter(|f| f.finding == FindingKind::Suspect).collect();
        for suspect in &suspects {
            hq.rule_suspect(&clock.ctx("报名组长"), city, &suspect.id, Verdict::Cleared, "经与所在单位核实，同名不同人")?;
        }
        let barred = hq.findings(city)?.into_iter().filter(|f| f.finding.bars()).count();
        Ok((found, format!("名单 {} 行；排除 {barred} 人，疑似 {} 人经核实放行", list.lines, suspects.len())))
    })?;
    hand.summary.list(compare(&folders.data.join("expected"), "eligibility.csv", &found)?);
    hand.step("设区市选拔赛座次", || {
        hq.import_rooms(&clock.ctx("考务处"), &folders.data.join("rooms.xlsx"))?;
        let draw = hq.draw_seats(&clock.ctx("考务处"), city, "2020-06-20 福彩 3D 906")?.draw;
        Ok(((), format!("{} 人 {} 考场，相邻同县 {} 对，下限 {} 对", draw.people, draw.rooms, draw.pairs, draw.bound)))
    })?;
    Ok(hq)
}

/// Thirteen venues on thirteen laptops, two at a time; their handovers merged in another order, and once more.
fn city_trial(folders: &Folders, hand: &mut Stagehand<'_>, clock: &mut Clock, hq: &mut Desk, of: (&StageId, &PartId)) -> Result<()> {
    let sites: Vec<SiteCode> = hq.view().sites(of.0, of.1)?.into_iter().map(|(site, _)| site).collect();
    let issued = hand.step("签发考点包", || {
        let issued = issue(hq, folders, clock, of, &sites)?;
        let note = format!("{} 个考点包，六词口令另行交付", issued.len());
        Ok((issued, note))
    })?;
    let marks = folders.data.join("marks");
    let mut days = hand.step("13 个考点考试当日", || {
        let venues: Vec<Venue<'_>> = issued
            .iter()
            .enumerate()
            .map(|(n, issued)| Venue {
                issued,
                folder: &folders.sites,
                stick: &folders.home_stick,
                first: marks.join("city-written.xlsx"),
                second: marks.join("city-written-second.xlsx"),
                clock: clock.clone(),
                incident: n == 0,
            })
            .collect();
        let half = venues.len().div_ceil(2);
        let days: Vec<Day> = std::thread::scope(|scope| {
            let teams: Vec<_> = venues
                .chunks(half.max(1))
                .map(|team| scope.spawn(move || team.iter().map(Venue::written).collect::<Result<Vec<_>>>()))
                .collect();
            teams.into_iter().map(|t| t.join().unwrap_or_else(|_| Err(DeskFault::NoEvent.into()))).collect::<Result<Vec<_>>>()
        })?
        .into_iter()
        .flatten()
        .collect();
        let sum = |f: fn(&Day) -> usize| days.iter().map(f).sum::<usize>();
        let note = format!(
            "{} 个考场，验证入场 {}，拒绝 {}，缺考 {}，成绩 {} 条，两遍不符并裁定 {} 条",
            sum(|d| d.rooms),
            sum(|d| d.admitted),
            sum(|d| d.refused),
            sum(|d| d.absent),
            days.iter().map(|d| d.marks).sum::<u32>(),
            sum(|d| d.decided)
        );
        Ok((days, note))
    })?;
    days.reverse();
    clock.at(hq.view().part(of.0, of.1)?.start + Duration::hours(30));
    merge(hq, hand, clock, &days)?;
    hand.step("违纪核定", || {
        let open: Vec<String> = hq.view().incidents()?.into_iter().filter(|(_, _, ruling)| ruling.is_none()).map(|(id, _, _)| id).collect();
        for incident in &open {
            hq.rule_incident(&clock.ctx("考务处处长"), incident, false, "监控显示手机存放在物品存放处，不属本条情形")?;
        }
        Ok(((), format!("{} 起，核实后不成立", open.len())))
    })
}

/// What a person opens afterwards: papers, workbooks, certificates.
fn print(folders: &Folders, hand: &mut Stagehand<'_>, clock: &mut Clock, hq: &mut Desk, of: (&StageId, &PartId)) -> Result<()> {
    let (city, written) = (StageId::from("city"), PartId::from("written"));
    let nanjing = SiteCode::from("3201-01");
    let people = |list: &str| PaperKind::Standings(list.into());
    let papers = [
        ("南京考点-座次表.pdf", PaperKind::SeatChart, &city, &written, Some(&nanjing)),
        ("南京考点-签到表.pdf", PaperKind::SignIn, &city, &written, Some(&nanjing)),
        ("南京考点-考场情况记录单.pdf", PaperKind::RoomRecord, &city, &written, Some(&nanjing)),
        ("设区市选拔赛-座位抽签单.pdf", PaperKind::DrawProof, &city, &written, None),
        ("全省选拔赛-座次表.pdf", PaperKind::SeatChart, of.0, &written, None),
        ("全省选拔赛-面试成绩汇总表.pdf", PaperKind::InterviewSummary, of.0, of.1, None),
        ("个人综合成绩公示.pdf", people("people"), of.0, of.1, None),
        ("县（市、区）代表队成绩公示.pdf", people("county"), of.0, of.1, None),
        ("设区市成绩公示.pdf", people("city"), of.0, of.1, None),
    ];
    hand.step("打印与工作簿", || {
        let fonts = Desk::fonts(&folders.fonts)?;
        for (name, kind, stage, part, site) in &papers {
            let bytes = hq.paper(&clock.ctx("考务处"), &fonts, &PaperOf { kind, stage, part, site: *site })?;
            write_file(&folders.results.join(name), &bytes)?;
        }
        let sheets = hq.results_workbook(&folders.results.join("成绩与获奖.xlsx"))?;
        Ok(((), format!("{} 份 PDF，1 个工作簿（{sheets} 张表）", papers.len())))
    })?;
    hand.step("证书", || {
        hq.confirm_awards(&clock.ctx("表彰处"), "苏人社发〔2020〕00号（演练）")?;
        let fonts = Desk::fonts(&folders.fonts)?;
        let printed =
            hq.print_certificates(&clock.ctx("证书打印"), &fonts, None, &folders.results, &mut |_, _| ControlFlow::Continue(()))?;
        let count: usize = printed.iter().map(|p| p.certificates).sum();
        Ok(((), format!("{} 个奖项 {count} 张", printed.len())))
    })
}

fn issue(hq: &mut Desk, folders: &Folders, clock: &mut Clock, of: (&StageId, &PartId), sites: &[SiteCode]) -> Result<Vec<Issued>> {
    let mut issued = Vec::new();
    for site in sites {
        issued.push(hq.issue_packet(&clock.ctx("考务处"), of.0, of.1, site, &folders.out_stick)?);
    }
    // In the real event the slips go by another way than the stick; here they lie beside the database.
    let slips: String = issued.iter().map(|i| format!("{}  {}  {}\n", i.post, i.site_name, i.words)).collect();
    let path = folders.hq.join(format!("口令条-{}-{}.txt", of.0, of.1));
    std::fs::write(&path, slips).map_err(|e| unwritable(&path, &e))?;
    Ok(issued)
}

fn merge(hq: &mut Desk, hand: &mut Stagehand<'_>, clock: &mut Clock, days: &[Day]) -> Result<()> {
    hand.step("合并交接包", || {
        let files: Vec<&Path> = days.iter().filter_map(|d| d.handed.as_ref().map(|h| h.path.as_path())).collect();
        let mut added = 0;
        for file in &files {
            added += hq.merge_handover(&clock.ctx("成绩处"), file)?.report.added;
        }
        let before = hq.fingerprint()?;
        let mut again = 0;
        for file in files.iter().rev() {
            again += hq.merge_handover(&clock.ctx("成绩处"), file)?.report.added;
        }
        let same = again == 0 && before == hq.fingerprint()?;
        Ok(((), format!("{} 个包，{added} 条日志；逆序再合并一遍：{}", files.len(), if same { "无变化" } else { "有变化" })))
    })?;
    hand.step("回执", || {
        let mut agree = 0;
        for day in days {
            let Some(handed) = &day.handed else { continue };
            let site = Desk::open(&day.db)?;
            let post = handed.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            let post = post.rsplitn(3, '.').last().unwrap_or_default().to_owned();
            let folder = handed.path.parent().map_or_else(PathBuf::new, |p| p.with_file_name("下发"));
            let receipt = hq.write_receipt(&clock.ctx("成绩处"), &post, &folder)?;
            let read = site.read_receipt(&receipt)?;
            agree += usize::from(read.check_code == handed.check_code && read.not_yet == 0);
        }
        Ok(((), format!("{agree} 份，核对码与考点一致")))
    })
}

fn findings_csv(hq: &Desk, stage: &StageId) -> Result<String> {
    let rows = hq.findings(stage)?;
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
