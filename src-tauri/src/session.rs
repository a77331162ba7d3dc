//! Which event is open, who works at it, and by which clock.

use crate::operators::RoleName;
use crate::recent::{self, Recent};
use crate::shell::{Answer, Open, Progress, Shell, wall_ctx};
use chrono::DateTime;
use kaowu_core::journal::Mode;
use kaowu_core::operators::Act;
use kaowu_core::plan::{BUNDLED, Plan, bundled};
use kaowu_desk::screen::{Both, stage_and_part};
use kaowu_desk::{Desk, DeskFault, NewEvent, Pin, Result};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::path::{Path, PathBuf};
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager, State};

/// Name and version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub(crate) struct About {
    name: &'static str,
    version: &'static str,
}

/// A part of a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub(crate) struct PartInfo {
    id: String,
    name: Both,
    /// With its stage, as lists of all parts name it.
    whole: Both,
    start: String,
    interview: bool,
    full: String,
    step: String,
    judges: u32,
}

/// A stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub(crate) struct StageInfo {
    id: String,
    name: Both,
    parts: Vec<PartInfo>,
    /// Whether a selection fills it or some of its parts.
    selected: bool,
    /// Whether it has a composite.
    composite: bool,
}

/// Whose laptop this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Role {
    Hq,
    Site,
}

/// Why nobody writes to a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SealedWord {
    Archive,
    Closed,
}

impl SealedWord {
    fn of(desk: &Desk) -> Option<Self> {
        if desk.is_archive() { Some(Self::Archive) } else { desk.is_closed().then_some(Self::Closed) }
    }
}

/// A kind of entry that is for other roles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub(crate) struct MayNot {
    kind: String,
    roles: Vec<RoleName>,
}

impl From<&Act> for MayNot {
    fn from(act: &Act) -> Self {
        Self { kind: act.kind.to_owned(), roles: act.roles.iter().map(|role| RoleName::from(*role)).collect() }
    }
}

/// The open event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Session {
    path: String,
    event: String,
    title: Both,
    drill: bool,
    demo: Option<String>,
    role: Role,
    post: Option<String>,
    site: Option<String>,
    site_name: Option<String>,
    stage: Option<String>,
    part: Option<String>,
    now: String,
    clock_set: bool,
    operator: Option<String>,
    stages: Vec<StageInfo>,
    is_copy: bool,
    /// Opened from an archive, or what is left after a deletion: it can be read only.
    sealed: Option<SealedWord>,
    /// Whether it is encrypted and opens for operators only.
    protected: bool,
    /// Whether the screen is locked.
    locked: bool,
    /// What the operator may write, by kinds of entries; every kind in an open event.
    may: Vec<String>,
    /// What the operator may not write, and who may.
    may_not: Vec<MayNot>,
    /// Minutes without a key or click until the screen locks.
    idle_minutes: u32,
    /// Whether the plan has practice.
    practice: bool,
    /// Whether the plan sends teams to stages that others hold.
    teams: bool,
    /// Where the database lies.
    folder: String,
}

/// An operator with their PIN.
#[derive(Debug, Clone, Deserialize, Type)]
pub(crate) struct WithPin {
    pub(crate) operator: String,
    pub(crate) pin: String,
}

/// A plan that comes with the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub(crate) struct PlanChoice {
    plan: String,
    title: Both,
}

/// A site packet opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PacketOpened {
    session: Session,
    people: u32,
    again: bool,
    check_code: String,
    /// Code of the root key: to be compared with the slip where the packet is opened here for the first time.
    root_code: String,
}

/// Where in the day the demo event stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum DemoStage {
    BeforeRoster,
    Seated,
    CheckIn,
    Marks,
    Tie,
    CityDone,
    Finished,
}

/// What the window shows of an open event.
pub(crate) fn session_of(open: &Open) -> Result<Session> {
    of(open)
}

pub(crate) fn of(open: &Open) -> Result<Session> {
    let desk = &open.desk;
    let view = desk.view();
    let event = view.event()?;
    let brief = view.brief()?;
    let plan = desk.plan();
    let stages = plan.stages.iter().map(|stage| StageInfo {
        id: stage.id.to_string(),
        name: stage.into(),
        parts: stage
            .parts
            .iter()
            .map(|part| PartInfo {
                id: part.id.to_string(),
                name: part.into(),
                whole: stage_and_part(stage, part),
                start: part.start.to_rfc3339(),
                interview: part.panel.is_some(),
                full: part.full.to_string(),
                step: part.step.to_string(),
                judges: part.panel.as_ref().map_or(0, |p| u32::from(p.judges)),
            })
            .collect(),
        selected: plan.selections.iter().any(|s| s.to == stage.id),
        composite: plan.composites.iter().any(|c| c.stage == stage.id),
    });
    let site_name = match &brief {
        Some(b) => view.sites(&b.stage, &b.part)?.into_iter().find(|(site, _)| *site == b.site).map(|(_, name)| name),
        None => None,
    };
    Ok(Session {
        path: desk.path().display().to_string(),
        folder: desk.path().parent().map(|p| p.display().to_string()).unwrap_or_default(),
        event: event.id,
        title: Both::of(event.title, &plan.event.title_en),
        drill: event.mode == Mode::Drill,
        demo: open.demo.clone(),
        role: if brief.is_some() { Role::Site } else { Role::Hq },
        post: brief.as_ref().map(|b| format!("{}.{}.{}", b.stage, b.part, b.site)),
        site: brief.as_ref().map(|b| b.site.to_string()),
        site_name,
        stage: brief.as_ref().map(|b| b.stage.to_string()),
        part: brief.as_ref().map(|b| b.part.to_string()),
        now: open.now().to_rfc3339(),
        clock_set: open.clock_set(),
        operator: open.operator.as_ref().map(ToString::to_string),
        stages: stages.collect(),
        is_copy: desk.is_copy(),
        sealed: SealedWord::of(desk),
        protected: desk.is_protected(),
        locked: open.locked || !desk.still_works()?,
        may: desk.may_write()?.into_iter().map(str::to_owned).collect(),
        may_not: desk.may_not_write()?.into_iter().map(MayNot::from).collect(),
        idle_minutes: plan.idle_minutes(),
        practice: plan.practice.is_some(),
        teams: !desk.team_ids().is_empty(),
    })
}

/// Puts an event in the window and notes it among the recent ones.
pub(crate) fn put(app: &AppHandle, shell: &Shell, open: Open) -> Answer<Session> {
    let session = of(&open)?;
    let post = session.post.as_deref().map(|post| (post, open.desk.post_words(post)));
    recent::note(app, &session.path, &session.title, session.drill, post);
    shell.put(Some(open));
    Ok(session)
}

fn create_folder(folder: &Path) -> Result<()> {
    let unwritable = |e: std::io::Error| DeskFault::FileUnwritable { file: folder.display().to_string(), detail: e.to_string() };
    Ok(std::fs::create_dir_all(folder).map_err(unwritable)?)
}

/// Name and version of this program.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn about() -> About {
    About { name: "Kaowu 考务", version: env!("CARGO_PKG_VERSION") }
}

/// The open event, or none.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn session(shell: State<'_, Shell>) -> Answer<Option<Session>> {
    shell.peek(of)
}

/// Events opened on this machine, the latest first.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn recent(app: AppHandle) -> Vec<Recent> {
    recent::list(&app)
}

/// Plans that come with the program.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn plans() -> Vec<PlanChoice> {
    let title = |text: &str| Plan::read(text).map_or_else(|_| Both::same(""), |p| Both::of(p.event.title, p.event.title_en));
    BUNDLED.iter().map(|(name, text)| PlanChoice { plan: (*name).to_owned(), title: title(text) }).collect()
}

/// Folder proposed for events.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn home_folder(app: AppHandle) -> String {
    let folder = app.path().document_dir().or_else(|_| app.path().home_dir()).unwrap_or_default();
    folder.join("考务").display().to_string()
}

/// Where a new event goes, and what it is made of.
pub(crate) struct Place {
    pub(crate) db: PathBuf,
    plan: String,
    mode: Mode,
}

impl Place {
    pub(crate) fn event(&self) -> NewEvent<'_> {
        NewEvent { plan: &self.plan, mode: self.mode }
    }
}

/// A folder of its own for a new event from a bundled plan or a plan's file.
pub(crate) fn make_folder(folder: &str, plan: &str, drill: bool) -> Result<Place> {
    let text = match bundled(plan) {
        Some(text) => text.to_owned(),
        None => std::fs::read_to_string(plan).map_err(|e| DeskFault::FileUnreadable { file: plan.to_owned(), detail: e.to_string() })?,
    };
    let id = Plan::read(&text)?.event.id;
    let folder = Path::new(folder.trim()).join(format!("{id}-{}", chrono::Local::now().format("%Y%m%d-%H%M%S")));
    create_folder(&folder)?;
    Ok(Place { db: folder.join("总部.kaowu-db"), plan: text, mode: if drill { Mode::Drill } else { Mode::Live } })
}

/// Makes an open event for a drill, in a folder of its own. One that counts is made protected: `create_protected_event`.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn create_drill(app: AppHandle, shell: State<'_, Shell>, folder: String, plan: String) -> Answer<Session> {
    let made = make_folder(&folder, &plan, true)?;
    let open = Open::new(Desk::create(&made.db, &wall_ctx("考务 Kaowu".into()), &made.event())?);
    put(&app, &shell, open)
}

/// Opens an event's database; a protected one waits at the door for somebody to sign in.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn open_event(app: AppHandle, shell: State<'_, Shell>, path: String) -> Answer<Option<Session>> {
    let path = Path::new(path.trim());
    match Desk::open_checked(path) {
        Ok(desk) => put(&app, &shell, Open::new(desk)).map(Some),
        Err(kaowu_desk::DeskError::Desk(DeskFault::SignInNeeded { .. })) => {
            shell.ask_at_door(Some(path.to_owned()));
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// Opens a site packet: into a new database, or again into the one it made on this machine.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn open_packet(
    app: AppHandle,
    shell: State<'_, Shell>,
    file: String,
    words: String,
    folder: String,
    who: Option<WithPin>,
) -> Answer<PacketOpened> {
    let packet = PathBuf::from(file.trim());
    let folder = PathBuf::from(folder.trim());
    create_folder(&folder)?;
    let name = packet.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let ctx = wall_ctx(who.as_ref().map_or("考务 Kaowu", |who| who.operator.trim()).into());
    let pin = who.as_ref().map(|who| Pin::new(&who.pin));
    let (desk, opened) = Desk::open_packet_as(&folder.join(format!("{name}.kaowu-db")), &ctx, &packet, words.trim(), pin.as_ref())?;
    let session = put(&app, &shell, Open::new(desk))?;
    let people = u32::try_from(opened.people).unwrap_or(u32::MAX);
    Ok(PacketOpened { session, people, again: opened.again, check_code: opened.check_code, root_code: opened.root_code })
}

/// Makes the demo event as it stands at a stage of the day, and opens it.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn open_demo(app: AppHandle, shell: State<'_, Shell>, stage: DemoStage, progress: Channel<Progress>) -> Answer<Session> {
    let (stage, name) = match stage {
        DemoStage::BeforeRoster => (kaowu_demo::DemoStage::BeforeRoster, "before-roster"),
        DemoStage::Seated => (kaowu_demo::DemoStage::Seated, "seated"),
        DemoStage::CheckIn => (kaowu_demo::DemoStage::CheckIn, "check-in"),
        DemoStage::Marks => (kaowu_demo::DemoStage::Marks, "marks"),
        DemoStage::Tie => (kaowu_demo::DemoStage::Tie, "tie"),
        DemoStage::CityDone => (kaowu_demo::DemoStage::CityDone, "city-done"),
        DemoStage::Finished => (kaowu_demo::DemoStage::Finished, "finished"),
    };
    let base = app.path().app_data_dir().unwrap_or_else(|_| std::env::temp_dir());
    let folder = base.join("demo").join(format!("{name}-{}", chrono::Local::now().format("%Y%m%d-%H%M%S%3f")));
    create_folder(&folder)?;
    shell.begin();
    let staged = kaowu_demo::stage(&folder, stage, &mut |zh, en, done, total| shell.tell(&progress, &Both::of(zh, en), done, total))?;
    let mut open = Open::new(Desk::open(&staged.db)?);
    open.operator = Some(staged.operator.as_str().into());
    open.demo = Some(staged.files.display().to_string());
    open.set_clock(Some(staged.now))?;
    put(&app, &shell, open)
}

/// A packet the program was started with, told once.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn offered_packet(shell: State<'_, Shell>) -> Option<String> {
    shell.offered().map(|path| path.display().to_string())
}

/// Back to the first screen.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn close_event(shell: State<'_, Shell>) {
    shell.keep_glance();
    shell.put(None);
}

/// Who works from now on.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn sign_in(shell: State<'_, Shell>, operator: String) -> Answer<Session> {
    shell.with(|open| {
        let name = DeskFault::named(&operator)?;
        if open.desk.is_protected() {
            return Err(DeskFault::PinNeeded { operator: name }.into());
        }
        open.operator = Some(name);
        of(open)
    })
}

/// Sets the clock of a drill, or follows the machine's again.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn set_clock(shell: State<'_, Shell>, at: Option<String>) -> Answer<Session> {
    shell.with(|open| {
        let unreadable = |text: &str| DeskFault::TimeUnreadable { text: text.to_owned() };
        let at = at.as_deref().map(|text| DateTime::parse_from_rfc3339(text).map_err(|_| unreadable(text))).transpose()?;
        open.set_clock(at)?;
        of(open)
    })
}

/// Gives a copied database a device key of its own.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn continue_copy(shell: State<'_, Shell>) -> Answer<Session> {
    shell.with(|open| {
        open.desk.continue_after_copy()?;
        of(open)
    })
}

/// Ends the program, whatever stood unsaved: the page has asked.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn leave_window(app: AppHandle) {
    app.exit(0);
}

/// Asks whatever long work runs to stop.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn stop_work(shell: State<'_, Shell>) {
    shell.ask_to_stop();
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;
