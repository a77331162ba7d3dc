//! Interview: lots, panels, judges' sheets keyed twice, the trimmed mean (RULES.md §6).

use crate::error::{DeskFault, Result};
use crate::marks::RefusedMark;
use crate::{Ctx, Desk, Form, View};
use kaowu_core::facts::{DecidedSheet, KeyedSheet, Lot, LotDraw, Pass, state};
use kaowu_core::figure::Mark;
use kaowu_core::identity::{IdNumber, Operator, PanelId, PartId, StageId};
use kaowu_core::interview::{self, PanelResult, PanelSheet, SheetState};
use kaowu_core::marks::{MarkValue, may_key, may_replace};
use kaowu_core::plan::{PanelPlan, Part};
use kaowu_core::seating::CounterRng;
use kaowu_core::staff::{StaffRefusal, deal_panels};
use kaowu_ledger::{Draft, Held, Step};
use kaowu_sheets::tables::read_panel_marks;
use serde::Serialize;
use serde_json::{Map, json};
use std::collections::BTreeMap;
use std::path::Path;

/// A draw of lots before witnesses.
#[derive(Debug, Clone)]
pub struct DrawLots<'a> {
    /// Stage.
    pub stage: &'a StageId,
    /// Part.
    pub part: &'a PartId,
    /// Parallel panels, at least one.
    pub panels: &'a [PanelId],
    /// Public seed.
    pub seed: &'a str,
    /// Who watches.
    pub witnesses: &'a [Operator],
    /// Who did not answer the roll call; no lot for them.
    pub missing: &'a [IdNumber],
}

/// What an import of judges' sheets did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PanelImport {
    /// Sheets taken.
    pub taken: u32,
    /// Sheets that stood already.
    pub known: u32,
    /// Rows of people who do not sit this part.
    pub uncounted: Vec<IdNumber>,
    /// Rows refused.
    pub refused: Vec<RefusedMark>,
}

/// A decision over a person's sheets.
#[derive(Debug, Clone)]
pub struct SheetDecision<'a> {
    /// Who.
    pub id: &'a IdNumber,
    /// What holds.
    pub sheet: PanelSheet,
    /// Who else decides.
    pub with: Option<Operator>,
    /// Why.
    pub reason: &'a str,
}

impl Desk {
    /// Draws lots for panel and order, before witnesses.
    pub fn draw_lots(&mut self, ctx: &Ctx, draw: &DrawLots<'_>) -> Result<Vec<(IdNumber, Lot)>> {
        if draw.witnesses.is_empty() {
            return Err(DeskFault::WitnessNeeded.into());
        }
        self.record(ctx, |view| {
            view.panel_part(draw.stage, draw.part)?;
            if draw.panels.is_empty() {
                return Err(DeskFault::NoPanel.into());
            }
            if !view.under::<KeyedSheet>(&format!("{}/{}/", draw.stage, draw.part))?.is_empty() {
                return Err(DeskFault::LotsAfterMarks.into());
            }
            let mut ids: Vec<IdNumber> =
                view.entrants(draw.stage, draw.part)?.into_keys().filter(|id| !draw.missing.contains(id)).collect();
            CounterRng::new(draw.seed).shuffle(&mut ids);
            let mut lots = Vec::with_capacity(ids.len());
            let mut order = vec![0_u32; draw.panels.len()];
            let apart = view.recused(draw.stage, draw.part)?;
            let dealt = deal_panels(ids.len(), draw.panels.len(), &|n, panel| apart.judge(&ids[n], &draw.panels[panel]).is_some());
            if !dealt.without.is_empty() {
                let people = dealt.without.iter().map(|n| ids[*n].clone()).collect();
                return Err(StaffRefusal::PanelsRecused { people, panels: draw.panels.iter().map(ToString::to_string).collect() }.into());
            }
            for (id, panel) in ids.into_iter().zip(dealt.of) {
                order[panel] += 1;
                lots.push((id, Lot { panel: draw.panels[panel].clone(), order: order[panel] }));
            }
            let part_key = (draw.stage.clone(), draw.part.clone());
            let fact = LotDraw { seed: Some(draw.seed.to_owned()), witnesses: draw.witnesses.to_vec(), panels: draw.panels.to_vec() };
            let key = |id: &IdNumber| (draw.stage.clone(), draw.part.clone(), id.clone());
            let mut replaced = view.replaced::<LotDraw>([part_key.clone()])?;
            replaced.extend(view.replaced::<Lot>(lots.iter().map(|(id, _)| key(id)))?);
            let facts = lots.iter().map(|(id, lot)| state(&key(id), lot));
            Ok((Draft::new("lots.drawn").fact(state(&part_key, &fact)).facts(facts).replacing(replaced), lots))
        })
    }

    /// HQ lets in a person who missed the roll call: the last place of a panel.
    pub fn late_lot(&mut self, ctx: &Ctx, stage: &StageId, part: &PartId, id: &IdNumber, panel: &PanelId, reason: &str) -> Result<Lot> {
        let reason = DeskFault::reason(reason)?;
        self.record(ctx, |view| {
            view.panel_part(stage, part)?;
            let lots = view.lots(stage, part)?;
            if lots.contains_key(id) {
                return Err(DeskFault::HasLot { person: id.to_string() }.into());
            }
            view.recused(stage, part)?.check(id, panel)?;
            let order = lots.values().filter(|lot| lot.panel == *panel).map(|lot| lot.order).max().unwrap_or(0) + 1;
            let lot = Lot { panel: panel.clone(), order };
            let key = (stage.clone(), part.clone(), id.clone());
            Ok((Draft::new("lots.late").because(reason).fact(state(&key, &lot)), lot))
        })
    }

    /// Imports one pass over the judges' sheets; the operator is its author.
    pub fn import_sheets(&mut self, ctx: &Ctx, stage: &StageId, part: &PartId, pass: Pass, file: &Path) -> Result<PanelImport> {
        let judges = self.view().panel_part(stage, part)?.1.judges;
        self.view().reader().tell(Step::Reading, 0, 0)?;
        let (source, rows) = read_panel_marks(file, usize::from(judges))?;
        self.record_as(ctx, "panel.imported", |view| {
            let (rules, panel) = view.panel_part(stage, part)?;
            let (entrants, lots) = (view.entrants(stage, part)?, view.lots(stage, part)?);
            let mut keyed = view.keyed_sheets(stage, part)?;
            let apart = view.recused(stage, part)?;
            let mut out = PanelImport { taken: 0, known: 0, uncounted: vec![], refused: vec![] };
            let (mut facts, mut replaced) = (Vec::new(), Vec::new());
            let total = rows.len();
            for (n, row) in rows.into_iter().enumerate() {
                view.reader().tell_often(Step::Checking, n, total)?;
                let id = &row.id;
                if !entrants.contains_key(id) {
                    out.uncounted.push(id.clone());
                    continue;
                }
                let sheet = match interview::read_sheet(panel, rules.full, rules.step, &row.marks) {
                    Ok(Some(sheet)) => sheet,
                    Ok(None) => continue,
                    Err(fault) => {
                        out.refused.push(RefusedMark::new(row.row, id.as_str(), &fault));
                        continue;
                    }
                };
                let passes = keyed.remove(id).unwrap_or_default();
                let (mine, other) = (&passes[usize::from(pass.0 - 1)], &passes[usize::from(2 - pass.0)]);
                if mine.iter().any(|held| held.value.sheet == sheet && held.value.by.is_same_person(&ctx.operator)) {
                    out.known += 1;
                    continue;
                }
                may_key(&ctx.operator, mine.iter().map(|h| &h.value.by), other.iter().map(|h| &h.value.by))?;
                if let Err(fault) = may_replace(mine.iter().map(|h| &h.value.sheet), other.iter().map(|h| &h.value.sheet), &sheet) {
                    out.refused.push(RefusedMark::new(row.row, id.as_str(), &fault));
                    continue;
                }
                replaced.extend(mine.iter().map(|held| held.entry.clone()));
                let panel = lots.get(id).map_or_else(|| PanelId::from("1"), |lot| lot.panel.clone());
                if matches!(sheet, PanelSheet::Judges(_)) {
                    apart.check(id, &panel)?;
                }
                facts.push(state(&(stage.clone(), part.clone(), id.clone(), pass), &KeyedSheet { sheet, panel, by: ctx.operator.clone() }));
                out.taken += 1;
            }
            let about = Map::from_iter([
                ("file".to_owned(), json!(source)),
                ("pass".to_owned(), json!(pass.0)),
                ("taken".to_owned(), json!(out.taken)),
            ]);
            Ok((Draft::new("panel.imported").about(about).facts(facts).replacing(replaced), out))
        })
    }

    /// Keys one person's judges' totals of one pass by hand; a single 缺考 says that the person was absent.
    pub fn key_sheet(
        &mut self,
        ctx: &Ctx,
        stage: &StageId,
        part: &PartId,
        pass: Pass,
        id: &IdNumber,
        marks: &[String],
    ) -> Result<PanelSheet> {
        let form = Form::Sheets(stage.clone(), part.clone(), pass);
        self.record_typed(ctx, (&form, Some(id)), |view| {
            let (rules, panel) = view.panel_part(stage, part)?;
            view.entrant(stage, part, id)?;
            let sheet = interview::read_sheet(panel, rules.full, rules.step, marks)?
                .ok_or_else(|| DeskFault::MarkEmpty { person: id.to_string() })?;
            let key = (stage.clone(), part.clone(), id.clone(), pass);
            let mine = view.live::<KeyedSheet>(&key)?;
            let other = view.live::<KeyedSheet>(&(stage.clone(), part.clone(), id.clone(), Pass(3 - pass.0)))?;
            may_key(&ctx.operator, mine.iter().map(|h| &h.value.by), other.iter().map(|h| &h.value.by))?;
            may_replace(mine.iter().map(|h| &h.value.sheet), other.iter().map(|h| &h.value.sheet), &sheet)?;
            let lot = view.one::<Lot>(&(stage.clone(), part.clone(), id.clone()))?;
            let panel = lot.map_or_else(|| PanelId::from("1"), |held| held.value.panel);
            if matches!(sheet, PanelSheet::Judges(_)) {
                view.recused(stage, part)?.check(id, &panel)?;
            }
            let fact = KeyedSheet { sheet: sheet.clone(), panel, by: ctx.operator.clone() };
            let draft = Draft::new("panel.keyed").fact(state(&key, &fact)).replacing(mine.into_iter().map(|held| held.entry));
            Ok((draft, sheet))
        })
    }

    /// Decides a person's sheets against the paper, or corrects settled ones.
    pub fn decide_sheet(&mut self, ctx: &Ctx, stage: &StageId, part: &PartId, decision: &SheetDecision<'_>) -> Result<SheetState> {
        let reason = DeskFault::reason(decision.reason)?;
        self.record_as(ctx, "panel.decided", |view| {
            let (rules, panel) = view.panel_part(stage, part)?;
            interview::check_sheet(panel, rules.full, rules.step, &decision.sheet)?;
            let by: Vec<Operator> = std::iter::once(ctx.operator.clone()).chain(decision.with.clone()).collect();
            let before = view.sheet_states(stage, part)?.remove(decision.id).unwrap_or(SheetState::Empty);
            interview::may_decide(&before, &decision.sheet, &by)?;
            let key = (stage.clone(), part.clone(), decision.id.clone());
            let fact = DecidedSheet { sheet: decision.sheet.clone(), by, reason: reason.to_owned() };
            let draft =
                Draft::new("panel.decided").because(reason).fact(state(&key, &fact)).replacing(view.replaced::<DecidedSheet>([key])?);
            Ok((draft.with_seconds(decision.with.clone()), before))
        })
    }

    /// People whose two keyings differ.
    pub fn sheet_differences(&self, stage: &StageId, part: &PartId) -> Result<Vec<IdNumber>> {
        let states = self.view().sheet_states(stage, part)?;
        Ok(states
            .into_iter()
            .filter(|(_, s)| matches!(s, SheetState::Different { .. } | SheetState::Conflict { .. }))
            .map(|(id, _)| id)
            .collect())
    }
}

type Keyed = BTreeMap<IdNumber, [Vec<Held<KeyedSheet>>; 2]>;

impl<'a> View<'a> {
    /// An interview part with its panel's rules.
    pub fn panel_part(&self, stage: &StageId, part: &PartId) -> Result<(&'a Part, &'a PanelPlan)> {
        let found = self.part(stage, part)?;
        found.panel.as_ref().map(|panel| (found, panel)).ok_or_else(|| DeskFault::NotInterview { part: part.clone() }.into())
    }

    /// Lots by person.
    pub fn lots(&self, stage: &StageId, part: &PartId) -> Result<BTreeMap<IdNumber, Lot>> {
        Ok(self.under::<Lot>(&format!("{stage}/{part}/"))?.into_iter().map(|((_, _, id), held)| (id, held.value)).collect())
    }

    fn keyed_sheets(&self, stage: &StageId, part: &PartId) -> Result<Keyed> {
        let mut out = Keyed::new();
        for ((_, _, id, pass), held) in self.under::<KeyedSheet>(&format!("{stage}/{part}/"))? {
            out.entry(id).or_default()[usize::from(pass.0 - 1)].push(held);
        }
        Ok(out)
    }

    /// Where every person's sheets stand.
    pub fn sheet_states(&self, stage: &StageId, part: &PartId) -> Result<BTreeMap<IdNumber, SheetState>> {
        let mut decided: BTreeMap<IdNumber, Vec<DecidedSheet>> = BTreeMap::new();
        for ((_, _, id), held) in self.under::<DecidedSheet>(&format!("{stage}/{part}/"))? {
            decided.entry(id).or_default().push(held.value);
        }
        let mut keyed = self.keyed_sheets(stage, part)?;
        for id in decided.keys() {
            keyed.entry(id.clone()).or_default();
        }
        Ok(keyed
            .into_iter()
            .map(|(id, passes)| {
                let [first, second] = passes.map(|p| p.into_iter().map(|h| h.value).collect::<Vec<_>>());
                let state = interview::settle([&first, &second], decided.get(&id).map_or(&[], Vec::as_slice));
                (id, state)
            })
            .collect())
    }

    /// The published interview mark of each person, with the panel's working where there is one.
    pub fn interview_marks(&self, stage: &StageId, part: &PartId) -> Result<BTreeMap<IdNumber, (MarkValue, Option<PanelResult>)>> {
        let (rules, panel) = self.panel_part(stage, part)?;
        let lots = self.lots(stage, part)?;
        let mut sheets = Vec::new();
        let mut out = BTreeMap::new();
        for (id, state) in self.sheet_states(stage, part)? {
            match state.settled() {
                Some(PanelSheet::Absent) => {
                    out.insert(id, (MarkValue::Absent, None));
                }
                Some(sheet @ PanelSheet::Judges(_)) => {
                    let of = lots.get(&id).map_or_else(|| PanelId::from("1"), |lot| lot.panel.clone());
                    sheets.push((id, of, sheet.clone()));
                }
                None => {}
            }
        }
        for (id, result) in interview::panel_results(panel, rules.full, rules.step, self.plan().arithmetic.places, sheets)? {
            let mark: Mark = result.published;
            out.insert(id, (MarkValue::Given(mark), Some(result)));
        }
        for id in self.absences(stage, part)?.into_keys() {
            out.entry(id).or_insert((MarkValue::Absent, None));
        }
        for id in self.voided(stage, part)? {
            out.insert(id, (MarkValue::Void, None));
        }
        Ok(out)
    }
}
