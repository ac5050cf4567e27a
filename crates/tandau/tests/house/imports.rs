//! Rooms use only rooms to their left; platform knows no room; nobody uses what sits on top of the rooms.

use crate::source::{Source, program};
use crate::{none, sample};
use tandau::ROOMS;

/// What puts rooms together and is used by none of them.
const ON_TOP: [&str; 4] = ["api", "cli", "demo", "office"];

/// First steps of every path that begins at the crate: `crate::a::…`, `crate::{a::…, b}`, `super::…` counted up.
fn first_steps(file: &Source) -> Vec<(usize, String)> {
    let code = &file.parts.code;
    let mut found = Vec::new();
    let line_of = |at: usize| code[..at].matches('\n').count() + 1;
    for (at, start) in code.match_indices("crate::") {
        let outside = code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$');
        let after = &code[at + start.len()..];
        if !outside {
            found.extend(names(after).into_iter().map(|name| (line_of(at), name)));
        }
    }
    // `super::super::x` from inside a room reaches the crate's root as well.
    let depth = file.in_program().map_or(0, |p| {
        p.trim_end_matches("/mod.rs")
            .trim_end_matches(".rs")
            .split('/')
            .count()
    });
    let up = "super::".repeat(depth.max(1));
    for (at, start) in code.match_indices(up.as_str()) {
        if !code[..at].ends_with("super::") {
            found.extend(
                names(&code[at + start.len()..])
                    .into_iter()
                    .map(|name| (line_of(at), name)),
            );
        }
    }
    found
}

/// The name that follows, or the first name of each member of a group in braces.
fn names(after: &str) -> Vec<String> {
    let word = |text: &str| -> String {
        text.chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    };
    let Some(group) = after.trim_start().strip_prefix('{') else {
        return vec![word(after)];
    };
    let mut depth = 0_usize;
    let mut members = vec![String::new()];
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => members.push(String::new()),
            _ => {}
        }
        if let Some(last) = members.last_mut() {
            last.push(c);
        }
    }
    members
        .iter()
        .map(|m| word(m.trim_start_matches([',', ' ', '\n'])))
        .filter(|m| !m.is_empty())
        .collect()
}

fn wrong_imports(files: &[Source]) -> Vec<String> {
    let place = |name: &str| ROOMS.iter().position(|room| *room == name);
    let mut problems = Vec::new();
    for file in files.iter().filter(|f| !f.is_test()) {
        let Some(folder) = file.folder() else {
            continue;
        };
        let own = place(folder);
        if own.is_none() && folder != "platform" {
            continue;
        }
        for (line, used) in first_steps(file) {
            let above = ON_TOP.contains(&used.as_str());
            let right = place(&used).is_some_and(|theirs| own.is_none_or(|own| theirs > own));
            if above || right {
                problems.push(format!("{}:{line}: {folder} may not use {used}", file.path));
            }
        }
    }
    problems
}

#[test]
fn rooms_use_only_rooms_to_their_left() {
    none(wrong_imports(&program()));
}

#[test]
fn a_wrong_import_is_found() {
    let refused = |path: &str, text: &str| wrong_imports(&sample(path, text)).len();
    assert_eq!(
        refused(
            "crates/tandau/src/people/pages.rs",
            "use crate::counting::queries;"
        ),
        1
    );
    assert_eq!(
        refused(
            "crates/tandau/src/people/pages.rs",
            "fn f() { crate::results::queries::all() }"
        ),
        1
    );
    assert_eq!(
        refused(
            "crates/tandau/src/platform/live.rs",
            "use crate::{bind, people::{model::X, store}};"
        ),
        1
    );
    assert_eq!(
        refused(
            "crates/tandau/src/people/model.rs",
            "use super::super::counting::model;"
        ),
        1
    );
    assert_eq!(
        refused(
            "crates/tandau/src/counting/pages.rs",
            "use crate::demo::plan;"
        ),
        1
    );
    // Leftwards, oneself, and words in comments or sentences are fine.
    assert_eq!(
        refused(
            "crates/tandau/src/counting/pages.rs",
            "use crate::{people::queries, counting::model, statements};"
        ),
        0
    );
    assert_eq!(
        refused(
            "crates/tandau/src/people/pages.rs",
            "// crate::counting::x\nconst A: &str = \"crate::counting\";"
        ),
        0
    );
    assert_eq!(
        refused(
            "crates/tandau/src/people/actions/add.rs",
            "use super::super::store;"
        ),
        0
    );
}

fn unknown_folders(files: &[Source]) -> Vec<String> {
    let mut folders: Vec<&str> = files
        .iter()
        .filter(|f| !f.is_test())
        .filter_map(Source::folder)
        .collect();
    folders.dedup();
    folders
        .into_iter()
        .filter(|f| !ROOMS.contains(f) && !ON_TOP.contains(f) && *f != "platform")
        .map(|f| format!("{f} is no room: put it into ROOMS, at the right place"))
        .collect()
}

#[test]
fn every_folder_is_a_room() {
    none(unknown_folders(&program()));
    assert_eq!(
        unknown_folders(&sample("crates/tandau/src/utils/mod.rs", "")).len(),
        1
    );
}
