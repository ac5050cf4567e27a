//! Stations from a file: `number,region_code,district_code,name_kk,name_ru,name_en,address_kk,address_ru,
//! address_en,latitude,longitude,capacity,voters_on_list,special,step_free,valid_from`.

use super::actions::add_in;
use super::model::{NewStation, PLACE_DIGITS};
use crate::platform::access::Action;
use crate::platform::areas::{self, Area};
use crate::platform::database::Transaction;
use crate::platform::rows::{self, Problems};
use crate::platform::{Acting, Error, Names, degrees};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::HashMap;

/// One station of a file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StationRow {
    /// Number, unique within the region.
    pub number: String,
    /// Code of the region.
    pub region_code: String,
    /// Code of the district or city.
    pub district_code: String,
    /// Building, Kazakh.
    pub name_kk: String,
    /// Building, Russian.
    pub name_ru: String,
    /// Building, English.
    pub name_en: String,
    /// Address, Kazakh.
    pub address_kk: String,
    /// Address, Russian.
    pub address_ru: String,
    /// Address, English.
    pub address_en: String,
    /// Degrees north, or empty.
    #[serde(default)]
    pub latitude: String,
    /// Degrees east, or empty.
    #[serde(default)]
    pub longitude: String,
    /// Persons that the voting room holds.
    pub capacity: String,
    /// Voters on the list.
    pub voters_on_list: String,
    /// Kind of special station, or empty.
    #[serde(default)]
    pub special: String,
    /// `yes`, `no` or empty.
    #[serde(default)]
    pub step_free: String,
    /// First day, ISO.
    pub valid_from: String,
}

/// Reads a CSV file of stations; `dry_run` checks everything and changes nothing. Returns the number of rows.
///
/// # Errors
/// [`Error::Invalid`] naming each row and column that can't be taken (the first hundred of them);
/// [`Error::Forbidden`] without the power over a district of the file.
pub async fn import_csv(acting: &Acting, text: &[u8], dry_run: bool) -> Result<usize, Error> {
    let rows = rows::read::<StationRow>(text)?;
    let mut transaction = acting.begin().await?;
    let mut areas = HashMap::new();
    let mut problems = Problems::default();
    for (index, row) in rows.iter().enumerate() {
        if let Err(error) = add_one(&mut transaction, acting, row, &mut areas).await {
            problems.take(index, &row.number, error)?;
        }
        if problems.is_full() {
            break;
        }
    }
    problems.done()?;
    if !dry_run {
        transaction.commit().await?;
    }
    Ok(rows.len())
}

async fn add_one(
    transaction: &mut Transaction,
    acting: &Acting,
    row: &StationRow,
    areas: &mut HashMap<String, Area>,
) -> Result<(), Error> {
    let t = acting.t();
    let valid_from: Date = row
        .valid_from
        .parse()
        .map_err(|_| Error::field("valid_from", t.form_date()))?;
    let count = |column: &str, text: &str| {
        text.parse::<u64>()
            .map_err(|_| Error::field(column, t.form_number()))
    };
    let place = |column: &str, text: &str| match (text, degrees::read(text, PLACE_DIGITS)) {
        ("", _) => Ok(None),
        (_, None) => Err(Error::field(column, t.stations_place())),
        (_, found) => Ok(found),
    };
    let step_free = match row.step_free.as_str() {
        "" => None,
        "yes" => Some(true),
        "no" => Some(false),
        _ => return Err(Error::field("step_free", t.import_choice("yes, no"))),
    };
    let region = area(
        transaction,
        acting,
        areas,
        "region_code",
        &row.region_code,
        valid_from,
    )
    .await?;
    let district = area(
        transaction,
        acting,
        areas,
        "district_code",
        &row.district_code,
        valid_from,
    )
    .await?;
    let new = NewStation {
        number: count("number", &row.number)?,
        region_id: region.id,
        district_id: district.id,
        names: Names::new(&row.name_kk, &row.name_ru, &row.name_en),
        address: Names::new(&row.address_kk, &row.address_ru, &row.address_en),
        latitude_microdeg: place("latitude", &row.latitude)?,
        longitude_microdeg: place("longitude", &row.longitude)?,
        capacity: count("capacity", &row.capacity)?,
        voters_on_list: count("voters_on_list", &row.voters_on_list)?,
        special: row.special.clone(),
        step_free,
        valid_from,
        zone: district.zone,
    };
    add_in(transaction, acting, new).await?;
    Ok(())
}

/// The area of a code, asked for once; over a district the power is decided when it is first met.
async fn area(
    transaction: &mut Transaction,
    acting: &Acting,
    known: &mut HashMap<String, Area>,
    column: &str,
    code: &str,
    day: Date,
) -> Result<Area, Error> {
    if let Some(found) = known.get(code) {
        return Ok(found.clone());
    }
    let missing = || Error::field(column, acting.t().import_parent());
    let id = areas::by_code(transaction, code, day)
        .await?
        .ok_or_else(missing)?;
    acting
        .require(transaction, Action::RegisterImport, &id, None)
        .await?;
    let found = areas::by_id(transaction, &id, day).await?;
    known.insert(code.to_owned(), found.clone());
    Ok(found)
}
