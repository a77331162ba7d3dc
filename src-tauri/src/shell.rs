//! What the window has open, and how a command reaches it.

use chrono::{DateTime, FixedOffset, Local};
use kaowu_core::identity::Operator;
use kaowu_core::journal::Mode;
use kaowu_core::words::Lang;
use kaowu_desk::screen::{Both, Refused};
use kaowu_desk::{Ctx, Desk, DeskFault, Issued, Result, Watch};
use serde::Serialize;
use specta::Type;
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Instant;
use tauri::ipc::Channel;

/// What a command gives: the value, or a refusal in both languages.
pub(crate) type Answer<T> = std::result::Result<T, Refused>;

/// The open event.
pub(crate) struct Open {
    pub(crate) desk: Desk,
    /// Who is signed in.
    pub(crate) operator: Option<Operator>,
    /// The screen is locked: nothing is read or done before somebody signs in with their PIN.
    pub(crate) locked: bool,
    /// In a drill: the clock as it was set, and when.
    clock: Option<(DateTime<FixedOffset>, Instant)>,
    /// Packets issued since the event was opened: their words are kept nowhere else.
    pub(crate) issued: Vec<Issued>,
    /// Posts among them whose slip has been saved.
    pub(crate) slips_saved: BTreeSet<String>,
    /// Which stage of the demo this is.
    pub(crate) demo: Option<String>,
}

impl Open {
    pub(crate) fn new(desk: Desk) -> Self {
        Self {
            operator: desk.signed_in().cloned(),
            desk,
            locked: false,
            clock: None,
            issued: vec![],
            slips_saved: BTreeSet::new(),
            demo: None,
        }
    }

    /// The time that counts, by the event's clock: the machine's, in a drill the one that was set.
    pub(crate) fn now(&self) -> DateTime<FixedOffset> {
        match self.clock {
            Some((set, at)) => set + chrono::Duration::from_std(at.elapsed()).unwrap_or_default(),
            None => self.desk.plan().here(Local::now().fixed_offset()),
        }
    }

    /// Who works from now on. The words of packets are for whoever issued them: somebody else at the same window gets none of them.
    pub(crate) fn is_now(&mut self, operator: Operator) {
        if self.operator.as_ref() != Some(&operator) {
            self.issued.clear();
            self.slips_saved.clear();
        }
        self.operator = Some(operator);
    }

    pub(crate) fn clock_set(&self) -> bool {
        self.clock.is_some()
    }

    /// Sets the clock; a live event has the machine's only.
    pub(crate) fn set_clock(&mut self, to: Option<DateTime<FixedOffset>>) -> Result<()> {
        if to.is_some() && self.desk.view().event()?.mode == Mode::Live {
            return Err(DeskFault::TimeOnlyInDrill.into());
        }
        self.clock = to.map(|t| (t, Instant::now()));
        Ok(())
    }

    /// Who acts, and when.
    pub(crate) fn ctx(&self) -> Result<Ctx> {
        let operator = self.operator.clone().ok_or(DeskFault::OperatorNeeded)?;
        Ok(Ctx { now: self.now(), mono: mono(), boot: boot(), operator })
    }

    /// For papers that only need a print time.
    pub(crate) fn reading_ctx(&self) -> Ctx {
        Ctx { now: self.now(), mono: mono(), boot: boot(), operator: self.operator.clone().unwrap_or_default() }
    }
}

/// Who proves something with a PIN, by the machine's clock: waits after wrong PINs pass by no other.
pub(crate) fn wall_ctx(operator: Operator) -> Ctx {
    Ctx { now: Local::now().fixed_offset(), mono: mono(), boot: boot(), operator }
}

/// Whether a protected event waits for somebody to sign in.
pub(crate) enum Door {
    /// None does.
    Open,
    /// This one.
    Waits(PathBuf),
}

/// Milliseconds since the machine started, where it says so.
fn mono() -> u64 {
    let uptime = std::fs::read_to_string("/proc/uptime").ok();
    let hundredths = uptime.as_deref().and_then(|t| t.split(' ').next()).and_then(|t| t.replace('.', "").parse::<u64>().ok());
    hundredths.map_or_else(|| sysinfo::System::uptime() * 1000, |hundredths| hundredths * 10)
}

/// Which run of the machine this is, where it says so.
fn boot() -> String {
    std::fs::read_to_string("/proc/sys/kernel/random/boot_id").map_or_else(|_| std::process::id().to_string(), |id| id.trim().to_owned())
}

/// How far long work is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub(crate) struct Progress {
    what: Both,
    done: u32,
    total: u32,
}

fn tell(stop: &AtomicBool, to: &Channel<Progress>, what: Both, (done, total): (usize, usize)) -> ControlFlow<()> {
    let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    // A window that is gone has nobody to tell.
    let _ = to.send(Progress { what, done: small(done), total: small(total) });
    if stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
}

/// Tells a page of every step of `what`.
fn watch(to: Channel<Progress>, what: Both, stop: Arc<AtomicBool>) -> Watch {
    Box::new(move |step, done, total| {
        let step = |lang: Lang| lang.say(step.code(), &Default::default()).what;
        let words = Both::of(format!("{}：{}", what.zh, step(Lang::Zh)), format!("{}: {}", what.en, step(Lang::En)));
        tell(&stop, &to, words, (done, total))
    })
}

/// The state behind every command.
#[derive(Default)]
pub(crate) struct Shell {
    open: Mutex<Option<Open>>,
    /// An event that is being opened while the window comes up.
    opening: Mutex<Option<JoinHandle<Option<Open>>>>,
    /// A packet the program was started with.
    offered: Mutex<Option<PathBuf>>,
    /// A protected event that nobody has signed in to yet.
    door: Mutex<Option<PathBuf>>,
    stop: Arc<AtomicBool>,
}

impl Shell {
    fn lock(&self) -> MutexGuard<'_, Option<Open>> {
        // A panic elsewhere leaves the database whole: every change is one transaction.
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let opening = self.opening.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(Ok(Some(opened))) = opening.map(JoinHandle::join) {
            *open = Some(opened);
        }
        open
    }

    /// An event is being opened by `opening`: whoever asks for the open event waits for it.
    pub(crate) fn opening(&self, opening: JoinHandle<Option<Open>>) {
        *self.opening.lock().unwrap_or_else(PoisonError::into_inner) = Some(opening);
    }

    /// Puts another event, or none, in the window.
    pub(crate) fn put(&self, open: Option<Open>) {
        self.ask_at_door(None);
        *self.lock() = open;
    }

    /// Opens the event's database anew, which `work` closes meanwhile: nobody else may have it open, so whoever asks for it waits.
    pub(crate) fn anew<O>(&self, work: impl FnOnce(Desk) -> Result<(Desk, O)>) -> Answer<O> {
        let mut place = self.lock();
        let refused = |fault: DeskFault| Refused::from(kaowu_desk::DeskError::from(fault));
        let open = place.take().ok_or_else(|| refused(DeskFault::NoEvent))?;
        if open.locked {
            *place = Some(open);
            return Err(refused(DeskFault::ScreenLocked));
        }
        let Open { desk, operator, locked, clock, issued, slips_saved, demo } = open;
        let (desk, out) = work(desk)?;
        let operator = desk.signed_in().cloned().or(operator);
        *place = Some(Open { desk, operator, locked, clock, issued, slips_saved, demo });
        Ok(out)
    }

    /// A protected event waits for somebody to sign in, or none does any more.
    pub(crate) fn ask_at_door(&self, path: Option<PathBuf>) {
        *self.door.lock().unwrap_or_else(PoisonError::into_inner) = path;
    }

    /// The protected event that waits.
    pub(crate) fn door(&self) -> Door {
        // Whether one waits is known when the event of the start is opened, or is not.
        drop(self.lock());
        self.door.lock().unwrap_or_else(PoisonError::into_inner).clone().map_or(Door::Open, Door::Waits)
    }

    /// Somebody signs in at the open event, locked or not; nothing where none is open.
    pub(crate) fn take_over<O>(&self, work: impl FnOnce(&mut Open) -> Result<O>) -> Answer<Option<O>> {
        self.lock().as_mut().map(work).transpose().map_err(Refused::from)
    }

    /// Where the open event lies, if it is protected.
    pub(crate) fn protected_path(&self) -> Option<PathBuf> {
        self.lock().as_ref().filter(|open| open.desk.is_protected()).map(|open| open.desk.path().to_owned())
    }

    /// A packet waits for its words.
    pub(crate) fn offer(&self, packet: PathBuf) {
        *self.offered.lock().unwrap_or_else(PoisonError::into_inner) = Some(packet);
    }

    /// The packet that waits, once.
    pub(crate) fn offered(&self) -> Option<PathBuf> {
        self.offered.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Whether words of packets would be lost with the window.
    pub(crate) fn slips_unsaved(&self) -> bool {
        // The window itself asks: it may not wait for work that goes on, and work that goes on may be issuing.
        match self.open.try_lock() {
            Ok(open) => open.as_ref().is_some_and(|open| open.issued.iter().any(|i| !open.slips_saved.contains(&i.post))),
            Err(_) => true,
        }
    }

    /// Before an event is left: the next start has its overview at once. Work that goes on is not waited for.
    pub(crate) fn keep_glance(&self) {
        if let Ok(open) = self.open.try_lock()
            && let Some(open) = open.as_ref()
            && matches!(open.desk.glance(open.now()), Ok(None))
        {
            // Where nothing can be kept, the next start reads.
            let _kept = open.desk.overview(open.now()).and_then(|day| open.desk.keep_glance(&day));
        }
    }

    /// Works with the open event. What is refused takes the second person's word with it: it was given for this act.
    pub(crate) fn with<O>(&self, work: impl FnOnce(&mut Open) -> Result<O>) -> Answer<O> {
        self.reach(|open| {
            let done = work(open);
            if done.is_err() {
                open.desk.spend_proofs();
            }
            done
        })
    }

    fn reach<O>(&self, work: impl FnOnce(&mut Open) -> Result<O>) -> Answer<O> {
        let mut open = self.lock();
        let open = open.as_mut().ok_or_else(|| Refused::from(kaowu_desk::DeskError::from(DeskFault::NoEvent)))?;
        // Somebody withdrawn meanwhile is at work no longer.
        if !open.locked && !open.desk.still_works().map_err(Refused::from)? {
            open.locked = true;
        }
        if open.locked {
            return Err(Refused::from(kaowu_desk::DeskError::from(DeskFault::ScreenLocked)));
        }
        let done = work(open);
        done.map_err(|error| Refused::in_event(&error, open.desk.plan()))
    }

    /// The open event, or none.
    pub(crate) fn peek<O>(&self, work: impl FnOnce(&Open) -> Result<O>) -> Answer<Option<O>> {
        self.lock().as_ref().map(work).transpose().map_err(Refused::from)
    }

    /// Reads.
    pub(crate) fn read<O>(&self, work: impl FnOnce(&Desk) -> Result<O>) -> Answer<O> {
        self.reach(|open| work(&open.desk))
    }

    /// Does something in the name of the operator.
    pub(crate) fn act<O>(&self, work: impl FnOnce(&mut Desk, &Ctx) -> Result<O>) -> Answer<O> {
        self.with(|open| {
            let ctx = open.ctx()?;
            work(&mut open.desk, &ctx)
        })
    }

    /// Long work begins: nobody has asked it to stop yet.
    pub(crate) fn begin(&self) {
        self.stop.store(false, Ordering::Relaxed);
    }

    /// Asks long work to stop.
    pub(crate) fn ask_to_stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Says how far work is; whether it goes on.
    pub(crate) fn tell(&self, to: &Channel<Progress>, what: &Both, done: usize, total: usize) -> ControlFlow<()> {
        tell(&self.stop, to, what.clone(), (done, total))
    }

    /// Long work with the open event: it says through `to` how far `what` is, and is refused whole when asked to stop.
    pub(crate) fn long<O>(&self, to: &Channel<Progress>, what: &Both, work: impl FnOnce(&mut Open) -> Result<O>) -> Answer<O> {
        self.begin();
        self.with(|open| {
            open.desk.watched_by(Some(watch(to.clone(), what.clone(), self.stop.clone())));
            let out = work(open);
            open.desk.watched_by(None);
            out
        })
    }

    /// The same in the name of the operator.
    pub(crate) fn long_act<O>(&self, to: &Channel<Progress>, what: &Both, work: impl FnOnce(&mut Desk, &Ctx) -> Result<O>) -> Answer<O> {
        self.long(to, what, |open| {
            let ctx = open.ctx()?;
            work(&mut open.desk, &ctx)
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use kaowu_desk::NewEvent;

    /// The words of packets stand in the window for whoever issued them, and go when somebody else signs in.
    #[test]
    fn words_of_packets_go_with_whoever_issued_them() {
        let folder = tempfile::tempdir().unwrap();
        let new = NewEvent { plan: kaowu_core::plan::bundled("jiangsu-2020").unwrap(), mode: Mode::Live };
        let desk = Desk::create(&folder.path().join("a.kaowu-db"), &wall_ctx("甲".into()), &new).unwrap();
        let mut open = Open::new(desk);
        let issued = Issued {
            post: "city.written.3201-01".into(),
            site_name: "南京".into(),
            path: PathBuf::new(),
            words: "one two three four five six".into(),
            people: 1,
            check_code: "0000-0000".into(),
        };
        for (who, left) in [("甲", 0), ("甲", 1), ("证书打印", 0)] {
            open.is_now(who.into());
            assert_eq!((open.issued.len(), open.slips_saved.len()), (left, left), "{who}");
            open.issued = vec![issued.clone()];
            open.slips_saved = BTreeSet::from([issued.post.clone()]);
        }
    }
}
