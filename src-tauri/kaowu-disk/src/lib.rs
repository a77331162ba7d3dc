//! Files that are whole or not there, on whatever disk or stick they lie, and names that every file system takes.

mod name;
mod part;

pub use name::{LONGEST, safe_name};
pub use part::{Part, beside, fits, found, own_name, part_names, put, remove, sync_folder, write};

#[cfg(test)]
mod tests;
