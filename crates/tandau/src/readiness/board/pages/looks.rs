//! What needs a look: what changed since the day before, the worst stations, those without news. The country, a region
//! and a district have it alike.

use super::super::frame::{Asked, Frame};
use super::super::model::{self, Changes, StationCounts, Turn};
use super::super::queries::{self, Lists};
use super::views::{Mark, StationLine, n, station_line};
use crate::platform::database::Connection;
use crate::platform::{Error, T};
use jiff::tz::TimeZone;
use std::collections::HashMap;

/// All three.
pub(super) struct Looks {
    pub(super) changes: ChangesView,
    pub(super) worst: Vec<StationLine>,
    pub(super) silent: Silent,
}

impl Looks {
    /// Puts them together for the page `here`.
    pub(super) async fn of(
        t: T,
        reader: &mut Connection,
        frame: &Frame,
        (lists, here, asked): (&Lists, &str, &Asked),
    ) -> Result<Self, Error> {
        let named = Named::of(reader, frame, lists).await?;
        Ok(Self {
            changes: changes(t, frame, &lists.changes, &named),
            worst: lists
                .worst
                .iter()
                .map(|s| named.line(t, frame, s))
                .collect(),
            silent: silent(t, frame, lists, &named, (here, asked)),
        })
    }
}

pub(super) struct ChangesView {
    pub(super) sentences: Vec<(Mark, String)>,
    pub(super) groups: Vec<ChangeGroup>,
}

pub(super) struct ChangeGroup {
    pub(super) title: String,
    pub(super) rows: Vec<(String, String, String)>,
    pub(super) more: String,
}

pub(super) struct Silent {
    /// Where the form leads.
    pub(super) here: String,
    pub(super) sentence: String,
    pub(super) days: u64,
    pub(super) election: String,
    pub(super) as_of: String,
    pub(super) rows: Vec<StationLine>,
    pub(super) more: String,
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

fn silent(
    t: T,
    frame: &Frame,
    lists: &Lists,
    named: &Named,
    (here, asked): (&str, &Asked),
) -> Silent {
    let days = u64::from(frame.silent_days);
    let shown = u64::try_from(lists.silent.len()).unwrap_or(lists.silent_count);
    Silent {
        here: here.to_owned(),
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
