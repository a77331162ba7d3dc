//! Pages compared with pictures in `tests/fixtures/papers/`. After a change that is meant, look at the new pages and renew
//! them: `KAOWU_RENEW=1 cargo test -p kaowu-papers --test certificates pictures`.

use crate::{cases, fonts, tool};
use printpdf::{RawImage, RawImageData};
use std::path::Path;

/// Greys of 255 that all pixels may differ by on average; another version of the renderer stays below.
const MEAN: u64 = 2;
/// Pixels in ten thousand that may differ by more than a third.
const FAR: usize = 60;

#[test]
fn pictures() {
    let folder = cases::root().join("tests/fixtures/papers");
    let renew = std::env::var_os("KAOWU_RENEW").is_some();
    let temp = tempfile::tempdir().unwrap();
    for case in cases::all() {
        let bytes = cases::print(&case, &cases::template(&case, None).unwrap(), fonts()).unwrap();
        let golden = folder.join(format!("{}.png", case.name));
        let (pdf, picture) = (temp.path().join("a.pdf"), temp.path().join("a"));
        std::fs::write(&pdf, bytes).unwrap();
        tool("pdftoppm", &["-r", "40", "-gray", "-png", "-singlefile", pdf.to_str().unwrap(), picture.to_str().unwrap()]);
        let drawn = picture.with_extension("png");
        if renew {
            std::fs::copy(&drawn, &golden).unwrap();
        }
        compare(&drawn, &golden);
    }
}

fn compare(drawn: &Path, golden: &Path) {
    let (drawn, expected) = (pixels(drawn), pixels(golden));
    assert_eq!(drawn.len(), expected.len(), "{}: another size", golden.display());
    let differences: Vec<u8> = drawn.iter().zip(&expected).map(|(a, b)| a.abs_diff(*b)).collect();
    let mean = differences.iter().map(|d| u64::from(*d)).sum::<u64>() / differences.len() as u64;
    let far = differences.iter().filter(|d| **d > 85).count() * 10_000 / differences.len();
    assert!(mean <= MEAN && far <= FAR, "{}: mean {mean}, far {far} of 10,000", golden.display());
}

fn pixels(png: &Path) -> Vec<u8> {
    let bytes = std::fs::read(png).unwrap_or_else(|e| panic!("{}: {e}", png.display()));
    match RawImage::decode_from_bytes(&bytes, &mut Vec::new()).unwrap().pixels {
        RawImageData::U8(pixels) => pixels,
        _ => panic!("{}: not a grey picture", png.display()),
    }
}
