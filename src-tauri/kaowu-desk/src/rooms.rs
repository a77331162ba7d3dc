//! Rooms from a workbook (RULES.md §5).

use crate::error::{DeskFault, Result};
use crate::kept::Kept;
use crate::{Ctx, Desk, View};
use kaowu_core::facts::{RoomFact, Topic, state, take_back};
use kaowu_core::identity::{RoomNumber, SiteCode, StageId};
use kaowu_core::seating::RoomShape;
use kaowu_ledger::{Draft, Step};
use kaowu_sheets::tables::read_rooms;
use serde::Serialize;
use serde_json::{Map, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What an import of rooms did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RoomImport {
    /// Rooms of each stage.
    pub rooms: BTreeMap<StageId, u32>,
    /// Seats of each stage.
    pub seats: BTreeMap<StageId, u32>,
    /// Rooms that stood there already, the same.
    pub unchanged: u32,
}

impl Desk {
    /// Imports all rooms of the stages a workbook names; they replace the rooms those stages had.
    pub fn import_rooms(&mut self, ctx: &Ctx, file: &Path) -> Result<RoomImport> {
        self.hq_only(ctx, "rooms.imported")?;
        self.view().reader().tell(Step::Reading, 0, 0)?;
        let (source, rows) = read_rooms(file)?;
        self.record(ctx, |view| {
            let mut sites: BTreeMap<(StageId, String), Vec<String>> = BTreeMap::new();
            let mut wanted: BTreeMap<(StageId, SiteCode, RoomNumber), RoomFact> = BTreeMap::new();
            let mut out = RoomImport { rooms: BTreeMap::new(), seats: BTreeMap::new(), unchanged: 0 };
            let total = rows.len();
            for (done, row) in rows.into_iter().enumerate() {
                view.reader().tell_often(Step::Checking, done, total)?;
                let stage = view.stage_named(&row.stage)?;
                // A site's number is its place among the sites of its city, in the order of the list.
                let names = sites.entry((stage.clone(), row.city_code.clone())).or_default();
                let number = match names.iter().position(|n| *n == row.site) {
                    Some(at) => at + 1,
                    None => {
                        names.push(row.site.clone());
                        names.len()
                    }
                };
                let site = SiteCode(format!("{}-{number:02}", row.city_code));
                let shape =
                    RoomShape::read(&site, &row.room, &row.columns, &row.corner, &row.numbering, &row.unusable)?.with_door(&row.door)?;
                *out.rooms.entry(stage.clone()).or_default() += 1;
                *out.seats.entry(stage.clone()).or_default() += u32::try_from(shape.seats().len()).unwrap_or(u32::MAX);
                let key = (stage, site, row.room.clone());
                if wanted.insert(key, shape.to_fact(&row.site)).is_some() {
                    return Err(DeskFault::RoomTwice { row: row.row, room: row.room }.into());
                }
            }
            let stages: BTreeSet<StageId> = wanted.keys().map(|(stage, _, _)| stage.clone()).collect();
            let (mut facts, mut replaced) = (Vec::new(), Vec::new());
            for stage in &stages {
                if view.draw(stage)?.is_some() {
                    return Err(DeskFault::AlreadyDrawn { stage: stage.clone() }.into());
                }
                for (key, held) in view.under::<RoomFact>(&format!("{stage}/"))? {
                    match wanted.get(&key) {
                        Some(fact) if *fact == held.value => {
                            out.unchanged += 1;
                            wanted.remove(&key);
                            continue;
                        }
                        Some(_) => {}
                        None => facts.push(take_back::<RoomFact>(&key)),
                    }
                    replaced.push(held.entry);
                }
            }
            facts.extend(wanted.iter().map(|(key, fact)| state(key, fact)));
            let about = Map::from_iter([("file".to_owned(), json!(source)), ("rooms".to_owned(), json!(facts.len()))]);
            Ok((Draft::new("rooms.imported").about(about).facts(facts).replacing(replaced), out))
        })
    }
}

impl View<'_> {
    /// The stage a list of rooms means, by id or name.
    fn stage_named(&self, text: &str) -> Result<StageId> {
        let found = self.plan().stages.iter().find(|s| s.id.as_str() == text || s.name == text);
        match found {
            Some(stage) => Ok(stage.id.clone()),
            None => Ok(self.stage(&text.into())?.id.clone()),
        }
    }

    /// Rooms of a stage, by site and room number.
    pub fn rooms(&self, stage: &StageId) -> Result<Kept<(SiteCode, RoomNumber), RoomFact>> {
        Kept::of(self.reader(), &format!("rooms/{stage}"), &[RoomFact::NAME], || {
            let rooms = self.under::<RoomFact>(&format!("{stage}/"))?;
            Ok(rooms.into_iter().map(|((_, site, room), held)| ((site, room), held.value)).collect())
        })
    }
}
