//! Duty cards and rosters, the closing report, the index of an archive, the certificate of a deletion.

use super::day::Case;
use super::{foot, name, unit};
use kaowu_papers::forms::{Content, DutyCard, Section};
use kaowu_papers::*;

const LONG: &str = "新疆维吾尔自治区人力资源和社会保障厅人事考试中心驻南京市江北新区联络处考务一科";

fn card(n: usize, long: bool) -> DutyCard {
    DutyCard {
        role: ["监考员", "考点负责人", "巡考员"][n % 3].to_owned(),
        name: if long { "阿卜杜热合曼·买买提吐尔逊江".to_owned() } else { name(n) },
        unit: if long { LONG.to_owned() } else { unit(n) },
        site: if long { LONG.chars().take(24).collect() } else { "南京市考点".to_owned() },
        place: if n.is_multiple_of(3) { format!("第{:03}考场", n + 1) } else { String::new() },
        time: "笔试　2020-06-27 09:00—11:00".to_owned(),
        number: format!("{:010X}", n * 7_654_321),
    }
}

fn cards(n: usize, long: bool, drill: bool) -> DutyCards {
    DutyCards { foot: Foot { room: String::new(), ..foot(drill) }, cards: (0..n).map(|n| card(n, long)).collect() }
}

fn roster(n: usize, long: bool) -> DutyRoster {
    let line = |k: usize| {
        let c = card(k, long);
        let remark = if k == 2 { "顶替 王某".to_owned() } else { String::new() };
        [c.role, if k == 1 { "候补".to_owned() } else { c.place }, c.name, c.unit, format!("1390000{k:04}"), remark]
    };
    DutyRoster {
        foot: Foot { room: String::new(), ..foot(false) },
        facts: [("考点", "南京市考点"), ("时间", "2020-06-27 09:00—11:00"), ("在岗", "12")].map(|(a, b)| (a.to_owned(), b.to_owned())).to_vec(),
        people: (0..n).map(line).collect(),
        notes: vec!["注：监考员由抽签产生，种子“2020-06-22 福彩 3D 358/city/written/3201-01”，任何人可据此复核。有本单位考生的考场 0 个，就现有人员而言不能少于 0 个。".to_owned()],
    }
}

pub fn report(cities: usize) -> ClosingReport {
    let text = |text: &str| Content::Text { text: text.to_owned() };
    let city = |n: usize| ["南京市", "无锡市", "徐州市", "常州市", "苏州市", "南通市", "连云港市", "淮安市"][n % 8].to_owned();
    let row = |n: usize| {
        Row::new([city(n), (120 + n).to_string(), (118 + n).to_string(), "2".into(), "0".into(), "98.3%".into()].map(Cell::from))
    };
    let columns = [("设区市", 50), ("应到", 24), ("实到", 24), ("缺考", 24), ("违纪取消", 26), ("到考率", 26)]
        .map(|(t, s)| Column::new(t, s).wraps())
        .to_vec();
    let bar = |n: u32| PlotBar { from: (40 + 5 * n).to_string(), to: (45 + 5 * n).to_string(), n: n * (12 - n) * 3 };
    let boxed = |n: usize| {
        let k = i64::try_from(n % 8).unwrap_or(0);
        PlotBox {
            label: if n == 3 { LONG.to_owned() } else { city(n) },
            five: [42 + k, 60 + k, 70 + k % 5, 80 + k % 4, 96 - k % 7].map(|v| v * 1000),
            figures: format!("{} 人，{}.50", 120 + n, 70 + n % 5),
        }
    };
    let scale = Scale {
        from: 40_000,
        to: 100_000,
        ticks: (4..=10).map(|n| (n * 10_000, (n * 10).to_string())).collect(),
        figures: "人数，中位数".to_owned(),
    };
    let seen = |n: usize| {
        Row::of(
            &name(n),
            [
                "2020-06-27 09:20".into(),
                "笔试".into(),
                "南京市考点 第001考场".into(),
                name(n),
                "考场秩序良好；挂钟慢两分钟，已当场校准，考生已知晓。".into(),
            ]
            .map(Cell::from),
        )
    };
    let notes = [("时间", 28), ("科目", 24), ("地点", 40), ("巡考员", 20), ("所见情况", 70)]
        .map(|(t, s)| if t == "巡考员" { Column::new(t, s).names() } else { Column::new(t, s).wraps() })
        .to_vec();
    ClosingReport {
        foot: Foot { room: String::new(), site: String::new(), part: String::new(), ..foot(false) },
        subtitle: "2020年度全省人社系统窗口单位业务技能练兵比武活动".to_owned(),
        facts: [("主办", "江苏省人力资源和社会保障厅"), ("日志", "12345 条，15 台设备"), ("核验", "无误")]
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
            .to_vec(),
        sections: vec![
            Section {
                title: "一、参赛情况".to_owned(),
                parts: vec![text("设区市选拔赛 笔试"), Content::Table { columns, rows: (0..cities).map(row).collect() }],
            },
            Section {
                title: "二、成绩分布：设区市选拔赛 笔试".to_owned(),
                parts: vec![
                    text("有效成绩 1234 个，最低 42.00，下四分位 60.00，中位 71.50，上四分位 81.00，最高 96.00（满分 100）。"),
                    Content::Histogram { bars: (1..12).map(bar).collect(), axis: "成绩分段与人数".to_owned() },
                    Content::Boxes { rows: (0..cities).map(boxed).collect(), scale },
                ],
            },
            Section {
                title: "三、巡考记录".to_owned(), parts: vec![Content::Table { columns: notes, rows: (0..5).map(seen).collect() }]
            },
            Section {
                title: "四、递补与并列".to_owned(), parts: vec![text("没有递补。"), text("没有须裁定的并列。")]
            },
        ],
        notes: vec!["注：本报告由日志直接生成，不含身份证号和电话。".to_owned()],
    }
}

fn index(files: usize) -> ArchiveIndex {
    let file = |n: usize| {
        [
            (n + 1).to_string(),
            format!("设区市选拔赛 笔试 考场情况记录单 {n}"),
            format!("papers/city-written/{n:03}-考场情况记录单.pdf"),
            "12".into(),
            format!("{:016x}", n * 0x1234_5678_9abc),
        ]
    };
    ArchiveIndex {
        foot: Foot { room: String::new(), site: String::new(), part: String::new(), ..foot(false) },
        facts: [("活动", "2020年江苏省人社窗口单位业务技能练兵比武"), ("移交时间", "2020-12-31 09:00")]
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
            .to_vec(),
        files: (0..files).map(file).collect(),
        notes: vec!["注：各文件完整的 SHA-256 见 index.csv 与 manifest.json。".to_owned()],
    }
}

fn certificate() -> DeletionCertificate {
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    DeletionCertificate {
        foot: Foot { room: String::new(), site: String::new(), part: String::new(), ..foot(false) },
        facts: vec![
            pair("活动", "2020年江苏省人社窗口单位业务技能练兵比武"),
            pair("文号", "苏档销〔2023〕1号"),
            pair("经办、监销", "王㛃、李䶮"),
            pair("状态散列", &"0f1e2d3c".repeat(8)),
        ],
        deleted: vec![["选手信息（人次）".into(), "1234".into()], ["日志正文（条）".into(), "12345".into()]],
        heads: vec![
            ["hq 0f1e2d3c".into(), "345".into(), "a1b2c3d4".repeat(8)],
            ["city.written.3201-01 9f8e7d6c".into(), "812".into(), "5e6f7a8b".repeat(8)],
        ],
        notes: vec![
            "一、本数据库中的姓名、身份证号、电话、个人成绩及全部日志正文已销毁。".to_owned(),
            "二、备份、优盘、考点电脑、已移交的档案包和纸质材料不在本程序之内，须另行清点销毁。".to_owned(),
        ],
    }
}

/// Every one of these papers at its limits.
pub fn cases(fonts: &Fonts) -> Result<Vec<Case>, PaperError> {
    let case = |name: &str, bytes: Vec<u8>, page: usize| Case { name: name.to_owned(), bytes, page };
    Ok(vec![
        case("duty-cards-one", duty_cards(&[cards(1, false, false)], fonts)?, 1),
        case("duty-cards-full", duty_cards(&[cards(8, false, true)], fonts)?, 1),
        case("duty-cards-over", duty_cards(&[cards(9, false, false)], fonts)?, 2),
        case("duty-cards-long", duty_cards(&[cards(8, true, false)], fonts)?, 1),
        case("duty-roster-one", duty_roster(&[roster(1, false)], fonts)?, 1),
        case("duty-roster-full", duty_roster(&[roster(20, false)], fonts)?, 1),
        case("duty-roster-long", duty_roster(&[roster(8, true)], fonts)?, 1),
        case("closing-report", closing_report(&[report(8)], fonts)?, 1),
        case("closing-report-second", closing_report(&[report(8)], fonts)?, 2),
        case("closing-report-long", closing_report(&[report(40)], fonts)?, 3),
        case("archive-index", archive_index(&index(12), fonts)?, 1),
        case("deletion", deletion_certificate(&certificate(), fonts)?, 1),
    ])
}
