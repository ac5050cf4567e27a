//! `/office/incidents/{id}`: everything that happened to an incident, and what may be done now.

use super::desk::Stations;
use super::{clock, crumbs, in_language, kind, severities, severity, state};
use crate::incidents::actions::candidates;
use crate::incidents::model::{Incident, State};
use crate::incidents::queries::{self, Event};
use crate::platform::access::{Action, Role};
use crate::platform::database::Connection;
use crate::platform::i18n::{instant_long, instant_short};
use crate::platform::web::{Choice, Ctx, FieldErrors, FormData, Shell, page as render};
use crate::platform::{Error, Names};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use jiff::tz::TimeZone;
use std::collections::HashMap;

struct EventLine {
    what: String,
    text: String,
    who: String,
    when: String,
    photos: Vec<String>,
}

struct TaskLine {
    body: String,
    /// Its page; empty for who may not see it.
    href: String,
    state: String,
    shape: &'static str,
    /// By when; empty when it is over.
    due: String,
}

#[derive(Template)]
#[template(path = "incidents/pages/show.html")]
pub(super) struct ShowPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    id: String,
    events: u64,
    number: u64,
    title: String,
    place: String,
    station: String,
    as_of: String,
    shape: &'static str,
    state: String,
    clock_shape: &'static str,
    clock: String,
    respond_by: String,
    severity: String,
    what: Vec<String>,
    happened: String,
    reported: String,
    assigned: String,
    item: String,
    item_href: String,
    finding: String,
    merged_into: Option<(String, u64)>,
    merged_here: Vec<(String, u64)>,
    history: Vec<EventLine>,
    tasks: Vec<TaskLine>,
    may_handle: bool,
    may_start: bool,
    may_note: bool,
    is_open: bool,
    is_closed: bool,
    assignees: Vec<Choice>,
    bodies: Vec<Choice>,
    body_hint: String,
    severities: Vec<Choice>,
    like_it: Vec<Choice>,
    /// What its reader had written when somebody else was faster.
    wrote: String,
}

pub(super) async fn build(
    ctx: &Ctx,
    id: &str,
    form: FormData,
    errors: FieldErrors,
) -> Result<ShowPage, Error> {
    let t = ctx.t;
    let lang = t.lang;
    let now = ctx.app.clock.now();
    let acting = ctx.acting()?;
    let mut reader = ctx.read().await?;
    let incident = queries::by_id(&mut reader, id).await?;
    acting
        .require(&mut reader, Action::IncidentReport, &incident.area_id, None)
        .await?;
    let may_handle = acting
        .may(&mut reader, Action::IncidentHandle, &incident.area_id, None)
        .await?;
    let (place, zone) = Stations::default()
        .place(&mut reader, ctx, &incident)
        .await?;
    let mut names = People::default();
    let mut history = Vec::new();
    for event in queries::events(&mut reader, id).await? {
        history.push(line(ctx, &mut reader, &mut names, &event, &zone).await?);
    }
    let mut tasks = Vec::new();
    for asked in queries::tasks(&mut reader, id).await? {
        let task = crate::tasks::queries::by_id(&mut reader, &asked.task_id).await?;
        let sees = crate::tasks::powers::of(&mut reader, &acting, &task)
            .await?
            .sees();
        tasks.push(TaskLine {
            href: if sees {
                format!("/office/tasks/{}", asked.task_id)
            } else {
                String::new()
            },
            body: t.word(&format!("body-{}", asked.body)),
            state: t.word(&format!("watch-task-{}", asked.state.as_str())),
            shape: match asked.state {
                crate::tasks::TaskState::Verified => "done",
                state if state.is_open() && asked.due_at < now => "trouble",
                _ => "open",
            },
            due: if asked.state.is_open() {
                instant_short(lang, asked.due_at, &zone)
            } else {
                String::new()
            },
        });
    }
    let is_open = incident.state.is_open();
    let (mut assignees, mut like_it) = (Vec::new(), Vec::new());
    if may_handle && is_open {
        for one in candidates(&mut reader, &acting, &incident).await? {
            let office = t.word(&format!("office-{}", one.assignee.role.replace('.', "-")));
            let text = match &one.person {
                Some(name) => format!("{office}: {} ({})", name.get(lang), one.commission),
                None => format!("{office} ({})", one.commission),
            };
            assignees.push(Choice::new(one.value(), text, form.text("to")));
        }
    }
    if may_handle && incident.state != State::Merged {
        for other in queries::like_it(&mut reader, &incident).await? {
            let (place, _) = Stations::default().place(&mut reader, ctx, &other).await?;
            let text = format!("{}. {}, {place}", other.number, kind(ctx, &other.kind));
            like_it.push(Choice::new(other.id, text, form.text("into")));
        }
    }
    let merged_into = match &incident.merged_into {
        Some(other) => Some((
            other.clone(),
            queries::by_id(&mut reader, other).await?.number,
        )),
        None => None,
    };
    let wrote = if errors.of(super::acts::CHANGED).is_empty() {
        ""
    } else {
        WRITTEN
            .iter()
            .map(|field| form.text(field))
            .find(|text| !text.is_empty())
            .unwrap_or_default()
    }
    .to_owned();
    let rule = ctx.app.rules.incidents().kind(&incident.kind);
    let body = rule.map_or("", |k| k.body.as_str());
    let (shape, word) = state(t, incident.state);
    let (clock_shape, clock) = clock(t, incident.clock(now));
    let title = kind(ctx, &incident.kind);
    Ok(ShowPage {
        s: ctx.shell(
            "office",
            format!("{}. {title}", incident.number),
            crumbs(ctx, format!("{}. {title}", incident.number), true),
        ),
        errors,
        id: incident.id.clone(),
        events: incident.events,
        number: incident.number,
        title,
        place,
        station: incident.station_id.clone().unwrap_or_default(),
        as_of: instant_long(lang, now, &zone),
        shape,
        state: word,
        clock_shape,
        clock,
        respond_by: instant_short(lang, incident.respond_by, &zone),
        severity: severity(t, incident.severity),
        what: incident.what.lines().map(str::to_owned).collect(),
        happened: instant_short(lang, incident.happened_at, &zone),
        reported: t.incidents_reported_by(
            instant_short(lang, incident.reported_at, &zone),
            names.name(&mut reader, ctx, &incident.reported_by).await?,
        ),
        assigned: assigned(ctx, &mut reader, &mut names, &incident).await?,
        merged_here: queries::merged_here(&mut reader, id).await?,
        merged_into,
        history,
        tasks,
        may_start: is_open
            && incident.responded_at.is_none()
            && (may_handle || crate::incidents::actions::is_ours(&acting, &incident)),
        may_note: incident.state != State::Merged,
        may_handle,
        is_open,
        is_closed: incident.state == State::Closed,
        assignees,
        bodies: Role::BODIES
            .into_iter()
            .map(|b| Choice::new(b, t.word(&format!("body-{b}")), body))
            .collect(),
        body_hint: rule.map_or_else(String::new, |k| in_language(lang, &k.task)),
        severities: severities(t, incident.severity.as_str()),
        item_href: match (&incident.station_id, incident.item.is_empty()) {
            (Some(station), false) => format!(
                "/office/readiness/stations/{station}?election={}",
                incident.election_id
            ),
            _ => String::new(),
        },
        item: match ctx.app.rules.checklist().item(&incident.item) {
            Some(asked) => in_language(lang, &asked.wording),
            None => incident.item,
        },
        finding: incident.finding,
        like_it,
        wrote,
        form,
    })
}

/// Fields with words that somebody took time to write.
const WRITTEN: [&str; 8] = [
    "note",
    "done",
    "escalate_text",
    "regrade_reason",
    "reopen_reason",
    "assign_text",
    "start_text",
    "merge_text",
];

/// Names that were looked up once.
#[derive(Default)]
struct People(HashMap<String, Names>);

impl People {
    async fn name(
        &mut self,
        connection: &mut Connection,
        ctx: &Ctx,
        id: &str,
    ) -> Result<String, Error> {
        if !self.0.contains_key(id) {
            let names = queries::person(connection, id).await?.unwrap_or_default();
            self.0.insert(id.to_owned(), names);
        }
        let name = self.0.get(id).map_or("", |n| n.get(ctx.lang()));
        Ok(name.to_owned())
    }
}

async fn assigned(
    ctx: &Ctx,
    connection: &mut Connection,
    names: &mut People,
    incident: &Incident,
) -> Result<String, Error> {
    let to = &incident.assignee;
    if to.role.is_empty() {
        return Ok(ctx.t.incidents_assigned_nobody());
    }
    let office = ctx.t.word(&format!("office-{}", to.role.replace('.', "-")));
    if to.person.is_empty() {
        return Ok(office);
    }
    let name = names.name(connection, ctx, &to.person).await?;
    Ok(format!("{office}: {name}"))
}

async fn line(
    ctx: &Ctx,
    connection: &mut Connection,
    names: &mut People,
    event: &Event,
    zone: &TimeZone,
) -> Result<EventLine, Error> {
    use crate::incidents::EventKind as E;
    let t = ctx.t;
    let what = t.word(&format!("incidents-event-{}", event.kind.as_str()));
    let mut parts = event.detail.split('|');
    let (first, second) = (
        parts.next().unwrap_or_default(),
        parts.next().unwrap_or_default(),
    );
    let detail = match event.kind {
        E::Assigned => t.word(&format!("office-{}", first.replace('.', "-"))),
        E::Escalated => t.word(&format!("body-{first}")),
        E::Answered => format!(
            "{}, {}",
            t.word(&format!("body-{first}")),
            t.word(&format!("watch-task-{second}"))
        ),
        E::Regraded => t.word(&format!("incidents-severity-{first}")),
        E::Merged => queries::by_id(connection, first)
            .await
            .map_or_else(|_| String::new(), |i| i.number.to_string()),
        _ => String::new(),
    };
    let office = t.word(&format!("office-{}", event.office.replace('.', "-")));
    let name = names.name(connection, ctx, &event.made_by).await?;
    Ok(EventLine {
        what: if detail.is_empty() {
            what
        } else {
            format!("{what}: {detail}")
        },
        text: event.text.clone(),
        who: if name.is_empty() {
            office
        } else {
            format!("{name}, {office}")
        },
        when: instant_short(ctx.lang(), event.made_at, zone),
        photos: event.photos.clone(),
    })
}

pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    render(&build(&ctx, &id, FormData::default(), FieldErrors::new()).await?)
}

/// A photo of an incident: for those who may see the incident.
pub(super) async fn photo(
    ctx: Ctx,
    Path((id, file)): Path<(String, String)>,
) -> Result<Response, Error> {
    let mut reader = ctx.read().await?;
    let incident = queries::by_id(&mut reader, &id).await?;
    ctx.acting()?
        .require(&mut reader, Action::IncidentReport, &incident.area_id, None)
        .await?;
    let events = queries::events(&mut reader, &id).await?;
    if !events.iter().any(|event| event.photos.contains(&file)) {
        return Err(Error::NotFound);
    }
    let name = format!("incident-{}", incident.number);
    ctx.private_paper(reader, &file, &name).await
}
