//! What rooms hear of seats: somebody was seated in a commission, or their time there was ended. Rooms to the right
//! implement [`SeatFollower`]; `lib.rs` hands them to the running program.

use super::Commission;
use crate::platform::app::Answer;
use crate::platform::database::Transaction;
use crate::platform::{Acting, App, Error};
use std::fmt::Debug;
use std::sync::Arc;

/// A commission whose composition is another one now, or will be from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeatsChanged<'a> {
    /// The commission.
    pub commission_id: &'a str,
    /// Its area.
    pub area_id: &'a str,
}

/// Somebody whose records depend on who sits in commissions.
pub trait SeatFollower: Debug + Send + Sync {
    /// Hears of a change in its transaction; a refusal undoes it.
    fn seats_changed<'a>(
        &'a self,
        tx: &'a mut Transaction,
        acting: &'a Acting,
        changed: SeatsChanged<'a>,
    ) -> Answer<'a, ()>;
}

/// All of them.
#[derive(Clone, Debug, Default)]
pub struct SeatFollowers(pub Arc<[Arc<dyn SeatFollower>]>);

impl SeatFollowers {
    /// Those of a running program.
    #[must_use]
    pub fn of(app: &App) -> Self {
        app.links.get::<Self>().cloned().unwrap_or_default()
    }
}

/// Tells all of them.
pub(super) async fn tell(
    tx: &mut Transaction,
    acting: &Acting,
    commission: &Commission,
) -> Result<(), Error> {
    let changed = SeatsChanged {
        commission_id: &commission.id,
        area_id: &commission.area_id,
    };
    for follower in SeatFollowers::of(acting.app()).0.iter() {
        follower.seats_changed(tx, acting, changed).await?;
    }
    Ok(())
}
