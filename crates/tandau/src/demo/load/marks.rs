//! What no record of the system shows, each territorial commission marks in its own calendar: lists handed
//! over, boundaries announced, ballots delivered.

use super::candidates::Step;
use super::{ELECTION, Loader, item};
use crate::demo::plan::{Office, StationKind};
use crate::elections::actions::{PlanStep, plan_step_in};
use crate::elections::calendar::EntryKind;
use crate::platform::Error;
use jiff::civil::{Date, Time, date, time};
use jiff::{SignedDuration, Timestamp};

/// Minutes between the marks of two commissions.
const APART_MINS: i64 = 2;
/// Open lists at special stations: only where there is one.
const SPECIAL: &str = "lists_on_display_special";

/// Steps of the rules with the day on which the commissions of the demo do them, each within its time.
const MARKS: [(&str, Date); 8] = [
    ("constituency_list", date(2023, 9, 20)),
    ("precinct_boundaries", date(2023, 9, 27)),
    ("media_prices", date(2023, 10, 3)),
    ("lists_to_pec", date(2023, 10, 13)),
    ("lists_on_display", date(2023, 10, 21)),
    ("time_place_notice", date(2023, 10, 24)),
    (SPECIAL, date(2023, 10, 31)),
    ("ballots_delivery_last", date(2023, 11, 3)),
];

/// When each is marked.
pub(super) fn steps() -> impl Iterator<Item = (Date, Time, Step)> {
    MARKS
        .iter()
        .enumerate()
        .map(|(index, (_, day))| (*day, time(10, 0, 0, 0), Step::Mark(index)))
}

impl Loader {
    /// Every commission marks one step, one after the other.
    pub(super) async fn mark(&mut self, mark: usize, at: Timestamp) -> Result<(), Error> {
        let (step, day) = *item(&MARKS, mark)?;
        let plan = std::sync::Arc::clone(&self.plan);
        let mut transaction = self.app.database.begin().await?;
        for (index, contest) in plan.contests.iter().enumerate() {
            let minutes = i64::try_from(index).map_err(Error::internal)? * APART_MINS;
            let at = at.checked_add(SignedDuration::from_mins(minutes))?;
            let commission = self.district_commission(contest)?;
            let person = self.holder(commission, Office::Secretary, day)?;
            let acting = self.act_as(&mut transaction, person, at).await?;
            let id = item(&self.ids.contests, index)?;
            let done = PlanStep::done_now(&acting, ELECTION, Some(id), step);
            let has_special = || {
                plan.stations
                    .iter()
                    .any(|s| s.contest == index && s.kind != StationKind::Ordinary)
            };
            let input = if step == SPECIAL && !has_special() {
                PlanStep {
                    kind: EntryKind::NotNeeded,
                    done_at: None,
                    reason: "В округе нет особых участков.".to_owned(),
                    ..done
                }
            } else {
                done
            };
            plan_step_in(&mut transaction, &acting, input).await?;
        }
        Ok(transaction.commit().await?)
    }
}
