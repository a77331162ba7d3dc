//! A reader of exFAT, written from Microsoft's specification and not from the kernel that wrote it: what is on a stick that was
//! pulled. Strict as Windows is: a set of entries whose checksum does not hold is no file.

use std::collections::BTreeMap;

/// A file, and the clusters in which it lies.
pub(super) struct File {
    pub(super) bytes: Vec<u8>,
    pub(super) clusters: Vec<usize>,
}

pub(super) struct Volume<'a> {
    disk: &'a [u8],
    cluster: usize,
    fat: usize,
    heap: usize,
    count: usize,
    root: usize,
}

fn number(bytes: &[u8], at: usize, size: usize) -> usize {
    bytes[at..at + size].iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte))
}

impl<'a> Volume<'a> {
    pub(super) fn of(disk: &'a [u8]) -> Self {
        assert_eq!(&disk[3..11], b"EXFAT   ");
        let sector = 1 << disk[108];
        Self {
            disk,
            cluster: sector << disk[109],
            fat: number(disk, 80, 4) * sector,
            heap: number(disk, 88, 4) * sector,
            count: number(disk, 92, 4),
            root: number(disk, 96, 4),
        }
    }

    /// None where the chain leads nowhere.
    fn chain(&self, first: usize, length: Option<usize>, in_a_row: bool) -> Option<Vec<usize>> {
        let (mut at, mut chain) = (first, Vec::new());
        let wanted = length.map(|bytes| bytes.div_ceil(self.cluster));
        while wanted.is_none_or(|wanted| chain.len() < wanted) {
            if at == 0xFFFF_FFFF && wanted.is_none() {
                break;
            }
            if !(2..self.count + 2).contains(&at) || chain.len() > self.count {
                return None;
            }
            chain.push(at);
            at = if in_a_row { at + 1 } else { number(self.disk, self.fat + at * 4, 4) };
        }
        Some(chain)
    }

    fn read(&self, chain: &[usize], length: usize) -> Vec<u8> {
        let at = |cluster: &usize| self.heap + (cluster - 2) * self.cluster;
        let mut bytes: Vec<u8> = chain.iter().flat_map(|cluster| &self.disk[at(cluster)..at(cluster) + self.cluster]).copied().collect();
        bytes.truncate(length);
        bytes
    }

    fn root(&self) -> Vec<u8> {
        let chain = self.chain(self.root, None, false).expect("a folder");
        self.read(&chain, usize::MAX)
    }

    /// The files of the first folder that are whole by their entries.
    pub(super) fn files(&self) -> BTreeMap<String, File> {
        let root = self.root();
        let (mut files, mut at) = (BTreeMap::new(), 0);
        while at < root.len() && root[at] != 0 {
            let entries = usize::from(root[at + 1]) + 1;
            let set = &root[at..root.len().min(at + entries * 32)];
            let file = if root[at] == 0x85 && (3..=19).contains(&entries) { self.file(set) } else { None };
            at += if file.is_some() { entries * 32 } else { 32 };
            files.extend(file);
        }
        files
    }

    fn file(&self, set: &[u8]) -> Option<(String, File)> {
        let sum = set
            .iter()
            .enumerate()
            .filter(|(n, _)| !matches!(n, 2 | 3))
            .fold(0u16, |sum, (_, b)| sum.rotate_right(1).wrapping_add(u16::from(*b)));
        let stream = set.get(32..64)?;
        if usize::from(sum) != number(set, 2, 2) || stream[0] != 0xC0 || set[64..].chunks(32).any(|entry| entry[0] != 0xC1) {
            return None;
        }
        let letters: Vec<u16> =
            set[64..].chunks(32).flat_map(|entry| entry[2..].chunks(2)).map(|c| u16::from_le_bytes([c[0], c[1]])).collect();
        let name = String::from_utf16_lossy(letters.get(..usize::from(stream[3]))?);
        let (valid, length) = (number(stream, 8, 8), number(stream, 24, 8));
        let clusters = self.chain(number(stream, 20, 4), Some(length), stream[1] & 2 != 0)?;
        let mut bytes = self.read(&clusters, length);
        bytes.get_mut(valid..)?.fill(0);
        Some((name, File { bytes, clusters }))
    }

    /// Whether a cluster is set down as taken: one that is not is given to the next file.
    pub(super) fn taken(&self, cluster: usize) -> bool {
        let root = self.root();
        let entry = root.chunks(32).find(|entry| entry[0] == 0x81).expect("a bitmap");
        let at = self.heap + (number(entry, 20, 4) - 2) * self.cluster + (cluster - 2) / 8;
        self.disk[at] >> ((cluster - 2) % 8) & 1 == 1
    }
}
