//! After the count: each commission determines its contest, the central one publishes, the elected are
//! registered. Only what lies before the end of the demo happens.

use super::{Stage, pair};
use crate::demo::load::{self, ELECTION, item};
use crate::platform::{Error, Names};
use crate::results::actions::{Determine, RegisterElected, determine, publish, register_elected};
use crate::results::model::OutcomeKind;
use jiff::civil::{date, time};
use jiff::{SignedDuration, Timestamp};

/// Decision numbers of a commission after those of the campaign.
const FIRST_NUMBER: usize = 900;

pub(super) async fn after(stage: &Stage, until: Timestamp) -> Result<(), Error> {
    let zone = &stage.app.home_zone;
    // The last protocol comes in the morning; the commissions meet from ten o'clock on.
    let first = load::instant(zone, date(2023, 11, 6), time(10, 0, 0, 0))?;
    let mut elected = Vec::new();
    for index in 0..stage.plan.contests.len() {
        let minutes = i64::try_from(index).map_err(Error::internal)? * 3;
        let at = first.checked_add(SignedDuration::from_mins(minutes))?;
        if at > until {
            return Ok(());
        }
        stage.app.clock.set(at);
        if determine_one(stage, index, at).await? == OutcomeKind::Elected {
            elected.push(index);
        }
    }
    let published = load::instant(zone, date(2023, 11, 8), time(15, 0, 0, 0))?;
    if published <= until {
        publish(&stage.acting(&stage.central_chair, published), ELECTION).await?;
    }
    let registered = load::instant(zone, date(2023, 11, 9), time(11, 0, 0, 0))?;
    if registered <= until {
        for index in elected {
            register_one(stage, index, registered).await?;
        }
    }
    Ok(())
}

async fn determine_one(stage: &Stage, contest: usize, at: Timestamp) -> Result<OutcomeKind, Error> {
    let (_, secretary) = pair(&stage.districts, contest)?;
    let mut decision =
        stage.decision(contest, at, "outcome_determined", &FIRST_NUMBER.to_string())?;
    decision.title = Names::new(
        "Әкім сайлауының қорытындысы туралы",
        "Об итогах выборов акима",
        "On the result of the election of the akim",
    );
    let input = Determine {
        contest_id: item(&stage.ids.contests, contest)?.clone(),
        decision,
        paper: None,
        declared_invalid: None,
    };
    let outcome = determine(&stage.acting(secretary, at), input)
        .await
        .map_err(|e| Error::internal(format!("contest {}: {e}", contest + 1)))?;
    Ok(outcome.kind)
}

async fn register_one(stage: &Stage, contest: usize, at: Timestamp) -> Result<(), Error> {
    let (_, secretary) = pair(&stage.districts, contest)?;
    let mut decision = stage.decision(
        contest,
        at,
        "elected_registered",
        &(FIRST_NUMBER + 1).to_string(),
    )?;
    decision.title = Names::new(
        "Сайланған әкімді тіркеу туралы",
        "О регистрации избранного акима",
        "On the registration of the elected akim",
    );
    let input = RegisterElected {
        contest_id: item(&stage.ids.contests, contest)?.clone(),
        resigned_on: Some(date(2023, 11, 8)),
        decision,
        paper: None,
    };
    register_elected(&stage.acting(secretary, at), input)
        .await
        .map(drop)
}
