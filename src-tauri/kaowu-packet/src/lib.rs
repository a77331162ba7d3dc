//! Packets 交接包: an age envelope around a zip of a manifest, its SSHSIG signature, a chain of trust and files
//! (DESIGN.md §3). Anybody checks them with `age`, `unzip`, `ssh-keygen -Y verify` and `sha256sum`.
//!
//! ```text
//! root ──kaowu-site──▶ site ──kaowu-device──▶ device ──kaowu-manifest──▶ manifest.json ──sha256──▶ files
//! root ─────────────kaowu-device────────────▶ HQ's own device
//! ```

mod carry;
mod chain;
mod envelope;
mod error;
pub mod keys;
mod manifest;
mod pack;
mod second;
pub mod vault;
mod words;

pub use carry::{Carried, Ready, carry, make_ready};
pub use chain::{Chain, Continues, Files, Statement, certify_device, certify_site, read_chain, read_site};
pub use envelope::{Key, Lock, by_name, close_secret, is_passphrase, open_secret};
pub use error::PacketError;
pub use manifest::{Algorithms, FileEntry, Manifest, PacketKind};
pub use pack::{Opened, Packing, SIZE_LIMIT, open, seal};
pub use second::{SM2_SM3, second_key};
pub use words::{six_words, tidy};

#[cfg(test)]
mod tests;
