//! The draw of seats, its proof, and what is changed by hand.

use super::{Bench, person, stage_or_first};
use crate::args::{PinArgs, SeatsVerb, VerifyArgs};
use kaowu_core::facts::SeatFact;
use kaowu_core::identity::{IdNumber, StageId};
use kaowu_core::seating::{Apart, Need, Neighbours, RoomResult, SeatFault};
use kaowu_desk::{Desk, DeskError, Published, Result, Seed};
use serde_json::json;
use std::collections::BTreeSet;

pub(super) fn run(bench: &Bench<'_>, verb: &SeatsVerb) -> Result<()> {
    match verb {
        SeatsVerb::Draw { stage, seed, how } => {
            let (mut desk, ctx) = bench.desk()?;
            let out = desk.draw_seats(&ctx, &stage.stage.as_str().into(), Seed { text: seed, how })?;
            bench.voice.tell(&out, || {
                let d = &out.draw;
                let (people, rooms) = (bench.voice.pick("人", "people"), bench.voice.pick("考场", "rooms"));
                let pairs = bench.voice.pick("相邻同单位", "neighbouring pairs of one unit");
                let bound = bench.voice.pick("下限", "least possible");
                format!("{} {people}, {} {rooms}; {pairs} {} ({bound} {}); {}", d.people, d.rooms, d.pairs, d.bound, d.hash)
            });
            Ok(())
        }
        SeatsVerb::Verify(args) => verify(bench, args),
        SeatsVerb::Publish { stage, out } => {
            let published = bench.open()?.publish_draw(&stage.stage.as_str().into(), Some(out))?;
            bench.voice.tell(&json!({ "out": out, "publicHash": published.public_hash }), || published.public_hash.clone());
            Ok(())
        }
        SeatsVerb::Replay { file } => {
            let published = Published::read(file)?;
            let fault = published.replay()?;
            bench.voice.tell(&json!({ "publicHash": published.public_hash, "same": fault.is_none() }), || {
                if fault.is_some() {
                    String::new()
                } else {
                    format!("{}  {}", bench.voice.pick("复算一致", "the same seats"), published.public_hash)
                }
            });
            fault.map_or(Ok(()), |fault| Err(fault.into()))
        }
        SeatsVerb::Swap { stage, first, second, reason } => {
            let (mut desk, ctx) = bench.desk()?;
            let stage = stage.stage.as_str().into();
            let (first, second) = (person(&desk, &stage, first)?, person(&desk, &stage, second)?);
            desk.swap_seats(&ctx, &stage, &first, &second, reason)
        }
        SeatsVerb::Pin(args) => {
            let (mut desk, ctx) = bench.desk()?;
            let (stage, id) = meant(&desk, args)?;
            desk.pin_seat(&ctx, &stage, &id, &args.reason)
        }
        SeatsVerb::Unpin(args) => {
            let (mut desk, ctx) = bench.desk()?;
            let (stage, id) = meant(&desk, args)?;
            desk.unpin_seat(&ctx, &stage, &id, &args.reason)
        }
        SeatsVerb::Late(args) => {
            let (mut desk, ctx) = bench.desk()?;
            let (stage, id) = meant(&desk, args)?;
            let out = desk.seat_late(&ctx, &stage, &id, &args.reason)?;
            let SeatFact { site, room, seat, number } = &out.seat;
            bench.voice.tell(&out, || format!("{number},{site},{room},{seat},{id}"));
            Ok(())
        }
        SeatsVerb::Needs { person, front_row, near_door, own_room } => {
            let (mut desk, ctx) = bench.desk()?;
            let (stage, id) = meant(&desk, person)?;
            let all = [(*front_row, Need::FrontRow), (*near_door, Need::NearDoor), (*own_room, Need::OwnRoom)];
            let needs: BTreeSet<Need> = all.into_iter().filter(|(yes, _)| *yes).map(|(_, need)| need).collect();
            desk.set_needs(&ctx, &stage, &id, needs, &person.reason)
        }
        SeatsVerb::Redraw { stage, site, room, seed, reason } => {
            let (mut desk, ctx) = bench.desk()?;
            let room = (&site.as_str().into(), &room.as_str().into());
            let out = desk.redraw_room(&ctx, &stage.stage.as_str().into(), room, seed, reason)?;
            bench.voice.tell(&out, || line(&out));
            Ok(())
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

/// The stage and the person that words mean; a person without a seat is named by ID number.
fn meant(desk: &Desk, args: &PinArgs) -> Result<(StageId, IdNumber)> {
    let stage = args.stage.stage.as_str().into();
    let id = person(desk, &stage, &args.person)?;
    Ok((stage, id))
}

fn verify(bench: &Bench<'_>, args: &VerifyArgs) -> Result<()> {
    let (rooms, faults) = match (&args.file, &args.rooms) {
        (Some(file), Some(rooms)) => {
            let out = Desk::check_seat_file_alone(file, rooms, if args.diagonals { Apart::Eight } else { Apart::Four })?;
            (out.rooms, out.faults)
        }
        (Some(file), None) => {
            let desk = bench.open()?;
            let out = desk.check_seat_file(&stage_or_first(&desk, args.stage.as_ref()), file)?;
            (out.rooms, out.faults)
        }
        (None, _) => {
            let desk = bench.open()?;
            (vec![], desk.verify_seats(&stage_or_first(&desk, args.stage.as_ref()))?)
        }
    };
    bench.voice.tell(&json!({ "rooms": rooms, "faults": faults }), || told(bench, &rooms, &faults));
    match faults.into_iter().next() {
        Some(fault) => Err(DeskError::Seat(fault)),
        None => Ok(()),
    }
}

fn told(bench: &Bench<'_>, rooms: &[RoomResult], faults: &[SeatFault]) -> String {
    let mut lines: Vec<String> = Vec::new();
    if !rooms.is_empty() {
        lines.push("site,room,people,pairs,bound,diagonals".to_owned());
        lines.extend(rooms.iter().map(line));
    }
    lines.extend(faults.iter().map(|f| bench.voice.words(f)));
    if faults.is_empty() {
        lines.push(bench.voice.pick("座次符合规则", "the seats keep the rules").to_owned());
    }
    lines.join("\n")
}

fn line(r: &RoomResult) -> String {
    format!("{},{},{},{},{},{}", r.site, r.room, r.people, r.pairs, r.bound, if r.neighbours == Neighbours::Eight { "yes" } else { "no" })
}
