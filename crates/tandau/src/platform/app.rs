//! What a running program holds, and who acts in it.

use super::access::{self, Action, Actor, Policy};
use super::clock::Clock;
use super::database::{Connection, Database, Reader, Transaction};
use super::files::FileStore;
use super::i18n::{Lang, T};
use super::live::Hub;
use super::rules::Rules;
use super::web::Kept;
use super::{Error, audit};
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sha2::Sha256;
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What a method of a trait gives by which rooms are linked: traits with `async fn` can't be objects.
pub type Answer<'a, T> =
    std::pin::Pin<Box<dyn std::future::Future<Output = Result<T, Error>> + Send + 'a>>;

/// The running program; cheap to clone.
#[derive(Clone, Debug)]
pub struct App(Arc<Inner>);

/// What [`App`] holds.
#[derive(Debug)]
pub struct Inner {
    /// The database.
    pub database: Database,
    /// The only source of time.
    pub clock: Clock,
    /// Attached papers.
    pub files: FileStore,
    /// Who may do what.
    pub policy: Policy,
    /// Law as data.
    pub rules: Rules,
    /// Tells open pages that something changed.
    pub hub: Hub,
    /// Public pages as last rendered.
    pub kept: Kept,
    /// The zone in which pages without a place show times.
    pub home_zone: TimeZone,
    /// What rooms gave each other: each finds by type what others left for it.
    pub links: axum::http::Extensions,
    /// Settings of this installation.
    pub settings: Settings,
    /// Keys of this installation.
    pub secret: Secret,
    ready: AtomicBool,
}

/// Settings that pages and guards ask for.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The data folder.
    pub data: PathBuf,
    /// A demo folder: synthetic figures, its own clock, one-click sign-in.
    pub demo: bool,
    /// The site is reached over TLS: cookies are marked so.
    pub secure_cookies: bool,
    /// The name under which the log of acts signs.
    pub log_name: String,
    /// Scheme and host under which everybody reaches the site, `https://tandau.example`, without a slash at the end. What is signed
    /// or printed names it; none when nobody said.
    pub address: Option<String>,
}

/// The key of this installation, from which everything is made that it has to know again. Never printed.
#[derive(Clone)]
pub struct Secret(pub [u8; 32]);

impl Secret {
    /// What vouches for a text, for one purpose: what is made for another never fits.
    #[must_use]
    pub fn mac(&self, purpose: &str, text: &[u8]) -> Hmac<Sha256> {
        // An HMAC key may have any length, so this can't fail; the empty key is never reached.
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&self.0)
            .unwrap_or_else(|_| Hmac::new(&Default::default()));
        mac.update(purpose.as_bytes());
        mac.update(b"\0");
        mac.update(text);
        mac
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What [`App::new`] puts together.
#[derive(Debug)]
pub struct Parts {
    /// The database.
    pub database: Database,
    /// The clock.
    pub clock: Clock,
    /// Where papers are kept.
    pub files: FileStore,
    /// Powers.
    pub policy: Policy,
    /// Law.
    pub rules: Rules,
    /// The home zone.
    pub home_zone: TimeZone,
    /// What rooms gave each other.
    pub links: axum::http::Extensions,
    /// Settings.
    pub settings: Settings,
    /// Keys.
    pub secret: Secret,
}

impl App {
    /// Puts the parts together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(Inner {
            database: parts.database,
            clock: parts.clock,
            files: parts.files,
            policy: parts.policy,
            rules: parts.rules,
            hub: Hub::default(),
            kept: Kept::default(),
            home_zone: parts.home_zone,
            links: parts.links,
            settings: parts.settings,
            secret: parts.secret,
            ready: AtomicBool::new(false),
        }))
    }

    /// Says that the site can serve.
    pub fn set_ready(&self, ready: bool) {
        self.0.ready.store(ready, Ordering::SeqCst);
    }

    /// Whether the site can serve.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.0.ready.load(Ordering::SeqCst)
    }

    /// One reading connection.
    ///
    /// # Errors
    /// When none is to be had.
    pub async fn read(&self) -> Result<Reader, Error> {
        Ok(self.database.read().await?)
    }

    /// Today in the home zone.
    #[must_use]
    pub fn today(&self) -> Date {
        self.clock.today(&self.home_zone)
    }
}

impl Deref for App {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

/// Who does something, when, and in which language the answer is read. Every action takes one.
#[derive(Clone, Debug)]
pub struct Acting {
    app: App,
    actor: Arc<Actor>,
    t: T,
    at: Option<Timestamp>,
}

impl Acting {
    /// A person at a page.
    #[must_use]
    pub const fn new(app: App, actor: Arc<Actor>, t: T) -> Self {
        Self {
            app,
            actor,
            t,
            at: None,
        }
    }

    /// A command on the machine itself.
    #[must_use]
    pub fn operator(app: App) -> Self {
        Self::new(app, Arc::new(Actor::operator()), T::new(Lang::En))
    }

    /// The program itself, at a moment of the clock that it works by.
    #[must_use]
    pub fn system(app: App, at: Timestamp) -> Self {
        Self::new(app, Arc::new(Actor::system()), T::new(Lang::En)).at(at)
    }

    /// The same actor at a stated time of the election: the demo's player uses it to put the day on record.
    #[must_use]
    pub fn at(mut self, at: Timestamp) -> Self {
        self.at = Some(at);
        self
    }

    /// The program.
    #[must_use]
    pub const fn app(&self) -> &App {
        &self.app
    }

    /// Who.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The id of the person, for columns such as `made_by`.
    #[must_use]
    pub fn person(&self) -> &str {
        &self.actor.person_id
    }

    /// Messages in the actor's language.
    #[must_use]
    pub const fn t(&self) -> T {
        self.t
    }

    /// The time of the act.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.at.unwrap_or_else(|| self.app.clock.now())
    }

    /// The date of the act in the home zone.
    #[must_use]
    pub fn today(&self) -> Date {
        self.now()
            .to_zoned_datetime(self.app.home_zone.clone())
            .date()
    }

    /// Begins the transaction of one act.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn begin(&self) -> Result<Transaction, Error> {
        Ok(self.app.database.begin().await?)
    }

    /// Decides on the object; the first line of every action.
    ///
    /// # Errors
    /// [`Error::Forbidden`] when the actor has no such power there.
    pub async fn require(
        &self,
        connection: &mut Connection,
        action: Action,
        area_id: &str,
        state: Option<&str>,
    ) -> Result<(), Error> {
        access::require(
            connection,
            &self.app.policy,
            &self.actor,
            action,
            area_id,
            state,
        )
        .await
    }

    /// Whether the actor has a power there, for pages that show only what may be done.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn may(
        &self,
        connection: &mut Connection,
        action: Action,
        area_id: &str,
        state: Option<&str>,
    ) -> Result<bool, Error> {
        match self.require(connection, action, area_id, state).await {
            Ok(()) => Ok(true),
            Err(Error::Forbidden(_)) => Ok(false),
            Err(other) => Err(other),
        }
    }

    /// The areas of the actor's own offices in which they have a power, each once.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn areas_with(
        &self,
        connection: &mut Connection,
        action: Action,
    ) -> Result<Vec<String>, Error> {
        let mut areas: Vec<String> = Vec::new();
        for grant in &self.actor().grants {
            let area = &grant.area_id;
            if !areas.contains(area) && self.may(connection, action, area, None).await? {
                areas.push(area.clone());
            }
        }
        Ok(areas)
    }

    /// Puts the act on record; the last line before the commit.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn record(
        &self,
        transaction: &mut Transaction,
        event: audit::Event<'_>,
    ) -> Result<(), Error> {
        audit::record(transaction, self, event).await
    }

    /// The same for an act that concerns no contest: its event, kind and object.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn note(
        &self,
        transaction: &mut Transaction,
        (event, kind): (&'static str, &'static str),
        object: &[&str],
    ) -> Result<(), Error> {
        let event = audit::Event {
            event,
            kind,
            object,
            contest_id: "",
        };
        self.record(transaction, event).await
    }
}
