//! Values of figures and how they are written.

use crate::text::Language;
use serde::{Deserialize, Serialize};

/// How a place wants its value written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// As it is; a share in tenths of a percent.
    Plain,
    /// A share in whole percent.
    Whole,
    /// A share in whole percent, with "almost" when the exact one is smaller.
    Almost,
}

impl Format {
    pub(super) fn word(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Whole => Some("whole"),
            Self::Almost => Some("almost"),
        }
    }

    pub(super) fn from_word(word: &str) -> Option<Self> {
        match word {
            "whole" => Some(Self::Whole),
            "almost" => Some(Self::Almost),
            _ => None,
        }
    }
}

/// The value of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Value {
    /// A number of something, or the number of a station.
    Count(u64),
    /// So many of so many.
    Share {
        /// How many.
        part: u64,
        /// Of how many.
        of: u64,
    },
}

impl Value {
    /// The value in words of a language. A share of nothing is no figure. Halves are rounded up.
    #[must_use]
    pub fn shown(self, format: Format, language: Language) -> Option<String> {
        let (part, of) = match self {
            Self::Count(count) => return Some(count.to_string()),
            Self::Share { part, of } if of > 0 && part <= of => (u128::from(part), u128::from(of)),
            Self::Share { .. } => return None,
        };
        let rounded = |steps: u128| (2 * part * steps + of) / (2 * of);
        let whole = rounded(100);
        Some(match format {
            Format::Plain => {
                let tenths = rounded(1000);
                let mark = if language == Language::En { '.' } else { ',' };
                format!("{}{mark}{}\u{a0}%", tenths / 10, tenths % 10)
            }
            Format::Almost if whole * of > part * 100 => {
                let almost = match language {
                    Language::Kk => "шамамен",
                    Language::Ru => "почти",
                    Language::En => "almost",
                };
                format!("{almost} {whole}\u{a0}%")
            }
            Format::Whole | Format::Almost => format!("{whole}\u{a0}%"),
        })
    }
}
