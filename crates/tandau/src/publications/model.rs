//! The words of publications: a note, its text, what was told to everybody. Pure.

use crate::elections::state::states;
use crate::platform::files::hex;
use crate::platform::i18n::number;
use crate::platform::web::FieldErrors;
use crate::platform::{Error, Names, T};
use electoral::press::{NoteError, Place, TextError, told};
use electoral::survey::clean;
use electoral::text::Text;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sha2::{Digest as _, Sha256};

/// Characters of a title, a reason or the name of an outlet at most.
pub const MAX_LINE: usize = 300;
/// Bytes of a text in one language at most: what a form's field may have.
pub const MAX_BODY: usize = 20_000;
/// Characters of an address at most.
const MAX_LINK: usize = 500;

states! {
    /// Where a note is.
    State {
        /// It is being written.
        Draft = "draft",
        /// Everybody reads it.
        Published = "published",
        /// It holds no longer; what was published stays readable.
        Withdrawn = "withdrawn",
    }
}

states! {
    /// What was done with a notice.
    Act {
        /// People were told.
        Told = "told",
        /// That was put on record by mistake.
        TakenBack = "taken_back",
    }
}

/// What a person writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteText {
    /// Title, places included.
    pub title: Names,
    /// Text, paragraphs parted by blank lines, places included.
    pub body: Names,
    /// Why digits stand in the words.
    pub typed_reason: String,
    /// The day whose records are asked.
    pub records_on: Date,
}

/// A note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Id.
    pub id: String,
    /// What it was drafted from.
    pub template: String,
    /// Kind of the records it is about.
    pub subject_kind: String,
    /// Their id.
    pub subject_id: String,
    /// The area whose commission speaks.
    pub area_id: String,
    /// The election; may be empty.
    pub election_id: String,
    /// Where it is.
    pub state: State,
    /// Acts it has seen.
    pub version: u64,
    /// Revisions published.
    pub revision: u64,
    /// The text as it is being written.
    pub text: NoteText,
    /// Demonstration data.
    pub synthetic: bool,
    /// When its newest revision was published.
    pub published_at: Option<Timestamp>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<Timestamp>,
    /// Why.
    pub withdrawn_reason: String,
}

/// A note to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNote {
    /// Id, made with the form: the same form sent twice is one note.
    pub id: String,
    /// Template.
    pub template: String,
    /// Id of what it is about; of an area its id.
    pub subject_id: String,
    /// The election; may be empty.
    pub election_id: String,
    /// The day whose records are asked.
    pub records_on: Date,
}

pub use crate::platform::i18n::language;

fn text_of(names: &Names) -> Text {
    Text {
        kk: names.kk.clone(),
        ru: names.ru.clone(),
        en: names.en.clone(),
    }
}

/// Three languages as names.
#[must_use]
pub fn names_of(text: &Text) -> Names {
    Names::new(text.kk.trim(), text.ru.trim(), text.en.trim())
}

/// A place as the records are asked: how the answer is written is no matter of theirs.
#[must_use]
pub fn query(place: &Place) -> String {
    let text = place.to_string();
    match text.split_once('|') {
        Some((asked, _)) => format!("{asked}}}"),
        None => text,
    }
}

impl NoteText {
    /// The same without what would turn a page around it.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        let line = |text: &str| clean(text).replace('\n', " ").trim().to_owned();
        let block = |text: &str| clean(&text.replace("\r\n", "\n")).trim().to_owned();
        self.title = self.title.lines();
        self.body = self.body.map(block);
        self.typed_reason = line(&self.typed_reason);
        self
    }

    /// Checks what needs no records: three languages, places that can be read, the same figures in each, no typed
    /// digit without a reason. Gives the places, each once.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming each field.
    pub fn check(&self, t: T) -> Result<Vec<Place>, Error> {
        let mut problems = FieldErrors::new();
        let mut places: Vec<Place> = Vec::new();
        let mut typed: Vec<String> = Vec::new();
        for (stem, names) in [("title", &self.title), ("body", &self.body)] {
            for (code, text) in [("kk", &names.kk), ("ru", &names.ru), ("en", &names.en)] {
                let long = if stem == "title" {
                    text.chars().count() > MAX_LINE
                } else {
                    text.len() > MAX_BODY
                };
                if long {
                    let most = if stem == "title" { MAX_LINE } else { MAX_BODY };
                    problems.add(format!("{stem}_{code}"), t.form_too_long(most));
                }
            }
            match told(&text_of(names)) {
                Ok(found) => {
                    for place in found.places {
                        if !places.iter().any(|known| query(known) == query(&place)) {
                            places.push(place);
                        }
                    }
                    for (_, one) in found.typed {
                        if !typed.contains(&one.digits) {
                            typed.push(one.digits);
                        }
                    }
                }
                Err(TextError::Blank(language)) => {
                    problems.add(format!("{stem}_{}", language.code()), t.form_required());
                }
                Err(TextError::Place(language, error)) => {
                    problems.add(format!("{stem}_{}", language.code()), sentence(t, &error))
                }
                Err(TextError::Differs(language)) => problems.add(
                    format!("{stem}_{}", language.code()),
                    t.publications_languages_differ(),
                ),
            }
        }
        if self.typed_reason.chars().count() > MAX_LINE {
            problems.add("typed_reason", t.form_too_long(MAX_LINE));
        } else if !typed.is_empty() && self.typed_reason.is_empty() {
            problems.add(
                "typed_reason",
                t.publications_typed_digits(typed.join(", ")),
            );
        }
        problems.done()?;
        Ok(places)
    }

    /// The hash of what stands in it.
    #[must_use]
    pub fn digest(&self) -> String {
        let all = serde_json::json!({
            "title": self.title,
            "body": self.body,
            "typed_reason": self.typed_reason,
            "records_on": self.records_on.to_string(),
        });
        hex(&Sha256::digest(all.to_string().as_bytes()))
    }
}

fn sentence(t: T, error: &NoteError) -> String {
    let at = |n: &usize| number(t.lang, u64::try_from(*n).unwrap_or(u64::MAX));
    match error {
        NoteError::TooLong => t.form_too_long(MAX_BODY),
        NoteError::TooMany => t.publications_places_many(),
        NoteError::Open(n) => t.publications_place_open(at(n)),
        NoteError::Close(n) => t.publications_place_close(at(n)),
        NoteError::Bad(n, said) => t.publications_place_bad(at(n), said.clone()),
    }
}

/// A reason that has to be given.
///
/// # Errors
/// [`Error::Invalid`] at `reason`.
pub fn reason(t: T, text: &str) -> Result<String, Error> {
    let text = clean(text).replace('\n', " ").trim().to_owned();
    if text.is_empty() {
        return Err(Error::field("reason", t.form_required()));
    }
    if text.chars().count() > MAX_LINE {
        return Err(Error::field("reason", t.form_too_long(MAX_LINE)));
    }
    Ok(text)
}

/// Something that was told to everybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telling {
    /// The day.
    pub told_on: Date,
    /// Id of the channel.
    pub channel: String,
    /// The newspaper, the address, the board.
    pub outlet: String,
    /// Where it can be seen; may be empty.
    pub link: String,
}

impl Telling {
    /// Checks what needs no records.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming each field.
    pub fn check(&self, t: T, today: Date, has_file: bool) -> Result<(), Error> {
        let mut problems = FieldErrors::new();
        if self.told_on > today {
            problems.add("told_on", t.publications_told_later());
        }
        if self.outlet.trim().is_empty() {
            problems.add("outlet", t.form_required());
        } else if self.outlet.chars().count() > MAX_LINE {
            problems.add("outlet", t.form_too_long(MAX_LINE));
        }
        if self.link.is_empty() {
            if !has_file {
                problems.add("proof", t.publications_proof_needed());
            }
        } else if !is_link(&self.link) {
            problems.add("link", t.publications_link_form());
        }
        problems.done()
    }
}

/// An address of a page elsewhere: nothing that a browser would run.
#[must_use]
pub fn is_link(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    text.len() <= MAX_LINK
        && rest.is_some_and(|rest| rest.contains('.') && !rest.starts_with('.'))
        && !text
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\'))
}

/// One act on a notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeEvent {
    /// Id of the notice in the rules.
    pub kind: String,
    /// The area of the commission.
    pub area_id: String,
    /// From 1.
    pub sequence: u64,
    /// What was done.
    pub act: Act,
    /// The telling that was taken back.
    pub of_sequence: Option<u64>,
    /// The day on which people were told.
    pub told_on: Option<Date>,
    /// Channel.
    pub channel: String,
    /// The newspaper, the address, the board.
    pub outlet: String,
    /// Where it can be seen.
    pub link: String,
    /// The paper that proves it.
    pub file_id: Option<String>,
    /// Why it was taken back.
    pub reason: String,
    /// When it was put on record.
    pub made_at: Timestamp,
}

impl NoticeEvent {
    /// When a telling was put on record, where that was not on the day on which people were told, by the clocks of a zone.
    #[must_use]
    pub fn entered_later(&self, zone: &TimeZone) -> Option<Timestamp> {
        let entered = self.made_at.to_zoned_datetime(zone.clone()).date();
        let told = self.told_on?;
        (told != entered).then_some(self.made_at)
    }
}

/// Tellings of a notice that hold: told, and not taken back.
#[must_use]
pub fn standing(events: &[NoticeEvent]) -> Vec<&NoticeEvent> {
    let taken: Vec<u64> = events.iter().filter_map(|e| e.of_sequence).collect();
    events
        .iter()
        .filter(|e| e.act == Act::Told && !taken.contains(&e.sequence))
        .collect()
}

states! {
    /// How a notice stands.
    Standing {
        /// Not told, and late.
        Overdue = "overdue",
        /// Not told; there is time, or nobody knows by when.
        Open = "open",
        /// Told, but late.
        Late = "late",
        /// Told in time.
        InTime = "in_time",
    }
}

/// How a notice stands at a moment. `last_day` is the last day on which it is told in time.
#[must_use]
pub fn how_it_stands(
    first_told: Option<Date>,
    last_day: Option<Date>,
    due: Option<Timestamp>,
    now: Timestamp,
) -> Standing {
    match (first_told, last_day) {
        (Some(told), Some(last)) if told > last => Standing::Late,
        (Some(_), _) => Standing::InTime,
        (None, _) if due.is_some_and(|due| due <= now) => Standing::Overdue,
        (None, _) => Standing::Open,
    }
}

/// So many of so many, as pages say it.
#[must_use]
pub fn of(t: T, part: u64, all: u64) -> String {
    t.publications_part_of(number(t.lang, all), number(t.lang, part))
}
