//! What is being typed, kept on this laptop from the first key on.

use crate::marks::pass_of;
use crate::shell::{Answer, Shell};
use kaowu_desk::{DeskFault, Form};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::State;

/// A form that is filled in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Type)]
#[serde(tag = "form", rename_all = "kebab-case")]
pub(crate) enum FormOf {
    Marks { stage: String, part: String, pass: u8 },
    Sheets { stage: String, part: String, pass: u8 },
    Incident { stage: String, part: String, site: String, room: String },
    Record { stage: String, part: String, site: String, room: String },
    Dialog { about: String },
}

impl From<FormOf> for Form {
    fn from(of: FormOf) -> Self {
        match of {
            FormOf::Marks { stage, part, pass } => Self::Marks(stage.into(), part.into(), pass_of(pass)),
            FormOf::Sheets { stage, part, pass } => Self::Sheets(stage.into(), part.into(), pass_of(pass)),
            FormOf::Incident { stage, part, site, room } => Self::Incident(stage.into(), part.into(), site.into(), room.into()),
            FormOf::Dialog { about } => Self::Dialog(about),
            FormOf::Record { stage, part, site, room } => Self::Record(stage.into(), part.into(), site.into(), room.into()),
        }
    }
}

/// A line that was begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub(crate) struct DraftRow {
    /// Handle, where the line is a person's.
    person: Option<String>,
    text: String,
}

/// What whoever is signed in has begun of a form.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn drafts(shell: State<'_, Shell>, of: FormOf) -> Answer<Vec<DraftRow>> {
    shell.with(|open| {
        let Some(operator) = &open.operator else { return Ok(vec![]) };
        let rows = open.desk.drafts(operator, &of.into())?;
        let view = open.desk.view();
        Ok(rows.into_iter().map(|(person, text)| DraftRow { person: person.map(|id| view.handle(&id)), text }).collect())
    })
}

/// Keeps a line as it stands; an empty one is given up.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn keep_draft(shell: State<'_, Shell>, of: FormOf, person: Option<String>, text: String) -> Answer<()> {
    shell.with(|open| {
        let operator = open.operator.clone().ok_or(DeskFault::OperatorNeeded)?;
        let person = person.map(|handle| open.desk.person(&handle)).transpose()?;
        open.desk.keep_draft(&operator, &of.into(), person.as_ref(), &text)
    })
}
