//! One specimen of every paper, with the five names of rare characters and a unit that is much too long.

#![allow(dead_code, unreachable_pub, reason = "each user takes some")]

pub mod day;
mod proof;
pub mod staff;

use kaowu_papers::sheet::{Cell, Column, Row};
use kaowu_papers::*;
use std::path::PathBuf;

pub const NAMES: [&str; 5] = ["王㛃", "李䶮", "张𬭎", "陈𠅤", "赵𰻝"];
pub const LONG_UNIT: &str = "南京市江北新区管理委员会社会事业局人力资源和社会保障综合服务中心劳动关系与权益保障科";
const EVENT: &str = "2020年江苏省人社窗口单位业务技能练兵比武";
const UNITS: [&str; 6] = ["鼓楼区", "昆山市", "通州区", "海州区", "省厅本级", "江宁经济技术开发区"];
const SURNAMES: [&str; 10] = ["王", "李", "张", "刘", "陈", "杨", "欧阳", "周", "吴", "徐"];
const GIVEN: [&str; 9] = ["伟", "芳", "娜", "敏", "静怡", "建国", "丽", "雨桐", "浩然"];

pub fn fonts() -> Result<Fonts, PaperError> {
    Fonts::load(&root().join("assets/fonts"))
}

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub fn name(n: usize) -> String {
    match NAMES.get(n) {
        Some(name) => (*name).to_owned(),
        None => format!("{}{}", SURNAMES[n * 7 % 10], GIVEN[n * 5 % 9]),
    }
}

pub fn unit(n: usize) -> String {
    if n == 5 { LONG_UNIT.to_owned() } else { UNITS[n % UNITS.len()].to_owned() }
}

fn number(n: usize) -> String {
    format!("202010101{:03}", n + 1)
}

pub fn foot(drill: bool) -> Foot {
    Foot {
        event: EVENT.to_owned(),
        part: "省级决赛 笔试".to_owned(),
        site: "南京市考点（江苏省人事考试中心）".to_owned(),
        room: "第03考场".to_owned(),
        printed: "2020-07-24 08:05".to_owned(),
        check: "4821-0937".to_owned(),
        drill,
    }
}

fn facts(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

fn room_facts() -> Vec<(String, String)> {
    facts(&[
        ("考点", "南京市考点（江苏省人事考试中心）"),
        ("考场", "第03考场"),
        ("应到人数", "30"),
        ("科目", "笔试"),
        ("考试时间", "2020-07-24 09:00—11:00"),
        ("地址", "南京市鼓楼区北京西路1号教学楼三楼303室"),
    ])
}

pub fn sign_in_sheet(people: usize, drill: bool) -> SignIn {
    let line = |n| forms::SignInPerson {
        seat: format!("{:02}", n + 1),
        number: number(n),
        name: name(n),
        unit: unit(n),
        id_tail: format!("{:03}X", n * 37 % 1000),
        remark: String::new(),
    };
    SignIn { foot: foot(drill), facts: room_facts(), people: (0..people).map(line).collect() }
}

pub fn chart(columns: &[usize], for_candidates: bool) -> SeatChart {
    let mut n = 0;
    let column = |(c, rows): (usize, &usize)| {
        let cell = |r: usize| {
            if (c, r) == (1, 3) {
                return SeatCell::Unusable;
            }
            n += 1;
            let seat = format!("{n:02}");
            if (c, r) == (columns.len() - 1, rows - 1) {
                return SeatCell::Spare { seat };
            }
            SeatCell::Taken { seat, name: name(n - 1), number: format!("01{n:03}"), unit: unit(n - 1) }
        };
        (0..*rows).map(cell).collect()
    };
    let columns = columns.iter().enumerate().map(column).collect();
    let facts = facts(&[("时间", "7月24日 09:00—11:00"), ("人数", "29")]);
    SeatChart { foot: foot(false), facts, columns, for_candidates, door: Some(Door::FrontRight) }
}

pub fn standings_paper(people: usize) -> Standings {
    let columns = vec![
        Column::new("名次", 12),
        Column::new("准考证号", 30),
        Column::new("姓名", 24).names(),
        Column::new("单位", 46).left(),
        Column::new("市级笔试", 19),
        Column::new("省级笔试", 19),
        Column::new("面试", 18),
        Column::new("综合成绩", 20),
    ];
    let row = |n: usize| {
        let figure = |from: usize| format!("{}.{:02}", (from - n / 9) % 100, (n * 37) % 100);
        let cells = [(n + 1).to_string(), number(n), name(n), unit(n), figure(96), figure(94), figure(92), figure(93)];
        Row::of(&name(n), cells.map(Cell::from))
    };
    Standings {
        foot: Foot { site: String::new(), room: String::new(), part: String::new(), ..foot(false) },
        title: "综合成绩公示".to_owned(),
        subtitle: "公示期：2020年7月27日至7月31日".to_owned(),
        columns,
        rows: (0..people).map(row).collect(),
        notes: vec![
            "注：综合成绩＝市级笔试×30%＋省级笔试×30%＋面试×40%，各项四舍五入保留两位小数。对成绩有异议的，请在公示期内书面反映。"
                .to_owned(),
        ],
        wide: false,
    }
}

pub fn passphrase() -> PassphraseSlip {
    PassphraseSlip {
        foot: Foot { room: String::new(), part: "设区市选拔赛".to_owned(), ..foot(true) },
        lines: facts(&[
            ("领取单位", "3202 无锡市考点"),
            ("领取人", "王㛃　李䶮　张𬭎　陈𠅤　赵𰻝"),
            ("交接包", "3202-无锡市.kaowu"),
            ("文件校验码", "7730-1182"),
            ("根密钥核对码", "4071-5526-9038-1174"),
        ]),
        passphrase: "orbit canyon velvet ladder humble spruce".to_owned(),
    }
}

/// Event and file names of the longest kind.
pub fn words() -> WordsSlip {
    WordsSlip {
        foot: Foot { room: String::new(), site: String::new(), part: String::new(), ..foot(false) },
        lines: facts(&[
            ("打开 Opens", "受保护的活动，所有人都忘记 PIN 时 the protected event, when everybody has forgotten their PIN"),
            ("文件 File", "2020年江苏省人社窗口练兵比武-总部.kaowu-db"),
            ("制作 Made", "2020-06-01 09:00　王㛃　李䶮　张𬭎　陈𠅤　赵𰻝"),
            ("保管 Keep", "密封后存入保险柜，不与 U 盘、电脑、备份放在一起 sealed in a safe, away from sticks, laptops and backups"),
        ]),
        words: "umbrella satoshi swear punch front vicious".to_owned(),
        notes: vec![
            "持有本条和数据库者可以打开活动。以后更换六词的，本条作废，应销毁。".to_owned(),
            "Whoever holds this slip and the database can open the event. New words make it void: destroy it then.".to_owned(),
            "不得拍照、转发。Take no picture of it, and send it to nobody.".to_owned(),
        ],
    }
}

pub fn receipt() -> ReceiptSlip {
    ReceiptSlip {
        foot: Foot { room: String::new(), part: "设区市选拔赛".to_owned(), ..foot(false) },
        lines: facts(&[
            ("移交单位", "3202 无锡市考点"),
            ("移交人", "王㛃　李䶮　张𬭎　陈𠅤　赵𰻝"),
            ("数据包", "3202-无锡市-交接.kaowu"),
            ("记录条数", "1,284"),
            ("收到时间", "2020-06-27 18:20"),
        ]),
        check: "4821-0937".to_owned(),
    }
}

pub fn record() -> RoomRecord {
    let words = |list: [&str; 4]| list.map(str::to_owned);
    RoomRecord {
        foot: foot(false),
        facts: room_facts(),
        people: ["30", "28", "2"].map(str::to_owned),
        absent: "202010101007（刘静怡）、202010101019（周伟）".to_owned(),
        papers: ["32", "28", "2", "2", "32"].map(str::to_owned),
        incidents: vec![
            words([
                "09:42",
                "张𬭎",
                "第六条（二）",
                "在考试开始信号发出后仍翻阅自带的复习资料，经提醒后交出；监考员当场记录，考生签字确认。",
            ]),
            words(["10:15", "赵𰻝", "—", "身体不适，由工作人员陪同就医后返回。"]),
        ],
        remarks: "巡考：王㛃、李䶮、陈𠅤。空调故障，10:05 恢复。".to_owned(),
    }
}

pub fn absences() -> AbsenceList {
    let line = |n: usize| [format!("第{:02}考场", n + 1), format!("{:02}", n * 3 + 2), number(n * 31), name(n), unit(n), String::new()];
    AbsenceList {
        foot: Foot { room: String::new(), ..foot(false) },
        facts: facts(&[("考点", "南京市考点"), ("应到", "179"), ("缺考", "6")]),
        people: (0..6).map(line).collect(),
        ..AbsenceList::default()
    }
}

pub fn interview(people: usize) -> InterviewSummary {
    let line = |n: usize| {
        let marks: Vec<usize> = (0..7).map(|j| 850 + (n * 31 + j * 47) % 110).collect();
        let (high, low) = (marks.iter().max().copied(), marks.iter().min().copied());
        let (mut high, mut low) = (high, low);
        let dropped = |m: &usize| {
            if high == Some(*m) {
                high = None;
                return true;
            }
            if low == Some(*m) {
                low = None;
                return true;
            }
            false
        };
        let struck: Vec<bool> = marks.iter().map(dropped).collect();
        let sum: usize = marks.iter().zip(&struck).filter(|(_, s)| !**s).map(|(m, _)| m).sum();
        forms::InterviewLine {
            lot: (n + 1).to_string(),
            number: number(n),
            name: name(n),
            unit: unit(n),
            marks: marks.iter().zip(struck).map(|(m, s)| (format!("{}.{}", m / 10, m % 10), s)).collect(),
            sum: format!("{}.{}", sum / 10, sum % 10),
            mark: format!("{}.{:02}", sum / 50, sum % 50 * 2),
        }
    };
    InterviewSummary {
        foot: Foot { part: "省级决赛 面试".to_owned(), room: "第1考官组".to_owned(), ..foot(false) },
        facts: facts(&[("考官组", "第1考官组"), ("日期", "2020-07-25 上午"), ("满分", "100"), ("人数", "15")]),
        judges: (1..=7).map(|n| format!("评委{n}")).collect(),
        people: (0..people).map(line).collect(),
        rule: "去掉一个最高分和一个最低分（以划线标出），其余取平均，四舍五入保留两位小数。".to_owned(),
    }
}

pub fn honour(n: usize) -> Certificate {
    Certificate {
        name: name(n),
        honorific: "同志".to_owned(),
        unit: unit(n),
        event: EVENT.to_owned() + "活动",
        award: "江苏省人社知识通".to_owned(),
        grounds: format!("综合成绩位列第{}名", numerals::below_hundred(u32::try_from(n % 99 + 1).unwrap_or(1))),
        issuer: "江苏省人力资源和社会保障厅".to_owned(),
        date: numerals::chinese_date("2020-07-25").unwrap_or_default(),
        number: format!("苏人社练兵〔2020〕{:05}号", n + 1),
        members: Vec::new(),
        verification: format!("KAOWU1:{:05}:{}:江苏省人社知识通:{}", n + 1, name(n), "q7Zk3mN9pR2sT5vW8xY1bC4dF6gH0jK3".repeat(2)),
        ..Certificate::default()
    }
}

pub fn team_honour() -> Certificate {
    Certificate {
        name: "南京市鼓楼区代表队".to_owned(),
        honorific: String::new(),
        award: "练兵比武优秀团队奖一等奖".to_owned(),
        grounds: "团体总成绩位列第一名".to_owned(),
        members: NAMES.iter().map(|n| (*n).to_owned()).collect(),
        number: "苏人社练兵〔2020〕团001号".to_owned(),
        ..honour(0)
    }
}

/// File name, bytes, pages.
pub type Specimen = (&'static str, Vec<u8>, usize);

/// Every paper.
pub fn all(fonts: &Fonts) -> Result<Vec<Specimen>, PaperError> {
    let personal = Template::of("personal-honour")?;
    let team = Template::of("team-honour")?;
    let mut out = vec![
        ("certificate-personal", certificate(&personal, &honour(0), fonts)?, 1),
        ("certificate-team", certificate(&team, &team_honour(), fonts)?, 1),
        ("seat-chart", seat_charts(&[chart(&[7, 8, 8, 7], false), chart(&[6, 6, 6, 6, 6], true)], fonts)?, 2),
        ("sign-in", sign_in(&[sign_in_sheet(30, false), sign_in_sheet(12, true)], fonts)?, 2),
        ("standings", standings(&[standings_paper(100)], fonts)?, 3),
        ("draw-proof", draw_proof(&[proof::proof()], fonts)?, 1),
        ("passphrase", passphrase_slip(&[passphrase()], fonts)?, 1),
        ("receipt", receipt_slip(&[receipt()], fonts)?, 1),
        ("room-record", room_record(&[record()], fonts)?, 1),
        ("absences", absence_list(&[absences()], fonts)?, 1),
        ("interview", interview_summary(&[interview(15)], fonts)?, 1),
    ];
    out.extend(day::all(fonts)?);
    Ok(out)
}
