//! Sound figures for every station: lists, ballots, boxes, votes, in whole numbers that add up.

use super::error::PlanError;
use super::model::{Contest, Figures, MemberIssue, PortableBox, Station, StationKind};
use super::num::{self, Claim, part, share, share_within};
use super::relations::delivery_limit;
use super::rng::Rng;

/// Figures of the stations of one contest, without faults.
pub(super) fn contest(
    contest: &Contest,
    stations: &[Station],
    issuers: &[Vec<usize>],
) -> Result<Vec<Figures>, PlanError> {
    let mut rng = Rng::named("figures", num::index(contest.no));
    let received = received(contest, stations, &mut rng)?;
    let moves = moves(stations, &received, &mut rng);
    let shares = shares(contest.ballot.len(), contest.ends_in_tie, &mut rng);
    let outside_share = rng.range(15, 80);
    let mut all = Vec::with_capacity(stations.len());
    for (index, station) in stations.iter().enumerate() {
        let at = |list: &[u32]| list.get(index).copied().unwrap_or(0);
        let (added, removed, absentee) = moves.get(index).copied().unwrap_or_default();
        let draft = Draft {
            station,
            issued: at(&received),
            added,
            removed,
            absentee,
            outside_share,
            shares: &shares,
        };
        let own = issuers.get(index).map_or(&[][..], Vec::as_slice);
        all.push(draft.figures(own, &mut rng));
    }
    if contest.ends_in_tie {
        tie(&mut all);
    }
    Ok(all)
}

/// Ballots issued at each station; small places vote more, and everybody at special stations.
fn received(contest: &Contest, stations: &[Station], rng: &mut Rng) -> Result<Vec<u32>, PlanError> {
    let claims: Vec<Claim> = stations
        .iter()
        .map(|station| {
            let list = station.voters_on_list;
            if station.kind != StationKind::Ordinary {
                return Claim {
                    weight: u64::from(list),
                    low: list,
                    high: list,
                };
            }
            let village = 150_u32.saturating_sub(list / 8);
            let lean = rng.range(880, 1_120) + village;
            // One or two voters of a list may have moved away before voting.
            let high = part(list, 96, 100).max(4);
            Claim {
                weight: u64::from(list) * u64::from(lean),
                low: part(list, 30, 100),
                high,
            }
        })
        .collect();
    share_within(contest.received_ballots, &claims)
}

/// Voters who move within the contest between handing over the list and the count: (added, removed, by certificate).
/// Nobody joins or leaves the contest's lists, so their sum stays what was published.
fn moves(stations: &[Station], received: &[u32], rng: &mut Rng) -> Vec<(u32, u32, u32)> {
    let mut moves = vec![(0, 0, 0); stations.len()];
    let ordinary: Vec<usize> = stations
        .iter()
        .enumerate()
        .filter(|(_, s)| s.kind == StationKind::Ordinary && s.voters_on_list > 60)
        .map(|(i, _)| i)
        .collect();
    if ordinary.len() < 2 {
        return moves;
    }
    for turn in 0..stations.len() * 3 / 2 {
        let pick = |rng: &mut Rng| {
            ordinary
                .get(rng.index(ordinary.len()))
                .copied()
                .unwrap_or(0)
        };
        let (from, to) = (pick(rng), pick(rng));
        let place = |i: usize| stations.get(i).map(|s| (&s.place, s.voters_on_list));
        let (Some((here, list)), Some((there, _))) = (place(from), place(to)) else {
            continue;
        };
        let left = moves.get(from).map_or(0, |m: &(u32, u32, u32)| m.1);
        let room = received.get(from).is_some_and(|&r| r + left + 1 < list);
        // A certificate doesn't serve for another station of the same settlement.
        if from == to || here == there || !room {
            continue;
        }
        if let Some(entry) = moves.get_mut(from) {
            entry.1 += 1;
        }
        if let Some(entry) = moves.get_mut(to) {
            entry.0 += 1;
            entry.2 += u32::from(turn % 3 != 0);
        }
    }
    moves
}

/// Shares of the votes in thousandths: each candidate, then against all.
fn shares(candidates: usize, tie: bool, rng: &mut Rng) -> Vec<u32> {
    let mut shares: Vec<u32> = match candidates {
        _ if tie => vec![420, 420],
        2 => vec![rng.range(560, 800), 200],
        _ => vec![rng.range(520, 740), rng.range(120, 200)],
    };
    while shares.len() < candidates {
        shares.push(rng.range(40, 110));
    }
    // The winner isn't always first in the alphabet.
    rng.shuffle(&mut shares);
    if tie && shares.len() > 2 {
        shares.sort_unstable_by(|a, b| b.cmp(a));
    }
    shares.push(rng.range(15, 45));
    shares
}

/// What the figures of a station are made from.
struct Draft<'a> {
    station: &'a Station,
    issued: u32,
    added: u32,
    removed: u32,
    absentee: u32,
    outside_share: u32,
    shares: &'a [u32],
}

impl Draft<'_> {
    fn figures(&self, issuers: &[usize], rng: &mut Rng) -> Figures {
        let initial = self.station.voters_on_list;
        let issued = self.issued;
        let ballots = delivery_limit(initial).max(issued);
        let special = self.station.kind != StationKind::Ordinary;
        let carried = if issued > 150 && rng.chance(1, 5) {
            rng.range(1, 2)
        } else {
            0
        };
        let outside = if special {
            0
        } else {
            part(
                issued,
                rng.range(self.outside_share / 2, self.outside_share * 3 / 2),
                1_000,
            )
        };
        let portable_boxes = boxes(outside, rng);
        let found = issued - carried;
        // About two and a half percent; the odd thousandth decides the last ballot.
        let per_mille = rng.range(18, 32);
        let invalid = (found * per_mille + rng.range(0, 999)) / 1_000;
        let took_part = found - invalid;
        let weights: Vec<u64> = self
            .shares
            .iter()
            .map(|&s| u64::from(s) * u64::from(rng.range(75, 125)))
            .collect();
        let mut votes = share(took_part, &weights);
        let against_all = votes.pop().unwrap_or(0);
        Figures {
            voters_initial: initial,
            voters_added: self.added,
            voters_removed: self.removed,
            voters_on_list: initial + self.added - self.removed,
            ballots_received: ballots,
            ballots_cancelled: ballots - issued,
            voters_received_ballots: issued,
            issued_by_member: by_member(issued, issuers, rng),
            issued_in_premises: issued - outside,
            issued_outside: outside,
            outside_not_reached: 0,
            voted_by_absentee_certificate: self.absentee,
            portable_boxes,
            found_stationary: found - outside,
            found_total: found,
            invalid,
            took_part,
            votes,
            against_all,
            non_established_form: u32::from(rng.chance(1, 60)),
        }
    }
}

/// One box for up to thirty applications, at most three.
fn boxes(outside: u32, rng: &mut Rng) -> Vec<PortableBox> {
    let count = match outside {
        0 => 0,
        1..=30 => 1,
        31..=90 => 2,
        _ => 3,
    };
    let weights: Vec<u64> = (0..count).map(|_| u64::from(rng.range(80, 120))).collect();
    let parts = share(outside, &weights);
    parts
        .into_iter()
        .map(|n| PortableBox {
            applications: n,
            found: n,
        })
        .collect()
}

fn by_member(issued: u32, issuers: &[usize], rng: &mut Rng) -> Vec<MemberIssue> {
    let weights: Vec<u64> = issuers
        .iter()
        .map(|_| u64::from(rng.range(70, 130)))
        .collect();
    let parts = share(issued, &weights);
    issuers
        .iter()
        .zip(parts)
        .map(|(&person, ballots)| MemberIssue { person, ballots })
        .collect()
}

/// Moves votes between the first two candidates until they have the same total.
fn tie(all: &mut [Figures]) {
    let total = |all: &[Figures], c: usize| all.iter().filter_map(|f| f.votes.get(c)).sum::<u32>();
    let give = |all: &mut [Figures], from: usize, to: Option<usize>, mut count: u32| {
        for figures in all.iter_mut() {
            let Some(votes) = figures.votes.get_mut(from) else {
                continue;
            };
            let step = count.min(*votes / 4);
            *votes -= step;
            match to.and_then(|to| figures.votes.get_mut(to)) {
                Some(votes) => *votes += step,
                None => figures.against_all += step,
            }
            count -= step;
        }
    };
    let (a, b) = (total(all, 0), total(all, 1));
    let (leader, other) = if a >= b { (0, 1) } else { (1, 0) };
    let ahead = a.abs_diff(b);
    give(all, leader, Some(other), ahead / 2);
    give(all, leader, None, ahead % 2);
}
