//! The data files of the demonstration, built into the program, and their rows.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::error::PlanError;

macro_rules! data {
    ($path:literal) => {
        include_str!(concat!("../../../../../demo/", $path))
    };
}

/// The texts of all tables; see `demo/README.md` for the origin and licence of each.
#[derive(Debug, Clone, Copy)]
pub struct Sources {
    pub(super) regions: &'static str,
    pub(super) districts: &'static str,
    pub(super) karaganda: &'static str,
    pub(super) zones: &'static str,
    pub(super) changes: &'static str,
    pub(super) territories: &'static str,
    pub(super) weights: &'static str,
    pub(super) places: &'static str,
    pub(super) boundaries: &'static str,
    pub(super) streets: &'static str,
    pub(super) premises: &'static str,
    pub(super) published: &'static str,
    pub(super) given_male: &'static str,
    pub(super) given_female: &'static str,
    pub(super) family: &'static str,
    pub(super) patronymic: &'static str,
    pub(super) organisations: &'static str,
}

impl Sources {
    /// The tables built into the program.
    #[must_use]
    pub const fn embedded() -> Self {
        Self {
            regions: data!("kz/regions.csv"),
            districts: data!("kz/districts.csv"),
            karaganda: data!("kz/karaganda_region_units.csv"),
            zones: data!("kz/zones.csv"),
            changes: data!("kz/changes.csv"),
            territories: data!("kz/pilot_territories.csv"),
            weights: data!("kz/pilot_weights.csv"),
            places: data!("kz/pilot_places.csv"),
            boundaries: data!("kz/pilot_boundaries.csv"),
            streets: data!("kz/streets.csv"),
            premises: data!("kz/premises.csv"),
            published: data!("published/akim-2023.json"),
            given_male: data!("names/given_male.csv"),
            given_female: data!("names/given_female.csv"),
            family: data!("names/family.csv"),
            patronymic: data!("names/patronymic.csv"),
            organisations: data!("names/organisations.csv"),
        }
    }
}

/// Reads all rows of a table.
///
/// # Errors
/// [`PlanError::Table`] with the reader's message.
pub(super) fn rows<T: DeserializeOwned>(
    file: &'static str,
    text: &str,
) -> Result<Vec<T>, PlanError> {
    csv::Reader::from_reader(text.as_bytes())
        .into_deserialize()
        .collect::<Result<_, _>>()
        .map_err(|error| PlanError::Table {
            file,
            cause: error.to_string(),
        })
}

#[derive(Debug, Deserialize)]
pub(super) struct RegionRow {
    pub(super) kato: String,
    pub(super) kind: String,
    pub(super) name_kk: String,
    pub(super) name_ru: String,
    pub(super) name_en: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct DistrictRow {
    pub(super) kato: String,
    pub(super) region_kato: String,
    pub(super) kind: String,
    pub(super) name_kk: String,
    pub(super) name_ru: String,
    pub(super) name_en: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct UnitRow {
    pub(super) kato: String,
    pub(super) parent_kato: String,
    pub(super) unit_type: String,
    pub(super) name_kk: String,
    pub(super) name_ru: String,
    pub(super) name_en: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct ZoneRow {
    pub(super) region_kato: String,
    pub(super) zone: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct ChangeRow {
    pub(super) kato: String,
    pub(super) valid_from: jiff::civil::Date,
    pub(super) approximate: u8,
}

#[derive(Debug, Deserialize)]
pub(super) struct TerritoryRow {
    pub(super) no: u32,
    pub(super) kato: String,
    pub(super) region_kato: String,
    pub(super) status: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct WeightRow {
    pub(super) no: u32,
    pub(super) stations: u32,
    pub(super) voters: u32,
    pub(super) voters_fixed: u8,
    pub(super) first_number: u32,
    pub(super) candidates: u32,
    pub(super) nominated: u32,
    pub(super) registered: u32,
    pub(super) precinct_members: u32,
    pub(super) scene: String,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct PlaceRow {
    pub(super) kato: String,
    pub(super) group_kato: String,
    pub(super) district_kato: String,
    pub(super) kind: String,
    pub(super) name_kk: String,
    pub(super) name_ru: String,
    pub(super) name_en: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct BoundaryRow {
    pub(super) kato: String,
    pub(super) polygon: u32,
    pub(super) ring: u32,
    pub(super) lon_lat: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct StreetRow {
    pub(super) kk: String,
    pub(super) ru: String,
    pub(super) en: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct PremisesRow {
    pub(super) kind: String,
    pub(super) kk: String,
    pub(super) ru: String,
    pub(super) en: String,
    pub(super) weight: u64,
    #[serde(rename = "where")]
    pub(super) place: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct GivenRow {
    pub(super) group: String,
    pub(super) kk: String,
    pub(super) ru: String,
    pub(super) en: String,
}

/// Family names and patronymics have the same columns.
#[derive(Debug, Deserialize)]
pub(super) struct SexedRow {
    pub(super) group: String,
    pub(super) kk_male: String,
    pub(super) kk_female: String,
    pub(super) ru_male: String,
    pub(super) ru_female: String,
    pub(super) en_male: String,
    pub(super) en_female: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct OrganisationRow {
    pub(super) kind: String,
    pub(super) code: String,
    pub(super) name_kk: String,
    pub(super) name_ru: String,
    pub(super) name_en: String,
}

/// The published figures, as far as the plan uses them.
#[derive(Debug, Deserialize)]
pub(super) struct PublishedFile {
    pub(super) national: PublishedNation,
    pub(super) contests: Vec<PublishedContest>,
    pub(super) groups: Vec<PublishedGroup>,
}

#[derive(Debug, Deserialize)]
pub(super) struct PublishedNation {
    pub(super) figures: Vec<PublishedFigure>,
}

#[derive(Debug, Deserialize)]
pub(super) struct PublishedContest {
    pub(super) area: String,
    pub(super) figures: Vec<PublishedFigure>,
}

#[derive(Debug, Deserialize)]
pub(super) struct PublishedGroup {
    pub(super) areas: Vec<String>,
    pub(super) figures: Vec<PublishedFigure>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct PublishedFigure {
    pub(super) measure: String,
    pub(super) value: f64,
    pub(super) at: Option<String>,
}
