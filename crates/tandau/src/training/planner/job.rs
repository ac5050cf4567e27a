//! A plan is reckoned off the threads that answer requests, one at a time.

use super::gather::gather;
use super::model::{Reckoned, State};
use super::store::plans;
use crate::platform::{App, Error, sweeper};
use electoral::training::plan;
use jiff::SignedDuration;
use tokio::sync::Semaphore;

/// Plans reckoned at once.
static DESK: Semaphore = Semaphore::const_new(1);
/// Whoever was to reckon a plan has gone when it waits longer: the program was stopped.
const LOST: SignedDuration = SignedDuration::from_mins(5);

/// Begins to reckon a plan without waiting for it.
pub fn begin(app: App, id: String) {
    tokio::spawn(async move {
        if let Err(error) = reckon(&app, &id).await {
            tracing::error!(%error, plan = id, "a training plan could not be made");
        }
    });
}

/// Looks every minute for plans that were asked for and never made, until the program ends.
pub async fn run(app: App) {
    sweeper::run(app, "training plans", |app, now| async move {
        let lost = {
            let mut reader = app.read().await?;
            plans::waiting(&mut reader, now - LOST).await?
        };
        for id in lost {
            let mut tx = app.database.begin().await?;
            plans::set_state(&mut tx, &id, (State::Running, State::Waiting), "").await?;
            tx.commit().await?;
            reckon(&app, &id).await?;
        }
        Ok(())
    })
    .await;
}

/// Reckons a plan that waits; one that does not is left alone.
///
/// # Errors
/// What the database reports. A plan that can't be made says so itself.
pub async fn reckon(app: &App, id: &str) -> Result<(), Error> {
    let _desk = DESK.acquire().await.map_err(Error::internal)?;
    let mut tx = app.database.begin().await?;
    if !plans::set_state(&mut tx, id, (State::Waiting, State::Running), "").await? {
        return Ok(());
    }
    tx.commit().await?;
    let made = made(app, id).await;
    let mut tx = app.database.begin().await?;
    let kept = match &made {
        Ok(reckoned) => plans::keep(&mut tx, id, reckoned).await,
        Err(error) => Err(Error::internal(error)),
    };
    if kept.is_ok() {
        return Ok(tx.commit().await?);
    }
    drop(tx);
    let mut tx = app.database.begin().await?;
    plans::set_state(&mut tx, id, (State::Running, State::Failed), "fault").await?;
    tx.commit().await?;
    kept.map(drop)
}

async fn made(app: &App, id: &str) -> Result<Reckoned, Error> {
    let from = {
        let mut reader = app.read().await?;
        let proposal = plans::by_id(&mut reader, id).await?;
        gather(&mut reader, app, &proposal).await?
    };
    tokio::task::spawn_blocking(move || {
        let begun = std::time::Instant::now();
        let plan = plan::plan(&from.input);
        let took_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        Reckoned {
            from,
            plan,
            took_ms,
        }
    })
    .await
    .map_err(Error::internal)
}
