//! Training as data (`rules/kz/training.toml`): one section per part, each read and checked in its own file.

mod attendance;
mod cascade;
mod coverage;
mod planner;
mod quality;
mod tests_section;

pub use attendance::AttendanceRules;
pub use cascade::{Audience, CascadeRules, Level};
pub use coverage::{CoverageRules, Requirement};
pub use planner::PlannerRules;
pub use quality::QualityRules;
pub use tests_section::TestRules;

use crate::rules::Confidence;
use crate::survey::Value;
use crate::text::Text;
use serde::{Deserialize, Serialize};

/// The built-in rules.
const BUILT_IN: &str = include_str!("../../../../../rules/kz/training.toml");

/// The rules of training of a country.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrainingRules {
    /// Readable id: `kz-training`.
    pub id: String,
    /// Levels, target groups, sizes.
    pub cascade: CascadeRules,
    /// Codes, windows, distances of marks.
    pub attendance: AttendanceRules,
    /// Who must be trained at each station, and by when.
    pub coverage: CoverageRules,
    /// Tests and certificates.
    pub tests: TestRules,
    /// Travel and days of the planner.
    pub planner: PlannerRules,
    /// Re-tests, feedback, what counts as a finding.
    pub quality: QualityRules,
}

/// Why a text holds no rules of training.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrainingError {
    /// Not TOML of the expected shape.
    #[error("{0}")]
    Syntax(String),
    /// A value that training can't work with.
    #[error("{0} must be from {1} to {2}")]
    Range(&'static str, u64, u64),
    /// No article and nothing that says that none was found.
    #[error("{0}: no article")]
    NoArticle(&'static str),
    /// An id stands twice in its list.
    #[error("{0} stands twice")]
    Twice(String),
    /// An id has letters other than a–z, digits and `_`.
    #[error("{0} is no id: small letters, digits and _")]
    Id(String),
    /// Words are missing in a language.
    #[error("{0}: words are missing in {1}")]
    Blank(String, &'static str),
    /// A list without entries.
    #[error("the list of {0} is empty")]
    Empty(&'static str),
    /// Something that a section can't work with, in its own words.
    #[error("{0}")]
    Section(String),
}

impl TrainingRules {
    /// The rules that come with the program.
    ///
    /// # Errors
    /// [`TrainingError`] if they are faulty, which a test excludes.
    pub fn built_in() -> Result<Self, TrainingError> {
        Self::parse(BUILT_IN)
    }

    /// Reads rules of training.
    ///
    /// # Errors
    /// [`TrainingError`]: the first thing that is wrong.
    pub fn parse(text: &str) -> Result<Self, TrainingError> {
        let rules: Self = toml::from_str(text).map_err(|e| TrainingError::Syntax(e.to_string()))?;
        rules.cascade.check()?;
        rules.attendance.check()?;
        rules.coverage.check(&rules.cascade)?;
        rules.tests.check()?;
        rules.planner.check()?;
        rules.quality.check()?;
        Ok(rules)
    }
}

/// Values within their bounds, each with an article or with the word that none was found.
fn values(all: &[(&'static str, &Value, u64, u64)]) -> Result<(), TrainingError> {
    for (name, value, least, most) in all {
        if !(*least..=*most).contains(&value.value) {
            return Err(TrainingError::Range(name, *least, *most));
        }
        if value.article.trim().is_empty() && value.confidence != Confidence::Gap {
            return Err(TrainingError::NoArticle(name));
        }
    }
    Ok(())
}

/// A list of ids with their words.
fn list<'r>(
    name: &'static str,
    entries: impl IntoIterator<Item = (&'r str, &'r Text)>,
) -> Result<(), TrainingError> {
    let mut seen = std::collections::BTreeSet::new();
    for (id, title) in entries {
        let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if id.is_empty() || id.len() > 40 || !id.bytes().all(fits) {
            return Err(TrainingError::Id(id.to_owned()));
        }
        if let Some(language) = title.blank() {
            return Err(TrainingError::Blank(id.to_owned(), language.code()));
        }
        if !seen.insert(id) {
            return Err(TrainingError::Twice(id.to_owned()));
        }
    }
    if seen.is_empty() {
        return Err(TrainingError::Empty(name));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{BUILT_IN, TrainingError, TrainingRules};

    fn broken(from: &str, to: &str) -> TrainingError {
        let text = BUILT_IN.replacen(from, to, 1);
        assert_ne!(text, BUILT_IN, "{from}");
        TrainingRules::parse(&text).expect_err(from)
    }

    #[test]
    fn the_rules_that_come_with_the_program_are_sound() {
        let rules = TrainingRules::built_in().unwrap();
        assert_eq!(rules.cascade.levels.len(), 4);
        assert_eq!(rules.cascade.level(2).unwrap().id, "district");
        assert!(rules.cascade.audience("precinct_members").is_some());
        assert!(rules.cascade.audience("nobody").is_none());
    }

    #[test]
    fn what_is_faulty_is_refused_by_name() {
        assert!(matches!(
            broken("id = ", "id = 1 #"),
            TrainingError::Syntax(_)
        ));
        assert_eq!(
            broken("seats_most = { value = 500", "seats_most = { value = 0"),
            TrainingError::Range("cascade.seats_most", 1, 2_000)
        );
        assert_eq!(
            broken("id = \"trainers\"", "id = \"observers\""),
            TrainingError::Twice("observers".into())
        );
        assert_eq!(
            broken("id = \"trainers\"", "id = \"Trainers\""),
            TrainingError::Id("Trainers".into())
        );
        assert!(matches!(
            broken("kk = \"Тренерлер\"", "kk = \"\""),
            TrainingError::Blank(..)
        ));
        assert!(matches!(
            broken("commission = \"central\"", "commission = \"moon\""),
            TrainingError::Section(_)
        ));
        assert!(matches!(
            broken("[attendance]", "[attendance]\nfoo = 1"),
            TrainingError::Syntax(_)
        ));
    }
}
