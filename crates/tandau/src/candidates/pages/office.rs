//! The office: nominations, decisions on candidates, the ballot, and what the law asks for with too few.

use super::public::{Line, Requirement, in_order, requirements};
use crate::candidates::actions::{self, NewCandidate};
use crate::candidates::queries;
use crate::commissions::actions::Who;
use crate::elections::calendar::language;
use crate::elections::pages::{Choice, office_shell};
use crate::elections::{Contest, Election, queries as elections};
use crate::people::{self, NewPerson, Sex};
use crate::platform::Error;
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::i18n::date_long;
use crate::platform::web::fields::names;
use crate::platform::web::{Ctx, FieldErrors, FormData, Shell, page, page_with_errors, see};
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
pub(super) struct Place {
    pub(super) contest: Contest,
    pub(super) election: Election,
    pub(super) pack: Arc<RulePack>,
    /// Whether this office may change candidates here and now; others only look.
    pub(super) may_change: bool,
}

/// Reads the contest, if this office reaches its area.
pub(super) async fn open(ctx: &Ctx, connection: &mut Connection, id: &str) -> Result<Place, Error> {
    let contest = elections::contest(connection, id).await?;
    let election = elections::election(connection, &contest.election_id).await?;
    let phase = elections::phase(connection, &election, &contest, ctx.app.clock.now()).await?;
    let acting = ctx.acting()?;
    let area = contest.area_id.as_str();
    acting
        .require(connection, Action::OfficeLook, area, None)
        .await?;
    let may_change = !contest.state.is_settled()
        && acting
            .may(
                connection,
                Action::CandidateChange,
                area,
                Some(phase.as_str()),
            )
            .await?;
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
pub(super) struct Page {
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
}

pub(super) async fn build(
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
        may_change: place.may_change,
        contest_id: place.contest.id,
        errors,
        form,
    })
}

/// People on record with these words in their names; the first choice is somebody new.
pub(super) async fn found(
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

pub(super) async fn parties(
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
pub(super) async fn answer(
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
    let result = nominate_from(&ctx, &id, &form).await;
    answer(&ctx, &id, form, result, "candidate-nominated").await
}

async fn nominate_from(ctx: &Ctx, contest_id: &str, form: &FormData) -> Result<(), Error> {
    let t = ctx.t;
    let mut errors = FieldErrors::new();
    let nominated_on = errors.date(t, form, "nominated_on");
    let person_id = form.text("person_id");
    let who = if person_id.is_empty() {
        let birth = errors.date(t, form, "birth_date");
        let sex = Sex::parse(form.text("sex"));
        if sex.is_none() {
            errors.add("sex", t.form_choice());
        }
        sex.zip(birth).map(|(sex, birth)| {
            Who::New(NewPerson {
                names: names(form, "name"),
                sex,
                birth_year: birth.year(),
                birth_date: Some(birth),
                synthetic: ctx.app.settings.demo,
            })
        })
    } else if ids::is_id(person_id) {
        Some(Who::Known(person_id.to_owned()))
    } else {
        errors.add("person_id", t.form_choice());
        None
    };
    errors.done()?;
    let (Some(nominated_on), Some(who)) = (nominated_on, who) else {
        return Err(Error::field("nominated_on", t.form_date()));
    };
    let new = NewCandidate {
        contest_id: contest_id.to_owned(),
        person_id: String::new(),
        nominated_by: form.text("nominated_by").to_owned(),
        organisation_id: filled(form, "organisation_id"),
        nominated_on,
        occupation: names(form, "occupation"),
    };
    actions::nominate_person(&ctx.acting()?, who, new)
        .await
        .map(drop)
}

pub(super) fn filled(form: &FormData, field: &str) -> Option<String> {
    Some(form.text(field).to_owned()).filter(|text| !text.is_empty())
}
