//! After the event: its figures, the closing report, the archive for the records office, the deletion of personal data.

mod archive;
mod delete;
mod figures;
mod gather;
mod report;

pub use archive::{ArchiveDoor, ArchiveMade, ArchiveOpened};
pub use delete::{CertificateReady, Deleted, DeletionOrder, PreparedDeletion};

use crate::Desk;
use kaowu_ledger::Sealed;

impl Desk {
    /// Whether this is an archive that was opened: it can be read only.
    pub fn is_archive(&self) -> bool {
        self.ledger.sealed() == Some(Sealed::Archive)
    }

    /// Whether this is what is left after personal data was deleted.
    pub fn is_closed(&self) -> bool {
        self.ledger.sealed() == Some(Sealed::Closed)
    }
}
