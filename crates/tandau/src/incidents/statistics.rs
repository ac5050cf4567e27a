//! What the public sees: numbers by kind, region and state, and how soon somebody acted. No words, no persons.
//!
//! A kind that is about persons (`personal` in the rules) is shown by region only, enters no sum with others, and in steps
//! of the smallest group. The page shows what holds at any moment: a number that moved with every incident, and even a
//! nought that goes, would say when something happened to a person.

use super::model::State;
use electoral::incidents::IncidentRules;
use std::collections::BTreeMap;

/// How many incidents of a kind are in a state in a region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Kind of the rules.
    pub kind: String,
    /// Region; empty where an incident is about the whole country.
    pub region_id: String,
    /// State.
    pub state: State,
    /// How many.
    pub count: u64,
}

/// A number as it may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shown {
    /// As it is.
    Exact(u64),
    /// So many or more, fewer than one step more.
    AtLeast(u64),
    /// Not at all: none, or fewer than a step.
    Hidden,
}

/// One number of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Kind.
    pub kind: String,
    /// Region; empty for the whole country.
    pub region_id: String,
    /// State; none where states are not told apart.
    pub state: Option<State>,
    /// The number.
    pub count: Shown,
}

/// The sum of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfKind {
    /// Kind.
    pub kind: String,
    /// About persons.
    pub personal: bool,
    /// All of them.
    pub all: Shown,
    /// Those that are not over; none where states are not told apart.
    pub open: Option<u64>,
    /// Middle of the seconds until somebody acted; none where nobody has, or for kinds about persons.
    pub median_seconds: Option<u64>,
}

/// Everything that is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Public {
    /// By kind, region and state; zeros of kinds that are not about persons are left out.
    pub cells: Vec<Cell>,
    /// By kind, in the order of the rules.
    pub kinds: Vec<OfKind>,
    /// All of the kinds that are not about persons.
    pub all: u64,
    /// Those of them that are not over.
    pub open: u64,
    /// Middle of their seconds until somebody acted.
    pub median_seconds: Option<u64>,
}

impl Shown {
    /// The number, where it is shown as it is.
    #[must_use]
    pub const fn exact(self) -> Option<u64> {
        match self {
            Self::Exact(n) => Some(n),
            Self::AtLeast(_) | Self::Hidden => None,
        }
    }

    /// The step that was reached, where steps are shown.
    #[must_use]
    pub const fn at_least(self) -> Option<u64> {
        match self {
            Self::AtLeast(n) => Some(n),
            Self::Exact(_) | Self::Hidden => None,
        }
    }
}

/// Makes what may be shown of what was counted. `regions` are those of the election: a kind about persons has a
/// number in each of them, in steps of `k`. `responses` are in order, the shortest first.
#[must_use]
pub fn redact(
    rules: &IncidentRules,
    k: u64,
    regions: &[String],
    counted: &[Counted],
    responses: &[(String, u64)],
) -> Public {
    let mut public = Public {
        cells: Vec::new(),
        kinds: Vec::new(),
        all: 0,
        open: 0,
        median_seconds: None,
    };
    let mut told = Vec::new();
    for kind in &rules.kinds {
        let own: Vec<&Counted> = counted.iter().filter(|c| c.kind == kind.id).collect();
        let all: u64 = own.iter().map(|c| c.count).sum();
        if kind.personal {
            let all = persons(k, &kind.id, regions, &own, &mut public.cells);
            public.kinds.push(OfKind {
                kind: kind.id.clone(),
                personal: true,
                all,
                open: None,
                median_seconds: None,
            });
            continue;
        }
        public.cells.extend(own.iter().map(|c| Cell {
            kind: c.kind.clone(),
            region_id: c.region_id.clone(),
            state: Some(c.state),
            count: Shown::Exact(c.count),
        }));
        let open: u64 = own
            .iter()
            .filter(|c| c.state.is_open())
            .map(|c| c.count)
            .sum();
        let seconds: Vec<u64> = responses
            .iter()
            .filter(|(k, _)| *k == kind.id)
            .map(|(_, s)| *s)
            .collect();
        public.all += all;
        public.open += open;
        public.kinds.push(OfKind {
            kind: kind.id.clone(),
            personal: false,
            all: Shown::Exact(all),
            open: Some(open),
            median_seconds: median(&seconds),
        });
        told.extend(seconds);
    }
    told.sort_unstable();
    public.median_seconds = median(&told);
    public
}

/// Cells of a kind about persons, each in whole steps of `k`. Its sum adds the steps up and so says nothing that they don't:
/// a step of the sum of all numbers would narrow those that are not shown.
fn persons(
    k: u64,
    kind: &str,
    regions: &[String],
    own: &[&Counted],
    cells: &mut Vec<Cell>,
) -> Shown {
    let mut by_region: BTreeMap<&str, u64> = regions.iter().map(|r| (r.as_str(), 0)).collect();
    for one in own {
        *by_region.entry(&one.region_id).or_insert(0) += one.count;
    }
    let step = |count: u64| count - count % k.max(1);
    let shown = |reached: u64| match reached {
        0 => Shown::Hidden,
        reached => Shown::AtLeast(reached),
    };
    for (region, count) in &by_region {
        cells.push(Cell {
            kind: kind.to_owned(),
            region_id: (*region).to_owned(),
            state: None,
            count: shown(step(*count)),
        });
    }
    shown(by_region.values().map(|count| step(*count)).sum())
}

/// The middle one; of an even number the mean of the two in the middle, rounded down.
fn median(sorted: &[u64]) -> Option<u64> {
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    if sorted.len().is_multiple_of(2) {
        let lower = *sorted.get(middle.checked_sub(1)?)?;
        Some(lower.midpoint(upper))
    } else {
        Some(upper)
    }
}
