//! What a person needs of a seat, and which seats give it.
//!
//! Someone who needs a room of their own is given, before anything is dealt, the smallest room in which nobody is pinned
//! (the last among equals). Whoever needs the front row or the door is dealt before the others, to rooms that still have
//! such a seat for them.

use super::geometry::{Corner, Place, RoomShape};
use serde::{Deserialize, Serialize};

/// A need that headquarters has granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// A seat in the front row.
    FrontRow,
    /// A seat near the door: in the two columns and the two rows of its corner.
    NearDoor,
    /// A room of one's own.
    OwnRoom,
}

impl Need {
    /// Whether a place of a room gives it. A room of one's own is nothing a place can give.
    pub fn fits(self, room: &RoomShape, place: Place) -> bool {
        match self {
            Self::FrontRow => place.row == 0,
            Self::NearDoor => room.door.is_some_and(|door| near(room, door, place)),
            Self::OwnRoom => true,
        }
    }
}

fn near(room: &RoomShape, door: Corner, place: Place) -> bool {
    let columns = u8::try_from(room.columns.len()).unwrap_or(u8::MAX);
    let rows = room.columns.get(usize::from(place.column)).copied().unwrap_or(0);
    let across = if matches!(door, Corner::FrontLeft | Corner::BackLeft) { place.column } else { columns - 1 - place.column };
    let along = if matches!(door, Corner::FrontLeft | Corner::FrontRight) { place.row } else { rows.saturating_sub(1 + place.row) };
    across < 2 && along < 2
}

/// A seat for each of these people, by the places that fit them: person after person takes the first free place, or one
/// whose holder can take another. None if there are not enough.
pub(super) fn seats_for(fitting: &[Vec<usize>], places: usize) -> Option<Vec<usize>> {
    let mut holder: Vec<Option<usize>> = vec![None; places];
    for person in 0..fitting.len() {
        if !give(person, fitting, &mut holder, &mut vec![false; places]) {
            return None;
        }
    }
    let mut out = vec![0; fitting.len()];
    for (place, who) in holder.iter().enumerate() {
        if let Some(who) = who {
            out[*who] = place;
        }
    }
    Some(out)
}

fn give(person: usize, fitting: &[Vec<usize>], holder: &mut [Option<usize>], seen: &mut [bool]) -> bool {
    for &place in &fitting[person] {
        if std::mem::replace(&mut seen[place], true) {
            continue;
        }
        if holder[place].is_none_or(|other| give(other, fitting, holder, seen)) {
            holder[place] = Some(person);
            return true;
        }
    }
    false
}
