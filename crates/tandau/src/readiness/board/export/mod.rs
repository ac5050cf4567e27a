//! The same pictures as files and for programs.

mod types;

pub use types::{
    ItemCounts, Readiness, ReadinessArea, ReadinessDistrict, ReadinessForecast, ReadinessItem,
    ReadinessOfStation, ReadinessSection, ReadinessStation, ReadinessStations, ReadinessSums,
    ReadinessTask, UnmetOnDay,
};

use super::frame::Frame;
use super::model::{self, District, ItemState, Mending, Outlook, StationCounts, Sums};
use super::queries;
use crate::platform::database::Connection;
use crate::platform::{Error, Lang, Names};
use crate::results::export::{Localised, instant_text};
use electoral::text::Text;
use std::collections::HashMap;

/// As what something is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Comma-separated, names in the reader's language.
    Csv,
    /// JSON, names in all languages.
    Json,
}

impl Form {
    /// The form of a file's ending.
    #[must_use]
    pub fn of(ending: &str) -> Option<Self> {
        match ending {
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            _ => None,
        }
    }

    /// The ending.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// Media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Json => "application/json",
        }
    }
}

fn said(text: &Text) -> Localised {
    (&Names::new(&text.kk, &text.ru, &text.en)).into()
}

fn area(id: &str, code: &str, names: &Names, region: &str, sums: Sums) -> ReadinessArea {
    ReadinessArea {
        id: id.to_owned(),
        code: code.to_owned(),
        name: names.into(),
        region: region.to_owned(),
        sums: sums.into(),
    }
}

fn sections(frame: &Frame, found: &[(String, Sums)]) -> Vec<ReadinessSection> {
    let title = |id: &str| {
        let section = frame.checklist.sections.iter().find(|s| s.id == id);
        section.map(|s| said(&s.title)).unwrap_or_default()
    };
    found
        .iter()
        .map(|(id, sums)| ReadinessSection {
            id: id.clone(),
            title: title(id),
            sums: (*sums).into(),
        })
        .collect()
}

/// The country.
///
/// # Errors
/// What the database reports.
pub(crate) async fn country(
    connection: &mut Connection,
    frame: &Frame,
) -> Result<Readiness, Error> {
    let id = frame.election.id.as_str();
    let districts: Vec<District> =
        queries::districts(connection, id, &frame.as_of, &frame.section).await?;
    let total = Sums::of(districts.iter().map(|d| d.sums));
    let found = queries::sections(connection, id, &frame.as_of, &frame.checklist, "").await?;
    let from = frame.chart_from();
    let series =
        queries::unmet_by_day(connection, id, &frame.as_of, &frame.section, "", from).await?;
    let (forecast, missing) = match model::outlook(&series, total.counts, frame.days_left()) {
        Outlook::Told(told) => {
            let forecast = ReadinessForecast {
                low: told.low,
                middle: told.middle,
                high: told.high,
                pace_tenths: told.pace_tenths,
                days: u64::try_from(told.days).map_err(Error::internal)?,
            };
            (Some(forecast), "")
        }
        Outlook::TooFew => (None, "too_few_days"),
        Outlook::StillAnswering => (None, "still_answering"),
        Outlook::Over => (None, "over"),
    };
    Ok(Readiness {
        election: id.to_owned(),
        voting_day: frame.election.voting_day.to_string(),
        as_of: frame.as_of.day.to_string(),
        at: instant_text(frame.as_of.moment, &frame.zone),
        days_left: frame.days_left(),
        section: frame.section.clone(),
        total: total.into(),
        regions: model::regions(&districts)
            .iter()
            .map(|r| area(&r.area_id, &r.code, &r.names, "", r.sums))
            .collect(),
        districts: districts
            .iter()
            .map(|d| area(&d.area_id, &d.code, &d.names, &d.region_id, d.sums))
            .collect(),
        sections: sections(frame, &found),
        unmet_by_day: series
            .iter()
            .map(|(day, unmet)| UnmetOnDay {
                day: day.to_string(),
                unmet: *unmet,
            })
            .collect(),
        forecast,
        forecast_missing: missing.to_owned(),
    })
}

fn station(frame: &Frame, counted: &StationCounts, number: u64, name: &Names) -> ReadinessStation {
    ReadinessStation {
        id: counted.station_id.clone(),
        number,
        name: name.into(),
        region: counted.region_id.clone(),
        district: counted.district_id.clone(),
        state: counted.counts.standing().as_str().to_owned(),
        items: counted.counts.into(),
        reported_at: counted.reported_at.map(|at| instant_text(at, &frame.zone)),
    }
}

/// All stations.
///
/// # Errors
/// What the database reports.
pub(crate) async fn all_stations(
    connection: &mut Connection,
    frame: &Frame,
) -> Result<ReadinessStations, Error> {
    let id = frame.election.id.as_str();
    let names = queries::all_names(connection, id, frame.as_of.day).await?;
    let counted = queries::stations(connection, id, &frame.as_of.bound()).await?;
    let unnamed = (0, Names::default());
    Ok(ReadinessStations {
        election: id.to_owned(),
        as_of: frame.as_of.day.to_string(),
        stations: counted
            .iter()
            .map(|c| {
                let (number, name) = names.get(&c.station_id).unwrap_or(&unnamed);
                station(frame, c, *number, name)
            })
            .collect(),
    })
}

/// A district.
///
/// # Errors
/// What the database reports.
pub(crate) async fn district(
    connection: &mut Connection,
    frame: &Frame,
    area_id: &str,
) -> Result<ReadinessDistrict, Error> {
    let id = frame.election.id.as_str();
    let total = queries::district_sums(connection, id, &frame.as_of.bound(), "", area_id).await?;
    let found = queries::sections(connection, id, &frame.as_of, &frame.checklist, area_id).await?;
    let counted = queries::of_district(connection, id, &frame.as_of, area_id).await?;
    let mut stations = Vec::with_capacity(counted.len());
    for one in &counted {
        let named = queries::station_names(connection, &one.station_id, frame.as_of.day).await?;
        stations.push(station(frame, one, named.number, &named.names));
    }
    stations.sort_by_key(|s| s.number);
    Ok(ReadinessDistrict {
        election: id.to_owned(),
        as_of: frame.as_of.day.to_string(),
        total: total.into(),
        sections: sections(frame, &found),
        stations,
    })
}

/// A station with its items.
///
/// # Errors
/// [`Error::NotFound`] for an unknown station or one without readiness on record.
pub(crate) async fn of_station(
    connection: &mut Connection,
    frame: &Frame,
    station_id: &str,
) -> Result<ReadinessOfStation, Error> {
    let id = frame.election.id.as_str();
    let named = queries::station_names(connection, station_id, frame.as_of.day).await?;
    let counted = queries::one(connection, id, &frame.as_of, station_id)
        .await?
        .ok_or(Error::NotFound)?;
    let known = queries::items(connection, id, &frame.as_of, station_id).await?;
    let tasks = queries::mending(connection, id, &frame.as_of, station_id).await?;
    let known: HashMap<&str, &ItemState> = known.iter().map(|i| (i.item.as_str(), i)).collect();
    Ok(ReadinessOfStation {
        election: id.to_owned(),
        as_of: frame.as_of.day.to_string(),
        station: station(frame, &counted, named.number, &named.names),
        items: items(frame, &known, &tasks),
    })
}

fn items(
    frame: &Frame,
    known: &HashMap<&str, &ItemState>,
    tasks: &[Mending],
) -> Vec<ReadinessItem> {
    let wanted = |section: &str| frame.section.is_empty() || frame.section == section;
    let task = |task: &Mending| ReadinessTask {
        body: task.body.clone(),
        since: instant_text(task.since, &frame.zone),
        due: instant_text(task.due, &frame.zone),
        state: frame.as_of.today.then(|| task.state.as_str().to_owned()),
    };
    frame
        .checklist
        .items
        .iter()
        .filter(|item| wanted(&item.section))
        .map(|item| {
            let state = known.get(item.id.as_str());
            let status = state.map_or(model::ItemStatus::Unanswered, |s| s.status);
            let due = item.due_on(frame.election.voting_day).ok();
            ReadinessItem {
                id: item.id.clone(),
                section: item.section.clone(),
                wording: said(&item.wording),
                severity: item.severity.as_str().to_owned(),
                body: item.body.clone(),
                due: due.map_or_else(String::new, |day| day.to_string()),
                status: status.as_str().to_owned(),
                since: state
                    .and_then(|s| s.since)
                    .map(|at| instant_text(at, &frame.zone)),
                late: due.is_some_and(|due| due < frame.as_of.day) && !status.is_in_order(),
                tasks: tasks
                    .iter()
                    .filter(|t| t.item == item.id)
                    .map(task)
                    .collect(),
            }
        })
        .collect()
}

/// A name in one language.
pub(crate) const fn in_language(name: &Localised, lang: Lang) -> &String {
    match lang {
        Lang::Kk => &name.kk,
        Lang::Ru => &name.ru,
        Lang::En => &name.en,
    }
}
