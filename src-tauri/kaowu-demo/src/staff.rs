//! People on duty: an invented list as a workbook, imported; invigilators drawn, one replaced, a judge recused.

use crate::folders::unwritable;
use crate::hand::Step;
use crate::headquarters::{Headquarters, city, interview, province, written};
use kaowu_core::facts::Recused;
use kaowu_core::identity::{IdNumber, PartId, SiteCode, StageId};
use kaowu_core::plan::Unit;
use kaowu_core::staff::Role;
use kaowu_desk::{Desk, Result, Seed, Standing};
use kaowu_sheets::{Column, Kind, OutSheet, write_workbook};
use std::path::PathBuf;

const SURNAMES: &[&str] =
    &["沈", "蒋", "韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓", "许", "傅", "曾", "彭", "吕", "苏", "卢", "贾"];
const GIVEN: &[&str] =
    &["文静", "志强", "海燕", "国庆", "春梅", "立新", "玉兰", "振华", "晓东", "淑珍", "㛃", "家俊", "䶮", "秋月", "长江"];

/// The n-th invented name; three hundred differ.
fn name(n: usize) -> String {
    format!("{}{}", SURNAMES[n % SURNAMES.len()], GIVEN[n / SURNAMES.len() % GIVEN.len()])
}

/// A line of the list.
fn line(n: usize, unit: (&str, &str), workplace: &str, role: &str, place: (&str, &str)) -> Vec<String> {
    let phone = format!("1380000{:04}", n % 10_000);
    [&(n + 1).to_string(), &name(n), unit.0, unit.1, workplace, role, place.0, place.1, &phone].map(str::to_owned).to_vec()
}

impl Headquarters<'_, '_> {
    /// Everybody for the city trial: most invigilators from the next city, some of the city's own counties.
    pub(crate) fn staff_city(&mut self) -> Result<()> {
        let Self { desk, clock, folders, hand, .. } = self;
        let (stage, part) = (city(), written());
        hand.step(Step::CityStaff, |_| {
            let rows = city_rows(desk, &stage, &part)?;
            let file = save(&folders.hq.join("考务人员-设区市选拔赛.xlsx"), rows)?;
            let taken = desk.import_staff(&clock.ctx("考务处"), &stage, &file)?.1.taken;
            let seed = Seed { text: "2020-06-22 福彩 3D 358", how: "次日公布的福彩 3D 开奖号码" };
            let drawn = desk.draw_invigilators(&clock.ctx("考务处"), &stage, &part, seed, "")?;
            let own: u32 = drawn.iter().map(|d| d.drawn.own).sum();
            let bound: u32 = drawn.iter().map(|d| d.drawn.bound).sum();
            let rooms: usize = drawn.iter().map(|d| d.drawn.rooms.len()).sum();
            let ill = replace_first(desk, &stage, &part, |desk, leaves, by| {
                desk.replace_staff(&clock.ctx("考务处"), &stage, &part, leaves, by, "因病不能到岗").map(|_| ())
            })?;
            Ok(((), format!("{taken} 人；{rooms} 个考场抽出监考员，本单位考场 {own} 个，下限 {bound} 个；替换 {ill} 人")))
        })
    }

    /// Everybody for the provincial trial, judges among them; one is recused and replaced.
    pub(crate) fn staff_province(&mut self) -> Result<()> {
        let Self { desk, clock, folders, hand, .. } = self;
        let (stage, part) = (province(), interview());
        hand.step(Step::ProvinceStaff, |_| {
            let judges = usize::from(desk.view().panel_part(&stage, &part)?.1.judges);
            let rows = province_rows(desk, &stage, judges)?;
            let file = save(&folders.hq.join("考务人员-全省选拔赛.xlsx"), rows)?;
            let taken = desk.import_staff(&clock.ctx("考务处"), &stage, &file)?.1.taken;
            let drawn = desk.draw_invigilators(&clock.ctx("考务处"), &stage, &written(), "2020-07-21 福彩 3D 740", "")?;
            let own: u32 = drawn.iter().map(|d| d.drawn.own).sum();
            let services = desk.services(&stage, &part)?;
            let of = |standing| {
                services.iter().find(|r| r.role == Role::Judge && r.standing == standing).map(|r| r.id.clone()).unwrap_or_default()
            };
            let (judge, spare) = (of(Standing::On), of(Standing::Reserve));
            let person: IdNumber = desk.view().entrants(&stage, &part)?.into_keys().next().unwrap_or_default();
            desk.recuse(&clock.ctx("考务处"), &stage, &part, &judge, &Recused::Candidate(person), "与选手有近亲属关系")?;
            desk.replace_staff(&clock.ctx("考务处"), &stage, &part, &judge, &spare, "回避，由候补评委顶替")?;
            Ok((
                (),
                format!(
                    "{taken} 人；{} 个考场，本单位考场 {own} 个；评委回避 1 人，由候补顶替",
                    drawn.iter().map(|d| d.drawn.rooms.len()).sum::<usize>()
                ),
            ))
        })
    }
}

/// Replaces the first invigilator drawn by the first reserve of the same site.
fn replace_first(
    desk: &mut Desk,
    stage: &StageId,
    part: &PartId,
    mut with: impl FnMut(&mut Desk, &str, &str) -> Result<()>,
) -> Result<usize> {
    let rows = desk.services(stage, part)?;
    let first = rows.iter().find(|r| r.role == Role::Invigilator && r.standing == Standing::On);
    let spare =
        first.and_then(|f| rows.iter().find(|r| r.site == f.site && r.role == Role::Invigilator && r.standing == Standing::Reserve));
    match first.zip(spare) {
        Some((leaves, by)) => with(desk, &leaves.id, &by.id).map(|()| 1),
        None => Ok(0),
    }
}

/// Sites with the number of rooms in which somebody sits.
fn sites(desk: &Desk, stage: &StageId, part: &PartId) -> Result<Vec<(SiteCode, String, usize)>> {
    let view = desk.view();
    let seated = view.seats_by_room(stage)?;
    let rooms = |site: &SiteCode| seated.iter().filter(|((of, _), _)| of == site).count();
    Ok(view.sites(stage, part)?.into_iter().map(|(site, name)| (site.clone(), name, rooms(&site))).filter(|(_, _, n)| *n > 0).collect())
}

fn city_rows(desk: &Desk, stage: &StageId, part: &PartId) -> Result<Vec<Vec<String>>> {
    let plan = desk.plan();
    let cities: Vec<&Unit> = plan.units_of(&"city".into()).collect();
    let mut rows = Vec::new();
    for (at, (_, site, rooms)) in sites(desk, stage, part)?.iter().enumerate() {
        let (own, next) = (cities[at % cities.len()], cities[(at + 1) % cities.len()]);
        for k in 0..2 * rooms + 2 {
            // One in five is of the city's own counties: the draw keeps them from their own people where it can.
            let from = if k % 5 == 4 { own } else { next };
            let counties: Vec<&Unit> =
                plan.children(&from.code).filter(|u| u.tier.as_str() == "county" && u.valid_from.is_none()).collect();
            let county = counties.get(k % counties.len().max(1)).map_or("", |u| u.name.as_str());
            rows.push(line(rows.len(), (&from.name, county), &format!("{}第{}中学", county, k % 9 + 1), "监考员", (site, "")));
        }
        rows.push(line(rows.len(), (&own.name, "市本级"), &format!("{}人事考试中心", own.name), "考点负责人", (site, "")));
    }
    rows.push(line(rows.len(), ("", ""), "省人事考试中心", "巡考员", ("", "")));
    Ok(rows)
}

fn province_rows(desk: &Desk, stage: &StageId, judges: usize) -> Result<Vec<Vec<String>>> {
    let all = sites(desk, stage, &written())?;
    let site = all.first().map(|(_, name, _)| name.clone()).unwrap_or_default();
    let mut rows = Vec::new();
    let mut add = |count: usize, workplace: &str, role: &str, panel: &str| {
        for _ in 0..count {
            rows.push(line(rows.len(), ("", ""), workplace, role, (&site, panel)));
        }
    };
    let rooms: usize = all.iter().map(|(_, _, n)| n).sum();
    add(2 * rooms + 2, "江海职业技术学院", "监考员", "");
    add(1, "省人事考试中心", "考点负责人", "");
    add(1, "省人事考试中心", "主考官", "第一考官组");
    add(judges + 1, "省外专家库", "评委", "第一考官组");
    add(1, "省人事考试中心", "记分员", "第一考官组");
    add(1, "省人事考试中心", "核分员", "第一考官组");
    add(1, "省厅机关纪委", "巡考员", "");
    Ok(rows)
}

fn save(path: &std::path::Path, rows: Vec<Vec<String>>) -> Result<PathBuf> {
    let heads = [
        ("序号", 6),
        ("姓名", 12),
        ("设区市", 12),
        ("县（市、区）", 14),
        ("单位", 26),
        ("岗位", 12),
        ("考点", 30),
        ("考官组", 12),
        ("电话", 16),
    ];
    let columns = heads.map(|(head, width)| Column::new(head, width, Kind::Text)).to_vec();
    write_workbook(path, &[OutSheet { name: "考务人员".to_owned(), title: "考务人员名单（演练，均为虚构）".to_owned(), columns, rows }])
        .map_err(|_| unwritable(path, &std::io::Error::other("xlsx")))?;
    Ok(path.to_owned())
}
