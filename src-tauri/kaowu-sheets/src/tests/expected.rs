//! Every row of the expected list of faults, and the event's own workbooks.

use super::{fixture, roster_of};
use crate::tables::{read_exclusions, read_marks, read_panel_marks, read_rooms, read_roster};
use kaowu_core::eligibility::{Entered, Standing, matches};
use kaowu_core::facts::{Candidate, ExclusionLine};
use kaowu_core::identity::{IdNumber, UnitCode};
use kaowu_core::plan::{Plan, bundled};
use kaowu_core::roster::{self, Field, Severity, check_id, clean_id};
use kaowu_core::words::Lang;
use std::collections::BTreeMap;

fn plan() -> Plan {
    Plan::read(bundled("jiangsu-2020").unwrap()).unwrap()
}

fn header(field: Field) -> &'static str {
    match field {
        Field::Name => "姓名",
        Field::Sex => "性别",
        Field::Id => "身份证号",
        Field::Workplace => "工作单位",
        Field::Duty => "职务",
        Field::Phone => "手机号码",
        Field::Outer => "所属设区市",
        Field::Inner => "县（市、区）",
        Field::Remark => "备注",
    }
}

#[test]
fn every_row_of_the_expected_list() {
    let table = read_roster(&fixture("faulty/roster-faults.xlsx")).unwrap();
    let read = roster::read_roster(&table.people, &plan(), &table.source, &|_| None);
    let mut expected = csv::Reader::from_path(fixture("faulty/roster-faults.expected.csv")).unwrap();
    let mut spoken_of = Vec::new();
    for record in expected.records() {
        let record = record.unwrap();
        let (row, column, outcome) = (record[0].parse::<u32>().unwrap(), &record[1], &record[3]);
        spoken_of.push(row);
        let told: Vec<_> = read.told.iter().filter(|t| t.row == row).collect();
        let here = told.iter().find(|t| header(t.field) == column);
        let here = here.unwrap_or_else(|| panic!("row {row}: nothing said of {column}, but {told:?}"));
        let got = match told.iter().map(|t| t.fault.severity()).max().unwrap() {
            Severity::Refused => "refused".to_owned(),
            Severity::Warning => "accepted with a warning".to_owned(),
            Severity::Cleaned => match &here.fault {
                roster::RowFault::Cleaned { now, .. } if outcome.contains(" to ") => format!("accepted, cleaned to {now}"),
                _ => "accepted, cleaned".to_owned(),
            },
        };
        assert_eq!(got, outcome, "row {row} {column}: {told:?}");
        let said = here.said(Lang::Zh);
        assert!(!said.what.contains(['{', '}']) && (got.starts_with("accepted, ") || !said.remedy.is_empty()), "{said:?}");
    }
    // Rows of which nothing is expected are taken without a word.
    assert!(read.told.iter().all(|t| spoken_of.contains(&t.row)), "{:?}", read.told);
    let codes: Vec<(u32, String)> = read
        .told
        .iter()
        .filter(|t| [9, 10, 27, 28, 29].contains(&t.row))
        .map(|t| (t.row, kaowu_core::coded::Coded::code(&t.fault)))
        .collect();
    let want = [(9, "id-is-number"), (10, "id-is-number"), (27, "name-private"), (28, "cell-formula"), (29, "name-character")];
    assert_eq!(codes, want.map(|(row, code)| (row, code.to_owned())));
    // 28 numbered rows; 合计 is none. Every row ends in one way.
    assert_eq!((read.rows, read.refused, read.people.len()), (28, 15, 13));
    assert_eq!(read.skipped.iter().map(|s| (s.row, s.why)).collect::<Vec<_>>(), [(32, roster::Skip::Total)]);
}

#[test]
fn gb18030_reads_as_its_utf8_twin() {
    let bytes = std::fs::read(fixture("faulty/roster-gb18030.csv")).unwrap();
    let (text, _, broken) = encoding_rs::GB18030.decode(&bytes);
    assert!(!broken);
    let people = |bytes: &[u8]| roster_of("r.csv", bytes).unwrap().people;
    let here = people(&bytes);
    assert_eq!(here, people(text.as_bytes()));
    assert_eq!(here, people(format!("\u{FEFF}{text}").as_bytes()));
    let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(here, people(&wide));
    assert_eq!(here, people(text.replace(',', "\t").as_bytes()));
    assert_eq!(here.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), ["王㛃", "陈𠅤"]);
}

/// One event: 1,372 people without a fault, the excluded and the suspects as another program found them.
#[test]
fn rosters_and_exclusions_of_the_event() {
    let plan = plan();
    let mut people: BTreeMap<IdNumber, Candidate> = BTreeMap::new();
    for file in std::fs::read_dir(fixture("jiangsu-2020/rosters")).unwrap() {
        let table = read_roster(&file.unwrap().path()).unwrap();
        let read = roster::read_roster(&table.people, &plan, &table.source, &|id| people.get(id).map(|p| p.source.clone()));
        assert_eq!((read.rows, read.refused), (u32::try_from(read.people.len()).unwrap(), 0), "{}", table.source);
        // 海门区 was founded only after the deadline; the rosters name it and are believed.
        let founded_later = |t: &roster::Told| matches!(&t.fault, roster::RowFault::UnitNotValid { unit } if unit == "海门区");
        assert!(read.told.iter().all(founded_later), "{} {:?}", table.source, read.told);
        people.extend(read.people);
    }
    assert_eq!(people.len(), 1372);
    let (_, rows) = read_exclusions(&fixture("jiangsu-2020/exclusions-2019.xlsx")).unwrap();
    let line = |row: &crate::tables::ExclusionRow| ExclusionLine {
        name: row.name.clone(),
        id: check_id(&clean_id(&row.id), plan.event.entry_deadline).is_ok().then(|| clean_id(&row.id).into()),
        city: plan.resolve_city(&row.city).unit().cloned(),
        activity: row.activity.clone(),
    };
    let lines: Vec<ExclusionLine> = rows.iter().map(line).collect();
    let cities: BTreeMap<&IdNumber, &UnitCode> = people.iter().map(|(id, p)| (id, &plan.top(&p.unit).unwrap().code)).collect();
    let entered = people.iter().map(|(id, p)| Entered { id, name: &p.name, city: cities.get(id).copied() });
    let found: Vec<String> = matches(entered, &lines, &BTreeMap::new())
        .iter()
        .map(|m| {
            let finding = if m.standing == Standing::Excluded { "excluded" } else { "suspect" };
            format!("{},{},{},{finding}", m.id, people[&m.id].name, plan.unit(cities[&m.id]).unwrap().name)
        })
        .collect();
    let want = std::fs::read_to_string(fixture("jiangsu-2020/expected/eligibility.csv")).unwrap();
    let mut want: Vec<&str> = want.lines().skip(1).collect();
    want.sort_unstable();
    assert_eq!(found, want);
}

#[test]
fn rooms_and_marks_of_the_event() {
    let (_, rooms) = read_rooms(&fixture("jiangsu-2020/rooms.xlsx")).unwrap();
    assert_eq!((rooms.len(), rooms[0].columns.as_str(), rooms[0].room.as_str()), (70, "7-8-8-7", "001"));
    let (_, marks) = read_marks(&fixture("jiangsu-2020/marks/city-written.xlsx")).unwrap();
    assert_eq!((marks.len(), marks[0].marks.as_slice()), (1372, &["66.5".to_owned()][..]));
    assert_eq!(marks[4].marks, ["缺考"]);
    let interview = fixture("jiangsu-2020/marks/interview.xlsx");
    let (_, panels) = read_panel_marks(&interview, 7).unwrap();
    assert_eq!((panels.len(), panels[0].marks.join(" ").as_str()), (179, "80.4 76.4 84.5 77.4 81.6 76.7 81.1"));
    assert_eq!(super::code(read_panel_marks(&interview, 9)), "columns-missing");
    assert_eq!(super::code(read_panel_marks(&interview, 5)), "judges-surplus");
}
