//! Certificates: preview, runs, void and reprint.

use crate::fonts::fonts;
use crate::papers::base64;
use crate::roster::some_path;
use crate::shell::{Answer, Progress, Shell};
use kaowu_core::facts::AwardConfirmation;
use kaowu_desk::screen::{Both, Refused};
use kaowu_desk::{Look, PrintOrder, SheetCondition, check_template, template_names};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::path::Path;
use tauri::ipc::Channel;
use tauri::{AppHandle, State};

/// An award with certificates to print.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CertificateAward {
    id: String,
    title: Both,
    count: u32,
    template: String,
    first_number: String,
}

/// A template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub(crate) struct TemplateInfo {
    id: String,
    name: String,
}

/// On what certificates are printed, where it is not the award's own template: an id or a `.toml` file, pictures.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Type)]
pub(crate) struct LookChoice {
    template: Option<String>,
    seal: Option<String>,
    background: Option<String>,
}

impl LookChoice {
    fn look(&self) -> Look<'_> {
        Look {
            template: self.template.as_deref(),
            seal: self.seal.as_deref().map(Path::new),
            background: self.background.as_deref().map(Path::new),
        }
    }
}

/// Millimetres by which everything on the sheet is moved.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Type)]
pub(crate) struct Adjust {
    right: f64,
    down: f64,
}

impl From<Adjust> for kaowu_desk::Adjust {
    fn from(a: Adjust) -> Self {
        Self { right_um: micrometres(a.right), down_um: micrometres(a.down) }
    }
}

/// Within five centimetres: beyond that nothing is left on the sheet.
#[allow(clippy::float_arithmetic, clippy::cast_possible_truncation)]
fn micrometres(millimetres: f64) -> i32 {
    (millimetres.clamp(-50.0, 50.0) * 1000.0).round() as i32
}

/// A name that no bundled font can draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub(crate) struct GlyphFault {
    name: String,
    award: String,
    said: Refused,
}

/// A print run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub(crate) struct PrintRun {
    run: u32,
    award: Both,
    first: String,
    last: String,
    printed: u32,
    total: u32,
    at: String,
    by: String,
    folder: String,
}

/// Whether a certificate is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SheetStateWord {
    None,
    Printed,
    Void,
    Again,
}

/// A certificate and whether it is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub(crate) struct SheetRow {
    number: String,
    name: String,
    award: String,
    run: Option<u32>,
    state: SheetStateWord,
    reason: Option<String>,
}

/// What a run printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Printed {
    run: u32,
    printed: u32,
    total: u32,
    on_paper: u32,
    void: u32,
    stopped: bool,
    files: Vec<String>,
}

/// What a certificate's code says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CertificateSays {
    event: String,
    number: String,
    name: String,
    award: String,
    on_record: bool,
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Awards that are confirmed and have a template.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn certificate_awards(shell: State<'_, Shell>) -> Answer<Vec<CertificateAward>> {
    shell.read(|desk| {
        let mut rows = Vec::new();
        for award in &desk.plan().awards {
            let (Some(template), Some(_)) = (&award.template, desk.view().one::<AwardConfirmation>(&award.id)?) else { continue };
            let sheets = desk.sheets(&award.id)?;
            rows.push(CertificateAward {
                id: award.id.to_string(),
                title: award.into(),
                count: small(sheets.len()),
                template: template.clone(),
                first_number: sheets.into_iter().next().map(|s| s.number).unwrap_or_default(),
            });
        }
        Ok(rows)
    })
}

/// Templates that come with the program.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn templates() -> Vec<TemplateInfo> {
    template_names().into_iter().map(|(id, name)| TemplateInfo { id, name }).collect()
}

/// Reads a template file of the office's own; its name, or its first fault.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn own_template(path: String) -> Answer<String> {
    Ok(check_template(some_path(&path)?)?)
}

/// One certificate as it will be printed, marked as a specimen, as base64.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn preview_certificate(
    app: AppHandle,
    shell: State<'_, Shell>,
    award: String,
    index: u32,
    look: LookChoice,
    adjust: Adjust,
) -> Answer<String> {
    let fonts = fonts(&app)?;
    let index = usize::try_from(index).unwrap_or(0);
    shell.with(|open| {
        let ctx = open.reading_ctx();
        let award = award.as_str().into();
        Ok(base64(&open.desk.preview_certificate(&ctx, &fonts, &award, index, &look.look(), adjust.into())?))
    })
}

/// Names that no bundled font can draw, over all confirmed awards.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn glyph_check(app: AppHandle, shell: State<'_, Shell>) -> Answer<Vec<GlyphFault>> {
    let fonts = fonts(&app)?;
    shell.with(|open| {
        let found = open.desk.glyph_check(&open.reading_ctx(), &fonts)?;
        Ok(found.into_iter().map(|p| GlyphFault { name: p.name, award: p.award.0, said: p.fault.into() }).collect())
    })
}

/// Prints an award from a sheet on. Stopped, it keeps what is finished and can go on at the next.
#[tauri::command(async)]
#[specta::specta]
#[allow(clippy::too_many_arguments)] // one each for what the page asks
pub(crate) fn print_certificates(
    app: AppHandle,
    shell: State<'_, Shell>,
    award: String,
    look: LookChoice,
    adjust: Adjust,
    from: u32,
    folder: String,
    progress: Channel<Progress>,
) -> Answer<Printed> {
    let fonts = fonts(&app)?;
    shell.begin();
    let said = Both::of("打印证书", "Printing certificates");
    shell.act(|desk, ctx| {
        let award = award.as_str().into();
        let order = PrintOrder {
            award: &award,
            look: look.look(),
            adjust: adjust.into(),
            from: usize::try_from(from).unwrap_or(1),
            folder: some_path(&folder)?,
        };
        let run = desk.print_run(ctx, &fonts, &order, &mut |done, total| shell.tell(&progress, &said, done, total))?;
        Ok(Printed {
            run: run.run,
            printed: small(run.printed),
            total: small(run.total),
            on_paper: small(run.on_paper),
            void: small(run.void),
            stopped: run.stopped,
            files: run.files.iter().map(|f| f.display().to_string()).collect(),
        })
    })
}

/// Runs so far.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn print_runs(shell: State<'_, Shell>) -> Answer<Vec<PrintRun>> {
    shell.read(|desk| {
        let title = |id: &kaowu_core::identity::ListId| {
            desk.plan().awards.iter().find(|a| a.id == *id).map_or_else(|| Both::same(id.as_str()), Both::from)
        };
        let row = |(run, held): (u32, kaowu_desk::HeldRun)| PrintRun {
            run,
            award: title(&held.value.award),
            first: held.value.first,
            last: held.value.last,
            printed: held.value.printed,
            total: held.value.total,
            at: desk.plan().clock(&held.by.t),
            by: held.by.op.to_string(),
            folder: String::new(),
        };
        Ok(desk.print_runs()?.into_iter().map(row).collect())
    })
}

/// Certificates of an award and whether they are printed.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn sheets(shell: State<'_, Shell>, award: String) -> Answer<Vec<SheetRow>> {
    let state = |s: SheetCondition| match s {
        SheetCondition::None => SheetStateWord::None,
        SheetCondition::Printed => SheetStateWord::Printed,
        SheetCondition::Void => SheetStateWord::Void,
        SheetCondition::Again => SheetStateWord::Again,
    };
    shell.read(|desk| {
        let rows = desk.sheets(&award.as_str().into())?.into_iter().map(|s| SheetRow {
            number: s.number,
            name: s.name,
            award: s.award.0,
            run: s.run,
            state: state(s.state),
            reason: s.reason,
        });
        Ok(rows.collect())
    })
}

/// Declares a printed certificate void.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn void_sheet(shell: State<'_, Shell>, number: String, reason: String) -> Answer<()> {
    shell.act(|desk, ctx| desk.void_sheet(ctx, &number, &reason))
}

/// Sheets that are on paper are printed again by the next run; how many.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn print_again(shell: State<'_, Shell>, award: String, from: u32, to: u32, reason: String) -> Answer<u32> {
    let at = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
    shell.act(|desk, ctx| Ok(small(desk.print_again(ctx, &award.as_str().into(), at(from)..=at(to), &reason)?.len())))
}

/// Prints one certificate again; where it lies.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn reprint_sheet(app: AppHandle, shell: State<'_, Shell>, number: String, reason: String, folder: String) -> Answer<String> {
    let fonts = fonts(&app)?;
    shell.act(|desk, ctx| Ok(desk.reprint_sheet(ctx, &fonts, &number, &reason, some_path(&folder)?)?.display().to_string()))
}

/// What a certificate's code says, and that it is genuine.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn verify_certificate(shell: State<'_, Shell>, text: String) -> Answer<CertificateSays> {
    shell.read(|desk| {
        let v = desk.verify_certificate(&text)?;
        Ok(CertificateSays { event: v.event, number: v.number, name: v.name, award: v.award, on_record: v.on_record })
    })
}
