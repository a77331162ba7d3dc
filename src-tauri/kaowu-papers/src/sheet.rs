//! The sheet: the one form that all table papers have. Title, facts, tables, notes, places to sign.

use crate::error::PaperError;
use crate::flow::Flow;
use crate::fonts::Fonts;
use crate::foot::Foot;
use crate::list::{Page, Shared};
use crate::pdf;
pub use crate::pen::Align;
use serde::{Deserialize, Serialize};

/// Size and direction of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageKind {
    /// A4 upright.
    #[default]
    A4,
    /// A4 lying.
    A4Wide,
    /// A4 upright, cut into cards.
    A4Cut,
    /// A5 lying: slips.
    A5Wide,
}

impl PageKind {
    /// Width and height in millimetres.
    pub fn size(self) -> [f32; 2] {
        match self {
            Self::A4 | Self::A4Cut => [210.0, 297.0],
            Self::A4Wide => [297.0, 210.0],
            Self::A5Wide => [210.0, 148.0],
        }
    }

    /// What stays white, and where it is punched.
    pub(crate) fn margins(self) -> Margins {
        match self {
            Self::A4 => Margins { left: 22.0, right: 13.0, top: 13.0, punched: Some(Punched::Left) },
            Self::A4Wide => Margins { left: 14.0, right: 14.0, top: 19.0, punched: Some(Punched::Top) },
            Self::A4Cut => Margins { left: 10.0, right: 10.0, top: 8.0, punched: None },
            Self::A5Wide => Margins { left: 14.0, right: 14.0, top: 12.0, punched: None },
        }
    }
}

/// The long side that goes into the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Punched {
    /// Upright sheets.
    Left,
    /// Lying sheets: bound with upright ones, their upper side.
    Top,
}

/// White sides of a page, in millimetres; below stands the foot.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Margins {
    pub(crate) left: f32,
    pub(crate) right: f32,
    pub(crate) top: f32,
    pub(crate) punched: Option<Punched>,
}

/// One paper of the table kind.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sheet {
    /// Paper size.
    #[serde(default)]
    pub page: PageKind,
    /// Name of the paper: 考场签到表.
    pub title: String,
    /// Line under the title; empty for none.
    #[serde(default)]
    pub subtitle: String,
    /// Facts above the content, label and value, laid out in columns.
    #[serde(default)]
    pub facts: Vec<(String, String)>,
    /// Facts a line.
    #[serde(default)]
    pub facts_a_line: usize,
    /// The content.
    pub blocks: Vec<Block>,
    /// Lines below the content.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Who signs, each with a line to write on.
    #[serde(default)]
    pub signatures: Vec<String>,
    /// The foot.
    pub foot: Foot,
}

/// A part of a sheet's content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Block {
    /// A table.
    Table(Table),
    /// A heading.
    Heading {
        /// The words.
        text: String,
    },
    /// Running text.
    Text {
        /// The words; `\n` begins a new line.
        text: String,
    },
    /// Large words in a frame: a passphrase.
    Big {
        /// The words.
        text: String,
    },
    /// A word to be read from across the corridor.
    Poster {
        /// The word.
        text: String,
    },
    /// Counts over ranges.
    Histogram {
        /// A bar a range.
        bars: Vec<PlotBar>,
        /// What is counted over what.
        axis: String,
    },
    /// Spreads beside each other on one scale.
    Boxes {
        /// A row each.
        rows: Vec<PlotBox>,
        /// The scale.
        scale: Scale,
    },
}

/// A bar of a histogram.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PlotBar {
    /// Where its range begins.
    pub from: String,
    /// Where it ends.
    pub to: String,
    /// How many.
    pub n: u32,
}

/// A spread: least, quartiles, greatest.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PlotBox {
    /// Whose.
    pub label: String,
    /// The five, in the scale's unit.
    pub five: [i64; 5],
    /// What stands behind it: the count, the median.
    pub figures: String,
}

/// A scale of whole numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Scale {
    /// Its left end.
    pub from: i64,
    /// Its right end.
    pub to: i64,
    /// Lines with their texts.
    pub ticks: Vec<(i64, String)>,
    /// Over the figures behind the boxes.
    pub figures: String,
}

/// A table; its heading is repeated on every page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// Whether the columns' titles are shown.
    pub headed: bool,
    /// The rows.
    pub rows: Vec<Row>,
    /// Least height of a row in tenths of a millimetre.
    pub row_height: u16,
    /// How much higher rows may become, in tenths of a millimetre, where that fills a page that would stay half empty.
    #[serde(default)]
    pub stretch: u16,
    /// Size of the text in tenths of a point.
    pub text_size: u16,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Column {
    /// Its title.
    pub title: String,
    /// Its share of the width.
    pub share: u16,
    /// Where its cells stand.
    pub align: Align,
    /// Names of people: set in the face of names.
    #[serde(default)]
    pub names: bool,
    /// Text too long for the column is broken into lines instead of being set smaller first.
    #[serde(default)]
    pub wraps: bool,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Row {
    /// Whose row it is: named if something in it cannot be printed.
    #[serde(default)]
    pub person: String,
    /// The cells.
    pub cells: Vec<Cell>,
    /// Least height in tenths of a millimetre; 0 for the table's.
    #[serde(default)]
    pub height: u16,
    /// Never the last row of a page: the heading of the rows that follow.
    #[serde(default)]
    pub keep: bool,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Cell {
    /// The text.
    pub text: String,
    /// Struck through: a mark that was dropped.
    #[serde(default)]
    pub struck: bool,
    /// A heading within the table: shaded, bold, centred.
    #[serde(default)]
    pub heading: bool,
    /// Columns it fills; 0 means 1.
    #[serde(default)]
    pub span: u16,
    /// Where the text stands, if not as in its column.
    #[serde(default)]
    pub align: Option<Align>,
    /// Set in the face of names.
    #[serde(default)]
    pub name: bool,
    /// The text begins at the top: a place to write in.
    #[serde(default)]
    pub top: bool,
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl Cell {
    /// A heading within the table.
    pub fn heading(text: &str) -> Self {
        Self { heading: true, ..text.into() }
    }

    /// Over several columns.
    #[must_use]
    pub fn span(mut self, columns: u16) -> Self {
        self.span = columns;
        self
    }

    /// Text at the left.
    #[must_use]
    pub fn left(mut self) -> Self {
        self.align = Some(Align::Left);
        self
    }

    /// Text at the top left: a place to write in.
    #[must_use]
    pub fn top(mut self) -> Self {
        (self.align, self.top) = (Some(Align::Left), true);
        self
    }

    /// Columns it fills.
    pub(crate) fn columns(&self) -> usize {
        usize::from(self.span.max(1))
    }
}

impl Row {
    /// A row of somebody.
    pub fn of(person: &str, cells: impl IntoIterator<Item = Cell>) -> Self {
        Self { person: person.to_owned(), cells: cells.into_iter().collect(), ..Self::default() }
    }

    /// A row of nobody in particular.
    pub fn new(cells: impl IntoIterator<Item = Cell>) -> Self {
        Self::of("", cells)
    }

    /// At least so high, in tenths of a millimetre.
    #[must_use]
    pub fn height(mut self, tenths: u16) -> Self {
        self.height = tenths;
        self
    }

    /// Not parted from the next row.
    #[must_use]
    pub fn keep(mut self) -> Self {
        self.keep = true;
        self
    }
}

impl Column {
    /// A centred column.
    pub fn new(title: &str, share: u16) -> Self {
        Self { title: title.to_owned(), share, align: Align::Centre, names: false, wraps: false }
    }

    /// With its cells at the left.
    #[must_use]
    pub fn left(self) -> Self {
        Self { align: Align::Left, ..self }
    }

    /// With its cells at the right.
    #[must_use]
    pub fn right(self) -> Self {
        Self { align: Align::Right, ..self }
    }

    /// Of names of people.
    #[must_use]
    pub fn names(self) -> Self {
        Self { names: true, ..self }
    }

    /// Broken into lines.
    #[must_use]
    pub fn wraps(self) -> Self {
        Self { wraps: true, ..self }
    }
}

/// Prints sheets into one file, each with its own page numbers.
pub fn sheets(sheets: &[Sheet], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let title = sheets.first().ok_or_else(|| PaperError::NothingToPrint { paper: String::new() })?;
    let shared = Shared { title: format!("{} {}", title.foot.event, title.title), ..Shared::default() };
    let pages: Vec<Vec<Page>> = sheets.iter().map(|s| Flow::lay_out(s, fonts)).collect::<Result<_, _>>()?;
    pdf::write(pages.into_iter().flatten().collect(), &shared, fonts)
}
