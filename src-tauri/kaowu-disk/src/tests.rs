#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use proptest::prelude::*;
use std::io::{ErrorKind, Write};

/// What FAT, NTFS and ext4 take, written from their documents and not from the function.
fn taken(name: &str) -> bool {
    let first = name.split('.').next().unwrap_or_default().trim_end_matches(' ').to_ascii_uppercase();
    let device = ["CON", "PRN", "AUX", "NUL"].contains(&first.as_str())
        || (first.chars().count() == 4
            && (first.starts_with("COM") || first.starts_with("LPT"))
            && first.ends_with(|c| "0123456789¹²³".contains(c)));
    !name.is_empty()
        && name.len() + ".part4".len() <= 255
        && name.encode_utf16().count() <= 255
        && !name.chars().any(|c| u32::from(c) < 0x20 || c == '\u{7f}' || "\"*/:<>?\\|".contains(c))
        && !name.ends_with(['.', ' '])
        && !name.starts_with(' ')
        && !device
}

#[test]
fn names() {
    let check = |name: &str, want: &str| {
        assert_eq!(safe_name(name), want, "{name:?}");
        assert!(taken(&safe_name(name)), "{name:?}");
    };
    check("南京:2020/3201?.kaowu", "南京-2020-3201-.kaowu");
    check("南京.KAOWU", "南京.KAOWU");
    check(r#"a\b*c"d<e>f|g"#, "a-b-c-d-e-f-g");
    check("  名单.  ", "名单");
    check("a\tb\nc", "a-b-c");
    check("", "_");
    check("...", "_");
    check("con", "_con");
    check("Aux.kaowu", "_Aux.kaowu");
    check("nul .txt", "_nul .txt");
    check("COM1.pdf", "_COM1.pdf");
    check("lpt².pdf", "_lpt².pdf");
    check("COM10.pdf", "COM10.pdf");
    check("conference.pdf", "conference.pdf");
    check(".kaowu", ".kaowu");
}

#[test]
fn names_that_are_too_long() {
    let site = "江苏省人力资源和社会保障系统窗口单位业务技能练兵比武".repeat(10);
    let (one, other) = (safe_name(&format!("{site}一.a1b2c3d4.kaowu")), safe_name(&format!("{site}二.a1b2c3d4.kaowu")));
    for name in [&one, &other, &safe_name(&site), &safe_name(&format!("{}.{}", "a".repeat(190), "𠮷".repeat(90)))] {
        assert!(taken(name) && name.len() <= LONGEST, "{name}");
    }
    assert!(one.ends_with(".kaowu") && one.starts_with("江苏省") && one != other);
    let fits = "考".repeat(LONGEST / 3);
    assert_eq!(safe_name(&fits), fits);
}

proptest! {
    #[test]
    fn any_name_becomes_one_that_is_taken(name in any::<String>(), long in "[a-z考𠮷. :]{0,300}", ending in "[.a-z考]{0,30}") {
        for name in [&name, &long, &format!("{long}{ending}")] {
            let safe = safe_name(name);
            prop_assert!(taken(&safe), "{name:?} {safe:?}");
            prop_assert_eq!(safe_name(&safe), safe);
        }
    }
}

#[test]
fn whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("名单.pdf");
    let there = || {
        let mut names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    write(&to, b"one", true).unwrap();
    write(&to, b"two", true).unwrap();
    assert_eq!((std::fs::read(&to).unwrap(), there()), (b"two".to_vec(), vec!["名单.pdf".to_owned()]));
    // Given up half-way.
    let (part, mut file) = Part::of(&to, false).unwrap();
    file.write_all(b"thr").unwrap();
    assert_eq!(there().len(), 2);
    drop((part, file));
    assert_eq!((std::fs::read(&to).unwrap(), there()), (b"two".to_vec(), vec!["名单.pdf".to_owned()]));
    // What somebody was killed at goes before anything new is written.
    for left in ["名单.pdf.part", "名单.pdf.part3", "名单.part-old.pdf"] {
        std::fs::write(folder.path().join(left), b"left").unwrap();
    }
    let (part, mut file) = Part::of(&to, false).unwrap();
    assert_eq!(there(), ["名单.pdf", "名单.pdf.part"]);
    file.write_all(b"three").unwrap();
    part.place().unwrap();
    assert_eq!((std::fs::read(&to).unwrap(), there()), (b"three".to_vec(), vec!["名单.pdf".to_owned()]));
    // Where the name is gone it may be all there is: it stays, and is not written into, until the next one is in place.
    let left = beside(&to, ".part");
    std::fs::rename(&to, &left).unwrap();
    let (part, mut file) = Part::of(&to, false).unwrap();
    assert_ne!(part.path(), left);
    file.write_all(b"four").unwrap();
    assert_eq!(std::fs::read(&left).unwrap(), b"three");
    part.place().unwrap();
    assert_eq!((std::fs::read(&to).unwrap(), there()), (b"four".to_vec(), vec!["名单.pdf".to_owned()]));
    // Nowhere left to write, and no folder.
    for end in crate::part::part_names() {
        std::fs::create_dir(beside(&to, &end)).unwrap();
    }
    assert_eq!(write(&to, b"five", true).unwrap_err().kind(), ErrorKind::AlreadyExists);
    assert_eq!(std::fs::read(&to).unwrap(), b"four");
    assert_eq!(write(&folder.path().join("none/x"), b"x", true).unwrap_err().kind(), ErrorKind::NotFound);
    // No FAT here: anything fits. A FAT is asked in `tests/stick`.
    assert!(fits(&to, u64::MAX).is_ok());
}

/// exFAT's way, which no file system here needs: the two names it takes meanwhile, and what is found where it stopped.
#[test]
fn without_exchanging_names() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let there = || {
        let mut files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().path()).collect();
        files.sort();
        files.iter().map(|p| format!("{} {}", p.file_name().unwrap().display(), std::fs::read_to_string(p).unwrap())).collect::<Vec<_>>()
    };
    for (name, new, old) in [
        ("南京.a1b2.kaowu", "南京.a1b2.part-new.kaowu", "南京.a1b2.part-old.kaowu"),
        ("b.kaowu-db.keys", "b.kaowu-db.part-new.keys", "b.kaowu-db.part-old.keys"),
        ("名单", "名单.part-new", "名单.part-old"),
    ] {
        for left in [name, new, old] {
            std::fs::write(at(left), "before").unwrap();
        }
        std::fs::write(at("x.part"), "after").unwrap();
        crate::part::around(&at("x.part"), &at(name)).unwrap();
        assert_eq!(there(), [format!("{name} after")]);
        assert_eq!(found(&at(name)), at(name));
        // Stopped after each of its steps.
        std::fs::rename(at(name), at(old)).unwrap();
        assert_eq!(found(&at(name)), at(old));
        std::fs::write(at(new), "newer").unwrap();
        assert_eq!(found(&at(name)), at(new));
        // Nothing goes while it is all there is; the next one tidies up.
        write(&at(name), b"next", false).unwrap();
        assert_eq!(there(), [format!("{name} next")]);
        // What cannot be done leaves what was there.
        assert!(crate::part::around(&at("none"), &at(name)).is_err());
        assert_eq!(there(), [format!("{name} next")]);
        std::fs::remove_file(at(name)).unwrap();
        assert_eq!(found(&at(name)), at(name));
    }
}
