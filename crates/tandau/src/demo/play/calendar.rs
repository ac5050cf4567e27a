//! The commissions did in time what the calendar asks of them; at the end of the demo this is on record.

use super::Stage;
use crate::demo::load::ELECTION;
use crate::elections::actions::{PlanStep, plan_step};
use crate::elections::calendar::{EntryKind, Item, Progress};
use crate::elections::queries;
use crate::platform::Error;
use jiff::Timestamp;
use jiff::civil::time;

/// Notes for every duty whose day is over that it was done on its day.
pub(super) async fn keep(stage: &Stage, until: Timestamp) -> Result<(), Error> {
    let acting = stage.acting(&stage.central, until);
    let plan = {
        let mut reader = stage.app.read().await?;
        let election = match queries::election(&mut reader, ELECTION).await {
            Ok(election) => election,
            Err(Error::NotFound) => return Ok(()),
            Err(other) => return Err(other),
        };
        queries::plan(&mut reader, &stage.app, &election, None).await?
    };
    for item in &plan.items {
        if item.progress(until) != Progress::Late {
            continue;
        }
        let done_at = when(item)?;
        let input = PlanStep {
            election_id: ELECTION.to_owned(),
            contest_id: None,
            step: item.step.id.clone(),
            kind: EntryKind::Done,
            from: None,
            until: None,
            done_at,
            reason: String::new(),
            decision_id: None,
            seen_version: Some(item.version),
        };
        plan_step(&acting, input).await?;
    }
    Ok(())
}

/// In the afternoon of the last day, or at the last hour where the law names one.
fn when(item: &Item) -> Result<Option<Timestamp>, Error> {
    let Some(moment) = item.step.until.as_ref().or(item.step.from.as_ref()) else {
        return Ok(None);
    };
    if item.step.until.is_some() && !item.step.until_end_of_day {
        return Ok(Some(moment.timestamp()));
    }
    if item.step.until.is_none() && moment.time() != time(0, 0, 0, 0) {
        return Ok(Some(moment.timestamp()));
    }
    let afternoon = moment.date().to_datetime(time(15, 0, 0, 0));
    Ok(Some(
        afternoon
            .to_zoned_datetime(moment.time_zone().clone())?
            .timestamp(),
    ))
}
