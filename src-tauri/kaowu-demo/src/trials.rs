//! The days at the sites, and what headquarters makes of them.

use crate::clock::Clock;
use crate::folders::Folders;
use crate::hand::Step;
use crate::headquarters::{Headquarters, city, interview, issue, nanjing, province, written};
use crate::venue::{Day, Venue};
use chrono::Duration;
use kaowu_core::identity::SiteCode;
use kaowu_desk::{DeskFault, Issued, Result};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

impl Headquarters<'_, '_> {
    /// Thirteen venues on thirteen laptops, two at a time; their handovers merged in another order, and once more.
    pub(crate) fn city_trial(&mut self) -> Result<()> {
        let (city, written) = (city(), written());
        let sites: Vec<SiteCode> = self.desk.view().sites(&city, &written)?.into_iter().map(|(site, _)| site).collect();
        let issued = self.issue(Step::Packets, (&city, &written), &sites)?;
        let mut days = self.city_days(&issued)?;
        days.reverse();
        self.clock.at(self.desk.view().part(&city, &written)?.start + Duration::hours(30));
        self.merge(&days)?;
        self.rule_incidents()
    }

    fn city_days(&mut self, issued: &[Issued]) -> Result<Vec<Day>> {
        let Self { clock, folders, hand, .. } = self;
        let venues: Vec<Venue<'_>> = issued.iter().enumerate().map(|(n, issued)| city_venue(folders, clock, issued, n == 0)).collect();
        let stop = AtomicBool::new(false);
        hand.step(Step::Venues, |pulse| {
            let half = venues.len().div_ceil(2);
            let days: Vec<Day> = std::thread::scope(|scope| {
                let (tell, done) = mpsc::channel();
                let teams: Vec<_> = venues
                    .chunks(half.max(1))
                    .map(|team| {
                        let (tell, stop) = (tell.clone(), &stop);
                        scope.spawn(move || team.iter().map(|venue| one_day(venue, stop, &tell)).collect::<Result<Vec<_>>>())
                    })
                    .collect();
                drop(tell);
                let heard = (1..).zip(done.iter()).try_for_each(|(n, ())| pulse.at(n, venues.len()));
                stop.store(heard.is_err(), Ordering::Relaxed);
                let days = teams.into_iter().map(|t| t.join().unwrap_or_else(|_| Err(DeskFault::NoEvent.into())));
                let days = days.collect::<Result<Vec<_>>>();
                heard.and(days)
            })?
            .into_iter()
            .flatten()
            .collect();
            let sum = |f: fn(&Day) -> usize| days.iter().map(f).sum::<usize>();
            let note = format!(
                "{} 个考场，验证入场 {}，拒绝 {}，缺考 {}，成绩 {} 条，两遍不符并裁定 {} 条",
                sum(|d| d.rooms),
                sum(|d| d.admitted),
                sum(|d| d.refused),
                sum(|d| d.absent),
                days.iter().map(|d| d.marks).sum::<u32>(),
                sum(|d| d.decided)
            );
            Ok((days, note))
        })
    }

    /// Both parts of the provincial trial, at one venue.
    pub(crate) fn province_trial(&mut self) -> Result<()> {
        let province = province();
        let marks = self.folders.data.join("marks");
        for (part, file, step) in
            [(written(), "province-written.xlsx", Step::ProvinceWritten), (interview(), "interview.xlsx", Step::ProvinceInterview)]
        {
            let issued = issue(&mut self.desk, &mut self.clock, self.folders, (&province, &part), &[nanjing()], &mut |_| Ok(()))?;
            let venue = Venue {
                issued: &issued[0],
                folder: &self.folders.sites,
                stick: &self.folders.home_stick,
                first: marks.join(file),
                second: marks.join(file),
                clock: self.clock.clone(),
                incident: false,
            };
            let day = self.hand.step(step, |_| {
                let day = if part == written() { venue.written()? } else { venue.interview()? };
                let note = format!("到场 {}，缺考 {}，成绩 {} 条", day.admitted, day.absent, day.marks);
                Ok((day, note))
            })?;
            self.merge(&[day])?;
        }
        self.clock.at(self.desk.view().part(&province, &interview())?.start + Duration::hours(10));
        Ok(())
    }

    /// Compares what came out in the end.
    pub(crate) fn compare_results(&mut self) -> Result<()> {
        let Self { desk, hand, .. } = self;
        for (standing, list) in [("people", "composite.csv"), ("county", "county-teams.csv"), ("city", "cities.csv")] {
            hand.compare(list, &desk.standing_table(&standing.into())?.csv())?;
        }
        hand.compare("awards.csv", &desk.award_table()?.csv())?;
        hand.compare("regional.csv", &desk.delegation_table()?.csv())
    }
}

/// The venue of a packet of the city trial.
pub(crate) fn city_venue<'v>(folders: &'v Folders, clock: &Clock, issued: &'v Issued, incident: bool) -> Venue<'v> {
    let marks = folders.data.join("marks");
    Venue {
        issued,
        folder: &folders.sites,
        stick: &folders.home_stick,
        first: marks.join("city-written.xlsx"),
        second: marks.join("city-written-second.xlsx"),
        clock: clock.clone(),
        incident,
    }
}

/// A venue's day, unless somebody has stopped the work.
fn one_day(venue: &Venue<'_>, stop: &AtomicBool, tell: &mpsc::Sender<()>) -> Result<Day> {
    if stop.load(Ordering::Relaxed) {
        return Err(DeskFault::DemoStopped.into());
    }
    let day = venue.written()?;
    // Nobody listens any more once the work is stopped.
    let _closed = tell.send(());
    Ok(day)
}
