//! After the count: each commission determines its contest, the central one publishes, the elected are
//! registered. Only what lies before the end of the demo happens.

use super::{Stage, pair};
use crate::commissions::{Basis, NewDecision};
use crate::demo::load::{self, ELECTION, item};
use crate::demo::plan::Level;
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
        let basis = publication(stage, published)?;
        publish(
            &stage.acting(&stage.central_chair, published),
            ELECTION,
            basis,
        )
        .await?;
    }
    let registered = load::instant(zone, date(2023, 11, 9), time(11, 0, 0, 0))?;
    if registered <= until {
        for index in elected {
            register_one(stage, index, registered).await?;
        }
    }
    Ok(())
}

/// The central commission's decision to publish, taken with the act; all its members are present and for it.
fn publication(stage: &Stage, at: Timestamp) -> Result<Basis<'static>, Error> {
    let day = at.to_zoned_datetime(stage.app.home_zone.clone()).date();
    let (index, central) = stage
        .plan
        .commissions
        .iter()
        .enumerate()
        .find(|(_, commission)| commission.level == Level::Central)
        .ok_or_else(|| Error::internal("the plan has no central commission"))?;
    let members = u64::try_from(central.seats_on(day).count()).map_err(Error::internal)?;
    let decision = NewDecision {
        commission_id: item(&stage.ids.commissions, index)?.clone(),
        kind: "",
        number: FIRST_NUMBER.to_string(),
        decided_on: day,
        title: Names::new(
            "Әкімдер сайлауының қорытындыларын жариялау туралы",
            "Об опубликовании итогов выборов акимов",
            "On publishing the results of the elections of akims",
        ),
        text: String::new(),
        present: members,
        votes_for: members,
        votes_against: 0,
        dissents: Vec::new(),
        file_id: None,
        election_id: None,
        contest_id: None,
    };
    Ok(Basis::Taken {
        decision: Box::new(decision),
        paper: None,
    })
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
