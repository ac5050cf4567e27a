//! `/office/training/plans`: halls and trainers of an area, plans asked for.

use super::crumbs;
use crate::commissions::pages::home_code;
use crate::elections::pages::choices;
use crate::platform::access::Action;
use crate::platform::i18n::{date_short, instant_short};
use crate::platform::web::fields::{area_of, names, seen};
use crate::platform::web::{
    Choice, Ctx, FieldErrors, FormData, Shell, page as render, page_with_status, see,
};
use crate::platform::{Error, Names, degrees, ids};
use crate::training::pages::level as level_word;
use crate::training::planner::model::{Hall, NewHall, NewPlan, NewTrainer, State, Trainer, levels};
use crate::training::planner::store::{self, plans};
use crate::training::planner::{actions, job};
use crate::training::queries;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;

/// Which area is looked at.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    area: String,
}

struct HallLine {
    id: String,
    version: u64,
    name: Names,
    title: String,
    seats: u64,
    latitude: String,
    longitude: String,
    retired: bool,
}

struct TrainerLine {
    person: String,
    version: u64,
    name: String,
    latitude: String,
    longitude: String,
    away: String,
    retired: bool,
}

struct PlanLine {
    href: String,
    made: String,
    level: String,
    starts: String,
    shape: &'static str,
    state: String,
    complete: String,
}

#[derive(Template)]
#[template(path = "training/planner/pages/lists.html")]
struct ListsPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    area: String,
    elections: Vec<Choice>,
    programmes: Vec<Choice>,
    levels: Vec<Choice>,
    people: Vec<Choice>,
    halls: Vec<HallLine>,
    trainers: Vec<TrainerLine>,
    plans: Vec<PlanLine>,
    new_hall: String,
    new_plan: String,
}

/// Shape and word of a state.
pub(super) fn state(ctx: &Ctx, state: State) -> (&'static str, String) {
    let shape = match state {
        State::Waiting | State::Running => "partial",
        State::Done => "open",
        State::Taken => "done",
        State::Failed => "trouble",
    };
    (
        shape,
        ctx.t.word(&format!("planner-state-{}", state.as_str())),
    )
}

/// Levels whose sessions are planned; without a choice the last one, at which stations are covered.
fn level_choices(ctx: &Ctx, form: &FormData) -> Vec<Choice> {
    let current = match form.text("level") {
        "" => last_level(ctx).to_string(),
        typed => typed.to_owned(),
    };
    levels(&ctx.app.rules.training().cascade)
        .map(|(number, _)| Choice::new(number.to_string(), level_word(ctx, number), &current))
        .collect()
}

fn last_level(ctx: &Ctx) -> u64 {
    let all = levels(&ctx.app.rules.training().cascade);
    all.last().map_or(0, |(number, _)| number)
}

fn hall_line(ctx: &Ctx, hall: Hall) -> HallLine {
    HallLine {
        version: hall.version,
        title: hall.says.name.get(ctx.lang()).to_owned(),
        seats: hall.says.seats,
        latitude: degrees::write(hall.says.place.0),
        longitude: degrees::write(hall.says.place.1),
        retired: hall.says.retired,
        name: hall.says.name,
        id: hall.says.id,
    }
}

fn trainer_line(ctx: &Ctx, trainer: Trainer) -> TrainerLine {
    let away: Vec<String> = trainer.says.away.iter().map(ToString::to_string).collect();
    TrainerLine {
        version: trainer.version,
        name: trainer.name.get(ctx.lang()).to_owned(),
        latitude: degrees::write(trainer.says.place.0),
        longitude: degrees::write(trainer.says.place.1),
        away: away.join(" "),
        retired: trainer.says.retired,
        person: trainer.says.person_id,
    }
}

async fn build(
    ctx: &Ctx,
    code: &str,
    form: FormData,
    errors: FieldErrors,
) -> Result<ListsPage, Error> {
    let t = ctx.t;
    let code = if code.is_empty() {
        home_code(ctx).await?
    } else {
        code.to_owned()
    };
    let area = area_of(ctx, &code).await?.ok_or(Error::NotFound)?;
    let mut reader = ctx.read().await?;
    ctx.acting()?
        .require(&mut reader, Action::TrainingPlan, &area, None)
        .await?;
    let halls = store::halls(&mut reader, &area).await?;
    let trainers = store::trainers(&mut reader, &area).await?;
    let plans = plans::under(&mut reader, &area).await?;
    let programmes = queries::programmes(&mut reader).await?;
    let people = store::members(&mut reader, &area, ctx.app.today()).await?;
    let elections = choices(ctx, &mut reader, t.learning_choose(), form.text("election")).await?;
    drop(reader);
    Ok(ListsPage {
        s: ctx.shell("office", t.planner_title(), crumbs(ctx, None)),
        elections,
        programmes: programmes
            .iter()
            .map(|p| {
                let title = p.says.title.get(t.lang);
                Choice::new(p.says.id.clone(), title, form.text("programme"))
            })
            .collect(),
        people: people
            .into_iter()
            .map(|(id, name)| Choice::new(id, name.get(t.lang), form.text("person")))
            .collect(),
        levels: level_choices(ctx, &form),
        halls: halls.into_iter().map(|h| hall_line(ctx, h)).collect(),
        trainers: trainers.into_iter().map(|t| trainer_line(ctx, t)).collect(),
        plans: plans
            .into_iter()
            .map(|p| {
                let (shape, state) = state(ctx, p.state);
                PlanLine {
                    href: format!("/office/training/plans/{}", p.asked.id),
                    made: instant_short(t.lang, p.made_at, &ctx.app.home_zone),
                    level: level_word(ctx, p.asked.level),
                    starts: date_short(t.lang, p.asked.starts_on),
                    shape,
                    state,
                    complete: p
                        .complete_on
                        .parse()
                        .map_or_else(|_| "–".to_owned(), |day| date_short(t.lang, day)),
                }
            })
            .collect(),
        new_hall: ids::new_id(),
        new_plan: ids::new_id(),
        area: code,
        errors,
        form,
    })
}

pub(super) async fn page(ctx: Ctx, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let nothing = (FormData::default(), FieldErrors::new());
    render(&build(&ctx, &asked.area, nothing.0, nothing.1).await?)
}

async fn after(
    ctx: &Ctx,
    form: FormData,
    word: &str,
    done: Result<(), Error>,
) -> Result<Response, Error> {
    let area = form.text("area").to_owned();
    match done {
        Ok(()) => Ok(see(&format!(
            "/office/training/plans?area={}&done={word}",
            plain(&area)
        ))),
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "area")?;
            page_with_status(&build(ctx, &area, form, errors).await?, status)
        }
    }
}

/// A code as it may stand in an address.
fn plain(code: &str) -> String {
    let fits = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    code.chars().filter(fits).take(60).collect()
}

async fn area(ctx: &Ctx, form: &FormData) -> Result<String, Error> {
    let area = area_of(ctx, form.text("area")).await?;
    area.ok_or_else(|| Error::field("area", ctx.t.surveys_area_unknown()))
}

fn place(ctx: &Ctx, form: &FormData, errors: &mut FieldErrors) -> (i64, i64) {
    let mut one = |name: &str, most: u64| {
        let read = degrees::read(form.text(name), 6).filter(|value| degrees::fits(*value, most));
        if read.is_none() {
            errors.add(name, ctx.t.planner_degrees_form());
        }
        read.unwrap_or(0)
    };
    (one("latitude", 90), one("longitude", 180))
}

pub(super) async fn hall(ctx: Ctx, form: FormData) -> Result<Response, Error> {
    let done = async {
        let area_id = area(&ctx, &form).await?;
        let mut errors = FieldErrors::new();
        let seats = errors.count(ctx.t, &form, "seats").unwrap_or(0);
        let place = place(&ctx, &form, &mut errors);
        errors.done()?;
        let new = NewHall {
            id: form.text("id").to_owned(),
            area_id,
            name: names(&form, "name"),
            seats,
            place,
            retired: form.ticked("retired"),
        };
        actions::set_hall(&ctx.acting()?, seen(&form), new).await
    };
    let done = done.await;
    after(&ctx, form, "planner-hall-set", done).await
}

pub(super) async fn trainer(ctx: Ctx, form: FormData) -> Result<Response, Error> {
    let done = async {
        let area_id = area(&ctx, &form).await?;
        let mut errors = FieldErrors::new();
        let place = place(&ctx, &form, &mut errors);
        let mut away = Vec::new();
        for day in form.text("away").split_whitespace() {
            match day.trim_end_matches(',').parse() {
                Ok(day) => away.push(day),
                Err(_) => errors.add("away", ctx.t.form_date()),
            }
        }
        errors.done()?;
        let new = NewTrainer {
            person_id: form.text("person").to_owned(),
            area_id,
            place,
            away,
            retired: form.ticked("retired"),
        };
        actions::set_trainer(&ctx.acting()?, seen(&form), new).await
    };
    let done = done.await;
    after(&ctx, form, "planner-trainer-set", done).await
}

pub(super) async fn ask(ctx: Ctx, form: FormData) -> Result<Response, Error> {
    let done = async {
        let area_id = area(&ctx, &form).await?;
        let mut errors = FieldErrors::new();
        let starts_on = errors.date(ctx.t, &form, "starts_on");
        let level = match form.text("level") {
            "" => Some(last_level(&ctx)),
            typed => typed.parse().ok(),
        };
        if level.is_none() {
            errors.add("level", ctx.t.form_choice());
        }
        errors.done()?;
        let new = NewPlan {
            id: form.text("id").to_owned(),
            election_id: form.text("election").to_owned(),
            programme_id: form.text("programme").to_owned(),
            area_id,
            level: level.unwrap_or_default(),
            starts_on: starts_on.ok_or_else(|| Error::field("starts_on", ctx.t.form_date()))?,
        };
        let id = new.id.clone();
        actions::ask(&ctx.acting()?, new).await?;
        Ok(id)
    };
    match done.await {
        Ok(id) => {
            job::begin(ctx.app.clone(), id.clone());
            Ok(see(&format!("/office/training/plans/{id}")))
        }
        Err(error) => after(&ctx, form, "", Err(error)).await,
    }
}
