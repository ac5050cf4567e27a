//! Parties into sessions: the largest first, each into the fullest session of its hall that has room.

use super::{Input, Party};

/// Parties that are taught together in a hall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) hall: usize,
    pub(super) people: u32,
    pub(super) parties: Vec<usize>,
}

pub(super) fn pack(input: &Input, parties: &[Party], hall_of: &[usize]) -> Vec<Group> {
    let seats = |hall: usize| input.halls.get(hall).map_or(0, |h| h.seats);
    let mut order: Vec<usize> = (0..parties.len()).collect();
    let people = |at: usize| parties.get(at).map_or(0, |p| p.people);
    order.sort_by_key(|at| (std::cmp::Reverse(people(*at)), *at));
    let mut groups: Vec<Group> = Vec::new();
    for at in order {
        let Some(hall) = hall_of.get(at).copied().filter(|h| *h < input.halls.len()) else {
            continue;
        };
        put(&mut groups, hall, seats(hall), at, people(at));
    }
    dissolve(input, parties, &mut groups);
    groups
}

/// Puts a party into the fullest group of a hall that has room, or opens one.
fn put(groups: &mut Vec<Group>, hall: usize, seats: u32, party: usize, people: u32) {
    let room = groups
        .iter_mut()
        .filter(|g| g.hall == hall && g.people.saturating_add(people) <= seats)
        .max_by_key(|g| g.people);
    match room {
        Some(group) => {
            group.people = group.people.saturating_add(people);
            group.parties.push(party);
        }
        None => groups.push(Group {
            hall,
            people,
            parties: vec![party],
        }),
    }
}

/// Takes the emptiest sessions apart where all their parties find seats in others in reach.
fn dissolve(input: &Input, parties: &[Party], groups: &mut Vec<Group>) {
    let seats = |hall: usize| input.halls.get(hall).map_or(0, |h| h.seats);
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|at| groups.get(*at).map_or(0, |g| g.people));
    for at in order {
        let Some(group) = groups.get(at).filter(|g| !g.parties.is_empty()) else {
            continue;
        };
        let mut moved: Vec<(usize, usize, u32)> = Vec::new();
        let mut added = vec![0_u32; groups.len()];
        let all = group.parties.iter().all(|party| {
            let Some(of) = parties.get(*party) else {
                return false;
            };
            let to = groups.iter().enumerate().find(|(to, other)| {
                let more = added.get(*to).copied().unwrap_or(0);
                *to != at
                    && !other.parties.is_empty()
                    && of.halls.iter().any(|(hall, _)| *hall == other.hall)
                    && other.people.saturating_add(more).saturating_add(of.people)
                        <= seats(other.hall)
            });
            let Some((to, _)) = to else { return false };
            if let Some(sum) = added.get_mut(to) {
                *sum = sum.saturating_add(of.people);
            }
            moved.push((*party, to, of.people));
            true
        });
        if !all {
            continue;
        }
        if let Some(group) = groups.get_mut(at) {
            group.parties.clear();
            group.people = 0;
        }
        for (party, to, people) in moved {
            if let Some(group) = groups.get_mut(to) {
                group.parties.push(party);
                group.people = group.people.saturating_add(people);
            }
        }
    }
    groups.retain(|g| !g.parties.is_empty());
}
