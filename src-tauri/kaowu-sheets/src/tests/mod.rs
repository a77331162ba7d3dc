mod broken;
mod expected;
mod headers;
mod out;
mod practice;
mod speed;

use crate::SheetError;
use crate::tables::{RosterTable, read_roster};
use kaowu_core::coded::Coded;
use std::io::Write;
use std::path::{Path, PathBuf};

/// A file under tests/fixtures at the project's root.
fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures").join(name)
}

/// Reads bytes as a roster file of this name.
fn roster_of(name: &str, bytes: &[u8]) -> Result<RosterTable, SheetError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    read_roster(&path)
}

fn code<T>(read: Result<T, SheetError>) -> String {
    read.err().map_or_else(|| "ok".to_owned(), |e| e.code())
}

/// A zip of these parts.
fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook with one sheet of this XML.
fn xlsx(sheet_data: &str) -> Vec<u8> {
    let sheet = format!("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">{sheet_data}</worksheet>");
    zipped(&[
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
        (
            "_rels/.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" \
             Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/>\
             </Relationships>",
        ),
        (
            "xl/workbook.xml",
            "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
             xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
             <sheets><sheet name=\"名单\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" \
             Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
             </Relationships>",
        ),
        ("xl/worksheets/sheet1.xml", &sheet),
    ])
}

/// A row of text cells; an empty text is no cell.
fn row(number: u32, texts: &[&str]) -> String {
    let cells = (b'A'..).zip(texts).filter(|(_, text)| !text.is_empty());
    let cells: String =
        cells.map(|(c, text)| format!("<c r=\"{}{number}\" t=\"inlineStr\"><is><t>{text}</t></is></c>", char::from(c))).collect();
    format!("<row r=\"{number}\">{cells}</row>")
}

/// The text of one part of a workbook.
fn part_of(path: &Path, part: &str) -> String {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut zip.by_name(part).unwrap(), &mut text).unwrap();
    text
}
