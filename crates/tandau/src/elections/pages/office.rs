//! The office: creating an election, moving it on.

use super::office_move::{Next, next_move};
use super::{Choice, decisions, manage, office_shell};
use crate::elections::{Contest, ContestState, ElectionState, NewElection, actions, queries};
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::i18n::{date_long, instant_long};
use crate::platform::web::fields::names;
use crate::platform::web::{Crumb, Ctx, FieldErrors, FormData, Shell, page, page_with_errors, see};
use crate::platform::{Error, areas};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

#[derive(Template)]
#[template(path = "elections/pages/new.html")]
struct NewPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    rules: Vec<Choice>,
    zones: Vec<Choice>,
}

async fn new_page(ctx: &Ctx, errors: FieldErrors, form: FormData) -> Result<NewPage, Error> {
    let t = ctx.t;
    let lang = crate::elections::calendar::language(t.lang);
    let chosen = form.text("rules_id").to_owned();
    let rules = ctx
        .app
        .rules
        .ids()
        .filter_map(|id| {
            let pack = ctx.app.rules.get(id).ok()?;
            Some(Choice::new(id, pack.name.get(lang), &chosen))
        })
        .collect();
    let zone = form.text("zone").to_owned();
    // By whose clocks areas live: those come with the areas.
    let mut reader = ctx.read().await?;
    let zones = areas::zones(&mut reader).await?;
    Ok(NewPage {
        s: ctx.shell(
            "office",
            t.elections_new_title(),
            vec![
                Crumb::to("/office", t.shell_nav_office()),
                Crumb::here(t.elections_new_title()),
            ],
        ),
        errors,
        form,
        rules,
        zones: zones
            .into_iter()
            .map(|z| Choice::new(z.clone(), z, &zone))
            .collect(),
    })
}

pub(super) async fn new_form(ctx: Ctx) -> Result<Response, Error> {
    page(&new_page(&ctx, FieldErrors::new(), FormData::default()).await?)
}

pub(super) async fn create(ctx: Ctx, form: FormData) -> Result<Response, Error> {
    let acting = ctx.acting()?;
    let mut errors = FieldErrors::new();
    let voting_day = errors.date(ctx.t, &form, "voting_day");
    // The area the office itself belongs to: the country for the central commission.
    let area_id = acting.actor().home_area().unwrap_or_default().to_owned();
    if voting_day.is_none() {
        // Without a day the rules can't be checked; what is blank is named at once all the same.
        for field in ["title_kk", "title_ru", "title_en", "id"] {
            errors.required(ctx.t, &form, field, 300);
        }
    }
    let made = match voting_day {
        None => Err(Error::Invalid(Vec::new())),
        Some(voting_day) => {
            let new = NewElection {
                id: form.text("id").to_owned(),
                rules_id: form.text("rules_id").to_owned(),
                title: names(&form, "title"),
                area_id,
                zone: form.text("zone").to_owned(),
                voting_day,
                synthetic: ctx.app.settings.demo,
            };
            actions::create(&acting, new).await
        }
    };
    match made {
        Ok(id) => Ok(see(&format!(
            "/office/elections/{id}?done=election-created"
        ))),
        Err(Error::Invalid(problems)) => {
            for problem in problems {
                errors.add(problem.field, problem.message);
            }
            page_with_errors(&new_page(&ctx, errors, form).await?)
        }
        Err(other) => Err(other),
    }
}

#[derive(Template)]
#[template(path = "elections/pages/office.html")]
struct Page {
    s: Shell,
    election_id: String,
    title: String,
    day: String,
    state: String,
    since: String,
    next: Option<Next>,
    history: Vec<Past>,
    contests: Vec<Line>,
    /// Contests are added while the election is only called.
    may_add: bool,
    may_plan: bool,
    /// The readiness of stations is set up from here.
    may_ask: bool,
}

struct Past {
    word: String,
    at: String,
    decision: String,
}

struct Line {
    href: String,
    name: String,
    region: String,
    state: String,
    kind: &'static str,
    day: String,
    stations: u64,
    stations_href: String,
}

async fn build(ctx: &Ctx, connection: &mut Connection, id: &str) -> Result<Page, Error> {
    let election = queries::election(connection, id).await?;
    let acting = ctx.acting()?;
    let (t, zone) = (ctx.t, election.time_zone()?);
    let (_, lines) = queries::decisions(connection, &election.id, 500, 0).await?;
    let contests = queries::contests(connection, &election.id).await?;
    let next = next_move(ctx, connection, &election).await?;
    let state = Some(election.state.as_str());
    let may_ask = acting
        .may(
            connection,
            Action::ChecklistChange,
            &election.area_id,
            state,
        )
        .await?;
    let may_plan = manage::keeps_calendar(ctx, connection, &election, &contests).await?;
    let mut rows = Vec::new();
    for contest in &contests {
        let reached = manage::reaches(ctx, connection, &contest.area_id).await?;
        let mut line = line(ctx, contest, reached);
        let (action, state) = (Action::ElectionMove, Some(election.state.as_str()));
        if acting
            .may(connection, action, &contest.area_id, state)
            .await?
        {
            line.stations_href = format!("/office/contests/{}/stations", contest.id);
        }
        rows.push(line);
    }
    let history = queries::states(connection, &election.id)
        .await?
        .into_iter()
        .map(|m| Past {
            word: t.word(&format!("elections-state-{}", m.state.as_str())),
            at: instant_long(t.lang, m.at, &zone),
            decision: lines
                .iter()
                .find(|l| Some(&l.id) == m.decision_id.as_ref())
                .map(|l| decisions::label(t, l))
                .unwrap_or_default(),
        })
        .collect();
    Ok(Page {
        s: office_shell(ctx, &election, t.elections_office_title()),
        title: election.title.get(t.lang).to_owned(),
        day: date_long(t.lang, election.voting_day),
        state: t.word(&format!("elections-state-{}", election.state.as_str())),
        since: instant_long(t.lang, election.state_since, &zone),
        next,
        history,
        contests: rows,
        may_add: election.state == ElectionState::Called
            && ctx.app.policy.could(acting.actor(), Action::ElectionMove),
        may_plan,
        may_ask,
        election_id: election.id,
    })
}

fn line(ctx: &Ctx, contest: &Contest, reached: bool) -> Line {
    let t = ctx.t;
    Line {
        href: if reached {
            format!("/office/contests/{}/candidates", contest.id)
        } else {
            contest.href()
        },
        name: contest.names.get(t.lang).to_owned(),
        region: contest.region_names.get(t.lang).to_owned(),
        state: t.word(&format!(
            "elections-contest-state-{}",
            contest.state.as_str()
        )),
        kind: match contest.state {
            ContestState::Open => "open",
            ContestState::Determined => "done",
            ContestState::Postponed
            | ContestState::Repeat
            | ContestState::Recount
            | ContestState::Cancelled => "attention",
        },
        day: date_long(t.lang, contest.voting_day),
        stations: contest.stations_expected,
        stations_href: String::new(),
    }
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let mut connection = ctx.read().await?;
    page(&build(&ctx, &mut connection, &id).await?)
}
