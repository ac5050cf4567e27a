//! An election whose stations answer a short checklist.

use crate::platform::inbox::{self, Envelope, Taken};
use crate::platform::{Acting, Error, ids};
use crate::readiness::model::{ItemStatus, REPORT, Tally};
use crate::readiness::{actions, queries};
use crate::testing::Installation;
use crate::votingday::tests::world::{ELECTION, World, area_of, at};
use electoral::checklist::Checklist;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use std::collections::BTreeMap;

/// Five weeks before voting, noon in Astana.
pub(crate) const NOW: &str = "2023-10-02T06:00:00Z";

pub(crate) fn list() -> Checklist {
    Checklist::parse(include_str!("list.toml")).unwrap()
}

pub(crate) fn today() -> Date {
    date(2023, 10, 2)
}

/// The world of voting day five weeks before it.
pub(crate) struct Ready {
    pub(crate) world: World,
    pub(crate) version: u64,
}

impl Ready {
    pub(crate) async fn new(stations: usize) -> Self {
        Self::on(Installation::new().await, stations).await
    }

    pub(crate) async fn on(home: Installation, stations: usize) -> Self {
        let world = World::on(home, stations).await;
        world
            .sql("update election set state = 'registration'", crate::bind![])
            .await;
        let ready = Self { world, version: 1 };
        let office = ready.operator();
        let count = actions::set_up(&office, ELECTION).await.unwrap();
        assert_eq!(count, u64::try_from(stations).unwrap());
        let adopted = actions::adopt(&office, &list(), "test").await.unwrap();
        actions::put_into_force(&office, ELECTION, &adopted.id, adopted.version)
            .await
            .unwrap();
        ready
    }

    pub(crate) fn operator(&self) -> Acting {
        self.world.home.operator().at(at(NOW))
    }

    /// A member of a station's commission.
    pub(crate) fn member(&self, station: &str, office: &str) -> Acting {
        self.member_at(station, office, at(NOW))
    }

    pub(crate) fn member_at(&self, station: &str, office: &str, now: Timestamp) -> Acting {
        let (person, role) = (format!("{station}-{office}"), format!("precinct.{office}"));
        self.world.acting(&person, &role, &area_of(station), now)
    }

    /// An envelope with fields, written on the version of the checklist in force.
    pub(crate) fn envelope(&self, station: &str, fields: &[(&str, &str)]) -> Envelope {
        let mut all: BTreeMap<String, String> = [
            ("election", ELECTION),
            ("station", station),
            ("checklist", "test-list"),
        ]
        .into_iter()
        .chain(fields.iter().copied())
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
        all.entry("checklist_version".to_owned())
            .or_insert_with(|| self.version.to_string());
        Envelope {
            id: ids::random_id(),
            kind: REPORT.to_owned(),
            made_at: at(NOW),
            fields: all,
            files: BTreeMap::new(),
        }
    }

    /// Sends answers of a station's secretary.
    pub(crate) async fn send(
        &self,
        station: &str,
        fields: &[(&str, &str)],
    ) -> Result<Taken, Error> {
        let who = self.member(station, "secretary");
        inbox::take(&who, &self.envelope(station, fields)).await
    }

    pub(crate) async fn status(&self, station: &str, item: &str) -> Option<ItemStatus> {
        let mut reader = self.world.home.app.read().await.unwrap();
        let states = queries::states(&mut reader, ELECTION, station)
            .await
            .unwrap();
        states.get(item).map(|s| s.status)
    }

    /// Counts of a station today.
    pub(crate) async fn counts(&self, station: &str) -> Tally {
        let mut reader = self.world.home.app.read().await.unwrap();
        let counts = queries::station_counts(&mut reader, ELECTION, station, today())
            .await
            .unwrap();
        counts.unwrap().items
    }

    /// The sequence of the newest answer.
    pub(crate) async fn sequence(&self, station: &str, item: &str) -> u64 {
        let mut reader = self.world.home.app.read().await.unwrap();
        let states = queries::states(&mut reader, ELECTION, station)
            .await
            .unwrap();
        states.get(item).map_or(0, |s| s.sequence)
    }

    pub(crate) async fn task(&self, station: &str, item: &str) -> Option<crate::tasks::Task> {
        let mut reader = self.world.home.app.read().await.unwrap();
        let key = format!("{ELECTION}/{station}/{item}");
        crate::tasks::queries::open_by_origin(&mut reader, "readiness", &key)
            .await
            .unwrap()
    }

    /// The log vouches for every row.
    pub(crate) async fn rows_are_vouched_for(&self) {
        for audited in crate::readiness::store::AUDITED {
            let mut reader = self.world.home.app.read().await.unwrap();
            for row in reader.all(audited.ids, crate::bind![]).await.unwrap() {
                let object = row.text("object").unwrap();
                let known = reader
                    .first(
                        "select id from audit_record where kind = $1 and object = $2",
                        crate::bind![audited.kind, &object],
                    )
                    .await
                    .unwrap();
                assert!(known.is_some(), "{} {object}", audited.kind);
            }
        }
    }
}

/// Keeps a photo for each field, as the inbox does ahead of an envelope.
pub(crate) async fn photos(acting: &Acting, fields: &[&str]) -> BTreeMap<String, Vec<String>> {
    let mut kept = BTreeMap::new();
    let mut tx = acting.begin().await.unwrap();
    for field in fields {
        let bytes = crate::platform::files::tests::jpeg();
        let files = &acting.app().files;
        let file = files.keep(&mut tx, acting, bytes, false).await.unwrap();
        kept.insert((*field).to_owned(), vec![file.id]);
    }
    tx.commit().await.unwrap();
    kept
}

/// Names of the fields that must be mended.
pub(crate) fn fields(error: Error) -> Vec<String> {
    match error {
        Error::Invalid(problems) => problems.into_iter().map(|p| p.field).collect(),
        other => vec![format!("{other:?}")],
    }
}

/// For other rooms' tests: stations that answer the built-in checklist, with a report and a disputed item of `st1`.
/// The item, and the photo that came with it.
pub(crate) async fn begin(world: &World) -> (String, String) {
    let now = at(NOW);
    let office = world.home.operator().at(now);
    actions::set_up(&office, ELECTION).await.unwrap();
    let list = world.home.app.rules.checklist().clone();
    let asked = list.items.iter().find(|i| {
        i.told_by.is_none() && matches!(i.kind, electoral::checklist::Kind::YesNo { .. })
    });
    let item = asked.unwrap().id.clone();
    let mut photo = String::new();
    for (id, office, value) in [
        ("first-report", "secretary", "yes"),
        ("second-report", "chair", "no"),
    ] {
        let (person, role) = (format!("st1-{office}"), format!("precinct.{office}"));
        let who = world.acting(&person, &role, &area_of("st1"), now);
        let name = format!("photo.{item}");
        let kept = photos(&who, &[name.as_str()]).await;
        photo.clone_from(&kept[&name][0]);
        let fields = [
            ("election", ELECTION.to_owned()),
            ("station", "st1".to_owned()),
            ("checklist", list.id.clone()),
            ("checklist_version", "1".to_owned()),
            (&*format!("answer.{item}"), value.to_owned()),
            (&*format!("note.{item}"), "seen".to_owned()),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
        let envelope = Envelope {
            id: id.to_owned(),
            kind: REPORT.to_owned(),
            made_at: now,
            fields,
            files: kept,
        };
        inbox::take(&who, &envelope).await.unwrap();
    }
    (item, photo)
}
