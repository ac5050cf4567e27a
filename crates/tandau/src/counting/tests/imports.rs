//! Protocols from files: all or nothing, and nothing breaks.

use super::walk::sound;
use super::world::{CONTEST, ELECTION, World, hour};
use super::*;
use import::{Imported, csv};
use model::ProtocolState;
use proptest::prelude::*;
use std::fmt::Write as _;

fn file(entries: &[(&str, u64)]) -> String {
    let mut text = String::from("station,contest,line,item,value\n");
    for (station, issued) in entries {
        for (key, figure) in sound(station, *issued).values {
            let item = key.item_id().unwrap_or_default();
            writeln!(text, "{station},{CONTEST},{},{item},{figure}", key.line()).unwrap();
        }
    }
    text
}

async fn import(world: &World, text: &str, dry: bool) -> Result<Imported, Error> {
    csv(
        &world.home.operator().at(hour(23, 0)),
        ELECTION,
        text.as_bytes(),
        dry,
    )
    .await
}

fn problems(error: Error) -> Vec<String> {
    match error {
        Error::Invalid(problems) => problems.into_iter().map(|p| p.field).collect(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_file_is_taken_once() {
    let world = World::new(3).await;
    let text = file(&[("st1", 300), ("st2", 333)]);
    let dry = import(&world, &text, true).await.unwrap();
    assert_eq!((dry.protocols, dry.faulty), (2, 0));
    {
        let mut reader = world.home.app.read().await.unwrap();
        assert!(
            queries::protocol(&mut reader, "st1", CONTEST)
                .await
                .unwrap()
                .is_none(),
            "a dry run leaves nothing"
        );
    }
    assert_eq!(import(&world, &text, false).await.unwrap().protocols, 2);
    let again = import(&world, &text, false).await.unwrap();
    assert_eq!((again.protocols, again.unchanged), (0, 2));
    let other = import(&world, &file(&[("st3", 200), ("st1", 301)]), false)
        .await
        .unwrap_err();
    assert_eq!(problems(other).len(), 1);
    let mut reader = world.home.app.read().await.unwrap();
    let state = async |reader: &mut crate::platform::database::Reader, station| {
        queries::protocol(reader, station, CONTEST)
            .await
            .unwrap()
            .unwrap()
            .state
    };
    assert_eq!(state(&mut reader, "st1").await, ProtocolState::Submitted);
    assert_eq!(
        state(&mut reader, "st3").await,
        ProtocolState::Expected,
        "nothing of a refused file is taken"
    );
    drop(reader);
    let target = actions::Target::new("st1", CONTEST, 1);
    actions::accept(&world.district(hour(23, 30)), &target)
        .await
        .unwrap();
}

#[tokio::test]
async fn numbers_and_places_name_things_too() {
    let world = World::new(1).await;
    let mut text = String::from("station,contest,line,item,value\n");
    let members = ["st1-deputy", "st1-member3", "st1-member4"];
    for (key, figure) in sound("st1", 300).values {
        let item = match key.item_id() {
            None => String::new(),
            Some(id) if id.starts_with('c') => id.trim_start_matches('c').to_owned(),
            Some(id) => (members.iter().position(|m| *m == id).unwrap() + 1).to_string(),
        };
        writeln!(text, "1,d1,{},{item},{figure}", key.line()).unwrap();
    }
    assert_eq!(import(&world, &text, false).await.unwrap().protocols, 1);
    let mut reader = world.home.app.read().await.unwrap();
    let kept = queries::values(&mut reader, "st1", CONTEST, 1)
        .await
        .unwrap();
    assert_eq!(kept, sound("st1", 300));
}

#[tokio::test]
async fn faults_come_in_as_the_paper_says() {
    let world = World::new(1).await;
    let text = file(&[("st1", 300)]).replace("ballots_cancelled,,306", "ballots_cancelled,,300");
    let imported = import(&world, &text, false).await.unwrap();
    assert_eq!((imported.protocols, imported.faulty), (1, 1));
    let refused = actions::accept(
        &world.district(hour(23, 30)),
        &actions::Target::new("st1", CONTEST, 1),
    )
    .await;
    assert!(matches!(refused, Err(Error::Conflict(_))));
}

#[tokio::test]
async fn what_is_wrong_is_named_by_row_and_column() {
    let world = World::new(1).await;
    let head = "station,contest,line,item,value\n";
    for (text, field) in [
        ("", "row 1, "),
        ("a,b\n", "row 1, "),
        ("st9,vote-2023.d1,took_part,,1\n", "row 2, station"),
        ("st1,elsewhere,took_part,,1\n", "row 2, contest"),
        ("st1,vote-2023.d1,no_line,,1\n", "row 2, line"),
        ("st1,vote-2023.d1,took_part,c1,1\n", "row 2, item"),
        ("st1,vote-2023.d1,votes,9,1\n", "row 2, item"),
        ("st1,vote-2023.d1,votes,0,1\n", "row 2, item"),
        ("st1,vote-2023.d1,took_part,,-1\n", "row 2, value"),
        (
            "st1,vote-2023.d1,took_part,,99999999999999999999\n",
            "row 2, value",
        ),
        (
            "st1,vote-2023.d1,took_part,,1\nst1,vote-2023.d1,took_part,,2\n",
            "row 3, line",
        ),
        ("st1,vote-2023.d1,took_part\n", "row 2, "),
        (",vote-2023.d1,took_part,,1\n", "row 2, station"),
    ] {
        let whole = if text.is_empty() || text.starts_with("a,") {
            text.to_owned()
        } else {
            format!("{head}{text}")
        };
        let found = problems(import(&world, &whole, false).await.unwrap_err());
        assert_eq!(found[0], field, "{text:?}");
    }
    let unknown = csv(
        &world.home.operator(),
        "no-election",
        head.as_bytes(),
        false,
    )
    .await;
    assert!(matches!(unknown, Err(Error::NotFound)));
}

#[tokio::test]
async fn a_file_needs_the_power_to_enter() {
    let world = World::new(1).await;
    let text = file(&[("st1", 300)]);
    for (role, area) in [
        ("administrator", "kz"),
        ("district.secretary", "d1"),
        ("central.chair", "kz"),
    ] {
        let acting = world.acting("x", role, area, hour(23, 0));
        let refused = csv(&acting, ELECTION, text.as_bytes(), false).await;
        assert!(matches!(refused, Err(Error::Forbidden(_))), "{role}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn no_file_breaks_the_import(bytes in proptest::collection::vec(any::<u8>(), 0..400), cells in proptest::collection::vec("[-a-z0-9_.,\"\n \u{0}-\u{20}]{0,12}", 0..40)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let world = World::new(1).await;
            let acting = world.home.operator();
            let _ = csv(&acting, ELECTION, bytes.as_slice(), true).await;
            let mut mixed = b"station,contest,line,item,value\n".to_vec();
            mixed.extend(cells.join(",").into_bytes());
            mixed.extend(&bytes);
            let outcome = csv(&acting, ELECTION, mixed.as_slice(), true).await;
            assert!(outcome.is_ok() || matches!(outcome, Err(Error::Invalid(_) | Error::TooLarge)));
        });
    }
}
