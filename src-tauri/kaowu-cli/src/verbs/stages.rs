//! The stages that others hold.

use super::Bench;
use super::results::table;
use crate::args::{NameArgs, ResultArgs, StagesVerb};
use kaowu_core::facts::{Deed, MemberResult};
use kaowu_core::identity::{IdNumber, ListId};
use kaowu_desk::{NewResult, Result, TeamMember, TeamNaming, TeamRow};

pub(super) fn run(bench: &Bench<'_>, verb: &StagesVerb) -> Result<()> {
    match verb {
        StagesVerb::Show { team, csv } => show(bench, team.as_deref(), *csv),
        StagesVerb::Substitute { team, people, reason } => {
            let (mut desk, ctx) = bench.desk()?;
            say(bench, &desk.name_substitutes(&ctx, &team.as_str().into(), &ids(people), reason)?);
            Ok(())
        }
        StagesVerb::Name(args) => name(bench, args),
        StagesVerb::Result(args) => result(bench, args),
        StagesVerb::Honour { team, people, document } => {
            let (mut desk, ctx) = bench.desk()?;
            let deeds = desk.honour_members(&ctx, &team.as_str().into(), &ids(people), document)?;
            let line = |deed: &Deed| format!("{}  {}  {}", deed.winner, deed.name, deed.grounds);
            bench.voice.tell(&deeds, || deeds.iter().map(line).collect::<Vec<_>>().join("\n"));
            Ok(())
        }
    }
}

fn ids(texts: &[String]) -> Vec<IdNumber> {
    texts.iter().map(|t| t.trim().to_ascii_uppercase().into()).collect()
}

fn show(bench: &Bench<'_>, team: Option<&str>, csv: bool) -> Result<()> {
    let desk = bench.open()?;
    if let Some(team) = team.filter(|_| csv) {
        table(bench, &desk.team_table(&team.into())?, true);
        return Ok(());
    }
    if let Some(team) = team {
        say(bench, &desk.view().team(&team.into())?);
        return Ok(());
    }
    let mut rows: Vec<TeamRow> = Vec::new();
    for team in desk.team_ids() {
        match desk.view().team(&team) {
            Ok(row) => rows.push(row),
            // One team that waits does not hide the other.
            Err(error) => bench.voice.progress(&format!("{team}: {}", bench.voice.words(&error))),
        }
    }
    bench.voice.tell(&rows, || rows.iter().map(|row| in_words(bench, row)).collect::<Vec<_>>().join("\n\n"));
    Ok(())
}

fn name(bench: &Bench<'_>, args: &NameArgs) -> Result<()> {
    let (mut desk, ctx) = bench.desk()?;
    let (team, unit, people) = (ListId::from(args.team.as_str()), args.unit.as_str().into(), ids(&args.people));
    let naming = TeamNaming { unit: &unit, people: &people, document: &args.document, reason: &args.reason };
    let named = desk.name_team(&ctx, &team, &naming)?;
    match desk.view().team(&team) {
        Ok(row) => say(bench, &row),
        // Recorded all the same: who joins is told apart first.
        Err(error) => {
            bench.voice.progress(&bench.voice.words(&error));
            bench.voice.tell(&named, || named.people.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
        }
    }
    Ok(())
}

fn result(bench: &Bench<'_>, args: &ResultArgs) -> Result<()> {
    let (mut desk, ctx) = bench.desk()?;
    let team = ListId::from(args.team.as_str());
    let of = |id: IdNumber, place, result: &str| MemberResult { id, role: String::new(), place, result: result.to_owned() };
    let mut people: Vec<MemberResult> = args.members.iter().map(|m| of(m.id.to_ascii_uppercase().into(), m.place, &m.result)).collect();
    for member in desk.view().team(&team)?.members {
        if !people.iter().any(|m| m.id == member.id) {
            people.push(of(member.id, None, ""));
        }
    }
    let (place, promoted) = (args.place, args.promoted);
    let new = NewResult { place, promoted, people: &people, document: &args.document, reason: &args.reason };
    say(bench, &desk.enter_team_result(&ctx, &team, &new)?);
    Ok(())
}

fn say(bench: &Bench<'_>, row: &TeamRow) {
    bench.voice.tell(row, || in_words(bench, row));
}

fn in_words(bench: &Bench<'_>, row: &TeamRow) -> String {
    let result = row.result.as_ref().map_or_else(String::new, |r| {
        let promoted = if r.promoted { bench.voice.pick("晋级", "promoted") } else { bench.voice.pick("未晋级", "not promoted") };
        format!("  #{} {promoted}  {}", r.place, r.document)
    });
    let line = |m: &TeamMember| {
        let place = m.place.map(|p| format!("  #{p}")).unwrap_or_default();
        format!("  {}  {}  {}  {}{place}  {}", m.id, m.name, m.unit, m.role, m.result).trim_end().to_owned()
    };
    let head = format!("{}  {}{result}", row.title, row.unit);
    std::iter::once(head).chain(row.members.iter().map(line)).collect::<Vec<_>>().join("\n")
}
