//! Keeps the house as ARCHITECTURE.md describes it: who may use whom, where SQL and clocks live, which
//! files a room has. Every rule is a function over sources, and is shown a bad sample that it must refuse.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod imports;
mod lexer;
mod lists;
mod messages;
mod purity;
mod shape;
mod source;

use source::Source;

/// Fails with one line for each problem.
fn none(problems: Vec<String>) {
    assert!(problems.is_empty(), "\n  {}\n", problems.join("\n  "));
}

/// A made-up file, for showing a rule what it must refuse.
fn sample(path: &str, text: &str) -> Vec<Source> {
    vec![Source::new(path, text)]
}
