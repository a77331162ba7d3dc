//! The papers that are tables: each says only what stands in it, the [`Sheet`] does the rest.

use crate::error::PaperError;
use crate::fonts::Fonts;
use crate::foot::Foot;
use crate::sheet::{Block, Cell, Column, PageKind, Row, Sheet, Table, sheets};
use serde::{Deserialize, Serialize};

/// Label and value.
pub type Fact = (String, String);

/// Sign-in sheet 签到表 of one room.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SignIn {
    /// The foot.
    pub foot: Foot,
    /// Above the table: site, room, session, time.
    pub facts: Vec<Fact>,
    /// One person a seat, in order of seats.
    pub people: Vec<SignInPerson>,
}

/// A line of a sign-in sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SignInPerson {
    /// Seat number.
    pub seat: String,
    /// Candidate number.
    pub number: String,
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// Last digits of the ID number; never more.
    pub id_tail: String,
}

/// Prints the sign-in sheets of rooms.
pub fn sign_in(rooms: &[SignIn], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let sheet = |room: &SignIn| {
        let columns = vec![
            Column::new("座位号", 13),
            Column::new("准考证号", 32),
            Column::new("姓名", 26).names(),
            Column::new("单位", 46),
            Column::new("证件号后四位", 18),
            Column::new("签名", 32),
            Column::new("备注", 15),
        ];
        let row = |p: &SignInPerson| {
            let cells = [&p.seat, &p.number, &p.name, &p.unit, &p.id_tail].map(|t| Cell::from(t.as_str()));
            Row::of(&p.name, cells.into_iter().chain(["".into(), "".into()]))
        };
        let rows = room.people.iter().map(row).collect();
        Sheet {
            title: "考生签到表".to_owned(),
            facts: room.facts.clone(),
            facts_a_line: 3,
            blocks: vec![Block::Table(Table { columns, headed: true, rows, row_height: 70, text_size: 100 })],
            notes: vec!["注：请考生核对本人信息后签名；缺考者由监考员在备注栏注明“缺考”。".to_owned()],
            signatures: words(&["监考员", "监考员", "签到时间"]),
            foot: room.foot.clone(),
            ..Sheet::default()
        }
    };
    print(rooms, sheet, fonts)
}

/// Standings 成绩公示: published, so it holds neither ID numbers nor telephone numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Standings {
    /// The foot.
    pub foot: Foot,
    /// Name of the paper: 综合成绩公示.
    pub title: String,
    /// Under the title.
    pub subtitle: String,
    /// The columns, ranks included.
    pub columns: Vec<Column>,
    /// The rows in order, ready figures.
    pub rows: Vec<Row>,
    /// Notes: period of publication, telephone of the office, how figures are rounded.
    pub notes: Vec<String>,
    /// Lying page, for many columns.
    pub wide: bool,
}

/// Prints standings; a cell that looks like an ID number or a mobile number is refused.
pub fn standings(papers: &[Standings], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    for paper in papers {
        for row in &paper.rows {
            let private = row.cells.iter().position(|c| shows_private(&c.text));
            if let Some(column) = private.map(|n| paper.columns.get(n).map(|c| c.title.clone()).unwrap_or_default()) {
                return Err(PaperError::NoticeShowsPrivate { person: row.person.clone(), column });
            }
        }
    }
    let sheet = |paper: &Standings| Sheet {
        page: if paper.wide { PageKind::A4Wide } else { PageKind::A4 },
        title: paper.title.clone(),
        subtitle: paper.subtitle.clone(),
        blocks: vec![table(paper.columns.clone(), paper.rows.clone(), 72)],
        notes: paper.notes.clone(),
        foot: paper.foot.clone(),
        ..Sheet::default()
    };
    print(papers, sheet, fonts)
}

/// Eighteen digits of an ID number with a date of birth in it, or eleven of a mobile number.
fn shows_private(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric()).any(|token| {
        let digits = token.bytes().take_while(u8::is_ascii_digit).count();
        let mobile = token.len() == 11 && digits == 11 && token.starts_with('1') && token.as_bytes()[1] >= b'3';
        let born = token.get(6..14).is_some_and(|d| (d.starts_with("19") || d.starts_with("20")) && matches!(d.as_bytes()[4], b'0' | b'1'));
        mobile || (token.len() == 18 && digits >= 17 && born)
    })
}

/// Passphrase slip 口令条: goes by another way than the stick.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PassphraseSlip {
    /// The foot.
    pub foot: Foot,
    /// Receiver, file, check code: label and value.
    pub lines: Vec<Fact>,
    /// The words.
    pub passphrase: String,
}

/// Prints passphrase slips, one a page.
pub fn passphrase_slip(slips: &[PassphraseSlip], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let sheet = |slip: &PassphraseSlip| Sheet {
        page: PageKind::A5Wide,
        title: "交接包口令条".to_owned(),
        blocks: vec![facts_table(&slip.lines), Block::Big { text: slip.passphrase.clone() }],
        notes: vec!["本条与U盘分开送达；用后即毁，不得拍照、转发。".to_owned()],
        signatures: words(&["发放人", "领取人", "时间"]),
        foot: slip.foot.clone(),
        ..Sheet::default()
    };
    print(slips, sheet, fonts)
}

/// Receipt slip 交接回执.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReceiptSlip {
    /// The foot.
    pub foot: Foot,
    /// Sender, file, entries, time: label and value.
    pub lines: Vec<Fact>,
    /// The check code to be read over the telephone.
    pub check: String,
}

/// Prints receipts, one a page.
pub fn receipt_slip(slips: &[ReceiptSlip], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let sheet = |slip: &ReceiptSlip| Sheet {
        page: PageKind::A5Wide,
        title: "交接回执".to_owned(),
        blocks: vec![facts_table(&slip.lines), Block::Big { text: slip.check.clone() }],
        notes: vec!["请通过电话核对上方校验码；一致即表示数据完整收到。".to_owned()],
        signatures: words(&["接收人", "移交人", "时间"]),
        foot: slip.foot.clone(),
        ..Sheet::default()
    };
    print(slips, sheet, fonts)
}

/// Room record 考场情况记录单 (RULES.md §5).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RoomRecord {
    /// The foot.
    pub foot: Foot,
    /// Above the table.
    pub facts: Vec<Fact>,
    /// Expected, present, absent.
    pub people: [String; 3],
    /// Candidate numbers of the absent.
    pub absent: String,
    /// Papers issued, used, for the absent, spare, returned.
    pub papers: [String; 5],
    /// Incidents, a line each: time, person, clause, facts. Empty rows are left to write in.
    pub incidents: Vec<[String; 4]>,
    /// Other things worth recording.
    pub remarks: String,
}

/// Prints room records.
pub fn room_record(rooms: &[RoomRecord], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let sheet = |room: &RoomRecord| {
        let label = Cell::heading;
        let value = |text: &str| Cell::from(text);
        let [expected, present, absent] = &room.people;
        let [issued, used, for_absent, spare, returned] = &room.papers;
        let columns: Vec<Column> = (0..10).map(|_| Column::new("", 18)).collect();
        let mut rows = vec![
            Row::new([
                label("应到人数").span(2),
                value(expected),
                label("实到人数").span(2),
                value(present),
                label("缺考人数").span(2),
                value(absent).span(2),
            ]),
            Row::new([label("缺考考生准考证号").span(2), value(&room.absent).span(8).left()]).height(220),
            Row::new([
                label("领取试卷").span(2),
                label("已用试卷").span(2),
                label("缺考试卷").span(2),
                label("备用试卷").span(2),
                label("交回试卷").span(2),
            ]),
            Row::new([issued, used, for_absent, spare, returned].map(|t| value(t).span(2))),
            Row::new([label("时间").span(1), label("考生").span(2), label("条款").span(2), label("事实经过").span(5)]),
        ];
        let blank = [const { String::new() }; 4];
        let lines = room.incidents.iter().chain(std::iter::repeat_n(&blank, 6_usize.saturating_sub(room.incidents.len())));
        for [time, person, clause, facts] in lines {
            let cells = [value(time), value(person).span(2), value(clause).span(2), value(facts).span(5).left()];
            rows.push(Row::of(person, cells).height(170));
        }
        rows.push(Row::new([label("其他情况").span(2), value(&room.remarks).span(8).top()]).height(400));
        Sheet {
            title: "考场情况记录单".to_owned(),
            facts: room.facts.clone(),
            facts_a_line: 3,
            blocks: vec![Block::Table(Table { columns, headed: false, rows, row_height: 85, text_size: 105 })],
            notes: words(&["注：应到人数＝实到人数＋缺考人数；领取试卷＝已用＋缺考＋备用；交回试卷＝领取试卷。不相符的，不得签字离场。"]),
            signatures: words(&["监考员", "监考员", "考点主任"]),
            foot: room.foot.clone(),
            ..Sheet::default()
        }
    };
    print(rooms, sheet, fonts)
}

/// Absence list 缺考名单.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AbsenceList {
    /// The foot.
    pub foot: Foot,
    /// Above the table.
    pub facts: Vec<Fact>,
    /// Room, seat, candidate number, name, unit, remark.
    pub people: Vec<[String; 6]>,
}

/// Prints absence lists.
pub fn absence_list(papers: &[AbsenceList], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let sheet = |paper: &AbsenceList| {
        let columns = vec![
            Column::new("序号", 12),
            Column::new("考场", 20),
            Column::new("座位", 14),
            Column::new("准考证号", 34),
            Column::new("姓名", 26).names(),
            Column::new("单位", 50),
            Column::new("备注", 26),
        ];
        let row = |(n, p): (usize, &[String; 6])| {
            let number = (n + 1).to_string();
            Row::of(&p[3], std::iter::once(&number).chain(p).map(|t| t.as_str().into()))
        };
        let mut rows: Vec<Row> = paper.people.iter().enumerate().map(row).collect();
        if rows.is_empty() {
            rows.push(Row::new([Cell::from("（无缺考）").span(7)]));
        }
        Sheet {
            title: "缺考名单".to_owned(),
            facts: paper.facts.clone(),
            facts_a_line: 3,
            blocks: vec![table(columns, rows, 72)],
            signatures: words(&["填表人", "考点主任", "时间"]),
            foot: paper.foot.clone(),
            ..Sheet::default()
        }
    };
    print(papers, sheet, fonts)
}

/// Interview summary 面试成绩汇总表 (RULES.md §6).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct InterviewSummary {
    /// The foot.
    pub foot: Foot,
    /// Panel, date, full marks.
    pub facts: Vec<Fact>,
    /// Judges, as the columns are headed: 评委1 …
    pub judges: Vec<String>,
    /// Candidates in the order of their lots.
    pub people: Vec<InterviewLine>,
    /// How the mark is worked out, for the note.
    pub rule: String,
}

/// One candidate before one panel.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct InterviewLine {
    /// Lot.
    pub lot: String,
    /// Candidate number.
    pub number: String,
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// One mark a judge, and whether it was dropped.
    pub marks: Vec<(String, bool)>,
    /// Sum of the marks that count.
    pub sum: String,
    /// The interview mark.
    pub mark: String,
}

/// Prints interview summaries, dropped marks struck through.
pub fn interview_summary(papers: &[InterviewSummary], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let sheet = |paper: &InterviewSummary| {
        let mut columns =
            vec![Column::new("抽签号", 14), Column::new("准考证号", 30), Column::new("姓名", 24).names(), Column::new("单位", 42)];
        columns.extend(paper.judges.iter().map(|j| Column::new(j, 15)));
        columns.extend([Column::new("有效分合计", 22), Column::new("面试成绩", 20)]);
        let row = |p: &InterviewLine| {
            let before = [&p.lot, &p.number, &p.name, &p.unit].map(|t| Cell::from(t.as_str()));
            let marks = p.marks.iter().map(|(text, struck)| Cell { struck: *struck, ..text.as_str().into() });
            let after = [&p.sum, &p.mark].map(|t| Cell::from(t.as_str()));
            Row::of(&p.name, before.into_iter().chain(marks).chain(after))
        };
        Sheet {
            page: PageKind::A4Wide,
            title: "面试成绩汇总表".to_owned(),
            facts: paper.facts.clone(),
            facts_a_line: 4,
            blocks: vec![table(columns, paper.people.iter().map(row).collect(), 80)],
            notes: vec![format!("注：{}", paper.rule)],
            signatures: words(&["记分员", "核分员", "监督员", "主考官"]),
            foot: paper.foot.clone(),
            ..Sheet::default()
        }
    };
    print(papers, sheet, fonts)
}

fn print<T>(papers: &[T], sheet: impl Fn(&T) -> Sheet, fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    sheets(&papers.iter().map(sheet).collect::<Vec<_>>(), fonts)
}

fn table(columns: Vec<Column>, rows: Vec<Row>, row_height: u16) -> Block {
    Block::Table(Table { columns, headed: true, rows, row_height, text_size: 100 })
}

/// Label and value side by side.
fn facts_table(lines: &[Fact]) -> Block {
    let columns = vec![Column::new("", 45), Column::new("", 135).left().wraps()];
    let rows = lines.iter().map(|(label, value)| Row::new([Cell::heading(label), value.as_str().into()])).collect();
    Block::Table(Table { columns, headed: false, rows, row_height: 80, text_size: 105 })
}

fn words(list: &[&str]) -> Vec<String> {
    list.iter().map(|w| (*w).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_numbers() {
        let check = |text: &str, expected: bool| assert_eq!(shows_private(text), expected, "{text}");
        check("320102199001011234", true);
        check("32010219900101123X", true);
        check("身份证320102200012011234", true);
        check("13912345678", true);
        check("电话：13912345678", true);
        check("201010100102", false);
        check("86.25", false);
        check("王㛃", false);
        check("123456789012345678", false);
    }
}
