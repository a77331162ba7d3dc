//! Rooms, seats, the journal, backups.

use super::{Bench, person, stage_or_first};
use crate::args::{JournalVerb, OutArgs, RoomsVerb, SeatsVerb};
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

pub(super) fn seats(bench: &Bench<'_>, verb: &SeatsVerb) -> Result<()> {
    match verb {
        SeatsVerb::Draw { stage, seed } => {
            let (mut desk, ctx) = bench.desk()?;
            let out = desk.draw_seats(&ctx, &stage.stage.as_str().into(), seed)?;
            bench.voice.tell(&out, || {
                let d = &out.draw;
                let (people, rooms) = (bench.voice.pick("人", "people"), bench.voice.pick("考场", "rooms"));
                let pairs = bench.voice.pick("相邻同单位", "neighbouring pairs of one unit");
                let bound = bench.voice.pick("下限", "least possible");
                format!("{} {people}, {} {rooms}; {pairs} {} ({bound} {}); {}", d.people, d.rooms, d.pairs, d.bound, d.hash)
            });
            Ok(())
        }
        SeatsVerb::Verify(args) => {
            let desk = bench.open()?;
            let faults = desk.verify_seats(&args.stage.as_str().into())?;
            bench.voice.tell(&faults, || {
                if faults.is_empty() {
                    return bench.voice.pick("座次符合规则", "the seats keep the rules").to_owned();
                }
                faults.iter().map(|f| bench.voice.words(f)).collect::<Vec<_>>().join("\n")
            });
            match faults.into_iter().next() {
                Some(fault) => Err(kaowu_desk::DeskError::Seat(fault)),
                None => Ok(()),
            }
        }
        SeatsVerb::Swap { stage, first, second, reason } => {
            let (mut desk, ctx) = bench.desk()?;
            let stage = stage.stage.as_str().into();
            let (first, second) = (person(&desk, &stage, first)?, person(&desk, &stage, second)?);
            desk.swap_seats(&ctx, &stage, &first, &second, reason)
        }
        SeatsVerb::Pin(args) => {
            let (mut desk, ctx) = bench.desk()?;
            let stage = args.stage.stage.as_str().into();
            let id = person(&desk, &stage, &args.person)?;
            desk.pin_seat(&ctx, &stage, &id, &args.reason)
        }
        SeatsVerb::Unpin(args) => {
            let (mut desk, ctx) = bench.desk()?;
            let stage = args.stage.stage.as_str().into();
            let id = person(&desk, &stage, &args.person)?;
            desk.unpin_seat(&ctx, &stage, &id, &args.reason)
        }
        SeatsVerb::List(args) => {
            let desk = bench.open()?;
            let stage = stage_or_first(&desk, args.stage.as_ref());
            let (seats, people) = (desk.view().seats(&stage)?, desk.view().candidates(&stage)?);
            let name = |id| people.get(id).map(|p| p.name.clone()).unwrap_or_default();
            let mut rows: Vec<String> =
                seats.iter().map(|(id, s)| format!("{},{},{},{},{id},{}", s.number, s.site, s.room, s.seat, name(id))).collect();
            rows.sort();
            bench.voice.tell(&seats, || format!("number,site,room,seat,id,name\n{}", rows.join("\n")));
            Ok(())
        }
    }
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
