//! Clocks that were set back, for the overview and the door: there times decide who is late.

use crate::error::Result;
use crate::journal::PATIENCE;
use crate::{Ctx, Desk, View};
use kaowu_core::journal::Mode;
use serde::Serialize;
use specta::Type;

/// A clock that was set back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ClockNotice {
    /// The first eight of the device's name.
    pub device: String,
    /// Its site by name; `hq` at headquarters.
    pub site: String,
    /// Whether it is this machine.
    pub own: bool,
    /// The first entry under the clock that was set back; none while nothing has been written under it.
    pub seq: Option<u32>,
    /// The latest time before it.
    pub before: String,
    /// The time it then showed.
    pub after: String,
    /// Whether either is today.
    pub today: bool,
}

impl Desk {
    /// Where clocks were set back, this machine's first, then the latest of each device. In a drill the clock is set at will.
    pub fn clock_notices(&self, ctx: &Ctx) -> Result<Vec<ClockNotice>> {
        let view = self.view();
        if view.event()?.mode == Mode::Drill || self.is_archive() || self.is_closed() {
            return Ok(vec![]);
        }
        let own = self.ledger.device();
        let clock = |t: &str| self.plan.clock(t);
        let day = self.plan.here(ctx.now).format("%Y-%m-%d").to_string();
        let today = |times: [&str; 2]| times.iter().any(|t| clock(t).starts_with(&day));
        let mut out = Vec::new();
        if let Some(last) = self.last_if_behind(ctx)? {
            let now = ctx.now.to_rfc3339();
            let (device, site) = (super::journal::short(own), site_name(&view, self.ledger.site())?);
            out.push(ClockNotice { device, site, own: true, seq: None, today: true, before: clock(&last), after: clock(&now) });
        }
        let mut watch = self.clocks.borrow_mut();
        let mut fell = view.reader().clocks_set_back(PATIENCE, &mut watch)?.to_vec();
        fell.sort_by_key(|f| (f.device != *own, f.device.clone(), std::cmp::Reverse(f.seq)));
        fell.dedup_by(|later, first| later.device == first.device);
        for f in &fell {
            out.push(ClockNotice {
                device: super::journal::short(&f.device),
                site: site_name(&view, &f.site)?,
                own: f.device == *own,
                seq: Some(u32::try_from(f.seq).unwrap_or(u32::MAX)),
                today: today([&f.before, &f.at]),
                before: clock(&f.before),
                after: clock(&f.at),
            });
        }
        Ok(out)
    }
}

/// The name of the site a device works for: its post names stage, part and site.
fn site_name(view: &View<'_>, post: &str) -> Result<String> {
    let [stage, part, site] = post.splitn(3, '.').collect::<Vec<_>>()[..] else { return Ok(post.to_owned()) };
    if view.stage(&stage.into()).is_err() {
        return Ok(post.to_owned());
    }
    let name = view.sites(&stage.into(), &part.into())?.into_iter().find(|(code, _)| code.as_str() == site);
    Ok(name.map_or_else(|| post.to_owned(), |(_, name)| name))
}
