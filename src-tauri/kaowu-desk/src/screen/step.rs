//! A step of the day as the overview lists it: how far it is, whom it waits for, where it is mended.

use super::{Both, count};
use kaowu_core::plan::{Part, Stage};
use serde::{Deserialize, Serialize};
use specta::Type;

/// A desk of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum DeskName {
    Overview,
    Hq,
    Room,
    Marks,
    Interview,
    Certificates,
    Handover,
    Journal,
}

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum StepState {
    /// Nothing left.
    Done,
    /// Can be worked on.
    Open,
    /// Waits for another step.
    Blocked,
    /// A person must look.
    Attention,
}

/// A step of the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DayStep {
    /// Which; the pages have its words.
    pub step: String,
    /// Id of the stage it is about.
    pub stage: Option<String>,
    /// Id of the part it is about.
    pub part: Option<String>,
    /// Where it is mended.
    pub desk: DeskName,
    /// Which tab there.
    pub tab: Option<String>,
    /// Which view of the tab.
    pub view: Option<String>,
    /// How it stands.
    pub state: StepState,
    /// So many are done.
    pub done: u32,
    /// Of so many.
    pub total: u32,
    /// What is missing, at most five.
    pub who: Vec<Both>,
    /// So many more are missing than are named.
    pub more: u32,
}

impl DayStep {
    pub(super) fn new(step: &str, desk: DeskName, tab: Option<&str>, of: Option<(&Stage, Option<&Part>)>) -> Self {
        Self {
            step: step.to_owned(),
            stage: of.map(|(stage, _)| stage.id.to_string()),
            part: of.and_then(|(_, part)| part.map(|p| p.id.to_string())),
            desk,
            tab: tab.map(str::to_owned),
            view: None,
            state: StepState::Open,
            done: 0,
            total: 0,
            who: vec![],
            more: 0,
        }
    }

    pub(super) fn view(mut self, view: &str) -> Self {
        self.view = Some(view.to_owned());
        self
    }

    pub(super) fn counted(mut self, done: usize, total: usize) -> Self {
        (self.done, self.total) = (count(done), count(total));
        self.state = if total > 0 && done >= total { StepState::Done } else { StepState::Open };
        self
    }

    pub(super) fn naming(mut self, who: impl IntoIterator<Item = impl Into<Both>>) -> Self {
        let mut who = who.into_iter().map(Into::into);
        self.who = who.by_ref().take(5).collect();
        self.more = count(who.count());
        self
    }

    pub(super) fn unless(mut self, blocked: bool) -> Self {
        if blocked {
            self.state = StepState::Blocked;
        }
        self
    }

    pub(super) fn attention(mut self, needed: bool) -> Self {
        if needed {
            self.state = StepState::Attention;
        }
        self
    }

    /// What was done but must be done again comes before what was never done.
    pub(super) fn again(mut self, who: Vec<String>) -> Self {
        if !who.is_empty() {
            self.state = StepState::Attention;
            self.done = self.done.saturating_sub(count(who.len()));
            self.who = who.into_iter().map(Both::from).chain(self.who).take(5).collect();
        }
        self
    }

    pub(super) fn done_when(mut self, done: bool) -> Self {
        if done {
            self.state = StepState::Done;
        }
        self
    }
}
