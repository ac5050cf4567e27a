//! The office: nominations, decisions on candidates, the ballot, and what the law asks for with too few.

use super::public::{Line, Requirement, in_order, requirements};
use crate::candidates::actions::{
    self, Extension, FixBallot, Loss, NewCandidate, Postponement, Registration,
};
use crate::candidates::model::{Candidate, CandidateState};
use crate::candidates::queries;
use crate::elections::calendar::language;
use crate::elections::pages::{Choice, decision_choices, office_shell, parse_moment};
use crate::elections::{Contest, Election, queries as elections};
use crate::people::{self, NewPerson, Sex};
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::i18n::{date_long, date_short};
use crate::platform::web::{Ctx, FieldErrors, FormData, Shell, page, page_with_errors, see};
use crate::platform::{Acting, Error, Names};
use crate::{organisations, platform::ids};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use electoral::RulePack;
use serde::Deserialize;
use std::sync::Arc;

/// Words to look for in the register of people.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    q: String,
}

/// The contest with what its pages need.
struct Place {
    contest: Contest,
    election: Election,
    pack: Arc<RulePack>,
    /// Whether this office may change candidates here and now; others only look.
    may_change: bool,
}

/// Reads the contest, if this office reaches its area.
async fn open(ctx: &Ctx, connection: &mut Connection, id: &str) -> Result<Place, Error> {
    let contest = elections::contest(connection, id).await?;
    let election = elections::election(connection, &contest.election_id).await?;
    let phase = elections::phase(connection, &election, &contest, ctx.app.clock.now()).await?;
    let acting = ctx.acting()?;
    let area = contest.area_id.as_str();
    acting
        .require(connection, Action::OfficeEnter, area, None)
        .await?;
    let change = acting
        .require(
            connection,
            Action::CandidateChange,
            area,
            Some(phase.as_str()),
        )
        .await;
    let may_change = match change {
        Ok(()) => !contest.state.is_settled(),
        Err(Error::Forbidden(_)) => false,
        Err(other) => return Err(other),
    };
    let pack = ctx.app.rules.get(&election.rules_id)?;
    Ok(Place {
        contest,
        election,
        pack,
        may_change,
    })
}

#[derive(Template)]
#[template(path = "candidates/pages/office.html")]
struct Page {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    contest_id: String,
    may_change: bool,
    title: String,
    day: String,
    lines: Vec<Line>,
    requirements: Vec<Requirement>,
    q: String,
    people: Vec<Choice>,
    sexes: Vec<Choice>,
    nominators: Vec<Choice>,
    parties: Vec<Choice>,
    decisions: Vec<Choice>,
}

async fn build(
    ctx: &Ctx,
    connection: &mut Connection,
    id: &str,
    q: &str,
    errors: FieldErrors,
    form: FormData,
) -> Result<Page, Error> {
    let place = open(ctx, connection, id).await?;
    let (t, lang) = (ctx.t, language(ctx.lang()));
    let mut lines = Vec::new();
    for candidate in in_order(queries::all_of_contest(connection, id).await?) {
        let events = queries::events(connection, &candidate.id).await?;
        lines.push(Line::of(t, &place.pack, &candidate, &events));
    }
    let title = t.candidates_office_title();
    let decisions =
        decision_choices(connection, t, &place.election.id, form.text("decision_id")).await?;
    Ok(Page {
        s: office_shell(ctx, &place.election, title),
        title: place.contest.names.get(t.lang).to_owned(),
        day: date_long(t.lang, place.contest.voting_day),
        lines,
        requirements: requirements(t, &place.pack),
        people: found(ctx, connection, q, form.text("person_id")).await?,
        q: q.to_owned(),
        sexes: vec![
            Choice::new("female", t.candidates_office_sex_female(), form.text("sex")),
            Choice::new("male", t.candidates_office_sex_male(), form.text("sex")),
        ],
        nominators: place
            .pack
            .nominators
            .iter()
            .map(|n| {
                let mut choice = Choice::new(&n.id, n.name.get(lang), form.text("nominated_by"));
                n.condition.get(lang).clone_into(&mut choice.hint);
                choice
            })
            .collect(),
        parties: parties(ctx, connection, form.text("organisation_id")).await?,
        decisions,
        may_change: place.may_change,
        contest_id: place.contest.id,
        errors,
        form,
    })
}

/// People on record with these words in their names; the first choice is somebody new.
async fn found(
    ctx: &Ctx,
    connection: &mut Connection,
    q: &str,
    chosen: &str,
) -> Result<Vec<Choice>, Error> {
    if q.trim().is_empty() || q.chars().count() > 200 {
        return Ok(Vec::new());
    }
    let mut choices = vec![Choice::new(
        "",
        ctx.t.candidates_office_new_person(),
        chosen,
    )];
    for person in people::queries::search(connection, q, 20).await? {
        let text = format!("{} ({})", person.names.get(ctx.lang()), person.birth_year);
        choices.push(Choice::new(person.id, text, chosen));
    }
    Ok(choices)
}

async fn parties(
    ctx: &Ctx,
    connection: &mut Connection,
    chosen: &str,
) -> Result<Vec<Choice>, Error> {
    let mut choices = vec![Choice::new("", ctx.t.candidates_office_no_party(), chosen)];
    for party in organisations::queries::all(connection).await? {
        if party.kind.as_str() == "party" {
            choices.push(Choice::new(party.id, party.names.get(ctx.lang()), chosen));
        }
    }
    Ok(choices)
}

pub(super) async fn show(
    ctx: Ctx,
    Path(id): Path<String>,
    Query(search): Query<Search>,
) -> Result<Response, Error> {
    let mut connection = ctx.read().await?;
    let none = FieldErrors::new();
    page(
        &build(
            &ctx,
            &mut connection,
            &id,
            &search.q,
            none,
            FormData::default(),
        )
        .await?,
    )
}

/// The page again with what is wrong, or on to the next one.
async fn answer(
    ctx: &Ctx,
    id: &str,
    form: FormData,
    result: Result<(), Error>,
    done: &str,
) -> Result<Response, Error> {
    match result {
        Ok(()) => Ok(see(&format!(
            "/office/contests/{id}/candidates?done={done}"
        ))),
        Err(error) => {
            let errors = FieldErrors::take(error)?;
            let q = form.text("q").to_owned();
            let mut connection = ctx.read().await?;
            page_with_errors(&build(ctx, &mut connection, id, &q, errors, form).await?)
        }
    }
}

pub(super) async fn nominate(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let result = nominate_from(&ctx, &ctx.acting()?, &id, &form).await;
    answer(&ctx, &id, form, result, "candidate-nominated").await
}

async fn nominate_from(
    ctx: &Ctx,
    acting: &Acting,
    contest_id: &str,
    form: &FormData,
) -> Result<(), Error> {
    let t = ctx.t;
    let mut errors = FieldErrors::new();
    let nominated_on = errors.date(t, form, "nominated_on");
    let person_id = form.text("person_id");
    let (mut sex, mut birth) = (None, None);
    if person_id.is_empty() {
        birth = errors.date(t, form, "birth_date");
        sex = Sex::parse(form.text("sex"));
        if sex.is_none() {
            errors.add("sex", t.form_choice());
        }
    } else if !ids::is_id(person_id) {
        errors.add("person_id", t.form_choice());
    }
    errors.done()?;
    let nominated_on = nominated_on.ok_or(Error::NotFound)?;
    let mut tx = acting.begin().await?;
    // Without the power nobody is put on record: the whole transaction is dropped.
    let person_id = match (sex, birth) {
        (Some(sex), Some(birth)) => {
            let new = NewPerson {
                names: texts(form, "name"),
                sex,
                birth_year: birth.year(),
                birth_date: Some(birth),
                synthetic: ctx.app.settings.demo,
            };
            people::actions::add_in(&mut tx, acting, new).await?
        }
        _ => person_id.to_owned(),
    };
    let new = NewCandidate {
        contest_id: contest_id.to_owned(),
        person_id,
        nominated_by: form.text("nominated_by").to_owned(),
        organisation_id: filled(form, "organisation_id"),
        nominated_on,
        occupation: texts(form, "occupation"),
    };
    actions::nominate_in(&mut tx, acting, new).await?;
    tx.commit().await?;
    Ok(())
}

fn texts(form: &FormData, prefix: &str) -> Names {
    Names::new(
        form.text(&format!("{prefix}_kk")),
        form.text(&format!("{prefix}_ru")),
        form.text(&format!("{prefix}_en")),
    )
}

fn filled(form: &FormData, field: &str) -> Option<String> {
    Some(form.text(field).to_owned()).filter(|text| !text.is_empty())
}

pub(super) async fn fix_ballot(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let input = FixBallot {
        contest_id: id.clone(),
        decision_id: form.text("decision_id").to_owned(),
    };
    let result = actions::fix_ballot(&ctx.acting()?, input).await.map(|_| ());
    answer(&ctx, &id, form, result, "ballot-fixed").await
}

pub(super) async fn extend(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let zone = {
        let mut connection = ctx.read().await?;
        elections::contest(&mut connection, &id)
            .await?
            .time_zone()?
    };
    let mut errors = FieldErrors::new();
    let until = parse_moment(ctx.t, &form, "until", &zone, &mut errors);
    if until.is_none() && errors.is_empty() {
        errors.add("until", ctx.t.form_required());
    }
    let result = match (errors.done(), until) {
        (Ok(()), Some(until)) => {
            let input = Extension {
                contest_id: id.clone(),
                until,
                decision_id: form.text("decision_id").to_owned(),
            };
            actions::extend_nomination(&ctx.acting()?, input).await
        }
        (Err(error), _) => Err(error),
        (Ok(()), None) => Err(Error::NotFound),
    };
    answer(&ctx, &id, form, result, "nomination-extended").await
}

pub(super) async fn postpone(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    let mut errors = FieldErrors::new();
    let day = errors.date(ctx.t, &form, "voting_day");
    let result = match day {
        Some(voting_day) => {
            let input = Postponement {
                contest_id: id.clone(),
                voting_day,
                decision_id: form.text("decision_id").to_owned(),
            };
            actions::postpone(&ctx.acting()?, input).await
        }
        None => errors.done(),
    };
    answer(&ctx, &id, form, result, "voting-moved").await
}

#[derive(Template)]
#[template(path = "candidates/pages/office_candidate.html")]
struct CandidatePage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    contest_id: String,
    line: Line,
    documents: Vec<String>,
    acts: Vec<Choice>,
    reasons: Vec<Choice>,
    decisions: Vec<Choice>,
    history: Vec<Past>,
}

struct Past {
    day: String,
    state: String,
    reason: String,
    note: String,
}

async fn candidate_page(
    ctx: &Ctx,
    connection: &mut Connection,
    id: &str,
    candidate_id: &str,
    errors: FieldErrors,
    form: FormData,
) -> Result<CandidatePage, Error> {
    let place = open(ctx, connection, id).await?;
    let candidate = of_contest(connection, id, candidate_id).await?;
    let events = queries::events(connection, candidate_id).await?;
    let (t, lang) = (ctx.t, language(ctx.lang()));
    let reason_name = |code: &str| {
        place
            .pack
            .loss(code)
            .map(|l| l.name.get(lang).to_owned())
            .unwrap_or_default()
    };
    let mut reasons = vec![Choice::new(
        "",
        t.candidates_office_no_reason(),
        form.text("reason_code"),
    )];
    reasons.extend(place.pack.losses.iter().map(|loss| {
        let text = format!(
            "{} ({})",
            loss.name.get(lang),
            place.pack.cite(&loss.source, lang)
        );
        Choice::new(&loss.id, text, form.text("reason_code"))
    }));
    let decisions =
        decision_choices(connection, t, &place.election.id, form.text("decision_id")).await?;
    Ok(CandidatePage {
        s: office_shell(ctx, &place.election, t.candidates_office_title()),
        contest_id: place.contest.id.clone(),
        documents: place
            .pack
            .documents
            .iter()
            .filter(|d| d.nominators.contains(&candidate.nominated_by))
            .map(|d| {
                let article = place.pack.cite(&d.source, lang);
                format!("{} ({article})", d.name.get(lang))
            })
            .collect(),
        acts: if place.may_change {
            acts(ctx, &candidate, form.text("act"))
        } else {
            Vec::new()
        },
        history: events
            .iter()
            .map(|e| Past {
                day: date_short(t.lang, e.on_day),
                state: t.word(&format!("candidates-state-{}", e.state.as_str())),
                reason: reason_name(&e.reason_code),
                note: e.note.clone(),
            })
            .collect(),
        line: Line::of(t, &place.pack, &candidate, &events),
        reasons,
        decisions,
        errors,
        form,
    })
}

/// What may happen to the candidate next.
fn acts(ctx: &Ctx, candidate: &Candidate, chosen: &str) -> Vec<Choice> {
    let t = ctx.t;
    [
        (
            CandidateState::Registered,
            "register",
            t.candidates_office_act_register(),
        ),
        (
            CandidateState::Refused,
            "refuse",
            t.candidates_office_act_refuse(),
        ),
        (
            CandidateState::Withdrawn,
            "withdraw",
            t.candidates_office_act_withdraw(),
        ),
        (
            CandidateState::Cancelled,
            "cancel",
            t.candidates_office_act_cancel(),
        ),
    ]
    .into_iter()
    .filter(|(to, _, _)| candidate.state.advance(*to).is_some())
    .map(|(_, value, text)| Choice::new(value, text, chosen))
    .collect()
}

async fn of_contest(
    connection: &mut Connection,
    contest_id: &str,
    candidate_id: &str,
) -> Result<Candidate, Error> {
    let candidate = queries::candidate(connection, candidate_id).await?;
    if candidate.contest_id == contest_id {
        Ok(candidate)
    } else {
        Err(Error::NotFound)
    }
}

pub(super) async fn candidate(
    ctx: Ctx,
    Path((id, candidate_id)): Path<(String, String)>,
) -> Result<Response, Error> {
    let mut connection = ctx.read().await?;
    let (none, form) = (FieldErrors::new(), FormData::default());
    page(&candidate_page(&ctx, &mut connection, &id, &candidate_id, none, form).await?)
}

pub(super) async fn decide(
    ctx: Ctx,
    Path((id, candidate_id)): Path<(String, String)>,
    form: FormData,
) -> Result<Response, Error> {
    {
        let mut connection = ctx.read().await?;
        of_contest(&mut connection, &id, &candidate_id).await?;
    }
    match decide_from(&ctx, &candidate_id, &form).await {
        Ok(()) => Ok(see(&format!(
            "/office/contests/{id}/candidates?done=candidate-changed"
        ))),
        Err(error) => {
            let errors = FieldErrors::take(error)?;
            let mut connection = ctx.read().await?;
            let again = candidate_page(&ctx, &mut connection, &id, &candidate_id, errors, form);
            page_with_errors(&again.await?)
        }
    }
}

async fn decide_from(ctx: &Ctx, candidate_id: &str, form: &FormData) -> Result<(), Error> {
    let acting = ctx.acting()?;
    let mut errors = FieldErrors::new();
    let on = errors.date(ctx.t, form, "on");
    let signatures_valid = if form.text("signatures_valid").is_empty() {
        None
    } else {
        errors.count(ctx.t, form, "signatures_valid")
    };
    let act = form.text("act");
    if !matches!(act, "register" | "refuse" | "withdraw" | "cancel") {
        errors.add("act", ctx.t.form_choice());
    }
    errors.done()?;
    let on = on.ok_or(Error::NotFound)?;
    let decision_id = filled(form, "decision_id");
    if act == "register" {
        let input = Registration {
            candidate_id: candidate_id.to_owned(),
            on,
            signatures_valid,
            decision_id: decision_id
                .ok_or_else(|| Error::field("decision_id", ctx.t.form_required()))?,
        };
        return actions::register(&acting, input).await;
    }
    let input = Loss {
        candidate_id: candidate_id.to_owned(),
        on,
        reason_code: form.text("reason_code").to_owned(),
        note: form.text("note").to_owned(),
        decision_id,
    };
    match act {
        "refuse" => actions::refuse(&acting, input).await,
        "cancel" => actions::cancel(&acting, input).await,
        _ => actions::withdraw(&acting, input).await,
    }
}
