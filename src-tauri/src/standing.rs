//! From marks to awards.

use crate::shell::{Answer, Shell};
use kaowu_core::facts::Deed;
use kaowu_core::figure::Mark;
use kaowu_core::identity::{Operator, StageId};
use kaowu_desk::Result;
use kaowu_desk::screen::{
    AwardScreen, Both, ResolvedTie, SelectionScreen, Spread, StandingInfo, StandingScreen, TieBy, TieRow, WeightsScreen, WhatIfRow,
    WhyScreen, Winner, masked,
};
use serde::Serialize;
use specta::Type;
use tauri::State;

/// A list as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub(crate) struct Table {
    title: Both,
    columns: Vec<String>,
    headers: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// Who went, and who came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub(crate) struct Substituted {
    leaves: String,
    comes: Option<String>,
    reason: String,
    approver: String,
}

fn weights_of(texts: &[String]) -> Result<Vec<Mark>> {
    texts.iter().map(|t| Ok(Mark::parse(t.trim())?)).collect()
}

fn names(texts: &[String]) -> Vec<Operator> {
    texts.iter().map(|t| t.trim().into()).collect()
}

/// Weights of a composite.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn weights(shell: State<'_, Shell>, stage: String) -> Answer<WeightsScreen> {
    shell.read(|desk| desk.weights_screen(&stage.as_str().into()))
}

/// Confirms weights; none given: the plan's.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn confirm_weights(
    shell: State<'_, Shell>,
    stage: String,
    weights: Vec<String>,
    second: Option<String>,
    reason: String,
) -> Answer<WeightsScreen> {
    let stage = StageId::from(stage);
    shell.act(|desk, ctx| {
        let with = second.as_deref().map(str::trim).filter(|s| !s.is_empty()).map(Into::into);
        desk.confirm_weights(ctx, &stage, &weights_of(&weights)?, with, &reason)?;
        desk.weights_screen(&stage)
    })
}

/// A selection: made, or as it would be now.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn selection(shell: State<'_, Shell>, stage: String) -> Answer<SelectionScreen> {
    shell.read(|desk| desk.selection_screen(&stage.as_str().into()))
}

/// Fixes a selection.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn select(shell: State<'_, Shell>, stage: String) -> Answer<SelectionScreen> {
    let stage = StageId::from(stage);
    shell.act(|desk, ctx| {
        desk.select(ctx, &stage)?;
        desk.selection_screen(&stage)
    })
}

/// Someone withdraws; the next in line comes in.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn substitute(shell: State<'_, Shell>, stage: String, leaves: String, approver: String, reason: String) -> Answer<Substituted> {
    let stage = StageId::from(stage);
    shell.act(|desk, ctx| {
        let done = desk.substitute(ctx, &stage, &desk.person(&leaves)?, &approver.trim().into(), &reason)?;
        let view = desk.view();
        let name = |id: &kaowu_core::identity::IdNumber| -> Result<String> {
            for stage in &desk.plan().stages {
                if let Some(person) = view.candidate(&stage.id, id)? {
                    return Ok(person.name);
                }
            }
            Ok(masked(id))
        };
        Ok(Substituted {
            leaves: name(&done.leaves)?,
            comes: done.comes.as_ref().map(name).transpose()?,
            reason: done.reason,
            approver: done.approver.0,
        })
    })
}

/// The plan's standings.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn standings(shell: State<'_, Shell>) -> Answer<Vec<StandingInfo>> {
    shell.read(|desk| Ok(desk.standing_infos()))
}

/// A standing.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn standing(shell: State<'_, Shell>, id: String) -> Answer<StandingScreen> {
    shell.read(|desk| desk.standing_screen(&id.as_str().into()))
}

/// Every step of a person's total.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn why(shell: State<'_, Shell>, stage: String, person: String) -> Answer<WhyScreen> {
    shell.read(|desk| desk.why_screen(&stage.as_str().into(), &desk.person_or_text(&person)))
}

/// Every step of a team's or a unit's rank.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn why_group(shell: State<'_, Shell>, list: String, unit: String) -> Answer<WhyScreen> {
    shell.read(|desk| desk.why_group_screen(&list.as_str().into(), &unit.as_str().into()))
}

/// Ranks under other weights; writes nothing.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn what_if(shell: State<'_, Shell>, id: String, weights: Vec<String>) -> Answer<Vec<WhatIfRow>> {
    shell.read(|desk| desk.what_if_rows(&id.as_str().into(), &weights_of(&weights)?))
}

/// How marks are spread over units.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn spread(shell: State<'_, Shell>, stage: String, part: String) -> Answer<Vec<Spread>> {
    shell.read(|desk| desk.spread(&stage.as_str().into(), &part.as_str().into()))
}

/// Every tie that waits.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn held_ties(shell: State<'_, Shell>) -> Answer<Vec<TieRow>> {
    shell.read(|desk| desk.tie_rows())
}

/// Every tie that was resolved.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn resolved_ties(shell: State<'_, Shell>) -> Answer<Vec<ResolvedTie>> {
    shell.read(|desk| desk.resolved_ties())
}

/// Records how a tie was resolved.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn resolve_tie(
    shell: State<'_, Shell>,
    tie: String,
    order: Vec<String>,
    how: TieBy,
    by: Vec<String>,
    reason: String,
) -> Answer<()> {
    shell.act(|desk, ctx| {
        let order: Vec<String> = order.iter().map(|who| desk.person_or_text(who)).collect();
        desk.resolve_tie(ctx, &tie, &order, how.into(), &names(&by), &reason).map(|_| ())
    })
}

/// Every award.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn awards(shell: State<'_, Shell>) -> Answer<Vec<AwardScreen>> {
    shell.read(|desk| desk.award_screens())
}

/// Confirms an award with the number of its document.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn confirm_award(shell: State<'_, Shell>, award: String, document: String, winners: Vec<Winner>) -> Answer<()> {
    shell.act(|desk, ctx| {
        let deed = |w: &Winner| Deed {
            winner: desk.person_or_text(w.winner.trim()),
            name: w.name.trim().to_owned(),
            rank: w.rank,
            grounds: String::new(),
        };
        let deeds: Vec<Deed> = winners.iter().map(deed).collect();
        desk.confirm_award(ctx, &award.as_str().into(), &document, &deeds).map(|_| ())
    })
}

/// Confirms awards that follow from standings together, with one document.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn confirm_awards(shell: State<'_, Shell>, awards: Vec<String>, document: String) -> Answer<()> {
    let only: Vec<_> = awards.into_iter().map(kaowu_core::identity::ListId::from).collect();
    shell.act(|desk, ctx| desk.confirm_awards(ctx, &only, &document).map(|_| ()))
}

/// The teams sent on whole.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn delegation(shell: State<'_, Shell>) -> Answer<Table> {
    shell.read(|desk| {
        let table = desk.delegation_table()?;
        // ID numbers stay under their mask.
        let id = table.columns.iter().position(|c| c == "id");
        let rows = table.rows.into_iter().map(|mut row| {
            if let Some(cell) = id.and_then(|n| row.get_mut(n)) {
                *cell = masked(&cell.as_str().into());
            }
            row
        });
        let en = desk.plan().delegations.iter().find(|d| d.title == table.title).and_then(|d| d.title_en.clone());
        let title = Both::of(&table.title, en.unwrap_or_else(|| table.title.clone()));
        Ok(Table { title, columns: table.columns, headers: table.headers, rows: rows.collect() })
    })
}
