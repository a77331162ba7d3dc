//! Rooms, the journal, backups.

use super::Bench;
use crate::args::{JournalVerb, OutArgs, RoomsVerb};
use kaowu_desk::Result;
use serde_json::json;

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

pub(super) fn backup(bench: &Bench<'_>, args: &OutArgs) -> Result<()> {
    bench.open()?.backup(&args.out)?;
    bench.voice.tell(&json!({ "out": args.out }), || args.out.display().to_string());
    Ok(())
}
