//! Surveys as data: sizes and steps.

use crate::rules::Confidence;
use serde::{Deserialize, Serialize};

const BUILT_IN: &str = include_str!("../../../../rules/kz/surveys.toml");

/// The rules of surveys of a country (`rules/kz/surveys.toml`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveyRules {
    /// Readable id.
    pub id: String,
    /// With more people than this in the room, each needs a card.
    pub tokens_above: Value,
    /// Results of an open survey are shown from so many answers on.
    pub live_from: Value,
    /// And then after so many more.
    pub live_step: Value,
    /// Questions of one survey at most.
    pub questions_most: Value,
    /// Options of one question at most.
    pub options_most: Value,
    /// Characters of an answer in words at most.
    pub text_most: Value,
    /// Cards of one survey at most.
    pub tokens_most: Value,
}

/// A number with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Value {
    /// The number.
    pub value: u64,
    /// Article; empty only where [`Confidence::Gap`].
    pub article: String,
    /// How far it can be relied on.
    pub confidence: Confidence,
    /// What a reader should know.
    #[serde(default)]
    pub note: String,
}

/// Why a text holds no rules of surveys.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SurveyError {
    /// Not TOML of the expected shape.
    #[error("{0}")]
    Syntax(String),
    /// A value that surveys can't work with.
    #[error("{0} must be from {1} to {2}")]
    Range(&'static str, u64, u64),
    /// No article and nothing that says that none was found.
    #[error("{0}: no article")]
    NoArticle(&'static str),
}

impl SurveyRules {
    /// The rules that come with the program.
    ///
    /// # Errors
    /// [`SurveyError`] if they are faulty, which a test excludes.
    pub fn built_in() -> Result<Self, SurveyError> {
        Self::parse(BUILT_IN)
    }

    /// Reads rules of surveys.
    ///
    /// # Errors
    /// [`SurveyError`].
    pub fn parse(text: &str) -> Result<Self, SurveyError> {
        let rules: Self = toml::from_str(text).map_err(|e| SurveyError::Syntax(e.to_string()))?;
        let all = [
            ("tokens_above", &rules.tokens_above, 0, 1_000_000),
            ("live_from", &rules.live_from, 10, 10_000),
            ("live_step", &rules.live_step, 5, 10_000),
            ("questions_most", &rules.questions_most, 1, 50),
            ("options_most", &rules.options_most, 2, 30),
            ("text_most", &rules.text_most, 1, 2_000),
            ("tokens_most", &rules.tokens_most, 1, 100_000),
        ];
        for (name, value, least, most) in all {
            if !(least..=most).contains(&value.value) {
                return Err(SurveyError::Range(name, least, most));
            }
            if value.article.trim().is_empty() && value.confidence != Confidence::Gap {
                return Err(SurveyError::NoArticle(name));
            }
        }
        Ok(rules)
    }
}
