//! What goes into an archive: papers, workbooks, journals, and their index.

use super::figures::count;
use crate::error::{DeskError, Result};
use crate::papers::fact;
use crate::results::table::inert;
use crate::{Ctx, Desk, PaperKind, PaperOf};
use kaowu_core::identity::{PartId, StageId};
use kaowu_packet::Files;
use kaowu_papers::{ArchiveIndex, Fonts, PaperError, archive_index};
use kaowu_sheets::{OutSheet, workbook_bytes};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A feed in an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ArchivedFeed {
    /// Its files, without their ends.
    pub(super) file: String,
    /// Device.
    pub(super) device: String,
    /// Site; `hq` for headquarters.
    pub(super) site: String,
    /// Public key, hex.
    pub(super) key: String,
    /// Entries.
    pub(super) entries: u64,
    /// Id of the last that counts.
    pub(super) head: String,
}

/// What an archive says of its journals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Journals {
    /// Feeds in order.
    pub(super) feeds: Vec<ArchivedFeed>,
    /// Fingerprint of the live state: what an opened archive must come to.
    pub(super) fingerprint: String,
}

pub(super) const JOURNALS: &str = "journal/journals.json";

/// A file with its title for the index, and its pages or rows.
pub(super) struct Titled {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) size: String,
    pub(super) bytes: Vec<u8>,
}

/// Nothing to print is no reason to archive nothing.
fn if_any<T>(made: Result<T>) -> Result<Option<T>> {
    match made {
        Ok(made) => Ok(Some(made)),
        Err(error @ (DeskError::Ledger(_) | DeskError::Packet(_))) => Err(error),
        Err(DeskError::Paper(PaperError::NothingToPrint { .. })) => Ok(None),
        Err(error @ DeskError::Paper(_)) => Err(error),
        Err(_) => Ok(None),
    }
}

impl Desk {
    /// Papers and workbooks as they are now.
    pub(super) fn documents(&self, ctx: &Ctx, fonts: &Fonts) -> Result<Vec<Titled>> {
        let mut out = Vec::new();
        let mut add = |folder: &str, title: String, bytes: Vec<u8>| {
            let name = format!("papers/{folder}{:03}-{}.pdf", out.len() + 1, kaowu_disk::safe_name(&title));
            let size = kaowu_papers::pages(&bytes).to_string();
            out.push(Titled { name, title, size, bytes });
        };
        let nothing = PartId::default();
        let whole = |kind| PaperOf { kind, stage: &EMPTY, part: &nothing, site: None, room: None };
        let mut single = vec![PaperKind::ClosingReport];
        single.extend(self.plan().standings.iter().map(|s| PaperKind::Standings(s.id.clone())));
        single.push(PaperKind::Awards);
        for kind in &single {
            if let Some(bytes) = if_any(self.paper(ctx, fonts, &whole(kind)))? {
                let title = match kind {
                    PaperKind::Standings(list) => self.view().standing_plan(list)?.title.clone(),
                    other => other.title().to_owned(),
                };
                add("", title, bytes);
            }
        }
        for stage in &self.plan().stages {
            for part in &stage.parts {
                let folder = format!("{}-{}/", stage.id, part.id);
                let kinds: &[PaperKind] = if part.panel.is_some() { &PaperKind::INTERVIEW } else { &PaperKind::WRITTEN };
                let also = [PaperKind::DutyRoster, PaperKind::Receipts];
                let first = stage.parts.first().is_some_and(|p| p.id == part.id).then_some(PaperKind::DrawProof);
                for kind in kinds.iter().chain(&also).chain(&first) {
                    // Cards and labels are not records: they are made from the lists that are here.
                    if matches!(kind, PaperKind::DeskLabels | PaperKind::Tickets | PaperKind::IncidentBlank) {
                        continue;
                    }
                    let of = PaperOf { kind, stage: &stage.id, part: &part.id, site: None, room: None };
                    if let Some(bytes) = if_any(self.paper(ctx, fonts, &of))? {
                        add(&folder, format!("{} {} {}", stage.name, part.name, kind.title()), bytes);
                    }
                }
            }
        }
        // In memory: a temporary file of an encrypted event would lie open.
        let mut book = |name: &str, made: Result<Vec<OutSheet>>| -> Result<()> {
            if let Some(sheets) = if_any(made)? {
                out.push(Titled {
                    name: format!("workbooks/{name}.xlsx"),
                    title: format!("{name}（工作簿）"),
                    size: sheets.len().to_string(),
                    bytes: workbook_bytes(name, &sheets)?,
                });
            }
            Ok(())
        };
        book("成绩与获奖", self.results_sheets())?;
        if self.plan().practice.is_some() && !self.view().practice_files()?.is_empty() {
            book("日日学周周练月月比", self.practice_sheets())?;
        }
        Ok(out)
    }

    /// Every device's journal with its signatures.
    pub(super) fn journals(&self) -> Result<(Vec<Titled>, Journals)> {
        let (mut out, mut feeds) = (Vec::new(), Vec::new());
        for (n, feed) in (1..).zip(self.ledger.feeds()?.into_iter().filter(|f| f.entries > 0)) {
            let (mut lines, mut signatures) = (Vec::new(), Vec::new());
            self.ledger.each_line(&feed.device, |line, signature| -> Result<()> {
                lines.extend_from_slice(line);
                lines.push(b'\n');
                signatures.extend_from_slice(hex::encode(signature).as_bytes());
                signatures.push(b'\n');
                Ok(())
            })?;
            let file = format!("journal/{n:03}-{}", feed.device.as_str().get(..8).unwrap_or_default());
            let title = format!("日志：{}", feed.site);
            out.push(Titled { name: format!("{file}.jsonl"), title: title.clone(), size: feed.entries.to_string(), bytes: lines });
            out.push(Titled {
                name: format!("{file}.sigs"),
                title: format!("{title}（签名）"),
                size: feed.entries.to_string(),
                bytes: signatures,
            });
            feeds.push(ArchivedFeed {
                file,
                device: feed.device.0,
                site: feed.site,
                key: hex::encode(feed.key),
                entries: feed.entries,
                head: feed.head.0,
            });
        }
        Ok((out, Journals { feeds, fingerprint: self.ledger.fingerprint()? }))
    }

    /// The index as CSV and as PDF, and the page that says what all this is.
    pub(super) fn index(&self, ctx: &Ctx, fonts: &Fonts, files: &[Titled]) -> Result<Files> {
        let view = self.view();
        let event = view.event()?;
        let rows = index_rows(files);
        let table = index_table(&rows);
        let short = |[n, title, name, size, _, sum]: [String; 6]| [n, title, name, size, sum.get(..16).unwrap_or_default().to_owned()];
        let rows = rows.into_iter().map(short).collect();
        let paper = ArchiveIndex {
            foot: view.foot(ctx, "", "", "")?,
            facts: vec![
                fact("活动", event.title.clone()),
                fact("主办", self.plan().event.organiser.clone()),
                fact("移交时间", self.plan().clock(&ctx.now.to_rfc3339())),
                fact("文件", format!("{} 个", count(files.len()))),
            ],
            files: rows,
            notes: vec!["注：各文件完整的 SHA-256 见 index.csv 与 manifest.json。manifest.json 由总部设备签名。".to_owned()],
        };
        let readme = format!(
            include_str!("../../../../assets/archive/README.txt"),
            title = event.title,
            event = event.id,
            made = ctx.now.to_rfc3339(),
            root = self.root_key()?,
            files = files.len(),
        );
        Ok(Files::from([
            ("README.txt".to_owned(), readme.into_bytes()),
            ("index.csv".to_owned(), table),
            ("index.pdf".to_owned(), archive_index(&paper, fonts)?),
        ]))
    }
}

static EMPTY: StageId = StageId(String::new());

/// Number, title, name, pages or entries, bytes, hash of each file.
fn index_rows(files: &[Titled]) -> Vec<[String; 6]> {
    let row = |(n, file): (u32, &Titled)| {
        let sum = hex::encode(Sha256::digest(&file.bytes));
        [n.to_string(), file.title.clone(), file.name.clone(), file.size.clone(), file.bytes.len().to_string(), sum]
    };
    (1..).zip(files).map(row).collect()
}

/// The same as CSV, of which no spreadsheet program runs anything.
fn index_table(rows: &[[String; 6]]) -> Vec<u8> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    let written = csv
        .write_record(["序号", "题名", "文件", "页数或条数", "字节", "SHA-256"])
        .and_then(|()| rows.iter().try_for_each(|row| csv.write_record(row.iter().map(|cell| inert(cell).into_owned()))));
    debug_assert!(written.is_ok(), "to memory");
    let mut table = "\u{feff}".as_bytes().to_vec();
    table.extend(csv.into_inner().unwrap_or_default());
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_runs_nothing() {
        let titled = |title: &str| Titled { name: "papers/001.pdf".into(), title: title.into(), size: "1".into(), bytes: vec![] };
        let table = index_table(&index_rows(&[titled("=HYPERLINK(\"x\")"), titled("@甲"), titled("成绩")]));
        let text = String::from_utf8_lossy(&table).into_owned();
        assert!(
            text.contains("\n1,\"'=HYPERLINK(\"\"x\"\")\",papers") && text.contains("\n2,'@甲,") && text.contains("\n3,成绩,"),
            "{text}"
        );
    }
}
