//! The other papers of the day, and every paper of the day at its limits: one person, a full page, one too many, the
//! longest names and units, somebody absent or void.

use super::*;
use kaowu_papers::forms::{Announced, AnnouncedGroup, AwardGroup, DeskLabel, DoorPerson, LotLine, TeamPerson, Ticket, Winner};

/// As long as names on identity cards get.
const LONG_NAME: &str = "阿卜杜热合曼·买买提吐尔逊江·艾合买提";

/// Who stands in a specimen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Names with rare characters first; one unit that is much too long.
    Plain,
    /// Everybody has the longest name and the longest unit.
    Long,
    /// Somebody is absent, somebody void.
    Marked,
}

impl Who {
    fn name(self, n: usize) -> String {
        if self == Self::Long { LONG_NAME.to_owned() } else { name(n) }
    }

    fn unit(self, n: usize) -> String {
        if self == Self::Long { LONG_UNIT.to_owned() } else { unit(n) }
    }

    fn absent(self, n: usize) -> &'static str {
        if self == Self::Marked && n % 4 == 1 { "缺考" } else { "" }
    }
}

fn part_foot(part: &str, room: &str) -> Foot {
    Foot { part: part.to_owned(), room: room.to_owned(), ..foot(false) }
}

pub fn door_list(people: usize, who: Who) -> DoorList {
    let person = |n| DoorPerson { seat: format!("{:02}", n + 1), number: number(n), name: who.name(n) };
    DoorList {
        foot: foot(false),
        room: "第03考场".to_owned(),
        facts: facts(&[
            ("考点", "南京市考点（江苏省人事考试中心）"),
            ("时间", "2020-07-24 09:00—11:00"),
            ("准考证号", "202010101001—202010101030"),
            ("人数", &people.to_string()),
        ]),
        people: (0..people).map(person).collect(),
        notes: vec!["请核对姓名、准考证号和座位号，凭准考证和有效身份证件入场。08:45 开始入场，09:30 后不得入场。".to_owned()],
    }
}

pub fn labels(people: usize, who: Who) -> DeskLabels {
    let label = |n: usize| DeskLabel {
        room: format!("第{:02}考场", n / 30 + 1),
        seat: format!("{:02}", n % 30 + 1),
        name: who.name(n),
        number: number(n),
        unit: who.unit(n),
    };
    DeskLabels { foot: part_foot("省级决赛 笔试", ""), labels: (0..people).map(label).collect() }
}

pub fn ticket_batch(people: usize, who: Who) -> Tickets {
    let words = |list: [&str; 4]| list.map(str::to_owned);
    let ticket = |n: usize| Ticket {
        name: who.name(n),
        sex: if n.is_multiple_of(2) { "女" } else { "男" }.to_owned(),
        number: number(n),
        id: "320102********123X".to_owned(),
        unit: who.unit(n),
        site: "南京市考点（江苏省人事考试中心）".to_owned(),
        room: "第03考场".to_owned(),
        seat: format!("{:02}", n + 1),
        parts: vec![words(["笔试", "2020-07-24", "09:00—11:00", "本考场"]), words(["面试", "2020-07-25", "08:30 起", "现场抽签确定"])],
    };
    Tickets {
        foot: part_foot("省级决赛", ""),
        notes: [
            "凭本证和有效身份证件原件入场，两证缺一不可；无照片的准考证无效。",
            "笔试前15分钟开始入场，开考30分钟后不得入场，开考30分钟后方可交卷离场。",
            "手机等通讯工具关机后放在指定处，带至座位的按违纪处理。",
            "请勿在本证上书写；遗失的，凭身份证件到考点办公室补办。",
        ]
        .map(str::to_owned)
        .to_vec(),
        people: (0..people).map(ticket).collect(),
    }
}

pub fn lots(people: usize, who: Who) -> LotsSheet {
    let line = |n: usize| LotLine {
        number: number(n),
        name: who.name(n),
        unit: who.unit(n),
        panel: "1".to_owned(),
        lot: if who.absent(n).is_empty() { (n + 1).to_string() } else { String::new() },
        remark: if who.absent(n).is_empty() { "" } else { "缺席" }.to_owned(),
    };
    LotsSheet {
        foot: part_foot("省级决赛 面试", "第1考官组"),
        facts: facts(&[
            ("科目", "面试　第1考官组"),
            ("时间", "2020-07-25 08:30"),
            ("种子", "2020-07-24 福彩 3D 308"),
            ("见证人", "陈𠅤、赵𰻝"),
        ]),
        people: (0..people).map(line).collect(),
    }
}

pub fn judge(lots: usize, criteria: &[&str]) -> JudgeSheet {
    JudgeSheet {
        foot: part_foot("省级决赛 面试", "第1考官组"),
        facts: facts(&[("考官组", "第1考官组"), ("评委", "3 号"), ("满分", "100")]),
        criteria: criteria.iter().map(|c| (*c).to_owned()).collect(),
        lots: (1..=lots).map(|n| n.to_string()).collect(),
        rule: "分数最小单位 0.1 分，不得超过满分。".to_owned(),
    }
}

pub fn tally(people: usize, who: Who) -> TallySheet {
    let summary = interview(0);
    TallySheet {
        foot: summary.foot,
        facts: summary.facts,
        judges: summary.judges,
        people: (0..people).map(|n| [(n + 1).to_string(), number(n), who.name(n), who.unit(n)]).collect(),
        rule: summary.rule,
    }
}

pub fn incident(who: Who) -> IncidentForm {
    IncidentForm {
        foot: foot(false),
        facts: facts(&[
            ("考点", "南京市考点（江苏省人事考试中心）"),
            ("考场", "第03考场"),
            ("科目", "省级决赛 笔试"),
            ("编号", "3f9a1c2e-41"),
        ]),
        name: who.name(2),
        number: number(2),
        id: "320102********123X".to_owned(),
        seat: "03".to_owned(),
        unit: who.unit(2),
        time: "2020-07-24 09:42".to_owned(),
        clause: "第六条第（二）项　未在规定的座位参加考试，或者未经考试工作人员允许擅自离开座位或者考场，经提醒仍不改正的".to_owned(),
        effect: "本科目成绩按无效处理".to_owned(),
        what: if who == Who::Long {
            "考试开始四十二分钟后，该考生未经允许离开座位走向考场后部，监考员两次提醒后仍不返回。".repeat(6)
        } else {
            "09:42 未经允许离开座位走向考场后部，经监考员两次提醒后返回座位。监控录像已封存。".to_owned()
        },
        invigilators: [who.name(0), who.name(1)],
        unsigned: "本人认为已举手示意，拒绝签名。".to_owned(),
        ruling: if who == Who::Marked {
            "成立，本科目成绩无效。监控录像证实经两次提醒仍未返回座位。".to_owned()
        } else {
            String::new()
        },
    }
}

pub fn awards(each: usize, who: Who) -> AwardsList {
    let person = |n: usize| Winner { name: who.name(n), unit: who.unit(n), ground: format!("第 {} 名", n + 1), person: true };
    let team =
        |n: usize| Winner { name: format!("南京市{}代表队", unit(n)), ground: format!("第 {} 名", n + 1), ..Winner::default() };
    let group =
        |title: &str, document: &str, winners: Vec<Winner>| AwardGroup { title: title.to_owned(), document: document.to_owned(), winners };
    AwardsList {
        foot: Foot { part: String::new(), site: String::new(), room: String::new(), ..foot(false) },
        subtitle: "公示期：2020年7月27日至7月31日".to_owned(),
        groups: vec![
            group("江苏省人社知识通", "苏人社发〔2020〕88号", (0..each).map(person).collect()),
            group("练兵比武优秀团队奖一等奖", "苏人社发〔2020〕88号", (0..2).map(team).collect()),
            group("江苏省五一创新能手", "待核定", (0..each.min(2)).map(person).collect()),
        ],
        notes: vec!["对名单有异议的，请在公示期内书面反映。".to_owned()],
    }
}

pub fn announcement(each: usize, who: Who) -> Announcement {
    let person = |n: usize| Announced {
        number: number(n),
        name: who.name(n),
        unit: who.unit(n),
        remark: if n % 9 == 4 { "补报" } else { "" }.to_owned(),
        person: true,
    };
    let group = |title: &str, people: usize| AnnouncedGroup { title: title.to_owned(), people: (0..people).map(person).collect() };
    Announcement {
        foot: Foot { part: String::new(), site: String::new(), room: String::new(), ..foot(false) },
        title: "设区市选拔赛参赛名单公示".to_owned(),
        subtitle: "公示期：2020年6月16日至6月20日".to_owned(),
        remark: String::new(),
        groups: vec![group("南京市", each), group("无锡市", each.min(2))],
        notes: vec!["对名单有异议的，请在公示期内书面反映。姓名相同的，以单位和准考证号区分。".to_owned()],
    }
}

pub fn team(people: usize, who: Who) -> TeamList {
    let person = |n: usize| TeamPerson {
        name: who.name(n),
        sex: if n.is_multiple_of(2) { "女" } else { "男" }.to_owned(),
        unit: who.unit(n),
        duty: if who == Who::Long { "综合柜员、劳动关系协调员" } else { "综合柜员" }.to_owned(),
        role: match n % 5 {
            3 => "替补".to_owned(),
            4 => "综合成绩第1名".to_owned(),
            _ => "正式".to_owned(),
        },
        total: format!("{}.{:02}", 95 - n % 30, n * 37 % 100),
        result: if n % 3 == 1 { format!("第 {} 名", n + 1) } else { String::new() },
    };
    TeamList {
        foot: Foot { part: "区域赛".to_owned(), site: String::new(), room: String::new(), ..foot(false) },
        title: "区域赛代表队名单".to_owned(),
        facts: facts(&[("代表队", "盐城市滨海县"), ("阶段", "区域赛"), ("成绩", "第 1 名，晋级"), ("文号", "人社部函〔2020〕00号")]),
        people: (0..people).map(person).collect(),
        notes: vec!["替补由综合成绩最低者担任；由省厅另行指定的，理由见日志。".to_owned()],
    }
}

fn sign_in_of(people: usize, who: Who) -> SignIn {
    let mut paper = sign_in_sheet(people, false);
    for (n, p) in paper.people.iter_mut().enumerate() {
        (p.name, p.unit, p.remark) = (who.name(n), who.unit(n), who.absent(n).to_owned());
    }
    paper
}

fn absences_of(people: usize, who: Who) -> AbsenceList {
    let line =
        |n: usize| [format!("第{:02}考场", n / 30 + 1), format!("{:02}", n % 30 + 1), number(n), who.name(n), who.unit(n), String::new()];
    AbsenceList { people: (0..people).map(line).collect(), ..super::absences() }
}

fn interview_of(people: usize, who: Who) -> InterviewSummary {
    let mut paper = interview(people);
    for (n, p) in paper.people.iter_mut().enumerate() {
        (p.name, p.unit) = (who.name(n), who.unit(n));
        if who == Who::Marked && n % 4 == 1 {
            p.marks = vec![(String::new(), false); paper.judges.len()];
            (p.sum, p.mark) = (String::new(), if n == 1 { "缺考" } else { "违纪取消" }.to_owned());
        }
    }
    paper
}

fn standings_of(people: usize, who: Who) -> Standings {
    let mut paper = standings_paper(people);
    for (n, row) in paper.rows.iter_mut().enumerate() {
        row.person = who.name(n);
        (row.cells[2].text, row.cells[3].text) = (who.name(n), who.unit(n));
        if who == Who::Marked && n % 4 == 1 {
            row.cells[6].text = if n == 1 { "缺考" } else { "违纪取消" }.to_owned();
        }
    }
    paper
}

fn chart_of(columns: &[usize], who: Who) -> SeatChart {
    let mut paper = chart(columns, false);
    for cell in paper.columns.iter_mut().flatten() {
        if let SeatCell::Taken { name, unit, .. } = cell
            && who == Who::Long
        {
            (*name, *unit) = (LONG_NAME.to_owned(), LONG_UNIT.to_owned());
        }
    }
    paper
}

fn record_of(who: Who) -> RoomRecord {
    let blank = || [const { String::new() }; 4];
    let mut paper = record();
    match who {
        Who::Plain => {
            paper.incidents = vec![blank(); 6];
            (paper.absent, paper.remarks) = (String::new(), String::new());
            (paper.people, paper.papers) = (["30", "", ""].map(str::to_owned), [const { String::new() }; 5]);
        }
        Who::Long => {
            let line = |n: usize| {
                ["09:42".to_owned(), LONG_NAME.to_owned(), "第六条（二）".to_owned(), format!("{n}. {}", "经提醒后仍不改正。".repeat(6))]
            };
            paper.incidents = (1..=8).map(line).collect();
            paper.absent = (0..12).map(number).collect::<Vec<_>>().join("　");
        }
        Who::Marked => {}
    }
    paper
}

/// One specimen of each, as [`super::all`].
pub fn all(fonts: &Fonts) -> Result<Vec<Specimen>, PaperError> {
    use Who::{Marked, Plain};
    Ok(vec![
        ("door-list", door_lists(&[door_list(30, Plain)], fonts)?, 1),
        ("desk-labels", desk_labels(&[labels(30, Plain)], fonts)?, 3),
        ("tickets", tickets(&[ticket_batch(5, Plain)], fonts)?, 3),
        ("lots", lots_sheets(&[lots(15, Marked)], fonts)?, 1),
        ("judge", judge_sheets(&[judge(15, &[])], fonts)?, 1),
        ("tally", tally_sheets(&[tally(15, Plain)], fonts)?, 1),
        ("incidents", incident_forms(&[0, 1, 2, 3, 4].map(|n| IncidentForm { name: name(n), ..incident(Plain) }), fonts)?, 5),
        ("awards", awards_list(&[awards(10, Plain)], fonts)?, 1),
        ("announcement", announcements(&[announcement(20, Plain)], fonts)?, 1),
        ("team", team_lists(&[team(5, Plain)], fonts)?, 1),
    ])
}

/// What is compared with a picture.
pub struct Case {
    pub name: String,
    pub bytes: Vec<u8>,
    /// The page, from 1.
    pub page: usize,
}

type Make<'a> = &'a dyn Fn(usize, Who) -> Result<Vec<u8>, PaperError>;

/// Every paper at its limits; `pages` counts those of a file.
pub fn cases(fonts: &Fonts, pages: &dyn Fn(&[u8]) -> usize) -> Result<Vec<Case>, PaperError> {
    let mut out = Vec::new();
    let mut add = |name: &str, bytes: Vec<u8>, page: usize| out.push(Case { name: name.to_owned(), bytes, page });
    let lists: [(&str, Make<'_>); 12] = [
        ("door-list", &|n, who| door_lists(&[door_list(n, who)], fonts)),
        ("sign-in", &|n, who| sign_in(&[sign_in_of(n, who)], fonts)),
        ("absences", &|n, who| absence_list(&[absences_of(n, who)], fonts)),
        ("desk-labels", &|n, who| desk_labels(&[labels(n, who)], fonts)),
        ("tickets", &|n, who| tickets(&[ticket_batch(n, who)], fonts)),
        ("lots", &|n, who| lots_sheets(&[lots(n, who)], fonts)),
        ("tally", &|n, who| tally_sheets(&[tally(n, who)], fonts)),
        ("interview", &|n, who| interview_summary(&[interview_of(n, who)], fonts)),
        ("standings", &|n, who| standings(&[standings_of(n, who)], fonts)),
        ("awards", &|n, who| awards_list(&[awards(n, who)], fonts)),
        ("announcement", &|n, who| announcements(&[announcement(n, who)], fonts)),
        ("team", &|n, who| team_lists(&[team(n, who)], fonts)),
    ];
    for (paper, make) in lists {
        let (mut full, mut over) = (1, 96);
        while over - full > 1 {
            let middle = (full + over) / 2;
            if pages(&make(middle, Who::Plain)?) == 1 { full = middle } else { over = middle }
        }
        let last = make(over, Who::Plain)?;
        let page = pages(&last);
        add(&format!("{paper}-one"), make(1, Who::Plain)?, 1);
        add(&format!("{paper}-full"), make(full, Who::Plain)?, 1);
        add(&format!("{paper}-over"), last, page);
        add(&format!("{paper}-long"), make(full.min(12), Who::Long)?, 1);
        // Labels and tickets are printed before anybody can be absent, an absence list holds nobody else.
        if !["door-list", "desk-labels", "tickets", "tally", "awards", "announcement", "team", "absences"].contains(&paper) {
            add(&format!("{paper}-marked"), make(full.min(12), Who::Marked)?, 1);
        }
    }
    add("absences-none", absence_list(&[absences_of(0, Who::Plain)], fonts)?, 1);
    add("seat-chart-one", seat_charts(&[chart_of(&[2], Who::Plain)], fonts)?, 1);
    add("seat-chart-full", seat_charts(&[chart_of(&[7, 8, 8, 7], Who::Plain)], fonts)?, 1);
    add("seat-chart-large", seat_charts(&[chart_of(&[8; 10], Who::Plain)], fonts)?, 1);
    add("seat-chart-long", seat_charts(&[chart_of(&[6, 6, 6, 6, 6], Who::Long)], fonts)?, 1);
    add("room-record-blank", room_record(&[record_of(Who::Plain)], fonts)?, 1);
    add("room-record-marked", room_record(&[record_of(Who::Marked)], fonts)?, 1);
    add("room-record-long", room_record(&[record_of(Who::Long)], fonts)?, 1);
    let blank = IncidentForm { foot: foot(false), facts: incident(Who::Plain).facts[..3].to_vec(), ..IncidentForm::default() };
    add("incident-blank", incident_forms(&[blank], fonts)?, 1);
    add("incident-one", incident_forms(&[incident(Who::Plain)], fonts)?, 1);
    add("incident-long", incident_forms(&[incident(Who::Long)], fonts)?, 1);
    add("incident-marked", incident_forms(&[incident(Who::Marked)], fonts)?, 1);
    let criteria = ["综合分析\n（30分）", "组织协调\n（30分）", "应急应变\n（20分）", "言语表达\n（20分）"];
    add("judge-one", judge_sheets(&[judge(1, &[])], fonts)?, 1);
    add("judge-total", judge_sheets(&[judge(15, &[])], fonts)?, 1);
    add("judge-criteria", judge_sheets(&[judge(26, &criteria)], fonts)?, 1);
    add("judge-over", judge_sheets(&[judge(27, &criteria)], fonts)?, 2);
    add("passphrase", passphrase_slip(&[passphrase()], fonts)?, 1);
    add("receipt", receipt_slip(&[receipt()], fonts)?, 1);
    add("words", words_slip(&[words()], fonts)?, 1);
    let drill = SignIn { foot: foot(true), ..sign_in_of(30, Who::Plain) };
    add("sign-in-drill", sign_in(&[drill], fonts)?, 1);
    let drill = DeskLabels { foot: Foot { room: String::new(), ..foot(true) }, ..labels(10, Who::Plain) };
    add("desk-labels-drill", desk_labels(&[drill], fonts)?, 1);
    Ok(out)
}
