//! What becomes of the tasks of unmet items.

use super::{actions, model};
use crate::platform::app::Answer;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error};
use crate::tasks::owners::Owner;
use crate::tasks::{EventKind, Task};

/// Hears of the tasks that this room opened: what was seen to be done holds, in the same transaction.
#[derive(Clone, Copy, Debug)]
pub struct Told;

impl Owner for Told {
    fn origin(&self) -> &'static str {
        model::ORIGIN
    }

    fn heard<'a>(
        &'a self,
        tx: &'a mut Transaction,
        acting: &'a Acting,
        task: &'a Task,
        event: EventKind,
    ) -> Answer<'a, ()> {
        Box::pin(async move {
            match (&task.station_id, event) {
                (Some(station), EventKind::Verified) => {
                    let election = &task.election_id;
                    actions::verified_in(tx, acting, election, station, &task.item).await
                }
                _ => Ok::<(), Error>(()),
            }
        })
    }
}
