//! Stations with their own areas.

use super::{Loader, REGISTERS_ON, instant, item, names};
use crate::demo::plan::{Station, StationKind};
use crate::platform::Error;
use crate::stations::NewStation;
use crate::stations::actions::add_in;
use jiff::civil::{date, time};

impl Loader {
    pub(super) async fn load_stations(&mut self) -> Result<(), Error> {
        let acting = self.operator(instant(
            &self.app.home_zone,
            REGISTERS_ON,
            time(10, 0, 0, 0),
        )?);
        let mut transaction = acting.begin().await?;
        let plan = std::sync::Arc::clone(&self.plan);
        for station in &plan.stations {
            let new = self.new_station(station)?;
            let id = add_in(&mut transaction, &acting, new).await?;
            self.ids.stations.push(id);
        }
        for id in &self.ids.stations {
            let station =
                crate::stations::queries::as_of(&mut transaction, id, REGISTERS_ON).await?;
            self.ids.precincts.push(station.area_id);
        }
        transaction.commit().await?;
        Ok(())
    }

    fn new_station(&self, station: &Station) -> Result<NewStation, Error> {
        let contest = item(&self.plan.contests, station.contest)?;
        let zone = self
            .plan
            .areas
            .iter()
            .find(|a| a.code == contest.area)
            .map_or_else(String::new, |a| a.zone.clone());
        Ok(NewStation {
            number: u64::from(station.number),
            region_id: self.area(&contest.region)?.to_owned(),
            district_id: self.area(&station.area)?.to_owned(),
            names: names(&station.premises),
            address: names(&station.address),
            latitude_microdeg: station.lat_lon.map(|(latitude, _)| microdegrees(latitude)),
            longitude_microdeg: station
                .lat_lon
                .map(|(_, longitude)| microdegrees(longitude)),
            capacity: u64::from(station.capacity),
            voters_on_list: u64::from(station.voters_on_list),
            special: match station.kind {
                StationKind::Ordinary => String::new(),
                StationKind::Hospital => "hospital".to_owned(),
                StationKind::Remote => "remote".to_owned(),
            },
            // Not known to the demo; the readiness of stations is another job.
            step_free: None,
            valid_from: date(2023, 1, 1),
            zone,
        })
    }
}

/// Degrees of the plan's coordinates in millionths; they have few decimals and lie within the country.
fn microdegrees(degrees: f64) -> i64 {
    let text = format!("{:.6}", degrees);
    text.replace('.', "").parse().unwrap_or(0)
}
