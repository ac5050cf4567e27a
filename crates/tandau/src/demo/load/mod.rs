//! Writes the plan's registers and the weeks before voting into an empty installation, through the rooms'
//! own actions.

mod areas;
mod bodies;
mod candidates;
mod cast;
mod commissions;
mod election;
mod marks;
mod published;
mod stations;

pub use cast::{CARDS, CAST, Cast, PASSWORD};
pub use election::{ELECTION, RULES};

use super::plan::{self, Plan, Text3};
use super::progress::Progress;
use crate::elections::state::ElectionState;
use crate::platform::access::{Actor, store as grants};
use crate::platform::database::Connection;
use crate::platform::{Acting, App, Error, Lang, Names, T};
use jiff::Timestamp;
use jiff::civil::{Date, Time, date};
use jiff::tz::TimeZone;
use std::collections::HashMap;
use std::sync::Arc;

/// The day on which the registers are taken over: before the election is called.
pub const REGISTERS_ON: Date = date(2023, 9, 1);

/// Ids that the installation gave to what the plan names by number.
#[derive(Clone, Debug, Default)]
pub struct Ids {
    /// Areas by code.
    pub areas: HashMap<String, String>,
    /// People, as in the plan.
    pub people: Vec<String>,
    /// Organisations, as in the plan.
    pub organisations: Vec<String>,
    /// Stations, as in the plan.
    pub stations: Vec<String>,
    /// The stations' own areas, as in the plan.
    pub precincts: Vec<String>,
    /// Commissions, as in the plan.
    pub commissions: Vec<String>,
    /// Contests, as in the plan.
    pub contests: Vec<String>,
    /// Candidates, as in the plan; empty for those who never stood for a contest of ours.
    pub candidates: Vec<String>,
}

/// What loading works with.
pub struct Loader {
    /// The installation.
    pub app: App,
    /// The plan.
    pub plan: Arc<Plan>,
    /// What was given so far.
    pub ids: Ids,
    moves: Vec<(Timestamp, ElectionState)>,
    /// Numbers given to the decisions of each contest's commission.
    decisions: Vec<u32>,
}

impl Loader {
    /// Nothing loaded yet.
    #[must_use]
    pub fn new(app: App, plan: Arc<Plan>) -> Self {
        Self {
            app,
            plan,
            ids: Ids::default(),
            moves: Vec::new(),
            decisions: Vec::new(),
        }
    }

    /// A command of the operator at a time of the demo.
    #[must_use]
    pub fn operator(&self, at: Timestamp) -> Acting {
        Acting::operator(self.app.clone()).at(at)
    }

    /// The id of an area by its code.
    pub(super) fn area(&self, code: &str) -> Result<&str, Error> {
        self.ids
            .areas
            .get(code)
            .map(String::as_str)
            .ok_or_else(|| Error::internal(format!("the plan has no area {code}")))
    }

    /// The commission that determines a contest.
    pub(super) fn district_commission(&self, contest: &plan::Contest) -> Result<usize, Error> {
        use plan::Level;
        self.plan
            .commissions
            .iter()
            .position(|c| {
                matches!(c.level, Level::District | Level::City) && c.area == contest.area
            })
            .ok_or_else(|| Error::internal(format!("no commission of {}", contest.area)))
    }

    /// A holder of an office in a commission on a day.
    pub(super) fn holder(
        &self,
        commission: usize,
        office: plan::Office,
        day: Date,
    ) -> Result<usize, Error> {
        self.plan
            .commissions
            .get(commission)
            .and_then(|c| c.seats_on(day).find(|s| s.office == office))
            .map(|s| s.person)
            .ok_or_else(|| {
                Error::internal(format!(
                    "commission {commission} has no {office:?} on {day}"
                ))
            })
    }

    /// Acts as the holder of an office, with the powers that the installation gave.
    pub(super) async fn act_as(
        &self,
        connection: &mut Connection,
        person: usize,
        at: Timestamp,
    ) -> Result<Acting, Error> {
        let actor = self.actor(connection, person, at).await?;
        Ok(Acting::new(self.app.clone(), actor, T::new(Lang::Ru)).at(at))
    }

    /// A person with the offices held at a time.
    pub(super) async fn actor(
        &self,
        connection: &mut Connection,
        person: usize,
        at: Timestamp,
    ) -> Result<Arc<Actor>, Error> {
        let id = item(&self.ids.people, person)?;
        let name = names(&item(&self.plan.people, person)?.full_name());
        let day = at.to_zoned_datetime(self.app.home_zone.clone()).date();
        Ok(Arc::new(grants::actor(connection, id, name, day).await?))
    }

    /// Loads everything up to the eve of voting that lies before `until`.
    ///
    /// # Errors
    /// What the rooms refuse: the plan and the rules must agree.
    pub async fn load(&mut self, until: Timestamp, progress: &Progress) -> Result<(), Error> {
        progress.step("areas");
        self.load_areas().await?;
        progress.step("people and commissions");
        self.load_organisations_and_people().await?;
        self.load_stations().await?;
        self.load_commissions().await?;
        self.load_bodies().await?;
        self.load_cast().await?;
        progress.step("election and candidates");
        self.load_election(until).await?;
        self.load_candidates(until).await?;
        self.load_published().await
    }
}

/// Names from the plan's texts.
#[must_use]
pub fn names(text: &Text3) -> Names {
    Names::new(&text.kk, &text.ru, &text.en)
}

/// An element that the plan promises.
///
/// # Errors
/// When the plan does not keep its promise.
pub fn item<T>(list: &[T], index: usize) -> Result<&T, Error> {
    list.get(index).ok_or_else(|| {
        Error::internal(format!(
            "the plan has no element {index} of {}",
            std::any::type_name::<T>()
        ))
    })
}

/// An instant of a day in the home zone.
///
/// # Errors
/// Never for the days of the pilot.
pub fn instant(zone: &TimeZone, day: Date, time: Time) -> Result<Timestamp, Error> {
    Ok(day
        .to_datetime(time)
        .to_zoned_datetime(zone.clone())?
        .timestamp())
}
