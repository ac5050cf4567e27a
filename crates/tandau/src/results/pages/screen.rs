//! The wall of a counting hall: large type, no interaction, current by itself.

use super::contest::{BallotView, ballot_view};
use super::crumbs;
use super::home::{ProgressView, Row, progress_view, rows};
use super::slots::Slots;
use super::turnout::{TurnoutView, turnout_view};
use super::words::{as_of, name, progress_of};
use crate::platform::Error;
use crate::platform::web::{Ctx, Shell, page};
use crate::results::queries;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;

/// Contests on the wall: more can't be read from the last row.
const ROWS: usize = 10;

#[derive(Template)]
#[template(path = "results/pages/screen.html")]
struct ScreenPage {
    s: Shell,
    live: String,
    kicker: String,
    title: String,
    counted: String,
    as_of: String,
    progress: ProgressView,
    turnout: TurnoutView,
    ballot: Option<BallotView>,
    rows: Vec<Row>,
}

/// `?contest=` of the screen.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    contest: Option<String>,
}

pub(super) async fn screen(
    ctx: Ctx,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let t = ctx.t;
    let now = ctx.app.clock.now();
    let mut reader = ctx.read().await?;
    let election = queries::election(&mut reader, &id).await?;
    let slots = Slots::of(&ctx.app, &election);
    let votes = queries::public_votes(&mut reader, &election.id, now).await?;
    let built = if let Some(contest) = asked.contest.as_deref().filter(|c| !c.is_empty()) {
        let contest = queries::contest(&mut reader, &election.id, contest).await?;
        let public = votes.of(&contest);
        let candidates = queries::candidates(&mut reader, &contest.id).await?;
        let reports = queries::turnout_of_contest(&mut reader, &contest.id).await?;
        let sums = if public {
            Some(queries::sums_of_contest(&mut reader, &contest.id).await?)
        } else {
            None
        };
        let outcome = if public {
            queries::outcome(&mut reader, &contest.id).await?
        } else {
            None
        };
        let title = name(&contest.names, t.lang);
        ScreenPage {
            s: ctx.shell("elections", title.clone(), crumbs(&ctx, Vec::new())),
            live: format!("{}/live", contest.href()),
            kicker: name(&contest.region, t.lang),
            title,
            counted: t
                .results_stations_counted(contest.progress.accepted, contest.progress.expected),
            as_of: as_of(t, now, &contest.zone),
            progress: progress_view(t, &contest.progress),
            turnout: turnout_view(
                t,
                "turnout",
                &slots,
                &reports,
                contest.progress.expected,
                sums.as_ref().filter(|_| contest.progress.is_complete()),
            ),
            ballot: Some(ballot_view(
                t,
                &candidates,
                sums.as_ref(),
                outcome.as_ref(),
                &contest,
            )),
            rows: Vec::new(),
        }
    } else {
        let contests = queries::contests(&mut reader, &election.id).await?;
        let hours = queries::hours(&mut reader, &election).await?;
        let moment = queries::moment(&election, &contests, &hours, &votes, now);
        let reports = queries::turnout_of_election(&mut reader, &election.id).await?;
        let elected = queries::elected_names(&mut reader, &election.id, &votes, t.lang).await?;
        let progress = progress_of(&contests);
        let title = name(&election.title, t.lang);
        ScreenPage {
            s: ctx.shell("elections", title.clone(), crumbs(&ctx, Vec::new())),
            live: format!("{}/live", election.href()),
            kicker: crate::platform::i18n::date_long(t.lang, election.voting_day),
            title,
            counted: t.results_stations_counted(progress.accepted, progress.expected),
            as_of: as_of(t, now, &election.zone),
            progress: progress_view(t, &progress),
            turnout: turnout_view(t, "turnout", &slots, &reports, progress.expected, None),
            ballot: None,
            rows: rows(t, &contests, moment, &votes, &elected)
                .into_iter()
                .take(ROWS)
                .collect(),
        }
    };
    drop(reader);
    page(&built)
}
