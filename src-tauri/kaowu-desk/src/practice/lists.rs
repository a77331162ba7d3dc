//! The honours and the figures as lists.

use super::leaders::Among;
use crate::error::{DeskFault, Result};
use crate::results::ResultsTable;
use crate::screen::Both;
use crate::{Desk, View};
use chrono::NaiveDate;
use kaowu_core::facts::{LoginBlock, ScoreBlock};
use kaowu_core::identity::{TierId, UnitCode};
use kaowu_core::practice::{
    Claim, Month, People, Person, PracticeKind, PracticeRefusal, Suspect, Tally, contest_days, daily, day_in, month_of, suspects, tally,
    week_of,
};
use kaowu_core::standing::HeldTie;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Which list of practice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PracticeQuery {
    /// 日日学之星.
    Daily,
    /// 周周练达人 of a week, named by any of its days; none: of every week there is.
    Weekly(Option<String>),
    /// 月月比 of a month; none: of every month there is.
    Monthly(Option<String>),
    /// The year's best.
    Year,
    /// Participation by units of a tier.
    Participation(TierId),
}

/// A list, and what keeps it from being final.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PracticeList {
    /// The list.
    pub table: ResultsTable,
    /// Its title in English.
    pub title_en: String,
    /// Ties over its last place.
    pub held: Vec<HeldTie>,
    /// Days or months no export speaks of.
    pub lacks: Vec<String>,
    /// Names with units of people for whom exports differ: they have no place before that is mended.
    pub differing: Vec<Both>,
    /// Names without ID number that wait for a decision.
    pub waiting: usize,
    /// People in it, or considered for it.
    pub people: usize,
}

impl Desk {
    /// A list of practice as it stands now.
    pub fn practice_list(&self, query: &PracticeQuery) -> Result<PracticeList> {
        let view = self.view();
        let waiting = view.practice_waiting()?;
        let list = match query {
            PracticeQuery::Daily => view.daily_list()?,
            PracticeQuery::Weekly(Some(week)) => {
                let monday = view.week_named(week)?;
                view.best_list(PracticeKind::Weekly, view.week_leaders(monday)?.into_iter().collect())?
            }
            PracticeQuery::Monthly(Some(month)) => {
                let first = view.month_named(month)?;
                view.best_list(PracticeKind::Monthly, view.month_leaders(first)?.into_iter().collect())?
            }
            PracticeQuery::Weekly(None) => self.every(PracticeKind::Weekly)?,
            PracticeQuery::Monthly(None) => self.every(PracticeKind::Monthly)?,
            PracticeQuery::Year => view.year_list()?,
            PracticeQuery::Participation(tier) => view.participation_list(tier)?,
        };
        Ok(PracticeList { waiting, ..list })
    }

    fn every(&self, kind: PracticeKind) -> Result<PracticeList> {
        let prefix = format!("practice/{}/", kind.word());
        self.with_leaders(|leaders| {
            let of_kind = leaders.lists.iter().filter(|among| among.question.starts_with(&prefix)).cloned();
            self.view().best_list(kind, of_kind.collect())
        })
    }
}

/// Cells by column, with their headers.
fn table(title: &str, columns: &[(&str, &str)], rows: Vec<Vec<String>>) -> ResultsTable {
    let (columns, headers) = columns.iter().map(|(c, h)| ((*c).to_owned(), (*h).to_owned())).unzip();
    ResultsTable { title: title.to_owned(), columns, headers, rows }
}

/// What a list is before anything is said against it.
fn plain(table: ResultsTable, people: usize) -> PracticeList {
    PracticeList { title_en: String::new(), table, held: vec![], lacks: vec![], differing: vec![], waiting: 0, people }
}

/// An ID number, or nothing for somebody without.
fn id_in(who: &str) -> String {
    if who.contains(' ') { String::new() } else { who.to_owned() }
}

impl View<'_> {
    /// Names without ID number in any export.
    fn practice_claims(&self) -> Result<BTreeSet<Claim>> {
        Ok(self.practice_files()?.into_iter().flat_map(|(_, _, held)| held.value.unnamed).collect())
    }

    /// Names without ID number that nobody has decided.
    pub(crate) fn practice_waiting(&self) -> Result<usize> {
        let matches = self.practice_matches()?;
        Ok(self.practice_claims()?.iter().filter(|claim| !matches.contains_key(*claim)).count())
    }

    /// Every name without ID number, and whom it may mean.
    pub(crate) fn practice_suspects(&self) -> Result<Vec<Suspect>> {
        let claims = self.practice_claims()?;
        if claims.is_empty() {
            return Ok(Vec::new());
        }
        let matches = self.practice_matches()?;
        let (logins, scores) = (self.under::<LoginBlock>("")?, self.under::<ScoreBlock>("")?);
        // A claim is of one unit: rows of all others are not even read.
        let units: BTreeSet<&UnitCode> = claims.iter().map(|(unit, _)| unit).collect();
        let of_logins = logins
            .iter()
            .filter(|((_, unit), _)| units.contains(unit))
            .flat_map(|((_, unit), held)| held.value.rows.rows().map(move |r| (unit, r.id, r.name)));
        let of_scores = scores
            .iter()
            .filter(|((_, _, _, unit), _)| units.contains(unit))
            .flat_map(|((_, _, _, unit), held)| held.value.0.rows().map(move |r| (unit, r.id, r.name)));
        let mut entered = Vec::new();
        for stage in &self.plan().stages {
            entered.extend(self.candidates(&stage.id)?);
        }
        let of_rosters = entered.iter().map(|(id, person)| (&person.unit, id.as_str(), person.name.as_str()));
        Ok(suspects(&claims, of_logins.chain(of_scores).chain(of_rosters), &matches))
    }

    pub(crate) fn week_named(&self, text: &str) -> Result<NaiveDate> {
        let plan = self.practice_plan()?;
        let day = day_in(text, plan.from, plan.to);
        Ok(day.map(week_of).ok_or_else(|| PracticeRefusal::PracticePeriodWrong { text: text.to_owned() })?)
    }

    pub(crate) fn month_named(&self, text: &str) -> Result<NaiveDate> {
        let plan = self.practice_plan()?;
        let month = day_in(text, plan.from, plan.to).map(month_of).or_else(|| Month::read(text));
        let first = month.and_then(|m| NaiveDate::from_ymd_opt(m.year, m.month, 1));
        Ok(first.ok_or_else(|| PracticeRefusal::PracticePeriodWrong { text: text.to_owned() })?)
    }

    fn place(&self, unit: &UnitCode) -> (String, String) {
        self.city_county(unit)
    }

    fn differing(&self, of: &[(String, UnitCode)]) -> Vec<Both> {
        of.iter().map(|(name, unit)| self.named(name, unit)).collect()
    }

    fn daily_list(&self) -> Result<PracticeList> {
        let plan = self.practice_plan()?;
        let covered = self.practice_covered(PracticeKind::Daily)?;
        let (blocks, matches) = (self.under::<LoginBlock>("")?, self.practice_matches()?);
        let texts: Vec<String> = blocks.iter().map(|(_, held)| held.value.from.to_string()).collect();
        let mut people = People::new(&matches);
        let rows = blocks.iter().zip(&texts).map(|(((_, unit), held), at)| (at.as_str(), held.value.from, unit, &held.value.rows));
        let found = daily(plan, &covered, rows, &mut people);
        let mut stars: Vec<&Person<'_>> = found.stars.iter().map(|at| &people.all()[*at]).collect();
        stars.sort_by_key(|p| (p.unit, p.id, p.name));
        let rows = stars.iter().map(|person| {
            let (city, county) = self.place(person.unit);
            vec![person.id.to_owned(), person.name.to_owned(), city, county]
        });
        let columns = [("id", "身份证号"), ("name", "姓名"), ("city", "设区市"), ("county", "县（市、区）")];
        let mut lacks = super::ranges(found.missing);
        if found.to_come > 0 {
            let from = found.until.and_then(|day| day.succ_opt()).unwrap_or(plan.from);
            lacks.push(if from == plan.to { from.to_string() } else { format!("{from} – {}", plan.to) });
        }
        let all = people.all().len();
        Ok(PracticeList { title_en: plan.daily.title_en.clone(), lacks, ..plain(table(&plan.daily.title, &columns, rows.collect()), all) })
    }

    pub(crate) fn best_list(&self, kind: PracticeKind, lists: Vec<Among>) -> Result<PracticeList> {
        let plan = self.practice_plan()?;
        let (title, title_en, word, header) = match kind {
            PracticeKind::Monthly => (&plan.monthly.title, &plan.monthly.title_en, "month", "月份"),
            PracticeKind::Weekly | PracticeKind::Daily => (&plan.weekly.title, &plan.weekly.title_en, "week", "周（起始日）"),
        };
        let rulings = self.tie_rulings()?;
        let places = self.plan().arithmetic.places;
        let (mut rows, mut held, mut differing, mut people) = (Vec::new(), Vec::new(), Vec::new(), 0);
        for list in &lists {
            let best = list.best(&rulings);
            let period = list.period.map(|day| if kind == PracticeKind::Monthly { month_of(day).to_string() } else { day.to_string() });
            for row in best.rows {
                let (name, unit) = list.names.get(&row.id).cloned().unwrap_or_default();
                let (city, county) = self.place(&unit);
                let seconds = list.seconds.get(&row.id).copied().flatten().map(|s| s.to_string()).unwrap_or_default();
                rows.push(vec![
                    period.clone().unwrap_or_default(),
                    row.rank.to_string(),
                    id_in(&row.id),
                    name,
                    city,
                    county,
                    row.total.show(places),
                    seconds,
                ]);
            }
            held.extend(best.held);
            differing.extend(self.differing(&list.differing));
            people += list.people;
        }
        let columns = [
            (word, header),
            ("rank", "名次"),
            ("id", "身份证号"),
            ("name", "姓名"),
            ("city", "设区市"),
            ("county", "县（市、区）"),
            ("score", "成绩"),
            ("seconds", "用时（秒）"),
        ];
        let (title, title_en) = match lists.as_slice() {
            [one] if kind == PracticeKind::Monthly => {
                let month = one.period.map(month_of);
                let days = month.map(|m| super::ranges(contest_days(plan.monthly.days, m))).unwrap_or_default();
                let month = month.map(|m| m.to_string()).unwrap_or_default();
                (format!("{title}（{month}，比试日 {}）", days.join("、")), format!("{title_en} ({month}, contest on {})", days.join(", ")))
            }
            [one] => {
                let day = one.period.map(|d| d.to_string()).unwrap_or_default();
                (format!("{title}（{day} 起一周）"), format!("{title_en} (week from {day})"))
            }
            _ => (title.clone(), title_en.clone()),
        };
        Ok(PracticeList { title_en, held, differing, ..plain(table(&title, &columns, rows), people) })
    }

    pub(crate) fn year_list(&self) -> Result<PracticeList> {
        let plan = self.practice_plan()?;
        let list = self.year_leaders()?;
        let best = list.best(&self.tie_rulings()?);
        let places = self.plan().arithmetic.places;
        let rows = best.rows.into_iter().map(|row| {
            let (name, unit) = list.names.get(&row.id).cloned().unwrap_or_default();
            let (city, county) = self.place(&unit);
            let contests = list.contests.get(&row.id).copied().unwrap_or(0);
            vec![row.rank.to_string(), id_in(&row.id), name, city, county, contests.to_string(), row.total.show(places)]
        });
        let columns = [
            ("rank", "名次"),
            ("id", "身份证号"),
            ("name", "姓名"),
            ("city", "设区市"),
            ("county", "县（市、区）"),
            ("contests", "参赛次数"),
            ("total", "总成绩"),
        ];
        let table = table(&plan.year.title, &columns, rows.collect());
        let differing = self.differing(&list.differing);
        Ok(PracticeList {
            title_en: plan.year.title_en.clone(),
            held: best.held,
            lacks: list.lacks.clone(),
            differing,
            ..plain(table, list.people)
        })
    }

    /// A tally of everybody, by units of a tier.
    pub(crate) fn practice_tally(&self, tier: &TierId) -> Result<BTreeMap<UnitCode, Tally>> {
        let plan = self.practice_plan()?;
        let matches = self.practice_matches()?;
        let covered = self.practice_covered(PracticeKind::Daily)?;
        let logins = self.under::<LoginBlock>("")?;
        let scores = self.under::<ScoreBlock>("")?;
        let at_logins: Vec<String> = logins.iter().map(|(_, held)| held.value.from.to_string()).collect();
        let at_scores: Vec<String> = scores.iter().map(|((_, period, _, _), _)| period.to_string()).collect();
        let mut people = People::new(&matches);
        let rows = logins.iter().zip(&at_logins).map(|(((_, unit), held), at)| (at.as_str(), held.value.from, unit, &held.value.rows));
        let days = daily(plan, &covered, rows, &mut people);
        let mut each: Vec<Tally> = days.days.iter().map(|days| Tally { days: u64::from(*days), ..Tally::default() }).collect();
        for star in &days.stars {
            each[*star].stars = 1;
        }
        // Somebody who stands in two files of one period took part once.
        let mut last: Vec<usize> = Vec::new();
        let (mut period, mut before) = (0, None);
        for (((kind, day, _, unit), held), at) in scores.iter().zip(&at_scores) {
            if before != Some((*kind, *day)) {
                before = Some((*kind, *day));
                period += 1;
            }
            for row in held.value.0.rows() {
                let Some(person) = people.of(unit, row.id, row.name, at) else { continue };
                if last.len() <= person {
                    last.resize(person + 1, 0);
                    each.resize(each.len().max(person + 1), Tally::default());
                }
                if last[person] != period {
                    last[person] = period;
                    if *kind == PracticeKind::Weekly { each[person].weeks += 1 } else { each[person].contests += 1 }
                }
            }
        }
        each.resize(people.all().len(), Tally::default());
        for one in &mut each {
            one.people = 1;
        }
        Ok(tally(self.plan(), tier, &people, &each))
    }

    fn participation_list(&self, tier: &TierId) -> Result<PracticeList> {
        let plan = self.practice_plan()?;
        if !plan.participation.tiers.contains(tier) {
            let known = plan.participation.tiers.iter().map(|t| t.as_str().into()).collect();
            return Err(DeskFault::NoSuchList { list: tier.as_str().into(), known }.into());
        }
        let found = self.practice_tally(tier)?;
        let mut total = Tally::default();
        found.values().for_each(|one| total.add(one));
        let cells = |one: &Tally| {
            [u64::from(one.people), u64::from(one.stars), one.days, u64::from(one.weeks), u64::from(one.contests)].map(|n| n.to_string())
        };
        let mut rows: Vec<Vec<String>> = Vec::new();
        for (unit, one) in &found {
            // A unit that has ended or is still to come, and has nobody, owes nobody either.
            let there = self.plan().unit(unit).is_some_and(|u| u.validity(plan.from) == kaowu_core::plan::Validity::Valid);
            if one.people > 0 || there {
                rows.push([vec![unit.to_string(), self.full_name(unit)], cells(one).to_vec()].concat());
            }
        }
        rows.push([vec![String::new(), "合计".to_owned()], cells(&total).to_vec()].concat());
        let columns = [
            ("unit", "代码"),
            ("unit_name", "单位"),
            ("people", "参与人数"),
            ("stars", "日日学之星"),
            ("days", "登录人天"),
            ("weeks", "周周练人次"),
            ("contests", "月月比人次"),
        ];
        let title = format!("练兵参与情况（目标 {} 人）", plan.participation.goal);
        let title_en = format!("Participation in practice (goal: {} people)", plan.participation.goal);
        Ok(PracticeList { title_en, ..plain(table(&title, &columns, rows), usize::try_from(total.people).unwrap_or(usize::MAX)) })
    }
}
