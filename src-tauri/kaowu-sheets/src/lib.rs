//! Workbooks in (calamine, CSV) and out (rust_xlsxwriter). What a cell means is core's to say; here stand only the names
//! of columns and the ways files are broken.

mod bounds;
mod cell;
mod error;
mod file;
mod marked;
mod out;
pub mod practice;
pub mod seats;
pub mod staff;
mod table;
pub mod tables;
mod text;
mod workbook;

pub use error::SheetError;
pub use marked::{Mark, marked_copy};
pub use out::{Column, Kind, OutSheet, workbook_bytes, write_workbook};

#[cfg(test)]
mod tests;
