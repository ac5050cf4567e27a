use super::*;
use crate::platform::Names;
use proptest::prelude::*;

fn actor(role: &str, area: &str) -> Actor {
    let grant = Grant {
        role: Role::parse(role).unwrap(),
        area_id: area.to_owned(),
    };
    Actor::new("p".to_owned(), Names::default(), vec![grant])
}

fn path(areas: &[&str]) -> Vec<String> {
    areas.iter().map(|a| (*a).to_owned()).collect()
}

#[test]
fn the_built_in_table_covers_every_action() {
    let policy = Policy::built_in().unwrap();
    for action in Action::ALL {
        assert!(!policy.powers(*action).is_empty(), "{}", action.name());
    }
}

#[test]
fn reach_is_counted_from_the_offices_own_area() {
    let policy = Policy::built_in().unwrap();
    let station = path(&["st448", "aktogay", "karaganda", "kz"]);
    let elsewhere = path(&["st900", "osakarov", "karaganda", "kz"]);
    let district = path(&["aktogay", "karaganda", "kz"]);
    let counting = Some("counting");
    let secretary = actor("precinct.secretary", "st448");
    let higher = actor("district.secretary", "aktogay");
    assert!(policy.allows(&secretary, Action::ProtocolEnter, &station, counting));
    assert!(!policy.allows(&secretary, Action::ProtocolEnter, &elsewhere, counting));
    assert!(!policy.allows(
        &secretary,
        Action::ProtocolEnter,
        &station,
        Some("campaign")
    ));
    assert!(!policy.allows(&secretary, Action::ProtocolConfirm, &station, counting));
    assert!(policy.allows(&higher, Action::ProtocolDecide, &station, counting));
    assert!(!policy.allows(&higher, Action::ProtocolDecide, &elsewhere, counting));
    assert!(
        !policy.allows(&higher, Action::ProtocolEnter, &station, counting),
        "a higher commission may not alter a protocol"
    );
    assert!(policy.allows(&higher, Action::OutcomeDetermine, &district, counting));
    assert!(!policy.allows(
        &actor("region.chair", "karaganda"),
        Action::OutcomeDetermine,
        &district,
        counting
    ));
}

#[test]
fn a_table_with_a_gap_is_refused() {
    assert!(matches!(
        Policy::parse("power = []"),
        Err(PolicyError::Missing(_))
    ));
    let odd = r#"[[power]]
action = "protocol.enter"
who = ["king"]
reach = "own"
basis = "" "#;
    assert!(matches!(
        Policy::parse(odd),
        Err(PolicyError::UnknownRole(_))
    ));
}

fn rows_of_powers() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,10}",
        prop::sample::select(vec![
            "[[power]]\n",
            "action = \"protocol.enter\"\n",
            "who = [\"precinct.chair\"]\n",
            "reach = \"own\"\n",
            "basis = \"x\"\n",
            "states = []\n",
            "[",
            "]",
            "\"",
            "\n",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

proptest! {
    // Without a row for every action no table is taken, so chance never makes one.
    #[test]
    fn any_text_is_refused_as_a_table(text in prop_oneof!["\\PC*", rows_of_powers()]) {
        prop_assert!(Policy::parse(&text).is_err());
    }

    #[test]
    fn any_text_is_an_office_or_none(text in "\\PC{0,40}") {
        if let Some(role) = Role::parse(&text) {
            prop_assert!(Role::all().contains(&role));
        }
    }
}
