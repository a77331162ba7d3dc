use crate::world::{ctx, hq, new_event};
use kaowu_core::coded::Coded;
use kaowu_core::facts::Deed;
use kaowu_core::identity::ListId;
use kaowu_core::journal::Mode;
use kaowu_desk::{Adjust, Desk, PrintOrder, PrintedRun, SheetCondition, template_names};
use kaowu_papers::Fonts;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;
use tempfile::TempDir;

fn fonts() -> &'static Fonts {
    static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/fonts");
        Desk::fonts(&folder).expect("the fonts: run ./x fonts")
    });
    &FONTS
}

fn pages(bytes: &[u8]) -> Vec<String> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    let out = Command::new("pdftotext").arg(file.path()).arg("-").output().expect("pdftotext (Debian package poppler-utils)");
    String::from_utf8(out.stdout).unwrap().split_terminator('\u{c}').map(str::to_owned).collect()
}

fn list(id: &str) -> ListId {
    id.into()
}

fn number(n: usize) -> String {
    format!("JIANGSU-2020-{n:05}")
}

fn confirm(desk: &mut Desk, award: &str, names: &[String]) {
    let deed = |name: &String| Deed { winner: name.clone(), name: name.clone(), rank: None, grounds: String::new() };
    desk.confirm_award(&hq(), &list(award), "苏人社函〔2020〕1号", &names.iter().map(deed).collect::<Vec<_>>()).unwrap();
}

fn names(letter: &str, count: usize) -> Vec<String> {
    (1..=count).map(|n| format!("{letter}{n:03}")).collect()
}

/// Three certificates of one award, numbers 1 to 3, and 230 of another after them.
fn confirmed(folder: &TempDir) -> Desk {
    let mut desk = new_event(folder, "jiangsu-2020", Mode::Live);
    confirm(&mut desk, "regional-craftsman", &names("赵", 3));
    confirm(&mut desk, "monthly", &names("钱", 230));
    desk
}

fn print(desk: &mut Desk, award: &str, from: usize, folder: &Path, stop: usize) -> Result<PrintedRun, String> {
    let award = list(award);
    let order = PrintOrder { award: &award, template: None, adjust: Adjust { right_um: 1500, down_um: 0 }, from, folder };
    let mut last = 0;
    let run = desk.print_run(&hq(), fonts(), &order, &mut |done, total| {
        assert!(done == last + 1 && done <= total, "each sheet is told: {last} {done} {total}");
        last = done;
        if done == stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    run.map_err(|e| e.code())
}

/// How many sheets of an award are printed, and how many are void.
fn counts(desk: &Desk, award: &str) -> (usize, usize) {
    let sheets = desk.sheets(&list(award)).unwrap();
    let count = |state| sheets.iter().filter(|s| s.state == state).count();
    (count(SheetCondition::Printed), count(SheetCondition::Void))
}

#[test]
fn previews() {
    let folder = tempfile::tempdir().unwrap();
    let desk = confirmed(&folder);
    let show = |award: &str, index, template| {
        let made = desk.preview_certificate(&hq(), fonts(), &list(award), index, template, Adjust::default());
        made.map(|bytes| pages(&bytes)).map_err(|e| e.code())
    };
    let page = show("monthly", 4, None).unwrap();
    assert!(page.len() == 1 && page[0].contains("钱005") && page[0].contains(&number(8)), "{page:?}");
    assert_ne!(page, show("monthly", 4, Some("team-honour")).unwrap());
    for (award, index, template, want) in [
        ("monthly", 230, None, "sheet-beyond"),
        ("practice", 0, None, "award-not-confirmed"),
        ("labour-medal", 0, None, "award-without-template"),
        ("nowhere", 0, None, "no-such-list"),
        ("monthly", 0, Some("nowhere"), "template-wrong"),
    ] {
        assert_eq!(show(award, index, template), Err(want.to_owned()), "{award}");
    }
    let templates = template_names();
    assert_eq!(templates.iter().map(|t| t.0.as_str()).collect::<Vec<_>>(), ["personal-honour", "team-honour"]);
    assert!(templates.iter().all(|t| !t.1.is_empty()));
    assert!(desk.print_runs().unwrap().is_empty() && counts(&desk, "monthly") == (0, 0), "a preview is no print");
}

#[test]
fn a_run_is_stopped_and_goes_on_at_the_next_sheet() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = confirmed(&folder);
    let one = print(&mut desk, "monthly", 1, folder.path(), 150).unwrap();
    assert_eq!((one.run, one.printed, one.total, one.stopped, one.next, one.files.len()), (1, 100, 230, true, Some(101), 1));
    assert_eq!((one.first, one.last), (number(4), number(103)));
    assert_eq!(counts(&desk, "monthly"), (100, 0));
    // Stopped within its first file, a run has printed nothing and leaves nothing.
    let (seen, files) = (desk.fingerprint().unwrap(), std::fs::read_dir(folder.path()).unwrap().count());
    let none = print(&mut desk, "monthly", 101, folder.path(), 30).unwrap();
    assert_eq!((none.run, none.printed, none.stopped, none.next), (0, 0, true, Some(101)));
    assert_eq!((desk.fingerprint().unwrap(), std::fs::read_dir(folder.path()).unwrap().count()), (seen, files));
    // Stopped at the last sheet of a file, that file is whole.
    let two = print(&mut desk, "monthly", 101, folder.path(), 100).unwrap();
    assert_eq!((two.run, two.printed, two.total, two.stopped, two.next), (2, 100, 130, true, Some(201)));
    let three = print(&mut desk, "monthly", 201, folder.path(), 0).unwrap();
    assert_eq!((three.run, three.printed, three.stopped, three.next), (3, 30, false, None));
    assert_eq!(counts(&desk, "monthly"), (230, 0));
    let files = [one.files, two.files, three.files].concat();
    let text: Vec<String> = files.iter().flat_map(|f| pages(&std::fs::read(f).unwrap())).collect();
    assert_eq!(text.len(), 230);
    for (n, page) in text.iter().enumerate() {
        assert!(page.contains(&number(n + 4)) && page.contains(&format!("钱{:03}", n + 1)), "{n}: {page}");
    }
    let runs = desk.print_runs().unwrap();
    let told: Vec<_> = runs.iter().map(|(run, held)| (*run, held.value.printed, held.value.total, held.by.op.as_str())).collect();
    assert_eq!(told, [(1, 100, 230, "考务处"), (2, 100, 130, "考务处"), (3, 30, 30, "考务处")]);
    assert_eq!(desk.view().reader().search("certificates.printed", 9).unwrap().len(), 3, "one entry a run");
    let (kept, made) = desk.rebuild().unwrap();
    assert_eq!(kept, made);
    for (award, from, want) in
        [("monthly", 231, "sheet-beyond"), ("practice", 1, "award-not-confirmed"), ("labour-medal", 1, "award-without-template")]
    {
        assert_eq!(print(&mut desk, award, from, folder.path(), 0), Err(want.to_owned()));
    }
}

#[test]
fn what_is_on_the_disk_is_written_down() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = confirmed(&folder);
    assert_eq!(print(&mut desk, "monthly", 1, &folder.path().join("nowhere"), 0), Err("file-unwritable".into()));
    assert!(desk.print_runs().unwrap().is_empty());
    // The second file cannot be put where a folder stands.
    std::fs::create_dir_all(folder.path().join("证书-月月比年度前十名-第001批-02.pdf/x")).unwrap();
    assert_eq!(print(&mut desk, "monthly", 1, folder.path(), 0), Err("file-unwritable".into()));
    let (run, held) = desk.print_runs().unwrap().remove(0);
    assert_eq!((run, held.value.printed, held.value.total, held.value.last.as_str()), (1, 100, 230, number(103).as_str()));
    assert_eq!(counts(&desk, "monthly"), (100, 0));
}

#[test]
fn void_and_printed_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = confirmed(&folder);
    print(&mut desk, "monthly", 1, folder.path(), 100).unwrap();
    let later = ctx("证书组", "2020-09-01T09:00:00+08:00");
    let code = |done: kaowu_desk::Result<()>| done.map_or_else(|e| e.code(), |()| "ok".to_owned());
    let again =
        |desk: &mut Desk, n: &str, reason: &str| desk.reprint_sheet(&later, fonts(), n, reason, folder.path()).map_err(|e| e.code());
    for (n, reason, want) in [
        (number(1), "卡纸", "certificate-not-printed"),
        (number(150), "卡纸", "certificate-not-printed"),
        (number(234), "卡纸", "no-such-certificate"),
        ("乱写".to_owned(), "卡纸", "no-such-certificate"),
        (number(5), " ", "reason-needed"),
    ] {
        assert_eq!(code(desk.void_sheet(&later, &n, reason)), want, "{n}");
        assert_eq!(again(&mut desk, &n, reason), Err(want.to_owned()), "{n}");
    }
    assert_eq!(code(desk.void_sheet(&later, &number(5), "卡纸")), "ok");
    assert_eq!(code(desk.void_sheet(&later, &number(5), "卡纸")), "certificate-void");
    let sheet = |desk: &Desk, at: usize| {
        let s = desk.sheets(&list("monthly")).unwrap().remove(at);
        (s.number, s.name, s.run, s.state, s.reason)
    };
    assert_eq!(sheet(&desk, 1), (number(5), "钱002".into(), Some(1), SheetCondition::Void, Some("卡纸".into())));
    // A run leaves void sheets out, and prints what was printed again where it is told to begin there.
    let run = print(&mut desk, "monthly", 1, folder.path(), 0).unwrap();
    assert_eq!((run.run, run.printed, run.total), (2, 229, 229));
    assert_eq!((sheet(&desk, 1).3, counts(&desk, "monthly")), (SheetCondition::Void, (229, 1)));
    let path = again(&mut desk, &number(5), "补发").unwrap();
    let page = pages(&std::fs::read(path).unwrap());
    assert!(page.len() == 1 && page[0].contains("钱002") && page[0].contains(&number(5)), "{page:?}");
    assert!(page[0].contains("六月") && !page[0].contains("九月"), "the date of its run: {page:?}");
    assert_eq!(sheet(&desk, 1), (number(5), "钱002".into(), Some(1), SheetCondition::Printed, Some("补发".into())));
    assert!(again(&mut desk, &number(6), "污损").is_ok(), "without being void first");
    let found = desk.view().reader().search("certificate.", 9).unwrap();
    let kinds: Vec<&str> = found.iter().map(|e| e.entry.kind.as_str()).collect();
    assert_eq!(kinds, ["certificate.voided", "certificate.reprinted", "certificate.reprinted"]);
}

/// A number stands for one certificate: when numbers move on, what is on paper is told apart from what would be printed.
#[test]
fn a_number_is_not_printed_for_two() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = confirmed(&folder);
    print(&mut desk, "monthly", 1, folder.path(), 0).unwrap();
    confirm(&mut desk, "regional-craftsman", &names("赵", 4));
    assert_eq!(counts(&desk, "monthly"), (0, 0), "nothing is printed under the numbers of today");
    assert_eq!(print(&mut desk, "regional-craftsman", 4, folder.path(), 0), Err("certificate-of-another".into()));
    assert_eq!(print(&mut desk, "monthly", 230, folder.path(), 0).unwrap().first, number(234), "a new number is free");
    let again = desk.reprint_sheet(&hq(), fonts(), &number(4), "污损", folder.path());
    assert_eq!(again.unwrap_err().code(), "certificate-of-another");
    desk.void_sheet(&hq(), &number(4), "名单变动，原件收回").unwrap();
    assert_eq!(print(&mut desk, "regional-craftsman", 4, folder.path(), 0).unwrap().first, number(4));
}

#[test]
fn a_rare_character_is_found_before_printing() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = confirmed(&folder);
    assert!(desk.glyph_check(&hq(), fonts()).unwrap().is_empty());
    // An ideograph of extension I, which no font has.
    let mut people = names("孙", 3);
    people[1] = "王\u{2EBF0}".to_owned();
    confirm(&mut desk, "practice", &people);
    let found = desk.glyph_check(&hq(), fonts()).unwrap();
    let told: Vec<_> = found.iter().map(|p| (p.name.as_str(), p.award.as_str(), p.fault.code())).collect();
    assert_eq!(told, [("王\u{2EBF0}", "practice", "no-glyph".to_owned())]);
    assert_eq!(print(&mut desk, "practice", 1, folder.path(), 0), Err("no-glyph".into()));
    assert!(desk.print_runs().unwrap().is_empty());
    assert_eq!(print(&mut desk, "practice", 3, folder.path(), 0).map(|run| run.printed), Ok(1));
}
