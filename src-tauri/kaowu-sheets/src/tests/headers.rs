//! Headers as people write them, and where they stand.

use super::{code, fixture, roster_of, row, xlsx, zipped};
use crate::SheetError;
use kaowu_core::roster::{Field, Odd};

#[test]
fn header_variants() {
    let check = |header: &str, field: Field| {
        let usual = ["姓名", "性别", "身份证号", "工作单位", "职务", "手机号码", "所属设区市", "县（市、区）", "备注"];
        let at = Field::ALL.iter().position(|f| *f == field).unwrap();
        let line: Vec<String> = usual.iter().enumerate().map(|(n, h)| format!("\"{}\"", if n == at { header } else { h })).collect();
        let table = roster_of("r.csv", format!("{}\n1,2,3,4,5,6,7,8,9\n", line.join(",")).as_bytes());
        let table = table.unwrap_or_else(|e| panic!("{header:?}: {e}"));
        assert_eq!(table.column(field), Some(at), "{header:?}");
    };
    for header in
        ["姓名", "姓 名", "姓　　名", "姓\n名", "*姓名", "姓名*", "姓名（必填）", "【必填】姓名", "选手姓名", "考生姓名：", "Name"]
    {
        check(header, Field::Name);
    }
    for header in [
        "身份证号",
        "身份证号码",
        "身份证\n号码",
        "身份证号（18位）",
        "身份证号(文本格式)",
        "公民身份号码",
        "居民身份证号码",
        "证件号码",
        "身份证",
        "※身份证号",
        "身 份 证 号",
        "ＩＤ",
    ] {
        check(header, Field::Id);
    }
    for header in ["手机号码", "手机号", "手机", "联系电话", "联系方式", "电话", "移动电话", "手机号码（11位）"]
    {
        check(header, Field::Phone);
    }
    for header in ["所属设区市", "设区市", "所在市", "地市", "市", "设区市（省厅）", "招录机关", "招聘单位"] {
        check(header, Field::Outer);
    }
    for header in [
        "县（市、区）",
        "县(市、区)",
        "县（市，区）",
        "县(市,区)",
        "县市区",
        "县（区）",
        "所在县区",
        "区县",
        "所属县（市、区）",
        "报考职位",
        "岗位代码",
    ] {
        check(header, Field::Inner);
    }
    for header in ["工作单位", "单位", "所在单位", "工作单位（全称）"] {
        check(header, Field::Workplace);
    }
    for header in ["性别", "性 别"] {
        check(header, Field::Sex);
    }
    for header in ["职务", "职务／职称", "现任职务"] {
        check(header, Field::Duty);
    }
    for header in ["备注", "备 注", "说明"] {
        check(header, Field::Remark);
    }
}

#[test]
fn header_below_titles() {
    let text =
        "\u{FEFF}某市名单\n\n序 号,姓 名*,公民身份号码,\"设区市\n\",联系电话\n1,王㛃,11010519491231002X,南京市,1\n\n\n2,李四,1,南京市,\n";
    let table = roster_of("r.csv", text.as_bytes()).unwrap();
    let rows: Vec<(u32, &str)> = table.people.iter().map(|p| (p.row, p.name.as_str())).collect();
    let crlf = roster_of("r.csv", text.replace('\n', "\r\n").as_bytes()).unwrap();
    assert_eq!(crlf.people.iter().map(|p| p.row).collect::<Vec<_>>(), [4, 7]);
    assert_eq!((table.header, rows), (3, vec![(4, "王㛃"), (7, "李四")]), "rows as a spreadsheet program counts them");
}

#[test]
fn what_is_missing_and_what_was_seen() {
    let error = roster_of("r.csv", "报名表\n姓名,性别,设区市\n王㛃,女,南京市\n".as_bytes()).err().unwrap();
    let want = SheetError::ColumnsMissing {
        file: "r.csv".into(),
        missing: vec!["身份证号".into()],
        sheet: "CSV".into(),
        row: 2,
        seen: ["姓名", "性别", "设区市"].map(Into::into).to_vec(),
    };
    assert_eq!(error, want);
    assert_eq!(code(roster_of("r.csv", "姓名,身份证号,设区市,姓名,身份证号\n".as_bytes())), "column-twice");
}

/// 设区市 stands once for several rows, in merged cells; a spare row inside stays nobody's.
#[test]
fn merged_city_cells() {
    let sheet = format!(
        "<sheetData>{}{}{}{}{}{}</sheetData><mergeCells><mergeCell ref=\"A1:D1\"/><mergeCell ref=\"C3:C5\"/></mergeCells>",
        row(1, &["名单"]),
        row(2, &["姓名", "身份证号", "设区市", "县区"]),
        row(3, &["甲", "1", "南京市", "玄武区"]),
        row(4, &["乙", "2", "", "鼓楼区"]),
        row(5, &["", "", "", ""]),
        row(6, &["丙", "3", "", "鼓楼区"]),
    );
    let people = roster_of("r.xlsx", &xlsx(&sheet)).unwrap().people;
    let cities: Vec<(u32, &str)> = people.iter().map(|p| (p.row, p.outer.as_str())).collect();
    assert_eq!(cities, [(3, "南京市"), (4, "南京市"), (6, "")]);
}

#[test]
fn header_of_two_rows() {
    let sheet = format!(
        "<sheetData>{}{}{}</sheetData>",
        row(1, &["姓名", "身份证号", "所属单位", ""]),
        row(2, &["", "", "设区市", "县（市、区）"]),
        row(3, &["甲", "1", "南京市", "玄武区"]),
    );
    let table = roster_of("r.xlsx", &xlsx(&sheet)).unwrap();
    assert_eq!((table.header, table.people.len(), table.people[0].inner.as_str()), (2, 1, "玄武区"));
}

/// Reading one sheet of two would lose the people of the other.
#[test]
fn tables_in_two_sheets() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("two.xlsx");
    let write = |rows: [usize; 2]| {
        let mut book = rust_xlsxwriter::Workbook::new();
        for (sheet, count) in rows.into_iter().enumerate() {
            let page = book.add_worksheet();
            page.set_name(format!("表{sheet}")).unwrap();
            page.write_row(0, 0, ["姓名", "身份证号", "设区市"]).unwrap();
            for n in 0..count {
                page.write_row(u32::try_from(n).unwrap() + 1, 0, ["甲", "1", "南京市"]).unwrap();
            }
        }
        book.save(&path).unwrap();
        crate::tables::read_roster(&path)
    };
    assert_eq!(write([1, 0]).unwrap().people.len(), 1);
    assert_eq!(write([0, 2]).unwrap().sheet, "表1", "an empty form before the table is not taken for it");
    assert_eq!(code(write([1, 1])), "several-tables");
}

#[test]
fn old_workbooks_and_open_documents() {
    let table = crate::tables::read_roster(&fixture("sheets/roster.xls")).unwrap();
    let people: Vec<_> = table.people.iter().map(|p| (p.row, p.name.as_str(), p.outer.as_str(), p.inner.as_str())).collect();
    assert_eq!(people, [(3, "王㛃", "南京市", "玄武区"), (4, "陈𠅤", "南京市", "鼓楼区"), (5, "张伟", "南京市", "秦淮区")]);
    assert_eq!(table.people[0].odd, [(Field::Phone, Odd::Number)]);
    assert_eq!((table.people[2].id.as_str(), &table.people[2].odd), ("320102197711215000", &vec![(Field::Id, Odd::Number)]));

    let cell = |text: &str| format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>");
    let line = |texts: [&str; 3]| format!("<table:table-row>{}</table:table-row>", texts.map(cell).concat());
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\"><office:body><office:spreadsheet>\
         <table:table table:name=\"名单\">{}<table:table-row table:number-rows-repeated=\"3\"><table:table-cell/></table:table-row>{}\
         <table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>\
         </table:table></office:spreadsheet></office:body></office:document-content>",
        line(["姓名", "身份证号", "设区市"]),
        line(["赵𰻝", "1", "南京市"])
    );
    let ods = zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<m/>"),
        ("content.xml", &content),
    ]);
    let people = roster_of("r.ods", &ods).unwrap().people;
    assert_eq!(people.iter().map(|p| (p.row, p.name.as_str())).collect::<Vec<_>>(), [(5, "赵𰻝")]);
}

#[test]
fn cells_of_all_types() {
    let sheet = format!(
        "<sheetData>{}<row r=\"2\"><c r=\"A2\"><f>B9</f></c><c r=\"B2\"><v>3.20102197711215e+17</v></c><c r=\"C2\" t=\"e\"><v>#N/A</v></c>\
         <c r=\"D2\" t=\"b\"><v>1</v></c><c r=\"E2\"><v>92.500000000000014</v></c><c r=\"F2\" t=\"str\"><f>IF(1,\"甲\")</f><v>甲</v></c></row></sheetData>",
        row(1, &["姓名", "身份证号", "设区市", "性别", "备注", "职务"])
    );
    let person = roster_of("r.xlsx", &xlsx(&sheet)).unwrap().people.remove(0);
    assert_eq!((person.name.as_str(), person.id.as_str(), person.outer.as_str()), ("=B9", "320102197711215000", "#N/A"));
    assert_eq!((person.sex.as_str(), person.remark.as_str(), person.duty.as_str()), ("TRUE", "92.5", "甲"));
    assert_eq!(
        person.odd,
        [(Field::Name, Odd::Formula), (Field::Id, Odd::Number), (Field::Outer, Odd::Error), (Field::Remark, Odd::Number)]
    );
}
