//! `/office/notices`: what one's commission and those below it have still to tell, and the form that puts it on record.

use super::notices::{Row, entered, row};
use super::{Asked, pair};
use crate::elections::model::{Contest, Election};
use crate::platform::access::Action;
use crate::platform::database::Connection;
use crate::platform::i18n::{date_long, instant_long};
use crate::platform::web::fields::hidden;
use crate::platform::web::{
    Choice, Crumb, Ctx, FieldErrors, FormData, Shell, page as render, page_with_status, see,
};
use crate::platform::{Error, ids};
use crate::publications::actions::{self, NewTelling};
use crate::publications::model::{self, Act, NoticeEvent, Standing, Telling, language};
use crate::publications::queries;
use crate::stations::queries as stations;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;

/// Rows of the list at most: what is late stands first.
const ROWS: usize = 200;

#[derive(Template)]
#[template(path = "publications/pages/notice_list.html")]
struct ListPage {
    s: Shell,
    election: String,
    election_id: String,
    told: String,
    overdue: u64,
    rows: Vec<Row>,
    more: String,
}

/// What the office's own area has to do with: its contests, and its own station alone where it is one.
async fn mine(
    ctx: &Ctx,
    reader: &mut Connection,
    asked: &Asked,
) -> Result<Option<(Election, Vec<Contest>, Option<String>)>, Error> {
    let acting = ctx.acting()?;
    for area_id in acting.areas_with(reader, Action::NoticeTell).await? {
        let found = queries::scope(reader, &ctx.app, &asked.election, &area_id).await?;
        let station = stations::id_by_area(reader, &area_id).await?;
        if let Some((election, contests)) = found {
            let only = station.map(|_| area_id);
            return Ok(Some((election, contests, only)));
        }
    }
    Ok(None)
}

pub(super) async fn list(ctx: Ctx, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let t = ctx.t;
    if !asked.election.is_empty() && !ids::is_id(&asked.election) {
        return Err(Error::NotFound);
    }
    let mut reader = ctx.read().await?;
    let mut names = (String::new(), String::new());
    let mut rows = Vec::new();
    let mut sums = queries::Sums::default();
    let mut more = String::new();
    if let Some((election, contests, only)) = mine(&ctx, &mut reader, &asked).await? {
        let now = ctx.app.clock.now();
        let only = only.as_deref();
        let owed = queries::owed_in(&mut reader, &ctx.app, &election, &contests, only, now).await?;
        sums = queries::sums(&owed);
        let open = |standing| matches!(standing, Standing::Overdue | Standing::Open);
        // A station's own list is short: all of it is shown. Others begin with what has still to be told.
        let shown: Vec<_> = owed
            .iter()
            .filter(|one| only.is_some() || open(one.standing))
            .collect();
        let left = shown.len().saturating_sub(ROWS);
        if left > 0 {
            more = t.publications_more(left);
        }
        let rules = ctx.app.rules.notices();
        rows = shown
            .into_iter()
            .take(ROWS)
            .filter_map(|one| row(&ctx, rules, one))
            .collect();
        names = (election.title.get(t.lang).to_owned(), election.id);
    }
    let title = t.publications_notices_office();
    render(&ListPage {
        s: ctx.shell(
            "office",
            title.clone(),
            vec![
                Crumb::to("/office", t.shell_nav_office()),
                Crumb::here(title),
            ],
        ),
        told: model::of(t, sums.told, sums.all),
        overdue: sums.overdue,
        election: names.0,
        election_id: names.1,
        rows,
        more,
    })
}

struct Told {
    sequence: u64,
    said: String,
    link: String,
    paper: String,
    at: String,
    /// The same said aloud, where it was another day than the one that people were told on.
    entered: String,
    holds: bool,
    taken_back: String,
}

#[derive(Template)]
#[template(path = "publications/pages/notice.html")]
struct NoticePage {
    s: Shell,
    errors: FieldErrors,
    form: FormData,
    action: String,
    election_id: String,
    seen: usize,
    title: String,
    who: String,
    whom: String,
    law: String,
    note: String,
    channels: Vec<Choice>,
    told: Vec<Told>,
}

fn told(ctx: &Ctx, events: &[NoticeEvent], event: &NoticeEvent) -> Told {
    let t = ctx.t;
    let zone = &ctx.app.home_zone;
    let channel = ctx.app.rules.notices().channel(&event.channel);
    let channel = channel.map_or("", |channel| channel.name.get(language(t.lang)));
    let day = event.told_on.map(|day| date_long(t.lang, day));
    let taken = events
        .iter()
        .find(|e| e.of_sequence == Some(event.sequence));
    Told {
        sequence: event.sequence,
        said: format!("{}, {channel}: {}", day.unwrap_or_default(), event.outlet),
        link: event.link.clone(),
        paper: match (&event.file_id, taken) {
            (Some(id), None) => format!("/notices/papers/{id}"),
            _ => String::new(),
        },
        at: instant_long(t.lang, event.made_at, zone),
        entered: entered(ctx, event),
        holds: taken.is_none(),
        taken_back: taken.map_or_else(String::new, |taken| {
            t.publications_taken_back(
                instant_long(t.lang, taken.made_at, zone),
                taken.reason.clone(),
            )
        }),
    }
}

/// The notice of an address, for somebody who may put it on record.
async fn build(
    ctx: &Ctx,
    (kind, area): (&str, &str),
    election: &str,
    form: FormData,
    errors: FieldErrors,
) -> Result<NoticePage, Error> {
    let t = ctx.t;
    if !ids::is_id(area) || !ids::is_id(election) {
        return Err(Error::NotFound);
    }
    let mut reader = ctx.read().await?;
    ctx.acting()?
        .require(&mut reader, Action::NoticeTell, area, None)
        .await?;
    let names = queries::owed_by(&mut reader, &ctx.app, election, kind, area).await?;
    let events = queries::notice_events(&mut reader, election, kind, area).await?;
    let rules = ctx.app.rules.notices();
    let notice = rules.notice(kind).ok_or(Error::NotFound)?;
    let lang = language(t.lang);
    let title = notice.name.get(lang).to_owned();
    let current = form.text("channel");
    let channels = rules
        .channels
        .iter()
        .map(|channel| Choice::new(&channel.id, channel.name.get(lang), current))
        .collect();
    Ok(NoticePage {
        s: ctx.shell(
            "office",
            title.clone(),
            vec![
                Crumb::to("/office", t.shell_nav_office()),
                Crumb::to(
                    format!("/office/notices?election={election}"),
                    t.publications_notices_office(),
                ),
                Crumb::here(title.clone()),
            ],
        ),
        action: format!("/office/notices/{kind}/{area}"),
        election_id: election.to_owned(),
        seen: events.len(),
        who: names.get(t.lang).to_owned(),
        whom: notice.whom.get(lang).to_owned(),
        law: t.publications_article(notice.basis.article.clone()),
        note: match notice.basis.confidence.code() {
            "sourced" => String::new(),
            _ => t.publications_unsure(),
        },
        told: events
            .iter()
            .filter(|event| event.act == Act::Told)
            .map(|event| told(ctx, &events, event))
            .collect(),
        title,
        channels,
        errors,
        form,
    })
}

pub(super) async fn page(
    ctx: Ctx,
    Path((kind, area)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let form = FormData::from_fields(vec![pair("told_on", ctx.app.today().to_string())]);
    let at = (kind.as_str(), area.as_str());
    let election = if asked.election.is_empty() {
        // An address that names none means the one in which the reader has something to tell.
        let mut reader = ctx.read().await?;
        let own = mine(&ctx, &mut reader, &asked).await?;
        own.map(|(election, ..)| election.id).unwrap_or_default()
    } else {
        asked.election
    };
    render(&build(&ctx, at, &election, form, FieldErrors::new()).await?)
}

fn read(ctx: &Ctx, form: &FormData, kind: &str, area: &str) -> Result<NewTelling, Error> {
    let mut errors = FieldErrors::new();
    let told_on = errors.date(ctx.t, form, "told_on");
    errors.done()?;
    Ok(NewTelling {
        election_id: form.text("election").to_owned(),
        kind: kind.to_owned(),
        area_id: area.to_owned(),
        seen: form.text("seen").parse().unwrap_or(u64::MAX),
        telling: Telling {
            told_on: told_on.ok_or_else(|| Error::field("told_on", ctx.t.form_date()))?,
            channel: form.text("channel").to_owned(),
            outlet: form.text("outlet").to_owned(),
            link: form.text("link").to_owned(),
        },
        proof: form.upload("proof").map(|upload| upload.bytes.clone()),
    })
}

pub(super) async fn tell(
    ctx: Ctx,
    Path((kind, area)): Path<(String, String)>,
    form: FormData,
) -> Result<Response, Error> {
    let election = form.text("election").to_owned();
    let at = (kind.as_str(), area.as_str());
    // Whoever may not is told so before anything else.
    build(&ctx, at, &election, FormData::default(), FieldErrors::new()).await?;
    let done = async {
        let new = read(&ctx, &form, &kind, &area)?;
        actions::tell(&ctx.acting()?, new).await
    };
    let done = done.await;
    after(&ctx, at, &election, form, "notice-told", done).await
}

async fn after(
    ctx: &Ctx,
    at: (&str, &str),
    election: &str,
    form: FormData,
    word: &str,
    done: Result<(), Error>,
) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(see(&format!(
            "/office/notices/{}/{}?election={election}&done={word}",
            at.0, at.1
        ))),
        // What was typed stands in the form, what somebody else put on record meanwhile above it.
        Err(error) => {
            let (errors, status) = FieldErrors::or_conflict(error, "told")?;
            page_with_status(&build(ctx, at, election, form, errors).await?, status)
        }
    }
}

pub(super) async fn take_back(
    ctx: Ctx,
    Path((kind, area)): Path<(String, String)>,
    form: FormData,
) -> Result<Response, Error> {
    let election = form.text("election").to_owned();
    let at = (kind.as_str(), area.as_str());
    build(&ctx, at, &election, FormData::default(), FieldErrors::new()).await?;
    let seen = form.text("seen").parse().unwrap_or(u64::MAX);
    let of = hidden(&form, "sequence");
    let notice = (election.as_str(), kind.as_str(), area.as_str());
    let done = actions::take_back(&ctx.acting()?, notice, seen, of, form.text("reason")).await;
    after(&ctx, at, &election, form, "notice-taken-back", done).await
}
