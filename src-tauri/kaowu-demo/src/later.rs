//! Before the day: the roster closed, too small units accepted, a withdrawal taken back. After the awards: the regional and
//! the national contest, and titles won twice.

use crate::hand::Step;
use crate::headquarters::{Headquarters, city};
use kaowu_core::facts::MemberResult;
use kaowu_core::identity::{IdNumber, ListId, UnitCode};
use kaowu_desk::{AnnouncementOf, Desk, NewResult, PaperKind, PaperOf, Result, TeamNaming, TeamRow, write_file};
use std::ops::ControlFlow;
use std::path::Path;

/// The city whose four the department names in this story: the composite No. 1 is among them, so the next-ranked joins.
const NAMED_CITY: &str = "320500";

fn regional() -> ListId {
    "regional".into()
}

fn national() -> ListId {
    "national".into()
}

impl Headquarters<'_, '_> {
    /// The day after rosters were due.
    pub(crate) fn close_roster(&mut self) -> Result<()> {
        let Self { desk, clock, hand, .. } = self;
        let city = city();
        hand.step(Step::Closing, |_| {
            clock.on(6, 16, 9);
            let below = desk.below_minimum(&city)?;
            for unit in &below {
                desk.accept_below(&clock.ctx("报名组长"), &city, &unit.unit, "窗口人员不足，经省厅同意按实有人数参赛")?;
            }
            // Somebody withdraws by mistake, and comes back.
            let first = desk.view().eligible(&city)?.into_keys().next();
            if let Some(id) = &first {
                desk.withdraw(&clock.ctx("报名组"), &city, id, "单位电话告知退出")?;
                desk.reinstate(&clock.ctx("报名组"), &city, id, "单位书面更正：电话有误，仍参赛")?;
            }
            desk.close_roster(&clock.ctx("报名组长"), &city, "")?;
            Ok(((), format!("{} 人；少于下限的单位 {} 个，已认可；退出 1 人，已撤回", desk.view().candidates(&city)?.len(), below.len())))
        })
    }

    /// Results of the regional contest, the people named for the national one, its results, and what follows from both.
    pub(crate) fn later_stages(&mut self) -> Result<()> {
        let Self { desk, clock, hand, .. } = self;
        hand.step(Step::Later, |_| {
            clock.on(9, 27, 10);
            let team = desk.view().team(&regional())?;
            let results = said(&team, &[(Some(2), "个人总分 95.5"), (Some(5), "个人总分 93"), (Some(9), ""), (None, "未上场")]);
            let document = "人社部函〔2020〕00号（演练）";
            let new = NewResult { place: 1, promoted: true, people: &results, document, reason: "" };
            desk.enter_team_result(&clock.ctx("行风办"), &regional(), &new)?;
            let best: Vec<IdNumber> = team.members.iter().take(2).map(|m| m.id.clone()).collect();
            let craftsmen = desk.honour_members(&clock.ctx("表彰处"), &regional(), &best, "苏人社发〔2020〕01号（演练）")?.len();

            clock.on(10, 20, 10);
            let unit = UnitCode::from(NAMED_CITY);
            let naming = TeamNaming { unit: &unit, people: &[], document: "苏人社函〔2020〕02号（演练）", reason: "" };
            desk.name_team(&clock.ctx("行风办"), &national(), &naming)?;
            clock.on(11, 9, 18);
            let team = desk.view().team(&national())?;
            let places = [(Some(2), "总分 97"), (Some(11), ""), (Some(17), ""), (Some(30), ""), (Some(3), "总分 96.5")];
            let results = said(&team, &places);
            let document = "人社部函〔2020〕03号（演练）";
            let new = NewResult { place: 2, promoted: false, people: &results, document, reason: "" };
            desk.enter_team_result(&clock.ctx("行风办"), &national(), &new)?;
            let medals = desk.honour_members(&clock.ctx("表彰处"), &national(), &[], "苏人社发〔2020〕04号（演练）")?.len();
            let twice = desk.view().titles()?.0.into_iter().filter(|t| t.grounds.len() > 1).count();
            let note = format!(
                "区域赛第 1 名晋级，技术能手 {craftsmen} 人；全国赛 {} 人，申报 {medals} 人；一人两项依据 {twice} 个称号",
                team.members.len()
            );
            Ok(((), note))
        })
    }

    /// What is printed of them: lists of both teams, the announcement of the awards, and certificates.
    pub(crate) fn print_later(&mut self, fonts: &Path) -> Result<()> {
        let Self { desk, clock, folders, hand, .. } = self;
        hand.step(Step::LaterPapers, |_| {
            let fonts = Desk::fonts(fonts)?;
            let stage = city();
            let none = kaowu_core::identity::PartId::default();
            let papers = [
                ("区域赛代表队名单.pdf", PaperKind::Team(regional())),
                ("全国赛代表队名单.pdf", PaperKind::Team(national())),
                ("获奖名单公示.pdf", PaperKind::Announcement(AnnouncementOf::Awards)),
                ("获奖名单.pdf", PaperKind::Awards),
            ];
            for (name, kind) in &papers {
                let of = PaperOf { kind, stage: &stage, part: &none, site: None, room: None };
                write_file(&folders.results.join(name), &desk.paper(&clock.ctx("表彰处"), &fonts, &of)?)?;
            }
            desk.announcement_workbook(&clock.ctx("表彰处"), AnnouncementOf::Awards, &stage, &folders.results.join("获奖名单公示.xlsx"))?;
            write_file(&folders.results.join("荣誉称号汇总.csv"), desk.title_table()?.csv().as_bytes())?;
            let go_on = &mut |_, _| ControlFlow::Continue(());
            let printed = desk.print_certificates(&clock.ctx("证书打印"), &fonts, None, &folders.results, go_on)?;
            let count: usize = printed.iter().map(|run| run.printed).sum();
            Ok(((), format!("{} 份 PDF，1 个工作簿，证书 {count} 张", papers.len())))
        })
    }
}

/// Results of a team's members in their order.
fn said(team: &TeamRow, results: &[(Option<u32>, &str)]) -> Vec<MemberResult> {
    let of = |(member, (place, result)): (&kaowu_desk::TeamMember, &(Option<u32>, &str))| MemberResult {
        id: member.id.clone(),
        role: String::new(),
        place: *place,
        result: (*result).to_owned(),
    };
    team.members.iter().zip(results).map(of).collect()
}
