//! Names to units, the tree, neighbours and sites.

use super::*;
use chrono::NaiveDate;

fn plan() -> Plan {
    Plan::read(bundled("jiangsu-2020").unwrap()).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// `= code`, `< code` not yet, `> code` expired, `? codes` ambiguous, `! names` unknown.
fn short(resolution: &Resolution) -> String {
    match resolution {
        Resolution::Found(code) => format!("= {code}"),
        Resolution::NotYet(code) => format!("< {code}"),
        Resolution::Expired(code) => format!("> {code}"),
        Resolution::Ambiguous(codes) => {
            format!("? {}", codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
        }
        Resolution::Unknown(names) => format!("! {}", names.join(" ")).trim_end().to_owned(),
    }
}

#[test]
fn names_stand_for_units() {
    let plan = plan();
    let (june, august) = ("2020-06-15", "2020-08-01");
    for (parent, name, on, want) in [
        ("320100", "鼓楼区", june, "= 320106"),
        ("320300", "鼓楼区", june, "= 320302"),
        ("320300", "鼓楼", june, "= 320302"),
        ("", "鼓楼区", june, "? 320106 320302"),
        ("", "南京市鼓楼区", june, "= 320106"),
        ("320300", "徐州市鼓楼区", june, "= 320302"),
        ("320300", "南京市鼓楼区", june, "!"),
        ("320100", " 玄 武　区\n", june, "= 320102"),
        ("320100", "玄武县", june, "! 玄武区"),
        ("320100", "市本级", june, "= 320199"),
        ("320600", "市直", june, "= 320699"),
        ("320600", "南通市本级", june, "= 320699"),
        // Nantong before and after July 2020.
        ("320600", "崇川区", june, "= 320602"),
        ("320600", "崇川区", august, "= 320613"),
        ("320600", "崇川区", "2020-06-30", "= 320602"),
        ("320600", "崇川区", "2020-07-01", "= 320613"),
        ("320600", "崇川", june, "= 320602"),
        ("320600", "海门市", june, "= 320684"),
        ("320600", "海门市", august, "> 320684"),
        ("320600", "海门区", june, "< 320614"),
        ("320600", "海门区", august, "= 320614"),
        ("320600", "海门", june, "? 320614 320684"),
        ("320600", "港闸区", august, "> 320611"),
        // Names of earlier years.
        ("320600", "海安县", june, "= 320685"),
        ("320800", "清河区", june, "= 320812"),
        ("320100", "鼓搂区", june, "! 鼓楼区"),
        ("320100", "天河区", june, "!"),
        ("320100", "", june, "!"),
        ("320100", "市", june, "! 市本级"),
        ("320100", "南京市", june, "!"),
        ("", "连云港", june, "= 320700"),
    ] {
        let parent = (!parent.is_empty()).then(|| parent.into());
        assert_eq!(short(&plan.resolve(parent.as_ref(), name, day(on))), want, "{parent:?} {name} {on}");
    }
    for (name, want) in [
        ("南京市", "= 320100"),
        ("南京", "= 320100"),
        ("淮安", "= 320800"),
        ("省厅本级", "= 320000"),
        ("省厅", "= 320000"),
        ("鼓楼区", "!"),
        ("杭州市", "! 徐州市 常州市 苏州市"),
    ] {
        assert_eq!(short(&plan.resolve_city(name)), want, "{name}");
    }
}

#[test]
fn the_tree_is_walked_both_ways() {
    let plan = plan();
    let tier = |t: &str| t.into();
    for (code, of, want) in [
        ("320106", "county", Some("320106")),
        ("320106", "city", Some("320100")),
        ("320199", "city", Some("320100")),
        ("320199", "county", None),
        ("320000", "city", None),
        ("320000", "department", Some("320000")),
        ("999999", "city", None),
    ] {
        assert_eq!(plan.ancestor(&code.into(), &tier(of)).map(|u| u.code.as_str()), want, "{code} {of}");
    }
    assert_eq!(plan.children(&"320200".into()).count(), 8);
    assert!(plan.within(&"320922".into(), &"320900".into()) && !plan.within(&"320900".into(), &"320922".into()));
}

/// As an exam office writes it; a name that only begins like the end of the one above stays whole.
#[test]
fn names_are_joined() {
    for (outer, name, want) in [
        ("盐城市", "滨海县", "盐城市滨海县"),
        ("南京市", "市本级", "南京市本级"),
        ("宁夏回族自治区", "自治区本级", "宁夏回族自治区本级"),
        ("青岛市", "市北区", "青岛市市北区"),
        ("枣庄市", "市中区", "枣庄市市中区"),
        ("省厅", "市本级", "省厅市本级"),
        ("南京市", "本级", "南京市本级"),
        ("", "省厅本级", "省厅本级"),
    ] {
        assert_eq!(units::joined(outer, name), want);
    }
}

/// Whatever lists print of a unit is read as that unit again, with and without aliases.
#[test]
fn a_full_name_stands_for_its_unit() {
    let mut bare = plan();
    bare.units.iter_mut().for_each(|u| u.aliases.clear());
    for plan in [plan(), Plan::read(bundled("civil-service").unwrap()).unwrap(), bare] {
        for unit in plan.units.iter().filter(|u| u.valid_from.is_none()) {
            let full = plan.full_name(&unit.code);
            assert!(!full.contains("市市本级"), "{full}");
            let on = plan.event.entry_deadline;
            let found = if unit.parent.is_none() { plan.resolve_city(&full) } else { plan.resolve(None, &full, on) };
            assert_eq!(found.unit(), Some(&unit.code), "{full}");
        }
    }
}

#[test]
fn neighbours_and_sites() {
    let plan = plan();
    for (unit, groups, city, province) in [
        ("320106", ["320106", "320100"], Some("320100"), None::<&str>),
        ("320199", ["320199", "320100"], Some("320100"), None),
        ("320000", ["320000", "320000"], Some("320100"), None),
    ] {
        let seen = plan.neighbour_groups(&unit.into(), &"city".into());
        assert_eq!(seen.iter().map(|c| c.as_str()).collect::<Vec<_>>(), groups, "{unit}");
        assert_eq!(plan.seat_unit(&unit.into(), &"city".into()).map(|u| u.code.as_str()), city, "{unit}");
        assert_eq!(plan.seat_unit(&unit.into(), &"province".into()).map(|u| u.code.as_str()), province, "{unit}");
    }
    assert!(plan.neighbour_groups(&"320106".into(), &"regional".into()).is_empty());
}

/// A development zone without an official code enters like a county (RULES.md §3.18).
#[test]
fn a_custom_unit_counts_as_a_county() {
    let text = bundled("jiangsu-2020").unwrap();
    let zone =
        "{ code = \"3205A1\", name = \"苏州工业园区\", tier = \"county\", parent = \"320500\", custom = true, aliases = [\"园区\"] },";
    let plan = Plan::read(&text.replacen("units = [", &format!("units = [\n  {zone}"), 1)).unwrap();
    assert_eq!(short(&plan.resolve(Some(&"320500".into()), "园区", day("2020-06-15"))), "= 3205A1");
    assert_eq!(plan.neighbour_groups(&"3205A1".into(), &"city".into()), ["3205A1".into(), "320500".into()]);
}

/// A copy that was changed answers for itself.
#[test]
fn a_copy_makes_its_own_index() {
    let plan = plan();
    assert!(plan.unit(&"320106".into()).is_some());
    let mut copy = plan.clone();
    copy.units.retain(|u| u.code.as_str() != "320106");
    assert!(copy.unit(&"320106".into()).is_none() && copy != plan);
}
