//! Certificates as files: looked at, read by other programs, refused where they must be.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::float_arithmetic, reason = "a test fails by panicking")]

#[path = "certificates/archive.rs"]
mod archive;
#[path = "certificates/cases.rs"]
mod cases;
#[path = "certificates/moves.rs"]
mod moves;
#[path = "certificates/pictures.rs"]
mod pictures;
#[path = "certificates/runs.rs"]
mod runs;
#[path = "certificates/templates.rs"]
mod templates;

use kaowu_papers::*;
use std::process::Command;
use std::sync::LazyLock;

/// Parsed once for all tests, as in the program.
fn fonts() -> &'static Fonts {
    static FONTS: LazyLock<Fonts> = LazyLock::new(|| cases::fonts().expect("the fonts: run ./x fonts"));
    &FONTS
}

fn tool(tool: &str, arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(tool).args(arguments).output().unwrap_or_else(|e| panic!("{tool} (./x setup installs it): {e}"));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{tool} {arguments:?}: {said}");
    output.stdout
}

fn with_file<T>(bytes: &[u8], then: impl FnOnce(&str) -> T) -> T {
    let temp = tempfile::tempdir().unwrap();
    let path = temp.path().join("paper.pdf");
    std::fs::write(&path, bytes).unwrap();
    then(path.to_str().unwrap())
}

/// The text without the spaces and line breaks of its setting; upright marks as they are written.
fn text_of(bytes: &[u8]) -> String {
    let text = with_file(bytes, |path| String::from_utf8(tool("pdftotext", &["-raw", path, "-"])).unwrap());
    let flat = |c| match c {
        '︐' => '，',
        '︒' => '。',
        '﹃' => '“',
        '﹄' => '”',
        '︵' => '（',
        '︶' => '）',
        '︓' => '：',
        c => c,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(flat).collect()
}

/// What an independent reader finds in the code of the printed page.
fn code_of(bytes: &[u8]) -> String {
    with_file(bytes, |path| {
        tool("pdftoppm", &["-r", "200", "-gray", "-png", "-singlefile", path, path]);
        let found = tool("zbarimg", &["--quiet", "--raw", "-Sbinary", "-Sdisable", "-Sqrcode.enable", &format!("{path}.png")]);
        String::from_utf8(found).unwrap()
    })
}

#[test]
fn what_is_on_the_page() {
    for case in cases::all() {
        let (name, said) = (case.name, &case.certificate);
        let bytes = cases::print(&case, &cases::template(&case, None).unwrap(), fonts()).unwrap();
        let text = text_of(&bytes);
        let squeezed = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        for words in [&said.name, &said.award].into_iter().chain(if case.template == "team-honour" { &said.members[..] } else { &[] }) {
            assert!(text.contains(&squeezed(words)), "{name}: {words} is not in\n{text}");
        }
        assert!(text.contains(&said.number), "{name}: {} is not in\n{text}", said.number);
        for word in [&said.applicant.id, &said.applicant.workplace] {
            assert!(text.contains(word.as_str()), "{name}: {word} is not in\n{text}");
        }
        assert_eq!(code_of(&bytes), said.verification, "{name}");
        assert_eq!(text.contains("样张"), case.purpose != Purpose::default(), "{name}");
        assert_eq!(text.contains("样章"), case.purpose != Purpose::default() && case.template != "medal-application", "{name}");
        assert_eq!(text.contains("【演练】"), case.purpose.drill, "{name}");
        assert!(!text.contains('\u{FFFD}') && !text.contains('□'), "{name}: {text}");
        assert!(bytes.len() < 200_000, "{name}: {} bytes", bytes.len());
        with_file(&bytes, |path| {
            let checked = String::from_utf8(tool("qpdf", &["--check", path])).unwrap();
            assert!(checked.contains("No syntax or stream encoding errors") && !checked.contains("WARNING"), "{name}: {checked}");
            let listed = String::from_utf8(tool("pdffonts", &[path])).unwrap();
            assert!(listed.lines().skip(2).all(|l| l.contains("yes yes yes")), "{name}: not all embedded, cut down, readable\n{listed}");
        });
    }
}

#[test]
fn same_input_same_bytes() {
    let other = cases::fonts().unwrap();
    for case in cases::all() {
        let template = cases::template(&case, None).unwrap();
        let again = cases::print(&case, &cases::template(&case, None).unwrap(), &other).unwrap();
        assert!(cases::print(&case, &template, fonts()).unwrap() == again, "{} differs from run to run", case.name);
    }
}

/// An ideograph of extension I: no font of the program has it.
const NOWHERE: &str = "王\u{2EBF0}";

#[test]
fn a_font_is_added_for_what_none_has() {
    let own = cases::root().join("tests/fixtures/fonts/ext-i.ttf");
    let with_it = Fonts::load_with(&cases::root().join("assets/fonts"), std::slice::from_ref(&own)).unwrap();
    for template in Template::built_in().unwrap() {
        let said = Certificate { name: NOWHERE.to_owned(), ..cases::honour(0) };
        match certificate(&template, &said, fonts()) {
            Err(PaperError::NoGlyph { person, character, code_point, .. }) => {
                assert_eq!((person.as_str(), character.as_str(), code_point.as_str()), (NOWHERE, "\u{2EBF0}", "U+2EBF0"));
            }
            other => panic!("{}: {:?}", template.id, other.map(|b| b.len())),
        }
        let bytes = certificate(&template, &said, &with_it).unwrap();
        assert!(text_of(&bytes).contains(NOWHERE), "{}", template.id);
        let listed = with_file(&bytes, |path| String::from_utf8(tool("pdffonts", &[path])).unwrap());
        assert!(listed.contains("KWXAAA+"), "{}: {listed}", template.id);
    }
    assert!(fonts::check_font(&own).is_ok());
    assert!(fonts::check_font(&cases::root().join("LICENSE")).is_err());
}
