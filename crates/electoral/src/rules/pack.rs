//! The parts of a rule pack. Each field is data of `rules/<country>/<id>.toml`.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use super::legal::{Act, Legal, Source};
use crate::calendar::Step;
use crate::number::{Fraction, Percent};
use crate::protocol::ProtocolForm;
use crate::seats::Method;
use crate::text::Text;

/// Everything the law fixes for one type of election.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulePack {
    /// Id, equal to the file's stem.
    pub id: String,
    /// Name of the type of election.
    pub name: Text,
    /// Act that an article without an act of its own refers to.
    pub act: String,
    /// Acts by id.
    pub acts: BTreeMap<String, Act>,
    /// First day on which the pack applies.
    pub valid_from: Date,
    /// Last day on which it applies, if known.
    #[serde(default)]
    pub valid_until: Option<Date>,
    /// What is elected and how.
    pub contest: Contest,
    /// Who may nominate.
    #[serde(default)]
    pub nominators: Vec<Nominator>,
    /// What happens with too few nominees or candidates.
    #[serde(default)]
    pub candidates: Option<CandidateRules>,
    /// What a candidate must fulfil.
    #[serde(default)]
    pub eligibility: Vec<Requirement>,
    /// What is handed in for registration.
    #[serde(default)]
    pub documents: Vec<Document>,
    /// Why somebody doesn't come onto the ballot, or leaves it.
    #[serde(default)]
    pub losses: Vec<Loss>,
    /// Fee of a candidate.
    #[serde(default)]
    pub deposit: Option<Deposit>,
    /// Commissions that run the election.
    #[serde(default)]
    pub commissions: Option<CommissionRules>,
    /// Stations and the hours of voting day.
    #[serde(default)]
    pub voting: Option<VotingRules>,
    /// Reports of turnout during voting day.
    #[serde(default)]
    pub turnout: Option<TurnoutRules>,
    /// What may be shown when.
    #[serde(default)]
    pub publication: Option<PublicationRules>,
    /// From the result to the beginning of powers.
    #[serde(default)]
    pub result: Option<ResultRules>,
    /// Dates that the calendar can't compute and the commission supplies.
    #[serde(default)]
    pub facts: Vec<Fact>,
    /// Steps of the calendar, in the order of the campaign.
    pub calendar: Vec<Step>,
    /// Form of the station protocol with its checks.
    #[serde(default)]
    pub protocol: Option<ProtocolForm>,
}

/// What is elected and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contest {
    /// Name of the office or body.
    pub office: Text,
    /// How votes decide.
    pub system: Legal<System>,
    /// The constituency in words.
    pub constituency: Legal<Text>,
    /// Seats filled in one contest, where the law fixes them.
    #[serde(default)]
    pub seats: Option<Legal<u32>>,
    /// Whether the ballot ends with "against all".
    pub against_all: Legal<bool>,
    /// Term of office in years.
    #[serde(default)]
    pub term_years: Option<Legal<u32>>,
    /// Consecutive terms one person may serve.
    #[serde(default)]
    pub terms_in_a_row: Option<Legal<u32>>,
    /// Who calls the election, in the words of the law.
    pub called_by: Legal<Text>,
    /// What kind of body that is.
    pub caller: Caller,
    /// How list votes become seats.
    #[serde(default)]
    pub lists: Option<ListRules>,
}

/// What kind of body calls an election.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Caller {
    /// An election commission, by its decision.
    Commission,
    /// Another body (the President, a chamber), by its act.
    OtherBody,
}

/// How votes decide a contest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum System {
    /// Most votes win.
    Plurality,
    /// More than half of those who took part, else a second ballot of two.
    AbsoluteMajority,
    /// Seats in proportion to votes for lists.
    PartyList,
    /// Chosen by electors: more than half, else a second ballot of two.
    Indirect,
}

/// How list votes become seats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListRules {
    /// Share of those who took part that admits a list.
    pub threshold_percent: Legal<Percent>,
    /// Method of allocation.
    pub method: Legal<Method>,
    /// Weight of the second list when only one passed, in per cent.
    pub sole_list_weight_percent: Legal<Percent>,
    /// Fewest seats of that second list.
    pub sole_list_minimum_seats: Legal<u32>,
    /// How many per cent a list may be longer than the seats.
    #[serde(default)]
    pub list_excess_percent: Option<Legal<Percent>>,
    /// Least share of the named groups on a list.
    #[serde(default)]
    pub quota_percent: Option<Legal<Percent>>,
}

/// A way into the race.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nominator {
    /// Stable id: `party`, `self`, `superior_akim`, …
    pub id: String,
    /// Name for people.
    pub name: Text,
    /// Conditions in words.
    pub condition: Text,
    /// Nominees of one nominator in one constituency.
    #[serde(default)]
    pub per_constituency_max: Option<u32>,
    /// Whether only own members may be nominated.
    #[serde(default)]
    pub own_members_only: bool,
    /// Signatures needed, in per cent of the voters of the constituency.
    #[serde(default)]
    pub signatures_percent: Option<Percent>,
    /// Allowed only while fewer than this number are nominated.
    #[serde(default)]
    pub only_if_fewer_than: Option<u32>,
    /// Source of these conditions.
    pub source: Source,
}

/// What happens with too few nominees or candidates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CandidateRules {
    /// Fewest candidates on a ballot.
    pub minimum: Legal<u32>,
    /// Days by which nomination may be extended.
    #[serde(default)]
    pub extension_days: Option<Legal<u32>>,
    /// Days by which voting may be moved.
    #[serde(default)]
    pub postponement_days: Option<Legal<u32>>,
    /// Days in which a refusal may be appealed.
    #[serde(default)]
    pub appeal_days: Option<Legal<u32>>,
    /// Days in which the appeal is decided.
    #[serde(default)]
    pub appeal_decision_days: Option<Legal<u32>>,
    /// Full days before voting in which nobody withdraws or is struck off.
    #[serde(default)]
    pub no_change_days: Option<Legal<u32>>,
    /// Proxies per candidate and station.
    #[serde(default)]
    pub proxies_per_station: Option<Legal<u32>>,
    /// Whether candidates have election funds.
    pub election_fund: Legal<bool>,
}

/// One row of the eligibility table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// Stable id.
    pub id: String,
    /// What is asked for.
    pub requirement: Text,
    /// Value in the unit of the row, where there is one; empty means not known.
    #[serde(default)]
    pub value: Option<u32>,
    /// Unit of the value: `years`, `terms`.
    #[serde(default)]
    pub unit: Option<String>,
    /// What shows it.
    pub evidence: Text,
    /// Who checks it.
    pub checker: Text,
    /// Source of the row.
    pub source: Source,
}

/// A paper handed in for registration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Stable id.
    pub id: String,
    /// Name for people.
    pub name: Text,
    /// Ids of the nominators whose nominees hand it in.
    pub nominators: Vec<String>,
    /// Source of the row.
    pub source: Source,
}

/// A reason for which somebody doesn't come onto the ballot, or leaves it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Loss {
    /// Stable id.
    pub id: String,
    /// Name for people.
    pub name: Text,
    /// Acts that may give this reason.
    pub acts: Vec<LossAct>,
    /// Source of the row.
    pub source: Source,
}

/// An act by which somebody leaves the way to the ballot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LossAct {
    /// The commission refuses registration.
    Refusal,
    /// The nominee, the candidate or the nominator withdraws.
    Withdrawal,
    /// The commission cancels a registration.
    Cancellation,
}

/// Fee of a candidate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deposit {
    /// Multiple of the minimum wage.
    pub minimum_wages: Legal<u32>,
    /// The minimum wage of the year, in tenge.
    #[serde(default)]
    pub minimum_wage_kzt: Option<Legal<u64>>,
    /// The fee, in tenge.
    #[serde(default)]
    pub amount_kzt: Option<Legal<u64>>,
    /// Share of those who took part at which the fee is returned.
    #[serde(default)]
    pub return_percent: Option<Legal<Percent>>,
}

/// Commissions that run the election.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommissionRules {
    /// Levels, from the highest down.
    pub levels: Vec<CommissionLevel>,
    /// Part of all members that makes a quorum.
    pub quorum: Legal<Fraction>,
    /// Part of all members that must be exceeded for a decision.
    pub majority: Legal<Fraction>,
    /// Years between formations.
    pub term_years: Legal<u32>,
    /// Hours by which members hear of a session.
    pub notice_hours: Legal<u32>,
}

/// One level of commissions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommissionLevel {
    /// Stable id: `cec`, `tec`, `dec`, `pec`.
    pub id: String,
    /// Name for people.
    pub name: Text,
    /// Whether the number of members must be odd.
    pub odd: bool,
    /// Sizes by number of voters, ascending; the last has no upper bound.
    pub sizes: Vec<SizeBand>,
    /// Source of the sizes.
    pub source: Source,
}

/// Allowed sizes for commissions up to a number of voters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SizeBand {
    /// Largest number of voters of the band; none: no bound.
    #[serde(default)]
    pub voters_max: Option<u64>,
    /// Fewest members.
    pub members_min: u32,
    /// Most members.
    pub members_max: u32,
}

/// Stations and the hours of voting day, all local to the station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VotingRules {
    /// Most voters of a station.
    pub station_voters_max: Legal<u64>,
    /// The commission begins to open the station.
    pub station_opens: Legal<Time>,
    /// Boxes are checked and sealed.
    pub boxes_sealed: Legal<Time>,
    /// Voting starts.
    pub starts: Legal<Time>,
    /// Voting ends and the count begins.
    pub ends: Legal<Time>,
    /// Earliest start a commission may set.
    pub earliest_start: Legal<Time>,
    /// Latest end a commission may set.
    pub latest_end: Legal<Time>,
    /// Last request to vote at the place of stay.
    pub home_requests_until: Legal<Time>,
    /// Longest count, in hours.
    pub count_hours_max: Legal<u32>,
    /// Reserve of ballots, in per cent of voters.
    pub ballot_reserve_percent: Legal<Percent>,
}

/// Reports of turnout during voting day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TurnoutRules {
    /// Reports in the order of the day.
    pub slots: Vec<TurnoutSlot>,
    /// Most voters one station can serve in an hour before it is questioned.
    pub voters_per_hour_max: Legal<u64>,
    /// Most growth of turnout in an hour, in per cent points of the list.
    pub growth_per_hour_percent_max: Legal<Percent>,
    /// Minutes after a slot from which a station is on the list for a call.
    pub late_after_minutes: Legal<u32>,
    /// Share of stations that must have reported a slot before territories are compared by it.
    pub compared_from_percent: Legal<Percent>,
}

/// One report of turnout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TurnoutSlot {
    /// Stable id: `10:00`, …, `final`.
    pub id: String,
    /// Local time up to which voters are counted; none: after closing.
    #[serde(default)]
    pub time: Option<Time>,
    /// For the one after closing: minutes that a station has for it.
    #[serde(default)]
    pub minutes_after_closing: Option<u32>,
    /// Source of the slot.
    pub source: Source,
}

/// What may be shown when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicationRules {
    /// Whether votes stay closed until the last station of the election has closed.
    pub embargo_until_last_station: Legal<bool>,
    /// Whether the protocol's copy is posted as soon as it is signed.
    pub protocol_posted_at_once: Legal<bool>,
    /// Days for which the copy stays posted.
    pub protocol_posted_days: Legal<u32>,
    /// Days in which the result is published.
    pub result_days: Legal<u32>,
}

/// From the result to the beginning of powers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultRules {
    /// Days in which the result is established.
    pub establish_days: Legal<u32>,
    /// What decides who is elected, in words.
    pub elected: Legal<Text>,
    /// Months in which the election is repeated after a tie or when invalid.
    #[serde(default)]
    pub repeat_months: Option<Legal<u32>>,
    /// Who may declare the contest invalid, in words.
    #[serde(default)]
    pub invalid: Option<Legal<Text>>,
    /// Days in which an invalid result may be appealed.
    #[serde(default)]
    pub invalid_appeal_days: Option<Legal<u32>>,
    /// Days in which the elected person is registered.
    #[serde(default)]
    pub register_days: Option<Legal<u32>>,
    /// Days in which the elected person resigns from incompatible duties.
    #[serde(default)]
    pub resign_days: Option<Legal<u32>>,
    /// When powers begin, in words.
    #[serde(default)]
    pub powers_begin: Option<Legal<Text>>,
}

/// A date that the calendar can't compute and the commission supplies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Stable id, usable as an anchor.
    pub id: String,
    /// Name for people.
    pub name: Text,
}
