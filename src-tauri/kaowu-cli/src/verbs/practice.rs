//! Practice 日日学、周周练、月月比.

use super::{Bench, results::table};
use crate::args::{PracticeKindArg, PracticeListArg, PracticeListArgs, PracticeVerb};
use kaowu_core::identity::{IdNumber, UnitCode};
use kaowu_core::plan::{Plan, bundled};
use kaowu_core::practice::{PracticeKind, Suspect};
use kaowu_core::words::{Lang, Said};
use kaowu_demo::{Invention, invent_practice};
use kaowu_desk::{Desk, DeskError, DeskFault, PracticeImport, PracticeQuery, Result, write_file};
use serde_json::json;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

impl From<PracticeKindArg> for PracticeKind {
    fn from(kind: PracticeKindArg) -> Self {
        match kind {
            PracticeKindArg::Daily => Self::Daily,
            PracticeKindArg::Weekly => Self::Weekly,
            PracticeKindArg::Monthly => Self::Monthly,
        }
    }
}

pub(super) fn run(bench: &Bench<'_>, verb: &PracticeVerb) -> Result<()> {
    match verb {
        PracticeVerb::Import { files, kind, of, accept, look } => import(bench, files, (*kind).into(), of.as_deref(), *accept, *look),
        PracticeVerb::Remove { file, kind, reason } => {
            let (mut desk, ctx) = bench.desk()?;
            desk.remove_practice(&ctx, (*kind).into(), file, reason)
        }
        PracticeVerb::Files => {
            let desk = bench.open()?;
            let files = desk.view().practice_files()?;
            let value: Vec<_> =
                files.iter().map(|(kind, source, held)| json!({ "kind": kind, "source": source, "file": held.value })).collect();
            bench.voice.tell(&value, || {
                let line = |(kind, source, held): &kaowu_desk::PracticeFileRow| {
                    format!(
                        "{}  {source}  {} {}  {} {}",
                        kind.word(),
                        held.value.people,
                        bench.voice.pick("人", "people"),
                        held.value.refused,
                        bench.voice.pick("行退回", "rows refused")
                    )
                };
                files.iter().map(line).collect::<Vec<_>>().join("\n")
            });
            Ok(())
        }
        PracticeVerb::List(args) => list(bench, args),
        PracticeVerb::Suspects => {
            let desk = bench.open()?;
            let all = desk.practice_suspects()?;
            bench.voice.tell(&all, || all.iter().map(|s| suspect(bench, &desk, s)).collect::<Vec<_>>().join("\n"));
            Ok(())
        }
        PracticeVerb::Match { unit, name, is, strangers, reason } => {
            let (mut desk, ctx) = bench.desk()?;
            if *strangers {
                let count = desk.match_strangers(&ctx, reason)?;
                bench.voice.tell(&json!({ "decided": count }), || format!("{} {count}", bench.voice.pick("已认定", "decided")));
                return Ok(());
            }
            let unit = UnitCode::from(unit.as_deref().unwrap_or_default());
            let is = is.as_deref().map(IdNumber::from);
            desk.match_practice(&ctx, &unit, name.as_deref().unwrap_or_default(), is.as_ref(), reason)
        }
        PracticeVerb::Ties => {
            let ties: Vec<_> = bench.open()?.held_ties()?.into_iter().filter(|t| t.question.starts_with("practice/")).collect();
            bench.voice.tell(&ties, || {
                ties.iter().map(|t| format!("{}  {}  #{}  {}", t.id, t.question, t.rank, t.tied.join(" "))).collect::<Vec<_>>().join("\n")
            });
            Ok(())
        }
        PracticeVerb::Confirm { document } => {
            let (mut desk, ctx) = bench.desk()?;
            let deeds = desk.confirm_practice_year(&ctx, document)?;
            bench.voice.tell(&deeds, || deeds.iter().map(|d| format!("{}  {}", d.name, d.grounds)).collect::<Vec<_>>().join("\n"));
            Ok(())
        }
        PracticeVerb::Decide { units, document } => {
            let (mut desk, ctx) = bench.desk()?;
            let units: Vec<UnitCode> = units.iter().map(|u| u.as_str().into()).collect();
            let decided = desk.decide_practice_prize(&ctx, &units, document)?;
            bench
                .voice
                .tell(&decided, || decided.iter().map(|(deed, said)| format!("{}  {said}", deed.name)).collect::<Vec<_>>().join("\n"));
            Ok(())
        }
        PracticeVerb::Workbook { out } => {
            let sheets = bench.open()?.practice_workbook(out)?;
            bench.voice.tell(&json!({ "sheets": sheets }), || format!("{}  {sheets}", out.display()));
            Ok(())
        }
        PracticeVerb::Paper { list, out, fonts } => {
            let (desk, ctx) = bench.desk()?;
            let query = query(&desk, list);
            write_file(out, &desk.practice_paper(&ctx, &Desk::fonts(fonts)?, &query)?)?;
            bench.voice.tell(&json!({ "out": out }), || out.display().to_string());
            Ok(())
        }
        PracticeVerb::Invent { out, plan, people, days, weeks, unnamed } => {
            invent(bench, out, plan, &Invention { people: *people, days: *days, weeks: *weeks, unnamed: *unnamed })
        }
    }
}

fn query(desk: &Desk, args: &PracticeListArgs) -> PracticeQuery {
    match args.kind {
        PracticeListArg::Daily => PracticeQuery::Daily,
        PracticeListArg::Weekly => PracticeQuery::Weekly(args.of.clone()),
        PracticeListArg::Monthly => PracticeQuery::Monthly(args.of.clone()),
        PracticeListArg::Year => PracticeQuery::Year,
        PracticeListArg::Participation => {
            let first = desk.plan().practice.as_ref().and_then(|p| p.participation.tiers.first().cloned()).unwrap_or_default();
            PracticeQuery::Participation(args.tier.as_deref().map_or(first, Into::into))
        }
    }
}

fn list(bench: &Bench<'_>, args: &PracticeListArgs) -> Result<()> {
    let desk = bench.open()?;
    let list = desk.practice_list(&query(&desk, args))?;
    if args.csv {
        bench.voice.print(&list.table.csv());
    } else if bench.cli.json {
        bench.voice.tell(&list, String::new);
    } else {
        table(bench, &list.table, false);
    }
    for tie in &list.held {
        bench.voice.progress(&format!("{} {}  {}", bench.voice.pick("并列待定", "held tie"), tie.id, tie.tied.join(" ")));
    }
    if !list.lacks.is_empty() {
        bench.voice.progress(&format!("{} {}", bench.voice.pick("尚缺", "lacking"), list.lacks.join(" ")));
    }
    if list.waiting > 0 {
        bench.voice.progress(&format!("{} {}", bench.voice.pick("待核人员", "suspects"), list.waiting));
    }
    for one in &list.differing {
        bench.voice.progress(&format!("{} {}", bench.voice.pick("各文件成绩不一", "exports differ"), bench.voice.pick(&one.zh, &one.en)));
    }
    Ok(())
}

fn suspect(bench: &Bench<'_>, desk: &Desk, s: &Suspect) -> String {
    let may_be = s.may_be.iter().map(IdNumber::as_str).collect::<Vec<_>>().join(" ");
    let decided = match &s.decided {
        None => bench.voice.pick("待核", "waits").to_owned(),
        Some(None) => bench.voice.pick("单独一人", "somebody of their own").to_owned(),
        Some(Some(id)) => id.to_string(),
    };
    format!("{}  {}  {}  [{may_be}]  {decided}", s.unit, desk.view().full_name(&s.unit), s.name)
}

/// Imports each file by itself: one that is refused does not stop the others, and the first refusal is the exit.
fn import(bench: &Bench<'_>, files: &[PathBuf], kind: PracticeKind, of: Option<&str>, accept: bool, look: bool) -> Result<()> {
    let mut desk = bench.open()?;
    let ctx = if look { None } else { Some(bench.ctx(desk.view().event()?.mode)?) };
    let mut done: Vec<PracticeImport> = Vec::new();
    let mut first: Option<DeskError> = None;
    for (n, file) in files.iter().enumerate() {
        bench.voice.progress(&format!("[{}/{}] {}", n + 1, files.len(), file.display()));
        let go_on = &mut |_, _| ControlFlow::Continue(());
        let out = match &ctx {
            Some(ctx) => desk.import_practice(ctx, kind, of, file, accept, go_on),
            None => desk.preview_practice(kind, of, file, go_on).map(|seen| seen.summary()),
        };
        match out {
            Ok(out) => done.push(out),
            Err(error) => {
                bench.voice.progress(&bench.voice.words(&error));
                first.get_or_insert(error);
            }
        }
    }
    bench.voice.tell(&done, || done.iter().map(|out| in_words(bench, out)).collect::<Vec<_>>().join("\n"));
    first.map_or(Ok(()), Err)
}

/// How many of what was said stand in the human text; all of it is in the JSON.
const SHOWN: usize = 50;

fn in_words(bench: &Bench<'_>, out: &PracticeImport) -> String {
    let covers = match out.covers.as_slice() {
        [first, .., last] => format!("{first} … {last}"),
        one => one.join(""),
    };
    let mut text = match bench.voice.lang() {
        Lang::Zh => format!("{}：{covers}；{} 行，退回 {}，{} 人，其中待核 {}", out.source, out.rows, out.refused, out.people, out.unnamed),
        Lang::En => format!(
            "{}: {covers}; {} rows, {} refused, {} people, {} of them suspects",
            out.source, out.rows, out.refused, out.people, out.unnamed
        ),
    };
    if out.unchanged {
        text += bench.voice.pick("（与已导入的相同）", " (the same as was imported)");
    }
    for told in out.told.iter().take(SHOWN) {
        let Said { what, remedy } = if bench.voice.lang() == Lang::Zh { &told.zh } else { &told.en };
        text += &format!("\n  {} {} {}: {what} → {remedy}", out.sheet, told.row, told.column);
    }
    let said: u64 = out.counts.values().sum();
    if said > u64::try_from(SHOWN).unwrap_or(u64::MAX) {
        text += &format!("\n  … {said}");
    }
    text
}

fn invent(bench: &Bench<'_>, out: &Path, plan: &str, of: &Invention) -> Result<()> {
    let text = bundled(plan).ok_or_else(|| DeskFault::NoSuchPlan { plan: plan.to_owned(), known: vec!["jiangsu-2020".to_owned()] })?;
    let done = invent_practice(&Plan::read(text)?, out, of, &mut |line| bench.voice.progress(line))?;
    bench.voice.tell(&json!({ "files": done.files.len(), "rows": done.rows }), || {
        format!(
            "{}  {} {}  {} {}",
            out.display(),
            done.files.len(),
            bench.voice.pick("个文件", "files"),
            done.rows,
            bench.voice.pick("行", "rows")
        )
    });
    Ok(())
}
