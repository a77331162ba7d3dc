//! Verbs: each reads its words, calls its use case, and says what came out.

mod certificates;
mod day;
mod demo;
mod event;
mod hq;
mod keys;
mod marks;
mod operators;
mod packet;
mod papers;
mod practice;
mod results;
mod roster;
mod seats;
mod staff;
mod stages;

use crate::args::{Cli, SlipArgs, Verb};
use crate::pin::{Asked, ask};
use crate::say::Voice;
use chrono::Local;
use kaowu_core::coded::Coded;
use kaowu_core::identity::{IdNumber, Operator, PartId, SiteCode, StageId};
use kaowu_core::journal::Mode;
use kaowu_desk::{Ctx, Desk, DeskFault, Fonts, Pin, Result, write_file};
use std::path::Path;
use std::time::Instant;

/// What every verb has at hand.
pub(crate) struct Bench<'a> {
    pub(crate) cli: &'a Cli,
    pub(crate) voice: &'a Voice,
    started: Instant,
}

pub(crate) fn run(cli: &Cli, voice: &Voice) -> Result<()> {
    let bench = Bench { cli, voice, started: Instant::now() };
    match &cli.verb {
        Verb::Event(verb) => event::run(&bench, verb),
        Verb::Operators(verb) => operators::run(&bench, verb),
        Verb::Roster(verb) => roster::run(&bench, verb),
        Verb::Rooms(verb) => hq::rooms(&bench, verb),
        Verb::Seats(verb) => seats::run(&bench, verb),
        Verb::Checkin(args) => day::check_in(&bench, args),
        Verb::CheckinUndo(args) => day::undo_check_in(&bench, args),
        Verb::Absence(args) => day::absence(&bench, args),
        Verb::AbsenceUndo(args) => day::undo_absence(&bench, args),
        Verb::Incident(verb) => day::incident(&bench, verb),
        Verb::Room(verb) => day::room(&bench, verb),
        Verb::Marks(verb) => marks::written(&bench, verb),
        Verb::Interview(verb) => marks::interview(&bench, verb),
        Verb::Weights(args) => results::weights(&bench, args),
        Verb::Nominate(args) => results::nominate(&bench, args),
        Verb::Select(args) => results::select(&bench, args),
        Verb::Substitute(args) => results::substitute(&bench, args),
        Verb::Ties(verb) => results::ties(&bench, verb),
        Verb::Standings(args) => results::standings(&bench, args),
        Verb::Selected(args) => results::selected(&bench, args),
        Verb::Awards(args) => results::awards(&bench, args),
        Verb::Titles(args) => results::titles(&bench, args),
        Verb::Stages(verb) => stages::run(&bench, verb),
        Verb::Delegations(args) => results::delegations(&bench, args),
        Verb::Why(args) => results::why(&bench, args),
        Verb::Staff(verb) => staff::staff(&bench, verb),
        Verb::Archive(verb) => staff::archive(&bench, verb),
        Verb::PersonalData(verb) => staff::personal_data(&bench, verb),
        Verb::Practice(verb) => practice::run(&bench, verb),
        Verb::Results(args) => papers::results(&bench, args),
        Verb::Papers(args) => papers::papers(&bench, args),
        Verb::Certificates(verb) => certificates::certificates(&bench, verb),
        Verb::Packet(verb) => packet::run(&bench, verb),
        Verb::Keys(verb) => keys::run(&bench, verb),
        Verb::Journal(verb) => hq::journal(&bench, verb),
        Verb::Backup(args) => hq::backup(&bench, args),
        Verb::Restore { from } => hq::restore(&bench, from),
        Verb::Demo(args) => demo::run(&bench, args),
    }
}

impl Bench<'_> {
    /// The open event; a protected one for the operator, with their PIN.
    pub(crate) fn open(&self) -> Result<Desk> {
        if !self.asks_for_pin(&self.cli.db)? {
            return Desk::open(&self.cli.db);
        }
        let ctx = self.wall_ctx()?;
        Desk::sign_in(&self.cli.db, &ctx, &self.pin(&ctx.operator)?)
    }

    /// Whether a database is a protected event's.
    pub(crate) fn asks_for_pin(&self, db: &Path) -> Result<bool> {
        Ok(!Desk::who_may_open(db, Local::now().fixed_offset())?.is_empty() && !Desk::lies_open(db)?)
    }

    /// The operator's PIN.
    pub(crate) fn pin(&self, operator: &Operator) -> Result<Pin> {
        ask(operator, &Asked::pin(self.cli.pin_file.as_deref()), self.voice)
    }

    /// The same where it is taken for the first time.
    pub(crate) fn new_own_pin(&self, operator: &Operator) -> Result<Pin> {
        ask(operator, &Asked::first(self.cli.pin_file.as_deref()), self.voice)
    }

    fn named(&self) -> Result<Operator> {
        let name = self.cli.operator.as_deref().map(str::trim).filter(|name| !name.is_empty()).ok_or(DeskFault::OperatorNeeded)?;
        Ok(name.into())
    }

    /// Who acts, by the machine's clock: waits after wrong PINs pass by no other.
    pub(crate) fn wall_ctx(&self) -> Result<Ctx> {
        Ok(Ctx { now: Local::now().fixed_offset(), mono: mono(self.started), boot: boot(), operator: self.named()? })
    }

    /// Who acts, and when. Another time than now is for drills only.
    pub(crate) fn ctx(&self, mode: Mode) -> Result<Ctx> {
        let ctx = self.wall_ctx()?;
        if self.cli.at.is_some() && mode == Mode::Live {
            return Err(DeskFault::TimeOnlyInDrill.into());
        }
        Ok(Ctx { now: self.cli.at.unwrap_or(ctx.now), ..ctx })
    }

    /// The second person, if one is given, proves to be there for the next act.
    pub(crate) fn stand_by(&self, desk: &mut Desk) -> Result<()> {
        let Some(second) = self.cli.second.as_deref().map(str::trim).filter(|_| desk.is_protected()) else { return Ok(()) };
        let second = second.into();
        let pin = ask(&second, &Asked::second(self.cli.second_pin_file.as_deref()), self.voice)?;
        desk.prove(&self.wall_ctx()?, &second, &pin)
    }

    /// An open desk, and who acts at it.
    pub(crate) fn desk(&self) -> Result<(Desk, Ctx)> {
        let mut desk = self.open()?;
        let ctx = self.ctx(desk.view().event()?.mode)?;
        self.stand_by(&mut desk)?;
        if let Some(notice) = desk.clock_behind(&ctx)? {
            self.voice.progress(&format!("[{}] {}", notice.code(), self.voice.words(&notice)));
        }
        Ok((desk, ctx))
    }
}

/// A slip that is to be written once there are words. Fonts and folder are looked at before: words that were made are shown once, and
/// what could be wrong must not come after.
pub(crate) struct Slip<'a>(Option<(&'a Path, Fonts)>);

impl<'a> Slip<'a> {
    fn ready(args: &'a SlipArgs) -> Result<Self> {
        let Some(out) = args.slip.as_deref() else { return Ok(Self(None)) };
        let folder = out.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if !folder.is_dir() {
            return Err(DeskFault::unwritable(out, &std::io::ErrorKind::NotFound.into()));
        }
        Ok(Self(Some((out, certificates::fonts(&args.fonts)?))))
    }

    fn write(&self, slip: impl FnOnce(&Fonts) -> Result<Vec<u8>>) -> Result<()> {
        self.0.as_ref().map_or(Ok(()), |(out, fonts)| write_file(out, &slip(fonts)?))
    }
}

/// Stage and part as said; at a site those of its packet, otherwise the plan's first.
pub(crate) fn stage_part(desk: &Desk, stage: Option<&String>, part: Option<&String>) -> Result<(StageId, PartId)> {
    let brief = desk.view().brief()?;
    let stage = match (stage, &brief) {
        (Some(stage), _) => StageId::from(stage.as_str()),
        (None, Some(brief)) => brief.stage.clone(),
        (None, None) => first_stage(desk),
    };
    let part = match (part, &brief) {
        (Some(part), _) => PartId::from(part.as_str()),
        (None, Some(brief)) => brief.part.clone(),
        (None, None) => desk.view().stage(&stage)?.parts.first().map(|p| p.id.clone()).unwrap_or_default(),
    };
    Ok((stage, part))
}

/// The person an ID number or candidate number names.
fn person(desk: &Desk, stage: &StageId, document: &str) -> Result<IdNumber> {
    let found = desk.view().reader().person_by_document(stage, document)?;
    found.ok_or_else(|| DeskFault::NoSuchPerson { person: document.to_owned() }.into())
}

pub(crate) fn first_stage(desk: &Desk) -> StageId {
    desk.plan().stages.first().map(|s| s.id.clone()).unwrap_or_default()
}

pub(crate) fn stage_or_first(desk: &Desk, stage: Option<&String>) -> StageId {
    stage.map_or_else(|| first_stage(desk), |s| s.as_str().into())
}

pub(crate) fn site_of(desk: &Desk, site: Option<&String>) -> Result<SiteCode> {
    match (site, desk.view().brief()?) {
        (Some(site), _) => Ok(site.as_str().into()),
        (None, Some(brief)) => Ok(brief.site),
        (None, None) => Err(DeskFault::SiteNeeded.into()),
    }
}

pub(crate) fn operators(names: &[String]) -> Vec<Operator> {
    names.iter().map(|name| name.trim().into()).collect()
}

/// Milliseconds since the machine started, where it says so; else since this program did.
fn mono(started: Instant) -> u64 {
    let uptime = std::fs::read_to_string("/proc/uptime").ok();
    let since_boot = uptime.as_deref().and_then(|t| t.split(' ').next()).and_then(|t| t.replace('.', "").parse::<u64>().ok());
    since_boot.map_or_else(|| u64::try_from(started.elapsed().as_millis()).unwrap_or(0), |hundredths| hundredths * 10)
}

/// Which run of the machine this is, where it says so.
fn boot() -> String {
    std::fs::read_to_string("/proc/sys/kernel/random/boot_id").map_or_else(|_| std::process::id().to_string(), |id| id.trim().to_owned())
}
