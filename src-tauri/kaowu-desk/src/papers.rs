//! Papers of the day and of the results: ready text for `kaowu-papers`.

use crate::error::{DeskFault, Result};
use crate::results::ResultsTable;
use crate::{Ctx, Desk, View};
use kaowu_core::facts::{Lot, RoomRecordFact};
use kaowu_core::identity::{IdNumber, ListId, PartId, SiteCode, StageId};
use kaowu_core::journal::{Mode, check_code};
use kaowu_core::seating::RoomShape;
use kaowu_core::why::shown;
use kaowu_ledger::Step;
use kaowu_papers::forms::{InterviewLine, SignInPerson};
use kaowu_papers::{
    Cell, Column, DrawProof, Fonts, Foot, InterviewSummary, PassphraseSlip, RoomRecord, Row, SeatCell, SeatChart, SignIn, Standings,
    draw_proof, interview_summary, passphrase_slip, room_record, seat_charts, sign_in, standings,
};
use kaowu_sheets::{Column as SheetColumn, Kind, OutSheet, write_workbook};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// Which paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaperKind {
    /// 座次表, a page a room.
    SeatChart,
    /// 签到表, a page a room.
    SignIn,
    /// 考场情况记录单, a page a room.
    RoomRecord,
    /// 座位抽签单.
    DrawProof,
    /// 面试成绩汇总表.
    InterviewSummary,
    /// 成绩公示.
    Standings(ListId),
}

/// What a paper is about.
#[derive(Debug, Clone)]
pub struct PaperOf<'a> {
    /// Which.
    pub kind: &'a PaperKind,
    /// Stage.
    pub stage: &'a StageId,
    /// Part.
    pub part: &'a PartId,
    /// Only this site.
    pub site: Option<&'a SiteCode>,
}

impl Desk {
    /// Fonts from their folder.
    pub fn fonts(folder: &Path) -> Result<Fonts> {
        Ok(Fonts::load(folder)?)
    }

    /// A paper as PDF.
    pub fn paper(&self, ctx: &Ctx, fonts: &Fonts, of: &PaperOf<'_>) -> Result<Vec<u8>> {
        let view = self.view();
        let rooms = view.printed_rooms(ctx, of)?;
        Ok(match of.kind {
            PaperKind::SeatChart => seat_charts(&rooms.iter().map(PrintedRoom::chart).collect::<Vec<_>>(), fonts)?,
            PaperKind::SignIn => sign_in(&rooms.iter().map(PrintedRoom::sign_in).collect::<Vec<_>>(), fonts)?,
            PaperKind::RoomRecord => {
                let records = rooms.iter().map(|room| view.record_of(of, room)).collect::<Result<Vec<_>>>()?;
                room_record(&records, fonts)?
            }
            PaperKind::DrawProof => draw_proof(&[view.proof(ctx, of)?], fonts)?,
            PaperKind::InterviewSummary => interview_summary(&[view.summary(ctx, of)?], fonts)?,
            PaperKind::Standings(list) => standings(&[self.published_standing(ctx, list)?], fonts)?,
        })
    }

    /// Slips with the words of issued packets, one a page.
    pub fn passphrase_slips(&self, ctx: &Ctx, fonts: &Fonts, issued: &[crate::Issued]) -> Result<Vec<u8>> {
        let view = self.view();
        let slips: Vec<PassphraseSlip> = issued
            .iter()
            .map(|one| {
                let lines = [("考点", &one.site_name), ("考点包", &one.post), ("核对码", &one.check_code)];
                Ok(PassphraseSlip {
                    foot: view.foot(ctx, "", &one.site_name, "")?,
                    lines: lines.map(|(k, v)| (k.to_owned(), v.clone())).to_vec(),
                    passphrase: one.words.clone(),
                })
            })
            .collect::<Result<_>>()?;
        Ok(passphrase_slip(&slips, fonts)?)
    }

    /// A standing for the notice board: no ID numbers, no telephone numbers.
    fn published_standing(&self, ctx: &Ctx, list: &ListId) -> Result<Standings> {
        let view = self.view();
        let mut table = self.standing_table(list)?;
        let numbers = view.seats(&view.standing_plan(list)?.stage)?;
        let names = view.candidates(&view.standing_plan(list)?.stage)?;
        // ID numbers become candidate numbers; members become names.
        for row in &mut table.rows {
            for (cell, column) in row.iter_mut().zip(&table.columns) {
                match column.as_str() {
                    "id" => *cell = numbers.get(&IdNumber::from(cell.as_str())).map(|s| s.number.to_string()).unwrap_or_default(),
                    "members" => {
                        let name = |id: &str| names.get(&IdNumber::from(id)).map(|p| p.name.clone()).unwrap_or_default();
                        *cell = cell.split(' ').map(name).collect::<Vec<_>>().join("　");
                    }
                    _ => {}
                }
            }
        }
        let columns = table.columns.iter().zip(&table.headers).map(|(column, header)| match column.as_str() {
            "rank" => Column::new(header, 12),
            "id" => Column::new("准考证号", 34),
            "name" => Column::new(header, 24).names(),
            "members" => Column::new(header, 70).names(),
            _ => Column::new(header, 26),
        });
        let at = table.columns.iter().position(|c| c == "name");
        let row = |cells: &Vec<String>| Row::of(at.map_or("", |n| cells[n].as_str()), cells.iter().map(|c| Cell::from(c.as_str())));
        Ok(Standings {
            foot: view.foot(ctx, "", "", "")?,
            title: table.title.clone(),
            subtitle: view.event()?.title,
            columns: columns.collect(),
            rows: table.rows.iter().map(row).collect(),
            notes: vec!["各项成绩四舍五入保留两位小数，以公布的成绩逐级计算。".to_owned()],
            wide: table.columns.len() > 7,
        })
    }

    /// All results as one workbook: selections, standings, awards, delegations.
    pub fn results_workbook(&self, out: &Path) -> Result<usize> {
        let mut tables: Vec<(String, ResultsTable)> = Vec::new();
        for selection in &self.plan().selections {
            if self.view().selection(&selection.to)?.is_some() {
                tables.push(("入选名单".to_owned(), self.selected(&selection.to)?));
            }
        }
        let all = self.plan().standings.len();
        for (done, standing) in self.plan().standings.iter().enumerate() {
            self.view().reader().tell(Step::Composing, done, all)?;
            tables.push((standing.title.clone(), self.standing_table(&standing.id)?));
        }
        tables.push(("获奖名单".to_owned(), self.award_table()?));
        if !self.plan().delegations.is_empty() {
            tables.push(("代表队".to_owned(), self.delegation_table()?));
        }
        let sheets: Vec<OutSheet> = tables.into_iter().map(|(name, table)| sheet(&name, table)).collect();
        self.view().reader().tell(Step::Composing, all, all)?;
        write_workbook(out, &sheets)?;
        Ok(sheets.len())
    }
}

fn sheet(name: &str, table: ResultsTable) -> OutSheet {
    let kind = |column: &str| match column {
        "rank" => Kind::Count,
        "id" | "name" | "city" | "county" | "as" | "members" | "award" | "winner" | "role" => Kind::Text,
        _ => Kind::Figure,
    };
    let width = |column: &str| match column {
        "rank" => 8,
        "id" => 22,
        "members" => 80,
        "award" => 34,
        _ => 18,
    };
    let columns = table.columns.iter().zip(&table.headers).map(|(c, h)| SheetColumn::new(h, width(c), kind(c))).collect();
    // A workbook's sheet has at most 31 characters and none of these.
    let name: String = name.chars().filter(|c| !"[]:*?/\\".contains(*c)).take(31).collect();
    OutSheet { name, title: table.title, columns, rows: table.rows }
}

/// A room as papers need it.
struct PrintedRoom {
    foot: Foot,
    facts: Vec<(String, String)>,
    shape: RoomShape,
    /// By seat number: person, candidate number, name, unit.
    people: BTreeMap<u16, (IdNumber, String, String, String)>,
}

fn tail(text: &str, n: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    chars[chars.len().saturating_sub(n)..].iter().collect()
}

impl PrintedRoom {
    fn chart(&self) -> SeatChart {
        let mut columns: Vec<Vec<SeatCell>> = self.shape.columns.iter().map(|n| vec![SeatCell::Unusable; usize::from(*n)]).collect();
        for place in self.shape.seats() {
            let seat = place.number.to_string();
            columns[usize::from(place.column)][usize::from(place.row)] = match self.people.get(&place.number) {
                Some((_, number, name, unit)) => SeatCell::Taken { seat, name: name.clone(), number: tail(number, 5), unit: unit.clone() },
                None => SeatCell::Spare { seat },
            };
        }
        // The chart names event, part, site and room from its foot.
        let facts = self.facts.iter().filter(|(label, _)| label == "时间" || label == "人数").cloned().collect();
        SeatChart { foot: self.foot.clone(), facts, columns, ..SeatChart::default() }
    }

    fn sign_in(&self) -> SignIn {
        let person = |(seat, (id, number, name, unit)): (&u16, &(IdNumber, String, String, String))| SignInPerson {
            seat: seat.to_string(),
            number: number.clone(),
            name: name.clone(),
            unit: unit.clone(),
            id_tail: tail(id.as_str(), 4),
        };
        SignIn { foot: self.foot.clone(), facts: self.facts.clone(), people: self.people.iter().map(person).collect() }
    }
}

impl View<'_> {
    pub(crate) fn foot(&self, ctx: &Ctx, part: &str, site: &str, room: &str) -> Result<Foot> {
        let event = self.event()?;
        Ok(Foot {
            event: event.title,
            part: part.to_owned(),
            site: site.to_owned(),
            room: room.to_owned(),
            printed: ctx.now.format("%Y-%m-%d %H:%M").to_string(),
            check: check_code(&self.reader().own_head()?),
            drill: event.mode == Mode::Drill,
        })
    }

    fn printed_rooms(&self, ctx: &Ctx, of: &PaperOf<'_>) -> Result<Vec<PrintedRoom>> {
        if matches!(of.kind, PaperKind::DrawProof | PaperKind::InterviewSummary | PaperKind::Standings(_)) {
            return Ok(vec![]);
        }
        let part = self.part(of.stage, of.part)?;
        let names = self.candidates(of.stage)?;
        let seats = self.seats_by_room(of.stage)?;
        if seats.is_empty() {
            return Err(DeskFault::NotDrawn { stage: of.stage.clone() }.into());
        }
        let mut out = Vec::new();
        let rooms = self.rooms(of.stage)?;
        for (done, ((site, room), fact)) in rooms.iter().enumerate() {
            self.reader().tell_often(Step::Composing, done, rooms.len())?;
            if of.site.is_some_and(|wanted| wanted != site) {
                continue;
            }
            let Some(here) = seats.get(&(site.clone(), room.clone())) else { continue };
            let people: BTreeMap<u16, _> = here
                .iter()
                .map(|(seat, (id, number))| {
                    let person = names.get(id);
                    let unit = person.map(|p| self.full_name(&p.unit)).unwrap_or_default();
                    (*seat, (id.clone(), number.to_string(), person.map(|p| p.name.clone()).unwrap_or_default(), unit))
                })
                .collect();
            let facts = vec![
                ("考点".to_owned(), fact.site_name.clone()),
                ("考场".to_owned(), room.to_string()),
                ("科目".to_owned(), part.name.clone()),
                ("时间".to_owned(), part.start.format("%Y-%m-%d %H:%M").to_string()),
                ("人数".to_owned(), people.len().to_string()),
            ];
            let foot = self.foot(ctx, &part.name, &fact.site_name, room.as_str())?;
            out.push(PrintedRoom { foot, facts, shape: crate::seating::shape(site, room, fact)?, people });
        }
        Ok(out)
    }

    fn record_of(&self, of: &PaperOf<'_>, room: &PrintedRoom) -> Result<RoomRecord> {
        let key = (of.stage.clone(), of.part.clone(), room.shape.site.clone(), room.shape.room.clone());
        let record = self.one::<RoomRecordFact>(&key)?.map(|held| held.value);
        let count = |n: Option<u32>| n.map_or_else(String::new, |n| n.to_string());
        let r = record.as_ref();
        let incidents = self
            .incidents()?
            .into_iter()
            .filter(|(_, h, _)| h.value.site == room.shape.site && h.value.room == room.shape.room && h.value.part == *of.part)
            .map(|(_, h, _)| {
                let person = room.people.get(&h.value.seat).map(|p| p.2.clone()).unwrap_or_default();
                [h.value.at.get(11..16).unwrap_or("").to_owned(), person, h.value.clause, h.value.facts]
            });
        Ok(RoomRecord {
            foot: room.foot.clone(),
            facts: room.facts.clone(),
            people: [Some(u32::try_from(room.people.len()).unwrap_or(0)), r.map(|r| r.present), r.map(|r| r.absent)].map(count),
            absent: r.map(|r| r.absent_numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join("　")).unwrap_or_default(),
            papers: [r.map(|r| r.issued), r.map(|r| r.used), r.map(|r| r.absent_papers), r.map(|r| r.spare), r.map(|r| r.returned)]
                .map(count),
            incidents: incidents.collect(),
            remarks: String::new(),
        })
    }

    fn proof(&self, ctx: &Ctx, of: &PaperOf<'_>) -> Result<DrawProof> {
        let draw = self.draw(of.stage)?.ok_or_else(|| DeskFault::NotDrawn { stage: of.stage.clone() })?;
        let line = |label: &str, value: String| (label.to_owned(), value);
        Ok(DrawProof {
            foot: self.foot(ctx, &self.stage(of.stage)?.name, "", "")?,
            lines: vec![
                line("阶段", self.stage(of.stage)?.name.clone()),
                line("种子", draw.seed),
                line("人数 / 考场", format!("{} / {}", draw.people, draw.rooms)),
                line("相邻同单位对数", draw.pairs.to_string()),
                line("任何编排至少", draw.bound.to_string()),
                line("座次散列值", draw.hash),
            ],
            rooms: vec![],
            replay: "以本单种子、同一名单与考场，用公开的方法（SHA-256 计数器发生器，见程序文档“座位编排”）重新计算，\
                     得到的每人准考证号与身份证号按准考证号排列，逐行以空格相连、换行结尾，其 SHA-256 应与上列散列值相同。"
                .to_owned(),
        })
    }

    fn summary(&self, ctx: &Ctx, of: &PaperOf<'_>) -> Result<InterviewSummary> {
        let (part, panel) = self.panel_part(of.stage, of.part)?;
        let places = self.plan().arithmetic.places;
        let (names, seats) = (self.candidates(of.stage)?, self.seats(of.stage)?);
        let lots = self.lots(of.stage, of.part)?;
        let mut marks: Vec<_> = self.interview_marks(of.stage, of.part)?.into_iter().collect();
        let order = |id: &IdNumber| lots.get(id).map(|Lot { panel, order }| (panel.clone(), *order));
        marks.sort_by_key(|(id, _)| (order(id), id.clone()));
        let people =
            marks.into_iter().map(|(id, (value, result))| {
                let dropped = result.as_ref().map(|r| r.dropped.clone()).unwrap_or_default();
                let totals = result.as_ref().map(|r| r.totals.clone()).unwrap_or_default();
                InterviewLine {
                    lot: lots
                        .get(&id)
                        .map(|l| {
                            if lots.values().all(|o| o.panel == l.panel) { l.order.to_string() } else { format!("{}-{}", l.panel, l.order) }
                        })
                        .unwrap_or_default(),
                    number: seats.get(&id).map(|s| s.number.to_string()).unwrap_or_default(),
                    name: names.get(&id).map(|p| p.name.clone()).unwrap_or_default(),
                    unit: names.get(&id).map(|p| self.full_name(&p.unit)).unwrap_or_default(),
                    marks: (0..usize::from(panel.judges))
                        .map(|n| (totals.get(n).map(ToString::to_string).unwrap_or_default(), dropped.contains(&n)))
                        .collect(),
                    sum: result.map(|r| r.sum.to_string()).unwrap_or_default(),
                    mark: shown(value, places),
                }
            });
        Ok(InterviewSummary {
            foot: self.foot(ctx, &part.name, "", "")?,
            facts: vec![("科目".to_owned(), part.name.clone()), ("时间".to_owned(), part.start.format("%Y-%m-%d").to_string())],
            judges: (1..=panel.judges).map(|n| format!("评委{n}")).collect(),
            people: people.collect(),
            rule: format!(
                "去掉 {} 个最高分和 {} 个最低分，其余取平均，四舍五入保留 {} 位小数。",
                panel.drop_high, panel.drop_low, places.0
            ),
        })
    }
}

/// Puts a file in its place whole or not at all.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let write = || -> std::io::Result<()> {
        let mut part = tempfile::NamedTempFile::new_in(folder)?;
        part.write_all(bytes)?;
        part.as_file().sync_all()?;
        part.persist(path)?;
        Ok(())
    };
    write().map_err(|e| DeskFault::unwritable(path, &e))
}
