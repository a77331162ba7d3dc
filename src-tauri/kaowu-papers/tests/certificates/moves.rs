//! A page that is moved to meet paper printed on before, and a file that is whole or not at all.

use crate::{cases, fonts, tool, with_file};
use kaowu_papers::*;
use std::ops::ControlFlow;

/// Left upper corners of words and the words, in points from the top left.
fn words_of(bytes: &[u8]) -> Vec<([f64; 2], String)> {
    let text = with_file(bytes, |path| String::from_utf8(tool("pdftotext", &["-bbox", path, "-"])).unwrap());
    let number = |line: &str, key: &str| line.split(key).nth(1).unwrap().split('"').nth(1).unwrap().parse::<f64>().unwrap();
    let word = |line: &str| line.split_once('>').unwrap().1.split('<').next().unwrap().to_owned();
    text.lines().filter(|l| l.contains("<word")).map(|l| ([number(l, "xMin"), number(l, "yMin")], word(l))).collect()
}

/// Columns and rows of the outermost dark pixels at 100 dots an inch: right, bottom, of what is drawn and not written.
fn drawn_of(bytes: &[u8]) -> [usize; 2] {
    with_file(bytes, |path| {
        tool("pdftoppm", &["-r", "100", "-gray", "-singlefile", path, path]);
        let pgm = std::fs::read(format!("{path}.pgm")).unwrap();
        let mut head = pgm.splitn(4, |b| *b == b'\n');
        let size = String::from_utf8(head.by_ref().nth(1).unwrap().to_vec()).unwrap();
        let width: usize = size.split(' ').next().unwrap().parse().unwrap();
        let pixels = head.nth(1).unwrap();
        let dark = || pixels.iter().enumerate().filter(|(_, p)| **p < 150).map(|(n, _)| n);
        [dark().map(|n| n % width).max().unwrap(), dark().map(|n| n / width).max().unwrap()]
    })
}

#[test]
fn everything_on_a_page_is_moved() {
    let template = Template::of("personal-honour").unwrap();
    let list = [cases::honour(0)];
    let print = |right_um: i32, down_um: i32| {
        let adjust = Adjust { right_um, down_um };
        let run = CertificateRun { template: &template, certificates: &list, a_file: 0, title: "", adjust, purpose: Purpose::default() };
        certificate_file(&run, fonts(), &mut |_| ControlFlow::Continue(())).unwrap().unwrap()
    };
    let plain = print(0, 0);
    let (words, drawn) = (words_of(&plain), drawn_of(&plain));
    assert!(words.len() > 5);
    for (right, down) in [(2000, 0), (0, -3500), (-1250, 4000)] {
        let moved = print(right, down);
        let want = [right, down].map(|um| f64::from(um) / 1000.0 * 72.0 / 25.4);
        for ((at, word), (before, same)) in words_of(&moved).iter().zip(&words) {
            assert_eq!(word, same);
            for axis in 0..2 {
                assert!((at[axis] - before[axis] - want[axis]).abs() < 0.02, "{word}: {at:?} {before:?} {want:?}");
            }
        }
        let edge = drawn_of(&moved);
        for axis in 0..2 {
            let pixels = want[axis] * 100.0 / 72.0;
            let far = edge[axis] as f64 - drawn[axis] as f64 - pixels;
            assert!(far.abs() <= 1.0, "the border too: {edge:?} {drawn:?} {pixels}");
        }
        with_file(&moved, |path| {
            assert!(String::from_utf8(tool("qpdf", &["--check", path])).unwrap().contains("No syntax or stream encoding errors"))
        });
    }
    assert_eq!(plain, print(0, 0));
}

#[test]
fn a_file_is_whole_or_not_at_all() {
    let template = Template::of("personal-honour").unwrap();
    let list: Vec<_> = (0..4).map(cases::honour).collect();
    let run = CertificateRun {
        template: &template,
        certificates: &list,
        a_file: 0,
        title: "",
        adjust: Adjust::default(),
        purpose: Purpose::default(),
    };
    for (stop, whole, heard) in [(9, true, vec![1, 2, 3, 4]), (4, true, vec![1, 2, 3, 4]), (3, false, vec![1, 2, 3]), (1, false, vec![1])] {
        let mut seen = Vec::new();
        let made = certificate_file(&run, fonts(), &mut |n| {
            seen.push(n);
            if n == stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!((made.unwrap().is_some(), seen), (whole, heard), "{stop}");
    }
}
