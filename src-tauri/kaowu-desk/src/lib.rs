//! The use cases of Kaowu: one function, one transaction, one journal entry.
//!
//! A desk reads files, asks core what the rules say, and has the ledger write down what was done. It holds no rule of
//! its own and speaks no SQL. Time and operator come in with every call ([`Ctx`]).

mod admission;
mod certificates;
mod error;
mod event;
mod handle;
mod incident;
mod interview;
mod journal;
mod kept;
mod marks;
mod moves;
mod packet;
mod papers;
mod print_runs;
mod results;
mod room_record;
mod rooms;
mod roster;
pub mod screen;
mod seating;
mod uncover;
mod view;

pub use admission::{Admitted, Present};
pub use certificates::{CertificateSummary, GlyphProblem, Verified, template_names};
pub use error::{DeskError, DeskFault, Result};
pub use event::{BUNDLED_PLANS, NewEvent};
pub use incident::IncidentReport;
pub use interview::{DrawLots, PanelImport, SheetDecision};
pub use journal::{FeedSummary, Health};
pub use kept::Kept;
pub use marks::{Decision, MarkCounts, MarkDifference, MarkImport};
pub use packet::{HandedOver, Inspected, Issued, Merged, Opened, PostState, PostStatus, ReceiptRead};
pub use papers::{PaperKind, PaperOf, write_file};
pub use print_runs::{HeldRun, PrintOrder, PrintedRun, SheetCondition, SheetState};
pub use results::{AwardRow, CompositeRow, DelegationRow, GroupRow, OpenAwards, ResultsTable, SelectedRow, SubstitutionRow, WhatIf};
pub use room_record::RecordedRoom;
pub use rooms::RoomImport;
pub use roster::{ExclusionImport, Finding, FindingKind, RosterImport, RosterPreview};
pub use seating::DrawSummary;
pub use view::{InRoom, IncidentRow, View};

pub use kaowu_ledger::{Step, Watch};
pub use kaowu_papers::{Adjust, Fonts};

use crate::handle::Handles;
use chrono::{DateTime, FixedOffset};
use kaowu_core::identity::Operator;
use kaowu_core::plan::Plan;
use kaowu_ledger::{Draft, Ledger, Stamp};
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
}

impl Desk {
    pub(crate) fn over(ledger: Ledger, plan: Plan, path: &Path) -> Self {
        Self { handles: Handles::new(&ledger), ledger, plan, path: path.to_owned() }
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

    /// One use case: `work` reads what holds and says what to write; both in one transaction, as one entry.
    fn record<O>(&mut self, ctx: &Ctx, work: impl FnOnce(&View<'_>) -> Result<(Draft, O)>) -> Result<O> {
        let (plan, handles) = (&self.plan, &self.handles);
        self.ledger.transact(|tx| {
            let (draft, outcome) = work(&View::new(tx, plan, handles))?;
            tx.append(&ctx.stamp(), draft)?;
            Ok(outcome)
        })
    }
}
