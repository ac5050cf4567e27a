//! Text in the three languages of every screen and paper.

use serde::{Deserialize, Serialize};

/// A language that everything is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Kazakh, the state language.
    Kk,
    /// Russian.
    Ru,
    /// English.
    En,
}

impl Language {
    /// All languages, the state language first.
    pub const ALL: [Self; 3] = [Self::Kk, Self::Ru, Self::En];

    /// The two-letter code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Kk => "kk",
            Self::Ru => "ru",
            Self::En => "en",
        }
    }
}

/// The same words in Kazakh, Russian and English.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Kazakh.
    pub kk: String,
    /// Russian.
    pub ru: String,
    /// English.
    pub en: String,
}

impl Text {
    /// The words in one language.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Kk => &self.kk,
            Language::Ru => &self.ru,
            Language::En => &self.en,
        }
    }

    /// The first language whose words are blank, if any.
    #[must_use]
    pub fn blank(&self) -> Option<Language> {
        Language::ALL
            .into_iter()
            .find(|language| self.get(*language).trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_gets_its_own_words() {
        let text = Text {
            kk: "сайлау".into(),
            ru: "выборы".into(),
            en: "election".into(),
        };
        assert_eq!(text.get(Language::Kk), "сайлау");
        assert_eq!(text.get(Language::Ru), "выборы");
        assert_eq!(text.get(Language::En), "election");
        assert_eq!(text.blank(), None);
    }

    #[test]
    fn blank_words_are_found() {
        let text = Text {
            kk: "сайлау".into(),
            ru: "  ".into(),
            en: "election".into(),
        };
        assert_eq!(text.blank(), Some(Language::Ru));
    }
}
