//! Print runs of certificates: what went onto paper, what is void, what was printed again (DESIGN.md §5).

use crate::certificates::{Batch, Issue, Look};
use crate::error::{DeskFault, Result};
use crate::unrecorded::CertificateFile;
use crate::{Ctx, Desk, View};
use kaowu_core::facts::{Deed, PrintRunFact, Sheet, SheetFact, state};
use kaowu_core::identity::ListId;
use kaowu_core::journal::Mode;
use kaowu_ledger::{Draft, Held};
use kaowu_papers::{Adjust, CertificateRun, Fonts, Purpose, certificate_file, check_certificates};
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Certificates a file: what a stop or a full disk can lose.
const A_FILE: usize = 100;
/// Certificates that are laid out at once before the first file.
const CHECKED_AT_ONCE: usize = 1000;

/// What is to be printed.
#[derive(Debug, Clone)]
pub struct PrintOrder<'a> {
    /// The award.
    pub award: &'a ListId,
    /// On what, where not on the award's own template.
    pub look: Look<'a>,
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
    /// How many were left out because they are on paper already: those come again only with a reason.
    pub on_paper: usize,
    /// How many were left out because they are void.
    pub void: usize,
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
    /// Waits to be printed again.
    Again,
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

/// A certificate that a run is to print.
struct Wanted {
    at: usize,
    number: String,
    deed: Deed,
    again: u32,
    /// Why it is printed again, where it is.
    reason: Option<String>,
}

/// What a run prints, and how many sheets it leaves out.
struct Chosen {
    wanted: Vec<Wanted>,
    on_paper: usize,
    void: usize,
}

impl Desk {
    /// Prints what is not on paper yet, of one award or of all confirmed ones: a numbered run for each.
    pub fn print_certificates(
        &mut self,
        ctx: &Ctx,
        fonts: &Fonts,
        only: Option<&ListId>,
        folder: &Path,
        progress: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
    ) -> Result<Vec<PrintedRun>> {
        let awards: Vec<ListId> = match only {
            Some(award) => vec![self.view().batch(award)?.award.id.clone()],
            None => self.view().batches()?.into_iter().map(|batch| batch.award.id.clone()).collect(),
        };
        let mut out = Vec::new();
        for award in &awards {
            let waits = |state| matches!(state, SheetCondition::None | SheetCondition::Again);
            let open = self.sheets(award)?.iter().position(|sheet| waits(sheet.state));
            let Some(from) = open.map(|at| at + 1) else { continue };
            let order = PrintOrder { award, look: Look::default(), adjust: Adjust::default(), from, folder };
            out.push(self.print_run(ctx, fonts, &order, progress)?);
            if out.last().is_some_and(|run| run.stopped) {
                break;
            }
        }
        if out.is_empty() { Err(DeskFault::NothingToPrint.into()) } else { Ok(out) }
    }

    /// Prints an award from one sheet to the end, with the numbers its certificates have today, in files of at most a hundred.
    /// Sheets on paper are left out, and so are void ones: there is one good paper of a number, and another comes with a reason
    /// and a second person ([`Desk::print_again`], [`Desk::reprint_sheet`]). Everything is laid out before the first file. Each
    /// file is journalled when it lies on the disk: a stop, a full disk or a power cut loses none of them from the record,
    /// and the next run goes on after them.
    pub fn print_run(
        &mut self,
        ctx: &Ctx,
        fonts: &Fonts,
        order: &PrintOrder<'_>,
        progress: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
    ) -> Result<PrintedRun> {
        self.hq_only(ctx, "certificates.printed")?;
        self.may(ctx, "certificates.printed")?;
        let view = self.view();
        let event = view.event()?;
        let batch = view.batch(order.award)?;
        let Chosen { wanted, on_paper, void } = view.to_print(&batch, order.from.max(1))?;
        let template = order.look.template(batch.template)?;
        let (signer, date) = (self.certificate_signer()?, self.date(&ctx.now.to_rfc3339()));
        let issue = Issue { event: &event.id, date: &date, signer: Some(&signer) };
        let award = batch.award.clone();
        let (purpose, title) = (Purpose { drill: event.mode == Mode::Drill, specimen: false }, award.title.as_str());
        let run = view.under::<PrintRunFact>("")?.last().map_or(1, |(n, _)| n + 1);
        // Made twice, before the first file and for each, so that no run is too large for the memory.
        let make = |desk: &Self, part: &[Wanted], issue: &Issue<'_>| {
            part.iter().map(|w| desk.certificate(&award, &w.deed, &w.number, w.again, issue)).collect::<Result<Vec<_>>>()
        };
        let empty = CertificateRun { template: &template, certificates: &[], a_file: A_FILE, title, adjust: order.adjust, purpose };
        for part in wanted.chunks(CHECKED_AT_ONCE) {
            let made = make(self, part, &Issue { signer: None, ..issue })?;
            check_certificates(&CertificateRun { certificates: &made, ..empty.clone() }, fonts)?;
        }
        let total = wanted.len();
        let path_text = |path: Option<&Path>| path.map(|p| p.display().to_string());
        let mut fact = PrintRunFact {
            award: award.id.clone(),
            first: wanted.first().map(|w| w.number.clone()).unwrap_or_default(),
            last: String::new(),
            printed: 0,
            total: u32::try_from(total).unwrap_or(u32::MAX),
            template: order.look.template.unwrap_or(batch.template).to_owned(),
            right_um: order.adjust.right_um,
            down_um: order.adjust.down_um,
            seal: path_text(order.look.seal),
            background: path_text(order.look.background),
            look: template.digest(),
        };
        let (mut files, mut printed, mut stopped) = (Vec::new(), 0, false);
        for part in wanted.chunks(A_FILE) {
            let made = make(self, part, &issue)?;
            let drawn = certificate_file(&CertificateRun { certificates: &made, ..empty.clone() }, fonts, &mut |n| {
                let go_on = progress(printed + n, total);
                stopped |= go_on.is_break();
                go_on
            })?;
            let Some(bytes) = drawn else { break };
            let name = format!("证书-{title}-第{run:03}批-{:02}.pdf", files.len() + 1);
            let path = order.folder.join(kaowu_disk::safe_name(&name));
            printed += part.len();
            fact.last = part.last().map(|w| w.number.clone()).unwrap_or_default();
            fact.printed = u32::try_from(printed).unwrap_or(u32::MAX);
            self.journal_file(ctx, run, &fact, part, (&path, &bytes))?;
            files.push(path);
            if stopped {
                break;
            }
        }
        let next = wanted.get(printed).map(|w| w.at);
        let (first, last) = if printed > 0 { (fact.first, fact.last) } else { Default::default() };
        let run = if printed > 0 { run } else { 0 };
        let stopped = stopped && printed < total;
        Ok(PrintedRun { run, award: fact.award, first, last, printed, total, on_paper, void, stopped, next, files })
    }

    /// Puts a file of a run on the disk, and writes down that it lies there.
    fn journal_file(&mut self, ctx: &Ctx, run: u32, fact: &PrintRunFact, part: &[Wanted], (path, bytes): (&Path, &[u8])) -> Result<()> {
        let sheet = |w: &Wanted| SheetFact {
            run,
            state: Sheet::Printed,
            reason: w.reason.clone(),
            award: fact.award.clone(),
            winner: w.deed.winner.clone(),
            issue: w.again,
        };
        let facts: Vec<_> = part.iter().map(|w| state(&w.number, &sheet(w))).collect();
        let sheets = part.iter().map(|w| (w.number.clone(), w.again)).collect();
        self.put_certificates(ctx, &CertificateFile { path: path.to_owned(), bytes, sheets }, |view| {
            let mut replaced = view.replaced::<SheetFact>(part.iter().map(|w| w.number.clone()))?;
            replaced.extend(view.replaced::<PrintRunFact>([run])?);
            let draft = Draft::new("certificates.printed").with("award", fact.award.as_str()).with("run", run);
            let draft = draft.with("printed", fact.printed).with("total", fact.total);
            Ok(draft.fact(state(&run, fact)).facts(facts).replacing(replaced))
        })
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
                Some(Sheet::Again) => SheetCondition::Again,
            };
            let (run, reason) = (fact.as_ref().map(|f| f.run), fact.and_then(|f| f.reason));
            SheetState { number, name: deed.name.clone(), award: award.clone(), run, state, reason }
        };
        Ok(batch.sheets().map(row).collect())
    }

    /// Declares a printed certificate void.
    pub fn void_sheet(&mut self, ctx: &Ctx, number: &str, reason: &str) -> Result<()> {
        self.hq_only(ctx, "certificate.voided")?;
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

    /// Prints one certificate again, as its run printed it: same template and pictures, same place on the page, same date. The
    /// paper before it is no longer good: its code says so.
    pub fn reprint_sheet(&mut self, ctx: &Ctx, fonts: &Fonts, number: &str, reason: &str, folder: &Path) -> Result<PathBuf> {
        self.hq_only(ctx, "certificate.reprinted")?;
        let reason = DeskFault::reason(reason)?;
        let said = vec![number, reason];
        self.may_with_second(ctx, &Draft::new("certificate.reprinted").asking(said.clone()))?;
        let view = self.view();
        let fact = view.printed_sheet(number)?;
        let run = view.one::<PrintRunFact>(&fact.run)?.ok_or_else(|| DeskFault::CertificateNotPrinted { number: number.to_owned() })?;
        let batch = view.batch(&fact.award)?;
        let another = || DeskFault::CertificateOfAnother { number: number.to_owned(), award: fact.award.clone() };
        let (_, _, deed) = batch.sheets().find(|(_, n, deed)| n == number && batch.is_of(&fact, deed)).ok_or_else(another)?;
        let (event, did) = (view.event()?, &run.value);
        let path_of = |text: &Option<String>| text.as_ref().map(PathBuf::from);
        let (seal, background) = (path_of(&did.seal), path_of(&did.background));
        let look = Look { template: Some(&did.template), seal: seal.as_deref(), background: background.as_deref() };
        let template = look.template(batch.template)?;
        if !did.look.is_empty() && did.look != template.digest() {
            return Err(DeskFault::TemplateChanged { number: number.to_owned(), template: did.template.clone() }.into());
        }
        let again = view.codes_spent()?.get(number).copied().unwrap_or(0).max(fact.issue.saturating_add(1));
        let (signer, date) = (self.certificate_signer()?, self.date(&run.by.t));
        let issue = Issue { event: &event.id, date: &date, signer: Some(&signer) };
        let made = [self.certificate(batch.award, deed, number, again, &issue)?];
        let page = CertificateRun {
            template: &template,
            certificates: &made,
            a_file: 0,
            title: &batch.award.title,
            adjust: Adjust { right_um: did.right_um, down_um: did.down_um },
            purpose: Purpose { drill: event.mode == Mode::Drill, specimen: false },
        };
        let bytes = certificate_file(&page, fonts, &mut |_| ControlFlow::Continue(()))?.ok_or(DeskFault::NothingToPrint)?;
        // A name of its own: the good paper's file is not written over before this one is the good paper.
        let path = folder.join(kaowu_disk::safe_name(&format!("证书-{number}-第{again}次补印.pdf")));
        let fact = SheetFact { state: Sheet::Printed, reason: Some(reason.to_owned()), issue: again, ..fact };
        let file = CertificateFile { path: path.clone(), bytes: &bytes, sheets: [(number.to_owned(), again)].into() };
        self.put_certificates(ctx, &file, |view| Ok(view.sheet_draft("certificate.reprinted", number, &fact, reason)?.asking(said)))?;
        Ok(path)
    }
}

impl Batch<'_> {
    /// Whether a sheet was printed for this deed: numbers move on when awards before this one are confirmed anew.
    pub(crate) fn is_of(&self, fact: &SheetFact, deed: &kaowu_core::facts::Deed) -> bool {
        fact.award == self.award.id && fact.winner == deed.winner
    }
}

impl View<'_> {
    /// The sheets of a run that begins with this one. Refused where a number is on paper for somebody else, and where none is left.
    fn to_print(&self, batch: &Batch<'_>, from: usize) -> Result<Chosen> {
        let sheets = batch.deeds.len();
        if from > sheets {
            return Err(DeskFault::SheetBeyond { from, sheets }.into());
        }
        let (known, spent) = (self.sheet_facts()?, self.codes_spent()?);
        let mut out = Chosen { wanted: Vec::new(), on_paper: 0, void: 0 };
        for (at, number, deed) in batch.sheets().skip(from - 1) {
            let spent = spent.get(&number).copied().unwrap_or(0);
            let (deed, again) = (deed.clone(), known.get(&number).map_or(0, |fact| fact.issue).max(spent));
            match known.get(&number).map(|fact| (fact, fact.state, batch.is_of(fact, &deed))) {
                Some((fact, Sheet::Printed, false)) => {
                    return Err(DeskFault::CertificateOfAnother { number, award: fact.award.clone() }.into());
                }
                Some((_, Sheet::Printed, true)) => out.on_paper += 1,
                Some((_, Sheet::Void, true)) => out.void += 1,
                Some((fact, Sheet::Again, true)) => out.wanted.push(Wanted { at, number, deed, again, reason: fact.reason.clone() }),
                // A number that was void for somebody else begins anew, but not with a code that was given out before.
                Some((_, Sheet::Void | Sheet::Again, false)) | None => out.wanted.push(Wanted { at, number, deed, again, reason: None }),
            }
        }
        match out {
            Chosen { wanted, on_paper, void } if wanted.is_empty() => Err(DeskFault::AllOnPaper { from, on_paper, void }.into()),
            out => Ok(out),
        }
    }

    pub(crate) fn sheet_facts(&self) -> Result<BTreeMap<String, SheetFact>> {
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
