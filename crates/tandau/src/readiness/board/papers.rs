//! The report on a district as a paper: what it says is what the pages say.

use super::frame::{Frame, say};
use super::model::{ItemState, ItemStatus, Mending, StationNames};
use super::queries;
use crate::platform::access::Role;
use crate::platform::areas::Area;
use crate::platform::database::Connection;
use crate::platform::i18n::{date_long, date_short, instant_long, instant_short, number};
use crate::platform::press::paper_language;
use crate::platform::{Error, T};
use crate::readiness::access::queries as access;
use electoral::checklist::{Item, Severity};
use jiff::tz::TimeZone;
use print::{
    ReadinessBody, ReadinessFigure, ReadinessLine, ReadinessPaper, ReadinessRow, ReadinessWords,
};

/// Lines that a body's list may have; the form takes some more.
const LINES_MAX: usize = 200;

/// What is unmet at one station.
struct Unmet<'f> {
    station: usize,
    item: &'f Item,
    status: ItemStatus,
}

/// The report on a district.
///
/// # Errors
/// [`Error::NotFound`] where nothing is on record; what the database reports.
pub(super) async fn report(
    connection: &mut Connection,
    frame: &Frame,
    t: T,
    district: &Area,
) -> Result<ReadinessPaper, Error> {
    let id = frame.election.id.as_str();
    let area = district.id.as_str();
    let sums = queries::district_sums(connection, id, &frame.as_of.bound(), "", area).await?;
    if sums.stations == 0 {
        return Err(Error::NotFound);
    }
    let by_section =
        queries::sections(connection, id, &frame.as_of, &frame.checklist, area).await?;
    let counted = queries::of_district(connection, id, &frame.as_of, area).await?;
    let mut stations: Vec<(StationNames, Vec<ItemState>, Vec<Mending>)> = Vec::new();
    for station in &counted {
        let sid = &station.station_id;
        stations.push((
            queries::station_names(connection, sid, frame.as_of.day).await?,
            queries::items(connection, id, &frame.as_of, sid).await?,
            queries::mending(connection, id, &frame.as_of, sid).await?,
        ));
    }
    stations.sort_by_key(|(named, _, _)| named.number);
    let region = stations.first().map_or_else(String::new, |(s, _, _)| {
        s.region_names.get(t.lang).to_owned()
    });
    let zone = district.time_zone()?;
    let as_of = if frame.as_of.today {
        t.board_as_of_now(instant_long(t.lang, frame.as_of.moment, &zone))
    } else {
        t.board_as_of_day(date_long(t.lang, frame.as_of.day))
    };
    let place = format!("{}, {region}", district.names.get(t.lang));
    let figure = |value: u64, label: String| ReadinessFigure {
        number: number(t.lang, value),
        label,
    };
    let counts = sums.counts;
    let mut figures = vec![
        figure(sums.ready, t.board_figure_ready(sums.stations)),
        figure(counts.unmet, t.board_figure_unmet(counts.critical)),
        figure(
            counts.unanswered,
            t.board_figure_unanswered(counts.expected),
        ),
    ];
    if let Some(days) = frame.days_left() {
        figures.push(figure(days, t.board_figure_days(days)));
    }
    Ok(ReadinessPaper {
        language: paper_language(t.lang),
        title: t.board_title(),
        election: format!(
            "{} · {}",
            frame.election.title.get(t.lang),
            date_long(t.lang, frame.election.voting_day)
        ),
        when: as_of.clone(),
        sentence: t.board_place_sentence(district.names.get(t.lang), sums.ready, sums.stations),
        figures,
        words: words(t),
        sections: by_section
            .iter()
            .map(|(section, sums)| ReadinessRow {
                name: frame.title_of(section, t.lang),
                ready: sums.ready,
                unmet: sums.counts.unmet,
                critical: sums.counts.critical,
                unanswered: sums.counts.unanswered,
            })
            .collect(),
        bodies: bodies(frame, t, &stations, &zone),
        accessibility: accessibility(connection, frame, t, district).await?,
        foot: format!("{place} · {as_of}"),
        place,
        synthetic: frame.election.synthetic,
        ..ReadinessPaper::default()
    })
}

/// What was published of voters with disabilities in the district by that day; what is hidden there is hidden here.
async fn accessibility(
    connection: &mut Connection,
    frame: &Frame,
    t: T,
    district: &Area,
) -> Result<String, Error> {
    let (election, day) = (&frame.election.id, frame.as_of.day);
    let published = access::published(connection, election, &district.id, day).await?;
    let Some((release, areas)) = published else {
        return Ok(t.access_not_released());
    };
    let Some(own) = areas.get(&district.id) else {
        return Ok(t.access_not_released());
    };
    let mut said = vec![match own.figure("", "") {
        Some(voters) => t.access_lead(own.stations, voters),
        None => t.access_lead_stations(own.stations),
    }];
    for (part, name) in [
        ("here", t.access_part_here()),
        ("near", t.access_part_near()),
        ("unmet", t.access_part_unmet()),
    ] {
        let figure = own.figure(part, "");
        let figure = figure.map_or_else(|| t.access_hidden(), |n| number(t.lang, n));
        said.push(format!("{name}: {figure}."));
    }
    let date = date_long(t.lang, release.released_on);
    said.push(t.access_released(own.counted, date, own.stations, release.version.to_string()));
    Ok(said.join(" "))
}

fn words(t: T) -> ReadinessWords {
    ReadinessWords {
        sections: t.board_sections_title(),
        bodies: t.board_bodies_title(),
        section: t.board_col_section(),
        ready: t.board_col_ready(),
        unmet: t.board_col_unmet(),
        critical: t.board_col_critical(),
        unanswered: t.board_col_unanswered(),
        station: t.board_col_station(),
        item: t.board_col_item(),
        due: t.board_col_due(),
        state: t.board_col_state(),
        accessibility: t.board_access_title(),
    }
}

type Stations = [(StationNames, Vec<ItemState>, Vec<Mending>)];

/// One part for each body that the checklist names, in the country's order, commissions last.
fn bodies(frame: &Frame, t: T, stations: &Stations, zone: &TimeZone) -> Vec<ReadinessBody> {
    let mut kinds: Vec<&str> = Role::BODIES.to_vec();
    kinds.push("commission");
    kinds
        .into_iter()
        .filter(|kind| frame.checklist.items.iter().any(|i| i.body == *kind))
        .map(|kind| body(frame, t, stations, zone, kind))
        .collect()
}

fn body(frame: &Frame, t: T, stations: &Stations, zone: &TimeZone, kind: &str) -> ReadinessBody {
    let mut unmet = Vec::new();
    for (place, (_, items, _)) in stations.iter().enumerate() {
        for state in items {
            let item = frame.checklist.item(&state.item);
            if let Some(item) = item.filter(|i| i.body == kind && state.status == ItemStatus::Unmet)
            {
                unmet.push(Unmet {
                    station: place,
                    item,
                    status: state.status,
                });
            }
        }
    }
    let critical: Vec<&Unmet<'_>> = unmet
        .iter()
        .filter(|u| u.item.severity == Severity::Critical)
        .collect();
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let more = critical.len().saturating_sub(LINES_MAX);
    ReadinessBody {
        name: t.word(&format!("body-{kind}")),
        sentence: if unmet.is_empty() {
            t.board_body_nothing()
        } else {
            t.board_body_sentence(count(unmet.len()), count(critical.len()))
        },
        lines: critical
            .iter()
            .take(LINES_MAX)
            .filter_map(|u| line(frame, t, stations, zone, u))
            .collect(),
        more: if more == 0 {
            String::new()
        } else {
            t.board_more(count(more))
        },
    }
}

fn line(
    frame: &Frame,
    t: T,
    stations: &Stations,
    zone: &TimeZone,
    unmet: &Unmet<'_>,
) -> Option<ReadinessLine> {
    let (named, _, tasks) = stations.get(unmet.station)?;
    let task = tasks.iter().rev().find(|task| task.item == unmet.item.id);
    let by_law = unmet.item.due_on(frame.election.voting_day).ok();
    Some(ReadinessLine {
        station: t.board_station_named(named.names.get(t.lang), named.number.to_string()),
        item: say(&unmet.item.wording, t.lang),
        due: match (task, by_law) {
            (Some(task), _) => instant_short(t.lang, task.due, zone),
            (None, Some(day)) => date_short(t.lang, day),
            (None, None) => String::new(),
        },
        state: match task {
            Some(task) if frame.as_of.today => {
                t.word(&format!("board-task-{}", task.state.as_str()))
            }
            Some(_) => t.board_task_given(),
            None => t.word(unmet.status.key()),
        },
    })
}
