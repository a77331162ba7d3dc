//! What is published: standings 成绩公示. No ID number and no telephone number ever stands there.

use super::{print, table};
use crate::error::PaperError;
use crate::fonts::Fonts;
use crate::foot::Foot;
use crate::sheet::{Column, PageKind, Row, Sheet};
use serde::{Deserialize, Serialize};

/// Standings 成绩公示: published, so it holds neither ID numbers nor telephone numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Standings {
    /// The foot.
    pub foot: Foot,
    /// Name of the paper: 综合成绩公示.
    pub title: String,
    /// Under the title.
    pub subtitle: String,
    /// The columns, ranks included.
    pub columns: Vec<Column>,
    /// The rows in order, ready figures.
    pub rows: Vec<Row>,
    /// Notes: period of publication, telephone of the office, how figures are rounded.
    pub notes: Vec<String>,
    /// Lying page, for many columns.
    pub wide: bool,
}

/// Prints standings; a cell that looks like an ID number or a mobile number is refused.
pub fn standings(papers: &[Standings], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    for paper in papers {
        refuse_private(&paper.columns, &paper.rows)?;
    }
    let sheet = |paper: &Standings| Sheet {
        page: if paper.wide { PageKind::A4Wide } else { PageKind::A4 },
        title: paper.title.clone(),
        subtitle: paper.subtitle.clone(),
        blocks: vec![table(paper.columns.clone(), paper.rows.clone(), 72)],
        notes: paper.notes.clone(),
        foot: paper.foot.clone(),
        ..Sheet::default()
    };
    print(papers, sheet, fonts)
}

/// Refuses the rows of a notice that show an ID number or a mobile number.
pub(super) fn refuse_private(columns: &[Column], rows: &[Row]) -> Result<(), PaperError> {
    for row in rows {
        let mut at = 0;
        for cell in &row.cells {
            if shows_private(&cell.text) {
                let column = columns.get(at).map(|c| c.title.clone()).unwrap_or_default();
                return Err(PaperError::NoticeShowsPrivate { person: row.person.clone(), column });
            }
            at += cell.columns();
        }
    }
    Ok(())
}

/// Eighteen digits of an ID number with a date of birth in it, or eleven of a mobile number.
fn shows_private(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric()).any(|token| {
        let digits = token.bytes().take_while(u8::is_ascii_digit).count();
        let mobile = token.len() == 11 && digits == 11 && token.starts_with('1') && token.as_bytes()[1] >= b'3';
        let born = token.get(6..14).is_some_and(|d| (d.starts_with("19") || d.starts_with("20")) && matches!(d.as_bytes()[4], b'0' | b'1'));
        mobile || (token.len() == 18 && digits >= 17 && born)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_numbers() {
        let check = |text: &str, expected: bool| assert_eq!(shows_private(text), expected, "{text}");
        check("320102199001011234", true);
        check("32010219900101123X", true);
        check("身份证320102200012011234", true);
        check("13912345678", true);
        check("电话：13912345678", true);
        check("201010100102", false);
        check("86.25", false);
        check("王㛃", false);
        check("123456789012345678", false);
    }
}
