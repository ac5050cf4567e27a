use crate::platform::i18n::{Lang, T};
use std::path::Path;

/// Every event that a room writes has a name in every language: the sources themselves are read.
#[test]
fn every_event_has_a_name() {
    let mut events = Vec::new();
    collect(
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")),
        &mut events,
    );
    assert!(events.len() > 15, "the scan found only {events:?}");
    for lang in Lang::ALL {
        for event in &events {
            let key = format!("event-{}", event.replace(['.', '_'], "-"));
            assert!(T::new(lang).dynamic(&key).is_some(), "{lang:?} lacks {key}");
        }
    }
}

fn collect(folder: &Path, events: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, events);
        } else if path.extension().is_some_and(|e| e == "rs")
            && !path.to_string_lossy().contains("tests")
        {
            let text = std::fs::read_to_string(&path).unwrap();
            for rest in text.split("event: \"").skip(1) {
                events.extend(rest.split('"').next().map(str::to_owned));
            }
        }
    }
}
