//! The words of surveys: a survey, its questions, a submission, results. Pure.

use crate::elections::state::states;
use crate::platform::files::hex;
use crate::platform::web::FieldErrors;
use crate::platform::{Error, Lang, Names, T};
pub use electoral::survey::{Answer, Claim, Fault, Interval, Kind as QuestionKind, Share};
use electoral::survey::{Asked, SurveyRules, check};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;

/// Characters of a title, a wording or an option at most.
pub const MAX_LINE: usize = 500;
/// The largest number of people in a room.
pub const MAX_PRESENT: u64 = 1_000_000;
/// Steps of a scale at most.
pub const MAX_SCALE: i64 = 11;

states! {
    /// Where a survey is.
    State {
        /// It is being written.
        Draft = "draft",
        /// People answer.
        Open = "open",
        /// It is over; nothing changes any more.
        Closed = "closed",
    }
}

states! {
    /// Where an answer in words is.
    TextState {
        /// Nobody has read it.
        Waiting = "waiting",
        /// It is shown with the results.
        Shown = "shown",
        /// It is not shown.
        Hidden = "hidden",
    }
}

/// What somebody writes about a survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSurvey {
    /// Id, made with the form: the same form sent twice is one survey.
    pub id: String,
    /// The area whose commission asks.
    pub area_id: String,
    /// The election it belongs to; may be empty.
    pub election_id: String,
    /// What it is called.
    pub title: Names,
    /// Each needs a card with a code.
    pub wants_tokens: bool,
    /// Results are shown while it is open.
    pub live: bool,
    /// People in the room.
    pub present: Option<u64>,
    /// The day.
    pub held_on: jiff::civil::Date,
}

/// A survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    /// Id.
    pub id: String,
    /// What stands in the short link.
    pub code: String,
    /// The area whose commission asks.
    pub area_id: String,
    /// The election it belongs to; may be empty.
    pub election_id: String,
    /// What it is called.
    pub title: Names,
    /// Where it is.
    pub state: State,
    /// Each needs a card with a code: one answer per person is enforced.
    pub wants_tokens: bool,
    /// Results are shown while it is open.
    pub live: bool,
    /// People in the room.
    pub present: Option<u64>,
    /// The day.
    pub held_on: jiff::civil::Date,
    /// How many acts it has seen.
    pub version: u64,
    /// When it was opened.
    pub opened_at: Option<jiff::Timestamp>,
    /// When it was closed.
    pub closed_at: Option<jiff::Timestamp>,
}

/// An option of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opt {
    /// Key within the question.
    pub key: String,
    /// Words.
    pub wording: Names,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Key within the survey.
    pub key: String,
    /// Kind.
    pub kind: QuestionKind,
    /// The exact words asked.
    pub wording: Names,
    /// Whether it has to be answered.
    pub required: bool,
    /// Options at least, the lower end of a scale.
    pub least: i64,
    /// Options at most, the upper end of a scale, characters of a text.
    pub most: i64,
    /// Options in their order; a scale has none.
    pub options: Vec<Opt>,
    /// The question that it is tabulated with; empty for none.
    pub crossed_with: String,
}

/// What one phone sends.
#[derive(Clone, Debug)]
pub struct Submission {
    /// The random cookie of the device.
    pub device: String,
    /// The code of a card.
    pub token: Option<String>,
    /// Language of the page.
    pub lang: Lang,
    /// Answers by key of the question; a question left blank is left out.
    pub answers: Vec<(String, Answer)>,
}

impl NewSurvey {
    /// The same without what would turn a page around it.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        self.title = self.title.lines();
        self
    }

    /// Checks what needs no table.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming each field.
    pub fn check(&self, t: T) -> Result<(), Error> {
        let mut problems = FieldErrors::new();
        let lacking = t.surveys_three_languages();
        problems.complete(t, ("title", MAX_LINE), [&self.title], lacking);
        if self.present.is_some_and(|n| n == 0 || n > MAX_PRESENT) {
            problems.add("present", t.surveys_present_range(MAX_PRESENT));
        }
        problems.done()
    }
}

/// With so many people in the room, cards are needed for one answer each.
///
/// # Errors
/// [`Error::Invalid`] at `present`.
pub fn enough(t: T, rules: &SurveyRules, tokens: bool, present: Option<u64>) -> Result<(), Error> {
    let above = rules.tokens_above.value;
    if !tokens && present.is_some_and(|n| n > above) {
        return Err(Error::field("present", t.surveys_tokens_needed(above)));
    }
    Ok(())
}

impl Question {
    /// The same with tidy words, and with the limits that its kind leaves no choice about.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        self.wording = self.wording.lines();
        for option in &mut self.options {
            option.wording = option.wording.lines();
        }
        match self.kind {
            QuestionKind::One => (self.least, self.most) = (1, 1),
            QuestionKind::Text => self.least = 0,
            QuestionKind::Several | QuestionKind::Ranking | QuestionKind::Scale => {}
        }
        if !self.kind.has_options() {
            self.options.clear();
        }
        self
    }

    /// Checks a question on its own.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming each field.
    pub fn check(&self, t: T, rules: &SurveyRules) -> Result<(), Error> {
        let mut problems = FieldErrors::new();
        if !is_key(&self.key) {
            problems.add("key", t.surveys_key_form());
        }
        let lacking = t.surveys_three_languages();
        problems.complete(t, ("wording", MAX_LINE), [&self.wording], &lacking);
        let count = i64::try_from(self.options.len()).unwrap_or(i64::MAX);
        if self.kind.has_options() {
            let most = rules.options_most.value;
            if count < 2 || u64::try_from(count).map_or(true, |n| n > most) {
                problems.add("options", t.surveys_options_count(most));
            }
            let keys: BTreeSet<&str> = self.options.iter().map(|o| o.key.as_str()).collect();
            if keys.len() != self.options.len() || !keys.iter().all(|key| is_key(key)) {
                problems.add("options", t.surveys_key_form());
            }
            let wordings = self.options.iter().map(|o| &o.wording);
            problems.complete(t, ("options", MAX_LINE), wordings, lacking);
        }
        let text_most = i64::try_from(rules.text_most.value).unwrap_or(i64::MAX);
        let (fits, least, most) = match self.kind {
            QuestionKind::One => (true, 1, 1),
            QuestionKind::Several | QuestionKind::Ranking => (
                1 <= self.least && self.least <= self.most && self.most <= count,
                1,
                count,
            ),
            QuestionKind::Scale => (
                (0..=1).contains(&self.least)
                    && self.least < self.most
                    && self.most - self.least < MAX_SCALE,
                0,
                MAX_SCALE - 1,
            ),
            QuestionKind::Text => ((1..=text_most).contains(&self.most), 1, text_most),
        };
        if !fits {
            problems.add("most", t.surveys_limits(least, most));
        }
        problems.done()
    }

    /// What two questions must share to be the same one: kind, limits, options, all words in three languages.
    #[must_use]
    pub fn wording_sha256(&self) -> String {
        let mut hasher = Sha256::new();
        let mut put = |text: &str| {
            hasher.update(text.len().to_string());
            hasher.update(b":");
            hasher.update(text);
        };
        put(self.kind.as_str());
        put(&self.least.to_string());
        put(&self.most.to_string());
        let words = |names: &Names| [names.kk.clone(), names.ru.clone(), names.en.clone()];
        for text in words(&self.wording) {
            put(&text);
        }
        for option in &self.options {
            put(&option.key);
            for text in words(&option.wording) {
                put(&text);
            }
        }
        hex(&hasher.finalize())
    }

    /// Keys of everything that can be counted: options, steps of a scale.
    #[must_use]
    pub fn headings(&self) -> Vec<String> {
        match self.kind {
            QuestionKind::Scale => (self.least..=self.most).map(|n| n.to_string()).collect(),
            _ => self.options.iter().map(|o| o.key.clone()).collect(),
        }
    }

    /// Words of a heading: those of an option, or the number of a step.
    #[must_use]
    pub fn heading(&self, key: &str) -> Names {
        match self.options.iter().find(|o| o.key == key) {
            Some(option) => option.wording.clone(),
            None => Names::new(key, key, key),
        }
    }

    fn fault(&self, answer: &Answer) -> Option<Fault> {
        let options: Vec<&str> = self.options.iter().map(|o| o.key.as_str()).collect();
        let asked = Asked {
            kind: self.kind,
            options: &options,
            least: self.least,
            most: self.most,
        };
        check(&asked, answer).err()
    }
}

/// Letters of keys: they stand in addresses, fields and files.
#[must_use]
pub fn is_key(text: &str) -> bool {
    (1..=30).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// Questions as a whole: at least one, tables between questions that divide the room, each in one table at most.
///
/// # Errors
/// [`Error::Invalid`] at `questions` or `crossed_with`.
pub fn check_all(t: T, rules: &SurveyRules, questions: &[Question]) -> Result<(), Error> {
    let most = rules.questions_most.value;
    if questions.is_empty() || u64::try_from(questions.len()).map_or(true, |n| n > most) {
        return Err(Error::field("questions", t.surveys_questions_count(most)));
    }
    let mut used = BTreeSet::new();
    for (a, b) in pairs(questions) {
        let fits = a.key != b.key && a.kind.divides() && b.kind.divides();
        if !fits || !used.insert(a.key.clone()) || !used.insert(b.key.clone()) {
            return Err(Error::field("crossed_with", t.surveys_cross_form()));
        }
    }
    let dangling = |q: &&Question| {
        !q.crossed_with.is_empty() && !questions.iter().any(|o| o.key == q.crossed_with)
    };
    if questions.iter().any(|q| dangling(&q)) {
        return Err(Error::field("crossed_with", t.surveys_cross_form()));
    }
    Ok(())
}

/// Declared two-way tables.
#[must_use]
pub fn pairs(questions: &[Question]) -> Vec<(&Question, &Question)> {
    questions
        .iter()
        .filter_map(|a| {
            let b = questions.iter().find(|b| b.key == a.crossed_with)?;
            Some((a, b))
        })
        .collect()
}

/// Checks a submission against its questions. Each problem is named `q.` and the key of the question.
///
/// # Errors
/// [`Error::Invalid`] naming each question; one that does not exist, or comes twice, at `q`.
pub fn check_submission(t: T, questions: &[Question], sent: &Submission) -> Result<(), Error> {
    let mut problems = FieldErrors::new();
    let mut seen = BTreeSet::new();
    for (key, answer) in &sent.answers {
        match questions.iter().find(|q| q.key == *key) {
            Some(question) if seen.insert(key) => {
                if let Some(fault) = question.fault(answer) {
                    problems.add(format!("q.{key}"), sentence(t, question, fault));
                }
            }
            _ => problems.add("q", t.surveys_fault_option()),
        }
    }
    for question in questions {
        if question.required && !seen.contains(&question.key) {
            problems.add(format!("q.{}", question.key), t.surveys_fault_blank());
        }
    }
    if problems.is_empty() && sent.answers.is_empty() {
        problems.add("q", t.surveys_fault_blank());
    }
    problems.done()
}

fn sentence(t: T, question: &Question, fault: Fault) -> String {
    match fault {
        Fault::Kind | Fault::Option => t.surveys_fault_option(),
        Fault::Twice => t.surveys_fault_twice(),
        Fault::Few => t.surveys_fault_few(question.least),
        Fault::Many => t.surveys_fault_many(question.most),
        Fault::Scale => t.surveys_fault_scale(question.least, question.most),
        Fault::Blank => t.surveys_fault_blank(),
        Fault::Long => t.form_too_long(question.most),
    }
}
