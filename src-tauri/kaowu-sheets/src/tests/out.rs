//! What is written reads back, and is placed whole or not at all.

use super::{code, fixture};
use crate::file::read_book;
use crate::tables::read_roster;
use crate::{Column, Kind, Mark, OutSheet, SheetError, marked_copy, write_workbook};

fn list(name: &str, rows: &[&[&str]]) -> OutSheet {
    let columns = vec![
        Column::new("姓名", 12, Kind::Text),
        Column::new("身份证号", 20, Kind::Text),
        Column::new("所属设区市", 9, Kind::Text),
        Column::new("名次", 6, Kind::Count),
        Column::new("综合成绩", 10, Kind::Figure),
    ];
    let rows = rows.iter().map(|row| row.iter().map(|t| (*t).to_owned()).collect()).collect();
    OutSheet { name: name.to_owned(), title: "2020年度全省选拔赛综合成绩".to_owned(), columns, rows }
}

/// The texts of a sheet, with `#` before what is stored as a number.
fn cells(path: &std::path::Path, sheet: usize) -> Vec<(u32, String)> {
    let book = read_book(path).unwrap();
    let show = |cell: &crate::cell::Cell| if cell.is_number() { format!("#{}", cell.text()) } else { cell.text().to_owned() };
    book.sheets[sheet].rows.iter().map(|r| (r.row, r.cells.iter().map(show).collect::<Vec<_>>().join("|"))).collect()
}

#[test]
fn text_stays_text_and_figures_are_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.xlsx");
    let rows: &[&[&str]] = &[
        &["=1+1", "11010519491231002X", "南京市", "1", "94.50"],
        &["@SUM(A1)", "320102199003100012", "+86", "007", "缺考"],
        &["-1", "'", "1e3", "", "0.05"],
    ];
    write_workbook(&path, &[list("排名", rows)]).unwrap();
    let want = [
        (1, "2020年度全省选拔赛综合成绩"),
        (2, "姓名|身份证号|所属设区市|名次|综合成绩"),
        (3, "=1+1|11010519491231002X|南京市|#1|#94.5"),
        (4, "@SUM(A1)|320102199003100012|+86|007|缺考"),
        (5, "-1|'|1e3||#0.05"),
    ];
    assert_eq!(cells(&path, 0), want.map(|(row, text)| (row, text.to_owned())));
    let xml = crate::tests::part_of(&path, "xl/worksheets/sheet1.xml");
    assert!(!xml.contains("<f>"), "nothing is a formula");
    for there in [
        "mergeCell ref=\"A1:E1\"",
        "state=\"frozen\"",
        "autoFilter ref=\"A2:E5\"",
        "orientation=\"landscape\"",
        "fitToHeight=\"0\"",
        "paperSize=\"9\"",
    ] {
        assert!(xml.contains(there), "{there}");
    }
    assert!(crate::tests::part_of(&path, "xl/workbook.xml").contains("_xlnm.Print_Titles"));
    assert!(crate::tests::part_of(&path, "xl/styles.xml").contains("formatCode=\"0.00\""), "94.50 keeps its places");
}

#[test]
fn names_of_sheets() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.xlsx");
    let long = "2020年度全省人社系统窗口单位业务技能练兵比武设区市选拔赛选手名单";
    let sheets = ["甲/乙:丙", "", long, long, "History'"].map(|name| list(name, &[]));
    write_workbook(&path, &sheets).unwrap();
    let names: Vec<String> = read_book(&path).unwrap().sheets.into_iter().map(|s| s.name).collect();
    assert_eq!(names[..2], ["甲-乙-丙".to_owned(), "Sheet".to_owned()]);
    assert!(names[2].chars().count() == 31 && names[3].ends_with(" (2)") && names[3].chars().count() <= 31, "{names:?}");
}

#[test]
fn whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.xlsx");
    std::fs::write(&path, "before").unwrap();
    let mut huge = list("排名", &[]);
    huge.rows = vec![Vec::new(); 1_048_575];
    assert_eq!(write_workbook(&path, &[huge]), Err(SheetError::SheetTooLarge { file: "out.xlsx".into(), rows: 1_048_575 }));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "before");
    assert_eq!(code(write_workbook(&folder.path().join("no/such/folder/x.xlsx"), &[])), "folder-missing");
    assert_eq!(code(write_workbook(&path.join("x.xlsx"), &[])), "folder-missing", "a file is no folder");
    assert_eq!(code(write_workbook(folder.path(), &[list("a", &[])])), "file-busy", "a folder is not replaced");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing half-written is left");
    let full = SheetError::writing(&path, &std::io::Error::from(std::io::ErrorKind::StorageFull));
    assert_eq!(full, SheetError::SheetDiskFull { file: "out.xlsx".into() });
}

#[test]
fn a_copy_with_the_faults_marked() {
    let original = fixture("faulty/roster-faults.xlsx");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("marked.xlsx");
    let mark = |row: u32, column: Option<usize>, refused: bool, text: &str| Mark { row, column, refused, text: text.into() };
    let marks = [mark(8, Some(3), true, "校验位不符"), mark(15, Some(2), false, "性别不符"), mark(28, None, true, "=公式")];
    let table = read_roster(&original).unwrap();
    marked_copy(&original, &table.sheet, &marks, &path).unwrap();
    let (copy, was) = (cells(&path, 0), cells(&original, 0));
    assert_eq!(copy.len(), was.len());
    for ((row, now), (_, was)) in copy.iter().zip(&was) {
        let told = marks.iter().find(|m| m.row == *row).map(|m| format!("|{}", m.text)).unwrap_or_default();
        let told = if *row == 2 { "|问题".to_owned() } else { told };
        let pad = |text: &str| format!("{text}{}", "|".repeat(9_usize.saturating_sub(text.matches('|').count())));
        let want = if told.is_empty() { was.replace('#', "") } else { format!("{}{told}", pad(&was.replace('#', ""))) };
        assert_eq!(*now, want, "row {row}");
    }
    assert_eq!(
        cells(&path, 1)[1..],
        [(2, "#8|D|未导入|校验位不符".to_owned()), (3, "#15|C|已导入|性别不符".into()), (4, "#28||未导入|=公式".into())]
    );
    let notes = crate::tests::part_of(&path, "xl/comments1.xml");
    assert!(notes.contains("ref=\"D8\"") && notes.contains("校验位不符") && notes.contains("ref=\"C15\""), "{notes}");
    assert!(!crate::tests::part_of(&path, "xl/worksheets/sheet1.xml").contains("<f>"), "a copy runs nothing");
    // The copy is read as the roster it is a copy of: what was typed as a number is text there.
    let again = read_roster(&path).unwrap();
    assert_eq!(again.people.iter().map(|p| &p.name).collect::<Vec<_>>(), table.people.iter().map(|p| &p.name).collect::<Vec<_>>());
}
