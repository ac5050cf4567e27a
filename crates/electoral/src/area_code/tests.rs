use super::*;
use proptest::prelude::*;

fn code(text: &str) -> AreaCode {
    AreaCode::parse(text).unwrap()
}

#[test]
fn levels_follow_the_zeros() {
    for (text, level) in [
        ("350000000", Level::Region),
        ("353600000", Level::District),
        ("352110000", Level::SubDistrict),
        ("353630100", Level::Settlement),
        ("100000000", Level::Region),
        ("750000000", Level::Region),
    ] {
        assert_eq!(code(text).level(), level, "{text}");
    }
}

#[test]
fn parents_climb_when_one_is_missing() {
    let village = code("353630100");
    let all: Vec<String> = village.parents().iter().map(ToString::to_string).collect();
    assert_eq!(all, ["353630000", "353600000", "350000000"]);
    let direct = village.parent(|_| true).unwrap();
    assert_eq!(direct, code("353630000"));
    let climbed = village.parent(|p| p.level() < Level::SubDistrict).unwrap();
    assert_eq!(climbed, code("353600000"));
    assert_eq!(code("350000000").parents(), []);
    // A settlement right below a district has no rural district of its own.
    let direct: Vec<String> = code("353600100")
        .parents()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(direct, ["353600000", "350000000"]);
}

#[test]
fn regions_contain_their_villages() {
    let village = code("353630100");
    assert_eq!(village.region(), code("350000000"));
    assert_eq!(village.district(), Some(code("353600000")));
    assert_eq!(code("350000000").district(), None);
    assert!(code("353600000").contains(&village));
    assert!(village.contains(&village));
    assert!(!code("352100000").contains(&village));
}

#[test]
fn faults_are_typed() {
    assert_eq!(AreaCode::parse(""), Err(AreaCodeError::Length(0)));
    assert_eq!(AreaCode::parse("35360000"), Err(AreaCodeError::Length(8)));
    assert_eq!(
        AreaCode::parse(" 353600000"),
        Err(AreaCodeError::Length(10))
    );
    assert_eq!(
        AreaCode::parse("35360000a"),
        Err(AreaCodeError::NotADigit { position: 9 })
    );
    assert_eq!(
        AreaCode::parse("٣53600000"),
        Err(AreaCodeError::NotADigit { position: 1 })
    );
    assert_eq!(AreaCode::parse("003600000"), Err(AreaCodeError::NoRegion));
}

#[test]
fn json_is_a_checked_string() {
    let json = serde_json::to_string(&code("353600000")).unwrap();
    assert_eq!(json, "\"353600000\"");
    assert_eq!(
        serde_json::from_str::<AreaCode>(&json).unwrap(),
        code("353600000")
    );
    assert!(serde_json::from_str::<AreaCode>("353600000").is_err());
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,12}") {
        if let Ok(code) = AreaCode::parse(&text) {
            prop_assert_eq!(code.to_string(), text);
        }
    }

    #[test]
    fn parents_rise_and_contain(number in 10_000_000_u32..1_000_000_000) {
        let area = code(&format!("{number:09}"));
        let mut level = area.level();
        for parent in area.parents() {
            prop_assert!(parent.level() < level);
            prop_assert!(parent.contains(&area));
            prop_assert_eq!(parent.region(), area.region());
            level = parent.level();
        }
        prop_assert_eq!(area.parents().is_empty(), area.level() == Level::Region);
    }
}
