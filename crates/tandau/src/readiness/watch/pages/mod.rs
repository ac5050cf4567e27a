//! Pages of watching: what goes on, what lies ahead, what is over; a form by hand, a file of others; the public list.

mod fields;
mod file;
mod form;
mod list;
mod public;
mod show;

use super::model::{Event, Phase};
use crate::platform::access::{self, Action};
use crate::platform::areas::{self, Area};
use crate::platform::database::Connection;
use crate::platform::i18n::language;
use crate::platform::web::{Crumb, Ctx, Guard, Routes};
use crate::platform::{Error, T};
use jiff::tz::TimeZone;
use std::collections::HashMap;

/// Routes of watching.
#[must_use]
pub fn routes() -> Routes {
    let records = Guard::Power(Action::WatchRecord);
    let follows = Guard::Power(Action::ReadinessFollow);
    Routes::new()
        .get("/readiness/watch", Guard::Public, public::page)
        .get("/readiness/watch.csv", Guard::Public, public::csv)
        .get("/readiness/watch.json", Guard::Public, public::json)
        .get("/office/watch", follows, list::page)
        .get("/office/watch/new", records, form::new)
        .post("/office/watch/new", records, form::record)
        .get("/office/watch/import", records, file::page)
        .post("/office/watch/import", records, file::upload)
        .get("/office/watch/import/{id}", records, file::preview)
        .post("/office/watch/import/{id}", records, file::take)
        .get("/office/watch/{id}", follows, show::page)
        .get("/office/watch/{id}/correct", records, form::correction)
        .post("/office/watch/{id}/correct", records, form::correct)
        .post("/office/watch/{id}/end", records, show::end)
        .post("/office/watch/{id}/cancel", records, show::cancel)
}

/// The way to a page of watching in the office.
fn crumbs(ctx: &Ctx, here: String, below: bool) -> Vec<Crumb> {
    let mut way = vec![Crumb::to("/office", ctx.t.shell_nav_office())];
    if below {
        way.push(Crumb::to("/office/watch", ctx.t.watch_title()));
    }
    way.push(Crumb::here(here));
    way
}

/// Shape and word of a phase.
fn phase(t: T, phase: Phase, late: bool) -> (&'static str, String) {
    let shape = match phase {
        _ if late => "trouble",
        Phase::Expected => "partial",
        Phase::Ongoing => "attention",
        Phase::Ended => "done",
        Phase::Cancelled => "open",
    };
    let word = if late {
        t.watch_phase_late()
    } else {
        t.word(&format!("watch-phase-{}", phase.as_str()))
    };
    (shape, word)
}

/// Whether the reader may know of an event. What everybody may know is open to every office that follows readiness; an
/// alert that its sender restricted only to offices of its areas: in them, around them or within them.
async fn may_see(
    ctx: &Ctx,
    connection: &mut Connection,
    places: &mut Places,
    event: &Event,
) -> Result<bool, Error> {
    let acting = ctx.acting()?;
    let actor = acting.actor();
    if event.public || actor.is_operator() {
        return Ok(true);
    }
    for grant in &actor.grants {
        if places
            .touch(connection, &event.now.said.areas, &grant.area_id)
            .await?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Name of a kind.
fn kind(ctx: &Ctx, id: &str) -> String {
    match ctx.app.rules.watch().kind(id) {
        Some(kind) => in_language(ctx, &kind.title),
        None => id.to_owned(),
    }
}

fn in_language(ctx: &Ctx, text: &electoral::Text) -> String {
    text.get(language(ctx.lang())).to_owned()
}

/// Areas that were looked up once.
#[derive(Default)]
struct Places {
    areas: HashMap<String, Area>,
    above: HashMap<String, Vec<String>>,
}

impl Places {
    async fn area(
        &mut self,
        connection: &mut Connection,
        ctx: &Ctx,
        id: &str,
    ) -> Result<Area, Error> {
        if let Some(area) = self.areas.get(id) {
            return Ok(area.clone());
        }
        let area = areas::by_id(connection, id, ctx.app.today()).await?;
        self.areas.insert(id.to_owned(), area.clone());
        Ok(area)
    }

    async fn names(
        &mut self,
        connection: &mut Connection,
        ctx: &Ctx,
        ids: &[String],
    ) -> Result<String, Error> {
        let mut names = Vec::with_capacity(ids.len());
        for id in ids {
            let area = self.area(connection, ctx, id).await?;
            names.push(area.names.get(ctx.lang()).to_owned());
        }
        Ok(names.join(", "))
    }

    /// The zone of the first area.
    async fn zone(
        &mut self,
        connection: &mut Connection,
        ctx: &Ctx,
        ids: &[String],
    ) -> Result<TimeZone, Error> {
        match ids.first() {
            Some(id) => self.area(connection, ctx, id).await?.time_zone(),
            None => Ok(ctx.app.home_zone.clone()),
        }
    }

    /// Whether one of the areas lies in another one, or around it.
    async fn touch(
        &mut self,
        connection: &mut Connection,
        ids: &[String],
        other: &str,
    ) -> Result<bool, Error> {
        let around = self.above(connection, other).await?;
        for id in ids {
            if around.contains(id) || self.above(connection, id).await?.iter().any(|a| a == other) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn above(&mut self, connection: &mut Connection, id: &str) -> Result<Vec<String>, Error> {
        if let Some(above) = self.above.get(id) {
            return Ok(above.clone());
        }
        let above = access::store::ancestors(connection, id).await?;
        self.above.insert(id.to_owned(), above.clone());
        Ok(above)
    }
}
