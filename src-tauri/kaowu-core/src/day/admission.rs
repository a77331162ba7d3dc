//! Who is let in, and when absence may be fixed.

use super::{Refusal, Times};
use crate::identity::{Operator, RoomNumber, SiteCode};
use chrono::{DateTime, Duration, FixedOffset};

/// Somebody at a door.
#[derive(Debug, Clone)]
pub struct Arrival<'a> {
    /// The door's site.
    pub site: &'a SiteCode,
    /// The door's room.
    pub room: &'a RoomNumber,
    /// Candidate number or ID number as shown.
    pub document: &'a str,
    /// Now.
    pub now: DateTime<FixedOffset>,
}

/// What is known of the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonState {
    /// Name.
    pub name: String,
    /// Why the person may not take part at all.
    pub excluded: Option<String>,
    /// Whether the person is entered for this part.
    pub entered: bool,
    /// Site, room and seat; none when not seated.
    pub seat: Option<(SiteCode, RoomNumber, u16)>,
    /// When and by whom the person was let in already.
    pub admitted: Option<(String, Operator)>,
    /// Whether the person was fixed as absent.
    pub absent: bool,
}

fn at(start: DateTime<FixedOffset>, minutes: i64) -> DateTime<FixedOffset> {
    start + Duration::minutes(minutes)
}

fn clock(time: DateTime<FixedOffset>) -> String {
    time.format("%H:%M").to_string()
}

/// Lets a person in, or says why not. What concerns the person comes before what concerns the clock, so that whoever
/// stands at the wrong door is sent to the right one in time.
pub fn admit(arrival: &Arrival<'_>, person: Option<&PersonState>, start: DateTime<FixedOffset>, times: &Times) -> Result<(), Refusal> {
    let Some(person) = person else { return Err(Refusal::PersonUnknown { document: arrival.document.to_owned() }) };
    let name = || person.name.clone();
    if let Some(why) = &person.excluded {
        return Err(Refusal::Excluded { name: name(), why: why.clone() });
    }
    let Some((site, room, seat)) = person.seat.as_ref().filter(|_| person.entered) else {
        return Err(Refusal::OtherSession { name: name() });
    };
    if site != arrival.site || room != arrival.room {
        return Err(Refusal::OtherRoom { name: name(), site: site.clone(), room: room.clone(), seat: *seat });
    }
    if let Some((at, by)) = &person.admitted {
        return Err(Refusal::AlreadyCheckedIn { name: name(), at: at.clone(), by: by.clone() });
    }
    if person.absent {
        return Err(Refusal::FixedAbsent { name: name() });
    }
    let (opens, closed) = (at(start, times.doors), at(start, times.last_entry));
    if arrival.now < opens {
        return Err(Refusal::TooEarly { opens: clock(opens) });
    }
    if arrival.now > closed {
        return Err(Refusal::TooLate { closed: clock(closed) });
    }
    Ok(())
}

/// Absence is fixed at the last entry, by a person.
pub fn may_fix_absence(start: DateTime<FixedOffset>, times: &Times, now: DateTime<FixedOffset>) -> Result<(), Refusal> {
    let from = at(start, times.last_entry);
    if now < from { Err(Refusal::AbsenceTooEarly { from: clock(from) }) } else { Ok(()) }
}
