//! Forms made for ODK and KoBo: what is taken of them, and that nothing is left out in silence.

use super::*;
use electoral::text::Text;

const CHOICES: &[&[&str]] = &[
    &[
        "list_name",
        "name",
        "label::English (en)",
        "label::Русский (ru)",
    ],
    &["yn", "1", "Yes", "Да"],
    &["yn", "0", "No", "Нет"],
    &["yes_no_dk", "yes", "Yes", "Да"],
    &["yes_no_dk", "no", "No", "Нет"],
    &["yes_no_dk", "dont_know", "Don't know", "Не знаю"],
    &["ynn", "a", "Yes", ""],
    &["ynn", "b", "No", ""],
    &["ynn", "c", "Not applicable", ""],
    &["fuel", "gas", "Gas", "Газ"],
    &["fuel", "coal", "Coal", "Уголь"],
];

#[test]
fn what_a_checklist_can_carry_is_carried() {
    let understood = read(&workbook(&[
        (
            "survey",
            &[
                &[
                    "type",
                    "name",
                    "label::English (en)",
                    "label::Русский (ru)",
                    "label::Қазақша (kk)",
                    "hint::English (en)",
                    "hint::Русский (ru)",
                    "hint::Қазақша (kk)",
                    "required",
                    "constraint",
                ],
                &["begin group", "Heating", "Heating", "Отопление", "Жылыту"],
                &[
                    "select_one yn",
                    "works",
                    "Does it work?",
                    "Работает?",
                    "Жұмыс істей ме?",
                    "",
                    "",
                    "",
                    "yes",
                ],
                &[
                    "note",
                    "n1",
                    "Measure at noon.",
                    "Измерьте в полдень.",
                    "Түсте өлшеңіз.",
                    "",
                    "",
                    "",
                    "",
                ],
                &[
                    "integer",
                    "warm",
                    "How warm is it?",
                    "Сколько градусов?",
                    "Неше градус?",
                    "",
                    "",
                    "",
                    "true()",
                    ". >= 18 and . <= 30",
                ],
                &["end group"],
                &[
                    "begin_group",
                    "safety",
                    "Safety",
                    "Безопасность",
                    "Қауіпсіздік",
                ],
                &[
                    "date",
                    "act",
                    "Day of the act",
                    "Дата акта",
                    "Актінің күні",
                    "",
                    "",
                    "",
                    "yes",
                ],
                &[
                    "image",
                    "exit",
                    "Photo of the exit",
                    "Фото выхода",
                    "Шығу жолының фотосуреті",
                    "h",
                    "п",
                    "т",
                    "yes",
                ],
                &[
                    "text",
                    "post",
                    "Post and telephone",
                    "Должность и телефон",
                    "Лауазымы мен телефоны",
                    "",
                    "",
                    "",
                    "yes",
                    "string-length(.) < 101",
                ],
                &[
                    "select_one ynn",
                    "plan",
                    "Is there a plan?",
                    "Есть план?",
                    "Жоспар бар ма?",
                    "",
                    "",
                    "",
                    "yes",
                ],
                &["end_group"],
            ],
        ),
        ("choices", CHOICES),
        (
            "settings",
            &[
                &["form_title", "form_id", "version"],
                &["Winter", "winter_2026", "7"],
            ],
        ),
    ]))
    .unwrap();
    let list = &understood.list;
    assert_eq!(list.id, "winter_2026");
    assert_eq!(list.title.kk, "Winter");
    let sections: Vec<_> = list
        .sections
        .iter()
        .map(|s| (s.id.as_str(), s.title.kk.as_str()))
        .collect();
    assert_eq!(sections, [("heating", "Жылыту"), ("safety", "Қауіпсіздік")]);
    let kinds: Vec<_> = list
        .items
        .iter()
        .map(|i| (i.id.as_str(), i.section.as_str(), i.kind.as_str()))
        .collect();
    assert_eq!(
        kinds,
        [
            ("works", "heating", "yes_no"),
            ("warm", "heating", "number"),
            ("act", "safety", "date"),
            ("exit", "safety", "photo"),
            ("post", "safety", "text"),
            ("plan", "safety", "yes_no"),
        ]
    );
    let Kind::Number { least, most, .. } = list.item("warm").unwrap().kind else {
        panic!("a number");
    };
    assert_eq!((least, most), (Milli(18_000), Milli(30_000)));
    assert_eq!(
        list.item("warm").unwrap().hint,
        Some(Text {
            kk: "Түсте өлшеңіз.".to_owned(),
            ru: "Измерьте в полдень.".to_owned(),
            en: "Measure at noon.".to_owned()
        })
    );
    assert_eq!(
        list.item("post").unwrap().kind,
        Kind::Text { most_chars: 100 }
    );
    assert!(list.item("plan").unwrap().kind.may_not_apply());
    assert!(!list.item("works").unwrap().kind.may_not_apply());
    for item in &list.items {
        assert_eq!(
            (
                item.severity,
                item.body.as_str(),
                item.due_days,
                item.basis.confidence
            ),
            (Severity::Major, "commission", 5, Confidence::Gap)
        );
    }
    // Everything that was put in is told, row by row.
    let usual = ["severity", "body", "due", "basis"];
    let told = reasons(&understood);
    for (row, more) in [
        (3, vec!["unmet"]),
        (5, vec!["whole", "unit", "unmet"]),
        (8, vec!["unmet"]),
        (9, vec![]),
        (10, vec![]),
        (11, vec!["unmet"]),
    ] {
        let mut found: Vec<_> = told
            .iter()
            .filter(|(r, _)| *r == row)
            .map(|(_, w)| *w)
            .collect();
        let mut expected: Vec<_> = more.into_iter().chain(usual).collect();
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected, "row {row}");
    }
    let settings: Vec<_> = understood
        .left
        .iter()
        .filter(|l| l.sheet == "settings")
        .map(|l| l.reason)
        .collect();
    assert_eq!(settings, [Reason::Translation, Reason::Hours]);
}

/// One row each that a checklist can't carry, among questions that it can.
#[test]
fn what_it_can_not_carry_is_listed_with_sheet_row_and_reason() {
    let understood = read(&workbook(&[
        (
            "survey",
            &[
                &[
                    "type",
                    "name",
                    "label",
                    "required",
                    "constraint",
                    "relevant",
                    "calculation",
                    "choice_filter",
                    "label::Français (fr)",
                    "appearance",
                    "disabled",
                ],
                &["start", "start"],
                &["text", "q", "Question?", "yes", "string-length(.) <= 9"],
                &["select_multiple fuel", "many", "Which?"],
                &["select_one fuel", "fuel", "Which one?"],
                &["select_one yes_no_dk", "dk", "Sure?"],
                &["select_one_from_file towns.csv", "town", "Where?"],
                &["geopoint", "place", "Where is it?"],
                &["calculate", "sum", "", "", "", "", "1 + 1"],
                &["begin_repeat", "rooms", "Rooms"],
                &["text", "room", "Which room?"],
                &["begin_group", "deep", "Deep"],
                &["image", "deep_photo", "Photo"],
                &["end_group"],
                &["end_repeat"],
                &[
                    "select_one yn",
                    "heated",
                    "Heated?",
                    "yes",
                    "",
                    "${q} = 'a'",
                ],
                &["decimal", "n", "How many?", "yes", ". mod 2 = 0"],
                &[
                    "text",
                    "named",
                    "Who is at ${q}?",
                    "yes",
                    "regex(., '[a-z]+')",
                ],
                &[
                    "text",
                    "off",
                    "Not asked",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "yes",
                ],
                &["begin_group", "outer", "Outer"],
                &["begin_group", "inner", "Inner"],
                &["date", "day", "When?", "no", ". <= today()"],
                &["end_group"],
                &["note", "bye", "Thank you."],
                &["end_group"],
                &[
                    "text",
                    "Ünïcode",
                    "Français seulement",
                    "",
                    "",
                    "",
                    "",
                    "a = b",
                    "Oui",
                    "multiline",
                ],
            ],
        ),
        ("choices", CHOICES),
        ("settings", &[&["form_title", "style"], &["Test", "pages"]]),
        ("entities", &[&["list_name"], &["x"]]),
    ]))
    .unwrap();
    let ids: Vec<_> = understood
        .list
        .items
        .iter()
        .map(|i| i.id.as_str())
        .collect();
    assert_eq!(ids, ["q", "heated", "n", "named", "q__n_code", "day"]);
    let lost: Vec<_> = understood
        .left
        .iter()
        .filter(|l| !l.reason.is_filled())
        .map(|l| (l.sheet.as_str(), l.row, l.reason.as_str(), l.what.as_str()))
        .collect();
    for expected in [
        ("survey", 1, "column", "calculation"),
        ("survey", 1, "column", "choice_filter"),
        ("survey", 1, "column", "appearance"),
        ("survey", 1, "language", "label::Français (fr)"),
        ("survey", 2, "type", "start: start"),
        ("survey", 4, "type", "many: select_multiple fuel"),
        ("survey", 5, "choices", "fuel: fuel"),
        ("survey", 6, "choices", "dk: yes_no_dk"),
        ("survey", 7, "type", "town: select_one_from_file towns.csv"),
        ("survey", 8, "type", "place: geopoint"),
        ("survey", 9, "type", "sum: calculate"),
        ("survey", 10, "repeat", "rooms"),
        ("survey", 11, "in-repeat", "room"),
        ("survey", 13, "in-repeat", "deep_photo"),
        ("survey", 16, "condition", "heated: ${q} = 'a'"),
        ("survey", 17, "check", "n: . mod 2 = 0"),
        ("survey", 18, "check", "named: regex(., '[a-z]+')"),
        ("survey", 18, "reference", "Who is at ${q}?"),
        ("survey", 19, "disabled", "off"),
        ("survey", 21, "nested", "inner"),
        ("survey", 22, "check", "day: . <= today()"),
        ("survey", 22, "optional", "day, q__n_code"),
        ("survey", 24, "note", "Thank you."),
        ("settings", 1, "column", "style"),
        ("entities", 0, "sheet", ""),
    ] {
        assert!(lost.contains(&expected), "{expected:?} of {lost:#?}");
    }
    assert!(
        understood.list.item("heated").unwrap().kind.may_not_apply(),
        "asked of nobody else"
    );
    let renamed: Vec<_> = understood
        .left
        .iter()
        .filter(|l| l.reason == Reason::Renamed)
        .map(|l| l.what.as_str())
        .collect();
    assert!(renamed.contains(&"Ünïcode → q__n_code"), "{renamed:?}");
}

#[test]
fn words_without_a_language_are_in_the_usual_one() {
    for (default, words, lang) in [
        ("Қазақша (kk)", "Test?", "kk"),
        ("Russian", "Test?", "ru"),
        ("", "Бар ма, әлде жоқ па?", "kk"),
        ("", "Есть или нет?", "ru"),
        ("", "Is there one?", "en"),
    ] {
        let understood = read(&workbook(&[
            (
                "survey",
                &[&["type", "name", "label"], &["image", "q", words]],
            ),
            ("settings", &[&["default_language"], &[default]]),
        ]))
        .unwrap();
        let item = understood.list.items.first().unwrap();
        assert_eq!(
            (item.wording.kk.as_str(), item.wording.en.as_str()),
            (words, words)
        );
        let missing = understood
            .left
            .iter()
            .find(|l| l.reason == Reason::Translation && l.row == 2 && l.sheet == "survey")
            .unwrap();
        assert!(missing.what.starts_with("q ("), "{missing:?}");
        assert!(!missing.what.contains(lang), "{missing:?} {lang}");
        assert_eq!(understood.list.sections.first().unwrap().id, "general");
    }
}
