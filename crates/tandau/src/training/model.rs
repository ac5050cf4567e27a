//! What training is made of: programmes, modules, sessions, trainees.

mod check;

use crate::platform::Names;
use jiff::Timestamp;

/// Longest line, in characters.
pub const MAX_LINE: usize = 300;
/// Longest text, in characters.
pub const MAX_TEXT: usize = 4_000;
/// Languages of materials, by their codes.
pub const LANGUAGES: [&str; 3] = ["kk", "ru", "en"];

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$of])* $variant),* }
        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// The word kept in tables.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
            /// The one of a word.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == text)
            }
        }
    };
}

words! {
    /// Where a programme is.
    ProgrammeState {
        /// Being written.
        Draft = "draft",
        /// Sessions are planned on it.
        Open = "open",
        /// No more sessions.
        Closed = "closed",
    }
}

impl ProgrammeState {
    /// What can follow.
    #[must_use]
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Draft => &[Self::Open],
            Self::Open => &[Self::Closed],
            Self::Closed => &[Self::Open],
        }
    }
}

words! {
    /// Where a session is.
    SessionState {
        /// It is to take place.
        Planned = "planned",
        /// It took place; who was there is on record.
        Held = "held",
        /// It does not take place.
        Cancelled = "cancelled",
    }
}

words! {
    /// What was done with a session.
    Act {
        /// It was planned.
        Planned = "planned",
        /// Trainers, modules or seats changed.
        Changed = "changed",
        /// Time or place changed.
        Moved = "moved",
        /// People were invited.
        Invited = "invited",
        /// An invitation was taken back.
        Withdrawn = "withdrawn",
        /// Somebody came in place of another.
        Replaced = "replaced",
        /// It was held.
        Held = "held",
        /// Who was there was put right after it was closed.
        Corrected = "corrected",
        /// It was called off.
        Cancelled = "cancelled",
    }
}

words! {
    /// What becomes of an invitation.
    TraineeState {
        /// Invited.
        Invited = "invited",
        /// Taken back.
        Withdrawn = "withdrawn",
        /// Somebody else came instead.
        Replaced = "replaced",
    }
}

words! {
    /// How it is known that somebody was there.
    Way {
        /// A code from the trainer's screen.
        Code = "code",
        /// A list on paper.
        Paper = "paper",
        /// The trainer's own word.
        Hand = "hand",
    }
}

words! {
    /// Kinds of materials.
    MaterialKind {
        /// A text to read.
        Text = "text",
        /// Slides.
        Slides = "slides",
        /// A film.
        Video = "video",
        /// A form to fill.
        Form = "form",
    }
}

/// What a programme says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewProgramme {
    /// Id, made with the form.
    pub id: String,
    /// Readable key: `voting_day`; stays.
    pub key: String,
    /// Target group of the rules.
    pub audience: String,
    /// The first level that hands it down.
    pub level_from: u64,
    /// The last one.
    pub level_until: u64,
    /// Whoever was there has passed only after a test.
    pub tested: bool,
    /// What it is called.
    pub title: Names,
    /// What those who were taught can do.
    pub goal: Names,
}

/// A programme as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programme {
    /// What it says.
    pub says: NewProgramme,
    /// How many acts it has seen.
    pub version: u64,
    /// Where it is.
    pub state: ProgrammeState,
    /// Why the last act was done.
    pub reason: String,
}

/// What a module says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewModule {
    /// Id, made with the form.
    pub id: String,
    /// Readable key within the programme: `M1`; stays.
    pub key: String,
    /// What it is called.
    pub title: Names,
    /// What is learned.
    pub goals: Names,
    /// What is different from the version before; blank in the first.
    pub change: Names,
    /// Minutes it takes.
    pub minutes: u64,
    /// It is taught no longer.
    pub retired: bool,
    /// Materials, in their order within each language.
    pub materials: Vec<Material>,
}

/// A material of a version of a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Material {
    /// Code of its language.
    pub language: String,
    /// Kind.
    pub kind: MaterialKind,
    /// What it is called.
    pub title: String,
    /// An address; empty for a file.
    pub link: String,
    /// A stored file.
    pub file_id: Option<String>,
}

/// A file that comes with a text: a PDF or a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Code of its language.
    pub language: String,
    /// What it is called.
    pub title: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A version of a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    /// The programme.
    pub programme_id: String,
    /// Its place in it, from 1.
    pub place: u64,
    /// The version.
    pub version: u64,
    /// What it says.
    pub says: NewModule,
    /// Why it was written.
    pub reason: String,
    /// The office that wrote it.
    pub office: String,
    /// When.
    pub made_at: Timestamp,
}

/// What is planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSession {
    /// Id, made with the form.
    pub id: String,
    /// The election that it prepares.
    pub election_id: String,
    /// What is taught.
    pub programme_id: String,
    /// The area of the commission that holds it.
    pub area_id: String,
    /// Level of the cascade.
    pub level: u64,
    /// Where.
    pub place: Names,
    /// The polling station where it takes place.
    pub station_id: Option<String>,
    /// Where on the map, millionths of a degree: north, east.
    pub coordinates: Option<(i64, i64)>,
    /// Begins.
    pub starts_at: Timestamp,
    /// Ends.
    pub ends_at: Timestamp,
    /// Seats.
    pub seats: u64,
    /// Modules, in their order.
    pub modules: Vec<String>,
    /// Trainers.
    pub trainers: Vec<String>,
}

/// A session as it stands, or as a version has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Acts it has seen.
    pub version: u64,
    /// The act that says which trainers and modules.
    pub plan: u64,
    /// The last act.
    pub act: Act,
    /// Where it is.
    pub state: SessionState,
    /// What is planned; modules and trainers are read apart.
    pub says: NewSession,
    /// People who were there; none until it was held.
    pub present: Option<u64>,
    /// People on the list on paper; none where there was none.
    pub on_paper: Option<u64>,
    /// Why the last act was done.
    pub reason: String,
    /// The office that did it.
    pub office: String,
    /// When.
    pub made_at: Timestamp,
}

/// A module as planned for a session, or as it was taught there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taught {
    /// The module.
    pub module_id: String,
    /// Its key.
    pub key: String,
    /// Which text.
    pub version: u64,
    /// The newest text there is.
    pub newest: u64,
    /// What that text calls it.
    pub title: Names,
    /// Minutes.
    pub minutes: u64,
}

/// A person by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Somebody {
    /// Id.
    pub id: String,
    /// Names.
    pub names: Names,
}

/// An invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trainee {
    /// The person.
    pub person: Somebody,
    /// What became of it.
    pub state: TraineeState,
    /// The commission for whose seat; none for people who sit in none.
    pub commission_id: Option<String>,
    /// The name of that commission's area.
    pub area: Names,
    /// Office of the seat.
    pub office: String,
    /// Who came instead.
    pub replaced_by: Option<String>,
    /// Whether a mark of theirs is accepted.
    pub present: bool,
}

/// Whom to invite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invited {
    /// Everybody of the target group in an area at or under the session's.
    Area(String),
    /// The same, of several areas in one act.
    Areas(Vec<String>),
    /// One person.
    Person(String),
    /// Several people in one act.
    People(Vec<String>),
    /// The same, each for a seat in the commission of an area: area and person.
    Seated(Vec<(String, String)>),
}

/// How a session went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeldSession {
    /// Those invited who were not there; whoever marked themselves counts as present all the same.
    pub absent: Vec<String>,
    /// How the others are known to have been there.
    pub way: Option<Way>,
    /// People counted on paper, where there was a list.
    pub on_paper: Option<u64>,
    /// Texts that were taught, where they were not the newest when the session began: module and version.
    pub texts: Vec<(String, u64)>,
    /// A word about it.
    pub reason: String,
}
