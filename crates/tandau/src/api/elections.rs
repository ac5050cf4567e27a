//! Elections, contests, turnout.

use super::types::{ContestList, ElectionList, ElectionSummary, TurnoutSeries};
use super::{answer, kept};
use crate::platform::database::Connection;
use crate::platform::web::{Problem, Shows};
use crate::platform::{App, Error};
use crate::results::export::{
    self, ContestResult, ElectionInfo, SlotResult, contest_result, election_info, instant_text,
};
use crate::results::queries::{self, Election, PublicVotes};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

/// All elections, the newest first.
#[utoipa::path(get, path = "/api/v1/elections", tag = "elections",
    responses((status = 200, body = ElectionList)))]
pub(super) async fn elections(
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let mut reader = app.read().await?;
    let elections: Vec<ElectionInfo> = queries::elections(&mut reader)
        .await?
        .iter()
        .map(election_info)
        .collect();
    answer(&headers, &ElectionList { elections })
}

/// One election with what is counted so far.
#[utoipa::path(get, path = "/api/v1/elections/{id}", tag = "elections",
    params(("id" = String, Path, description = "Id of the election")),
    responses((status = 200, body = ElectionSummary), (status = 404, body = Problem)))]
pub(super) async fn election(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let mut reader = app.read().await?;
    let election = queries::election(&mut reader, &id).await?;
    let now = app.clock.now();
    let contests = queries::contests(&mut reader, &election.id).await?;
    let sum = |figure: &dyn Fn(&queries::Contest) -> u64| {
        contests
            .iter()
            .fold(0_u64, |sum, c| sum.saturating_add(figure(c)))
    };
    let summary = ElectionSummary {
        election: election_info(&election),
        as_of: instant_text(now, &election.zone),
        votes_public: queries::public_votes(&mut reader, &election.id, now)
            .await?
            .on(election.voting_day),
        contests: sum(&|_| 1),
        stations_expected: sum(&|c| c.progress.expected),
        stations_counted: sum(&|c| c.progress.accepted),
        voters_on_lists: sum(&|c| c.voters_on_lists),
        candidates: queries::count_candidates(&mut reader, &election.id).await?,
    };
    answer(&headers, &summary)
}

/// Contests of an election with sums and outcomes.
#[utoipa::path(get, path = "/api/v1/elections/{id}/contests", tag = "elections",
    params(("id" = String, Path, description = "Id of the election")),
    responses((status = 200, body = ContestList), (status = 404, body = Problem)))]
pub(super) async fn contests(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let mut reader = app.read().await?;
    let election = queries::election(&mut reader, &id).await?;
    let votes = queries::public_votes(&mut reader, &election.id, app.clock.now()).await?;
    let make = async {
        let mut contests = Vec::new();
        for contest in queries::contests(&mut reader, &election.id).await? {
            let public = votes.of(&contest);
            contests
                .push(contest_result(&mut reader, &app, &election, &contest, public, false).await?);
        }
        let list = ContestList {
            votes_public: votes.on(election.voting_day),
            contests,
        };
        serde_json::to_vec(&list).map_err(Error::internal)
    };
    let name = format!("/api/v1/elections/{id}/contests");
    kept(&app, &headers, name, (Shows::All, votes.seen()), make).await
}

/// One contest with its protocols.
#[utoipa::path(get, path = "/api/v1/elections/{id}/contests/{contest}", tag = "elections",
    params(("id" = String, Path, description = "Id of the election"),
        ("contest" = String, Path, description = "Id of the contest or code of its territory")),
    responses((status = 200, body = ContestResult), (status = 404, body = Problem)))]
pub(super) async fn contest(
    State(app): State<App>,
    Path((id, contest)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let mut reader = app.read().await?;
    let election = queries::election(&mut reader, &id).await?;
    let votes = queries::public_votes(&mut reader, &election.id, app.clock.now()).await?;
    let make = async {
        let found = one(&mut reader, &app, &election, &contest, &votes).await?;
        serde_json::to_vec(&found).map_err(Error::internal)
    };
    let full = queries::contest_id(&id, &contest);
    let name = format!("/api/v1/elections/{id}/contests/{contest}");
    let shows = (Shows::Contest(&full), votes.seen());
    kept(&app, &headers, name, shows, make).await
}

async fn one(
    reader: &mut Connection,
    app: &App,
    election: &Election,
    contest: &str,
    votes: &PublicVotes,
) -> Result<ContestResult, Error> {
    let contest = queries::contest(reader, &election.id, contest).await?;
    contest_result(reader, app, election, &contest, votes.of(&contest), true).await
}

/// Turnout over the day, all contests together.
#[utoipa::path(get, path = "/api/v1/elections/{id}/turnout", tag = "elections",
    params(("id" = String, Path, description = "Id of the election")),
    responses((status = 200, body = TurnoutSeries), (status = 404, body = Problem)))]
pub(super) async fn turnout(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let mut reader = app.read().await?;
    let election = queries::election(&mut reader, &id).await?;
    let reports = queries::turnout_of_election(&mut reader, &election.id).await?;
    let slots: Vec<SlotResult> = export::slots_of(&app, &election)?
        .into_iter()
        .filter_map(|slot| {
            let of_slot = || reports.iter().filter(|r| r.slot == slot && r.stations > 0);
            let sum = |figure: &dyn Fn(&queries::SlotTotal) -> u64| {
                of_slot().fold(0_u64, |sum, r| sum.saturating_add(figure(r)))
            };
            let result = SlotResult {
                stations: sum(&|r| r.stations),
                received: sum(&|r| r.received),
                voters: sum(&|r| r.voters),
                slot: slot.clone(),
            };
            (result.stations > 0).then_some(result)
        })
        .collect();
    let stations = queries::count_stations(&mut reader, &election.id).await?;
    answer(&headers, &TurnoutSeries { stations, slots })
}
