//! `/office/visits/{id}/events/new` and `/office/visits/events/{id}/edit`: what is planned.

use super::{crumbs, names, own, own_event, pair, seen, three};
use crate::platform::access::Action;
use crate::platform::web::fields::Span;
use crate::platform::web::{
    Choice, Ctx, FieldErrors, FormData, Shell, page as render, page_with_status, see,
};
use crate::platform::{Error, areas, degrees, ids};
use crate::stations::queries as stations;
use crate::tasks;
use crate::visits::actions;
use crate::visits::model::{Event, NewEvent, Visit, VisitState, words};
use crate::visits::queries;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use jiff::Timestamp;

#[derive(Template)]
#[template(path = "visits/pages/event_form.html")]
struct FormPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    action: String,
    title: String,
    editing: bool,
    wants_reason: bool,
    kinds: Vec<Choice>,
}

fn build(
    ctx: &Ctx,
    form: FormData,
    errors: FieldErrors,
    visit: &Visit,
    event: Option<&Event>,
) -> FormPage {
    let t = ctx.t;
    let title = if event.is_some() {
        t.visits_event_edit()
    } else {
        t.visits_event_new()
    };
    let current = form.text("kind");
    let kinds = ctx.app.rules.visits().kinds.iter();
    FormPage {
        s: ctx.shell(
            "office",
            title.clone(),
            crumbs(ctx, Some(visit), event, title.clone()),
        ),
        action: match event {
            Some(event) => format!("/office/visits/events/{}/edit", event.planned.id),
            None => format!("/office/visits/{}/events/new", visit.id),
        },
        editing: event.is_some(),
        wants_reason: event.is_some() && visit.state != VisitState::Planned,
        kinds: kinds
            .map(|k| Choice::new(k.id.clone(), words(&k.title, t.lang), current))
            .collect(),
        title,
        errors,
        form,
    }
}

pub(super) async fn new(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let visit = own(&ctx, &id, Action::VisitPlan).await?;
    let mut reader = ctx.read().await?;
    let area = areas::by_id(&mut reader, &visit.area_id, visit.starts_on).await?;
    let known = queries::events(&mut reader, &id).await?.len();
    drop(reader);
    let mut fields = vec![
        pair("id", ids::new_id()),
        pair("key", format!("E{:02}", known.saturating_add(1))),
        pair("area", area.code),
        pair("day", visit.starts_on.to_string()),
        pair("with_head", "yes"),
        pair("counts", "yes"),
    ];
    fields.extend(three("led", &visit.head));
    let form = FormData::from_fields(fields);
    render(&build(&ctx, form, FieldErrors::new(), &visit, None))
}

/// What the form says. Times are those of the clocks of the event's area.
async fn read(
    ctx: &Ctx,
    form: &FormData,
    visit: &Visit,
    event: Option<&Event>,
) -> Result<NewEvent, Error> {
    let t = ctx.t;
    let mut errors = FieldErrors::new();
    let mut reader = ctx.read().await?;
    let code = form.text("area");
    let found = areas::by_typed_code(&mut reader, code, visit.starts_on).await?;
    if found.is_none() {
        errors.add("area", t.areas_unknown());
    }
    let wrong = t.visits_time_form();
    let span = Span::read(t, form, "day", &wrong, &mut errors);
    let at = form.text("coordinates");
    let place = degrees::read_pair(at);
    if !at.is_empty() && place.is_none() {
        errors.add("coordinates", t.visits_coordinates_form());
    }
    errors.done()?;
    let area_id = found.ok_or_else(|| Error::field("area", t.areas_unknown()))?;
    let zone = areas::by_id(&mut reader, &area_id, visit.starts_on)
        .await?
        .time_zone()?;
    let span = span.ok_or_else(|| Error::field("day", t.form_date()))?;
    let (starts_at, ends_at) = span.moments(&zone)?;
    let station = tasks::station(ctx, &mut reader, form.text("station"), &area_id).await?;
    let key = event.map_or_else(|| form.text("key"), |e| e.planned.key.as_str());
    Ok(NewEvent {
        id: event.map_or_else(|| form.text("id").to_owned(), |e| e.planned.id.clone()),
        key: key.to_owned(),
        kind: form.text("kind").to_owned(),
        station_id: station.map(|(id, _)| id),
        place: names(form, "place"),
        led: names(form, "led"),
        agenda: names(form, "agenda"),
        hosts: names(form, "hosts"),
        with_head: form.ticked("with_head"),
        counts: form.ticked("counts"),
        coordinates: place,
        starts_at,
        ends_at,
        area_id,
    })
}

pub(super) async fn add(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let visit = own(&ctx, &id, Action::VisitPlan).await?;
    let done = async {
        let new = read(&ctx, &form, &visit, None).await?;
        actions::add_event(&ctx.acting()?, &id, new).await
    };
    match done.await {
        Ok(event) => Ok(see(&format!(
            "/office/visits/events/{event}?done=visits-saved"
        ))),
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "")?;
            page_with_status(&build(&ctx, form, errors, &visit, None), status)
        }
    }
}

pub(super) async fn editing(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let mut reader = ctx.read().await?;
    let (visit, event) = own_event(&ctx, &mut reader, &id, Action::VisitPlan).await?;
    let planned = &event.planned;
    let area = areas::by_id(&mut reader, &planned.area_id, visit.starts_on).await?;
    let zone = area.time_zone()?;
    let local = |at: Timestamp| at.to_zoned_datetime(zone.clone());
    let time = |at: Timestamp| crate::platform::i18n::time_of(at, &zone);
    let station = match &planned.station_id {
        Some(id) => stations::as_of(&mut reader, id, visit.starts_on)
            .await?
            .number
            .to_string(),
        None => String::new(),
    };
    let tick = |on: bool| if on { "yes" } else { "" };
    let place = planned.coordinates;
    let place = place.map_or_else(String::new, degrees::write_pair);
    let mut fields = vec![
        pair("version", event.version.to_string()),
        pair("kind", &planned.kind),
        pair("area", &area.code),
        pair("station", station),
        pair("day", local(planned.starts_at).date().to_string()),
        pair("starts", time(planned.starts_at)),
        pair("ends", time(planned.ends_at)),
        pair("coordinates", place),
        pair("with_head", tick(planned.with_head)),
        pair("counts", tick(planned.counts)),
    ];
    fields.extend(three("place", &planned.place));
    fields.extend(three("led", &planned.led));
    fields.extend(three("agenda", &planned.agenda));
    fields.extend(three("hosts", &planned.hosts));
    let form = FormData::from_fields(fields);
    render(&build(&ctx, form, FieldErrors::new(), &visit, Some(&event)))
}

pub(super) async fn edit(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let (visit, event) = {
        let mut reader = ctx.read().await?;
        own_event(&ctx, &mut reader, &id, Action::VisitPlan).await?
    };
    let done = async {
        let new = read(&ctx, &form, &visit, Some(&event)).await?;
        let acting = ctx.acting()?;
        actions::plan_event(&acting, seen(&form), new, form.text("reason")).await
    };
    match done.await {
        Ok(()) => Ok(see(&format!(
            "/office/visits/events/{id}?done=visits-saved"
        ))),
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "")?;
            page_with_status(&build(&ctx, form, errors, &visit, Some(&event)), status)
        }
    }
}
