//! Files that are no checklist: the first line of each says what is told about it.

use super::*;
use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn each_bad_file_is_refused_by_name() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/checklist/tests/bad");
    let mut told = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let file = std::fs::read_to_string(&path).unwrap();
        let expected = file.lines().next().unwrap().strip_prefix("# ").unwrap();
        let error = Checklist::parse(&file).unwrap_err();
        let first = error.to_string();
        if let ChecklistError::Syntax(sentence) = &error {
            assert!(sentence.contains(expected), "{path:?}: {sentence}");
        } else {
            assert_eq!(first, expected, "{path:?}");
        }
        let name = format!("{error:?}");
        told.insert(name.split(['(', ' ']).next().unwrap().to_owned());
    }
    let all = [
        "Blank",
        "Deadlines",
        "Early",
        "Empty",
        "Id",
        "Impossible",
        "Long",
        "Means",
        "NoArticle",
        "NoSection",
        "Syntax",
        "Told",
        "TooMany",
        "Twice",
        "Untidy",
    ];
    // Too many and too long are made here: nobody wants to read such files.
    let mut many = Checklist::built_in().unwrap();
    let one = many.items.first().unwrap().clone();
    many.items = (0..=MOST_ITEMS)
        .map(|n| Item {
            id: format!("q{n}"),
            means: None,
            ..one.clone()
        })
        .collect();
    assert_eq!(many.check(), Err(ChecklistError::TooMany));
    many.items.truncate(MOST_ITEMS);
    assert_eq!(many.check(), Ok(()));
    many.items[0].wording.ru = "ы".repeat(MOST_CHARS);
    assert_eq!(many.check(), Ok(()));
    many.items[0].wording.ru.push('ы');
    assert_eq!(many.check(), Err(ChecklistError::Long("q0".to_owned())));
    told.extend(["TooMany".to_owned(), "Long".to_owned()]);
    assert_eq!(told.iter().map(String::as_str).collect::<Vec<_>>(), all);
}
