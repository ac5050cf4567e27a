//! What the clock does to coverage: seats begin and end on their day, and the day passes by which a station must be
//! covered. Every station is looked at once a day.

use super::{actions, store};
use crate::platform::{Acting, App, Error, sweeper};
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Stations of one transaction, so that nobody waits long.
const BATCH: i64 = 200;
/// Stations of one sweep; what is left waits for the next.
const MOST: usize = 4_000;

/// What one sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Elections whose stations were taken over anew.
    pub set_up: usize,
    /// Stations that were looked at.
    pub looked_at: usize,
}

/// Sweeps every minute until the program ends.
pub async fn run(app: App) {
    sweeper::run(app, "coverage of stations", |app, now| async move {
        sweep(&app, now).await.map(drop)
    })
    .await;
}

/// Looks at stations that nobody has looked at today. The same moment again does nothing.
///
/// # Errors
/// What the database reports.
pub async fn sweep(app: &App, now: Timestamp) -> Result<Swept, Error> {
    let acting = Acting::system(app.clone(), now);
    let today = acting.today();
    let mut swept = Swept::default();
    let elections = {
        let mut reader = app.read().await?;
        let mut found = Vec::new();
        for (id, voting_day) in store::elections(&mut reader).await? {
            if today <= voting_day {
                found.push((store::strays(&mut reader, &id).await? > 0, id));
            }
        }
        found
    };
    for (has_strays, election) in elections {
        if has_strays {
            let mut tx = acting.begin().await?;
            actions::set_up_in(&mut tx, &acting, &election).await?;
            tx.commit().await?;
            swept.set_up += 1;
        }
        let mut seen = BTreeSet::new();
        while swept.looked_at < MOST {
            let mut tx = acting.begin().await?;
            let mut stations = store::unseen(&mut tx, &election, today, BATCH).await?;
            // Where the day begins later, it is still the day before.
            stations.retain(|id| seen.insert(id.clone()));
            if stations.is_empty() {
                break;
            }
            let count = stations.len();
            let stations = stations.into_iter().collect();
            actions::settle_in(&mut tx, &acting, &election, stations).await?;
            tx.commit().await?;
            swept.looked_at = swept.looked_at.saturating_add(count);
        }
    }
    Ok(swept)
}
