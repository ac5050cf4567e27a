//! What the columns of a sheet are for, by their heads.

use super::OWN;
use super::book::{Row, Sheet};
use crate::platform::Lang;

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// `type`.
    Type,
    /// `name`.
    Name,
    /// `list_name` of choices.
    List,
    /// The words of a question, heading or choice.
    Label(Lang),
    /// Its hint.
    Hint(Lang),
    /// `required`.
    Required,
    /// `constraint`.
    Constraint,
    /// `relevant`.
    Relevant,
    /// `disabled`.
    Disabled,
    /// How other programs show it, or what they say: our own export has these for them.
    Shown,
    /// One of our own.
    Own(String),
    /// Words in a language that the site hasn't.
    Foreign,
    /// Any other, by its head in small letters.
    Other(String),
}

/// The heads of a sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Heads {
    columns: Vec<(String, Column)>,
}

impl Heads {
    /// Heads stand in the first row. Words without a language are in `usual`.
    pub(super) fn of(sheet: &Sheet, usual: Lang) -> Self {
        let columns = sheet.rows.first().map(|row| {
            row.cells
                .iter()
                .map(|head| (head.clone(), column(head, usual)))
                .collect()
        });
        Self {
            columns: columns.unwrap_or_default(),
        }
    }

    /// Whether there is such a column.
    pub(super) fn has(&self, wanted: &Column) -> bool {
        self.columns.iter().any(|(_, column)| column == wanted)
    }

    /// Whether the sheet has columns of our own.
    pub(super) fn is_ours(&self) -> bool {
        self.columns
            .iter()
            .any(|(_, column)| matches!(column, Column::Own(_)))
    }

    /// The first cell of such a column that says something; empty for none.
    pub(super) fn cell<'r>(&self, row: &'r Row, wanted: &Column) -> &'r str {
        self.columns
            .iter()
            .zip(&row.cells)
            .filter(|((_, column), _)| column == wanted)
            .map(|(_, cell)| cell.as_str())
            .find(|cell| !cell.is_empty())
            .unwrap_or_default()
    }

    /// A cell of our own.
    pub(super) fn own<'r>(&self, row: &'r Row, name: &str) -> &'r str {
        self.cell(row, &Column::Own(name.to_owned()))
    }

    /// A cell of any other column.
    pub(super) fn other<'r>(&self, row: &'r Row, name: &str) -> &'r str {
        self.cell(row, &Column::Other(name.to_owned()))
    }

    /// Columns with their heads, that say something below the head.
    pub(super) fn filled<'a>(
        &'a self,
        sheet: &'a Sheet,
    ) -> impl Iterator<Item = &'a (String, Column)> {
        self.columns.iter().enumerate().filter_map(|(at, column)| {
            let says = |row: &Row| row.cells.get(at).is_some_and(|cell| !cell.is_empty());
            sheet.rows.iter().skip(1).any(says).then_some(column)
        })
    }
}

fn column(head: &str, usual: Lang) -> Column {
    let small = head.to_lowercase();
    if let Some(own) = small.strip_prefix(OWN) {
        return Column::Own(own.to_owned());
    }
    let (stem, language) = match small.split_once(':') {
        Some((stem, rest)) => (stem.trim(), Some(rest.trim_start_matches(':').trim())),
        None => (small.trim(), None),
    };
    let spoken = |of: fn(Lang) -> Column| match language {
        None => of(usual),
        Some(name) => lang_of(name).map_or(Column::Foreign, of),
    };
    match (stem.replace(' ', "_").as_str(), language) {
        ("label" | "caption", _) => spoken(Column::Label),
        ("hint", _) => spoken(Column::Hint),
        ("constraint_message" | "required_message", _) => Column::Shown,
        ("type" | "command", None) => Column::Type,
        ("name" | "value", None) => Column::Name,
        ("list_name", None) => Column::List,
        ("required", None) => Column::Required,
        ("constraint", None) => Column::Constraint,
        ("relevant" | "relevance", None) => Column::Relevant,
        ("disabled", None) => Column::Disabled,
        ("appearance" | "readonly" | "read_only" | "parameters", None) => Column::Shown,
        (stem, None) => Column::Other(stem.to_owned()),
        _ => Column::Other(small),
    }
}

/// The language that a form names: `Қазақша (kk)`, `English`, `ru`.
pub(super) fn lang_of(name: &str) -> Option<Lang> {
    const NAMES: [(Lang, &[&str]); 3] = [
        (Lang::Kk, &["қаз", "каз", "kaz", "qaz"]),
        (Lang::Ru, &["рус", "орыс", "rus"]),
        (Lang::En, &["англ", "ағыл", "eng"]),
    ];
    let name = name.to_lowercase();
    let code = name
        .rsplit_once('(')
        .and_then(|(_, code)| code.strip_suffix(')'))
        .unwrap_or(&name);
    Lang::from_code(code.trim()).or_else(|| {
        let known = |(_, stems): &(Lang, &[&str])| stems.iter().any(|stem| name.starts_with(stem));
        NAMES.into_iter().find(known).map(|(lang, _)| lang)
    })
}

/// The language that a form without any word about it seems to be in.
pub(super) fn guess(sheet: &Sheet) -> Lang {
    let has = |wanted: fn(char) -> bool| {
        sheet
            .rows
            .iter()
            .flat_map(|row| &row.cells)
            .any(|cell| cell.chars().any(wanted))
    };
    if has(|c| "әғқңөұүһіӘҒҚҢӨҰҮҺІ".contains(c)) {
        Lang::Kk
    } else if has(|c| ('а'..='я').contains(&c)) {
        Lang::Ru
    } else {
        Lang::En
    }
}
