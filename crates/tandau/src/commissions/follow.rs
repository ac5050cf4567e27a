//! A commission goes with its area: when that lies somewhere else, another commission stands above.

use super::actions::record_commission;
use super::{import, store};
use crate::platform::app::Answer;
use crate::platform::areas::{Follower, Moved};
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
    for id in store::ids_under(tx, moved.area_id, moved.from).await? {
        let commission = store::by_id(tx, &id).await?;
        let day = moved.from.max(commission.term_from);
        let above = import::parent(tx, commission.level, &commission.area_id, day).await?;
        if above.is_some() && above != commission.parent_id {
            store::set_parent(tx, &id, above).await?;
            record_commission(tx, acting, "commission.moved", &id).await?;
        }
    }
    Ok(())
}
