//! Which of two answers counts.

use super::common::{At, People, asked, wording};
use crate::platform::access::Action;
use crate::platform::i18n::{instant_long, instant_short};
use crate::platform::web::fields::hidden;
use crate::platform::web::{
    Choice, Ctx, FieldErrors, FormData, Shell, page, page_with_status, see,
};
use crate::platform::{Error, ids};
use crate::readiness::actions::{self, Settle};
use crate::readiness::model::{Given, ItemStatus, is_party};
use crate::readiness::queries;
use crate::readiness::words::value_words;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

#[derive(Template)]
#[template(path = "readiness/pages/settle.html")]
struct SettlePage {
    s: Shell,
    errors: FieldErrors,
    where_: String,
    title: String,
    as_of: String,
    item: String,
    href: String,
    election: String,
    seen: u64,
    answers: Vec<Choice>,
    /// Address and name of each photo and paper that came with an answer.
    photos: Vec<(String, String)>,
    reason: String,
}

async fn build(
    ctx: &Ctx,
    (station, item): (&str, &str),
    election: &str,
    (form, errors): (FormData, FieldErrors),
) -> Result<SettlePage, Error> {
    let t = ctx.t;
    if !ids::is_id(item) {
        return Err(Error::NotFound);
    }
    let mut reader = ctx.read().await?;
    let at = At::read(ctx, &mut reader, station, election).await?;
    if !at.may(ctx, &mut reader, Action::ReadinessSettle).await? {
        return Err(Error::Forbidden(Action::ReadinessSettle.name()));
    }
    let state = at.states.get(item).ok_or(Error::NotFound)?;
    if state.status != ItemStatus::Disputed {
        return Err(Error::Conflict(t.readiness_not_disputed()));
    }
    let mut people = People::default();
    let mut choices = Vec::new();
    let mut photos = Vec::new();
    let answers = queries::answers(&mut reader, &at.place.election_id, station).await?;
    let own = |a: &&Given| a.item == item;
    if is_party(answers.iter().filter(own), ctx.acting()?.person()) {
        return Err(Error::Conflict(t.readiness_settle_own()));
    }
    for given in answers.iter().filter(own).rev() {
        let who = people.name(&mut reader, t.lang, &given.made_by).await?;
        let when = instant_short(t.lang, given.made_at, &at.zone);
        for file in &given.photos {
            let place = i64::try_from(photos.len().saturating_add(1)).unwrap_or(i64::MAX);
            let election = &at.place.election_id;
            photos.push((
                format!("{}/photos/{file}?election={election}", at.href()),
                format!("{} ({who}, {when})", t.readiness_file(place)),
            ));
        }
        let choice = Choice::new(
            given.sequence.to_string(),
            value_words(t, at.list.item(item), &given.value),
            form.text("sequence"),
        );
        let note = if given.note.is_empty() {
            String::new()
        } else {
            format!(" «{}»", given.note)
        };
        choices.push(choice.with_hint(format!("{who}, {when}{note}")));
    }
    let title = t.readiness_settle_title();
    Ok(SettlePage {
        s: ctx.shell("office", title.clone(), at.crumbs(ctx, &title)),
        errors,
        where_: format!("{} · {}", at.title(t), at.address(t.lang)),
        as_of: instant_long(t.lang, ctx.app.clock.now(), &at.zone),
        title,
        item: wording(&at.list, item, t.lang),
        href: format!("/office/readiness/settle/{station}/{item}"),
        election: at.place.election_id.clone(),
        seen: state.sequence,
        answers: choices,
        photos,
        reason: form.text("reason").to_owned(),
    })
}

pub(super) async fn form(
    ctx: Ctx,
    Path((station, item)): Path<(String, String)>,
) -> Result<Response, Error> {
    let election = asked(&ctx, "election");
    let nothing = (FormData::default(), FieldErrors::new());
    page(&build(&ctx, (&station, &item), &election, nothing).await?)
}

pub(super) async fn send(
    ctx: Ctx,
    Path((station, item)): Path<(String, String)>,
    data: FormData,
) -> Result<Response, Error> {
    if !ids::is_id(&station) || !ids::is_id(&item) {
        return Err(Error::NotFound);
    }
    let election = data.text("election").to_owned();
    let input = Settle {
        election_id: election.clone(),
        station_id: station.clone(),
        item: item.clone(),
        sequence: hidden(&data, "sequence"),
        seen: hidden(&data, "seen"),
        reason: data.text("reason").to_owned(),
    };
    match actions::settle(&ctx.acting()?, &input).await {
        Ok(()) => Ok(see(&format!(
            "/office/readiness/stations/{station}?election={election}&done=readiness-settled"
        ))),
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "seen")?;
            let key = (station.as_str(), item.as_str());
            page_with_status(&build(&ctx, key, &election, (data, errors)).await?, status)
        }
    }
}
