//! The keys of an event on sticks.

use super::{Bench, Slip};
use crate::args::{KeyArg, KeysVerb};
use crate::pin::given_words;
use kaowu_core::coded::Coded;
use kaowu_core::journal::Mode;
use kaowu_desk::{Desk, KeyKind, Pin, Result, WordsOpen};
use serde_json::json;

/// The code of a refusal to set up open what was protected.
const WAS_PROTECTED: &str = "was-protected";

pub(super) fn run(bench: &Bench<'_>, verb: &KeysVerb) -> Result<()> {
    match verb {
        KeysVerb::Save { key, out, words, slip } => {
            let (mut desk, ctx) = bench.desk()?;
            let on_paper = Slip::ready(slip)?;
            let (kind, opens) = match key {
                KeyArg::Root => (KeyKind::Root, WordsOpen::Root),
                KeyArg::Escrow => (KeyKind::Escrow, WordsOpen::Escrow),
                KeyArg::Archive => (KeyKind::Archive, WordsOpen::Archive),
            };
            let given = given_words(words)?;
            let new = given.is_none();
            let words = given.unwrap_or_else(Desk::new_words);
            if new {
                // Before a key that lies there already is replaced: killed in between, nobody would know the words of the new one.
                bench.voice.progress(&format!(
                    "{}\n    {words}",
                    bench.voice.pick("新口令（密钥写入后生效）", "new words, good once the key is saved")
                ));
            }
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
            on_paper.write(|fonts| desk.words_slip(&ctx, fonts, opens, &words))?;
        }
        KeysVerb::TakeOutEscrow => {
            let (mut desk, ctx) = bench.desk()?;
            desk.take_out_escrow(&ctx)?;
            say(bench, &desk)?;
        }
        KeysVerb::Show => say(bench, &bench.open()?)?,
        KeysVerb::Again { file, words: from, open } => {
            let words = &crate::pin::words(from, bench.voice)?;
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
