//! The room's words: a station as of a day, its versions, what may be said of it.

use crate::platform::{Error, FieldProblem, Names, T, degrees};
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Kinds of special stations (article 23(3)); empty for an ordinary one.
pub const SPECIAL: &[&str] = &[
    "",
    "military",
    "ship",
    "rest_home",
    "hospital",
    "remote",
    "detention",
    "mission",
];

/// Digits behind the point of a latitude or longitude at most.
pub(super) const PLACE_DIGITS: usize = 9;
/// Longest address, in characters.
const MAX_ADDRESS_CHARS: usize = 300;
/// Highest number of a station.
const MAX_NUMBER: u64 = 99_999;
/// Most persons a voting room may be said to hold.
const MAX_CAPACITY: u64 = 100_000;

/// What is true of a station from a day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStation {
    /// Number, unique within the region.
    pub number: u64,
    /// Region or city of republican significance.
    pub region_id: String,
    /// District or city under which it stands.
    pub district_id: String,
    /// Names: of the building.
    pub names: Names,
    /// Address with the settlement.
    pub address: Names,
    /// Millionths of a degree north.
    pub latitude_microdeg: Option<i64>,
    /// Millionths of a degree east.
    pub longitude_microdeg: Option<i64>,
    /// Persons that the voting room holds.
    pub capacity: u64,
    /// Voters on the list.
    pub voters_on_list: u64,
    /// Kind of special station, one of [`SPECIAL`].
    pub special: String,
    /// Whether one gets in without steps; none where nobody has looked.
    pub step_free: Option<bool>,
    /// First day.
    pub valid_from: Date,
    /// IANA zone.
    pub zone: String,
}

/// A station as of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Station {
    /// Permanent id.
    pub id: String,
    /// Its own area, of kind `precinct`.
    pub area_id: String,
    /// Which version this is, from 1.
    pub version: u64,
    /// Number, unique within the region.
    pub number: u64,
    /// Region.
    pub region_id: String,
    /// District or city.
    pub district_id: String,
    /// Names of the building.
    pub names: Names,
    /// Address with the settlement.
    pub address: Names,
    /// Millionths of a degree north.
    pub latitude_microdeg: Option<i64>,
    /// Millionths of a degree east.
    pub longitude_microdeg: Option<i64>,
    /// Persons that the voting room holds.
    pub capacity: u64,
    /// Voters on the list.
    pub voters_on_list: u64,
    /// Kind of special station; empty for an ordinary one.
    pub special: String,
    /// Whether one gets in without steps.
    pub step_free: Option<bool>,
    /// First day of this version.
    pub valid_from: Date,
    /// IANA zone of its area.
    pub zone: String,
    /// Last day of the station, if it was closed.
    pub valid_until: Option<Date>,
}

impl Station {
    /// The zone by whose clocks the station lives.
    ///
    /// # Errors
    /// When the name is unknown, which adding prevents.
    pub fn time_zone(&self) -> Result<TimeZone, Error> {
        Ok(TimeZone::get(&self.zone)?)
    }

    /// The same as a proposal for its next version.
    #[must_use]
    pub fn to_new(&self, valid_from: Date) -> NewStation {
        NewStation {
            number: self.number,
            region_id: self.region_id.clone(),
            district_id: self.district_id.clone(),
            names: self.names.clone(),
            address: self.address.clone(),
            latitude_microdeg: self.latitude_microdeg,
            longitude_microdeg: self.longitude_microdeg,
            capacity: self.capacity,
            voters_on_list: self.voters_on_list,
            special: self.special.clone(),
            step_free: self.step_free,
            valid_from,
            zone: self.zone.clone(),
        }
    }
}

/// One version in the history of a station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StationVersion {
    /// What was true.
    pub station: Station,
    /// Why it was changed.
    pub reason: String,
    /// When it was put on record.
    pub made_at: jiff::Timestamp,
}

/// What the area of a station is called: its number.
#[must_use]
pub fn area_names(number: u64) -> Names {
    Names::new(
        format!("№\u{a0}{number}"),
        format!("№\u{a0}{number}"),
        format!("No.\u{a0}{number}"),
    )
}

impl NewStation {
    /// What search compares: number, building and address in all languages.
    #[must_use]
    pub fn folded(&self) -> String {
        format!(
            "{} | {} | {}",
            self.number,
            self.names.folded(),
            self.address.folded()
        )
    }

    /// Checks everything that needs no other station. `voters_max` is the law's limit (article 23(2)).
    ///
    /// # Errors
    /// [`Error::Invalid`] naming each field.
    pub fn check(&self, t: T, voters_max: u64) -> Result<(), Error> {
        let mut problems = crate::people::model::name_problems(t, &self.names);
        let mut add = |field: &str, message: String| {
            problems.push(FieldProblem {
                field: field.to_owned(),
                message,
            });
        };
        if !(1..=MAX_NUMBER).contains(&self.number) {
            add("number", t.stations_number());
        }
        for (field, text) in [
            ("address_kk", &self.address.kk),
            ("address_ru", &self.address.ru),
            ("address_en", &self.address.en),
        ] {
            let chars = text.trim().chars().count();
            if !(1..=MAX_ADDRESS_CHARS).contains(&chars) || text.chars().any(char::is_control) {
                add(field, t.stations_address());
            }
        }
        if self.voters_on_list > voters_max {
            add("voters_on_list", t.stations_voters(limit(voters_max)));
        }
        if self.capacity > MAX_CAPACITY {
            add("capacity", t.form_number());
        }
        if !SPECIAL.contains(&self.special.as_str()) {
            add("special", t.form_choice());
        }
        if TimeZone::get(&self.zone).is_err() {
            add("zone", t.import_zone());
        }
        match (self.latitude_microdeg, self.longitude_microdeg) {
            (None, None) => {}
            (Some(lat), Some(lon)) if degrees::on_earth(lat, lon) => {}
            _ => add("latitude", t.stations_place()),
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Error::Invalid(problems))
        }
    }
}

fn limit(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
