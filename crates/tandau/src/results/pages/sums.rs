//! Sums of all lines of the protocol (art. 44(5)), each of which opens down to its protocols.

use super::contest::way;
use super::text;
use super::words::{Mark, as_of, n, name, protocol_mark};
use crate::platform::web::{Crumb, Ctx, Shell, Shows};
use crate::platform::{Error, T};
use crate::results::queries::{self, Candidate, Contest, Sums};
use askama::Template;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use electoral::protocol::{Kind, ProtocolForm};

/// A line with its sum over all accepted protocols.
pub(super) struct SumRow {
    pub(super) number: String,
    pub(super) label: String,
    pub(super) sum: String,
    pub(super) href: String,
}

/// All lines in the order of the form. Votes lead to the stations' table, which has a column for everybody.
pub(super) fn sum_rows(
    t: T,
    form: &ProtocolForm,
    sums: &Sums,
    candidates: &[Candidate],
    contest: &Contest,
) -> Vec<SumRow> {
    let language = super::words::language(t.lang);
    let mut rows = Vec::new();
    for (place, line) in form.lines.iter().enumerate() {
        let number = format!("{}.", place + 1);
        if line.kind == Kind::PerCandidate {
            for (index, candidate) in candidates.iter().enumerate() {
                rows.push(SumRow {
                    number: if index == 0 {
                        number.clone()
                    } else {
                        String::new()
                    },
                    label: name(&candidate.names, t.lang),
                    sum: n(t, sums.votes(&candidate.id)),
                    href: "#stations-h".to_owned(),
                });
            }
            continue;
        }
        rows.push(SumRow {
            number,
            label: line.label.get(language).to_owned(),
            sum: n(t, sums.line(&line.id)),
            href: format!("{}/lines/{}", contest.href(), line.id),
        });
    }
    rows
}

#[derive(Template)]
#[template(path = "results/pages/line.html")]
struct LinePage {
    s: Shell,
    live: String,
    kicker: String,
    title: String,
    sum: String,
    counted: String,
    as_of: String,
    rows: Vec<StationRow>,
}

struct StationRow {
    href: String,
    number: String,
    name: String,
    figure: String,
    mark: Mark,
}

/// One line of the protocol, station by station.
pub(super) async fn line(
    ctx: Ctx,
    Path((id, contest, line)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let full = queries::contest_id(&id, &contest);
    ctx.app
        .kept
        .or_render(&ctx, &headers, Shows::Contest(&full), async {
            text(&build(&ctx, &id, &contest, &line).await?)
        })
        .await
}

async fn build(ctx: &Ctx, id: &str, contest: &str, line: &str) -> Result<LinePage, Error> {
    let t = ctx.t;
    let now = ctx.app.clock.now();
    let mut reader = ctx.read().await?;
    let election = queries::election(&mut reader, id).await?;
    let contest = queries::contest(&mut reader, &election.id, contest).await?;
    let pack = ctx.app.rules.get(&election.rules_id)?;
    let line = pack
        .protocol
        .as_ref()
        .and_then(|form| form.line(line))
        .ok_or(Error::NotFound)?;
    let votes = queries::public_votes(&mut reader, &election.id, now).await?;
    if !votes.of(&contest) {
        return Err(Error::NotFound);
    }
    let figures = queries::line_by_station(&mut reader, &contest.id, &line.id).await?;
    let sums = queries::sums_of_contest(&mut reader, &contest.id).await?;
    let stations = queries::stations_of_contest(&mut reader, &contest.id).await?;
    let title = line.label.get(super::words::language(t.lang)).to_owned();
    let mut crumbs = way(ctx, &election, &contest);
    crumbs.pop();
    crumbs.push(Crumb::to(contest.href(), name(&contest.names, t.lang)));
    crumbs.push(Crumb::here(title.clone()));
    Ok(LinePage {
        s: ctx.shell("elections", title.clone(), crumbs),
        live: format!("{}/live", contest.href()),
        kicker: name(&contest.names, t.lang),
        sum: n(t, sums.line(&line.id)),
        counted: t.results_stations_counted(contest.progress.accepted, contest.progress.expected),
        as_of: as_of(t, now, &contest.zone),
        rows: stations
            .iter()
            .map(|s| StationRow {
                href: s.href(),
                number: t.results_number(s.number.to_string()),
                name: name(&s.names, t.lang),
                figure: figures
                    .get(&s.id)
                    .map_or_else(|| "–".to_owned(), |figure| n(t, *figure)),
                mark: protocol_mark(t, s.shown_state()),
            })
            .collect(),
        title,
    })
}
