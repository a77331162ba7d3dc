//! File systems of sticks: how an image of one is made and looked at, with nothing of the kernel that wrote it.

use super::{exfat, must, scratch, tool};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Fat,
    Exfat,
}

/// What is on a stick.
#[derive(Default)]
pub(super) struct Look {
    /// The files that are whole by what the file system says of them.
    pub(super) files: BTreeMap<String, Vec<u8>>,
    /// Whether two names share blocks.
    pub(super) shared: bool,
    /// Files some of whose blocks are set down as free, so that the next file is given them.
    pub(super) free: BTreeSet<String>,
}

impl Kind {
    /// Its name for the scripts.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Fat => "vfat",
            Self::Exfat => "exfat",
        }
    }

    /// A stick of so many megabytes with a file system of so many kilobytes.
    pub(super) fn image(self, folder: &Path, name: &str, megabytes: u64, kilobytes: u64) -> PathBuf {
        let image = folder.join(name);
        let file = std::fs::File::create(&image).unwrap();
        file.set_len(kilobytes << 10).unwrap();
        let text = image.to_str().unwrap();
        match self {
            Self::Fat => must("mkfs.vfat", &["-F", "32", text]),
            Self::Exfat => must("mkfs.exfat", &[text]),
        };
        file.set_len(megabytes << 20).unwrap();
        image
    }

    /// What is on a stick, read by something else than what wrote it. What is torn stays away.
    pub(super) fn look(self, image: &Path) -> Look {
        let text = image.to_str().unwrap();
        match self {
            Self::Fat => {
                Look { files: mtools(text), shared: tool("fsck.vfat", &["-n", text]).1.contains("share clusters"), ..Look::default() }
            }
            Self::Exfat => look_at_exfat(&std::fs::read(image).unwrap()),
        }
    }

    pub(super) fn files(self, image: &Path) -> BTreeMap<String, Vec<u8>> {
        self.look(image).files
    }

    /// Held to be without fault by the file system's own program, after it was switched off in peace.
    pub(super) fn is_clean(self, image: &Path) {
        let text = image.to_str().unwrap();
        match self {
            Self::Fat => must("fsck.vfat", &["-n", text]),
            Self::Exfat => must("fsck.exfat", &["-n", text]),
        };
    }
}

fn mtools(image: &str) -> BTreeMap<String, Vec<u8>> {
    let out = scratch();
    for name in tool("mdir", &["-b", "-i", image, "::/"]).1.lines().filter(|line| line.starts_with("::/")) {
        let _torn = tool("mcopy", &["-n", "-i", image, name, out.path().to_str().unwrap()]);
    }
    let files = std::fs::read_dir(out.path()).unwrap().map(|e| e.unwrap().path());
    files.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap())).collect()
}

fn look_at_exfat(disk: &[u8]) -> Look {
    let volume = exfat::Volume::of(disk);
    let (mut look, mut of) = (Look::default(), BTreeSet::new());
    for (name, file) in volume.files() {
        look.shared |= file.clusters.iter().any(|cluster| !of.insert(*cluster));
        if !file.clusters.iter().all(|cluster| volume.taken(*cluster)) {
            look.free.insert(name.clone());
        }
        look.files.insert(name, file.bytes);
    }
    look
}
