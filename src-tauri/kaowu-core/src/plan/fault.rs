//! What can be wrong with a plan, with the key, the line and the value it stands at.

use crate::coded;
use crate::words::{Lang, Said};
use serde::Serialize;

/// Why a text is no plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum PlanError {
    /// Not TOML.
    PlanSyntax {
        /// Line, from 1.
        line: usize,
        /// Character within the line, from 1.
        column: usize,
        /// What the reader stumbled over.
        detail: String,
    },
    /// TOML, but with faults: all of them, in the order of the file.
    PlanFaults {
        /// How many.
        count: usize,
        /// The keys they stand at.
        keys: Vec<String>,
        /// Each with its own words.
        faults: Vec<PlanFault>,
    },
}
coded!(PlanError);

impl PlanError {
    pub(super) fn of(mut faults: Vec<PlanFault>) -> Self {
        faults.sort_by_key(|f| f.line);
        faults.dedup();
        Self::PlanFaults { count: faults.len(), keys: faults.iter().map(|f| f.key.clone()).collect(), faults }
    }

    /// The faults; none where the text is not TOML.
    pub fn faults(&self) -> &[PlanFault] {
        match self {
            Self::PlanSyntax { .. } => &[],
            Self::PlanFaults { faults, .. } => faults,
        }
    }

    /// Every fault in words, a line each.
    pub fn said(&self, lang: Lang) -> Vec<Said> {
        match self {
            Self::PlanSyntax { .. } => vec![lang.error(self)],
            Self::PlanFaults { faults, .. } => faults.iter().map(|f| lang.error(f)).collect(),
        }
    }
}

/// One fault of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanFault {
    /// What is wrong.
    pub code: FaultCode,
    /// Path of the key: `awards[3].standing`.
    pub key: String,
    /// Its line in the file, from 1.
    pub line: usize,
    /// What stands there.
    pub value: String,
    /// What would be right, or what it clashes with.
    pub wants: String,
}
coded!(PlanFault);

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// What is wrong at a key of a plan.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum FaultCode { $($(#[$doc])* $name,)* }
        impl FaultCode {
            /// All of them: the tests ask each for its words and for a plan that has it.
            pub const ALL: &[Self] = &[$(Self::$name),*];
        }
    };
}
codes! {
    /// A key no plan has.
    PlanKeyUnknown,
    /// A key every plan needs.
    PlanKeyMissing,
    /// A value of the wrong form.
    PlanValueWrong,
    /// A name or title left blank.
    PlanTextEmpty,
    /// An id with other characters than letters, digits and hyphens.
    PlanIdForm,
    /// An id, code, name or digit used twice.
    PlanTwice,
    /// A list that may not be empty.
    PlanEmpty,
    /// A count of 0.
    PlanCountZero,
    /// No such tier.
    PlanTierUnknown,
    /// No such unit.
    PlanUnitUnknown,
    /// No such stage.
    PlanStageUnknown,
    /// No such part in the stage.
    PlanPartUnknown,
    /// No such standing.
    PlanStandingUnknown,
    /// No such rule in the selections for that stage.
    PlanRuleUnknown,
    /// A parent that does not stand further out than the unit.
    PlanParentTier,
    /// Valid to before valid from.
    PlanValidityOrder,
    /// Two units under one parent answer to one name at the same time.
    PlanNameTwice,
    /// A count per opening over units without openings.
    PlanOpeningsMissing,
    /// A unit whose people have no site to sit at.
    PlanSiteMissing,
    /// More decimals than a mark has.
    PlanPlaces,
    /// Full marks of 0 or less.
    PlanFullMarks,
    /// A step of 0 or less, or one that does not divide the full marks.
    PlanStep,
    /// More marks struck out than leaves one.
    PlanDrops,
    /// Criteria that do not add up to the full marks.
    PlanCriteriaSum,
    /// Striking out by criterion without criteria.
    PlanCriteriaMissing,
    /// A moment before one that it must follow.
    PlanTimeOrder,
    /// A selection that leads nowhere or backwards.
    PlanSelectionTarget,
    /// Teams that are not inside what they are compared within.
    PlanTierInside,
    /// A weight of 0 or less.
    PlanWeight,
    /// Weights that do not sum to 1.
    PlanWeightsSum,
    /// Marks of a later stage.
    PlanMarkLater,
    /// A standing of a stage without composite.
    PlanCompositeMissing,
    /// A rule that makes no teams.
    PlanRuleNotTeams,
    /// No such award among those that people decide.
    PlanAwardUnknown,
    /// More contests count than there are months.
    PlanMonths,
    /// First and last place of an award.
    PlanAwardPlaces,
    /// A template that is no plain file name.
    PlanTemplateName,
    /// How certificates are numbered cannot be read.
    PlanSeries,
    /// A delegation from a standing that has no teams.
    PlanStandingNotTeams,
    /// A team of named people from a standing that is not of people.
    PlanStandingNotPeople,
    /// No such delegation.
    PlanDelegationUnknown,
    /// More substitutes than leaves one regular member.
    PlanSubstitutes,
    /// A candidate-number template that cannot be read.
    PlanNumberTemplate,
    /// A candidate-number template without a field that numbers need to be distinct.
    PlanNumberField,
    /// A field too narrow for what it must hold.
    PlanNumberWidth,
    /// A city field that does not tell the cities apart.
    PlanNumberCities,
    /// Times of the day that are out of order.
    PlanClock,
}
