//! The words of visits: a visit, its events, what happened there, proposals. Pure.

mod check;

pub(super) use check::names_somebody;

use crate::elections::state::states;
use crate::platform::i18n::language;
use crate::platform::{Lang, Names};
use crate::tasks::Addressee;
use electoral::text::Text;
use jiff::Timestamp;
use jiff::civil::Date;

/// Characters of a line (a title, a place, an office) at most.
pub const MAX_LINE: usize = 300;
/// Characters of a text with paragraphs at most.
pub const MAX_TEXT: usize = 3_000;
/// People of one category at most.
pub const MAX_PEOPLE: u64 = 1_000_000;
/// Speakers or reports of one event at most.
pub const MAX_ROWS: usize = 30;
/// Photos of one event at most.
pub const MAX_PHOTOS: usize = 20;

states! {
    /// Where a visit is.
    VisitState {
        /// It is being prepared.
        Planned = "planned",
        /// The delegation is on its way.
        Underway = "underway",
        /// It is over.
        Held = "held",
        /// It does not take place.
        Cancelled = "cancelled",
    }
}

impl VisitState {
    /// States that may follow.
    #[must_use]
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Planned => &[Self::Underway, Self::Cancelled],
            // What has begun stays public; it may end early, and its events are cancelled one by one.
            Self::Underway => &[Self::Held],
            Self::Held | Self::Cancelled => &[],
        }
    }

    /// Everybody may see it: it has begun.
    #[must_use]
    pub const fn is_public(self) -> bool {
        matches!(self, Self::Underway | Self::Held)
    }
}

states! {
    /// Where an event is.
    EventState {
        /// It has not taken place yet.
        Planned = "planned",
        /// It took place: somebody has recorded what happened.
        Held = "held",
        /// It does not take place.
        Cancelled = "cancelled",
    }
}

states! {
    /// Where a proposal is.
    ProposalState {
        /// Nobody has answered yet.
        Open = "open",
        /// It was answered.
        Answered = "answered",
        /// It was taken back: said twice, or no matter for an answer.
        Withdrawn = "withdrawn",
        /// A wish of a profile: kept, and answered by nobody.
        Kept = "kept",
    }
}

/// What somebody writes about a visit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewVisit {
    /// Id, made with the form: the same form sent twice is one visit.
    pub id: String,
    /// The area visited.
    pub area_id: String,
    /// The election it prepares; may be empty.
    pub election_id: String,
    /// What it is called.
    pub title: Names,
    /// The office that leads the delegation.
    pub head: Names,
    /// Offices that go along; may be empty.
    pub members: Names,
    /// What for.
    pub purpose: Names,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Date,
}

/// A visit as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Id.
    pub id: String,
    /// How many acts it has seen.
    pub version: u64,
    /// Where it is.
    pub state: VisitState,
    /// The area visited.
    pub area_id: String,
    /// The election it prepares; may be empty.
    pub election_id: String,
    /// What it is called.
    pub title: Names,
    /// The office that leads the delegation.
    pub head: Names,
    /// Offices that go along.
    pub members: Names,
    /// What for.
    pub purpose: Names,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Date,
    /// Why the last act was done.
    pub reason: String,
}

impl Visit {
    /// The same as a proposal for its next version.
    #[must_use]
    pub fn as_new(&self) -> NewVisit {
        NewVisit {
            id: self.id.clone(),
            area_id: self.area_id.clone(),
            election_id: self.election_id.clone(),
            title: self.title.clone(),
            head: self.head.clone(),
            members: self.members.clone(),
            purpose: self.purpose.clone(),
            starts_on: self.starts_on,
            ends_on: self.ends_on,
        }
    }
}

/// What somebody plans.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewEvent {
    /// Id, made with the form.
    pub id: String,
    /// What notes for the press call it: `E01`.
    pub key: String,
    /// Kind, of the rules.
    pub kind: String,
    /// The area it takes place in.
    pub area_id: String,
    /// The polling station, if it is at one.
    pub station_id: Option<String>,
    /// The place in words.
    pub place: Names,
    /// The office that leads it.
    pub led: Names,
    /// What it is about; may be empty.
    pub agenda: Names,
    /// Who receives the delegation; may be empty.
    pub hosts: Names,
    /// The head of the delegation is there.
    pub with_head: bool,
    /// It is one of the visit's own events.
    pub counts: bool,
    /// Where it is, in millionths of a degree: north, east.
    pub coordinates: Option<(i64, i64)>,
    /// When it starts.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
}

/// An event as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The visit.
    pub visit_id: String,
    /// How many acts it has seen.
    pub version: u64,
    /// The act that planned it as it stands.
    pub plan: u64,
    /// The act that recorded what happened; 0 for none.
    pub record: u64,
    /// Where it is.
    pub state: EventState,
    /// What is planned.
    pub planned: NewEvent,
    /// Why the plan was changed last.
    pub reason: String,
}

/// How many people of a category were there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// Category of the rules.
    pub category: String,
    /// Invited.
    pub invited: Option<u64>,
    /// Counted.
    pub counted: Option<u64>,
}

/// What happened at an event. A correction is a new version of the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// People by category.
    pub counts: Vec<Count>,
    /// Who spoke, by office, and on what.
    pub speakers: Vec<Names>,
    /// Reports heard.
    pub reports: Vec<Report>,
    /// Surveys asked there.
    pub surveys: Vec<String>,
}

impl Record {
    /// People counted, all or of a category; none where nobody counted.
    #[must_use]
    pub fn counted(&self, category: Option<&str>) -> Option<u64> {
        let mut rows = self
            .counts
            .iter()
            .filter(|c| category.is_none_or(|wanted| c.category == wanted))
            .filter_map(|c| c.counted)
            .peekable();
        rows.peek()?;
        Some(rows.fold(0, u64::saturating_add))
    }

    /// People invited in all; none where nobody said.
    #[must_use]
    pub fn invited(&self) -> Option<u64> {
        let mut rows = self.counts.iter().filter_map(|c| c.invited).peekable();
        rows.peek()?;
        Some(rows.fold(0, u64::saturating_add))
    }

    /// Whether it says all that an earlier one said, and only adds to it: no correction then.
    #[must_use]
    pub fn only_adds_to(&self, before: &Self) -> bool {
        before.counts.iter().all(|c| self.counts.contains(c))
            && self.speakers.starts_with(&before.speakers)
            && self.reports.starts_with(&before.reports)
            && before.surveys.iter().all(|s| self.surveys.contains(s))
    }

    /// A figure of a report.
    #[must_use]
    pub fn figure(&self, key: &str) -> Option<&KeyFigure> {
        let mut all = self.reports.iter().flat_map(|r| &r.figures);
        all.find(|f| f.key == key)
    }
}

/// A report heard at an event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The body that reported; none where it is not among those that are given tasks.
    pub body: Option<Addressee>,
    /// The office that spoke.
    pub speaker: Names,
    /// On what.
    pub subject: Names,
    /// Figures named.
    pub figures: Vec<KeyFigure>,
}

/// A figure named in a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFigure {
    /// What notes for the press call it: `stations`.
    pub key: String,
    /// The figure as it was said.
    pub value: u64,
    /// What it counts.
    pub label: Names,
    /// Where it stands on record.
    pub source: Source,
}

/// Where a figure stands on record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// Nowhere here: it was said and that is all.
    #[default]
    Said,
    /// A page of this site.
    Page(String),
    /// A figure that this program can ask for, with its parameters.
    Asked(String, Vec<(String, String)>),
}

impl Source {
    /// Reads `/a/page`, `name param=value …`, or nothing.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            return Some(Self::Said);
        }
        if text.starts_with('/') {
            let own = !text.starts_with("//")
                && text.len() <= 300
                && text
                    .bytes()
                    .all(|b| b.is_ascii_graphic() && !matches!(b, b'"' | b'<' | b'>' | b'\\'));
            return own.then(|| Self::Page(text.to_owned()));
        }
        let mut words = text.split_whitespace();
        let name = words.next().filter(|name| is_word(name))?.to_owned();
        let mut params = Vec::new();
        for word in words {
            let (key, value) = word.split_once('=')?;
            if !is_word(key) || value.is_empty() || value.len() > 64 {
                return None;
            }
            params.push((key.to_owned(), value.to_owned()));
        }
        (params.len() <= 5).then_some(Self::Asked(name, params))
    }

    /// The same as it is kept.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Said => String::new(),
            Self::Page(path) => path.clone(),
            Self::Asked(name, params) => params.iter().fold(name.clone(), |text, (key, value)| {
                format!("{text} {key}={value}")
            }),
        }
    }
}

/// What somebody proposed or asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewProposal {
    /// Id, made with the form.
    pub id: String,
    /// Topic of the rules.
    pub topic: String,
    /// For a profile: what was wished for.
    pub wish: String,
    /// What was said, without personal data.
    pub text: Names,
    /// Who is to answer; none for a profile.
    pub body: Option<Addressee>,
}

/// A proposal as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Id.
    pub id: String,
    /// Where it was made.
    pub event_id: String,
    /// How many acts it has seen.
    pub version: u64,
    /// Where it is.
    pub state: ProposalState,
    /// Topic of the rules.
    pub topic: String,
    /// For a profile: what was wished for.
    pub wish: String,
    /// What was said.
    pub text: Names,
    /// Who is to answer.
    pub body: Option<Addressee>,
    /// The answer; blank for none.
    pub answer: Names,
    /// Why the last act was done.
    pub reason: String,
    /// When it last changed.
    pub changed_at: Timestamp,
}

/// The words of a rule in a language of the site.
#[must_use]
pub fn words(text: &Text, lang: Lang) -> &str {
    text.get(language(lang))
}

fn is_word(text: &str) -> bool {
    (1..=40).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// Keys of events stand in notes and files.
#[must_use]
pub fn is_key(text: &str) -> bool {
    (1..=12).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
}
