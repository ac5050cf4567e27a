//! What became of a report, and the photos of a station.

use super::common::{At, People, asked, status_words, wording};
use crate::platform::i18n::{instant_long, instant_short};
use crate::platform::web::{Ctx, Shell, page};
use crate::platform::{Error, ids};
use crate::readiness::model::ItemStatus;
use crate::readiness::words::value_words;
use crate::readiness::{lists, queries};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

#[derive(Template)]
#[template(path = "readiness/pages/report.html")]
struct ReportPage {
    s: Shell,
    title: String,
    where_: String,
    as_of: String,
    outcome: String,
    kind: &'static str,
    rows: Vec<Row>,
    back: String,
    next: Option<(String, String)>,
}

struct Row {
    item: String,
    value: String,
    shape: &'static str,
    state: String,
    conflict: bool,
    settle: String,
}

pub(super) async fn show(
    ctx: Ctx,
    Path((station, report)): Path<(String, String)>,
) -> Result<Response, Error> {
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let at = At::read(&ctx, &mut reader, &station, &asked(&ctx, "election")).await?;
    if !ids::is_id(&report) {
        return Err(Error::NotFound);
    }
    let election = &at.place.election_id;
    let report = queries::report(&mut reader, election, &station, &report).await?;
    let list =
        lists::version_of(&mut reader, &report.checklist_id, report.checklist_version).await?;
    let mut rows = Vec::new();
    let mut last = None;
    for given in queries::answers(&mut reader, election, &station).await? {
        if given.report_id != report.id {
            continue;
        }
        last = list.item(&given.item).map(|i| i.section.clone()).or(last);
        let stands = at.states.get(&given.item).map(|s| s.status);
        let (shape, state) = status_words(t, stands);
        rows.push(Row {
            item: wording(&list, &given.item, t.lang),
            value: value_words(t, list.item(&given.item), &given.value),
            shape,
            state,
            conflict: given.conflict,
            settle: if stands == Some(ItemStatus::Disputed) {
                format!(
                    "/office/readiness/settle/{station}/{}?election={election}",
                    given.item
                )
            } else {
                String::new()
            },
        });
    }
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let conflicts = rows.iter().filter(|r| r.conflict).count();
    let (kind, outcome) = if conflicts > 0 {
        ("attention", t.readiness_taken_conflict(count(conflicts)))
    } else if report.parallel {
        ("open", t.readiness_taken_parallel(count(rows.len())))
    } else if rows.is_empty() {
        ("open", t.readiness_report_unchanged())
    } else {
        ("done", t.readiness_taken(count(rows.len())))
    };
    // Only who may decide is offered to.
    let may_settle = at
        .may(
            &ctx,
            &mut reader,
            crate::platform::access::Action::ReadinessSettle,
        )
        .await?;
    if !may_settle {
        for row in &mut rows {
            row.settle.clear();
        }
    }
    let who = People::default()
        .name(&mut reader, t.lang, &report.made_by)
        .await?;
    let title = t.readiness_report_title();
    let sections = &at.list.sections;
    let place = last.and_then(|id| sections.iter().position(|s| s.id == id));
    let next = place.and_then(|at| sections.get(at.saturating_add(1)));
    page(&ReportPage {
        s: ctx.shell("office", title.clone(), at.crumbs(&ctx, &title)),
        where_: format!(
            "{} · {who}, {}",
            at.title(t),
            instant_short(t.lang, report.made_at, &at.zone)
        ),
        as_of: instant_long(t.lang, ctx.app.clock.now(), &at.zone),
        title,
        outcome,
        kind,
        rows,
        back: format!("{}?election={election}", at.href()),
        next: next.map(|section| {
            let title = crate::readiness::model::names(&section.title);
            let text = t.readiness_section_next(title.get(t.lang).to_owned());
            (at.section_href(&section.id), text)
        }),
    })
}

/// A photo or paper of an answer: not public, and only to who may see the station.
pub(super) async fn photo(
    ctx: Ctx,
    Path((station, file)): Path<(String, String)>,
) -> Result<Response, Error> {
    let mut reader = ctx.read().await?;
    let at = At::read(&ctx, &mut reader, &station, &asked(&ctx, "election")).await?;
    let election = &at.place.election_id;
    if !ids::is_id(&file) || !queries::has_photo(&mut reader, election, &station, &file).await? {
        return Err(Error::NotFound);
    }
    let name = format!("station-{}", at.station.number);
    ctx.private_paper(reader, &file, &name).await
}
