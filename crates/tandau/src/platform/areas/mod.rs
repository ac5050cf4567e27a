//! Areas: countries, regions, districts, settlements and the territories of polling stations, with names
//! in three languages, validity, and a closure table so that "everything below" is one join.

mod change;
mod follow;
mod import;
pub mod store;

pub use change::{close, move_to, rename};
pub use follow::{Follower, Followers, Moved};
pub use import::{AreaRow, add, import_csv};
pub use store::{
    by_code, by_id, by_typed_code, children, country, names_of, path, path_on, search, zones,
};

use crate::platform::Names;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// An area as of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// Permanent id.
    pub id: String,
    /// Code of the classifier, or our own for territories of stations.
    pub code: String,
    /// Edition of the classifier the code belongs to.
    pub edition: String,
    /// One of the country's kinds (`rules/kz/country.toml`).
    pub kind: String,
    /// IANA name of the zone.
    pub zone: String,
    /// Names.
    pub names: Names,
    /// First day.
    pub valid_from: Date,
    /// Last day, if it has ended.
    pub valid_until: Option<Date>,
    /// What should be known about the source.
    pub note: String,
}

impl Area {
    /// The zone by whose clocks the area lives.
    ///
    /// # Errors
    /// When the name is unknown, which the import prevents.
    pub fn time_zone(&self) -> Result<TimeZone, crate::platform::Error> {
        Ok(TimeZone::get(&self.zone)?)
    }
}

#[cfg(test)]
mod tests;
