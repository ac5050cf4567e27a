//! `/office/visits/events/{id}/instruct`: an instruction given at an event, which becomes a task.

use super::{crumbs, own_event, pair, seen};
use crate::platform::access::Action;
use crate::platform::web::{
    Choice, Ctx, FieldErrors, FormData, Shell, page as render, page_with_status, see,
};
use crate::platform::{Error, areas, ids};
use crate::readiness::board::frame::say;
use crate::readiness::checklists::queries as checklists;
use crate::tasks;
use crate::tasks::actions::Instruction;
use crate::tasks::words as task_words;
use crate::visits::actions;
use crate::visits::model::{Event, Visit};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use electoral::checklist::Severity;

#[derive(Template)]
#[template(path = "visits/pages/instruct.html")]
struct InstructPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    id: String,
    title: String,
    kinds: Vec<Choice>,
    items: Vec<Choice>,
    severities: Vec<Choice>,
}

async fn build(
    ctx: &Ctx,
    form: FormData,
    errors: FieldErrors,
    (visit, event): (&Visit, &Event),
) -> Result<InstructPage, Error> {
    let t = ctx.t;
    let list = {
        let mut reader = ctx.read().await?;
        checklists::in_force(&mut reader, &ctx.app).await?.list
    };
    let item = form.text("item");
    let none = Choice::new("", t.visits_instruct_item_none(), item);
    let items = list.items.iter().map(|one| {
        let wording = say(&one.wording, t.lang);
        Choice::new(one.id.as_str(), wording, item)
    });
    let items = std::iter::once(none).chain(items).collect();
    let title = t.visits_instruct();
    let severity = form.text("severity");
    Ok(InstructPage {
        s: ctx.shell(
            "office",
            title.clone(),
            crumbs(ctx, Some(visit), Some(event), title.clone()),
        ),
        id: event.planned.id.clone(),
        kinds: tasks::addressee_kinds(t, form.text("kind")),
        severities: Severity::ALL
            .into_iter()
            .map(|one| Choice::new(one.as_str(), task_words::severity(t, one), severity))
            .collect(),
        items,
        title,
        errors,
        form,
    })
}

pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let mut reader = ctx.read().await?;
    let (visit, event) = own_event(&ctx, &mut reader, &id, Action::TaskGive).await?;
    let area = areas::by_id(&mut reader, &event.planned.area_id, visit.starts_on).await?;
    let form = FormData::from_fields(vec![
        pair("version", event.version.to_string()),
        pair("key", ids::random_id()),
        pair("area_code", area.code),
        pair("severity", Severity::Major.as_str()),
        pair("due_time", "18:00"),
    ]);
    drop(reader);
    render(&build(&ctx, form, FieldErrors::new(), (&visit, &event)).await?)
}

async fn read(ctx: &Ctx, form: &FormData, visit: &Visit) -> Result<Instruction, Error> {
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let to = tasks::addressee(ctx, &mut reader, form, "kind", "area_code").await?;
    let to = to.ok_or_else(|| Error::field("area_code", t.areas_unknown()))?;
    let number = form.text("station");
    let station = tasks::station(ctx, &mut reader, number, &to.area_id).await?;
    let area_id = station.as_ref().map_or(&to.area_id, |(_, area)| area);
    let due = ("due_date", "due_time");
    let item = form.text("item");
    if !item.is_empty() {
        let list = checklists::in_force(&mut reader, &ctx.app).await?.list;
        if list.items.iter().all(|one| one.id != item) {
            return Err(Error::field("item", t.form_choice()));
        }
    }
    Ok(Instruction {
        key: form.text("key").to_owned(),
        election_id: visit.election_id.clone(),
        due_at: tasks::instant(ctx, &mut reader, area_id, form, due).await?,
        area_id: area_id.clone(),
        station_id: station.map(|(id, _)| id),
        item: item.to_owned(),
        severity: Severity::parse(form.text("severity"))
            .ok_or_else(|| Error::field("severity", t.form_choice()))?,
        title: super::names(form, "title"),
        detail: form.text("detail").to_owned(),
        addressee: to,
    })
}

pub(super) async fn give(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let (visit, event) = {
        let mut reader = ctx.read().await?;
        own_event(&ctx, &mut reader, &id, Action::TaskGive).await?
    };
    let done = async {
        let new = read(&ctx, &form, &visit).await?;
        actions::instruct(&ctx.acting()?, &id, seen(&form), new).await
    };
    match done.await {
        Ok(_) => Ok(see(&format!(
            "/office/visits/events/{id}?done=visits-instructed"
        ))),
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "")?;
            let page = build(&ctx, form, errors, (&visit, &event)).await?;
            page_with_status(&page, status)
        }
    }
}
