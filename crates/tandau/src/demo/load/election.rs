//! The election: acts of the maslikhats, the call by each territorial commission, the contests.

use super::{Loader, instant, item};
use crate::commissions::actions::{record_act_in, record_decision_in};
use crate::commissions::{Basis, NewAct, NewDecision};
use crate::demo::plan::{Contest, Level, Office, Sourcing, VOTING_DAY};
use crate::elections::actions::{add_contest_in, add_counting_units_in, create, move_to};
use crate::elections::model::{NewContest, NewElection};
use crate::elections::state::ElectionState;
use crate::platform::{Acting, Error, Names};
use jiff::Timestamp;
use jiff::civil::{Date, date, time};
use std::collections::HashMap;

/// The election's address.
pub const ELECTION: &str = "akim-district-2023-11-05";
/// Its rules.
pub const RULES: &str = "akim-district-2023";
/// The maslikhats chose territories and date on 11–13 September 2023 (en.inform.kz a4111536).
const MASLIKHATS_ON: Date = date(2023, 9, 13);
/// The calls (inferred from the start of nomination on the next day).
pub(super) const CALLED_ON: Date = date(2023, 9, 15);

impl Loader {
    pub(super) async fn load_election(&mut self, until: Timestamp) -> Result<(), Error> {
        let zone = self.app.home_zone.clone();
        let called = instant(&zone, CALLED_ON, time(10, 0, 0, 0))?;
        if called > until {
            return Ok(());
        }
        let central = self.central_secretary(called).await?;
        create(
            &central,
            NewElection {
                id: ELECTION.to_owned(),
                rules_id: RULES.to_owned(),
                title: Names::new(
                    "Аудандардың және облыстық маңызы бар қалалардың әкімдерін сайлау (пилот)",
                    "Выборы акимов районов и городов областного значения (пилот)",
                    "Elections of akims of districts and cities of regional significance (pilot)",
                ),
                area_id: self.area("KZ")?.to_owned(),
                zone: "Asia/Almaty".to_owned(),
                voting_day: VOTING_DAY,
                synthetic: true,
            },
        )
        .await?;
        let acts = self.maslikhat_acts(&central).await?;
        self.contests(&central, &acts, called).await?;
        // The country moves on when the hour has come in the last of its zones, one hour behind the capital.
        for (at, state) in [
            (
                instant(&zone, date(2023, 9, 16), time(1, 0, 0, 0))?,
                ElectionState::Nomination,
            ),
            (
                instant(&zone, date(2023, 10, 5), time(19, 0, 0, 0))?,
                ElectionState::Registration,
            ),
            (
                instant(&zone, date(2023, 10, 10), time(19, 0, 0, 0))?,
                ElectionState::Campaign,
            ),
        ] {
            self.moves.push((at, state));
        }
        Ok(())
    }

    /// Moves the election over every state whose time lies before `at`.
    pub(super) async fn reach(&mut self, at: Timestamp) -> Result<(), Error> {
        while let Some((when, state)) = self.moves.first().copied().filter(|(when, _)| *when <= at)
        {
            self.moves.remove(0);
            let central = self.central_secretary(when).await?;
            move_to(&central, ELECTION, state, None).await?;
        }
        Ok(())
    }

    pub(super) async fn central_secretary(&self, at: Timestamp) -> Result<Acting, Error> {
        let index = self
            .plan
            .commissions
            .iter()
            .position(|c| c.level == Level::Central)
            .ok_or_else(|| Error::internal("the plan has no central commission"))?;
        let day = at.to_zoned_datetime(self.app.home_zone.clone()).date();
        let person = self.holder(index, Office::Secretary, day)?;
        let mut reader = self.app.read().await?;
        self.act_as(&mut reader, person, at).await
    }

    /// One act of each regional maslikhat (L 133): the territories and the date.
    async fn maslikhat_acts(&self, acting: &Acting) -> Result<HashMap<String, String>, Error> {
        let mut transaction = acting.begin().await?;
        let mut acts = HashMap::new();
        for contest in &self.plan.contests {
            if acts.contains_key(&contest.region) {
                continue;
            }
            let number = format!("{}-ДЕМО", acts.len() + 1);
            let act = NewAct {
                body: Names::new(
                    "Облыстық мәслихат",
                    "Областной маслихат",
                    "Regional maslikhat",
                ),
                area_id: self.area(&contest.region)?.to_owned(),
                kind: "pilot_territories",
                number,
                decided_on: MASLIKHATS_ON,
                title: Names::new(
                    "Пилоттық сайлау өткізілетін аумақтар мен сайлау күні туралы",
                    "О территориях и дате пилотных выборов",
                    "On the territories and the date of the pilot elections",
                ),
                text: String::new(),
                file_id: None,
                election_id: Some(ELECTION.to_owned()),
                contest_id: None,
            };
            let id = record_act_in(&mut transaction, acting, act).await?;
            acts.insert(contest.region.clone(), id);
        }
        transaction.commit().await?;
        Ok(acts)
    }

    async fn contests(
        &mut self,
        central: &Acting,
        acts: &HashMap<String, String>,
        called: Timestamp,
    ) -> Result<(), Error> {
        let plan = std::sync::Arc::clone(&self.plan);
        let mut ids = Vec::new();
        for contest in &plan.contests {
            let call = self.call(contest, called).await?;
            let commission = self.district_commission(contest)?;
            let mut transaction = central.begin().await?;
            let id = add_contest_in(
                &mut transaction,
                central,
                NewContest {
                    election_id: ELECTION.to_owned(),
                    number: u64::from(contest.no),
                    area_id: self.area(&contest.area)?.to_owned(),
                    region_id: self.area(&contest.region)?.to_owned(),
                    commission_id: item(&self.ids.commissions, commission)?.clone(),
                    seats: 1,
                    sourcing: match contest.sourcing {
                        Sourcing::Sourced => "sourced",
                        Sourcing::Probable => "probable",
                        Sourcing::NotSourced => "not_sourced",
                    }
                    .to_owned(),
                    basis_decision_id: acts.get(&contest.region).cloned(),
                    called_by: Basis::Recorded(call),
                },
            )
            .await?;
            add_counting_units_in(&mut transaction, central, &id).await?;
            crate::counting::actions::open_counting_in(&mut transaction, central, &id).await?;
            transaction.commit().await?;
            ids.push(id);
        }
        self.ids.contests = ids;
        Ok(())
    }

    /// The decision by which a territorial commission calls its election.
    async fn call(&self, contest: &Contest, at: Timestamp) -> Result<String, Error> {
        let (secretary, decision) = self
            .decision(
                contest,
                at,
                "election_called",
                "1",
                Names::new(
                    "Әкім сайлауын тағайындау туралы",
                    "О назначении выборов акима",
                    "On calling the election of the akim",
                ),
            )
            .await?;
        let mut transaction = secretary.begin().await?;
        let id = record_decision_in(&mut transaction, &secretary, decision).await?;
        transaction.commit().await?;
        Ok(id)
    }

    /// A decision of a contest's commission with all its members present and for it.
    pub(super) async fn decision(
        &self,
        contest: &Contest,
        at: Timestamp,
        kind: &'static str,
        number: &str,
        title: Names,
    ) -> Result<(Acting, NewDecision<'static>), Error> {
        let index = self.district_commission(contest)?;
        let day = at.to_zoned_datetime(self.app.home_zone.clone()).date();
        let commission = item(&self.plan.commissions, index)?;
        let members = u64::try_from(commission.seats_on(day).count()).map_err(Error::internal)?;
        let mut reader = self.app.read().await?;
        let secretary = self
            .act_as(&mut reader, self.holder(index, Office::Secretary, day)?, at)
            .await?;
        let decision = NewDecision {
            commission_id: item(&self.ids.commissions, index)?.clone(),
            kind,
            number: number.to_owned(),
            decided_on: day,
            title,
            text: String::new(),
            present: members,
            votes_for: members,
            votes_against: 0,
            dissents: Vec::new(),
            file_id: None,
            election_id: Some(ELECTION.to_owned()),
            contest_id: None,
        };
        Ok((secretary, decision))
    }
}
