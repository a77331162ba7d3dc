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
    // What somebody was killed at is not written into, and goes when the next one is in place. On a stick it stays.
    let left = beside(&to, ".part");
    std::fs::write(&left, b"left").unwrap();
    let (part, mut file) = Part::of(&to, false).unwrap();
    assert_ne!(part.path(), left);
    file.write_all(b"three").unwrap();
    assert_eq!(std::fs::read(&left).unwrap(), b"left");
    part.place().unwrap();
    assert_eq!((std::fs::read(&to).unwrap(), there()), (b"three".to_vec(), vec!["名单.pdf".to_owned()]));
    // Nowhere left to write, and no folder.
    for end in crate::part::part_names() {
        std::fs::create_dir(beside(&to, &end)).unwrap();
    }
    assert_eq!(write(&to, b"four", true).unwrap_err().kind(), ErrorKind::AlreadyExists);
    assert_eq!(std::fs::read(&to).unwrap(), b"three");
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
    let check = |name: &str, [new, old]: [&str; 2], [newer, older]: [&str; 2]| {
        let put = |text: &str| {
            std::fs::write(at("x.part"), text).unwrap();
            crate::part::around(&at("x.part"), &at(name))
        };
        std::fs::write(at(name), "before").unwrap();
        put("after").unwrap();
        assert_eq!((there(), found(&at(name))), (vec![format!("{name} after")], at(name)));
        for of in [name, new, old, newer, older] {
            assert_eq!(own_name(&at(of)), at(name));
        }
        // Stopped after one of its steps.
        std::fs::rename(at(name), at(old)).unwrap();
        assert_eq!(found(&at(name)), at(old));
        std::fs::write(at(new), "new").unwrap();
        assert_eq!(found(&at(name)), at(new));
        // What is left over stays as it is, and what is newer goes before it.
        std::fs::write(at(name), "again").unwrap();
        put("and again").unwrap();
        let left = [format!("{name} and again"), format!("{new} new"), format!("{old} after")];
        assert!(there().len() == 3 && left.iter().all(|file| there().contains(file)), "{:?}", there());
        std::fs::rename(at(name), at(older)).unwrap();
        assert_eq!(found(&at(name)), at(older));
        std::fs::write(at(newer), "newer").unwrap();
        assert_eq!(found(&at(name)), at(newer));
        // What cannot be done leaves what was there.
        std::fs::rename(at(newer), at(name)).unwrap();
        let before = there();
        assert!(crate::part::around(&at("none"), &at(name)).is_err());
        assert_eq!(there(), before);
        for file in [name, new, old, older] {
            std::fs::remove_file(at(file)).unwrap();
        }
        assert_eq!(found(&at(name)), at(name));
    };
    check(
        "南京.a1b2.kaowu",
        ["南京.a1b2.part-new.kaowu", "南京.a1b2.part-old.kaowu"],
        ["南京.a1b2.part-new2.kaowu", "南京.a1b2.part-old2.kaowu"],
    );
    check("b.db.keys", ["b.db.part-new.keys", "b.db.part-old.keys"], ["b.db.part-new2.keys", "b.db.part-old2.keys"]);
    check("名单", ["名单.part-new", "名单.part-old"], ["名单.part-new2", "名单.part-old2"]);
}

#[test]
fn what_is_not_known_to_keep_what_was_flushed_is_ejected_first() {
    // As Linux, and as Windows, calls them.
    for kept in ["vfat", "exfat", "ext4", "FAT32", "exFAT"] {
        assert!(crate::keeps_what_is_pulled(kept), "{kept}");
    }
    for unknown in ["fuseblk", "ntfs", "ntfs3", "NTFS", "ufsd", "hfsplus", "udf", ""] {
        assert!(!crate::keeps_what_is_pulled(unknown), "{unknown}");
    }
}
