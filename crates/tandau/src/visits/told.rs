//! Instructions given at events, as rooms to the left ask about them.

use super::store::happened;
use crate::platform::app::Answer;
use crate::platform::database::{Connection, Transaction};
use crate::platform::{Acting, Error};
use crate::tasks::model::BY_HAND;
use crate::tasks::owners::Owner;
use crate::tasks::{EventKind, Task};

/// Leads from an instruction to the event at which it was given; those given elsewhere have none.
#[derive(Clone, Copy, Debug)]
pub struct Told;

impl Owner for Told {
    fn origin(&self) -> &'static str {
        BY_HAND
    }

    fn href<'a>(
        &'a self,
        connection: &'a mut Connection,
        task: &'a Task,
    ) -> Answer<'a, Option<String>> {
        Box::pin(async move {
            let event = happened::event_of_task(connection, &task.id).await?;
            Ok(event.map(|id| format!("/office/visits/events/{id}")))
        })
    }

    fn heard<'a>(
        &'a self,
        _tx: &'a mut Transaction,
        _acting: &'a Acting,
        _task: &'a Task,
        _event: EventKind,
        _act: &'a str,
    ) -> Answer<'a, ()> {
        Box::pin(async { Ok::<(), Error>(()) })
    }
}
