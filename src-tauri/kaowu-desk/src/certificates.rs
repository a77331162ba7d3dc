//! Certificates of confirmed awards, and checking one by its code.

use crate::error::{DeskError, DeskFault, Result};
use crate::papers::write_file;
use crate::results::AwardRow;
use crate::{Ctx, Desk, View};
use kaowu_core::facts::{AwardConfirmation, Deed};
use kaowu_core::identity::{IdNumber, ListId, UnitCode};
use kaowu_core::journal::Mode;
use kaowu_core::plan::AwardPlan;
use kaowu_packet::keys::{Signer, verified_bare};
use kaowu_papers::numerals::{below_hundred, chinese_date};
use kaowu_papers::{Adjust, Certificate, CertificateRun, FileNo, Fonts, Template, certificate_file, certificates, check_certificate};
use serde::Serialize;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// What was printed of an award.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CertificateSummary {
    /// The award.
    pub title: String,
    /// Certificates.
    pub certificates: usize,
    /// The files.
    pub files: Vec<PathBuf>,
}

/// What the code of a certificate says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// The event's id.
    pub event: String,
    /// The certificate's number.
    pub number: String,
    /// Whose.
    pub name: String,
    /// The award.
    pub award: String,
}

/// How a code begins.
const MARK: &str = "KW1";

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

/// An award's certificates, with the numbers they have today.
pub(crate) struct Batch<'a> {
    pub(crate) award: &'a AwardPlan,
    pub(crate) template: &'a str,
    pub(crate) deeds: Vec<Deed>,
    prefix: String,
    first: usize,
}

impl Batch<'_> {
    /// Place in the award from 1, number, deed.
    pub(crate) fn sheets(&self) -> impl Iterator<Item = (usize, String, &Deed)> {
        (1..).zip(&self.deeds).map(|(n, deed)| (n, format!("{}-{:05}", self.prefix, self.first + n - 1), deed))
    }
}

/// A day as certificates write it.
pub(crate) fn date(rfc3339: &str) -> String {
    rfc3339.get(..10).and_then(chinese_date).unwrap_or_default()
}

/// The templates that come with the program: id and name.
pub fn template_names() -> Vec<(String, String)> {
    Template::built_in().unwrap_or_default().into_iter().map(|t| (t.id, t.name)).collect()
}

impl<'a> View<'a> {
    /// The certificates of confirmed awards that have a template. Numbers run over all of them, so that printing one award
    /// alone gives the numbers it has in the whole.
    pub(crate) fn batches(&self) -> Result<Vec<Batch<'a>>> {
        let mut out = Vec::new();
        let mut first = 1;
        let plan = self.plan();
        for award in &plan.awards {
            let (Some(template), Some(confirmed)) = (&award.template, self.one::<AwardConfirmation>(&award.id)?) else { continue };
            let deeds = confirmed.value.deeds;
            let next = first + deeds.len();
            out.push(Batch { award, template, deeds, prefix: plan.event.id.to_uppercase(), first });
            first = next;
        }
        Ok(out)
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
    /// Prints the certificates of all confirmed awards that have a template, or of one award, into a folder.
    pub fn print_certificates(
        &self,
        ctx: &Ctx,
        fonts: &Fonts,
        only: Option<&ListId>,
        folder: &Path,
        progress: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
    ) -> Result<Vec<CertificateSummary>> {
        let view = self.view();
        let event = view.event()?;
        let signer = self.certificate_signer()?;
        let date = date(&ctx.now.to_rfc3339());
        let mut out = Vec::new();
        for batch in view.batches()?.into_iter().filter(|batch| only.is_none_or(|id| *id == batch.award.id)) {
            let template = Template::of(batch.template)?;
            let made =
                batch.sheets().map(|(_, number, deed)| self.certificate(batch.award, deed, &event.id, &number, &date, Some(&signer)));
            let made: Vec<Certificate> = made.collect::<Result<_>>()?;
            let run = CertificateRun {
                template: &template,
                certificates: &made,
                a_file: 0,
                title: &batch.award.title,
                adjust: Adjust::default(),
                drill: event.mode == Mode::Drill,
            };
            let mut files = Vec::new();
            certificates(&run, fonts, progress, &mut |FileNo(n), bytes| {
                let name = kaowu_packet::safe_name(&format!("证书-{}-{n:02}.pdf", batch.award.title));
                let path = folder.join(name);
                write_file(&path, &bytes)?;
                files.push(path);
                Ok::<(), DeskError>(())
            })?;
            out.push(CertificateSummary { title: batch.award.title.clone(), certificates: made.len(), files });
        }
        if out.is_empty() { Err(DeskFault::NothingToPrint.into()) } else { Ok(out) }
    }

    /// One certificate (from 0) as it would be printed, but for its code: nobody has signed a preview, and it does not verify.
    pub fn preview_certificate(
        &self,
        ctx: &Ctx,
        fonts: &Fonts,
        award: &ListId,
        index: usize,
        template: Option<&str>,
        adjust: Adjust,
    ) -> Result<Vec<u8>> {
        let view = self.view();
        let event = view.event()?;
        let batch = view.batch(award)?;
        let beyond = || DeskFault::SheetBeyond { from: index + 1, sheets: batch.deeds.len() };
        let (_, number, deed) = batch.sheets().nth(index).ok_or_else(beyond)?;
        let made = [self.certificate(batch.award, deed, &event.id, &number, &date(&ctx.now.to_rfc3339()), None)?];
        let page = CertificateRun {
            template: &Template::of(template.unwrap_or(batch.template))?,
            certificates: &made,
            a_file: 0,
            title: &batch.award.title,
            adjust,
            drill: event.mode == Mode::Drill,
        };
        Ok(certificate_file(&page, fonts, &mut |_| ControlFlow::Continue(()))?.ok_or(DeskFault::NothingToPrint)?)
    }

    /// Every certificate of every confirmed award that cannot be drawn: a character without a glyph, a text without room.
    pub fn glyph_check(&self, ctx: &Ctx, fonts: &Fonts) -> Result<Vec<GlyphProblem>> {
        let view = self.view();
        let (event, date) = (view.event()?, date(&ctx.now.to_rfc3339()));
        let mut out = Vec::new();
        for batch in view.batches()? {
            let template = Template::of(batch.template)?;
            for (_, number, deed) in batch.sheets() {
                let made = self.certificate(batch.award, deed, &event.id, &number, &date, None)?;
                if let Err(fault) = check_certificate(&template, &made, fonts) {
                    out.push(GlyphProblem { name: deed.name.clone(), award: batch.award.id.clone(), fault: fault.into() });
                }
            }
        }
        Ok(out)
    }

    /// What a certificate says; without a signer its code carries no valid signature.
    pub(crate) fn certificate(
        &self,
        award: &AwardPlan,
        deed: &Deed,
        event: &str,
        number: &str,
        date: &str,
        signer: Option<&Signer>,
    ) -> Result<Certificate> {
        let view = self.view();
        let standing = award.standing.as_ref().and_then(|id| self.plan().standings.iter().find(|s| s.id == *id));
        let unit = standing.map(|s| view.candidate(&s.stage, &IdNumber::from(deed.winner.as_str()))).transpose()?.flatten().map(|p| p.unit);
        let person = unit.is_some();
        let message = format!("{MARK}\t{event}\t{number}\t{}\t{}", deed.name, award.title);
        let grounds = match (standing, deed.rank) {
            (Some(standing), Some(rank)) => format!("{}第{}名", standing.title.trim_end_matches("排名"), below_hundred(rank)),
            _ => deed.grounds.clone(),
        };
        Ok(Certificate {
            name: deed.name.clone(),
            honorific: if person { "同志".to_owned() } else { String::new() },
            unit: unit.map(|u| view.full_name(&u)).unwrap_or_default(),
            event: self.plan().event.title.clone(),
            award: award.title.clone(),
            grounds,
            issuer: award.giver.clone().unwrap_or_else(|| self.plan().event.organiser.clone()),
            date: date.to_owned(),
            number: number.to_owned(),
            members: self.members(award, &deed.winner)?,
            verification: format!("{message}\t{}", hex::encode(signer.map_or([0; 64], |s| s.sign_bare(message.as_bytes())))),
        })
    }

    /// Names of a team's people, for its certificate; units that are not teams have too many to name.
    fn members(&self, award: &AwardPlan, winner: &str) -> Result<Vec<String>> {
        let view = self.view();
        let Some(plan) = award.standing.as_ref().and_then(|id| self.plan().standings.iter().find(|s| s.id == *id)) else {
            return Ok(vec![]);
        };
        if !matches!(plan.of, kaowu_core::plan::StandingOf::Teams { .. }) {
            return Ok(vec![]);
        }
        let names = view.candidates(&plan.stage)?;
        let row = view.group_rows(plan)?.into_iter().find(|row| row.unit == UnitCode::from(winner));
        Ok(row.map(|r| r.members.iter().filter_map(|id| names.get(id).map(|p| p.name.clone())).collect()).unwrap_or_default())
    }

    /// Checks the text of a certificate's code against the event's root key, without network.
    pub fn verify_certificate(&self, text: &str) -> Result<Verified> {
        let unreadable = || DeskFault::CertificateUnreadable;
        let (message, signature) = text.trim_end_matches(['\r', '\n']).rsplit_once('\t').ok_or_else(unreadable)?;
        let fields: Vec<&str> = message.split('\t').collect();
        let [MARK, event, number, name, award] = fields.as_slice() else { return Err(unreadable().into()) };
        let mut bare = [0; 64];
        hex::decode_to_slice(signature, &mut bare).map_err(|_| unreadable())?;
        if !verified_bare(&self.root_key()?, message.as_bytes(), &bare) {
            return Err(DeskFault::CertificateForged.into());
        }
        let text = |t: &&str| (*t).to_owned();
        Ok(Verified { event: text(event), number: text(number), name: text(name), award: text(award) })
    }

    /// Confirms every award that follows from standings, with one document number.
    pub fn confirm_awards(&mut self, ctx: &Ctx, document: &str) -> Result<Vec<AwardRow>> {
        let (rows, _) = self.awards()?;
        let mut ids: Vec<ListId> = rows.iter().map(|r| r.award.clone()).collect();
        ids.dedup();
        let mut done: Vec<ListId> = Vec::new();
        for id in ids {
            if !done.contains(&id) {
                self.confirm_award(ctx, &id, document, &[])?;
                done.push(id);
            }
        }
        Ok(rows)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::NewEvent;
    use kaowu_core::coded::Coded;

    #[test]
    fn only_what_is_signed_verifies() {
        let folder = tempfile::tempdir().unwrap();
        let ctx = Ctx { now: Default::default(), mono: 1, boot: String::new(), operator: "甲".into() };
        let plan = kaowu_core::plan::bundled("jiangsu-2020").unwrap();
        let desk = Desk::create(&folder.path().join("db"), &ctx, &NewEvent { plan, mode: Mode::Live }).unwrap();
        let deed = Deed { winner: "乙".into(), name: "乙".into(), rank: None, grounds: String::new() };
        let award = desk.plan().awards.last().unwrap();
        let signer = desk.certificate_signer().unwrap();
        let says = |signer| {
            let made = desk.certificate(award, &deed, "e", "N-1", "", signer).unwrap();
            desk.verify_certificate(&made.verification).map(|v| v.number).map_err(|e| e.code())
        };
        assert_eq!(says(Some(&signer)), Ok("N-1".to_owned()));
        assert_eq!(says(None), Err("certificate-forged".to_owned()), "a preview");
    }
}
