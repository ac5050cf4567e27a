//! A shelf of a given size in bytes: what has not been asked for longest makes room.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::sync::Arc;

#[derive(Debug)]
pub(super) struct Shelf<K, V> {
    things: HashMap<K, Held<V>>,
    /// By the time of their last use, the oldest first.
    by_use: BTreeMap<u64, K>,
    uses: u64,
    bytes: usize,
    bytes_max: usize,
}

#[derive(Debug)]
struct Held<V> {
    thing: Arc<V>,
    size: usize,
    used: u64,
}

impl<K: Clone + Eq + Hash, V> Shelf<K, V> {
    pub(super) fn new(bytes_max: usize) -> Self {
        Self {
            things: HashMap::new(),
            by_use: BTreeMap::new(),
            uses: 0,
            bytes: 0,
            bytes_max,
        }
    }

    pub(super) fn get(&mut self, key: &K) -> Option<Arc<V>> {
        let held = self.things.get_mut(key)?;
        self.uses += 1;
        self.by_use.remove(&held.used);
        held.used = self.uses;
        self.by_use.insert(self.uses, key.clone());
        Some(Arc::clone(&held.thing))
    }

    /// Puts a thing in its place; what is larger than the whole shelf is not kept.
    pub(super) fn put(&mut self, key: K, thing: Arc<V>, size: usize) {
        self.remove(&key);
        if size > self.bytes_max {
            return;
        }
        while self.bytes.saturating_add(size) > self.bytes_max {
            let Some(oldest) = self.by_use.values().next().cloned() else {
                break;
            };
            self.remove(&oldest);
        }
        self.uses += 1;
        self.bytes = self.bytes.saturating_add(size);
        self.by_use.insert(self.uses, key.clone());
        let used = self.uses;
        self.things.insert(key, Held { thing, size, used });
    }

    fn remove(&mut self, key: &K) {
        if let Some(held) = self.things.remove(key) {
            self.by_use.remove(&held.used);
            self.bytes = self.bytes.saturating_sub(held.size);
        }
    }

    #[cfg(test)]
    pub(super) fn state(&self) -> (usize, usize) {
        assert_eq!(self.things.len(), self.by_use.len());
        (self.things.len(), self.bytes)
    }
}
