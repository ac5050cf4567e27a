//! `/notices`: what commissions had to tell everybody, whether they did, where it can be seen.

use super::Asked;
use crate::elections::model::{Contest, Election};
use crate::platform::i18n::{date_long, instant_long};
use crate::platform::rows::plain;
use crate::platform::web::{Crumb, Ctx, Shell, Shows, as_json, paper as kept};
use crate::platform::{Error, T, areas, ids};
use crate::publications::model::{self, NoticeEvent, Standing, language};
use crate::publications::queries::{self, Owed};
use crate::results::export::{Localised, instant_text};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use electoral::notices::NoticeRules;
use jiff::tz::TimeZone;
use serde_json::{Value as Json, json};

/// Where people were told, with what proves it.
pub(super) struct Proof {
    pub(super) said: String,
    /// When it was put on record, where that was on another day.
    pub(super) entered: String,
    pub(super) link: String,
    pub(super) paper: String,
}

/// What is said of a telling that was put on record on another day; nothing of others.
pub(super) fn entered(ctx: &Ctx, event: &NoticeEvent) -> String {
    let zone = &ctx.app.home_zone;
    event.entered_later(zone).map_or_else(String::new, |at| {
        ctx.t
            .publications_entered(instant_long(ctx.lang(), at, zone))
    })
}

/// The page of a paper that proves a telling.
fn paper_of(event: &NoticeEvent) -> Option<String> {
    let id = event.file_id.as_ref();
    id.map(|id| format!("/notices/papers/{id}"))
}

/// A notice as a row.
pub(super) struct Row {
    pub(super) kind: String,
    pub(super) area_id: String,
    pub(super) name: String,
    pub(super) who: String,
    pub(super) whom: String,
    pub(super) law: String,
    pub(super) unsure: String,
    pub(super) due: String,
    pub(super) shape: &'static str,
    pub(super) state: String,
    pub(super) proofs: Vec<Proof>,
}

/// Shape and word of how a notice stands.
pub(super) fn standing(t: T, standing: Standing) -> (&'static str, String) {
    let shape = match standing {
        Standing::Overdue => "trouble",
        Standing::Open => "open",
        Standing::Late => "attention",
        Standing::InTime => "done",
    };
    let word = t.word(&format!(
        "publications-standing-{}",
        standing.as_str().replace('_', "-")
    ));
    (shape, word)
}

pub(super) fn row(ctx: &Ctx, rules: &NoticeRules, owed: &Owed) -> Option<Row> {
    let t = ctx.t;
    let lang = language(t.lang);
    let notice = rules.notice(&owed.kind)?;
    let (shape, state) = standing(t, owed.standing);
    let who = match owed.number {
        Some(number) => format!("№\u{a0}{number} · {}", owed.names.get(t.lang)),
        None => owed.names.get(t.lang).to_owned(),
    };
    let proofs = owed
        .told
        .iter()
        .map(|event| {
            let channel = rules
                .channel(&event.channel)
                .map_or("", |channel| channel.name.get(lang));
            let day = event.told_on.map(|day| date_long(t.lang, day));
            Proof {
                said: format!("{}, {channel}: {}", day.unwrap_or_default(), event.outlet),
                entered: entered(ctx, event),
                link: event.link.clone(),
                paper: paper_of(event).unwrap_or_default(),
            }
        })
        .collect();
    Some(Row {
        name: notice.name.get(lang).to_owned(),
        whom: notice.whom.get(lang).to_owned(),
        law: t.publications_article(notice.basis.article.clone()),
        unsure: match notice.basis.confidence.code() {
            "sourced" => String::new(),
            _ => t.publications_unsure(),
        },
        due: owed
            .last_day
            .map_or_else(|| t.publications_no_day(), |day| date_long(t.lang, day)),
        kind: owed.kind.clone(),
        area_id: owed.area_id.clone(),
        who,
        shape,
        state,
        proofs,
    })
}

struct Line {
    href: String,
    name: String,
    region: String,
    told: String,
    late: u64,
    overdue: u64,
}

#[derive(Template)]
#[template(path = "publications/pages/notices.html")]
struct NoticesPage {
    s: Shell,
    election: String,
    election_id: String,
    as_of: String,
    query: String,
    told: String,
    late: u64,
    overdue: u64,
    lines: Vec<Line>,
}

/// The election asked for, or the one with the most contests.
async fn scope(ctx: &Ctx, asked: &Asked) -> Result<Option<(Election, Vec<Contest>)>, Error> {
    let mut reader = ctx.read().await?;
    let Some(country) = areas::country(&mut reader).await? else {
        return Ok(None);
    };
    if !asked.election.is_empty() && !ids::is_id(&asked.election) {
        return Err(Error::NotFound);
    }
    queries::scope(&mut reader, &ctx.app, &asked.election, &country).await
}

/// What links keep of the query.
fn query(asked: &Asked, election: &str) -> String {
    let mut query = format!("?election={election}");
    if let Ok(day) = asked.as_of.parse::<jiff::civil::Date>() {
        query.push_str(&format!("&as_of={day}"));
    }
    query
}

pub(super) async fn list(
    ctx: Ctx,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    ctx.app
        .kept
        .or_render(&ctx, &headers, Shows::All, all(&ctx, &asked))
        .await
}

async fn all(ctx: &Ctx, asked: &Asked) -> Result<String, Error> {
    let t = ctx.t;
    let (before, _) = asked.before(ctx)?;
    let found = scope(ctx, asked).await?;
    let mut all = queries::Sums::default();
    let mut lines = Vec::new();
    let mut names = (String::new(), String::new());
    let mut kept = String::new();
    if let Some((election, contests)) = &found {
        names = (election.title.get(t.lang).to_owned(), election.id.clone());
        kept = query(asked, &election.id);
        let mut reader = ctx.read().await?;
        let owed =
            queries::owed_in(&mut reader, &ctx.app, election, contests, None, before).await?;
        all = queries::sums(&owed);
        for contest in contests {
            let sums = queries::sums(owed.iter().filter(|one| one.contest_id == contest.id));
            lines.push(Line {
                href: format!("/notices/{}{kept}", contest.area_code),
                name: contest.names.get(t.lang).to_owned(),
                region: contest.region_names.get(t.lang).to_owned(),
                told: model::of(t, sums.told, sums.all),
                late: sums.late,
                overdue: sums.overdue,
            });
        }
    }
    let title = t.publications_notices();
    let page = NoticesPage {
        s: ctx.shell(
            "",
            title.clone(),
            vec![Crumb::to("/", t.shell_nav_home()), Crumb::here(title)],
        ),
        as_of: instant_long(t.lang, before, &ctx.app.home_zone),
        told: model::of(t, all.told, all.all),
        late: all.late,
        overdue: all.overdue,
        election: names.0,
        election_id: names.1,
        query: kept,
        lines,
    };
    page.render().map_err(Error::internal)
}

#[derive(Template)]
#[template(path = "publications/pages/notices_area.html")]
struct AreaPage {
    s: Shell,
    title: String,
    as_of: String,
    told: String,
    rows: Vec<Row>,
}

pub(super) async fn area(
    ctx: Ctx,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    ctx.app
        .kept
        .or_render(&ctx, &headers, Shows::All, of_area(&ctx, code, &asked))
        .await
}

async fn of_area(ctx: &Ctx, code: String, asked: &Asked) -> Result<String, Error> {
    let t = ctx.t;
    if !ids::is_id(&code) {
        return Err(Error::NotFound);
    }
    let (before, _) = asked.before(ctx)?;
    let (election, contests) = scope(ctx, asked).await?.ok_or(Error::NotFound)?;
    let contest = contests
        .into_iter()
        .find(|contest| contest.area_code == code)
        .ok_or(Error::NotFound)?;
    let mut reader = ctx.read().await?;
    let one = std::slice::from_ref(&contest);
    let owed = queries::owed_in(&mut reader, &ctx.app, &election, one, None, before).await?;
    let sums = queries::sums(&owed);
    let rules = ctx.app.rules.notices();
    let rows = owed.iter().filter_map(|owed| row(ctx, rules, owed));
    let title = contest.names.get(t.lang).to_owned();
    let page = AreaPage {
        s: ctx.shell(
            "",
            title.clone(),
            vec![
                Crumb::to("/", t.shell_nav_home()),
                Crumb::to(
                    format!("/notices{}", query(asked, &election.id)),
                    t.publications_notices(),
                ),
                Crumb::here(title.clone()),
            ],
        ),
        as_of: instant_long(t.lang, before, &ctx.app.home_zone),
        told: model::of(t, sums.told, sums.all),
        rows: rows.collect(),
        title,
    };
    page.render().map_err(Error::internal)
}

pub(super) async fn csv(ctx: Ctx, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let (before, _) = asked.before(&ctx)?;
    let head = [
        "election",
        "notice",
        "article",
        "area",
        "station",
        "name",
        "last_day",
        "state",
        "told_on",
        "channel",
        "outlet",
        "link",
        "entered_at",
    ];
    let zone = &ctx.app.home_zone;
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(head).map_err(Error::internal)?;
    if let Some((election, contests)) = scope(&ctx, &asked).await? {
        let mut reader = ctx.read().await?;
        let rules = ctx.app.rules.notices();
        let owed =
            queries::owed_in(&mut reader, &ctx.app, &election, &contests, None, before).await?;
        for one in owed {
            let article = rules
                .notice(&one.kind)
                .map_or_else(String::new, |notice| notice.basis.article.clone());
            let start = [
                election.id.clone(),
                one.kind.clone(),
                article,
                one.area_id.clone(),
                one.number.map_or_else(String::new, |n| n.to_string()),
                one.names.get(ctx.lang()).to_owned(),
                one.last_day.map_or_else(String::new, |day| day.to_string()),
                one.standing.as_str().to_owned(),
            ];
            let mut told: Vec<[String; 5]> = one
                .told
                .iter()
                .map(|event| {
                    [
                        event
                            .told_on
                            .map_or_else(String::new, |day| day.to_string()),
                        event.channel.clone(),
                        event.outlet.clone(),
                        event.link.clone(),
                        instant_text(event.made_at, zone),
                    ]
                })
                .collect();
            if told.is_empty() {
                told.push(Default::default());
            }
            for end in told {
                let line = start.iter().chain(&end).map(|text| plain(text));
                out.write_record(line).map_err(Error::internal)?;
            }
        }
    }
    let bytes = out.into_inner().map_err(Error::internal)?;
    let kind = "text/csv; charset=utf-8; header=present";
    Ok(([(header::CONTENT_TYPE, kind)], bytes).into_response())
}

/// What commissions had to tell and what they told, for programs.
pub(super) async fn json(ctx: Ctx, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let (before, _) = asked.before(&ctx)?;
    let zone = &ctx.app.home_zone;
    let mut election_id = None;
    let mut notices = Vec::new();
    if let Some((election, contests)) = scope(&ctx, &asked).await? {
        let mut reader = ctx.read().await?;
        let rules = ctx.app.rules.notices();
        let owed =
            queries::owed_in(&mut reader, &ctx.app, &election, &contests, None, before).await?;
        for one in &owed {
            let told: Vec<Json> = one.told.iter().map(|event| telling(event, zone)).collect();
            notices.push(json!({
                "notice": one.kind,
                "article": rules.notice(&one.kind).map(|notice| &notice.basis.article),
                "area": one.area_id,
                "station": one.number,
                "name": Localised::from(&one.names),
                "last_day": one.last_day.map(|day| day.to_string()),
                "state": one.standing.as_str(),
                "told": told,
            }));
        }
        election_id = Some(election.id);
    }
    as_json(&json!({
        "election": election_id,
        "as_of": instant_text(before, zone),
        "notices": notices,
    }))
}

/// A telling with the day that was said and the moment at which it was put on record.
fn telling(event: &NoticeEvent, zone: &TimeZone) -> Json {
    json!({
        "told_on": event.told_on.map(|day| day.to_string()),
        "entered_at": instant_text(event.made_at, zone),
        "entered_on_another_day": event.entered_later(zone).is_some(),
        "channel": event.channel,
        "outlet": event.outlet,
        "link": Some(&event.link).filter(|link| !link.is_empty()),
        "paper": paper_of(event),
    })
}

/// A paper that proves what was told: public as long as the telling holds.
pub(super) async fn paper(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    if !ids::is_id(&id) {
        return Err(Error::NotFound);
    }
    let mut reader = ctx.read().await?;
    if !queries::proof(&mut reader, &id).await? {
        return Err(Error::NotFound);
    }
    let file = ctx.app.files.find(&mut reader, &id).await?;
    drop(reader);
    let bytes = ctx.app.files.bytes(&file).await?;
    Ok(kept(&file, bytes, "notice", "public, max-age=300"))
}
