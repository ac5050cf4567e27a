//! The people whom a visitor of the demo can be.

use super::{Loader, REGISTERS_ON, instant, item};
use crate::demo::plan::{AreaKind, Level, Office, VOTING_DAY};
use crate::people::actions::add_in;
use crate::people::{NewPerson, Sex};
use crate::platform::access::{Role, accounts, store as grants};
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, Names, audit};
use jiff::civil::time;

/// The password of all of them; the demo's page of first steps shows it with the current codes.
pub const PASSWORD: &str = "tandau-demo-2023";

/// Somebody a visitor can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cast {
    /// Login, and the key of the messages that say what to try.
    pub login: &'static str,
    /// The office, as policies write it.
    pub role: &'static str,
    who: Who,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Administrator,
    Officer {
        kind: &'static str,
        area: &'static str,
    },
    Holder {
        level: Level,
        area: &'static str,
        station: Option<u32>,
        office: Office,
    },
}

const fn holder(
    login: &'static str,
    role: &'static str,
    level: Level,
    area: &'static str,
    station: Option<u32>,
    office: Office,
) -> Cast {
    Cast {
        login,
        role,
        who: Who::Holder {
            level,
            area,
            station,
            office,
        },
    }
}

/// Somebody of a state body of the Aktogay district.
const fn officer(login: &'static str, role: &'static str, kind: &'static str) -> Cast {
    Cast {
        login,
        role,
        who: Who::Officer {
            kind,
            area: "353600000",
        },
    }
}

/// Aktogay district of the Karaganda region with its station No. 448, and those above them: one person for
/// every office of the table of powers. Those of the way of a protocol come first, as cards.
pub const CAST: &[Cast] = &[
    holder(
        "precinct-secretary",
        "precinct.secretary",
        Level::Precinct,
        "353600000",
        Some(448),
        Office::Secretary,
    ),
    holder(
        "precinct-chair",
        "precinct.chair",
        Level::Precinct,
        "353600000",
        Some(448),
        Office::Chair,
    ),
    holder(
        "district-secretary",
        "district.secretary",
        Level::District,
        "353600000",
        None,
        Office::Secretary,
    ),
    holder(
        "district-chair",
        "district.chair",
        Level::District,
        "353600000",
        None,
        Office::Chair,
    ),
    holder(
        "central-chair",
        "central.chair",
        Level::Central,
        "KZ",
        None,
        Office::Chair,
    ),
    holder(
        "central-deputy",
        "central.deputy",
        Level::Central,
        "KZ",
        None,
        Office::Deputy,
    ),
    holder(
        "central-secretary",
        "central.secretary",
        Level::Central,
        "KZ",
        None,
        Office::Secretary,
    ),
    holder(
        "central-member",
        "central.member",
        Level::Central,
        "KZ",
        None,
        Office::Member,
    ),
    holder(
        "region-chair",
        "region.chair",
        Level::Regional,
        "350000000",
        None,
        Office::Chair,
    ),
    holder(
        "region-deputy",
        "region.deputy",
        Level::Regional,
        "350000000",
        None,
        Office::Deputy,
    ),
    holder(
        "region-secretary",
        "region.secretary",
        Level::Regional,
        "350000000",
        None,
        Office::Secretary,
    ),
    holder(
        "region-member",
        "region.member",
        Level::Regional,
        "350000000",
        None,
        Office::Member,
    ),
    holder(
        "district-deputy",
        "district.deputy",
        Level::District,
        "353600000",
        None,
        Office::Deputy,
    ),
    holder(
        "district-member",
        "district.member",
        Level::District,
        "353600000",
        None,
        Office::Member,
    ),
    holder(
        "precinct-deputy",
        "precinct.deputy",
        Level::Precinct,
        "353600000",
        Some(448),
        Office::Deputy,
    ),
    holder(
        "precinct-member",
        "precinct.member",
        Level::Precinct,
        "353600000",
        Some(448),
        Office::Member,
    ),
    officer("akimat-officer", "body.executive", "executive"),
    officer("police-officer", "body.police", "police"),
    officer("emergency-officer", "body.emergency", "emergency"),
    officer("energy-officer", "body.energy", "energy"),
    officer(
        "communications-officer",
        "body.communications",
        "communications",
    ),
    officer("health-officer", "body.health", "health"),
    officer("social-officer", "body.social", "social"),
    Cast {
        login: "administrator",
        role: Role::ADMINISTRATOR,
        who: Who::Administrator,
    },
];

/// How many of [`CAST`] have a card; with the resident there are six.
pub const CARDS: usize = 5;

impl Loader {
    pub(super) async fn load_cast(&mut self) -> Result<(), Error> {
        let acting = self.operator(instant(
            &self.app.home_zone,
            REGISTERS_ON,
            time(13, 0, 0, 0),
        )?);
        let mut transaction = acting.begin().await?;
        for one in CAST {
            let person = match one.who {
                Who::Officer { kind, area } => {
                    item(&self.ids.people, self.officer(kind, area)?)?.clone()
                }
                Who::Administrator => self.administrator(&mut transaction, &acting).await?,
                Who::Holder {
                    level,
                    area,
                    station,
                    office,
                } => item(&self.ids.people, self.find(level, area, station, office)?)?.clone(),
            };
            let account = accounts::create(
                &mut transaction,
                &acting,
                &person,
                one.login,
                PASSWORD,
                false,
            )
            .await?;
            if one.who == Who::Administrator {
                self.grant_administrator(&mut transaction, &person, &account.id)
                    .await?;
            }
            acting
                .record(
                    &mut transaction,
                    audit::Event {
                        event: "account.created",
                        kind: "account",
                        object: &[&account.id],
                        contest_id: "",
                    },
                )
                .await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    async fn administrator(
        &self,
        transaction: &mut Transaction,
        acting: &Acting,
    ) -> Result<String, Error> {
        let new = NewPerson {
            names: Names::new(
                "Көрсетілім әкімшісі",
                "Администратор демонстрации",
                "Administrator of the demo",
            ),
            sex: Sex::Female,
            birth_year: 1985,
            birth_date: None,
            synthetic: true,
        };
        add_in(transaction, acting, new).await
    }

    /// An administrator's office follows from the account, not from a commission.
    async fn grant_administrator(
        &self,
        transaction: &mut Transaction,
        person: &str,
        account: &str,
    ) -> Result<(), Error> {
        let country = self
            .plan
            .areas
            .iter()
            .find(|a| a.kind == AreaKind::Country)
            .ok_or_else(|| Error::internal("the plan has no country"))?;
        let source = format!("account:{account}");
        let area = self.area(&country.code)?;
        grants::add_grant(
            transaction,
            person,
            Role::ADMINISTRATOR,
            area,
            REGISTERS_ON,
            None,
            &source,
        )
        .await?;
        Ok(())
    }

    /// Who holds an office on the day of voting.
    fn find(
        &self,
        level: Level,
        area: &str,
        station: Option<u32>,
        office: Office,
    ) -> Result<usize, Error> {
        self.plan
            .commissions
            .iter()
            .find(|c| {
                c.level == level
                    && c.area == area
                    && match (c.station, station) {
                        (Some(index), Some(number)) => self
                            .plan
                            .stations
                            .get(index)
                            .is_some_and(|s| s.number == number),
                        (None, None) => true,
                        _ => false,
                    }
            })
            .and_then(|c| c.seats_on(VOTING_DAY).find(|s| s.office == office))
            .map(|s| s.person)
            .ok_or_else(|| {
                Error::internal(format!("nobody holds {office:?} of {level:?} in {area}"))
            })
    }
}
