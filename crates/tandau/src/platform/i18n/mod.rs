//! Languages: `T` has one method for each message of `locales/` (made while building, so an unknown
//! key or argument does not compile), and this module formats numbers, dates and times.

mod format;
mod lang;
mod names;
mod told;

pub use format::{
    date_long, date_short, day_month, instant_long, instant_short, number, share_percent,
    tenths_percent, time_of,
};
pub use lang::{Lang, language};
pub use names::Names;
pub use told::{in_all, told};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::sync::LazyLock;

/// The messages of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct T {
    /// Which language.
    pub lang: Lang,
}

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<[Bundle; 3]> = LazyLock::new(|| {
    [
        bundle(Lang::Kk, KK),
        bundle(Lang::Ru, RU),
        bundle(Lang::En, EN),
    ]
});

fn bundle(lang: Lang, texts: &[&str]) -> Bundle {
    let mut bundle = FluentBundle::new_concurrent(vec![lang.identifier()]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match lang {
        Lang::Kk => |value: &FluentValue<'_>, _: &_| format_value(Lang::Kk, value),
        Lang::Ru => |value: &FluentValue<'_>, _: &_| format_value(Lang::Ru, value),
        Lang::En => |value: &FluentValue<'_>, _: &_| format_value(Lang::En, value),
    }));
    for text in texts {
        // The build has parsed the same text already; what a parser recovers is still used.
        let resource =
            FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// Whole numbers inside messages are grouped as everywhere else on the page.
fn format_value(lang: Lang, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(n) if n.value.fract() == 0.0 && n.value.abs() < 9e15 => {
            let digits = format!("{:.0}", n.value);
            Some(format::group_digits(lang, &digits))
        }
        _ => None,
    }
}

impl T {
    /// The messages of a language.
    #[must_use]
    pub const fn new(lang: Lang) -> Self {
        Self { lang }
    }

    fn bundle(self) -> &'static Bundle {
        &BUNDLES[match self.lang {
            Lang::Kk => 0,
            Lang::Ru => 1,
            Lang::En => 2,
        }]
    }

    fn message(self, key: &str, arguments: Option<&FluentArgs<'_>>) -> String {
        let bundle = self.bundle();
        let Some(pattern) = bundle.get_message(key).and_then(|m| m.value()) else {
            return key.to_owned();
        };
        let mut errors = Vec::new();
        bundle
            .format_pattern(pattern, arguments, &mut errors)
            .into_owned()
    }

    /// A message whose key is put together at run time (a state, an office). `None` when there is
    /// none; tests walk all states so that this does not happen on a page.
    #[must_use]
    pub fn dynamic(self, key: &str) -> Option<String> {
        self.bundle().get_message(key)?.value()?;
        Some(self.message(key, None))
    }

    /// As [`T::dynamic`], the key itself when there is no such message.
    #[must_use]
    pub fn word(self, key: &str) -> String {
        self.dynamic(key).unwrap_or_else(|| key.to_owned())
    }
}

#[cfg(test)]
mod tests;
