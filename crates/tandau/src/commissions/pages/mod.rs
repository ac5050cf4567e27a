//! Pages of commissions: the chain and who sits in it, decisions; in the office, seats and decisions.

mod basis;
mod concerns;
mod decision;
mod fields;
mod list;
mod office_act;
mod office_decision;
mod office_members;
mod show;

pub use basis::{BasisFields, own_commission, read_basis, read_needed_basis, titled};
pub use fields::{DecisionFields, read_decision};

use super::model::{Commission, Decision};
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::i18n::date_short;
use crate::platform::web::{Crumb, Ctx, Guard, Routes, day};
use crate::platform::{Error, T, areas, ids};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;

/// Routes of the room.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/commissions", Guard::Public, list::page)
        .get("/commissions/{id}", Guard::Public, show::page)
        .get("/decisions/{id}", Guard::Public, decision::page)
        .get(
            "/office/commissions/{id}/members",
            Guard::Power(Action::MemberSeat),
            office_members::page,
        )
        .post(
            "/office/commissions/{id}/members",
            Guard::Power(Action::MemberSeat),
            office_members::seat,
        )
        .post(
            "/office/commissions/{id}/members/{member}/end",
            Guard::Power(Action::MemberSeat),
            office_members::end,
        )
        .get(
            "/office/commissions/{id}/decisions/new",
            Guard::Power(Action::DecisionRecord),
            office_decision::page,
        )
        .post(
            "/office/commissions/{id}/decisions/new",
            Guard::Power(Action::DecisionRecord),
            office_decision::record,
        )
        .get(
            "/office/acts/new",
            Guard::Power(Action::ActRecord),
            office_act::page,
        )
        .post(
            "/office/acts/new",
            Guard::Power(Action::ActRecord),
            office_act::record,
        )
}

/// `?as_of=YYYY-MM-DD`.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct AsOf {
    #[serde(default)]
    as_of: String,
}

impl AsOf {
    /// The day asked for, today without one.
    pub(crate) fn day(&self, ctx: &Ctx) -> Result<Date, Error> {
        if self.as_of.is_empty() {
            return Ok(ctx.app.today());
        }
        self.as_of
            .parse()
            .map_err(|_| Error::field("as_of", ctx.t.form_date()))
    }

    /// The first moment that no longer counts: the end of the day asked for, never later than just after now.
    pub(crate) fn before(&self, ctx: &Ctx) -> Result<Timestamp, Error> {
        Ok(day::before(&ctx.app, &self.as_of, &ctx.t.form_date())?.0)
    }

    /// Whether a day was asked for.
    pub(crate) const fn is_asked(&self) -> bool {
        !self.as_of.is_empty()
    }

    /// `?as_of=…` for links that keep the day; empty without one.
    pub(crate) fn query(&self) -> String {
        match self.as_of.parse::<Date>() {
            Ok(day) => format!("?as_of={day}"),
            Err(_) => String::new(),
        }
    }
}

/// An id from an address, before it reaches a query.
pub(crate) fn id_of(text: &str) -> Result<&str, Error> {
    if ids::is_id(text) {
        Ok(text)
    } else {
        Err(Error::NotFound)
    }
}

/// The code of the area of whoever fills in a form; empty for an office without one.
pub(crate) async fn home_code(ctx: &Ctx) -> Result<String, Error> {
    let acting = ctx.acting()?;
    let Some(home) = acting.actor().home_area() else {
        return Ok(String::new());
    };
    let mut reader = ctx.read().await?;
    Ok(areas::by_id(&mut reader, home, ctx.app.today()).await?.code)
}

/// The way to a page of an area: its areas from the top down, without the country where there is more.
pub(crate) async fn crumbs(
    connection: &mut Connection,
    ctx: &Ctx,
    area_id: &str,
    here: String,
) -> Result<Vec<Crumb>, Error> {
    crumbs_on(connection, ctx, area_id, ctx.app.today(), here).await
}

/// The same as of a day: where the area lay then.
pub(crate) async fn crumbs_on(
    connection: &mut Connection,
    ctx: &Ctx,
    area_id: &str,
    day: Date,
    here: String,
) -> Result<Vec<Crumb>, Error> {
    let mut crumbs = vec![Crumb::to("/", ctx.t.shell_nav_home())];
    for area in areas::path_on(connection, area_id, day).await? {
        if area.kind != "precinct" {
            crumbs.push(Crumb::to(
                format!("/areas/{}", area.code),
                area.names.get(ctx.lang()),
            ));
        }
    }
    crumbs.push(Crumb::here(here));
    Ok(crumbs)
}

/// A commission in a list.
pub(crate) struct Line {
    pub(crate) href: String,
    pub(crate) name: String,
    pub(crate) size: u64,
    pub(crate) below: u64,
}

impl Line {
    pub(crate) fn new(commission: &Commission, t: T, query: &str, below: u64) -> Self {
        Self {
            href: format!("/commissions/{}{query}", commission.id),
            name: commission.name(t),
            size: commission.size,
            below,
        }
    }
}

/// A decision in a list.
pub(crate) struct DecisionLine {
    pub(crate) href: String,
    pub(crate) day: String,
    pub(crate) number: String,
    pub(crate) title: String,
    pub(crate) body: String,
}

impl DecisionLine {
    pub(crate) fn new(decision: &Decision, t: T) -> Self {
        Self {
            href: format!("/decisions/{}", decision.id),
            day: date_short(t.lang, decision.decided_on),
            number: decision.number.clone(),
            title: decision.title.get(t.lang).to_owned(),
            body: decision.body.get(t.lang).to_owned(),
        }
    }
}

/// A word of the room that is put together at run time, the general one where it has none of its own.
pub(crate) fn kind_name(t: T, kind: &str) -> String {
    t.dynamic(&format!("commissions-kind-{}", kind.replace('_', "-")))
        .unwrap_or_else(|| t.commissions_kind_other())
}
