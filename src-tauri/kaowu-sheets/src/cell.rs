//! One cell, as text that means what the sheet shows.

use calamine::Data;

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text.
    Text(String),
    /// A number in its shortest decimal form.
    Number(String),
    /// An error value such as `#N/A`.
    Error(String),
}

impl Cell {
    /// Its text, empty for an empty cell.
    pub fn text(&self) -> &str {
        match self {
            Self::Empty => "",
            Self::Text(text) | Self::Number(text) | Self::Error(text) => text,
        }
    }

    /// Whether it is stored as a number.
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Number(_))
    }

    /// Whether there is anything to read.
    pub fn is_blank(&self) -> bool {
        self.text().trim().is_empty()
    }
}

impl From<&Data> for Cell {
    fn from(data: &Data) -> Self {
        match data {
            Data::Empty => Self::Empty,
            Data::String(text) if text.is_empty() => Self::Empty,
            Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => Self::Text(text.clone()),
            Data::Int(n) => Self::Number(n.to_string()),
            // Rust prints the shortest decimal that reads back as the same double: 92.5 stays 92.5.
            Data::Float(f) => Self::Number(f.to_string()),
            Data::Bool(b) => Self::Text(b.to_string()),
            Data::DateTime(time) => {
                let (year, month, day, ..) = time.to_ymd_hms_milli();
                Self::Text(format!("{year:04}-{month:02}-{day:02}"))
            }
            Data::Error(error) => Self::Error(error.to_string()),
        }
    }
}
