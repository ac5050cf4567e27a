use std::cmp::Ordering;

use super::{Awarded, OptionVotes};

/// Highest averages: seat after seat goes to the largest `votes / divisor(seats so far)`.
///
/// The law knows no such method, so it settles no tie either: equal averages for the last seats are returned.
pub(super) fn allocate<'a>(
    passed: &[&'a OptionVotes],
    seats: u32,
    divisor: fn(u64) -> u64,
) -> Awarded<'a> {
    let mut given: Vec<(&OptionVotes, u32)> = passed.iter().map(|option| (*option, 0)).collect();
    let mut open = seats;
    while open > 0 {
        let level = highest(&given, divisor);
        let wanted = u32::try_from(level.len()).unwrap_or(u32::MAX);
        if wanted > open {
            let tied = level.iter().filter_map(|index| passed.get(*index).copied());
            return Awarded {
                tied: tied.collect(),
                seats: given,
                open,
            };
        }
        for index in level {
            if let Some((_, seats)) = given.get_mut(index) {
                *seats += 1;
            }
        }
        open -= wanted;
    }
    Awarded {
        seats: given,
        tied: Vec::new(),
        open: 0,
    }
}

/// Everyone with the highest average, compared by cross-multiplication.
fn highest(given: &[(&OptionVotes, u32)], divisor: fn(u64) -> u64) -> Vec<usize> {
    let mut best: Vec<usize> = Vec::new();
    let mut top: (u128, u128) = (0, 1);
    for (index, (option, seats)) in given.iter().enumerate() {
        let average = (
            u128::from(option.votes),
            u128::from(divisor(u64::from(*seats))),
        );
        match (average.0 * top.1).cmp(&(top.0 * average.1)) {
            Ordering::Greater => {
                top = average;
                best = vec![index];
            }
            Ordering::Equal => best.push(index),
            Ordering::Less => {}
        }
    }
    best
}
