use super::{RulePack, RulesError};

/// The packs that come with the program: id and text, in the order they are offered.
pub const BUILT_IN: &[(&str, &str)] = &[
    (
        "akim-district-2023",
        include_str!("../../../../rules/kz/akim-district-2023.toml"),
    ),
    (
        "akim-rural-2023",
        include_str!("../../../../rules/kz/akim-rural-2023.toml"),
    ),
    (
        "president-2022",
        include_str!("../../../../rules/kz/president-2022.toml"),
    ),
    (
        "mazhilis-list-2023",
        include_str!("../../../../rules/kz/mazhilis-list-2023.toml"),
    ),
    (
        "senate-2023",
        include_str!("../../../../rules/kz/senate-2023.toml"),
    ),
    (
        "maslikhat-district-2023",
        include_str!("../../../../rules/kz/maslikhat-district-2023.toml"),
    ),
];

/// Reads a built-in pack; `None` where no pack has this id.
///
/// # Errors
/// [`RulesError`] if the pack is faulty, which the tests exclude.
#[must_use]
pub fn built_in(id: &str) -> Option<Result<RulePack, RulesError>> {
    BUILT_IN
        .iter()
        .find(|(known, _)| *known == id)
        .map(|(_, text)| RulePack::parse(text))
}
