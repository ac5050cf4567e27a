//! What the forms of a protocol's page send.

use super::{Place, view};
use crate::commissions::read_decision;
use crate::counting::actions::{self, AcceptWithAct, Ruling, Submit, TakeBack, Target};
use crate::platform::access::Action;
use crate::platform::web::fields::seen;
use crate::platform::web::{Ctx, FieldErrors, FormData, see};
use crate::platform::{Acting, Error};
use axum::extract::Path;
use axum::response::Response;
use std::collections::BTreeMap;

type Ids = Path<(String, String)>;

fn target(contest: &str, station: &str, data: &FormData) -> Target {
    Target::new(station, contest, seen(data))
}

fn done(contest: &str, station: &str, what: &str) -> Response {
    see(&format!(
        "/office/protocols/{contest}/{station}?done={what}"
    ))
}

/// After the act: the page again, with what must be mended or with what was done.
async fn finish(
    ctx: &Ctx,
    contest: &str,
    station: &str,
    sent: FormData,
    outcome: Result<(), Error>,
    what: &str,
) -> Result<Response, Error> {
    match outcome {
        Ok(()) => Ok(done(contest, station, what)),
        Err(Error::Unsupported) => {
            let error = Error::field("paper", ctx.t.error_415_text());
            view::again(ctx, contest, station, sent, error).await
        }
        Err(Error::Invalid(problems)) => {
            view::again(ctx, contest, station, sent, Error::Invalid(problems)).await
        }
        Err(other) => Err(other),
    }
}

pub(super) async fn submit(
    ctx: Ctx,
    Path((contest, station)): Ids,
    data: FormData,
) -> Result<Response, Error> {
    let explanations: BTreeMap<String, String> = data
        .fields()
        .iter()
        .filter_map(|(name, text)| Some((name.strip_prefix("explain-")?.to_owned(), text.clone())))
        .collect();
    let input = Submit {
        target: target(&contest, &station, &data),
        as_paper_says: data.ticked("as_paper_says"),
        explanations,
    };
    let outcome = actions::submit(&ctx.acting()?, &input).await.map(|_| ());
    finish(&ctx, &contest, &station, data, outcome, "protocol-sent").await
}

pub(super) async fn confirm(
    ctx: Ctx,
    Path((contest, station)): Ids,
    data: FormData,
) -> Result<Response, Error> {
    let input = actions::Confirm {
        target: target(&contest, &station, &data),
        no_paper: data.text("no_paper").to_owned(),
    };
    let outcome = actions::confirm(&ctx.acting()?, &input).await;
    finish(
        &ctx,
        &contest,
        &station,
        data,
        outcome,
        "protocol-confirmed",
    )
    .await
}

pub(super) async fn take_back(
    ctx: Ctx,
    Path((contest, station)): Ids,
    data: FormData,
) -> Result<Response, Error> {
    let input = TakeBack {
        target: target(&contest, &station, &data),
        reason: data.text("reason").to_owned(),
    };
    let outcome = actions::take_back(&ctx.acting()?, &input).await.map(|_| ());
    finish(
        &ctx,
        &contest,
        &station,
        data,
        outcome,
        "protocol-taken-back",
    )
    .await
}

pub(super) async fn decide(
    ctx: Ctx,
    Path((contest, station)): Ids,
    data: FormData,
) -> Result<Response, Error> {
    let acting = ctx.acting()?;
    let target = target(&contest, &station, &data);
    let ruling = || Ruling {
        target: target.clone(),
        reason: data.text("reason").to_owned(),
    };
    let (outcome, what) = match data.text("ruling") {
        "accept" => (actions::accept(&acting, &target).await, "protocol-accepted"),
        "act" => (
            accept_with_act(&ctx, &acting, target.clone(), &data).await,
            "protocol-accepted",
        ),
        "return" => (
            actions::return_for_recount(&acting, &ruling()).await,
            "protocol-returned",
        ),
        "reopen" => (
            actions::reopen(&acting, &ruling()).await,
            "protocol-reopened",
        ),
        _ => return Err(Error::field("ruling", ctx.t.form_choice())),
    };
    finish(&ctx, &contest, &station, data, outcome, what).await
}

/// The act and the acceptance in one: all that is wrong with the form is told together.
async fn accept_with_act(
    ctx: &Ctx,
    acting: &Acting,
    target: Target,
    data: &FormData,
) -> Result<(), Error> {
    let commission_id = {
        let mut reader = ctx.read().await?;
        let place =
            Place::read(&mut reader, acting, &target.contest_id, &target.station_id).await?;
        let unit = &place.unit;
        acting
            .require(
                &mut reader,
                Action::ProtocolDecide,
                &unit.area_id,
                Some(&unit.election_state),
            )
            .await?;
        place.contest.commission_id
    };
    let mut errors = FieldErrors::new();
    let fault = errors
        .required(ctx.t, data, "fault", actions::MAX_TEXT_CHARS)
        .to_owned();
    let input = AcceptWithAct {
        target,
        fault,
        members: data
            .fields()
            .iter()
            .filter_map(|(name, _)| name.strip_prefix("member-").map(str::to_owned))
            .collect(),
        decision: read_decision(ctx, data, errors, &commission_id, "").await?,
        paper: data.bytes("paper"),
    };
    actions::accept_with_act(acting, input).await
}
