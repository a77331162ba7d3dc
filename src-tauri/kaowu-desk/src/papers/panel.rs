//! Papers of the interview: lots, judges' sheets, tally, summary (RULES.md §6).

use super::{PaperOf, fact};
use crate::error::{DeskFault, Result};
use crate::{Ctx, View};
use kaowu_core::facts::{Lot, LotDraw};
use kaowu_core::identity::{IdNumber, PanelId};
use kaowu_core::plan::{DropBy, PanelPlan};
use kaowu_core::staff::Role;
use kaowu_core::why::shown;
use kaowu_papers::forms::{InterviewLine, LotLine};
use kaowu_papers::{Foot, InterviewSummary, JudgeSheet, LotsSheet, TallySheet};
use std::collections::{BTreeMap, BTreeSet};

/// A panel with its people in the order of their lots; before the draw one panel without a name.
struct PrintedPanel {
    /// None before the draw.
    panel: Option<PanelId>,
    name: String,
    people: Vec<(IdNumber, Option<Lot>)>,
}

/// Number, name and unit of somebody.
struct Who {
    number: String,
    name: String,
    unit: String,
}

fn panel_name(panel: &PanelId) -> String {
    format!("第{panel}考官组")
}

impl View<'_> {
    fn printed_panels(&self, of: &PaperOf<'_>) -> Result<Vec<PrintedPanel>> {
        let (lots, seats) = (self.lots(of.stage, of.part)?, self.seats(of.stage)?);
        if lots.is_empty() {
            let mut people: Vec<_> = self.entrants(of.stage, of.part)?.into_keys().map(|id| (id, None)).collect();
            people.sort_by_key(|(id, _)| (seats.get(id).map(|s| s.number.clone()), id.clone()));
            if people.is_empty() {
                return Err(DeskFault::NothingToPrint.into());
            }
            return Ok(vec![PrintedPanel { panel: None, name: String::new(), people }]);
        }
        let mut panels: BTreeMap<PanelId, Vec<(IdNumber, Option<Lot>)>> = BTreeMap::new();
        for (id, lot) in lots {
            panels.entry(lot.panel.clone()).or_default().push((id, Some(lot)));
        }
        let sorted = |(panel, mut people): (PanelId, Vec<(IdNumber, Option<Lot>)>)| {
            people.sort_by_key(|(id, lot)| (lot.as_ref().map(|l| l.order), id.clone()));
            PrintedPanel { name: panel_name(&panel), panel: Some(panel), people }
        };
        Ok(panels.into_iter().map(sorted).collect())
    }

    fn whos(&self, of: &PaperOf<'_>) -> Result<impl Fn(&IdNumber) -> Who> {
        let (names, seats) = (self.candidates(of.stage)?, self.seats(of.stage)?);
        Ok(move |id: &IdNumber| Who {
            number: seats.get(id).map(|s| s.number.to_string()).unwrap_or_default(),
            name: names.get(id).map(|p| p.name.clone()).unwrap_or_default(),
            unit: names.get(id).map(|p| self.full_name(&p.unit)).unwrap_or_default(),
        })
    }

    fn panel_foot(&self, ctx: &Ctx, of: &PaperOf<'_>, panel: &str) -> Result<Foot> {
        self.foot(ctx, &self.part(of.stage, of.part)?.name, "", panel)
    }

    /// What stands above the papers of a panel.
    fn panel_facts(&self, of: &PaperOf<'_>, panel: &PrintedPanel) -> Result<Vec<(String, String)>> {
        let part = self.part(of.stage, of.part)?;
        Ok(vec![
            fact("考官组", panel.name.clone()),
            fact("时间", part.start.format("%Y-%m-%d %H:%M").to_string()),
            fact("满分", part.full.to_string()),
            fact("人数", panel.people.len().to_string()),
        ])
    }

    pub(super) fn lots_papers(&self, ctx: &Ctx, of: &PaperOf<'_>) -> Result<Vec<LotsSheet>> {
        let (part, _) = self.panel_part(of.stage, of.part)?;
        let who = self.whos(of)?;
        let draw = self.one::<LotDraw>(&(of.stage.clone(), of.part.clone()))?.map(|held| held.value);
        let line = |id: &IdNumber, lot: Option<&Lot>, remark: &str| {
            let Who { number, name, unit } = who(id);
            let (panel, lot) = lot.map(|l| (l.panel.to_string(), l.order.to_string())).unwrap_or_default();
            LotLine { number, name, unit, panel, lot, remark: remark.to_owned() }
        };
        let panels = self.printed_panels(of)?;
        let drawn: BTreeSet<&IdNumber> = panels.iter().flat_map(|p| p.people.iter().map(|(id, _)| id)).collect();
        let mut absent: Vec<LotLine> =
            self.entrants(of.stage, of.part)?.keys().filter(|id| !drawn.contains(id)).map(|id| line(id, None, "缺席")).collect();
        absent.sort_by(|a, b| a.number.cmp(&b.number));
        let mut out = Vec::new();
        for panel in &panels {
            let mut facts = vec![
                fact("科目", format!("{}　{}", part.name, panel.name)),
                fact("时间", part.start.format("%Y-%m-%d %H:%M").to_string()),
                fact("人数", panel.people.len().to_string()),
            ];
            if let Some(draw) = &draw {
                let witnesses = draw.witnesses.iter().map(ToString::to_string).collect::<Vec<_>>().join("、");
                facts.extend([fact("见证人", witnesses), fact("种子", draw.seed.clone().unwrap_or_else(|| "人工抽签".to_owned()))]);
            }
            let people = panel.people.iter().map(|(id, lot)| line(id, lot.as_ref(), "")).collect();
            out.push(LotsSheet { foot: self.panel_foot(ctx, of, &panel.name)?, facts, people });
        }
        // Whoever missed the roll call belongs to no panel and stands at the end of the last one's list.
        if let Some(last) = out.last_mut() {
            last.people.append(&mut absent);
        }
        Ok(out)
    }

    /// A sheet for each judge of each panel. Lots only: a judge is not to know whom the office calls by name.
    pub(super) fn judge_papers(&self, ctx: &Ctx, of: &PaperOf<'_>) -> Result<Vec<JudgeSheet>> {
        let (part, rules) = self.panel_part(of.stage, of.part)?;
        let mut out = Vec::new();
        for panel in self.printed_panels(of)? {
            let lot = |(n, (_, lot)): (usize, &(IdNumber, Option<Lot>))| {
                lot.as_ref().map_or_else(|| (n + 1).to_string(), |l| l.order.to_string())
            };
            let lots: Vec<String> = panel.people.iter().enumerate().map(lot).collect();
            let named = self.judges(of, rules, &panel)?;
            for (judge, name) in (1..=rules.judges).zip(named) {
                out.push(JudgeSheet {
                    foot: self.panel_foot(ctx, of, &panel.name)?,
                    facts: vec![
                        fact("考官组", panel.name.clone()),
                        fact(
                            "评委",
                            name.split_once('\n').map_or_else(|| format!("{judge} 号"), |(_, name)| format!("{judge} 号　{name}")),
                        ),
                        fact("时间", part.start.format("%Y-%m-%d").to_string()),
                    ],
                    criteria: rules.criteria.iter().map(|c| format!("{}\n（{}分）", c.name, c.full)).collect(),
                    lots: lots.clone(),
                    rule: format!("满分 {} 分，最小单位 {} 分。", part.full, part.step),
                });
            }
        }
        Ok(out)
    }

    pub(super) fn tally_papers(&self, ctx: &Ctx, of: &PaperOf<'_>) -> Result<Vec<TallySheet>> {
        let (_, rules) = self.panel_part(of.stage, of.part)?;
        let who = self.whos(of)?;
        let sheet = |panel: PrintedPanel| {
            let line = |(id, lot): &(IdNumber, Option<Lot>)| {
                let Who { number, name, unit } = who(id);
                [lot.as_ref().map(|l| l.order.to_string()).unwrap_or_default(), number, name, unit]
            };
            Ok(TallySheet {
                foot: self.panel_foot(ctx, of, &panel.name)?,
                facts: self.panel_facts(of, &panel)?,
                judges: self.judges(of, rules, &panel)?,
                people: panel.people.iter().map(line).collect(),
                rule: self.rule(rules),
            })
        };
        self.printed_panels(of)?.into_iter().map(sheet).collect()
    }

    /// Everyone with a lot, whether marked or not: who is missing must be seen before the sheet is signed.
    pub(super) fn summaries(&self, ctx: &Ctx, of: &PaperOf<'_>) -> Result<Vec<InterviewSummary>> {
        let (_, rules) = self.panel_part(of.stage, of.part)?;
        let places = self.plan().arithmetic.places;
        let who = self.whos(of)?;
        let mut marks = self.interview_marks(of.stage, of.part)?;
        let mut panels = self.printed_panels(of)?;
        let listed: BTreeSet<IdNumber> = panels.iter().flat_map(|p| p.people.iter().map(|(id, _)| id.clone())).collect();
        let others: Vec<_> = marks.keys().filter(|id| !listed.contains(*id)).map(|id| (id.clone(), None)).collect();
        if !others.is_empty() {
            panels.push(PrintedPanel { panel: None, name: String::new(), people: others });
        }
        let mut out = Vec::new();
        for panel in panels {
            let mut people = Vec::new();
            for (id, lot) in &panel.people {
                let (value, result) = marks.remove(id).map_or((None, None), |(value, result)| (Some(value), result));
                let Who { number, name, unit } = who(id);
                let (totals, dropped) = result.as_ref().map(|r| (r.totals.as_slice(), r.dropped.as_slice())).unwrap_or_default();
                people.push(InterviewLine {
                    lot: lot.as_ref().map(|l| l.order.to_string()).unwrap_or_default(),
                    number,
                    name,
                    unit,
                    marks: (0..usize::from(rules.judges))
                        .map(|n| (totals.get(n).map(ToString::to_string).unwrap_or_default(), dropped.contains(&n)))
                        .collect(),
                    sum: result.as_ref().map(|r| r.sum.to_string()).unwrap_or_default(),
                    mark: value.map_or_else(|| "未录".to_owned(), |value| shown(value, places)),
                });
            }
            out.push(InterviewSummary {
                foot: self.panel_foot(ctx, of, &panel.name)?,
                facts: self.panel_facts(of, &panel)?,
                judges: self.judges(of, rules, &panel)?,
                people,
                rule: self.rule(rules),
            });
        }
        Ok(out)
    }

    /// Judges as columns are headed; with their names where they are known.
    fn judges(&self, of: &PaperOf<'_>, rules: &PanelPlan, panel: &PrintedPanel) -> Result<Vec<String>> {
        let names = match &panel.panel {
            Some(panel) => self.panel_staff(of.stage, of.part, panel, Role::Judge)?.into_iter().map(|(_, p)| p.name).collect(),
            None => Vec::new(),
        };
        let head = |n: u8| match names.get(usize::from(n - 1)) {
            Some(name) => format!("评委{n}\n{name}"),
            None => format!("评委{n}"),
        };
        Ok((1..=rules.judges).map(head).collect())
    }

    /// How the interview mark is worked out, in words.
    fn rule(&self, rules: &PanelPlan) -> String {
        let places = self.plan().arithmetic.places.0;
        let (high, low) = (rules.drop_high, rules.drop_low);
        let marked = if rules.drop_by == DropBy::Total { "（以划线标出）" } else { "" };
        let each = if rules.drop_by == DropBy::Criterion { "各评分要素分别" } else { "" };
        let equalised = if rules.equalise { "；各考官组之间按平均分修正" } else { "" };
        format!("{each}去掉 {high} 个最高分和 {low} 个最低分{marked}，其余取平均{equalised}，四舍五入保留 {places} 位小数。")
    }
}
