//! A tie on the last place, made by a correction that says it is part of the drill.

use crate::hand::Step;
use crate::headquarters::{Headquarters, province};
use kaowu_core::identity::IdNumber;
use kaowu_core::marks::MarkValue;
use kaowu_core::plan::{PartRef, SelectionPlan};
use kaowu_core::selection::{self, Grounds, Selection};
use kaowu_core::standing::HeldTie;
use kaowu_desk::{Decision, DeskFault, Result, View};
use std::cmp::Reverse;
use std::collections::BTreeMap;

const REASON: &str = "演练：本次更正为演练设置，使入选末位同分，供练习并列的处理（part of the drill）";

/// A correction that levels somebody not selected with the last who is.
struct Levelling {
    id: IdNumber,
    value: MarkValue,
    last: IdNumber,
}

impl Headquarters<'_, '_> {
    /// Corrects one mark so that the last place of a city is held on a tie.
    pub(crate) fn level_the_cut(&mut self) -> Result<()> {
        let Self { desk, clock, hand, .. } = self;
        let to = province();
        hand.step(Step::Level, |_| {
            let none = || DeskFault::NoSuchTie { tie: to.to_string() };
            let plan = desk.view().selection_plan(&to).cloned().ok_or_else(none)?;
            let found = find(&desk.view(), &plan)?.ok_or_else(none)?;
            let PartRef { stage, part } = &plan.by;
            let decision = Decision { id: &found.id, value: found.value, with: Some("成绩处".into()), reason: REASON };
            desk.decide_mark(&clock.ctx("成绩处处长"), stage, part, &decision)?;
            let held = desk.held_ties()?.into_iter().find(|tie| found.within(tie)).ok_or_else(none)?;
            Ok(((), format!("{} 与 {} 同分：{}", found.id, found.last, held.id)))
        })
    }
}

impl Levelling {
    fn within(&self, tie: &HeldTie) -> bool {
        [&self.id, &self.last].iter().all(|id| tie.tied.iter().any(|tied| tied == id.as_str()))
    }
}

/// The smallest raise of a mark that holds the last place of the plan's last rule in some city. A raise may also carry a
/// county's team past another, so each is tried first.
fn find(view: &View<'_>, plan: &SelectionPlan) -> Result<Option<Levelling>> {
    let field = view.selection_field(plan)?;
    let grounds = Grounds { rulings: view.tie_rulings()?, ..Grounds::default() };
    let select = |field: &[_]| -> Result<Selection> { Ok(selection::select(plan, field, &grounds)?) };
    let now = select(&field)?;
    let marks: BTreeMap<&IdNumber, MarkValue> = field.iter().filter_map(|e| Some((&e.id, e.mark?))).collect();
    let Some(rule) = plan.rules.last().map(selection::name_of) else { return Ok(None) };
    let mut raises = Vec::new();
    for group in now.people.chunk_by(|a, b| a.group == b.group) {
        let Some(last) = group.iter().filter(|s| s.rule == rule).min_by_key(|s| marks.get(&s.id)) else { continue };
        let out = field.iter().filter(|e| e.groups.values().any(|unit| *unit == last.group) && !now.people.iter().any(|s| s.id == e.id));
        let given = out.filter_map(|e| if let Some(MarkValue::Given(mark)) = e.mark { Some((mark, e)) } else { None });
        let next = given.max_by_key(|(mark, e)| (*mark, Reverse(&e.id)));
        if let (Some((mark, next)), Some(MarkValue::Given(level))) = (next, marks.get(&last.id)) {
            raises.push((level.0 - mark.0, Levelling { id: next.id.clone(), value: MarkValue::Given(*level), last: last.id.clone() }));
        }
    }
    raises.sort_by_key(|(raise, _)| *raise);
    for (raise, levelling) in raises {
        let mut tried = field.clone();
        tried.iter_mut().filter(|e| e.id == levelling.id).for_each(|e| e.mark = Some(levelling.value));
        if raise > 0 && select(&tried)?.held.iter().any(|tie| levelling.within(tie)) {
            return Ok(Some(levelling));
        }
    }
    Ok(None)
}
