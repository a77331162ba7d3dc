//! A QR code as rows of modules.

use crate::error::PaperError;
use crate::list::{Segment, rectangle_path};
use fast_qr::{ECL, QRBuilder};

/// A QR code: the runs of dark modules, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qr {
    /// Modules a side.
    pub side: u8,
    /// Dark runs: row, first column, length.
    pub runs: Vec<[u8; 3]>,
}

impl Qr {
    /// Encodes a text that is still read with 15 % of it stained or folded.
    pub fn new(text: &str, person: &str) -> Result<Self, PaperError> {
        let too_long = || PaperError::QrTooLong { person: person.to_owned(), bytes: text.len() };
        let code = QRBuilder::new(text).ecl(ECL::M).build().map_err(|_| too_long())?;
        let side = u8::try_from(code.size).map_err(|_| too_long())?;
        let mut runs = Vec::new();
        for (row, y) in code.data.chunks(code.size).zip(0..side) {
            let mut from = None;
            for (module, x) in row.iter().map(|m| m.value()).chain([false]).zip(0..=side) {
                match (module, from) {
                    (true, None) => from = Some(x),
                    (false, Some(start)) => {
                        runs.push([y, start, x - start]);
                        from = None;
                    }
                    _ => {}
                }
            }
        }
        Ok(Self { side, runs })
    }

    /// The dark modules as one path, one unit a module.
    pub fn path(&self) -> Vec<Segment> {
        let rectangle = |[y, x, n]: &[u8; 3]| rectangle_path(f32::from(*x), f32::from(*y), f32::from(*n), 1.0);
        self.runs.iter().flat_map(rectangle).collect()
    }
}
