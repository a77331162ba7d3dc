//! The closing report 总结报告: what happened, in figures, lists and plots, from the journal alone.

use super::figures::by_top;
use crate::error::{DeskError, Result};
use crate::papers::{fact, part_time, room_name};
use crate::{Ctx, Desk, PracticeQuery, View};
use kaowu_core::facts::{ClosingFigures, DutyDraw, PartFigure, Substitution};
use kaowu_core::figure::Mark;
use kaowu_core::identity::IdNumber;
use kaowu_core::staff::Role;
use kaowu_core::words::Lang;
use kaowu_papers::forms::{Content, Section};
use kaowu_papers::{Cell, ClosingReport, Column, PlotBar, PlotBox, Row, Scale};
use std::collections::BTreeSet;

/// Places of a standing of people that are shown.
const PLACES: usize = 20;

fn text(text: impl Into<String>) -> Content {
    Content::Text { text: text.into() }
}

fn table(columns: &[(&str, u16)], rows: impl IntoIterator<Item = Vec<String>>) -> Content {
    let named = ["姓名", "人员", "选手", "递补", "退出"];
    let columns = columns.iter().map(|(title, share)| {
        let column = Column::new(title, *share).wraps();
        if named.contains(title) { column.names() } else { column }
    });
    let rows = rows.into_iter().map(|cells| Row::new(cells.into_iter().map(Cell::from)));
    Content::Table { columns: columns.collect(), rows: rows.collect() }
}

/// A table, or a sentence where there is nothing to list.
fn listed(columns: &[(&str, u16)], rows: Vec<Vec<String>>, nothing: &str) -> Content {
    if rows.is_empty() { text(nothing) } else { table(columns, rows) }
}

impl Desk {
    /// What the closing report says now.
    pub(crate) fn report(&self, ctx: &Ctx) -> Result<ClosingReport> {
        let view = self.view();
        let figures = self.figures()?;
        let event = view.event()?;
        let mut sections = vec![view.turnout_section(&figures), view.absence_section()?, view.incident_section()?];
        sections.extend(figures.parts.iter().filter(|p| p.all.is_some()).map(|part| view.spread_section(part)));
        sections.push(self.standing_section(ctx)?);
        sections.push(self.award_section(ctx)?);
        sections.push(self.tie_section()?);
        sections.push(self.inspection_section()?);
        sections.push(self.staff_section()?);
        sections.extend(self.practice_section()?);
        for (n, section) in (1..).zip(&mut sections) {
            section.title = format!("{}、{}", kaowu_papers::numerals::below_hundred(n), section.title);
        }
        let health = self.verify_journal()?;
        Ok(ClosingReport {
            foot: view.foot(ctx, "", "", "")?,
            subtitle: event.title,
            facts: vec![
                fact("主办", self.plan().event.organiser.clone()),
                fact("日志", format!("{} 条，{} 台设备", health.entries, health.feeds.len())),
                fact("核验", if health.faults.is_empty() { "无误".to_owned() } else { format!("{} 处问题", health.faults.len()) }),
            ],
            sections,
            notes: vec![
                "注：本报告由日志直接生成，不含身份证号和电话。同一日志在任何时候生成的内容相同；四分位数取自实际成绩。".to_owned(),
            ],
        })
    }

    fn standing_section(&self, ctx: &Ctx) -> Result<Section> {
        let mut parts = Vec::new();
        for plan in &self.plan().standings {
            match self.published_standing(ctx, &plan.id) {
                Ok(mut paper) => {
                    let all = paper.rows.len();
                    paper.rows.truncate(PLACES.max(if paper.columns.iter().any(|c| c.names) { PLACES } else { all }));
                    let shown = paper.rows.len();
                    let of = if shown < all { format!("（前 {shown} 名，共 {all}）") } else { format!("（共 {all}）") };
                    parts.push(text(format!("{}{of}", paper.title)));
                    parts.push(Content::Table { columns: paper.columns, rows: paper.rows });
                }
                Err(error) => parts.push(text(format!("{}：尚未产生。{}", plan.title, said(&error)?))),
            }
        }
        Ok(Section { title: "成绩排名".to_owned(), parts })
    }

    fn award_section(&self, ctx: &Ctx) -> Result<Section> {
        let parts = match self.view().published_awards(ctx) {
            Ok(list) => {
                let row = |group: &kaowu_papers::forms::AwardGroup| {
                    let each = |w: &kaowu_papers::forms::Winner| {
                        let of: Vec<&str> = [w.unit.as_str(), w.ground.as_str()].into_iter().filter(|t| !t.is_empty()).collect();
                        if of.is_empty() { w.name.clone() } else { format!("{}（{}）", w.name, of.join("，")) }
                    };
                    let winners: Vec<String> = group.winners.iter().map(each).collect();
                    vec![group.title.clone(), group.document.clone(), winners.join("；")]
                };
                vec![table(&[("奖项", 40), ("文号", 34), ("获奖者", 106)], list.groups.iter().map(row))]
            }
            Err(error) => vec![text(format!("尚无。{}", said(&error)?))],
        };
        Ok(Section { title: "奖项".to_owned(), parts })
    }

    fn tie_section(&self) -> Result<Section> {
        let view = self.view();
        let mut substituted = Vec::new();
        for ((stage, id), held) in view.under::<Substitution>("")? {
            let people = view.candidates(&stage)?;
            let name = |id: &IdNumber| -> Result<String> {
                let found = people.get(id).cloned();
                let found = if found.is_some() { found } else { view.anywhere(id)? };
                Ok(found.map(|c| view.named(&c.name, &c.unit).zh).unwrap_or_default())
            };
            let comes = held.value.comes.as_ref().map(name).transpose()?.unwrap_or_else(|| "无人可递补".to_owned());
            substituted.push(vec![name(&id)?, comes, held.value.reason, held.value.approver.to_string(), view.plan().clock(&held.by.t)]);
        }
        let how = |how: crate::screen::TieBy| match how {
            crate::screen::TieBy::Key => "按方案规定的次序",
            crate::screen::TieBy::Test => "加试",
            crate::screen::TieBy::Lot => "抽签",
        };
        let resolved = self.resolved_ties()?.into_iter().map(|t| {
            vec![
                t.question.zh,
                t.order.iter().map(|one| one.zh.as_str()).collect::<Vec<_>>().join(" → "),
                how(t.how).to_owned(),
                t.by.join("、"),
                t.reason,
            ]
        });
        let mut parts = vec![
            listed(&[("退出", 40), ("递补", 40), ("理由", 48), ("批准", 22), ("时间", 28)], substituted, "没有递补。"),
            listed(&[("并列处", 48), ("裁定次序", 60), ("方式", 20), ("在场", 24), ("依据", 28)], resolved.collect(), "没有须裁定的并列。"),
        ];
        let open = self.held_ties()?.len();
        if open > 0 {
            parts.push(text(format!("另有 {open} 处并列尚未裁定。")));
        }
        Ok(Section { title: "递补与并列".to_owned(), parts })
    }

    fn inspection_section(&self) -> Result<Section> {
        let view = self.view();
        let mut rows = Vec::new();
        for (_, held) in view.inspections()? {
            let seen = held.value;
            let part = view.part(&seen.stage, &seen.part).map(|p| p.name.clone()).unwrap_or_default();
            let site = view.known_sites(&seen.stage)?.into_iter().find(|s| s.code == seen.site).map(|s| s.name).unwrap_or_default();
            let place = seen.room.as_ref().map(room_name).unwrap_or_default();
            rows.push(vec![self.plan().clock(&seen.at), part, format!("{site} {place}"), seen.inspector, seen.seen]);
        }
        let columns = [("时间", 28), ("科目", 24), ("地点", 40), ("巡考员", 20), ("所见情况", 70)];
        Ok(Section { title: "巡考记录".to_owned(), parts: vec![listed(&columns, rows, "没有巡考记录。")] })
    }

    fn staff_section(&self) -> Result<Section> {
        let view = self.view();
        let (mut rows, mut draws, mut recused) = (Vec::new(), Vec::new(), Vec::new());
        for stage in &self.plan().stages {
            for part in &stage.parts {
                let all = view.services(&stage.id, &part.id)?;
                for role in Role::ALL {
                    let of = |standing| all.iter().filter(|r| r.role == role && r.standing == standing).count().to_string();
                    if all.iter().any(|r| r.role == role) {
                        let [on, spare, left] = [crate::Standing::On, crate::Standing::Reserve, crate::Standing::Left].map(of);
                        rows.push(vec![title_of(&stage.name, &part.name), role.title().to_owned(), on, spare, left]);
                    }
                }
                for ((_, _, site), held) in view.under::<DutyDraw>(&format!("{}/{}/", stage.id, part.id))? {
                    let d = held.value;
                    let seed = d.published((&stage.id, &part.id, &site)).to_owned();
                    draws.push(vec![
                        site.0,
                        d.inputs.rooms.len().to_string(),
                        d.inputs.people.len().to_string(),
                        d.own.to_string(),
                        d.bound.to_string(),
                        seed,
                        d.reason,
                    ]);
                }
                if part.panel.is_some() {
                    recused.extend(
                        view.recusals(&stage.id, &part.id)?.into_iter().map(|r| vec![part.name.clone(), r.name, r.from.zh, r.reason]),
                    );
                }
            }
        }
        let mut parts =
            vec![listed(&[("阶段与科目", 70), ("岗位", 34), ("在岗", 20), ("候补", 20), ("不到岗", 20)], rows, "没有考务人员名单。")];
        if !draws.is_empty() {
            let columns = [("考点", 22), ("考场", 14), ("监考员", 16), ("本单位考场", 22), ("下限", 12), ("种子", 66), ("重抽理由", 30)];
            parts.extend([text("监考员抽签（种子可复核）"), table(&columns, draws)]);
        }
        if !recused.is_empty() {
            parts.extend([text("评委回避"), table(&[("科目", 30), ("评委", 24), ("回避对象", 60), ("理由", 66)], recused)]);
        }
        Ok(Section { title: "考务人员".to_owned(), parts })
    }

    fn practice_section(&self) -> Result<Option<Section>> {
        let view = self.view();
        let Some(practice) = self.plan().practice.as_ref().filter(|_| view.practice_files().is_ok_and(|f| !f.is_empty())) else {
            return Ok(None);
        };
        let mut parts = Vec::new();
        for tier in &practice.participation.tiers {
            let list = self.practice_list(&PracticeQuery::Participation(tier.clone()))?;
            let columns: Vec<Column> = list.table.headers.iter().map(|h| Column::new(h, 26)).collect();
            let rows = list.table.rows.iter().map(|cells| Row::new(cells.iter().map(|c| Cell::from(c.as_str())))).collect();
            parts.push(text(list.table.title));
            parts.push(Content::Table { columns, rows });
        }
        Ok(Some(Section { title: "岗位练兵".to_owned(), parts }))
    }
}

/// Stage and part; a part that is called by its stage needs no stage before it.
fn title_of(stage: &str, part: &str) -> String {
    if part.starts_with(stage) { part.to_owned() } else { format!("{stage} {part}") }
}

/// Why something is not there yet; a fault of the ledger is passed on.
fn said(error: &DeskError) -> Result<String> {
    match error {
        DeskError::Ledger(_) | DeskError::Paper(_) => Err(error.clone()),
        other => Ok(Lang::Zh.error(other).what),
    }
}

impl View<'_> {
    fn anywhere(&self, id: &IdNumber) -> Result<Option<kaowu_core::facts::Candidate>> {
        for stage in &self.plan().stages {
            if let Some(found) = self.candidate(&stage.id, id)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    fn part_title(&self, part: &PartFigure) -> String {
        let stage = self.stage(&part.stage).map(|s| s.name.clone()).unwrap_or_default();
        let name = self.part(&part.stage, &part.part).map(|p| p.name.clone()).unwrap_or_default();
        title_of(&stage, &name)
    }

    fn turnout_section(&self, figures: &ClosingFigures) -> Section {
        let mut parts = Vec::new();
        for part in &figures.parts {
            let time = self.part(&part.stage, &part.part).map(part_time).unwrap_or_default();
            parts.push(text(format!("{}（{time}）", self.part_title(part))));
            let cities = by_top(self, &part.units);
            let line = |name: String, t: super::figures::Turnout| {
                let rate = (u64::from(t.present()) * 1000 + u64::from(t.expected) / 2).checked_div(u64::from(t.expected)).unwrap_or(0);
                [
                    name,
                    t.expected.to_string(),
                    t.present().to_string(),
                    t.absent.to_string(),
                    t.void.to_string(),
                    format!("{}.{}%", rate / 10, rate % 10),
                ]
                .to_vec()
            };
            let mut all = super::figures::Turnout::default();
            let mut rows: Vec<Vec<String>> = Vec::new();
            for (code, t) in &cities {
                all.expected += t.expected;
                all.absent += t.absent;
                all.void += t.void;
                rows.push(line(self.full_name(code), *t));
            }
            rows.push(line("合计".to_owned(), all));
            parts.push(table(&[("设区市", 50), ("应到", 24), ("实到", 24), ("缺考", 24), ("违纪取消", 26), ("到考率", 26)], rows));
        }
        if let Some(first) = figures.parts.first() {
            parts.push(text(format!("{}，按县（市、区）", self.part_title(first))));
            let row = |u: &kaowu_core::facts::UnitFigure| {
                vec![self.full_name(&u.unit), u.expected.to_string(), u.present().to_string(), u.absent.to_string(), u.void.to_string()]
            };
            parts.push(table(
                &[("县（市、区）", 70), ("应到", 26), ("实到", 26), ("缺考", 26), ("违纪取消", 26)],
                first.units.iter().map(row),
            ));
        }
        if parts.is_empty() {
            parts.push(text("还没有人参加任何科目。"));
        }
        Section { title: "参赛情况".to_owned(), parts }
    }

    fn absence_section(&self) -> Result<Section> {
        let mut rows = Vec::new();
        for stage in &self.plan().stages {
            let people = self.candidates(&stage.id)?;
            for part in &stage.parts {
                let absent: BTreeSet<IdNumber> = self.absences(&stage.id, &part.id)?.into_keys().collect();
                for id in absent {
                    let Some(person) = people.get(&id) else { continue };
                    rows.push(vec![title_of(&stage.name, &part.name), person.name.clone(), self.full_name(&person.unit)]);
                }
            }
        }
        Ok(Section {
            title: "缺考".to_owned(),
            parts: vec![listed(&[("阶段与科目", 70), ("姓名", 40), ("单位", 70)], rows, "没有考场认定的缺考。")],
        })
    }

    fn incident_section(&self) -> Result<Section> {
        let mut rows = Vec::new();
        for (_, held, ruling) in self.incidents()? {
            let seen = held.value;
            let person = self.candidate(&seen.stage, &seen.person)?;
            let who = person.map(|p| self.named(&p.name, &p.unit).zh).unwrap_or_default();
            let article = self.plan().clauses.iter().find(|c| c.id == seen.clause).map_or(seen.clause.clone(), |c| c.article.clone());
            let word =
                ruling.map_or_else(|| "未核定".to_owned(), |r| format!("{}：{}", if r.upheld { "成立" } else { "不成立" }, r.reason));
            rows.push(vec![
                self.plan().clock(&seen.at),
                format!("{} {}", seen.site, room_name(&seen.room)),
                who,
                article,
                seen.facts,
                word,
            ]);
        }
        let columns = [("时间", 26), ("考场", 32), ("选手", 36), ("条款", 24), ("事实", 40), ("核定", 40)];
        Ok(Section { title: "违纪违规".to_owned(), parts: vec![listed(&columns, rows, "没有违纪违规。")] })
    }

    fn spread_section(&self, part: &PartFigure) -> Section {
        let places = self.plan().arithmetic.places;
        let full = self.part(&part.stage, &part.part).map(|p| p.full).unwrap_or(Mark(0));
        let show = |m: Mark| m.show(places);
        let bars = part.bars.iter().map(|b| PlotBar { from: b.from.to_string(), to: b.to.to_string(), n: b.n }).collect();
        let low = part.spreads.iter().map(|s| s.of.min.0).min().unwrap_or(0);
        // Scales begin at a tenth of the full marks.
        let tenth = (full.0 / 10).max(1);
        let from = low / tenth * tenth;
        let ticks = (0..=10).map(|n| n * tenth).filter(|v| *v >= from).map(|v| (v, Mark(v).to_string())).collect();
        let row = |s: &kaowu_core::facts::SpreadFigure| PlotBox {
            label: self.full_name(&s.unit),
            five: [s.of.min, s.of.q1, s.of.median, s.of.q3, s.of.max].map(|m| m.0),
            figures: format!("{} 人，{}", s.of.n, show(s.of.median)),
        };
        let mut parts = Vec::new();
        if let Some(all) = part.all {
            let words = format!(
                "有效成绩 {} 个，最低 {}，下四分位 {}，中位 {}，上四分位 {}，最高 {}（满分 {full}）。",
                all.n,
                show(all.min),
                show(all.q1),
                show(all.median),
                show(all.q3),
                show(all.max)
            );
            parts.push(text(words));
        }
        parts.push(Content::Histogram { bars, axis: "成绩分段与人数".to_owned() });
        let scale = Scale { from, to: full.0, ticks, figures: "人数，中位数".to_owned() };
        parts.push(Content::Boxes { rows: part.spreads.iter().map(row).collect(), scale });
        Section { title: format!("成绩分布：{}", self.part_title(part)), parts }
    }
}
