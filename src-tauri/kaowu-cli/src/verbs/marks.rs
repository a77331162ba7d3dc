//! Written marks and interviews.

use super::{Bench, operators, person, stage_part};
use crate::args::{InterviewVerb, MarksVerb, PartArgs};
use kaowu_core::facts::Pass;
use kaowu_core::identity::{IdNumber, PartId, StageId};
use kaowu_core::{interview, marks, why};
use kaowu_desk::{Decision, Desk, DeskFault, DrawLots, MarkDifference, Result, SheetDecision};
use serde_json::json;

fn place(desk: &Desk, args: &PartArgs) -> Result<(StageId, PartId)> {
    stage_part(desk, args.stage.as_ref(), args.part.as_ref())
}

pub(super) fn written(bench: &Bench<'_>, verb: &MarksVerb) -> Result<()> {
    match verb {
        MarksVerb::Import { part, pass, file } => {
            let (mut desk, ctx) = bench.desk()?;
            let (stage, part) = place(&desk, part)?;
            let out = desk.import_marks(&ctx, &stage, &part, Pass(*pass), file)?;
            bench.voice.tell(&out, || {
                let refused =
                    out.refused.iter().map(|r| format!("\n  {}: {} {}", r.row, r.id, bench.voice.lang().say(&r.code, &r.facts).what));
                format!(
                    "录入 taken {}  合计 sum {}  已有 known {}  不计 uncounted {}  拒绝 refused {}{}",
                    out.taken,
                    out.sum,
                    out.known,
                    out.uncounted.len(),
                    out.refused.len(),
                    refused.collect::<String>()
                )
            });
            Ok(())
        }
        MarksVerb::Key { part, pass, person: who, mark } => {
            let (mut desk, ctx) = bench.desk()?;
            let (stage, part) = place(&desk, part)?;
            let id = person(&desk, &stage, who)?;
            let value = desk.key_mark(&ctx, &stage, &part, Pass(*pass), &id, mark)?;
            bench.voice.tell(&value, || format!("{id}  {}", why::shown(value, desk.plan().arithmetic.places)));
            Ok(())
        }
        MarksVerb::Differences(part) => {
            let desk = bench.open()?;
            let (stage, part) = place(&desk, part)?;
            let all = desk.mark_differences(&stage, &part)?;
            let places = desk.plan().arithmetic.places;
            bench.voice.tell(&all, || {
                let side = |s: &Option<(marks::MarkValue, kaowu_core::identity::Operator)>| {
                    s.as_ref().map_or_else(|| "—".to_owned(), |(v, by)| format!("{} ({by})", why::shown(*v, places)))
                };
                let line = |d: &MarkDifference| {
                    let room = if d.contradicts_room { bench.voice.pick("  与考场登记不符", "  contradicts the room") } else { "" };
                    let void = if d.void_unruled {
                        bench.voice.pick("  违纪未经总部核定", "  void without a ruling of headquarters")
                    } else {
                        ""
                    };
                    format!("{}  {}  {}  {}{room}{void}", d.id, d.name, side(&d.first), side(&d.second))
                };
                all.iter().map(line).collect::<Vec<_>>().join("\n")
            });
            Ok(())
        }
        MarksVerb::Decide { part, person: who, mark, with, reason } => {
            let (mut desk, ctx) = bench.desk()?;
            let (stage, part) = place(&desk, part)?;
            let id = person(&desk, &stage, who)?;
            let rules = desk.view().part(&stage, &part)?;
            let value = marks::read_value(mark, rules.full, rules.step)?.ok_or_else(|| DeskFault::MarkEmpty { person: who.clone() })?;
            let decision = Decision { id: &id, value, with: with.as_deref().map(Into::into), reason };
            let before = desk.decide_mark(&ctx, &stage, &part, &decision)?;
            bench.voice.tell(&before, || format!("{id}  {}", why::shown(value, desk.plan().arithmetic.places)));
            Ok(())
        }
        MarksVerb::Status(part) => {
            let desk = bench.open()?;
            let (stage, part) = place(&desk, part)?;
            let c = desk.mark_counts(&stage, &part)?;
            bench.voice.tell(&c, || {
                format!(
                    "未录 missing {}  一遍 one pass {}  相符 matched {}  不符 different {}  已定 decided {}  违纪待核定 void unruled {}  与考场不符 against room {}",
                    c.missing, c.one_pass, c.matched, c.different, c.decided, c.unruled, c.against_room
                )
            });
            Ok(())
        }
    }
}

pub(super) fn interview(bench: &Bench<'_>, verb: &InterviewVerb) -> Result<()> {
    match verb {
        InterviewVerb::Lots { part, panels, seed, witnesses, missing } => {
            let (mut desk, ctx) = bench.desk()?;
            let (stage, part) = place(&desk, part)?;
            let panels: Vec<_> = panels.iter().map(|p| p.as_str().into()).collect();
            let missing: Vec<IdNumber> = missing.iter().map(|m| m.as_str().into()).collect();
            let draw = DrawLots { stage: &stage, part: &part, panels: &panels, seed, witnesses: &operators(witnesses), missing: &missing };
            let lots = desk.draw_lots(&ctx, &draw)?;
            bench.voice.tell(&lots, || {
                lots.iter().map(|(id, lot)| format!("{}  {:>3}  {id}", lot.panel, lot.order)).collect::<Vec<_>>().join("\n")
            });
            Ok(())
        }
        InterviewVerb::Late { part, person: who, panel, reason } => {
            let (mut desk, ctx) = bench.desk()?;
            let (stage, part) = place(&desk, part)?;
            let id = person(&desk, &stage, who)?;
            let lot = desk.late_lot(&ctx, &stage, &part, &id, &panel.as_str().into(), reason)?;
            bench.voice.tell(&lot, || format!("{}  {}  {id}", lot.panel, lot.order));
            Ok(())
        }
        InterviewVerb::Import { part, pass, file } => {
            let (mut desk, ctx) = bench.desk()?;
            let (stage, part) = place(&desk, part)?;
            let out = desk.import_sheets(&ctx, &stage, &part, Pass(*pass), file)?;
            bench.voice.tell(&out, || {
                let refused =
                    out.refused.iter().map(|r| format!("\n  {}: {} {}", r.row, r.id, bench.voice.lang().say(&r.code, &r.facts).what));
                format!(
                    "录入 taken {}  已有 known {}  不计 uncounted {}  拒绝 refused {}{}",
                    out.taken,
                    out.known,
                    out.uncounted.len(),
                    out.refused.len(),
                    refused.collect::<String>()
                )
            });
            Ok(())
        }
        InterviewVerb::Key { part, pass, person: who, marks } => {
            let (mut desk, ctx) = bench.desk()?;
            let (stage, part) = place(&desk, part)?;
            let id = person(&desk, &stage, who)?;
            let sheet = desk.key_sheet(&ctx, &stage, &part, Pass(*pass), &id, marks)?;
            bench.voice.tell(&sheet, || format!("{id}  {}", marks.join(" ")));
            Ok(())
        }
        InterviewVerb::Differences(part) => {
            let desk = bench.open()?;
            let (stage, part) = place(&desk, part)?;
            let ids = desk.sheet_differences(&stage, &part)?;
            bench.voice.tell(&ids, || ids.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
            Ok(())
        }
        InterviewVerb::Decide { part, person: who, marks, with, reason } => {
            let (mut desk, ctx) = bench.desk()?;
            let (stage, part) = place(&desk, part)?;
            let id = person(&desk, &stage, who)?;
            let (rules, panel) = desk.view().panel_part(&stage, &part)?;
            let marks = if marks.len() == 1 { vec![marks[0].clone(); usize::from(panel.judges)] } else { marks.clone() };
            let sheet = interview::read_sheet(panel, rules.full, rules.step, &marks)?
                .ok_or_else(|| DeskFault::MarkEmpty { person: who.clone() })?;
            let before =
                desk.decide_sheet(&ctx, &stage, &part, &SheetDecision { id: &id, sheet, with: with.as_deref().map(Into::into), reason })?;
            bench.voice.tell(&json!(before), || id.to_string());
            Ok(())
        }
    }
}
