//! People, organisations and the commissions with all who sit or sat in them.

use super::{Loader, REGISTERS_ON, instant, item, names};
use crate::commissions::actions::{form_in, record_act_in};
use crate::commissions::{Level, NewAct, NewCommission, NewMember, Office};
use crate::demo::plan::{self, Decision, Sex};
use crate::organisations::{self, Kind, NewOrganisation};
use crate::people::{self, NewPerson};
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, Names};
use jiff::civil::{date, time};
use std::collections::HashMap;

impl Loader {
    pub(super) async fn load_organisations_and_people(&mut self) -> Result<(), Error> {
        let acting = self.operator(instant(
            &self.app.home_zone,
            REGISTERS_ON,
            time(9, 10, 0, 0),
        )?);
        let mut transaction = acting.begin().await?;
        let plan = std::sync::Arc::clone(&self.plan);
        for organisation in &plan.organisations {
            let new = NewOrganisation {
                kind: if organisation.is_party {
                    Kind::Party
                } else {
                    Kind::Association
                },
                names: names(&organisation.name),
                synthetic: true,
            };
            self.ids
                .organisations
                .push(organisations::actions::add_in(&mut transaction, &acting, new).await?);
        }
        for person in &plan.people {
            let new = NewPerson {
                names: names(&person.full_name()),
                sex: match person.sex {
                    Sex::Female => people::Sex::Female,
                    Sex::Male => people::Sex::Male,
                },
                birth_year: person.birth_year,
                birth_date: None,
                synthetic: true,
            };
            self.ids
                .people
                .push(people::actions::add_in(&mut transaction, &acting, new).await?);
        }
        transaction.commit().await?;
        Ok(())
    }

    pub(super) async fn load_commissions(&mut self) -> Result<(), Error> {
        let acting = self.operator(instant(
            &self.app.home_zone,
            REGISTERS_ON,
            time(11, 0, 0, 0),
        )?);
        let mut transaction = acting.begin().await?;
        for index in 0..self.plan.commissions.len() {
            let id = self
                .load_commission(&mut transaction, &acting, index)
                .await?;
            self.ids.commissions.push(id);
        }
        transaction.commit().await?;
        Ok(())
    }

    async fn load_commission(
        &self,
        transaction: &mut Transaction,
        acting: &Acting,
        index: usize,
    ) -> Result<String, Error> {
        let commission = item(&self.plan.commissions, index)?;
        let area_id = match commission.station {
            Some(station) => item(&self.ids.precincts, station)?.clone(),
            None => self.area(&commission.area)?.to_owned(),
        };
        let term_from = commission
            .seats
            .iter()
            .map(|s| s.seated.date)
            .min()
            .unwrap_or(date(2019, 1, 1));
        let term_until = commission
            .seats
            .iter()
            .map(|s| s.term_ends)
            .max()
            .unwrap_or(date(2028, 1, 1));
        let new = NewCommission {
            level: level(commission.level),
            area_id: area_id.clone(),
            parent_id: commission
                .parent
                .map(|p| item(&self.ids.commissions, p).cloned())
                .transpose()?,
            size: u64::from(commission.size),
            term_from,
            term_until,
        };
        let mut acts: HashMap<(String, String), String> = HashMap::new();
        let mut members = Vec::with_capacity(commission.seats.len());
        for seat in &commission.seats {
            let decision_id = self
                .act(
                    transaction,
                    acting,
                    &mut acts,
                    &area_id,
                    commission.level,
                    &seat.seated,
                )
                .await?;
            members.push(NewMember {
                commission_id: String::new(),
                person_id: item(&self.ids.people, seat.person)?.clone(),
                office: office(seat.office),
                nominator: self.nominator(commission.level, seat.nominator)?.to_owned(),
                organisation_id: seat
                    .nominator
                    .map(|n| item(&self.ids.organisations, n).cloned())
                    .transpose()?,
                decision_id,
                valid_from: seat.seated.date,
                valid_until: Some(match &seat.ended {
                    // Whoever follows is seated on the day of the decision.
                    Some((end, _)) => end.date.yesterday()?,
                    None => seat.term_ends,
                }),
            });
        }
        form_in(transaction, acting, new, members).await
    }

    /// Who proposed a member (L 10(3); the central commission: Constitution 44(7), 57(1)).
    fn nominator(
        &self,
        level: plan::Level,
        organisation: Option<usize>,
    ) -> Result<&'static str, Error> {
        Ok(match organisation {
            Some(index) if item(&self.plan.organisations, index)?.is_party => "party",
            Some(_) => "association",
            None if level == plan::Level::Central => "president",
            None => "higher_commission",
        })
    }

    /// The act of the electing body: written once for all whom it seats.
    async fn act(
        &self,
        transaction: &mut Transaction,
        acting: &Acting,
        acts: &mut HashMap<(String, String), String>,
        area_id: &str,
        level: plan::Level,
        decision: &Decision,
    ) -> Result<String, Error> {
        let key = (decision.number.clone(), decision.date.to_string());
        if let Some(id) = acts.get(&key) {
            return Ok(id.clone());
        }
        let body = match level {
            plan::Level::Central => Names::new(
                "Комиссия мүшелерін тағайындайтын органдар",
                "Органы, назначающие членов комиссии",
                "Bodies that appoint the commission",
            ),
            _ => Names::new("Мәслихат", "Маслихат", "Maslikhat"),
        };
        let id = record_act_in(
            transaction,
            acting,
            NewAct {
                body,
                area_id: area_id.to_owned(),
                kind: "commission_formed",
                number: decision.number.clone(),
                decided_on: decision.date,
                title: Names::new(
                    "Сайлау комиссиясының құрамы туралы",
                    "О составе избирательной комиссии",
                    "On the composition of the election commission",
                ),
                text: String::new(),
                file_id: None,
                election_id: None,
                contest_id: None,
            },
        )
        .await?;
        acts.insert(key, id.clone());
        Ok(id)
    }
}

fn level(level: plan::Level) -> Level {
    match level {
        plan::Level::Central => Level::Central,
        plan::Level::Regional => Level::Region,
        plan::Level::City | plan::Level::District => Level::District,
        plan::Level::Precinct => Level::Precinct,
    }
}

fn office(office: plan::Office) -> Office {
    match office {
        plan::Office::Chair => Office::Chair,
        plan::Office::Deputy => Office::Deputy,
        plan::Office::Secretary => Office::Secretary,
        plan::Office::Member => Office::Member,
    }
}
