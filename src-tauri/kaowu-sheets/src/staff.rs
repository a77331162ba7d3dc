//! A list of people on duty.

use crate::cell::Cell;
use crate::error::SheetError;
use crate::file::read_book;
use crate::table::{Wanted, read_table};
use crate::tables::NAME;
use kaowu_core::staff::{RawStaff, StaffColumn};
use std::collections::BTreeMap;
use std::path::Path;

/// A list of people on duty.
pub struct StaffTable {
    /// The file's name.
    pub source: String,
    /// The sheet.
    pub sheet: String,
    /// Rows that hold anything.
    pub rows: Vec<RawStaff>,
    /// Where each column stands, from 0.
    pub columns: BTreeMap<StaffColumn, usize>,
}

const ORDER: [StaffColumn; 8] = [
    StaffColumn::Name,
    StaffColumn::Role,
    StaffColumn::Outer,
    StaffColumn::Inner,
    StaffColumn::Workplace,
    StaffColumn::Site,
    StaffColumn::Panel,
    StaffColumn::Phone,
];

pub(crate) fn staff_columns() -> [Wanted; 8] {
    [
        Wanted::needed(NAME),
        Wanted::needed(&[
            "岗位",
            "考务岗位",
            "职务/岗位",
            "岗位/职务",
            "职务(岗位)",
            "工作岗位",
            "职责",
            "分工",
            "考务职务",
            "角色",
            "职务",
            "role",
        ]),
        Wanted::optional(&["设区市", "所属设区市", "所在设区市", "所属市", "所在市", "地市", "市", "city"]).merged(),
        Wanted::optional(&["县(市,区)", "县市区", "所属县(市,区)", "所在县(市,区)", "县区", "区县", "county"]).merged(),
        Wanted::optional(&["单位", "工作单位", "所在单位", "单位名称", "工作单位名称", "派出单位", "workplace", "unit"]).merged(),
        Wanted::optional(&["考点", "考点名称", "考点代码", "所在考点", "值守考点", "巡考考点", "site"]).merged(),
        Wanted::optional(&["考官组", "组别", "面试组", "评委组", "panel"]).merged(),
        Wanted::optional(&["手机号码", "手机号", "手机", "联系电话", "联系方式", "电话", "电话号码", "phone"]),
    ]
}

/// Reads a list of people on duty.
pub fn read_staff(path: &Path) -> Result<StaffTable, SheetError> {
    let table = read_table(read_book(path)?, &staff_columns())?;
    let columns = ORDER.into_iter().zip(&table.columns).filter_map(|(column, at)| at.map(|at| (column, at))).collect();
    let rows = table.rows.into_iter().map(|row| {
        let broken = |(column, cell): (StaffColumn, &Cell)| matches!(cell, Cell::Error(_) | Cell::Formula(_)).then_some(column);
        let broken = ORDER.into_iter().zip(&row.cells).filter_map(broken).collect();
        let mut cells = row.cells.into_iter().map(Cell::into_text);
        let mut next = || cells.next().unwrap_or_default();
        let (name, role, outer, inner, workplace, site, panel, phone) = (next(), next(), next(), next(), next(), next(), next(), next());
        RawStaff { row: row.row, name, workplace, outer, inner, role, site, panel, phone, broken }
    });
    Ok(StaffTable { source: table.source, sheet: table.sheet, rows: rows.collect(), columns })
}
