//! What rooms to the right tell this room, and what they hear from it. They know elections, elections don't
//! know them: each implements [`Neighbour`], and `lib.rs` hands them to the running program.

use super::calendar::Told;
use super::{Contest, Election};
pub use crate::platform::app::Answer;
use crate::platform::database::{Connection, Row, Transaction};
use crate::platform::{Acting, App, Error};
use electoral::RulePack;
use jiff::civil::Date;
use std::fmt::Debug;
use std::sync::Arc;

/// Which part of an election is asked about.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// The election.
    pub election: &'a Election,
    /// One contest; none for all that vote with the election.
    pub contest: Option<&'a Contest>,
    /// The election's rules.
    pub pack: &'a RulePack,
}

impl Scope<'_> {
    /// The contest's id; empty for the whole election.
    #[must_use]
    pub fn contest_id(&self) -> &str {
        self.contest.map_or("", |c| c.id.as_str())
    }

    /// The day of voting of the calendar asked for.
    #[must_use]
    pub fn voting_day(&self) -> Date {
        self.contest
            .map_or(self.election.voting_day, |c| c.voting_day)
    }

    /// The zone whose dates the calendar shows.
    #[must_use]
    pub fn zone(&self) -> &str {
        self.contest
            .map_or(self.election.zone.as_str(), |c| c.zone.as_str())
    }

    /// The date of an instant in that zone.
    ///
    /// # Errors
    /// When the zone is unknown, which creation prevents.
    pub fn date(&self, at: jiff::Timestamp) -> Result<Date, Error> {
        Ok(at.in_tz(self.zone())?.date())
    }

    /// The day of an instant in a row, by the clocks there; none where there is none.
    ///
    /// # Errors
    /// When the row has no such instant, or the zone is unknown.
    pub fn day_of(&self, row: &Row, column: &str) -> Result<Option<Date>, Error> {
        let at = row.opt_instant(column)?;
        at.map(|at| self.date(at)).transpose()
    }
}

/// A room to the right.
pub trait Neighbour: Debug + Send + Sync {
    /// What its records know about steps of the calendar.
    fn told<'a>(
        &'a self,
        connection: &'a mut Connection,
        scope: Scope<'a>,
    ) -> Answer<'a, Vec<Told>> {
        let _ = (connection, scope);
        Box::pin(async { Ok(Vec::new()) })
    }

    /// Hears, in the same transaction, that a contest has other counting units than before.
    fn units_changed<'a>(
        &'a self,
        tx: &'a mut Transaction,
        acting: &'a Acting,
        contest_id: &'a str,
    ) -> Answer<'a, ()> {
        let _ = (tx, acting, contest_id);
        Box::pin(async { Ok(()) })
    }
}

/// All of them.
#[derive(Clone, Debug, Default)]
pub struct Neighbours(pub Arc<[Arc<dyn Neighbour>]>);

impl Neighbours {
    /// Those of a running program.
    #[must_use]
    pub fn of(app: &App) -> Self {
        app.links.get::<Self>().cloned().unwrap_or_default()
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<dyn Neighbour>> {
        self.0.iter()
    }
}
