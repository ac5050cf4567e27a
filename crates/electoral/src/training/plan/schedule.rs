//! Sessions onto days, slots and trainers.

use super::pack::Group;
use super::{Hall, Input, Party, Session, Trainer, together};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Who is where on one day: trainer and slot → hall.
type Day = BTreeMap<(usize, usize), usize>;

/// Sessions in the order of time, and (station, people) for which no day was left.
pub(super) fn schedule(
    input: &Input,
    parties: &[Party],
    groups: Vec<Group>,
) -> (Vec<Session>, Vec<(usize, u32)>) {
    let mut piles: Vec<Vec<Group>> = vec![Vec::new(); input.halls.len()];
    for group in groups {
        if let Some(pile) = piles.get_mut(group.hall) {
            pile.push(group);
        }
    }
    for pile in &mut piles {
        // Taken from the end: the fullest first.
        pile.sort_by_key(|g| g.people);
    }
    let mut sessions = Vec::new();
    for day in &input.terms.days {
        if piles.iter().all(Vec::is_empty) {
            break;
        }
        let mut taken = kept(input, *day);
        for slot in 0..input.terms.slots.len() {
            for (hall, trainer) in matched(input, &piles, &taken, *day, slot) {
                let Some(group) = piles.get_mut(hall).and_then(Vec::pop) else {
                    continue;
                };
                taken.insert((trainer, slot), hall);
                sessions.push(session(input, parties, &group, trainer, *day, slot));
            }
        }
    }
    let left = piles.into_iter().flatten().flat_map(|group| group.parties);
    let left = left.filter_map(|at| parties.get(at).map(|p| (p.station, p.people)));
    (sessions, left.collect())
}

/// What stands on a day. Trainers and halls that are not in the lists get places beyond their ends: they still take what they take.
fn kept(input: &Input, day: Date) -> Day {
    let hall = |id: &str| input.halls.iter().position(|h| h.id == id);
    let trainer = |id: &str| input.trainers.iter().position(|t| t.id == id);
    input
        .kept
        .iter()
        .enumerate()
        .filter(|(_, kept)| kept.day == day)
        .map(|(at, kept)| {
            let who = trainer(&kept.trainer).unwrap_or(input.trainers.len() + at);
            let there = hall(&kept.hall).unwrap_or(input.halls.len() + at);
            ((who, kept.slot), there)
        })
        .collect()
}

fn session(
    input: &Input,
    parties: &[Party],
    group: &Group,
    trainer: usize,
    day: Date,
    slot: usize,
) -> Session {
    let mut stations: BTreeMap<String, u32> = BTreeMap::new();
    for party in group.parties.iter().filter_map(|at| parties.get(*at)) {
        if let Some(station) = input.stations.get(party.station) {
            let sum = stations.entry(station.id.clone()).or_default();
            *sum = sum.saturating_add(party.people);
        }
    }
    let id = |found: Option<&str>| found.unwrap_or_default().to_owned();
    Session {
        hall: id(input.halls.get(group.hall).map(|h| h.id.as_str())),
        trainer: id(input.trainers.get(trainer).map(|t| t.id.as_str())),
        day,
        slot,
        stations: stations.into_iter().collect(),
    }
}

/// Whether a trainer can be in a hall in a slot, given where they are on that day already; with the minutes of the way there.
fn way(
    input: &Input,
    taken: &Day,
    (at, trainer): (usize, &Trainer),
    hall: &Hall,
    day: Date,
    slot: usize,
) -> Option<u64> {
    let free = !trainer.away.contains(&day) && !taken.contains_key(&(at, slot));
    if !free || !together(&trainer.within, &hall.within) {
        return None;
    }
    let terms = &input.terms;
    let home = terms.minutes(trainer.home, hall.place);
    if home > terms.trip_minutes {
        return None;
    }
    let begins = |slot: usize| terms.slots.get(slot).copied().unwrap_or(0);
    let between = |from: usize, to: usize| {
        let ended = begins(from).saturating_add(terms.session_minutes);
        begins(to).checked_sub(ended).map(u64::from)
    };
    let mut to_here = home;
    for ((who, other), there) in taken {
        let Some(there) = input.halls.get(*there).filter(|_| *who == at) else {
            continue;
        };
        let needed = terms.minutes(there.place, hall.place);
        let given = between((*other).min(slot), (*other).max(slot));
        if given.is_none_or(|given| needed > given) {
            return None;
        }
        if *other < slot {
            to_here = needed;
        }
    }
    Some(to_here)
}

/// Halls with trainers for one slot. Halls with the most sessions left are served first, and as many as possible.
fn matched(
    input: &Input,
    piles: &[Vec<Group>],
    taken: &Day,
    day: Date,
    slot: usize,
) -> Vec<(usize, usize)> {
    let busy = |hall: usize| taken.iter().any(|((_, s), h)| *s == slot && *h == hall);
    let mut halls: Vec<usize> = (0..input.halls.len())
        .filter(|hall| piles.get(*hall).is_some_and(|p| !p.is_empty()) && !busy(*hall))
        .collect();
    let sessions = |hall: usize| piles.get(hall).map_or(0, Vec::len);
    let people = |hall: usize| {
        let last = piles.get(hall).and_then(|pile| pile.last());
        last.map_or(0, |group| group.people)
    };
    halls.sort_by_key(|h| std::cmp::Reverse((sessions(*h), people(*h), *h)));
    let ways: BTreeMap<usize, Vec<usize>> = halls
        .iter()
        .filter_map(|hall| Some((*hall, input.halls.get(*hall)?)))
        .map(|(at, hall)| {
            let mut near: Vec<(u64, usize)> = input
                .trainers
                .iter()
                .enumerate()
                .filter_map(|(t, trainer)| {
                    Some((way(input, taken, (t, trainer), hall, day, slot)?, t))
                })
                .collect();
            near.sort_unstable();
            (at, near.into_iter().map(|(_, t)| t).collect())
        })
        .collect();
    let mut of_trainer: BTreeMap<usize, usize> = BTreeMap::new();
    for hall in halls {
        let mut seen = vec![false; input.trainers.len()];
        augment(hall, &ways, &mut seen, &mut of_trainer);
    }
    of_trainer.into_iter().map(|(t, hall)| (hall, t)).collect()
}

/// Finds a trainer for a hall, moving others where that helps. Without recursion: a chain may be long.
fn augment(
    hall: usize,
    ways: &BTreeMap<usize, Vec<usize>>,
    seen: &mut [bool],
    of_trainer: &mut BTreeMap<usize, usize>,
) -> bool {
    // Breadth first: which hall asked for which trainer.
    let mut asked_by: BTreeMap<usize, usize> = BTreeMap::new();
    let mut halls = std::collections::VecDeque::from([hall]);
    while let Some(asks) = halls.pop_front() {
        for trainer in ways.get(&asks).into_iter().flatten() {
            let Some(new) = seen.get_mut(*trainer).filter(|seen| !**seen) else {
                continue;
            };
            *new = true;
            asked_by.insert(*trainer, asks);
            if let Some(other) = of_trainer.get(trainer) {
                halls.push_back(*other);
                continue;
            }
            let mut trainer = *trainer;
            while let Some(asks) = asked_by.get(&trainer).copied() {
                let had = of_trainer
                    .iter()
                    .find(|(_, h)| **h == asks)
                    .map(|(t, _)| *t);
                of_trainer.insert(trainer, asks);
                let Some(had) = had else { break };
                trainer = had;
            }
            return true;
        }
    }
    false
}
