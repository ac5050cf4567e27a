//! Photos and papers that come with a form.

use crate::platform::access::Action;
use crate::platform::{Acting, Error};
use crate::readiness::store;
use std::collections::BTreeMap;

/// Keeps the files of a form ahead of the report that names them: ids by field.
///
/// # Errors
/// No power at the station; a file that is none or too large, by its field.
pub async fn keep_photos(
    acting: &Acting,
    election_id: &str,
    station_id: &str,
    files: Vec<(String, Vec<u8>)>,
) -> Result<BTreeMap<String, Vec<String>>, Error> {
    let mut kept: BTreeMap<String, Vec<String>> = BTreeMap::new();
    if files.is_empty() {
        return Ok(kept);
    }
    let mut tx = acting.begin().await?;
    let place = store::place(&mut tx, election_id, station_id)
        .await?
        .ok_or(Error::NotFound)?;
    let today = place.day_of(acting.now())?;
    let force = store::in_force(&mut tx, &place, "", today)
        .await?
        .ok_or(Error::NotFound)?;
    let state = Some(force.election_state.as_str());
    acting
        .require(&mut tx, Action::ReadinessAnswer, &place.area_id, state)
        .await?;
    for (field, bytes) in files {
        let file = match acting.app().files.keep(&mut tx, acting, bytes, false).await {
            Err(Error::Unsupported) => {
                return Err(Error::field(field, acting.t().readiness_photo_kind()));
            }
            Err(Error::TooLarge) => {
                return Err(Error::field(field, acting.t().readiness_photo_large()));
            }
            other => other?,
        };
        kept.entry(field).or_default().push(file.id);
    }
    tx.commit().await?;
    Ok(kept)
}
