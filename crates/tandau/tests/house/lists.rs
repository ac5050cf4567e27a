//! What must be listed somewhere is: migrations, statements, audited kinds, routes.

use crate::source::{Source, files, program, root};
use crate::{none, sample};

fn unlisted_migrations(migrations: &[Source], list: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let mut numbers = Vec::new();
    for file in migrations {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        let number: Option<i64> = name.split('_').next().and_then(|n| n.parse().ok());
        let Some(number) = number.filter(|n| !numbers.contains(n)) else {
            problems.push(format!("{name}: needs a number of its own"));
            continue;
        };
        numbers.push(number);
        let entry = list
            .split('(')
            .find(|entry| entry.trim_start().starts_with(&format!("{number},")));
        let includes = list.contains(&format!("migrations/{name}\""));
        if entry.is_none() || !includes {
            problems.push(format!("{name} is not listed in migrations.rs"));
        }
    }
    problems
}

#[test]
fn every_migration_is_listed() {
    let migrations = files("crates/tandau/migrations", &[".sql"]);
    assert!(migrations.len() >= 4, "the migrations were found");
    let list =
        std::fs::read_to_string(root().join("crates/tandau/src/platform/database/migrations.rs"))
            .unwrap();
    none(unlisted_migrations(&migrations, &list));
    let new = sample("crates/tandau/migrations/0999_forgotten.sql", "");
    assert_eq!(unlisted_migrations(&new, &list).len(), 1);
    let twice = [
        sample("m/0001_platform.sql", ""),
        sample("m/0001_again.sql", ""),
    ]
    .into_iter()
    .flatten();
    assert_eq!(
        unlisted_migrations(&twice.collect::<Vec<_>>(), &list).len(),
        1
    );
}

/// `crates/tandau/src/people/store.rs` → `people::store`
fn module(file: &Source) -> String {
    let inside = file.in_program().unwrap_or_default();
    inside
        .trim_end_matches(".rs")
        .trim_end_matches("/mod")
        .replace('/', "::")
}

/// Files that declare `mark` but are missing from the list of the crate's root, which names `module::NAME`.
fn unlisted(files: &[Source], root: &str, mark: &str, name: &str) -> Vec<String> {
    files
        .iter()
        .filter(|f| f.folder().is_some() && !f.is_test() && f.parts.code.contains(mark))
        .filter(|f| !f.path.ends_with("database/statements.rs"))
        .map(module)
        .filter(|module| {
            // A room may hand on the lists of its parts: `counting::store::totals` through `counting::store`.
            let mut upper = module.as_str();
            loop {
                if root.contains(&format!("{upper}::{name}")) {
                    return false;
                }
                match upper.rsplit_once("::") {
                    Some((above, _)) => upper = above,
                    None => return true,
                }
            }
        })
        .map(|module| format!("{module}::{name} is missing in lib.rs"))
        .collect()
}

#[test]
fn statements_audited_kinds_and_routes_are_listed() {
    let files = program();
    let text = std::fs::read_to_string(root().join("crates/tandau/src/lib.rs")).unwrap();
    none(unlisted(&files, &text, "statements! {", "STATEMENTS"));
    none(unlisted(&files, &text, "const AUDITED:", "AUDITED"));
    none(unlisted(&files, &text, "fn routes() -> Routes", "routes"));

    let store = "crates/tandau/src/forgotten/store.rs";
    assert_eq!(
        unlisted(
            &sample(store, "statements! { A = \"\"; }"),
            &text,
            "statements! {",
            "STATEMENTS"
        )
        .len(),
        1
    );
    assert_eq!(
        unlisted(
            &sample(store, "const AUDITED: &[Audited] = &[];"),
            &text,
            "const AUDITED:",
            "AUDITED"
        )
        .len(),
        1
    );
    let pages = sample(
        "crates/tandau/src/forgotten/pages.rs",
        "pub fn routes() -> Routes {}",
    );
    assert_eq!(
        unlisted(&pages, &text, "fn routes() -> Routes", "routes").len(),
        1
    );
}
