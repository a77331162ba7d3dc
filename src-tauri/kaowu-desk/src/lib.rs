//! The use cases of Kaowu: one function, one transaction, one journal entry.
//!
//! A desk reads files, asks core what the rules say, and has the ledger write down what was done. It holds no rule of
//! its own and speaks no SQL. Time and operator come in with every call ([`Ctx`]).

mod admission;
mod before;
mod certificate_code;
mod certificates;
mod closing;
mod drafts;
mod error;
mod event;
mod glance;
mod handle;
mod incident;
mod interview;
mod journal;
mod kept;
mod keys;
mod marks;
mod moves;
mod operators;
mod packet;
mod papers;
mod practice;
mod print_runs;
mod reprints;
mod reseating;
mod results;
mod room_record;
mod rooms;
mod roster;
pub mod screen;
mod seat_file;
mod seat_proof;
mod seating;
mod staff;
mod stages;
mod unconfirmed;
mod uncover;
mod unrecorded;
mod view;

pub use admission::{Admitted, Present};
pub use before::{BelowRow, LateGrounds, RosterState, WithdrawnRow};
pub use certificate_code::Verified;
pub use certificates::{GlyphProblem, Look, check_template, copy_template, template_names};
pub use closing::{ArchiveDoor, ArchiveMade, ArchiveOpened, CertificateReady, Deleted, DeletionOrder, PreparedDeletion};
pub use drafts::Form;
pub use error::{DeskError, DeskFault, Result};
pub use event::{BUNDLED_PLANS, NewEvent};
pub use incident::IncidentReport;
pub use interview::{DrawLots, PanelImport, SheetDecision};
pub use journal::{FeedSummary, Health};
pub use kept::Kept;
pub use keys::{KeyKind, KeyPlaces, KeySaved};
pub use marks::{Decision, MarkCounts, MarkDifference, MarkImport};
pub use operators::{NewOperator, OperatorRow};
pub use packet::{HandedOver, Inspected, Issued, Merged, Opened, PostState, PostStatus, ReceiptRead, TakenOver};
pub use papers::{AnnouncementOf, PaperKind, PaperOf, WordsOpen, write_file};
pub use practice::{PracticeFileRow, PracticeImport, PracticeList, PracticeLook, PracticeProgress, PracticeQuery, PracticeTold};
pub use print_runs::{HeldRun, PrintOrder, PrintedRun, SheetCondition, SheetState};
pub use reseating::LateSeat;
pub use results::{
    AwardRow, CompositeRow, DelegationRow, Ground, GroupRow, OpenAwards, ResultsTable, SelectedRow, SubstitutionRow, TitleRow, WhatIf,
};
pub use room_record::RecordedRoom;
pub use rooms::RoomImport;
pub use roster::{ExclusionImport, Finding, FindingKind, RosterImport, RosterPreview};
pub use seat_file::SeatFileCheck;
pub use seat_proof::{Published, PublishedRoom};
pub use seating::{DrawSummary, Seed};
pub use staff::{DutyOutcome, InspectionReport, OnDuty, Place, RecusalRow, Replaced, ServiceRow, StaffImport, StaffPreview, Standing};
pub use stages::{NewResult, TeamMember, TeamNaming, TeamRow};
pub use view::{InRoom, IncidentRow, View};

pub use kaowu_ledger::{BackupKept, Conflict, Mended, Step, Watch};
pub use kaowu_packet::vault::{Pin, VaultFault};
pub use kaowu_papers::fonts::{check_font, font_files};
pub use kaowu_papers::{Adjust, Fonts};

use crate::handle::Handles;
use chrono::{DateTime, FixedOffset};
use kaowu_core::facts::{Candidate, EventFact, ExclusionLine, PlanFact, RoomFact, RosterFile, Topic, Withdrawal};
use kaowu_core::hidden::{first_hidden, first_hidden_in, hidden, point};
use kaowu_core::identity::Operator;
use kaowu_core::plan::Plan;
use kaowu_ledger::{ClockWatch, Draft, Ledger, Stamp, Tx};
use std::cell::{OnceCell, RefCell};
use std::path::{Path, PathBuf};

/// Who acts, and when.
#[derive(Debug, Clone)]
pub struct Ctx {
    /// Wall clock with zone.
    pub now: DateTime<FixedOffset>,
    /// Milliseconds of a clock that only rises, since `boot`.
    pub mono: u64,
    /// Which run of the machine.
    pub boot: String,
    /// Who.
    pub operator: Operator,
}

impl Ctx {
    fn stamp(&self) -> Stamp {
        Stamp { t: self.now, mono: self.mono, boot: self.boot.clone(), operator: self.operator.clone() }
    }
}

/// An open event on this machine.
pub struct Desk {
    ledger: Ledger,
    plan: Plan,
    path: PathBuf,
    handles: Handles,
    /// Who is signed in; none in an open event.
    guard: Option<operators::Guard>,
    /// Among whom the places of practice are decided: made from the journal, and anew when that has changed.
    leaders: RefCell<Option<practice::Leaders>>,
    /// How far the clocks of all devices were looked at.
    clocks: RefCell<ClockWatch>,
    /// Keys saved by earlier versions, whose entries state no facts: none such is ever added.
    keys_before: OnceCell<Vec<KeyKind>>,
}

impl Desk {
    pub(crate) fn over(ledger: Ledger, plan: Plan, path: &Path) -> Self {
        Self {
            handles: Handles::new(&ledger),
            ledger,
            plan,
            path: path.to_owned(),
            guard: None,
            leaders: RefCell::default(),
            clocks: RefCell::default(),
            keys_before: OnceCell::new(),
        }
    }

    /// The plan in force.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The database file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What the journal says now.
    pub fn view(&self) -> View<'_> {
        View::new(&self.ledger, &self.plan, &self.handles)
    }

    /// Has long work say to `watch` how far it is, and ask it whether to go on; or to nobody.
    pub fn watched_by(&self, watch: Option<Watch>) {
        self.ledger.watched_by(watch);
    }

    /// One use case that ends what was being typed: its draft goes in the same transaction.
    fn record_typed<O>(
        &mut self,
        ctx: &Ctx,
        (form, person): (&Form, Option<&kaowu_core::identity::IdNumber>),
        work: impl FnOnce(&View<'_>) -> Result<(Draft, O)>,
    ) -> Result<O> {
        let kind = match form {
            Form::Marks(..) => "mark.keyed",
            Form::Sheets(..) => "panel.keyed",
            Form::Incident(..) | Form::Record(..) | Form::Dialog(_) => "",
        };
        self.record_as(ctx, kind, |view| {
            let done = work(view)?;
            drafts::forget(view, &ctx.operator, form, person)?;
            Ok(done)
        })
    }

    /// One use case: `work` reads what holds and says what to write; both in one transaction, as one entry. In a protected event
    /// this is the gate: who is not signed in or may not is refused, and so is an act without the second person it takes. What
    /// was refused so is written down by itself.
    fn record<O>(&mut self, ctx: &Ctx, work: impl FnOnce(&View<'_>) -> Result<(Draft, O)>) -> Result<O> {
        self.recorded(ctx, "", |_, view| work(view).map(|(draft, outcome)| (Some(draft), outcome)))
    }

    /// The same where `work` itself refuses people: what they wanted is known before there is a draft.
    fn record_as<O>(&mut self, ctx: &Ctx, kind: &str, work: impl FnOnce(&View<'_>) -> Result<(Draft, O)>) -> Result<O> {
        self.recorded(ctx, kind, |_, view| work(view).map(|(draft, outcome)| (Some(draft), outcome)))
    }

    /// The same where more than the entry is written in its transaction, or perhaps nothing is to be said.
    fn record_with<O>(&mut self, ctx: &Ctx, work: impl FnOnce(&Tx<'_>, &View<'_>) -> Result<(Option<Draft>, O)>) -> Result<O> {
        self.recorded(ctx, "", work)
    }

    fn recorded<O>(&mut self, ctx: &Ctx, kind: &str, work: impl FnOnce(&Tx<'_>, &View<'_>) -> Result<(Option<Draft>, O)>) -> Result<O> {
        self.journal_arrival(ctx)?;
        self.say_unconfirmed_file(ctx, "interrupted")?;
        let proven = self.guard.as_mut().map(operators::Guard::take_proven).unwrap_or_default();
        let (plan, handles, guard) = (&self.plan, &self.handles, self.guard.as_ref());
        let (mut kind, mut asked) = (kind.to_owned(), None);
        let done = self.ledger.transact(|tx| {
            let view = View::new(tx, plan, handles);
            let (draft, outcome) = work(tx, &view)?;
            if let Some(draft) = draft {
                kind.clone_from(&draft.kind);
                let second = operators::admitted(guard, &view, ctx, &proven, &draft);
                asked = operators::asked(&second, &draft);
                tx.append(&ctx.stamp(), operators::beside(draft, second?))?;
            }
            Ok(outcome)
        });
        self.asks(asked);
        self.noted(ctx, &kind, done)
    }
}

/// Topics whose texts come from files and were cleaned, or must stay as they are.
const FROM_FILES: [&str; 7] =
    [Candidate::NAME, ExclusionLine::NAME, PlanFact::NAME, RoomFact::NAME, RosterFile::NAME, EventFact::NAME, Withdrawal::NAME];

/// Refuses names, reasons and reports with characters that nobody sees: with one in a name, one person would be two.
fn nothing_hidden(ctx: &Ctx, draft: &Draft) -> Result<()> {
    let refused = |text: &str, c: char| {
        let text: String = text.chars().filter(|c| !hidden(*c)).take(40).collect();
        Err(DeskFault::TextHidden { text, point: point(c) }.into())
    };
    let about = |name: &str| draft.about.get(name).and_then(|v| v.as_str()).unwrap_or_default();
    let said = [ctx.operator.as_str(), about("reason"), about("operator"), about("second")];
    for text in said.into_iter().chain(draft.seconds.iter().map(Operator::as_str)) {
        if let Some(c) = first_hidden(text) {
            return refused(text, c);
        }
    }
    // A brief repeats what headquarters said.
    let typed = draft.facts.iter().filter(|f| draft.kind != kaowu_ledger::OPENING && !FROM_FILES.contains(&f.topic.as_str()));
    for fact in typed {
        if let Some(c) = first_hidden_in(&fact.value) {
            return refused(&fact.value.to_string(), c);
        }
    }
    Ok(())
}
