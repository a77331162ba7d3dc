//! Operators: the door of a protected event, the lock of the screen, who may work here.

use crate::session::{Session, make_folder, of, put};
use crate::shell::{Answer, Door, Open, Progress, Shell, wall_ctx};
use kaowu_core::identity::{Operator, SiteCode};
use kaowu_core::operators::Role;
use kaowu_desk::screen::Both;
use kaowu_desk::{Desk, DeskError, DeskFault, NewOperator, OperatorRow, Pin, Result};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::path::Path;
use tauri::ipc::Channel;
use tauri::{AppHandle, State};

/// A role, by its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RoleName {
    Hq,
    SiteHead,
    Invigilator,
    Secretary,
    Checker,
    Certificates,
    Auditor,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Hq => Self::Hq,
            RoleName::SiteHead => Self::SiteHead,
            RoleName::Invigilator => Self::Invigilator,
            RoleName::Secretary => Self::Secretary,
            RoleName::Checker => Self::Checker,
            RoleName::Certificates => Self::Certificates,
            RoleName::Auditor => Self::Auditor,
        }
    }
}

impl From<Role> for RoleName {
    fn from(role: Role) -> Self {
        match role {
            Role::Hq => Self::Hq,
            Role::SiteHead => Self::SiteHead,
            Role::Invigilator => Self::Invigilator,
            Role::Secretary => Self::Secretary,
            Role::Checker => Self::Checker,
            Role::Certificates => Self::Certificates,
            Role::Auditor => Self::Auditor,
        }
    }
}

/// Somebody who may sign in, and how long they have to wait after wrong PINs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub(crate) struct AtDoor {
    name: String,
    wait: u32,
}

/// A protected event that waits for somebody to sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub(crate) struct SignInScreen {
    path: String,
    operators: Vec<AtDoor>,
}

/// An operator in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub(crate) struct OperatorInfo {
    name: String,
    roles: Vec<RoleName>,
    sites: Vec<String>,
    withdrawn: bool,
    planned: bool,
    pin: bool,
    here: bool,
}

impl From<OperatorRow> for OperatorInfo {
    fn from(row: OperatorRow) -> Self {
        Self {
            name: row.name.to_string(),
            roles: row.roles.into_iter().map(RoleName::from).collect(),
            sites: row.sites.iter().map(ToString::to_string).collect(),
            withdrawn: row.withdrawn,
            planned: row.planned,
            pin: row.pin,
            here: row.here,
        }
    }
}

/// An event that was protected, with the six words that are shown once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub(crate) struct Protected {
    session: Session,
    words: String,
}

fn at_door(path: &Path) -> Result<SignInScreen> {
    let small = |seconds: u64| u32::try_from(seconds).unwrap_or(u32::MAX);
    let rows = Desk::who_may_open(path, chrono::Local::now().fixed_offset())?;
    let operators = rows.into_iter().map(|(name, wait)| AtDoor { name: name.to_string(), wait: small(wait) }).collect();
    Ok(SignInScreen { path: path.display().to_string(), operators })
}

/// Who may sign in: at an event that waits to be opened, or at the open one.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn who_signs_in(shell: State<'_, Shell>) -> Answer<Option<SignInScreen>> {
    let path = match shell.door() {
        Door::Waits(path) => Some(path),
        Door::Open => shell.protected_path(),
    };
    Ok(path.as_deref().map(at_door).transpose()?)
}

/// Leaves a protected event unopened.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn leave_door(shell: State<'_, Shell>) {
    shell.ask_at_door(None);
}

/// Signs in: opens the event that waits, unlocks the screen, or takes over from whoever worked.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn sign_in_with_pin(app: AppHandle, shell: State<'_, Shell>, operator: String, pin: String) -> Answer<Session> {
    let (ctx, pin) = (wall_ctx(operator.trim().into()), Pin::new(&pin));
    if let Some(session) = shell.take_over(|open| {
        open.desk.take_over(&ctx, &pin)?;
        open.locked = false;
        open.is_now(ctx.operator.clone());
        of(open)
    })? {
        return Ok(session);
    }
    let Door::Waits(path) = shell.door() else { return Err(DeskError::from(DeskFault::NoEvent).into()) };
    let desk = Desk::sign_in(&path, &ctx, &pin)?.checked()?;
    let session = put(&app, &shell, Open::new(desk))?;
    Ok(session)
}

/// Locks the screen of a protected event: nothing is read or done before somebody signs in.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn lock_screen(shell: State<'_, Shell>) -> Answer<()> {
    shell.with(|open| {
        open.locked = open.desk.is_protected();
        open.desk.spend_proofs();
        Ok(())
    })
}

/// A second person proves with their own PIN to be there, for the act that was just refused without them.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn second_person(shell: State<'_, Shell>, operator: String, pin: String) -> Answer<()> {
    shell.with(|open| {
        let ctx = wall_ctx(open.ctx()?.operator);
        open.desk.prove_asked(&ctx, &operator.trim().into(), &Pin::new(&pin))
    })
}

/// Makes a new event that is protected from the first byte on.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn create_protected_event(
    app: AppHandle,
    shell: State<'_, Shell>,
    folder: String,
    plan: String,
    drill: bool,
    operator: String,
    pin: String,
) -> Answer<Protected> {
    let made = make_folder(&folder, &plan, drill)?;
    let name = DeskFault::named(&operator)?;
    let (desk, words) = Desk::create_protected(&made.db, &wall_ctx(name), &made.event(), &Pin::new(&pin))?;
    Ok(Protected { session: put(&app, &shell, Open::new(desk))?, words })
}

/// Protects the open event; whoever does it becomes headquarters' first operator.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn protect_event(shell: State<'_, Shell>, operator: String, pin: String) -> Answer<Protected> {
    let (ctx, pin) = (wall_ctx(DeskFault::named(&operator)?), Pin::new(&pin));
    let words = shell.anew(|desk| {
        let path = desk.path().to_owned();
        drop(desk);
        match Desk::protect(&path, &ctx, &pin) {
            Ok((desk, words)) => Ok((desk, Ok(words))),
            Err(error) => Ok((Desk::open(&path)?, Err(error))),
        }
    })??;
    let session = shell.peek(of)?.ok_or_else(|| DeskError::from(DeskFault::NoEvent))?;
    Ok(Protected { session, words })
}

/// Who was named, and whom the plan names.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn operators(shell: State<'_, Shell>) -> Answer<Vec<OperatorInfo>> {
    shell.read(|desk| Ok(desk.operators()?.into_iter().map(OperatorInfo::from).collect()))
}

/// Headquarters names an operator, or changes what somebody may do.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn name_operator(
    shell: State<'_, Shell>,
    name: String,
    roles: Vec<RoleName>,
    sites: Vec<String>,
    pin: Option<String>,
) -> Answer<()> {
    let roles: Vec<Role> = roles.into_iter().map(Role::from).collect();
    let sites: Vec<SiteCode> = sites.iter().map(|s| s.trim().into()).filter(|s: &SiteCode| !s.as_str().is_empty()).collect();
    let pin = pin.as_deref().map(Pin::new);
    shell.act(|desk, ctx| {
        desk.name_operator(ctx, &NewOperator { name: &name.trim().into(), roles: &roles, sites: &sites, pin: pin.as_ref() })
    })
}

/// Headquarters withdraws an operator; the database is encrypted anew.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn withdraw_operator(shell: State<'_, Shell>, name: String, reason: String, progress: Channel<Progress>) -> Answer<()> {
    shell.long_act(
        &progress,
        &Both::of("停用操作员并更换数据库密钥", "Withdrawing an operator and changing the database's key"),
        |desk, ctx| desk.withdraw_operator(ctx, &Operator(name), &reason),
    )
}

/// Somebody gets a new PIN, where they forgot theirs.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn give_pin(shell: State<'_, Shell>, name: String, pin: String) -> Answer<()> {
    shell.act(|desk, ctx| desk.give_pin(ctx, &Operator(name), &Pin::new(&pin)))
}

/// Whoever is signed in changes their own PIN.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn change_pin(shell: State<'_, Shell>, old_pin: String, new_pin: String) -> Answer<()> {
    shell.with(|open| {
        let ctx = wall_ctx(open.ctx()?.operator);
        open.desk.change_pin(&ctx, &Pin::new(&old_pin), &Pin::new(&new_pin))
    })
}

/// Six new words for the safe, shown once.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn renew_words(shell: State<'_, Shell>) -> Answer<String> {
    shell.act(Desk::renew_words)
}

/// The words with which a site's head gets in there whose PIN is forgotten, to be told to nobody else.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn tell_recovery(shell: State<'_, Shell>, post: String) -> Answer<String> {
    shell.act(|desk, ctx| desk.tell_recovery(ctx, &post))
}

/// Gets in with the six words, and takes a new PIN.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn recover(app: AppHandle, shell: State<'_, Shell>, operator: String, words: String, pin: String) -> Answer<Session> {
    let path = match shell.door() {
        Door::Waits(path) => path,
        Door::Open => shell.protected_path().ok_or_else(|| DeskError::from(DeskFault::NoEvent))?,
    };
    // The locked event, if it is that, is opened anew.
    let desk = Desk::recover(&path, &wall_ctx(operator.trim().into()), words.trim(), &Pin::new(&pin))?;
    put(&app, &shell, Open::new(desk))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The window's roles are core's: each has one, under the same word (a role more or fewer on either side does not compile).
    #[test]
    fn a_role_is_the_same_to_the_window_as_in_core() {
        for role in Role::ALL {
            let name = RoleName::from(role);
            assert_eq!(serde_json::to_value(name).ok(), Some(role.word().into()));
            assert_eq!(Role::from(name), role);
        }
    }
}
