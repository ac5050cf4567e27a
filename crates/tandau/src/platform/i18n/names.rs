//! A name in three languages: places, people, commissions are data in each of them.

use super::{Lang, T};
use electoral::survey::clean;
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

    /// Whether something is so in a language.
    #[must_use]
    pub fn any(&self, is: impl Fn(&str) -> bool) -> bool {
        is(&self.kk) || is(&self.ru) || is(&self.en)
    }

    /// Each language's words as others.
    #[must_use]
    pub fn map(&self, how: impl Fn(&str) -> String) -> Self {
        Self::new(how(&self.kk), how(&self.ru), how(&self.en))
    }

    /// As single lines, without what would turn the page around them.
    #[must_use]
    pub fn lines(&self) -> Self {
        self.map(|text| clean(text).replace('\n', " "))
    }

    /// As paragraphs, without what would turn the page around them.
    #[must_use]
    pub fn paragraphs(&self) -> Self {
        self.map(clean)
    }

    /// A language that is blank takes the words of another.
    #[must_use]
    pub fn filled(&self) -> Self {
        let first = |texts: [&String; 3]| {
            let mut said = texts.into_iter().filter(|text| !text.is_empty());
            said.next().cloned().unwrap_or_default()
        };
        let (kk, ru, en) = (&self.kk, &self.ru, &self.en);
        Self::new(
            first([kk, ru, en]),
            first([ru, kk, en]),
            first([en, ru, kk]),
        )
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

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn a_blank_language_takes_the_words_of_another() {
        let all = |kk: &str, ru: &str, en: &str| Names::new(kk, ru, en);
        assert_eq!(all("", "р", "e").filled(), all("р", "р", "e"));
        assert_eq!(all("қ", "", "e").filled(), all("қ", "қ", "e"));
        assert_eq!(all("қ", "р", "").filled(), all("қ", "р", "р"));
        assert_eq!(all("", "", "e").filled(), all("e", "e", "e"));
        assert_eq!(all("", "", "").filled(), Names::default());
    }

    #[test]
    fn lines_and_paragraphs_turn_no_page_around() {
        let typed = Names::new(" a\nb\u{202e} ", "\t", "c\r\nd");
        assert_eq!(typed.lines(), Names::new("a b", "", "c  d"));
        assert_eq!(typed.paragraphs(), Names::new("a\nb", "", "c \nd"));
    }
}
