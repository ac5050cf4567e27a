//! What an answer may be.

use std::collections::BTreeSet;

/// Kinds of questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// One of the options.
    One,
    /// Several of the options.
    Several,
    /// A whole number between two ends.
    Scale,
    /// Options in an order.
    Ranking,
    /// A few words.
    Text,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::One,
        Self::Several,
        Self::Scale,
        Self::Ranking,
        Self::Text,
    ];

    /// The word kept in tables and files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Several => "several",
            Self::Scale => "scale",
            Self::Ranking => "ranking",
            Self::Text => "text",
        }
    }

    /// The kind of a word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Whether it has options that somebody wrote.
    #[must_use]
    pub const fn has_options(self) -> bool {
        matches!(self, Self::One | Self::Several | Self::Ranking)
    }

    /// Whether each answer falls under exactly one heading.
    #[must_use]
    pub const fn divides(self) -> bool {
        matches!(self, Self::One | Self::Scale)
    }
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The key of an option.
    One(String),
    /// Keys of options.
    Several(BTreeSet<String>),
    /// A number of the scale.
    Scale(i64),
    /// Keys of options, the first one first.
    Ranking(Vec<String>),
    /// Words.
    Text(String),
}

/// What an answer is checked against.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Kind.
    pub kind: Kind,
    /// Keys of the options.
    pub options: &'a [&'a str],
    /// Options at least, the lower end of a scale; not read for other kinds.
    pub least: i64,
    /// Options at most, the upper end of a scale, characters of a text.
    pub most: i64,
}

/// Why something is no answer to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// An answer of another kind.
    Kind,
    /// An option that does not exist.
    Option,
    /// An option twice.
    Twice,
    /// Too few options.
    Few,
    /// Too many options.
    Many,
    /// Beyond the ends of the scale.
    Scale,
    /// No words.
    Blank,
    /// Too many characters.
    Long,
}

/// Checks an answer.
///
/// # Errors
/// [`Fault`].
pub fn check(asked: &Asked<'_>, answer: &Answer) -> Result<(), Fault> {
    let known = |key: &String| asked.options.contains(&key.as_str());
    match (asked.kind, answer) {
        (Kind::One, Answer::One(key)) if known(key) => Ok(()),
        (Kind::One, Answer::One(_)) => Err(Fault::Option),
        (Kind::Several, Answer::Several(keys)) => {
            if keys.iter().all(known) {
                within(asked, keys.len())
            } else {
                Err(Fault::Option)
            }
        }
        (Kind::Ranking, Answer::Ranking(keys)) => {
            if !keys.iter().all(known) {
                return Err(Fault::Option);
            }
            if keys.iter().collect::<BTreeSet<_>>().len() != keys.len() {
                return Err(Fault::Twice);
            }
            within(asked, keys.len())
        }
        (Kind::Scale, Answer::Scale(value)) => {
            if (asked.least..=asked.most).contains(value) {
                Ok(())
            } else {
                Err(Fault::Scale)
            }
        }
        (Kind::Text, Answer::Text(text)) => {
            let length = text.chars().count();
            if clean(text).is_empty() {
                Err(Fault::Blank)
            } else if i64::try_from(length).map_or(true, |length| length > asked.most) {
                Err(Fault::Long)
            } else {
                Ok(())
            }
        }
        _ => Err(Fault::Kind),
    }
}

fn within(asked: &Asked<'_>, count: usize) -> Result<(), Fault> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    if count < asked.least.max(1) {
        Err(Fault::Few)
    } else if count > asked.most {
        Err(Fault::Many)
    } else {
        Ok(())
    }
}

/// What an answer adds one to: the key of an option with its place (0 where there are none). Words add to nothing.
#[must_use]
pub fn counters(answer: &Answer) -> Vec<(String, i64)> {
    match answer {
        Answer::One(key) => vec![(key.clone(), 0)],
        Answer::Several(keys) => keys.iter().map(|key| (key.clone(), 0)).collect(),
        Answer::Scale(value) => vec![(value.to_string(), 0)],
        Answer::Ranking(keys) => keys.iter().cloned().zip(1..).collect(),
        Answer::Text(_) => Vec::new(),
    }
}

/// Words without what could change the page around them: controls and marks that turn the direction of writing. Emoji
/// and right-to-left letters stay.
#[must_use]
pub fn clean(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{feff}');
    let kept: String = text
        .chars()
        .map(|c| if c == '\r' || c == '\t' { ' ' } else { c })
        .filter(|c| *c == '\n' || !(c.is_control() || turns(*c)))
        .collect();
    kept.trim().to_owned()
}
