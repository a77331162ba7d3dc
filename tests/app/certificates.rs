use crate::world::{ctx, fixture, hq, new_event, write};
use kaowu_core::coded::Coded;
use kaowu_core::facts::Deed;
use kaowu_core::identity::ListId;
use kaowu_core::journal::Mode;
use kaowu_desk::{Adjust, Desk, Look, NewEvent, PrintOrder, PrintedRun, SheetCondition, template_names};
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
    let order = PrintOrder { award: &award, look: Look::default(), adjust: Adjust { right_um: 1500, down_um: 0 }, from, folder };
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
        let look = Look { template, ..Look::default() };
        let made = desk.preview_certificate(&hq(), fonts(), &list(award), index, &look, Adjust::default());
        made.map(|bytes| pages(&bytes)).map_err(|e| e.code())
    };
    let page = show("monthly", 4, None).unwrap();
    assert!(page.len() == 1 && page[0].contains("钱005") && page[0].contains(&number(8)) && page[0].contains("样张"), "{page:?}");
    assert_ne!(page, show("monthly", 4, Some("team-honour")).unwrap());
    for (award, index, template, want) in [
        ("monthly", 230, None, "sheet-beyond"),
        ("practice", 0, None, "award-not-confirmed"),
        ("labour-medal", 0, None, "award-not-confirmed"),
        ("nowhere", 0, None, "no-such-list"),
        ("monthly", 0, Some("nowhere"), "template-unknown"),
        ("monthly", 0, Some("/nowhere/ours.toml"), "template-unreadable"),
    ] {
        assert_eq!(show(award, index, template), Err(want.to_owned()), "{award}");
    }
    let templates = template_names();
    assert_eq!(
        templates.iter().map(|t| t.0.as_str()).collect::<Vec<_>>(),
        ["personal-honour", "personal-honour-vertical", "team-honour", "medal-application"]
    );
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
    assert_eq!(desk.view().reader().search("certificates.printed", 9).unwrap().len(), 3, "one entry a file");
    let (kept, made) = desk.rebuild().unwrap();
    assert_eq!(kept, made);
    for (award, from, want) in
        [("monthly", 231, "sheet-beyond"), ("practice", 1, "award-not-confirmed"), ("labour-medal", 1, "award-not-confirmed")]
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
    // A run leaves out what is void and what is on paper, wherever it is told to begin, and says so.
    let run = print(&mut desk, "monthly", 1, folder.path(), 0).unwrap();
    assert_eq!((run.run, run.printed, run.total, run.on_paper, run.void), (2, 130, 130, 99, 1));
    assert_eq!((sheet(&desk, 1).3, counts(&desk, "monthly")), (SheetCondition::Void, (229, 1)));
    let before = desk.fingerprint().unwrap();
    assert_eq!(print(&mut desk, "monthly", 1, folder.path(), 0), Err("all-on-paper".into()));
    assert_eq!(desk.fingerprint().unwrap(), before);
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

/// A jam: sheets that were made are lost before they were seen. They are printed again in one run, under other codes, once
/// somebody has said why; what had not been made goes on without a word.
#[test]
fn a_jam_is_said_once_and_the_run_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = confirmed(&folder);
    let first = print(&mut desk, "monthly", 1, folder.path(), 200).unwrap();
    assert_eq!((first.printed, first.next), (200, Some(201)));
    // Sheets 151 to 200 came out crumpled; 151 was declared void before anybody saw the rest.
    desk.void_sheet(&hq(), &number(154), "卡纸").unwrap();
    let award = list("monthly");
    let again = |desk: &mut Desk, sheets, reason: &str| desk.print_again(&hq(), &award, sheets, reason).map_err(|e| e.code());
    assert_eq!(again(&mut desk, 151..=200, " "), Err("reason-needed".into()));
    assert_eq!(again(&mut desk, 201..=230, "卡纸"), Err("none-on-paper".into()));
    assert_eq!(again(&mut desk, 231..=231, "卡纸"), Err("sheet-beyond".into()));
    assert_eq!(again(&mut desk, 151..=usize::MAX, "卡纸").unwrap().len(), 50);
    assert_eq!(again(&mut desk, 151..=200, "卡纸"), Err("none-on-paper".into()), "said once");
    assert_eq!(counts(&desk, "monthly"), (150, 0));
    let waits = desk.sheets(&award).unwrap().into_iter().filter(|s| s.state == SheetCondition::Again).count();
    assert_eq!(waits, 50);
    // Stopped within, the run goes on like any other: nobody is asked twice.
    let second = print(&mut desk, "monthly", 1, folder.path(), 60).unwrap();
    assert_eq!((second.printed, second.total, second.on_paper, second.next), (0, 80, 150, Some(151)));
    let second = print(&mut desk, "monthly", 151, folder.path(), 0).unwrap();
    assert_eq!((second.printed, second.total, second.on_paper, second.next), (80, 80, 0, None));
    assert_eq!(counts(&desk, "monthly"), (230, 0));
    let text: Vec<String> = second.files.iter().flat_map(|f| pages(&std::fs::read(f).unwrap())).collect();
    assert!(text.len() == 80 && text[0].contains(&number(154)) && text[79].contains(&number(233)), "{}", text.len());
    // One number, one good paper.
    let old = folder.path().join("old.pdf");
    let page = Command::new("pdfseparate").args(["-f", "51", "-l", "51"]).arg(&first.files[1]).arg(&old).status().unwrap();
    assert!(page.success());
    let says = |desk: &Desk, text: &str| desk.verify_certificate(text).map_or_else(|e| e.code(), |v| v.number);
    assert_eq!(says(&desk, &code_of(&old)), "certificate-replaced");
    assert_eq!(says(&desk, &code_of(&second.files[0])), number(154));
    assert_eq!(desk.sheets(&award).unwrap()[150].reason.as_deref(), Some("卡纸"));
    let (kept, made) = desk.rebuild().unwrap();
    assert_eq!(kept, made);
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

// --- codes ---

/// The text of the first code on a file's pages, read from the picture by another program.
fn code_of(pdf: &Path) -> String {
    let picture = pdf.with_extension("look");
    let run = |tool: &str, args: &[&str]| {
        let out = Command::new(tool).args(args).output().unwrap_or_else(|e| panic!("{tool} (./x setup installs it): {e}"));
        assert!(out.status.success(), "{tool}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap()
    };
    run("pdftoppm", &["-r", "200", "-gray", "-png", "-singlefile", pdf.to_str().unwrap(), picture.to_str().unwrap()]);
    let png = format!("{}.png", picture.display());
    run("zbarimg", &["--quiet", "--raw", "-Sbinary", "-Sdisable", "-Sqrcode.enable", &png])
}

#[test]
fn only_a_printed_and_valid_certificate_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = confirmed(&folder);
    let first = print(&mut desk, "regional-craftsman", 1, folder.path(), 0).unwrap();
    let good = code_of(&first.files[0]);
    let says = |desk: &Desk, text: &str| match desk.verify_certificate(text) {
        Ok(v) => format!("{} {} {} {}", v.number, v.name, v.award, v.on_record),
        Err(e) => e.code(),
    };
    assert_eq!(says(&desk, &good), format!("{} 赵001 江苏省技术能手 true", number(1)));
    assert_eq!(says(&desk, &format!("{good}\r\n")), says(&desk, &good), "a scanner ends its text with a line break");

    // The same award and number from another event's key.
    let other = tempfile::tempdir().unwrap();
    let mut foreign = confirmed(&other);
    let run = print(&mut foreign, "regional-craftsman", 1, other.path(), 0).unwrap();
    let theirs = code_of(&run.files[0]);
    let preview = folder.path().join("preview.pdf");
    let bytes = desk.preview_certificate(&hq(), fonts(), &list("regional-craftsman"), 0, &Look::default(), Adjust::default()).unwrap();
    std::fs::write(&preview, bytes).unwrap();
    let mut flipped = good.clone().into_bytes();
    let last = flipped.iter().rposition(u8::is_ascii_hexdigit).unwrap();
    flipped[last] = if flipped[last] == b'0' { b'1' } else { b'0' };
    for (what, text, want) in [
        ("another name", good.replace("赵001", "赵002"), "certificate-forged"),
        ("another award", good.replace("江苏省技术能手", "江苏省人社知识通"), "certificate-forged"),
        ("another number", good.replace(&number(1), &number(2)), "certificate-forged"),
        ("another event", good.replace("jiangsu-2020", "jiangsu-2021"), "certificate-forged"),
        ("printed again, by hand", good.replacen("江苏省技术能手\t", "江苏省技术能手\t1\t", 1), "certificate-forged"),
        ("another signature", String::from_utf8(flipped).unwrap(), "certificate-forged"),
        ("another key", theirs.clone(), "certificate-forged"),
        ("a preview", code_of(&preview), "certificate-specimen"),
        ("cut short", good[..good.len() - 2].to_owned(), "certificate-unreadable"),
        ("cut in the middle", good[..58].to_owned(), "certificate-unreadable"),
        ("another form", good.replacen("KW1", "KW9", 1), "certificate-unreadable"),
        ("nothing", String::new(), "certificate-unreadable"),
        ("something else", "https://example.org/?n=1".to_owned(), "certificate-unreadable"),
    ] {
        assert_eq!(says(&desk, &text), want, "{what}: {text:?}");
    }
    assert!(says(&foreign, &theirs).ends_with("true"));

    // Void, printed again: the number's last paper counts, and no other.
    desk.void_sheet(&hq(), &number(1), "遗失").unwrap();
    assert_eq!(says(&desk, &good), "certificate-withdrawn");
    let second = code_of(&desk.reprint_sheet(&hq(), fonts(), &number(1), "补发", folder.path()).unwrap());
    assert_eq!((says(&desk, &good).as_str(), says(&desk, &second).ends_with("true")), ("certificate-replaced", true));
    let third = code_of(&desk.reprint_sheet(&hq(), fonts(), &number(1), "污损", folder.path()).unwrap());
    assert_eq!((says(&desk, &second).as_str(), says(&desk, &third).ends_with("true")), ("certificate-replaced", true));
    // No run that comes over it makes a second paper with a code that is good.
    assert_eq!(print(&mut desk, "regional-craftsman", 1, folder.path(), 0), Err("all-on-paper".into()));
    // Confirmed anew without them, nobody's paper of before is good, though it lies in a frame.
    confirm(&mut desk, "regional-craftsman", &names("赵", 3)[1..]);
    assert_eq!(says(&desk, &third), "certificate-dropped");
    confirm(&mut desk, "regional-craftsman", &names("赵", 3));
    assert!(says(&desk, &third).ends_with("true"));
    // The list is redrawn: the number stands for somebody else, whose paper has a code of its own.
    desk.void_sheet(&hq(), &number(1), "名单变动").unwrap();
    confirm(&mut desk, "regional-craftsman", &names("周", 3));
    desk.void_sheet(&hq(), &number(2), "名单变动").unwrap();
    desk.void_sheet(&hq(), &number(3), "名单变动").unwrap();
    let run = print(&mut desk, "regional-craftsman", 1, folder.path(), 0).unwrap();
    assert_eq!((says(&desk, &third).as_str(), says(&desk, &code_of(&run.files[0])).contains("周001")), ("certificate-replaced", true));
}

// --- numbers, own templates, all awards at once ---

#[test]
fn series_run_through_the_awards_that_share_them() {
    let folder = tempfile::tempdir().unwrap();
    let plan = kaowu_core::plan::bundled("jiangsu-2020").unwrap();
    let numbered = plan.replacen("id = \"monthly\"", "id = \"monthly\"\nnumber = \"苏人社练兵〔2020〕{n:3}号\"", 1).replacen(
        "id = \"practice\"",
        "id = \"practice\"\nnumber = \"苏人社练兵〔2020〕{n:2}号\"",
        1,
    );
    let new = NewEvent { plan: &numbered, mode: Mode::Live };
    let mut desk = Desk::create(&folder.path().join("hq.kaowu-db"), &hq(), &new).unwrap();
    confirm(&mut desk, "regional-craftsman", &names("赵", 2));
    confirm(&mut desk, "monthly", &names("钱", 3));
    confirm(&mut desk, "practice", &names("孙", 2));
    let numbers = |award: &str| desk.sheets(&list(award)).unwrap().into_iter().map(|s| s.number).collect::<Vec<_>>();
    assert_eq!(numbers("regional-craftsman"), [number(1), number(2)]);
    assert_eq!(numbers("monthly"), ["苏人社练兵〔2020〕001号", "苏人社练兵〔2020〕002号", "苏人社练兵〔2020〕003号"]);
    assert_eq!(numbers("practice"), ["苏人社练兵〔2020〕04号", "苏人社练兵〔2020〕05号"]);
}

#[test]
fn a_reprint_looks_like_the_print() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = confirmed(&folder);
    let source = fixture("../../assets/certificates/personal-honour-vertical.toml");
    let ours = write(&folder, "ours.toml", &std::fs::read_to_string(&source).unwrap().replace("特发此证", "特颁此证"));
    let seal = folder.path().join("seal.png");
    std::fs::copy(fixture("../../assets/icons/128x128.png"), &seal).unwrap();
    let award = list("regional-craftsman");
    let look = Look { template: Some(ours.to_str().unwrap()), seal: Some(&seal), background: None };
    let order = PrintOrder { award: &award, look, adjust: Adjust { right_um: 0, down_um: 500 }, from: 1, folder: folder.path() };
    let run = desk.print_run(&hq(), fonts(), &order, &mut |_, _| ControlFlow::Continue(())).unwrap();
    let flat = |pages: Vec<String>| pages.concat().split_whitespace().collect::<String>();
    assert!(flat(pages(&std::fs::read(&run.files[0]).unwrap())).contains("特颁此证"));
    let again = |desk: &mut Desk| desk.reprint_sheet(&hq(), fonts(), &number(2), "污损", folder.path()).map_err(|e| e.code());
    assert!(flat(pages(&std::fs::read(again(&mut desk).unwrap()).unwrap())).contains("特颁此证"));
    // A file that was changed since, or is gone, is no silent difference.
    let kept = std::fs::read(&seal).unwrap();
    std::fs::copy(fixture("../../assets/icons/32x32.png"), &seal).unwrap();
    assert_eq!(again(&mut desk), Err("template-changed".into()));
    std::fs::remove_file(&seal).unwrap();
    assert_eq!(again(&mut desk), Err("image-unreadable".into()));
    std::fs::write(&seal, kept).unwrap();
    assert!(again(&mut desk).is_ok());
    write(&folder, "ours.toml", &std::fs::read_to_string(&source).unwrap());
    assert_eq!(again(&mut desk), Err("template-changed".into()));
    assert!(desk.rebuild().map(|(kept, made)| kept == made).unwrap());
}

#[test]
fn all_awards_at_once_are_runs_like_others() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = confirmed(&folder);
    print(&mut desk, "regional-craftsman", 1, folder.path(), 0).unwrap();
    let go_on = &mut |_: usize, _: usize| ControlFlow::Continue(());
    let runs = desk.print_certificates(&hq(), fonts(), None, folder.path(), go_on).unwrap();
    assert_eq!(runs.iter().map(|r| (r.run, r.printed)).collect::<Vec<_>>(), [(2, 230)], "what is on paper is not printed again");
    assert_eq!((counts(&desk, "monthly"), counts(&desk, "regional-craftsman")), ((230, 0), (3, 0)));
    let none = desk.print_certificates(&hq(), fonts(), None, folder.path(), go_on);
    assert_eq!(none.unwrap_err().code(), "nothing-to-print");
    let none = desk.print_certificates(&hq(), fonts(), Some(&list("practice")), folder.path(), go_on);
    assert_eq!(none.unwrap_err().code(), "award-not-confirmed");
    assert_eq!(desk.view().reader().search("certificates.printed", 9).unwrap().len(), 4, "one entry a file");
}
