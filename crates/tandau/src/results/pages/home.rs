//! The front page: what is happening now, in one sentence, and the way to everything else.

use super::map::{KeyItem, Shading, draw};
use super::slots::{Slots, coverage};
use super::text;
use super::words::{
    Mark, as_of, contest_mark, later_mark, n, name, progress_of, sentence_start, share, width,
};
use crate::elections;
use crate::platform::front::{Card, Front};
use crate::platform::i18n::{date_long, instant_long};
use crate::platform::maps::ATTRIBUTION;
use crate::platform::web::{Ctx, Shell, Shows};
use crate::platform::{Error, T};
use crate::results::model::{Moment, OutcomeKind, Progress};
use crate::results::queries::{self, Contest, Election, Hours, PublicVotes, SlotTotal};
use crate::votingday::model::slot_name;
use askama::Template;
use axum::http::HeaderMap;
use axum::response::Response;
use std::collections::BTreeMap;

/// Contests on the front page; the election's page has them all.
const ROWS: usize = 9;
/// Steps of the calendar on the front page.
const STEPS: usize = 5;

#[derive(Template)]
#[template(path = "results/pages/home.html")]
struct HomePage {
    s: Shell,
    now: Option<Now>,
}

/// Everything the page says about the current election.
struct Now {
    election: Election,
    kicker: String,
    sentence: String,
    lead: String,
    as_of: String,
    progress: Option<ProgressView>,
    figures: Vec<Figure>,
    map_title: String,
    map_note: String,
    map: String,
    key: Vec<KeyItem>,
    attribution: String,
    list_title: String,
    rows: Vec<Row>,
    contests: u64,
    /// Steps that are due or come next; before voting only.
    steps: Vec<elections::NextStep>,
    /// What the rooms say of the preparation; before voting only.
    cards: Vec<Card>,
}

struct Figure {
    number: String,
    label: String,
    href: String,
}

/// The bar of protocols and its words.
pub(super) struct ProgressView {
    pub(super) title: String,
    pub(super) parts: Vec<ProgressPart>,
}

/// One part of the bar.
pub(super) struct ProgressPart {
    pub(super) class: &'static str,
    pub(super) kind: &'static str,
    pub(super) x: String,
    pub(super) width: String,
    pub(super) word: String,
    pub(super) count: String,
}

/// A contest in a list.
pub(super) struct Row {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) region: String,
    pub(super) counted: String,
    pub(super) expected: String,
    pub(super) width: String,
    pub(super) mark: Mark,
    /// How many stations it has, in words; before voting instead of what is counted.
    pub(super) stations: String,
}

pub(super) async fn home(ctx: Ctx, headers: HeaderMap) -> Result<Response, Error> {
    ctx.app
        .kept
        .or_render(&ctx, &headers, Shows::All, async {
            let now = now(&ctx).await?;
            text(&HomePage {
                s: ctx.shell("home", ctx.t.results_home_title(), Vec::new()),
                now,
            })
        })
        .await
}

async fn now(ctx: &Ctx) -> Result<Option<Now>, Error> {
    let mut reader = ctx.read().await?;
    let Some(election) = queries::current(&mut reader).await? else {
        return Ok(None);
    };
    let t = ctx.t;
    let at = ctx.app.clock.now();
    let contests = queries::contests(&mut reader, &election.id).await?;
    let hours = queries::hours(&mut reader, &election).await?;
    let votes = queries::public_votes(&mut reader, &election.id, at).await?;
    let moment = queries::moment(&election, &contests, &hours, &votes, at);
    let turnout = queries::turnout_of_election(&mut reader, &election.id).await?;
    let candidates = queries::count_candidates(&mut reader, &election.id).await?;
    let elected = queries::elected_names(&mut reader, &election.id, &votes, t.lang).await?;
    let (mut steps, mut cards) = (Vec::new(), Vec::new());
    if moment == Moment::Before {
        steps = elections::next_steps(&mut reader, &ctx.app, t, &election.id, STEPS).await?;
        cards = Front::of(&ctx.app).cards(&ctx.app, t, &mut reader).await?;
    }
    drop(reader);
    let progress = progress_of(&contests);
    let compared = Slots::of(&ctx.app, &election).compared(&turnout, hours.stations);
    // The map compares territories: all at the same hour.
    let by_contest: BTreeMap<&str, &SlotTotal> = turnout
        .iter()
        .filter(|sum| compared.as_ref().is_some_and(|c| c.slot == sum.slot) && sum.stations > 0)
        .map(|sum| (sum.contest_id.as_str(), sum))
        .collect();
    let shading = Shading::of(moment);
    let voters = contests
        .iter()
        .fold(0_u64, |sum, c| sum.saturating_add(c.voters_on_lists));
    Ok(Some(Now {
        kicker: format!(
            "{} · {}",
            date_long(t.lang, election.voting_day),
            election.title.get(t.lang)
        ),
        sentence: sentence(t, moment, &progress, &hours, &contests, &election),
        lead: lead(t, moment, &contests, &hours, compared.as_ref(), &election),
        as_of: as_of(t, at, &election.zone),
        progress: (progress.accepted + progress.checking + progress.returned + progress.faulty > 0)
            .then(|| progress_view(t, &progress)),
        figures: figures(
            t,
            &election,
            &contests,
            progress.expected,
            voters,
            candidates,
        ),
        map_title: shading.title(t),
        map_note: compared
            .as_ref()
            .filter(|_| shading == Shading::Turnout)
            .map_or_else(String::new, |sum| coverage(t, sum, hours.stations)),
        map: draw(t, &contests, shading, &by_contest)?,
        key: shading.key(t),
        attribution: ctx.t.results_map_attribution(ATTRIBUTION),
        list_title: list_title(t, moment),
        steps,
        cards,
        rows: rows(t, &contests, moment, &votes, &elected)
            .into_iter()
            .take(ROWS)
            .collect(),
        contests: u64::try_from(contests.len()).unwrap_or(u64::MAX),
        election,
    }))
}

/// What comes first in the list of contests.
fn list_title(t: T, moment: Moment) -> String {
    match moment {
        Moment::Before | Moment::Voting | Moment::Closing => t.results_contests_title(),
        Moment::Counting | Moment::Counted => t.results_open_first(),
        Moment::Determined | Moment::Published => t.results_outcomes_title(),
    }
}

fn sentence(
    t: T,
    moment: Moment,
    progress: &Progress,
    hours: &Hours,
    contests: &[Contest],
    election: &Election,
) -> String {
    match moment {
        Moment::Before => t.results_now_before(date_long(t.lang, election.voting_day)),
        Moment::Voting => t.results_now_voting(hours.open(), hours.stations),
        Moment::Closing => t.results_now_closing(hours.closed, hours.stations),
        Moment::Counting => t.results_now_counting(progress.accepted, progress.expected),
        Moment::Counted => t.results_now_counted(progress.expected),
        Moment::Determined => {
            t.results_now_determined(u64::try_from(contests.len()).unwrap_or(u64::MAX))
        }
        Moment::Published => t.results_now_published(),
    }
}

fn lead(
    t: T,
    moment: Moment,
    contests: &[Contest],
    hours: &Hours,
    report: Option<&SlotTotal>,
    election: &Election,
) -> String {
    let count = |test: &dyn Fn(&Contest) -> bool| {
        u64::try_from(contests.iter().filter(|c| test(c)).count()).unwrap_or(u64::MAX)
    };
    let all = count(&|_| true);
    match moment {
        Moment::Before => t.results_lead_before(hours.stations),
        Moment::Voting | Moment::Closing => {
            let mut text = report.map_or_else(String::new, |r| {
                t.results_lead_turnout(
                    sentence_start(&slot_name(t, &r.slot)),
                    share(t, r.received, r.voters),
                    r.stations,
                    hours.stations,
                )
            });
            if let Some(last) = hours.last_closing {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(&t.results_lead_embargo(instant_long(t.lang, last, &election.zone)));
            }
            text
        }
        Moment::Counting => t.results_lead_counting(count(&|c| c.progress.is_complete()), all),
        Moment::Counted => {
            t.results_lead_counted(count(&|c| c.outcome.is_some() && !c.under_recount), all)
        }
        Moment::Determined | Moment::Published => {
            let recount = count(&|c| c.under_recount);
            let elected = count(&|c| c.outcome == Some(OutcomeKind::Elected) && !c.under_recount);
            let open = count(&|c| c.outcome.is_none() && !c.under_recount);
            let repeat = all
                .saturating_sub(elected)
                .saturating_sub(recount)
                .saturating_sub(open);
            let mut text = if repeat == 0 {
                t.results_lead_determined(elected)
            } else {
                t.results_lead_determined_repeat(elected, repeat)
            };
            if recount > 0 {
                text.push(' ');
                text.push_str(&t.results_lead_recount(recount));
            }
            if open > 0 {
                text.push(' ');
                text.push_str(&t.results_lead_later(open));
            }
            text
        }
    }
}

fn figures(
    t: T,
    election: &Election,
    contests: &[Contest],
    stations: u64,
    voters: u64,
    candidates: u64,
) -> Vec<Figure> {
    let count = |city: bool| {
        u64::try_from(
            contests
                .iter()
                .filter(|c| c.kind.starts_with("city") == city)
                .count(),
        )
        .unwrap_or(u64::MAX)
    };
    let figure = |value: u64, label: String, href: String| Figure {
        number: n(t, value),
        label,
        href,
    };
    let href = election.href();
    vec![
        figure(
            count(true).saturating_add(count(false)),
            t.results_figure_contests(count(false), count(true)),
            format!("{href}#contests"),
        ),
        figure(
            stations,
            t.results_figure_stations(stations),
            "/stations".to_owned(),
        ),
        figure(
            voters,
            t.results_figure_voters(voters),
            format!("{href}#voters"),
        ),
        figure(
            candidates,
            t.results_figure_candidates(candidates),
            format!("{href}#contests"),
        ),
    ]
}

/// The bar of all protocols by state.
pub(super) fn progress_view(t: T, progress: &Progress) -> ProgressView {
    let states = [
        (
            "tandau-progress__done",
            "done",
            progress.accepted,
            t.results_progress_accepted(),
        ),
        (
            "tandau-progress__partial",
            "partial",
            progress.checking,
            t.results_progress_checking(),
        ),
        (
            "tandau-progress__trouble",
            "attention",
            progress.returned.saturating_add(progress.faulty),
            t.results_progress_returned(),
        ),
        ("", "open", progress.missing(), t.results_progress_missing()),
    ];
    let mut before = 0_u64;
    let parts = states
        .into_iter()
        .filter(|(_, kind, count, _)| *count > 0 || *kind == "done")
        .map(|(class, kind, count, word)| {
            let x = width(before, progress.expected);
            before = before.saturating_add(count);
            ProgressPart {
                class,
                kind,
                x,
                width: width(count, progress.expected),
                word,
                count: n(t, count),
            }
        })
        .collect();
    ProgressView {
        title: t.results_progress_title(),
        parts,
    }
}

/// Contests with what is still open first: troubled ones, then the least counted, the determined last.
pub(super) fn rows(
    t: T,
    contests: &[Contest],
    moment: Moment,
    votes: &PublicVotes,
    elected: &BTreeMap<String, String>,
) -> Vec<Row> {
    let mut sorted: Vec<&Contest> = contests.iter().collect();
    sorted.sort_by_key(|c| {
        let p = &c.progress;
        let left = p.expected.saturating_sub(p.accepted);
        (
            c.outcome.is_some() && !c.under_recount,
            c.outcome == Some(OutcomeKind::Elected),
            p.is_complete(),
            std::cmp::Reverse(p.returned),
            std::cmp::Reverse(left.saturating_mul(10_000) / p.expected.max(1)),
            c.number,
        )
    });
    sorted
        .into_iter()
        .map(|c| Row {
            href: c.href(),
            name: name(&c.names, t.lang),
            region: name(&c.region, t.lang),
            counted: n(t, c.progress.accepted),
            expected: n(t, c.progress.expected),
            width: width(c.progress.accepted, c.progress.expected),
            stations: if moment == Moment::Before {
                t.results_row_stations(c.progress.expected)
            } else {
                String::new()
            },
            mark: if moment.votes_are_public() && !votes.of(c) {
                later_mark(t, c)
            } else {
                contest_mark(t, c, moment, elected.get(&c.id).map(String::as_str))
            },
        })
        .collect()
}
