//! The three languages.

use electoral::Language;
use unic_langid::LanguageIdentifier;

/// A language of pages, papers and data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// Kazakh, the state language.
    #[default]
    Kk,
    /// Russian.
    Ru,
    /// English.
    En,
}

/// The same language in the words of the rules' own texts.
#[must_use]
pub const fn language(lang: Lang) -> Language {
    match lang {
        Lang::Kk => Language::Kk,
        Lang::Ru => Language::Ru,
        Lang::En => Language::En,
    }
}

impl Lang {
    /// All, in the order of the language switch.
    pub const ALL: [Self; 3] = [Self::Kk, Self::Ru, Self::En];

    /// The code used in addresses and in HTML.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Kk => "kk",
            Self::Ru => "ru",
            Self::En => "en",
        }
    }

    /// What the switch shows.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Kk => "Қазақша",
            Self::Ru => "Русский",
            Self::En => "English",
        }
    }

    /// The language of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|l| l.code() == code)
    }

    /// The first language of an `Accept-Language` header that we speak.
    #[must_use]
    pub fn from_accept(header: &str) -> Option<Self> {
        let mut wanted: Vec<(u32, usize, Self)> = header
            .split(',')
            .take(20)
            .enumerate()
            .filter_map(|(place, part)| {
                let mut pieces = part.trim().split(';');
                let tag = pieces.next()?.trim();
                let lang = Self::from_code(&tag.get(..2)?.to_ascii_lowercase())?;
                let quality = pieces
                    .find_map(|p| p.trim().strip_prefix("q="))
                    .map_or(1000, thousandths);
                (quality > 0).then_some((1000 - quality.min(1000), place, lang))
            })
            .collect();
        wanted.sort();
        wanted.first().map(|&(_, _, lang)| lang)
    }

    pub(super) fn identifier(self) -> LanguageIdentifier {
        self.code().parse().unwrap_or_default()
    }
}

/// `0.8` as 800; what can't be read counts as 0.
fn thousandths(text: &str) -> u32 {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let mut digits = fraction.to_owned();
    digits.truncate(3);
    while digits.len() < 3 {
        digits.push('0');
    }
    match (whole.parse::<u32>(), digits.parse::<u32>()) {
        (Ok(whole), Ok(part)) => whole.saturating_mul(1000).saturating_add(part),
        _ => 0,
    }
}
