//! The country: one sentence, four figures, map and table, what is to be expected, what needs a look.

use super::super::frame::{Asked, Frame};
use super::super::model::{self, Changes, District, StationCounts, Sums, Turn, WORST};
use super::super::queries::{self, Lists, Signed};
use super::map::{KeyItem, draw, key};
use super::text;
use super::views::{
    self, Head, Line, Mark, SignedLine, StationLine, Trend, head, line, n, signed_lines,
    station_line, trend,
};
use crate::platform::database::Connection;
use crate::platform::maps::ATTRIBUTION;
use crate::platform::web::{Crumb, Ctx, Shell, Shows};
use crate::platform::{Error, T};
use askama::Template;
use axum::extract::Query;
use axum::http::HeaderMap;
use axum::response::Response;
use jiff::tz::TimeZone;
use std::collections::HashMap;

#[derive(Template)]
#[template(path = "readiness/board/pages/country.html")]
struct CountryPage {
    s: Shell,
    view: Option<View>,
}

struct View {
    live: String,
    head: Head,
    days: Vec<(String, String)>,
    map: String,
    key: Vec<KeyItem>,
    attribution: String,
    regions: Vec<Line>,
    total: Line,
    trend: Trend,
    sections: Vec<Line>,
    changes: ChangesView,
    worst_districts: Vec<Line>,
    worst_stations: Vec<StationLine>,
    silent: Silent,
    signed: Vec<SignedLine>,
    signed_counts: String,
    csv: String,
    json: String,
    synthetic: bool,
}

struct ChangesView {
    sentences: Vec<(Mark, String)>,
    groups: Vec<ChangeGroup>,
}

struct ChangeGroup {
    title: String,
    rows: Vec<(String, String, String)>,
    more: String,
}

struct Silent {
    sentence: String,
    days: u64,
    election: String,
    as_of: String,
    rows: Vec<StationLine>,
    more: String,
}

pub(super) async fn country(
    ctx: Ctx,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    ctx.app
        .kept
        .or_render(&ctx, &headers, Shows::All, async {
            let mut reader = ctx.read().await?;
            let frame = Frame::open(&ctx.app, ctx.t, &mut reader, &asked).await?;
            let t = ctx.t;
            let view = match &frame {
                Some(frame) => view(t, &mut reader, frame, &asked).await?,
                None => None,
            };
            drop(reader);
            let crumbs = vec![
                Crumb::to("/", t.shell_nav_home()),
                Crumb::here(t.board_nav()),
            ];
            text(&CountryPage {
                s: ctx.shell("readiness", t.board_title(), crumbs),
                view,
            })
        })
        .await
}

async fn view(
    t: T,
    reader: &mut Connection,
    frame: &Frame,
    asked: &Asked,
) -> Result<Option<View>, Error> {
    let id = frame.election.id.as_str();
    let districts = queries::districts(reader, id, &frame.as_of, &frame.section).await?;
    if districts.is_empty() {
        return Ok(None);
    }
    let sums = Sums::of(districts.iter().map(|d| d.sums));
    let regions = model::regions(&districts);
    let by_section = queries::sections(reader, id, &frame.as_of, &frame.checklist, "").await?;
    let from = frame.chart_from();
    let series = queries::unmet_by_day(reader, id, &frame.as_of, &frame.section, "", from).await?;
    let lists = queries::lists(reader, id, &frame.as_of, frame.silent_days).await?;
    let signed = queries::signed(reader, id, &frame.as_of, &frame.zone, "", &districts).await?;
    let named = Named::of(reader, frame, &lists).await?;
    let here = "/readiness";
    Ok(Some(View {
        live: format!("/elections/{id}/live"),
        head: head(t, frame, here, sentence(t, frame, sums), sums),
        days: day_links(t, frame),
        map: draw(t, frame, &districts, None)?,
        key: key(t),
        attribution: t.results_map_attribution(ATTRIBUTION),
        regions: regions
            .iter()
            .map(|r| line(t, frame.region(&r.area_id), r.names.get(t.lang), r.sums))
            .collect(),
        total: line(t, String::new(), &t.board_total(), sums),
        trend: trend(t, frame, &series, sums.counts),
        sections: views::sections(t, frame, here, &by_section),
        changes: changes(t, frame, &lists.changes, &named),
        worst_districts: worst_districts(t, frame, &districts),
        worst_stations: lists
            .worst
            .iter()
            .map(|s| named.line(t, frame, s))
            .collect(),
        silent: silent(t, frame, &lists, &named, asked),
        signed: signed_lines(t, frame, signed.all.get(..WORST).unwrap_or(&signed.all)),
        signed_counts: signed_counts(t, &signed, &regions, &districts, sums),
        csv: frame.href("/readiness.csv"),
        json: frame.href("/readiness.json"),
        synthetic: frame.election.synthetic,
    }))
}

/// The state in one sentence.
fn sentence(t: T, frame: &Frame, sums: Sums) -> String {
    match frame.days_left() {
        Some(0) => t.board_sentence_today(sums.ready, sums.stations),
        Some(days) => t.board_sentence_left(days, sums.ready, sums.stations),
        None => t.board_sentence_over(sums.ready, sums.stations),
    }
}

/// Days a reader may want to compare with: the day before and a week before.
fn day_links(t: T, frame: &Frame) -> Vec<(String, String)> {
    let election = format!("election={}&", frame.election.id);
    let back = |days: i32| {
        frame
            .as_of
            .day
            .checked_sub(jiff::Span::new().days(days))
            .ok()
            .map(|day| format!("/readiness?{election}as_of={day}"))
    };
    let mut links = Vec::new();
    if let Some(href) = back(1) {
        links.push((href, t.board_day_before()));
    }
    if let Some(href) = back(7) {
        links.push((href, t.board_week_before()));
    }
    if !frame.as_of.today {
        links.push(("/readiness".to_owned(), t.board_to_today()));
    }
    links
}

fn worst_districts(t: T, frame: &Frame, districts: &[District]) -> Vec<Line> {
    model::worst(districts)
        .into_iter()
        .map(|d| {
            let name = format!("{}, {}", d.names.get(t.lang), d.region_names.get(t.lang));
            line(t, frame.district(&d.area_id), &name, d.sums)
        })
        .collect()
}

/// Names of the stations that the lists show.
struct Named(HashMap<String, model::StationNames>);

/// Stations of each kind of change that are named.
const NAMED_CHANGES: usize = 8;

impl Named {
    async fn of(reader: &mut Connection, frame: &Frame, lists: &Lists) -> Result<Self, Error> {
        let mut wanted: Vec<&str> = lists
            .worst
            .iter()
            .chain(&lists.silent)
            .map(|s| s.station_id.as_str())
            .collect();
        for turn in [Turn::Ready, Turn::Lost, Turn::Worse] {
            let some = lists.changes.all.iter().filter(|c| c.0 == turn);
            wanted.extend(some.take(NAMED_CHANGES).map(|c| c.1.as_str()));
        }
        let mut names = HashMap::new();
        for id in wanted {
            if !names.contains_key(id) {
                let found = queries::station_names(reader, id, frame.as_of.day).await?;
                names.insert(id.to_owned(), found);
            }
        }
        Ok(Self(names))
    }

    fn line(&self, t: T, frame: &Frame, station: &StationCounts) -> StationLine {
        let names = self.0.get(&station.station_id);
        let (number, name) = names.map_or((0, ""), |s| (s.number, s.names.get(t.lang)));
        let place = names.map_or_else(String::new, |s| place(t, s));
        let zone = names
            .and_then(|s| TimeZone::get(&s.zone).ok())
            .unwrap_or_else(|| frame.zone.clone());
        station_line(t, frame, station, (number, name), place, &zone)
    }
}

fn place(t: T, station: &model::StationNames) -> String {
    format!(
        "{}, {}",
        station.district_names.get(t.lang),
        station.region_names.get(t.lang)
    )
}

fn changes(t: T, frame: &Frame, changes: &Changes, named: &Named) -> ChangesView {
    let kinds = [
        (
            Turn::Ready,
            "done",
            t.board_turned_ready(),
            t.board_became_ready(changes.count(Turn::Ready)),
        ),
        (
            Turn::Lost,
            "attention",
            t.board_turned_lost(),
            t.board_became_lost(changes.count(Turn::Lost)),
        ),
        (
            Turn::Worse,
            "attention",
            t.board_turned_worse(),
            t.board_became_worse(changes.count(Turn::Worse)),
        ),
    ];
    let mut view = ChangesView {
        sentences: Vec::new(),
        groups: Vec::new(),
    };
    for (turn, kind, title, text) in kinds {
        let count = changes.count(turn);
        if count == 0 {
            continue;
        }
        view.sentences.push((Mark { kind, text }, n(t, count)));
        let rows: Vec<_> = changes
            .all
            .iter()
            .filter(|c| c.0 == turn)
            .take(NAMED_CHANGES)
            .filter_map(|(_, id, _)| {
                let station = named.0.get(id)?;
                let title =
                    t.board_station_named(station.names.get(t.lang), station.number.to_string());
                Some((frame.station(id), title, place(t, station)))
            })
            .collect();
        let shown = u64::try_from(rows.len()).unwrap_or(count);
        view.groups.push(ChangeGroup {
            title,
            rows,
            more: more(t, count.saturating_sub(shown)),
        });
    }
    view
}

fn more(t: T, count: u64) -> String {
    if count == 0 {
        String::new()
    } else {
        t.board_more(count)
    }
}

fn silent(t: T, frame: &Frame, lists: &Lists, named: &Named, asked: &Asked) -> Silent {
    let days = u64::from(frame.silent_days);
    let shown = u64::try_from(lists.silent.len()).unwrap_or(lists.silent_count);
    Silent {
        sentence: if lists.silent_count == 0 {
            t.board_silent_none(days)
        } else {
            t.board_silent_some(days, lists.silent_count)
        },
        days,
        election: asked.election.clone(),
        as_of: asked.as_of.clone(),
        rows: lists
            .silent
            .iter()
            .map(|s| named.line(t, frame, s))
            .collect(),
        more: more(t, lists.silent_count.saturating_sub(shown)),
    }
}

fn signed_counts(
    t: T,
    signed: &Signed,
    regions: &[model::Region],
    districts: &[District],
    sums: Sums,
) -> String {
    let of = |level: &str| signed.by_level.get(level).copied().unwrap_or(0);
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    t.board_signed_counts(
        of("district"),
        count(districts.len()),
        of("precinct"),
        sums.stations,
        of("region"),
        count(regions.len()),
    )
}
