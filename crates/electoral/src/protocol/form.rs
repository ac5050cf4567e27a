use serde::{Deserialize, Serialize};

use super::expression::Relation;
use crate::number::Percent;
use crate::rules::{Legal, Source};
use crate::text::Text;

/// The form of a station protocol.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProtocolForm {
    /// Name of the paper.
    pub name: Text,
    /// Groups in the order in which the figures arise on the evening, one phone screen each.
    pub groups: Vec<Group>,
    /// Lines, in the order of the form.
    pub lines: Vec<Line>,
    /// Checks, in the order in which findings are shown.
    pub checks: Vec<Check>,
    /// Figures from which a protocol is questioned.
    pub limits: Limits,
    /// Source of the form.
    pub source: Source,
}

/// Lines shown together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Stable id.
    pub id: String,
    /// Heading.
    pub name: Text,
    /// What to take in hand to fill the group.
    pub hint: Text,
}

/// How often a line stands on the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Once.
    Single,
    /// Once for each member who issued ballots.
    PerMember,
    /// Once for each portable box.
    PerBox,
    /// Once for each candidate.
    PerCandidate,
}

/// Why a line exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The law names it.
    InLaw,
    /// Needed to check the others.
    Derived,
}

/// One line of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Stable id.
    pub id: String,
    /// Words beside the field.
    pub label: Text,
    /// Group that shows it.
    pub group: String,
    /// How often it stands.
    pub kind: Kind,
    /// Why it exists.
    pub basis: Basis,
    /// Whether a protocol without it is incomplete; a missing optional figure counts as zero.
    pub required: bool,
    /// A line that this one can't exceed, told while typing.
    #[serde(default)]
    pub at_most: Option<String>,
    /// Source of the line.
    pub source: Source,
}

/// What a finding does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Shown at once beside the field.
    Typing,
    /// Blocks the chair's confirmation, unless the signed paper says so.
    Error,
    /// Needs a written explanation.
    Warning,
}

/// One check of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// Code shown with a finding: `R1`, `T2`, `W3`.
    pub code: String,
    /// What a finding does.
    pub severity: Severity,
    /// The arithmetic, if that is what it is.
    #[serde(default)]
    pub relation: Option<Relation>,
    /// The named check, if the arithmetic can't say it.
    #[serde(default)]
    pub named: Option<NamedCheck>,
    /// Lines of a named check; for a relation they follow from it.
    #[serde(default)]
    pub lines: Vec<String>,
    /// How many members of the commission an act about a finding must name at least; 0 for none.
    #[serde(default)]
    pub act_members: usize,
    /// Text for the one who types.
    pub typist: Text,
    /// Text for the one who decides.
    pub decider: Text,
    /// Source of the check.
    pub source: Source,
}

/// Checks that arithmetic over lines can't say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NamedCheck {
    /// What was typed isn't a whole number.
    NotANumber,
    /// What was typed has a minus.
    Negative,
    /// What was typed has too many digits.
    TooLong,
    /// A figure is above the line it can't exceed.
    AboveLine,
    /// A required figure is missing.
    Missing,
    /// A figure for a line, candidate, member or box that doesn't exist.
    Unknown,
    /// Somebody who may not issue ballots issued some.
    OfficerIssued,
    /// The ballots of an overfull portable box aren't among the invalid ones.
    OverfullBoxValid,
    /// Words and digits differ.
    Words,
    /// A territorial figure isn't the sum of its stations.
    SumOfStations,
    /// The day's turnout reports fall or don't end at the protocol.
    TurnoutEnd,
    /// A published share isn't votes divided by those who took part.
    ShareDenominator,
    /// More invalid ballots than is usual.
    InvalidShare,
    /// All votes for one candidate.
    AllToOne,
    /// Everybody on the list took a ballot.
    FullTurnout,
}

/// Figures from which a protocol is questioned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Most digits of one figure.
    pub digits_max: Legal<u32>,
    /// Share of invalid ballots among those found.
    pub invalid_percent_max: Legal<Percent>,
    /// Turnout from which it is questioned.
    pub turnout_percent_max: Legal<Percent>,
    /// Fewest votes for which "all to one candidate" is worth a question.
    pub all_to_one_votes_min: Legal<u64>,
}

impl ProtocolForm {
    /// The line with this id.
    #[must_use]
    pub fn line(&self, id: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.id == id)
    }

    /// The check with this code.
    #[must_use]
    pub fn check(&self, code: &str) -> Option<&Check> {
        self.checks.iter().find(|check| check.code == code)
    }

    /// The first check of this kind.
    #[must_use]
    pub fn named(&self, named: NamedCheck) -> Option<&Check> {
        self.checks.iter().find(|check| check.named == Some(named))
    }

    /// The lines of one group, in the order of the form.
    pub fn group_lines<'a>(&'a self, group: &'a str) -> impl Iterator<Item = &'a Line> {
        self.lines.iter().filter(move |line| line.group == group)
    }
}
