//! The overview: where the day stands, what is done, what blocks what.

use super::step::{DayStep, DeskName};
use super::{Both, PanelState};
use crate::error::Result;
use crate::{Desk, DeskError, PostState};
use chrono::{DateTime, FixedOffset};
use kaowu_core::day;
use kaowu_core::facts::{AwardConfirmation, PacketFact, Sheet, Weights};
use kaowu_core::identity::StageId;
use kaowu_core::journal::{Mode, check_code};
use kaowu_core::keys::{self, KeyStep};
use kaowu_core::plan::{Part, Stage};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::BTreeSet;

/// A time of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DayTime {
    /// Which: `doors`, `start`, `last-entry`, `end`.
    pub label: String,
    /// Id of the stage.
    pub stage: String,
    /// Id of the part.
    pub part: String,
    /// When.
    pub at: String,
    /// Whether it has passed.
    pub past: bool,
}

/// Where the day stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Overview {
    /// The clock that counts.
    pub now: String,
    /// The plan's times.
    pub times: Vec<DayTime>,
    /// Steps in their order.
    pub steps: Vec<DayStep>,
    /// Entries in this device's feed.
    pub entries: u32,
    /// Check code of its head.
    pub check_code: String,
}

impl Desk {
    /// Where the day stands at this moment.
    pub fn overview(&self, now: DateTime<FixedOffset>) -> Result<Overview> {
        let view = self.view();
        let steps = if view.brief()?.is_some() { self.site_steps(now)? } else { self.hq_steps(now)? };
        Ok(Overview {
            now: now.to_rfc3339(),
            times: self.day_times(now)?,
            steps,
            entries: u32::try_from(view.reader().next_seq()?.saturating_sub(1)).unwrap_or(u32::MAX),
            check_code: check_code(&view.reader().own_head()?),
        })
    }

    /// The plan's times by a clock; a site's laptop shows its own part's.
    pub(crate) fn day_times(&self, now: DateTime<FixedOffset>) -> Result<Vec<DayTime>> {
        let brief = self.view().brief()?;
        let mine = |stage: &Stage, part: &Part| brief.as_ref().is_none_or(|b| b.stage == stage.id && b.part == part.id);
        let plan = self.plan();
        let mut times = Vec::new();
        for (stage, part) in plan.stages.iter().flat_map(|s| s.parts.iter().map(move |p| (s, p))).filter(|(s, p)| mine(s, p)) {
            let t = &plan.rooms.times;
            let minutes = [("doors", t.doors), ("start", 0), ("last-entry", t.last_entry), ("end", i64::from(part.minutes))];
            let interview = part.panel.is_some();
            for (label, n) in minutes.into_iter().filter(|(label, _)| !interview || *label == "start" || *label == "end") {
                let at = part.start + chrono::Duration::minutes(n);
                let (stage, part) = (stage.id.to_string(), part.id.to_string());
                times.push(DayTime { label: label.to_owned(), stage, part, at: at.to_rfc3339(), past: at <= now });
            }
        }
        times.sort_by(|a, b| a.at.cmp(&b.at));
        Ok(times)
    }

    fn hq_steps(&self, now: DateTime<FixedOffset>) -> Result<Vec<DayStep>> {
        let view = self.view();
        let (mut steps, board): (Vec<DayStep>, _) = (self.key_step()?.into_iter().collect(), self.merge_board()?);
        for (n, stage) in self.plan().stages.iter().enumerate() {
            let selected_from_outside = view.selection_plan(&stage.id).is_some_and(|s| s.by.stage != stage.id);
            let people = view.candidates(&stage.id)?;
            let waits = people.is_empty();
            if n == 0 {
                steps.push(DayStep::new("roster", DeskName::Hq, Some("roster"), None).counted(people.len(), people.len()));
                let open = view.open_suspects(&stage.id)?;
                let found = view.list_matches(&stage.id)?.len();
                steps.push(
                    DayStep::new("eligibility", DeskName::Hq, Some("eligibility"), None)
                        .counted(found - open.len(), found)
                        .attention(!open.is_empty())
                        .naming(open)
                        .unless(waits),
                );
                steps.extend(self.roster_steps(stage, now)?);
            }
            if selected_from_outside {
                steps.extend(self.selection_steps(stage)?);
            }
            // A stage that others hold has neither rooms nor seats here.
            if stage.parts.is_empty() {
                continue;
            }
            let rooms = view.rooms(&stage.id)?.len();
            let drawn = view.draw(&stage.id)?.is_some();
            let (sit, seated) = (view.eligible(&stage.id)?.len(), view.seats(&stage.id)?.len());
            steps.push(DayStep::new("rooms", DeskName::Hq, Some("seating"), Some((stage, None))).counted(rooms, rooms));
            let draw = DayStep::new("draw", DeskName::Hq, Some("seating"), Some((stage, None)));
            steps.push(draw.counted(if drawn { seated.min(sit) } else { 0 }, sit).unless(waits || rooms == 0));
            for part in &stage.parts {
                steps.extend(self.part_steps(stage, part, drawn, &board)?);
            }
            if view.selection_plan(&stage.id).is_some() && !selected_from_outside {
                steps.extend(self.selection_steps(stage)?);
            }
        }
        steps.extend(self.closing_steps()?);
        steps.extend(self.team_steps()?);
        Ok(steps)
    }

    /// The keys of a live event, until they lie where a lost laptop does not take them along.
    fn key_step(&self) -> Result<Option<DayStep>> {
        if self.view().event()?.mode == Mode::Drill || self.is_archive() || self.is_closed() {
            return Ok(None);
        }
        let missing = self.key_places()?.missing();
        let words = |(step, n): (KeyStep, usize)| match (step, n) {
            (KeyStep::SaveRoot, 1) => Both::of("根密钥存第二只 U 盘", "root key on a second stick"),
            (KeyStep::SaveRoot, n) => Both::of(format!("根密钥存 {n} 只 U 盘"), format!("root key on {n} sticks")),
            (KeyStep::SaveEscrow, _) => Both::of("托管密钥存 U 盘", "escrow key on a stick"),
            (KeyStep::TakeOut, _) => Both::of("托管密钥从本机取出", "escrow key out of this laptop"),
        };
        let each =
            [KeyStep::SaveRoot, KeyStep::SaveEscrow, KeyStep::TakeOut].map(|step| (step, missing.iter().filter(|m| **m == step).count()));
        Ok(Some(
            DayStep::new("keys", DeskName::Handover, Some("keys"), None)
                .counted(keys::STEPS - missing.len(), keys::STEPS)
                .attention(!missing.is_empty())
                .naming(each.into_iter().filter(|(_, n)| *n > 0).map(words)),
        ))
    }

    fn part_steps(&self, stage: &Stage, part: &Part, drawn: bool, board: &[crate::PostStatus]) -> Result<Vec<DayStep>> {
        let view = self.view();
        let of = Some((stage, Some(part)));
        let posts = view.sites(&stage.id, &part.id)?;
        let names: std::collections::BTreeMap<String, String> =
            posts.iter().map(|(site, name)| (crate::packet::post_name(&stage.id, &part.id, site), name.clone())).collect();
        let mut issued = Vec::new();
        for (post, held) in view.under::<PacketFact>("")?.into_iter().filter(|(post, _)| names.contains_key(post)) {
            if view.is_confirmed(&held)? {
                issued.push(post);
            }
        }
        let outdated: Vec<String> = view
            .outdated_packets(&stage.id, &part.id)?
            .iter()
            .map(|site| names.get(&crate::packet::post_name(&stage.id, &part.id, site)).cloned().unwrap_or_default())
            .collect();
        let merged: Vec<&crate::PostStatus> = board.iter().filter(|p| names.contains_key(&p.post)).collect();
        let back = merged.iter().filter(|p| is_back(p.state)).count();
        let bad = merged.iter().any(|p| matches!(p.state, PostState::Forked | PostState::Incomplete | PostState::Conflicting));
        let late = |post: &String| names.get(post).cloned().unwrap_or_default();
        let mut steps = vec![
            DayStep::new("packets", DeskName::Hq, Some("packet"), of)
                .counted(issued.len(), posts.len())
                .naming(names.iter().filter(|(post, _)| !issued.contains(post)).map(|(_, name)| name.clone()))
                .again(outdated)
                .unless(!drawn),
            DayStep::new("merge", DeskName::Hq, Some("board"), of)
                .counted(back, issued.len())
                .attention(bad)
                .naming(merged.iter().filter(|p| !is_back(p.state)).map(|p| late(&p.post)))
                .unless(issued.is_empty()),
        ];
        steps.extend(self.mark_steps(stage, part)?);
        Ok(steps)
    }

    fn mark_steps(&self, stage: &Stage, part: &Part) -> Result<Vec<DayStep>> {
        let of = Some((stage, Some(part)));
        if part.panel.is_some() {
            let screen = self.panel_screen(None, &stage.id, &part.id, kaowu_core::facts::Pass(1))?;
            let done =
                screen.rows.iter().filter(|r| matches!(r.state, PanelState::Matched | PanelState::Decided | PanelState::Absent)).count();
            let differ: Vec<String> = screen.rows.iter().filter(|r| r.state == PanelState::Different).map(|r| r.name.clone()).collect();
            let lots = screen.rows.iter().filter(|r| r.order.is_some()).count();
            let without: Vec<String> = screen.rows.iter().filter(|r| lots > 0 && r.order.is_none()).map(|r| r.name.clone()).collect();
            let missing = screen.rows.iter().filter(|r| matches!(r.state, PanelState::Empty | PanelState::OnePass)).map(|r| r.name.clone());
            let none = screen.rows.is_empty();
            return Ok(vec![
                DayStep::new("lots", DeskName::Interview, Some("lots"), of).counted(lots, screen.rows.len()).naming(without).unless(none),
                DayStep::new("sheets", DeskName::Interview, Some("sheets"), of)
                    .counted(done, screen.rows.len())
                    .naming(missing)
                    .unless(none),
                DayStep::new("sheetDifferences", DeskName::Interview, Some("differences"), of)
                    .counted(0, differ.len())
                    .attention(!differ.is_empty())
                    .naming(differ.clone())
                    .done_when(differ.is_empty() && done == screen.rows.len() && !none)
                    .unless(none || (differ.is_empty() && done == 0)),
            ]);
        }
        let (counts, open) = self.mark_progress(&stage.id, &part.id)?;
        let settled = counts.matched + counts.decided;
        let total = settled + counts.missing + counts.one_pass + counts.different + counts.unruled + counts.against_room;
        let differ: Vec<String> = self.mark_differences(&stage.id, &part.id)?.into_iter().map(|d| d.name).collect();
        let size = |n: u32| usize::try_from(n).unwrap_or(0);
        let mut keying = DayStep::new("marks", DeskName::Marks, Some("keying"), of).counted(size(settled), size(total)).naming(open);
        // Of those whose mark is open only the first few were named.
        keying.more = (counts.missing + counts.one_pass).saturating_sub(super::count(keying.who.len()));
        Ok(vec![
            keying.unless(total == 0),
            DayStep::new("differences", DeskName::Marks, Some("differences"), of)
                .counted(0, differ.len())
                .attention(!differ.is_empty())
                .done_when(differ.is_empty() && settled == total && total > 0)
                .unless(differ.is_empty() && settled == 0)
                .naming(differ),
        ])
    }

    fn selection_steps(&self, stage: &Stage) -> Result<Vec<DayStep>> {
        let view = self.view();
        let made = view.selection(&stage.id)?.is_some();
        let mut steps = Vec::new();
        if view.composite_plan(&stage.id).is_ok_and(|plan| plan.needs_confirmation) {
            let confirmed = view.one::<Weights>(&stage.id)?.is_some();
            steps.push(
                DayStep::new("weights", DeskName::Hq, Some("standing"), Some((stage, None)))
                    .view("weights")
                    .counted(usize::from(confirmed), 1),
            );
        }
        let now = if made { Ok(None) } else { view.selection_now(&stage.id).map(Some) };
        let (held, refused) = match now {
            Ok(None) => (vec![], false),
            // Nobody is there yet among whom to choose.
            Ok(Some(now)) if now.people.is_empty() && now.held.is_empty() => (vec![], true),
            Ok(Some(now)) => (now.held.iter().map(|tie| view.question(&tie.question)).collect::<Vec<_>>(), false),
            Err(DeskError::Results(_) | DeskError::Panel(_)) => (vec![], true),
            Err(error) => return Err(error),
        };
        let selection = DayStep::new("selection", DeskName::Hq, Some("standing"), Some((stage, None))).view("selection");
        steps.push(selection.counted(usize::from(made), 1).attention(!held.is_empty()).naming(held).unless(refused));
        Ok(steps)
    }

    fn closing_steps(&self) -> Result<Vec<DayStep>> {
        let view = self.view();
        let unruled: Vec<String> =
            self.incident_rows()?.into_iter().filter(|i| i.upheld.is_none()).map(|i| format!("{} {}", i.name, i.clause)).collect();
        let all = view.incidents()?.len();
        let mut steps = vec![
            DayStep::new("incidents", DeskName::Hq, Some("incidents"), None)
                .counted(all - unruled.len(), all)
                .attention(!unruled.is_empty())
                .done_when(unruled.is_empty())
                .naming(unruled),
        ];
        let lists = &self.plan().standings;
        let ready: Vec<&StageId> = lists.iter().filter(|s| view.standing(&s.id).is_ok()).map(|s| &s.stage).collect();
        steps.push(
            DayStep::new("standings", DeskName::Hq, Some("standing"), None)
                .view("lists")
                .counted(ready.len(), lists.len())
                .unless(ready.is_empty()),
        );
        let ties = self.tie_rows()?;
        steps.push(
            DayStep::new("ties", DeskName::Hq, Some("standing"), None)
                .view("ties")
                .counted(0, ties.len())
                .attention(!ties.is_empty())
                .done_when(ties.is_empty() && !ready.is_empty())
                .naming(ties.into_iter().map(|t| t.question))
                .unless(ready.is_empty()),
        );
        let awards = &self.plan().awards;
        let mut confirmed = 0;
        let mut open = Vec::new();
        for award in awards {
            if view.one::<AwardConfirmation>(&award.id)?.is_some() {
                confirmed += 1;
            } else {
                open.push(Both::from(award));
            }
        }
        steps.push(
            DayStep::new("awards", DeskName::Hq, Some("awards"), None)
                .counted(confirmed, awards.len())
                .naming(open)
                .unless(ready.is_empty() && confirmed == 0),
        );
        let sheets = view.sheet_facts()?.values().filter(|fact| fact.state != Sheet::Again).count();
        let deeds = view.certificate_count()?;
        steps.push(DayStep::new("certificates", DeskName::Certificates, Some("print"), None).counted(sheets, deeds).unless(confirmed == 0));
        Ok(steps)
    }

    fn site_steps(&self, now: DateTime<FixedOffset>) -> Result<Vec<DayStep>> {
        let view = self.view();
        let Some(brief) = view.brief()? else { return Ok(vec![]) };
        let (stage, part) = (view.stage(&brief.stage)?, view.part(&brief.stage, &brief.part)?);
        let of = Some((stage, Some(part)));
        let mut steps = Vec::new();
        if part.panel.is_none() {
            let rooms = self.room_counts(&stage.id, &part.id)?;
            let sum = |f: fn(&super::RoomCount) -> u32| rooms.iter().map(|r| usize::try_from(f(r)).unwrap_or(0)).sum::<usize>();
            let expected = sum(|r| r.expected);
            let here = sum(|r| r.present) + sum(|r| r.absent);
            let open = |f: fn(&super::RoomCount) -> bool| rooms.iter().filter(|r| f(r)).map(|r| r.room.clone()).collect::<Vec<_>>();
            let waiting = open(|r| r.present + r.absent < r.expected);
            steps.push(DayStep::new("checkin", DeskName::Room, Some("checkin"), of).counted(here, expected).naming(waiting));
            steps.push(self.absence_step(stage, part, now)?);
            let signed = rooms.iter().filter(|r| r.signed).count();
            steps.push(DayStep::new("record", DeskName::Room, Some("record"), of).counted(signed, rooms.len()).naming(open(|r| !r.signed)));
        }
        steps.extend(self.mark_steps(stage, part)?);
        let covered = view.handed_over()?;
        let small = |n: u64| usize::try_from(n).unwrap_or(0);
        let all = small(covered.saturating_add(view.waiting_after(covered)?));
        steps.push(DayStep::new("handover", DeskName::Handover, Some("write"), of).counted(small(covered), all));
        Ok(steps)
    }
}

impl Desk {
    /// Absence, fixed by a person once nobody is let in any more: rooms in which nobody is awaited, and who still is.
    fn absence_step(&self, stage: &Stage, part: &Part, now: DateTime<FixedOffset>) -> Result<DayStep> {
        let view = self.view();
        let early = day::may_fix_absence(part.start, &self.plan().rooms.times, now).is_err();
        let (admitted, absent) = (view.admissions(&stage.id, &part.id)?, view.absences(&stage.id, &part.id)?);
        let entrants = view.entrants(&stage.id, &part.id)?;
        let mut rooms = BTreeSet::new();
        let mut waited = BTreeSet::new();
        let mut who = Vec::new();
        for (id, seat) in view.seats(&stage.id)? {
            let Some(name) = entrants.get(&id) else { continue };
            if !admitted.contains_key(&id) && !absent.contains_key(&id) {
                waited.insert(seat.room.clone());
                who.push((seat.room.clone(), seat.seat, format!("{}-{} {name}", seat.room, seat.seat)));
            }
            rooms.insert(seat.room);
        }
        who.sort();
        Ok(DayStep::new("absence", DeskName::Room, Some("checkin"), Some((stage, Some(part))))
            .counted(rooms.len() - waited.len(), rooms.len())
            .attention(!early && !who.is_empty())
            .naming(who.into_iter().filter(|_| !early).map(|(_, _, who)| who))
            .unless(early && !waited.is_empty()))
    }
}

/// What contradicts itself has come; it is settled elsewhere.
fn is_back(state: PostState) -> bool {
    matches!(state, PostState::Merged | PostState::Conflicting)
}
