//! What belongs to a country and to no single type of election.

use super::RulesError;
use super::legal::Confidence;
use crate::checklist::{Deadlines, Severity};
use serde::{Deserialize, Serialize};

/// The built-in country.
const BUILT_IN: &str = include_str!("../../../../rules/kz/country.toml");

/// A country: its zone, the kinds of its areas, words about members of commissions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Country {
    /// IANA name of the zone in which pages without a place show times.
    pub home_zone: String,
    /// Kinds of areas.
    pub area_kinds: Vec<AreaKind>,
    /// Who proposes or appoints members of commissions.
    pub member_nominators: Vec<CitedWord>,
    /// Why a member's seat ends before the end of the term.
    pub end_reasons: Vec<CitedWord>,
    /// When somebody is reminded of an instruction, and when it is raised to the next level.
    pub tasks: TaskTimes,
    /// What the public pictures of readiness call silent.
    pub silence: SilenceDays,
}

/// After how long without a report a station is called silent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SilenceDays {
    /// Days, unless the reader asks for another number.
    pub days: u16,
    /// The most that a reader may ask for.
    pub most_days: u16,
    /// Article with paragraph; empty only where [`Confidence::Gap`].
    #[serde(default)]
    pub article: String,
    /// How far it can be relied on.
    pub confidence: Confidence,
    /// What a reader should know.
    #[serde(default)]
    pub note: String,
}

/// When somebody is reminded of an instruction, and when it is raised to the next level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaskTimes {
    /// Reminded so many hours before the deadline.
    pub reminder_hours: u16,
    /// Raised to the next level so long after the deadline, and again after each such time.
    pub escalate_after: Deadlines,
    /// What was reported as done and nobody verified goes to the next commission after so long.
    pub verify_within: Deadlines,
    /// Hours that a task gives at least.
    pub least_hours: u16,
    /// On its last day a task is due by this hour, by the clocks of its place.
    pub due_hour: i8,
    /// Article with paragraph; empty only where [`Confidence::Gap`].
    #[serde(default)]
    pub article: String,
    /// How far it can be relied on.
    pub confidence: Confidence,
    /// What a reader should know.
    #[serde(default)]
    pub note: String,
}

/// A kind of areas.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreaKind {
    /// Stable id.
    pub id: String,
    /// Level of the commission that an area of this kind has.
    #[serde(default)]
    pub commission: Option<String>,
}

/// A word with the article that it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CitedWord {
    /// Stable id.
    pub id: String,
    /// Article with paragraph; empty only where [`Confidence::Gap`].
    pub article: String,
    /// How far it can be relied on.
    pub confidence: Confidence,
    /// What a reader should know.
    #[serde(default)]
    pub note: String,
}

impl Country {
    /// Reads a country.
    ///
    /// # Errors
    /// What is wrong with the text: an unknown key, an id twice, a word without its article.
    pub fn parse(text: &str) -> Result<Self, RulesError> {
        let syntax = |problem: String| RulesError::Syntax(problem);
        let country: Self = toml::from_str(text).map_err(|e| syntax(e.to_string()))?;
        let words = country.member_nominators.iter().chain(&country.end_reasons);
        if let Some(word) = words
            .filter(|w| w.confidence != Confidence::Gap)
            .find(|w| w.article.trim().is_empty())
        {
            return Err(RulesError::NoArticle {
                key: word.id.clone(),
            });
        }
        let times = &country.tasks;
        if times.confidence != Confidence::Gap && times.article.trim().is_empty() {
            return Err(RulesError::NoArticle {
                key: "tasks".to_owned(),
            });
        }
        let silence = &country.silence;
        if silence.confidence != Confidence::Gap && silence.article.trim().is_empty() {
            return Err(RulesError::NoArticle {
                key: "silence".to_owned(),
            });
        }
        if silence.days == 0 || silence.days > silence.most_days {
            return Err(syntax(
                "silence.days must be above 0 and not above silence.most_days".to_owned(),
            ));
        }
        if !(0..24).contains(&times.due_hour) {
            return Err(syntax(
                "tasks.due_hour must be an hour of the day".to_owned(),
            ));
        }
        for (key, of) in [
            ("escalate_after", &times.escalate_after),
            ("verify_within", &times.verify_within),
        ] {
            if Severity::ALL
                .iter()
                .any(|severity| of.hours(*severity) == 0)
            {
                return Err(syntax(format!("tasks.{key} must be above 0 hours")));
            }
        }
        for ids in [
            country.area_kinds.iter().map(|k| &k.id).collect::<Vec<_>>(),
            country.member_nominators.iter().map(|w| &w.id).collect(),
            country.end_reasons.iter().map(|w| &w.id).collect(),
        ] {
            let mut seen = std::collections::BTreeSet::new();
            if let Some(twice) = ids.into_iter().find(|id| !seen.insert(*id)) {
                return Err(syntax(format!("{twice} stands twice")));
            }
        }
        Ok(country)
    }

    /// The country that comes with the program.
    ///
    /// # Errors
    /// [`RulesError`] if it is faulty, which a test excludes.
    pub fn built_in() -> Result<Self, RulesError> {
        Self::parse(BUILT_IN)
    }

    /// Whether areas may be of this kind.
    #[must_use]
    pub fn has_area_kind(&self, id: &str) -> bool {
        self.area_kinds.iter().any(|kind| kind.id == id)
    }

    /// The level of the commission that an area of a kind has.
    #[must_use]
    pub fn commission_of(&self, area_kind: &str) -> Option<&str> {
        let kind = self.area_kinds.iter().find(|kind| kind.id == area_kind)?;
        kind.commission.as_deref()
    }

    /// Whether somebody of this word may propose or appoint members.
    #[must_use]
    pub fn has_nominator(&self, id: &str) -> bool {
        self.member_nominators.iter().any(|word| word.id == id)
    }

    /// Whether a seat may end for this reason.
    #[must_use]
    pub fn has_end_reason(&self, id: &str) -> bool {
        self.end_reasons.iter().any(|word| word.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_country_is_sound_and_faults_are_found() {
        let country = Country::built_in().unwrap();
        assert_eq!(country.commission_of("district"), Some("district"));
        assert_eq!(country.commission_of("village"), None);
        assert!(country.has_area_kind("village") && !country.has_area_kind("planet"));
        assert!(country.has_nominator("party") && country.has_end_reason("death"));
        for (right, wrong) in [
            ("{ id = \"camp\" }", "{ id = \"village\" }"),
            ("article = \"19(2-1)\"", "article = \"\""),
            ("home_zone", "zone_at_home"),
            ("major_hours = 24", "major_hours = 0"),
            ("due_hour = 18", "due_hour = 24"),
            ("reminder_hours", "remind"),
            ("most_days = 60", "most_days = 6"),
        ] {
            let bad = BUILT_IN.replacen(right, wrong, 1);
            assert_ne!(bad, BUILT_IN);
            assert!(Country::parse(&bad).is_err(), "{wrong}");
        }
    }
}
