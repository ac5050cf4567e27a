use super::*;
use proptest::prelude::*;

fn one(text: &str) -> Result<Vec<Part>, NoteError> {
    parse(text)
}

#[test]
fn places_are_read_among_words() {
    let parts =
        one("Held: {events kind=seminar_meeting} of {share option=remote question=forms|almost}.")
            .unwrap();
    assert_eq!(parts.len(), 5);
    let told: Vec<String> = places(&parts).map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "{events kind=seminar_meeting}",
            "{share option=remote question=forms|almost}"
        ]
    );
}

#[test]
fn broken_places_are_refused_with_their_position() {
    assert_eq!(one("қала {a"), Err(NoteError::Open(6)));
    assert_eq!(one("қала } a"), Err(NoteError::Close(6)));
    assert_eq!(one("{a {b}}"), Err(NoteError::Open(1)));
    for bad in [
        "{}",
        "{ }",
        "{a b}",
        "{a b=}",
        "{a b=c b=d}",
        "{a|round}",
        "{a|}",
        "{a b=<i>}",
        "{\u{202e}a}",
    ] {
        assert!(matches!(one(bad), Err(NoteError::Bad(1, _))), "{bad}");
    }
    assert_eq!(one(&"a".repeat(40_001)), Err(NoteError::TooLong));
    assert_eq!(one(&"{a}".repeat(201)), Err(NoteError::TooMany));
}

#[test]
fn digits_in_words_are_listed_and_figures_are_not() {
    let parts = one("{a} of 540, ٣٤ and ½; {b station=448} 38 %").unwrap();
    let digits: Vec<String> = typed(&parts)
        .into_iter()
        .map(|typed| typed.digits)
        .collect();
    assert_eq!(digits, ["540", "٣٤", "½", "38"]);
    assert!(typed(&one("{a n=540}{b n=7}").unwrap()).is_empty());
}

#[test]
fn shares_of_the_survey_are_written_as_printed() {
    let shown = |part, format, language| {
        Value::Share { part, of: 327 }
            .shown(format, language)
            .unwrap()
    };
    assert_eq!(shown(124, Format::Plain, Language::En), "37.9\u{a0}%");
    assert_eq!(shown(124, Format::Whole, Language::En), "38\u{a0}%");
    assert_eq!(shown(124, Format::Almost, Language::En), "almost 38\u{a0}%");
    assert_eq!(shown(83, Format::Plain, Language::En), "25.4\u{a0}%");
    assert_eq!(shown(230, Format::Plain, Language::Ru), "70,3\u{a0}%");
    assert_eq!(shown(177, Format::Plain, Language::Kk), "54,1\u{a0}%");
    assert_eq!(shown(138, Format::Plain, Language::En), "42.2\u{a0}%");
}

#[test]
fn almost_is_said_only_below_and_nothing_has_no_share() {
    let shown = |part, of| Value::Share { part, of }.shown(Format::Almost, Language::En);
    assert_eq!(shown(38, 100).unwrap(), "38\u{a0}%");
    assert_eq!(shown(383, 1000).unwrap(), "38\u{a0}%");
    assert_eq!(shown(0, 0), None);
    assert_eq!(shown(2, 1), None);
    assert!(
        Value::Share {
            part: u64::MAX,
            of: u64::MAX
        }
        .shown(Format::Plain, Language::En)
        .is_some()
    );
}

#[test]
fn the_built_in_templates_are_sound() {
    let rules = PressRules::built_in().unwrap();
    let visit = rules.template("visit").unwrap();
    assert!(places(&parse(&visit.body.en).unwrap()).count() > 20);
    let readiness = rules.template("readiness").unwrap();
    assert_eq!(readiness.about, "area");
    assert!(told(&readiness.body).unwrap().places.len() > 5);
}

#[test]
fn a_text_tells_the_same_in_each_language_in_whatever_order() {
    let text = |kk: &str, ru: &str, en: &str| Text {
        kk: kk.to_owned(),
        ru: ru.to_owned(),
        en: en.to_owned(),
    };
    let told_of = told(&text("{a} {b}", "{b} {a} 7", "{a}, {b}")).unwrap();
    let names: Vec<&str> = told_of.places.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["a", "b"]);
    assert_eq!(told_of.typed.len(), 1);
    assert_eq!(told_of.typed[0].0, Language::Ru);
    assert_eq!(
        told(&text("{a}", "{a}", "{a} {a}")),
        Err(TextError::Differs(Language::En))
    );
    assert_eq!(
        told(&text("{a}", " ", "{a}")),
        Err(TextError::Blank(Language::Ru))
    );
    assert!(matches!(
        told(&text("{a}", "{a", "{a}")),
        Err(TextError::Place(Language::Ru, NoteError::Open(1)))
    ));
}

#[test]
fn a_typed_figure_or_an_untold_one_is_refused() {
    let rules = |en: &str| {
        PressRules::parse(&format!(
            "id = \"x\"\n[[template]]\nid = \"a\"\nabout = \"area\"\n\
             name = {{ kk = \"a\", ru = \"a\", en = \"a\" }}\ntitle = {{ kk = \"a\", ru = \"a\", en = \"a\" }}\n\
             body = {{ kk = \"{{a}}\", ru = \"{{a}}\", en = \"{en}\" }}"
        ))
    };
    assert!(rules("it is {a}").is_ok());
    assert!(
        matches!(rules("{a} of 540"), Err(PressError::Typed { digits, .. }) if digits == "540")
    );
    assert!(matches!(
        rules("none"),
        Err(PressError::Differs {
            language: Language::En,
            ..
        })
    ));
    assert!(matches!(
        rules("{a|whole}"),
        Err(PressError::Differs { .. })
    ));
    assert!(matches!(rules("{a"), Err(PressError::Place { .. })));
    assert!(matches!(rules(" "), Err(PressError::Blank { .. })));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_and_loses_nothing(text in "[\\PC{}|= \n]{0,200}") {
        if let Ok(parts) = parse(&text) {
            let again: String = parts.iter().map(|part| match part {
                Part::Words(words) => words.clone(),
                Part::Figure(place) => place.to_string(),
            }).collect();
            prop_assert_eq!(parse(&again).unwrap(), parts);
        }
    }

    #[test]
    fn a_share_is_never_further_off_than_half_a_step(part in 0u64..=100_000, more in 0u64..=100_000) {
        let of = part + more + 1;
        let shown = Value::Share { part, of }.shown(Format::Plain, Language::En).unwrap();
        let tenths: u128 = shown.trim_end_matches("\u{a0}%").replace('.', "").parse().unwrap();
        let off = (tenths * u128::from(of)).abs_diff(u128::from(part) * 1000);
        prop_assert!(2 * off <= u128::from(of));
    }
}
