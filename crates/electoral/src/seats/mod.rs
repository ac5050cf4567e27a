//! How list votes become seats, in exact integers.
//!
//! Three methods: largest remainder with the Hare quota (the law of Kazakhstan, art. 97-1 and 111-1), and the divisor
//! methods of D'Hondt and Sainte-Laguë. A tie that the rules don't settle is returned, never broken.
//!
//! With every method more votes for one list, all else equal, never cost that list a seat. The Hare quota promises no more: with
//! one seat *more* in the house a list can lose one (the Alabama paradox, shown in the tests); divisor methods exclude it.

mod divisor;
mod hare;
mod model;
#[cfg(test)]
mod tests;

pub use model::{
    Allocation, Kind, MAX_OPTIONS, MAX_SEATS, Method, OptionVotes, SeatsError, Settings, Share,
    SoleList,
};

use std::collections::BTreeSet;

/// Turns votes into seats. The order of options doesn't change who gets what; results keep it.
///
/// The threshold is measured against all votes, "against all" included; that row gets no seats.
///
/// # Errors
/// [`SeatsError`] for input that no allocation is defined for.
pub fn allocate(options: &[OptionVotes], settings: &Settings) -> Result<Allocation, SeatsError> {
    check(options, settings)?;
    let base: u128 = options.iter().map(|option| u128::from(option.votes)).sum();
    let whole = u64::try_from(base).map_err(|_| SeatsError::TooManyVotes)?;
    let passed: Vec<&OptionVotes> = options
        .iter()
        .filter(|option| option.kind == Kind::List && option.votes > 0)
        .filter(|option| settings.threshold.reached(option.votes, whole))
        .collect();
    if passed.is_empty() {
        return Ok(Allocation::NobodyPasses { base: whole });
    }
    let awarded = match settings.method {
        Method::Hare => hare::allocate(options, &passed, settings)?,
        Method::DHondt => divisor::allocate(&passed, settings.seats, |seats| seats + 1),
        Method::SainteLague => divisor::allocate(&passed, settings.seats, |seats| 2 * seats + 1),
    };
    let shares = |awarded: &Awarded<'_>| {
        options
            .iter()
            .filter(|option| option.kind == Kind::List)
            .map(|option| {
                let found = awarded.seats.iter().find(|(o, _)| o.name == option.name);
                Share {
                    option: option.name.clone(),
                    votes: option.votes,
                    seats: found.map_or(0, |(_, seats)| *seats),
                    passed: settings.threshold.reached(option.votes, whole) && option.votes > 0,
                }
            })
            .collect()
    };
    let seats = shares(&awarded);
    if awarded.tied.is_empty() {
        return Ok(Allocation::Allocated { seats });
    }
    let in_input_order = options
        .iter()
        .filter(|option| awarded.tied.iter().any(|tied| tied.name == option.name))
        .map(|option| option.name.clone())
        .collect();
    Ok(Allocation::Tie {
        seats,
        options: in_input_order,
        seats_open: awarded.open,
    })
}

/// What a method gives: settled seats, and who is level for the rest.
struct Awarded<'a> {
    seats: Vec<(&'a OptionVotes, u32)>,
    tied: Vec<&'a OptionVotes>,
    open: u32,
}

fn check(options: &[OptionVotes], settings: &Settings) -> Result<(), SeatsError> {
    if settings.seats == 0 || settings.seats > MAX_SEATS {
        return Err(SeatsError::BadSeats(settings.seats));
    }
    if options.len() > MAX_OPTIONS {
        return Err(SeatsError::TooManyOptions(options.len()));
    }
    let mut names = BTreeSet::new();
    for option in options {
        if !names.insert(option.name.as_str()) {
            return Err(SeatsError::Duplicate(option.name.clone()));
        }
    }
    let against = options.iter().filter(|o| o.kind == Kind::AgainstAll);
    if against.count() > 1 {
        return Err(SeatsError::SeveralAgainstAll);
    }
    if !options.iter().any(|option| option.kind == Kind::List) {
        return Err(SeatsError::NoLists);
    }
    let sole = settings.sole_list.as_ref();
    if sole.is_some_and(|rule| rule.minimum_seats > settings.seats) {
        return Err(SeatsError::MinimumAboveSeats);
    }
    Ok(())
}
