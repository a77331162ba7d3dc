//! Certificates of confirmed awards: what each says, on what it is printed, how it will look.

use crate::certificate_code::Code;
use crate::error::{DeskError, DeskFault, Result};
use crate::papers::write_file;
use crate::{Ctx, Desk, View};
use kaowu_core::award::merged;
use kaowu_core::facts::{AwardConfirmation, Candidate, Deed};
use kaowu_core::identity::{IdNumber, ListId, UnitCode};
use kaowu_core::journal::Mode;
use kaowu_core::plan::{AwardPlan, Series, StandingOf};
use kaowu_core::roster::birth_date;
use kaowu_packet::keys::Signer;
use kaowu_papers::numerals::chinese_date;
use kaowu_papers::{
    Adjust, Applicant, Certificate, CertificateRun, Fonts, PaperError, Purpose, Template, certificate_file, check_certificate,
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;

/// A certificate that cannot be drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GlyphProblem {
    /// Whose.
    pub name: String,
    /// The award.
    pub award: ListId,
    /// Why.
    pub fault: DeskError,
}

/// On what certificates are printed, where it is not what the award's plan says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look<'a> {
    /// Another template: the id of one of the program's, or the path of one's own `.toml` file.
    pub template: Option<&'a str>,
    /// A picture of the seal (PNG), put where the template leaves room for the stamp.
    pub seal: Option<&'a Path>,
    /// A picture (PNG) behind everything.
    pub background: Option<&'a Path>,
}

impl Look<'_> {
    /// The template with its pictures; `usual` is the award's own.
    pub(crate) fn template(&self, usual: &str) -> Result<Template> {
        let read = |path: &Path| {
            let file = path.display().to_string();
            match std::fs::read(path) {
                Ok(png) => Ok((png, file)),
                Err(e) => Err(PaperError::ImageUnreadable { file, detail: e.to_string() }),
            }
        };
        let mut template = Template::find(self.template.unwrap_or(usual))?;
        if let Some(path) = self.seal {
            let (png, file) = read(path)?;
            template = template.with_seal(png, &file)?;
        }
        if let Some(path) = self.background {
            let (png, file) = read(path)?;
            template = template.with_background(png, &file)?;
        }
        Ok(template)
    }
}

/// An award's certificates, with the numbers they have today.
pub(crate) struct Batch<'a> {
    pub(crate) award: &'a AwardPlan,
    pub(crate) template: &'a str,
    pub(crate) deeds: Vec<Deed>,
    series: Series,
    first: usize,
}

impl Batch<'_> {
    /// Place in the award from 1, number, deed.
    pub(crate) fn sheets(&self) -> impl Iterator<Item = (usize, String, &Deed)> {
        (1..).zip(&self.deeds).map(|(n, deed)| (n, self.series.number(self.first + n - 1), deed))
    }
}

/// The templates that come with the program: id and name.
pub fn template_names() -> Vec<(String, String)> {
    Template::built_in().unwrap_or_default().into_iter().map(|t| (t.id, t.name)).collect()
}

/// Reads a template file of the office's own, with its pictures; its name for people.
pub fn check_template(path: &Path) -> Result<String> {
    Ok(Template::load(path)?.name)
}

/// Writes a template of the program into a file, to make one's own of it.
pub fn copy_template(id: &str, out: &Path) -> Result<()> {
    write_file(out, Template::source(id)?.as_bytes())
}

/// What all certificates of one printing share.
#[derive(Clone, Copy)]
pub(crate) struct Issue<'a> {
    pub(crate) event: &'a str,
    pub(crate) date: &'a str,
    /// Nobody signs a preview.
    pub(crate) signer: Option<&'a Signer>,
}

impl<'a> View<'a> {
    /// The certificates of confirmed awards that have a template. Numbers run over all awards of one series, so that printing
    /// one award alone gives the numbers it has in the whole. A title that somebody won twice is one certificate, of the
    /// award that stands first in the plan, with both grounds.
    pub(crate) fn batches(&self) -> Result<Vec<Batch<'a>>> {
        let mut out: Vec<Batch<'a>> = Vec::new();
        let mut next: BTreeMap<(String, String), usize> = BTreeMap::new();
        let plan = self.plan();
        let mut confirmed: Vec<(&'a AwardPlan, Deed)> = Vec::new();
        for award in plan.awards.iter().filter(|a| a.template.is_some()) {
            let deeds = self.one::<AwardConfirmation>(&award.id)?.map(|held| held.value.deeds).unwrap_or_default();
            confirmed.extend(deeds.into_iter().map(|deed| (award, deed)));
        }
        let mut titles: BTreeMap<&ListId, Vec<Deed>> = BTreeMap::new();
        for grounds in merged(confirmed, |(award, deed)| (award.title.as_str(), deed.winner.clone())) {
            let Some((award, deed)) = grounds.first() else { continue };
            let deed = match grounds.len() {
                1 => deed.clone(),
                _ => {
                    let said: Vec<String> = grounds.iter().map(|(award, deed)| self.ground(award, deed)).collect();
                    Deed { rank: None, grounds: said.join("，"), ..deed.clone() }
                }
            };
            titles.entry(&award.id).or_default().push(deed);
        }
        for award in &plan.awards {
            let (Some(template), Some(deeds)) = (&award.template, titles.remove(&award.id)) else { continue };
            let series = Series::of(plan, award).ok_or_else(|| DeskFault::AwardWithoutTemplate { award: award.id.clone() })?;
            let (before, after) = series.key();
            let next = next.entry((before.to_owned(), after.to_owned())).or_insert(1);
            let first = *next;
            *next += deeds.len();
            out.push(Batch { award, template, deeds, series, first });
        }
        // Two series whose texts meet would give one number to two certificates.
        let mut numbers = BTreeSet::new();
        for batch in &out {
            if let Some((_, number, _)) = batch.sheets().find(|(_, number, _)| !numbers.insert(number.clone())) {
                return Err(DeskFault::CertificateOfAnother { number, award: batch.award.id.clone() }.into());
            }
        }
        Ok(out)
    }

    /// How many certificates there are to print. Where two would have one number the desk of certificates says so.
    pub(crate) fn certificate_count(&self) -> Result<usize> {
        match self.batches() {
            Ok(batches) => Ok(batches.iter().map(|batch| batch.deeds.len()).sum()),
            Err(DeskError::Desk(DeskFault::CertificateOfAnother { .. })) => Ok(0),
            Err(error) => Err(error),
        }
    }

    /// The certificates of one award; refused where there are none to print.
    pub(crate) fn batch(&self, award: &ListId) -> Result<Batch<'a>> {
        let plan = self.award_plan(award)?;
        if plan.template.is_none() {
            return Err(DeskFault::AwardWithoutTemplate { award: award.clone() }.into());
        }
        let found = self.batches()?.into_iter().find(|batch| batch.award.id == *award);
        found.ok_or_else(|| DeskFault::AwardNotConfirmed { award: award.clone() }.into())
    }
}

impl Desk {
    /// One certificate (from 0) as it would be printed, marked as a specimen: its code carries no signature.
    pub fn preview_certificate(
        &self,
        ctx: &Ctx,
        fonts: &Fonts,
        award: &ListId,
        index: usize,
        look: &Look<'_>,
        adjust: Adjust,
    ) -> Result<Vec<u8>> {
        let view = self.view();
        let event = view.event()?;
        let batch = view.batch(award)?;
        let beyond = || DeskFault::SheetBeyond { from: index + 1, sheets: batch.deeds.len() };
        let (_, number, deed) = batch.sheets().nth(index).ok_or_else(beyond)?;
        let issue = Issue { event: &event.id, date: &self.date(&ctx.now.to_rfc3339()), signer: None };
        let made = [self.certificate(batch.award, deed, &number, 0, &issue)?];
        let page = CertificateRun {
            template: &look.template(batch.template)?,
            certificates: &made,
            a_file: 0,
            title: &batch.award.title,
            adjust,
            purpose: Purpose { drill: event.mode == Mode::Drill, specimen: true },
        };
        Ok(certificate_file(&page, fonts, &mut |_| ControlFlow::Continue(()))?.ok_or(DeskFault::NothingToPrint)?)
    }

    /// The day of a moment, as certificates write it.
    pub(crate) fn date(&self, stamp: &str) -> String {
        self.plan().clock(stamp).get(..10).and_then(chinese_date).unwrap_or_default()
    }

    /// Every certificate of every confirmed award that cannot be drawn: a character without a glyph, a text without room.
    pub fn glyph_check(&self, ctx: &Ctx, fonts: &Fonts) -> Result<Vec<GlyphProblem>> {
        let view = self.view();
        let (event, date) = (view.event()?, self.date(&ctx.now.to_rfc3339()));
        let issue = Issue { event: &event.id, date: &date, signer: None };
        let mut out = Vec::new();
        for batch in view.batches()? {
            let template = Template::of(batch.template)?;
            for (_, number, deed) in batch.sheets() {
                let made = self.certificate(batch.award, deed, &number, 0, &issue)?;
                if let Err(fault) = check_certificate(&template, &made, fonts) {
                    out.push(GlyphProblem { name: deed.name.clone(), award: batch.award.id.clone(), fault: fault.into() });
                }
            }
        }
        Ok(out)
    }

    /// What a certificate says; `again` counts how many times it was printed before.
    pub(crate) fn certificate(&self, award: &AwardPlan, deed: &Deed, number: &str, again: u32, issue: &Issue<'_>) -> Result<Certificate> {
        let view = self.view();
        let standing = award.standing.as_ref().and_then(|id| self.plan().standings.iter().find(|s| s.id == *id));
        // A team's member has a unit and a form of address, too: the stage of the standing from which the team came.
        let of_team = || view.team_plans().find(|t| t.award() == Some(&award.id)).map(|t| view.standing_plan(t.standing())).transpose();
        let stage = match standing {
            Some(standing) => Some(&standing.stage),
            None => of_team()?.map(|s| &s.stage),
        };
        let person = stage.map(|s| view.candidate(s, &IdNumber::from(deed.winner.as_str()))).transpose()?.flatten();
        let grounds = view.ground(award, deed);
        let code = Code { event: issue.event, number, name: &deed.name, award: &award.title, again };
        Ok(Certificate {
            name: deed.name.clone(),
            honorific: if person.is_some() { "同志".to_owned() } else { String::new() },
            unit: person.as_ref().map(|p| view.full_name(&p.unit)).unwrap_or_default(),
            event: self.plan().event.title.clone(),
            award: award.title.clone(),
            grounds,
            issuer: award.giver.clone().unwrap_or_else(|| self.plan().event.organiser.clone()),
            date: issue.date.to_owned(),
            number: number.to_owned(),
            members: self.members(award, &deed.winner)?,
            verification: code.signed(issue.signer),
            applicant: person.filter(|_| award.application).map(|p| applicant(&deed.winner, &p)).unwrap_or_default(),
        })
    }

    /// Names of a team's people, for its certificate; units that are not teams have too many to name.
    fn members(&self, award: &AwardPlan, winner: &str) -> Result<Vec<String>> {
        let view = self.view();
        let Some(plan) = award.standing.as_ref().and_then(|id| self.plan().standings.iter().find(|s| s.id == *id)) else {
            return Ok(vec![]);
        };
        if !matches!(plan.of, StandingOf::Teams { .. }) {
            return Ok(vec![]);
        }
        let names = view.candidates(&plan.stage)?;
        let row = view.group_rows(plan)?.into_iter().find(|row| row.unit == UnitCode::from(winner));
        Ok(row.map(|r| r.members.iter().filter_map(|id| names.get(id).map(|p| p.name.clone())).collect()).unwrap_or_default())
    }
}

/// What the roster knows for the form of an application.
fn applicant(id: &str, person: &Candidate) -> Applicant {
    use chrono::Datelike;
    Applicant {
        sex: person.sex.clone(),
        birth: birth_date(id).map(|d| format!("{}年{}月", d.year(), d.month())).unwrap_or_default(),
        id: id.to_owned(),
        workplace: person.workplace.clone(),
        duty: person.duty.clone(),
        phone: person.phone.clone(),
    }
}
