//! Cards: equal papers cut from whole sheets. They lie on the sheets so that, when the pile is cut through and the stacks
//! are laid one on another from left to right and from top to bottom, the cards are in their order.

use crate::error::PaperError;
use crate::fonts::{Face, Fonts};
use crate::foot::{Foot, watermark};
use crate::list::{Colour, Page, Shared};
use crate::pdf;
use crate::pen::{Align, Pen, Style, count};
use crate::place::Place;
use crate::sheet::PageKind;

/// How cards lie on a sheet of A4.
pub(crate) struct Grid {
    pub(crate) columns: usize,
    pub(crate) rows: usize,
    /// Of a card.
    pub(crate) width: f32,
    pub(crate) height: f32,
}

/// From the edge of the sheet to the first card.
const TOP: f32 = 8.0;
/// Cards are parted by a line that is cut along.
const CUT: f32 = 0.1;

/// Cards cut and stacked together.
pub(crate) struct Stack<'c, T> {
    pub(crate) foot: &'c Foot,
    pub(crate) cards: &'c [T],
}

impl Grid {
    fn a_page(&self) -> usize {
        self.columns * self.rows
    }

    fn place(&self, slot: usize) -> Place {
        let left = (PageKind::A4Cut.size()[0] - self.width * count(self.columns)) / 2.0;
        let (column, row) = (slot % self.columns, slot / self.columns);
        [left + self.width * count(column), TOP + self.height * count(row), self.width, self.height]
    }

    /// Prints stacks into one file, each with its own page numbers.
    pub(crate) fn print<T>(
        &self,
        paper: &str,
        stacks: &[Stack<'_, T>],
        fonts: &Fonts,
        draw: impl Fn(&mut Pen<'_>, &Foot, Place, &T) -> Result<(), PaperError>,
    ) -> Result<Vec<u8>, PaperError> {
        let nothing = || PaperError::NothingToPrint { paper: paper.to_owned() };
        let first = stacks.first().ok_or_else(nothing)?;
        let shared = Shared { title: format!("{} {paper}", first.foot.event), ..Shared::default() };
        let [width, height] = PageKind::A4Cut.size();
        let mut pages = Vec::new();
        for stack in stacks {
            let sheets = stacked(stack.cards.len(), self.a_page());
            if sheets.is_empty() {
                return Err(nothing());
            }
            for (n, sheet) in sheets.iter().enumerate() {
                let mut pen = Pen::new(fonts);
                if stack.foot.drill {
                    watermark(&mut pen, [width, height])?;
                }
                for (slot, card) in sheet.iter().enumerate().filter_map(|(slot, card)| Some((slot, (*card)?))) {
                    draw(&mut pen, stack.foot, self.place(slot), &stack.cards[card])?;
                    pen.frame(self.place(slot), CUT);
                    pen.person.clear();
                }
                self.hint(&mut pen, sheets.len())?;
                stack.foot.draw(&mut pen, PageKind::A4Cut, paper, n + 1, sheets.len())?;
                pages.push(Page { width, height, items: pen.items });
            }
        }
        pdf::write(pages, &shared, fonts)
    }

    fn hint(&self, pen: &mut Pen<'_>, sheets: usize) -> Result<(), PaperError> {
        if sheets < 2 {
            return Ok(());
        }
        let [width, height] = PageKind::A4Cut.size();
        let style = Style::new(Face::Text, 7.0).colour(Colour::GREY);
        let middle = height - 15.6;
        pen.text(width / 2.0, middle, "整叠裁开，自左至右、自上至下逐叠相接，即为顺序。", style, Align::Centre)
    }
}

/// For each sheet what lies at each place, so that the pile cut through comes out in order.
fn stacked(cards: usize, a_page: usize) -> Vec<Vec<Option<usize>>> {
    let sheets = cards.div_ceil(a_page);
    let card = |sheet: usize, slot: usize| Some(slot * sheets + sheet).filter(|n| *n < cards);
    (0..sheets).map(|sheet| (0..a_page).map(|slot| card(sheet, slot)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cuts the pile, lays the stacks one on another, the first on top.
    fn cut(sheets: &[Vec<Option<usize>>]) -> Vec<usize> {
        let slots = sheets.first().map_or(0, Vec::len);
        (0..slots).flat_map(|slot| sheets.iter().filter_map(move |sheet| sheet[slot])).collect()
    }

    #[test]
    fn a_cut_pile_is_in_order() {
        for a_page in [2, 10] {
            for cards in 0..65 {
                let sheets = stacked(cards, a_page);
                assert_eq!(cut(&sheets), (0..cards).collect::<Vec<_>>(), "{cards} cards, {a_page} a sheet");
                assert_eq!(sheets.len(), cards.div_ceil(a_page));
            }
        }
        assert_eq!(stacked(3, 2), [[Some(0), Some(2)], [Some(1), None]]);
    }
}
