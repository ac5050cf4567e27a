//! Nominations, registrations and losses on their own days, by decisions of each commission; the ballots.

use super::election::CALLED_ON;
use super::{Loader, instant, item};
use crate::candidates::actions::{
    Extension, Loss, NewCandidate, Registration, cancel_in, extend_nomination_in, fix_ballot_in,
    nominate_in, refuse_in, register_in, withdraw_in,
};
use crate::commissions::Basis;
use crate::commissions::actions::record_decision_in;
use crate::demo::plan::{LossReason, NominatedBy, Plan};
use crate::platform::{Acting, Error, Names};
use jiff::Timestamp;
use jiff::civil::{Date, Time, date, time};
use std::sync::Arc;

/// The end of nomination, extended by three days where there were too few (L 113-3(6)).
const EXTENDED_UNTIL: (Date, Time) = (date(2023, 10, 8), time(18, 0, 0, 0));

/// Something done about candidates or in the calendars of their contests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Nominate(usize),
    Extend(usize),
    Register(usize),
    Lose(usize),
    FixBallot(usize),
    Mark(usize),
}

impl Loader {
    pub(super) async fn load_candidates(&mut self, until: Timestamp) -> Result<(), Error> {
        self.ids.candidates = vec![String::new(); self.plan.candidates.len()];
        self.decisions = vec![1; self.plan.contests.len()];
        let mut steps = steps(&self.plan);
        steps.sort();
        for (day, hour, step) in steps {
            let at = instant(&self.app.home_zone, day, hour)?;
            if at > until {
                break;
            }
            self.reach(at).await?;
            self.take(step, at, day)
                .await
                .map_err(|e| Error::internal(format!("{step:?} on {day}: {e}")))?;
        }
        self.reach(until).await
    }

    async fn take(&mut self, step: Step, at: Timestamp, day: Date) -> Result<(), Error> {
        let plan = Arc::clone(&self.plan);
        match step {
            Step::Nominate(index) => {
                let candidate = item(&plan.candidates, index)?;
                let acting = self.decide(candidate.contest, at, None).await?.0;
                let (nominated_by, organisation_id) = match candidate.nominated_by {
                    NominatedBy::Party(party) => {
                        ("party", Some(item(&self.ids.organisations, party)?.clone()))
                    }
                    NominatedBy::Oneself => ("self", None),
                    NominatedBy::SuperiorAkim => ("superior_akim", None),
                };
                let new = NewCandidate {
                    contest_id: item(&self.ids.contests, candidate.contest)?.clone(),
                    person_id: item(&self.ids.people, candidate.person)?.clone(),
                    nominated_by: nominated_by.to_owned(),
                    organisation_id,
                    nominated_on: day,
                    occupation: Names::default(),
                };
                let mut transaction = acting.begin().await?;
                let id = nominate_in(&mut transaction, &acting, new).await?;
                transaction.commit().await?;
                if let Some(place) = self.ids.candidates.get_mut(index) {
                    *place = id;
                }
                Ok(())
            }
            Step::Register(index) => {
                let candidate = item(&plan.candidates, index)?;
                let title = Names::new(
                    "Әкімдікке кандидатты тіркеу туралы",
                    "О регистрации кандидата в акимы",
                    "On the registration of a candidate for akim",
                );
                let (acting, decision_id) = self
                    .decide(candidate.contest, at, Some(("candidate_registered", title)))
                    .await?;
                let input = Registration {
                    candidate_id: item(&self.ids.candidates, index)?.clone(),
                    on: day,
                    signatures_valid: candidate.signatures.as_ref().map(|s| u64::from(s.valid)),
                    basis: Basis::Recorded(decision_id),
                };
                let mut transaction = acting.begin().await?;
                register_in(&mut transaction, &acting, input).await?;
                Ok(transaction.commit().await?)
            }
            Step::Mark(index) => self.mark(index, at).await,
            Step::Lose(index) => self.lose(&plan, index, at, day).await,
            Step::Extend(contest) => {
                let title = Names::new(
                    "Кандидаттарды ұсыну мерзімін ұзарту туралы",
                    "О продлении срока выдвижения кандидатов",
                    "On extending the nomination of candidates",
                );
                let (acting, decision_id) = self
                    .decide(contest, at, Some(("nomination_extended", title)))
                    .await?;
                let input = Extension {
                    contest_id: item(&self.ids.contests, contest)?.clone(),
                    until: instant(&self.app.home_zone, EXTENDED_UNTIL.0, EXTENDED_UNTIL.1)?,
                    basis: Basis::Recorded(decision_id),
                };
                let mut transaction = acting.begin().await?;
                extend_nomination_in(&mut transaction, &acting, input).await?;
                Ok(transaction.commit().await?)
            }
            Step::FixBallot(contest) => {
                let title = Names::new(
                    "Сайлау бюллетенінің мәтінін бекіту туралы",
                    "Об утверждении текста избирательного бюллетеня",
                    "On the text of the ballot",
                );
                let (acting, decision_id) = self
                    .decide(contest, at, Some(("ballot_fixed", title)))
                    .await?;
                let mut transaction = acting.begin().await?;
                fix_ballot_in(
                    &mut transaction,
                    &acting,
                    item(&self.ids.contests, contest)?,
                    Basis::Recorded(decision_id),
                )
                .await?;
                Ok(transaction.commit().await?)
            }
        }
    }

    async fn lose(
        &mut self,
        plan: &Plan,
        index: usize,
        at: Timestamp,
        day: Date,
    ) -> Result<(), Error> {
        let candidate = item(&plan.candidates, index)?;
        let Some((_, reason)) = candidate.lost else {
            return Ok(());
        };
        let own_act = matches!(
            reason,
            LossReason::Withdrawal | LossReason::OwnRefusal | LossReason::NominatorRecall
        );
        let title = match (own_act, candidate.registered_on) {
            (true, _) => None,
            (false, None) => Some((
                "candidate_refused",
                Names::new(
                    "Кандидатты тіркеуден бас тарту туралы",
                    "Об отказе в регистрации кандидата",
                    "On refusing to register a candidate",
                ),
            )),
            (false, Some(_)) => Some((
                "candidate_cancelled",
                Names::new(
                    "Кандидатты тіркеудің күшін жою туралы",
                    "Об отмене регистрации кандидата",
                    "On cancelling the registration of a candidate",
                ),
            )),
        };
        let (acting, decision_id) = self.decide(candidate.contest, at, title).await?;
        let input = Loss {
            candidate_id: item(&self.ids.candidates, index)?.clone(),
            on: day,
            reason_code: reason.as_str().to_owned(),
            note: String::new(),
            basis: (!own_act).then_some(Basis::Recorded(decision_id)),
        };
        let mut transaction = acting.begin().await?;
        match (own_act, candidate.registered_on) {
            (true, _) => withdraw_in(&mut transaction, &acting, input).await?,
            (false, None) => refuse_in(&mut transaction, &acting, input).await?,
            (false, Some(_)) => cancel_in(&mut transaction, &acting, input).await?,
        }
        Ok(transaction.commit().await?)
    }

    /// The secretary of a contest's commission, with the next decision of the commission on record if one is
    /// asked for.
    async fn decide(
        &mut self,
        contest: usize,
        at: Timestamp,
        decision: Option<(&'static str, Names)>,
    ) -> Result<(Acting, String), Error> {
        let plan = Arc::clone(&self.plan);
        let own = item(&plan.contests, contest)?;
        let (kind, title) = decision.clone().unwrap_or(("", Names::default()));
        let next = {
            let number = self
                .decisions
                .get_mut(contest)
                .ok_or_else(|| Error::internal("no such contest"))?;
            *number += u32::from(decision.is_some());
            *number
        };
        let (acting, mut new) = self
            .decision(own, at, kind, &next.to_string(), title)
            .await?;
        if decision.is_none() {
            return Ok((acting, String::new()));
        }
        new.contest_id = Some(item(&self.ids.contests, contest)?.clone());
        let mut transaction = acting.begin().await?;
        let id = record_decision_in(&mut transaction, &acting, new).await?;
        transaction.commit().await?;
        Ok((acting, id))
    }
}

/// Everything that is done, each on its day and hour.
fn steps(plan: &Plan) -> Vec<(Date, Time, Step)> {
    let mut steps: Vec<_> = super::marks::steps().collect();
    for (index, candidate) in plan.candidates.iter().enumerate() {
        let first = candidate.nominated_on.max(CALLED_ON);
        steps.push((first, time(11, 0, 0, 0), Step::Nominate(index)));
        if let Some(day) = candidate.registered_on {
            steps.push((day, time(15, 0, 0, 0), Step::Register(index)));
        }
        if let Some((day, _)) = candidate.lost {
            steps.push((day, time(17, 0, 0, 0), Step::Lose(index)));
        }
    }
    for (index, contest) in plan.contests.iter().enumerate() {
        if contest.nomination_extended {
            steps.push((date(2023, 10, 5), time(19, 10, 0, 0), Step::Extend(index)));
        }
        // Once when registration has ended, and once more when nobody can leave any longer (L 113-6(1)).
        steps.push((
            date(2023, 10, 10),
            time(19, 30, 0, 0),
            Step::FixBallot(index),
        ));
        let left_later = plan.candidates.iter().any(|c| {
            c.contest == index
                && c.registered_on.is_some()
                && c.lost
                    .as_ref()
                    .is_some_and(|(day, _)| *day > date(2023, 10, 10))
        });
        if left_later {
            steps.push((date(2023, 11, 2), time(19, 0, 0, 0), Step::FixBallot(index)));
        }
    }
    steps
}
