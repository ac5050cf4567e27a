//! `/office/commissions/{id}/members`: the higher commission seats members and ends their time.

use super::{crumbs, id_of};
use crate::commissions::actions::{self, EndSeat, Who};
use crate::commissions::basis::Purpose;
use crate::commissions::model::{Commission, Decision, NewMember, Office};
use crate::commissions::pages::basis::offered;
use crate::commissions::pages::show::{MemberLine, member_lines, nominator_name};
use crate::commissions::queries;
use crate::organisations;
use crate::people::{self, NewPerson, Sex};
use crate::platform::Error;
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::web::{
    Choice, Ctx, FieldErrors, FormData, Shell, page as render, page_with_errors, see,
};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;

/// People offered for a search at most.
const FOUND: u32 = 20;
/// Decisions offered at most.
const OFFERED: u32 = 100;

/// `?q=`: whom to look for among people on record.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "commissions/pages/office_members.html")]
struct MembersPage {
    s: Shell,
    errors: FieldErrors,
    id: String,
    name: String,
    q: String,
    form: FormData,
    seats: String,
    full: bool,
    members: Vec<MemberLine>,
    people: Vec<Choice>,
    offices: Vec<Choice>,
    nominators: Vec<Choice>,
    organisations: Vec<Choice>,
    sexes: Vec<Choice>,
    decisions: Vec<Choice>,
    reasons: Vec<Choice>,
}

async fn build(
    ctx: &Ctx,
    id: &str,
    q: &str,
    form: FormData,
    errors: FieldErrors,
) -> Result<MembersPage, Error> {
    let acting = ctx.acting()?;
    let mut reader = ctx.read().await?;
    let commission = queries::by_id(&mut reader, id_of(id)?).await?;
    acting
        .require(&mut reader, Action::MemberSeat, &commission.area_id, None)
        .await?;
    let t = ctx.t;
    let country = ctx.app.rules.country();
    let today = ctx.app.today();
    let members = queries::composition(&mut reader, &commission.id, today).await?;
    let found = people::queries::search(&mut reader, q, FOUND).await?;
    let all = organisations::queries::all(&mut reader).await?;
    let decisions = decisions(&mut reader, ctx, &commission, form.text("decision")).await?;
    let name = commission.name(t);
    let seated = u64::try_from(members.len()).map_err(Error::internal)?;
    let word = |prefix: &str, value: &str| t.word(&format!("{prefix}-{}", value.replace('_', "-")));
    let mut bodies = vec![Choice::new(
        "",
        t.commissions_no_organisation(),
        form.text("organisation"),
    )];
    bodies.extend(
        all.iter()
            .map(|o| Choice::new(&o.id, o.names.get(t.lang), form.text("organisation"))),
    );
    Ok(MembersPage {
        seats: t.commissions_seats(seated, commission.size),
        full: seated >= commission.size,
        members: member_lines(&mut reader, t, &members).await?,
        people: found
            .iter()
            .map(|p| {
                let text = format!("{}, {}", p.names.get(t.lang), p.birth_year);
                Choice::new(&p.id, text, form.text("person"))
            })
            .collect(),
        offices: Office::ALL
            .into_iter()
            .map(|o| {
                Choice::new(
                    o.as_str(),
                    word("commissions-office", o.as_str()),
                    form.text("office"),
                )
            })
            .collect(),
        nominators: country
            .member_nominators
            .iter()
            .map(|n| Choice::new(&n.id, nominator_name(t, &n.id), form.text("nominator")))
            .collect(),
        organisations: bodies,
        sexes: Sex::ALL
            .into_iter()
            .map(|x| Choice::new(x.as_str(), word("people-sex", x.as_str()), form.text("sex")))
            .collect(),
        decisions,
        reasons: country
            .end_reasons
            .iter()
            .map(|r| Choice::new(&r.id, word("commissions-end", &r.id), form.text("reason")))
            .collect(),
        s: {
            let crumbs = crumbs(&mut reader, ctx, &commission.area_id, name.clone()).await?;
            ctx.shell("office", t.commissions_members_change(), crumbs)
        },
        errors,
        name,
        q: q.to_owned(),
        form,
        id: commission.id,
    })
}

/// Acts and decisions that may seat or end: of the area of the commission above and of the body beside it.
async fn decisions(
    connection: &mut Connection,
    ctx: &Ctx,
    commission: &Commission,
    current: &str,
) -> Result<Vec<Choice>, Error> {
    let mut found: Vec<Decision> = Vec::new();
    if let Some(parent) = &commission.parent_id {
        found.extend(queries::decisions_of_commission(connection, parent, OFFERED).await?);
        let above = queries::by_id(connection, parent).await?;
        found.extend(queries::acts_of_area(connection, &above.area_id, OFFERED).await?);
    }
    found.extend(queries::acts_of_area(connection, &commission.area_id, OFFERED).await?);
    found.extend(queries::decisions_of_commission(connection, &commission.id, OFFERED).await?);
    found.sort_by_key(|d| std::cmp::Reverse(d.decided_on));
    found.retain(|d| Purpose::Seat.kinds().contains(&d.kind.as_str()) || d.kind == "member_ended");
    let mut choices = vec![Choice::new(
        "",
        ctx.t.commissions_choose_decision(),
        current,
    )];
    choices.extend(found.iter().map(|d| offered(ctx.t, d, current)));
    Ok(choices)
}

pub(super) async fn page(
    ctx: Ctx,
    Path(id): Path<String>,
    Query(search): Query<Search>,
) -> Result<Response, Error> {
    let page = build(
        &ctx,
        &id,
        &search.q,
        FormData::default(),
        FieldErrors::new(),
    )
    .await?;
    render(&page)
}

pub(super) async fn seat(
    ctx: Ctx,
    Path(id): Path<String>,
    form: FormData,
) -> Result<Response, Error> {
    match try_seat(&ctx, id_of(&id)?, &form).await {
        Ok(()) => Ok(see(&format!(
            "/office/commissions/{id}/members?done=member-seated"
        ))),
        Err(error) => {
            let errors = FieldErrors::take(error)?;
            let q = form.text("q").to_owned();
            page_with_errors(&build(&ctx, &id, &q, form, errors).await?)
        }
    }
}

async fn try_seat(ctx: &Ctx, id: &str, form: &FormData) -> Result<(), Error> {
    let t = ctx.t;
    let mut errors = FieldErrors::new();
    let office = Office::parse(form.text("office"));
    if office.is_none() {
        errors.add("office", t.form_choice());
    }
    if id_of(form.text("decision")).is_err() {
        errors.add("decision", t.commissions_choose_decision());
    }
    let from = errors.date(t, form, "valid_from");
    let who = who(ctx, form, &mut errors);
    errors.done()?;
    let (Some(office), Some(valid_from), Some(who)) = (office, from, who) else {
        return Err(Error::field("office", t.form_choice()));
    };
    let organisation = form.text("organisation");
    let new = NewMember {
        commission_id: id.to_owned(),
        person_id: String::new(),
        office,
        nominator: form.text("nominator").to_owned(),
        organisation_id: (!organisation.is_empty()).then(|| organisation.to_owned()),
        decision_id: form.text("decision").to_owned(),
        valid_from,
        valid_until: None,
    };
    let seated = actions::seat(&ctx.acting()?, who, new).await;
    seated
        .map(drop)
        .map_err(|e| e.renamed("decision_id", "decision"))
}

/// A person found before, or the fields of a new one.
fn who(ctx: &Ctx, form: &FormData, errors: &mut FieldErrors) -> Option<Who> {
    let t = ctx.t;
    let known = form.text("person");
    if !known.is_empty() {
        return id_of(known).ok().map(|id| Who::Known(id.to_owned()));
    }
    let names = errors.names(t, form, "name", people::model::MAX_NAME_CHARS);
    let sex = Sex::parse(form.text("sex"));
    if sex.is_none() {
        errors.add("sex", t.form_choice());
    }
    let year = errors.count(t, form, "birth_year");
    Some(Who::New(NewPerson {
        names,
        sex: sex?,
        birth_year: i16::try_from(year?).unwrap_or(0),
        birth_date: None,
        synthetic: ctx.app.settings.demo,
    }))
}

pub(super) async fn end(
    ctx: Ctx,
    Path((id, member)): Path<(String, String)>,
    form: FormData,
) -> Result<Response, Error> {
    match try_end(&ctx, id_of(&id)?, id_of(&member)?, &form).await {
        Ok(()) => Ok(see(&format!(
            "/office/commissions/{id}/members?done=member-ended"
        ))),
        Err(error) => {
            let errors = FieldErrors::take(error)?;
            page_with_errors(&build(&ctx, &id, "", form, errors).await?)
        }
    }
}

async fn try_end(ctx: &Ctx, id: &str, member: &str, form: &FormData) -> Result<(), Error> {
    let t = ctx.t;
    let mut errors = FieldErrors::new();
    if id_of(form.text("end_decision")).is_err() {
        errors.add(
            format!("end_decision-{member}"),
            t.commissions_choose_decision(),
        );
    }
    let last_day = form.text("last_day").parse().ok();
    if last_day.is_none() {
        errors.add(format!("last_day-{member}"), t.form_date());
    }
    errors.done()?;
    let seat = {
        let mut reader = ctx.read().await?;
        queries::member(&mut reader, member).await?
    };
    let (Some(last_day), true) = (last_day, seat.commission_id == id) else {
        return Err(Error::NotFound);
    };
    let end = EndSeat {
        member_id: seat.id,
        decision_id: form.text("end_decision").to_owned(),
        last_day,
        reason: form.text("reason").to_owned(),
    };
    let ended = actions::end(&ctx.acting()?, end).await;
    ended.map_err(|e| e.renamed("decision_id", &format!("end_decision-{member}")))
}
