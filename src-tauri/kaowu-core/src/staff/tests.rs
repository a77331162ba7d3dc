use super::*;
use crate::coded::Coded;
use crate::identity::{RoomNumber, SiteCode, StageId, UnitCode};
use crate::plan::{Plan, bundled};
use crate::roster::Severity;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn raw(name: &str, workplace: &str, role: &str, site: &str) -> RawStaff {
    RawStaff { row: 3, name: name.into(), workplace: workplace.into(), role: role.into(), site: site.into(), ..RawStaff::default() }
}

#[test]
fn roles_have_one_name_everywhere() {
    for role in Role::ALL {
        assert_eq!(serde_json::to_value(role).unwrap(), role.word());
        assert_eq!((Role::of(role.word()), Role::read(role.title())), (Some(role), Some(role)));
    }
    assert_eq!(Role::of("nobody"), None);
}

#[test]
fn rows_of_a_list() {
    let plan = Plan::read(bundled("jiangsu-2020").unwrap()).unwrap();
    let sites =
        [("3201-01", "南京市第一考点"), ("3202-01", "无锡市考点")].map(|(code, name)| KnownSite { code: code.into(), name: name.into() });
    let read = |row: RawStaff| read_staff(&[row], &plan, &StageId::from("city"), &sites, "表");
    let codes = |list: &StaffList| list.told.iter().map(|t| t.fault.code()).collect::<Vec<_>>().join(" ");
    let check = |row: RawStaff, want: Option<(&str, Role)>, said: &str| {
        let list = read(row.clone());
        assert_eq!(codes(&list), said, "{row:?}");
        let got = list.people.values().next().map(|p| (p.unit.as_ref().map_or("", |u| u.as_str()).to_owned(), p.role));
        assert_eq!(got, want.map(|(unit, role)| (unit.to_owned(), role)), "{row:?}");
    };
    check(raw("王㛃", "南京市玄武区人社局", "监考员", "3201-01"), Some(("320102", Role::Invigilator)), "");
    check(raw("王㛃", "徐州市鼓楼区人社局", "监考老师", "南京市第一"), Some(("320302", Role::Invigilator)), "");
    check(raw("王㛃", "南京市人社局", "考点 负责人", "南京市第一考点"), Some(("320100", Role::SiteHead)), "");
    check(raw("王㛃", "某某中学", "监考", "3201-01"), Some(("", Role::Invigilator)), "staff-unit-unknown");
    check(raw("王㛃", "南京市", "巡考员", ""), Some(("320100", Role::Inspector)), "");
    check(raw("王㛃", "南京市", "监考员", ""), None, "staff-site-empty");
    check(raw("王㛃", "南京市", "保安", "无锡"), None, "staff-role-unknown staff-site-unknown");
    check(raw("", "南京市", "", "无锡市考点"), None, "name-empty staff-role-empty");
    check(RawStaff { panel: "第二考官组".into(), ..raw("王㛃", "南京市", "评委", "") }, Some(("320100", Role::Judge)), "");
    check(
        RawStaff { panel: "2".into(), ..raw("王㛃", "南京市", "监考员", "3201-01") },
        Some(("320100", Role::Invigilator)),
        "staff-panel-ignored",
    );
    check(RawStaff { outer: "苏州".into(), inner: "昆山".into(), ..raw("王㛃", "学校", "评委", "") }, Some(("320583", Role::Judge)), "");
    check(
        RawStaff { outer: "苏州".into(), inner: "玄武".into(), ..raw("王㛃", "学校", "评委", "") },
        Some(("", Role::Judge)),
        "staff-unit-unknown",
    );
    check(RawStaff { phone: "x".into(), ..raw("王㛃", "南京市", "评委", "") }, Some(("320100", Role::Judge)), "phone-odd");
    check(RawStaff { broken: vec![StaffColumn::Role], ..raw("王㛃", "南京市", "评委", "") }, None, "cell-formula");
    let twice = read_staff(
        &[raw("王㛃", "南京市", "评委", ""), RawStaff { row: 4, ..raw("王㛃", "南京市", "秘书", "") }],
        &plan,
        &"city".into(),
        &sites,
        "表",
    );
    assert_eq!((twice.people.len(), twice.refused, codes(&twice).as_str()), (1, 1, "staff-twice"));
    assert!(twice.told.iter().all(|t| t.row == 4 && t.severity == Severity::Refused));
    let judge = read(RawStaff { panel: "第二考官组".into(), ..raw("王㛃", "南京市", "评委", "") });
    assert_eq!(judge.people.values().next().unwrap().panel, Some("2".into()));
}

fn inputs(people: &[Option<u8>], rooms: &[BTreeSet<u8>]) -> DutyInputs {
    let unit = |n: &u8| UnitCode(format!("u{n}"));
    DutyInputs {
        people: people.iter().enumerate().map(|(n, u)| DutyPerson { id: format!("p{n}"), unit: u.as_ref().map(unit) }).collect(),
        rooms: rooms
            .iter()
            .enumerate()
            .map(|(n, us)| DutyRoom { room: RoomNumber(format!("{n:03}")), units: us.iter().map(unit).collect() })
            .collect(),
    }
}

/// The fewest rooms with somebody of their own unit, by trying every way to seat two in each.
fn fewest(of: &DutyInputs, room: usize, free: &mut Vec<bool>) -> u32 {
    if room == of.rooms.len() {
        return 0;
    }
    let mut best = u32::MAX;
    for a in 0..free.len() {
        for b in a + 1..free.len() {
            if free[a] && free[b] {
                (free[a], free[b]) = (false, false);
                let two = [of.people[a].id.clone(), of.people[b].id.clone()];
                let own = u32::from(of.meets_own(&of.rooms[room].room, &two));
                best = best.min(own.saturating_add(fewest(of, room + 1, free)));
                (free[a], free[b]) = (true, true);
            }
        }
    }
    best
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// No draw has fewer rooms with somebody of their own unit; the bound beside it is that number; the same seed draws the
    /// same; everybody serves once.
    #[test]
    fn draws_are_best(
        rooms in prop::collection::vec(prop::collection::btree_set(0..4_u8, 0..4), 1..4),
        units in prop::collection::vec(prop::option::weighted(0.9, 0..4_u8), 8),
        spare in 0..3_usize,
        seed in "[a-z]{1,6}",
    ) {
        let of = inputs(&units[..(A_ROOM * rooms.len() + spare).min(units.len())], &rooms);
        let site = SiteCode::from("s");
        let drawn = draw_duties(&site, &seed, &of).unwrap();
        let own = drawn.rooms.iter().filter(|(room, two)| of.meets_own(room, two)).count();
        prop_assert_eq!(u32::try_from(own).ok(), Some(drawn.own));
        prop_assert_eq!(drawn.own, fewest(&of, 0, &mut vec![true; of.people.len()]));
        prop_assert_eq!(drawn.bound, drawn.own);
        prop_assert_eq!(&drawn, &draw_duties(&site, &seed, &of).unwrap());
        let mut all: Vec<&String> = drawn.rooms.iter().flat_map(|(_, two)| two).chain(&drawn.reserves).collect();
        all.sort();
        all.dedup();
        prop_assert_eq!(all.len(), of.people.len());
        prop_assert_eq!(drawn.rooms.len(), rooms.len());
    }

    /// As many people as can be keep clear of who is recused, sizes differ by one at most, and the plain deal stands where
    /// nothing is barred.
    #[test]
    fn panels_keep_clear(people in 1..7_usize, panels in 1..4_usize, bars in prop::collection::btree_set((0..7_usize, 0..4_usize), 0..9)) {
        let barred = |n: usize, panel: usize| bars.contains(&(n, panel));
        let dealt = deal_panels(people, panels, &barred);
        let room: Vec<usize> = (0..panels).map(|p| people / panels + usize::from(p < people % panels)).collect();
        for (panel, room) in room.iter().enumerate() {
            let here = (0..people).filter(|n| !dealt.without.contains(n) && dealt.of[*n] == panel).count();
            prop_assert!(here <= *room);
        }
        prop_assert!((0..people).all(|n| dealt.without.contains(&n) || !barred(n, dealt.of[n])));
        prop_assert_eq!(dealt.without.len(), people - most(people, &mut room.clone(), &barred));
        if (0..people).all(|n| !barred(n, n % panels)) {
            prop_assert_eq!(dealt.of, (0..people).map(|n| n % panels).collect::<Vec<_>>());
        }
    }
}

/// How many people can be placed, by trying.
fn most(people: usize, room: &mut Vec<usize>, barred: &dyn Fn(usize, usize) -> bool) -> usize {
    let Some(n) = people.checked_sub(1) else { return 0 };
    let mut best = most(n, room, barred);
    for panel in 0..room.len() {
        if room[panel] > 0 && !barred(n, panel) {
            room[panel] -= 1;
            best = best.max(1 + most(n, room, barred));
            room[panel] += 1;
        }
    }
    best
}

#[test]
fn too_few_are_refused() {
    let of = inputs(&[None, None, None], &[BTreeSet::new(), BTreeSet::new()]);
    let refused = draw_duties(&"3201-01".into(), "s", &of).unwrap_err();
    assert_eq!(refused, StaffRefusal::InvigilatorsFew { site: "3201-01".into(), there: 3, needed: 4 });
    assert_eq!(draw_duties(&"s".into(), "s", &inputs(&[None], &[])).unwrap().reserves, ["p0"]);
}

/// A published draw gives the same people in every version.
#[test]
fn a_draw_stays() {
    let people: Vec<Option<u8>> = (0..20).map(|n| Some(n % 5)).collect();
    let rooms: Vec<BTreeSet<u8>> = (0..8_u8).map(|n| (0..n % 5).collect()).collect();
    let drawn = draw_duties(&"3201-01".into(), "2020-06-20 福彩 3D 906/city/written/3201-01", &inputs(&people, &rooms)).unwrap();
    assert_eq!((drawn.own, drawn.bound), (0, 0));
    assert_eq!(drawn.hash(), "db7f93481cc4d36daf7e72c6e6f87bfe6e5d58da02f0b514b8783d95c7867cad");
}
