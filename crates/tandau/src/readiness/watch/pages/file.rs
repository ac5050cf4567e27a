//! `/office/watch/import`: a file with an alert of others: kept, shown as it was understood, taken after a look.

use super::fields::{areas_of, kinds, running};
use super::{Places, crumbs};
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::i18n::instant_long;
use crate::platform::web::{
    Choice, Ctx, FieldErrors, FormData, Shell, page as render, page_with_errors, see,
};
use crate::platform::{Error, ids};
use crate::readiness::watch::actions::{self, PartChoice};
use crate::readiness::watch::cap::{self, Alert, MessageKind};
use crate::readiness::watch::import::sentence;
use crate::readiness::watch::preview::{Understood, reach, understand};
use crate::readiness::watch::queries;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "readiness/watch/pages/import.html")]
struct ImportPage {
    s: Shell,
    errors: FieldErrors,
}

fn blank(ctx: &Ctx, errors: FieldErrors) -> ImportPage {
    let title = ctx.t.watch_import();
    ImportPage {
        s: ctx.shell("office", title.clone(), crumbs(ctx, title, true)),
        errors,
    }
}

pub(super) async fn page(ctx: Ctx) -> Result<Response, Error> {
    render(&blank(&ctx, FieldErrors::new()))
}

pub(super) async fn upload(ctx: Ctx, form: FormData) -> Result<Response, Error> {
    let acting = ctx.acting()?;
    let outcome = match form.upload("file") {
        Some(file) => actions::upload(&acting, &file.bytes).await,
        None => Err(Error::field("file", ctx.t.watch_file_needed())),
    };
    match outcome {
        Ok(id) => Ok(see(&format!("/office/watch/import/{id}"))),
        Err(error) => page_with_errors(&blank(&ctx, FieldErrors::take(error)?)),
    }
}

/// One event of the alert, to be looked at.
struct PartView {
    number: usize,
    kind_field: String,
    areas_field: String,
    known_field: String,
    skip_field: String,
    headline: String,
    words: Vec<String>,
    grade: String,
    certainty: String,
    when: String,
    places: String,
    kinds: Vec<Choice>,
    areas: String,
    unknown: String,
    by_shape: bool,
    acts: bool,
    stations: u64,
    tasks: u64,
    skip: bool,
}

#[derive(Template)]
#[template(path = "readiness/watch/pages/preview.html")]
struct PreviewPage {
    s: Shell,
    errors: FieldErrors,
    id: String,
    sender: String,
    identifier: String,
    sent: String,
    status: String,
    actual: bool,
    does: String,
    elections: Vec<Choice>,
    parts: Vec<PartView>,
    taken: Option<Vec<String>>,
    replaced: bool,
    earlier: Vec<String>,
    missing: String,
    cancels: bool,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    election: String,
}

/// The alert in a file that this person may take.
async fn kept(connection: &mut Connection, ctx: &Ctx, id: &str) -> Result<Alert, Error> {
    if !ids::is_id(id) {
        return Err(Error::NotFound);
    }
    let (area, content) = queries::upload(connection, id).await?;
    ctx.acting()?
        .require(connection, Action::WatchRecord, &area, None)
        .await?;
    cap::read(content.as_bytes()).map_err(|p| Error::field("file", sentence(ctx.t, &p)))
}

async fn build(
    ctx: &Ctx,
    id: &str,
    election: &str,
    form: &FormData,
    errors: FieldErrors,
) -> Result<PreviewPage, Error> {
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let alert = kept(&mut reader, ctx, id).await?;
    let elections = running(&mut reader, ctx, election).await?;
    let chosen = elections
        .iter()
        .find(|c| c.checked)
        .map_or_else(String::new, |c| c.value.clone());
    let before = queries::before(&mut reader, &alert).await?;
    let read = understand(&mut reader, &ctx.app, &alert, &chosen, ctx.app.today()).await?;
    let mut parts = Vec::new();
    // What takes back needs no look at places.
    let shown: &[Understood] = if alert.kind == MessageKind::Cancel {
        &[]
    } else {
        &read
    };
    for (at, one) in shown.iter().enumerate() {
        parts.push(
            part(
                ctx,
                &mut reader,
                &alert,
                one,
                at.saturating_add(1),
                &chosen,
                form,
            )
            .await?,
        );
    }
    let title = t.watch_preview();
    Ok(PreviewPage {
        s: ctx.shell("office", title.clone(), crumbs(ctx, title, true)),
        errors,
        id: id.to_owned(),
        sent: instant_long(t.lang, alert.name.sent, &ctx.app.home_zone),
        sender: alert.name.sender,
        identifier: alert.name.identifier,
        status: t.word(&format!(
            "watch-status-{}",
            alert.status.as_str().to_lowercase()
        )),
        actual: alert.status == cap::Status::Actual,
        does: t.word(&format!(
            "watch-message-{}",
            alert.kind.as_str().to_lowercase()
        )),
        elections,
        parts,
        taken: before.taken,
        replaced: before.replaced,
        earlier: before.earlier,
        missing: before.missing.join(", "),
        cancels: alert.kind == MessageKind::Cancel,
    })
}

async fn part(
    ctx: &Ctx,
    connection: &mut Connection,
    alert: &Alert,
    one: &Understood,
    number: usize,
    election: &str,
    form: &FormData,
) -> Result<PartView, Error> {
    let t = ctx.t;
    let mut places = Places::default();
    let mut codes = Vec::new();
    for id in &one.areas {
        let area = places.area(connection, ctx, id).await?;
        codes.push(area.code);
    }
    let zone = places.zone(connection, ctx, &one.areas).await?;
    let sent_before = |field: &str| form.text(&format!("{field}-{number}")).to_owned();
    let kind = match sent_before("kind") {
        kind if kind.is_empty() => one.kind.clone().unwrap_or_default(),
        kind => kind,
    };
    let areas = match sent_before("areas") {
        areas if areas.is_empty() => codes.join("\n"),
        areas => areas,
    };
    let today = ctx.app.today();
    let (stations, tasks) = reach(connection, &ctx.app, alert, one, election, today).await?;
    let from = instant_long(t.lang, one.part.begins(alert.name.sent), &zone);
    let words = one.part.words();
    let mut lines = words.get(t.lang).lines().map(str::to_owned);
    let described: Vec<&str> = one
        .part
        .areas
        .iter()
        .map(|a| a.description.get(t.lang))
        .collect();
    let mut all_kinds = kinds(ctx, &kind);
    if kind.is_empty() {
        all_kinds.insert(0, Choice::new("", t.watch_kind_choose(), ""));
    }
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    Ok(PartView {
        number,
        kind_field: format!("kind-{number}"),
        areas_field: format!("areas-{number}"),
        known_field: format!("known-{number}"),
        skip_field: format!("skip-{number}"),
        headline: lines.next().unwrap_or_default(),
        words: lines.collect(),
        grade: t.word(&format!("watch-grade-{}", one.part.grade.as_str())),
        certainty: one.part.certainty.clone(),
        when: match one.part.expires {
            Some(end) => t.watch_when(from, instant_long(t.lang, end, &zone)),
            None => t.watch_when_open(from),
        },
        places: described.join("; "),
        kinds: all_kinds,
        areas,
        unknown: one.unknown.join(", "),
        by_shape: one.by_shape,
        acts: one.acts,
        stations: count(stations),
        tasks: count(tasks),
        skip: form.ticked(&format!("skip-{number}")),
    })
}

pub(super) async fn preview(
    ctx: Ctx,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let form = FormData::default();
    render(&build(&ctx, &id, &asked.election, &form, FieldErrors::new()).await?)
}

pub(super) async fn take(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    match try_take(&ctx, &id, &form).await {
        Ok(taken) if taken.before => Ok(see("/office/watch?done=watch-alert-known")),
        Ok(taken) => match taken.events.as_slice() {
            [only] => Ok(see(&format!("/office/watch/{only}?done=watch-alert-taken"))),
            _ => Ok(see("/office/watch?done=watch-alert-taken")),
        },
        Err(error) => {
            let errors = FieldErrors::take(error)?;
            let election = form.text("election").to_owned();
            page_with_errors(&build(&ctx, &id, &election, &form, errors).await?)
        }
    }
}

async fn try_take(ctx: &Ctx, id: &str, form: &FormData) -> Result<actions::Taken, Error> {
    let mut reader = ctx.read().await?;
    let alert = kept(&mut reader, ctx, id).await?;
    let election = form.text("election");
    let today = ctx.app.today();
    let read = understand(&mut reader, &ctx.app, &alert, election, today).await?;
    let mut errors = FieldErrors::new();
    let mut choices = Vec::new();
    for (at, one) in read.iter().enumerate() {
        let number = at.saturating_add(1);
        let field = format!("areas-{number}");
        let skip = form.ticked(&format!("skip-{number}"));
        let text = form.text(&field);
        let areas = if skip || text.is_empty() {
            None
        } else {
            let found = areas_of(&mut reader, ctx, text, &field, &mut errors).await?;
            let mut ids: Vec<String> = found.into_iter().map(|a| a.id).collect();
            ids.sort();
            // Left as it was understood: then nothing was chosen, and unknown places are still asked for.
            Some(ids).filter(|ids| *ids != one.areas || form.ticked(&format!("known-{number}")))
        };
        choices.push(PartChoice {
            skip,
            kind: Some(form.text(&format!("kind-{number}")).to_owned()).filter(|k| !k.is_empty()),
            areas,
        });
    }
    drop(reader);
    errors.done()?;
    actions::take(&ctx.acting()?, id, election, &choices).await
}
