//! The frame of every page (`shell.html`).

use crate::platform::{Lang, T};

/// A step of the way to this page. The last has no address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    /// Where it leads; empty for the page itself.
    pub href: String,
    /// What it is called.
    pub text: String,
}

impl Crumb {
    /// A step with an address.
    pub fn to(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            href: href.into(),
            text: text.into(),
        }
    }

    /// The page itself.
    pub fn here(text: impl Into<String>) -> Self {
        Self::to("", text)
    }
}

/// The same page in another language.
#[derive(Clone, Debug)]
pub struct LanguageLink {
    /// `kk`, `ru`, `en`.
    pub code: &'static str,
    /// The language's own name.
    pub name: &'static str,
    /// Address.
    pub href: String,
    /// Whether it is the one being read.
    pub current: bool,
}

/// What a demo folder says on every page.
#[derive(Clone, Debug)]
pub struct DemoBanner {
    /// The demo's date and time.
    pub clock: String,
}

/// Who is signed in.
#[derive(Clone, Debug)]
pub struct PersonBadge {
    /// The person.
    pub id: String,
    /// Name.
    pub name: String,
    /// Office.
    pub office: String,
}

/// One line of an error summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorItem {
    /// `#field`.
    pub href: String,
    /// The sentence.
    pub text: String,
}

/// What the frame needs.
#[derive(Clone, Debug)]
pub struct Shell {
    /// Messages.
    pub t: T,
    /// Title of the page, without the name of the site.
    pub title: String,
    /// The way to this page.
    pub breadcrumbs: Vec<Crumb>,
    /// Demo banner.
    pub demo: Option<DemoBanner>,
    /// Who is signed in.
    pub person: Option<PersonBadge>,
    /// Token that forms carry; empty when nobody is signed in and no form needs one.
    pub csrf: String,
    /// The language switch.
    pub languages: Vec<LanguageLink>,
    /// Current item of the navigation.
    pub section: &'static str,
    /// What has just been done.
    pub flash: Option<String>,
}

impl Shell {
    /// Code of the language.
    #[must_use]
    pub const fn lang(&self) -> &'static str {
        self.t.lang.code()
    }

    /// The language.
    #[must_use]
    pub const fn language(&self) -> Lang {
        self.t.lang
    }

    /// Address of an asset with the mark of its content.
    #[must_use]
    pub fn asset(&self, name: &str) -> String {
        super::asset_url(name)
    }

    /// The mark of the program that made this page.
    #[must_use]
    pub const fn program(&self) -> &'static str {
        super::assets::PROGRAM
    }

    /// Texts of the offline panel, as the page's script reads them.
    #[must_use]
    pub fn offline_texts(&self) -> String {
        crate::platform::inbox::texts(self.t)
    }

    /// A whole number as this language writes it.
    #[must_use]
    pub fn n(&self, value: &u64) -> String {
        crate::platform::i18n::number(self.t.lang, *value)
    }
}
