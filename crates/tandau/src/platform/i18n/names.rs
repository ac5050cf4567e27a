//! A name in three languages: places, people, commissions are data in each of them.

use super::{Lang, T};
use serde::{Deserialize, Serialize};

/// A name in Kazakh, Russian and English.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Names {
    /// Kazakh.
    pub kk: String,
    /// Russian.
    pub ru: String,
    /// English.
    pub en: String,
}

impl Names {
    /// Made of three names.
    #[must_use]
    pub fn new(kk: impl Into<String>, ru: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            kk: kk.into(),
            ru: ru.into(),
            en: en.into(),
        }
    }

    /// What each language says.
    #[must_use]
    pub fn each(say: impl Fn(T) -> String) -> Self {
        let [kk, ru, en] = Lang::ALL.map(|lang| say(T::new(lang)));
        Self { kk, ru, en }
    }

    /// The name in one language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Kk => &self.kk,
            Lang::Ru => &self.ru,
            Lang::En => &self.en,
        }
    }

    /// What search compares: all three, folded.
    #[must_use]
    pub fn folded(&self) -> String {
        use electoral::collation::fold;
        let mut parts = vec![fold(&self.kk), fold(&self.ru), fold(&self.en)];
        parts.dedup();
        parts.join(" | ")
    }
}
