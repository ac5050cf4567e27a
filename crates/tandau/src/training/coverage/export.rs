//! What files and the interface for programs say of coverage. Counts of officials for districts and above,
//! of a station its state alone; nobody's name or mark.

use super::frame::Frame;
use super::model::{self, District, People, StationStand, Sums};
use super::queries;
use crate::platform::database::Connection;
use crate::platform::{App, Error, Lang, T};
use crate::readiness::board::export::in_language;
use crate::results::export::Localised;
use electoral::training::coverage::State;
use serde::Serialize;
use utoipa::ToSchema;

/// Members of precinct commissions.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct CoveragePeople {
    /// All.
    pub members: u64,
    /// The fewest who must pass so that each station has what it needs.
    pub required: u64,
    /// Invited to a session that is still to be held.
    pub scheduled: u64,
    /// Were at a session.
    pub trained: u64,
    /// Have passed.
    pub passed: u64,
}

impl From<People> for CoveragePeople {
    fn from(p: People) -> Self {
        Self {
            members: p.members,
            required: p.required,
            scheduled: p.scheduled,
            trained: p.trained,
            passed: p.passed,
        }
    }
}

/// Sums of stations.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct CoverageSums {
    /// Stations.
    pub stations: u64,
    /// All that is needed has passed.
    pub covered: u64,
    /// Not yet, but enough are invited or still to be tested.
    pub planned: u64,
    /// Neither.
    pub uncovered: u64,
    /// Members of their commissions.
    pub people: CoveragePeople,
}

impl From<Sums> for CoverageSums {
    fn from(sums: Sums) -> Self {
        Self {
            stations: sums.stations,
            covered: sums.covered,
            planned: sums.planned,
            uncovered: sums.uncovered(),
            people: sums.people.into(),
        }
    }
}

/// A region or a district.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CoverageArea {
    /// Permanent id, part of addresses.
    pub id: String,
    /// Code of the classifier.
    pub code: String,
    /// Name.
    pub name: Localised,
    /// Id of its region; empty for a region.
    pub region: String,
    /// What is counted.
    pub sums: CoverageSums,
}

/// Stations without a trained commission at the end of a day.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OpenOnDay {
    /// The day, ISO 8601.
    pub day: String,
    /// Stations that are not covered.
    pub open: u64,
}

/// Stations that are expected to be uncovered on voting day: the Theil–Sen line of the last days with the range of nine
/// cases of ten.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CoverageForecast {
    /// The least.
    pub low: u64,
    /// If the pace goes on.
    pub middle: u64,
    /// The most.
    pub high: u64,
    /// Days it rests on.
    pub days: u64,
}

/// What a station needs.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CoverageNeed {
    /// Id.
    pub id: String,
    /// What it is called.
    pub title: Localised,
    /// Offices: `chair`, `deputy`, `secretary`, `member`.
    pub offices: Vec<String>,
    /// Percent of those who hold them.
    pub percent: u64,
    /// Article of the law.
    pub article: String,
    /// How sure that is.
    pub confidence: String,
}

/// An election's stations and whether their commissions are trained.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TrainingCoverage {
    /// Id of the election.
    pub election: String,
    /// The day these figures are as of.
    pub as_of: String,
    /// The day by which stations must be covered.
    pub due: String,
    /// Days until voting; none when it is over.
    pub days_left: Option<u64>,
    /// True for demonstration data.
    pub synthetic: bool,
    /// What a station needs.
    pub needs: Vec<CoverageNeed>,
    /// All together.
    pub total: CoverageSums,
    /// Regions, by code.
    pub regions: Vec<CoverageArea>,
    /// Districts, by code.
    pub districts: Vec<CoverageArea>,
    /// Stations that are not covered, day by day.
    pub open_by_day: Vec<OpenOnDay>,
    /// What is to be expected on voting day; none with too few days.
    pub forecast: Option<CoverageForecast>,
}

/// A station: whether it has what it needs, and nothing from which a person's result follows.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CoverageStation {
    /// Permanent id.
    pub id: String,
    /// Number in its region.
    pub number: u64,
    /// Building.
    pub name: Localised,
    /// Id of its region.
    pub region: String,
    /// Id of its district.
    pub district: String,
    /// `covered` or `uncovered`. No figures: they would tell of the few people who sit there.
    pub state: String,
}

/// Stations of a region or district, or of all.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TrainingStations {
    /// Id of the election.
    pub election: String,
    /// The day these figures are as of.
    pub as_of: String,
    /// All of them together.
    pub total: CoverageSums,
    /// Stations, by district and number.
    pub stations: Vec<CoverageStation>,
}

fn area_of(d: &District) -> CoverageArea {
    CoverageArea {
        id: d.area_id.clone(),
        code: d.code.clone(),
        name: (&d.names).into(),
        region: d.region_id.clone(),
        sums: d.sums.into(),
    }
}

/// The country.
///
/// # Errors
/// What the database reports.
pub(crate) async fn country(
    connection: &mut Connection,
    app: &App,
    frame: &Frame,
) -> Result<TrainingCoverage, Error> {
    let rules = &app.rules.training().coverage;
    let id = &frame.election.id;
    let districts = queries::districts(connection, id, &frame.as_of).await?;
    let from = frame.chart_from();
    let series = queries::open_by_day(connection, id, &frame.as_of, "", from).await?;
    let sums = Sums::of(districts.iter().map(|d| d.sums));
    let needs = rules.requirements.iter().map(|r| CoverageNeed {
        id: r.id.clone(),
        title: Localised {
            kk: r.title.kk.clone(),
            ru: r.title.ru.clone(),
            en: r.title.en.clone(),
        },
        offices: r.offices.clone(),
        percent: r.percent.value,
        article: r.percent.article.clone(),
        confidence: format!("{:?}", r.percent.confidence).to_lowercase(),
    });
    Ok(TrainingCoverage {
        election: id.clone(),
        as_of: frame.as_of.day.to_string(),
        due: frame.due(rules).to_string(),
        days_left: frame.days_left(),
        synthetic: frame.election.synthetic,
        needs: needs.collect(),
        total: sums.into(),
        regions: model::regions(&districts)
            .iter()
            .map(|r| CoverageArea {
                id: r.area_id.clone(),
                code: r.code.clone(),
                name: (&r.names).into(),
                region: String::new(),
                sums: r.sums.into(),
            })
            .collect(),
        districts: districts.iter().map(area_of).collect(),
        forecast: frame.outlook(&series, sums).map(|f| CoverageForecast {
            low: f.low,
            middle: f.middle,
            high: f.high,
            days: u64::try_from(f.days).unwrap_or(0),
        }),
        open_by_day: series
            .into_iter()
            .map(|(day, open)| OpenOnDay {
                day: day.to_string(),
                open,
            })
            .collect(),
    })
}

fn station_of(s: StationStand) -> CoverageStation {
    CoverageStation {
        id: s.station_id,
        number: s.number,
        name: (&s.names).into(),
        region: s.region_id,
        district: s.district_id,
        state: match s.stand.state {
            State::Covered => State::Covered,
            State::Planned | State::Uncovered => State::Uncovered,
        }
        .as_str()
        .to_owned(),
    }
}

/// Stations of an area (a region, a district; `""` for all).
///
/// # Errors
/// What the database reports.
pub(crate) async fn stations(
    connection: &mut Connection,
    frame: &Frame,
    area: &str,
) -> Result<TrainingStations, Error> {
    let found = queries::stations(connection, &frame.election.id, &frame.as_of, area).await?;
    Ok(TrainingStations {
        election: frame.election.id.clone(),
        as_of: frame.as_of.day.to_string(),
        total: Sums::of(found.iter().map(|s| s.stand.sums())).into(),
        stations: found.into_iter().map(station_of).collect(),
    })
}

/// Stations as lines of a table, the first one the names of columns.
pub(crate) fn lines(all: &TrainingStations, t: T) -> Vec<Vec<String>> {
    let lang: Lang = t.lang;
    let columns = [
        "election", "as_of", "station", "number", "name", "region", "district", "state",
    ];
    let mut lines = vec![columns.map(str::to_owned).to_vec()];
    for s in &all.stations {
        lines.push(vec![
            all.election.clone(),
            all.as_of.clone(),
            s.id.clone(),
            s.number.to_string(),
            in_language(&s.name, lang).clone(),
            s.region.clone(),
            s.district.clone(),
            s.state.clone(),
        ]);
    }
    lines
}
