//! Papers are typeset off the threads that answer requests, and only a few at once: one takes tens of
//! milliseconds of a processor.

use super::{Error, Lang};
use print::{PaperLanguage, PrintError};
use std::time::Duration;
use tokio::sync::Semaphore;

/// Papers typeset at once.
const DESKS: usize = 2;
/// Requests that may wait for a desk; more are told to come again.
const WAITING_MAX: usize = 30;
/// How long one waits.
const WAIT: Duration = Duration::from_secs(10);

/// The same language in the words of papers.
#[must_use]
pub const fn paper_language(lang: Lang) -> PaperLanguage {
    match lang {
        Lang::Kk => PaperLanguage::Kk,
        Lang::Ru => PaperLanguage::Ru,
        Lang::En => PaperLanguage::En,
    }
}

/// Where papers are typeset.
#[derive(Debug)]
struct Press {
    desks: Semaphore,
    places: Semaphore,
}

static PRESS: Press = Press {
    desks: Semaphore::const_new(DESKS),
    places: Semaphore::const_new(DESKS + WAITING_MAX),
};

/// Does one piece of work of the press.
///
/// # Errors
/// [`Error::TooMany`] when everybody is busy; what the press reports.
pub async fn typeset(
    work: impl FnOnce() -> Result<Vec<u8>, PrintError> + Send + 'static,
) -> Result<Vec<u8>, Error> {
    at(&PRESS, work).await
}

async fn at(
    press: &'static Press,
    work: impl FnOnce() -> Result<Vec<u8>, PrintError> + Send + 'static,
) -> Result<Vec<u8>, Error> {
    let busy = || Error::TooMany {
        retry_after_seconds: WAIT.as_secs(),
    };
    let _place = press.places.try_acquire().map_err(|_| busy())?;
    let desk = tokio::time::timeout(WAIT, press.desks.acquire())
        .await
        .map_err(|_| busy())?
        .map_err(Error::internal)?;
    tokio::task::spawn_blocking(move || {
        let done = work();
        // Only now: the desk is taken even if nobody waits for the answer any more.
        drop(desk);
        done
    })
    .await
    .map_err(Error::internal)?
    .map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn never_more_at_once_than_there_are_desks_and_never_an_endless_queue() {
        static BUSY: AtomicUsize = AtomicUsize::new(0);
        static MOST: AtomicUsize = AtomicUsize::new(0);
        let press: &'static Press = Box::leak(Box::new(Press {
            desks: Semaphore::new(2),
            places: Semaphore::new(6),
        }));
        let work = || {
            let now = BUSY.fetch_add(1, Ordering::SeqCst) + 1;
            MOST.fetch_max(now, Ordering::SeqCst);
            std::thread::sleep(Duration::from_millis(40));
            BUSY.fetch_sub(1, Ordering::SeqCst);
            Ok(Vec::new())
        };
        let mut all = tokio::task::JoinSet::new();
        for _ in 0..12 {
            all.spawn(at(press, work));
        }
        let (mut done, mut refused) = (0, 0);
        while let Some(one) = all.join_next().await {
            match one.unwrap() {
                Ok(_) => done += 1,
                Err(Error::TooMany { .. }) => refused += 1,
                Err(other) => panic!("{other}"),
            }
        }
        assert_eq!(done + refused, 12);
        assert!(done >= 6, "{done}");
        assert!(MOST.load(Ordering::SeqCst) <= 2);
    }
}
