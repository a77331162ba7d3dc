//! Runs of many certificates.

use crate::{cases, fonts, tool, with_file};
use kaowu_papers::*;
use std::ops::ControlFlow;

const NOWHERE: &str = crate::NOWHERE;

fn text_of(bytes: &[u8]) -> String {
    with_file(bytes, |path| String::from_utf8(tool("pdftotext", &["-layout", path, "-"])).unwrap())
}

#[test]
fn a_run_comes_in_order() {
    let template = Template::of("personal-honour").unwrap();
    let list: Vec<_> = (0..95).map(cases::honour).collect();
    let run = CertificateRun {
        template: &template,
        certificates: &list,
        a_file: 10,
        title: "测试",
        adjust: Adjust::default(),
        purpose: Purpose::default(),
    };
    let (mut seen, mut last) = (Vec::new(), (0, 0));
    let mut progress = |done, total| {
        assert!(done >= last.0 && done <= total);
        last = (done, total);
        ControlFlow::Continue(())
    };
    let printed = certificates(&run, fonts(), &mut progress, &mut |n, bytes| {
        seen.push((n, bytes));
        Ok::<(), PaperError>(())
    });
    assert_eq!(printed, Ok(Printed { certificates: 95, files: 10 }));
    assert_eq!(last, (95, 95));
    assert!(seen.iter().zip(1..).all(|((FileNo(n), _), k)| *n == k));
    for (k, (_, bytes)) in seen.iter().enumerate() {
        let text = text_of(bytes);
        let found: Vec<_> =
            text.lines().filter_map(|l| l.split_once("编号：").map(|(_, n)| n.split_whitespace().next().unwrap().to_owned())).collect();
        let expected: Vec<_> = list.iter().skip(k * 10).take(10).map(|c| c.number.clone()).collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn a_run_stops_before_its_first_page_when_a_glyph_is_missing() {
    let template = Template::of("personal-honour").unwrap();
    let mut list: Vec<_> = (0..40).map(cases::honour).collect();
    list[37].name = NOWHERE.to_owned();
    let run = CertificateRun {
        template: &template,
        certificates: &list,
        a_file: 5,
        title: "",
        adjust: Adjust::default(),
        purpose: Purpose::default(),
    };
    let refused = certificates(&run, fonts(), &mut |_, _| ControlFlow::Continue(()), &mut |_, _| -> Result<(), PaperError> {
        panic!("a file was handed over")
    });
    assert!(matches!(refused, Err(PaperError::NoGlyph { person, .. }) if person == NOWHERE));
}

#[test]
fn a_run_can_be_stopped_and_fails_with_its_sink() {
    let template = Template::of("personal-honour").unwrap();
    let list: Vec<_> = (0..60).map(cases::honour).collect();
    let run = CertificateRun {
        template: &template,
        certificates: &list,
        a_file: 5,
        title: "",
        adjust: Adjust::default(),
        purpose: Purpose::default(),
    };
    let mut files = 0;
    let stop_at_two = std::cell::Cell::new(false);
    let stopped = certificates(
        &run,
        fonts(),
        &mut |_, _| if stop_at_two.get() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) },
        &mut |FileNo(n), _| {
            files = n;
            stop_at_two.set(n >= 2);
            Ok::<(), PaperError>(())
        },
    );
    assert_eq!(stopped, Err(PaperError::RunStopped { done: 5 * files, total: 60 }));

    #[derive(Debug, PartialEq)]
    enum Mine {
        Full,
        Paper(PaperError),
    }
    impl From<PaperError> for Mine {
        fn from(error: PaperError) -> Self {
            Self::Paper(error)
        }
    }
    let full = certificates(&run, fonts(), &mut |_, _| ControlFlow::Continue(()), &mut |FileNo(n), _| {
        if n == 3 { Err(Mine::Full) } else { Ok(()) }
    });
    assert_eq!(full, Err(Mine::Full));
}
