//! Operators of a protected event.

use super::Bench;
use crate::args::OperatorsVerb;
use crate::pin::{Asked, ask};
use kaowu_core::identity::{Operator, SiteCode};
use kaowu_core::operators::Role;
use kaowu_desk::{Desk, DeskFault, NewOperator, OperatorRow, Result};
use serde_json::json;

pub(super) fn run(bench: &Bench<'_>, verb: &OperatorsVerb) -> Result<()> {
    match verb {
        OperatorsVerb::Protect => {
            let ctx = bench.wall_ctx()?;
            let (_, words) = Desk::protect(&bench.cli.db, &ctx, &bench.new_own_pin(&ctx.operator)?)?;
            say_words(bench, &words);
            Ok(())
        }
        OperatorsVerb::Add { name, roles, sites, new_pin_file } => {
            let (mut desk, ctx) = bench.desk()?;
            let name: Operator = name.trim().into();
            let (roles, sites) = (roles_of(roles)?, sites.iter().map(|s| s.as_str().into()).collect::<Vec<SiteCode>>());
            let known = desk.operators()?.iter().any(|row| row.name == name && row.pin);
            let pin = match ask(&name, &Asked::new_pin(new_pin_file.as_deref()), bench.voice) {
                Ok(pin) => Some(pin),
                Err(_) if known => None,
                Err(error) => return Err(error),
            };
            desk.name_operator(&ctx, &NewOperator { name: &name, roles: &roles, sites: &sites, pin: pin.as_ref() })?;
            list(bench, &desk)
        }
        OperatorsVerb::Withdraw { name, reason } => {
            let (mut desk, ctx) = bench.desk()?;
            bench.voice.progress(bench.voice.pick("数据库将改用新密钥重新加密……", "the database is encrypted anew under another key…"));
            desk.withdraw_operator(&ctx, &name.trim().into(), reason)?;
            list(bench, &desk)
        }
        OperatorsVerb::Pin { name, new_pin_file } => {
            let (mut desk, ctx) = bench.desk()?;
            let name = name.as_ref().map_or_else(|| ctx.operator.clone(), |name| name.trim().into());
            let new = ask(&name, &Asked::new_pin(new_pin_file.as_deref()), bench.voice)?;
            if name == ctx.operator {
                desk.change_pin(&ctx, &bench.pin(&name)?, &new)?;
            } else {
                desk.give_pin(&ctx, &name, &new)?;
            }
            bench.voice.tell(&json!({ "operator": name }), || name.to_string());
            Ok(())
        }
        OperatorsVerb::List => list(bench, &bench.open()?),
        OperatorsVerb::Recover { new_pin_file } => {
            let ctx = bench.wall_ctx()?;
            let words = crate::pin::words(bench.voice)?;
            let new = ask(&ctx.operator, &Asked::new_pin(new_pin_file.as_deref()), bench.voice)?;
            let desk = Desk::recover(&bench.cli.db, &ctx, &words, &new)?;
            list(bench, &desk)
        }
        OperatorsVerb::Words => {
            let (mut desk, ctx) = bench.desk()?;
            let words = desk.renew_words(&ctx)?;
            say_words(bench, &words);
            Ok(())
        }
    }
}

fn roles_of(words: &[String]) -> Result<Vec<Role>> {
    let known = || Role::ALL.iter().map(|role| role.word().to_owned()).collect();
    let of = |word: &String| Role::of(word).ok_or_else(|| DeskFault::NoSuchRole { role: word.clone(), known: known() }.into());
    words.iter().map(of).collect()
}

fn say_words(bench: &Bench<'_>, words: &str) {
    bench.voice.tell(&json!({ "words": words }), || words_for_safe(bench, words));
}

/// Shown once: they are kept nowhere.
pub(super) fn words_for_safe(bench: &Bench<'_>, words: &str) -> String {
    let keep = bench
        .voice
        .pick("请抄下六个恢复词，密封入保险柜；以后不再显示", "write the six words down, seal them in the safe; they are not shown again");
    format!("{words}\n{keep}")
}

fn list(bench: &Bench<'_>, desk: &Desk) -> Result<()> {
    let rows = desk.operators()?;
    bench.voice.tell(&rows, || {
        let line = |row: &OperatorRow| {
            let roles = row.roles.iter().map(|role| role.word()).collect::<Vec<_>>().join(",");
            let sites = row.sites.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
            let note = match (row.withdrawn, row.pin) {
                (true, _) => bench.voice.pick("停用", "withdrawn"),
                (false, false) => bench.voice.pick("未设 PIN", "no PIN yet"),
                (false, true) => "",
            };
            format!("{}  {roles}  {}  {note}", row.name, if sites.is_empty() { "hq" } else { &sites }).trim_end().to_owned()
        };
        rows.iter().map(line).collect::<Vec<_>>().join("\n")
    });
    Ok(())
}
