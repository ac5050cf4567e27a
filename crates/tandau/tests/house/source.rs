//! The files of the repository.

use crate::lexer::{Parts, split};
use std::path::{Path, PathBuf};

/// One file.
#[derive(Debug)]
pub(crate) struct Source {
    /// Path from the root of the repository, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
    /// What is compiled into the program: tests in the same file are left out.
    pub(crate) parts: Parts,
}

impl Source {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
            parts: split(without_tests(text)),
        }
    }

    /// Only the tests compile it.
    pub(crate) fn is_test(&self) -> bool {
        let parts: Vec<&str> = self.path.split('/').collect();
        let file = parts.last().copied().unwrap_or_default();
        parts.iter().any(|p| *p == "tests" || p.ends_with("_tests"))
            || matches!(
                file,
                "tests.rs" | "testing.rs" | "reference.rs" | "build.rs"
            )
            || file.ends_with("_tests.rs")
    }

    /// The path inside `crates/tandau/src`.
    pub(crate) fn in_program(&self) -> Option<&str> {
        self.path.strip_prefix("crates/tandau/src/")
    }

    /// `platform`, `counting`, … for a file of the program in a folder.
    pub(crate) fn folder(&self) -> Option<&str> {
        Some(self.in_program()?.split_once('/')?.0)
    }

    /// Lines of code that contain a word, as `path:line`.
    pub(crate) fn lines_with(&self, word: &str) -> Vec<String> {
        self.parts
            .code
            .lines()
            .zip(1..)
            .filter(|(line, _)| contains_word(line, word))
            .map(|(_, number)| format!("{}:{number}", self.path))
            .collect()
    }
}

/// The word, not as a part of a longer one.
pub(crate) fn contains_word(line: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word)
        .any(|(at, _)| !line[..at].ends_with(part) && !line[at + word.len()..].starts_with(part))
}

/// Everything before a `#[cfg(test)] mod … {`.
fn without_tests(text: &str) -> &str {
    text.match_indices("#[cfg(test)]")
        .find(|(at, mark)| {
            let after = text[at + mark.len()..].trim_start();
            after.starts_with("mod ")
                && after
                    .lines()
                    .next()
                    .is_some_and(|l| l.trim_end().ends_with('{'))
        })
        .map_or(text, |(at, _)| &text[..at])
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Files below a folder of the repository with one of the endings; none of a linked or built folder.
pub(crate) fn files(below: &str, endings: &[&str]) -> Vec<Source> {
    let mut found = Vec::new();
    gather(&root().join(below), below, endings, &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn gather(folder: &Path, name: &str, endings: &[&str], found: &mut Vec<Source>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let file = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{name}/{file}");
        let kind = entry.file_type().unwrap();
        if kind.is_dir() && !matches!(file.as_str(), "dist" | "node_modules" | "target") {
            gather(&entry.path(), &path, endings, found);
        } else if kind.is_file() && endings.iter().any(|e| file.ends_with(e)) {
            found.push(Source::new(
                &path,
                &std::fs::read_to_string(entry.path()).unwrap(),
            ));
        }
    }
}

/// The program's own Rust files.
pub(crate) fn program() -> Vec<Source> {
    let files = files("crates/tandau/src", &[".rs"]);
    assert!(files.len() > 100, "the program was found");
    files
}
