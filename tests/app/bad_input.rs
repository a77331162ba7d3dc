use crate::world::{fixture, hq, new_event};
use kaowu_core::coded::Coded;
use kaowu_core::journal::Mode;
use kaowu_core::words::Lang;
use kaowu_desk::{Desk, NewEvent};
use std::path::Path;

#[test]
fn databases_that_are_none() {
    let folder = tempfile::tempdir().unwrap();
    let desk = new_event(&folder, "jiangsu-2020", Mode::Live);
    drop(desk);
    let check = |name: &str, want: &str| {
        let code = Desk::open(&folder.path().join(name)).err().map_or_else(|| "ok".to_owned(), |e| e.code());
        assert_eq!(code, want, "{name}");
    };
    std::fs::write(folder.path().join("text"), "not a database").unwrap();
    std::fs::write(folder.path().join("empty"), "").unwrap();
    check("hq.kaowu-db", "ok");
    check("nowhere", "database-missing");
    check("text", "not-a-database");
    check("empty", "not-a-database");
    let again = Desk::create(
        &folder.path().join("hq.kaowu-db"),
        &hq(),
        &NewEvent { plan: kaowu_core::plan::bundled("civil-service").unwrap(), mode: Mode::Live },
    );
    assert_eq!(again.err().map(|e| e.code()).as_deref(), Some("database-exists"));
}

/// A name completed wrongly: nothing that goes out is written over an event, nor over what opens one.
#[test]
fn nothing_is_written_over_an_event() {
    let folder = tempfile::tempdir().unwrap();
    let roster = fixture("jiangsu-2020/rosters/3201-南京市.xlsx");
    drop(new_event(&folder, "jiangsu-2020", Mode::Live));
    let path = folder.path().join("hq.kaowu-db");
    let keys = folder.path().join("hq.kaowu-db.keys");
    let check = |desk: &Desk, over: &[&Path]| {
        for file in over {
            let before = std::fs::read(file).unwrap();
            let marked = desk.preview_roster(&"city".into(), &roster).unwrap().write_marked(&roster, file, Lang::Zh);
            assert_eq!(marked.unwrap_err().code(), "sheet-over-event");
            assert_eq!(kaowu_desk::write_file(file, b"x").unwrap_err().code(), "file-is-event");
            assert!(std::fs::read(file).unwrap() == before);
        }
        assert_eq!(desk.backup(&path).unwrap_err().code(), "file-is-event");
        // Over anything else as ever.
        for _ in 0..2 {
            kaowu_desk::write_file(&folder.path().join("x.pdf"), b"x").unwrap();
            desk.backup(&folder.path().join("backup")).unwrap();
        }
    };
    check(&Desk::open(&path).unwrap(), &[&path]);
    let (desk, _) = Desk::protect(&path, &hq(), &kaowu_desk::Pin::new("805213")).unwrap();
    check(&desk, &[&path, &keys]);
    drop(desk);
    drop(Desk::sign_in(&path, &hq(), &kaowu_desk::Pin::new("805213")).unwrap());
}

#[test]
fn workbooks_that_are_none_leave_everything_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = new_event(&folder, "jiangsu-2020", Mode::Live);
    let before = desk.fingerprint().unwrap();
    for (file, code) in [
        ("faulty/truncated.xlsx", "workbook-damaged"),
        ("faulty/not-a-workbook.xlsx", "not-a-workbook"),
        ("faulty/empty.xlsx", "sheet-empty"),
        ("faulty/no-such-columns.xlsx", "columns-missing"),
        ("faulty/none.xlsx", "file-unreadable"),
    ] {
        let error = desk.import_roster(&hq(), &"city".into(), &fixture(file), false).map(|_| ()).unwrap_err();
        assert_eq!(error.code(), code, "{file}");
        for lang in [Lang::Zh, Lang::En] {
            let said = lang.error(&error);
            assert!(!said.what.contains('{') && !said.what.contains('\n') && !said.remedy.is_empty(), "{said:?}");
        }
    }
    assert_eq!(desk.fingerprint().unwrap(), before);
    assert_eq!(
        desk.import_roster(&hq(), &"nowhere".into(), &fixture("faulty/empty.xlsx"), false).map(|_| ()).unwrap_err().code(),
        "no-such-stage"
    );
}

/// Every code of every error enum has words in both languages, with holes only for facts it has.
#[test]
fn every_code_has_words() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut codes: Vec<(String, Vec<String>)> = Vec::new();
    walk(&root, &mut |text| codes.extend(codes_of(text)));
    assert!(codes.len() > 150, "{}", codes.len());
    for lang in [Lang::Zh, Lang::En] {
        let words: std::collections::BTreeMap<_, _> =
            lang.templates().map(|(code, what, remedy)| (code, format!("{what}{remedy}"))).collect();
        for (code, facts) in &codes {
            let Some(text) = words.get(code.as_str()) else { panic!("{code} has no words") };
            for hole in text.split('{').skip(1).filter_map(|p| p.split_once('}')).map(|(h, _)| h) {
                // A template's own field, shown as an example, is no hole.
                if hole.contains(':') {
                    continue;
                }
                // An ID number's fault gets the text it is about from the row.
                assert!(facts.iter().any(|f| f == hole) || (hole == "text" && code.starts_with("id-")), "{code}: {{{hole}}}");
            }
        }
    }
}

fn walk(folder: &Path, visit: &mut impl FnMut(&str)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, visit);
        } else if path.extension().is_some_and(|e| e == "rs") {
            visit(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// Variants with their fields of the enums that are tagged `code`.
fn codes_of(text: &str) -> Vec<(String, Vec<String>)> {
    const TAG: &str = "#[serde(tag = \"code\", rename_all = \"kebab-case\")]";
    let mut out = Vec::new();
    for part in text.split(TAG).skip(1) {
        let Some(body) = part.split_once(" {\n").map(|(_, b)| b).and_then(|b| b.split_once("\n}")).map(|(b, _)| b) else { continue };
        let plain: String =
            body.lines().filter(|l| !l.trim_start().starts_with("//") && !l.trim_start().starts_with('#')).collect::<Vec<_>>().join(" ");
        let (mut depth, mut name, mut fields, mut word) = (0, String::new(), Vec::new(), String::new());
        for c in plain.chars().chain([',']) {
            match c {
                '{' => {
                    depth += 1;
                    name = std::mem::take(&mut word);
                }
                '}' => {
                    depth -= 1;
                    word.clear();
                }
                ':' if depth == 1 => {
                    fields.push(std::mem::take(&mut word));
                }
                ',' if depth == 0 => {
                    let variant = if name.is_empty() { std::mem::take(&mut word) } else { std::mem::take(&mut name) };
                    if !variant.is_empty() && !variant.contains('(') {
                        out.push((kebab(&variant), std::mem::take(&mut fields)));
                    }
                    word.clear();
                }
                ',' => word.clear(),
                c if c.is_whitespace() => {}
                c => word.push(c),
            }
        }
    }
    // The one variant that stands for another enum's words.
    out.retain(|(code, _)| code != "id");
    out
}

fn kebab(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.extend(c.to_lowercase());
    }
    out
}
