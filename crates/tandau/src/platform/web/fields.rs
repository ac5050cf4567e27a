//! Fields that many forms have: the version that was seen, words in three languages.

use super::FormData;
use crate::platform::Names;

/// The version that a form was made from (field `version`); what can't be read has seen none.
pub(crate) fn seen(form: &FormData) -> u64 {
    form.text("version").parse().unwrap_or(0)
}

/// A field of a form as it is first shown.
pub(crate) fn pair(name: &str, value: impl Into<String>) -> (String, String) {
    (name.to_owned(), value.into())
}

/// Words in three languages as three fields.
pub(crate) fn three(name: &str, words: &Names) -> [(String, String); 3] {
    [
        pair(&format!("{name}_kk"), &words.kk),
        pair(&format!("{name}_ru"), &words.ru),
        pair(&format!("{name}_en"), &words.en),
    ]
}

/// Three fields as words in three languages.
pub(crate) fn names(form: &FormData, name: &str) -> Names {
    let text = |lang: &str| form.text(&format!("{name}_{lang}"));
    Names::new(text("kk"), text("ru"), text("en"))
}
