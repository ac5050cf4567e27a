//! Public pages and files kept as they were last made, so that a whole country can look at one page.
//!
//! A page is rendered anew when something it shows has changed, which the follower of the log of acts
//! ([`crate::platform::live`]) tells, and after a second at the latest, because it says what time it is.
//! Downloads are kept for a minute, and so is what is as of a day that is over (`days.rs`). Many readers who ask at once wait
//! for one rendering. Pages of people who have signed in are never kept, and nothing is kept that was refused: an
//! invented address costs no memory. What a walk over many rows found out is kept for a moment for everybody (`finds.rs`).

mod answer;
mod days;
mod finds;
mod shelf;

pub use answer::Form;

use super::Ctx;
use crate::platform::{Error, Lang};
use answer::Page;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use days::Days;
use finds::Find;
use shelf::Shelf;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

/// Longer than this no page is shown without looking again.
const FRESH: Duration = Duration::from_secs(1);
/// Longer than this no file is given without looking again: it says what time it is as of.
const FILE_FRESH: Duration = Duration::from_secs(60);
/// A page of an election night: about 60 KiB, packed 10 KiB; 1,600 pages in three languages.
const BYTES_MAX: usize = 256 * 1024 * 1024;
/// The largest page or file that is kept, in bytes.
const ONE_BYTES_MAX: usize = 32 * 1024 * 1024;

/// The pages and files of one program.
#[derive(Debug)]
pub struct Kept {
    shelf: Mutex<Shelf<Key, Page>>,
    /// What is as of a day that is over.
    days: Days,
    finds: Mutex<Shelf<Key, Find>>,
    flights: Mutex<HashMap<Key, Flight>>,
    versions: RwLock<Versions>,
    /// Without a follower nobody would tell of changes: then nothing is kept.
    followed: AtomicBool,
}

impl Default for Kept {
    fn default() -> Self {
        Self::with_budget(BYTES_MAX)
    }
}

/// Held while something is made; who asks for the same waits.
type Flight = Arc<tokio::sync::Mutex<()>>;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    path: String,
    lang: Option<Lang>,
    /// What stands behind the question mark, in one form.
    query: String,
}

/// On which shelf something stands, and what makes it old.
#[derive(Clone, Copy, Debug)]
struct Keeps<'a> {
    shows: Shows<'a>,
    /// Whatever else than the log decides what is in it.
    seen: u64,
    /// It is as of a day that is over: no act of today changes it.
    over: bool,
    for_at_most: Duration,
}

/// What a kept page was made from: the changes it shows, and what else its maker looked at.
type Version = (u64, u64, u64);

/// How often things have changed, since the program runs.
#[derive(Debug, Default)]
struct Versions {
    /// Anything at all.
    all: u64,
    /// What belongs to no contest.
    general: u64,
    contests: HashMap<String, u64>,
}

/// What a page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows<'a> {
    /// One contest and what belongs to none.
    Contest(&'a str),
    /// Anything.
    All,
}

/// A flight that ends when whoever holds it is done, has failed, or went away.
struct Aboard<'k> {
    kept: &'k Kept,
    key: Key,
    flight: Flight,
}

impl Drop for Aboard<'_> {
    fn drop(&mut self) {
        let mut flights = self
            .kept
            .flights
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        // The map's and this one: nobody else waits.
        if Arc::strong_count(&self.flight) <= 2 {
            flights.remove(&self.key);
        }
    }
}

impl Kept {
    fn with_budget(bytes: usize) -> Self {
        Self {
            shelf: Mutex::new(Shelf::new(bytes)),
            days: Days::default(),
            finds: Mutex::new(Shelf::new(finds::MANY)),
            flights: Mutex::default(),
            versions: RwLock::default(),
            followed: AtomicBool::default(),
        }
    }

    /// Somebody follows the log from now on (or no longer).
    pub fn set_followed(&self, followed: bool) {
        self.followed.store(followed, Ordering::SeqCst);
    }

    /// Something changed; an empty id belongs to no contest.
    pub fn changed(&self, contest_id: &str) {
        let mut versions = self
            .versions
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        versions.all += 1;
        if contest_id.is_empty() {
            versions.general += 1;
        } else if let Some(version) = versions.contests.get_mut(contest_id) {
            *version += 1;
        } else {
            versions.contests.insert(contest_id.to_owned(), 1);
        }
    }

    fn version(&self, keeps: Keeps<'_>) -> Version {
        if keeps.over {
            return (0, 0, keeps.seen);
        }
        let versions = self.versions.read().unwrap_or_else(PoisonError::into_inner);
        match keeps.shows {
            Shows::All => (versions.all, 0, keeps.seen),
            Shows::Contest(id) => (
                versions.general,
                versions.contests.get(id).copied().unwrap_or(0),
                keeps.seen,
            ),
        }
    }

    fn shelf(&self, over: bool) -> MutexGuard<'_, Shelf<Key, Page>> {
        let shelf = if over { &self.days.shelf } else { &self.shelf };
        shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether anything is kept for whoever asks.
    fn keeps_for(&self, ctx: &Ctx) -> bool {
        ctx.signed_in.is_none() && self.followed.load(Ordering::SeqCst)
    }

    fn aboard(&self, key: Key) -> Aboard<'_> {
        let mut flights = self.flights.lock().unwrap_or_else(PoisonError::into_inner);
        let flight = Arc::clone(flights.entry(key.clone()).or_default());
        Aboard {
            kept: self,
            key,
            flight,
        }
    }

    fn fresh(&self, key: &Key, version: Version, keeps: Keeps<'_>) -> Option<Arc<Page>> {
        self.shelf(keeps.over)
            .get(key)
            .filter(|page| page.is_of(version, keeps.for_at_most))
    }

    /// The kept page, or a new rendering that is kept from now on.
    ///
    /// # Errors
    /// Those of the rendering.
    pub fn or_render<F>(
        &self,
        ctx: &Ctx,
        headers: &HeaderMap,
        shows: Shows<'_>,
        render: F,
    ) -> impl Future<Output = Result<Response, Error>>
    where
        F: Future<Output = Result<String, Error>>,
    {
        // The rendering is large; in a place of its own it doesn't make all around it large.
        let render = Box::pin(render);
        async move {
            let Some(key) = self.key(ctx) else {
                return Ok(axum::response::Html(render.await?).into_response());
            };
            let made = async { render.await.map(String::into_bytes) };
            let keeps = Keeps {
                shows,
                seen: 0,
                over: false,
                for_at_most: FRESH,
            };
            let page = self.or_make_page(key, keeps, Form::page(), made).await?;
            Ok(page.answer(headers))
        }
    }

    /// [`Kept::or_render`] for a page that may be asked for as of a day (`?as_of=`). `names` are the other parts of a query
    /// that it reads, each of which it refuses where it knows no such thing.
    ///
    /// # Errors
    /// Those of the rendering; [`Error::TooMany`] where one address asks for too many days, or everybody does.
    pub fn or_render_day<F>(
        &self,
        ctx: &Ctx,
        headers: &HeaderMap,
        (shows, names): (Shows<'_>, &[&str]),
        render: F,
    ) -> impl Future<Output = Result<Response, Error>>
    where
        F: Future<Output = Result<String, Error>>,
    {
        let render = Box::pin(render);
        async move {
            let days::Asked { query, over } = days::asked(ctx, names);
            let made = async move {
                let _turn = self.turn(ctx, over).await?;
                render.await.map(String::into_bytes)
            };
            let query = query.filter(|_| self.keeps_for(ctx));
            let Some(query) = query else {
                return Ok(axum::response::Html(made.await?).into_response());
            };
            let key = Key {
                path: ctx.uri.path().to_owned(),
                lang: Some(ctx.lang()),
                query,
            };
            let keeps = Keeps {
                shows,
                seen: 0,
                over,
                for_at_most: if over { days::FRESH } else { FRESH },
            };
            let page = self.or_make_page(key, keeps, Form::page(), made).await?;
            Ok(page.answer(headers))
        }
    }

    /// [`Kept::or_make`] for a file that may be as of a day that is `over`; its name says which.
    ///
    /// # Errors
    /// Those of the making; [`Error::TooMany`] as for pages.
    pub fn or_make_day<F>(
        &self,
        (ctx, headers): (&Ctx, &HeaderMap),
        name: String,
        (shows, over): (Shows<'_>, bool),
        form: Form,
        make: F,
    ) -> impl Future<Output = Result<Response, Error>>
    where
        F: Future<Output = Result<Vec<u8>, Error>>,
    {
        let make = Box::pin(make);
        let made = async move {
            let _turn = self.turn(ctx, over).await?;
            make.await
        };
        self.or_make_file(headers, name, (shows, 0, over), form, made)
    }

    /// The kept file, or one made now and kept from now on. `name` is its address in a form that says the same
    /// for everybody. `seen` stands for whatever else than the log decides what is in it, such as which votes
    /// may be shown by now.
    ///
    /// # Errors
    /// Those of the making.
    pub fn or_make<F>(
        &self,
        headers: &HeaderMap,
        name: String,
        (shows, seen): (Shows<'_>, u64),
        form: Form,
        make: F,
    ) -> impl Future<Output = Result<Response, Error>>
    where
        F: Future<Output = Result<Vec<u8>, Error>>,
    {
        let make = Box::pin(make);
        self.or_make_file(headers, name, (shows, seen, false), form, make)
    }

    async fn or_make_file<F>(
        &self,
        headers: &HeaderMap,
        name: String,
        (shows, seen, over): (Shows<'_>, u64, bool),
        form: Form,
        make: F,
    ) -> Result<Response, Error>
    where
        F: Future<Output = Result<Vec<u8>, Error>>,
    {
        let key = Key {
            path: name,
            lang: None,
            query: String::new(),
        };
        let keeps = Keeps {
            shows,
            seen,
            over,
            for_at_most: if over { days::FRESH } else { FILE_FRESH },
        };
        let page = if self.followed.load(Ordering::SeqCst) {
            self.or_make_page(key, keeps, form, make).await?
        } else {
            Arc::new(Page::new(self.version(keeps), form, make.await?).await?)
        };
        Ok(page.answer(headers))
    }

    async fn or_make_page<F>(
        &self,
        key: Key,
        keeps: Keeps<'_>,
        form: Form,
        make: F,
    ) -> Result<Arc<Page>, Error>
    where
        F: Future<Output = Result<Vec<u8>, Error>>,
    {
        if let Some(page) = self.fresh(&key, self.version(keeps), keeps) {
            return Ok(page);
        }
        let aboard = self.aboard(key);
        let _held = aboard.flight.lock().await;
        // Before the making: what changes meanwhile makes it old.
        let version = self.version(keeps);
        if let Some(page) = self.fresh(&aboard.key, version, keeps) {
            return Ok(page);
        }
        let page = Arc::new(Page::new(version, form, make.await?).await?);
        if page.size() <= ONE_BYTES_MAX {
            self.shelf(keeps.over)
                .put(aboard.key.clone(), Arc::clone(&page), page.size());
        }
        Ok(page)
    }

    /// Only plain addresses are kept: a made-up query must not fill the memory.
    fn key(&self, ctx: &Ctx) -> Option<Key> {
        let plain = match ctx.uri.query() {
            None => true,
            Some(query) => query
                .strip_prefix("lang=")
                .is_some_and(|code| Lang::from_code(code).is_some()),
        };
        (plain && self.keeps_for(ctx)).then(|| Key {
            path: ctx.uri.path().to_owned(),
            lang: Some(ctx.lang()),
            query: String::new(),
        })
    }
}

#[cfg(test)]
mod tests;
