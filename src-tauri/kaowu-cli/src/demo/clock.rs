//! The clock of the play: it goes forward by itself and is set to the hours of the event.

use chrono::{DateTime, Duration, FixedOffset, TimeZone};
use kaowu_desk::Ctx;

/// A clock.
#[derive(Clone)]
pub(super) struct Clock {
    now: DateTime<FixedOffset>,
    mono: u64,
    boot: String,
}

impl Clock {
    /// The first of June 2020, in the morning.
    pub(super) fn new() -> Self {
        let zone = FixedOffset::east_opt(8 * 3600);
        let start = zone.and_then(|z| z.with_ymd_and_hms(2020, 6, 1, 9, 0, 0).single());
        Self { now: start.unwrap_or_default(), mono: 0, boot: "demo".to_owned() }
    }

    /// A laptop's own clock, from this one.
    pub(super) fn of(&self, laptop: &str) -> Self {
        Self { boot: laptop.to_owned(), mono: 0, ..self.clone() }
    }

    /// Sets the clock to a moment, never back.
    pub(super) fn at(&mut self, moment: DateTime<FixedOffset>) -> &mut Self {
        if moment > self.now {
            self.mono += u64::try_from((moment - self.now).num_milliseconds()).unwrap_or(0);
            self.now = moment;
        }
        self
    }

    /// Somebody acts, a second after the last.
    pub(super) fn ctx(&mut self, operator: &str) -> Ctx {
        self.now += Duration::seconds(1);
        self.mono += 1000;
        Ctx { now: self.now, mono: self.mono, boot: self.boot.clone(), operator: operator.into() }
    }
}
