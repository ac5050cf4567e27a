//! The room's words: levels, offices, seats, decisions.

use crate::platform::{Names, T};
use electoral::commission::{DecisionError, SizeError, Verdict, Votes};
use electoral::rules::{CommissionRules, Country};
use jiff::civil::Date;

/// Level of a commission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The central commission.
    Central,
    /// Territorial, of a region or a city of republican significance.
    Region,
    /// Territorial, of a district or a city of regional significance.
    District,
    /// Of one polling station.
    Precinct,
}

impl Level {
    /// From the highest down.
    pub const ALL: [Self; 4] = [Self::Central, Self::Region, Self::District, Self::Precinct];

    /// The word kept in tables, grants and policies.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Central => "central",
            Self::Region => "region",
            Self::District => "district",
            Self::Precinct => "precinct",
        }
    }

    /// The level of a word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|l| l.as_str() == text)
    }

    /// The level under this name in the rules.
    #[must_use]
    pub const fn rules_id(self) -> &'static str {
        match self {
            Self::Central => "cec",
            Self::Region | Self::District => "tec",
            Self::Precinct => "pec",
        }
    }

    /// The level of the commissions directly below.
    #[must_use]
    pub const fn below(self) -> Option<Self> {
        match self {
            Self::Central => Some(Self::Region),
            Self::Region => Some(Self::District),
            Self::District => Some(Self::Precinct),
            Self::Precinct => None,
        }
    }

    /// Whether a commission of this level may have an area of this kind.
    #[must_use]
    pub fn fits_area(self, country: &Country, kind: &str) -> bool {
        country.commission_of(kind) == Some(self.as_str())
    }
}

/// Office in a commission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Office {
    /// Chair.
    Chair,
    /// Deputy chair.
    Deputy,
    /// Secretary.
    Secretary,
    /// Member without an office of its own.
    Member,
}

impl Office {
    /// In the order in which a commission is listed.
    pub const ALL: [Self; 4] = [Self::Chair, Self::Deputy, Self::Secretary, Self::Member];

    /// The word kept in tables, grants and policies.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Chair => "chair",
            Self::Deputy => "deputy",
            Self::Secretary => "secretary",
            Self::Member => "member",
        }
    }

    /// The office of a word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|o| o.as_str() == text)
    }

    /// Whether one person at a time holds it.
    #[must_use]
    pub const fn is_single(self) -> bool {
        !matches!(self, Self::Member)
    }
}

/// Kinds of decisions and acts that have a name of their own on pages.
pub const DECISION_KINDS: &[&str] = &[
    "commission_formed",
    "member_seated",
    "member_ended",
    "officers_elected",
    "election_called",
    "pilot_territories",
    "stations_formed",
    "numbering_set",
    "calendar_changed",
    "election_moved",
    "nomination_extended",
    "voting_postponed",
    "candidate_registered",
    "candidate_refused",
    "candidate_cancelled",
    "candidate_withdrawn",
    "ballot_fixed",
    "protocol_act",
    "recount_ordered",
    "outcome_determined",
    "elected_registered",
    "results_published",
    "vote_failed",
    "other",
];

/// The kind under which a vote that did not pass is put on record.
pub const VOTE_FAILED: &str = "vote_failed";

/// A commission to form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCommission {
    /// Level.
    pub level: Level,
    /// Its area.
    pub area_id: String,
    /// The commission above; none for the central one.
    pub parent_id: Option<String>,
    /// Number of members set for it.
    pub size: u64,
    /// First day of its term.
    pub term_from: Date,
    /// Last day of its term.
    pub term_until: Date,
}

/// A commission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commission {
    /// Permanent id.
    pub id: String,
    /// Level.
    pub level: Level,
    /// Its area.
    pub area_id: String,
    /// Names of its area as they are now; of a precinct «№ 448».
    pub area_names: Names,
    /// The commission above.
    pub parent_id: Option<String>,
    /// Number of members set for it.
    pub size: u64,
    /// First day of its term.
    pub term_from: Date,
    /// Last day of its term.
    pub term_until: Date,
}

impl Commission {
    /// The name in one language: a form in which the name of the area stands as the classifier has it.
    #[must_use]
    pub fn name(&self, t: T) -> String {
        let area = self.area_names.get(t.lang);
        match self.level {
            Level::Central => t.commissions_name_central(),
            Level::Region | Level::District => t.commissions_name_territorial(area),
            Level::Precinct => t.commissions_name_precinct(area),
        }
    }

    /// The name in all languages, for papers and exports.
    #[must_use]
    pub fn names(&self) -> Names {
        Names::each(|t| self.name(t))
    }

    /// The office of a member as grants write it: `precinct.secretary`.
    #[must_use]
    pub fn role(&self, office: Office) -> String {
        format!("{}.{}", self.level.as_str(), office.as_str())
    }
}

/// A person to seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMember {
    /// The commission.
    pub commission_id: String,
    /// The person.
    pub person_id: String,
    /// Office.
    pub office: Office,
    /// Who proposed the person: one of the country's nominators.
    pub nominator: String,
    /// The party or association, where one proposed.
    pub organisation_id: Option<String>,
    /// The decision or act that seats.
    pub decision_id: String,
    /// First day.
    pub valid_from: Date,
    /// Last day; none until it is ended.
    pub valid_until: Option<Date>,
}

/// A member with everything a reader of the composition asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Id of the seat.
    pub id: String,
    /// The commission.
    pub commission_id: String,
    /// The person.
    pub person_id: String,
    /// The person's names.
    pub names: Names,
    /// Office.
    pub office: Office,
    /// Who proposed: one of the country's nominators.
    pub nominator: String,
    /// The party or association.
    pub organisation: Option<Names>,
    /// The decision that seated.
    pub seated_by: String,
    /// First day.
    pub valid_from: Date,
    /// Last day, if known.
    pub valid_until: Option<Date>,
    /// The decision that ended the seat early.
    pub ended_by: Option<String>,
    /// Why: one of the country's reasons; empty when nothing ended it.
    pub end_reason: String,
}

impl Member {
    /// Whether the seat is held on a day.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        covers(self.valid_from, self.valid_until, day)
    }
}

fn covers(from: Date, until: Option<Date>, day: Date) -> bool {
    from <= day && until.is_none_or(|until| day <= until)
}

/// Why a person can't be seated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeatProblem {
    /// The last day is before the first.
    Dates,
    /// The person already sits in this commission in that time.
    AlreadySeated,
    /// Somebody else holds the office in that time.
    OfficeTaken,
    /// All seats are taken.
    Full,
}

/// Whether a seat fits beside those there are, on every day of its time.
///
/// # Errors
/// The first [`SeatProblem`].
pub fn check_seat(
    size: u64,
    seats: &[Member],
    person_id: &str,
    office: Office,
    from: Date,
    until: Option<Date>,
) -> Result<(), SeatProblem> {
    if until.is_some_and(|until| until < from) {
        return Err(SeatProblem::Dates);
    }
    let meets = |m: &&Member| {
        until.is_none_or(|until| m.valid_from <= until)
            && m.valid_until.is_none_or(|last| last >= from)
    };
    let beside: Vec<&Member> = seats.iter().filter(meets).collect();
    if beside.iter().any(|m| m.person_id == person_id) {
        return Err(SeatProblem::AlreadySeated);
    }
    if office.is_single() && beside.iter().any(|m| m.office == office) {
        return Err(SeatProblem::OfficeTaken);
    }
    // The number of members only grows on a day when somebody's time begins.
    let mut days = vec![from];
    days.extend(beside.iter().map(|m| m.valid_from).filter(|d| *d > from));
    let fullest = days
        .iter()
        .map(|day| beside.iter().filter(|m| m.holds_on(*day)).count())
        .max()
        .unwrap_or(0);
    if u64::try_from(fullest).unwrap_or(u64::MAX) >= size {
        return Err(SeatProblem::Full);
    }
    Ok(())
}

/// Whether a commission of a level may have so many members under any band of the rules; the band
/// itself depends on the number of voters (article 17(1)).
///
/// # Errors
/// Why the closest band refuses it.
pub fn check_size(rules: &CommissionRules, level: Level, size: u64) -> Result<(), SizeError> {
    let members = u32::try_from(size).unwrap_or(u32::MAX);
    let Some(level) = rules.levels.iter().find(|l| l.id == level.rules_id()) else {
        return Ok(());
    };
    let mut last = Ok(());
    for band in &level.sizes {
        let limits = electoral::commission::SizeLimits {
            min: band.members_min,
            max: band.members_max,
            odd: level.odd,
        };
        last = electoral::commission::check_size(limits, members);
        if last.is_ok() {
            return Ok(());
        }
    }
    last
}

/// A decision of a commission to put on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDecision<'a> {
    /// The commission.
    pub commission_id: String,
    /// Kind, one of [`DECISION_KINDS`] where it has a name there.
    pub kind: &'a str,
    /// Number as the commission writes it, unique in the year.
    pub number: String,
    /// Day.
    pub decided_on: Date,
    /// Title.
    pub title: Names,
    /// Text.
    pub text: String,
    /// Members present.
    pub present: u64,
    /// Votes for.
    pub votes_for: u64,
    /// Votes against.
    pub votes_against: u64,
    /// Dissenting opinions: person and text.
    pub dissents: Vec<(String, String)>,
    /// The signed paper.
    pub file_id: Option<String>,
    /// The election concerned.
    pub election_id: Option<String>,
    /// The contest concerned.
    pub contest_id: Option<String>,
}

/// An act of another body to put on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAct<'a> {
    /// The body: a maslikhat, an akim.
    pub body: Names,
    /// The area it is the body of.
    pub area_id: String,
    /// Kind, one of [`DECISION_KINDS`] where it has a name there.
    pub kind: &'a str,
    /// Number as the body writes it.
    pub number: String,
    /// Day.
    pub decided_on: Date,
    /// Title.
    pub title: Names,
    /// Text.
    pub text: String,
    /// The signed paper.
    pub file_id: Option<String>,
    /// The election concerned.
    pub election_id: Option<String>,
    /// The contest concerned.
    pub contest_id: Option<String>,
}

/// A decision or act on record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Permanent id.
    pub id: String,
    /// The commission; none for the act of another body.
    pub commission_id: Option<String>,
    /// The other body's name; blank for a commission's decision.
    pub body: Names,
    /// Area of the commission or body.
    pub area_id: String,
    /// The election concerned.
    pub election_id: Option<String>,
    /// The contest concerned.
    pub contest_id: Option<String>,
    /// Kind.
    pub kind: String,
    /// Number.
    pub number: String,
    /// Day.
    pub decided_on: Date,
    /// Title.
    pub title: Names,
    /// Text.
    pub text: String,
    /// Votes; for the act of another body all are 0.
    pub votes: Votes,
    /// The signed paper.
    pub file_id: Option<String>,
    /// When it was put on record.
    pub recorded_at: jiff::Timestamp,
}

/// A dissenting opinion attached to a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dissent {
    /// The member.
    pub person_id: String,
    /// The member's names.
    pub names: Names,
    /// The opinion.
    pub opinion: String,
}

/// The sentence for a vote whose numbers can't be, or that decided nothing; none when it passed.
#[must_use]
pub fn vote_problem(
    t: T,
    verdict: Result<Verdict, DecisionError>,
) -> Option<(&'static str, String)> {
    Some(match verdict {
        Ok(Verdict::Passed { .. }) => return None,
        Ok(Verdict::NoQuorum { needed }) => ("present", t.commissions_vote_no_quorum(needed)),
        Ok(Verdict::NotPassed { needed }) => ("votes_for", t.commissions_vote_not_passed(needed)),
        Err(DecisionError::NoMembers) => ("decided_on", t.commissions_vote_no_members()),
        Err(DecisionError::TooManyPresent) => ("present", t.commissions_vote_too_many_present()),
        Err(DecisionError::TooManyVotes) => ("votes_for", t.commissions_vote_too_many_votes()),
    })
}
