//! Maps made of the journal's views that are kept and shared among readings.

use crate::error::Result;
use kaowu_ledger::Reader;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// A map that others hold, too: whoever changes it changes a copy of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept<K, V>(Arc<BTreeMap<K, V>>);

impl<K: Clone + Ord + Send + Sync + 'static, V: Clone + Send + Sync + 'static> Kept<K, V> {
    /// The map of that name, made of the live facts of `topics` and of the plan, or as it was last made.
    pub(crate) fn of(reader: &Reader, name: &str, topics: &[&str], make: impl FnOnce() -> Result<BTreeMap<K, V>>) -> Result<Self> {
        Ok(Self(reader.kept(name, topics, make)?))
    }
}

impl<K, V> From<BTreeMap<K, V>> for Kept<K, V> {
    fn from(map: BTreeMap<K, V>) -> Self {
        Self(Arc::new(map))
    }
}

impl<K: Clone + Ord, V: Clone> Kept<K, V> {
    /// The map itself, a copy where others hold it, too.
    pub fn into_map(self) -> BTreeMap<K, V> {
        Arc::unwrap_or_clone(self.0)
    }

    /// Copies of the keys.
    pub fn into_keys(self) -> std::vec::IntoIter<K> {
        self.0.keys().cloned().collect::<Vec<_>>().into_iter()
    }

    /// Copies of the values.
    pub fn into_values(self) -> std::vec::IntoIter<V> {
        self.0.values().cloned().collect::<Vec<_>>().into_iter()
    }
}

impl<K: Serialize, V: Serialize> Serialize for Kept<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<K, V> Deref for Kept<K, V> {
    type Target = BTreeMap<K, V>;
    fn deref(&self) -> &BTreeMap<K, V> {
        &self.0
    }
}

impl<K: Clone + Ord, V: Clone> DerefMut for Kept<K, V> {
    fn deref_mut(&mut self) -> &mut BTreeMap<K, V> {
        Arc::make_mut(&mut self.0)
    }
}

impl<K: Clone, V: Clone> IntoIterator for Kept<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(|(k, v)| (k.clone(), v.clone())).collect::<Vec<_>>().into_iter()
    }
}

impl<'a, K, V> IntoIterator for &'a Kept<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = std::collections::btree_map::Iter<'a, K, V>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
