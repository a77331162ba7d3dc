//! Who goes on to the next stage (RULES.md §2, §3.2–7).

use crate::figure::Mark;
use crate::identity::{IdNumber, TierId, UnitCode};
use crate::marks::MarkValue;
use crate::plan::{Count, Cut, SelectionPlan, SelectionRule};
use crate::standing::{Contender, HeldTie, ResultsFault, Rulings, Standing, rank};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A person selected for a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Selected {
    /// The person.
    pub id: IdNumber,
    /// Name of the rule that took them: 代表队, 个人, 省厅.
    #[serde(rename = "as")]
    pub rule: String,
    /// The unit of the rule's `per` tier the place belongs to: the city, the department, the post.
    pub group: UnitCode,
    /// The team, when the rule makes teams.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<UnitCode>,
}

/// A person who may be selected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entrant {
    /// Who.
    pub id: IdNumber,
    /// The unit of entry and all above it, by tier.
    pub groups: BTreeMap<TierId, UnitCode>,
    /// The mark of the selection; none: missing.
    pub mark: Option<MarkValue>,
}

/// What a selection rests on besides marks.
#[derive(Debug, Clone, Default)]
pub struct Grounds {
    /// Openings by unit, for counts per opening.
    pub openings: BTreeMap<UnitCode, u32>,
    /// HQ's own choice of teams, by unit of the rule's `per` tier.
    pub nominations: BTreeMap<UnitCode, Vec<UnitCode>>,
    /// Resolved ties.
    pub rulings: Rulings,
}

/// A selection, complete unless ties are held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct Selection {
    /// By group, then in order of the rules, then by mark.
    pub people: Vec<Selected>,
    /// Ties that straddle a cut: the list is not final before they are resolved.
    pub held: Vec<HeldTie>,
    /// Places that these ties leave open.
    pub open: u32,
}

/// Selects under the plan's rules. Missing marks block; absent and void people are passed over (RULES.md §3.12).
pub fn select(plan: &SelectionPlan, entrants: &[Entrant], grounds: &Grounds) -> Result<Selection, ResultsFault> {
    none_missing(plan, entrants)?;
    let mut taken: BTreeSet<IdNumber> = BTreeSet::new();
    let mut placed: Vec<(UnitCode, usize, Selected)> = Vec::new();
    let mut held = Vec::new();
    let mut open = 0_u32;
    for (at, rule) in plan.rules.iter().enumerate() {
        let question = |what: &str| format!("{}/{}/{what}", plan.to, name_of(rule));
        for (group, members) in by_tier(entrants, per_of(rule)) {
            let free = |e: &&&Entrant| !taken.contains(&e.id);
            let chosen: Vec<Selected> = match rule {
                SelectionRule::Best { name, count, cut, .. } => {
                    let quota = match count {
                        Count::Fixed(n) => *n,
                        Count::PerOpening(n) => n.saturating_mul(grounds.openings.get(&group).copied().unwrap_or(0)),
                    };
                    let standing = rank(&question(group.as_str()), people(members.iter().filter(free)), &grounds.rulings);
                    let (ids, ties) = cut_at(&standing, quota, *cut);
                    open = open.saturating_add(left(quota, &ids, &ties));
                    held.extend(ties);
                    ids.into_iter().map(|id| Selected { id: id.into(), rule: name.clone(), group: group.clone(), team: None }).collect()
                }
                SelectionRule::Teams { name, of, teams, size, cut, .. } => {
                    let squads: BTreeMap<UnitCode, Standing> = by_tier(members.iter().filter(free).copied(), of)
                        .into_iter()
                        .map(|(unit, people_of)| {
                            let standing = rank(&question(unit.as_str()), people(people_of.iter()), &grounds.rulings);
                            (unit, standing)
                        })
                        // A county lacking people with marks forms no team (RULES.md §3.9).
                        .filter(|(_, standing)| standing.rows.len() >= usize::try_from(*size).unwrap_or(usize::MAX))
                        .collect();
                    let winners = match grounds.nominations.get(&group) {
                        Some(nominated) => {
                            if let Some(unfit) = nominated.iter().find(|unit| !squads.contains_key(*unit)) {
                                return Err(ResultsFault::NominationUnfit { unit: unfit.to_string() });
                            }
                            nominated.clone()
                        }
                        None => {
                            let sums = squads.iter().map(|(unit, standing)| Contender {
                                id: unit.to_string(),
                                total: Mark(standing.rows.iter().take(usize::try_from(*size).unwrap_or(0)).map(|r| r.total.0).sum()),
                                keys: vec![],
                            });
                            let standing = rank(&question(&format!("{group}/{of}")), sums.collect(), &grounds.rulings);
                            let (units, ties) = cut_at(&standing, *teams, *cut);
                            open = open.saturating_add(left(*teams, &units, &ties).saturating_mul(*size));
                            held.extend(ties);
                            let mut units: Vec<UnitCode> = units.into_iter().map(UnitCode::from).collect();
                            // Level teams that are both in: the one with the stronger weakest member is named first.
                            let place = |unit: &UnitCode| standing.rows.iter().find(|r| r.id == unit.as_str()).map(|r| r.rank);
                            let weakest = |unit: &UnitCode| {
                                squads[unit].rows.iter().take(usize::try_from(*size).unwrap_or(0)).next_back().map(|r| r.total)
                            };
                            units.sort_by_key(|unit| (place(unit), std::cmp::Reverse(weakest(unit)), unit.clone()));
                            units
                        }
                    };
                    let mut chosen = Vec::new();
                    for unit in winners {
                        let (ids, ties) = cut_at(&squads[&unit], *size, *cut);
                        open = open.saturating_add(left(*size, &ids, &ties));
                        held.extend(ties);
                        let member =
                            |id: String| Selected { id: id.into(), rule: name.clone(), group: group.clone(), team: Some(unit.clone()) };
                        chosen.extend(ids.into_iter().map(member));
                    }
                    chosen
                }
            };
            taken.extend(chosen.iter().map(|s| s.id.clone()));
            placed.extend(chosen.into_iter().map(|s| (group.clone(), at, s)));
        }
    }
    placed.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    Ok(Selection { people: placed.into_iter().map(|(_, _, s)| s).collect(), held, open })
}

/// Refuses where somebody's mark is missing or open, naming the first.
fn none_missing<'a>(plan: &SelectionPlan, entrants: impl IntoIterator<Item = &'a Entrant>) -> Result<(), ResultsFault> {
    let missing: Vec<IdNumber> = entrants.into_iter().filter(|e| e.mark.is_none()).map(|e| e.id.clone()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(ResultsFault::MarksMissing {
        stage: plan.by.stage.clone(),
        part: plan.by.part.clone(),
        count: missing.len(),
        people: missing.into_iter().take(5).collect(),
    })
}

/// Places of a cut that its held ties leave open.
fn left(quota: u32, sure: &[String], held: &[HeldTie]) -> u32 {
    if held.is_empty() { 0 } else { quota.saturating_sub(u32::try_from(sure.len()).unwrap_or(u32::MAX)) }
}

/// The first `quota` of a standing. A held tie across the cut is returned and its people left out, or all let in.
fn cut_at(standing: &Standing, quota: u32, cut: Cut) -> (Vec<String>, Vec<HeldTie>) {
    let quota = usize::try_from(quota).unwrap_or(usize::MAX);
    if standing.rows.len() <= quota || quota == 0 {
        let rows = if quota == 0 { &[] } else { standing.rows.as_slice() };
        return (rows.iter().map(|r| r.id.clone()).collect(), vec![]);
    }
    let (last, next) = (&standing.rows[quota - 1], &standing.rows[quota]);
    let level = last.tie.is_some() && last.tie == next.tie;
    match cut {
        _ if !level => (standing.rows[..quota].iter().map(|r| r.id.clone()).collect(), vec![]),
        Cut::AllEnter => (standing.rows.iter().filter(|r| r.rank <= last.rank).map(|r| r.id.clone()).collect(), vec![]),
        Cut::Held => {
            let sure = standing.rows.iter().filter(|r| r.rank < last.rank).map(|r| r.id.clone()).collect();
            (sure, standing.held.iter().filter(|tie| Some(&tie.id) == last.tie.as_ref()).cloned().collect())
        }
    }
}

/// Who comes in for someone who withdraws: team → the next of the same team's unit, otherwise → the next of the group
/// (RULES.md §3.8). `out` are all who are in or have ever withdrawn. None when nobody is left.
pub fn next_in_line(
    plan: &SelectionPlan,
    leaves: &Selected,
    entrants: &[Entrant],
    out: &BTreeSet<IdNumber>,
    rulings: &Rulings,
) -> Result<Option<IdNumber>, ResultsFault> {
    let Some(rule) = plan.rules.iter().find(|rule| name_of(rule) == leaves.rule) else { return Ok(None) };
    let (tier, unit) = match (rule, &leaves.team) {
        (SelectionRule::Teams { of, .. }, Some(team)) => (of, team),
        _ => (per_of(rule), &leaves.group),
    };
    let pool = entrants.iter().filter(|e| e.groups.get(tier) == Some(unit) && !out.contains(&e.id)).collect::<Vec<_>>();
    // Nobody is passed over because a mark is open.
    none_missing(plan, pool.iter().copied())?;
    let standing = rank(&format!("{}/{}/next/{unit}", plan.to, leaves.rule), people(pool.iter()), rulings);
    match standing.rows.first() {
        None => Ok(None),
        Some(first) => match standing.held.iter().find(|tie| Some(&tie.id) == first.tie.as_ref()) {
            Some(tie) => Err(ResultsFault::NextHeld { tie: tie.id.clone(), tied: tie.tied.clone() }),
            None => Ok(Some(first.id.as_str().into())),
        },
    }
}

/// Name of a rule.
pub fn name_of(rule: &SelectionRule) -> &str {
    match rule {
        SelectionRule::Teams { name, .. } | SelectionRule::Best { name, .. } => name,
    }
}

fn per_of(rule: &SelectionRule) -> &TierId {
    match rule {
        SelectionRule::Teams { per, .. } | SelectionRule::Best { per, .. } => per,
    }
}

fn by_tier<'a>(entrants: impl IntoIterator<Item = &'a Entrant>, tier: &TierId) -> BTreeMap<UnitCode, Vec<&'a Entrant>> {
    let mut out: BTreeMap<UnitCode, Vec<&Entrant>> = BTreeMap::new();
    for entrant in entrants {
        if let Some(unit) = entrant.groups.get(tier) {
            out.entry(unit.clone()).or_default().push(entrant);
        }
    }
    out
}

fn people<'a>(entrants: impl Iterator<Item = &'a &'a Entrant>) -> Vec<Contender> {
    entrants
        .filter_map(|e| match e.mark {
            Some(MarkValue::Given(mark)) => Some(Contender { id: e.id.to_string(), total: mark, keys: vec![] }),
            Some(MarkValue::Absent | MarkValue::Void) | None => None,
        })
        .collect()
}

#[cfg(test)]
mod tests;
