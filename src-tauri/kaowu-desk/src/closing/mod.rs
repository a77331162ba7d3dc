//! After the event: its figures, the closing report, the archive for the records office, the deletion of personal data.

//mod archive;
//mod delete;
mod figures;
mod report;

//pub use archive::{ArchiveMade, ArchiveOpened};
//pub use delete::{Deleted, DeletionOrder};
