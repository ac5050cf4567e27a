//! Law as data: what the program was built with, and what a folder puts in its place.

use super::Error;
use electoral::accessibility::Accessibility;
use electoral::checklist::Checklist;
use electoral::incidents::IncidentRules;
use electoral::notices::NoticeRules;
use electoral::press::PressRules;
use electoral::rules::Country;
use electoral::suppression::Publication;
use electoral::survey::SurveyRules;
use electoral::training::TrainingRules;
use electoral::visits::VisitRules;
use electoral::watch::WatchRules;
use std::sync::Arc;

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
    training: Arc<TrainingRules>,
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
/// Cascade training.
const TRAINING: &str = "training";
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
        let training = TrainingRules::built_in()
            .map_err(|e| Error::internal(format!("rules {TRAINING}: {e}")))?;
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
            training: Arc::new(training),
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
                    TRAINING => self.training = sound(&path, TrainingRules::parse(&text))?,
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

    /// What fewer places than this add up to is not published.
    #[must_use]
    pub fn fewest_places(&self) -> u64 {
        self.publication.fewest_places.value
    }

    /// Sizes and steps of surveys.
    #[must_use]
    pub fn surveys(&self) -> &SurveyRules {
        &self.surveys
    }

    /// Levels of the cascade, attendance, coverage, tests, the planner.
    #[must_use]
    pub const fn training(&self) -> &Arc<TrainingRules> {
        &self.training
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
