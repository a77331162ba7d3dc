//! Duty cards and duty rosters: who serves at a part.

use super::{PaperOf, fact, part_time, some};
use crate::error::Result;
use crate::{Ctx, ServiceRow, Standing, View};
use kaowu_core::facts::DutyDraw;
use kaowu_core::identity::SiteCode;
use kaowu_papers::forms::DutyCard;
use kaowu_papers::{DutyCards, DutyRoster, Foot};
use std::collections::BTreeMap;

impl View<'_> {
    /// The services at a part site by site; those who go from site to site come first.
    fn services_by_site(&self, of: &PaperOf<'_>) -> Result<BTreeMap<String, Vec<ServiceRow>>> {
        let mut out: BTreeMap<String, Vec<ServiceRow>> = BTreeMap::new();
        for row in self.services(of.stage, of.part)? {
            if of.site.is_none_or(|site| row.site == site.as_str()) {
                out.entry(row.site.clone()).or_default().push(row);
            }
        }
        Ok(out)
    }

    fn duty_foot(&self, ctx: &Ctx, of: &PaperOf<'_>, rows: &[ServiceRow]) -> Result<Foot> {
        let site = rows.first().map(|r| r.site_name.clone()).unwrap_or_default();
        self.foot(ctx, &self.part(of.stage, of.part)?.name, &site, "")
    }

    pub(super) fn duty_cards(&self, ctx: &Ctx, of: &PaperOf<'_>) -> Result<Vec<DutyCards>> {
        let mut out = Vec::new();
        for rows in self.services_by_site(of)?.into_values() {
            let card = |row: &ServiceRow| DutyCard {
                role: row.role.title().to_owned(),
                name: row.name.clone(),
                unit: row.unit.clone(),
                site: if row.site.is_empty() { "各考点".to_owned() } else { row.site_name.clone() },
                place: if row.standing == Standing::Reserve { "候补".to_owned() } else { row.place.words().zh },
                time: format!("{}　{}", row.part, row.time),
                number: row.id.to_uppercase(),
            };
            let foot = self.duty_foot(ctx, of, &rows)?;
            let cards: Vec<DutyCard> = rows.iter().filter(|r| r.standing != Standing::Left).map(card).collect();
            if !cards.is_empty() {
                out.push(DutyCards { foot, cards });
            }
        }
        some(out)
    }

    pub(super) fn duty_rosters(&self, ctx: &Ctx, of: &PaperOf<'_>) -> Result<Vec<DutyRoster>> {
        let part = self.part(of.stage, of.part)?;
        let mut out = Vec::new();
        for (site, rows) in self.services_by_site(of)? {
            let line = |r: &ServiceRow| {
                let place = match r.standing {
                    Standing::On => r.place.words().zh,
                    Standing::Reserve => "候补".to_owned(),
                    Standing::Left => "不到岗".to_owned(),
                };
                [r.role.title().to_owned(), place, r.name.clone(), r.unit.clone(), r.phone.clone(), r.remark()]
            };
            let on = rows.iter().filter(|r| r.standing == Standing::On).count();
            let code = SiteCode(site.clone());
            let draw = self.one::<DutyDraw>(&(of.stage.clone(), of.part.clone(), code.clone()))?;
            let notes = draw.map(|held| {
                let d = held.value;
                let again = if d.reason.is_empty() { String::new() } else { format!("重新抽签：{}。", d.reason) };
                format!(
                    "注：监考员由抽签产生，种子“{}”，任何人可据此复核。{again}有本单位考生的考场 {} 个，就现有人员而言不能少于 {} 个。",
                    d.published((of.stage, of.part, &code)),
                    d.own,
                    d.bound
                )
            });
            out.push(DutyRoster {
                foot: self.duty_foot(ctx, of, &rows)?,
                facts: vec![
                    fact("考点", if site.is_empty() { "各考点（巡考）" } else { rows.first().map_or("", |r| &r.site_name) }),
                    fact("时间", part_time(part)),
                    fact("在岗", on.to_string()),
                ],
                people: rows.iter().map(line).collect(),
                notes: notes.into_iter().collect(),
            });
        }
        some(out)
    }
}
