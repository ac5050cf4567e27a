//! Maps drawn by the server as SVG: regions, districts of a region, the pilot's territories.
//!
//! A map repeats what a list beside it says and is never the only way to a place. Every area
//! with an address is a link that the keyboard reaches. Wherever a map is shown, [`ATTRIBUTION`]
//! is shown with it.
//!
//! Outlines come from `data/kazakhstan.topojson` (see the README there): neighbours share their
//! border lines, so no gaps open at any scale.

mod draw;
mod geometry;
mod topology;

pub use draw::{AreaSpec, MapSpec};

use thiserror::Error;

use geometry::Shape;
use topology::Topology;

/// To be shown with every map.
pub const ATTRIBUTION: &str = "geokz, Alexander Rodionov, CC BY 4.0";

/// Number of shades from the lightest (0) to the darkest.
pub const SHADES: u8 = 7;

/// Why a map cannot be drawn.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum MapError {
    /// The boundary file that is built in does not read.
    #[error("the boundaries built into the program are damaged: {0}")]
    Data(String),
    /// There is no outline with this code.
    #[error("there is no boundary of the area {0}")]
    Unknown(String),
}

/// Which areas a map shows. Cheap to make: outlines are read once.
#[derive(Clone, Debug)]
pub struct Map {
    areas: Vec<&'static Shape>,
    /// Land without a meaning of its own, behind the areas.
    ground: Vec<&'static Shape>,
    /// Draw the regions' borders over the ground.
    borders: bool,
}

impl Map {
    /// The seventeen regions and three cities of republican significance.
    ///
    /// # Errors
    /// [`MapError::Data`].
    pub fn regions() -> Result<Self, MapError> {
        Ok(Self::plain(topology::get()?.regions.iter().collect()))
    }

    /// All districts and cities of regional significance.
    ///
    /// # Errors
    /// [`MapError::Data`].
    pub fn districts() -> Result<Self, MapError> {
        Ok(Self::plain(topology::get()?.districts.iter().collect()))
    }

    /// The districts of one region, by the region's KATO code.
    ///
    /// # Errors
    /// [`MapError::Unknown`], [`MapError::Data`].
    pub fn districts_of(region: &str) -> Result<Self, MapError> {
        let districts = &topology::get()?.districts;
        let areas: Vec<_> = districts.iter().filter(|d| d.region == region).collect();
        if areas.is_empty() {
            return Err(MapError::Unknown(region.to_owned()));
        }
        Ok(Self::plain(areas))
    }

    /// Chosen districts on the country with its regions' borders: the territories of a pilot.
    /// Codes without an outline are passed over; [`Map::codes`] tells which are there.
    ///
    /// # Errors
    /// [`MapError::Data`].
    pub fn pilot(codes: &[&str]) -> Result<Self, MapError> {
        let Topology {
            districts, country, ..
        } = topology::get()?;
        let areas = districts
            .iter()
            .filter(|district| codes.contains(&district.code.as_str()))
            .collect();
        Ok(Self {
            areas,
            ground: country.iter().collect(),
            borders: true,
        })
    }

    /// KATO codes of the areas, in order.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.areas.iter().map(|shape| shape.code.as_str())
    }

    fn plain(areas: Vec<&'static Shape>) -> Self {
        Self {
            areas,
            ground: Vec::new(),
            borders: false,
        }
    }
}

#[cfg(test)]
mod tests;
