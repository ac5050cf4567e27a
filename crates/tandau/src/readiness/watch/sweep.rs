//! What the clock does to events: a warning whose hour is over needs nothing more, so tasks that nobody has begun are taken
//! back. An interruption of supply lasts until somebody says that it is over.

use super::actions::over_in;
use super::queries;
use crate::platform::{Acting, App, Error};
use jiff::Timestamp;
use std::time::Duration;

/// How often the clock is looked at.
const PERIOD: Duration = Duration::from_secs(60);

/// Sweeps every minute until the program ends.
pub async fn run(app: App) {
    let mut tick = tokio::time::interval(PERIOD);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        let now = app.clock.now();
        if let Err(e) = sweep(&app, now).await {
            tracing::error!(error = %e, "events that are over could not be looked at");
        }
    }
}

/// Takes back what nobody has begun of events that are over by a moment. Returns how many tasks. The same moment again
/// does nothing more.
///
/// # Errors
/// What the database reports.
pub async fn sweep(app: &App, now: Timestamp) -> Result<usize, Error> {
    let acting = Acting::system(app.clone(), now);
    let mut over = Vec::new();
    {
        let mut reader = app.read().await?;
        for id in queries::open_tasks(&mut reader).await?.into_keys() {
            let event = queries::by_id(&mut reader, &id).await?;
            if !event.now.phase(app.rules.watch(), now).stands() {
                over.push(id);
            }
        }
    }
    let mut withdrawn = 0;
    for id in over {
        let mut tx = acting.begin().await?;
        tx.lock_for_one("watch-sweeper").await?;
        // It may have been corrected meanwhile.
        let event = queries::by_id(&mut tx, &id).await?;
        if event.now.phase(app.rules.watch(), now).stands() {
            continue;
        }
        let here = over_in(&mut tx, &acting, &event).await?;
        if here > 0 {
            tx.commit().await?;
            withdrawn += here;
        }
    }
    Ok(withdrawn)
}
