//! Templates of the office's own: what is refused, with line and key; pictures; tables; columns.

use crate::{cases, fonts, text_of, tool, with_file};
use kaowu_core::coded::Coded;
use kaowu_core::words::Lang;
use kaowu_papers::*;
use std::path::Path;

fn source(id: &str) -> String {
    std::fs::read_to_string(cases::root().join(format!("assets/certificates/{id}.toml"))).unwrap()
}

#[test]
fn each_fault_names_its_line() {
    // Template, what is replaced, by what, code, key and value that the words name.
    let check = |id: &str, from: &str, to: &str, code: &str, key: &str, value: &str| {
        let good = source(id);
        let at = good.find(from).unwrap_or_else(|| panic!("{id}: {from}"));
        let error = Template::parse("mine", &good.replacen(from, to, 1), Some(Path::new("."))).expect_err(to);
        assert_eq!(error.code(), code, "{to}: {error:?}");
        for lang in [Lang::Zh, Lang::En] {
            let said = lang.error(&error);
            assert!(said.what.contains(value) && said.what.contains(key), "{to}: {said:?}");
            if code == "template-wrong" {
                // The line on which the wrong text stands; where a key is missing, that of the field.
                let begins = if to.is_empty() { good[..at].rfind("[[").unwrap() } else { at };
                let wrong = good[..begins].matches('\n').count() + 1 + to.find(value).map_or(0, |n| to[..n].matches('\n').count());
                assert!(said.what.contains(&wrong.to_string()) && said.remedy.contains(&wrong.to_string()), "{to}: line {wrong}: {said:?}");
            }
        }
    };
    let wrong = |from: &str, to: &str, key: &str, value: &str| check("personal-honour", from, to, "template-wrong", key, value);
    wrong("width = 297", "width = 2970", "width", "2970");
    wrong("text = \"{issuer}\"", "text = \"{issuing}\"", "field 6: text", "issuing");
    wrong("[，{grounds}]", "[，{grounds}", "field 4: text", "[ ]");
    wrong("line = \"#B48A3C\"", "line = \"gold\"", "frame: line", "gold");
    wrong("inset = 9", "inset = 90", "frame: inset", "90");
    wrong("x = 148.5", "x = 1485", "field 1: x", "1485");
    wrong("leading = 1.8", "leading = 0.5", "field 4: leading", "0.5");
    wrong("min_size = 13", "min_size = 30", "field 4: min_size", "30");
    wrong("height = 54", "height = 200", "field 4: height", "200");
    wrong("colour = \"#6B5A34\"", "colour = \"#6B5A3\"", "field 10: colour", "#6B5A3");
    wrong("size = 50\n", "", "field 1: size", "");
    wrong("width = 26", "width = 0.2", "field 8: width", "0.2");
    let table = |from: &str, to: &str, key: &str, value: &str| check("medal-application", from, to, "template-wrong", key, value);
    table("columns = [12, 14,", "columns = [12, 140,", "columns", "");
    table("row = 9\ncolumn = 6", "row = 10\ncolumn = 6", "row", "10");
    table("columns = 7\n", "columns = 8\n", "cell 26: columns", "8");
    table("text = \"{birth}\"", "text = \"{born}\"", "text", "born");
    table("row = 2\ncolumn = 4", "row = 2\ncolumn = 3", "row", "2");
    let unreadable = |from: &str, to: &str, names: &str| check("personal-honour", from, to, "template-unreadable", "mine", names);
    unreadable("kind = \"line\"", "kind = \"lines\"", "lines");
    unreadable("spacing = 300", "spaced = 300", "spaced");
    unreadable("[frame]", "[frame", "line");
    unreadable("name = \"荣誉证书\"", "", "name");
    check("personal-honour", "width = 40", "width = 40\nimage = \"no.png\"", "image-unreadable", "", "no.png");
    check("personal-honour", "height = 210\n", "height = 210\nbackground = \"no.png\"\n", "image-unreadable", "", "no.png");
    assert!(matches!(Template::of("none"), Err(PaperError::TemplateUnknown { .. })));
    assert!(matches!(Template::find("/nowhere/x.toml"), Err(PaperError::TemplateUnreadable { .. })));
    let known: Vec<String> = Template::built_in().unwrap().into_iter().map(|t| t.id).collect();
    assert_eq!(known, ["personal-honour", "personal-honour-vertical", "team-honour", "medal-application"]);
    assert!(known.iter().all(|id| Template::find(id).is_ok()));
}

/// A picture drawn by ImageMagick, with a transparent ground where `transparent`.
fn picture(folder: &Path, name: &str, size: &str, transparent: bool) {
    let ground = if transparent { "xc:none" } else { "gradient:#FFF8E0-#F0D8B0" };
    let path = folder.join(name);
    tool(
        "convert",
        &[
            "-size",
            size,
            ground,
            "-fill",
            "none",
            "-stroke",
            "#C02010",
            "-strokewidth",
            "9",
            "-draw",
            "circle 100,100 100,12",
            &format!("PNG32:{}", path.display()),
        ],
    );
}

#[test]
fn an_office_uses_its_own_pictures() {
    let folder = tempfile::tempdir().unwrap();
    picture(folder.path(), "seal.png", "200x200", true);
    picture(folder.path(), "ground.png", "877x620", false);
    let path = folder.path().join("ours.toml");
    let ours = source("personal-honour")
        .replace("width = 40", "width = 40\nimage = \"seal.png\"")
        .replace("height = 210\n", "height = 210\nbackground = \"ground.png\"\n")
        .replace(
            "[frame]\npattern = \"guilloche\"\ninset = 9\nband = 13\nline = \"#B48A3C\"\nground = \"#FFFDF7\"\nrosette = \"#F3E9D2\"\n",
            "",
        );
    std::fs::write(&path, ours).unwrap();
    let template = Template::load(&path).unwrap();
    let bytes = certificate(&template, &cases::honour(0), fonts()).unwrap();
    let images = |bytes: &[u8]| {
        with_file(bytes, |path| {
            String::from_utf8(tool("pdfimages", &["-list", path]))
                .unwrap()
                .lines()
                .skip(2)
                .map(|l| l.split_whitespace().nth(2).unwrap().to_owned())
                .collect::<Vec<_>>()
        })
    };
    assert_eq!(images(&bytes).iter().filter(|kind| *kind == "image").count(), 2);
    assert!(text_of(&bytes).contains("王㛃") && !text_of(&bytes).contains("样章"));

    // The same by pictures chosen for a template of the program; a place for a picture twice is stored once.
    let read = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    let plain = Template::of("personal-honour").unwrap();
    let dressed = plain.clone().with_seal(read("seal.png"), "seal.png").unwrap().with_background(read("ground.png"), "ground.png").unwrap();
    assert_eq!(images(&certificate(&dressed, &cases::honour(0), fonts()).unwrap()).iter().filter(|kind| *kind == "image").count(), 2);
    let digests = [plain.digest(), dressed.digest(), template.digest(), plain.clone().with_seal(read("seal.png"), "x").unwrap().digest()];
    assert!((0..4).all(|a| (0..a).all(|b| digests[a] != digests[b])), "{digests:?}");

    std::fs::write(folder.path().join("seal.png"), b"no picture").unwrap();
    assert!(matches!(Template::load(&path), Err(PaperError::ImageUnreadable { .. })));
    let mut huge = read("ground.png");
    huge[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
    assert!(matches!(plain.with_seal(huge, "huge.png"), Err(PaperError::ImageUnreadable { detail, .. }) if detail.contains("65536")));
}

/// Left upper corners of words, in millimetres, by their text.
fn places(bytes: &[u8]) -> Vec<([f64; 2], String)> {
    let text = with_file(bytes, |path| String::from_utf8(tool("pdftotext", &["-bbox", path, "-"])).unwrap());
    let number = |line: &str, key: &str| line.split(key).nth(1).unwrap().split('"').nth(1).unwrap().parse::<f64>().unwrap() * 25.4 / 72.0;
    let word = |line: &str| line.split_once('>').unwrap().1.split('<').next().unwrap().to_owned();
    text.lines().filter(|l| l.contains("<word")).map(|l| ([number(l, "xMin"), number(l, "yMin")], word(l))).collect()
}

#[test]
fn columns_run_from_right_to_left() {
    let text = r#"
name = "竖"
width = 100
height = 100
[[field]]
kind = "paragraph"
vertical = true
text = "天地玄黄\n宇宙洪荒"
x = 10
y = 10
width = 80
height = 80
size = 20
indent = 0
[[field]]
kind = "line"
vertical = true
text = "日月"
align = "right"
x = 20
y = 90
height = 60
size = 20
"#;
    let template = Template::parse("v", text, None).unwrap();
    let bytes = certificate(&template, &cases::honour(0), fonts()).unwrap();
    let found = places(&bytes);
    let at = |c: &str| found.iter().find(|(_, w)| w == c).unwrap_or_else(|| panic!("{c}: {found:?}")).0;
    let (first, under, next) = (at("天"), at("地"), at("宇"));
    assert!((first[0] - under[0]).abs() < 0.1 && under[1] - first[1] > 6.5 && under[1] - first[1] < 7.5, "{found:?}");
    assert!(next[0] < first[0] - 8.0 && (next[1] - first[1]).abs() < 0.1, "{found:?}");
    assert!((first[1] - 10.0).abs() < 3.0 && at("月")[1] > 80.0 && at("月")[1] < 90.0, "{found:?}");
}
