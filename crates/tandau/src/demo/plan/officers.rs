//! Officers of state bodies: one of every kind in each territory that votes and in each region above.

use super::error::PlanError;
use super::model::{Contest, Officer, Sex};
use super::people::People;
use crate::platform::access::Role;
use std::collections::BTreeSet;

/// Makes them, regions first. All are synthetic.
pub(super) fn build(contests: &[Contest], people: &mut People) -> Result<Vec<Officer>, PlanError> {
    let regions: BTreeSet<&str> = contests.iter().map(|c| c.region.as_str()).collect();
    let areas = regions
        .into_iter()
        .chain(contests.iter().map(|c| c.area.as_str()));
    let mut officers = Vec::new();
    for (index, area) in areas.enumerate() {
        for (place, kind) in Role::BODIES.into_iter().enumerate() {
            let sex = if (index + place) % 3 == 0 {
                Sex::Female
            } else {
                Sex::Male
            };
            officers.push(Officer {
                kind,
                area: area.to_owned(),
                person: people.make(sex, (1968, 1994), 20)?,
            });
        }
    }
    Ok(officers)
}
