use super::*;

#[test]
fn the_built_in_checklist_is_sound() {
    let list = Checklist::built_in().unwrap();
    assert!(!list.items.is_empty());
}

#[test]
fn numbers_are_read_exactly() {
    for (text, milli) in [
        ("7.5", 7_500),
        ("7,05", 7_050),
        ("-3", -3_000),
        ("0.001", 1),
    ] {
        assert_eq!(text.parse(), Ok(Milli(milli)), "{text}");
    }
    for bad in [
        "",
        "7.",
        ".5",
        "1.2345",
        "1e3",
        "1 000",
        "12345678901",
        "+3",
        "٣",
    ] {
        assert_eq!(bad.parse::<Milli>(), Err(()), "{bad}");
    }
    assert_eq!(Milli(7_050).to_string(), "7.05");
    assert_eq!(Milli(-500).to_string(), "-0.5");
}
