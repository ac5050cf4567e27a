//! Tasks that follow from findings: what became of them stands with the task itself.

use super::ORIGIN;
use crate::platform::Acting;
use crate::platform::app::Answer;
use crate::platform::database::{Connection, Transaction};
use crate::tasks::owners::Owner;
use crate::tasks::{EventKind, Task};

/// Says where a task of training comes from.
#[derive(Clone, Copy, Debug)]
pub struct Told;

impl Owner for Told {
    fn origin(&self) -> &'static str {
        ORIGIN
    }

    fn href<'a>(
        &'a self,
        _connection: &'a mut Connection,
        task: &'a Task,
    ) -> Answer<'a, Option<String>> {
        let programme = task.origin_key.split('/').next();
        let href = programme.map(|programme| {
            let election = &task.election_id;
            format!("/office/training/quality?election={election}&programme={programme}")
        });
        Box::pin(async move { Ok(href) })
    }

    fn heard<'a>(
        &'a self,
        _tx: &'a mut Transaction,
        _acting: &'a Acting,
        _task: &'a Task,
        _event: EventKind,
        _act: &'a str,
    ) -> Answer<'a, ()> {
        Box::pin(async { Ok(()) })
    }
}
