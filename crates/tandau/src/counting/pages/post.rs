//! What the forms of a protocol's page send.

use super::view;
use crate::counting::actions::{self, AcceptWithAct, Ruling, Submit, TakeBack, Target};
use crate::platform::Error;
use crate::platform::web::{Ctx, FormData, see};
use axum::extract::Path;
use axum::response::Response;
use std::collections::BTreeMap;

type Ids = Path<(String, String)>;

fn target(contest: &str, station: &str, data: &FormData) -> Target {
    Target::new(station, contest, data.text("version").parse().unwrap_or(0))
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
    outcome: Result<(), Error>,
    what: &str,
) -> Result<Response, Error> {
    match outcome {
        Ok(()) => Ok(done(contest, station, what)),
        Err(Error::Invalid(problems)) => {
            view::again(ctx, contest, station, Error::Invalid(problems)).await
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
    finish(&ctx, &contest, &station, outcome, "protocol-sent").await
}

pub(super) async fn confirm(
    ctx: Ctx,
    Path((contest, station)): Ids,
    data: FormData,
) -> Result<Response, Error> {
    let outcome = actions::confirm(&ctx.acting()?, &target(&contest, &station, &data)).await;
    finish(&ctx, &contest, &station, outcome, "protocol-confirmed").await
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
    finish(&ctx, &contest, &station, outcome, "protocol-taken-back").await
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
        "act" => {
            let input = AcceptWithAct {
                target: target.clone(),
                fault: data.text("fault").to_owned(),
                decision_id: data.text("decision").to_owned(),
            };
            (
                actions::accept_with_act(&acting, &input).await,
                "protocol-accepted",
            )
        }
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
    finish(&ctx, &contest, &station, outcome, what).await
}
