//! Written marks: two passes, differences, decisions (RULES.md §7).
//!
//! ```text
//! EMPTY → ONE PASS → second person, blind → MATCHED | DIFFERENT → DECIDED
//! ```
//! A merge may bring several live values for one pass: CONFLICT, which only a decision ends. After one pass another person
//! may confirm what was keyed; whoever reads another value from the paper keys the second pass.
//!
//! 违纪 that was keyed or decided counts once headquarters has upheld an incident, and not before (RULES.md §5). What was keyed
//! against what the room said of the person counts once people have decided it.

use crate::coded;
use crate::facts::{DecidedMark, KeyedMark};
use crate::figure::{FigureError, Mark};
use crate::identity::Operator;
use serde::{Deserialize, Serialize};

/// What a sheet says of one person in one part. A mark that is *missing* is the absence of this value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MarkValue {
    /// A mark.
    Given(Mark),
    /// 缺考.
    Absent,
    /// 违纪取消.
    Void,
}

impl MarkValue {
    /// What it counts in a sum: absent and void count 0 (RULES.md §3.11).
    pub fn counts(self) -> Mark {
        match self {
            Self::Given(mark) => mark,
            Self::Absent | Self::Void => Mark(0),
        }
    }
}

/// Why a mark is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum MarkFault {
    /// Neither a number nor one of the typed codes.
    MarkUnreadable {
        /// As it stands.
        text: String,
    },
    /// Below 0 or above full marks.
    MarkBeyondFull {
        /// The mark.
        mark: String,
        /// Full marks.
        full: String,
    },
    /// Not a multiple of the step.
    MarkOffStep {
        /// The mark.
        mark: String,
        /// The step.
        step: String,
    },
    /// Both passes by one person.
    SamePersonTwice {
        /// Who.
        operator: Operator,
    },
    /// A pass that somebody else keyed already.
    PassTaken {
        /// By whom.
        by: Operator,
    },
    /// Nobody confirms their own entry alone.
    OwnDecision {
        /// Who.
        operator: Operator,
    },
    /// After one pass another person confirms what was keyed; any other value is a pass of its own, or two people's.
    SecondPassNeeded {
        /// Who keyed the one pass.
        by: Operator,
    },
    /// A settled mark is corrected by two people.
    CorrectionNeedsTwo,
    /// Both passes agree: another value is a correction, and no pass.
    PassesAgree,
    /// There is nothing to decide.
    NothingToDecide,
}
coded!(MarkFault);

/// Where one mark stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MarkState {
    /// Nobody has keyed.
    Empty,
    /// One pass.
    OnePass {
        /// By whom.
        by: Operator,
        /// What was keyed: told to nobody, since the second person works blind.
        #[serde(skip)]
        value: MarkValue,
    },
    /// Two passes agree.
    Matched(MarkValue),
    /// Two passes differ.
    Different {
        /// First value and its author.
        first: (MarkValue, Operator),
        /// Second value and its author.
        second: (MarkValue, Operator),
    },
    /// Several live values for one pass, or decisions that contradict each other.
    Conflict {
        /// Who is involved.
        by: Vec<Operator>,
    },
    /// Decided against the paper.
    Decided(MarkValue),
}

/// Reads a mark as people write it: a number, `缺考`, `违纪`; `None` when nothing stands there.
pub fn read_value(text: &str, full: Mark, step: Mark) -> Result<Option<MarkValue>, MarkFault> {
    let plain: String = text.trim().chars().map(half_width).collect();
    let plain = plain.trim();
    match plain.to_ascii_lowercase().as_str() {
        "" => return Ok(None),
        "缺考" | "缺" | "absent" | "q" => return Ok(Some(MarkValue::Absent)),
        "违纪" | "违纪取消" | "取消" | "void" | "w" => return Ok(Some(MarkValue::Void)),
        _ => {}
    }
    let mark = Mark::parse(plain).map_err(|error| match error {
        FigureError::NotANumber { .. } => MarkFault::MarkUnreadable { text: text.to_owned() },
        FigureError::TooFine { .. } => MarkFault::MarkOffStep { mark: plain.to_owned(), step: step.to_string() },
    })?;
    check_mark(mark, full, step)?;
    Ok(Some(MarkValue::Given(mark)))
}

/// Digits typed with a Chinese input method are digits.
pub(crate) fn half_width(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
        '．' | '。' => '.',
        '　' => ' ',
        _ => c,
    }
}

/// Refuses a mark outside 0…full or off the step.
pub fn check_mark(mark: Mark, full: Mark, step: Mark) -> Result<(), MarkFault> {
    if mark < Mark(0) || mark > full {
        return Err(MarkFault::MarkBeyondFull { mark: mark.to_string(), full: full.to_string() });
    }
    if !mark.on_step(step) {
        return Err(MarkFault::MarkOffStep { mark: mark.to_string(), step: step.to_string() });
    }
    Ok(())
}

/// Whether an operator may key a pass: the other pass is somebody else's, this one is free or their own.
pub fn may_key<'a>(
    operator: &Operator,
    mine: impl IntoIterator<Item = &'a Operator>,
    other: impl IntoIterator<Item = &'a Operator>,
) -> Result<(), MarkFault> {
    if other.into_iter().any(|by| by.is_same_person(operator)) {
        return Err(MarkFault::SamePersonTwice { operator: operator.clone() });
    }
    match mine.into_iter().find(|by| !by.is_same_person(operator)) {
        Some(by) => Err(MarkFault::PassTaken { by: by.clone() }),
        None => Ok(()),
    }
}

/// Whether a pass may become this: where it agrees with the other one the mark stands, and what changes it is a correction, which
/// takes a reason and two people (RULES.md §6); or both who keyed it could change it without a word.
pub fn may_replace<'a, V: PartialEq + 'a>(
    mine: impl IntoIterator<Item = &'a V>,
    other: impl IntoIterator<Item = &'a V>,
    new: &V,
) -> Result<(), MarkFault> {
    let (mut mine, other) = (mine.into_iter(), Vec::from_iter(other));
    if mine.any(|now| now != new && other.contains(&now)) { Err(MarkFault::PassesAgree) } else { Ok(()) }
}

/// The two passes and decisions of anything keyed twice: what they make.
pub(crate) enum Settled<'a, V> {
    Empty,
    One(&'a V, &'a Operator),
    Match(&'a V),
    Differ((&'a V, &'a Operator), (&'a V, &'a Operator)),
    Conflict(Vec<Operator>),
    Decided(&'a V),
}

/// One rule for marks and for judges' sheets.
pub(crate) fn settle_passes<'a, V: PartialEq>(
    passes: [&'a [(&'a V, &'a Operator)]; 2],
    decisions: &'a [(&'a V, &'a [Operator])],
) -> Settled<'a, V> {
    if let Some((value, _)) = decisions.first() {
        return if decisions.iter().all(|(v, _)| v == value) {
            Settled::Decided(value)
        } else {
            Settled::Conflict(decisions.iter().flat_map(|(_, by)| by.iter().cloned()).collect())
        };
    }
    let everyone = || passes.iter().flat_map(|p| p.iter().map(|(_, by)| (*by).clone())).collect();
    if passes.iter().any(|p| p.windows(2).any(|pair| pair[0].0 != pair[1].0)) {
        return Settled::Conflict(everyone());
    }
    match (passes[0].first(), passes[1].first()) {
        (None, None) => Settled::Empty,
        (Some((value, by)), None) | (None, Some((value, by))) => Settled::One(value, by),
        // The same person in both passes can only come from a merge; it is never a match.
        (Some((_, a)), Some((_, b))) if a.is_same_person(b) => Settled::Conflict(everyone()),
        (Some((a, _)), Some((b, _))) if a == b => Settled::Match(a),
        (Some(a), Some(b)) => Settled::Differ(*a, *b),
    }
}

/// Where a mark stands, from its live passes and decisions.
pub fn settle(passes: [&[KeyedMark]; 2], decisions: &[DecidedMark]) -> MarkState {
    let of = |p: &'_ [KeyedMark]| p.iter().map(|k| (k.value, k.by.clone())).collect::<Vec<_>>();
    let (first, second) = (of(passes[0]), of(passes[1]));
    let first: Vec<_> = first.iter().map(|(v, by)| (v, by)).collect();
    let second: Vec<_> = second.iter().map(|(v, by)| (v, by)).collect();
    let decided: Vec<_> = decisions.iter().map(|d| (&d.value, d.by.as_slice())).collect();
    match settle_passes([&first, &second], &decided) {
        Settled::Empty => MarkState::Empty,
        Settled::One(value, by) => MarkState::OnePass { by: by.clone(), value: *value },
        Settled::Match(value) => MarkState::Matched(*value),
        Settled::Differ(a, b) => MarkState::Different { first: (*a.0, a.1.clone()), second: (*b.0, b.1.clone()) },
        Settled::Conflict(by) => MarkState::Conflict { by },
        Settled::Decided(value) => MarkState::Decided(*value),
    }
}

/// What a mark counts, with what the room and headquarters said of the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// This.
    As(MarkValue),
    /// Nothing yet: it is missing, or open.
    Open,
    /// Nothing yet: 违纪 stands there, and headquarters has upheld no incident.
    VoidUnruled,
    /// Nothing yet: a mark of somebody whom the room found absent, or 缺考 of somebody whom it let in.
    AgainstRoom,
}

/// What the room said of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AtDoor {
    /// Nothing: check-in is not kept there, or it is not known yet.
    Nothing,
    /// Let in.
    LetIn,
    /// Found absent.
    Absent,
}

impl AtDoor {
    /// Absence is fixed later, and by a person (RULES.md §5): it outweighs a check-in that another laptop brought.
    pub fn of(let_in: bool, absent: bool) -> Self {
        match (let_in, absent) {
            (_, true) => Self::Absent,
            (true, false) => Self::LetIn,
            (false, false) => Self::Nothing,
        }
    }
}

/// What a written mark counts. Voiding is headquarters' alone, whoever keyed it (RULES.md §5). Absent and a mark are different
/// things (RULES.md §1): where room and keyboard say one each, people decide, and nothing counts before.
pub fn counted(state: Option<&MarkState>, door: AtDoor, voided: bool) -> Counted {
    match (state, door) {
        _ if voided => Counted::As(MarkValue::Void),
        (Some(MarkState::Matched(MarkValue::Void) | MarkState::Decided(MarkValue::Void)), _) => Counted::VoidUnruled,
        (Some(MarkState::Decided(value)), _) => Counted::As(*value),
        (Some(MarkState::Matched(MarkValue::Given(_))), AtDoor::Absent) => Counted::AgainstRoom,
        (Some(MarkState::Matched(MarkValue::Absent)), AtDoor::LetIn) => Counted::AgainstRoom,
        (Some(MarkState::Matched(value)), _) => Counted::As(*value),
        (None | Some(MarkState::Empty), AtDoor::Absent) => Counted::As(MarkValue::Absent),
        (None | Some(MarkState::Empty | MarkState::OnePass { .. } | MarkState::Different { .. } | MarkState::Conflict { .. }), _) => {
            Counted::Open
        }
    }
}

/// How far a mark is, for whoever asks what is still to be keyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Nobody has keyed.
    Missing,
    /// One pass.
    OnePass,
    /// Nothing is left to be keyed: two equal passes, absence fixed in the room, or voided, with a paper or without.
    Matched,
    /// Two passes that differ.
    Different,
    /// Decided.
    Decided,
    /// 违纪 stands there, and headquarters has upheld no incident.
    Unruled,
    /// It contradicts the room.
    AgainstRoom,
}

/// How far a mark is.
pub fn progress(state: Option<&MarkState>, door: AtDoor, voided: bool) -> Progress {
    match (state, counted(state, door, voided)) {
        (_, Counted::VoidUnruled) => Progress::Unruled,
        (_, Counted::AgainstRoom) => Progress::AgainstRoom,
        (Some(MarkState::Different { .. } | MarkState::Conflict { .. }), _) => Progress::Different,
        (Some(MarkState::Decided(_)), _) => Progress::Decided,
        (_, Counted::As(_)) => Progress::Matched,
        (Some(MarkState::OnePass { .. }), Counted::Open) => Progress::OnePass,
        (None | Some(MarkState::Empty | MarkState::Matched(_)), Counted::Open) => Progress::Missing,
    }
}

/// Whether these people may decide that this value holds: a third person, or both authors together; a correction of what was
/// settled takes two.
pub fn may_decide(before: &MarkState, value: MarkValue, by: &[Operator]) -> Result<(), MarkFault> {
    match before {
        MarkState::Empty => Err(MarkFault::NothingToDecide),
        MarkState::OnePass { by: author, value: keyed } => second_look(author, *keyed == value, by),
        MarkState::Different { first, second } => third_person(&[&first.1, &second.1], by),
        MarkState::Conflict { by: authors } => third_person(&authors.iter().collect::<Vec<_>>(), by),
        MarkState::Matched(_) | MarkState::Decided(_) => two_people(by),
    }
}

pub(crate) fn two_people(by: &[Operator]) -> Result<(), MarkFault> {
    if by.iter().any(|a| by.iter().any(|b| !a.is_same_person(b))) { Ok(()) } else { Err(MarkFault::CorrectionNeedsTwo) }
}

/// After one pass: somebody else confirms the same, or two people hold something else against the paper (RULES.md §6, §7).
pub(crate) fn second_look(author: &Operator, same: bool, by: &[Operator]) -> Result<(), MarkFault> {
    match by.first() {
        None => Err(MarkFault::NothingToDecide),
        Some(operator) if by.iter().all(|one| one.is_same_person(author)) => Err(MarkFault::OwnDecision { operator: operator.clone() }),
        Some(_) if same => Ok(()),
        Some(_) => two_people(by).map_err(|_| MarkFault::SecondPassNeeded { by: author.clone() }),
    }
}

pub(crate) fn third_person(authors: &[&Operator], by: &[Operator]) -> Result<(), MarkFault> {
    let Some(first) = authors.first() else { return Err(MarkFault::NothingToDecide) };
    // Of one author, whose passes a merge put together, there were no two people yet.
    if authors.iter().all(|author| author.is_same_person(first)) {
        return second_look(first, false, by);
    }
    let third = by.iter().any(|operator| !authors.iter().any(|author| author.is_same_person(operator)));
    let both = authors.iter().all(|author| by.iter().any(|one| one.is_same_person(author)));
    match by.first() {
        Some(_) if third || both => Ok(()),
        Some(operator) => Err(MarkFault::OwnDecision { operator: operator.clone() }),
        None => Err(MarkFault::NothingToDecide),
    }
}

#[cfg(test)]
mod tests;
