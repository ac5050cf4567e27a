//! The small world that the tests of this room and of rooms to the right build on.

use crate::bind;
use crate::commissions::Basis;
use crate::elections::actions::{self, add_contest_in, add_counting_units_in, move_to};
use crate::elections::{ElectionState, NewContest, NewElection};
use crate::platform::access::{Actor, Grant, Role};
use crate::platform::areas::{self, AreaRow};
use crate::platform::{Acting, Error, Lang, Names, T};
use crate::stations::{self, NewStation};
use crate::testing::Installation;
use jiff::Timestamp;
use jiff::civil::date;
use std::collections::HashMap;
use std::sync::Arc;

pub(crate) const ELECTION: &str = "akim-2023";
/// Contest in the region of Karaganda, UTC+6 in 2023.
pub(crate) const EAST: &str = "akim-2023.353600000";
/// Contest in the region of Aqtobe, UTC+5 in 2023.
pub(crate) const WEST: &str = "akim-2023.153200000";
/// Voters of the eastern contest.
pub(crate) const EAST_VOTERS: u64 = 1_001;

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// An election with one contest in each zone.
pub(crate) struct World {
    pub(crate) home: Installation,
    pub(crate) areas: HashMap<String, String>,
}

fn row(code: &str, parent: &str, kind: &str, zone: &str) -> AreaRow {
    AreaRow {
        code: code.to_owned(),
        parent_code: parent.to_owned(),
        kind: kind.to_owned(),
        name_kk: format!("{code} kk"),
        name_ru: format!("{code} ru"),
        name_en: format!("{code} en"),
        zone: zone.to_owned(),
        valid_from: "2000-01-01".to_owned(),
        valid_until: String::new(),
        edition: "test".to_owned(),
        note: String::new(),
    }
}

impl World {
    /// The same with one more district, of the region of Karaganda, that has a station and a commission.
    pub(super) async fn with_district(code: &str) -> Self {
        let mut world = Self::new().await;
        let acting = world.home.operator();
        let mut tx = acting.begin().await.unwrap();
        let district = row(code, "350000000", "district", "Asia/Almaty");
        let added = areas::add(&mut tx, &acting, &[district]).await.unwrap();
        tx.commit().await.unwrap();
        world.areas.extend(added);
        world.station(code, 501, 400).await;
        world.commission(code).await;
        world
    }

    /// Called on 15 September 2023 for 5 November, with counting units.
    pub(crate) async fn new() -> Self {
        let home = Installation::new().await;
        let acting = home.operator().at(at("2023-09-15T06:00:00Z"));
        let mut tx = acting.begin().await.unwrap();
        let areas = areas::add(
            &mut tx,
            &acting,
            &[
                row("KZ", "", "country", "Asia/Almaty"),
                row("350000000", "KZ", "region", "Asia/Almaty"),
                row("353600000", "350000000", "district", "Asia/Almaty"),
                row("150000000", "KZ", "region", "Asia/Aqtobe"),
                row("153200000", "150000000", "district", "Asia/Aqtobe"),
            ],
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let world = Self { home, areas };
        for (code, number, voters) in [
            ("353600000", 448, 700),
            ("353600000", 449, 301),
            ("153200000", 12, 500),
        ] {
            world.station(code, number, voters).await;
        }
        let new = NewElection {
            id: ELECTION.to_owned(),
            rules_id: "akim-district-2023".to_owned(),
            title: Names::new("Әкім сайлауы", "Выборы акимов", "Election of akims"),
            area_id: world.area("KZ"),
            zone: "Asia/Almaty".to_owned(),
            voting_day: date(2023, 11, 5),
            synthetic: true,
        };
        actions::create(&acting, new).await.unwrap();
        for (number, code) in [(1, "353600000"), (2, "153200000")] {
            world.commission(code).await;
            world
                .decide(
                    &format!("call-{code}"),
                    code,
                    "election_called",
                    "2023-09-15",
                )
                .await;
            world.contest(number, code).await.unwrap();
        }
        world
    }

    pub(crate) fn area(&self, code: &str) -> String {
        self.areas[code].clone()
    }

    /// The operator at an instant.
    pub(crate) fn operator(&self, now: &str) -> Acting {
        self.home.operator().at(at(now))
    }

    /// Somebody with one office.
    pub(crate) fn acting(&self, role: &str, code: &str, now: &str) -> Acting {
        let grant = Grant {
            role: Role::parse(role).unwrap(),
            area_id: self.area(code),
        };
        let actor = Actor::new("somebody".to_owned(), Names::default(), vec![grant]);
        Acting::new(self.home.app.clone(), Arc::new(actor), T::new(Lang::En)).at(at(now))
    }

    async fn station(&self, code: &str, number: u64, voters: u64) {
        let acting = self.home.operator();
        let region = format!("{}0000000", &code[..2]);
        let words = Names::new("Мектеп", "Школа", "School");
        let new = NewStation {
            number,
            region_id: self.area(&region),
            district_id: self.area(code),
            names: words.clone(),
            address: words,
            latitude_microdeg: None,
            longitude_microdeg: None,
            capacity: 300,
            voters_on_list: voters,
            special: String::new(),
            step_free: None,
            valid_from: date(2023, 1, 1),
            zone: if code.starts_with("15") {
                "Asia/Aqtobe".to_owned()
            } else {
                "Asia/Almaty".to_owned()
            },
        };
        let mut tx = acting.begin().await.unwrap();
        stations::actions::add_in(&mut tx, &acting, new)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    /// A commission whose own history is the matter of another room's tests.
    async fn commission(&self, code: &str) {
        let mut tx = self.home.app.database.begin().await.unwrap();
        tx.execute(
            "insert into commission (id, level, area_id, size, term_from, term_until)
                values ($1, 'district', $2, 7, '2019-01-01', '2024-01-01')",
            bind![code, self.area(code)],
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
    }

    /// A decision of the commission of a district.
    pub(crate) async fn decide(&self, id: &str, code: &str, kind: &str, day: &str) -> String {
        let mut tx = self.home.app.database.begin().await.unwrap();
        tx.execute(
            "insert into decision (id, commission_id, area_id, election_id, kind, number, decided_on, title_kk, title_ru, title_en,
                    members_total, members_present, votes_for, votes_against, recorded_at, recorded_by)
                values ($1, $2, $3, 'akim-2023', $5, $1, $4, 'Шешім', 'Решение', 'Decision', 7, 7, 6, 1, 0, 'test')",
            bind![id, code, self.area(code), day, kind],
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        id.to_owned()
    }

    /// An act of the body of an area.
    pub(super) async fn act(&self, id: &str, code: &str, kind: &str, day: &str) {
        let mut tx = self.home.app.database.begin().await.unwrap();
        tx.execute(
            "insert into decision (id, body_kk, body_ru, body_en, area_id, kind, number, decided_on, title_kk, title_ru, title_en,
                    members_total, members_present, votes_for, votes_against, recorded_at, recorded_by)
                values ($1, 'М', 'М', 'M', $2, $3, $1, $4, 'Акт', 'Акт', 'Act', 0, 0, 0, 0, 0, 'test')",
            bind![id, self.area(code), kind, day],
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
    }

    pub(super) async fn contest(&self, number: u64, code: &str) -> Result<String, Error> {
        let acting = self.operator("2023-09-15T07:00:00Z");
        let mut tx = acting.begin().await?;
        let new = NewContest {
            election_id: ELECTION.to_owned(),
            number,
            area_id: self.area(code),
            region_id: self.area(&format!("{}0000000", &code[..2])),
            commission_id: code.to_owned(),
            seats: 1,
            sourcing: "sourced".to_owned(),
            basis_decision_id: None,
            called_by: Basis::recorded(format!("call-{code}")),
        };
        let id = add_contest_in(&mut tx, &acting, new).await?;
        add_counting_units_in(&mut tx, &acting, &id).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// The same, from nomination on.
    pub(crate) async fn reach_from_nomination(&self, last: ElectionState) {
        for (state, moment) in MOMENTS {
            if *state <= last && *state > ElectionState::Nomination {
                move_to(&self.operator(moment), ELECTION, *state, None)
                    .await
                    .unwrap();
            }
        }
    }

    /// Moves the election through its states up to one, each at the moment the calendar gives.
    pub(crate) async fn reach(&self, last: ElectionState) {
        for (state, moment) in MOMENTS {
            if *state <= last {
                move_to(&self.operator(moment), ELECTION, *state, None)
                    .await
                    .unwrap();
            }
        }
    }
}

/// The first moment of each state that the calendar gives, over both zones.
pub(super) const MOMENTS: &[(ElectionState, &str)] = &[
    (ElectionState::Nomination, "2023-09-15T18:00:00Z"),
    // 18:00 in the west, an hour after the east.
    (ElectionState::Registration, "2023-10-05T13:00:00Z"),
    (ElectionState::Campaign, "2023-10-10T13:00:00Z"),
    // Midnight in the east comes first.
    (ElectionState::Silence, "2023-11-03T18:00:00Z"),
    (ElectionState::Voting, "2023-11-05T01:00:00Z"),
    (ElectionState::Counting, "2023-11-05T15:00:00Z"),
];
