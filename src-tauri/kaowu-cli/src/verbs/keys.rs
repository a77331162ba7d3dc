//! The keys of an event on sticks.

use super::Bench;
use crate::args::{KeyArg, KeysVerb};
use kaowu_core::coded::Coded;
use kaowu_core::journal::Mode;
use kaowu_desk::{Desk, KeyKind, Pin, Result};
use serde_json::json;

/// The code of a refusal to set up open what was protected.
const WAS_PROTECTED: &str = "was-protected";

pub(super) fn run(bench: &Bench<'_>, verb: &KeysVerb) -> Result<()> {
    match verb {
        KeysVerb::Save { key, out, words } => {
            let (mut desk, ctx) = bench.desk()?;
            let kind = match key {
                KeyArg::Root => KeyKind::Root,
                KeyArg::Escrow => KeyKind::Escrow,
            };
            let words = words.clone().unwrap_or_else(Desk::new_words);
            let mut saved = Vec::new();
            for folder in out {
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
        KeysVerb::Again { file, words, open } => {
            let ctx = bench.ctx(Mode::Live)?;
            let given = !open && (bench.cli.pin_file.is_some() || std::env::var_os("KAOWU_PIN").is_some());
            let pin = given.then(|| bench.new_own_pin(&ctx.operator)).transpose()?;
            let again = |pin: Option<&Pin>| Desk::create_again(&bench.cli.db, &ctx, (file, words), pin, *open);
            let made = match again(pin.as_ref()) {
                // Whoever sits at a terminal is asked; else the refusal says what is wanted.
                Err(error) if error.code() == WAS_PROTECTED => match bench.new_own_pin(&ctx.operator) {
                    Ok(pin) => again(Some(&pin)),
                    Err(_) => Err(error),
                },
                made => made,
            };
            let (desk, words) = made?;
            let event = desk.view().event()?;
            bench.voice.tell(&json!({ "event": event, "words": words }), || {
                let words = words.as_ref().map(|words| super::operators::words_for_safe(bench, words)).unwrap_or_default();
                format!("{}\n{}\n{words}", event.title, event.id)
            });
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
        let code = bench.voice.pick("根密钥核对码", "root key's code");
        format!(
            "{root}  {} × U 盘 sticks\n{escrow}  {} × U 盘 sticks  {here}\n{code}  {}\n{}",
            places.root_saved, places.escrow_saved, places.root_code, places.root
        )
    });
    Ok(())
}
