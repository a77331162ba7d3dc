use crate::tables::{read_marks, read_panel_marks, read_rooms, read_roster};
use crate::{Column, Kind, Mark, OutSheet, SheetError, marked_copy, write_workbook};
use kaowu_core::coded::Coded;
use std::path::{Path, PathBuf};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures").join(name)
}

#[test]
fn broken_files_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let check = |path: &Path, want: &str| {
        let code = match read_roster(path) {
            Ok(_) => "ok".to_owned(),
            Err(e) => e.code(),
        };
        assert_eq!(code, want, "{}", path.display());
    };
    check(&fixture("faulty/not-a-workbook.xlsx"), "not-a-workbook");
    check(&fixture("faulty/truncated.xlsx"), "workbook-damaged");
    check(&fixture("faulty/empty.xlsx"), "sheet-empty");
    check(&fixture("faulty/no-such-columns.xlsx"), "columns-missing");
    check(&fixture("faulty/roster-gb18030.csv"), "ok");
    check(&file("nothing.csv", b""), "sheet-empty");
    check(&file("neither.csv", &[0xFF, 0xFF, b'\n']), "text-unreadable");
    check(
        &file(
            "locked.xlsx",
            &[&[0xD0, 0xCF, 0x11, 0xE0][..], &"EncryptedPackage".bytes().flat_map(|b| [b, 0]).collect::<Vec<_>>()].concat(),
        ),
        "workbook-protected",
    );
    check(&folder.path().join("missing.xlsx"), "sheet-unreadable");
    check(folder.path(), "sheet-unreadable");
}

#[test]
fn header_below_titles_and_under_other_names() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("r.csv");
    std::fs::write(&path, "\u{FEFF}某市名单\n\n序 号,姓 名*,公民身份号码,\"设区市\n\",联系电话\n1,王㛃,11010519491231002X,南京市,1\n")
        .unwrap();
    let table = read_roster(&path).unwrap();
    assert_eq!((table.people.len(), table.people[0].row, table.people[0].name.as_str()), (1, 5, "王㛃"));
    std::fs::write(&path, "姓名,性别,设区市\n王㛃,女,南京市\n").unwrap();
    assert_eq!(read_roster(&path).err(), Some(SheetError::ColumnsMissing { file: "r.csv".into(), missing: vec!["身份证号".into()] }));
}

#[test]
fn gb18030_reads_as_its_utf8_twin() {
    let bytes = std::fs::read(fixture("faulty/roster-gb18030.csv")).unwrap();
    let (text, _, _) = encoding_rs::GB18030.decode(&bytes);
    let folder = tempfile::tempdir().unwrap();
    let twin = folder.path().join("roster-gb18030.csv");
    std::fs::write(&twin, text.as_bytes()).unwrap();
    let (a, b) = (read_roster(&fixture("faulty/roster-gb18030.csv")).unwrap(), read_roster(&twin).unwrap());
    assert_eq!(a.people, b.people);
    assert!(a.people.iter().any(|p| p.name == "陈𠅤"));
}

#[test]
fn the_events_own_workbooks() {
    let (_, rooms) = read_rooms(&fixture("jiangsu-2020/rooms.xlsx")).unwrap();
    assert_eq!((rooms.len(), rooms[0].columns.as_str(), rooms[0].room.as_str()), (70, "7-8-8-7", "001"));
    let (_, marks) = read_marks(&fixture("jiangsu-2020/marks/city-written.xlsx")).unwrap();
    assert_eq!((marks.len(), marks[0].marks.as_slice()), (1372, &["66.5".to_owned()][..]));
    let (_, panels) = read_panel_marks(&fixture("jiangsu-2020/marks/interview.xlsx"), 7).unwrap();
    assert_eq!((panels.len(), panels[0].marks.join(" ").as_str()), (179, "80.4 76.4 84.5 77.4 81.6 76.7 81.1"));
    assert!(read_panel_marks(&fixture("jiangsu-2020/marks/interview.xlsx"), 9).is_err(), "nine judges asked, seven there");
}

#[test]
fn what_is_written_reads_back_as_text() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.xlsx");
    let columns =
        vec![Column::new("姓名", 12, Kind::Text), Column::new("身份证号", 20, Kind::Text), Column::new("所属设区市", 9, Kind::Text)];
    let rows = vec![vec!["=1+1".to_owned(), "11010519491231002X".to_owned(), "南京市".to_owned()]];
    write_workbook(&path, &[OutSheet { name: "名单".into(), title: "名单".into(), columns, rows }]).unwrap();
    let table = read_roster(&path).unwrap();
    assert_eq!((table.people[0].name.as_str(), table.people[0].id_is_number), ("=1+1", false));
    let copy = folder.path().join("copy.xlsx");
    let mark = Mark { row: 3, column: Some(0), refused: true, text: "不是姓名".into() };
    marked_copy(&path, "名单", &[mark], &copy).unwrap();
    assert_eq!(read_roster(&copy).unwrap().people, table.people);
    let nowhere = folder.path().join("no/such/folder/x.xlsx");
    assert_eq!(write_workbook(&nowhere, &[]).unwrap_err().code(), "sheet-unwritable");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    /// Whatever a file holds, reading it ends with a table or a coded refusal.
    #[test]
    fn no_bytes_end_the_program(at in 0_usize..9_000, bytes in proptest::collection::vec(proptest::num::u8::ANY, 1..40)) {
        let folder = tempfile::tempdir().unwrap();
        let mut book = std::fs::read(fixture("faulty/roster-faults.xlsx")).unwrap();
        let at = at % book.len();
        let end = (at + bytes.len()).min(book.len());
        let count = end - at;
        book[at..end].copy_from_slice(&bytes[..count]);
        for name in ["x.xlsx", "x.csv"] {
            let path = folder.path().join(name);
            std::fs::write(&path, &book).unwrap();
            if let Err(error) = read_roster(&path) {
                proptest::prop_assert!(!error.code().is_empty());
            }
        }
    }
}
