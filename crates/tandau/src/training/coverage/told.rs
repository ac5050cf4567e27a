//! What this part hears from rooms to the left: whose seat changed, which stations vote in a contest.

use super::{actions, store};
use crate::commissions::seats::{SeatFollower, SeatsChanged};
use crate::elections;
use crate::elections::neighbours::Neighbour;
use crate::platform::app::Answer;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error};
use std::collections::BTreeMap;

/// The ear of coverage: a station whose trained members were replaced is uncovered in the same act.
#[derive(Clone, Copy, Debug)]
pub struct Hears;

impl SeatFollower for Hears {
    fn seats_changed<'a>(
        &'a self,
        tx: &'a mut Transaction,
        acting: &'a Acting,
        changed: SeatsChanged<'a>,
    ) -> Answer<'a, ()> {
        Box::pin(async move {
            let mut elections: BTreeMap<String, _> = BTreeMap::new();
            for (election, station) in store::of_area(tx, changed.area_id).await? {
                let stations: &mut std::collections::BTreeSet<String> =
                    elections.entry(election).or_default();
                stations.insert(station);
            }
            for (election, stations) in elections {
                actions::settle_in(tx, acting, &election, stations).await?;
            }
            Ok::<(), Error>(())
        })
    }
}

impl Neighbour for Hears {
    fn units_changed<'a>(
        &'a self,
        tx: &'a mut Transaction,
        acting: &'a Acting,
        contest_id: &'a str,
    ) -> Answer<'a, ()> {
        Box::pin(async move {
            let contest = elections::queries::contest(tx, contest_id).await?;
            if store::is_set_up(tx, &contest.election_id).await? {
                actions::set_up_in(tx, acting, &contest.election_id).await?;
            }
            Ok::<(), Error>(())
        })
    }
}
