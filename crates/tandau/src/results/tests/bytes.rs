//! Whatever a file of published figures holds, it is read or refused.

use crate::platform::Error;
use crate::results::actions::read_published;
use proptest::prelude::*;

const PILOT: &str = include_str!("../../../../../demo/published/akim-2023.json");

fn damaged() -> impl Strategy<Value = String> {
    let change = (
        any::<prop::sample::Index>(),
        "\\PC{0,8}|[\\[\\]{}:,\"0-9]{1,4}",
    );
    prop::collection::vec(change, 1..5).prop_map(|changes| {
        let mut signs: Vec<char> = PILOT.chars().collect();
        for (at, text) in changes {
            let at = at.index(signs.len());
            signs.splice(at..at, text.chars());
        }
        signs.into_iter().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn any_text_is_figures_or_a_refusal(text in prop_oneof!["\\PC*", damaged()]) {
        let told = read_published("e", &text);
        prop_assert!(matches!(told, Ok(_) | Err(Error::Invalid(_))), "{told:?}");
    }
}

#[test]
fn nesting_without_end_is_refused() {
    assert!(!read_published("e", PILOT).unwrap().is_empty());
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let text = format!("{}0{}", open.repeat(200_000), close.repeat(200_000));
        assert!(matches!(read_published("e", &text), Err(Error::Invalid(_))));
        assert!(read_published("e", &open.repeat(200_000)).is_err());
    }
}
