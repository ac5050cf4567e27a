//! What rooms hear of areas. Platform knows no room: whoever keeps something that lies in areas implements
//! [`Follower`], and `lib.rs` hands it to the running program.

use crate::platform::app::Answer;
use crate::platform::database::Transaction;
use crate::platform::{Acting, App};
use jiff::civil::Date;
use std::fmt::Debug;
use std::sync::Arc;

/// An area lies somewhere else from a day on; the tree is changed already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved<'a> {
    /// The area; all below it went with it.
    pub area_id: &'a str,
    /// First day at the new place.
    pub from: Date,
}

/// Somebody who keeps what lies in areas.
pub trait Follower: Debug + Send + Sync {
    /// Hears of a move in its transaction; a refusal undoes the move.
    fn moved<'a>(
        &'a self,
        tx: &'a mut Transaction,
        acting: &'a Acting,
        moved: Moved<'a>,
    ) -> Answer<'a, ()>;
}

/// All of them.
#[derive(Clone, Debug, Default)]
pub struct Followers(pub Arc<[Arc<dyn Follower>]>);

impl Followers {
    /// Those of a running program.
    #[must_use]
    pub fn of(app: &App) -> Self {
        app.links.get::<Self>().cloned().unwrap_or_default()
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<dyn Follower>> {
        self.0.iter()
    }
}
