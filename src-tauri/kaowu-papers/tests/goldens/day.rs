//! Every paper of the day at its limits, as pictures in `tests/fixtures/papers/day/`.

use super::pixels;
use crate::{fonts, pdf_tool, samples, with_file};
use std::collections::BTreeSet;
use std::path::Path;

/// Dots an inch: letters can just be read, and a column that moves is seen.
const DOTS: &str = "56";

/// Greys of 255 by which a pixel may differ from the nearest of its neighbours: what smoothing of edges makes.
const GREYS: u8 = 96;
/// Pixels of a page that may differ by more; another version of the renderer stays below.
const FAR: usize = 6;

fn pages(bytes: &[u8]) -> usize {
    let info = with_file(bytes, |path| pdf_tool("pdfinfo", &[path]));
    let count = info.lines().find_map(|l| l.strip_prefix("Pages:")).expect("pdfinfo counts pages");
    count.trim().parse().expect("a number of pages")
}

#[test]
fn goldens_of_the_day() {
    let folder = samples::root().join("tests/fixtures/papers/day");
    let renew = std::env::var_os("KAOWU_RENEW").is_some();
    if renew {
        std::fs::create_dir_all(&folder).unwrap();
    }
    let temp = tempfile::tempdir().unwrap();
    let mut names = BTreeSet::new();
    for case in samples::day::cases(fonts(), &pages).unwrap().into_iter().chain(samples::staff::cases(fonts()).unwrap()) {
        let golden = folder.join(format!("{}.png", case.name));
        let (pdf, picture) = (temp.path().join("a.pdf"), temp.path().join("a"));
        std::fs::write(&pdf, &case.bytes).unwrap();
        let page = case.page.to_string();
        let (from, to) = (pdf.to_str().unwrap(), picture.to_str().unwrap());
        pdf_tool("pdftoppm", &["-r", DOTS, "-gray", "-png", "-singlefile", "-f", &page, "-l", &page, from, to]);
        let drawn = picture.with_extension("png");
        if renew {
            std::fs::copy(&drawn, &golden).unwrap();
        }
        compare(&drawn, &golden);
        assert!(names.insert(format!("{}.png", case.name)), "{} twice", case.name);
    }
    let kept: BTreeSet<String> = std::fs::read_dir(&folder).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(kept, names, "a picture of no paper, or a paper without a picture");
}

/// What a scanner reads on a printed ticket is what the field at the door takes: the bare candidate number.
#[test]
fn tickets_are_scanned() {
    let bytes = kaowu_papers::tickets(&[samples::day::ticket_batch(5, samples::day::Who::Plain)], fonts()).unwrap();
    let read = with_file(&bytes, |pdf| {
        pdf_tool("pdftoppm", &["-r", "150", "-gray", "-png", pdf, pdf]);
        let page = |n: usize| pdf_tool("zbarimg", &["--raw", "--quiet", &format!("{pdf}-{n}.png")]);
        (1..=3).map(|n| page(n).lines().map(str::to_owned).collect::<BTreeSet<_>>()).collect::<Vec<_>>()
    });
    // Three sheets cut as one pile: the upper halves are the first three.
    let sheet = |numbers: &[&str]| numbers.iter().map(|n| (*n).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(read, [sheet(&["202010101001", "202010101004"]), sheet(&["202010101002", "202010101005"]), sheet(&["202010101003"])]);
}

fn compare(drawn: &Path, golden: &Path) {
    let (drawn, expected) = (Picture::read(drawn), Picture::read(golden));
    assert_eq!((drawn.width, drawn.grey.len()), (expected.width, expected.grey.len()), "{}: another size", golden.display());
    let far = drawn.far_from(&expected) + expected.far_from(&drawn);
    assert!(far <= FAR, "{}: {far} pixels differ", golden.display());
}

struct Picture {
    width: usize,
    grey: Vec<u8>,
}

impl Picture {
    fn read(png: &Path) -> Self {
        let head: [u8; 24] = std::fs::read(png).unwrap_or_else(|e| panic!("{}: {e}", png.display()))[..24].try_into().unwrap();
        let width = u32::from_be_bytes(head[16..20].try_into().unwrap());
        Self { width: usize::try_from(width).unwrap(), grey: pixels(png) }
    }

    /// Pixels that have nothing like them in the other picture, there or beside.
    fn far_from(&self, other: &Self) -> usize {
        let height = self.grey.len() / self.width;
        let near = |x: usize, y: usize| {
            let mine = self.grey[y * self.width + x];
            let rows = y.saturating_sub(1)..=(y + 1).min(height - 1);
            rows.flat_map(|v| (x.saturating_sub(1)..=(x + 1).min(self.width - 1)).map(move |u| (u, v)))
                .any(|(u, v)| other.grey[v * self.width + u].abs_diff(mine) <= GREYS)
        };
        (0..height).map(|y| (0..self.width).filter(|x| !near(*x, y)).count()).sum()
    }
}

#[test]
fn pictures_are_told_apart() {
    let bar = |from: usize, grey: u8| {
        let pixel = |n: usize| if (from..from + 3).contains(&(n % 20)) && n / 20 > 4 { grey } else { 255 };
        Picture { width: 20, grey: (0..400).map(pixel).collect() }
    };
    let check = |a: &Picture, b: &Picture, same: bool| assert_eq!(a.far_from(b) + b.far_from(a) <= FAR, same);
    check(&bar(5, 0), &bar(5, 0), true);
    // Smoothed, or moved by one pixel.
    check(&bar(5, 0), &bar(5, 80), true);
    check(&bar(5, 0), &bar(6, 0), true);
    // Moved by more, gone, or pale.
    check(&bar(5, 0), &bar(9, 0), false);
    check(&bar(5, 0), &bar(5, 255), false);
    check(&bar(5, 0), &bar(5, 180), false);
}
