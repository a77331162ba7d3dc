//! Recusals 回避: a judge marks nobody of their own unit, and nobody they have declared themselves recused for. Lots keep
//! them apart; where lots or a stand-in bring them together none of that panel's marks for the person can be keyed.

use crate::error::{DeskFault, Result};
use crate::screen::Both;
use crate::{Ctx, Desk, View};
use kaowu_core::facts::{Candidate, RecusalFact, Recused, state};
use kaowu_core::identity::{IdNumber, PanelId, PartId, StageId, UnitCode};
use kaowu_core::staff::{Role, StaffRefusal};
use kaowu_ledger::Draft;
use serde::Serialize;
use std::collections::BTreeMap;

/// A recusal as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecusalRow {
    /// The judge's id.
    pub judge: String,
    /// Their name.
    pub name: String,
    /// Whom: a person with their unit, or a unit.
    pub from: Both,
    /// Why.
    pub reason: String,
}

impl Desk {
    /// Declares a recusal. Returns who of them comes before that judge as lots stand: draw again, or replace the judge.
    pub fn recuse(
        &mut self,
        ctx: &Ctx,
        stage: &StageId,
        part: &PartId,
        judge: &str,
        from: &Recused,
        reason: &str,
    ) -> Result<Vec<IdNumber>> {
        let reason = DeskFault::reason(reason)?;
        self.record(ctx, |view| {
            view.panel_part(stage, part)?;
            let (id, person) = view.one_staff(stage, judge)?;
            if !matches!(person.role, Role::Judge | Role::Chief) {
                return Err(StaffRefusal::NotJudge { name: person.name }.into());
            }
            match from {
                Recused::Candidate(who) => view.entrant(stage, part, who)?,
                Recused::Unit(unit) if view.plan().unit(unit).is_none() => {
                    return Err(StaffRefusal::RecusalUnsaid { judge: person.name }.into());
                }
                Recused::Unit(_) => {}
            }
            let key = (stage.clone(), part.clone(), id, from.key());
            let fact = RecusalFact { from: from.clone(), reason: reason.to_owned() };
            let panel = person.panel.clone().unwrap_or_else(|| "1".into());
            let candidates = view.candidates(stage)?;
            let meets = |who: &IdNumber| candidates.get(who).is_some_and(|c| covers(view, from, who, &c.unit));
            let met =
                view.lots(stage, part)?.into_iter().filter(|(who, lot)| lot.panel == panel && meets(who)).map(|(who, _)| who).collect();
            let replaced = view.replaced::<RecusalFact>([key.clone()])?;
            let draft = Draft::new("judge.recused").because(reason).with("judge", person.name.as_str());
            Ok((draft.fact(state(&key, &fact)).replacing(replaced), met))
        })
    }
}

fn covers(view: &View<'_>, from: &Recused, who: &IdNumber, unit: &UnitCode) -> bool {
    match from {
        Recused::Candidate(id) => id == who,
        Recused::Unit(outer) => view.plan().within(unit, outer),
    }
}

/// A judge: name, own unit, whom they are recused for.
type Judge = (String, Option<UnitCode>, Vec<Recused>);

/// Who sits in panels, and whom they do not mark.
pub(crate) struct Apart<'v> {
    view: &'v View<'v>,
    candidates: BTreeMap<IdNumber, Candidate>,
    panels: BTreeMap<PanelId, Vec<Judge>>,
}

impl Apart<'_> {
    /// The judge of a panel who does not mark this person.
    pub(crate) fn judge(&self, id: &IdNumber, panel: &PanelId) -> Option<&str> {
        let unit = &self.candidates.get(id)?.unit;
        let barred = |(_, own, declared): &&Judge| {
            own.as_ref().is_some_and(|own| self.view.plan().within(unit, own)) || declared.iter().any(|d| covers(self.view, d, id, unit))
        };
        self.panels.get(panel)?.iter().find(barred).map(|(name, _, _)| name.as_str())
    }

    /// Refuses marks of a panel for a person whom one of its judges does not mark.
    pub(crate) fn check(&self, id: &IdNumber, panel: &PanelId) -> Result<()> {
        match self.judge(id, panel) {
            Some(name) => Err(StaffRefusal::RecusalAfterLots { name: name.to_owned(), panel: panel.clone() }.into()),
            None => Ok(()),
        }
    }
}

impl<'a> View<'a> {
    /// Who of the judges on duty does not mark whom.
    pub(crate) fn recused<'v>(&'v self, stage: &StageId, part: &PartId) -> Result<Apart<'v>>
    where
        'a: 'v,
    {
        let (_, rules) = self.panel_part(stage, part)?;
        let mut declared: BTreeMap<String, Vec<Recused>> = BTreeMap::new();
        for ((_, _, judge, _), held) in self.under::<RecusalFact>(&format!("{stage}/{part}/"))? {
            declared.entry(judge).or_default().push(held.value.from);
        }
        let mut panels = BTreeMap::new();
        let named = self.staff(stage)?.into_values().filter(|p| matches!(p.role, Role::Judge | Role::Chief));
        for panel in named.map(|p| p.panel.unwrap_or_else(|| "1".into())).collect::<std::collections::BTreeSet<_>>() {
            // Whoever stands behind the panel's number of judges is a reserve and marks nobody.
            let mut judges = self.panel_staff(stage, part, &panel, Role::Judge)?;
            judges.truncate(usize::from(rules.judges));
            judges.extend(self.panel_staff(stage, part, &panel, Role::Chief)?);
            let of = |(id, p): (String, kaowu_core::facts::StaffFact)| (p.name, p.unit, declared.get(&id).cloned().unwrap_or_default());
            panels.insert(panel, judges.into_iter().map(of).collect());
        }
        let candidates = self.candidates(stage)?.into_iter().collect();
        Ok(Apart { view: self, candidates, panels })
    }

    /// Every recusal declared in an interview.
    pub fn recusals(&self, stage: &StageId, part: &PartId) -> Result<Vec<RecusalRow>> {
        let (staff, candidates) = (self.staff(stage)?, self.candidates(stage)?);
        // A site's opening repeats what headquarters had declared: the same recusal twice is one.
        let mut all = self.under::<RecusalFact>(&format!("{stage}/{part}/"))?;
        all.dedup_by(|(a, _), (b, _)| a == b);
        let rows = all.into_iter().map(|((_, _, judge, _), held)| {
            let from = match &held.value.from {
                Recused::Candidate(id) => candidates.get(id).map_or_else(|| Both::same(""), |c| self.named(&c.name, &c.unit)),
                Recused::Unit(unit) => Both::same(self.full_name(unit)),
            };
            RecusalRow { name: staff.get(&judge).map(|p| p.name.clone()).unwrap_or_default(), judge, from, reason: held.value.reason }
        });
        Ok(rows.collect())
    }
}
