//! Packets on USB.

use super::{Bench, Slip};
use crate::args::PacketVerb;
use crate::pin::{given_words, words};
use kaowu_core::identity::SiteCode;
use kaowu_desk::{Desk, DeskError, DeskFault, Result};
use serde_json::json;

pub(super) fn run(bench: &Bench<'_>, verb: &PacketVerb) -> Result<()> {
    match verb {
        PacketVerb::Issue { stage, part, site, out, slip } => {
            let (mut desk, ctx) = bench.desk()?;
            let on_paper = Slip::ready(slip)?;
            let (stage, part) = (stage.as_str().into(), part.as_str().into());
            let sites: Vec<SiteCode> = match site {
                Some(site) => vec![site.as_str().into()],
                None => desk.view().sites(&stage, &part)?.into_iter().map(|(site, _)| site).collect(),
            };
            // Of those that are out the words are told, whatever became of the next.
            let (mut issued, mut refused) = (Vec::new(), None);
            for site in &sites {
                match desk.issue_packet(&ctx, &stage, &part, site, out) {
                    Ok(done) => issued.push(done),
                    Err(error) => {
                        refused = Some(error);
                        break;
                    }
                }
            }
            if !issued.is_empty() {
                bench.voice.tell(&issued, || {
                    issued
                        .iter()
                        .map(|i| format!("{}  {}  {} 人 people\n    {}", i.path.display(), i.site_name, i.people, i.words))
                        .collect::<Vec<_>>()
                        .join("\n")
                });
                on_paper.write(|fonts| desk.passphrase_slips(&ctx, fonts, &issued))?;
            }
            refused.map_or(Ok(()), Err)
        }
        PacketVerb::Open { file, words: from } => {
            let words = &words(from, bench.voice)?;
            let mode = Desk::inspect(None, file, Some(words))?.manifest.map_or(kaowu_core::journal::Mode::Live, |m| m.mode);
            let ctx = bench.ctx(mode)?;
            // Only the packet says whether it brings operators.
            let (_, opened) = match Desk::open_packet(&bench.cli.db, &ctx, file, words) {
                Err(DeskError::Desk(DeskFault::PacketNeedsSignIn { operators })) if operators.contains(&ctx.operator) => {
                    Desk::open_packet_as(&bench.cli.db, &ctx, file, words, Some(&bench.pin(&ctx.operator)?))?
                }
                done => done?,
            };
            bench.voice.tell(&opened, || {
                let compare = bench.voice.pick("根密钥核对码，请与口令条核对", "root key's code: compare it with the slip");
                let root = if opened.again { String::new() } else { format!("\n{}  {compare}", opened.root_code) };
                format!("{}  {} 人 people  {}{root}", opened.post, opened.people, opened.check_code)
            });
            Ok(())
        }
        PacketVerb::Export { out } => {
            let (mut desk, ctx) = bench.desk()?;
            let done = desk.hand_over(&ctx, out)?;
            bench
                .voice
                .tell(&done, || format!("{}\n{} 条目 entries  核对码 check code {}", done.path.display(), done.entries, done.check_code));
            Ok(())
        }
        PacketVerb::Merge { files } => {
            let (mut desk, ctx) = bench.desk()?;
            let (mut merged, mut first): (Vec<_>, Option<DeskError>) = (Vec::new(), None);
            for file in files {
                match desk.merge_handover(&ctx, file) {
                    Ok(done) => merged.push(done),
                    Err(error) => {
                        bench.voice.progress(&format!("{}: {}", file.display(), bench.voice.words(&error)));
                        first.get_or_insert(error);
                    }
                }
            }
            bench.voice.tell(&merged, || {
                merged
                    .iter()
                    .map(|m| {
                        let names = m.strangers.iter().map(ToString::to_string).collect::<Vec<_>>().join("、");
                        let never = bench.voice.pick("总部从未指定", "never named by headquarters");
                        let strangers = if names.is_empty() { names } else { format!("  {never}: {names}") };
                        format!("{}  +{}  (已有 known {})  {}{strangers}", m.post, m.report.added, m.report.known, m.check_code)
                    })
                    .collect::<Vec<_>>()
                    .join("\n")
            });
            first.map_or(Ok(()), Err)
        }
        PacketVerb::Receipt { post, out } => {
            let (mut desk, ctx) = bench.desk()?;
            let path = desk.write_receipt(&ctx, post, out)?;
            bench.voice.tell(&json!({ "path": path }), || path.display().to_string());
            Ok(())
        }
        PacketVerb::ReadReceipt { file } => {
            let (mut desk, ctx) = bench.desk()?;
            let read = desk.take_receipt(&ctx, file)?;
            bench.voice.tell(&read, || {
                format!("#{}  {}  未上交 not yet handed over {}  裁定 settled {}", read.seq, read.check_code, read.not_yet, read.settled)
            });
            Ok(())
        }
        PacketVerb::TakeOver { file } => {
            let (mut desk, ctx) = bench.desk()?;
            let taken = desk.go_on_from(&ctx, file)?;
            bench
                .voice
                .tell(&taken, || format!("{}…  #{}  {}  +{}", &taken.device.as_str()[..8], taken.seq, taken.check_code, taken.added));
            Ok(())
        }
        PacketVerb::Conflicts => {
            let conflicts = bench.open()?.view().reader().conflicts()?;
            bench.voice.tell(&conflicts, || {
                let lines = |c: &kaowu_desk::Conflict| {
                    let values: Vec<String> = c.values.iter().map(|(entry, value)| format!("    {entry}  {value}")).collect();
                    format!("{}  {}\n{}", c.topic, c.key, values.join("\n"))
                };
                conflicts.iter().map(lines).collect::<Vec<_>>().join("\n")
            });
            Ok(())
        }
        PacketVerb::Settle { topic, key, holds, reason } => {
            let (mut desk, ctx) = bench.desk()?;
            desk.settle_conflict(&ctx, topic, key, &holds.as_str().into(), reason)?;
            bench.voice.tell(&json!({ "topic": topic, "key": key, "holds": holds }), || format!("{topic}  {key}"));
            Ok(())
        }
        PacketVerb::Inspect { file, words } => {
            let desk = if bench.cli.db.exists() { Some(bench.open()?) } else { None };
            let out = match (Desk::inspect(desk.as_ref(), file, None)?, given_words(words)?) {
                (look, Some(words)) if look.words => Desk::inspect(desk.as_ref(), file, Some(&words))?,
                (look, _) => look,
            };
            bench.voice.tell(&out, || serde_json::to_string_pretty(&out).unwrap_or_default());
            Ok(())
        }
        PacketVerb::Board => {
            let desk = bench.open()?;
            let now = bench.cli.at.unwrap_or_else(|| chrono::Local::now().fixed_offset());
            let board: Vec<_> = desk.merge_board()?.into_iter().map(|post| post.at(now)).collect();
            bench.voice.tell(&board, || {
                let line = |p: &kaowu_desk::PostStatus| {
                    let devices = p
                        .devices
                        .iter()
                        .map(|(d, seq, code)| format!("{}… #{seq} {code}", &d.as_str()[..8]))
                        .collect::<Vec<_>>()
                        .join("; ");
                    let names = p.strangers.iter().map(ToString::to_string).collect::<Vec<_>>().join("、");
                    let never = bench.voice.pick("总部从未指定", "never named by headquarters");
                    let strangers = if names.is_empty() { names } else { format!("  {never}: {names}") };
                    format!("{}  {:?}  {devices}{strangers}", p.post, p.state)
                };
                board.iter().map(line).collect::<Vec<_>>().join("\n")
            });
            Ok(())
        }
    }
}
