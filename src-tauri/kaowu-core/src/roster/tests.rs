use super::*;
use crate::coded::Coded;
use crate::plan::{Plan, bundled};

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
    check("郑\u{E863}", Err("name-private"));
    check("张三<script>", Err("name-character"));
    check("张\u{202E}三", Err("name-character"));
    check("张□", Err("name-character"));
    check("张\u{FFFD}", Err("name-character"));
    check("=1+1", Err("name-character"));
    check("张3", Err("name-character"));
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
    check("320102199610049710", "id-check-digit");
    check("320102199013310010", "id-birth");
    check("320102209001010010", "id-birth");
    check("32010219711019407", "id-length");
    check("110105491231002", "id-old-form");
    check("", "id-empty");
    check("1101051949l231002X", "id-character");
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
    ];
    let elsewhere = |id: &IdNumber| (id.as_str() == "320102198003136667").then(|| "别的.xlsx".to_owned());
    let roster = read_roster(&rows, &plan, "甲.xlsx", &elsewhere);
    assert_eq!((roster.rows, roster.refused), (5, 3));
    let units: Vec<&str> = roster.people.values().map(|p| p.unit.as_str()).collect();
    assert_eq!(units, ["320106", "320302"], "鼓楼区 of Nanjing and of Xuzhou");
    let said: Vec<(u32, String)> = roster.told.iter().map(|t| (t.row, t.fault.code())).collect();
    assert_eq!(said, [(4, "id-twice".into()), (5, "cleaned".into()), (8, "id-in-other-file".into()), (9, "unit-unknown".into())]);
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
        row: u32::try_from(name.len()).unwrap(),
    };
    let of = |people: &[(&str, &str)]| people.iter().map(|(id, name)| ((*id).into(), person(name))).collect();
    let changes = compare(&of(&[("1", "a"), ("2", "b"), ("3", "c")]), &of(&[("1", "a"), ("2", "B"), ("4", "d")]));
    assert_eq!(changes, Changes { added: vec!["4".into()], changed: vec!["2".into()], withdrawn: vec!["3".into()], unchanged: 1 });
}
