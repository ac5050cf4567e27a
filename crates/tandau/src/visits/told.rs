//! Instructions given at events, as rooms to the left ask about them.

use super::store::{self, happened};
use super::{papers, queries};
use crate::platform::access::Action;
use crate::platform::app::Answer;
use crate::platform::database::{Connection, Transaction};
use crate::platform::{Acting, Error, areas};
use crate::tasks::model::BY_HAND;
use crate::tasks::owners::Owner;
use crate::tasks::{EventKind, Task};

/// Leads from an instruction to the event at which it was given and to the register of its visit; those given elsewhere have
/// neither.
#[derive(Clone, Copy, Debug)]
pub struct Told;

async fn beside(
    connection: &mut Connection,
    acting: &Acting,
    task: &Task,
) -> Result<Vec<(String, String)>, Error> {
    let mut pages = Vec::new();
    let Some(id) = happened::event_of_task(connection, &task.id).await? else {
        return Ok(pages);
    };
    let (t, power) = (acting.t(), Action::VisitFollow);
    let event = store::event(connection, &id).await?;
    let visit = store::by_id(connection, &event.visit_id).await?;
    let place = &event.planned.area_id;
    if acting.may(connection, power, place, None).await? {
        let area = areas::by_id(connection, place, visit.starts_on).await?;
        let kind = papers::kind(acting.app(), &event.planned.kind, t.lang);
        pages.push((
            format!("/office/visits/events/{id}"),
            format!("{kind}, {}", area.names.get(t.lang)),
        ));
    }
    if queries::follows(connection, acting, &visit).await? {
        pages.push((
            format!("/office/visits/register?visit={}", visit.id),
            t.visits_register_of(visit.title.get(t.lang)),
        ));
    }
    Ok(pages)
}

impl Owner for Told {
    fn origin(&self) -> &'static str {
        BY_HAND
    }

    fn beside<'a>(
        &'a self,
        connection: &'a mut Connection,
        acting: &'a Acting,
        task: &'a Task,
    ) -> Answer<'a, Vec<(String, String)>> {
        Box::pin(beside(connection, acting, task))
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
