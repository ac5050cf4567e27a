//! The words of the pictures: counts and how they add up, the day a page is as of, what is worst. Pure.

mod day;
mod item;

pub use day::{AsOf, NoDay, Outlook, carried, outlook};
pub use item::{ItemState, ItemStatus};

use crate::platform::Names;
use jiff::Timestamp;
use std::cmp::Reverse;

/// How many are shown of the worst.
pub const WORST: usize = 10;
/// Days that the chart looks back.
pub const CHART_DAYS: i32 = 35;
/// While more than one item of so many has no answer, what is found unmet can still grow by answering alone.
const ANSWERING: u64 = 10;

/// Items by what is known of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All.
    pub expected: u64,
    /// They hold.
    pub met: u64,
    /// They don't.
    pub unmet: u64,
    /// Of these, without which voting can't be held properly.
    pub critical: u64,
    /// They don't apply.
    pub na: u64,
    /// Two people said different things.
    pub disputed: u64,
    /// Nobody has said anything.
    pub unanswered: u64,
}

impl Counts {
    /// Both together.
    #[must_use]
    pub const fn plus(self, more: Self) -> Self {
        Self {
            expected: self.expected.saturating_add(more.expected),
            met: self.met.saturating_add(more.met),
            unmet: self.unmet.saturating_add(more.unmet),
            critical: self.critical.saturating_add(more.critical),
            na: self.na.saturating_add(more.na),
            disputed: self.disputed.saturating_add(more.disputed),
            unanswered: self.unanswered.saturating_add(more.unanswered),
        }
    }

    /// Items that need nothing more.
    #[must_use]
    pub const fn in_order(self) -> u64 {
        self.met.saturating_add(self.na)
    }

    /// Every item is answered and none is unmet or disputed.
    #[must_use]
    pub const fn is_ready(self) -> bool {
        self.expected > 0 && self.unmet == 0 && self.disputed == 0 && self.unanswered == 0
    }

    /// Each item is in one place.
    #[must_use]
    pub const fn agree(self) -> bool {
        self.expected
            == self
                .in_order()
                .saturating_add(self.unmet)
                .saturating_add(self.disputed)
                .saturating_add(self.unanswered)
            && self.critical <= self.unmet
    }

    /// Whether answers are still coming in, so that more may be found unmet.
    #[must_use]
    pub const fn are_answered_by_most(self) -> bool {
        self.unanswered.saturating_mul(ANSWERING) <= self.expected
    }

    /// The worst first: what is critical, what is unmet, what is unknown.
    #[must_use]
    pub const fn badness(self) -> Reverse<(u64, u64, u64)> {
        Reverse((self.critical, self.unmet, self.unanswered))
    }

    /// State in one word and shape.
    #[must_use]
    pub const fn standing(self) -> Standing {
        if self.is_ready() {
            Standing::Ready
        } else if self.critical > 0 {
            Standing::Critical
        } else if self.unmet > 0 || self.disputed > 0 {
            Standing::Unmet
        } else if self.unanswered < self.expected {
            Standing::Answering
        } else {
            Standing::Nothing
        }
    }
}

/// Where a station or a section is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// All in order.
    Ready,
    /// Something critical is unmet.
    Critical,
    /// Something is unmet or disputed.
    Unmet,
    /// Nothing unmet, not all answered.
    Answering,
    /// No answer at all.
    Nothing,
}

impl Standing {
    /// Shape of `ui::state`.
    #[must_use]
    pub const fn shape(self) -> &'static str {
        match self {
            Self::Ready => "done",
            Self::Critical => "trouble",
            Self::Unmet => "attention",
            Self::Answering => "partial",
            Self::Nothing => "open",
        }
    }

    /// Key of its word.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Ready => "board-standing-ready",
            Self::Critical => "board-standing-critical",
            Self::Unmet => "board-standing-unmet",
            Self::Answering => "board-standing-answering",
            Self::Nothing => "board-standing-nothing",
        }
    }

    /// The word of files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Critical => "critical",
            Self::Unmet => "unmet",
            Self::Answering => "answering",
            Self::Nothing => "nothing",
        }
    }
}

/// Counts of several stations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Stations.
    pub stations: u64,
    /// Of these, ready.
    pub ready: u64,
    /// Their items.
    pub counts: Counts,
}

impl Sums {
    /// Both together.
    #[must_use]
    pub const fn plus(self, more: Self) -> Self {
        Self {
            stations: self.stations.saturating_add(more.stations),
            ready: self.ready.saturating_add(more.ready),
            counts: self.counts.plus(more.counts),
        }
    }

    /// All of them.
    pub fn of(all: impl IntoIterator<Item = Self>) -> Self {
        all.into_iter().fold(Self::default(), Self::plus)
    }
}

/// Sums of a district.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct District {
    /// The district's area.
    pub area_id: String,
    /// Code of the classifier.
    pub code: String,
    /// Name.
    pub names: Names,
    /// Its region.
    pub region_id: String,
    /// The region's code.
    pub region_code: String,
    /// The region's name.
    pub region_names: Names,
    /// Zone by whose clocks it lives.
    pub zone: String,
    /// What is counted.
    pub sums: Sums,
}

/// Sums of a region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// The region's area.
    pub area_id: String,
    /// Code of the classifier.
    pub code: String,
    /// Name.
    pub names: Names,
    /// Districts with stations of the election.
    pub districts: u64,
    /// What is counted.
    pub sums: Sums,
}

/// Districts put together by region, in the order of the classifier.
#[must_use]
pub fn regions(districts: &[District]) -> Vec<Region> {
    let mut regions: Vec<Region> = Vec::new();
    for district in districts {
        match regions.iter_mut().find(|r| r.area_id == district.region_id) {
            Some(region) => {
                region.districts += 1;
                region.sums = region.sums.plus(district.sums);
            }
            None => regions.push(Region {
                area_id: district.region_id.clone(),
                code: district.region_code.clone(),
                names: district.region_names.clone(),
                districts: 1,
                sums: district.sums,
            }),
        }
    }
    regions.sort_by(|a, b| a.code.cmp(&b.code));
    regions
}

/// The worst districts; those that are ready are not among them.
#[must_use]
pub fn worst(districts: &[District]) -> Vec<&District> {
    let mut worst: Vec<&District> = districts
        .iter()
        .filter(|d| !d.sums.counts.is_ready())
        .collect();
    worst.sort_by(|a, b| {
        let (x, y) = (a.sums.counts.badness(), b.sums.counts.badness());
        x.cmp(&y).then_with(|| a.code.cmp(&b.code))
    });
    worst.truncate(WORST);
    worst
}

/// Counts of one station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StationCounts {
    /// The station.
    pub station_id: String,
    /// Its region.
    pub region_id: String,
    /// Its district.
    pub district_id: String,
    /// What is counted.
    pub counts: Counts,
    /// Its last report.
    pub reported_at: Option<Timestamp>,
}

/// A station with its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StationNames {
    /// Number.
    pub number: u64,
    /// Building.
    pub names: Names,
    /// Address.
    pub address: Names,
    /// Zone by whose clocks it lives.
    pub zone: String,
    /// Area of the district.
    pub district_id: String,
    /// Name of the district.
    pub district_names: Names,
    /// Area of the region.
    pub region_id: String,
    /// Name of the region.
    pub region_names: Names,
}

/// What became of a station since the day before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// It is ready now.
    Ready,
    /// It was ready and is no longer.
    Lost,
    /// More is unmet than before.
    Worse,
}

/// Changes of the stations since the day before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Each with its station and how much more is unmet.
    pub all: Vec<(Turn, String, u64)>,
}

impl Changes {
    /// How many of a kind.
    #[must_use]
    pub fn count(&self, turn: Turn) -> u64 {
        let count = self.all.iter().filter(|c| c.0 == turn).count();
        u64::try_from(count).unwrap_or(u64::MAX)
    }

    /// What two counts of a station say.
    #[must_use]
    pub fn between(before: Counts, now: Counts) -> Option<(Turn, u64)> {
        let more = now.unmet.saturating_sub(before.unmet);
        match (before.is_ready(), now.is_ready()) {
            (false, true) => Some((Turn::Ready, 0)),
            (true, false) => Some((Turn::Lost, more)),
            _ if more > 0 => Some((Turn::Worse, more)),
            _ => None,
        }
    }
}

/// An unmet item that somebody is putting right. No names, no words of anybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mending {
    /// The station.
    pub station_id: String,
    /// The item.
    pub item: String,
    /// Kind of the body it is addressed to.
    pub body: String,
    /// Since when.
    pub since: Timestamp,
    /// By when.
    pub due: Timestamp,
    /// Where it is.
    pub state: crate::tasks::TaskState,
}

/// A commission that has signed "ready".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The commission.
    pub commission_id: String,
    /// `region`, `district`, …
    pub level: String,
    /// Its area.
    pub area_id: String,
    /// Name of the area.
    pub area_names: Names,
    /// When.
    pub signed_at: Timestamp,
    /// With how many exceptions.
    pub exceptions: u64,
    /// What it signed for, then and now.
    pub then: Sums,
    /// Now.
    pub now: Sums,
    /// What was signed has changed since, for better or worse.
    pub drifted: bool,
}
