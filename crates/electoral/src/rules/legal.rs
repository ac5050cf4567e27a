use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::text::{Language, Text};

/// How far a value can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Read in the text of the law or of the commission.
    Sourced,
    /// Follows by arithmetic from sourced values.
    Computed,
    /// Follows from sourced facts by reasoning that the note gives.
    Inferred,
    /// Known but not looked up: verify before relying on it.
    FromMemory,
    /// Not found: a setting that somebody must confirm.
    Gap,
}

impl Confidence {
    /// The word used in rule packs and exports.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Sourced => "sourced",
            Self::Computed => "computed",
            Self::Inferred => "inferred",
            Self::FromMemory => "from_memory",
            Self::Gap => "gap",
        }
    }
}

/// Where a value of law comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Id of the act in [`super::RulePack::acts`].
    pub act: String,
    /// Article with paragraph, `43(8)`; empty only where [`Confidence::Gap`].
    pub article: String,
    /// Date of the edition that was read.
    pub edition: Date,
    /// First day on which the value applies.
    pub valid_from: Date,
    /// Last day on which it applies, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Date>,
    /// How far it can be relied on.
    pub confidence: Confidence,
    /// What a reader should know about the value or its reading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A value of law with its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Legal<T> {
    /// The value itself.
    pub value: T,
    /// Where it comes from.
    pub source: Source,
}

/// An act that articles refer to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Act {
    /// Full title.
    pub title: Text,
    /// Title as used in a citation.
    pub short: Text,
    /// Whether the act has articles; published practice has none.
    #[serde(default = "has_articles")]
    pub articles: bool,
    /// Edition read, unless a value says otherwise.
    pub edition: Date,
    /// First day of this edition, unless a value says otherwise.
    pub valid_from: Date,
}

fn has_articles() -> bool {
    true
}

impl Act {
    /// A citation such as "Constitutional Law on Elections, art. 43(8)".
    #[must_use]
    pub fn cite(&self, article: &str, language: Language) -> String {
        let short = self.short.get(language);
        if article.is_empty() {
            return short.to_owned();
        }
        match language {
            Language::Kk => format!("{short}, {article}-бап"),
            Language::Ru => format!("{short}, ст. {article}"),
            Language::En => format!("{short}, art. {article}"),
        }
    }
}
