//! The tables the program reads, by the names their columns go by.

use crate::cell::Cell;
use crate::error::SheetError;
use crate::file::read_book;
use crate::table::{Row, Table, Wanted, read_table};
use kaowu_core::identity::{IdNumber, RoomNumber};
use kaowu_core::roster::{Field, Odd, RawPerson, clean_id};
use std::path::Path;

pub(crate) const ID: &[&str] = &[
    "身份证号",
    "身份证号码",
    "身份证",
    "公民身份号码",
    "公民身份证号",
    "公民身份证号码",
    "居民身份证号",
    "居民身份证号码",
    "证件号码",
    "证件号",
    "有效证件号码",
    "身份证件号码",
    "身份证件号",
    "身份号码",
    "id",
    "idnumber",
];
pub(crate) const NAME: &[&str] = &[
    "姓名",
    "选手姓名",
    "考生姓名",
    "参赛人员",
    "参赛人员姓名",
    "参赛选手",
    "报考人员",
    "人员姓名",
    "选手",
    "考生",
    "人员",
    "姓名全称",
    "name",
];

/// A roster.
pub struct RosterTable {
    /// The file's name.
    pub source: String,
    /// The sheet.
    pub sheet: String,
    /// Row of the header, as Excel shows it.
    pub header: u32,
    /// Rows that hold anything.
    pub people: Vec<RawPerson>,
    columns: Vec<Option<usize>>,
}

impl RosterTable {
    /// Column of a field, from 0.
    pub fn column(&self, field: Field) -> Option<usize> {
        let at = Field::ALL.iter().position(|f| *f == field)?;
        self.columns.get(at).copied().flatten()
    }
}

/// The columns of a roster, in the order of [`Field::ALL`], then the running number.
pub(crate) fn roster_columns() -> [Wanted; 10] {
    [
        Wanted::needed(NAME),
        Wanted::optional(&["性别", "sex"]),
        Wanted::needed(ID),
        Wanted::optional(&["工作单位", "所在单位", "单位名称", "工作单位名称", "现工作单位", "工作单位全称", "单位全称", "单位"]),
        Wanted::optional(&["职务", "职务(岗位)", "职务职称", "职务/职称", "岗位职务", "现任职务", "职务职级", "职级"]),
        Wanted::optional(&[
            "手机号码",
            "手机号",
            "手机",
            "移动电话",
            "联系电话",
            "联系手机",
            "联系方式",
            "电话",
            "电话号码",
            "本人电话",
            "联系号码",
            "phone",
        ]),
        Wanted::needed(&[
            "所属设区市",
            "设区市",
            "所在设区市",
            "所属市",
            "所在市",
            "地级市",
            "所属地市",
            "地市",
            "所属城市",
            "城市",
            "市",
            "招录机关",
            "招录单位",
            "招聘单位",
            "主管部门",
            "报考单位",
            "city",
        ])
        .merged(),
        Wanted::optional(&[
            "县(市,区)",
            "县市区",
            "县(区)",
            "县(市)区",
            "县(区,市)",
            "所属县(市,区)",
            "所在县(市,区)",
            "所属县市区",
            "所在县市区",
            "所在县区",
            "所属县区",
            "县区",
            "区县",
            "区(县)",
            "区(市,县)",
            "市(县,区)",
            "市(县)区",
            "区/县",
            "县/区",
            "county",
            "岗位代码",
            "职位代码",
            "报考岗位代码",
            "报考职位代码",
            "报考职位",
            "职位",
            "职位名称",
            "报考岗位",
            "岗位",
            "岗位名称",
        ])
        .merged(),
        Wanted::optional(&["备注", "说明", "备注说明"]),
        Wanted::optional(&["序号", "编号", "no.", "no", "顺序号"]),
    ]
}

/// Reads a roster.
pub fn read_roster(path: &Path) -> Result<RosterTable, SheetError> {
    let table = read_table(read_book(path)?, &roster_columns())?;
    let people = table.rows.into_iter().map(raw_person).collect();
    Ok(RosterTable { source: table.source, sheet: table.sheet, header: table.header, people, columns: table.columns })
}

fn raw_person(row: Row) -> RawPerson {
    let odd = Field::ALL.iter().zip(&row.cells).filter_map(|(field, cell)| {
        let odd = match cell {
            Cell::Number(_) => Odd::Number,
            Cell::Error(_) => Odd::Error,
            Cell::Formula(_) => Odd::Formula,
            Cell::Empty | Cell::Text(_) | Cell::Date(_) | Cell::Bool(_) => return None,
        };
        Some((*field, odd))
    });
    let odd = odd.collect();
    let mut cells = row.cells.into_iter().map(Cell::into_text);
    let mut next = || cells.next().unwrap_or_default();
    let (name, sex, id, workplace, duty, phone, outer, inner, remark) =
        (next(), next(), next(), next(), next(), next(), next(), next(), next());
    RawPerson { row: row.row, serial: next(), name, id, sex, workplace, duty, phone, outer, inner, remark, odd }
}

/// A line of an exclusion list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExclusionRow {
    /// Row as Excel shows it.
    pub row: u32,
    /// Name as it stands.
    pub name: String,
    /// ID number as it stands; empty where the list has none.
    pub id: String,
    /// City as it stands.
    pub city: String,
    /// What the person took part in, and as what.
    pub activity: String,
}

/// Reads an exclusion list; returns its source's name too.
pub fn read_exclusions(path: &Path) -> Result<(String, Vec<ExclusionRow>), SheetError> {
    let wanted = [
        Wanted::needed(NAME),
        Wanted::optional(ID),
        Wanted::optional(&["所属设区市", "设区市", "所在设区市", "所属市", "所在市", "地市", "市", "所属单位", "参赛单位", "单位", "地区"])
            .merged(),
        Wanted::optional(&["参加活动", "活动", "参加比赛", "参赛项目", "赛事", "比赛", "活动名称", "原因"]).merged(),
        Wanted::optional(&["正式/替补", "正式(替补)", "角色", "队员类别", "身份"]),
    ];
    let table = read_table(read_book(path)?, &wanted)?;
    let rows = table.rows.iter().map(|row| {
        let text = |n: usize| row.cells[n].text().trim().to_owned();
        let activity = [text(3), text(4)].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ");
        ExclusionRow { row: row.row, name: text(0), id: text(1), city: text(2), activity }
    });
    Ok((table.source.clone(), rows.collect()))
}

/// A room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomRow {
    /// Row as Excel shows it.
    pub row: u32,
    /// Stage: id or name.
    pub stage: String,
    /// Digits of the city code that begin its site codes.
    pub city_code: String,
    /// Site's name.
    pub site: String,
    /// Room number.
    pub room: RoomNumber,
    /// Column vector.
    pub columns: String,
    /// Start corner.
    pub corner: String,
    /// Numbering.
    pub numbering: String,
    /// Unusable places.
    pub unusable: String,
}

/// Reads a list of rooms; returns its source's name too.
pub fn read_rooms(path: &Path) -> Result<(String, Vec<RoomRow>), SheetError> {
    let wanted = [
        Wanted::needed(&["阶段", "环节"]),
        Wanted::needed(&["设区市代码", "城市代码", "市代码", "地区代码"]),
        Wanted::needed(&["考点", "考点名称"]),
        Wanted::needed(&["考场号", "考场", "考场编号"]),
        Wanted::needed(&["各列座位数", "列座位数", "座位布局"]),
        Wanted::optional(&["起始角", "起始位置"]),
        Wanted::optional(&["排列", "排列方式", "编号方式"]),
        Wanted::optional(&["不可用座位", "停用座位"]),
    ];
    let table = read_table(read_book(path)?, &wanted)?;
    let rows = table.rows.iter().map(|row| {
        let text = |n: usize| row.cells[n].text().trim().to_owned();
        // Three digits even where the workbook keeps a number and shows 1.
        let room = text(3);
        let room = if row.cells[3].is_number() { format!("{room:0>3}") } else { room };
        RoomRow {
            row: row.row,
            stage: text(0),
            city_code: text(1),
            site: text(2),
            room: room.as_str().into(),
            columns: text(4),
            corner: text(5),
            numbering: text(6),
            unusable: text(7),
        }
    });
    Ok((table.source.clone(), rows.collect()))
}

/// A row of marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkRow {
    /// Row as Excel shows it.
    pub row: u32,
    /// Cleaned ID number; may be nobody's.
    pub id: IdNumber,
    /// Name as it stands.
    pub name: String,
    /// Marks as they stand: one, or one a judge.
    pub marks: Vec<String>,
}

/// Reads written marks; returns the source's name too.
pub fn read_marks(path: &Path) -> Result<(String, Vec<MarkRow>), SheetError> {
    let wanted = [
        Wanted::needed(ID),
        Wanted::optional(NAME),
        Wanted::needed(&[
            "成绩",
            "笔试成绩",
            "卷面成绩",
            "卷面分",
            "得分",
            "分数",
            "总分",
            "笔试",
            "笔试得分",
            "考试成绩",
            "score",
            "mark",
        ]),
    ];
    mark_rows(&read_table(read_book(path)?, &wanted)?)
}

/// Reads judges' totals; returns the source's name too. A list with more judges than the plan has is refused: leaving one
/// out silently would change every mean.
pub fn read_panel_marks(path: &Path, judges: usize) -> Result<(String, Vec<MarkRow>), SheetError> {
    let judge = |n: usize| -> [String; 6] {
        let unit = CHINESE.get(n - 1).copied().unwrap_or("-");
        [format!("评委{n}"), format!("考官{n}"), format!("{n}号评委"), format!("{n}号考官"), format!("评委{unit}"), format!("考官{unit}")]
    };
    let mut wanted = vec![Wanted::needed(ID), Wanted::optional(NAME)];
    for n in 1..=judges + SURPLUS {
        let names = judge(n);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        wanted.push(if n <= judges { Wanted::needed(&names) } else { Wanted::optional(&names) });
    }
    let mut table = read_table(read_book(path)?, &wanted)?;
    let there = table.columns.iter().skip(2).flatten().count();
    if there > judges {
        return Err(SheetError::JudgesSurplus { file: table.source, judges, there });
    }
    for row in &mut table.rows {
        row.cells.truncate(2 + judges);
    }
    mark_rows(&table)
}

/// How many judges beyond the plan's are looked for.
const SURPLUS: usize = 8;
const CHINESE: [&str; 15] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五"];

fn mark_rows(table: &Table) -> Result<(String, Vec<MarkRow>), SheetError> {
    let of = |row: &Row| MarkRow {
        row: row.row,
        id: clean_id(row.cells[0].text()).as_str().into(),
        name: row.cells[1].text().trim().to_owned(),
        marks: row.cells[2..].iter().map(|c: &Cell| c.text().to_owned()).collect(),
    };
    Ok((table.source.clone(), table.rows.iter().map(of).collect()))
}
