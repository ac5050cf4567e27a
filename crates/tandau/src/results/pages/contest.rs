//! A contest: who stands, how many voted, what it came to, and the protocols behind every sum.

use super::crumbs;
use super::grounds::{self, Ground};
use super::home::{ProgressView, progress_view};
use super::repeat::{follows, repeat_links};
use super::slots::Slots;
use super::sums::{SumRow, sum_rows};
use super::text;
use super::turnout::{TurnoutView, turnout_view};
use super::words::{
    Mark, as_of, cite, hue, language, n, name, nominated_by, office, protocol_mark,
    published_figure, share, width,
};
use crate::elections::pages::manage;
use crate::platform::database::Connection;
use crate::platform::i18n::date_long;
use crate::platform::web::{Crumb, Ctx, Shell, Shows};
use crate::platform::{Error, T};
use crate::results::model::{Outcome, OutcomeKind};
use crate::results::queries::{self, Candidate, Contest, Election, Station, Sums};
use crate::votingday::model::slot_name;
use askama::Template;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "results/pages/contest.html")]
struct ContestPage {
    s: Shell,
    /// Ways into the office, for those who have work there.
    manage: Vec<(String, String)>,
    /// The decision that called it and the act on which it rests.
    grounds: Vec<Ground>,
    live: String,
    csv: String,
    json: String,
    kicker: String,
    title: String,
    counted: String,
    as_of: String,
    sourcing: String,
    /// The way to the contest that repeats this one, and to the one that it repeats.
    repeats: Vec<(String, String)>,
    outcome: Option<OutcomeView>,
    progress: Option<ProgressView>,
    ballot: BallotView,
    turnout: TurnoutView,
    sums: Vec<SumRow>,
    stations: Vec<StationRow>,
    columns: Vec<Column>,
    published: Vec<PublishedRow>,
    synthetic: bool,
}

/// The outcome in the page's first screen.
pub(super) struct OutcomeView {
    pub(super) what: String,
    /// A recount runs: what is said below is to be determined anew.
    pub(super) recount: String,
    pub(super) why: String,
    /// What follows: the repeat election and its term, the last day of an appeal.
    pub(super) follows: Vec<String>,
    pub(super) names: Vec<String>,
    pub(super) reason: String,
    pub(super) decision: String,
    pub(super) decision_href: String,
    /// The protocol of results and the decision, as papers.
    pub(super) papers: Vec<(String, String)>,
    pub(super) article: String,
    pub(super) taking_office: String,
    pub(super) late: String,
    pub(super) earlier: u64,
}

/// The ballot with votes, or without them before the last closing.
pub(super) struct BallotView {
    pub(super) lines: Vec<BallotLine>,
    pub(super) votes_shown: bool,
    /// What the shares are out of, or why there are none.
    pub(super) note: String,
    pub(super) embargo: String,
}

/// A line of the ballot.
pub(super) struct BallotLine {
    pub(super) name: String,
    pub(super) by: String,
    pub(super) hue: u64,
    pub(super) votes: String,
    pub(super) share: String,
    pub(super) width: String,
    pub(super) mark: Option<Mark>,
}

struct Column {
    name: String,
    short: String,
}

struct StationRow {
    href: String,
    number: String,
    name: String,
    on_list: String,
    received: String,
    took_part: String,
    invalid: String,
    votes: Vec<(String, String)>,
    mark: Mark,
}

struct PublishedRow {
    label: String,
    figure: String,
    source: String,
}

pub(super) async fn contest(
    ctx: Ctx,
    Path((id, contest)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let full = queries::contest_id(&id, &contest);
    ctx.app
        .kept
        .or_render(&ctx, &headers, Shows::Contest(&full), async {
            let mut reader = ctx.read().await?;
            let election = queries::election(&mut reader, &id).await?;
            let contest = queries::contest(&mut reader, &election.id, &contest).await?;
            let built = build(&ctx, &mut reader, &election, &contest).await?;
            drop(reader);
            text(&built)
        })
        .await
}

async fn build(
    ctx: &Ctx,
    reader: &mut Connection,
    election: &Election,
    contest: &Contest,
) -> Result<ContestPage, Error> {
    let t = ctx.t;
    let now = ctx.app.clock.now();
    let public = queries::public_votes(reader, &election.id, now)
        .await?
        .of(contest);
    let candidates = queries::candidates(reader, &contest.id).await?;
    let reports = queries::turnout_of_contest(reader, &contest.id).await?;
    let stations = queries::stations_of_contest(reader, &contest.id).await?;
    let (sums, votes, outcomes, published) = if public {
        (
            queries::sums_of_contest(reader, &contest.id).await?,
            queries::votes_by_station(reader, &contest.id).await?,
            queries::outcomes(reader, &contest.id).await?,
            queries::published(reader, &election.id, &contest.code).await?,
        )
    } else {
        (Sums::default(), BTreeMap::new(), Vec::new(), Vec::new())
    };
    let outcome = match outcomes.first() {
        Some(outcome) => Some(
            outcome_view(
                ctx,
                reader,
                election,
                contest,
                outcome,
                outcomes.len(),
                &candidates,
            )
            .await?,
        ),
        None => None,
    };
    let pack = ctx.app.rules.get(&election.rules_id)?;
    let href = contest.href();
    let title = name(&contest.names, t.lang);
    Ok(ContestPage {
        s: ctx.shell("elections", title.clone(), way(ctx, election, contest)),
        manage: manage::of_contest(ctx, reader, &election.id, &contest.id, &contest.area_id)
            .await?,
        grounds: grounds::of(ctx, reader, &contest.id).await?,
        live: format!("{href}/live"),
        csv: format!("{}/results.csv?contest={}", election.href(), contest.code),
        json: format!("{}/results.json?contest={}", election.href(), contest.code),
        kicker: format!(
            "{} · {} · {}",
            office(&ctx.app, election, t.lang),
            name(&contest.region, t.lang),
            date_long(t.lang, contest.voting_day)
        ),
        title,
        counted: t.results_stations_counted(contest.progress.accepted, contest.progress.expected),
        as_of: as_of(t, now, &contest.zone),
        sourcing: sourcing(t, &contest.sourcing),
        repeats: repeat_links(t, reader, contest).await?,
        progress: (!contest.progress.is_complete()
            && contest.progress.missing() < contest.progress.expected)
            .then(|| progress_view(t, &contest.progress)),
        ballot: ballot_view(
            t,
            &candidates,
            public.then_some(&sums),
            outcomes.first().filter(|_| !contest.under_recount),
            contest,
        ),
        turnout: turnout_view(
            t,
            "turnout",
            &Slots::of(&ctx.app, election),
            &reports,
            contest.progress.expected,
            (public && contest.progress.is_complete()).then_some(&sums),
        ),
        sums: match pack.protocol.as_ref() {
            Some(form) if public && contest.progress.accepted > 0 => {
                sum_rows(t, form, &sums, &candidates, contest)
            }
            _ => Vec::new(),
        },
        columns: columns(t, &candidates, public),
        stations: stations
            .iter()
            .map(|s| station_row(t, s, &candidates, public, votes.get(&s.id)))
            .collect(),
        outcome,
        published: published
            .into_iter()
            .map(|p| PublishedRow {
                label: name(&p.label, t.lang),
                figure: published_figure(t.lang, &p.figure),
                source: p.source,
            })
            .collect(),
        synthetic: election.synthetic,
    })
}

/// Home, election, region.
pub(super) fn way(ctx: &Ctx, election: &Election, contest: &Contest) -> Vec<Crumb> {
    let lang = ctx.t.lang;
    crumbs(
        ctx,
        vec![
            Crumb::to(election.href(), name(&election.title, lang)),
            Crumb::to(
                format!("{}#region-{}", election.href(), contest.region_code),
                name(&contest.region, lang),
            ),
            Crumb::here(name(&contest.names, lang)),
        ],
    )
}

/// What is said of a territory that the sources name only probably or not at all.
pub(super) fn sourcing(t: T, sourcing: &str) -> String {
    match sourcing {
        "sourced" => String::new(),
        "probable" => t.results_sourcing_probable(),
        _ => t.results_sourcing_none(),
    }
}

async fn outcome_view(
    ctx: &Ctx,
    reader: &mut Connection,
    election: &Election,
    contest: &Contest,
    outcome: &Outcome,
    versions: usize,
    candidates: &[Candidate],
) -> Result<OutcomeView, Error> {
    let t = ctx.t;
    let name_of = |id: &str| {
        candidates
            .iter()
            .find(|c| c.id == id)
            .map_or_else(|| id.to_owned(), |c| name(&c.names, t.lang))
    };
    let decision = queries::decision(reader, &outcome.decision_id).await?;
    let what = match (outcome.kind, outcome.candidate_id.as_deref()) {
        (OutcomeKind::Elected, Some(id)) => t.results_contest_elected(name_of(id)),
        (kind, _) => t.word(kind.message_key()),
    };
    let why = match outcome.kind {
        OutcomeKind::Elected => t.results_why_elected(outcome.margin),
        OutcomeKind::Tie => t.results_why_tie(outcome.votes),
        OutcomeKind::NoVotes => t.results_why_no_votes(),
        OutcomeKind::Invalid => t.results_why_invalid(),
    };
    // Whoever was registered on an earlier version stands with that version alone.
    let taking = queries::taking_office(reader, &contest.id)
        .await?
        .filter(|taking| outcome.candidate_id.as_deref() == Some(&taking.candidate_id));
    let (taking_office, late) = match taking {
        Some(taking) => {
            let text = t.results_registered(
                date_long(t.lang, taking.resigned_on),
                date_long(t.lang, taking.powers_from),
            );
            let late = crate::results::actions::registration_is_late(
                &ctx.app,
                &election.rules_id,
                contest.voting_day,
                taking.powers_from,
            )?
            .map(|days| t.results_registered_late(days))
            .unwrap_or_default();
            (text, late)
        }
        None => (String::new(), String::new()),
    };
    Ok(OutcomeView {
        what,
        recount: if contest.under_recount {
            t.results_outcome_recount()
        } else {
            String::new()
        },
        why,
        follows: follows(ctx, reader, election, contest, outcome, decision.decided_on).await?,
        names: outcome.tied.iter().map(|id| name_of(id)).collect(),
        reason: outcome.reason.clone(),
        decision: t.results_decision(
            decision.number.clone(),
            date_long(t.lang, decision.decided_on),
        ),
        papers: [
            (!contest.under_recount).then(|| {
                (
                    t.results_paper_protocol(),
                    format!("{}/protocol.pdf", contest.href()),
                )
            }),
            Some((
                t.results_paper_decision(),
                format!("/decisions/{}/paper.pdf", decision.id),
            )),
        ]
        .into_iter()
        .flatten()
        .collect(),
        decision_href: match &decision.file_id {
            Some(id) => format!("/files/{id}"),
            None => format!("/decisions/{}", decision.id),
        },
        article: cite(&ctx.app, election, &outcome.article, t),
        taking_office,
        late,
        earlier: u64::try_from(versions.saturating_sub(1)).unwrap_or(0),
    })
}

/// The lines of a ballot, "against all" in its place at the end. Without sums, without any figure.
pub(super) fn ballot_view(
    t: T,
    candidates: &[Candidate],
    sums: Option<&Sums>,
    outcome: Option<&Outcome>,
    contest: &Contest,
) -> BallotView {
    let counted = sums.filter(|_| contest.progress.accepted > 0);
    let took_part = counted.map_or(0, Sums::took_part);
    let elected = outcome.and_then(|o| o.candidate_id.as_deref());
    let line = |name: String, by: String, hue: u64, votes: u64, mark: Option<Mark>| BallotLine {
        name,
        by,
        hue,
        votes: counted.map_or_else(String::new, |_| t.results_votes(votes)),
        share: counted.map_or_else(String::new, |_| share(t, votes, took_part)),
        width: width(votes, took_part),
        mark,
    };
    let mut lines: Vec<BallotLine> = candidates
        .iter()
        .map(|c| {
            line(
                name(&c.names, t.lang),
                nominated_by(t, c),
                hue(c.position),
                counted.map_or(0, |s| s.votes(&c.id)),
                (elected == Some(&c.id)).then(|| Mark::new("done", t.results_elected())),
            )
        })
        .collect();
    if !candidates.is_empty() {
        lines.push(line(
            t.results_against_all(),
            t.results_against_all_note(),
            0,
            counted.map_or(0, |s| s.line("against_all")),
            None,
        ));
    }
    BallotView {
        lines,
        votes_shown: counted.is_some(),
        note: counted.map_or_else(String::new, |s| {
            t.results_share_note(took_part, s.line("invalid"))
        }),
        embargo: match (sums, counted) {
            (None, _) => t.results_embargo_note(),
            (Some(_), None) => t.results_nothing_counted(),
            _ => String::new(),
        },
    }
}

fn columns(t: T, candidates: &[Candidate], public: bool) -> Vec<Column> {
    if !public {
        return Vec::new();
    }
    let mut columns: Vec<Column> = candidates
        .iter()
        .map(|c| Column {
            short: short(t, candidates, c),
            name: name(&c.names, t.lang),
        })
        .collect();
    columns.push(Column {
        name: t.results_against_all(),
        short: t.results_against_all(),
    });
    columns
}

/// The family name, unless another candidate bears it too.
fn short(t: T, candidates: &[Candidate], one: &Candidate) -> String {
    let whole = name(&one.names, t.lang);
    let family = |name: &str| {
        name.split_whitespace()
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let own = family(&whole);
    let shared = candidates
        .iter()
        .any(|other| other.id != one.id && family(&name(&other.names, t.lang)) == own);
    if shared { whole } else { own }
}

fn station_row(
    t: T,
    station: &Station,
    candidates: &[Candidate],
    public: bool,
    votes: Option<&Sums>,
) -> StationRow {
    let counted = public && station.is_accepted();
    let figure = |value: Option<u64>| match value.filter(|_| counted) {
        Some(value) => n(t, value),
        None => "–".to_owned(),
    };
    let votes = if public {
        candidates
            .iter()
            .map(|c| {
                (
                    short(t, candidates, c),
                    figure(votes.map(|v| v.votes(&c.id))),
                )
            })
            .chain([(t.results_against_all(), figure(station.against_all))])
            .collect()
    } else {
        Vec::new()
    };
    StationRow {
        href: station.href(),
        number: t.results_number(station.number.to_string()),
        name: name(&station.names, t.lang),
        on_list: if counted {
            figure(station.voters_on_list)
        } else {
            n(t, station.voters_initial)
        },
        received: if counted {
            figure(station.voters_received)
        } else if station.last_slot.is_empty() {
            "–".to_owned()
        } else {
            t.results_received_at(slot_name(t, &station.last_slot), n(t, station.received))
        },
        took_part: figure(station.took_part),
        invalid: figure(station.invalid),
        votes,
        mark: protocol_mark(t, station.shown_state()),
    }
}

/// The language of electoral texts.
pub(super) const fn text_language(t: T) -> electoral::text::Language {
    language(t.lang)
}
