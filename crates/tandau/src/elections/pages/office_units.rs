//! `/office/contests/{id}/stations`: the stations that vote in a contest beside the register, and the act that
//! takes the register over, until the first of them opens.

use super::office_shell;
use crate::elections::{actions, queries};
use crate::platform::Error;
use crate::platform::access::{self, Action};
use crate::platform::database::Connection;
use crate::platform::i18n::date_long;
use crate::platform::web::{Ctx, FieldErrors, FormData, Shell, page, page_with_errors, see};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "elections/pages/office_units.html")]
struct Page {
    s: Shell,
    errors: FieldErrors,
    title: String,
    about: String,
    day: String,
    contest_id: String,
    stations: u64,
    voters: u64,
    lines: Vec<Line>,
    /// What a refresh would change.
    changes: Vec<String>,
    /// Whether a station has opened: nothing changes any more.
    fixed: bool,
}

struct Line {
    href: String,
    number: u64,
    name: String,
    voters: u64,
}

async fn build(
    ctx: &Ctx,
    connection: &mut Connection,
    id: &str,
    errors: FieldErrors,
) -> Result<Page, Error> {
    let contest = queries::contest(connection, id).await?;
    let election = queries::election(connection, &contest.election_id).await?;
    access::require(
        connection,
        &ctx.app.policy,
        ctx.acting()?.actor(),
        Action::ElectionMove,
        &contest.area_id,
        Some(election.state.as_str()),
    )
    .await?;
    let (t, lang) = (ctx.t, ctx.lang());
    let units = queries::counting_units(connection, &contest.id).await?;
    let register = queries::stations_of_contest(connection, &contest).await?;
    let now = ctx.app.clock.now();
    let before: BTreeMap<&str, u64> = units
        .iter()
        .map(|u| (u.station_id.as_str(), u.voters_initial))
        .collect();
    let mut changes = Vec::new();
    for station in &register {
        let number = station.number.to_string();
        match before.get(station.station_id.as_str()) {
            None => changes.push(t.elections_units_new(number, station.voters)),
            Some(voters) if *voters != station.voters => {
                changes.push(t.elections_units_other_list(number, station.voters, *voters));
            }
            Some(_) => {}
        }
    }
    for unit in &units {
        if !register.iter().any(|s| s.station_id == unit.station_id) {
            changes.push(t.elections_units_gone(unit.number.to_string()));
        }
    }
    Ok(Page {
        s: office_shell(ctx, &election, t.elections_units_title()),
        errors,
        title: t.elections_units_title(),
        about: contest.names.get(lang).to_owned(),
        day: date_long(lang, contest.voting_day),
        stations: contest.stations_expected,
        voters: contest.voters_on_lists,
        fixed: units.iter().any(|u| u.opens_at <= now),
        lines: units
            .iter()
            .map(|u| Line {
                href: format!("/stations/{}", u.station_id),
                number: u.number,
                name: u.names.get(lang).to_owned(),
                voters: u.voters_initial,
            })
            .collect(),
        changes,
        contest_id: contest.id,
    })
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let mut connection = ctx.read().await?;
    page(&build(&ctx, &mut connection, &id, FieldErrors::new()).await?)
}

pub(super) async fn refresh(
    ctx: Ctx,
    Path(id): Path<String>,
    _form: FormData,
) -> Result<Response, Error> {
    match actions::refresh_counting_units(&ctx.acting()?, &id).await {
        Ok(_) => Ok(see(&format!(
            "/office/contests/{id}/stations?done=contest-stations"
        ))),
        Err(error) => {
            let errors = match error {
                Error::Conflict(sentence) => {
                    let mut errors = FieldErrors::new();
                    errors.add("refresh", sentence);
                    errors
                }
                other => FieldErrors::take(other)?,
            };
            let mut connection = ctx.read().await?;
            page_with_errors(&build(&ctx, &mut connection, &id, errors).await?)
        }
    }
}
