//! What asked for a task hears what became of it, in the same transaction. Rooms to the right implement
//! [`Owner`]; `lib.rs` hands them to the running program.

use super::{EventKind, Task};
use crate::platform::app::Answer;
use crate::platform::database::{Connection, Transaction};
use crate::platform::{Acting, App, Error, Names};
use std::fmt::Debug;
use std::sync::Arc;

/// A part of the program that opens tasks.
pub trait Owner: Debug + Send + Sync {
    /// The origin of its tasks.
    fn origin(&self) -> &'static str;

    /// The page about what asked, for commissions; none where there is no such page.
    fn href<'a>(
        &'a self,
        connection: &'a mut Connection,
        task: &'a Task,
    ) -> Answer<'a, Option<String>> {
        let _ = (connection, task);
        Box::pin(async { Ok(None) })
    }

    /// Pages that belong to what asked, each with what it is called: those that whoever acts may open.
    fn beside<'a>(
        &'a self,
        connection: &'a mut Connection,
        acting: &'a Acting,
        task: &'a Task,
    ) -> Answer<'a, Vec<(String, String)>> {
        let _ = (connection, acting, task);
        Box::pin(async { Ok(Vec::new()) })
    }

    /// The page of the question of a checklist that a task is about, whoever asked for it.
    fn item_href(&self, task: &Task) -> Option<String> {
        let _ = task;
        None
    }

    /// That question in its words.
    fn item_words<'a>(
        &'a self,
        connection: &'a mut Connection,
        app: &'a App,
        item: &'a str,
    ) -> Answer<'a, Option<Names>> {
        let _ = (connection, app, item);
        Box::pin(async { Ok(None) })
    }

    /// Whether it puts the events of its tasks on record itself, with acts of its own: where the log of acts must not tell
    /// that there is a task, whose it is, or what became of it.
    fn keeps_record(&self) -> bool {
        false
    }

    /// Hears of an event; the task is as it stands after it. `act` names the act that vouches for the event, where this
    /// origin keeps the record and has not named one itself: it is to be recorded here.
    fn heard<'a>(
        &'a self,
        tx: &'a mut Transaction,
        acting: &'a Acting,
        task: &'a Task,
        event: EventKind,
        act: &'a str,
    ) -> Answer<'a, ()>;
}

/// All of them.
#[derive(Clone, Debug, Default)]
pub struct Owners(pub Arc<[Arc<dyn Owner>]>);

impl Owners {
    /// Those of a running program.
    #[must_use]
    pub fn of(app: &App) -> Self {
        app.links.get::<Self>().cloned().unwrap_or_default()
    }

    /// The one of an origin.
    #[must_use]
    pub fn find(&self, origin: &str) -> Option<&Arc<dyn Owner>> {
        self.0.iter().find(|o| o.origin() == origin)
    }

    /// The page of the question that a task is about; none for tasks about no question.
    #[must_use]
    pub fn item_href(&self, task: &Task) -> Option<String> {
        if task.item.is_empty() {
            return None;
        }
        self.0.iter().find_map(|owner| owner.item_href(task))
    }

    /// The words of that question; none for tasks about no question, or about one that nobody asks any more.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn item_words(
        &self,
        connection: &mut Connection,
        app: &App,
        task: &Task,
    ) -> Result<Option<Names>, Error> {
        if task.item.is_empty() {
            return Ok(None);
        }
        for owner in self.0.iter() {
            let words = owner.item_words(connection, app, &task.item).await?;
            if words.is_some() {
                return Ok(words);
            }
        }
        Ok(None)
    }
}
