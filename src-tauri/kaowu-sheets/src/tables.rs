//! The tables the program reads, by the names their columns go by.

use crate::cell::Cell;
use crate::error::SheetError;
use crate::table::{Row, Table, Wanted, read_table};
use kaowu_core::identity::{IdNumber, RoomNumber};
use kaowu_core::roster::{Field, RawPerson, clean_id};
use std::path::Path;

const ID: &[&str] = &["身份证号", "身份证号码", "身份证", "公民身份号码", "证件号码", "证件号", "居民身份证号", "身份证件号码"];
const NAME: &[&str] = &["姓名", "选手姓名", "考生姓名", "参赛人员", "人员姓名", "选手"];

/// A roster.
pub struct RosterTable {
    /// The file's name.
    pub source: String,
    /// The sheet.
    pub sheet: String,
    /// Rows that hold anything.
    pub people: Vec<RawPerson>,
    columns: Vec<Option<usize>>,
}

impl RosterTable {
    /// Column of a field, from 0.
    pub fn column(&self, field: Field) -> Option<usize> {
        let at = match field {
            Field::Name => 0,
            Field::Id => 1,
            Field::Sex => 2,
            Field::Phone => 5,
            Field::Outer => 6,
            Field::Inner => 7,
        };
        self.columns.get(at).copied().flatten()
    }
}

/// Reads a roster.
pub fn read_roster(path: &Path) -> Result<RosterTable, SheetError> {
    let wanted = [
        Wanted::new(NAME, true),
        Wanted::new(ID, true),
        Wanted::new(&["性别"], false),
        Wanted::new(&["工作单位", "单位", "单位名称", "所在单位"], false),
        Wanted::new(&["职务", "职务职称", "岗位职务"], false),
        Wanted::new(&["手机号码", "手机号", "手机", "联系电话", "电话", "联系方式", "移动电话"], false),
        Wanted::new(&["所属设区市", "设区市", "所在设区市", "市", "地市", "招录机关", "报考单位", "招录单位"], true),
        Wanted::new(
            &[
                "县（市、区）",
                "县(市,区)",
                "县市区",
                "县（区）",
                "所在县区",
                "所属县区",
                "县区",
                "区县",
                "职位",
                "报考职位",
                "岗位",
                "报考岗位",
            ],
            false,
        ),
        Wanted::new(&["备注", "说明"], false),
    ];
    let table = read_table(path, &wanted)?;
    let people = table
        .rows
        .iter()
        .map(|row| {
            let text = |n: usize| row.cells[n].text().to_owned();
            RawPerson {
                row: row.row,
                name: text(0),
                id: text(1),
                id_is_number: row.cells[1].is_number(),
                sex: text(2),
                workplace: text(3),
                duty: text(4),
                phone: text(5),
                phone_is_number: row.cells[5].is_number(),
                outer: text(6),
                inner: text(7),
                remark: text(8),
            }
        })
        .collect();
    Ok(RosterTable { source: table.source, sheet: table.sheet, people, columns: table.columns })
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
        Wanted::new(NAME, true),
        Wanted::new(ID, false),
        Wanted::new(&["所属设区市", "设区市", "市", "地市", "单位", "所属单位"], false),
        Wanted::new(&["参加活动", "活动", "参加比赛", "赛事", "原因"], false),
        Wanted::new(&["正式/替补", "角色", "身份"], false),
    ];
    let table = read_table(path, &wanted)?;
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
        Wanted::new(&["阶段", "环节"], true),
        Wanted::new(&["设区市代码", "城市代码", "市代码", "地区代码"], true),
        Wanted::new(&["考点", "考点名称"], true),
        Wanted::new(&["考场号", "考场", "考场编号"], true),
        Wanted::new(&["各列座位数", "列座位数", "座位布局"], true),
        Wanted::new(&["起始角", "起始位置"], false),
        Wanted::new(&["排列", "排列方式", "编号方式"], false),
        Wanted::new(&["不可用座位", "停用座位"], false),
    ];
    let table = read_table(path, &wanted)?;
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
    let wanted = [Wanted::new(ID, true), Wanted::new(NAME, false), Wanted::new(&["成绩", "笔试成绩", "得分", "分数", "笔试"], true)];
    mark_rows(&read_table(path, &wanted)?)
}

/// Reads judges' totals; returns the source's name too.
pub fn read_panel_marks(path: &Path, judges: usize) -> Result<(String, Vec<MarkRow>), SheetError> {
    let mut wanted = vec![Wanted::new(ID, true), Wanted::new(NAME, false)];
    for n in 1..=judges {
        wanted.push(Wanted::new(&[&format!("评委{n}"), &format!("考官{n}"), &format!("{n}号评委"), &format!("{n}号考官")], true));
    }
    mark_rows(&read_table(path, &wanted)?)
}

fn mark_rows(table: &Table) -> Result<(String, Vec<MarkRow>), SheetError> {
    let of = |row: &Row| MarkRow {
        row: row.row,
        id: clean_id(row.cells[0].text()).as_str().into(),
        name: row.cells[1].text().trim().to_owned(),
        marks: row.cells[2..].iter().map(|c: &Cell| c.text().to_owned()).collect(),
    };
    Ok((table.source.clone(), table.rows.iter().map(of).collect()))
}
