//! Counts that are kept are those that the answers give, whatever came in which order, on both engines.

use super::world::*;
use super::*;
use crate::platform::database::testing::Postgres;
use crate::platform::inbox;
use crate::testing::Installation;
use crate::votingday::tests::world::{ELECTION, at};
use electoral::checklist::Kind;
use jiff::SignedDuration;
use jiff::civil::{Date, date};
use model::{ALL_SECTIONS, Cause, Given, ItemStatus, Sums, tallies};
use proptest::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// One thing that somebody does.
#[derive(Clone, Debug)]
enum Deed {
    Report {
        station: usize,
        member: usize,
        fresh: bool,
        answers: Vec<(usize, usize)>,
    },
    Settle(usize),
    Verify(usize),
    Night,
    List(u64),
}

const ITEMS: [(&str, &[&str]); 5] = [
    ("power_main", &["yes", "no"]),
    ("power_backup", &["yes", "no", "na"]),
    ("cold", &["yes", "no"]),
    ("booths", &["0", "2", "7"]),
    ("weather_plan", &["shovels", "salt"]),
];

fn deed() -> impl Strategy<Value = Deed> {
    let answers = prop::collection::vec((0..ITEMS.len(), 0_usize..6), 1..4);
    prop_oneof![
        8 => (0_usize..3, 0_usize..3, any::<bool>(), answers)
            .prop_map(|(station, member, fresh, answers)| Deed::Report { station, member, fresh, answers }),
        1 => (0_usize..3).prop_map(Deed::Settle),
        1 => (0_usize..3).prop_map(Deed::Verify),
        1 => Just(Deed::Night),
        1 => (1_u64..3).prop_map(Deed::List),
    ]
}

const STATIONS: [&str; 3] = ["st1", "st2", "st3"];
const MEMBERS: [&str; 3] = ["chair", "secretary", "member"];

async fn states(ready: &Ready, station: &str) -> BTreeMap<String, model::ItemState> {
    let mut reader = ready.world.home.app.read().await.unwrap();
    queries::states(&mut reader, ELECTION, station)
        .await
        .unwrap()
}

async fn run(ready: &mut Ready, deeds: &[Deed]) -> Date {
    let mut now = at(NOW);
    for deed in deeds {
        now = now.checked_add(SignedDuration::from_mins(1)).unwrap();
        match deed {
            Deed::Report {
                station,
                member,
                fresh,
                answers,
            } => {
                let station = STATIONS[*station];
                let known = states(ready, station).await;
                let mut fields = HashMap::new();
                for (item, choice) in answers {
                    let (item, values) = ITEMS[*item];
                    fields.insert(
                        format!("answer.{item}"),
                        values[choice % values.len()].to_owned(),
                    );
                    if *fresh && let Some(state) = known.get(item) {
                        fields.insert(format!("base.{item}"), state.sequence.to_string());
                    }
                }
                let pairs: Vec<_> = fields
                    .iter()
                    .map(|(k, v)| (k.as_str(), v.as_str()))
                    .collect();
                let who = ready.member_at(station, MEMBERS[*member], now);
                match inbox::take(&who, &ready.envelope(station, &pairs)).await {
                    Ok(_) => {}
                    // An item that the list in force no longer has.
                    Err(Error::Invalid(_)) if ready.version == 2 => {}
                    other => panic!("{other:?}"),
                }
            }
            Deed::Settle(station) => {
                let station = STATIONS[*station];
                let known = states(ready, station).await;
                let Some(one) = known.values().find(|s| s.status == ItemStatus::Disputed) else {
                    continue;
                };
                let input = actions::Settle {
                    election_id: ELECTION.to_owned(),
                    station_id: station.to_owned(),
                    item: one.item.clone(),
                    sequence: one.sequence,
                    seen: one.sequence,
                    reason: "seen".to_owned(),
                };
                // Whoever gave one of the answers decides nothing.
                let office = ready.world.home.operator().at(now);
                actions::settle(&office, &input).await.unwrap();
            }
            Deed::Verify(station) => {
                let station = STATIONS[*station];
                let known = states(ready, station).await;
                let Some(one) = known.values().find(|s| s.status == ItemStatus::Unmet) else {
                    continue;
                };
                let office = ready.world.home.operator().at(now);
                let mut tx = office.begin().await.unwrap();
                actions::seen_in(&mut tx, &office, (ELECTION, station), &one.item, true)
                    .await
                    .unwrap();
                tx.commit().await.unwrap();
            }
            Deed::Night => now = now.checked_add(SignedDuration::from_hours(24)).unwrap(),
            Deed::List(version) => {
                let office = ready.world.home.operator().at(now);
                let put = actions::put_into_force(&office, ELECTION, "test-list", *version).await;
                if put.is_ok() {
                    ready.version = *version;
                }
            }
        }
    }
    now.to_zoned_datetime(jiff::tz::TimeZone::get("Asia/Almaty").unwrap())
        .date()
}

/// Where an item stands, from its answers alone.
fn stands<'g>(given: impl Iterator<Item = &'g Given>) -> Option<ItemStatus> {
    let (mut disputed, mut status) = (false, None);
    for one in given {
        disputed = one.conflict || (disputed && one.cause == Cause::Station);
        status = Some(one.status);
    }
    if disputed {
        Some(ItemStatus::Disputed)
    } else {
        status
    }
}

async fn agree(ready: &Ready, day: Date) {
    let mut reader = ready.world.home.app.read().await.unwrap();
    let (list, _) = queries::checklist(&mut reader, ELECTION)
        .await
        .unwrap()
        .unwrap();
    let mut sums: BTreeMap<String, Sums> = BTreeMap::new();
    for station in STATIONS {
        let answers = queries::answers(&mut reader, ELECTION, station)
            .await
            .unwrap();
        let counted = tallies(&list, |item| {
            stands(answers.iter().filter(|a| a.item == item))
        });
        let kept = queries::station_counts(&mut reader, ELECTION, station, day)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(kept.items, counted[ALL_SECTIONS], "{station}");
        for (section, tally) in counted {
            let sum = sums.entry(section.to_owned()).or_default();
            *sum = sum.plus(&Sums::of(&tally));
        }
    }
    let kept: BTreeMap<String, Sums> =
        queries::sections_of_district(&mut reader, ELECTION, "d1", day)
            .await
            .unwrap()
            .into_iter()
            .map(|d| (d.section, d.sums))
            .collect();
    assert_eq!(kept, sums);
    // A day that is over doesn't change.
    let before = queries::districts(&mut reader, ELECTION, "", date(2023, 10, 1))
        .await
        .unwrap();
    assert!(before.is_empty());
}

async fn with_second_list(ready: &Ready) {
    let mut newer = list();
    newer.items.retain(|i| i.id != "cold");
    for item in &mut newer.items {
        match (item.id.as_str(), &mut item.kind) {
            ("booths", Kind::Number { met_from, .. }) => *met_from = "5".parse().ok(),
            ("power_main", kind) => {
                *kind = Kind::YesNo {
                    not_applicable: false,
                    unmet_if_yes: true,
                };
            }
            _ => {}
        }
    }
    let office = ready.operator();
    actions::adopt(&office, &newer, "newer").await.unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn counts_are_those_that_the_answers_give(deeds in prop::collection::vec(deed(), 1..25)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut ready = Ready::new(3).await;
            with_second_list(&ready).await;
            let day = run(&mut ready, &deeds).await;
            agree(&ready, day).await;
            ready.rows_are_vouched_for().await;
        });
    }
}

#[tokio::test]
async fn counts_hold_on_postgresql_with_everybody_at_once() {
    let Some(server) = Postgres::fresh("readiness").await else {
        return;
    };
    let home = Installation::on(server.database.clone());
    let ready = std::sync::Arc::new(Ready::on(home, 3).await);
    let mut all = tokio::task::JoinSet::new();
    for round in 0..30_usize {
        for station in STATIONS {
            let ready = std::sync::Arc::clone(&ready);
            all.spawn(async move {
                let (item, values) = ITEMS[round % ITEMS.len()];
                let field = format!("answer.{item}");
                let fields = [
                    (field.as_str(), values[round % values.len()]),
                    ("answer.booths", if round % 2 == 0 { "1" } else { "5" }),
                ];
                let hours = i64::try_from(round / 10).unwrap() * 24;
                let now = at(NOW)
                    .checked_add(SignedDuration::from_hours(hours))
                    .unwrap();
                let who = ready.member_at(station, MEMBERS[round % 3], now);
                inbox::take(&who, &ready.envelope(station, &fields))
                    .await
                    .unwrap();
            });
        }
    }
    while let Some(done) = all.join_next().await {
        done.unwrap();
    }
    agree(&ready, date(2023, 10, 4)).await;
    ready.rows_are_vouched_for().await;
    drop(ready);
    server.drop().await;
}
