//! Exports of the practice platform, row by row: a year of log-ins is fourteen million rows, so a text file is never held
//! whole. Workbooks are, within the bounds of every workbook.

use crate::cell::Cell;
use crate::error::SheetError;
use crate::file::{Sheet, SheetRow, name_of, read_bytes};
use crate::table::{Wanted, find_header};
use crate::tables::{ID, NAME};
use crate::text::delimiter;
use crate::workbook::Form;
use encoding_rs::{CoderResult, Decoder, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use kaowu_core::practice::RawRow;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{BufReader, Read};
use std::ops::ControlFlow;
use std::path::Path;

/// Largest text file that is read: fourteen million rows with full names of units are below it.
const TEXT_LIMIT: u64 = 4 << 30;
/// Largest workbook.
const BOOK_LIMIT: u64 = 64 << 20;
/// Rows among which a header may stand.
const HEADER_DEPTH: usize = 40;
/// Longest row of a text file, in cells.
const WIDEST: usize = 2_000;
/// Rows between two looks at whether to go on.
const PULSE: u64 = 20_000;

/// What an export looks like, before its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PracticeHead {
    /// The file's name.
    pub source: String,
    /// The sheet.
    pub sheet: String,
    /// SHA-256 of the file, hex.
    pub sha256: String,
    /// Whether there is a column of days, weeks or months.
    pub days: bool,
    /// Whether there is a column of scores.
    pub scores: bool,
    /// Headers of all other columns, in order.
    pub others: Vec<String>,
}

/// Who hears of an export.
pub trait PracticeReader {
    /// What a refusal is.
    type Error: From<SheetError>;
    /// The header; a refusal ends the reading.
    fn head(&mut self, head: &PracticeHead) -> Result<(), Self::Error>;
    /// A row, with the cells of the other columns.
    fn row(&mut self, row: &RawRow<'_>, others: &[&str]);
    /// From time to time: bytes read of all there are; whether to go on.
    fn pulse(&mut self, done: u64, total: u64) -> ControlFlow<Self::Error>;
}

fn wanted() -> [Wanted; 7] {
    [
        Wanted::optional(ID),
        Wanted::needed(&[NAME, &["用户姓名", "学员姓名", "真实姓名", "学员"]].concat()),
        Wanted::needed(&[
            "设区市",
            "所属设区市",
            "所在设区市",
            "所属市",
            "所在市",
            "地市",
            "城市",
            "市",
            "所属单位",
            "单位",
            "单位名称",
            "所属机构",
            "机构",
            "所属地区",
            "地区",
            "city",
        ])
        .merged(),
        Wanted::optional(&[
            "县(市,区)",
            "县市区",
            "县(区)",
            "所属县(市,区)",
            "所属县市区",
            "所属县区",
            "所属区县",
            "县区",
            "区县",
            "区(县)",
            "区/县",
            "county",
        ])
        .merged(),
        Wanted::optional(&[
            "登录日期",
            "日期",
            "学习日期",
            "登录时间",
            "学习时间",
            "答题日期",
            "比试日期",
            "比试时间",
            "参赛日期",
            "参赛时间",
            "周次",
            "周",
            "起始日期",
            "周起始日期",
            "月份",
            "月",
            "date",
        ]),
        Wanted::optional(&[
            "成绩",
            "得分",
            "分数",
            "总分",
            "总成绩",
            "周成绩",
            "月成绩",
            "答题成绩",
            "比试成绩",
            "最高分",
            "最好成绩",
            "积分",
            "score",
        ]),
        Wanted::optional(&["用时", "答题用时", "总用时", "耗时", "用时(秒)", "答题时长", "时长", "time"]),
    ]
}

/// Where the columns stand.
struct Layout {
    wanted: Vec<Option<usize>>,
    others: Vec<usize>,
    others_named: Vec<String>,
}

impl Layout {
    /// The header among the first rows, and how many of them it ends.
    fn find(file: &str, sheet: &str, rows: &[SheetRow]) -> Result<(Self, usize), SheetError> {
        let wanted = wanted();
        let head = Sheet { name: sheet.to_owned(), rows: rows.to_vec() };
        let (columns, last) = find_header(file, &head, &wanted)?;
        let header = &rows[last];
        let mut others: Vec<(usize, String)> = Vec::new();
        for (at, cell) in header.cells.iter().enumerate() {
            if !columns.contains(&Some(at)) {
                others.push((at, cell.text().trim().to_owned()));
            }
        }
        let (at, named) = others.into_iter().unzip();
        Ok((Self { wanted: columns, others: at, others_named: named }, last))
    }

    fn head(&self, source: &str, sheet: &str, sha256: String) -> PracticeHead {
        let has = |n: usize| self.wanted.get(n).copied().flatten().is_some();
        PracticeHead {
            source: source.to_owned(),
            sheet: sheet.to_owned(),
            sha256,
            days: has(4),
            scores: has(5),
            others: self.others_named.clone(),
        }
    }

    /// Gives one row on.
    fn give<'c, E>(&self, row: u32, cell: impl Fn(usize) -> Option<&'c str>, id_is_number: bool, to: &mut dyn PracticeReader<Error = E>)
    where
        E: From<SheetError>,
    {
        let text = |n: usize| self.wanted.get(n).copied().flatten().and_then(&cell).unwrap_or("");
        let raw = RawRow {
            row,
            id: text(0),
            id_is_number,
            name: text(1),
            outer: text(2),
            inner: text(3),
            day: text(4),
            score: text(5),
            time: text(6),
        };
        if self.others.is_empty() {
            to.row(&raw, &[]);
        } else {
            let others: Vec<&str> = self.others.iter().map(|at| cell(*at).unwrap_or("")).collect();
            to.row(&raw, &others);
        }
    }

    fn id_is_number(&self, cells: &[Cell]) -> bool {
        self.wanted.first().copied().flatten().and_then(|at| cells.get(at)).is_some_and(Cell::is_number)
    }
}

/// Reads an export; whatever the file holds, the end is all of its rows or a coded refusal.
pub fn read_practice<E: From<SheetError>>(path: &Path, to: &mut dyn PracticeReader<Error = E>) -> Result<PracticeHead, E> {
    let source = name_of(path);
    let reading = |e: &std::io::Error| SheetError::reading(path, e);
    let mut file = File::open(path).map_err(|e| reading(&e))?;
    let size = file.metadata().map_err(|e| reading(&e))?.len();
    let mut start = [0; 8];
    let got = file.read(&mut start).map_err(|e| reading(&e))?;
    if got == 0 {
        return Err(SheetError::SheetEmpty { file: source }.into());
    }
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    let text = matches!(extension.as_str(), "csv" | "txt" | "tsv");
    if Form::of(start.get(..got).unwrap_or_default()).is_some() || !text {
        return read_whole(path, &source, size, to);
    }
    if size > TEXT_LIMIT {
        return Err(SheetError::WorkbookTooLarge { file: source, megabytes: TEXT_LIMIT >> 20 }.into());
    }
    read_text(path, &source, size, to)
}

/// A workbook.
fn read_whole<E: From<SheetError>>(
    path: &Path,
    source: &str,
    size: u64,
    to: &mut dyn PracticeReader<Error = E>,
) -> Result<PracticeHead, E> {
    if size > BOOK_LIMIT {
        return Err(SheetError::WorkbookTooLarge { file: source.to_owned(), megabytes: BOOK_LIMIT >> 20 }.into());
    }
    let bytes = std::fs::read(path).map_err(|e| SheetError::reading(path, &e))?;
    let sha256 = hex::encode(Sha256::digest(&bytes));
    let book = read_bytes(source, bytes)?;
    let filled: Vec<&Sheet> = book.sheets.iter().filter(|sheet| sheet.rows.len() > 1).collect();
    let sheet = match filled.as_slice() {
        [] => return Err(SheetError::SheetEmpty { file: source.to_owned() }.into()),
        [one] => *one,
        several => {
            let tables: Vec<&&Sheet> = several.iter().filter(|sheet| Layout::find(source, &sheet.name, top(&sheet.rows)).is_ok()).collect();
            match tables.as_slice() {
                [one] => **one,
                [] => several[0],
                _ => {
                    let sheets = tables.iter().map(|sheet| sheet.name.clone()).collect();
                    return Err(SheetError::SeveralTables { file: source.to_owned(), sheets }.into());
                }
            }
        }
    };
    let (layout, last) = Layout::find(source, &sheet.name, top(&sheet.rows))?;
    let head = layout.head(source, &sheet.name, sha256);
    to.head(&head)?;
    let rows = sheet.rows.get(last + 1..).unwrap_or_default();
    for (n, row) in (0_u64..).zip(rows) {
        layout.give(row.row, |at| row.cells.get(at).map(Cell::text), layout.id_is_number(&row.cells), to);
        if n.is_multiple_of(PULSE)
            && let ControlFlow::Break(stopped) = to.pulse(n, u64::try_from(rows.len()).unwrap_or(u64::MAX))
        {
            return Err(stopped);
        }
    }
    Ok(head)
}

fn top(rows: &[SheetRow]) -> &[SheetRow] {
    rows.get(..HEADER_DEPTH.min(rows.len())).unwrap_or_default()
}

/// A text file, twice: once for its hash and its encoding, once for its rows.
fn read_text<E: From<SheetError>>(path: &Path, source: &str, size: u64, to: &mut dyn PracticeReader<Error = E>) -> Result<PracticeHead, E> {
    let open = || File::open(path).map_err(|e| SheetError::reading(path, &e));
    let (sha256, encoding, sample) = survey(path, source, open()?)?;
    let decoded = Decoding::new(BufReader::with_capacity(1 << 18, open()?), encoding);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&sample))
        .buffer_capacity(1 << 18)
        .from_reader(decoded);
    let damaged = |detail: String| SheetError::WorkbookDamaged { file: source.to_owned(), detail };
    let mut record = csv::StringRecord::new();
    let mut first: Vec<SheetRow> = Vec::new();
    while first.len() < HEADER_DEPTH && reader.read_record(&mut record).map_err(|e| damaged(e.to_string()))? {
        first.push(SheetRow { row: row_before(reader.position()), cells: record.iter().take(WIDEST).map(Cell::of_text).collect() });
    }
    let (layout, last) = Layout::find(source, "CSV", &first)?;
    let head = layout.head(source, "CSV", sha256);
    to.head(&head)?;
    for row in first.iter().skip(last + 1) {
        layout.give(row.row, |at| row.cells.get(at).map(Cell::text), false, to);
    }
    let mut n = 0_u64;
    while reader.read_record(&mut record).map_err(|e| damaged(e.to_string()))? {
        layout.give(row_before(reader.position()), |at| record.get(at), false, to);
        n += 1;
        if n.is_multiple_of(PULSE)
            && let ControlFlow::Break(stopped) = to.pulse(reader.position().byte(), size)
        {
            return Err(stopped);
        }
    }
    Ok(head)
}

/// The row that ends before a position. Every line ends with a line break here ([`Decoding`]); a line break within quotes
/// counts, too, so that the number is that of the line in an editor.
fn row_before(position: &csv::Position) -> u32 {
    u32::try_from(position.line().saturating_sub(1)).unwrap_or(u32::MAX)
}

/// The hash of a text file, the encoding that all of it is in, and its beginning as text.
fn survey(path: &Path, source: &str, mut file: File) -> Result<(String, &'static Encoding, String), SheetError> {
    let mut candidates: Vec<(&'static Encoding, Decoder)> = Vec::new();
    let mut sha = Sha256::new();
    let mut bytes = vec![0; 1 << 18];
    let mut text = String::with_capacity(1 << 20);
    let mut sample = None;
    loop {
        let got = file.read(&mut bytes).map_err(|e| SheetError::reading(path, &e))?;
        let here = bytes.get(..got).unwrap_or_default();
        sha.update(here);
        if sample.is_none() {
            let marked = [(UTF_8, &[0xEF, 0xBB, 0xBF][..]), (UTF_16LE, &[0xFF, 0xFE]), (UTF_16BE, &[0xFE, 0xFF])];
            let of: Vec<&'static Encoding> = match marked.iter().find(|(_, mark)| here.starts_with(mark)) {
                Some((encoding, _)) => vec![*encoding],
                None => vec![UTF_8, GB18030],
            };
            candidates = of.into_iter().map(|encoding| (encoding, encoding.new_decoder_with_bom_removal())).collect();
            sample = Some(here.get(..got.min(20_000)).unwrap_or_default().to_vec());
        }
        candidates.retain_mut(|(_, decoder)| fits(decoder, here, got == 0, &mut text));
        if candidates.is_empty() {
            return Err(SheetError::TextUnreadable { file: source.to_owned() });
        }
        if got == 0 {
            break;
        }
    }
    let Some((encoding, _)) = candidates.first() else { return Err(SheetError::TextUnreadable { file: source.to_owned() }) };
    let (sample, _, _) = encoding.decode(sample.as_deref().unwrap_or_default());
    if sample.contains('\0') {
        return Err(SheetError::NotAWorkbook { file: source.to_owned() });
    }
    Ok((hex::encode(sha.finalize()), encoding, sample.into_owned()))
}

/// Whether bytes go on in a decoder's encoding.
fn fits(decoder: &mut Decoder, mut bytes: &[u8], last: bool, text: &mut String) -> bool {
    loop {
        text.clear();
        let (result, read) = decoder.decode_to_string_without_replacement(bytes, text, last);
        match result {
            encoding_rs::DecoderResult::InputEmpty => return true,
            encoding_rs::DecoderResult::Malformed(..) => return false,
            encoding_rs::DecoderResult::OutputFull => bytes = bytes.get(read..).unwrap_or_default(),
        }
    }
}

/// Bytes of another encoding as UTF-8, piece by piece; lines end with a line feed alone, the last one too.
struct Decoding<R> {
    from: R,
    decoder: Decoder,
    raw: Vec<u8>,
    start: usize,
    end: usize,
    done: bool,
    finished: bool,
    closed: bool,
}

impl<R: Read> Decoding<R> {
    fn new(from: R, encoding: &'static Encoding) -> Self {
        Self {
            from,
            decoder: encoding.new_decoder_with_bom_removal(),
            raw: vec![0; 1 << 16],
            start: 0,
            end: 0,
            done: false,
            finished: false,
            closed: false,
        }
    }
}

impl<R: Read> Read for Decoding<R> {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        loop {
            if self.finished {
                let Some(last) = to.first_mut().filter(|_| !self.closed) else { return Ok(0) };
                *last = b'\n';
                self.closed = true;
                return Ok(1);
            }
            if self.start == self.end && !self.done {
                self.start = 0;
                self.end = self.from.read(&mut self.raw)?;
                self.done = self.end == 0;
            }
            let bytes = self.raw.get(self.start..self.end).unwrap_or_default();
            let (result, read, written, _) = self.decoder.decode_to_utf8(bytes, to, self.done);
            self.start += read;
            // A decoder that has said its last must not be asked again.
            self.finished = self.done && result == CoderResult::InputEmpty;
            let kept = without_returns(to, written);
            if kept > 0 {
                return Ok(kept);
            }
        }
    }
}

/// Takes carriage returns out of the first bytes; how many are left.
fn without_returns(bytes: &mut [u8], written: usize) -> usize {
    if !bytes.get(..written).is_some_and(|bytes| bytes.contains(&b'\r')) {
        return written;
    }
    let mut kept = 0;
    for at in 0..written {
        if bytes[at] != b'\r' {
            bytes[kept] = bytes[at];
            kept += 1;
        }
    }
    kept
}
