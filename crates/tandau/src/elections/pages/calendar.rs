//! The calendar of an election, or of one contest by its own clocks and day.

use super::{Tabs, cite, period, shell_of};
use crate::elections::calendar::{
    Happened, IcsHead, Item, Plan, Progress, language, to_ics, to_json,
};
use crate::elections::{Contest, Election, queries};
use crate::platform::i18n::{date_long, instant_long};
use crate::platform::web::{Ctx, Shell, page};
use crate::platform::{Error, Lang, T};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use electoral::RulePack;
use electoral::calendar::Nature;
use jiff::Timestamp;
use serde::Deserialize;

/// Which contest's calendar; the whole election's without one.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Which {
    #[serde(default)]
    pub(super) contest: String,
}

/// One step as pages show it.
pub(super) struct Step {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) when: String,
    pub(super) kind: &'static str,
    pub(super) word: String,
    pub(super) only_if: bool,
    pub(super) article: String,
    pub(super) confidence: String,
    /// Anything but read in the law is said.
    pub(super) doubtful: bool,
    pub(super) reason: String,
    pub(super) done: String,
}

impl Step {
    pub(super) fn of(t: T, pack: &RulePack, plan: &Plan, item: &Item, now: Timestamp) -> Self {
        let progress = item.progress(now);
        let confidence = item.step.confidence;
        let done = match (&item.done, item.happened) {
            (Some(entry), _) => match entry.done_at {
                Some(at) if entry.reason.is_empty() => moment(t.lang, at, &plan.zone),
                Some(at) => format!("{}. {}", moment(t.lang, at, &plan.zone), entry.reason),
                None => entry.reason.clone(),
            },
            (None, Some(Happened::Done(day))) => date_long(t.lang, day),
            (None, Some(Happened::Part { done, of })) => t.elections_calendar_part(done, of),
            (None, Some(Happened::NotNeeded) | None) => String::new(),
        };
        Self {
            id: item.step.id.clone(),
            name: item.step.name.get(language(t.lang)).to_owned(),
            when: period(t.lang, &item.step),
            kind: match progress {
                Progress::Done | Progress::Passed => "done",
                Progress::Late => "trouble",
                Progress::Due => "attention",
                Progress::NotNeeded | Progress::Ahead | Progress::Undated => "open",
            },
            word: t.word(&format!("elections-progress-{}", progress.as_str())),
            only_if: item.nature == Nature::Case,
            article: cite(t, pack, &item.step.source),
            confidence: t.word(&format!("elections-confidence-{}", confidence.code())),
            doubtful: confidence != electoral::rules::Confidence::Sourced,
            reason: item
                .planned
                .as_ref()
                .map(|e| e.reason.clone())
                .unwrap_or_default(),
            done,
        }
    }
}

/// A step that is due or comes next, as other rooms' pages show it.
pub struct NextStep {
    /// What is to be done.
    pub name: String,
    /// Its days.
    pub when: String,
    /// It has begun.
    pub due: bool,
}

/// The next steps that must happen, those that have begun first.
///
/// # Errors
/// What the database reports.
pub async fn next_steps(
    connection: &mut crate::platform::database::Connection,
    app: &crate::platform::App,
    t: T,
    election: &str,
    most: usize,
) -> Result<Vec<NextStep>, Error> {
    let election = queries::election(connection, election).await?;
    let plan = queries::plan_as_recorded(connection, app, &election, None).await?;
    let now = app.clock.now();
    let of = |wanted: Progress| {
        plan.items
            .iter()
            .filter(move |i| i.nature != Nature::Case && i.progress(now) == wanted)
    };
    Ok(of(Progress::Due)
        .chain(of(Progress::Ahead))
        .take(most)
        .map(|item| NextStep {
            name: item.step.name.get(language(t.lang)).to_owned(),
            when: period(t.lang, &item.step),
            due: item.progress(now) == Progress::Due,
        })
        .collect())
}

/// An instant; a mark that names only a day stands at its first moment and is shown as that day.
pub(super) fn moment(lang: Lang, at: Timestamp, zone: &jiff::tz::TimeZone) -> String {
    let local = at.to_zoned_datetime(zone.clone());
    if local.time() == jiff::civil::Time::midnight() {
        date_long(lang, local.date())
    } else {
        instant_long(lang, at, zone)
    }
}

#[derive(Template)]
#[template(path = "elections/pages/calendar.html")]
struct Page {
    s: Shell,
    tabs: Tabs,
    title: String,
    about: String,
    zone: String,
    counts: Vec<Count>,
    steps: Vec<Step>,
    suffix: String,
    election_id: String,
    others: Vec<Other>,
}

struct Count {
    number: u64,
    word: String,
}

/// A contest whose calendar differs: another zone, another day.
struct Other {
    href: String,
    text: String,
}

/// The calendar asked for.
struct Asked {
    election: Election,
    contest: Option<Contest>,
    plan: Plan,
    pack: std::sync::Arc<RulePack>,
}

async fn read(
    connection: &mut crate::platform::database::Connection,
    ctx: &Ctx,
    id: &str,
    which: &Which,
) -> Result<Asked, Error> {
    let election = queries::election(connection, id).await?;
    let contest = if which.contest.is_empty() {
        None
    } else {
        Some(queries::contest_of(connection, &election.id, &which.contest).await?)
    };
    let plan = queries::plan_as_recorded(connection, &ctx.app, &election, contest.as_ref()).await?;
    let pack = ctx.app.rules.get(&election.rules_id)?;
    Ok(Asked {
        election,
        contest,
        plan,
        pack,
    })
}

pub(super) async fn show(
    ctx: Ctx,
    Path(id): Path<String>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let mut connection = ctx.read().await?;
    let asked = read(&mut connection, &ctx, &id, &which).await?;
    let contests = queries::contests(&mut connection, &asked.election.id).await?;
    let (t, now) = (ctx.t, ctx.app.clock.now());
    let counts = Progress::ALL
        .iter()
        .filter_map(|progress| {
            let n = asked
                .plan
                .items
                .iter()
                .filter(|i| i.progress(now) == *progress)
                .count();
            let number = u64::try_from(n).ok().filter(|n| *n > 0)?;
            Some(Count {
                number,
                word: t.word(&format!("elections-progress-{}", progress.as_str())),
            })
        })
        .collect();
    let title = t.elections_calendar_title();
    let about = asked.contest.as_ref().map_or_else(
        || asked.election.title.get(t.lang).to_owned(),
        |c| c.names.get(t.lang).to_owned(),
    );
    page(&Page {
        s: shell_of(&ctx, &asked.election, title.clone()),
        tabs: Tabs::new(t, &asked.election.id, "calendar"),
        about: t.elections_calendar_about(date_long(t.lang, asked.plan.voting_day), about),
        title,
        zone: zone_sentence(t, &asked.plan),
        counts,
        steps: asked
            .plan
            .items
            .iter()
            .map(|item| Step::of(t, &asked.pack, &asked.plan, item, now))
            .collect(),
        suffix: asked
            .contest
            .as_ref()
            .map(|c| format!("?contest={}", c.area_code))
            .unwrap_or_default(),
        others: others(t.lang, &asked, &contests),
        election_id: asked.election.id,
    })
}

/// By whose clocks the times are.
pub(super) fn zone_sentence(t: T, plan: &Plan) -> String {
    let noon = plan.voting_day.at(12, 0, 0, 0);
    let offset = noon
        .to_zoned_datetime(plan.zone.clone())
        .map(|z| z.strftime("%:z").to_string())
        .unwrap_or_default();
    // +06:00 is written +6, +05:30 stays.
    let short = offset.strip_suffix(":00").unwrap_or(&offset);
    let offset = short.replacen(
        '0',
        "",
        usize::from(short.len() == 3 && short.get(1..2) == Some("0")),
    );
    t.elections_calendar_zone(offset)
}

fn others(lang: Lang, asked: &Asked, contests: &[Contest]) -> Vec<Other> {
    let election = &asked.election;
    contests
        .iter()
        .filter(|c| c.zone != election.zone || c.voting_day != election.voting_day)
        .filter(|c| asked.contest.as_ref().is_none_or(|shown| shown.id != c.id))
        .map(|c| Other {
            href: format!(
                "/elections/{}/calendar?contest={}",
                election.id, c.area_code
            ),
            text: format!("{}, {}", c.names.get(lang), c.region_names.get(lang)),
        })
        .collect()
}

pub(super) async fn ics(
    ctx: Ctx,
    Path(id): Path<String>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let mut connection = ctx.read().await?;
    let asked = read(&mut connection, &ctx, &id, &which).await?;
    let (own_id, title) = match &asked.contest {
        Some(contest) => (contest.id.clone(), contest.names.get(ctx.lang())),
        None => (
            asked.election.id.clone(),
            asked.election.title.get(ctx.lang()),
        ),
    };
    let head = IcsHead {
        id: &own_id,
        title,
        stamp: ctx.app.clock.now(),
    };
    let text = to_ics(head, &asked.plan, ctx.lang());
    let name = format!("attachment; filename=\"{own_id}.ics\"");
    let headers = [
        (
            header::CONTENT_TYPE,
            "text/calendar; charset=utf-8".to_owned(),
        ),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, text).into_response())
}

pub(super) async fn json(
    ctx: Ctx,
    Path(id): Path<String>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let mut connection = ctx.read().await?;
    let asked = read(&mut connection, &ctx, &id, &which).await?;
    let text = to_json(&asked.election.rules_id, &asked.plan);
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}
