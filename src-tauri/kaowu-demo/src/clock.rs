//! The clock of the play: it goes forward by itself and is set to the hours of the event.

use chrono::{DateTime, Duration, FixedOffset, TimeZone};
use kaowu_desk::Ctx;

/// A clock.
#[derive(Clone)]
pub(crate) struct Clock {
    now: DateTime<FixedOffset>,
    mono: u64,
    boot: String,
}

impl Clock {
    /// The first of June 2020, in the morning.
    pub(crate) fn new() -> Self {
        Self { now: moment(6, 1, 9).unwrap_or_default(), mono: 0, boot: "demo".to_owned() }
    }

    /// Sets the clock to an hour of 2020 in China, never back.
    pub(crate) fn on(&mut self, month: u32, day: u32, hour: u32) -> &mut Self {
        if let Some(moment) = moment(month, day, hour) {
            self.at(moment);
        }
        self
    }

    /// What it shows.
    pub(crate) fn now(&self) -> DateTime<FixedOffset> {
        self.now
    }

    /// A laptop's own clock, from this one.
    pub(crate) fn of(&self, laptop: &str) -> Self {
        Self { boot: laptop.to_owned(), mono: 0, ..self.clone() }
    }

    /// Sets the clock to a moment, never back.
    pub(crate) fn at(&mut self, moment: DateTime<FixedOffset>) -> &mut Self {
        if moment > self.now {
            self.mono += u64::try_from((moment - self.now).num_milliseconds()).unwrap_or(0);
            self.now = moment;
        }
        self
    }

    /// Somebody acts, a second after the last.
    pub(crate) fn ctx(&mut self, operator: &str) -> Ctx {
        self.now += Duration::seconds(1);
        self.mono += 1000;
        Ctx { now: self.now, mono: self.mono, boot: self.boot.clone(), operator: operator.into() }
    }
}

fn moment(month: u32, day: u32, hour: u32) -> Option<DateTime<FixedOffset>> {
    FixedOffset::east_opt(8 * 3600)?.with_ymd_and_hms(2020, month, day, hour, 0, 0).single()
}
