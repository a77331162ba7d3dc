//! From marks to awards.

use super::{Bench, operators};
use crate::args::{HowArg, ListArgs, NominateArgs, StageArgs, StandingsArgs, SubstituteArgs, TiesVerb, WeightsArgs, WhyArgs};
use kaowu_core::facts::TieHow;
use kaowu_core::figure::Mark;
use kaowu_core::identity::{StageId, UnitCode};
use kaowu_desk::{Desk, Result, ResultsTable, WhatIf};
use serde_json::json;

pub(super) fn weights(bench: &Bench<'_>, args: &WeightsArgs) -> Result<()> {
    let (mut desk, ctx) = bench.desk()?;
    let weights = args.weights.iter().map(|w| Mark::parse(w)).collect::<std::result::Result<Vec<_>, _>>()?;
    let out = desk.confirm_weights(&ctx, &args.stage.as_str().into(), &weights, args.with.as_deref().map(Into::into), &args.reason)?;
    bench.voice.tell(&out, || out.iter().map(ToString::to_string).collect::<Vec<_>>().join(" / "));
    Ok(())
}

pub(super) fn nominate(bench: &Bench<'_>, args: &NominateArgs) -> Result<()> {
    let (mut desk, ctx) = bench.desk()?;
    let teams: Vec<UnitCode> = args.teams.iter().map(|t| t.as_str().into()).collect();
    desk.nominate(&ctx, &args.stage.as_str().into(), &args.city.as_str().into(), &teams, &args.reason)
}

pub(super) fn select(bench: &Bench<'_>, args: &StageArgs) -> Result<()> {
    let (mut desk, ctx) = bench.desk()?;
    let rows = desk.select(&ctx, &args.stage.as_str().into())?;
    bench.voice.tell(&rows, || format!("{} {}", bench.voice.pick("入选", "selected"), rows.len()));
    Ok(())
}

pub(super) fn substitute(bench: &Bench<'_>, args: &SubstituteArgs) -> Result<()> {
    let (mut desk, ctx) = bench.desk()?;
    let row = desk.substitute(&ctx, &args.stage.as_str().into(), &args.id.as_str().into(), &args.approver.as_str().into(), &args.reason)?;
    bench.voice.tell(&row, || format!("{} → {}", row.leaves, row.comes.as_ref().map_or("—", |id| id.as_str())));
    Ok(())
}

pub(super) fn ties(bench: &Bench<'_>, verb: &TiesVerb) -> Result<()> {
    match verb {
        TiesVerb::List => {
            let ties = bench.open()?.held_ties()?;
            bench.voice.tell(&ties, || {
                ties.iter().map(|t| format!("{}  {}  #{}  {}", t.id, t.question, t.rank, t.tied.join(" "))).collect::<Vec<_>>().join("\n")
            });
            Ok(())
        }
        TiesVerb::Resolve { tie, order, how, by, reason } => {
            let (mut desk, ctx) = bench.desk()?;
            let how = match how {
                HowArg::Key => TieHow::Key,
                HowArg::ExtraTest => TieHow::ExtraTest,
                HowArg::Lots => TieHow::Lots,
            };
            let held = desk.resolve_tie(&ctx, tie, order, how, &operators(by), reason)?;
            bench.voice.tell(&held, || held.id.clone());
            Ok(())
        }
    }
}

pub(super) fn table(bench: &Bench<'_>, table: &ResultsTable, csv: bool) {
    if csv {
        bench.voice.print(&table.csv());
    } else {
        bench.voice.tell(table, || {
            let rows = table.rows.iter().map(|r| r.join("  "));
            std::iter::once(table.title.clone()).chain(std::iter::once(table.headers.join("  "))).chain(rows).collect::<Vec<_>>().join("\n")
        });
    }
}

pub(super) fn standings(bench: &Bench<'_>, args: &StandingsArgs) -> Result<()> {
    if !args.what_if.is_empty() {
        let weights = args.what_if.iter().map(|w| Mark::parse(w)).collect::<std::result::Result<Vec<_>, _>>()?;
        let rows = bench.open()?.what_if(&args.kind.as_str().into(), &weights)?;
        let line = |w: &WhatIf| format!("{} → {}  {}  {}", w.before, w.after, w.id, w.total);
        bench.voice.tell(&rows, || rows.iter().map(line).collect::<Vec<_>>().join("\n"));
        return Ok(());
    }
    table(bench, &bench.open()?.standing_table(&args.kind.as_str().into())?, args.csv);
    Ok(())
}

pub(super) fn selected(bench: &Bench<'_>, args: &ListArgs) -> Result<()> {
    let desk = bench.open()?;
    let stage = args.stage.as_deref().map_or_else(|| last_selected(&desk), StageId::from);
    table(bench, &desk.selected(&stage)?, args.csv);
    Ok(())
}

fn last_selected(desk: &Desk) -> StageId {
    desk.plan().selections.last().map(|s| s.to.clone()).unwrap_or_default()
}

pub(super) fn awards(bench: &Bench<'_>, args: &ListArgs) -> Result<()> {
    let desk = bench.open()?;
    table(bench, &desk.award_table()?, args.csv);
    for (award, tie) in desk.awards()?.1 {
        bench.voice.progress(&format!("{award}: {} {}", bench.voice.pick("并列待定", "held tie"), tie.id));
    }
    Ok(())
}

pub(super) fn titles(bench: &Bench<'_>, args: &ListArgs) -> Result<()> {
    table(bench, &bench.open()?.title_table()?, args.csv);
    Ok(())
}

pub(super) fn delegations(bench: &Bench<'_>, args: &ListArgs) -> Result<()> {
    table(bench, &bench.open()?.delegation_table()?, args.csv);
    Ok(())
}

pub(super) fn why(bench: &Bench<'_>, args: &WhyArgs) -> Result<()> {
    let desk = bench.open()?;
    let last = desk.plan().composites.last().map(|c| c.stage.clone()).unwrap_or_default();
    let stage = args.stage.as_deref().map_or(last, StageId::from);
    let (id, name, steps) = desk.why(&stage, &args.person)?;
    bench.voice.tell(&json!({ "id": id, "name": name, "steps": steps }), || {
        let lines = steps.iter().map(|s| bench.voice.lang().error(s).what);
        std::iter::once(format!("{name}  {id}")).chain(lines).collect::<Vec<_>>().join("\n")
    });
    Ok(())
}
