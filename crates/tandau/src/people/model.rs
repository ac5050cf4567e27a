//! What is known of a person.

use crate::platform::{Error, FieldProblem, Names, T};
use jiff::civil::Date;

/// Sex as registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sex {
    /// Woman.
    Female,
    /// Man.
    Male,
}

impl Sex {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Female, Self::Male];

    /// The word kept in tables and files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
        }
    }

    /// The sex of a word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == text)
    }
}

/// A person to put on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPerson {
    /// Family name, given name, patronymic, in three languages.
    pub names: Names,
    /// Sex.
    pub sex: Sex,
    /// Year of birth.
    pub birth_year: i16,
    /// Date of birth, where the law asks for it (candidates).
    pub birth_date: Option<Date>,
    /// True for a person who does not exist: demonstration data.
    pub synthetic: bool,
}

/// A person on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Permanent id, without time or order in it.
    pub id: String,
    /// Names.
    pub names: Names,
    /// Sex.
    pub sex: Sex,
    /// Year of birth.
    pub birth_year: i16,
    /// Date of birth, if known.
    pub birth_date: Option<Date>,
    /// True for demonstration data.
    pub synthetic: bool,
}

/// Longest name taken, in characters.
pub const MAX_NAME_CHARS: usize = 200;

/// Checks three names of anything: none blank, none too long, no control characters. Problems are named
/// `name_kk`, `name_ru`, `name_en`.
pub(crate) fn name_problems(t: T, names: &Names) -> Vec<FieldProblem> {
    [
        ("name_kk", &names.kk),
        ("name_ru", &names.ru),
        ("name_en", &names.en),
    ]
    .into_iter()
    .filter_map(|(field, name)| {
        let message = if name.trim().is_empty() {
            t.form_required()
        } else if name.chars().count() > MAX_NAME_CHARS || name.chars().any(char::is_control) {
            t.form_too_long(i64::try_from(MAX_NAME_CHARS).unwrap_or(i64::MAX))
        } else {
            return None;
        };
        Some(FieldProblem {
            field: field.to_owned(),
            message,
        })
    })
    .collect()
}

impl NewPerson {
    /// Checks what is known before it is kept.
    ///
    /// # Errors
    /// [`Error::Invalid`]: a missing or too long name, a year of birth that no living person has, a date
    /// of another year.
    pub fn check(&self, t: T, today: Date) -> Result<(), Error> {
        let mut problems = name_problems(t, &self.names);
        let oldest = today.year() - 120;
        if !(oldest..=today.year()).contains(&self.birth_year) {
            problems.push(FieldProblem {
                field: "birth_year".to_owned(),
                message: t.people_birth_year(),
            });
        }
        if self.birth_date.is_some_and(|d| d.year() != self.birth_year) {
            problems.push(FieldProblem {
                field: "birth_date".to_owned(),
                message: t.people_birth_date(),
            });
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Error::Invalid(problems))
        }
    }
}
