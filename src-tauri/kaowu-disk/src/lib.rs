//! Files that are whole or not there, on whatever disk or stick they lie, and names that every file system takes.

mod export;
mod name;
mod part;

pub use export::{export, is_over_event};

pub use name::{LONGEST, safe_name};
pub use part::{Part, beside, fits, found, keeps_what_is_pulled, own_name, part_names, put, remove, sync_folder, write};

#[cfg(test)]
mod tests;
