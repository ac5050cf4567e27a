//! What becomes of the tasks of unmet items.

use super::checklists::queries as checklists;
use super::{actions, model};
use crate::platform::app::Answer;
use crate::platform::database::{Connection, Transaction};
use crate::platform::{Acting, App, Error, Names};
use crate::tasks::owners::Owner;
use crate::tasks::{EventKind, Task};

/// Hears of the tasks that this room opened: what was seen to be done holds, what was sent back doesn't, in the
/// same transaction.
#[derive(Clone, Copy, Debug)]
pub struct Told;

impl Owner for Told {
    fn origin(&self) -> &'static str {
        model::ORIGIN
    }

    fn href<'a>(
        &'a self,
        _connection: &'a mut Connection,
        task: &'a Task,
    ) -> Answer<'a, Option<String>> {
        Box::pin(async move { Ok(self.item_href(task)) })
    }

    fn item_href(&self, task: &Task) -> Option<String> {
        let item = &task.item;
        match &task.station_id {
            Some(station) => Some(format!(
                "/office/readiness/stations/{station}?election={}&item={item}",
                task.election_id
            )),
            None => Some(format!("/readiness/checklist#item-{item}")),
        }
    }

    fn item_words<'a>(
        &'a self,
        connection: &'a mut Connection,
        app: &'a App,
        item: &'a str,
    ) -> Answer<'a, Option<Names>> {
        Box::pin(async move { checklists::wording(connection, app, item).await })
    }

    fn heard<'a>(
        &'a self,
        tx: &'a mut Transaction,
        acting: &'a Acting,
        task: &'a Task,
        event: EventKind,
        _act: &'a str,
    ) -> Answer<'a, ()> {
        Box::pin(async move {
            let holds = match event {
                EventKind::Verified => true,
                EventKind::Returned => false,
                _ => return Ok::<(), Error>(()),
            };
            match &task.station_id {
                Some(station) => {
                    let place = (task.election_id.as_str(), station.as_str());
                    actions::seen_in(tx, acting, place, &task.item, holds).await
                }
                None => Ok(()),
            }
        })
    }
}
