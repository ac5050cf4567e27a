//! What equipment closes most of the gap: a ranked list.
//!
//! Each step brings some equipment to one station and closes the needs that were lacking just that. Steps come in the
//! order of needs closed per effort.
//!
//! **How good it is.** Each group of alternatives can be supplied by at most one kind of equipment (the rules are
//! refused otherwise), so a need is closed exactly when a certain set of pieces stands at its station, and the
//! number closed by a set of pieces is supermodular: pieces only gain by company. For such a number minus a price
//! times the effort, the best sets grow as the price falls; taking the best ratio at each step walks through exactly
//! these sets, and stations don't concern each other. Therefore **the first r steps close the most needs that any
//! choice of equipment with no more effort can close**, for each r; and a budget that ends between two steps loses
//! less than what the next step would close. A test compares with all choices.
//!
//! **What it leaves out.** That equipment brought to one station would also help voters of a neighbouring one; and
//! whatever no equipment can supply (a lift): such needs are in no step.

use super::{Accessibility, Means, Need, Word};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// A station with needs that neither it nor one in reach meets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The station.
    pub station: String,
    /// What is known of it.
    pub means: Means,
    /// Voters by need.
    pub unmet: BTreeMap<String, u64>,
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The station.
    pub station: String,
    /// What is brought there, by id in the order of the rules.
    pub equipment: Vec<String>,
    /// What that takes.
    pub effort: u64,
    /// Needs that it closes.
    pub closed: u64,
    /// The same by need.
    pub needs: BTreeMap<String, u64>,
    /// Needs closed with this step and all before it.
    pub closed_so_far: u64,
}

/// The list, best first. Neither the order of `gaps` nor a station given twice (its first gap counts) matters.
#[must_use]
pub fn rank(rules: &Accessibility, gaps: &[Gap]) -> Vec<Step> {
    let mut stations: BTreeMap<&str, &Gap> = BTreeMap::new();
    for gap in gaps {
        stations.entry(&gap.station).or_insert(gap);
    }
    let mut steps: Vec<Step> = stations
        .values()
        .flat_map(|gap| steps_of(rules, gap))
        .collect();
    // A station's own steps have falling ratios, so sorting keeps their order.
    steps.sort_by(|a, b| {
        ratio(b.closed, b.effort, a.closed, a.effort)
            .then_with(|| b.closed.cmp(&a.closed))
            .then_with(|| a.station.cmp(&b.station))
    });
    let mut so_far = 0_u64;
    for step in &mut steps {
        so_far = so_far.saturating_add(step.closed);
        step.closed_so_far = so_far;
    }
    steps
}

/// Compares closed per effort without division.
fn ratio(closed_a: u64, effort_a: u64, closed_b: u64, effort_b: u64) -> Ordering {
    let left = u128::from(closed_a) * u128::from(effort_b);
    left.cmp(&(u128::from(closed_b) * u128::from(effort_a)))
}

/// Pieces of equipment, by their place in the rules.
type Pieces = BTreeSet<usize>;

fn steps_of(rules: &Accessibility, gap: &Gap) -> Vec<Step> {
    let wanted: Vec<(&str, u64, Pieces)> = rules
        .needs
        .iter()
        .filter_map(|need| {
            let voters = gap.unmet.get(&need.id).copied().filter(|n| *n > 0)?;
            Some((need.id.as_str(), voters, pieces(rules, need, &gap.means)?))
        })
        .collect();
    let sets: BTreeSet<Pieces> = wanted.iter().fold(
        BTreeSet::from([Pieces::new()]),
        |mut sets, (_, _, pieces)| {
            let more: Vec<Pieces> = sets.iter().map(|s| s | pieces).collect();
            sets.extend(more);
            sets
        },
    );
    let effort = |set: &Pieces| -> u64 {
        set.iter()
            .filter_map(|at| rules.equipment.get(*at))
            .map(|e| u64::from(e.effort))
            .sum()
    };
    let mut there = Pieces::new();
    let mut steps = Vec::new();
    loop {
        let best = sets
            .iter()
            .map(|set| set | &there)
            .filter(|set| set.len() > there.len())
            .map(|set| {
                let closed: u64 = wanted
                    .iter()
                    .filter(|(_, _, p)| p.is_subset(&set) && !p.is_subset(&there))
                    .map(|(_, voters, _)| *voters)
                    .fold(0, u64::saturating_add);
                (closed, effort(&(&set - &there)), set)
            })
            .filter(|(closed, _, _)| *closed > 0)
            .max_by(|a, b| {
                ratio(a.0, a.1, b.0, b.1)
                    .then_with(|| a.0.cmp(&b.0))
                    .then_with(|| b.2.cmp(&a.2))
            });
        let Some((closed, effort, set)) = best else {
            return steps;
        };
        let needs = wanted
            .iter()
            .filter(|(_, _, p)| p.is_subset(&set) && !p.is_subset(&there))
            .map(|(need, voters, _)| ((*need).to_owned(), *voters))
            .collect();
        let brought = (&set - &there)
            .iter()
            .filter_map(|at| rules.equipment.get(*at))
            .map(|e| e.id.clone())
            .collect();
        steps.push(Step {
            station: gap.station.clone(),
            equipment: brought,
            effort,
            closed,
            needs,
            closed_so_far: 0,
        });
        there = set;
    }
}

/// The pieces that a need lacks at a station; none when something is lacking that nobody can bring, or nothing is.
fn pieces(rules: &Accessibility, need: &Need, means: &Means) -> Option<Pieces> {
    let mut pieces = Pieces::new();
    for group in &need.met_by {
        let counts = |fact: &String| rules.counts(fact, means) == Word::Yes;
        if group.iter().any(counts) {
            continue;
        }
        let supply = rules
            .equipment
            .iter()
            .position(|e| e.supplies.iter().any(|fact| group.contains(fact)))?;
        pieces.insert(supply);
    }
    (!pieces.is_empty()).then_some(pieces)
}
