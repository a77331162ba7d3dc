//! The keys of an event on sticks.

use super::Bench;
use crate::args::{KeyArg, KeysVerb};
use crate::pin::given_words;
use kaowu_core::journal::Mode;
use kaowu_desk::{Desk, KeyKind, Result};
use serde_json::json;

pub(super) fn run(bench: &Bench<'_>, verb: &KeysVerb) -> Result<()> {
    match verb {
        KeysVerb::Save { key, out, words } => {
            let (mut desk, ctx) = bench.desk()?;
            let kind = match key {
                KeyArg::Root => KeyKind::Root,
                KeyArg::Escrow => KeyKind::Escrow,
            };
            let words = given_words(words)?.unwrap_or_else(Desk::new_words);
            let mut saved = Vec::new();
            for (n, folder) in out.iter().enumerate() {
                if n > 0 {
                    // Each is an act of its own.
                    bench.stand_by(&mut desk)?;
                }
                saved.push(desk.save_key(&ctx, kind, folder, &words)?);
            }
            bench.voice.tell(&json!({ "saved": saved, "words": words }), || {
                let files: Vec<String> = saved.iter().map(|one| one.path.display().to_string()).collect();
                format!("{}\n    {words}", files.join("\n"))
            });
        }
        KeysVerb::TakeOutEscrow => {
            let (mut desk, ctx) = bench.desk()?;
            desk.take_out_escrow(&ctx)?;
            say(bench, &desk)?;
        }
        KeysVerb::Show => say(bench, &bench.open()?)?,
        KeysVerb::Again { file, words: from } => {
            let words = &crate::pin::words(from, bench.voice)?;
            let desk = Desk::create_again(&bench.cli.db, &bench.ctx(Mode::Live)?, file, words)?;
            let event = desk.view().event()?;
            bench.voice.tell(&event, || format!("{}\n{}", event.title, event.id));
        }
    }
    Ok(())
}

fn say(bench: &Bench<'_>, desk: &Desk) -> Result<()> {
    let places = desk.key_places()?;
    bench.voice.tell(&places, || {
        let here =
            if places.escrow_here { bench.voice.pick("在本机", "in this database") } else { bench.voice.pick("已取出", "taken out") };
        let (root, escrow) = (bench.voice.pick("根密钥", "root key"), bench.voice.pick("托管密钥", "escrow key"));
        format!("{root}  {} × U 盘 sticks\n{escrow}  {} × U 盘 sticks  {here}", places.root_saved, places.escrow_saved)
    });
    Ok(())
}
