//! Files keep the house's shape: none too long, every room with its places.

use crate::source::{Source, files, program};
use crate::{none, sample};
use tandau::ROOMS;

/// Nobody reads a longer file as one idea.
const MAX_LINES: usize = 500;

fn too_long(files: &[Source]) -> Vec<String> {
    files
        .iter()
        .map(|f| (f, f.text.lines().count()))
        .filter(|(_, lines)| *lines > MAX_LINES)
        .map(|(f, lines)| format!("{} has {lines} lines", f.path))
        .collect()
}

#[test]
fn no_file_is_too_long() {
    let mut all = files("crates", &[".rs", ".html", ".sql", ".typ"]);
    all.extend(files("web", &[".ts", ".mjs", ".scss"]));
    all.extend(files("tests", &[".mjs"]));
    assert!(all.len() > 150, "the sources were found");
    none(too_long(&all));
    assert_eq!(too_long(&sample("x.rs", &"\n".repeat(501))).len(), 1);
}

/// The places that every room has; `actions`, `pages` only where it acts or shows.
const PLACES: [&str; 4] = ["mod", "model", "store", "queries"];

fn missing_places(files: &[Source], rooms: &[&str]) -> Vec<String> {
    let mut problems = Vec::new();
    for room in rooms {
        let has = |place: &str| {
            files.iter().filter_map(Source::in_program).any(|p| {
                p == format!("{room}/{place}.rs") || p.starts_with(&format!("{room}/{place}/"))
            })
        };
        problems.extend(
            PLACES
                .iter()
                .filter(|p| !has(p))
                .map(|p| format!("{room} has no {p}.rs")),
        );
        let acts = has("actions") || has("pages");
        let tested = files
            .iter()
            .any(|f| f.folder() == Some(room) && f.is_test());
        if acts && !tested {
            problems.push(format!("{room} has no tests"));
        }
    }
    problems
}

/// Actions that may be called from a page ask for the power first.
fn unguarded_actions(files: &[Source]) -> Vec<String> {
    files
        .iter()
        .filter(|f| !f.is_test())
        .filter(|f| {
            let inside = f.in_program().unwrap_or_default();
            inside.ends_with("/actions.rs") || inside.contains("/actions/")
        })
        .filter(|f| {
            let code = &f.parts.code;
            code.contains(".begin()") && !(code.contains(".require(") || code.contains("_in("))
        })
        .map(|f| format!("{}: begins a transaction and asks for no power", f.path))
        .collect()
}

/// A page calls one action: what belongs together is put together in `actions`, in one transaction.
fn acting_pages(files: &[Source], rooms: &[&str]) -> Vec<String> {
    files
        .iter()
        .filter(|f| !f.is_test() && f.folder().is_some_and(|room| rooms.contains(&room)))
        .filter(|f| {
            let inside = f.in_program().unwrap_or_default();
            inside.ends_with("/pages.rs") || inside.contains("/pages/")
        })
        .filter(|f| f.parts.code.contains(".begin()"))
        .map(|f| format!("{}: a page begins a transaction", f.path))
        .collect()
}

#[test]
fn pages_of_rooms_begin_no_transaction() {
    none(acting_pages(&program(), ROOMS));
    for path in ["people/pages.rs", "people/pages/office.rs"] {
        let bad = sample(
            &format!("crates/tandau/src/{path}"),
            "let mut tx = acting.begin().await?;",
        );
        assert_eq!(acting_pages(&bad, ROOMS).len(), 1, "{path}");
    }
}

#[test]
fn every_room_has_its_places() {
    let files = program();
    let built: Vec<&str> = ROOMS
        .iter()
        .copied()
        .filter(|room| {
            files
                .iter()
                .any(|f| f.folder() == Some(room) && f.path.ends_with("/model.rs"))
        })
        .collect();
    none(missing_places(&files, &built));
    none(unguarded_actions(&files));
    assert_eq!(
        missing_places(&sample("crates/tandau/src/people/mod.rs", ""), &["people"]).len(),
        3
    );
    let bad = sample(
        "crates/tandau/src/people/actions.rs",
        "let mut tx = acting.begin().await?;",
    );
    assert_eq!(unguarded_actions(&bad).len(), 1);
}
