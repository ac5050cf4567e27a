//! Tells open pages that something changed. One task follows the log of acts (which only holds what is
//! committed, in one order) and passes its entries on; pages fetch themselves again.

use super::App;
use super::audit;
use std::time::Duration;
use tokio::sync::{broadcast, watch};

/// How often the log is asked; a fifth of a second is live enough.
const PERIOD: Duration = Duration::from_millis(200);
/// Entries kept for a slow reader before it is told to reload.
const BACKLOG: usize = 4096;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What: `protocol.accepted`.
    pub event: String,
    /// The contest concerned; empty for none.
    pub contest_id: String,
    /// Place in the log.
    pub position: i64,
}

/// Passes changes to whoever listens.
#[derive(Debug)]
pub struct Hub {
    changes: broadcast::Sender<Change>,
    closing: watch::Sender<bool>,
}

impl Default for Hub {
    fn default() -> Self {
        Self {
            changes: broadcast::channel(BACKLOG).0,
            closing: watch::channel(false).0,
        }
    }
}

impl Hub {
    /// A new listener.
    #[must_use]
    pub fn listen(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }

    /// Tells all listeners.
    pub fn tell(&self, change: Change) {
        // Nobody listening is no failure.
        let _ = self.changes.send(change);
    }

    /// Ends all open streams: the program is about to stop.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    /// Becomes true when streams should end.
    #[must_use]
    pub fn closing(&self) -> watch::Receiver<bool> {
        self.closing.subscribe()
    }
}

/// Follows the log until the program ends.
pub async fn follow(app: App) {
    let mut next = None;
    let mut tick = tokio::time::interval(PERIOD);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        match read_on(&app, next).await {
            Ok(position) => {
                next = Some(position);
                app.kept.set_followed(true);
            }
            Err(e) => {
                app.kept.set_followed(false);
                tracing::warn!(error = %e, "could not follow the log of acts");
            }
        }
    }
}

/// Passes on what is new; the first time only finds where the log ends.
async fn read_on(app: &App, next: Option<i64>) -> Result<i64, super::Error> {
    let mut reader = app.read().await?;
    let Some(mut next) = next else {
        return Ok(audit::store::size(&mut reader).await?);
    };
    loop {
        let changes = audit::store::changes_from(&mut reader, next).await?;
        let Some(last) = changes.last() else {
            return Ok(next);
        };
        next = last.position + 1;
        for change in changes {
            // Before anybody is told to look again.
            app.kept.changed(&change.contest_id);
            app.hub.tell(change);
        }
    }
}
