//! Notes for the press whose figures are asked of the records, never typed.
//!
//! The text of a note holds places such as `{events kind=seminar_meeting}` or `{share question=forms option=remote|whole}`.
//! [`parse`] reads them, [`typed`] lists the digits that stand in the words around them, [`Value::shown`] writes a value
//! as the place wants it. What a name means and how its records are read is no matter of this module.

mod parse;
mod value;

pub use parse::{NoteError, parse};
pub use value::{Format, Value};

use crate::text::{Language, Text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// The built-in rules.
const BUILT_IN: &str = include_str!("../../../../rules/kz/press.toml");

/// A place of a note that a figure fills.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Name of the question asked of the records.
    pub name: String,
    /// What it is asked with.
    pub params: BTreeMap<String, String>,
    /// How the value is written.
    pub format: Format,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{{}", self.name)?;
        for (name, value) in &self.params {
            write!(f, " {name}={value}")?;
        }
        match self.format.word() {
            Some(word) => write!(f, "|{word}}}"),
            None => f.write_str("}"),
        }
    }
}

/// A piece of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Words as a person wrote them.
    Words(String),
    /// A figure.
    Figure(Place),
}

/// Digits that stand in the words of a note instead of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// The digits.
    pub digits: String,
    /// Which piece of the note they stand in.
    pub part: usize,
    /// Where they begin in it, in bytes.
    pub at: usize,
}

/// Lists the digits typed into the words of a note: of any script, and signs such as `½` or `Ⅻ` too.
#[must_use]
pub fn typed(parts: &[Part]) -> Vec<Typed> {
    let mut found: Vec<Typed> = Vec::new();
    for (part, piece) in parts.iter().enumerate() {
        let Part::Words(words) = piece else { continue };
        for (at, sign) in words.char_indices().filter(|(_, c)| c.is_numeric()) {
            match found.last_mut() {
                Some(last) if last.part == part && last.at + last.digits.len() == at => {
                    last.digits.push(sign)
                }
                _ => found.push(Typed {
                    digits: sign.to_string(),
                    part,
                    at,
                }),
            }
        }
    }
    found
}

/// The places of a note, in its order.
pub fn places(parts: &[Part]) -> impl Iterator<Item = &Place> {
    parts.iter().filter_map(|part| match part {
        Part::Figure(place) => Some(place),
        Part::Words(_) => None,
    })
}

/// The templates of notes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PressRules {
    /// Readable id: `kz-press`.
    pub id: String,
    /// Templates.
    #[serde(rename = "template")]
    pub templates: Vec<Template>,
}

/// What a note is drafted from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Readable id: `visit`.
    pub id: String,
    /// What kind of records it is drafted from: `visit`, `area`.
    pub about: String,
    /// What it is called where somebody chooses one.
    pub name: Text,
    /// What the note is about, places included.
    pub title: Text,
    /// The text, paragraphs parted by blank lines.
    pub body: Text,
}

/// Why templates are refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PressError {
    /// No TOML of this form.
    #[error("not readable as press rules: {0}")]
    Form(String),
    /// A language is missing.
    #[error("template {template}: {} is blank", .language.code())]
    Blank {
        /// The template.
        template: String,
        /// The language.
        language: Language,
    },
    /// A place cannot be read.
    #[error("template {template}, {}: {error}", .language.code())]
    Place {
        /// The template.
        template: String,
        /// The language.
        language: Language,
        /// What is wrong.
        error: NoteError,
    },
    /// A figure is typed.
    #[error("template {template}, {}: {digits} is typed, not asked of the records", .language.code())]
    Typed {
        /// The template.
        template: String,
        /// The language.
        language: Language,
        /// What is typed.
        digits: String,
    },
    /// The languages do not tell the same figures.
    #[error("template {template}: {} tells other figures than Kazakh", .language.code())]
    Differs {
        /// The template.
        template: String,
        /// The language.
        language: Language,
    },
    /// Two templates of one id.
    #[error("template {0} stands twice")]
    Twice(String),
}

impl PressRules {
    /// Reads rules and checks them: all languages there, the same figures in each, none of them typed.
    ///
    /// # Errors
    /// What is wrong first.
    pub fn parse(text: &str) -> Result<Self, PressError> {
        let rules: Self =
            toml::from_str(text).map_err(|error| PressError::Form(error.to_string()))?;
        for (position, template) in rules.templates.iter().enumerate() {
            if rules
                .templates
                .iter()
                .take(position)
                .any(|other| other.id == template.id)
            {
                return Err(PressError::Twice(template.id.clone()));
            }
            template.check()?;
        }
        Ok(rules)
    }

    /// The rules the program carries.
    ///
    /// # Errors
    /// As [`PressRules::parse`].
    pub fn built_in() -> Result<Self, PressError> {
        Self::parse(BUILT_IN)
    }

    /// A template by its id.
    #[must_use]
    pub fn template(&self, id: &str) -> Option<&Template> {
        self.templates.iter().find(|template| template.id == id)
    }
}

impl Template {
    fn check(&self) -> Result<(), PressError> {
        let template = || self.id.clone();
        for text in [&self.title, &self.body] {
            let told = told(text).map_err(|error| match error {
                TextError::Blank(language) => PressError::Blank {
                    template: template(),
                    language,
                },
                TextError::Place(language, error) => PressError::Place {
                    template: template(),
                    language,
                    error,
                },
                TextError::Differs(language) => PressError::Differs {
                    template: template(),
                    language,
                },
            })?;
            if let Some((language, found)) = told.typed.into_iter().next() {
                return Err(PressError::Typed {
                    template: template(),
                    language,
                    digits: found.digits,
                });
            }
        }
        Ok(())
    }
}

/// What a text in three languages asks of the records, and what it types instead.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// Places in the order of the Kazakh text, each as often as it stands there.
    pub places: Vec<Place>,
    /// Digits that stand in the words.
    pub typed: Vec<(Language, Typed)>,
}

/// Why a text in three languages is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// A language is missing.
    #[error("{} is blank", .0.code())]
    Blank(Language),
    /// A place cannot be read.
    #[error("{}: {}", .0.code(), .1)]
    Place(Language, NoteError),
    /// A language tells other figures than the Kazakh text.
    #[error("{} tells other figures than Kazakh", .0.code())]
    Differs(Language),
}

/// Reads a text in three languages: all there, the same figures in each, whatever their order.
///
/// # Errors
/// [`TextError`], the first that is found.
pub fn told(text: &Text) -> Result<Told, TextError> {
    if let Some(language) = text.blank() {
        return Err(TextError::Blank(language));
    }
    let mut found = Told::default();
    let mut first: Option<Vec<Place>> = None;
    for language in Language::ALL {
        let parts = parse(text.get(language)).map_err(|error| TextError::Place(language, error))?;
        let typed = typed(&parts).into_iter().map(|one| (language, one));
        found.typed.extend(typed);
        let asked: Vec<Place> = places(&parts).cloned().collect();
        let mut sorted = asked.clone();
        sorted.sort();
        match &first {
            Some(other) if *other != sorted => return Err(TextError::Differs(language)),
            Some(_) => {}
            None => {
                found.places = asked;
                first = Some(sorted);
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests;
