//! Names of files.

use sha2::{Digest, Sha256};

/// Bytes of a name at most. FAT and NTFS take 255 characters, most others 255 bytes; what is put behind a name (`.part`,
/// `.keys`, a number) needs room, too.
pub const LONGEST: usize = 200;

/// An ending that is longer is none.
const ENDING: usize = 24;

/// Names of devices, which Windows takes for no file, whatever stands behind their first dot.
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

/// A name every file system takes: FAT's forbidden signs replaced, no dots or spaces at the end, no name of a device, not
/// empty. What is too long is cut before its ending, and a hash of the whole keeps it apart from others with the same
/// beginning.
pub fn safe_name(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_control() || r#"\/:*?"<>|"#.contains(c) { '-' } else { c }).collect();
    let plain = plain.trim_end_matches(['.', ' ']).trim_start_matches(' ');
    let plain = if plain.is_empty() || is_device(plain) { format!("_{plain}") } else { plain.to_owned() };
    if plain.len() <= LONGEST { plain } else { cut(&plain, name) }
}

fn is_device(name: &str) -> bool {
    let first = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    // Windows takes the small figures ¹, ² and ³ for 1, 2 and 3 here.
    let numbered = |port: &str| {
        let mut rest = first.strip_prefix(port).unwrap_or_default().chars();
        matches!((rest.next(), rest.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
    };
    DEVICES.contains(&first.as_str()) || numbered("COM") || numbered("LPT")
}

fn cut(plain: &str, whole: &str) -> String {
    let dot = plain.rfind('.').filter(|at| *at > 0 && plain.len() - at <= ENDING).unwrap_or(plain.len());
    let (stem, ending) = plain.split_at(dot);
    let hash = hex::encode(&Sha256::digest(whole)[..4]);
    let mut room = LONGEST - ending.len() - hash.len() - 1;
    while !stem.is_char_boundary(room) {
        room -= 1;
    }
    format!("{}~{hash}{ending}", &stem[..room])
}
