//! The closing report 总结报告, the index of an archive 档案目录, and the certificate of a deletion.

use super::{Fact, facts_table, print, words};
use crate::error::PaperError;
use crate::fonts::Fonts;
use crate::foot::Foot;
use crate::sheet::{Block, Column, PlotBar, PlotBox, Row, Scale, Sheet, Table};
use serde::{Deserialize, Serialize};

/// A closing report.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ClosingReport {
    /// The foot.
    pub foot: Foot,
    /// Under the title.
    pub subtitle: String,
    /// Above everything.
    pub facts: Vec<Fact>,
    /// Its sections in order.
    pub sections: Vec<Section>,
    /// What closes it.
    pub notes: Vec<String>,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// Its parts.
    pub parts: Vec<Content>,
}

/// A part of a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Content {
    /// Running text.
    Text {
        /// The words.
        text: String,
    },
    /// A table.
    Table {
        /// Columns.
        columns: Vec<Column>,
        /// Rows.
        rows: Vec<Row>,
    },
    /// A histogram.
    Histogram {
        /// Bars.
        bars: Vec<PlotBar>,
        /// What is counted over what.
        axis: String,
    },
    /// Boxes on one scale.
    Boxes {
        /// Rows.
        rows: Vec<PlotBox>,
        /// The scale.
        scale: Scale,
    },
}

/// The index of an archive.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ArchiveIndex {
    /// The foot.
    pub foot: Foot,
    /// Above the table.
    pub facts: Vec<Fact>,
    /// Number, title, file, pages or rows, SHA-256.
    pub files: Vec<[String; 5]>,
    /// Below it.
    pub notes: Vec<String>,
}

/// The certificate of a deletion.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DeletionCertificate {
    /// The foot.
    pub foot: Foot,
    /// By whom, when, under which document.
    pub facts: Vec<Fact>,
    /// What was deleted: what, how many.
    pub deleted: Vec<[String; 2]>,
    /// Feeds: site, entries, head before.
    pub heads: Vec<[String; 3]>,
    /// What it means.
    pub notes: Vec<String>,
}

fn table(columns: Vec<Column>, rows: Vec<Row>) -> Block {
    Block::Table(Table { columns, headed: true, rows, row_height: 64, text_size: 95, ..Table::default() })
}

/// Prints closing reports. They are for the office's own files: names stand in them, ID and telephone numbers never.
pub fn closing_report(papers: &[ClosingReport], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    for paper in papers {
        for part in paper.sections.iter().flat_map(|s| &s.parts) {
            if let Content::Table { columns, rows } = part {
                super::standings::refuse_private(columns, rows)?;
            }
        }
    }
    let sheet = |paper: &ClosingReport| {
        let mut blocks = Vec::new();
        for section in &paper.sections {
            blocks.push(Block::Heading { text: section.title.clone() });
            blocks.extend(section.parts.iter().map(|part| match part {
                Content::Text { text } => Block::Text { text: text.clone() },
                Content::Table { columns, rows } => table(columns.clone(), rows.clone()),
                Content::Histogram { bars, axis } => Block::Histogram { bars: bars.clone(), axis: axis.clone() },
                Content::Boxes { rows, scale } => Block::Boxes { rows: rows.clone(), scale: scale.clone() },
            }));
        }
        Sheet {
            title: "总结报告".to_owned(),
            subtitle: paper.subtitle.clone(),
            facts: paper.facts.clone(),
            facts_a_line: 3,
            blocks,
            notes: paper.notes.clone(),
            signatures: words(&["编制", "审核", "日期"]),
            foot: paper.foot.clone(),
            ..Sheet::default()
        }
    };
    print(papers, sheet, fonts)
}

/// Prints the index of an archive.
pub fn archive_index(paper: &ArchiveIndex, fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let columns = vec![
        Column::new("序号", 12),
        Column::new("题名", 52).left().wraps(),
        Column::new("文件", 62).left().wraps(),
        Column::new("页/行", 16),
        Column::new("SHA-256（前 16 位）", 38),
    ];
    let sheet = |paper: &ArchiveIndex| Sheet {
        title: "档案目录".to_owned(),
        facts: paper.facts.clone(),
        facts_a_line: 2,
        blocks: vec![table(columns.clone(), paper.files.iter().map(|f| Row::new(f.clone().map(Into::into))).collect())],
        notes: paper.notes.clone(),
        signatures: words(&["移交人", "接收人", "日期"]),
        foot: paper.foot.clone(),
        ..Sheet::default()
    };
    print(std::slice::from_ref(paper), sheet, fonts)
}

/// Prints the certificate of a deletion.
pub fn deletion_certificate(paper: &DeletionCertificate, fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let sheet = |paper: &DeletionCertificate| Sheet {
        title: "个人信息销毁证明".to_owned(),
        blocks: vec![
            facts_table(&paper.facts),
            Block::Heading { text: "已销毁".to_owned() },
            table(
                vec![Column::new("内容", 130).left(), Column::new("数量", 45)],
                paper.deleted.iter().map(|d| Row::new(d.clone().map(Into::into))).collect(),
            ),
            Block::Heading { text: "销毁前各设备日志".to_owned() },
            table(
                vec![Column::new("设备", 55).left(), Column::new("日志条数", 22), Column::new("末条散列", 98).left().wraps()],
                paper.heads.iter().map(|d| Row::new(d.clone().map(Into::into))).collect(),
            ),
        ],
        notes: paper.notes.clone(),
        signatures: words(&["经办人", "监销人", "日期"]),
        foot: paper.foot.clone(),
        ..Sheet::default()
    };
    print(std::slice::from_ref(paper), sheet, fonts)
}
