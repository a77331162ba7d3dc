//! Every paper as a file: what Debian's own PDF tools read in it, what is refused, what stays the same.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod goldens;
mod samples;

use kaowu_core::coded::Coded;
use kaowu_core::words::Lang;
use kaowu_papers::*;
use samples::{LONG_UNIT, NAMES};
use std::process::Command;
use std::sync::LazyLock;

/// Parsed once for all tests, as in the program.
fn fonts() -> &'static Fonts {
    static FONTS: LazyLock<Fonts> = LazyLock::new(|| samples::fonts().expect("the fonts: run ./x fonts"));
    &FONTS
}

fn pdf_tool(tool: &str, arguments: &[&str]) -> String {
    let output = Command::new(tool).args(arguments).output().unwrap_or_else(|e| panic!("{tool} (./x setup installs it): {e}"));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{tool} {arguments:?}: {said}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn with_file<T>(bytes: &[u8], then: impl FnOnce(&str) -> T) -> T {
    let temp = tempfile::tempdir().unwrap();
    let path = temp.path().join("paper.pdf");
    std::fs::write(&path, bytes).unwrap();
    then(path.to_str().unwrap())
}

fn text_of(bytes: &[u8]) -> String {
    with_file(bytes, |path| pdf_tool("pdftotext", &["-layout", path, "-"]))
}

/// An ideograph of extension I, which no font has.
const NOWHERE: &str = "王\u{2EBF0}";

#[test]
fn specimens() {
    let certificate_team = "certificate-team";
    for (name, bytes, pages) in samples::all(fonts()).unwrap() {
        let text = text_of(&bytes);
        let expected: &[&str] = match name {
            "certificate-personal" => &NAMES[..1],
            // A judge's sheet shows lots and nobody's name.
            "judge" | "draw-proof" => &[],
            _ => &NAMES,
        };
        assert!(name != "judge" || NAMES.iter().all(|person| !text.contains(person)), "{name} names somebody");
        for person in expected {
            assert!(text.contains(person), "{name}: {person} is not in\n{text}");
        }
        with_file(&bytes, |path| {
            let checked = pdf_tool("qpdf", &["--check", path]);
            assert!(checked.contains("No syntax or stream encoding errors") && !checked.contains("WARNING"), "{name}: {checked}");
            let info = pdf_tool("pdfinfo", &[path]);
            let field = |key: &str| info.lines().find_map(|l| l.strip_prefix(key)).unwrap_or_default().trim().to_owned();
            assert_eq!(field("Pages:"), pages.to_string(), "{name}");
            assert_eq!(field("PDF version:"), "1.7", "{name}");
            let fonts = pdf_tool("pdffonts", &[path]);
            assert!(fonts.lines().skip(2).all(|l| l.contains("yes yes yes")), "{name}: not all embedded, cut down, readable\n{fonts}");
        });
        let raw = String::from_utf8_lossy(&bytes);
        assert!(raw.contains("/Lang(zh-CN)") && !raw.contains("GTS_PDFX"), "{name}");
        assert!(bytes.len() < 200_000, "{name}: {} bytes", bytes.len());
        if !name.starts_with("certificate") {
            let feet = text.replace(' ', "").matches("校验码4821-0937").count();
            // A ticket is cut off its page and carries the code itself.
            let tickets = if name == "tickets" { 5 } else { 0 };
            assert_eq!(feet, pages + tickets, "{name}: a foot on every page");
        }
        assert_eq!(text.contains("团队成员"), name == certificate_team);
    }
}

#[test]
fn same_input_same_bytes() {
    let other = samples::fonts().unwrap();
    for ((name, first, _), (_, second, _)) in samples::all(fonts()).unwrap().into_iter().zip(samples::all(&other).unwrap()) {
        assert!(first == second, "{name} differs from run to run");
    }
    let [a, b] = [0, 1].map(|n| certificate(&Template::of("personal-honour").unwrap(), &samples::honour(n), fonts()).unwrap());
    let id = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(&bytes[bytes.len() - 400..]).into_owned();
        text.split("/ID").nth(1).unwrap().split('>').next().unwrap().to_owned()
    };
    assert_ne!(id(&a), id(&b));
    assert!(!id(&a).contains("00000000"));
}

/// What a closing report draws is lines and areas; every figure of it can be selected, and the same report has the same bytes.
#[test]
fn plots_are_read() {
    let paper = samples::staff::report(8);
    let bytes = closing_report(std::slice::from_ref(&paper), fonts()).unwrap();
    assert!(bytes == closing_report(std::slice::from_ref(&paper), &samples::fonts().unwrap()).unwrap(), "differs from run to run");
    let text = text_of(&bytes);
    for word in ["成绩分段与人数", "108", "人数，中位数", "127 人，72.50", "70", "巡考记录"] {
        assert!(text.contains(word), "{word} is not in\n{text}");
    }
    assert_eq!(kaowu_papers::pages(&bytes), text.split('\u{c}').filter(|p| !p.trim().is_empty()).count());
    assert_eq!(kaowu_papers::pages(b"no pdf"), 0);
    with_file(&bytes, |path| assert_eq!(pdf_tool("pdfimages", &["-list", path]).lines().count(), 2, "a plot is no picture"));
    let mut private = paper;
    if let Some(kaowu_papers::forms::Content::Table { rows, .. }) = private.sections[0].parts.get_mut(1) {
        rows[0].cells[0].text = "320102199001011234".to_owned();
    }
    assert!(matches!(closing_report(&[private], fonts()), Err(PaperError::NoticeShowsPrivate { .. })));
}

#[test]
fn refuses_what_no_font_has() {
    let check = |name: &str, made: Result<Vec<u8>, PaperError>| match made {
        Err(PaperError::NoGlyph { person, character, code_point, .. }) => {
            assert_eq!((person.as_str(), character.as_str(), code_point.as_str()), (NOWHERE, "\u{2EBF0}", "U+2EBF0"), "{name}");
        }
        other => panic!("{name}: {other:?}"),
    };
    let template = Template::of("personal-honour").unwrap();
    check("certificate", certificate(&template, &Certificate { name: NOWHERE.to_owned(), ..samples::honour(0) }, fonts()));
    let mut room = samples::sign_in_sheet(3, false);
    room.people[1].name = NOWHERE.to_owned();
    check("sign-in", sign_in(&[room], fonts()));
    let mut chart = samples::chart(&[3, 3], false);
    chart.columns[0][0] = SeatCell::Taken { seat: "01".into(), name: NOWHERE.into(), number: "001".into(), unit: "甲".into() };
    check("seat chart", seat_charts(&[chart], fonts()));
    let mut paper = samples::standings_paper(3);
    paper.rows[2].person = NOWHERE.to_owned();
    paper.rows[2].cells[2].text = NOWHERE.to_owned();
    check("standings", standings(&[paper], fonts()));
    let mut paper = samples::interview(3);
    paper.people[0].name = NOWHERE.to_owned();
    check("interview", interview_summary(&[paper], fonts()));
    // Someone else's character in a person's row still names the person.
    let mut room = samples::sign_in_sheet(3, false);
    room.people[1].unit = "甲\u{2EBF0}".to_owned();
    match sign_in(&[room], fonts()) {
        Err(PaperError::NoGlyph { person, text, .. }) => assert_eq!((person.as_str(), text.as_str()), (NAMES[1], "甲\u{2EBF0}")),
        other => panic!("{other:?}"),
    }
}

#[test]
fn long_texts_are_made_to_fit() {
    // In the order in which it was written: what stands in several lines of one cell stays together.
    let raw = |bytes: &[u8]| with_file(bytes, |path| pdf_tool("pdftotext", &["-raw", path, "-"]));
    let joined = |bytes: &[u8]| raw(bytes).split_whitespace().collect::<String>();
    let sheet = sign_in(&[samples::sign_in_sheet(30, false)], fonts()).unwrap();
    let (first, last) = (&LONG_UNIT[..30], &LONG_UNIT[LONG_UNIT.len() - 30..]);
    assert!(joined(&sheet).contains(first) && joined(&sheet).contains(last));
    with_file(&sheet, |path| assert!(pdf_tool("pdfinfo", &[path]).contains("Pages:           1"), "30 people on one page"));
    let chart = seat_charts(&[samples::chart(&[7, 8, 8, 7], false)], fonts()).unwrap();
    assert!(joined(&chart).contains(first));

    let template = Template::of("personal-honour").unwrap();
    let of = |name: String, issuer: String| certificate(&template, &Certificate { name, issuer, ..samples::honour(0) }, fonts());
    let long = of("阿卜杜热合曼·买买提吐尔逊江·艾合买提".to_owned(), LONG_UNIT.chars().take(28).collect()).unwrap();
    assert!(joined(&long).contains("阿卜杜热合曼·买买提吐尔逊江·艾合买提"));
    let name = LONG_UNIT.repeat(3);
    assert!(matches!(of(name.clone(), String::new()), Err(PaperError::TextTooLong { person, .. }) if person == name));
}

#[test]
fn a_drill_says_so_on_every_page() {
    let text = text_of(&sign_in(&[samples::sign_in_sheet(70, true)], fonts()).unwrap());
    let pages: Vec<&str> = text.split('\u{c}').filter(|p| !p.trim().is_empty()).collect();
    assert_eq!(pages.len(), 3);
    for (page, n) in pages.iter().zip(1..) {
        assert!(page.contains("【演练】") && page.contains('演') && page.replace(' ', "").contains(&format!("第{n}页共3页")), "{page}");
        assert!(page.contains("座位号") && page.contains("签名"), "the heading is repeated\n{page}");
    }
    let live = text_of(&sign_in(&[samples::sign_in_sheet(30, false)], fonts()).unwrap());
    assert!(!live.contains('演'));
}

#[test]
fn notices_show_nothing_private() {
    for private in ["320102199001011234", "13912345678"] {
        let mut paper = samples::standings_paper(3);
        paper.rows[1].cells[1].text = private.to_owned();
        let refused = standings(&[paper], fonts());
        assert_eq!(refused, Err(PaperError::NoticeShowsPrivate { person: NAMES[1].to_owned(), column: "准考证号".to_owned() }));
    }
}

#[test]
fn rows_and_columns_agree() {
    let mut paper = samples::standings_paper(3);
    paper.rows[1].cells.pop();
    let expected = PaperError::ColumnsDiffer { paper: "综合成绩公示".to_owned(), row: 2, cells: 7, columns: 8 };
    assert_eq!(standings(&[paper], fonts()), Err(expected));
    assert!(matches!(standings(&[], fonts()), Err(PaperError::NothingToPrint { .. })));
    assert!(matches!(seat_charts(&[samples::chart(&[], false)], fonts()), Err(PaperError::NothingToPrint { .. })));
}

// --- fonts, words ---

#[test]
fn fonts_are_checked() {
    let folder = tempfile::tempdir().unwrap();
    let ours = samples::root().join("assets/fonts");
    let code = || Fonts::load(folder.path()).err().map(|e| e.code());
    assert_eq!(code().as_deref(), Some("font-missing"));
    for file in ["NotoSerifSC-Regular.ttf", "NotoSerifSC-Bold.ttf", "LXGWWenKai-Regular.ttf", "HanaMinB.ttf"] {
        std::os::unix::fs::symlink(ours.join(file), folder.path().join(file)).unwrap();
    }
    assert_eq!(code(), None);
    // A font of the office's own is taken for what ours lack; here it is one of ours, and no font at all.
    std::fs::create_dir(folder.path().join("extra")).unwrap();
    std::fs::write(folder.path().join("extra/none.ttf"), b"no font").unwrap();
    assert_eq!(code().as_deref(), Some("font-unreadable"));
    std::fs::remove_dir_all(folder.path().join("extra")).unwrap();
    std::fs::remove_file(folder.path().join("HanaMinB.ttf")).unwrap();
    std::fs::copy(ours.join("LXGWWenKai-Regular.ttf"), folder.path().join("HanaMinB.ttf")).unwrap();
    assert_eq!(code().as_deref(), Some("font-altered"));
}

#[test]
fn every_refusal_has_words() {
    let text = String::new;
    let all = [
        PaperError::FontMissing { file: text(), folder: text() },
        PaperError::FontAltered { file: text(), folder: text() },
        PaperError::FontUnreadable { file: text(), detail: text() },
        PaperError::NoGlyph { person: text(), text: text(), character: text(), code_point: text(), folder: text() },
        PaperError::TextTooLong { person: text(), text: text() },
        PaperError::QrTooLong { person: text(), bytes: 1 },
        PaperError::ColumnsDiffer { paper: text(), row: 1, cells: 1, columns: 1 },
        PaperError::NoticeShowsPrivate { person: text(), column: text() },
        PaperError::NothingToPrint { paper: text() },
        PaperError::TemplateUnreadable { template: text(), detail: text() },
        PaperError::TemplateUnknown { template: text(), known: text() },
        PaperError::TemplateWrong { template: text(), line: 1, key: text(), value: text(), expected: text() },
        PaperError::ImageUnreadable { file: text(), detail: text() },
        PaperError::PdfNotMade { detail: text() },
        PaperError::RunStopped { done: 1, total: 1 },
    ];
    for error in all {
        for lang in [Lang::Zh, Lang::En] {
            let said = lang.error(&error);
            assert!(!said.remedy.is_empty() && !said.what.contains('{') && !said.remedy.contains('{'), "{error:?}: {said:?}");
        }
    }
}
