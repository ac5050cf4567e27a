//! `/office/tasks/new`: an instruction by hand.

use super::words;
use crate::elections;
use crate::platform::access::Role;
use crate::platform::database::Connection;
use crate::platform::web::fields::names;
use crate::platform::web::{
    Choice, Crumb, Ctx, FieldErrors, FormData, Shell, page as render, page_with_errors, see,
};
use crate::platform::{Error, T, areas, ids};
use crate::stations;
use crate::tasks::actions::{self, Instruction};
use crate::tasks::model::Addressee;
use askama::Template;
use axum::response::Response;
use electoral::checklist::Severity;
use jiff::Timestamp;
use jiff::civil::{Date, Time};

/// Elections to choose from at most.
const ELECTIONS: usize = 10;
/// The hour of a deadline unless another one is given.
const END_OF_WORK: &str = "18:00";

/// Kinds of addressees to choose from.
pub(crate) fn addressee_kinds(t: T, current: &str) -> Vec<Choice> {
    Role::BODIES
        .into_iter()
        .chain([Addressee::COMMISSION])
        .map(|kind| Choice::new(kind, t.word(&format!("body-{kind}")), current))
        .collect()
}

/// The addressee that a form names; `None` where its area is unknown.
pub(crate) async fn addressee(
    ctx: &Ctx,
    connection: &mut Connection,
    form: &FormData,
    kind: &str,
    area: &str,
) -> Result<Option<Addressee>, Error> {
    let found = areas::by_typed_code(connection, form.text(area), ctx.app.today()).await?;
    Ok(found.map(|area_id| Addressee {
        kind: form.text(kind).to_owned(),
        area_id,
    }))
}

/// The instant of a date and time by the clocks of an area.
pub(crate) async fn instant(
    ctx: &Ctx,
    connection: &mut Connection,
    area_id: &str,
    form: &FormData,
    (date, time): (&str, &str),
) -> Result<Option<Timestamp>, Error> {
    let time = Some(form.text(time)).filter(|text| !text.is_empty());
    let (Ok(date), Ok(time)) = (
        form.text(date).parse::<Date>(),
        time.unwrap_or(END_OF_WORK).parse::<Time>(),
    ) else {
        return Ok(None);
    };
    let area = areas::by_id(connection, area_id, ctx.app.today()).await?;
    let zoned = date.to_datetime(time).to_zoned_datetime(area.time_zone()?);
    Ok(zoned.ok().map(|zoned| zoned.timestamp()))
}

#[derive(Template)]
#[template(path = "tasks/pages/new.html")]
struct NewPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    key: String,
    area_code: String,
    due_time: String,
    kinds: Vec<Choice>,
    severities: Vec<Choice>,
    elections: Vec<Choice>,
}

async fn build(ctx: &Ctx, form: FormData, errors: FieldErrors) -> Result<NewPage, Error> {
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let acting = ctx.acting()?;
    let home = acting.actor().home_area().ok_or(Error::NotFound)?;
    let home = areas::by_id(&mut reader, home, ctx.app.today()).await?;
    let blank = form.fields().is_empty();
    let given = |field: &str, or: &str| {
        if blank {
            or.to_owned()
        } else {
            form.text(field).to_owned()
        }
    };
    let severity = given("severity", Severity::Major.as_str());
    let election = form.text("election");
    let mut choices = vec![Choice::new("", t.tasks_no_election(), election)];
    for one in elections::queries::elections(&mut reader)
        .await?
        .into_iter()
        .take(ELECTIONS)
    {
        choices.push(Choice::new(&one.id, one.title.get(t.lang), election));
    }
    let title = t.tasks_new_title();
    let crumbs = vec![
        Crumb::to("/office", t.shell_nav_office()),
        Crumb::to("/office/tasks", t.tasks_title()),
        Crumb::here(title.clone()),
    ];
    Ok(NewPage {
        s: ctx.shell("office", title, crumbs),
        key: Some(form.text("key").to_owned())
            .filter(|key| ids::is_id(key))
            .unwrap_or_else(ids::random_id),
        area_code: given("area_code", &home.code),
        due_time: given("due_time", END_OF_WORK),
        kinds: addressee_kinds(t, form.text("kind")),
        severities: Severity::ALL
            .into_iter()
            .map(|one| Choice::new(one.as_str(), words::severity(t, one), &severity))
            .collect(),
        elections: choices,
        errors,
        form,
    })
}

pub(super) async fn page(ctx: Ctx) -> Result<Response, Error> {
    render(&build(&ctx, FormData::default(), FieldErrors::new()).await?)
}

pub(super) async fn give(ctx: Ctx, form: FormData) -> Result<Response, Error> {
    match try_give(&ctx, &form).await {
        Ok(id) => Ok(see(&format!("/office/tasks/{id}?done=task-given"))),
        Err(error) => {
            let errors = FieldErrors::take(error)?;
            page_with_errors(&build(&ctx, form, errors).await?)
        }
    }
}

async fn try_give(ctx: &Ctx, form: &FormData) -> Result<String, Error> {
    let t = ctx.t;
    let new = {
        let mut reader = ctx.read().await?;
        let to = addressee(ctx, &mut reader, form, "kind", "area_code").await?;
        let to = to.ok_or_else(|| Error::field("area_code", t.areas_unknown()))?;
        let station = station(ctx, &mut reader, form.text("station"), &to.area_id).await?;
        let area_id = station
            .as_ref()
            .map_or(&to.area_id, |(_, area)| area)
            .clone();
        let due = ("due_date", "due_time");
        Instruction {
            key: form.text("key").to_owned(),
            election_id: election(&mut reader, form.text("election")).await?,
            due_at: instant(ctx, &mut reader, &area_id, form, due).await?,
            area_id,
            station_id: station.map(|(id, _)| id),
            item: String::new(),
            severity: Severity::parse(form.text("severity"))
                .ok_or_else(|| Error::field("severity", t.form_choice()))?,
            title: names(form, "title"),
            detail: form.text("detail").to_owned(),
            addressee: to,
        }
    };
    actions::give(&ctx.acting()?, new).await
}

/// An election on record; anything else is none.
async fn election(connection: &mut Connection, id: &str) -> Result<String, Error> {
    let all = elections::queries::elections(connection).await?;
    let known = all.into_iter().find(|one| one.id == id);
    Ok(known.map_or_else(String::new, |one| one.id))
}

/// The station of a number in an area, with its own area; `None` where no number is given.
pub(crate) async fn station(
    ctx: &Ctx,
    connection: &mut Connection,
    number: &str,
    area_id: &str,
) -> Result<Option<(String, String)>, Error> {
    if number.is_empty() {
        return Ok(None);
    }
    let unknown = || Error::field("station", ctx.t.tasks_station_unknown());
    let number: u64 = number.parse().map_err(|_| unknown())?;
    for one in stations::queries::by_number(connection, number, ctx.app.today()).await? {
        let above = crate::platform::access::store::ancestors(connection, &one.area_id).await?;
        if above.iter().any(|area| area == area_id) {
            return Ok(Some((one.id, one.area_id)));
        }
    }
    Err(unknown())
}
