//! A district with two stations, commissions up to the country, state bodies with officers, and a task.

use crate::bind;
use crate::organisations::{self, NewStateBody};
use crate::platform::access::Role;
use crate::platform::{Acting, Names, ids};
use crate::tasks::actions::{self, Evidence, open_in};
use crate::tasks::model::{Addressee, NewTask, Task, TaskState};
use crate::tasks::queries;
use crate::votingday::tests::world::{World, at};
use electoral::checklist::Severity;
use jiff::{SignedDuration, Timestamp};

/// The clock of test installations.
pub(crate) const NOW: &str = "2023-11-06T06:00:00Z";

/// `hours` after the clock's beginning.
pub(crate) fn hours(hours: i64) -> Timestamp {
    at(NOW)
        .checked_add(SignedDuration::from_hours(hours))
        .unwrap()
}

/// The akimat of the first district.
pub(crate) fn akimat() -> Addressee {
    body("executive", "d1")
}

pub(crate) fn body(kind: &str, area: &str) -> Addressee {
    Addressee {
        kind: kind.to_owned(),
        area_id: area.to_owned(),
    }
}

pub(crate) struct Office {
    pub(crate) world: World,
}

/// Officers of state bodies: person, role, area.
pub(crate) const OFFICERS: [(&str, &str, &str); 5] = [
    ("akimat-one", "body.executive", "d1"),
    ("akimat-two", "body.executive", "d2"),
    ("akimat-region", "body.executive", "r1"),
    ("police-one", "body.police", "d1"),
    ("energy-region", "body.energy", "r1"),
];

impl Office {
    pub(crate) async fn new() -> Self {
        let world = World::new(2).await;
        for (id, level, area) in [("r1", "region", "r1"), ("kz", "central", "kz")] {
            world
                .sql(
                    "insert into commission (id, level, area_id, size, term_from, term_until)
                        values ($1, $2, $3, 5, '2019-01-01', '2024-01-01')",
                    bind![id, level, area],
                )
                .await;
        }
        let people = [
            ("central-secretary", "central.secretary", "kz"),
            ("region-secretary", "region.secretary", "r1"),
            ("root", "administrator", "kz"),
        ];
        for (person, role, area) in OFFICERS.into_iter().chain(people) {
            world
                .sql(
                    "insert into person (id, name_kk, name_ru, name_en, folded, sex, birth_year, synthetic, created_at)
                        values ($1, $1, $1, $1, $1, 'female', 1980, true, 0)",
                    bind![person],
                )
                .await;
            world
                .sql(
                    "insert into access_grant (id, person_id, role, area_id, valid_from, valid_until, source)
                        values ($1, $1, $2, $3, '2019-01-01', null, 'test')",
                    bind![person, role, area],
                )
                .await;
        }
        let office = Self { world };
        for (kind, area, name) in [
            ("executive", "d1", "Akimat of the first district"),
            ("executive", "r1", "Akimat of the region"),
        ] {
            let new = NewStateBody {
                kind: kind.to_owned(),
                area_id: area.to_owned(),
                names: Names::new(name, name, name),
                synthetic: true,
            };
            organisations::actions::add_body(&office.operator(), new)
                .await
                .unwrap();
        }
        office
    }

    pub(crate) fn operator(&self) -> Acting {
        self.world.home.operator().at(at(NOW))
    }

    /// Somebody by office and area.
    pub(crate) fn who(&self, person: &str, role: &str, area: &str) -> Acting {
        assert!(Role::parse(role).is_some());
        self.world.acting(person, role, area, at(NOW))
    }

    /// One of the officers.
    pub(crate) fn officer(&self, person: &str) -> Acting {
        let (_, role, area) = OFFICERS.into_iter().find(|o| o.0 == person).unwrap();
        self.who(person, role, area)
    }

    pub(crate) fn district(&self) -> Acting {
        self.who("d1-secretary", "district.secretary", "d1")
    }

    /// A task about the first station that its district's commission verifies, due in three days.
    pub(crate) fn task(addressee: Addressee) -> NewTask {
        NewTask {
            election_id: String::new(),
            origin: "readiness",
            origin_key: ids::random_id(),
            station_id: Some("st1".to_owned()),
            area_id: "st1-area".to_owned(),
            item: "ramp".to_owned(),
            severity: Severity::Major,
            title: Names::new("Пандус орнату", "Установить пандус", "Build a ramp"),
            detail: String::new(),
            evidence: Vec::new(),
            addressee,
            verifier_area_id: "d1".to_owned(),
            due_at: hours(72),
        }
    }

    pub(crate) async fn open(&self, new: &NewTask) -> Task {
        let acting = self.operator();
        let mut tx = acting.begin().await.unwrap();
        let id = open_in(&mut tx, &acting, new).await.unwrap();
        tx.commit().await.unwrap();
        self.read(&id).await
    }

    /// A task for the akimat of the first district.
    pub(crate) async fn opened(&self) -> Task {
        self.open(&Self::task(akimat())).await
    }

    pub(crate) async fn read(&self, id: &str) -> Task {
        let mut reader = self.world.home.app.read().await.unwrap();
        queries::by_id(&mut reader, id).await.unwrap()
    }

    /// What happened, in order.
    pub(crate) async fn story(&self, id: &str) -> Vec<&'static str> {
        let mut reader = self.world.home.app.read().await.unwrap();
        let mut events = queries::history(&mut reader, id).await.unwrap();
        events.reverse();
        events.iter().map(|event| event.kind.as_str()).collect()
    }

    /// A new task of the akimat in a state.
    pub(crate) async fn in_state(&self, state: TaskState) -> Task {
        let task = self.opened().await;
        let (id, owner, looks) = (
            &task.id,
            self.officer("akimat-one"),
            self.who("d1-chair", "district.chair", "d1"),
        );
        let report = async || {
            let seen = self.read(id).await.events;
            actions::report(&owner, id, seen, words("Done"))
                .await
                .unwrap();
        };
        match state {
            TaskState::Open => {}
            TaskState::Accepted => {
                actions::accept(&owner, id, 1).await.unwrap();
            }
            TaskState::Disputed => {
                actions::dispute(&owner, id, 1, "Not ours").await.unwrap();
            }
            TaskState::Reported => report().await,
            TaskState::Returned => {
                report().await;
                actions::send_back(&looks, id, 2, "No").await.unwrap();
            }
            TaskState::Verified => {
                report().await;
                actions::verify(&looks, id, 2).await.unwrap();
            }
            TaskState::Withdrawn => {
                actions::withdraw(&looks, id, 1, "No need").await.unwrap();
            }
        }
        let task = self.read(id).await;
        assert_eq!(task.state, state);
        task
    }
}

/// A report in words.
pub(crate) fn words(text: &str) -> Evidence {
    Evidence {
        text: text.to_owned(),
        papers: Vec::new(),
    }
}

/// A task on a station of the world that the tests of all routes walk: of the station's own commission.
pub(crate) async fn of_station(world: &World) -> String {
    let acting = world.home.operator().at(at(NOW));
    let new = NewTask {
        verifier_area_id: "st1-area".to_owned(),
        ..Office::task(body(Addressee::COMMISSION, "st1-area"))
    };
    let mut tx = acting.begin().await.unwrap();
    let id = open_in(&mut tx, &acting, &new).await.unwrap();
    tx.commit().await.unwrap();
    id
}
