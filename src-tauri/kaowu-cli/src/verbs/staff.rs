//! People on duty, the archive, the deletion of personal data.

use super::certificates::fonts;
use super::{Bench, person, results::table, site_of, stage_part};
use crate::args::{ArchiveVerb, OpenerArgs, PersonalDataVerb, StaffVerb};
use kaowu_core::coded::Coded;
use kaowu_core::facts::Recused;
use kaowu_core::identity::{RoomNumber, StageId, UnitCode};
use kaowu_core::staff::StaffRefusal;
use kaowu_core::words::Lang;
use kaowu_desk::{
    ArchiveDoor, ArchiveOpened, DeletionOrder, Desk, DeskFault, DutyOutcome, InspectionReport, Result, ResultsTable, Seed, ServiceRow,
    StaffImport, Standing,
};
use serde_json::json;
use std::path::Path;

pub(super) fn staff(bench: &Bench<'_>, verb: &StaffVerb) -> Result<()> {
    match verb {
        StaffVerb::Import { file, stage, look, report } => {
            let stage = StageId::from(stage.stage.as_str());
            let mut desk = bench.open()?;
            let preview = if *look {
                desk.preview_staff(&stage, file)?
            } else {
                let ctx = bench.ctx(desk.view().event()?.mode)?;
                let (preview, out) = desk.import_staff(&ctx, &stage, file)?;
                bench.voice.tell(&out, || imported(bench, &out));
                preview
            };
            if *look {
                let told: Vec<_> = preview.list.told.iter().map(|t| (t.row, t.column, t.said(bench.voice.lang()).what)).collect();
                bench.voice.tell(&told, || {
                    told.iter().map(|(row, column, what)| format!("{row} {}: {what}", column.title())).collect::<Vec<_>>().join("\n")
                });
            }
            report.as_ref().map_or(Ok(()), |out| preview.write_marked(file, out, bench.voice.lang()))
        }
        StaffVerb::List { part, role, csv } => {
            let desk = bench.open()?;
            let (stage, part) = stage_part(&desk, part.stage.as_ref(), part.part.as_ref())?;
            let mut rows = desk.services(&stage, &part)?;
            rows.retain(|r| role.is_none_or(|role| r.role == role));
            if bench.cli.json {
                bench.voice.tell(&rows, String::new);
            } else {
                table(bench, &services(&rows), *csv);
            }
            Ok(())
        }
        StaffVerb::Draw { part, seed, how, reason } => {
            let (mut desk, ctx) = bench.desk()?;
            let (stage, part) = stage_part(&desk, part.stage.as_ref(), part.part.as_ref())?;
            let drawn = desk.draw_invigilators(&ctx, &stage, &part, Seed { text: seed, how }, reason)?;
            bench.voice.tell(&drawn, || drawn.iter().map(|d| outcome(bench, d)).collect::<Vec<_>>().join("\n"));
            Ok(())
        }
        StaffVerb::Verify { part } => {
            let desk = bench.open()?;
            let (stage, part) = stage_part(&desk, part.stage.as_ref(), part.part.as_ref())?;
            let wrong = desk.verify_duties(&stage, &part)?;
            bench.voice.tell(&wrong, || {
                if wrong.is_empty() {
                    bench.voice.pick("与种子复核一致", "as the seed says").to_owned()
                } else {
                    format!(
                        "{} {}",
                        bench.voice.pick("与种子不符：", "differs from its seed:"),
                        wrong.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
                    )
                }
            });
            Ok(())
        }
        StaffVerb::Replace { part, leaves, by, reason } => {
            let (mut desk, ctx) = bench.desk()?;
            let (stage, part) = stage_part(&desk, part.stage.as_ref(), part.part.as_ref())?;
            let done = desk.replace_staff(&ctx, &stage, &part, leaves, by, reason)?;
            bench.voice.tell(&done, || {
                let own = if done.own {
                    bench.voice.pick("（该考场有其本单位考生）", " (candidates of their own unit sit there)")
                } else {
                    ""
                };
                format!("{} → {}{own}", done.leaves, done.by)
            });
            Ok(())
        }
        StaffVerb::Recuse { part, judge, from, reason } => {
            let (mut desk, ctx) = bench.desk()?;
            let (stage, part) = stage_part(&desk, part.stage.as_ref(), part.part.as_ref())?;
            let whom = match (&from.candidate, &from.unit) {
                (Some(document), _) => Recused::Candidate(person(&desk, &stage, document)?),
                (None, Some(unit)) => Recused::Unit(UnitCode::from(unit.as_str())),
                (None, None) => return Err(StaffRefusal::RecusalUnsaid { judge: judge.clone() }.into()),
            };
            let met = desk.recuse(&ctx, &stage, &part, judge, &whom, reason)?;
            bench.voice.tell(&met, || {
                if met.is_empty() {
                    bench.voice.pick("已登记", "declared").to_owned()
                } else {
                    let who = met.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
                    format!("{} {who}", bench.voice.pick("已登记；抽签结果中须回避：", "declared; by the lots they meet:"))
                }
            });
            Ok(())
        }
        StaffVerb::Inspect { part, site, room, seen_at, inspector, seen } => {
            let (mut desk, ctx) = bench.desk()?;
            let (stage, part) = stage_part(&desk, part.stage.as_ref(), part.part.as_ref())?;
            let site = site_of(&desk, site.as_ref())?;
            let room = room.as_deref().map(RoomNumber::from);
            let report = InspectionReport { stage, part, site, room, at: *seen_at, inspector: inspector.clone(), seen: seen.clone() };
            let id = desk.inspect_room(&ctx, &report)?;
            bench.voice.tell(&id, || id.clone());
            Ok(())
        }
    }
}

fn imported(bench: &Bench<'_>, out: &StaffImport) -> String {
    let roles = out.roles.iter().map(|(role, n)| format!("{} {n}", role.title())).collect::<Vec<_>>().join("，");
    let mut text = match bench.voice.lang() {
        Lang::Zh => format!("{}：{} 行，导入 {} 人（{roles}），退回 {}，撤下 {}", out.source, out.rows, out.taken, out.refused, out.gone),
        Lang::En => format!("{}: {} rows, {} taken ({roles}), {} refused, {} gone", out.source, out.rows, out.taken, out.refused, out.gone),
    };
    for (row, column, what) in &out.told {
        text += &format!("\n  {row} {column}: {what}");
    }
    text
}

fn outcome(bench: &Bench<'_>, d: &DutyOutcome) -> String {
    let figures = match bench.voice.lang() {
        Lang::Zh => format!(
            "{} 个考场，候补 {} 人，本单位考场 {}，下限 {}",
            d.drawn.rooms.len(),
            d.drawn.reserves.len(),
            d.drawn.own,
            d.drawn.bound
        ),
        Lang::En => format!(
            "{} rooms, {} reserves, {} rooms with their own, bound {}",
            d.drawn.rooms.len(),
            d.drawn.reserves.len(),
            d.drawn.own,
            d.drawn.bound
        ),
    };
    format!("{} {}  {figures}", d.site, d.site_name)
}

fn services(rows: &[ServiceRow]) -> ResultsTable {
    let texts = |list: &[&str]| list.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
    let standing = |s: Standing| match s {
        Standing::On => "在岗",
        Standing::Reserve => "候补",
        Standing::Left => "不到岗",
    };
    let row = |r: &ServiceRow| {
        let (place, remark) = (r.place.words().zh, r.remark());
        let cells =
            [&r.site, &r.site_name, r.role.title(), &place, &r.name, &r.unit, standing(r.standing), &r.part, &r.time, &r.id, &remark];
        cells.map(|t: &str| t.to_owned()).to_vec()
    };
    ResultsTable {
        title: "考务人员".to_owned(),
        columns: texts(&["site", "site_name", "role", "place", "name", "unit", "standing", "part", "time", "id", "remark"]),
        headers: texts(&["考点", "考点名称", "岗位", "考场/考官组", "姓名", "单位", "状态", "科目", "时间", "编号", "备注"]),
        rows: rows.iter().map(row).collect(),
    }
}

pub(super) fn archive(bench: &Bench<'_>, verb: &ArchiveVerb) -> Result<()> {
    let text = |file: &Path| {
        std::fs::read_to_string(file).map_err(|e| DeskFault::FileUnreadable { file: file.display().to_string(), detail: e.to_string() })
    };
    let opener = |key: &OpenerArgs| Desk::archive_opener(&key.identity, || crate::pin::words(&key.words, bench.voice));
    let said = |told: &ArchiveOpened| {
        format!(
            "{}  {}  {} {} {} {}\n{}  {}",
            told.title,
            told.created,
            told.files,
            bench.voice.pick("个文件", "files"),
            told.entries,
            bench.voice.pick("条日志，逐条核验无误", "entries, each checked"),
            told.root,
            told.root_code
        )
    };
    match verb {
        ArchiveVerb::Make { out, fonts: of } => {
            let (mut desk, ctx) = bench.desk()?;
            let made = desk.make_archive(&ctx, &fonts(of)?, out)?;
            bench.voice.tell(&made, || {
                format!("{}  {} {}\nSHA-256 {}", made.path.display(), made.files, bench.voice.pick("个文件", "files"), made.sha256)
            });
            Ok(())
        }
        ArchiveVerb::Open { file, key, plain } => {
            let (root, identity) = (key.root.as_deref().map(text).transpose()?, opener(key)?);
            let open = |door| Desk::open_archive(&bench.cli.db, file, &identity, root.as_deref().map(str::trim), door);
            let opened = match open(if *plain { ArchiveDoor::Plain } else { ArchiveDoor::AsEvent }) {
                // Only now it is known that a PIN is needed.
                Err(error) if error.code() == "archive-needs-pin" && bench.cli.operator.is_some() => {
                    let ctx = bench.wall_ctx()?;
                    open(ArchiveDoor::Pin(&ctx, &bench.new_own_pin(&ctx.operator)?))
                }
                opened => opened,
            };
            let (_, told) = opened?;
            bench.voice.tell(&told, || said(&told));
            Ok(())
        }
        ArchiveVerb::Verify { file, key } => {
            let root = key.root.as_deref().map(text).transpose()?;
            let told = Desk::verify_archive(file, &opener(key)?, root.as_deref().map(str::trim))?;
            bench.voice.tell(&told, || said(&told));
            Ok(())
        }
    }
}

pub(super) fn personal_data(bench: &Bench<'_>, verb: &PersonalDataVerb) -> Result<()> {
    match verb {
        PersonalDataVerb::Delete { with, document, certificate, fonts: of } => {
            let fonts = fonts(of)?;
            let (mut desk, ctx) = bench.desk()?;
            let prepared = desk.prepare_deletion(&ctx, &DeletionOrder { with: with.trim().into(), document })?;
            let paper = Desk::certify_deletion(&ctx, &fonts, &prepared, certificate)?;
            let done = desk.delete_prepared(prepared)?;
            paper.place()?;
            bench.voice.tell(&done, || format!("{}  {}", done.path.display(), certificate.display()));
            Ok(())
        }
        PersonalDataVerb::Show => {
            let desk = bench.open()?;
            let (closing, figures) = desk.closing()?.ok_or(DeskFault::NotClosed)?;
            let entries = desk.verify_closing()?;
            bench.voice.tell(&json!({ "closing": closing, "figures": figures, "entries": entries }), || {
                let by = closing.by.iter().map(ToString::to_string).collect::<Vec<_>>().join("、");
                let mut text = format!("{}  {}  {by}  {entries}", closing.at, closing.document);
                for part in &figures.parts {
                    let (expected, absent) = part.units.iter().fold((0, 0), |(e, a), u| (e + u.expected, a + u.absent));
                    text += &format!(
                        "\n{} {}  {} {expected}  {} {absent}",
                        part.stage,
                        part.part,
                        bench.voice.pick("应到", "expected"),
                        bench.voice.pick("缺考", "absent")
                    );
                }
                text
            });
            Ok(())
        }
    }
}
