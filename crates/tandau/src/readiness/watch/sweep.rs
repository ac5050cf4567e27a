//! What the clock does to events: a warning whose hour is over needs nothing more, so tasks that nobody has begun are taken
//! back. An interruption of supply lasts until somebody says that it is over.

use super::actions::over_in;
use super::queries;
use crate::platform::{Acting, App, Error, sweeper};
use jiff::Timestamp;

/// Sweeps every minute until the program ends.
pub async fn run(app: App) {
    sweeper::run(app, "events that are over", |app, now| async move {
        sweep(&app, now).await.map(drop)
    })
    .await;
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
