//! Announcements for publication: who is entered, selected, honoured, as PDF and as a workbook. No ID number, no telephone.

use super::{AnnouncementOf, PaperOf};
use crate::error::{DeskFault, Result};
use crate::{Ctx, Desk, TitleRow, View};
use kaowu_core::facts::{Candidate, LateWhat, SeatFact};
use kaowu_core::identity::{CandidateNumber, IdNumber, StageId, UnitCode};
use kaowu_papers::Announcement;
use kaowu_papers::forms::{Announced, AnnouncedGroup, check_announcement};
use kaowu_sheets::{Column, Kind, OutSheet, write_workbook};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const OBJECTIONS: &str = "对名单有异议的，请在公示期内书面反映。";
const NAMESAKES: &str = "姓名相同的，以单位和准考证号区分。";

impl Desk {
    /// An announcement as a workbook of one sheet.
    pub fn announcement_workbook(&self, ctx: &Ctx, of: AnnouncementOf, stage: &StageId, out: &Path) -> Result<usize> {
        let view = self.view();
        let paper = view.announcement(ctx, of, stage)?;
        check_announcement(&paper)?;
        let (list, remark) = match of {
            AnnouncementOf::Roster => ("设区市", "备注"),
            AnnouncementOf::Selection => ("设区市", "入选方式"),
            AnnouncementOf::Awards => ("奖项", "依据"),
        };
        let columns = [(list, 30), ("序号", 8), ("准考证号", 18), ("姓名", 20), ("单位", 34), (remark, 30)];
        let kind = |header: &str| if header == "序号" { Kind::Count } else { Kind::Text };
        let row = |group: &AnnouncedGroup, n: usize, one: &Announced| {
            vec![group.title.clone(), n.to_string(), one.number.clone(), one.name.clone(), one.unit.clone(), one.remark.clone()]
        };
        let rows: Vec<Vec<String>> =
            paper.groups.iter().flat_map(|group| (1..).zip(&group.people).map(move |(n, one)| row(group, n, one))).collect();
        let count = rows.len();
        let sheet = OutSheet {
            name: "公示".to_owned(),
            title: format!("{}{}", view.drill_mark()?, paper.title),
            columns: columns.iter().map(|(header, width)| Column::new(header, *width, kind(header))).collect(),
            rows,
        };
        write_workbook(out, &[sheet])?;
        Ok(count)
    }
}

impl View<'_> {
    pub(super) fn announcements(&self, ctx: &Ctx, of: AnnouncementOf, paper: &PaperOf<'_>) -> Result<Vec<Announcement>> {
        Ok(vec![self.announcement(ctx, of, paper.stage)?])
    }

    fn announcement(&self, ctx: &Ctx, of: AnnouncementOf, stage: &StageId) -> Result<Announcement> {
        let paper = match of {
            AnnouncementOf::Roster => self.roster_announcement(stage)?,
            AnnouncementOf::Selection => self.selection_announcement(stage)?,
            AnnouncementOf::Awards => self.award_announcement()?,
        };
        if paper.groups.iter().all(|group| group.people.is_empty()) {
            return Err(DeskFault::AnnouncementEmpty.into());
        }
        Ok(Announcement { foot: self.foot(ctx, "", "", "")?, ..paper })
    }

    /// Everybody of a stage who may take part, city by city in the order of their rosters.
    fn roster_announcement(&self, stage: &StageId) -> Result<Announcement> {
        let name = &self.stage(stage)?.name;
        let (seats, late) = (self.seats(stage)?, self.late_entries(stage)?);
        let mut people: Vec<(IdNumber, Candidate)> = self.eligible(stage)?.into_map().into_iter().collect();
        people.sort_by(|a, b| (&a.1.source, a.1.row, &a.0).cmp(&(&b.1.source, b.1.row, &b.0)));
        let remark = |id: &IdNumber| match late.get(id).map(|l| l.what) {
            Some(LateWhat::Entered) => "补报",
            Some(LateWhat::Changed) => "截止后变更",
            None => "",
        };
        let mut groups: BTreeMap<UnitCode, AnnouncedGroup> = BTreeMap::new();
        let mut names: BTreeMap<(UnitCode, String), usize> = BTreeMap::new();
        for (id, person) in &people {
            let number = seats.get(id).map(|s: &SeatFact| &s.number);
            if number.is_none() {
                *names.entry((person.unit.clone(), person.name.clone())).or_default() += 1;
            }
            self.grouped(&mut groups, person).people.push(self.announced(number, person, remark(id).to_owned()));
        }
        let mut notes = vec![format!("{OBJECTIONS}{NAMESAKES}")];
        if people.iter().any(|(id, _)| !seats.contains_key(id)) {
            notes.push("准考证号空缺的，编排座次后公布。".to_owned());
        }
        let alike: Vec<String> =
            names.into_iter().filter(|(_, n)| *n > 1).map(|((unit, name), n)| format!("{} {name} {n} 人", self.full_name(&unit))).collect();
        if !alike.is_empty() {
            notes.push(format!("同一单位姓名相同，待准考证号公布后区分：{}。", alike.join("、")));
        }
        let open = self.open_suspects(stage)?.len();
        if open > 0 {
            notes.push(format!("其中 {open} 人参赛资格待核。"));
        }
        Ok(Announcement {
            title: format!("{name}参赛名单公示"), groups: groups.into_values().collect(), notes, ..Announcement::default()
        })
    }

    /// Who is selected now, under the candidate numbers by which they were.
    fn selection_announcement(&self, stage: &StageId) -> Result<Announcement> {
        let asked = self.selection_plan(stage).or_else(|| self.plan().selections.last());
        let plan = asked.ok_or_else(|| DeskFault::NoSelection { stage: stage.clone() })?;
        let chosen = self.selection(&plan.to)?.ok_or_else(|| DeskFault::NoSelection { stage: plan.to.clone() })?.people;
        let first: BTreeSet<&IdNumber> = chosen.iter().map(|s| &s.id).collect();
        let (seats, all) = (self.seats(&plan.by.stage)?, self.candidates(&plan.by.stage)?);
        let mut groups: BTreeMap<UnitCode, AnnouncedGroup> = BTreeMap::new();
        for place in self.selected_now(&plan.to)? {
            let Some(person) = all.get(&place.id) else { continue };
            let remark = if first.contains(&place.id) { place.rule } else { format!("{}（递补）", place.rule) };
            let announced = self.announced(seats.get(&place.id).map(|s| &s.number), person, remark);
            self.grouped(&mut groups, person).people.push(announced);
        }
        Ok(Announcement {
            title: format!("{}入选名单公示", self.stage(&plan.to)?.name),
            remark: "入选方式".to_owned(),
            groups: groups.into_values().collect(),
            notes: vec![format!("{OBJECTIONS}{NAMESAKES}"), format!("准考证号为{}的号码。", self.stage(&plan.by.stage)?.name)],
            ..Announcement::default()
        })
    }

    /// Titles with their grounds; whoever has one on two grounds stands there once.
    fn award_announcement(&self) -> Result<Announcement> {
        let (titles, _) = self.titles()?;
        let mut people: BTreeMap<IdNumber, (Option<CandidateNumber>, Candidate)> = BTreeMap::new();
        for stage in &self.plan().stages {
            let seats = self.seats(&stage.id)?;
            for (id, person) in self.candidates(&stage.id)?.iter() {
                let number = seats.get(id).map(|s| s.number.clone());
                let number = number.or_else(|| people.get(id).and_then(|(number, _)| number.clone()));
                people.insert(id.clone(), (number, person.clone()));
            }
        }
        let announced = |title: &TitleRow| {
            let remark = title.grounds.iter().map(|g| g.text.clone()).collect::<Vec<_>>().join("；");
            match people.get(&IdNumber::from(title.winner.as_str())) {
                Some((number, person)) => {
                    self.announced(number.as_ref(), &Candidate { name: title.name.clone(), ..person.clone() }, remark)
                }
                None => Announced { name: title.name.clone(), remark, ..Announced::default() },
            }
        };
        let mut groups = Vec::new();
        let mut seen = BTreeSet::new();
        for award in self.plan().awards.iter().filter(|award| seen.insert(award.title.clone())) {
            let winners: Vec<Announced> = titles.iter().filter(|t| t.title == award.title).map(announced).collect();
            if !winners.is_empty() {
                groups.push(AnnouncedGroup { title: award.title.clone(), people: winners });
            }
        }
        let mut notes = vec![format!("{OBJECTIONS}{NAMESAKES}")];
        if titles.iter().flat_map(|t| &t.grounds).any(|g| g.document.is_none()) {
            notes.push("部分奖项尚待核定，以正式文件为准。".to_owned());
        }
        Ok(Announcement { title: "获奖名单公示".to_owned(), remark: "依据".to_owned(), groups, notes, ..Announcement::default() })
    }

    fn announced(&self, number: Option<&CandidateNumber>, person: &Candidate, remark: String) -> Announced {
        Announced {
            number: number.map(ToString::to_string).unwrap_or_default(),
            name: person.name.clone(),
            unit: self.full_name(&person.unit),
            remark,
            person: true,
        }
    }

    /// The list of a person's outermost unit.
    fn grouped<'g>(&self, groups: &'g mut BTreeMap<UnitCode, AnnouncedGroup>, person: &Candidate) -> &'g mut AnnouncedGroup {
        let top = self.plan().top(&person.unit);
        let code = top.map(|u| u.code.clone()).unwrap_or_default();
        let title = || AnnouncedGroup { title: top.map(|u| u.name.clone()).unwrap_or_default(), people: vec![] };
        groups.entry(code).or_insert_with(title)
    }
}
