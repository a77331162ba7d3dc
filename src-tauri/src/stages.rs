//! The stages that others hold: teams, who is named, results, what members get.

use crate::shell::{Answer, Shell};
use kaowu_core::facts::MemberResult;
use kaowu_core::identity::{IdNumber, UnitCode};
use kaowu_desk::screen::{NamingUnit, TeamScreen};
use kaowu_desk::{Desk, NewResult, Result, TeamNaming};
use serde::Deserialize;
use specta::Type;
use tauri::State;

/// Whom the department names, as the page says it.
#[derive(Debug, Clone, Deserialize, Type)]
pub(crate) struct Naming {
    unit: String,
    people: Vec<String>,
    document: String,
    reason: String,
}

/// What a team brought home, as the page says it.
#[derive(Debug, Clone, Deserialize, Type)]
pub(crate) struct TeamResults {
    place: u32,
    promoted: bool,
    members: Vec<MemberSaid>,
    document: String,
    reason: String,
}

/// What a member achieved.
#[derive(Debug, Clone, Deserialize, Type)]
pub(crate) struct MemberSaid {
    person: String,
    place: Option<u32>,
    result: String,
}

fn people(desk: &Desk, handles: &[String]) -> Result<Vec<IdNumber>> {
    handles.iter().map(|handle| desk.person(handle)).collect()
}

/// Every team of the plan.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn teams(shell: State<'_, Shell>) -> Answer<Vec<TeamScreen>> {
    shell.read(|desk| desk.team_screens())
}

/// Units from which a team's people can be named.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn naming_units(shell: State<'_, Shell>, team: String) -> Answer<Vec<NamingUnit>> {
    shell.read(|desk| desk.naming_units(&team.as_str().into()))
}

/// Makes others the substitutes.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn name_substitutes(shell: State<'_, Shell>, team: String, substitutes: Vec<String>, reason: String) -> Answer<()> {
    shell.act(|desk, ctx| desk.name_substitutes(ctx, &team.as_str().into(), &people(desk, &substitutes)?, &reason).map(|_| ()))
}

/// Records whom the department named.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn name_team(shell: State<'_, Shell>, team: String, naming: Naming) -> Answer<()> {
    shell.act(|desk, ctx| {
        let (unit, named) = (UnitCode::from(naming.unit.as_str()), people(desk, &naming.people)?);
        let naming = TeamNaming { unit: &unit, people: &named, document: &naming.document, reason: &naming.reason };
        desk.name_team(ctx, &team.as_str().into(), &naming).map(|_| ())
    })
}

/// Enters a team's results.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn enter_team_result(shell: State<'_, Shell>, team: String, results: TeamResults) -> Answer<()> {
    shell.act(|desk, ctx| {
        let of = |m: &MemberSaid| {
            Ok(MemberResult { id: desk.person(&m.person)?, role: String::new(), place: m.place, result: m.result.trim().to_owned() })
        };
        let members = results.members.iter().map(of).collect::<Result<Vec<_>>>()?;
        let TeamResults { place, promoted, document, reason, .. } = &results;
        let new = NewResult { place: *place, promoted: *promoted, people: &members, document, reason };
        desk.enter_team_result(ctx, &team.as_str().into(), &new).map(|_| ())
    })
}

/// Gives a team's members their award.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn honour_members(shell: State<'_, Shell>, team: String, winners: Vec<String>, document: String) -> Answer<()> {
    shell.act(|desk, ctx| desk.honour_members(ctx, &team.as_str().into(), &people(desk, &winners)?, &document).map(|_| ()))
}
