//! Pages: the phone of whoever marks themselves, the trainer's screen, lists on paper, the two reconciled.

mod attendance;
mod correct;
mod here;
mod screen;
mod sheet;

use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::i18n::{instant_short, number};
use crate::platform::web::{Crumb, Ctx, Guard, Routes};
use crate::platform::{Error, Lang, T, areas, ids};
use crate::training::model::Session;
use crate::training::queries as sessions;
use jiff::tz::TimeZone;

/// Routes of presence.
#[must_use]
pub fn routes() -> Routes {
    let run = Guard::Power(Action::TrainingRun);
    Routes::new()
        .get("/office/training/here", Guard::SignedIn, here::list)
        .get(
            "/office/training/here/{session}",
            Guard::SignedIn,
            here::form,
        )
        .post(
            "/office/training/here/{session}",
            Guard::SignedIn,
            here::mark,
        )
        .get("/office/training/sessions/{id}/screen", run, screen::screen)
        .get(
            "/office/training/sessions/{id}/attendance",
            run,
            attendance::show,
        )
        .post(
            "/office/training/sessions/{id}/attendance",
            run,
            attendance::decide,
        )
        .post(
            "/office/training/sessions/{id}/attendance/close",
            run,
            attendance::close,
        )
        .get("/office/training/sessions/{id}/correct", run, correct::form)
        .post(
            "/office/training/sessions/{id}/correct",
            run,
            correct::correct,
        )
        .get("/office/training/sessions/{id}/sheet", run, sheet::form)
        .post("/office/training/sessions/{id}/sheet", run, sheet::key)
        .post(
            "/office/training/sessions/{id}/sheets/{sheet}/withdraw",
            run,
            sheet::withdraw,
        )
        .post(
            "/office/training/sessions/{id}/sheets/{sheet}/lines/{place}",
            run,
            sheet::name,
        )
        .get(
            "/office/training/sessions/{id}/sheets/{sheet}/photos/{place}",
            run,
            sheet::photo,
        )
}

/// A session with what its pages show of it.
struct At {
    session: Session,
    title: String,
    place: String,
    when: String,
    zone: TimeZone,
}

impl At {
    async fn read(ctx: &Ctx, connection: &mut Connection, id: &str) -> Result<Self, Error> {
        if !ids::is_id(id) {
            return Err(Error::NotFound);
        }
        let t = ctx.t;
        let session = sessions::session(connection, id).await?;
        let programme = sessions::programme(connection, &session.says.programme_id).await?;
        let area = areas::by_id(connection, &session.says.area_id, ctx.app.today()).await?;
        let zone = area.time_zone()?;
        Ok(Self {
            title: programme.says.title.get(t.lang).to_owned(),
            place: format!(
                "{}, {}",
                session.says.place.get(t.lang),
                area.names.get(t.lang)
            ),
            when: instant_short(t.lang, session.says.starts_at, &zone),
            zone,
            session,
        })
    }

    /// The same for whoever may run the session.
    async fn run(ctx: &Ctx, connection: &mut Connection, id: &str) -> Result<Self, Error> {
        let at = Self::read(ctx, connection, id).await?;
        let area = &at.session.says.area_id;
        ctx.acting()?
            .require(connection, Action::TrainingRun, area, None)
            .await?;
        Ok(at)
    }

    fn href(&self) -> String {
        format!("/office/training/sessions/{}", self.session.says.id)
    }

    /// The way to a page of the session.
    fn crumbs(&self, ctx: &Ctx, here: &str) -> Vec<Crumb> {
        let t = ctx.t;
        let mut crumbs = vec![
            Crumb::to("/office", t.shell_nav_office()),
            Crumb::to(self.href(), self.title.as_str()),
        ];
        if here != t.presence_title() {
            crumbs.push(Crumb::to(
                format!("{}/attendance", self.href()),
                t.presence_title(),
            ));
        }
        crumbs.push(Crumb::here(here));
        crumbs
    }
}

fn n(t: T, count: u64) -> String {
    number(t.lang, count)
}

fn plain_count(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// A name by id; a dash where nobody has it.
fn named<'n>(
    names: &'n std::collections::BTreeMap<String, crate::platform::Names>,
    id: &str,
    lang: Lang,
) -> &'n str {
    names.get(id).map_or("–", |n| n.get(lang))
}
