//! Print runs of certificates: what went onto paper, what is void, what was printed again (DESIGN.md §5).

use crate::certificates::Batch;
use crate::error::{DeskError, DeskFault, Result};
use crate::papers::write_file;
use crate::{Ctx, Desk, View};
use kaowu_core::facts::{PrintRunFact, Sheet, SheetFact, state};
use kaowu_core::identity::ListId;
use kaowu_core::journal::Mode;
use kaowu_ledger::{Draft, Held};
use kaowu_papers::{Adjust, CertificateRun, Fonts, Template, certificate_file, check_certificates};
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Certificates a file: what a stop or a full disk can lose.
const A_FILE: usize = 100;

/// What is to be printed.
#[derive(Debug, Clone)]
pub struct PrintOrder<'a> {
    /// The award.
    pub award: &'a ListId,
    /// Another template than the award's.
    pub template: Option<&'a str>,
    /// By how much every page is moved.
    pub adjust: Adjust,
    /// The sheet to begin with, from 1.
    pub from: usize,
    /// Where the files go.
    pub folder: &'a Path,
}

/// What a run printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PrintedRun {
    /// Its number; 0 where it was stopped before its first file, and nothing was written down.
    pub run: u32,
    /// The award.
    pub award: ListId,
    /// Number of the first certificate printed.
    pub first: String,
    /// Number of the last.
    pub last: String,
    /// How many were printed.
    pub printed: usize,
    /// How many were asked for.
    pub total: usize,
    /// Whether it was stopped.
    pub stopped: bool,
    /// The sheet to go on with, where some are left.
    pub next: Option<usize>,
    /// The files.
    pub files: Vec<PathBuf>,
}

/// A run, with who printed it and when.
pub type HeldRun = Held<PrintRunFact>;

/// Whether a certificate is on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SheetCondition {
    /// Not printed.
    None,
    /// Printed.
    Printed,
    /// Printed and declared void.
    Void,
}

/// A certificate and its sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetState {
    /// The certificate's number today.
    pub number: String,
    /// Whose.
    pub name: String,
    /// The award.
    pub award: ListId,
    /// The run that printed it.
    pub run: Option<u32>,
    /// How it is.
    pub state: SheetCondition,
    /// Why it is void, or was printed again.
    pub reason: Option<String>,
}

impl Desk {
    /// Prints an award from one sheet to the end, with the numbers its certificates have today, in files of at most a hundred.
    /// Void sheets are left out: they come back one by one, with a reason. Everything is laid out before the first file. When
    /// `progress` stops the run, the files that are whole stay and are journalled, and the next run goes on after them.
    pub fn print_run(
        &mut self,
        ctx: &Ctx,
        fonts: &Fonts,
        order: &PrintOrder<'_>,
        progress: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
    ) -> Result<PrintedRun> {
        self.only_hq()?;
        let view = self.view();
        let event = view.event()?;
        let batch = view.batch(order.award)?;
        let (from, sheets) = (order.from.max(1), batch.deeds.len());
        if from > sheets {
            return Err(DeskFault::SheetBeyond { from, sheets }.into());
        }
        let known = view.sheet_facts()?;
        let mut wanted = Vec::new();
        for (n, number, deed) in batch.sheets().skip(from - 1) {
            match known.get(&number) {
                Some(fact) if !batch.is_of(fact, deed) && fact.state == Sheet::Printed => {
                    return Err(DeskFault::CertificateOfAnother { number, award: fact.award.clone() }.into());
                }
                Some(fact) if batch.is_of(fact, deed) && fact.state == Sheet::Void => {}
                Some(_) | None => wanted.push((n, number, deed)),
            }
        }
        if wanted.is_empty() {
            return Err(DeskFault::NothingToPrint.into());
        }
        let template = Template::of(order.template.unwrap_or(batch.template))?;
        let (signer, date) = (self.certificate_signer()?, crate::certificates::date(&ctx.now.to_rfc3339()));
        let made = wanted.iter().map(|(_, number, deed)| self.certificate(batch.award, deed, &event.id, number, &date, Some(&signer)));
        let made = made.collect::<Result<Vec<_>>>()?;
        let whole = CertificateRun {
            template: &template,
            certificates: &made,
            a_file: A_FILE,
            title: &batch.award.title,
            adjust: order.adjust,
            drill: event.mode == Mode::Drill,
        };
        check_certificates(&whole, fonts)?;
        let run = view.under::<PrintRunFact>("")?.last().map_or(1, |(n, _)| n + 1);
        let total = made.len();
        let (mut files, mut printed, mut stopped, mut failed) = (Vec::new(), 0, false, None);
        for part in made.chunks(A_FILE) {
            let part = CertificateRun { certificates: part, ..whole.clone() };
            let drawn = certificate_file(&part, fonts, &mut |n| {
                let go_on = progress(printed + n, total);
                stopped |= go_on.is_break();
                go_on
            });
            let name = format!("证书-{}-第{run:03}批-{:02}.pdf", batch.award.title, files.len() + 1);
            let path = order.folder.join(kaowu_packet::safe_name(&name));
            match drawn.map_err(DeskError::from).and_then(|bytes| bytes.map(|bytes| write_file(&path, &bytes)).transpose()) {
                Ok(Some(())) => {
                    files.push(path);
                    printed += part.certificates.len();
                }
                Ok(None) => {}
                // What is on the disk is on the disk, and is written down before the refusal is passed on.
                Err(fault) => failed = Some(fault),
            }
            if stopped || failed.is_some() {
                break;
            }
        }
        let stopped = stopped && printed < total;
        let next = wanted.get(printed).map(|(n, ..)| *n);
        let done = &wanted[..printed];
        let (award, text) = (order.award.clone(), |at: Option<&(usize, String, _)>| at.map(|(_, n, _)| n.clone()).unwrap_or_default());
        let (first, last) = (text(done.first()), text(done.last()));
        if printed > 0 {
            let fact = PrintRunFact {
                award: award.clone(),
                first: first.clone(),
                last: last.clone(),
                printed: u32::try_from(printed).unwrap_or(u32::MAX),
                total: u32::try_from(total).unwrap_or(u32::MAX),
                template: template.id.clone(),
                right_um: order.adjust.right_um,
                down_um: order.adjust.down_um,
            };
            let sheet =
                |winner: &str| SheetFact { run, state: Sheet::Printed, reason: None, award: award.clone(), winner: winner.to_owned() };
            let facts: Vec<_> = done.iter().map(|(_, number, deed)| state(number, &sheet(&deed.winner))).collect();
            let numbers: Vec<String> = done.iter().map(|(_, number, _)| number.clone()).collect();
            let recorded = self.record(ctx, |view| {
                let draft = Draft::new("certificates.printed").with("award", award.as_str()).with("printed", printed).with("total", total);
                Ok((draft.fact(state(&run, &fact)).facts(facts).replacing(view.replaced::<SheetFact>(numbers)?), ()))
            });
            recorded.inspect_err(|_| take_away(&files))?;
        }
        match failed {
            Some(fault) => Err(fault),
            None => Ok(PrintedRun { run: if printed > 0 { run } else { 0 }, award, first, last, printed, total, stopped, next, files }),
        }
    }

    /// Runs so far, by number.
    pub fn print_runs(&self) -> Result<Vec<(u32, HeldRun)>> {
        self.view().under::<PrintRunFact>("")
    }

    /// Certificates of an award and whether they are on paper; none where the award is not confirmed.
    pub fn sheets(&self, award: &ListId) -> Result<Vec<SheetState>> {
        let view = self.view();
        view.award_plan(award)?;
        let Some(batch) = view.batches()?.into_iter().find(|b| b.award.id == *award) else { return Ok(vec![]) };
        let mut known = view.sheet_facts()?;
        let row = |(_, number, deed)| {
            let fact = known.remove(&number).filter(|fact| batch.is_of(fact, deed));
            let state = match fact.as_ref().map(|f| f.state) {
                None => SheetCondition::None,
                Some(Sheet::Printed) => SheetCondition::Printed,
                Some(Sheet::Void) => SheetCondition::Void,
            };
            let (run, reason) = (fact.as_ref().map(|f| f.run), fact.and_then(|f| f.reason));
            SheetState { number, name: deed.name.clone(), award: award.clone(), run, state, reason }
        };
        Ok(batch.sheets().map(row).collect())
    }

    /// Declares a printed certificate void.
    pub fn void_sheet(&mut self, ctx: &Ctx, number: &str, reason: &str) -> Result<()> {
        self.only_hq()?;
        let reason = DeskFault::reason(reason)?;
        self.record(ctx, |view| {
            let fact = view.printed_sheet(number)?;
            if fact.state == Sheet::Void {
                return Err(DeskFault::CertificateVoid { number: number.to_owned() }.into());
            }
            let fact = SheetFact { state: Sheet::Void, reason: Some(reason.to_owned()), ..fact };
            Ok((view.sheet_draft("certificate.voided", number, &fact, reason)?, ()))
        })
    }

    /// Prints one certificate again, as its run printed it: same template, same place on the page, same date.
    pub fn reprint_sheet(&mut self, ctx: &Ctx, fonts: &Fonts, number: &str, reason: &str, folder: &Path) -> Result<PathBuf> {
        self.only_hq()?;
        let reason = DeskFault::reason(reason)?;
        let view = self.view();
        let fact = view.printed_sheet(number)?;
        let run = view.one::<PrintRunFact>(&fact.run)?.ok_or_else(|| DeskFault::CertificateNotPrinted { number: number.to_owned() })?;
        let batch = view.batch(&fact.award)?;
        let another = || DeskFault::CertificateOfAnother { number: number.to_owned(), award: fact.award.clone() };
        let (_, _, deed) = batch.sheets().find(|(_, n, deed)| n == number && batch.is_of(&fact, deed)).ok_or_else(another)?;
        let event = view.event()?;
        let signer = self.certificate_signer()?;
        let made = [self.certificate(batch.award, deed, &event.id, number, &crate::certificates::date(&run.by.t), Some(&signer))?];
        let page = CertificateRun {
            template: &Template::of(&run.value.template)?,
            certificates: &made,
            a_file: 0,
            title: &batch.award.title,
            adjust: Adjust { right_um: run.value.right_um, down_um: run.value.down_um },
            drill: event.mode == Mode::Drill,
        };
        let bytes = certificate_file(&page, fonts, &mut |_| ControlFlow::Continue(()))?.ok_or(DeskFault::NothingToPrint)?;
        let path = folder.join(kaowu_packet::safe_name(&format!("证书-{number}-补印.pdf")));
        write_file(&path, &bytes)?;
        let fact = SheetFact { state: Sheet::Printed, reason: Some(reason.to_owned()), ..fact };
        let recorded = self.record(ctx, |view| Ok((view.sheet_draft("certificate.reprinted", number, &fact, reason)?, ())));
        recorded.inspect_err(|_| take_away(std::slice::from_ref(&path)))?;
        Ok(path)
    }
}

/// Certificates of which nothing could be written down must not lie about to be printed.
fn take_away(files: &[PathBuf]) {
    for file in files {
        let _gone = std::fs::remove_file(file);
    }
}

impl Batch<'_> {
    /// Whether a sheet was printed for this deed: numbers move on when awards before this one are confirmed anew.
    fn is_of(&self, fact: &SheetFact, deed: &kaowu_core::facts::Deed) -> bool {
        fact.award == self.award.id && fact.winner == deed.winner
    }
}

impl View<'_> {
    fn sheet_facts(&self) -> Result<BTreeMap<String, SheetFact>> {
        Ok(self.under::<SheetFact>("")?.into_iter().map(|(number, held)| (number, held.value)).collect())
    }

    /// What is known of a number that was printed; refused where it is not, or is no number at all.
    fn printed_sheet(&self, number: &str) -> Result<SheetFact> {
        if let Some(held) = self.one::<SheetFact>(&number.to_owned())? {
            return Ok(held.value);
        }
        let number = number.to_owned();
        let exists = self.batches()?.iter().any(|batch| batch.sheets().any(|(_, n, _)| n == number));
        Err(if exists { DeskFault::CertificateNotPrinted { number } } else { DeskFault::NoSuchCertificate { number } }.into())
    }

    fn sheet_draft(&self, kind: &str, number: &str, fact: &SheetFact, reason: &str) -> Result<Draft> {
        let key = number.to_owned();
        let replaced = self.replaced::<SheetFact>([key.clone()])?;
        Ok(Draft::new(kind).with("number", number).because(reason).fact(state(&key, fact)).replacing(replaced))
    }
}
