//! The folders of an event that is played: one database a laptop, sticks between them.

use kaowu_desk::{DeskFault, Result};
use std::path::{Path, PathBuf};

/// The folder of the event's files, where they are written beside it.
pub(crate) const FILES: &str = "0-演练文件";

/// All that an event puts into its folder, but for the summary.
const TOPS: [&str; 5] = [FILES, "1-总部", "2-考点", "3-U盘", "4-结果"];

pub(crate) struct Folders {
    pub(crate) data: PathBuf,
    pub(crate) hq: PathBuf,
    pub(crate) sites: PathBuf,
    pub(crate) out_stick: PathBuf,
    pub(crate) home_stick: PathBuf,
    pub(crate) results: PathBuf,
}

impl Folders {
    /// Makes them in a folder that is empty or not there yet.
    pub(crate) fn make(folder: &Path, data: &Path) -> Result<Self> {
        must_be_empty(folder)?;
        let made = |name: &str| -> Result<PathBuf> {
            let path = folder.join(name);
            std::fs::create_dir_all(&path).map_err(|e| unwritable(&path, &e))?;
            Ok(path)
        };
        Ok(Self {
            data: data.to_owned(),
            hq: made("1-总部")?,
            sites: made("2-考点")?,
            out_stick: made("3-U盘/下发")?,
            home_stick: made("3-U盘/上交")?,
            results: made("4-结果")?,
        })
    }
}

pub(crate) fn must_be_empty(folder: &Path) -> Result<()> {
    if folder.exists() && std::fs::read_dir(folder).map_err(|e| unwritable(folder, &e))?.next().is_some() {
        return Err(DeskFault::FolderNotEmpty { folder: folder.display().to_string() }.into());
    }
    Ok(())
}

/// Does the work in a folder that is empty or not there yet, and leaves it so again if the work is refused.
pub(crate) fn whole_or_nothing<O>(folder: &Path, work: impl FnOnce() -> Result<O>) -> Result<O> {
    must_be_empty(folder)?;
    let missing: Vec<PathBuf> = folder.ancestors().take_while(|f| !f.as_os_str().is_empty() && !f.exists()).map(Path::to_owned).collect();
    let done = work();
    if done.is_err() {
        for top in TOPS.iter().map(|name| folder.join(name)).filter(|path| path.exists()) {
            std::fs::remove_dir_all(&top).map_err(|e| unwritable(&top, &e))?;
        }
        for made in &missing {
            // One into which somebody else has put something meanwhile stays.
            let _kept = std::fs::remove_dir(made);
        }
    }
    done
}

pub(crate) fn unwritable(path: &Path, error: &std::io::Error) -> DeskFault {
    DeskFault::FileUnwritable { file: path.display().to_string(), detail: error.to_string() }
}
