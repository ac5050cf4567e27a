//! Tests of accessibility, written against actions and pages.

mod means;
mod needs;
mod pages;
mod releases;

use crate::platform::{Acting, Error};
use crate::readiness::access::actions::{self, NewNeeds};
use crate::readiness::access::model::Counts;
use crate::votingday::tests::world::{World, at};
use electoral::accessibility::{Known, Means, Word};

/// A morning five weeks before voting.
const MORNING: &str = "2023-10-02T04:00:00Z";

fn secretary(world: &World, station: &str) -> Acting {
    world.secretary(station, at(MORNING))
}

fn central(world: &World, now: &str) -> Acting {
    world.acting("central", "central.secretary", "kz", at(now))
}

fn means(facts: &[(&str, &str)]) -> Means {
    facts
        .iter()
        .map(|(fact, said)| {
            let known = Word::parse(said)
                .map_or_else(|| Known::measured(said.parse().unwrap()), Known::word);
            ((*fact).to_owned(), known)
        })
        .collect()
}

fn counts(counts: &[(&str, u64)]) -> Counts {
    counts.iter().map(|(n, v)| ((*n).to_owned(), *v)).collect()
}

async fn count(
    acting: &Acting,
    stations: &[(&str, Option<u64>, &[(&str, u64)])],
) -> Result<u64, Error> {
    let new: Vec<NewNeeds> = stations
        .iter()
        .map(|(station, based_on, voters)| NewNeeds {
            station_id: (*station).to_owned(),
            based_on: *based_on,
            counts: counts(voters),
        })
        .collect();
    actions::record_needs(acting, "vote-2023", "d1", "commission", &new).await
}

/// Fields of an error that has some.
fn fields(error: Error) -> Vec<String> {
    match error {
        Error::Invalid(problems) => problems.into_iter().map(|p| p.field).collect(),
        other => panic!("{other}"),
    }
}
