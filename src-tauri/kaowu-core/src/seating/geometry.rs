//! Rooms as column vectors.
//!
//! Columns stand left to right as the invigilator at the front sees them; rows count from the front. Columns of
//! different length begin at the front. Seat numbers run over usable places only.

use super::SeatingError;
use crate::facts::RoomFact;
use crate::identity::{RoomNumber, SiteCode};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Where seat 1 is, as the invigilator sees the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Corner {
    /// 左前.
    FrontLeft,
    /// 右前.
    FrontRight,
    /// 左后.
    BackLeft,
    /// 右后.
    BackRight,
}

/// How numbers run from column to column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Numbering {
    /// S-shaped 蛇形.
    Serpentine,
    /// Each column in the same direction.
    Straight,
}

/// Who counts as a neighbour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Neighbours {
    /// Left, right, front, back.
    Four,
    /// Diagonals too.
    Eight,
}

/// Who is to be kept apart, as a plan says it (`diagonals = false`, `true` or `"where-possible"`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Apart {
    /// Left, right, front, back.
    Four,
    /// Diagonals too.
    Eight,
    /// Diagonals too in rooms where nobody then sits beside their own; left, right, front, back in the others.
    EightWherePossible,
}

impl From<Neighbours> for Apart {
    fn from(neighbours: Neighbours) -> Self {
        match neighbours {
            Neighbours::Four => Self::Four,
            Neighbours::Eight => Self::Eight,
        }
    }
}

impl Apart {
    /// Whose pairs a plan of seats is held to.
    pub fn binding(self) -> Neighbours {
        match self {
            Self::Four | Self::EightWherePossible => Neighbours::Four,
            Self::Eight => Neighbours::Eight,
        }
    }
}

/// A seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// Seat number from 1.
    pub number: u16,
    /// Column from 0, left to right.
    pub column: u8,
    /// Row from 0, front to back.
    pub row: u8,
}

/// A room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomShape {
    /// Site.
    pub site: SiteCode,
    /// Room.
    pub room: RoomNumber,
    /// Places of each column.
    pub columns: Vec<u8>,
    /// Where seat 1 is.
    pub corner: Corner,
    /// How numbers run.
    pub numbering: Numbering,
    /// Unusable places: column and row from 0.
    pub unusable: BTreeSet<(u8, u8)>,
    /// The corner at which the door is, where it was said.
    pub door: Option<Corner>,
}

fn read_corner(room: &RoomNumber, text: &str) -> Result<Corner, SeatingError> {
    match text.trim() {
        "左前" | "前左" | "front-left" => Ok(Corner::FrontLeft),
        "右前" | "前右" | "front-right" => Ok(Corner::FrontRight),
        "左后" | "后左" | "back-left" => Ok(Corner::BackLeft),
        "右后" | "后右" | "back-right" => Ok(Corner::BackRight),
        text => Err(SeatingError::CornerUnreadable { room: room.clone(), text: text.to_owned() }),
    }
}

impl RoomShape {
    /// Reads a room as lists of rooms write it: `7-8-8-7`, `左前`, `S`, unusable `2-3 4-1` (column-row from 1).
    pub fn read(
        site: &SiteCode,
        room: &RoomNumber,
        columns: &str,
        corner: &str,
        numbering: &str,
        unusable: &str,
    ) -> Result<Self, SeatingError> {
        let wrong = || SeatingError::ColumnsUnreadable { room: room.clone(), text: columns.to_owned() };
        let vector: Vec<u8> = columns
            .split(['-', '—', '－', ',', '，', '、'])
            .map(|c| c.trim().parse().ok().filter(|n| (1..=50).contains(n)))
            .collect::<Option<_>>()
            .ok_or_else(wrong)?;
        if vector.len() > 50 {
            return Err(wrong());
        }
        let corner = if corner.trim().is_empty() { Corner::FrontLeft } else { read_corner(room, corner)? };
        let numbering = match numbering.trim() {
            "" | "S" | "s" | "蛇形" | "S形" | "serpentine" => Numbering::Serpentine,
            "直排" | "直" | "顺排" | "straight" => Numbering::Straight,
            text => return Err(SeatingError::NumberingUnreadable { room: room.clone(), text: text.to_owned() }),
        };
        let (site, unusable_places) = (site.clone(), BTreeSet::new());
        let mut out = Self { site, room: room.clone(), columns: vector, corner, numbering, unusable: unusable_places, door: None };
        for text in unusable.split([' ', ',', '，', '、', ';', '；']).filter(|t| !t.is_empty()) {
            let place = text
                .split_once('-')
                .and_then(|(c, r)| Some((c.parse::<u8>().ok()?.checked_sub(1)?, r.parse::<u8>().ok()?.checked_sub(1)?)));
            match place {
                Some((column, row)) if out.columns.get(usize::from(column)).is_some_and(|n| row < *n) => {
                    out.unusable.insert((column, row));
                }
                _ => return Err(SeatingError::PlaceUnknown { room: room.clone(), text: text.to_owned() }),
            }
        }
        Ok(out)
    }

    /// From its stored form.
    pub fn from_fact(site: &SiteCode, room: &RoomNumber, fact: &RoomFact) -> Result<Self, SeatingError> {
        let columns = fact.columns.iter().map(ToString::to_string).collect::<Vec<_>>().join("-");
        Self::read(site, room, &columns, &fact.corner, &fact.numbering, &fact.unusable.join(" "))?.with_door(&fact.door)
    }

    /// With its door at a corner, written as the start corner is; nothing said leaves it unknown.
    pub fn with_door(self, text: &str) -> Result<Self, SeatingError> {
        let door = if text.trim().is_empty() { None } else { Some(read_corner(&self.room, text)?) };
        Ok(Self { door, ..self })
    }

    /// Its stored form.
    pub fn to_fact(&self, site_name: &str) -> RoomFact {
        RoomFact {
            site_name: site_name.to_owned(),
            columns: self.columns.clone(),
            corner: word(&self.corner),
            numbering: word(&self.numbering),
            unusable: self.unusable.iter().map(|(c, r)| format!("{}-{}", c + 1, r + 1)).collect(),
            door: self.door.as_ref().map(word).unwrap_or_default(),
        }
    }

    /// The usable seats in order of their numbers.
    pub fn seats(&self) -> Vec<Place> {
        let from_left = matches!(self.corner, Corner::FrontLeft | Corner::BackLeft);
        let from_front = matches!(self.corner, Corner::FrontLeft | Corner::FrontRight);
        let count = u8::try_from(self.columns.len()).unwrap_or(u8::MAX);
        let mut out = Vec::new();
        for step in 0..count {
            let column = if from_left { step } else { count - 1 - step };
            let length = self.columns[usize::from(column)];
            let turned = self.numbering == Numbering::Serpentine && step % 2 == 1;
            for at in 0..length {
                let row = if from_front != turned { at } else { length - 1 - at };
                if !self.unusable.contains(&(column, row)) {
                    out.push(Place { number: u16::try_from(out.len() + 1).unwrap_or(u16::MAX), column, row });
                }
            }
        }
        out
    }
}

fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Whether two places are neighbours.
pub fn touch(p: Place, q: Place, neighbours: Neighbours) -> bool {
    let (across, along) = (p.column.abs_diff(q.column), p.row.abs_diff(q.row));
    match neighbours {
        Neighbours::Four => across + along == 1,
        Neighbours::Eight => across.max(along) == 1,
    }
}

/// Neighbouring pairs among places, as indexes, the smaller first.
pub(super) fn edges(places: &[Place], neighbours: Neighbours) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    for (a, p) in places.iter().enumerate() {
        for (b, q) in places.iter().enumerate().skip(a + 1) {
            if touch(*p, *q, neighbours) {
                out.push((a, b));
            }
        }
    }
    out
}
