//! Office pages of protocols: the list, the form on a phone, the view with its checks, the decision.

mod checks;
mod form;
mod list;
mod paper;
mod post;
mod script;
mod step;
mod story;
mod view;
mod words;

use super::model::Protocol;
use super::queries;
use super::sheet::Sheet;
use crate::elections::model::Contest;
use crate::elections::queries as elections;
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::web::{Crumb, Ctx, Guard, Routes};
use crate::platform::{Acting, Error, ids};
use crate::votingday::model::Unit;
use crate::votingday::queries as day;

/// Routes of the room.
#[must_use]
pub fn routes() -> Routes {
    let read = Guard::Power(Action::ProtocolRead);
    let enter = Guard::Power(Action::ProtocolEnter);
    let decide = Guard::Power(Action::ProtocolDecide);
    Routes::new()
        .get("/office/protocols", read, list::list)
        .get("/office/protocols/{contest}/{station}", read, view::show)
        .post("/office/protocols/{contest}/{station}", enter, step::save)
        .get(
            "/office/protocols/{contest}/{station}/paper",
            enter,
            paper::form,
        )
        .post(
            "/office/protocols/{contest}/{station}/paper",
            enter,
            paper::attach,
        )
        .post(
            "/office/protocols/{contest}/{station}/submit",
            enter,
            post::submit,
        )
        .post(
            "/office/protocols/{contest}/{station}/words",
            enter,
            words::save,
        )
        .post(
            "/office/protocols/{contest}/{station}/confirm",
            Guard::Power(Action::ProtocolConfirm),
            post::confirm,
        )
        .post(
            "/office/protocols/{contest}/{station}/take-back",
            enter,
            post::take_back,
        )
        .get(
            "/office/protocols/{contest}/{station}/decide",
            decide,
            view::show,
        )
        .post(
            "/office/protocols/{contest}/{station}/decide",
            decide,
            post::decide,
        )
}

/// The protocol a page is about.
struct Place {
    unit: Unit,
    contest: Contest,
    protocol: Option<Protocol>,
}

impl Place {
    /// Reads it; who may not read protocols here is refused.
    async fn read(
        connection: &mut Connection,
        acting: &Acting,
        contest_id: &str,
        station_id: &str,
    ) -> Result<Self, Error> {
        if !ids::is_id(contest_id) || !ids::is_id(station_id) {
            return Err(Error::NotFound);
        }
        let unit = day::unit(connection, station_id, contest_id).await?;
        acting
            .require(
                connection,
                Action::ProtocolRead,
                &unit.area_id,
                Some(&unit.election_state),
            )
            .await?;
        Ok(Self {
            contest: elections::contest(connection, contest_id).await?,
            protocol: queries::protocol(connection, station_id, contest_id).await?,
            unit,
        })
    }

    async fn sheet(&self, connection: &mut Connection, ctx: &Ctx) -> Result<Sheet, Error> {
        Sheet::read(connection, &ctx.app, self.unit.clone()).await
    }

    fn href(&self) -> String {
        format!(
            "/office/protocols/{}/{}",
            self.unit.contest_id, self.unit.station_id
        )
    }

    /// `№ 448, Актогайский район`
    fn name(&self, ctx: &Ctx) -> String {
        ctx.t.counting_station_of(
            self.unit.number.to_string(),
            self.contest.names.get(ctx.lang()).to_owned(),
        )
    }

    fn crumbs(&self, ctx: &Ctx) -> Vec<Crumb> {
        vec![
            Crumb::to("/office", ctx.t.shell_nav_office()),
            Crumb::to("/office/protocols", ctx.t.counting_list_title()),
            Crumb::here(self.name(ctx)),
        ]
    }

    fn version(&self) -> u64 {
        self.protocol.as_ref().map_or(0, |p| p.version)
    }

    fn sequence(&self) -> u64 {
        self.protocol.as_ref().map_or(0, |p| p.sequence)
    }
}

/// Whether the one who reads may also do this here: decides what a page offers, never what is done.
async fn may(
    connection: &mut Connection,
    acting: &Acting,
    action: Action,
    unit: &Unit,
) -> Result<bool, Error> {
    let state = Some(unit.election_state.as_str());
    acting.may(connection, action, &unit.area_id, state).await
}

/// A value of the query, as it stands in the address; our own values need no decoding.
fn query<'c>(ctx: &'c Ctx, name: &str) -> &'c str {
    ctx.uri
        .query()
        .unwrap_or_default()
        .split('&')
        .find_map(|part| part.strip_prefix(name)?.strip_prefix('='))
        .unwrap_or_default()
}
