//! The fonts of papers: loaded once a program, checked by hash, asked for every character before anything is drawn.
//!
//! Three chains, one a face: the first font of the chain that has a character draws it. Together they have all
//! ideographs of GB 18030-2022 level 3. What none has is refused, never drawn as □.

use crate::error::PaperError;
use printpdf::ParsedFont;
use sha2::{Digest, Sha256};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Which files, to the byte.
const SUMS: &str = include_str!("../../../assets/fonts/SHA256SUMS");
/// Folder beside the fonts where an office puts its own, for characters that none of ours has.
const EXTRA: &str = "extra";
/// File and the six capitals that name it in a PDF.
const OURS: [(&str, &str); 4] = [
    ("NotoSerifSC-Regular.ttf", "KWSERI"),
    ("NotoSerifSC-Bold.ttf", "KWBOLD"),
    ("LXGWWenKai-Regular.ttf", "KWKAIS"),
    ("HanaMinB.ttf", "KWRARE"),
];
/// Places in [`OURS`].
const SERIF: usize = 0;
const BOLD: usize = 1;
const KAI: usize = 2;
const RARE: usize = 3;
/// No code point beyond the ideographic planes is looked for: private use and variation selectors have no place on a paper.
const CODE_POINTS: usize = 0x3_4000;
const ABSENT: u16 = u16::MAX;

/// How a text looks; which font draws a character is found by [`Fonts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Face {
    /// Running text 宋体.
    Text,
    /// Titles, headings.
    Bold,
    /// Names of people 楷体.
    Name,
}

/// Number of a font file within [`Fonts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FontNo(usize);

struct FontFile {
    path: PathBuf,
    /// SHA-256 it must have; None for a font of the office's own.
    sum: Option<String>,
    /// Six capitals: the name of the font in a PDF.
    id: String,
    /// Advance of each code point in 1/1000 em, [`ABSENT`] where the font has none.
    advances: Vec<u16>,
    /// Parsed for embedding when a paper first needs it.
    parsed: OnceLock<Option<ParsedFont>>,
}

/// All fonts of the program. Load once and lend.
pub struct Fonts {
    folder: PathBuf,
    files: Vec<FontFile>,
    chains: [Vec<FontNo>; 3],
}

impl Fonts {
    /// Loads and checks the fonts of a folder, and whatever lies in its `extra/`, last in every chain.
    pub fn load(folder: &Path) -> Result<Self, PaperError> {
        Self::load_with(folder, &[])
    }

    /// The same, with font files of the office's own after all others, for characters that none of ours has.
    pub fn load_with(folder: &Path, own: &[PathBuf]) -> Result<Self, PaperError> {
        let mut files = Vec::new();
        for (name, id) in OURS {
            files.push(FontFile::load(folder.join(name), id.to_owned(), Some(expected_sum(name)))?);
        }
        for (n, path) in font_files(&folder.join(EXTRA)).into_iter().chain(own.iter().cloned()).enumerate() {
            files.push(FontFile::load(path, extra_id(n), None)?);
        }
        let more: Vec<usize> = (OURS.len()..files.len()).collect();
        let chain = |of: [usize; 3]| of.into_iter().chain(more.iter().copied()).map(FontNo).collect();
        let chains = [chain([SERIF, KAI, RARE]), chain([BOLD, KAI, RARE]), chain([KAI, SERIF, RARE])];
        Ok(Self { folder: folder.to_owned(), files, chains })
    }

    fn chain(&self, face: Face) -> &[FontNo] {
        match face {
            Face::Text => &self.chains[0],
            Face::Bold => &self.chains[1],
            Face::Name => &self.chains[2],
        }
    }

    /// The first font of a face's chain that has the character, and the character's width in 1/1000 em.
    pub fn find(&self, face: Face, c: char) -> Option<(FontNo, u16)> {
        let at = usize::try_from(u32::from(c)).ok()?;
        self.chain(face).iter().find_map(|no| {
            let advance = self.files[no.0].advances.get(at).copied()?;
            (advance != ABSENT).then_some((*no, advance))
        })
    }

    /// The glyph check: every character of a text can be drawn. `person` is named in the refusal.
    pub fn check(&self, text: &str, person: &str) -> Result<(), PaperError> {
        match text.chars().find(|c| *c != '\n' && self.find(Face::Text, *c).is_none()) {
            Some(c) => Err(self.no_glyph(text, c, person)),
            None => Ok(()),
        }
    }

    /// The refusal for a character without a glyph.
    pub(crate) fn no_glyph(&self, text: &str, c: char, person: &str) -> PaperError {
        PaperError::NoGlyph {
            person: if person.is_empty() { text.to_owned() } else { person.to_owned() },
            text: text.to_owned(),
            character: c.to_string(),
            code_point: format!("U+{:04X}", u32::from(c)),
            folder: self.folder.join(EXTRA).display().to_string(),
        }
    }

    /// Name of a font inside a PDF.
    pub(crate) fn id(&self, no: FontNo) -> &str {
        &self.files[no.0].id
    }

    /// The font for embedding; parsed when first asked for.
    pub(crate) fn parsed(&self, no: FontNo) -> Result<&ParsedFont, PaperError> {
        let file = &self.files[no.0];
        let unreadable = || PaperError::FontUnreadable { file: file.name(), detail: "cannot be embedded".to_owned() };
        if let Some(parsed) = file.parsed.get() {
            return parsed.as_ref().ok_or_else(unreadable);
        }
        let bytes = file.read()?;
        file.parsed.get_or_init(|| ParsedFont::from_bytes(&bytes, 0, &mut Vec::new())).as_ref().ok_or_else(unreadable)
    }
}

impl FontFile {
    fn load(path: PathBuf, id: String, sum: Option<String>) -> Result<Self, PaperError> {
        let mut file = Self { path, sum, id, advances: Vec::new(), parsed: OnceLock::new() };
        let bytes = file.read()?;
        let font = FontRef::new(&bytes).map_err(|e| PaperError::FontUnreadable { file: file.name(), detail: e.to_string() })?;
        file.advances = advances(&font);
        Ok(file)
    }

    fn name(&self) -> String {
        self.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
    }

    fn folder(&self) -> String {
        self.path.parent().map(|p| p.display().to_string()).unwrap_or_default()
    }

    fn read(&self) -> Result<Vec<u8>, PaperError> {
        let bytes = std::fs::read(&self.path).map_err(|_| PaperError::FontMissing { file: self.name(), folder: self.folder() })?;
        match &self.sum {
            Some(sum) if hex::encode(Sha256::digest(&bytes)) != *sum => {
                Err(PaperError::FontAltered { file: self.name(), folder: self.folder() })
            }
            _ => Ok(bytes),
        }
    }
}

/// Widths as the PDF will give them: whole thousandths, rounded down.
fn advances(font: &FontRef<'_>) -> Vec<u16> {
    let per_em = u32::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em).max(1);
    let widths = font.glyph_metrics(Size::unscaled(), LocationRef::default());
    let mut table = vec![ABSENT; CODE_POINTS];
    for (code_point, glyph) in font.charmap().mappings() {
        let slot = usize::try_from(code_point).ok().and_then(|at| table.get_mut(at));
        if let Some(slot) = slot.filter(|_| glyph != GlyphId::NOTDEF) {
            *slot = widths.advance_width(glyph).map_or(0, |w| thousandths(w, per_em));
        }
    }
    table
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a width of a font: 0 to 65,535 font units, whole")]
fn thousandths(width: f32, per_em: u32) -> u16 {
    u16::try_from(width as u32 * 1000 / per_em).unwrap_or(0).min(ABSENT - 1)
}

fn expected_sum(name: &str) -> String {
    let of = |line: &str| line.split_once("  ").filter(|(_, n)| *n == name).map(|(sum, _)| sum.to_owned());
    SUMS.lines().find_map(of).unwrap_or_default()
}

/// Font files of a folder, by name; none where there is no such folder.
pub fn font_files(folder: &Path) -> Vec<PathBuf> {
    let is_font = |p: &PathBuf| p.extension().is_some_and(|e| e.eq_ignore_ascii_case("ttf") || e.eq_ignore_ascii_case("otf"));
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut files: Vec<PathBuf> = entries.filter_map(|e| e.ok().map(|e| e.path())).filter(is_font).collect();
    files.sort();
    files
}

/// Whether a file is a font that papers can be set in; what characters beyond ours it has is up to it.
pub fn check_font(path: &Path) -> Result<(), PaperError> {
    let file = FontFile::load(path.to_owned(), extra_id(0), None)?;
    let unreadable = || PaperError::FontUnreadable { file: file.name(), detail: "cannot be embedded".to_owned() };
    ParsedFont::from_bytes(&file.read()?, 0, &mut Vec::new()).map(|_| ()).ok_or_else(unreadable)
}

/// `KWXAAA`, `KWXAAB`, …
fn extra_id(n: usize) -> String {
    let letter = |n: usize| char::from_digit(u32::try_from(n % 26).unwrap_or(0) + 10, 36).unwrap_or('a').to_ascii_uppercase();
    format!("KWX{}{}{}", letter(n / 676), letter(n / 26), letter(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// GB 18030-2022 level 3 is the unified ideographs and their extensions A to F.
    #[test]
    fn all_of_gb18030_level_3() {
        let fonts = Fonts::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/fonts")).unwrap();
        let blocks = [
            0x3400..=0x4DBF,
            0x4E00..=0x9FFF,
            0x2_0000..=0x2_A6DF,
            0x2_A700..=0x2_B739,
            0x2_B740..=0x2_B81D,
            0x2_B820..=0x2_CEA1,
            0x2_CEB0..=0x2_EBE0,
        ];
        for face in [Face::Text, Face::Bold, Face::Name] {
            for c in blocks.iter().cloned().flatten().filter_map(char::from_u32) {
                assert!(fonts.find(face, c).is_some(), "{face:?} lacks U+{:04X}", u32::from(c));
            }
        }
    }
}
