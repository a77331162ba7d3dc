//! What is being typed: kept line by line on this laptop from the first key on, shown to nobody but its author, gone once
//! it is an entry or given up.

use crate::error::{DeskFault, Result};
use crate::{Desk, View};
use kaowu_core::facts::Pass;
use kaowu_core::identity::{IdNumber, Operator, PartId, RoomNumber, SiteCode, StageId};

/// A form that is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// Written marks of a pass; a line a person.
    Marks(StageId, PartId, Pass),
    /// Judges' sheets of a pass; a line a person.
    Sheets(StageId, PartId, Pass),
    /// An incident of a room; one line.
    Incident(StageId, PartId, SiteCode, RoomNumber),
    /// A room's record; one line.
    Record(StageId, PartId, SiteCode, RoomNumber),
    /// A question that is being answered, by what it is about; one line.
    Dialog(String),
}

/// The line of a form that has one only.
const WHOLE: &str = "";

impl Form {
    fn name(&self) -> String {
        match self {
            Self::Marks(stage, part, pass) => format!("marks/{stage}/{part}/{}", pass.0),
            Self::Sheets(stage, part, pass) => format!("sheets/{stage}/{part}/{}", pass.0),
            Self::Incident(stage, part, site, room) => format!("incident/{stage}/{part}/{site}/{room}"),
            Self::Record(stage, part, site, room) => format!("record/{stage}/{part}/{site}/{room}"),
            Self::Dialog(about) => format!("dialog/{about}"),
        }
    }
}

fn line(person: Option<&IdNumber>) -> &str {
    person.map_or(WHOLE, IdNumber::as_str)
}

/// Forgets a line: given up, or an entry now.
pub(crate) fn forget(view: &View<'_>, operator: &Operator, form: &Form, person: Option<&IdNumber>) -> Result<()> {
    Ok(view.reader().scratch_drop(&form.name(), operator, line(person))?)
}

impl Desk {
    /// Lines that an operator has begun: whose, where a line is a person's, and what was typed.
    pub fn drafts(&self, operator: &Operator, form: &Form) -> Result<Vec<(Option<IdNumber>, String)>> {
        self.is_own(operator)?;
        let rows = self.ledger.scratch(&form.name(), operator)?;
        Ok(rows.into_iter().map(|(about, text)| ((about != WHOLE).then_some(IdNumber(about)), text)).collect())
    }

    /// In a protected event what is typed is shown to whoever signed in as its author.
    fn is_own(&self, operator: &Operator) -> Result<()> {
        match self.signed_in() {
            Some(signed_in) if signed_in != operator => Err(DeskFault::OperatorNotSignedIn { operator: operator.clone() }.into()),
            _ => Ok(()),
        }
    }

    /// Keeps a line as it stands; an empty one is given up. On disk when this returns, and no entry.
    pub fn keep_draft(&mut self, operator: &Operator, form: &Form, person: Option<&IdNumber>, text: &str) -> Result<()> {
        self.ledger.writable()?;
        self.is_own(operator)?;
        if text.is_empty() {
            return forget(&self.view(), operator, form, person);
        }
        Ok(self.ledger.scratch_set(&form.name(), operator, line(person), text)?)
    }
}
