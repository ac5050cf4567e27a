//! A station: every item with what is known of it, since when, by when it must hold, and whether somebody is
//! putting it right. No names, no notes, no photos.

use super::super::export;
use super::super::frame::{Asked, Frame, say};
use super::super::model::{Counts, ItemState, ItemStatus, Mending, StationNames};
use super::super::queries;
use super::district::{alone, section_counts};
use super::downloads;
use super::views::{self, Head, Mark, head};
use super::{NAMES, shell, text};
use crate::platform::database::Connection;
use crate::platform::i18n::{date_short, instant_short};
use crate::platform::web::{Crumb, Ctx, Shell, Shows};
use crate::platform::{Error, T};
use crate::tasks::TaskState;
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::Response;
use electoral::checklist::Item;
use jiff::tz::TimeZone;
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "readiness/board/pages/station.html")]
struct StationPage {
    s: Shell,
    live: String,
    head: Head,
    building: String,
    address: String,
    nothing: bool,
    sections: Vec<Section>,
    station_href: String,
    csv: String,
    json: String,
}

struct Section {
    id: String,
    title: String,
    count: String,
    rows: Vec<Row>,
}

struct Row {
    wording: String,
    critical: bool,
    mark: Mark,
    since: String,
    due: String,
    late: String,
    mending: Vec<String>,
}

pub(super) async fn station(
    ctx: Ctx,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    if let Some((id, ending)) = name.rsplit_once('.') {
        let form = export::Form::of(ending).ok_or(Error::NotFound)?;
        return downloads::station(&ctx, id, &asked, form, &headers).await;
    }
    ctx.app
        .kept
        .or_render_day(&ctx, &headers, (Shows::All, NAMES), async {
            let mut reader = ctx.read().await?;
            let frame = Frame::must(&ctx.app, ctx.t, &mut reader, &asked).await?;
            let named = queries::station_names(&mut reader, &name, frame.as_of.day).await?;
            text(&page(&ctx, &mut reader, &frame, &name, &named).await?)
        })
        .await
}

async fn page(
    ctx: &Ctx,
    reader: &mut Connection,
    frame: &Frame,
    id: &str,
    named: &StationNames,
) -> Result<StationPage, Error> {
    let t = ctx.t;
    let election = frame.election.id.as_str();
    let counted = queries::one(reader, election, &frame.as_of, id).await?;
    let items = queries::items(reader, election, &frame.as_of, id).await?;
    let mending = queries::mending(reader, election, &frame.as_of, id).await?;
    let zone = TimeZone::get(&named.zone)?;
    let known: HashMap<&str, &ItemState> = items.iter().map(|i| (i.item.as_str(), i)).collect();
    let nothing = counted.is_none();
    let sections = if nothing {
        Vec::new()
    } else {
        sections(t, frame, &known, &mending, &zone)
    };
    let counts = if frame.section.is_empty() {
        counted.as_ref().map_or_else(Counts::default, |c| c.counts)
    } else {
        section_counts(frame, &frame.section, |item| known.get(item).copied())
    };
    let here = format!("/readiness/stations/{id}");
    let title = t.board_station_sentence(
        named.number.to_string(),
        t.word(counts.standing().key()).to_lowercase(),
    );
    let mut head = head(t, frame, &here, title, alone(counts));
    if let Some(at) = counted.as_ref().and_then(|c| c.reported_at) {
        head.coverage.push_str(". ");
        head.coverage
            .push_str(&t.board_last_report(instant_short(t.lang, at, &zone)));
    }
    // One station is ready or not: the large figures begin with what is in order.
    if let Some(first) = head.figures.first_mut() {
        first.number = views::n(t, counts.in_order());
        first.label = t.board_figure_in_order(counts.expected);
    }
    let way = vec![
        Crumb::to(
            frame.region(&named.region_id),
            named.region_names.get(t.lang),
        ),
        Crumb::to(
            frame.district(&named.district_id),
            named.district_names.get(t.lang),
        ),
        Crumb::here(t.board_station_short(named.number.to_string())),
    ];
    Ok(StationPage {
        s: shell(
            ctx,
            frame,
            t.board_title_of(t.board_station_short(named.number.to_string())),
            way,
        ),
        live: format!("/elections/{election}/live"),
        head,
        building: named.names.get(t.lang).to_owned(),
        address: named.address.get(t.lang).to_owned(),
        nothing,
        sections,
        station_href: format!("/stations/{id}"),
        csv: frame.href(&format!("{here}.csv")),
        json: frame.href(&format!("{here}.json")),
    })
}

fn sections(
    t: T,
    frame: &Frame,
    known: &HashMap<&str, &ItemState>,
    mending: &[Mending],
    zone: &TimeZone,
) -> Vec<Section> {
    frame
        .checklist
        .sections
        .iter()
        .filter(|s| frame.section.is_empty() || s.id == frame.section)
        .map(|section| {
            let counts = section_counts(frame, &section.id, |item| known.get(item).copied());
            let mut rows: Vec<(ItemStatus, Row)> = frame
                .checklist
                .of_section(&section.id)
                .map(|item| row(t, frame, item, known.get(item.id.as_str()), mending, zone))
                .collect();
            // What must be looked at comes first; the order of the checklist otherwise.
            rows.sort_by_key(|(status, _)| *status);
            Section {
                id: section.id.clone(),
                title: say(&section.title, t.lang),
                count: t.board_of(counts.in_order(), counts.expected),
                rows: rows.into_iter().map(|(_, row)| row).collect(),
            }
        })
        .collect()
}

fn row(
    t: T,
    frame: &Frame,
    item: &Item,
    state: Option<&&ItemState>,
    mending: &[Mending],
    zone: &TimeZone,
) -> (ItemStatus, Row) {
    let status = state.map_or(ItemStatus::Unanswered, |s| s.status);
    let critical = frame.is_critical(&item.id);
    let due = item.due_on(frame.election.voting_day).ok();
    let late = due.is_some_and(|due| due < frame.as_of.day) && !status.is_in_order();
    let row = Row {
        wording: say(&item.wording, t.lang),
        critical,
        mark: Mark {
            kind: status.shape(critical),
            text: t.word(status.key()),
        },
        since: state
            .and_then(|s| s.since)
            .map_or_else(String::new, |at| instant_short(t.lang, at, zone)),
        due: due.map_or_else(String::new, |day| date_short(t.lang, day)),
        late: if late { t.board_late() } else { String::new() },
        mending: mending
            .iter()
            .filter(|m| m.item == item.id)
            .map(|m| mended(t, frame, m, zone))
            .collect(),
    };
    (status, row)
}

/// "Akimat is putting it right since …, by …".
pub(super) fn mended(t: T, frame: &Frame, task: &Mending, zone: &TimeZone) -> String {
    let body = t.word(&format!("body-{}", task.body));
    let text = t.board_mending(
        body,
        instant_short(t.lang, task.due, zone),
        instant_short(t.lang, task.since, zone),
    );
    // What became of it later is not known on a day that is over.
    if !frame.as_of.today {
        return text;
    }
    let late = task.due < frame.as_of.moment && task.state != TaskState::Reported;
    let state = if late {
        t.board_task_overdue()
    } else {
        t.word(&format!("board-task-{}", task.state.as_str()))
    };
    format!("{text} · {state}")
}
