//! Ordered lists with competition ranks and held ties (RULES.md §3.6, §4).
//!
//! A tie that neither total nor keys tell apart is *held*: it stands in the result, and only a ruling on exactly these
//! people ends it. Nothing breaks a tie silently.

use crate::coded;
use crate::figure::Mark;
use crate::identity::{IdNumber, PartId, StageId};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Why a result cannot be given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum ResultsFault {
    /// Marks are missing.
    MarksMissing {
        /// Stage.
        stage: StageId,
        /// Part.
        part: PartId,
        /// How many.
        count: usize,
        /// The first of them.
        people: Vec<IdNumber>,
    },
    /// 违纪 was keyed or decided, and headquarters has upheld no incident (RULES.md §5).
    VoidUnruled {
        /// Stage.
        stage: StageId,
        /// Part.
        part: PartId,
        /// How many.
        count: usize,
        /// The first of them.
        people: Vec<IdNumber>,
    },
    /// Marks contradict what the room said of these people (RULES.md §5, §7).
    AgainstRoom {
        /// Stage.
        stage: StageId,
        /// Part.
        part: PartId,
        /// How many.
        count: usize,
        /// The first of them.
        people: Vec<IdNumber>,
    },
    /// Weights do not fit.
    WeightsWrong {
        /// As given.
        given: Vec<String>,
        /// Terms of the composite.
        terms: usize,
    },
    /// A ruling that does not order exactly the people of its tie.
    RulingUnfit {
        /// The tie.
        tie: String,
    },
    /// A nomination the rules do not allow.
    NominationUnfit {
        /// The unit.
        unit: String,
    },
    /// The next in line cannot be told before a tie is resolved.
    NextHeld {
        /// The tie.
        tie: String,
        /// Who is level.
        tied: Vec<String>,
    },
    /// The person was not selected, or has left already.
    NotSelected {
        /// Who.
        person: IdNumber,
    },
    /// A figure beyond what a mark holds.
    FigureOverflow,
}

impl ResultsFault {
    /// Whether marks that stand open are all that is in the way: nothing is held on a tie before they are in.
    pub fn is_of_open_marks(&self) -> bool {
        matches!(self, Self::MarksMissing { .. } | Self::VoidUnruled { .. } | Self::AgainstRoom { .. })
    }
}
coded!(ResultsFault);

/// Who or what is ranked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contender {
    /// ID number of a person or code of a unit.
    pub id: String,
    /// Published total.
    pub total: Mark,
    /// What tells level totals apart, in order.
    pub keys: Vec<Mark>,
}

/// One row of a standing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Competition rank: 1, 1, 3.
    pub rank: u32,
    /// Who or what.
    pub id: String,
    /// Published total.
    pub total: Mark,
    /// The held tie it is part of.
    pub tie: Option<String>,
}

/// A tie that waits for a person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct HeldTie {
    /// Id: made from the question and those tied, so that a ruling holds for exactly this tie.
    pub id: String,
    /// Which list.
    pub question: String,
    /// First place at stake.
    pub rank: u32,
    /// Who is level, in order of their ids.
    pub tied: Vec<String>,
    /// The total that all of them have.
    pub total: Mark,
    /// What they are level in besides: the keys, none left.
    pub keys: Vec<Mark>,
}

/// An ordered list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct Standing {
    /// Best first; those in a held tie in order of their ids.
    pub rows: Vec<Row>,
    /// Ties that wait.
    pub held: Vec<HeldTie>,
}

/// How ties were resolved: by tie id, best first.
pub type Rulings = BTreeMap<String, Vec<String>>;

/// Id of the tie between these in that question.
pub fn tie_id(question: &str, tied: &[String]) -> String {
    let mut sorted: Vec<&String> = tied.iter().collect();
    sorted.sort_unstable();
    let mut sha = Sha256::new();
    sha.update(question);
    for id in sorted {
        sha.update("\n");
        sha.update(id);
    }
    hex::encode(sha.finalize())[..12].to_owned()
}

/// Whether a ruling orders exactly those tied.
pub fn check_ruling(tie: &HeldTie, order: &[String]) -> Result<(), ResultsFault> {
    let mut sorted = order.to_vec();
    sorted.sort_unstable();
    if sorted == tie.tied { Ok(()) } else { Err(ResultsFault::RulingUnfit { tie: tie.id.clone() }) }
}

/// Ranks contenders: by total, then by keys, then by rulings; what is still level shares a rank and is held.
pub fn rank(question: &str, mut contenders: Vec<Contender>, rulings: &Rulings) -> Standing {
    contenders.sort_by(|a, b| (b.total, &b.keys, &a.id).cmp(&(a.total, &a.keys, &b.id)));
    let mut standing = Standing::default();
    let mut rest = contenders.as_slice();
    let mut place = 1_u32;
    while let Some(first) = rest.first() {
        let level = rest.iter().take_while(|c| c.total == first.total && c.keys == first.keys).count();
        let (group, after) = rest.split_at(level);
        let tied: Vec<String> = group.iter().map(|c| c.id.clone()).collect();
        let id = tie_id(question, &tied);
        let ruling = rulings.get(&id).filter(|order| {
            let mut sorted = (*order).clone();
            sorted.sort_unstable();
            sorted == tied
        });
        match ruling {
            _ if level == 1 => standing.rows.push(Row { rank: place, id: first.id.clone(), total: first.total, tie: None }),
            Some(order) => {
                standing.rows.extend((place..).zip(order).map(|(rank, id)| Row { rank, id: id.clone(), total: first.total, tie: None }));
            }
            None => {
                standing.rows.extend(group.iter().map(|c| Row { rank: place, id: c.id.clone(), total: c.total, tie: Some(id.clone()) }));
                standing.held.push(HeldTie {
                    id,
                    question: question.to_owned(),
                    rank: place,
                    tied,
                    total: first.total,
                    keys: first.keys.clone(),
                });
            }
        }
        place += u32::try_from(level).unwrap_or(u32::MAX);
        rest = after;
    }
    standing
}

/// The rows of places `from..=to`. A held tie that reaches over either end would over- or under-fill them: it is returned.
pub fn places(standing: &Standing, from: u32, to: u32) -> (Vec<Row>, Vec<HeldTie>) {
    let straddles: Vec<HeldTie> = standing
        .held
        .iter()
        .filter(|tie| {
            let last = tie.rank + u32::try_from(tie.tied.len()).unwrap_or(0).saturating_sub(1);
            let inside = tie.rank >= from && last <= to;
            let outside = last < from || tie.rank > to;
            !inside && !outside
        })
        .cloned()
        .collect();
    let rows = standing
        .rows
        .iter()
        .filter(|row| row.rank >= from && row.rank <= to && !straddles.iter().any(|tie| row.tie.as_ref() == Some(&tie.id)))
        .cloned()
        .collect();
    (rows, straddles)
}

#[cfg(test)]
mod tests;
