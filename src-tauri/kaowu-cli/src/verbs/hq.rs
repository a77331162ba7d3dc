//! Rooms, the journal, backups.

use super::Bench;
use crate::args::{BackupArgs, JournalVerb, RoomsVerb};
use kaowu_desk::{Desk, DeskFault, Mended, Result};
use serde_json::json;
use std::path::{Path, PathBuf};

pub(super) fn rooms(bench: &Bench<'_>, verb: &RoomsVerb) -> Result<()> {
    let RoomsVerb::Import { file } = verb;
    let (mut desk, ctx) = bench.desk()?;
    let out = desk.import_rooms(&ctx, file)?;
    bench.voice.tell(&out, || {
        let line = |(stage, n): (&kaowu_core::identity::StageId, &u32)| {
            format!("{stage}: {n} × 考场 rooms, {} 座位 seats", out.seats.get(stage).unwrap_or(&0))
        };
        out.rooms.iter().map(line).collect::<Vec<_>>().join("\n")
    });
    Ok(())
}

pub(super) fn journal(bench: &Bench<'_>, verb: &JournalVerb) -> Result<()> {
    match verb {
        JournalVerb::Verify => {
            let health = bench.open()?.verify_journal()?;
            bench.voice.tell(&health, || {
                let mut lines = vec![format!("{} × 条目 entries, {} × 问题 faults", health.entries, health.faults.len())];
                lines
                    .extend(health.feeds.iter().map(|f| format!("{}  {}…  #{}  {}", f.site, &f.device.as_str()[..8], f.seq, f.check_code)));
                lines.extend(health.faults.iter().cloned());
                let fell = bench.voice.pick("时钟被往回调", "the clock was set back");
                lines.extend(health.clock_fell.iter().map(|(device, seq)| format!("{}…  #{seq}  {fell}", &device.as_str()[..8])));
                lines.push(health.fingerprint.clone());
                lines.join("\n")
            });
            if health.faults.is_empty() { Ok(()) } else { Err(kaowu_desk::DeskFault::JournalFaulty { faults: health.faults.len() }.into()) }
        }
        JournalVerb::Rebuild => {
            let (before, after) = bench.open()?.rebuild()?;
            bench.voice.tell(&json!({ "before": before, "after": after, "same": before == after }), || format!("{before}\n{after}"));
            Ok(())
        }
        JournalVerb::Continue => {
            let device = bench.open()?.continue_after_copy()?;
            bench.voice.tell(&json!({ "device": device }), || device.to_string());
            Ok(())
        }
        JournalVerb::Mend { from, out } => mend(bench, from, out),
        JournalVerb::Show { text, limit } => {
            let entries = bench.open()?.view().reader().search(text, *limit)?;
            bench.voice.tell(&entries, || {
                entries
                    .iter()
                    .map(|e| format!("{}  {}  #{}  {}  {}", e.entry.t, e.entry.site, e.entry.seq, e.entry.op, e.entry.kind))
                    .collect::<Vec<_>>()
                    .join("\n")
            });
            Ok(())
        }
    }
}

pub(super) fn backup(bench: &Bench<'_>, args: &BackupArgs) -> Result<()> {
    let desk = bench.open()?;
    match (&args.out, &args.ring) {
        (Some(out), _) => {
            desk.backup(out)?;
            bench.voice.tell(&json!({ "out": out }), || out.display().to_string());
        }
        (None, Some(ring)) => {
            let kept = desk.backup_in_ring(ring, args.keep)?;
            bench.voice.tell(&kept, || format!("{}  {} × 条目 entries", kept.file.display(), kept.entries));
        }
        (None, None) => {}
    }
    Ok(())
}

pub(super) fn restore(bench: &Bench<'_>, from: &Path) -> Result<()> {
    let restored = if bench.asks_for_pin(from)? {
        let ctx = bench.wall_ctx()?;
        Desk::restore_as(from, &bench.cli.db, &ctx, &bench.pin(&ctx.operator)?)?
    } else {
        Desk::restore(from, &bench.cli.db)?
    };
    let health = restored.verify_journal()?;
    bench.voice.tell(&health, || {
        let next = bench.voice.pick("写入前请先执行 journal continue", "before it is written to: journal continue");
        format!("{}  {} × 条目 entries\n{next}", bench.cli.db.display(), health.entries)
    });
    Ok(())
}

/// Files, and the databases in folders, newest last in the order of their names.
fn databases(from: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut out = Vec::new();
    for path in from {
        if !path.is_dir() {
            out.push(path.clone());
            continue;
        }
        let unreadable = |e: std::io::Error| DeskFault::FileUnreadable { file: path.display().to_string(), detail: e.to_string() };
        let mut inside = Vec::new();
        for entry in std::fs::read_dir(path).map_err(unreadable)? {
            inside.push(entry.map_err(unreadable)?.path());
        }
        inside.retain(|file| file.extension().is_some_and(|e| e == "kaowu-db"));
        inside.sort();
        out.extend(inside);
    }
    Ok(out)
}

fn mend(bench: &Bench<'_>, from: &[PathBuf], out: &Path) -> Result<()> {
    let mut backups = databases(from)?;
    // The newest says what holds.
    backups.reverse();
    let done = if bench.asks_for_pin(&bench.cli.db)? {
        let ctx = bench.wall_ctx()?;
        Desk::mend_as(&bench.cli.db, &backups, out, &ctx, &bench.pin(&ctx.operator)?)?
    } else {
        Desk::mend(&bench.cli.db, &backups, out)?
    };
    bench.voice.tell(&done, || in_words(bench, &done));
    Ok(())
}

fn in_words(bench: &Bench<'_>, done: &Mended) -> String {
    let pick = |zh, en| bench.voice.pick(zh, en);
    let mut lines: Vec<String> =
        done.sources.iter().map(|s| format!("{}  +{} {}  {}", s.file, s.entries, pick("条", "entries"), s.detail)).collect();
    for feed in &done.feeds {
        let device = &feed.device.as_str()[..feed.device.as_str().len().min(8)];
        lines.push(format!("{}  {device}…  {} {}  #{}  {}", feed.site, feed.entries, pick("条", "entries"), feed.seq, feed.last));
        lines.extend(feed.lost.iter().map(|(a, b)| format!("    {} #{a}–#{b}", pick("丢失，请查纸质记录", "lost, look them up on paper"))));
        if feed.own {
            lines.push(format!(
                "    {} {}",
                pick("此后所做的请对照纸质记录：", "what was done since is to be compared with paper:"),
                feed.last
            ));
        }
    }
    lines.extend(
        done.altered.iter().map(|a| format!("{}  #{}  {} [{}]", a.file, a.seq, pick("被改动，未采用", "altered, not taken"), a.why)),
    );
    lines.push(pick("写入前请先执行 journal continue", "before it is written to: journal continue").to_owned());
    lines.join("\n")
}
