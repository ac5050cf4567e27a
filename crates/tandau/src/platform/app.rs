//! What a running program holds, and who acts in it.

use super::access::{self, Action, Actor, Policy};
use super::clock::Clock;
use super::database::{Connection, Database, Reader, Transaction};
use super::files::FileStore;
use super::i18n::{Lang, T};
use super::live::Hub;
use super::web::Kept;
use super::{Error, audit};
use electoral::accessibility::Accessibility;
use electoral::checklist::Checklist;
use electoral::incidents::IncidentRules;
use electoral::notices::NoticeRules;
use electoral::press::PressRules;
use electoral::rules::Country;
use electoral::suppression::Publication;
use electoral::survey::SurveyRules;
use electoral::visits::VisitRules;
use electoral::watch::WatchRules;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
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
}

/// The key from which form tokens are made. Never printed.
#[derive(Clone)]
pub struct Secret(pub [u8; 32]);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The rule packs: those built in, and those of `--rules-dir` in their place.
#[derive(Clone, Debug)]
pub struct Rules {
    packs: std::collections::BTreeMap<String, Arc<electoral::rules::RulePack>>,
    country: Arc<Country>,
    checklist: Arc<Checklist>,
    watch: Arc<WatchRules>,
    incidents: Arc<IncidentRules>,
    accessibility: Arc<Accessibility>,
    publication: Arc<Publication>,
    surveys: Arc<SurveyRules>,
    visits: Arc<VisitRules>,
    press: Arc<PressRules>,
    notices: Arc<NoticeRules>,
}

/// The file of a rules folder that is no pack: what belongs to the country.
const COUNTRY: &str = "country";
/// The checklist of stations.
const READINESS: &str = "readiness";
/// Interruptions of supply and warnings.
const WATCH: &str = "watch";
/// Incidents of voting day.
const INCIDENTS: &str = "incidents";
/// What accessibility is.
const ACCESSIBILITY: &str = "accessibility";
/// From how many people on a number may be published.
const PUBLICATION: &str = "publication";
/// Surveys of a room.
const SURVEYS: &str = "surveys";
/// Visits of commissions.
const VISITS: &str = "visits";
/// Templates of notes for the press.
const PRESS: &str = "press";
/// What commissions must tell everybody.
const NOTICES: &str = "publications";

impl Rules {
    /// All built-in packs.
    ///
    /// # Errors
    /// Never for a released program: a test reads them all.
    pub fn built_in() -> Result<Self, Error> {
        let mut packs = std::collections::BTreeMap::new();
        for (id, text) in electoral::rules::BUILT_IN {
            let pack = electoral::rules::RulePack::parse(text)
                .map_err(|e| Error::internal(format!("rules {id}: {e}")))?;
            packs.insert((*id).to_owned(), Arc::new(pack));
        }
        let country =
            Country::built_in().map_err(|e| Error::internal(format!("rules {COUNTRY}: {e}")))?;
        let checklist = Checklist::built_in()
            .map_err(|e| Error::internal(format!("rules {READINESS}: {e}")))?;
        let watch =
            WatchRules::built_in().map_err(|e| Error::internal(format!("rules {WATCH}: {e}")))?;
        let incidents = IncidentRules::built_in()
            .map_err(|e| Error::internal(format!("rules {INCIDENTS}: {e}")))?;
        let accessibility = Accessibility::built_in()
            .map_err(|e| Error::internal(format!("rules {ACCESSIBILITY}: {e}")))?;
        let publication = Publication::built_in()
            .map_err(|e| Error::internal(format!("rules {PUBLICATION}: {e}")))?;
        let surveys = SurveyRules::built_in()
            .map_err(|e| Error::internal(format!("rules {SURVEYS}: {e}")))?;
        let visits =
            VisitRules::built_in().map_err(|e| Error::internal(format!("rules {VISITS}: {e}")))?;
        let press =
            PressRules::built_in().map_err(|e| Error::internal(format!("rules {PRESS}: {e}")))?;
        let notices = NoticeRules::built_in()
            .map_err(|e| Error::internal(format!("rules {NOTICES}: {e}")))?;
        Ok(Self {
            packs,
            country: Arc::new(country),
            checklist: Arc::new(checklist),
            watch: Arc::new(watch),
            incidents: Arc::new(incidents),
            accessibility: Arc::new(accessibility),
            publication: Arc::new(publication),
            surveys: Arc::new(surveys),
            visits: Arc::new(visits),
            press: Arc::new(press),
            notices: Arc::new(notices),
        })
    }

    /// Reads every `*.toml` of a folder over what is already there.
    ///
    /// # Errors
    /// A file that can't be read or is no rule pack, by its name.
    pub fn with_folder(mut self, folder: &std::path::Path) -> Result<Self, Error> {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|e| e == "toml")
                && let Some(id) = path.file_stem().and_then(|s| s.to_str())
            {
                let text = std::fs::read_to_string(&path)?;
                match id {
                    COUNTRY => self.country = sound(&path, Country::parse(&text))?,
                    READINESS => self.checklist = sound(&path, Checklist::parse(&text))?,
                    WATCH => self.watch = sound(&path, WatchRules::parse(&text))?,
                    INCIDENTS => self.incidents = sound(&path, IncidentRules::parse(&text))?,
                    ACCESSIBILITY => {
                        self.accessibility = sound(&path, Accessibility::parse(&text))?;
                    }
                    PUBLICATION => self.publication = sound(&path, Publication::parse(&text))?,
                    SURVEYS => self.surveys = sound(&path, SurveyRules::parse(&text))?,
                    VISITS => self.visits = sound(&path, VisitRules::parse(&text))?,
                    PRESS => self.press = sound(&path, PressRules::parse(&text))?,
                    NOTICES => self.notices = sound(&path, NoticeRules::parse(&text))?,
                    _ => {
                        let pack = sound(&path, electoral::rules::RulePack::parse(&text))?;
                        self.packs.insert(id.to_owned(), pack);
                    }
                }
            }
        }
        Ok(self)
    }

    /// A pack by its id.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub fn get(&self, id: &str) -> Result<Arc<electoral::rules::RulePack>, Error> {
        self.packs.get(id).cloned().ok_or(Error::NotFound)
    }

    /// What belongs to the country.
    #[must_use]
    pub fn country(&self) -> &Country {
        &self.country
    }

    /// The checklist of stations that the installation begins with.
    #[must_use]
    pub const fn checklist(&self) -> &Arc<Checklist> {
        &self.checklist
    }

    /// What an interruption of supply or a warning opens.
    #[must_use]
    pub fn watch(&self) -> &WatchRules {
        &self.watch
    }

    /// Kinds of incidents.
    #[must_use]
    pub fn incidents(&self) -> &IncidentRules {
        &self.incidents
    }

    /// What accessibility of stations is.
    #[must_use]
    pub const fn accessibility(&self) -> &Arc<Accessibility> {
        &self.accessibility
    }

    /// Numbers of fewer people than this are not published.
    #[must_use]
    pub fn smallest_group(&self) -> u64 {
        self.publication.smallest_group.value
    }

    /// Sizes and steps of surveys.
    #[must_use]
    pub fn surveys(&self) -> &SurveyRules {
        &self.surveys
    }

    /// Kinds of events of a visit, travel, topics.
    #[must_use]
    pub fn visits(&self) -> &VisitRules {
        &self.visits
    }

    /// Templates of notes for the press.
    #[must_use]
    pub fn press(&self) -> &PressRules {
        &self.press
    }

    /// What commissions must tell everybody.
    #[must_use]
    pub const fn notices(&self) -> &Arc<NoticeRules> {
        &self.notices
    }

    /// Ids of all packs.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.packs.keys().map(String::as_str)
    }
}

/// What was read from a file of a rules folder.
fn sound<R, E: std::fmt::Display>(
    path: &std::path::Path,
    read: Result<R, E>,
) -> Result<Arc<R>, Error> {
    read.map(Arc::new)
        .map_err(|e| Error::internal(format!("{}: {e}", path.display())))
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
}
