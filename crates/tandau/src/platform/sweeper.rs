//! What the clock does: acts of the program that come due by themselves.

use super::{App, Error};
use jiff::Timestamp;
use std::time::Duration;

/// How often the clock is looked at.
const PERIOD: Duration = Duration::from_secs(60);

/// Sweeps every minute until the program ends; `what` names in the log what could not be looked at.
pub async fn run<F, S>(app: App, what: &'static str, sweep: F)
where
    F: Fn(App, Timestamp) -> S + Send,
    S: Future<Output = Result<(), Error>> + Send,
{
    let mut tick = tokio::time::interval(PERIOD);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        let now = app.clock.now();
        if let Err(e) = sweep(app.clone(), now).await {
            tracing::error!(error = %e, "{what} could not be looked at");
        }
    }
}
