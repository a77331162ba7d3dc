//! Long work says how far it is, and can be asked to stop: then it is refused, and its transaction leaves nothing.

use crate::error::{Result, StoreFault};
use crate::read::Reader;
use std::cell::RefCell;
use std::ops::ControlFlow;

/// What long work is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// A file is read.
    Reading,
    /// Rows or entries are held against the rules.
    Checking,
    /// What comes is compared with what stands.
    Comparing,
    /// Facts go into the database.
    Writing,
    /// Pages go into a copy.
    Copying,
    /// Views are made anew.
    Rebuilding,
    /// Seats are drawn.
    Drawing,
    /// Sheets or pages are laid out.
    Composing,
}

impl Step {
    /// Its name; `work-` before it is the code of its words.
    pub fn code(self) -> &'static str {
        match self {
            Self::Reading => "work-reading",
            Self::Checking => "work-checking",
            Self::Comparing => "work-comparing",
            Self::Writing => "work-writing",
            Self::Copying => "work-copying",
            Self::Rebuilding => "work-rebuilding",
            Self::Drawing => "work-drawing",
            Self::Composing => "work-composing",
        }
    }
}

/// Is told the step, how much of it is done and of how much; says whether the work goes on.
pub type Watch = Box<dyn FnMut(Step, usize, usize) -> ControlFlow<()> + Send>;

/// Items between two words: often enough to stop at once, seldom enough to cost nothing.
const OFTEN: usize = 512;

impl Reader {
    /// Has work on this database tell `watch` how far it is, or nobody.
    pub fn watched_by(&self, watch: Option<Watch>) {
        self.watch.replace(watch);
    }

    /// Says how far work is; refused where it is asked to stop.
    pub fn tell(&self, step: Step, done: usize, total: usize) -> Result<()> {
        match self.watch.borrow_mut().as_mut().map(|watch| watch(step, done, total)) {
            Some(ControlFlow::Break(())) => Err(StoreFault::Stopped.into()),
            Some(ControlFlow::Continue(())) | None => Ok(()),
        }
    }

    /// The same from within a loop: every so many items.
    pub fn tell_often(&self, step: Step, done: usize, total: usize) -> Result<()> {
        if done.is_multiple_of(OFTEN) { self.tell(step, done, total) } else { Ok(()) }
    }
}

pub(crate) type Watched = RefCell<Option<Watch>>;
