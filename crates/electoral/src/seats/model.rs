use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::number::Percent;
use crate::rules::RulePack;

/// Most seats that are allocated in one go.
pub const MAX_SEATS: u32 = 10_000;
/// Most options.
pub const MAX_OPTIONS: usize = 1_000;

/// A method of allocation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Largest remainder with the quota votes / seats.
    Hare,
    /// Highest averages, divisors 1, 2, 3, …
    #[serde(rename = "dhondt")]
    DHondt,
    /// Highest averages, divisors 1, 3, 5, …
    SainteLague,
}

impl Method {
    /// The word used on the command line.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Hare => "hare",
            Self::DHondt => "dhondt",
            Self::SainteLague => "sainte-lague",
        }
    }

    /// Reads that word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Hare, Self::DHondt, Self::SainteLague]
            .into_iter()
            .find(|method| method.code() == code)
    }
}

/// What an option is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A list that can win seats.
    #[default]
    List,
    /// "Against all": counts for the threshold, gets no seats.
    AgainstAll,
}

/// An option of the ballot with its votes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionVotes {
    /// Name, unique.
    pub name: String,
    /// Votes.
    pub votes: u64,
    /// What it is.
    pub kind: Kind,
    /// Day of registration, which the law uses for equal fractions.
    pub registered: Option<Date>,
}

/// What happens when only one list passes the threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SoleList {
    /// Weight of the next best list, in per cent.
    pub weight: Percent,
    /// Its fewest seats.
    pub minimum_seats: u32,
}

/// How to allocate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Seats to fill.
    pub seats: u32,
    /// Share of all votes that admits a list.
    pub threshold: Percent,
    /// Method.
    pub method: Method,
    /// Rule for a sole list; used by [`Method::Hare`] only.
    pub sole_list: Option<SoleList>,
}

impl Settings {
    /// The settings of a rule pack with list rules and a fixed number of seats.
    #[must_use]
    pub fn from_pack(pack: &RulePack) -> Option<Self> {
        let lists = pack.contest.lists.as_ref()?;
        Some(Self {
            seats: pack.contest.seats.as_ref()?.value,
            threshold: lists.threshold_percent.value,
            method: lists.method.value,
            sole_list: Some(SoleList {
                weight: lists.sole_list_weight_percent.value,
                minimum_seats: lists.sole_list_minimum_seats.value,
            }),
        })
    }
}

/// What one list gets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Share {
    /// Name of the list.
    pub option: String,
    /// Its votes.
    pub votes: u64,
    /// Its seats.
    pub seats: u32,
    /// Whether it passed the threshold.
    pub passed: bool,
}

/// The result of an allocation. Shares stand in the order of the input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Allocation {
    /// Every seat has its list.
    Allocated {
        /// Seats by list.
        seats: Vec<Share>,
    },
    /// Some seats can't be given: the rules don't settle who is next.
    Tie {
        /// Seats that are certain.
        seats: Vec<Share>,
        /// Lists that are level.
        options: Vec<String>,
        /// Seats between them.
        seats_open: u32,
    },
    /// No list passes the threshold. The law doesn't say what follows.
    NobodyPasses {
        /// Votes the threshold was measured against.
        base: u64,
    },
}

/// Input that no allocation is defined for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SeatsError {
    /// No seat, or more than [`MAX_SEATS`].
    #[error("{0} seats can't be allocated")]
    BadSeats(u32),
    /// More than [`MAX_OPTIONS`].
    #[error("{0} options are too many")]
    TooManyOptions(usize),
    /// A name stands twice.
    #[error("{0:?} stands twice")]
    Duplicate(String),
    /// More than one "against all".
    #[error("\"against all\" stands more than once")]
    SeveralAgainstAll,
    /// No list at all.
    #[error("there is no list")]
    NoLists,
    /// All votes together leave 64 bits.
    #[error("all votes together are too many")]
    TooManyVotes,
    /// The sole-list rule promises more seats than there are.
    #[error("the second list's minimum is above the seats")]
    MinimumAboveSeats,
}
