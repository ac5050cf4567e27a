//! `/office/training/sessions/new` and `…/{id}/edit`: what is planned.

use super::{area_of, crumbs, level, names, own_session, pair, seen, three, words};
use crate::elections::queries as elections;
use crate::platform::access::Action;
use crate::platform::i18n::time_of;
use crate::platform::web::fields::Span;
use crate::platform::web::{
    Choice, Crumb, Ctx, FieldErrors, FormData, Shell, page as render, page_with_status, see,
};
use crate::platform::{Error, areas, degrees, ids};
use crate::stations::queries as stations;
use crate::tasks;
use crate::training::model::{NewSession, ProgrammeState, Session};
use crate::training::{actions, queries};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use jiff::Timestamp;
use serde::Deserialize;

/// What a form is made from.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    election: String,
    #[serde(default)]
    programme: String,
    #[serde(default)]
    level: String,
    #[serde(default)]
    area: String,
}

#[derive(Template)]
#[template(path = "training/pages/session_form.html")]
struct FormPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    action: String,
    title: String,
    editing: bool,
    /// First the programme, the level and the area; then the rest.
    choosing: bool,
    elections: Vec<Choice>,
    programmes: Vec<Choice>,
    levels: Vec<Choice>,
    about: Vec<(String, String)>,
    trainers: Vec<Choice>,
    modules: Vec<Choice>,
}

async fn choices(ctx: &Ctx, form: &FormData) -> Result<[Vec<Choice>; 3], Error> {
    let lang = ctx.lang();
    let mut reader = ctx.read().await?;
    let all = elections::elections(&mut reader).await?;
    let elections = all
        .into_iter()
        .map(|e| Choice::new(e.id, e.title.get(lang), form.text("election")));
    let open = queries::programmes(&mut reader).await?;
    let programmes = open
        .into_iter()
        .filter(|p| p.state == ProgrammeState::Open)
        .map(|p| Choice::new(p.says.id, p.says.title.get(lang), form.text("programme")));
    let rules = &ctx.app.rules.training().cascade;
    let levels = rules.levels.iter().zip(0_u64..).map(|(l, number)| {
        Choice::new(
            number.to_string(),
            words(&l.title, lang),
            form.text("level"),
        )
    });
    Ok([elections.collect(), programmes.collect(), levels.collect()])
}

/// What a form asks for, before it is known whether it can be: only what belongs together.
async fn frame(ctx: &Ctx, form: &FormData) -> Result<NewSession, Error> {
    let mut errors = FieldErrors::new();
    let mut reader = ctx.read().await?;
    let code = form.text("area");
    let found = areas::by_typed_code(&mut reader, code, ctx.app.today()).await?;
    if found.is_none() {
        errors.add("area", ctx.t.areas_unknown());
    }
    let level = form.text("level").parse().ok();
    if level.is_none() {
        errors.add("level", ctx.t.form_choice());
    }
    for field in ["election", "programme"] {
        if !ids::is_id(form.text(field)) {
            errors.add(field, ctx.t.form_choice());
        }
    }
    errors.done()?;
    match queries::programme(&mut reader, form.text("programme")).await {
        Err(Error::NotFound) => return Err(Error::field("programme", ctx.t.form_choice())),
        other => other?,
    };
    Ok(NewSession {
        id: form.text("id").to_owned(),
        election_id: form.text("election").to_owned(),
        programme_id: form.text("programme").to_owned(),
        area_id: found.unwrap_or_default(),
        level: level.unwrap_or_default(),
        place: names(form, "place"),
        station_id: None,
        coordinates: None,
        starts_at: Timestamp::MIN,
        ends_at: Timestamp::MIN,
        seats: 0,
        modules: form.all("module").map(str::to_owned).collect(),
        trainers: form.all("trainer").map(str::to_owned).collect(),
    })
}

async fn build(
    ctx: &Ctx,
    form: FormData,
    errors: FieldErrors,
    (frame, known): (Option<&NewSession>, Option<&Session>),
) -> Result<FormPage, Error> {
    let t = ctx.t;
    let title = match known {
        Some(_) => t.training_session_edit(),
        None => t.training_session_new(),
    };
    let [elections, programmes, levels] = choices(ctx, &form).await?;
    let (mut trainers, mut modules, mut about) = (Vec::new(), Vec::new(), Vec::new());
    if let Some(frame) = frame {
        let mut reader = ctx.read().await?;
        let area = area_of(ctx, &mut reader, &frame.area_id).await?;
        let programme = queries::programme(&mut reader, &frame.programme_id).await?;
        about = vec![
            (
                t.training_programme(),
                programme.says.title.get(t.lang).to_owned(),
            ),
            (t.training_level(), level(ctx, frame.level)),
            (t.training_area(), area.names.get(t.lang).to_owned()),
        ];
        let chosen: Vec<&str> = form.all("trainer").collect();
        for one in queries::might_train(&mut reader, &ctx.app, frame, ctx.app.today()).await? {
            let mut choice = Choice::new(one.id, one.names.get(t.lang), "");
            choice.checked = chosen.contains(&choice.value.as_str());
            trainers.push(choice);
        }
        let chosen: Vec<&str> = form.all("module").collect();
        for one in queries::modules(&mut reader, &frame.programme_id).await? {
            if one.says.retired {
                continue;
            }
            let text = format!("{} · {}", one.says.key, one.says.title.get(t.lang));
            let mut choice = Choice::new(one.says.id, text, "");
            choice.checked = chosen.contains(&choice.value.as_str());
            modules.push(choice);
        }
    }
    let steps = known.map_or_else(Vec::new, |known| {
        let href = format!("/office/training/sessions/{}", known.says.id);
        vec![Crumb::to(href, t.training_session())]
    });
    Ok(FormPage {
        s: ctx.shell("office", title.clone(), crumbs(ctx, steps, title.clone())),
        action: match known {
            Some(known) => format!("/office/training/sessions/{}/edit", known.says.id),
            None => "/office/training/sessions/new".to_owned(),
        },
        editing: known.is_some(),
        choosing: frame.is_none(),
        title,
        errors,
        form,
        elections,
        programmes,
        levels,
        about,
        trainers,
        modules,
    })
}

pub(super) async fn new(ctx: Ctx, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let acting = ctx.acting()?;
    let chosen = !asked.programme.is_empty();
    let mut fields = vec![
        pair("id", ids::new_id()),
        pair("election", asked.election),
        pair("programme", asked.programme),
        pair("level", asked.level),
        pair("area", asked.area),
        pair("seats", "60"),
        pair("starts", "10:00"),
        pair("ends", "13:00"),
        pair("day", ctx.app.today().to_string()),
    ];
    if !chosen {
        // One's own area and level, to begin with.
        let mut reader = ctx.read().await?;
        let own = acting.areas_with(&mut reader, Action::TrainingPlan).await?;
        if let Some(own) = own.first() {
            fields.retain(|(name, _)| name != "area" && name != "level");
            fields.push(pair("area", area_of(&ctx, &mut reader, own).await?.code));
        }
        let role = acting
            .actor()
            .grants
            .first()
            .map(|g| g.role.as_str().to_owned());
        let role = role.unwrap_or_default();
        let rules = &ctx.app.rules.training().cascade;
        let place = rules
            .levels
            .iter()
            .position(|l| role.starts_with(&l.commission));
        fields.push(pair("level", place.unwrap_or(0).to_string()));
        drop(reader);
        let form = FormData::from_fields(fields);
        let page = build(&ctx, form, FieldErrors::new(), (None, None)).await?;
        return render(&page);
    }
    let form = FormData::from_fields(fields);
    match frame(&ctx, &form).await {
        Ok(frame) => {
            // Every module is ticked to begin with.
            let mut fields = form.fields().to_vec();
            let mut reader = ctx.read().await?;
            for module in queries::modules(&mut reader, &frame.programme_id).await? {
                fields.push(pair("module", module.says.id));
            }
            drop(reader);
            let form = FormData::from_fields(fields);
            render(&build(&ctx, form, FieldErrors::new(), (Some(&frame), None)).await?)
        }
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "")?;
            page_with_status(&build(&ctx, form, errors, (None, None)).await?, status)
        }
    }
}

/// What the form says. Times are those of the clocks of the session's area.
async fn read(ctx: &Ctx, form: &FormData, mut new: NewSession) -> Result<NewSession, Error> {
    let t = ctx.t;
    let mut errors = FieldErrors::new();
    let wrong = t.training_time_form();
    let span = Span::read(t, form, "last_day", &wrong, &mut errors);
    new.seats = errors.count(t, form, "seats").unwrap_or(0);
    let at = form.text("coordinates");
    new.coordinates = degrees::read_pair(at);
    if !at.is_empty() && new.coordinates.is_none() {
        errors.add("coordinates", t.training_coordinates_form());
    }
    errors.done()?;
    let mut reader = ctx.read().await?;
    let zone = area_of(ctx, &mut reader, &new.area_id).await?.time_zone()?;
    let span = span.ok_or_else(|| Error::field("day", t.form_date()))?;
    (new.starts_at, new.ends_at) = span.moments(&zone)?;
    let station = tasks::station(ctx, &mut reader, form.text("station"), &new.area_id).await?;
    new.station_id = station.map(|(id, _)| id);
    new.place = names(form, "place");
    Ok(new)
}

pub(super) async fn plan(ctx: Ctx, form: FormData) -> Result<Response, Error> {
    let frame = match frame(&ctx, &form).await {
        Ok(frame) => frame,
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "")?;
            return page_with_status(&build(&ctx, form, errors, (None, None)).await?, status);
        }
    };
    {
        let mut reader = ctx.read().await?;
        let acting = ctx.acting()?;
        let power = Action::TrainingPlan;
        acting
            .require(&mut reader, power, &frame.area_id, None)
            .await?;
    }
    let done = async {
        let new = read(&ctx, &form, frame.clone()).await?;
        actions::plan(&ctx.acting()?, new).await
    };
    match done.await {
        Ok(session) => Ok(see(&format!(
            "/office/training/sessions/{}?done=training-planned",
            session.says.id
        ))),
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "")?;
            page_with_status(
                &build(&ctx, form, errors, (Some(&frame), None)).await?,
                status,
            )
        }
    }
}

pub(super) async fn editing(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let session = own_session(&ctx, &id, Action::TrainingPlan).await?;
    let mut reader = ctx.read().await?;
    let says = &session.says;
    let area = area_of(&ctx, &mut reader, &says.area_id).await?;
    let zone = area.time_zone()?;
    let day = |at: Timestamp| at.to_zoned_datetime(zone.clone()).date().to_string();
    let station = match &says.station_id {
        Some(id) => stations::as_of(&mut reader, id, ctx.app.today())
            .await?
            .number
            .to_string(),
        None => String::new(),
    };
    let place = says.coordinates;
    let place = place.map_or_else(String::new, degrees::write_pair);
    let mut fields = vec![
        pair("version", session.version.to_string()),
        pair("station", station),
        pair("coordinates", place),
        pair("seats", says.seats.to_string()),
        pair("day", day(says.starts_at)),
        pair("last_day", day(says.ends_at)),
        pair("starts", time_of(says.starts_at, &zone)),
        pair("ends", time_of(says.ends_at, &zone)),
    ];
    fields.extend(three("place", &says.place));
    for one in queries::trainers(&mut reader, &session).await? {
        fields.push(pair("trainer", one.id));
    }
    for one in queries::texts(&mut reader, &session).await? {
        fields.push(pair("module", one.module_id));
    }
    drop(reader);
    let form = FormData::from_fields(fields);
    let page = build(&ctx, form, FieldErrors::new(), (Some(says), Some(&session))).await?;
    render(&page)
}

pub(super) async fn edit(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let session = own_session(&ctx, &id, Action::TrainingPlan).await?;
    let done = async {
        let mut new = session.says.clone();
        new.modules = form.all("module").map(str::to_owned).collect();
        new.trainers = form.all("trainer").map(str::to_owned).collect();
        let new = read(&ctx, &form, new).await?;
        let acting = ctx.acting()?;
        actions::change(&acting, seen(&form), new, form.text("reason")).await
    };
    match done.await {
        Ok(()) => Ok(see(&format!(
            "/office/training/sessions/{id}?done=training-saved"
        ))),
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "")?;
            let known = (Some(&session.says), Some(&session));
            page_with_status(&build(&ctx, form, errors, known).await?, status)
        }
    }
}
