//! Exports of the practice platform: found by their headers, read in pieces.

use super::{code, fixture, zipped};
use crate::SheetError;
use crate::practice::{PracticeHead, PracticeReader, read_practice};
use encoding_rs::GB18030;
use kaowu_core::practice::RawRow;
use std::ops::ControlFlow;

#[derive(Default)]
struct Heard {
    rows: Vec<(u32, String)>,
    pulses: usize,
}

impl PracticeReader for Heard {
    type Error = SheetError;
    fn head(&mut self, _: &PracticeHead) -> Result<(), SheetError> {
        Ok(())
    }
    fn row(&mut self, row: &RawRow<'_>, others: &[&str]) {
        let all = [row.id, row.name, row.outer, row.inner, row.day, row.score, row.time];
        self.rows.push((row.row, format!("{}|{}", all.join(","), others.join(","))));
    }
    fn pulse(&mut self, done: u64, total: u64) -> ControlFlow<SheetError> {
        assert!(done <= total);
        self.pulses += 1;
        ControlFlow::Continue(())
    }
}

fn read(name: &str, bytes: &[u8]) -> (Result<PracticeHead, SheetError>, Heard) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let mut heard = Heard::default();
    (read_practice(&path, &mut heard), heard)
}

const LONG: &str = "人社练兵平台导出\n序号,用户姓名,身份证号码,所属设区市,所属县（市、区）,登录日期\n1,王㛃,320102197001010018,南京市,玄武区,2020-05-01\n\n2,李䶮,,南京市,玄武区,2020-05-02\n";

#[test]
fn encodings_and_titles() {
    let want =
        [(3, "320102197001010018,王㛃,南京市,玄武区,2020-05-01,,|1".to_owned()), (5, ",李䶮,南京市,玄武区,2020-05-02,,|2".to_owned())];
    let marked: Vec<u8> = [&[0xEF, 0xBB, 0xBF], LONG.as_bytes()].concat();
    let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain(LONG.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for bytes in [
        LONG.as_bytes().to_vec(),
        marked,
        GB18030.encode(LONG).0.into_owned(),
        wide,
        LONG.replace('\n', "\r\n").into_bytes(),
        LONG.replace(',', "\t").into_bytes(),
    ] {
        let (head, heard) = read("登录.csv", &bytes);
        let head = head.unwrap();
        assert_eq!(heard.rows, want);
        assert_eq!((head.days, head.scores, head.others.as_slice(), head.sha256.len()), (true, false, ["序号".to_owned()].as_slice(), 64));
    }
}

#[test]
fn a_workbook_says_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("周.xlsx");
    let columns =
        ["姓名", "身份证号", "单位", "周成绩", "用时（秒）", "2020-05-01"].map(|h| crate::Column::new(h, 12, crate::Kind::Figure));
    let row = ["王㛃", "320102197001010018", "南京市玄武区", "92.5", "345", "1"].map(str::to_owned).to_vec();
    let sheet = crate::OutSheet { name: "周".into(), title: "周周练".into(), columns: columns.to_vec(), rows: vec![row] };
    crate::write_workbook(&path, &[sheet]).unwrap();
    let mut heard = Heard::default();
    let head = read_practice(&path, &mut heard).unwrap();
    assert_eq!(heard.rows, [(3, "320102197001010018,王㛃,南京市玄武区,,,92.5,345|1".to_owned())]);
    assert!(head.scores && !head.days);
    assert_eq!(head.others, ["2020-05-01"]);
}

#[test]
fn long_files_are_read_in_pieces() {
    let rows: String = (0..60_000).map(|n| format!("{n},王芳,320102197001010018,南京市,玄武区,2020-05-01\n")).collect();
    for bytes in [format!("{LONG}{rows}").into_bytes(), GB18030.encode(&format!("{LONG}{rows}")).0.into_owned()] {
        let (head, heard) = read("登录.csv", &bytes);
        head.unwrap();
        assert_eq!(heard.rows.len(), 60_002);
        assert_eq!(heard.rows[60_001], (60_005, "320102197001010018,王芳,南京市,玄武区,2020-05-01,,|59999".to_owned()));
        assert!(heard.pulses >= 2);
    }
}

#[test]
fn files_that_are_none() {
    let check = |name: &str, bytes: &[u8], want: &str| assert_eq!(code(read(name, bytes).0), want, "{name}");
    check("空.csv", b"", "sheet-empty");
    check("无列.csv", "甲,乙\n1,2\n".as_bytes(), "columns-missing");
    check("两列.csv", "姓名,姓名,设区市\n1,2,3\n".as_bytes(), "column-twice");
    check("乱.csv", b"\xFF\xFF\xFF\xFE,\x80\n", "text-unreadable");
    check("零.csv", b"a\0b,c\n", "not-a-workbook");
    check("图.png", b"\x89PNG....", "not-a-workbook");
    check("断.xlsx", &zipped(&[("xl/workbook.xml", "<workbook")])[..60], "workbook-damaged");
    let mut heard = Heard::default();
    assert_eq!(code(read_practice(&fixture("faulty/none.csv"), &mut heard)), "sheet-not-found");
}
