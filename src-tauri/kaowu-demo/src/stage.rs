//! The event made up to a moment at which somebody learns the program.

use crate::folders::{FILES, Folders, whole_or_nothing};
use crate::hand::{Hand, Progress, Step};
use crate::headquarters::{Headquarters, city, nanjing, written};
use crate::trials::city_venue;
use crate::venue::{DOORKEEPER, SECOND_KEYER};
use crate::write_data;
use chrono::{DateTime, FixedOffset};
use kaowu_desk::{DeskFault, Issued, Result};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// A moment of the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DemoStage {
    /// Headquarters with a new event and nothing imported.
    BeforeRoster,
    /// Headquarters with the seats of the city trial drawn.
    Seated,
    /// Nanjing's laptop a quarter of an hour before the paper, half of the first room checked in.
    CheckIn,
    /// Nanjing's laptop in the afternoon: rooms signed, the second pass of marks half keyed.
    Marks,
    /// Headquarters with all handovers merged, the last place of a city held on a tie.
    Tie,
    /// Headquarters with the city trial merged and ruled on; weights and selection come next.
    CityDone,
    /// Headquarters with the awards confirmed.
    Finished,
}

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Staged {
    /// The database to open.
    pub db: PathBuf,
    /// The drill's clock at that moment.
    pub now: DateTime<FixedOffset>,
    /// Who acts next.
    pub operator: String,
    /// The folder with rosters, workbooks of marks, exclusion list and rooms.
    pub files: PathBuf,
}

impl DemoStage {
    /// All moments, in order.
    pub const ALL: [Self; 7] = [Self::BeforeRoster, Self::Seated, Self::CheckIn, Self::Marks, Self::Tie, Self::CityDone, Self::Finished];

    /// The steps that lead to it.
    fn steps(self) -> Vec<Step> {
        let seated = [Step::Rosters, Step::Eligibility, Step::Closing, Step::CitySeats, Step::CityStaff];
        let city = [Step::Packets, Step::Venues, Step::Merge, Step::Receipts, Step::Rulings];
        let province = [Step::Select, Step::ProvinceSeats, Step::ProvinceStaff, Step::ProvinceWritten, Step::Merge, Step::Receipts];
        let end = [Step::ProvinceInterview, Step::Merge, Step::Receipts, Step::Awards, Step::Later, Step::Practice];
        let then: &[&[Step]] = match self {
            Self::BeforeRoster => &[],
            Self::Seated => &[&seated],
            Self::CheckIn => &[&seated, &[Step::Packet, Step::Doors]],
            Self::Marks => &[&seated, &[Step::Packet, Step::Doors, Step::Room, Step::FirstPass, Step::SecondPass]],
            Self::Tie => &[&seated, &city, &[Step::Level]],
            Self::CityDone => &[&seated, &city],
            Self::Finished => &[&seated, &city, &province, &end],
        };
        [Step::Files, Step::Found].into_iter().chain(then.concat()).collect()
    }
}

/// Makes the event up to a moment, in a folder that is empty or not there yet. Stopped or refused, it leaves nothing there.
pub fn stage(folder: &Path, stage: DemoStage, progress: &mut Progress<'_>) -> Result<Staged> {
    whole_or_nothing(folder, || {
        let files = folder.join(FILES);
        let folders = Folders::make(folder, &files)?;
        let told = &mut |_: &str| {};
        let mut hand = Hand::new(progress, told, None, &stage.steps());
        hand.step(Step::Files, |_| Ok((write_data(&files)?, String::new())))?;
        let mut hq = Headquarters::found(&folders, &mut hand)?;
        if stage != DemoStage::BeforeRoster {
            hq.seat_city()?;
            hq.staff_city()?;
        }
        let (db, now, operator) = match stage {
            DemoStage::BeforeRoster => hq.closed("报名组"),
            DemoStage::Seated => hq.closed("考务处"),
            DemoStage::CheckIn => hq.check_in()?,
            DemoStage::Marks => hq.marks()?,
            DemoStage::Tie => {
                hq.city_trial()?;
                hq.level_the_cut()?;
                hq.closed("成绩处处长")
            }
            DemoStage::CityDone => {
                hq.city_trial()?;
                hq.closed("成绩处处长")
            }
            DemoStage::Finished => {
                hq.city_trial()?;
                hq.select()?;
                hq.seat_province()?;
                hq.staff_province()?;
                hq.province_trial()?;
                hq.confirm_awards()?;
                hq.later_stages()?;
                hq.practise()?;
                hq.match_practice()?;
                hq.closed("成绩处")
            }
        };
        Ok(Staged { db, now, operator: operator.to_owned(), files })
    })
}

type Moment = (PathBuf, DateTime<FixedOffset>, &'static str);

impl Headquarters<'_, '_> {
    fn closed(self, next: &'static str) -> Moment {
        (self.desk.path().to_owned(), self.clock.now(), next)
    }

    fn nanjing_packet(&mut self) -> Result<Issued> {
        let issued = self.issue(Step::Packet, (&city(), &written()), &[nanjing()])?;
        Ok(issued.into_iter().next().ok_or(DeskFault::OnlySite)?)
    }

    fn check_in(mut self) -> Result<Moment> {
        let issued = self.nanjing_packet()?;
        let venue = city_venue(self.folders, &self.clock, &issued, true);
        let laptop = self.hand.step(Step::Doors, |_| {
            let mut laptop = venue.at_the_doors()?;
            laptop.let_half_a_room_in()?;
            Ok((laptop, String::new()))
        })?;
        Ok((laptop.db, laptop.clock.now(), DOORKEEPER))
    }

    fn marks(mut self) -> Result<Moment> {
        let issued = self.nanjing_packet()?;
        let venue = city_venue(self.folders, &self.clock, &issued, true);
        let mut laptop = self.hand.step(Step::Doors, |pulse| {
            let mut laptop = venue.at_the_doors()?;
            laptop.let_everybody_in(&mut |n, all| pulse.at(n, all))?;
            Ok((laptop, String::new()))
        })?;
        self.hand.step(Step::Room, |_| Ok((laptop.close_rooms(venue.incident)?, String::new())))?;
        self.hand.step(Step::FirstPass, |_| Ok((laptop.first_pass(&venue.first)?, String::new())))?;
        self.hand.step(Step::SecondPass, |pulse| {
            laptop.half_second_pass(&venue.first, &mut |n, all| pulse.at(n, all))?;
            Ok(((), String::new()))
        })?;
        Ok((laptop.db, laptop.clock.now(), SECOND_KEYER))
    }
}
