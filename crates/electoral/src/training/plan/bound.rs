//! What no schedule can undercut, by a linear program.

use super::{Bottleneck, Bound, Hall, Input, PAIRS_MOST, Party, together};
use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};
use std::collections::{BTreeMap, BTreeSet};

/// What the solver may be wrong by.
const TOLERANCE: f64 = 1e-4;

/// The bound, and which hall each party should go to.
pub(super) struct Found {
    pub(super) bound: Bound,
    pub(super) bottleneck: Bottleneck,
    pub(super) hall_of: Vec<usize>,
}

/// Sessions that each hall can take in the first `days` days.
fn room(input: &Input, days: usize) -> Vec<u32> {
    let first: BTreeSet<_> = input.terms.days.iter().take(days).collect();
    let slots = u32::try_from(first.len() * input.terms.slots.len()).unwrap_or(u32::MAX);
    input
        .halls
        .iter()
        .map(|hall| {
            // Two trainers of one session are in one hall.
            let kept: BTreeSet<_> = input
                .kept
                .iter()
                .filter(|k| k.hall == hall.id && first.contains(&k.day))
                .map(|k| (k.day, k.slot))
                .collect();
            slots.saturating_sub(u32::try_from(kept.len()).unwrap_or(u32::MAX))
        })
        .collect()
}

/// Sessions that trainers can give in the first `days` days, if there were no way between two halls: of each territory, those who
/// train anywhere included, and of all.
struct Hands {
    within: BTreeMap<String, u64>,
    all: u64,
}

fn hands(input: &Input, days: usize) -> Hands {
    let slots = input.terms.slots.len();
    let mut hands = Hands {
        within: territories(input).into_iter().map(|w| (w, 0)).collect(),
        all: 0,
    };
    for trainer in &input.trainers {
        let reaches = |hall: &Hall| {
            together(&trainer.within, &hall.within)
                && input.terms.minutes(trainer.home, hall.place) <= input.terms.trip_minutes
        };
        if !input.halls.iter().any(reaches) {
            continue;
        }
        let mut sessions = 0_usize;
        for day in input.terms.days.iter().take(days) {
            if trainer.away.contains(day) {
                continue;
            }
            let kept: BTreeSet<_> = input
                .kept
                .iter()
                .filter(|k| k.trainer == trainer.id && k.day == *day)
                .map(|k| k.slot)
                .collect();
            sessions += slots.saturating_sub(kept.len());
        }
        let sessions = u64::try_from(sessions).unwrap_or(u64::MAX);
        hands.all = hands.all.saturating_add(sessions);
        for (within, sum) in &mut hands.within {
            if together(within, &trainer.within) {
                *sum = sum.saturating_add(sessions);
            }
        }
    }
    hands
}

/// Territories of halls, unless one takes anybody: then they can't be told apart.
fn territories(input: &Input) -> BTreeSet<String> {
    let all: BTreeSet<String> = input.halls.iter().map(|h| h.within.clone()).collect();
    if all.contains("") {
        return BTreeSet::from([String::new()]);
    }
    all
}

/// The smallest whole number that is not below `value`, given the solver's tolerance.
fn up(value: f64) -> u64 {
    let (mut low, mut high) = (0_u32, u32::MAX);
    while low < high {
        let middle = low + (high - low) / 2;
        if f64::from(middle) >= value - TOLERANCE {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    u64::from(low)
}

/// What the program gave.
struct Relaxed {
    /// Fewest sessions of each territory, in whole numbers.
    sessions: BTreeMap<String, u64>,
    /// Where most of a party goes.
    hall_of: Vec<usize>,
}

/// Solves: people flow from parties to halls; a hall's sessions have its seats; as few sessions as possible, and with
/// `ways` short ways too. None when halls have no room for all, or the solver can't say.
fn relax(
    input: &Input,
    parties: &[Party],
    room: &[u32],
    hands: Option<&Hands>,
    ways: bool,
) -> Option<Relaxed> {
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let cost = if ways {
        f64::from(input.terms.session_km.max(1))
    } else {
        1.0
    };
    let sessions: Vec<Variable> = room
        .iter()
        .map(|most| problem.add_var(cost, (0.0, f64::from(*most))))
        .collect();
    let mut into: Vec<Vec<(Variable, f64)>> = vec![Vec::new(); sessions.len()];
    let mut flows = Vec::new();
    for party in parties {
        let mut mine = Vec::new();
        for (hall, road) in &party.halls {
            let km = f64::from(u32::try_from(road / 1_000).unwrap_or(u32::MAX));
            let flow = problem.add_var(if ways { km } else { 0.0 }, (0.0, f64::from(party.people)));
            mine.push((*hall, flow));
            into.get_mut(*hall)?.push((flow, 1.0));
        }
        let all: Vec<(Variable, f64)> = mine.iter().map(|(_, flow)| (*flow, 1.0)).collect();
        problem.add_constraint(&all, ComparisonOp::Eq, f64::from(party.people));
        flows.push(mine);
    }
    for ((hall, variable), mut all) in input.halls.iter().zip(&sessions).zip(into) {
        if !all.is_empty() {
            all.push((*variable, -f64::from(hall.seats)));
            problem.add_constraint(&all, ComparisonOp::Le, 0.0);
        }
    }
    let territories = territories(input);
    let of = |within: &str| -> Vec<Variable> {
        let halls = input.halls.iter().zip(&sessions);
        let mine = halls.filter(|(hall, _)| within.is_empty() || hall.within == within);
        mine.map(|(_, variable)| *variable).collect()
    };
    for within in territories.iter().filter(|_| hands.is_some()) {
        let all: Vec<(Variable, f64)> = of(within).into_iter().map(|s| (s, 1.0)).collect();
        let most = hands.and_then(|hands| hands.within.get(within)).copied();
        let most = u32::try_from(most.unwrap_or(0)).unwrap_or(u32::MAX);
        problem.add_constraint(&all, ComparisonOp::Le, f64::from(most));
    }
    let solution = problem.solve().ok()?.into_solution().ok()?;
    let hall_of = flows
        .iter()
        .map(|mine| {
            let most = mine.iter().max_by(|(a, x), (b, y)| {
                let (x, y) = (solution.var_value(*x), solution.var_value(*y));
                x.total_cmp(&y).then(b.cmp(a))
            });
            most.map_or(usize::MAX, |(hall, _)| *hall)
        })
        .collect();
    let sessions = territories
        .iter()
        .map(|within| {
            let total: f64 = of(within).iter().map(|s| solution.var_value(*s)).sum();
            (within.clone(), up(total))
        })
        .collect();
    Some(Relaxed { sessions, hall_of })
}

/// Each party to its nearest hall.
fn nearest(parties: &[Party]) -> Vec<usize> {
    let first = |party: &Party| party.halls.first().map_or(usize::MAX, |(hall, _)| *hall);
    parties.iter().map(first).collect()
}

pub(super) fn bound(input: &Input, parties: &[Party]) -> Found {
    let mut found = of_new(input, parties);
    // What stands stays: nobody is done before its last day.
    if let Some(until) = input.stands_until {
        let before = found.bound.complete_on;
        if parties.is_empty() || before.is_some_and(|day| day < until) {
            found.bound.complete_on = Some(until);
            found.bottleneck = Bottleneck::Standing;
        }
    }
    found
}

/// The bound of those who are in no session yet.
fn of_new(input: &Input, parties: &[Party]) -> Found {
    let days = input.terms.days.len();
    let pairs: usize = parties.iter().map(|party| party.halls.len()).sum();
    if parties.is_empty() {
        return Found {
            bound: Bound {
                solved: true,
                sessions: 0,
                complete_on: None,
            },
            bottleneck: Bottleneck::Nothing,
            hall_of: Vec::new(),
        };
    }
    if pairs > PAIRS_MOST {
        return counted(input, parties);
    }
    // Fewest sessions if halls were free all the time: nothing can need fewer.
    let free = vec![u32::try_from(parties.len()).unwrap_or(u32::MAX); input.halls.len()];
    let Some(all) = relax(input, parties, &free, None, false) else {
        return counted(input, parties);
    };
    let fewest: u64 = all.sessions.values().sum();
    // The first day is found by halving: more days never hurt.
    let fits = |days: usize| {
        let hands = hands(input, days);
        if !enough(&hands, &all.sessions) {
            return false;
        }
        let relaxed = relax(input, parties, &room(input, days), None, false);
        relaxed.is_some_and(|relaxed| enough(&hands, &relaxed.sessions))
    };
    let (mut low, mut high) = (1, days + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        if fits(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    let complete_on = input.terms.days.get(low - 1).copied();
    let most = low.min(days);
    let with_ways = relax(
        input,
        parties,
        &room(input, most),
        Some(&hands(input, most)),
        true,
    )
    .or_else(|| relax(input, parties, &room(input, days), None, true));
    Found {
        bottleneck: bottleneck(input, parties, low, &all.sessions),
        bound: Bound {
            solved: true,
            sessions: fewest,
            complete_on,
        },
        hall_of: with_ways.map_or(all.hall_of, |relaxed| relaxed.hall_of),
    }
}

/// Whether trainers can give these sessions.
fn enough(hands: &Hands, sessions: &BTreeMap<String, u64>) -> bool {
    let each = sessions
        .iter()
        .all(|(within, n)| hands.within.get(within).is_some_and(|have| n <= have));
    each && sessions.values().sum::<u64>() <= hands.all
}

/// What stands in the way of one day less than `days`.
fn bottleneck(
    input: &Input,
    parties: &[Party],
    days: usize,
    fewest: &BTreeMap<String, u64>,
) -> Bottleneck {
    let Some(before) = days.checked_sub(1).filter(|days| *days > 0) else {
        return Bottleneck::Nothing;
    };
    if !enough(&hands(input, before), fewest) {
        return Bottleneck::Trainers;
    }
    let tight = room(input, before);
    if relax(input, parties, &tight, None, false).is_some() {
        return Bottleneck::Trainers;
    }
    // Halls that would have to take more than they can, when nobody counts.
    let free = vec![u32::try_from(parties.len()).unwrap_or(u32::MAX); tight.len()];
    let Some(relaxed) = relax(input, parties, &free, None, true) else {
        return Bottleneck::Halls(Vec::new());
    };
    let mut people = vec![0_u64; tight.len()];
    for (party, hall) in parties.iter().zip(&relaxed.hall_of) {
        if let Some(sum) = people.get_mut(*hall) {
            *sum = sum.saturating_add(u64::from(party.people));
        }
    }
    let over = input.halls.iter().zip(people).zip(&tight);
    Bottleneck::Halls(
        over.filter(|((hall, people), room)| *people > u64::from(hall.seats) * u64::from(**room))
            .map(|((hall, _), _)| hall.id.clone())
            .collect(),
    )
}

/// Without the solver: people through the largest hall's seats.
fn counted(input: &Input, parties: &[Party]) -> Found {
    let seats = input.halls.iter().map(|h| u64::from(h.seats)).max();
    let people: u64 = parties.iter().map(|p| u64::from(p.people)).sum();
    let sessions = people.div_ceil(seats.unwrap_or(1).max(1));
    let days = (1..=input.terms.days.len()).find(|days| {
        let halls: u64 = room(input, *days).iter().map(|n| u64::from(*n)).sum();
        hands(input, *days).all.min(halls) >= sessions
    });
    Found {
        bound: Bound {
            solved: false,
            sessions,
            complete_on: days.and_then(|days| input.terms.days.get(days - 1).copied()),
        },
        bottleneck: match days {
            Some(1) => Bottleneck::Nothing,
            _ => Bottleneck::Trainers,
        },
        hall_of: nearest(parties),
    }
}
