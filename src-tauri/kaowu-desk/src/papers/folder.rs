//! All papers of a part at once, into a folder.

use super::{PaperKind, PaperOf, write_file};
use crate::error::{DeskError, DeskFault, Result};
use crate::{Ctx, Desk};
use kaowu_papers::{Fonts, PaperError};
use std::path::{Path, PathBuf};

impl Desk {
    /// Writes every paper of a part that there is something to print on, in the order in which they are needed; of one
    /// site or room where `of` names it. Its kind does not matter. All are made before the first is written.
    pub fn papers_of_part(&self, ctx: &Ctx, fonts: &Fonts, of: &PaperOf<'_>, folder: &Path) -> Result<Vec<PathBuf>> {
        let interview = self.view().part(of.stage, of.part)?.panel.is_some();
        let kinds: &[PaperKind] = if interview { &PaperKind::INTERVIEW } else { &PaperKind::WRITTEN };
        let mut made = Vec::new();
        for (n, kind) in kinds.iter().enumerate() {
            match self.paper(ctx, fonts, &PaperOf { kind, ..of.clone() }) {
                Ok(bytes) => made.push((folder.join(format!("{:02}-{}.pdf", n + 1, kind.title())), bytes)),
                // No incident yet, nobody absent: no paper, and no reason to print none of the others.
                Err(DeskError::Desk(DeskFault::NothingToPrint) | DeskError::Paper(PaperError::NothingToPrint { .. })) => {}
                Err(error) => return Err(error),
            }
        }
        if made.is_empty() {
            return Err(DeskFault::NothingToPrint.into());
        }
        std::fs::create_dir_all(folder).map_err(|e| DeskFault::unwritable(folder, &e))?;
        for (path, bytes) in &made {
            write_file(path, bytes)?;
        }
        Ok(made.into_iter().map(|(path, _)| path).collect())
    }
}
