//! `/office/stations/{id}/access`: what a station offers, as its commission says.

use super::{GroupView, crumbs, group_views, remarks, words};
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::i18n::instant_long;
use crate::platform::web::{
    Choice, Ctx, FieldErrors, FormData, Shell, page as render, page_with_errors, see,
};
use crate::platform::{Error, T, ids};
use crate::readiness::access::model::StationMeans;
use crate::readiness::access::{actions, queries};
use crate::stations::{self, Station};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use electoral::accessibility::{Fact, Known, Means, Word};

struct Group {
    title: String,
    facts: Vec<Field>,
}

/// One question of the form.
struct Field {
    name: String,
    legend: String,
    hint: String,
    choices: Vec<Choice>,
    error: String,
    number: Option<Number>,
}

struct Number {
    name: String,
    label: String,
    hint: String,
    unit: String,
    value: String,
    error: String,
}

#[derive(Template)]
#[template(path = "readiness/access/pages/station.html")]
struct StationPage {
    s: Shell,
    errors: FieldErrors,
    id: String,
    title: String,
    place: String,
    entered: String,
    remarks: Vec<String>,
    groups: Vec<Group>,
    views: Vec<GroupView>,
    version: u64,
    may_record: bool,
}

async fn read(
    ctx: &Ctx,
    reader: &mut Connection,
    id: &str,
) -> Result<(Station, StationMeans), Error> {
    if !ids::is_id(id) {
        return Err(Error::NotFound);
    }
    let station = stations::queries::as_of(reader, id, ctx.app.today()).await?;
    let means = queries::means(reader, id).await?;
    Ok((station, means))
}

pub(super) async fn page(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let acting = ctx.acting()?;
    let mut reader = ctx.read().await?;
    let (station, known) = read(&ctx, &mut reader, &id).await?;
    let area = &station.area_id;
    acting
        .require(&mut reader, Action::ReadinessFollow, area, None)
        .await?;
    let may = acting
        .may(&mut reader, Action::AccessRecord, area, None)
        .await?;
    drop(reader);
    let form = filled(&ctx, &known);
    render(&build(
        &ctx,
        &station,
        &known,
        &form,
        FieldErrors::new(),
        may,
    )?)
}

pub(super) async fn record(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let acting = ctx.acting()?;
    let mut reader = ctx.read().await?;
    let (station, known) = read(&ctx, &mut reader, &id).await?;
    acting
        .require(&mut reader, Action::AccessRecord, &station.area_id, None)
        .await?;
    drop(reader);
    let outcome = match said(&ctx, &form) {
        Ok(means) => {
            let based_on = form.text("based_on").parse().unwrap_or(u64::MAX);
            actions::record_means(&acting, &id, based_on, &means).await
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(_) => Ok(see(&format!(
            "/office/stations/{id}/access?done=access-recorded"
        ))),
        Err(error) => {
            let errors = FieldErrors::take(error)?;
            page_with_errors(&build(&ctx, &station, &known, &form, errors, true)?)
        }
    }
}

/// What the form says: a fact that it doesn't name stays as it is.
fn said(ctx: &Ctx, form: &FormData) -> Result<Means, Error> {
    let mut errors = FieldErrors::new();
    let mut means = Means::default();
    for fact in &ctx.app.rules.accessibility().facts {
        let field = format!("fact.{}", fact.id);
        if form.text(&field).is_empty() {
            continue;
        }
        let Some(word) = Word::parse(form.text(&field)) else {
            errors.add(field, ctx.t.form_choice());
            continue;
        };
        let text = form.text(&format!("number.{}", fact.id)).to_owned();
        let number = if text.is_empty() || fact.measure.is_none() {
            None
        } else if let Ok(number) = text.parse() {
            Some(number)
        } else {
            errors.add(format!("number.{}", fact.id), ctx.t.access_measure_form());
            None
        };
        means.set(fact.id.clone(), Known { word, number });
    }
    errors.done()?;
    Ok(means)
}

fn filled(ctx: &Ctx, known: &StationMeans) -> FormData {
    let mut fields = vec![("based_on".to_owned(), known.version.to_string())];
    for fact in &ctx.app.rules.accessibility().facts {
        let now = known.means.get(&fact.id);
        fields.push((format!("fact.{}", fact.id), now.word.as_str().to_owned()));
        let number = now.number.map_or_else(String::new, |n| n.to_string());
        fields.push((format!("number.{}", fact.id), number));
    }
    FormData::from_fields(fields)
}

fn field(t: T, fact: &Fact, form: &FormData, errors: &FieldErrors) -> Field {
    let name = format!("fact.{}", fact.id);
    let current = match form.text(&name) {
        "" => Word::Unknown.as_str(),
        text => text,
    };
    let choices = Word::ALL
        .iter()
        .map(|word| Choice::new(word.as_str(), super::mark(t, *word).text, current))
        .collect();
    let number = fact.measure.as_ref().map(|measure| {
        let name = format!("number.{}", fact.id);
        let limit = match (measure.counts_from, measure.counts_to) {
            (Some(from), _) => t.access_counts_from(from.to_string(), words(t, &measure.unit)),
            (None, Some(to)) => t.access_counts_to(to.to_string(), words(t, &measure.unit)),
            (None, None) => String::new(),
        };
        Number {
            label: words(t, &measure.name),
            hint: limit,
            unit: words(t, &measure.unit),
            value: form.text(&name).chars().take(20).collect(),
            error: errors.of(&name).to_owned(),
            name,
        }
    });
    Field {
        legend: words(t, &fact.name),
        hint: fact.hint.as_ref().map_or_else(String::new, |h| words(t, h)),
        choices,
        error: errors.of(&name).to_owned(),
        number,
        name,
    }
}

fn build(
    ctx: &Ctx,
    station: &Station,
    known: &StationMeans,
    form: &FormData,
    errors: FieldErrors,
    may_record: bool,
) -> Result<StationPage, Error> {
    let t = ctx.t;
    let rules = ctx.app.rules.accessibility();
    let title = t.stations_one(station.number.to_string());
    let zone = station.time_zone()?;
    Ok(StationPage {
        s: ctx.shell("office", t.access_station_title(), crumbs(ctx, &title)),
        id: station.id.clone(),
        title,
        place: format!(
            "{} · {}",
            station.names.get(t.lang),
            station.address.get(t.lang)
        ),
        entered: known.made_at.map_or_else(
            || t.access_never(),
            |at| {
                let cause = t.word(&format!("access-cause-{}", known.cause));
                t.access_entered(cause, instant_long(t.lang, at, &zone))
            },
        ),
        remarks: remarks(ctx, &known.means),
        groups: rules
            .groups
            .iter()
            .map(|group| Group {
                title: words(t, &group.title),
                facts: rules
                    .of_group(&group.id)
                    .map(|fact| field(t, fact, form, &errors))
                    .collect(),
            })
            .collect(),
        views: group_views(ctx, &known.means),
        version: known.version,
        may_record,
        errors,
    })
}
