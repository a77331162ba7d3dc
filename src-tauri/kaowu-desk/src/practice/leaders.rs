//! Among whom the places of weeks, contests and the year are decided: made from all rows once, then kept until an export or a
//! decision changes. Ties and lists start from here, with the rulings of the moment.

use crate::error::Result;
use crate::{Desk, View};
use chrono::NaiveDate;
use kaowu_core::facts::{PracticeFile, PracticeMatch, ScoreBlock};
use kaowu_core::identity::{EntryId, UnitCode};
use kaowu_core::plan::{Level, PracticePlan};
use kaowu_core::practice::{BestList, Matches, People, PracticeKind, Scored, among, best, contender, month_of, months, scored, year};
use kaowu_core::standing::{Contender, HeldTie, Rulings};
use std::collections::{BTreeMap, BTreeSet};

/// One list's.
#[derive(Debug, Clone)]
pub(crate) struct Among {
    /// The question, as ties name it: `practice/weekly/2020-05-04`.
    pub(crate) question: String,
    /// The week's Monday, the month's first; none for the year.
    pub(crate) period: Option<NaiveDate>,
    /// How many are honoured.
    pub(crate) count: u32,
    /// Who may be among them.
    pub(crate) contenders: Vec<Contender>,
    /// Name and unit by what ties name.
    pub(crate) names: BTreeMap<String, (String, UnitCode)>,
    /// Time used, by what ties name.
    pub(crate) seconds: BTreeMap<String, Option<u32>>,
    /// Contests somebody took part in, for the year.
    pub(crate) contests: BTreeMap<String, usize>,
    /// Name and unit of those for whom exports differ.
    pub(crate) differing: Vec<(String, UnitCode)>,
    /// People with a score.
    pub(crate) people: usize,
    /// Weeks or months that lack; only the year has any.
    pub(crate) lacks: Vec<String>,
}

impl Among {
    /// The honoured and the ties over the last place.
    pub(crate) fn best(&self, rulings: &Rulings) -> BestList {
        best(&self.question, self.contenders.clone(), self.count, rulings)
    }
}

/// Every list's, and what they were made from.
#[derive(Debug, Clone)]
pub(crate) struct Leaders {
    made_from: Vec<EntryId>,
    pub(crate) lists: Vec<Among>,
}

type Block = ((PracticeKind, NaiveDate, String, UnitCode), kaowu_ledger::Held<ScoreBlock>);

fn listed(question: String, period: Option<NaiveDate>, count: u32, people: &People<'_>, scores: &[Scored], level: Level) -> Among {
    let chosen = among(scores, count, level);
    let (mut names, mut seconds) = (BTreeMap::new(), BTreeMap::new());
    for one in &chosen {
        let person = &people.all()[one.person];
        let text = person.who().text();
        names.insert(text.clone(), (person.name.to_owned(), person.unit.clone()));
        seconds.insert(text, one.seconds);
    }
    let contenders = chosen.iter().map(|one| contender(people, one, level)).collect();
    let contests = BTreeMap::new();
    Among { question, period, count, contenders, names, seconds, contests, differing: vec![], people: scores.len(), lacks: vec![] }
}

fn named(people: &People<'_>, places: &[usize]) -> Vec<(String, UnitCode)> {
    places.iter().map(|at| (people.all()[*at].name.to_owned(), people.all()[*at].unit.clone())).collect()
}

/// The periods of blocks that come in order of periods.
fn by_period(blocks: &[Block]) -> impl Iterator<Item = (NaiveDate, &[Block])> {
    blocks.chunk_by(|a, b| a.0.1 == b.0.1).filter_map(|chunk| chunk.first().map(|first| (first.0.1, chunk)))
}

fn rows<'a>(blocks: &'a [Block], at: &'a str) -> impl Iterator<Item = (&'a str, &'a UnitCode, &'a kaowu_core::practice::ScoreRows)> {
    blocks.iter().map(move |((_, _, _, unit), held)| (at, unit, &held.value.0))
}

impl View<'_> {
    /// A week's.
    pub(crate) fn week_leaders(&self, monday: NaiveDate) -> Result<Option<Among>> {
        let plan = self.practice_plan()?;
        let blocks = self.under::<ScoreBlock>(&format!("weekly/{monday}/"))?;
        let matches = self.practice_matches()?;
        Ok(by_period(&blocks).next().map(|(period, blocks)| of_week(plan, period, blocks, &matches)))
    }

    /// A month's.
    pub(crate) fn month_leaders(&self, first: NaiveDate) -> Result<Option<Among>> {
        let plan = self.practice_plan()?;
        let blocks = self.under::<ScoreBlock>(&format!("monthly/{first}/"))?;
        let matches = self.practice_matches()?;
        Ok(by_period(&blocks).next().map(|(period, blocks)| of_month(plan, period, blocks, &matches)))
    }

    /// The year's; with months that lack while some do.
    pub(crate) fn year_leaders(&self) -> Result<Among> {
        let blocks = self.under::<ScoreBlock>("monthly/")?;
        Ok(of_year(self.practice_plan()?, &blocks, &self.practice_matches()?))
    }

    fn all_leaders(&self, made_from: Vec<EntryId>) -> Result<Leaders> {
        let plan = self.practice_plan()?;
        let matches = self.practice_matches()?;
        let mut lists = Vec::new();
        // A year of weeks is millions of rows: one week at a time.
        for monday in self.practice_covered(PracticeKind::Weekly)? {
            let blocks = self.under::<ScoreBlock>(&format!("weekly/{monday}/"))?;
            lists.extend(by_period(&blocks).map(|(period, blocks)| of_week(plan, period, blocks, &matches)));
        }
        let monthly = self.under::<ScoreBlock>("monthly/")?;
        lists.extend(by_period(&monthly).map(|(period, blocks)| of_month(plan, period, blocks, &matches)));
        lists.push(of_year(plan, &monthly, &matches));
        Ok(Leaders { made_from, lists })
    }

    /// The entries that say what there is of practice now.
    fn practice_entries(&self) -> Result<Vec<EntryId>> {
        let files = self.under::<PracticeFile>("")?.into_iter().map(|(_, held)| held.entry);
        let matches = self.under::<PracticeMatch>("")?.into_iter().map(|(_, held)| held.entry);
        Ok(files.chain(matches).collect())
    }
}

fn of_week(plan: &PracticePlan, period: NaiveDate, blocks: &[Block], matches: &Matches) -> Among {
    let mut people = People::new(matches);
    let (scores, differing) = scored(rows(blocks, ""), &mut people);
    let question = format!("practice/weekly/{period}");
    let list = listed(question, Some(period), plan.weekly.best, &people, &scores, plan.weekly.level);
    Among { differing: named(&people, &differing), ..list }
}

fn of_month(plan: &PracticePlan, period: NaiveDate, blocks: &[Block], matches: &Matches) -> Among {
    let mut people = People::new(matches);
    let (scores, differing) = scored(rows(blocks, ""), &mut people);
    let question = format!("practice/monthly/{}", month_of(period));
    let list = listed(question, Some(period), plan.monthly.best, &people, &scores, plan.monthly.level);
    Among { differing: named(&people, &differing), ..list }
}

fn of_year(plan: &PracticePlan, blocks: &[Block], matches: &Matches) -> Among {
    let texts: Vec<String> = by_period(blocks).map(|(period, _)| period.to_string()).collect();
    let mut people = People::new(matches);
    let (mut contests, mut differing, mut held) = (Vec::new(), Vec::new(), BTreeSet::new());
    for ((period, blocks), at) in by_period(blocks).zip(&texts) {
        let (scores, differ) = scored(rows(blocks, at), &mut people);
        contests.push(scores);
        differing.extend(differ);
        held.insert(month_of(period));
    }
    // Somebody whose contest is in doubt has no year before that is mended.
    differing.sort_unstable();
    differing.dedup();
    let years = year(&plan.year, &contests);
    let sound = years.iter().filter(|row| differing.binary_search(&row.person).is_err());
    let totals: Vec<Scored> = sound.clone().map(|row| Scored { person: row.person, mark: row.total, seconds: None }).collect();
    let list = listed("practice/year".to_owned(), None, plan.year.best, &people, &totals, Level::Held);
    let mut counts = BTreeMap::new();
    for row in sound {
        let person = &people.all()[row.person];
        if person.id.is_empty() || list.names.contains_key(person.id) {
            counts.insert(person.who().text(), row.months.len());
        }
    }
    let lacks = months(plan).filter(|month| !held.contains(month)).map(|month| month.to_string()).collect();
    Among { contests: counts, differing: named(&people, &differing), lacks, ..list }
}

impl Desk {
    /// Works with every list's; made anew only when an export or a decision has changed.
    pub(crate) fn with_leaders<O>(&self, work: impl FnOnce(&Leaders) -> Result<O>) -> Result<O> {
        let view = self.view();
        let now = view.practice_entries()?;
        let mut kept = self.leaders.borrow_mut();
        if kept.as_ref().is_none_or(|kept| kept.made_from != now) {
            *kept = Some(view.all_leaders(now)?);
        }
        match kept.as_ref() {
            Some(leaders) => work(leaders),
            None => work(&Leaders { made_from: vec![], lists: vec![] }),
        }
    }

    /// Ties over the last place of a week, a contest, the year.
    pub(crate) fn practice_ties(&self) -> Result<Vec<HeldTie>> {
        if self.plan().practice.is_none() {
            return Ok(Vec::new());
        }
        let rulings = self.view().tie_rulings()?;
        self.with_leaders(|leaders| {
            // While months lack, who is level for the year is not known yet.
            let known = leaders.lists.iter().filter(|among| among.lacks.is_empty());
            Ok(known.flat_map(|among| among.best(&rulings).held).collect())
        })
    }

    /// Name and unit of those tied in a question of practice.
    pub(crate) fn practice_names(&self, question: &str) -> Result<BTreeMap<String, (String, UnitCode)>> {
        if !question.starts_with("practice/") {
            return Ok(BTreeMap::new());
        }
        self.with_leaders(|leaders| {
            let found = leaders.lists.iter().find(|among| among.question == question);
            Ok(found.map(|among| among.names.clone()).unwrap_or_default())
        })
    }
}
