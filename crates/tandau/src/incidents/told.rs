//! What became of the tasks of outside bodies is heard here.

use super::actions::heard_in;
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

    /// The log of acts must not tell that a state body was asked: see [`super::actions`].
    fn keeps_record(&self) -> bool {
        true
    }

    fn heard<'a>(
        &'a self,
        tx: &'a mut Transaction,
        acting: &'a Acting,
        task: &'a Task,
        event: EventKind,
        act: &'a str,
    ) -> Answer<'a, ()> {
        Box::pin(heard_in(tx, acting, task, (event, act)))
    }
}
