//! What is known of who was there.

use crate::platform::{Names, T};
use crate::training::model::Session;
use electoral::accessibility::Place;
use electoral::training::attendance::{Doubt, Reconciled, Traces, Window, reconcile};
use electoral::training::rules::AttendanceRules;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// The kind of envelopes in which people mark themselves.
pub const MARK: &str = "training.mark";
/// The kind of envelopes with a sheet of a list on paper.
pub const SHEET: &str = "training.sheet";
/// Photos of one sheet at most.
pub const MAX_PHOTOS: usize = 10;
/// Plans of a session that are looked at for a code: a session that is moved more often than this has lost its marks anyway.
const MOST_PLANS: usize = 8;

/// Time and place of a plan of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// When marks are taken.
    pub window: Window,
    /// Where, if that is known.
    pub place: Option<Place>,
}

impl Plan {
    /// What a version of a session says.
    #[must_use]
    pub fn of(rules: &AttendanceRules, session: &Session) -> Self {
        let says = &session.says;
        let (starts, ends) = (says.starts_at.as_second(), says.ends_at.as_second());
        Self {
            window: rules.window(starts, ends),
            place: says.coordinates.map(|(latitude, longitude)| Place {
                latitude_microdeg: latitude,
                longitude_microdeg: longitude,
            }),
        }
    }

    /// Plans of a session: the one that holds first, then those before it, each time once.
    #[must_use]
    pub fn all(rules: &AttendanceRules, now: &Session, versions: &[Session]) -> Vec<Self> {
        let mut plans = vec![Self::of(rules, now)];
        for version in versions.iter().rev() {
            let plan = Self::of(rules, version);
            if plans.len() < MOST_PLANS && !plans.iter().any(|p| p.window == plan.window) {
                plans.push(plan);
            }
        }
        plans
    }
}

/// Why a mark waits for the trainer, as tables keep it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// Something about code, moment or place.
    Doubt(Doubt),
    /// Made for a plan that was changed since.
    Moved,
    /// It came when the session was closed already.
    Closed,
    /// Somebody who was there says that this person was not.
    Denied,
}

impl Why {
    /// The word kept in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Doubt(doubt) => doubt.as_str(),
            Self::Moved => "moved",
            Self::Closed => "closed",
            Self::Denied => "denied",
        }
    }

    /// The reason of a word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Moved, Self::Closed, Self::Denied]
            .into_iter()
            .chain(Doubt::ALL.map(Self::Doubt))
            .find(|why| why.as_str() == text)
    }

    /// The sentence for whoever marked themselves, and for the trainer.
    #[must_use]
    pub fn words(self, t: T) -> String {
        match self {
            Self::Doubt(Doubt::OldCode) => t.presence_why_old_code(),
            Self::Doubt(Doubt::Late) => t.presence_why_late(),
            Self::Doubt(Doubt::Clock) => t.presence_why_clock(),
            Self::Doubt(Doubt::Far) => t.presence_why_far(),
            Self::Doubt(Doubt::Kept) => t.presence_why_kept(),
            Self::Moved => t.presence_why_moved(),
            Self::Closed => t.presence_why_closed(),
            Self::Denied => t.presence_why_denied(),
        }
    }
}

/// A mark that somebody made with a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The person.
    pub person_id: String,
    /// By the server's clock.
    pub marked_at: Timestamp,
    /// When it came.
    pub made_at: Timestamp,
    /// Millionths of a degree, where it was given: north, east.
    pub position: Option<Place>,
    /// Nothing speaks against it.
    pub accepted: bool,
    /// What does.
    pub why: Option<Why>,
}

/// A sheet of a list on paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Id.
    pub id: String,
    /// Signatures on the paper.
    pub people: u64,
    /// Lines that were keyed.
    pub lines: u64,
    /// A word about it.
    pub note: String,
    /// When it was keyed.
    pub keyed_at: Timestamp,
    /// When it came.
    pub made_at: Timestamp,
    /// Who keyed it.
    pub made_by: String,
    /// Photos of the paper.
    pub photos: Vec<String>,
    /// Why it was withdrawn.
    pub withdrawn: Option<String>,
}

/// A line of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The sheet.
    pub sheet_id: String,
    /// Its place there.
    pub place: u64,
    /// Who it is, if somebody knows.
    pub person_id: Option<String>,
    /// The name as it was typed; empty for somebody who was ticked.
    pub name: String,
}

/// What whoever was there says of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// Whether they were there.
    pub present: bool,
    /// Why.
    pub reason: String,
}

/// All that is known of a session's people.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// By person.
    pub traces: BTreeMap<String, Traces>,
    /// Names of these people.
    pub names: BTreeMap<String, Names>,
    /// Marks with codes, oldest first.
    pub marks: Vec<Mark>,
    /// Sheets, oldest first.
    pub sheets: Vec<Sheet>,
    /// Lines of sheets that count, behind which nobody has been found.
    pub unnamed: Vec<Line>,
    /// Decisions by person.
    pub decisions: BTreeMap<String, Decided>,
    /// People with an accepted mark, however it came.
    pub accepted: std::collections::BTreeSet<String>,
}

impl Known {
    /// Paper and records side by side.
    #[must_use]
    pub fn reconciled(&self) -> Reconciled<'_> {
        reconcile(&self.traces)
    }

    /// People on paper: those found, lines behind which nobody was, and signatures that nobody keyed.
    #[must_use]
    pub fn on_paper(&self) -> u64 {
        let unnamed = u64::try_from(self.unnamed.len()).unwrap_or(u64::MAX);
        let unkeyed = self
            .counting()
            .map(|s| s.people.saturating_sub(s.lines))
            .fold(0, u64::saturating_add);
        let found = self.reconciled().on_paper.saturating_add(unnamed);
        found.saturating_add(unkeyed)
    }

    /// Sheets that count.
    fn counting(&self) -> impl Iterator<Item = &Sheet> {
        self.sheets.iter().filter(|s| s.withdrawn.is_none())
    }

    /// Lines keyed and signatures counted on the sheets where these differ; none where they agree. Nobody can be decided
    /// about for them: whoever closes the session says why.
    #[must_use]
    pub fn miscounted(&self) -> Option<(u64, u64)> {
        let mut differ = self.counting().filter(|s| s.people != s.lines).peekable();
        differ.peek()?;
        Some(differ.fold((0_u64, 0_u64), |(lines, people), s| {
            (
                lines.saturating_add(s.lines),
                people.saturating_add(s.people),
            )
        }))
    }

    /// Whether a list on paper was keyed at all.
    #[must_use]
    pub fn has_paper(&self) -> bool {
        self.counting().next().is_some()
    }

    /// Nothing is left to decide: no difference, no unknown name.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.unnamed.is_empty() && self.reconciled().is_settled()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back() {
        for why in [Why::Moved, Why::Closed, Why::Denied]
            .into_iter()
            .chain(Doubt::ALL.map(Why::Doubt))
        {
            assert_eq!(Why::parse(why.as_str()), Some(why));
        }
        assert_eq!(Why::parse(""), None);
    }
}
