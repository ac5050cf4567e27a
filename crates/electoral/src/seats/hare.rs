use super::{Awarded, Kind, OptionVotes, SeatsError, Settings, SoleList};

/// Largest remainder with the Hare quota.
pub(super) fn allocate<'a>(
    options: &'a [OptionVotes],
    passed: &[&'a OptionVotes],
    settings: &Settings,
) -> Result<Awarded<'a>, SeatsError> {
    if let ([sole], Some(rule)) = (passed, settings.sole_list) {
        return sole_list(options, sole, settings.seats, rule);
    }
    Ok(largest_remainders(passed, settings.seats))
}

fn largest_remainders<'a>(passed: &[&'a OptionVotes], seats: u32) -> Awarded<'a> {
    let total: u128 = passed.iter().map(|option| u128::from(option.votes)).sum();
    let mut given = Vec::with_capacity(passed.len());
    let mut rest = Vec::with_capacity(passed.len());
    let mut open = seats;
    for option in passed {
        // votes / (total / seats), kept as whole part and remainder over `total`.
        let scaled = u128::from(option.votes) * u128::from(seats);
        let whole = u32::try_from(scaled / total).unwrap_or(seats);
        open -= whole;
        given.push((*option, whole));
        rest.push((*option, scaled % total));
    }
    let mut awarded = Awarded {
        seats: given,
        tied: Vec::new(),
        open: 0,
    };
    rest.sort_by(|(_, a), (_, b)| b.cmp(a));
    let places = usize::try_from(open).unwrap_or(usize::MAX);
    let Some((_, cut)) = places.checked_sub(1).and_then(|last| rest.get(last)) else {
        return awarded;
    };
    let above = rest.iter().filter(|(_, part)| part > cut);
    let mut winners: Vec<&OptionVotes> = above.map(|(option, _)| *option).collect();
    let level = rest.iter().filter(|(_, part)| part == cut);
    let level: Vec<&OptionVotes> = level.map(|(option, _)| *option).collect();
    let settled = settle(level, places - winners.len());
    winners.extend(settled.in_);
    awarded.tied = settled.tied;
    awarded.open = u32::try_from(settled.open).unwrap_or(0);
    for (option, seats) in &mut awarded.seats {
        if winners.iter().any(|winner| winner.name == option.name) {
            *seats += 1;
        }
    }
    awarded
}

/// Lists with equal fractions, as far as registration dates tell them apart.
struct Settled<'a> {
    in_: Vec<&'a OptionVotes>,
    tied: Vec<&'a OptionVotes>,
    open: usize,
}

/// Gives `places` to lists that are level: the one registered earlier first. If one date is missing nothing is settled.
fn settle(mut level: Vec<&OptionVotes>, places: usize) -> Settled<'_> {
    if level.len() <= places {
        return Settled {
            in_: level,
            tied: Vec::new(),
            open: 0,
        };
    }
    if level.iter().any(|option| option.registered.is_none()) {
        return Settled {
            in_: Vec::new(),
            tied: level,
            open: places,
        };
    }
    level.sort_by_key(|option| option.registered);
    let cut = level.get(places.saturating_sub(1)).map(|o| o.registered);
    let (in_, mut from_cut): (Vec<_>, Vec<_>) =
        level.into_iter().partition(|o| Some(o.registered) < cut);
    from_cut.retain(|option| Some(option.registered) == cut);
    let open = places - in_.len();
    if from_cut.len() <= open {
        let in_ = in_.into_iter().chain(from_cut).collect();
        return Settled {
            in_,
            tied: Vec::new(),
            open: 0,
        };
    }
    Settled {
        in_,
        tied: from_cut,
        open,
    }
}

/// Only one list passed: the next best comes in with a weight and a minimum, the rest goes to the one that passed.
///
/// A list without a single vote never comes in this way.
fn sole_list<'a>(
    options: &'a [OptionVotes],
    sole: &'a OptionVotes,
    seats: u32,
    rule: SoleList,
) -> Result<Awarded<'a>, SeatsError> {
    let others = || {
        let lists = options.iter().filter(|option| option.kind == Kind::List);
        lists.filter(|option| option.name != sole.name && option.votes > 0)
    };
    let Some(most) = others().map(|option| option.votes).max() else {
        return Ok(Awarded {
            seats: vec![(sole, seats)],
            tied: Vec::new(),
            open: 0,
        });
    };
    let total = u128::from(sole.votes) + u128::from(most);
    let weighted = u128::from(most)
        .checked_mul(u128::from(seats))
        .and_then(|scaled| scaled.checked_mul(u128::from(rule.weight.parts())))
        .ok_or(SeatsError::TooManyVotes)?;
    let whole = u32::try_from(weighted / (total * 1_000_000)).unwrap_or(seats);
    let second = whole.max(rule.minimum_seats).min(seats);
    let settled = settle(others().filter(|option| option.votes == most).collect(), 1);
    let mut given = vec![(sole, seats - second)];
    if let [next] = settled.in_.as_slice() {
        given.push((next, second));
        return Ok(Awarded {
            seats: given,
            tied: Vec::new(),
            open: 0,
        });
    }
    Ok(Awarded {
        seats: given,
        tied: settled.tied,
        open: second,
    })
}
