//! What the front desk shows of tasks: what is overdue, what is due, for one office.

use super::words::{self, Places};
use crate::platform::access::store::ancestors;
use crate::platform::access::{Action, Grant};
use crate::platform::database::Connection;
use crate::platform::web::Ctx;
use crate::platform::{Acting, Error};
use crate::tasks::model::{Addressee, Cause, Task};
use crate::tasks::powers::holds;
use crate::tasks::queries::{self, Scope, Wanted};

/// Lines of one sort on the desk at most.
const LINES: u32 = 20;

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DeskLine {
    /// Shape of the state.
    pub(crate) shape: &'static str,
    /// Its word.
    pub(crate) state: String,
    /// What and where.
    pub(crate) text: String,
    /// The page.
    pub(crate) href: String,
    /// Until when.
    pub(crate) when: String,
}

/// What one office has before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Desk {
    /// Overdue, or raised to it.
    pub(crate) wrong: Vec<DeskLine>,
    /// To be done in time, or to be verified.
    pub(crate) due: Vec<DeskLine>,
}

/// The tasks of an office: those addressed to it, those it should verify, and how many are overdue below it.
pub(crate) async fn of_office(
    ctx: &Ctx,
    connection: &mut Connection,
    grant: &Grant,
) -> Result<Desk, Error> {
    let acting = ctx.acting()?;
    let now = acting.now();
    let mut desk = Desk::default();
    if !may(&acting, connection, grant, Action::TaskSee).await? {
        return Ok(desk);
    }
    let mut places = Places::default();
    let body = Addressee {
        kind: grant
            .role
            .body()
            .unwrap_or(Addressee::COMMISSION)
            .to_owned(),
        area_id: grant.area_id.clone(),
    };
    if may(&acting, connection, grant, Action::TaskAnswer).await? {
        for (task, cause) in queries::of_body(connection, &body, LINES).await? {
            let line = line(ctx, connection, &mut places, &task).await?;
            if cause == Cause::Escalated || task.is_overdue(now) {
                desk.wrong.push(DeskLine {
                    shape: "trouble",
                    ..line
                });
            } else {
                desk.due.push(line);
            }
        }
    }
    if grant.role.body().is_none() {
        if may(&acting, connection, grant, Action::TaskVerify).await? {
            for task in queries::to_verify(connection, &grant.area_id, LINES).await? {
                let line = line(ctx, connection, &mut places, &task).await?;
                desk.due.push(line);
            }
        }
        let scope = Scope::Under(grant.area_id.clone());
        let counts = queries::counts(connection, &scope, &Wanted::default(), now).await?;
        if counts.overdue > 0 {
            desk.wrong.push(DeskLine {
                shape: "attention",
                state: ctx.t.tasks_list_overdue(),
                text: ctx.t.tasks_desk_overdue(counts.overdue),
                href: "/office/tasks?list=overdue".to_owned(),
                when: String::new(),
            });
        }
    }
    Ok(desk)
}

/// Whether this office, and not another one of the same person, gives the power over its own area.
async fn may(
    acting: &Acting,
    connection: &mut Connection,
    grant: &Grant,
    action: Action,
) -> Result<bool, Error> {
    let above = ancestors(connection, &grant.area_id).await?;
    Ok(holds(acting, grant, action, &above))
}

async fn line(
    ctx: &Ctx,
    connection: &mut Connection,
    places: &mut Places,
    task: &Task,
) -> Result<DeskLine, Error> {
    let lang = ctx.lang();
    let place = places.of(connection, task, lang, ctx.app.today()).await?;
    let (shape, state) = words::state(ctx.t, task.state);
    let left = words::left(ctx.t, task, ctx.app.clock.now());
    let due = words::due(lang, task, &place);
    Ok(DeskLine {
        shape,
        state,
        text: format!("{} · {}", task.title.get(lang), place.name),
        href: format!("/office/tasks/{}", task.id),
        when: if left.is_empty() {
            ctx.t.office_until(due)
        } else {
            format!("{} ({left})", ctx.t.office_until(due))
        },
    })
}
