//! Awards: confirmed, open, or why they cannot be worked out yet.

use super::mask::mask_text;
use super::{Both, Refused, TieRow};
use crate::error::Result;
use crate::results::{TitleRow, deed_of};
use crate::{Desk, DeskError, View};
use kaowu_core::facts::{AwardConfirmation, Deed};
use kaowu_core::plan::AwardPlan;
use serde::{Deserialize, Serialize};
use specta::Type;

/// A winner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Winner {
    /// Handle of a person, or a unit's code; to confirm an award, also an ID number as somebody typed it.
    pub winner: String,
    /// The ID number under its mask, or the code.
    #[serde(default)]
    pub masked: Option<String>,
    /// Name as on the certificate.
    pub name: String,
    /// Place.
    pub rank: Option<u32>,
    /// Grounds of the same title beyond this award.
    #[serde(default)]
    pub also: Vec<String>,
    /// Whether the title stands under an award before this one, which then names all grounds: it is one title (RULES.md §3.10).
    #[serde(default)]
    pub elsewhere: bool,
}

/// An award as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AwardScreen {
    /// Id.
    pub id: String,
    /// Title.
    pub title: Both,
    /// Whether people decide it, not a standing.
    pub by_people: bool,
    /// Number of the document that confirms it.
    pub document: Option<String>,
    /// Winners.
    pub winners: Vec<Winner>,
    /// The tie that leaves it open.
    pub tie: Option<TieRow>,
    /// Why it cannot be worked out yet.
    pub refused: Option<Refused>,
}

impl View<'_> {
    /// A winner, with what else the same title rests on.
    pub(super) fn winner(&self, titles: &[TitleRow], award: &AwardPlan, deed: &Deed) -> Winner {
        let grounds = titles.iter().find(|t| t.title == award.title && t.winner == deed.winner).map_or(&[][..], |t| &t.grounds);
        Winner {
            winner: self.handle_or_code(&deed.winner),
            masked: Some(mask_text(&deed.winner)),
            name: deed.name.clone(),
            rank: deed.rank,
            also: grounds.iter().filter(|g| g.award != award.id).map(|g| g.text.clone()).collect(),
            elsewhere: grounds.first().is_some_and(|first| first.award != award.id),
        }
    }
}

impl Desk {
    /// Every award: confirmed, open, or why it cannot be worked out yet.
    pub fn award_screens(&self) -> Result<Vec<AwardScreen>> {
        let view = self.view();
        let (given, open, refused) = match self.awards() {
            Ok((given, open)) => (given, open, None),
            Err(error @ (DeskError::Desk(_) | DeskError::Results(_) | DeskError::Panel(_))) => {
                (vec![], vec![], Some(Refused::in_event(&error, self.plan())))
            }
            Err(error) => return Err(error),
        };
        let titles = if refused.is_none() { view.titles()?.0 } else { vec![] };
        let mut rows = Vec::new();
        for award in &self.plan().awards {
            let confirmed = view.one::<AwardConfirmation>(&award.id)?;
            let winners = match &confirmed {
                Some(held) => held.value.deeds.iter().map(|deed| view.winner(&titles, award, deed)).collect(),
                None => {
                    let of = given.iter().filter(|row| row.award == award.id).map(deed_of);
                    of.map(|deed| view.winner(&titles, award, &deed)).collect()
                }
            };
            let tie = open.iter().find(|(id, _)| *id == award.id).map(|(_, tie)| view.tie_row(tie.clone())).transpose()?;
            let by_people = award.standing.is_none();
            rows.push(AwardScreen {
                id: award.id.to_string(),
                title: award.into(),
                by_people,
                document: confirmed.map(|held| held.value.document),
                winners,
                tie,
                refused: if by_people { None } else { refused.clone() },
            });
        }
        Ok(rows)
    }
}
