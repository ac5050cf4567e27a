//! Fields that many forms have: the version that was seen and other hidden numbers, words in three languages, areas.

use super::{Ctx, FormData};
use crate::platform::{Error, Names, areas};

/// A number that the page put into a hidden field; what can't be read is none.
pub(crate) fn hidden(form: &FormData, name: &str) -> u64 {
    form.text(name).parse().unwrap_or(0)
}

/// The version that a form was made from (field `version`).
pub(crate) fn seen(form: &FormData) -> u64 {
    hidden(form, "version")
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

/// The area whose code was typed, today; none for no such code.
pub(crate) async fn area_of(ctx: &Ctx, code: &str) -> Result<Option<String>, Error> {
    let mut reader = ctx.read().await?;
    Ok(areas::by_typed_code(&mut reader, code, ctx.app.today()).await?)
}
