//! What became of the tasks of outside bodies is heard here.

use super::actions::answered_in;
use super::model::ORIGIN;
use crate::platform::Acting;
use crate::platform::app::Answer;
use crate::platform::database::Transaction;
use crate::tasks::owners::Owner;
use crate::tasks::{EventKind, Task};

/// Hears what outside bodies say.
#[derive(Debug)]
pub struct Told;

impl Owner for Told {
    fn origin(&self) -> &'static str {
        ORIGIN
    }

    fn heard<'a>(
        &'a self,
        tx: &'a mut Transaction,
        acting: &'a Acting,
        task: &'a Task,
        event: EventKind,
    ) -> Answer<'a, ()> {
        Box::pin(async move {
            match event {
                EventKind::Disputed
                | EventKind::Reported
                | EventKind::Returned
                | EventKind::Verified => answered_in(tx, acting, task, event).await,
                // Our own acts, what the clock does, and what changes nothing for the incident.
                EventKind::Opened
                | EventKind::Accepted
                | EventKind::Withdrawn
                | EventKind::Reminded
                | EventKind::Escalated
                | EventKind::Reassigned
                | EventKind::Moved
                | EventKind::Noted => Ok(()),
            }
        })
    }
}
