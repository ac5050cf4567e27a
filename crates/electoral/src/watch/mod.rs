//! What is done when a supply fails or a warning is given: kinds of events, and the standing set of tasks that each
//! of them opens for the polling stations in its area.
//!
//! Kinds, words and tasks are data (`rules/kz/watch.toml`). [`WatchRules::plan`] says which tasks an event opens,
//! where and by when; it keeps their number bounded by giving them once per district, or once per region, where the
//! area is large.

mod parse;
mod plan;

pub use parse::WatchError;
pub use plan::{Level, Place, Plan, Planned};

use crate::checklist::{Basis, Severity};
use crate::text::Text;
use serde::{Deserialize, Serialize};

/// The built-in rules.
const BUILT_IN: &str = include_str!("../../../../rules/kz/watch.toml");

/// Kinds of events and the tasks they open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WatchRules {
    /// Readable id: `kz-watch`.
    pub id: String,
    /// How many tasks one event may open.
    pub bounds: Bounds,
    /// Days for which what is over stays on the public list.
    pub past_days: u16,
    /// Days that an event may last or lie ahead: more is a slip of the finger.
    pub longest_days: u16,
    /// How alerts of others are read.
    pub cap: CapRules,
    /// Kinds of events.
    #[serde(rename = "kind")]
    pub kinds: Vec<Kind>,
    /// Standing tasks.
    #[serde(rename = "task")]
    pub tasks: Vec<StandingTask>,
}

/// Where tasks are given once per district instead of once per station.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// Above so many stations in the area, tasks of stations are given once per district.
    pub stations_most: u32,
    /// Above so many districts, tasks are given once per region.
    pub districts_most: u32,
}

/// How CAP alerts are read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CapRules {
    /// Names under which a geocode carries the code of our classifier.
    pub geocodes: Vec<String>,
    /// Degrees of certainty that open tasks; others are only shown.
    pub certainties: Vec<String>,
    /// Urgencies that open tasks.
    pub urgencies: Vec<String>,
}

/// Which family a kind belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Something that should flow does not: it lasts until somebody says that it is back.
    Supply,
    /// A warning: it ends by itself at its time.
    Warning,
}

/// A kind of events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Stable id: `power`.
    pub id: String,
    /// Family.
    pub group: Group,
    /// What it is called.
    pub title: Text,
    /// Beginnings of words by which an alert of others is known to mean this kind, in any language, small letters.
    #[serde(default)]
    pub words: Vec<String>,
    /// CAP categories that mean this kind when no word does.
    #[serde(default)]
    pub categories: Vec<String>,
}

/// How grave an event is, in the words of CAP 1.2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// Extraordinary threat.
    Extreme,
    /// Significant threat.
    Severe,
    /// Possible threat.
    Moderate,
    /// Minimal threat.
    Minor,
    /// Not said.
    Unknown,
}

impl Grade {
    /// All, the gravest first.
    pub const ALL: [Self; 5] = [
        Self::Extreme,
        Self::Severe,
        Self::Moderate,
        Self::Minor,
        Self::Unknown,
    ];

    /// The word of tables and exports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Extreme => "extreme",
            Self::Severe => "severe",
            Self::Moderate => "moderate",
            Self::Minor => "minor",
            Self::Unknown => "unknown",
        }
    }

    /// The grade of a word, as we or CAP write it.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|g| g.as_str().eq_ignore_ascii_case(word))
    }
}

/// A task that an event opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandingTask {
    /// Stable id: `power_backup`.
    pub id: String,
    /// Kinds of events that open it.
    pub kinds: Vec<String>,
    /// Grades at which they do.
    pub grades: Vec<Grade>,
    /// Once per station, district or region.
    pub level: Level,
    /// Who must do it: a kind of state body, or `commission`.
    pub addressee: String,
    /// How much hangs on it.
    pub severity: Severity,
    /// It must be done so many hours before the event begins …
    pub before_hours: u16,
    /// … but nobody is given fewer hours than this.
    pub least_hours: u16,
    /// What is to be done.
    pub wording: Text,
    /// Where it comes from.
    pub basis: Basis,
}

impl WatchRules {
    /// A kind by its id.
    #[must_use]
    pub fn kind(&self, id: &str) -> Option<&Kind> {
        self.kinds.iter().find(|k| k.id == id)
    }

    /// A task by its id.
    #[must_use]
    pub fn task(&self, id: &str) -> Option<&StandingTask> {
        self.tasks.iter().find(|t| t.id == id)
    }

    /// The kind that the words of an alert mean: by a known beginning of a word, then by its category.
    #[must_use]
    pub fn kind_of_words<'t>(
        &self,
        texts: impl Iterator<Item = &'t str>,
        categories: &[String],
    ) -> Option<&Kind> {
        let texts: Vec<String> = texts.map(plain).collect();
        let says = |kind: &&Kind| {
            kind.words
                .iter()
                .map(|word| format!(" {word}"))
                .any(|word| texts.iter().any(|text| text.contains(&word)))
        };
        let falls_under = |kind: &&Kind| kind.categories.iter().any(|c| categories.contains(c));
        self.kinds
            .iter()
            .find(says)
            .or_else(|| self.kinds.iter().find(falls_under))
    }
}

/// Small letters, one blank before each word, nothing else between them.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for word in text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
    {
        out.push(' ');
        out.push_str(&word.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests;
