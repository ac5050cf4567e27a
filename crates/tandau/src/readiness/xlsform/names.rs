//! Names, words and lists of choices as a checklist takes them.

use super::book::Sheet;
use super::columns::{Column, Heads};
use super::questions::{Offer, meaning};
use crate::platform::Lang;
use electoral::checklist::is_id;
use electoral::text::Text;
use std::collections::{BTreeMap, BTreeSet};

/// Lists of choices, by name.
pub(super) fn offers(choices: &Sheet, usual: Lang) -> BTreeMap<String, Offer> {
    let heads = Heads::of(choices, usual);
    let mut meanings: BTreeMap<String, Vec<Option<usize>>> = BTreeMap::new();
    for row in choices.rows.iter().skip(1) {
        let mut list = heads.cell(row, &Column::List);
        if list.is_empty() {
            list = heads.other(row, "list_name");
        }
        let words = [Column::Name]
            .into_iter()
            .chain([Lang::En, Lang::Ru, Lang::Kk].map(Column::Label));
        let meant = words.map(|c| meaning(heads.cell(row, &c))).find_map(|m| m);
        meanings.entry(list.to_owned()).or_default().push(meant);
    }
    meanings
        .into_iter()
        .map(|(list, meanings)| (list, Offer::of(&meanings)))
        .collect()
}

/// Words that are the same in all languages.
pub(super) fn same(words: &str) -> Text {
    Text {
        kk: words.to_owned(),
        ru: words.to_owned(),
        en: words.to_owned(),
    }
}

/// Words in three languages, and the codes of those that were missing. None where there are none at all.
pub(super) fn complete(kk: &str, ru: &str, en: &str) -> Option<(Text, &'static str)> {
    let any = [kk, ru, en].into_iter().find(|t| !t.is_empty())?;
    let or = |text: &str| if text.is_empty() { any } else { text }.to_owned();
    let missing = match [kk, ru, en].map(str::is_empty) {
        [false, false, false] => "",
        [true, false, false] => "kk",
        [false, true, false] => "ru",
        [false, false, true] => "en",
        [true, true, false] => "kk, ru",
        [true, false, true] => "kk, en",
        [false, true, true] => "ru, en",
        [true, true, true] => return None,
    };
    let text = Text {
        kk: or(kk),
        ru: or(ru),
        en: or(en),
    };
    Some((text, missing))
}

/// A name as an id that nothing else has.
pub(super) fn unused_id(name: &str, taken: &BTreeSet<String>) -> String {
    let plain: String = name
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    let mut id: String = plain.chars().take(40).collect();
    if !is_id(&id) {
        id = format!("q_{plain}").chars().take(40).collect();
    }
    let stem: String = id.chars().take(35).collect();
    let others = (2_u32..).map(|n| format!("{stem}_{n}"));
    std::iter::once(id)
        .chain(others)
        .find(|id| !taken.contains(id))
        .unwrap_or_default()
}
