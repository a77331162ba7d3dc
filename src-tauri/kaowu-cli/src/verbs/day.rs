//! The room on the day.

use super::{Bench, operators, site_of, stage_part};
use crate::args::{CheckinArgs, IncidentVerb, RoomArgs, RoomVerb, UndoArgs};
use kaowu_core::facts::RoomRecordFact;
use kaowu_core::identity::{PartId, RoomNumber, SiteCode, StageId};
use kaowu_desk::{Desk, IncidentReport, Result};
use serde_json::json;

struct Door {
    stage: StageId,
    part: PartId,
    site: SiteCode,
    room: RoomNumber,
}

fn door(desk: &Desk, args: &RoomArgs) -> Result<Door> {
    let (stage, part) = stage_part(desk, args.part.stage.as_ref(), args.part.part.as_ref())?;
    Ok(Door { stage, part, site: site_of(desk, args.site.as_ref())?, room: args.room.as_str().into() })
}

pub(super) fn check_in(bench: &Bench<'_>, args: &CheckinArgs) -> Result<()> {
    let (mut desk, ctx) = bench.desk()?;
    let door = door(&desk, &args.room)?;
    let mut admitted = Vec::new();
    for document in &args.documents {
        admitted.push(desk.check_in(&ctx, &door.stage, &door.part, (&door.site, &door.room), document)?);
    }
    bench.voice.tell(&admitted, || {
        let line =
            |a: &kaowu_desk::Admitted| format!("{}  {} {}  {} {}", a.name, bench.voice.pick("座位", "seat"), a.seat, a.number, a.room);
        admitted.iter().map(line).collect::<Vec<_>>().join("\n")
    });
    Ok(())
}

pub(super) fn undo_check_in(bench: &Bench<'_>, args: &UndoArgs) -> Result<()> {
    let (mut desk, ctx) = bench.desk()?;
    let (stage, part) = stage_part(&desk, args.part.stage.as_ref(), args.part.part.as_ref())?;
    let id = desk.undo_check_in(&ctx, &stage, &part, &args.document, &args.reason)?;
    bench.voice.tell(&json!({ "id": id }), || id.to_string());
    Ok(())
}

pub(super) fn absence(bench: &Bench<'_>, args: &RoomArgs) -> Result<()> {
    let (mut desk, ctx) = bench.desk()?;
    let door = door(&desk, args)?;
    let absent = desk.fix_absence(&ctx, &door.stage, &door.part, (&door.site, &door.room))?;
    bench.voice.tell(&absent, || {
        let numbers = absent.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        format!("{} {}  {numbers}", bench.voice.pick("缺考", "absent"), absent.len())
    });
    Ok(())
}

pub(super) fn undo_absence(bench: &Bench<'_>, args: &UndoArgs) -> Result<()> {
    let (mut desk, ctx) = bench.desk()?;
    let (stage, part) = stage_part(&desk, args.part.stage.as_ref(), args.part.part.as_ref())?;
    let id = desk.undo_absence(&ctx, &stage, &part, &args.document, &args.reason)?;
    bench.voice.tell(&json!({ "id": id }), || id.to_string());
    Ok(())
}

pub(super) fn incident(bench: &Bench<'_>, verb: &IncidentVerb) -> Result<()> {
    match verb {
        IncidentVerb::Report { part, document, clause, facts, invigilators, unsigned } => {
            let (mut desk, ctx) = bench.desk()?;
            let (stage, part) = stage_part(&desk, part.stage.as_ref(), part.part.as_ref())?;
            let report = IncidentReport {
                stage,
                part,
                document: document.clone(),
                clause: clause.clone(),
                facts: facts.clone(),
                invigilators: operators(invigilators),
                unsigned: unsigned.clone(),
            };
            let id = desk.report_incident(&ctx, &report)?;
            bench.voice.tell(&json!({ "incident": id }), || id.clone());
            Ok(())
        }
        IncidentVerb::Uphold { incident, reason } => rule(bench, incident, true, reason),
        IncidentVerb::Dismiss { incident, reason } => rule(bench, incident, false, reason),
        IncidentVerb::List => {
            let desk = bench.open()?;
            let all = desk.view().incidents()?;
            let rows: Vec<_> = all.iter().map(|(id, held, ruling)| json!({ "id": id, "incident": held.value, "ruling": ruling })).collect();
            bench.voice.tell(&rows, || {
                let ruled = |r: &Option<kaowu_core::facts::IncidentRuling>| match r {
                    None => bench.voice.pick("待核", "open"),
                    Some(r) if r.upheld => bench.voice.pick("成立", "upheld"),
                    Some(_) => bench.voice.pick("不成立", "dismissed"),
                };
                all.iter()
                    .map(|(id, h, r)| {
                        format!("{id}  {}  {}  {}  {}  {}", h.value.at, h.value.person, h.value.clause, h.value.facts, ruled(r))
                    })
                    .collect::<Vec<_>>()
                    .join("\n")
            });
            Ok(())
        }
    }
}

fn rule(bench: &Bench<'_>, incident: &str, upheld: bool, reason: &str) -> Result<()> {
    let (mut desk, ctx) = bench.desk()?;
    let fact = desk.rule_incident(&ctx, incident, upheld, reason)?;
    bench.voice.tell(&fact, || fact.person.to_string());
    Ok(())
}

pub(super) fn room(bench: &Bench<'_>, verb: &RoomVerb) -> Result<()> {
    match verb {
        RoomVerb::Status(args) => {
            let desk = bench.open()?;
            let door = door(&desk, args)?;
            let out = desk.present(&door.stage, &door.part, (&door.site, &door.room))?;
            bench.voice.tell(&out, || {
                format!(
                    "应到 expected {}  实到 present {}  缺考 absent {}  待到 awaited {}",
                    out.expected,
                    out.present,
                    out.absent.len(),
                    out.awaited.len()
                )
            });
            Ok(())
        }
        RoomVerb::Record { room, issued, used, absent_papers, spare, returned, present, invigilators } => {
            let (mut desk, ctx) = bench.desk()?;
            let door = door(&desk, room)?;
            let now = desk.present(&door.stage, &door.part, (&door.site, &door.room))?;
            let facts = desk.view().room_facts(&door.stage, &door.part, (&door.site, &door.room))?;
            let record = RoomRecordFact {
                expected: now.expected,
                present: present.unwrap_or(now.present),
                absent: u32::try_from(now.absent.len()).unwrap_or(u32::MAX),
                absent_numbers: now.absent,
                issued: *issued,
                used: *used,
                absent_papers: *absent_papers,
                spare: *spare,
                returned: *returned,
                incidents: facts.incidents,
                invigilators: operators(invigilators),
            };
            let faults = desk.record_room(&ctx, &door.stage, &door.part, (&door.site, &door.room), &record)?;
            bench.voice.tell(&faults, || {
                if faults.is_empty() {
                    return bench.voice.pick("记录已保存，数目相符", "recorded; it adds up").to_owned();
                }
                faults.iter().map(|f| bench.voice.words(f)).collect::<Vec<_>>().join("\n")
            });
            Ok(())
        }
        RoomVerb::Sign { room, signers } => {
            let (mut desk, ctx) = bench.desk()?;
            let door = door(&desk, room)?;
            let out = desk.sign_off(&ctx, &door.stage, &door.part, (&door.site, &door.room), &operators(signers))?;
            bench.voice.tell(&out, || format!("{} {}", bench.voice.pick("已签字，核对码", "signed, check code"), out.check_code));
            Ok(())
        }
    }
}
