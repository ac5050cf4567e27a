//! A note as it is read: words and figures, each figure a way to its records, what changed since beside it. Pages, plain
//! texts and papers are made of this, here and wherever another room shows the note of its records.

use super::figures::{Figure, Value, in_words};
use super::model::{Note, NoteText, query};
use super::queries::{Change, Reading};
use crate::platform::i18n::instant_long;
use crate::platform::{App, Error, Lang, T};
use electoral::press::{Format, Part, Place, parse};
use jiff::tz::TimeZone;

/// A piece of a note.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// Words, or a figure as it is written.
    pub text: String,
    /// Page that shows the records of a figure; empty for words.
    pub href: String,
    /// Position of a figure in the list of sources; 0 for words.
    pub position: u64,
    /// What the records say now, where it is something else.
    pub change: String,
    /// A figure that nobody could tell.
    pub missing: bool,
}

/// Where a figure came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// From 1.
    pub position: u64,
    /// The figure as it is written.
    pub text: String,
    /// What was asked, in words.
    pub asked: String,
    /// The same as it stands in the note.
    pub query: String,
    /// Page that shows the records.
    pub href: String,
    /// When.
    pub at: String,
    /// SHA-256 over question, answer and day.
    pub digest: String,
    /// What the records said later, in order.
    pub history: Vec<String>,
}

/// A note in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Its title.
    pub title: Vec<Piece>,
    /// Its paragraphs.
    pub paragraphs: Vec<Vec<Piece>>,
    /// Its sources.
    pub sources: Vec<Source>,
}

/// How the figure of a place is written: the piece that stands for it.
type Write<'w> = &'w dyn Fn(&Place) -> Piece;

fn pieces(text: &str, write: Write<'_>) -> Result<Vec<Vec<Piece>>, Error> {
    let mut paragraphs = vec![Vec::new()];
    for part in parse(text).map_err(Error::internal)? {
        match part {
            Part::Words(words) => {
                for (at, words) in words.split("\n\n").enumerate() {
                    if at > 0 {
                        paragraphs.push(Vec::new());
                    }
                    // A line break within a paragraph is a blank like any other.
                    let text = words.replace('\n', " ");
                    let last = paragraphs.last_mut().filter(|_| !text.is_empty());
                    if let Some(last) = last {
                        last.push(Piece {
                            text,
                            ..Piece::default()
                        });
                    }
                }
            }
            Part::Figure(place) => {
                if let Some(last) = paragraphs.last_mut() {
                    last.push(write(&place));
                }
            }
        }
    }
    paragraphs.retain(|pieces| pieces.iter().any(|piece| !piece.text.trim().is_empty()));
    Ok(paragraphs)
}

fn written(value: Option<&Value>, format: Format, t: T) -> String {
    value
        .and_then(|value| value.shown(format, t.lang))
        .unwrap_or_else(|| t.publications_no_longer_told())
}

fn since(t: T, change: &Change, format: Format, was: &str, zone: &TimeZone) -> String {
    let now = written(change.value.as_ref(), format, t);
    t.publications_was_now(
        instant_long(t.lang, change.noticed_at, zone),
        now,
        was.to_owned(),
    )
}

/// A published note as everybody reads it.
///
/// # Errors
/// A text on record that can't be read, which publishing prevents.
pub fn published(app: &App, t: T, reading: &Reading) -> Result<Shown, Error> {
    let zone = &app.home_zone;
    let find = |place: &Place| {
        let asked = query(place);
        let figures = reading.figures.iter().zip(1_u64..);
        figures
            .into_iter()
            .find(|(figure, _)| figure.query == asked)
    };
    let write = |place: &Place| match find(place) {
        Some((figure, position)) => {
            let text = written(Some(&figure.value), place.format, t);
            let change = reading.now(position);
            Piece {
                change: change.map_or_else(String::new, |change| {
                    since(t, change, place.format, &text, zone)
                }),
                href: figure.href.clone(),
                position,
                missing: false,
                text,
            }
        }
        None => missing(place),
    };
    let text = &reading.revision.text;
    let mut shown = of_text(text, t.lang, &write)?;
    let formats = formats(text, t.lang)?;
    for (figure, position) in reading.figures.iter().zip(1_u64..) {
        let format = formats
            .iter()
            .find(|place| query(place) == figure.query)
            .map_or(Format::Plain, |place| place.format);
        let was = written(Some(&figure.value), format, t);
        let history = reading
            .changes
            .iter()
            .filter(|change| change.position == position)
            .map(|change| since(t, change, format, &was, zone))
            .collect();
        let mut source = source(t, figure, position, format, zone);
        source.history = history;
        shown.sources.push(source);
    }
    Ok(shown)
}

/// A text as it would read with the figures that were found; those that nobody tells show their place.
///
/// # Errors
/// A text that can't be read.
pub fn draft(
    app: &App,
    t: T,
    text: &NoteText,
    found: &[(Place, Result<Figure, super::figures::Silence>)],
) -> Result<Shown, Error> {
    let find = |place: &Place| {
        let asked = query(place);
        let all = found.iter().zip(1_u64..);
        all.into_iter().find_map(|((known, answer), position)| {
            let figure = answer.as_ref().ok()?;
            (query(known) == asked).then_some((figure, position))
        })
    };
    let write = |place: &Place| match find(place) {
        Some((figure, position)) => Piece {
            text: written(Some(&figure.value), place.format, t),
            href: figure.href.clone(),
            position,
            ..Piece::default()
        },
        None => missing(place),
    };
    let mut shown = of_text(text, t.lang, &write)?;
    for ((place, answer), position) in found.iter().zip(1_u64..) {
        shown.sources.push(match answer {
            Ok(figure) => source(t, figure, position, place.format, &app.home_zone),
            Err(silence) => Source {
                position,
                text: t.word(silence.key()),
                asked: in_words(t, place),
                query: query(place),
                ..Source::default()
            },
        });
    }
    Ok(shown)
}

fn missing(place: &Place) -> Piece {
    Piece {
        text: place.to_string(),
        missing: true,
        ..Piece::default()
    }
}

fn source(t: T, figure: &Figure, position: u64, format: Format, zone: &TimeZone) -> Source {
    Source {
        position,
        text: written(Some(&figure.value), format, t),
        asked: of_query(t, &figure.query),
        query: figure.query.clone(),
        href: figure.href.clone(),
        at: instant_long(t.lang, figure.asked_at, zone),
        digest: figure.digest.clone(),
        history: Vec::new(),
    }
}

fn of_query(t: T, query: &str) -> String {
    match parse(query).as_deref() {
        Ok([Part::Figure(place)]) => in_words(t, place),
        _ => query.to_owned(),
    }
}

fn of_text(text: &NoteText, lang: Lang, write: Write<'_>) -> Result<Shown, Error> {
    Ok(Shown {
        title: pieces(text.title.get(lang), write)?.concat(),
        paragraphs: pieces(text.body.get(lang), write)?,
        sources: Vec::new(),
    })
}

/// Places of a text in a language, title first.
fn formats(text: &NoteText, lang: Lang) -> Result<Vec<Place>, Error> {
    let mut all = Vec::new();
    for names in [&text.title, &text.body] {
        let parts = parse(names.get(lang)).map_err(Error::internal)?;
        all.extend(electoral::press::places(&parts).cloned());
    }
    Ok(all)
}

impl Shown {
    /// The title as one line.
    #[must_use]
    pub fn title(&self) -> String {
        line(&self.title)
    }

    /// The text as lines of paragraphs, changes in brackets.
    #[must_use]
    pub fn text(&self) -> String {
        let paragraphs: Vec<String> = self.paragraphs.iter().map(|p| line(p)).collect();
        paragraphs.join("\n\n")
    }
}

fn line(pieces: &[Piece]) -> String {
    let mut text = String::new();
    for piece in pieces {
        text.push_str(&piece.text);
        if !piece.change.is_empty() {
            text.push_str(&format!(" [{}]", piece.change));
        }
    }
    text.trim().to_owned()
}

/// The title of a published note in a list: its words with the figures they were published with.
///
/// # Errors
/// A text on record that can't be read.
pub fn title_of(t: T, note: &Note, figures: &[Figure]) -> Result<String, Error> {
    let write = |place: &Place| {
        let asked = query(place);
        let figure = figures.iter().find(|figure| figure.query == asked);
        figure.map_or_else(
            || missing(place),
            |figure| Piece {
                text: written(Some(&figure.value), place.format, t),
                ..Piece::default()
            },
        )
    };
    let pieces = pieces(note.text.title.get(t.lang), &write)?.concat();
    Ok(line(&pieces))
}
