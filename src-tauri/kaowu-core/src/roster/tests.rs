use super::*;
use crate::coded::Coded;
use crate::plan::{Plan, bundled};
use crate::words::Lang;

#[test]
fn names() {
    let check = |text: &str, want: Result<&str, &str>| {
        let got = clean_name(text).map_err(|f| f.code());
        assert_eq!(got, want.map(str::to_owned).map_err(str::to_owned), "{text:?}");
    };
    check(" 李 娜 ", Ok("李娜"));
    check("李　娜", Ok("李娜"));
    check("吴\n涛", Ok("吴涛"));
    check("王\u{200B}芳\u{FEFF}", Ok("王芳"));
    check("迪丽热巴•吐尔逊", Ok("迪丽热巴·吐尔逊"));
    check("王㛃", Ok("王㛃"));
    check("张𬭎", Ok("张𬭎"));
    check("赵𰻝", Ok("赵𰻝"));
    check("John  Smith", Ok("John Smith"));
    check("", Err("name-empty"));
    check(" \u{3000} ", Err("name-empty"));
    check("'王芳", Ok("王芳"));
    check("王\u{E0101}芳", Ok("王芳"));
    check("迪丽热巴.吐尔逊", Ok("迪丽热巴·吐尔逊"));
    check("迪丽热巴··吐尔逊", Ok("迪丽热巴·吐尔逊"));
    check("迪丽热巴·", Err("name-character"));
    check("迪丽热巴-吐尔逊", Err("name-character"));
    check("王〇一", Ok("王〇一"));
    check("ＪｏｈｎＳｍｉｔｈ", Ok("JohnSmith"));
    check("Jose\u{301} Mari\u{301}a", Ok("José María"));
    check("O'Brien-Smith Jr.", Ok("O'Brien-Smith Jr."));
    check("\u{F929}丽", Ok("朗丽"));
    check("待定", Err("name-to-come"));
    check("郑\u{E863}", Err("name-private"));
    check("郑\u{F0000}", Err("name-private"));
    check("张三<script>", Err("name-character"));
    check("张\u{202E}三", Err("name-hidden"));
    check("张\u{7}三", Err("name-hidden"));
    check("张□", Err("name-gap"));
    check("张?", Err("name-gap"));
    check("张*伟", Err("name-gap"));
    check("张\u{FFFD}", Err("name-gap"));
    check("王⿰女冉", Err("name-gap"));
    check("王○一", Err("name-gap"));
    check("张伟（大）", Err("name-note"));
    check("⼭本", Err("name-look-alike"));
    check("张A", Err("name-look-alike"));
    check("张ニ", Err("name-look-alike"));
    check("Аlice", Err("name-look-alike"));
    check("=1+1", Err("name-character"));
    check("张3", Err("name-character"));
    check("张😀", Err("name-character"));
    check(&"好".repeat(31), Err("name-long"));
}

#[test]
fn id_numbers() {
    let on = NaiveDate::from_ymd_opt(2020, 6, 15).unwrap();
    let check = |text: &str, want: &str| {
        let got = check_id(&clean_id(text), on).map_or_else(|f| f.code(), |sex| sex.word().to_owned());
        assert_eq!(got, want, "{text}");
    };
    check("11010519491231002X", "女");
    check("11010519491231002x", "女");
    check(" 110105 19491231-002X'", "女");
    check("３２０１０２１９７２０９１４０６１６", "男");
    check("11010519491231002Х", "女");
    check("11010519491231002×", "女");
    check("110105–19491231–002X", "女");
    check("320102199610049710", "id-check-digit");
    check("320102197711215000", "id-digits-lost");
    check("3.20102E+17", "id-scientific");
    check("3.20102e17", "id-scientific");
    check("990102199610049710", "id-region");
    check("000000000000000000", "id-region");
    check("320102189910049710", "id-birth");
    check("32010219961004971012", "id-length");
    check("320102199013310010", "id-birth");
    check("320102209001010010", "id-birth");
    check("32010219711019407", "id-length");
    check("110105491231002", "id-old-form");
    check("", "id-empty");
    check("1101051949l231002X", "id-character");
    check("11010519491X310020", "id-character");
    check("1101051949１231002X", "女");
    check("1101051949٣231002X", "id-character");
    check("11010519491231002Y", "id-character");
}
use chrono::NaiveDate;

#[test]
fn one_wrong_digit_never_passes() {
    let on = NaiveDate::from_ymd_opt(2020, 6, 15).unwrap();
    let good = "11010519491231002X";
    for at in 0..17 {
        for digit in '0'..='9' {
            let mut text: Vec<char> = good.chars().collect();
            if text[at] != digit {
                text[at] = digit;
                assert!(check_id(&text.iter().collect::<String>(), on).is_err(), "{at} {digit}");
            }
        }
    }
}

#[test]
fn phones() {
    let check = |text: &str, want: Option<&str>| assert_eq!(clean_phone(text).ok().as_deref(), want, "{text}");
    check("13912345678", Some("13912345678"));
    check("139-1234 5678", Some("13912345678"));
    check("+86 13912345678", Some("13912345678"));
    check("025-83276000", Some("02583276000"));
    check("", Some(""));
    check("1391234567", None);
    check("见备注", None);
}

/// Running text keeps what is seen, and says so where somebody put in what turns the writing round.
#[test]
fn hidden_characters_in_running_text() {
    let plan = Plan::read(bundled("jiangsu-2020").unwrap()).unwrap();
    let check = |workplace: &str, want: &str, told: &[&str]| {
        let raw = RawPerson {
            row: 3,
            name: "王芳".into(),
            id: "11010519491231002X".into(),
            outer: "南京市".into(),
            inner: "玄武区".into(),
            workplace: workplace.into(),
            ..RawPerson::default()
        };
        let roster = read_roster(&[raw], &plan, "r.xlsx", &|_| None);
        let person = roster.people.values().next().unwrap();
        assert_eq!(person.workplace, want, "{workplace:?}");
        assert_eq!(roster.told.iter().map(|t| t.fault.code()).collect::<Vec<_>>(), told, "{workplace:?}");
    };
    check("人社局\u{200B}窗口", "人社局窗口", &[]);
    check("人社局\u{202E}口窗", "人社局口窗", &["field-hidden"]);
    check("\u{2067}人社局\u{2069}", "人社局", &["field-hidden"]);
    check("人社局\n窗口", "人社局 窗口", &[]);
    check("=HYPERLINK(\"x\")", "=HYPERLINK(\"x\")", &[]);
    check(&"长".repeat(10_000), &"长".repeat(LONGEST_TEXT), &[]);
}

#[test]
fn duplicates_totals_and_units() {
    let plan = Plan::read(bundled("jiangsu-2020").unwrap()).unwrap();
    let row = |row: u32, name: &str, id: &str, outer: &str, inner: &str| RawPerson {
        row,
        name: name.into(),
        id: id.into(),
        outer: outer.into(),
        inner: inner.into(),
        ..RawPerson::default()
    };
    let rows = [
        row(3, "张三", "11010519491231002X", "南京市", "鼓楼区"),
        row(4, "张三", "11010519491231002X", "南京市", "鼓楼区"),
        row(5, "李四", "320102197209140616", "徐州", "鼓楼区"),
        row(6, "", "", "", ""),
        row(7, "合 计", "", "", ""),
        row(8, "王五", "320102198003136667", "省厅本级", ""),
        row(9, "赵六", "320102198003136667", "南京市", ""),
        row(10, "张三", "320102199004120995", "南京市", "鼓楼区"),
        row(11, "姓 名", "身份证号", "设区市", "县区"),
        RawPerson { row: 12, serial: "填表人：某".into(), ..RawPerson::default() },
        row(13, "审核人", "", "", ""),
        row(14, "李四", "11010519491231002X", "南京市", "鼓楼区"),
        row(15, "周五", "", "", ""),
        row(16, "钱七", "320102197209140616", "320100", "320106"),
        row(17, "孙八", "320102197502195851", "省厅本级", "鼓楼区"),
    ];
    let elsewhere = |id: &IdNumber| (id.as_str() == "320102198003136667").then(|| "别的.xlsx".to_owned());
    let roster = read_roster(&rows, &plan, "甲.xlsx", &elsewhere);
    assert_eq!((roster.rows, roster.refused), (10, 6));
    let units: Vec<&str> = roster.people.values().map(|p| p.unit.as_str()).collect();
    assert_eq!(units, ["320106", "320302", "320000", "320106"], "鼓楼区 of Nanjing and of Xuzhou");
    let said: Vec<(u32, String)> = roster.told.iter().map(|t| (t.row, t.fault.code())).collect();
    let want = [
        (4, "id-twice"),
        (5, "cleaned"),
        (8, "id-in-other-file"),
        (9, "unit-empty"),
        (14, "id-of-another"),
        (15, "id"),
        (15, "unit-empty"),
        (16, "id-of-another"),
        (17, "unit-ignored"),
    ];
    assert_eq!(said, want.map(|(row, code)| (row, code.to_owned())));
    assert_eq!(roster.namesakes, [(3, 10)]);
    let skipped: Vec<(u32, Skip)> = roster.skipped.iter().map(|s| (s.row, s.why)).collect();
    assert_eq!(skipped, [(6, Skip::Blank), (7, Skip::Total), (11, Skip::Header), (12, Skip::Note), (13, Skip::Note)]);
}

#[test]
fn cells_that_hold_no_text() {
    let plan = Plan::read(bundled("jiangsu-2020").unwrap()).unwrap();
    let check = |field: Field, odd: Odd, text: &str, want: &[&str]| {
        let mut raw = RawPerson {
            row: 3,
            name: "张三".into(),
            id: "11010519491231002X".into(),
            outer: "南京市".into(),
            inner: "鼓楼区".into(),
            ..RawPerson::default()
        };
        match field {
            Field::Name => raw.name = text.into(),
            Field::Id => raw.id = text.into(),
            Field::Sex => raw.sex = text.into(),
            Field::Phone => raw.phone = text.into(),
            Field::Duty => raw.duty = text.into(),
            Field::Inner => raw.inner = text.into(),
            _ => {}
        }
        raw.odd.push((field, odd));
        let roster = read_roster(&[raw], &plan, "f", &|_| None);
        let said: Vec<String> = roster.told.iter().map(|t| t.fault.code()).collect();
        assert_eq!(said, want, "{field:?} {odd:?} {text}");
        let refused = roster.told.iter().any(|t| t.fault.severity() == Severity::Refused);
        assert_eq!((roster.people.len(), roster.refused), if refused { (0, 1) } else { (1, 0) });
    };
    check(Field::Name, Odd::Error, "#N/A", &["cell-error"]);
    check(Field::Name, Odd::Formula, "=1+1", &["cell-formula"]);
    check(Field::Id, Odd::Number, "320102197711215000", &["id-is-number"]);
    check(Field::Id, Odd::Number, "110105491231002", &["id"]);
    check(Field::Phone, Odd::Number, "13912345678", &["number-as-text"]);
    check(Field::Phone, Odd::Error, "#REF!", &["cell-error-ignored"]);
    check(Field::Duty, Odd::Error, "#VALUE!", &["cell-error-ignored"]);
    check(Field::Inner, Odd::Error, "#N/A", &["cell-error"]);
    check(Field::Sex, Odd::Number, "1", &["sex-odd"]);
}

/// The faults have words in both languages, with every hole filled.
#[test]
fn every_fault_has_words() {
    let text = || "甲".to_owned();
    let mut faults = vec![
        RowFault::Cleaned { was: text(), now: text() },
        RowFault::NumberAsText { text: text() },
        RowFault::CellError { text: text() },
        RowFault::CellErrorIgnored { text: text() },
        RowFault::CellFormula,
        RowFault::NameEmpty,
        RowFault::NameToCome { text: text() },
        RowFault::NameLong { length: 31 },
        RowFault::NameShort { name: text() },
        RowFault::NameCharacter { character: text(), point: text() },
        RowFault::NameLookAlike { character: text(), point: text() },
        RowFault::NameGap { character: text(), point: text() },
        RowFault::NameHidden { point: text() },
        RowFault::NameNote { note: text() },
        RowFault::NamePrivate { point: text() },
        RowFault::IdIsNumber { text: text() },
        RowFault::IdTwice { row: 3 },
        RowFault::IdOfAnother { row: 3, name: text() },
        RowFault::IdInOtherFile { file: text() },
        RowFault::PersonWithdrawn { reason: text() },
        RowFault::AgeOdd { age: 9 },
        RowFault::SexDiffers { sex: text(), of_id: text() },
        RowFault::SexOdd { text: text() },
        RowFault::PhoneOdd { text: text() },
        RowFault::UnitEmpty,
        RowFault::UnitNotValid { unit: text() },
        RowFault::UnitAmbiguous { text: text(), codes: vec!["1".into()] },
        RowFault::UnitUnknown { text: text() },
        RowFault::UnitUnknownNear { text: text(), near: vec![text()] },
        RowFault::UnitNotThere { text: text(), outer: text(), elsewhere: vec![text()] },
        RowFault::UnitIgnored { text: text(), unit: text() },
    ];
    let ids = [
        IdFault::IdEmpty,
        IdFault::IdLength { length: 17 },
        IdFault::IdOldForm,
        IdFault::IdScientific,
        IdFault::IdDigitsLost,
        IdFault::IdCharacter { character: text() },
        IdFault::IdRegion { region: text() },
        IdFault::IdBirth { date: text() },
        IdFault::IdCheckDigit { wanted: text() },
    ];
    faults.extend(ids.map(|fault| RowFault::Id { text: text(), fault }));
    for fault in faults {
        let told = Told { row: 3, field: Field::Name, fault };
        for lang in [Lang::Zh, Lang::En] {
            let said = told.said(lang);
            let whole = format!("{}{}", said.what, said.remedy);
            assert!(!whole.contains(['{', '}']) && !said.what.is_empty(), "{lang:?} {whole}");
            let tidied = told.fault.severity() == Severity::Cleaned;
            assert_eq!(said.remedy.is_empty(), tidied, "a fault has a remedy, a cleaning needs none: {whole}");
        }
    }
}

#[test]
fn a_file_again() {
    let person = |name: &str| Candidate {
        name: name.into(),
        unit: "1".into(),
        sex: String::new(),
        workplace: String::new(),
        duty: String::new(),
        phone: String::new(),
        remark: String::new(),
        source: "f".into(),
        row: 0,
    };
    let of = |people: &[(&str, &str)]| people.iter().map(|(id, name)| ((*id).into(), person(name))).collect();
    let changes = compare(&of(&[("1", "a"), ("2", "b"), ("3", "c")]), &of(&[("1", "a"), ("2", "B"), ("4", "d")]));
    let difference = Difference { id: "2".into(), what: Particular::Name, was: "b".into(), now: "B".into() };
    let want =
        Changes { added: vec!["4".into()], changed: vec!["2".into()], withdrawn: vec!["3".into()], unchanged: 1, ..Changes::default() };
    assert_eq!(changes, Changes { differences: vec![difference], ..want });
    let renumbered = |from: &[(&str, &str)], to: &[(&str, &str)]| {
        compare(&of(from), &of(to)).renumbered.into_iter().map(|r| format!("{} {} {}", r.from, r.to, r.name)).collect::<Vec<_>>()
    };
    assert_eq!(renumbered(&[("1", "a"), ("2", "b")], &[("1", "a"), ("3", "b")]), ["2 3 b"]);
    assert!(renumbered(&[("1", "a"), ("2", "a")], &[("3", "a")]).is_empty(), "of two namesakes nobody can say");
}
