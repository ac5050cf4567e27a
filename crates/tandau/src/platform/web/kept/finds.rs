//! What a walk over many rows found out: whether anything in the country has changed since it was signed, what is wrong in
//! a region. Every page of an office asks, and reports arrive all the time: it is looked up again when something has
//! changed, but not more often than every few seconds, and by one at a time.

use super::{FILE_FRESH, Kept, Key};
use crate::platform::Error;
use std::any::Any;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

/// So long it serves everybody, whatever happens meanwhile.
pub(super) const LOOK: Duration = Duration::from_secs(5);
/// Things found out that are kept.
pub(super) const MANY: usize = 512;

/// Something that was found out.
#[derive(Debug)]
pub(super) struct Find {
    /// After how many changes.
    version: u64,
    made: Instant,
    value: Arc<dyn Any + Send + Sync>,
}

impl Kept {
    /// What was found out under this name, or what `find` finds out now. It is small: a word, a list with an end. It is
    /// for pages that say what was so a moment ago; no act rests on it.
    ///
    /// # Errors
    /// Those of the finding.
    pub fn or_find<V, F>(
        &self,
        name: String,
        find: F,
    ) -> impl Future<Output = Result<Arc<V>, Error>>
    where
        V: Send + Sync + 'static,
        F: Future<Output = Result<V, Error>>,
    {
        let find = Box::pin(find);
        async move {
            if !self.followed.load(Ordering::SeqCst) {
                return Ok(Arc::new(find.await?));
            }
            let key = Key {
                path: name,
                lang: None,
                query: "found".to_owned(),
            };
            let old = match self.found::<V>(&key) {
                Some((value, true)) => return Ok(value),
                Some((value, false)) => Some(value),
                None => None,
            };
            let aboard = self.aboard(key);
            let _held = match (aboard.flight.try_lock(), old) {
                (Ok(held), _) => held,
                // Somebody is looking: what was seen last will do.
                (Err(_), Some(old)) => return Ok(old),
                (Err(_), None) => aboard.flight.lock().await,
            };
            if let Some((value, true)) = self.found::<V>(&aboard.key) {
                return Ok(value);
            }
            // Before the finding: what changes meanwhile makes it old.
            let (version, made) = (self.changes(), Instant::now());
            let value = Arc::new(find.await?);
            self.keep(aboard.key.clone(), (version, made), Arc::<V>::clone(&value));
            Ok(value)
        }
    }

    fn keep(&self, key: Key, (version, made): (u64, Instant), value: Arc<dyn Any + Send + Sync>) {
        let found = Find {
            version,
            made,
            value,
        };
        let mut finds = self.finds.lock().unwrap_or_else(PoisonError::into_inner);
        finds.put(key, Arc::new(found), 1);
    }

    /// What was found out not too long ago, and whether that still holds.
    fn found<V: Send + Sync + 'static>(&self, key: &Key) -> Option<(Arc<V>, bool)> {
        let mut finds = self.finds.lock().unwrap_or_else(PoisonError::into_inner);
        let found = finds.get(key)?;
        let age = found.made.elapsed();
        if age >= FILE_FRESH {
            return None;
        }
        let holds = age < LOOK || found.version == self.changes();
        let value = Arc::clone(&found.value).downcast::<V>().ok()?;
        Some((value, holds))
    }

    fn changes(&self) -> u64 {
        let versions = self.versions.read().unwrap_or_else(PoisonError::into_inner);
        versions.all
    }
}

#[cfg(test)]
mod tests;
