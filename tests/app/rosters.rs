use crate::world::{fixture, hq, id, new_event, write};
use kaowu_core::coded::Coded;
use kaowu_core::journal::Mode;
use std::collections::BTreeMap;

/// Every row of the list of faults: cleaned, warned or refused as it says, named by its row and column; no other row is touched.
#[test]
fn every_expected_fault_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = new_event(&folder, "jiangsu-2020", Mode::Live);
    let file = fixture("faulty/roster-faults.xlsx");
    let (preview, out) = desk.import_roster(&hq(), &"city".into(), &file, false).unwrap();
    let mut told: BTreeMap<u32, Vec<(String, String)>> = BTreeMap::new();
    for one in &preview.roster.told {
        let severity = serde_json::to_value(one.fault.severity()).unwrap().as_str().unwrap().to_owned();
        let column = ["姓名", "性别", "身份证号", "工作单位", "职务", "手机号码", "所属设区市", "县（市、区）", "备注"][one.field as usize];
        told.entry(one.row).or_default().push((column.to_owned(), severity));
    }
    let mut expected: BTreeMap<u32, (String, String)> = BTreeMap::new();
    for row in csv::Reader::from_path(fixture("faulty/roster-faults.expected.csv")).unwrap().records() {
        let row = row.unwrap();
        let outcome = if row[3].starts_with("refused") {
            "refused"
        } else if row[3].contains("warning") {
            "warning"
        } else {
            "cleaned"
        };
        expected.insert(row[0].parse().unwrap(), (row[1].to_owned(), outcome.to_owned()));
    }
    for (row, want) in &expected {
        assert!(told.get(row).is_some_and(|t| t.contains(want)), "row {row}: {want:?}, told {:?}", told.get(row));
    }
    // Nothing is said of sound rows, and nobody disappears.
    let more: Vec<_> = told.iter().filter(|(row, _)| !expected.contains_key(row)).collect();
    assert!(more.is_empty(), "{more:?}");
    let refused = expected.values().filter(|(_, o)| o == "refused").count();
    assert_eq!((out.rows, out.refused as usize, out.taken as usize), (28, refused, 28 - refused));
    assert_eq!(desk.view().candidates(&"city".into()).unwrap().len(), 28 - refused);

    let marked = folder.path().join("marked.xlsx");
    preview.write_marked(&file, &marked, kaowu_core::words::Lang::Zh).unwrap();
    assert!(std::fs::metadata(&marked).unwrap().len() > 5_000);
}

#[test]
fn a_file_again_changes_nothing_and_a_changed_one_asks() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = new_event(&folder, "jiangsu-2020", Mode::Live);
    let city = "city".into();
    let roster = |people: &[(usize, &str)]| {
        let rows: String = people.iter().map(|(n, name)| format!("{name},{},南京市,玄武区\n", id(*n))).collect();
        format!("姓名,身份证号,设区市,县区\n{rows}")
    };
    let file = write(&folder, "r.csv", &roster(&[(1, "王㛃"), (2, "李䶮"), (3, "张𬭎")]));
    assert_eq!(desk.import_roster(&hq(), &city, &file, false).unwrap().1.taken, 3);
    let before = desk.verify_journal().unwrap().entries;
    let again = desk.import_roster(&hq(), &city, &file, false).unwrap().1;
    assert!(again.unchanged && desk.verify_journal().unwrap().entries == before);

    write(&folder, "r.csv", &roster(&[(1, "王㛃"), (2, "李龑"), (4, "陈𠅤")]));
    let refused = desk.import_roster(&hq(), &city, &file, false).unwrap_err();
    assert_eq!(
        (refused.code().as_str(), refused.facts()["added"].as_u64(), refused.facts()["withdrawn"].as_u64()),
        ("roster-changed", Some(1), Some(1))
    );
    assert_eq!(desk.view().candidates(&city).unwrap().len(), 3, "nothing was taken over unasked");
    let accepted = desk.import_roster(&hq(), &city, &file, true).unwrap().1;
    assert_eq!((accepted.changes.added.len(), accepted.changes.changed.len(), accepted.changes.withdrawn.len()), (1, 1, 1));
    let names: Vec<String> = desk.view().candidates(&city).unwrap().into_values().map(|p| p.name).collect();
    assert!(names.contains(&"李龑".to_owned()) && !names.contains(&"张𬭎".to_owned()), "{names:?}");
    let (before, after) = desk.rebuild().unwrap();
    assert_eq!(before, after, "views rebuilt equal views kept");

    let other = write(&folder, "other.csv", &roster(&[(1, "王㛃")]));
    assert_eq!(desk.import_roster(&hq(), &city, &other, false).unwrap().1.refused, 1, "entered by another file already");
}
