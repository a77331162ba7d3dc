//! What the window is told of an event.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::of;
use crate::shell::{Open, wall_ctx};
use kaowu_core::journal::Mode;
use kaowu_core::plan::bundled;
use kaowu_desk::{Desk, NewEvent, Pin};

#[test]
fn the_plan_says_when_the_screen_locks() {
    let folder = tempfile::tempdir().unwrap();
    let plan = bundled("civil-service").unwrap();
    let sooner = plan.replacen("event.organiser", "event.lock_after_minutes = 2\nevent.organiser", 1);
    assert_ne!(plan, sooner);
    for (n, (text, minutes)) in [(plan, 5), (&sooner, 2)].into_iter().enumerate() {
        let path = folder.path().join(format!("{n}.kaowu-db"));
        let new = NewEvent { plan: text, mode: Mode::Drill };
        let (desk, _) = Desk::create_protected(&path, &wall_ctx("甲".into()), &new, &Pin::new("805213")).unwrap();
        let session = of(&Open::new(desk)).unwrap();
        assert_eq!((session.idle_minutes, session.protected, session.locked), (minutes, true, false));
    }
}
