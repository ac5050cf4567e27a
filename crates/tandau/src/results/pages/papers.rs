//! Official papers as PDF: the protocol of results, a decision, the blank of a station.

use crate::commissions;
use crate::platform::access::Action;
use crate::platform::press::typeset;
use crate::platform::web::kept::Form;
use crate::platform::web::{Ctx, PAPER_POLICY, Shows};
use crate::platform::{Error, ids};
use crate::results::{papers, queries};
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use print::Edition;
use serde::Deserialize;

/// `?edition=en` asks for the English reading; commissions sign Kazakh and Russian side by side.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    edition: String,
}

impl Asked {
    fn edition(&self) -> Edition {
        if self.edition == "en" {
            Edition::English
        } else {
            Edition::Official
        }
    }
}

fn form(name: &str) -> Result<Form, Error> {
    let disposition = format!("inline; filename=\"{name}.pdf\"");
    Form::file("application/pdf")
        .with(header::CONTENT_DISPOSITION, &disposition)?
        .with(header::CONTENT_SECURITY_POLICY, PAPER_POLICY)
}

/// The protocol of results of a determined contest, once votes may be shown.
pub(super) async fn protocol(
    ctx: Ctx,
    Path((id, contest)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let mut reader = ctx.read().await?;
    let election = queries::election(&mut reader, &id).await?;
    let contest = queries::contest(&mut reader, &election.id, &contest).await?;
    let votes = queries::public_votes(&mut reader, &election.id, ctx.app.clock.now()).await?;
    // While a recount runs, the sums are no longer those of the outcome.
    if !votes.of(&contest) || contest.under_recount {
        return Err(Error::NotFound);
    }
    let edition = asked.edition();
    let name = format!("{}/protocol.pdf?{edition:?}", contest.href());
    let shows = (Shows::Contest(&contest.id), votes.seen());
    let make = async {
        let outcome = queries::outcome(&mut reader, &contest.id).await?;
        let outcome = outcome.ok_or(Error::NotFound)?;
        let paper = papers::result(
            &mut reader,
            &ctx.app,
            &election,
            &contest,
            &outcome,
            edition,
        )
        .await?;
        typeset(move || print::result_protocol(&paper)).await
    };
    let form = form(&format!("{}-protocol", contest.id))?;
    ctx.app
        .kept
        .or_make(&headers, name, shows, form, make)
        .await
}

/// A decision as a paper.
pub(super) async fn decision(
    ctx: Ctx,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    if !ids::is_id(&id) {
        return Err(Error::NotFound);
    }
    let edition = asked.edition();
    let mut reader = ctx.read().await?;
    let found = commissions::queries::decision(&mut reader, &id).await?;
    if commissions::silence::is_withheld(&mut reader, &ctx.app, &found).await? {
        return Err(Error::NotFound);
    }
    drop(reader);
    let name = format!("/decisions/{id}/paper.pdf?{edition:?}");
    let make = async {
        let mut reader = ctx.read().await?;
        let paper = papers::decision(&mut reader, &id, edition).await?;
        drop(reader);
        typeset(move || print::decision_paper(&paper)).await
    };
    let form = form(&format!("decision-{id}"))?;
    // What belongs to no contest: a decision on record does not change.
    let shows = (Shows::Contest(""), 0);
    ctx.app
        .kept
        .or_make(&headers, name, shows, form, make)
        .await
}

/// The blank protocol of a station, for those who fill it in and those above them.
pub(super) async fn blank(
    ctx: Ctx,
    Path((contest, station)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let (election_id, _) = contest.split_once('.').ok_or(Error::NotFound)?;
    let mut reader = ctx.read().await?;
    let election = queries::election(&mut reader, election_id).await?;
    let contest = queries::contest(&mut reader, &election.id, &contest).await?;
    let station = queries::station(&mut reader, &election.id, &station).await?;
    if station.contest_id != contest.id {
        return Err(Error::NotFound);
    }
    ctx.acting()?
        .require(&mut reader, Action::ProtocolRead, &station.area_id, None)
        .await?;
    let edition = asked.edition();
    let paper = papers::blank(
        &mut reader,
        &ctx.app,
        &election,
        &contest,
        &station,
        edition,
    )
    .await?;
    drop(reader);
    let bytes = typeset(move || print::blank_precinct_protocol(&paper)).await?;
    let name = format!("inline; filename=\"protocol-{}.pdf\"", station.number);
    Ok((
        [
            (header::CONTENT_TYPE, "application/pdf"),
            (header::CONTENT_DISPOSITION, name.as_str()),
            (header::CONTENT_SECURITY_POLICY, PAPER_POLICY),
            (header::CACHE_CONTROL, "private, no-store"),
        ],
        bytes,
    )
        .into_response())
}
