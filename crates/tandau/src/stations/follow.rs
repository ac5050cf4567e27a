//! A station goes with its district: when that lies in another region, every station in it has a new version.

use super::actions::record;
use super::store;
use crate::platform::app::Answer;
use crate::platform::areas::{self, Follower, Moved};
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error};

/// This room's ear for areas.
#[derive(Debug)]
pub struct Follows;

impl Follower for Follows {
    fn moved<'a>(
        &'a self,
        tx: &'a mut Transaction,
        acting: &'a Acting,
        moved: Moved<'a>,
    ) -> Answer<'a, ()> {
        Box::pin(moved_with(tx, acting, moved))
    }
}

async fn moved_with(tx: &mut Transaction, acting: &Acting, moved: Moved<'_>) -> Result<(), Error> {
    let t = acting.t();
    // The region is what lies directly below the country.
    let way = areas::path(tx, moved.area_id).await?;
    let Some(region) = way.get(1) else {
        return Ok(());
    };
    for id in store::ids_under(tx, moved.area_id).await? {
        let Some(newest) = store::versions(tx, &id).await?.into_iter().next() else {
            continue;
        };
        let newest = newest.station;
        if newest.region_id == region.id {
            continue;
        }
        let mut new = newest.to_new(newest.valid_from.max(moved.from));
        new.region_id.clone_from(&region.id);
        if store::number_taken(tx, &id, &new).await? {
            let number = i64::try_from(new.number).map_err(Error::internal)?;
            return Err(Error::field("code", t.stations_number_there(number)));
        }
        let version = newest.version.checked_add(1).ok_or(Error::TooLarge)?;
        let reason = t.stations_went_with_area();
        store::add_version(tx, acting, &id, version, &new, &reason).await?;
        record(tx, acting, "station.changed", &id).await?;
    }
    Ok(())
}
