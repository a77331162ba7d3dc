//! Files that are no table: each gets its code, none ends the program.

use super::{code, fixture, roster_of, row, xlsx, zipped};
use crate::SheetError;
use crate::tables::read_roster;
use kaowu_core::coded::Coded;
use kaowu_core::words::Lang;
use proptest::prelude::*;

#[test]
fn broken_files_are_named() {
    let check = |name: &str, bytes: &[u8], want: &str| assert_eq!(code(roster_of(name, bytes)), want, "{name}");
    let file = |name: &str, want: &str| assert_eq!(code(read_roster(&fixture(name))), want, "{name}");
    file("faulty/not-a-workbook.xlsx", "not-a-workbook");
    file("faulty/truncated.xlsx", "workbook-damaged");
    file("faulty/empty.xlsx", "sheet-empty");
    file("faulty/no-such-columns.xlsx", "columns-missing");
    file("faulty/roster-gb18030.csv", "ok");
    file("faulty/no-such-file.xlsx", "sheet-not-found");
    file("faulty", "sheet-unreadable");
    file("sheets/password-kaowu.xlsx", "workbook-protected");
    check("nothing.xlsx", b"", "sheet-empty");
    check("nothing.csv", b"", "sheet-empty");
    check("blank.csv", b"\n\n,,,\n", "sheet-empty");
    check("neither.csv", &[0xFF, 0xFF, b'\n'], "text-unreadable");
    check("odd.csv", "姓名,身份证号\0,市\n".as_bytes(), "not-a-workbook");
    check("open-quote.csv", format!("姓名,身份证号,市\n\"甲,1,南京市\n{}", "乙,2,南京市\n".repeat(900)).as_bytes(), "workbook-damaged");
    check("page.xls", b"<html><table><tr><td>1</td></tr></table></html>", "not-a-workbook");
    check("letter.docx", &zipped(&[("word/document.xml", "<w/>")]), "not-a-workbook");
    check("broken.ods", &zipped(&[("content.xml", "<office:document")]), "workbook-damaged");
    check("head.xls", &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "workbook-damaged");
}

#[test]
fn bounds_hold() {
    let header = row(1, &["姓名", "身份证号", "设区市"]);
    let people = |code_of: &str, data: String| {
        let read = roster_of("r.xlsx", &xlsx(&format!("<sheetData>{header}{data}</sheetData>")));
        let got = read.as_ref().map_or_else(Coded::code, |_| "ok".to_owned());
        assert_eq!(got, code_of);
        read.map(|t| t.people).unwrap_or_default()
    };
    // One cell in the farthest corner: a grid of all cells before it would take half a terabyte.
    let far = people(
        "ok",
        format!(
            "{}<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c><c r=\"A1048576\"><v>7</v></c></row>",
            row(2, &["甲", "1", "南京市"])
        ),
    );
    assert_eq!(far.iter().map(|p| p.row).collect::<Vec<_>>(), [2, 1_048_576]);
    // Rows out of order, and one row twice.
    let mixed = people("ok", format!("{}{}{}", row(5, &["丙", "3", "市"]), row(2, &["甲", "", "市"]), row(2, &["", "1"])));
    assert_eq!(mixed.iter().map(|p| (p.row, p.id.as_str())).collect::<Vec<_>>(), [(2, "1"), (5, "3")]);
    people("sheet-too-long", (2..200_010).map(|n| format!("<row r=\"{n}\"><c><v>1</v></c></row>")).collect());
    let long = people("ok", row(2, &["甲", "1", &"市".repeat(30_000)]));
    assert_eq!(long[0].outer.chars().count(), 2000);
    let bomb = zipped(&[("xl/workbook.xml", &" ".repeat(513 << 20))]);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(roster_of("r.xlsx", &bomb).err(), Some(SheetError::WorkbookTooLarge { file: "r.xlsx".into(), megabytes: 512 }));
}

/// A zip that claims to unpack to little and unpacks to much.
#[test]
fn a_lying_zip() {
    let mut zip = zipped(&[("xl/workbook.xml", &" ".repeat(513 << 20))]);
    let honest = u32::try_from(513_u64 << 20).unwrap().to_le_bytes();
    let places: Vec<usize> = zip.windows(4).enumerate().filter(|(_, w)| *w == honest).map(|(at, _)| at).collect();
    assert!(!places.is_empty());
    for at in places {
        zip[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    let refused = code(roster_of("r.xlsx", &zip));
    assert!(["workbook-too-large", "workbook-damaged"].contains(&refused.as_str()), "{refused}");
}

/// A kilobyte of ods can claim a hundred million cells.
#[test]
fn repeated_cells() {
    let check = |table: &str, want: &str| {
        let content = format!("<office:document-content><table:table table:name=\"t\">{table}</table:table></office:document-content>");
        let ods = zipped(&[
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            ("META-INF/manifest.xml", "<m/>"),
            ("content.xml", &content),
        ]);
        assert_eq!(code(roster_of("r.ods", &ods)), want, "{table}");
    };
    let cell = |columns: u32| {
        format!("<table:table-cell table:number-columns-repeated=\"{columns}\" office:value-type=\"float\" office:value=\"1\"/>")
    };
    let rows = |rows: u32, inside: &str| format!("<table:table-row table:number-rows-repeated='{rows}'>{inside}</table:table-row>");
    check(&rows(1_048_576, &cell(100)), "sheet-too-long");
    check(&rows(1, &cell(16_384)).repeat(1000), "sheet-too-long");
    check(&format!("{}{}", rows(1_000_000, "<table:table-cell/>"), rows(1, &cell(16_384))), "sheet-too-long");
    check(&rows(1, &cell(3)).replace("='1'", "='&#49;'"), "workbook-damaged");
    check(
        &format!("{}{}", rows(2, &cell(3)), rows(1_048_000, "<table:table-cell table:number-columns-repeated=\"16384\"/>")),
        "columns-missing",
    );
}

/// An xls whose sheet claims four billion rows: calamine would set room aside for all of them.
#[test]
fn an_xls_that_claims_too_much() {
    let book = std::fs::read(fixture("sheets/roster.xls")).unwrap();
    // Record 0x0200 of 14 bytes; its rows end at bytes 8 to 12.
    let at = book.windows(4).position(|w| w == [0, 2, 14, 0]).unwrap();
    let mut claims = book.clone();
    claims[at + 8..at + 12].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_eq!(code(roster_of("r.xls", &claims)), "workbook-damaged");
    assert_eq!(code(roster_of("r.xls", &book)), "ok");
}

#[test]
fn every_refusal_has_words() {
    let text = || "甲".to_owned();
    let refusals = [
        SheetError::SheetNotFound { file: text() },
        SheetError::SheetUnreadable { file: text(), detail: text() },
        SheetError::SheetEmpty { file: text() },
        SheetError::NotAWorkbook { file: text() },
        SheetError::WorkbookDamaged { file: text(), detail: text() },
        SheetError::WorkbookProtected { file: text() },
        SheetError::WorkbookTooLarge { file: text(), megabytes: 1 },
        SheetError::SheetTooLong { file: text(), sheet: text(), rows: 1 },
        SheetError::ColumnsMissing { file: text(), missing: vec![text()], sheet: text(), row: 1, seen: vec![text()] },
        SheetError::ColumnTwice { file: text(), sheet: text(), row: 1, column: text() },
        SheetError::SeveralTables { file: text(), sheets: vec![text()] },
        SheetError::JudgesSurplus { file: text(), judges: 7, there: 8 },
        SheetError::TextUnreadable { file: text() },
        SheetError::SheetUnwritable { file: text(), detail: text() },
        SheetError::FolderMissing { file: text() },
        SheetError::SheetDiskFull { file: text() },
        SheetError::SheetReadOnly { file: text() },
        SheetError::SheetNameRefused { file: text() },
        SheetError::FileBusy { file: text() },
        SheetError::SheetTooLarge { file: text(), rows: 1 },
    ];
    for error in refusals {
        for lang in [Lang::Zh, Lang::En] {
            let said = lang.error(&error);
            assert!(!said.remedy.is_empty() && !format!("{}{}", said.what, said.remedy).contains(['{', '}']), "{lang:?} {said:?}");
        }
    }
}

/// Reads these bytes under all names; whatever they hold, the end is a table or a refusal with words.
fn ends_well(bytes: &[u8]) -> Result<(), TestCaseError> {
    for name in ["x.xlsx", "x.csv"] {
        if let Err(error) = roster_of(name, bytes) {
            prop_assert!(!Lang::Zh.error(&error).remedy.is_empty(), "{}", error.code());
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn random_bytes(head in 0_usize..4, bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..2000)) {
        let head: &[u8] = [&b""[..], b"PK\x03\x04", &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], &[0xEF, 0xBB, 0xBF]][head];
        ends_well(&[head, &bytes].concat())?;
    }

    #[test]
    fn overwritten_workbooks(file in 0_usize..4, at in 0_usize..20_000, bytes in proptest::collection::vec(proptest::num::u8::ANY, 1..40)) {
        let name = ["faulty/roster-faults.xlsx", "sheets/roster.xls", "faulty/roster-gb18030.csv", "sheets/password-kaowu.xlsx"][file];
        let mut book = std::fs::read(fixture(name)).unwrap();
        let at = at % book.len();
        let end = (at + bytes.len()).min(book.len());
        book[at..end].copy_from_slice(&bytes[..end - at]);
        ends_well(&book)?;
    }

    #[test]
    fn shortened_workbooks(file in 0_usize..2, cut in 0_usize..7000) {
        let book = std::fs::read(fixture(["faulty/roster-faults.xlsx", "sheets/roster.xls"][file])).unwrap();
        ends_well(&book[..cut.min(book.len())])?;
    }

    /// The sheet's XML itself damaged inside a sound zip: this reaches the cells.
    #[test]
    fn damaged_cells(at in 0_usize..400, with in "[ -~]{0,12}") {
        let mut data = format!("<sheetData>{}{}</sheetData><mergeCells><mergeCell ref=\"C2:C3\"/></mergeCells>",
            row(1, &["姓名", "身份证号", "设区市"]), row(2, &["Zhang", "1", ""]));
        let at = (0..=at.min(data.len())).rev().find(|at| data.is_char_boundary(*at)).unwrap_or(0);
        data.insert_str(at, &with);
        ends_well(&xlsx(&data))?;
    }
}
