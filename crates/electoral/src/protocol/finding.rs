use serde::{Deserialize, Serialize};

use super::entry::LineKey;
use super::form::{Check, ProtocolForm, Severity};
use crate::number::grouped;
use crate::text::Language;

/// Who reads a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Audience {
    /// The one who types the protocol.
    Typist,
    /// The one who decides about it.
    Decider,
}

/// A check that doesn't hold, with the figures that show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Code of the check.
    pub code: String,
    /// What it does.
    pub severity: Severity,
    /// Article of the check.
    pub article: String,
    /// Figures concerned.
    pub lines: Vec<LineKey>,
    /// Candidate, member or box concerned, if one.
    pub item: Option<String>,
    /// Values for the placeholders of the texts, in the order in which the relation names them.
    pub figures: Vec<(String, i128)>,
    /// A word for the placeholders, such as the slot of a turnout report or the words expected.
    pub words: Vec<(String, String)>,
}

/// Placeholders that every check of a relation can fill, beside its own lines.
pub(crate) const COMMON: [&str; 4] = ["left", "right", "difference", "item"];

impl Finding {
    pub(super) fn new(check: &Check) -> Self {
        Self {
            code: check.code.clone(),
            severity: check.severity,
            article: check.source.article.clone(),
            lines: Vec::new(),
            item: None,
            figures: Vec::new(),
            words: Vec::new(),
        }
    }

    pub(super) fn with_sides(mut self, left: i128, right: i128) -> Self {
        let difference = left.abs_diff(right);
        let difference = i128::try_from(difference).unwrap_or(i128::MAX);
        for (name, figure) in [("left", left), ("right", right), ("difference", difference)] {
            self.figures.push((name.to_owned(), figure));
        }
        self
    }

    pub(super) fn with_figure(mut self, name: &str, figure: u64) -> Self {
        self.figures.push((name.to_owned(), i128::from(figure)));
        self
    }

    pub(super) fn with_word(mut self, name: &str, word: &str) -> Self {
        self.words.push((name.to_owned(), word.to_owned()));
        self
    }

    pub(super) fn with_line(mut self, key: LineKey) -> Self {
        self.item = key.item_id().map(str::to_owned);
        self.lines.push(key);
        self
    }

    /// A figure by its placeholder.
    #[must_use]
    pub fn figure(&self, name: &str) -> Option<i128> {
        let found = self.figures.iter().find(|(known, _)| known == name);
        found.map(|(_, figure)| *figure)
    }

    /// The sentence for a reader. `item_name` replaces an item's id by a name that people know.
    #[must_use]
    pub fn text(
        &self,
        form: &ProtocolForm,
        audience: Audience,
        language: Language,
        item_name: &dyn Fn(&str) -> Option<String>,
    ) -> String {
        let Some(check) = form.check(&self.code) else {
            return self.code.clone();
        };
        let text = match audience {
            Audience::Typist => &check.typist,
            Audience::Decider => &check.decider,
        };
        render(text.get(language), &|name| {
            if name == "line" {
                let line = form.line(self.lines.first()?.line())?;
                return Some(line.label.get(language).to_owned());
            }
            if name == "item" {
                let id = self.item.as_deref()?;
                return Some(item_name(id).unwrap_or_else(|| id.to_owned()));
            }
            if let Some((_, word)) = self.words.iter().find(|(known, _)| known == name) {
                return Some(word.clone());
            }
            self.figure(name).map(grouped)
        })
    }
}

/// Fills `{placeholders}`; one that has no value becomes a dash.
#[must_use]
pub fn render(text: &str, value: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        out.push_str(&value(name).unwrap_or_else(|| "–".to_owned()));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The placeholders of a text, in order.
pub(crate) fn placeholders(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        found.push(name);
        rest = after;
    }
    found
}
