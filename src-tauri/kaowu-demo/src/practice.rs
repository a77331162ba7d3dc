//! The practice year: invented exports imported, ties resolved by lots, the year's best and the prize decided.

use crate::clock::Clock;
use crate::folders::unwritable;
use crate::hand::Step;
use crate::headquarters::Headquarters;
use crate::invent::{Invention, invent_practice};
use kaowu_core::facts::TieHow;
use kaowu_core::identity::UnitCode;
use kaowu_core::practice::PracticeKind;
use kaowu_desk::{Desk, PracticeQuery, Result, write_file};
use std::ops::ControlFlow;
use std::path::Path;

/// Small: the whole year of 120 people, four weeks of scores, two people whose ID numbers the score exports lack.
const SMALL: Invention = Invention { people: 120, days: 366, weeks: 4, unnamed: 2 };
const DOCUMENT: &str = "苏人社发〔2021〕00号（演练）";

impl Headquarters<'_, '_> {
    /// Imports a small invented year; the suspects are left to be decided.
    pub(crate) fn practise(&mut self) -> Result<()> {
        let Self { desk, clock, folders, hand, .. } = self;
        hand.step(Step::Practice, |pulse| {
            let invented = invent_practice(desk.plan(), &folders.hq.join("练兵平台导出"), &SMALL, &mut |_| {})?;
            clock.on(12, 31, 18);
            let mut people = 0;
            for (n, (kind, file)) in invented.files.iter().enumerate() {
                pulse.at(n, invented.files.len())?;
                let go_on = &mut |_, _| ControlFlow::Continue(());
                people = people.max(desk.import_practice(&clock.ctx("行风办"), *kind, None, file, false, go_on)?.people);
            }
            let mut ties = 0;
            while let Some(tie) = desk.held_ties()?.into_iter().find(|tie| tie.question.starts_with("practice/")) {
                let by = ["监督员".into(), "记录员".into()];
                desk.resolve_tie(&clock.ctx("行风办"), &tie.id, &tie.tied, TieHow::Lots, &by, "演练：现场抽签记录")?;
                ties += 1;
            }
            Ok(((), format!("{} 个文件，{} 行，{people} 人；并列 {ties} 处抽签", invented.files.len(), invented.rows)))
        })
    }

    /// Decides the suspects, where the year itself is left to whoever learns.
    pub(crate) fn match_practice(&mut self) -> Result<()> {
        decide_suspects(&mut self.desk, &mut self.clock).map(|_| ())
    }

    /// Decides the suspects, the year's best and the prize; lists and honours into the results.
    pub(crate) fn honour_practice(&mut self, fonts: &Path) -> Result<()> {
        let Self { desk, clock, folders, hand, .. } = self;
        hand.step(Step::PracticeHonours, |_| {
            let decided = decide_suspects(desk, clock)?;
            let best = desk.confirm_practice_year(&clock.ctx("行风办"), DOCUMENT)?.len();
            let cities: Vec<UnitCode> = desk.plan().units_of(&"city".into()).take(6).map(|u| u.code.clone()).collect();
            desk.decide_practice_prize(&clock.ctx("行风办"), &cities, DOCUMENT)?;
            let folder = folders.results.join("练兵");
            std::fs::create_dir_all(&folder).map_err(|e| unwritable(&folder, &e))?;
            let sheets = desk.practice_workbook(&folder.join("日日学周周练月月比.xlsx"))?;
            let fonts = Desk::fonts(fonts)?;
            let lists = [
                ("日日学之星", PracticeQuery::Daily),
                ("周周练达人", PracticeQuery::Weekly(None)),
                ("月月比优胜者", PracticeQuery::Monthly(None)),
                ("月月比年度前十名", PracticeQuery::Year),
                ("参与情况-设区市", PracticeQuery::Participation("city".into())),
                ("参与情况-县（市、区）", PracticeQuery::Participation("county".into())),
            ];
            for (name, query) in &lists {
                write_file(&folder.join(format!("{name}.csv")), desk.practice_list(query)?.table.csv().as_bytes())?;
            }
            for (name, query) in lists.iter().take(5) {
                write_file(&folder.join(format!("{name}.pdf")), &desk.practice_paper(&clock.ctx("行风办"), &fonts, query)?)?;
            }
            let files = desk.view().practice_files()?.iter().filter(|(kind, _, _)| *kind == PracticeKind::Daily).count();
            Ok((
                (),
                format!(
                    "待核 {} 人已指明；年度前 {best} 名、优秀组织奖 {} 市；{sheets} 张表，5 份 PDF；登录文件 {files} 个",
                    decided,
                    cities.len()
                ),
            ))
        })
    }
}

/// Says of each name without ID number who it is; how many there were.
fn decide_suspects(desk: &mut Desk, clock: &mut Clock) -> Result<usize> {
    let suspects = desk.practice_suspects()?;
    for suspect in suspects.iter().filter(|s| s.decided.is_none()) {
        let is = suspect.may_be.first().filter(|_| suspect.may_be.len() == 1);
        desk.match_practice(&clock.ctx("行风办"), &suspect.unit, &suspect.name, is, "经与所在单位核实")?;
    }
    // With somebody more a place may be level that was not.
    while let Some(tie) = desk.held_ties()?.into_iter().find(|tie| tie.question.starts_with("practice/")) {
        desk.resolve_tie(&clock.ctx("行风办"), &tie.id, &tie.tied, TieHow::Lots, &["监督员".into()], "演练：现场抽签记录")?;
    }
    Ok(suspects.len())
}
