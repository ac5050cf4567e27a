//! Candidates from a file, taken whole or not at all.

use super::*;
use crate::candidates::import::import_csv;
use proptest::prelude::*;

const HEAD: &str = "contest,name_kk,name_ru,name_en,sex,birth_date,nominated_by,organisation,nominated_on,occupation_kk,occupation_ru,occupation_en,registered_on,decision_number,signatures_valid,synthetic\n";
/// After registration began; decisions of both days are on record.
const LATER: &str = "2023-10-07T06:00:00Z";

fn row(contest: &str, name: &str, rest: &str) -> String {
    format!("{contest},{name},{name},{name},female,1980-03-01,{rest}\n")
}

async fn take(world: &World, rows: &[String], dry_run: bool) -> Result<usize, Error> {
    let text = format!("{HEAD}{}", rows.concat());
    import_csv(&world.operator(LATER), ELECTION, text.as_bytes(), dry_run).await
}

async fn all(world: &World) -> Vec<crate::candidates::Candidate> {
    let mut reader = world.home.app.read().await.unwrap();
    queries::all_of_election(&mut reader, ELECTION)
        .await
        .unwrap()
}

#[tokio::test]
async fn nominated_and_registered_by_the_rooms_own_acts() {
    let world = World::new().await;
    world.reach(ElectionState::Registration).await;
    party(&world, "Жаңа жол").await;
    world.decide("17", DISTRICT, "2023-10-06").await;
    let rows = [
        row(
            EAST,
            "Әсел",
            "self,,2023-09-20,Мұғалім,Учитель,Teacher,2023-10-06,17,11,yes",
        ),
        row(DISTRICT, "Болат", "party,жаңа жол,2023-09-21,,,,,,,yes"),
        row(WEST, "Дина", "self,,2023-09-22,,,,,,,yes"),
    ];
    assert_eq!(take(&world, &rows, true).await.unwrap(), 3);
    assert!(all(&world).await.is_empty(), "a trial run changes nothing");
    assert_eq!(take(&world, &rows, false).await.unwrap(), 3);
    let candidates = all(&world).await;
    let states: Vec<_> = candidates
        .iter()
        .map(|c| (c.names.kk.as_str(), c.state))
        .collect();
    assert_eq!(
        states,
        [
            ("Әсел", CandidateState::Registered),
            ("Болат", CandidateState::Nominated),
            ("Дина", CandidateState::Nominated)
        ]
    );
    assert_eq!(candidates[0].signatures_valid, Some(11));
    assert_eq!(candidates[0].occupation.ru, "Учитель");
    assert!(candidates[1].organisation_id.is_some());
    let mut reader = world.home.app.read().await.unwrap();
    let events = queries::events(&mut reader, &candidates[0].id)
        .await
        .unwrap();
    assert_eq!(events.len(), 2);
    assert_eq!(events[1].decision_id.as_deref(), Some("17"));
    drop(reader);
    // The same file again would nominate the same people twice.
    let again = take(&world, &rows, false).await;
    let Err(Error::Invalid(problems)) = again else {
        panic!("{again:?}");
    };
    assert_eq!(problems.len(), 3, "{problems:?}");
    assert_eq!(all(&world).await.len(), 3);
}

#[tokio::test]
async fn one_bad_row_is_named_and_nothing_is_taken() {
    let world = World::new().await;
    world.reach(ElectionState::Registration).await;
    world.decide("17", DISTRICT, "2023-10-06").await;
    let good = row(EAST, "Әсел", "self,,2023-09-20,,,,,,,yes");
    for (bad, column) in [
        (
            row("none", "Болат", "self,,2023-09-20,,,,,,,yes"),
            "contest",
        ),
        (row(EAST, "", "self,,2023-09-20,,,,,,,yes"), "name_kk"),
        (
            row(EAST, "Болат", "king,,2023-09-20,,,,,,,yes"),
            "nominated_by",
        ),
        (
            row(EAST, "Болат", "self,,yesterday,,,,,,,yes"),
            "nominated_on",
        ),
        (
            row(EAST, "Болат", "self,,2022-01-01,,,,,,,yes"),
            "nominated_on",
        ),
        (
            row(EAST, "Болат", "party,,2023-09-20,,,,,,,yes"),
            "organisation",
        ),
        (
            row(EAST, "Болат", "party,Жоқ,2023-09-20,,,,,,,yes"),
            "organisation",
        ),
        (
            row(EAST, "Болат", "self,,2023-09-20,,,,2023-10-06,99,11,yes"),
            "decision_number",
        ),
        (
            row(EAST, "Болат", "self,,2023-09-20,,,,2023-10-06,17,,yes"),
            "signatures_valid",
        ),
        (
            row(EAST, "Болат", "self,,2023-09-20,,,,2023-10-06,17,1,yes"),
            "signatures_valid",
        ),
        (
            row(EAST, "Болат", "self,,2023-09-20,,,,2023-10-06,17,x,yes"),
            "signatures_valid",
        ),
        (row(EAST, "әсел", "self,,2023-09-20,,,,,,,yes"), "name_kk"),
    ] {
        let told = take(&world, &[good.clone(), bad.clone()], false).await;
        let Err(Error::Invalid(problems)) = told else {
            panic!("{bad}: {told:?}");
        };
        let named = problems
            .iter()
            .any(|p| p.field.starts_with("row 3") && p.field.contains(column));
        assert!(named, "{bad}: {problems:?}");
        assert!(all(&world).await.is_empty());
    }
    let nowhere = import_csv(&world.operator(LATER), "none", HEAD.as_bytes(), false).await;
    assert!(matches!(nowhere, Err(Error::NotFound)));
}

#[tokio::test]
async fn nobody_loads_candidates_of_another_district() {
    let world = World::new().await;
    world.reach(ElectionState::Nomination).await;
    let acting = district(&world, NOMINATION);
    let text = |contest: &str| {
        format!(
            "{HEAD}{}",
            row(contest, "Әсел", "self,,2023-09-20,,,,,,,yes")
        )
    };
    let other = import_csv(&acting, ELECTION, text(WEST).as_bytes(), false).await;
    assert!(matches!(other, Err(Error::Forbidden(_))), "{other:?}");
    let own = import_csv(&acting, ELECTION, text(EAST).as_bytes(), false).await;
    assert_eq!(own.unwrap(), 1);
}

#[test]
fn any_bytes_are_candidates_or_a_refusal() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let world = runtime.block_on(World::new());
    let cell = prop_oneof![
        "\\PC{0,12}",
        Just(EAST.to_owned()),
        Just("self".to_owned()),
        Just("2023-09-20".to_owned()),
        Just("\"".to_owned()),
        Just("\n".to_owned()),
    ];
    let cells = prop::collection::vec(cell, 0..40).prop_map(|cells| {
        let mut text = HEAD.as_bytes().to_vec();
        text.extend_from_slice(cells.join(",").as_bytes());
        text
    });
    let bytes = prop_oneof![any::<Vec<u8>>(), cells];
    let mut runner = proptest::test_runner::TestRunner::default();
    runner
        .run(&bytes, |bytes| {
            let acting = world.operator(LATER);
            let taken = runtime.block_on(import_csv(&acting, ELECTION, &bytes, true));
            prop_assert!(matches!(taken, Ok(_) | Err(Error::Invalid(_))), "{taken:?}");
            Ok(())
        })
        .unwrap();
}
