//! The words of tests: questions as the bank holds them, a programme's test, somebody's attempt. Pure.

use crate::elections::state::states;
use crate::platform::web::FieldErrors;
use crate::platform::{Error, Names, T};
use electoral::protocol::{LineKey, ProtocolEntry, ProtocolForm};
pub use electoral::training::question::{Answer, Fault, Kind};
use electoral::training::question::{Asked, Exercise, Unsound, check_question};
use jiff::Timestamp;

/// Characters of a question, an option or an explanation at most.
pub const MAX_TEXT: usize = 1_000;
/// Questions of one programme at most.
pub const MAX_QUESTIONS: usize = 1_000;
/// Places of one public list of states: the fewest that Bitstring Status List takes, so that nobody is told from others by it.
pub const LIST: u64 = 131_072;
/// Answers to one place of a test at most: whoever changes their mind more often holds the last one.
pub const MAX_CHANGES: u64 = 50;

states! {
    /// What a test is for.
    Purpose {
        /// What somebody knows before the session.
        Before = "before",
        /// What they know after it: who passes counts as trained.
        After = "after",
        /// What is left some days later; nobody loses anything by it.
        Retest = "retest",
    }
}

/// An option of a question, or what options are matched with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opt {
    /// Key within the question.
    pub key: String,
    /// Words.
    pub text: Names,
}

/// What somebody writes about a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewQuestion {
    /// The module it belongs to, by id.
    pub module_id: String,
    /// Key within the module.
    pub key: String,
    /// Kind.
    pub kind: Kind,
    /// The question.
    pub text: Names,
    /// Why the right answer is right.
    pub why: Names,
    /// The article that says so.
    pub article: String,
    /// Options; none for a protocol.
    pub options: Vec<Opt>,
    /// What options are matched with.
    pub partners: Vec<Opt>,
    /// The right answer; for a protocol one that the form's checks accept.
    pub answer: Answer,
    /// Whose form is filled: the id of a rule pack.
    pub pack: String,
    /// Figures that are printed on the form.
    pub given: ProtocolEntry,
    /// It is not drawn any more.
    pub retired: bool,
}

/// A question of the bank in one of its versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Id.
    pub id: String,
    /// Version.
    pub version: u64,
    /// What it says.
    pub says: NewQuestion,
}

impl NewQuestion {
    /// The lines that somebody fills.
    #[must_use]
    pub fn fill(&self) -> Vec<LineKey> {
        match &self.answer {
            Answer::Figures(entry) => entry.values.keys().cloned().collect(),
            _ => Vec::new(),
        }
    }

    /// The form that is filled, as it stands before.
    #[must_use]
    pub fn exercise(&self) -> Exercise {
        Exercise {
            given: self.given.clone(),
            fill: self.fill(),
        }
    }

    /// Does something with what an answer is checked against.
    pub fn asked<R>(&self, with: impl FnOnce(&Asked<'_>) -> R) -> R {
        let keys =
            |options: &'_ [Opt]| -> Vec<String> { options.iter().map(|o| o.key.clone()).collect() };
        let (options, partners) = (keys(&self.options), keys(&self.partners));
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        let partners: Vec<&str> = partners.iter().map(String::as_str).collect();
        with(&Asked {
            kind: self.kind,
            options: &options,
            partners: &partners,
            fill: &self.fill(),
        })
    }

    /// Checks what needs no table. `form` is the form of the pack, where there is one.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming each field.
    pub fn check(&self, t: T, form: Option<&ProtocolForm>) -> Result<(), Error> {
        let mut problems = FieldErrors::new();
        if !electoral::training::question::is_key(&self.key) {
            problems.add("key", t.learning_key_form());
        }
        let lacking = t.learning_three_languages();
        problems.complete(t, ("text_kk", MAX_TEXT), [&self.text], &lacking);
        problems.complete(t, ("why_kk", MAX_TEXT), [&self.why], &lacking);
        if self.article.trim().is_empty() || self.article.chars().count() > 200 {
            problems.add("article", t.learning_article_needed());
        }
        for (field, options) in [("options", &self.options), ("partners", &self.partners)] {
            for option in options {
                problems.complete(t, (field, MAX_TEXT), [&option.text], &lacking);
            }
        }
        let exercise = self.exercise();
        let on_form = form.map(|form| (form, &exercise));
        if self.kind == Kind::Protocol && form.is_none() {
            problems.add("pack", t.learning_pack_unknown());
        } else if let Err(unsound) =
            self.asked(|asked| check_question(asked, &self.answer, on_form))
        {
            let (field, message) = told(t, &unsound);
            problems.add(field, message);
        }
        problems.done()
    }
}

/// The field and the sentence of what is wrong with a question.
fn told(t: T, unsound: &Unsound) -> (&'static str, String) {
    match unsound {
        Unsound::Count => ("options", t.learning_options_count()),
        Unsound::Key => ("options", t.learning_key_form()),
        Unsound::Answer(_) => ("answer", t.learning_answer_none()),
        Unsound::AllRight => ("answer", t.learning_all_right()),
        Unsound::Line(line) => ("answer", t.learning_line_unknown(line.as_str())),
        Unsound::Breaks(code) => ("answer", t.learning_breaks(code.as_str())),
        Unsound::Undecided(line) => ("answer", t.learning_undecided(line.as_str())),
    }
}

/// The test of a programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Test {
    /// Version; 0 while nobody has made one.
    pub version: u64,
    /// Questions drawn.
    pub questions: u64,
    /// Minutes.
    pub minutes: u64,
    /// Percent that passes.
    pub pass_percent: u64,
    /// Tries after a session.
    pub tries: u64,
}

impl Test {
    /// Checks what needs no table.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming each field.
    pub fn check(&self, t: T) -> Result<(), Error> {
        let mut problems = FieldErrors::new();
        for (field, value, most) in [
            ("questions", self.questions, 100_u64),
            ("minutes", self.minutes, 240),
            ("pass_percent", self.pass_percent, 100),
            ("tries", self.tries, 20),
        ] {
            if !(1..=most).contains(&value) {
                problems.add(field, t.learning_range(1_u64, most));
            }
        }
        problems.done()
    }
}

/// A test that somebody takes or took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Id.
    pub id: String,
    /// Whose.
    pub person_id: String,
    /// Programme.
    pub programme_id: String,
    /// Election.
    pub election_id: String,
    /// Session.
    pub session_id: String,
    /// What for.
    pub purpose: Purpose,
    /// Which try.
    pub number: u64,
    /// Percent that passes.
    pub pass_percent: u64,
    /// What chance began with.
    pub seed: u64,
    /// Questions.
    pub asked: u64,
    /// From when.
    pub started_at: Timestamp,
    /// Until when.
    pub ends_at: Timestamp,
    /// When it ended; none while it runs.
    pub ended_at: Option<Timestamp>,
    /// Right answers, once it has ended.
    pub correct: Option<u64>,
    /// Whether that was enough.
    pub passed: Option<bool>,
    /// Its certificate was withdrawn: what was passed counts no longer.
    pub withdrawn: bool,
}

/// A place of a test with what was answered last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// From 1.
    pub place: u64,
    /// Question.
    pub question_id: String,
    /// Its version.
    pub version: u64,
    /// Answers given so far.
    pub answers: u64,
    /// The newest one as it is kept.
    pub answer: String,
    /// Whether it is right.
    pub correct: bool,
}

/// The sentence of what is wrong with an answer.
#[must_use]
pub fn fault(t: T, fault: Fault) -> String {
    match fault {
        Fault::Blank => t.learning_fault_blank(),
        Fault::Kind | Fault::Option => t.learning_fault_option(),
        Fault::Twice => t.learning_fault_twice(),
        Fault::Incomplete => t.learning_fault_incomplete(),
    }
}

/// A certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Id.
    pub id: String,
    /// What stands in its address.
    pub code: String,
    /// Whose.
    pub person_id: String,
    /// Programme.
    pub programme_id: String,
    /// What the programme was called then.
    pub title: Names,
    /// What it was for.
    pub goal: Names,
    /// Election.
    pub election_id: String,
    /// Attempt.
    pub attempt_id: String,
    /// When.
    pub issued_at: Timestamp,
    /// Acts it has seen.
    pub version: u64,
    /// Its place in the public lists of states; none for those issued before there were any.
    pub status_index: Option<u64>,
    /// Why it was withdrawn; none while it is valid.
    pub withdrawn: Option<(Timestamp, String)>,
}

/// A certificate as the office's list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its code.
    pub code: String,
    /// Whose.
    pub holder: Names,
    /// What the programme was called then.
    pub title: Names,
    /// The area of the commission that held the session.
    pub area: Names,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// When and why it was withdrawn; none while it is valid.
    pub withdrawn: Option<(Timestamp, String)>,
}

/// Which certificates are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sought {
    /// The area of a commission: those of sessions held there and below.
    pub area_id: String,
    /// `issued`, `withdrawn`; empty for both.
    pub state: String,
    /// A whole code; empty for any.
    pub code: String,
    /// Words of the holder's name; empty for anybody.
    pub words: String,
}
