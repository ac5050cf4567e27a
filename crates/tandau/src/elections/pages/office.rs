//! The office: creating an election, moving it on.

use super::{Choice, decision_choices, decisions, office_shell};
use crate::commissions;
use crate::elections::state::Facts;
use crate::elections::{
    Contest, ContestState, Election, ElectionState, NewContest, NewElection, actions, queries,
};
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::i18n::{date_long, instant_long};
use crate::platform::web::{Crumb, Ctx, FieldErrors, FormData, Shell, page, page_with_errors, see};
use crate::platform::{Error, Names, areas, ids};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

/// Zones offered for the calendar of an election; others come with the areas.
const ZONES: [&str; 5] = [
    "Asia/Almaty",
    "Asia/Aqtobe",
    "Asia/Aqtau",
    "Asia/Oral",
    "Asia/Qyzylorda",
];

#[derive(Template)]
#[template(path = "elections/pages/new.html")]
struct NewPage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    rules: Vec<Choice>,
    zones: Vec<Choice>,
}

fn new_page(ctx: &Ctx, errors: FieldErrors, form: FormData) -> NewPage {
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
    NewPage {
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
        zones: ZONES.iter().map(|z| Choice::new(*z, *z, &zone)).collect(),
    }
}

pub(super) async fn new_form(ctx: Ctx) -> Result<Response, Error> {
    page(&new_page(&ctx, FieldErrors::new(), FormData::default()))
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
                title: Names::new(
                    form.text("title_kk"),
                    form.text("title_ru"),
                    form.text("title_en"),
                ),
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
            page_with_errors(&new_page(&ctx, errors, form))
        }
        Err(other) => Err(other),
    }
}

#[derive(Template)]
#[template(path = "elections/pages/office.html")]
struct Page {
    s: Shell,
    errors: FieldErrors,
    election_id: String,
    title: String,
    day: String,
    state: String,
    since: String,
    next: Option<Next>,
    decisions: Vec<Choice>,
    history: Vec<Past>,
    contests: Vec<Line>,
    /// Contests are added while the election is only called.
    may_add: bool,
    area_code: String,
}

/// The move that comes next.
struct Next {
    state: ElectionState,
    word: String,
    /// Why it can't be made yet; empty when it can.
    missing: String,
    /// Since when it could be made.
    from: String,
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
}

async fn build(
    ctx: &Ctx,
    connection: &mut Connection,
    id: &str,
    errors: FieldErrors,
) -> Result<Page, Error> {
    let election = queries::election(connection, id).await?;
    let acting = ctx.acting()?;
    let (t, zone) = (ctx.t, election.time_zone()?);
    let (_, lines) = queries::decisions(connection, &election.id, 500, 0).await?;
    let contests = queries::contests(connection, &election.id).await?;
    let facts = queries::facts(connection, &ctx.app, &election, acting.now(), false).await?;
    let next = next_move(ctx, connection, &election, &facts).await?;
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
    let choices = decision_choices(connection, t, &election.id, "").await?;
    Ok(Page {
        s: office_shell(ctx, &election, t.elections_office_title()),
        errors,
        title: election.title.get(t.lang).to_owned(),
        day: date_long(t.lang, election.voting_day),
        state: t.word(&format!("elections-state-{}", election.state.as_str())),
        since: instant_long(t.lang, election.state_since, &zone),
        next,
        decisions: choices,
        history,
        contests: contests.iter().map(|c| line(ctx, c)).collect(),
        may_add: election.state == ElectionState::Called,
        area_code: String::new(),
        election_id: election.id,
    })
}

fn line(ctx: &Ctx, contest: &Contest) -> Line {
    let t = ctx.t;
    Line {
        href: format!("/office/contests/{}/candidates", contest.id),
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
    }
}

/// The next move, where this office has the power to make it.
async fn next_move(
    ctx: &Ctx,
    connection: &mut Connection,
    election: &Election,
    facts: &Facts,
) -> Result<Option<Next>, Error> {
    let Some(to) = election.state.next() else {
        return Ok(None);
    };
    let acting = ctx.acting()?;
    let power = if to == ElectionState::Published {
        Action::ResultsPublish
    } else {
        Action::ElectionMove
    };
    let state = Some(election.state.as_str());
    if !acting
        .may(connection, power, &election.area_id, state)
        .await?
    {
        return Ok(None);
    }
    let zone = election.time_zone()?;
    // A decision is asked for in the form; what else is missing is said beside it.
    let decided = Facts {
        decided: true,
        ..*facts
    };
    Ok(Some(Next {
        state: to,
        word: ctx.t.word(&format!("elections-state-{}", to.as_str())),
        missing: election
            .state
            .advance(to, &decided)
            .err()
            .map(|refusal| actions::sentence(&acting, refusal, &zone))
            .unwrap_or_default(),
        from: facts
            .moment(to)
            .map(|at| instant_long(ctx.lang(), at, &zone))
            .unwrap_or_default(),
    }))
}

pub(super) async fn show(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let mut connection = ctx.read().await?;
    page(&build(&ctx, &mut connection, &id, FieldErrors::new()).await?)
}

pub(super) async fn advance(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let Some(to) = ElectionState::parse(form.text("to")) else {
        return Err(Error::field("to", ctx.t.form_choice()));
    };
    let decision = Some(form.text("decision_id")).filter(|d| !d.is_empty());
    match actions::move_to(&ctx.acting()?, &id, to, decision).await {
        Ok(()) => Ok(see(&format!("/office/elections/{id}?done=election-moved"))),
        Err(error) => {
            let errors = match error {
                Error::Conflict(sentence) => {
                    let mut errors = FieldErrors::new();
                    errors.add("to", sentence);
                    errors
                }
                other => FieldErrors::take(other)?,
            };
            let mut connection = ctx.read().await?;
            page_with_errors(&build(&ctx, &mut connection, &id, errors).await?)
        }
    }
}

pub(super) async fn add_contest(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    match contest_from(&ctx, &id, &form).await {
        Ok(()) => Ok(see(&format!("/office/elections/{id}?done=contest-added"))),
        Err(error) => {
            let errors = match error {
                Error::Conflict(sentence) => FieldErrors::take(Error::field("area_code", sentence)),
                other => FieldErrors::take(other),
            }?;
            let mut connection = ctx.read().await?;
            let mut again = build(&ctx, &mut connection, &id, errors).await?;
            form.text("area_code").clone_into(&mut again.area_code);
            page_with_errors(&again)
        }
    }
}

/// A contest in the area of a code, run by the area's own commission, with the stations of the area.
async fn contest_from(ctx: &Ctx, id: &str, form: &FormData) -> Result<(), Error> {
    let (t, acting) = (ctx.t, ctx.acting()?);
    let mut tx = acting.begin().await?;
    let election = queries::election(&mut tx, id).await?;
    if election.state != ElectionState::Called {
        return Err(Error::Conflict(t.elections_contests_fixed()));
    }
    let unknown = || Error::field("area_code", t.elections_area_unknown());
    let code = form.text("area_code");
    if !ids::is_id(code) {
        return Err(unknown());
    }
    let area_id = areas::by_code(&mut tx, code, election.voting_day)
        .await?
        .ok_or_else(unknown)?;
    let region = areas::path(&mut tx, &area_id)
        .await?
        .into_iter()
        .find(|a| {
            matches!(
                a.kind.as_str(),
                "region" | "city_of_republican_significance"
            )
        })
        .ok_or_else(unknown)?;
    let commission = commissions::queries::by_area(&mut tx, &area_id, election.voting_day)
        .await?
        .ok_or_else(|| Error::field("area_code", t.elections_commission_unknown()))?;
    let pack = ctx.app.rules.get(&election.rules_id)?;
    let last = queries::contests(&mut tx, id)
        .await?
        .last()
        .map_or(0, |c| c.number);
    let new = NewContest {
        election_id: election.id,
        number: last.saturating_add(1),
        area_id,
        region_id: region.id,
        commission_id: commission.id,
        seats: pack
            .contest
            .seats
            .as_ref()
            .map_or(1, |s| u64::from(s.value)),
        sourcing: "sourced".to_owned(),
        basis_decision_id: None,
        called_by_decision_id: Some(form.text("decision_id").to_owned()).filter(|d| !d.is_empty()),
    };
    let contest_id = actions::add_contest_in(&mut tx, &acting, new)
        .await
        .map_err(to_form)?;
    actions::add_counting_units_in(&mut tx, &acting, &contest_id).await?;
    tx.commit().await?;
    Ok(())
}

/// Problems of a contest under the names of the form's fields.
fn to_form(error: Error) -> Error {
    let Error::Invalid(mut problems) = error else {
        return error;
    };
    for problem in &mut problems {
        let field = match problem.field.as_str() {
            "decision_id" | "called_by_decision_id" => "decision_id",
            _ => "area_code",
        };
        field.clone_into(&mut problem.field);
    }
    Error::Invalid(problems)
}
