//! The proof of a draw: what it was made from, for anyone to draw again, and the proof sheet.

use crate::error::{DeskFault, Result};
use crate::papers::write_file;
use crate::{Ctx, Desk, View};
use kaowu_core::facts::{DrawFact, RoomDrawFact};
use kaowu_core::identity::{CandidateNumber, RoomNumber, SiteCode, StageId, UnitCode};
use kaowu_core::seating::{self, Apart, DrawInputs, Neighbours, SeatFault, check};
use kaowu_papers::{DrawProof, ProofRoom};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// A draw as it is published: no ID numbers, no names; people go by their positions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// The event's title.
    pub event: String,
    /// The stage.
    pub stage: String,
    /// The seed as it was announced; the seeds of groups begin with it.
    pub seed: String,
    /// How it was chosen.
    pub how: String,
    /// Hash of the seats.
    pub public_hash: String,
    /// What the draw was made from.
    pub inputs: DrawInputs,
    /// Everybody's seat in the order of the inputs: site, room, seat, candidate number.
    pub seats: Vec<(SiteCode, RoomNumber, u16, CandidateNumber)>,
    /// Every room in which somebody sits: people, pairs, least possible, whether diagonals count.
    pub rooms: Vec<PublishedRoom>,
}

/// A room's result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedRoom {
    /// Site.
    pub site: SiteCode,
    /// Room.
    pub room: RoomNumber,
    /// People.
    pub people: u32,
    /// Neighbouring pairs of one unit.
    pub pairs: u32,
    /// Least possible.
    pub bound: u32,
    /// Whether diagonals count.
    pub diagonals: bool,
}

impl PublishedRoom {
    /// From what the draw says of a room.
    pub fn of(r: &seating::RoomResult) -> Self {
        let diagonals = r.neighbours == Neighbours::Eight;
        Self { site: r.site.clone(), room: r.room.clone(), people: r.people, pairs: r.pairs, bound: r.bound, diagonals }
    }
}

fn rooms_of(drawn: &seating::Drawn) -> Vec<PublishedRoom> {
    drawn.rooms.iter().filter(|r| r.people > 0).map(PublishedRoom::of).collect()
}

/// What no plan for the people of a draw is below, however they are dealt over the rooms.
fn overall(inputs: &DrawInputs) -> Result<u32> {
    let mut sum: u32 = 0;
    for group in &inputs.groups {
        let mut units: BTreeMap<Option<&UnitCode>, usize> = BTreeMap::new();
        for of in group.people.iter().filter_map(|n| usize::try_from(*n).ok()) {
            *units.entry(group.units.get(of).and_then(|units| units.first())).or_default() += 1;
        }
        sum = sum.saturating_add(seating::least_overall(units.into_values(), &group.shapes()?, inputs.apart.binding()));
    }
    Ok(sum)
}

impl Published {
    /// Draws again from what was published: nothing if the seats, the figures of the rooms and the hash are the same.
    pub fn replay(&self) -> Result<Option<SeatFault>> {
        let drawn = self.inputs.draw()?;
        let differs = drawn.seats.iter().zip(&self.seats).position(|(a, b)| (&a.0, &a.1, a.2) != (&b.0, &b.1, b.2));
        let person = match differs {
            Some(at) => at + 1,
            None if drawn.seats.len() != self.seats.len() => drawn.seats.len().min(self.seats.len()) + 1,
            None if seating::public_hash(&drawn.seats) != self.public_hash || rooms_of(&drawn) != self.rooms => 0,
            None => return Ok(None),
        };
        Ok(Some(SeatFault::ReplayDiffers { person }))
    }

    /// Reads a published draw.
    pub fn read(file: &Path) -> Result<Self> {
        let bytes = std::fs::read(file).map_err(|e| DeskFault::unreadable(file, &e))?;
        let read = serde_json::from_slice(&bytes);
        Ok(read.map_err(|e| DeskFault::FileUnreadable { file: file.display().to_string(), detail: e.to_string() })?)
    }
}

impl Desk {
    /// The draw of a stage as it is published; written to a file where one is named.
    pub fn publish_draw(&self, stage: &StageId, out: Option<&Path>) -> Result<Published> {
        let view = self.view();
        let draw = view.draw(stage)?.ok_or_else(|| DeskFault::NotDrawn { stage: stage.clone() })?;
        let inputs = view.one::<DrawInputs>(stage)?.ok_or_else(|| DeskFault::InputsMissing { stage: stage.clone() })?.value;
        let drawn = inputs.draw()?;
        let mut seats = Vec::with_capacity(drawn.seats.len());
        for (site, room, seat) in &drawn.seats {
            seats.push((site.clone(), room.clone(), *seat, self.plan().candidate_number(stage, site, room, *seat)?));
        }
        let published = Published {
            event: view.event()?.title,
            stage: view.stage(stage)?.name.clone(),
            seed: draw.seed,
            how: draw.how,
            public_hash: draw.public_hash,
            rooms: rooms_of(&drawn),
            inputs,
            seats,
        };
        if let Some(fault) = published.replay()? {
            return Err(fault.into());
        }
        if let Some(path) = out {
            let bytes = serde_json::to_vec(&published)
                .map_err(|e| DeskFault::FileUnwritable { file: path.display().to_string(), detail: e.to_string() })?;
            write_file(path, &bytes)?;
        }
        Ok(published)
    }
}

impl View<'_> {
    /// What the draw came to in each room; draws of earlier versions did not say, there it is counted from the seats.
    pub fn room_draws(&self, stage: &StageId) -> Result<BTreeMap<(SiteCode, RoomNumber), RoomDrawFact>> {
        let kept = self.under::<RoomDrawFact>(&format!("{stage}/"))?;
        let mut out = BTreeMap::new();
        if !self.draw(stage)?.is_some_and(|draw| usize::try_from(draw.rooms) == Ok(kept.len())) {
            let seats = self.seats(stage)?;
            for group in self.groups(self.stage(stage)?, "")? {
                let checked = check(&group.seats(&seats), &group.people, &group.rooms, self.plan().rooms.diagonals);
                out.extend(checked.rooms.into_iter().map(|r| ((r.site.clone(), r.room.clone()), crate::seating::room_draw(&r, "", ""))));
            }
        }
        out.extend(kept.into_iter().map(|((_, site, room), held)| ((site, room), held.value)));
        Ok(out)
    }

    /// The proof sheet of a stage's draw.
    pub(crate) fn proof(&self, ctx: &Ctx, stage: &StageId) -> Result<DrawProof> {
        let draw = self.draw(stage)?.ok_or_else(|| DeskFault::NotDrawn { stage: stage.clone() })?;
        let results = self.room_draws(stage)?;
        let fixed = self.one::<DrawInputs>(stage)?.map(|held| held.value);
        let count = |of: fn(&seating::GroupInputs) -> usize| fixed.as_ref().map_or(0, |inputs| inputs.groups.iter().map(of).sum());
        let overall = fixed.as_ref().map(overall).transpose()?;
        let rooms = self.rooms(stage)?;
        let mut lines = Vec::with_capacity(results.len());
        for ((site, room), result) in &results {
            let fact = rooms.get(&(site.clone(), room.clone()));
            let seats = fact.map(|f| crate::seating::shape(site, room, f)).transpose()?.map_or(0, |s| s.seats().len());
            lines.push(ProofRoom {
                site: fact.map(|f| f.site_name.clone()).unwrap_or_default(),
                room: room.to_string(),
                seats: seats.to_string(),
                people: result.people.to_string(),
                pairs: result.pairs.to_string(),
                bound: result.bound.to_string(),
                diagonals: result.neighbours == Neighbours::Eight,
                reached: result.pairs <= result.bound,
                redrawn: if result.seed.is_empty() {
                    String::new()
                } else {
                    format!("重排，种子 {} {}", result.seed, result.reason).trim().to_owned()
                },
            });
        }
        // Rooms drawn again count as they are now, so that the list adds up to the sum.
        let sum = |of: fn(&RoomDrawFact) -> u32| results.values().map(of).sum();
        let (pairs, bound) = (sum(|r| r.pairs), sum(|r| r.bound));
        let DrawFact { seed, how, people, rooms: used, hash, public_hash, .. } = draw;
        Ok(DrawProof {
            foot: self.foot(ctx, &self.stage(stage)?.name, "", "")?,
            seed,
            how,
            people,
            rooms_used: used,
            pairs,
            bound,
            overall,
            apart: match self.plan().rooms.diagonals {
                Apart::Four => "前后左右",
                Apart::Eight => "前后左右及斜向",
                Apart::EightWherePossible => "前后左右；能做到的考场含斜向",
            }
            .to_owned(),
            pinned: count(|g| g.pins.len()),
            needs: count(|g| g.needs.len()),
            moved: self.moved(stage)?,
            hash,
            public_hash,
            rooms: lines,
        })
    }
}
