//! Looks at xls and ods files before calamine does: it sets aside room for as many cells as a file claims, and a file can
//! claim more than any machine has. Running out of memory ends the program; no guard around the reader catches that.

use std::io::{Cursor, Read, Write};

/// Cells of the smallest rectangle around a sheet's cells.
const AREA_LIMIT: u64 = 4_000_000;

/// Why a file is not handed on.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Beyond {
    /// It contradicts its own format.
    Damaged(String),
    /// More cells than a list of people has.
    TooLong,
}

impl From<std::io::Error> for Beyond {
    fn from(error: std::io::Error) -> Self {
        Self::Damaged(error.to_string())
    }
}

/// An xls file with nothing but its workbook stream, which has been walked through.
pub(crate) fn plain_xls(bytes: &[u8]) -> Result<Vec<u8>, Beyond> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes))?;
    let name = ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name));
    let name = name.ok_or_else(|| Beyond::Damaged("no workbook inside".to_owned()))?;
    let mut stream = Vec::new();
    file.open_stream(name)?.read_to_end(&mut stream)?;
    for record in Records(&stream).take_while(|r| r.kind != END) {
        if record.kind == SHEET {
            let at = usize::try_from(record.u32(0)).unwrap_or(usize::MAX);
            walk_sheet(stream.get(at..).unwrap_or_default())?;
        }
    }
    let mut plain = cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new()))?;
    plain.create_stream(name)?.write_all(&stream)?;
    plain.flush()?;
    Ok(plain.into_inner().into_inner())
}

const SHEET: u16 = 0x0085;
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
const DIMENSIONS: u16 = 0x0200;
/// Records that begin with the row and column of a cell.
const CELLS: [u16; 8] = [0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E];

/// Cells of a sheet of an xls file; MS-XLS allows 65,536 rows and 256 columns.
fn walk_sheet(stream: &[u8]) -> Result<(), Beyond> {
    let (mut first, mut last, mut depth) = ((u16::MAX, u16::MAX), (0_u16, 0_u16), 0_u32);
    for record in Records(stream) {
        match record.kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            DIMENSIONS => {
                let (rows, columns) =
                    if record.data.len() >= 14 { (record.u32(4), record.u16(10)) } else { (u32::from(record.u16(2)), record.u16(6)) };
                if rows > 65_536 || columns > 256 {
                    return Err(Beyond::Damaged("dimensions".to_owned()));
                }
            }
            kind if CELLS.contains(&kind) => {
                let (row, column) = (record.u16(0), record.u16(2));
                // A run of cells tells its last column at its end.
                let end = if kind == 0x00BD { record.u16(record.data.len().saturating_sub(2)).max(column) } else { column };
                first = (first.0.min(row), first.1.min(column));
                last = (last.0.max(row), last.1.max(end));
            }
            _ => {}
        }
    }
    let side = |from: u16, to: u16| u64::from(to.saturating_sub(from)) + 1;
    if side(first.0, last.0) * side(first.1, last.1) > AREA_LIMIT { Err(Beyond::TooLong) } else { Ok(()) }
}

struct Record<'a> {
    kind: u16,
    data: &'a [u8],
}

impl Record<'_> {
    fn u16(&self, at: usize) -> u16 {
        self.data.get(at..at + 2).and_then(|b| b.try_into().ok()).map_or(0, u16::from_le_bytes)
    }

    fn u32(&self, at: usize) -> u32 {
        self.data.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes)
    }
}

/// The records of a stream, as far as they go.
struct Records<'a>(&'a [u8]);

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (head, rest) = self.0.split_at_checked(4)?;
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        let (data, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some(Record { kind: u16::from_le_bytes([head[0], head[1]]), data })
    }
}

/// Walks through the content of an ods file: a cell or row may say that it stands a million times.
pub(crate) fn walk_ods(content: &[u8]) -> Result<(), Beyond> {
    let damaged = || Beyond::Damaged("content.xml".to_owned());
    let text = std::str::from_utf8(content).map_err(|_| damaged())?;
    let head: String = text.chars().take(200).collect::<String>().to_ascii_lowercase().replace('\'', "\"");
    // In another encoding the tags below could hide.
    if text.contains('\0') || (head.contains("encoding=") && !head.contains("encoding=\"utf-8\"")) {
        return Err(damaged());
    }
    // Rows above and at the last one that holds anything, its repeats among them; the widest row; all cells as written.
    let (mut row, mut last, mut widest, mut written) = (0_u64, 0_u64, 0_u64, 0_u64);
    let (mut repeats, mut column) = (1_u64, 0_u64);
    for tag in tags(text) {
        match tag.name {
            "table:table" => (row, last, widest) = (0, 0, 0),
            "table:table-row" => {
                row = row.saturating_add(repeats);
                (repeats, column) = (count(tag.text, "number-rows-repeated").ok_or_else(damaged)?, 0);
            }
            "table:table-cell" | "table:covered-table-cell" => {
                column = column.saturating_add(count(tag.text, "number-columns-repeated").ok_or_else(damaged)?);
                if !tag.text.ends_with('/') || tag.text.contains("value") || tag.text.contains("formula") {
                    last = row.saturating_add(repeats);
                    widest = widest.max(column);
                    written = written.saturating_add(column.min(16_384));
                }
            }
            _ => {}
        }
        if last.saturating_sub(1).saturating_mul(widest) > AREA_LIMIT || written > 4 * AREA_LIMIT {
            return Err(Beyond::TooLong);
        }
    }
    Ok(())
}

struct Tag<'a> {
    name: &'a str,
    text: &'a str,
}

/// Every opening tag; a `>` inside quotes ends none.
fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    text.split('<').skip(1).filter_map(|from| {
        let name = from.split(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/').next().filter(|n| n.starts_with("table:"))?;
        let mut quote = None;
        let end = from.char_indices().find(|(_, c)| match (quote, *c) {
            (None, '"' | '\'') => {
                quote = Some(*c);
                false
            }
            (Some(open), c) if open == c => {
                quote = None;
                false
            }
            (None, '>') => true,
            _ => false,
        });
        Some(Tag { name, text: from.get(..end.map_or(from.len(), |(at, _)| at)).unwrap_or_default() })
    })
}

/// The number an attribute gives, 1 where it is not there; nothing where it is no number.
fn count(tag: &str, attribute: &str) -> Option<u64> {
    let Some((_, rest)) = tag.split_once(attribute) else { return Some(1) };
    rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']).split(['"', '\'']).next()?.trim().parse().ok()
}
