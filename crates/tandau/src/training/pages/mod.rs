//! Pages of training: the office plans and records, everybody sees what was held, each member their own way.

mod cascade;
mod files;
mod held;
mod list;
mod module;
mod module_form;
mod own;
mod programme_form;
mod programmes;
mod public;
mod replace;
mod session;
mod session_form;
mod tree;

use super::model::{NewSession, Session, SessionState};
use super::queries;
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::i18n::{date_short, language, time_of};
use crate::platform::web::fields::{names, pair, seen, three};
use crate::platform::web::{Crumb, Ctx, Guard, Routes};
use crate::platform::{Error, Lang, T, areas, ids};
use electoral::Text;
use jiff::tz::TimeZone;

/// Routes of programmes, sessions and the cascade.
#[must_use]
pub fn routes() -> Routes {
    let follows = Guard::Power(Action::TrainingFollow);
    let makes = Guard::Power(Action::TrainingMake);
    Routes::new()
        .get("/training", Guard::Public, public::list)
        .get("/training.csv", Guard::Public, files::csv)
        .get("/training.json", Guard::Public, files::json)
        .get("/training/sessions/{id}", Guard::Public, public::session)
        .get("/office/training", follows, list::page)
        .get("/office/training/cascade", follows, cascade::page)
        .get("/office/training/own", Guard::SignedIn, own::page)
        .get("/office/training/programmes", follows, programmes::list)
        .get(
            "/office/training/programmes/new",
            makes,
            programme_form::new,
        )
        .post(
            "/office/training/programmes/new",
            makes,
            programme_form::create,
        )
        .get(
            "/office/training/programmes/{id}",
            follows,
            programmes::page,
        )
        .post(
            "/office/training/programmes/{id}/move",
            makes,
            programmes::move_on,
        )
        .get(
            "/office/training/programmes/{id}/edit",
            makes,
            programme_form::editing,
        )
        .post(
            "/office/training/programmes/{id}/edit",
            makes,
            programme_form::edit,
        )
        .get(
            "/office/training/programmes/{id}/modules/new",
            makes,
            module_form::new,
        )
        .post(
            "/office/training/programmes/{id}/modules/new",
            makes,
            module_form::add,
        )
        .get("/office/training/modules/{id}", follows, module::page)
        .get(
            "/office/training/materials/{file}",
            Guard::SignedIn,
            module::file,
        )
        .get(
            "/office/training/modules/{id}/edit",
            makes,
            module_form::editing,
        )
        .post(
            "/office/training/modules/{id}/edit",
            makes,
            module_form::edit,
        )
        .and(of_sessions(follows))
}

/// Routes of one session in the office.
fn of_sessions(follows: Guard) -> Routes {
    let plans = Guard::Power(Action::TrainingPlan);
    let runs = Guard::Power(Action::TrainingRun);
    Routes::new()
        .get("/office/training/sessions/new", plans, session_form::new)
        .post("/office/training/sessions/new", plans, session_form::plan)
        .get("/office/training/sessions/{id}", follows, session::page)
        .get(
            "/office/training/sessions/{id}/edit",
            plans,
            session_form::editing,
        )
        .post(
            "/office/training/sessions/{id}/edit",
            plans,
            session_form::edit,
        )
        .post(
            "/office/training/sessions/{id}/cancel",
            plans,
            session::cancel,
        )
        .post(
            "/office/training/sessions/{id}/invite",
            plans,
            session::invite,
        )
        .post(
            "/office/training/sessions/{id}/withdraw",
            plans,
            session::withdraw,
        )
        .get(
            "/office/training/sessions/{id}/replace",
            plans,
            replace::page,
        )
        .post(
            "/office/training/sessions/{id}/replace",
            plans,
            replace::replace,
        )
        .get("/office/training/sessions/{id}/held", runs, held::page)
        .post("/office/training/sessions/{id}/held", runs, held::held)
}

/// The words of a rule in a language of the site.
pub(in crate::training) fn words(text: &Text, lang: Lang) -> &str {
    text.get(language(lang))
}

/// What a level is called; its number where the rules do not know it.
pub(in crate::training) fn level(ctx: &Ctx, number: u64) -> String {
    let rules = &ctx.app.rules.training().cascade;
    match rules.level(number) {
        Some(level) => words(&level.title, ctx.lang()).to_owned(),
        None => number.to_string(),
    }
}

/// The way to a page of training in the office; `steps` stand between.
pub(in crate::training) fn crumbs(ctx: &Ctx, steps: Vec<Crumb>, here: String) -> Vec<Crumb> {
    let mut way = vec![
        Crumb::to("/office", ctx.t.shell_nav_office()),
        Crumb::to("/office/training", ctx.t.training_title()),
    ];
    way.extend(steps);
    way.push(Crumb::here(here));
    way
}

/// Shape and word of a session's state.
pub(in crate::training) fn state(t: T, state: SessionState) -> (&'static str, String) {
    let shape = match state {
        SessionState::Planned => "open",
        SessionState::Held => "done",
        SessionState::Cancelled => "trouble",
    };
    (shape, t.word(&format!("training-state-{}", state.as_str())))
}

/// `02.10.2023, 10:00–13:00`, by the clocks of a zone; with both days where it takes more than one.
pub(in crate::training) fn when(lang: Lang, says: &NewSession, zone: &TimeZone) -> String {
    let day = |at: jiff::Timestamp| at.to_zoned_datetime(zone.clone()).date();
    let (from, until) = (day(says.starts_at), day(says.ends_at));
    let (starts, ends) = (time_of(says.starts_at, zone), time_of(says.ends_at, zone));
    if from == until {
        format!("{}, {starts}–{ends}", date_short(lang, from))
    } else {
        format!(
            "{}, {starts} – {}, {ends}",
            date_short(lang, from),
            date_short(lang, until)
        )
    }
}

/// The zone and the name of a session's area.
pub(in crate::training) async fn area_of(
    ctx: &Ctx,
    reader: &mut Connection,
    area_id: &str,
) -> Result<areas::Area, Error> {
    areas::by_id(reader, area_id, ctx.app.today()).await
}

/// The session of an address, for somebody who has a power over its area.
pub(in crate::training) async fn own_session(
    ctx: &Ctx,
    id: &str,
    action: Action,
) -> Result<Session, Error> {
    if !ids::is_id(id) {
        return Err(Error::NotFound);
    }
    let mut reader = ctx.read().await?;
    let session = queries::session(&mut reader, id).await?;
    ctx.acting()?
        .require(&mut reader, action, &session.says.area_id, None)
        .await?;
    Ok(session)
}

/// Programmes are the centre's: a power over the country is asked for.
async fn centre(ctx: &Ctx) -> Result<(), Error> {
    let mut reader = ctx.read().await?;
    let country = areas::country(&mut reader).await?.ok_or(Error::NotFound)?;
    ctx.acting()?
        .require(&mut reader, Action::TrainingMake, &country, None)
        .await
}
