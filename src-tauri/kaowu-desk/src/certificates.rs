//! Certificates of confirmed awards, and checking one by its code.

use crate::error::{DeskFault, Result};
use crate::papers::write_file;
use crate::results::AwardRow;
use crate::{Ctx, Desk};
use kaowu_core::facts::{AwardConfirmation, Deed};
use kaowu_core::identity::{IdNumber, ListId, UnitCode};
use kaowu_core::journal::Mode;
use kaowu_core::plan::AwardPlan;
use kaowu_packet::keys::{Signer, verified_bare};
use kaowu_papers::numerals::{below_hundred, chinese_date};
use kaowu_papers::{Certificate, CertificateRun, FileNo, Fonts, Template, certificates};
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
        let date = chinese_date(&ctx.now.format("%Y-%m-%d").to_string()).unwrap_or_default();
        let mut out = Vec::new();
        let mut number = 0_u32;
        for award in &self.plan().awards {
            let Some(confirmed) = view.one::<AwardConfirmation>(&award.id)? else { continue };
            let Some(template) = &award.template else { continue };
            // Numbers run over all awards, so that printing one award alone gives the numbers it has in the whole run.
            let first = number + 1;
            number += u32::try_from(confirmed.value.deeds.len()).unwrap_or(0);
            if only.is_some_and(|id| *id != award.id) {
                continue;
            }
            let template = Template::of(template)?;
            let made = (first..).zip(&confirmed.value.deeds).map(|(n, deed)| {
                let number = format!("{}-{n:05}", self.plan().event.id.to_uppercase());
                self.certificate(award, deed, &event.id, &number, &date, &signer)
            });
            let made: Vec<Certificate> = made.collect::<Result<_>>()?;
            let run = CertificateRun {
                template: &template,
                certificates: &made,
                a_file: 0,
                title: &award.title,
                drill: event.mode == Mode::Drill,
            };
            let mut files = Vec::new();
            certificates(&run, fonts, progress, &mut |FileNo(n), bytes| {
                let name = kaowu_packet::safe_name(&format!("证书-{}-{n:02}.pdf", award.title));
                let path = folder.join(name);
                write_file(&path, &bytes)?;
                files.push(path);
                Ok::<(), crate::DeskError>(())
            })?;
            out.push(CertificateSummary { title: award.title.clone(), certificates: made.len(), files });
        }
        if out.is_empty() { Err(DeskFault::NothingToPrint.into()) } else { Ok(out) }
    }

    fn certificate(&self, award: &AwardPlan, deed: &Deed, event: &str, number: &str, date: &str, signer: &Signer) -> Result<Certificate> {
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
            verification: format!("{message}\t{}", hex::encode(signer.sign_bare(message.as_bytes()))),
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
