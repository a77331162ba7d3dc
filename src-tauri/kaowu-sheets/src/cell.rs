//! One cell, as text that means what the sheet shows.

use calamine::{Data, DataRef, ExcelDateTime};

/// Longest cell text that is kept, in characters; a workbook may hold 32,767 in one.
pub(crate) const LONGEST: usize = 2000;

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text.
    Text(String),
    /// A number in its shortest decimal form.
    Number(String),
    /// A day `2020-06-27`, with the time where there is one.
    Date(String),
    /// `TRUE` or `FALSE`.
    Bool(bool),
    /// An error value such as `#N/A`.
    Error(String),
    /// A formula whose result the file does not hold.
    Formula(String),
}

impl Cell {
    /// Its text, empty for an empty cell.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Empty => "",
            Self::Text(text) | Self::Number(text) | Self::Date(text) | Self::Error(text) | Self::Formula(text) => text,
            Self::Bool(true) => "TRUE",
            Self::Bool(false) => "FALSE",
        }
    }

    /// Its text, taken out of it.
    pub(crate) fn into_text(self) -> String {
        match self {
            Self::Text(text) | Self::Number(text) | Self::Date(text) | Self::Error(text) | Self::Formula(text) => text,
            Self::Empty | Self::Bool(_) => self.text().to_owned(),
        }
    }

    /// Whether it is stored as a number.
    pub(crate) fn is_number(&self) -> bool {
        matches!(self, Self::Number(_))
    }

    /// Whether there is nothing to read.
    pub(crate) fn is_blank(&self) -> bool {
        self.text().chars().all(char::is_whitespace)
    }

    pub(crate) fn of_text(text: impl AsRef<str> + Into<String>) -> Self {
        match text.as_ref() {
            "" => Self::Empty,
            long if long.len() > LONGEST => Self::Text(long.chars().take(LONGEST).collect()),
            _ => Self::Text(text.into()),
        }
    }

    fn of_float(number: f64) -> Self {
        // Rust prints the shortest decimal that reads back as the same double: 92.5 stays 92.5, 3.2e17 loses its exponent.
        let text = number.to_string();
        if text.len() <= 16 {
            return Self::Number(if text == "-0" { "0".to_owned() } else { text });
        }
        // A sheet shows 15 digits; what lies beyond is noise of its arithmetic: 80.39999999999999 is 80.4.
        let shown = format!("{number:.14e}").parse().unwrap_or(number);
        Self::Number(shown.to_string())
    }

    fn of_moment(moment: &ExcelDateTime) -> Self {
        let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
        let time = if (hour, minute, second) == (0, 0, 0) { String::new() } else { format!(" {hour:02}:{minute:02}:{second:02}") };
        Self::Date(format!("{year:04}-{month:02}-{day:02}{time}"))
    }
}

impl From<DataRef<'_>> for Cell {
    fn from(data: DataRef<'_>) -> Self {
        match data {
            DataRef::Empty => Self::Empty,
            DataRef::SharedString(text) => Self::of_text(text),
            DataRef::String(text) => Self::of_text(text),
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Self::Date(text),
            DataRef::Int(n) => Self::Number(n.to_string()),
            DataRef::Float(f) => Self::of_float(f),
            DataRef::Bool(b) => Self::Bool(b),
            DataRef::DateTime(moment) => Self::of_moment(&moment),
            DataRef::Error(error) => Self::Error(error.to_string()),
        }
    }
}

impl From<&Data> for Cell {
    fn from(data: &Data) -> Self {
        match data {
            Data::Empty => Self::Empty,
            Data::String(text) => Self::of_text(text.as_str()),
            Data::DateTimeIso(text) | Data::DurationIso(text) => Self::Date(text.clone()),
            Data::Int(n) => Self::Number(n.to_string()),
            Data::Float(f) => Self::of_float(*f),
            Data::Bool(b) => Self::Bool(*b),
            Data::DateTime(moment) => Self::of_moment(moment),
            Data::Error(error) => Self::Error(error.to_string()),
        }
    }
}
