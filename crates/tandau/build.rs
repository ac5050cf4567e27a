//! Turns `locales/` into methods of `T` (one per message, one parameter per argument) and `web/dist/`
//! into a table of embedded assets. A message that a language lacks, or whose arguments differ, fails the build.

// A build script reports by stopping the build.
#![allow(clippy::expect_used, clippy::panic)]

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

type Messages = BTreeMap<String, (BTreeSet<String>, String)>;

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../..");
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it"));
    messages(&root.join("locales"), &out);
    assets(
        &root.join("web/dist"),
        &root.join("crates/tandau/src"),
        &out,
    );
}

fn messages(locales: &Path, out: &Path) {
    println!("cargo::rerun-if-changed={}", locales.display());
    let languages =
        ["kk", "ru", "en"].map(|language| (language, read_language(&locales.join(language))));
    let reference = &languages[2].1;
    let mut problems = Vec::new();
    for (language, messages) in &languages {
        for (key, (arguments, file)) in reference {
            match messages.get(key) {
                None => problems.push(format!("{language}: {key} (in en/{file}) is missing")),
                Some((theirs, _)) if theirs != arguments => {
                    problems.push(format!(
                        "{language}: {key} has arguments {theirs:?}, en has {arguments:?}"
                    ));
                }
                Some(_) => {}
            }
        }
        for (key, (_, file)) in messages {
            if !reference.contains_key(key) {
                problems.push(format!("en: {key} (in {language}/{file}) is missing"));
            }
        }
    }
    assert!(
        problems.is_empty(),
        "messages:\n  {}",
        problems.join("\n  ")
    );

    let mut code = String::from("impl T {\n");
    let mut keys = String::from("#[cfg(test)]\npub(crate) const KEYS: &[&str] = &[\n");
    for (key, (arguments, _)) in reference {
        let name = key.replace('-', "_");
        let parameters: String = arguments
            .iter()
            .map(|a| format!(", {}: impl Into<FluentValue<'x>>", a.replace('-', "_")))
            .collect();
        let generics = if arguments.is_empty() { "" } else { "<'x>" };
        writeln!(code, "/// Message `{key}`.\n#[must_use] pub fn {name}{generics}(&self{parameters}) -> String {{").expect("string");
        if arguments.is_empty() {
            writeln!(code, "self.message(\"{key}\", None) }}").expect("string");
        } else {
            writeln!(code, "let mut arguments = FluentArgs::new();").expect("string");
            for a in arguments {
                writeln!(code, "arguments.set(\"{a}\", {});", a.replace('-', "_")).expect("string");
            }
            writeln!(code, "self.message(\"{key}\", Some(&arguments)) }}").expect("string");
        }
        writeln!(keys, "\"{key}\",").expect("string");
    }
    code.push_str("}\n");
    keys.push_str("];\n");
    for (language, _) in &languages {
        let mut texts = String::new();
        for file in files(&locales.join(language), "ftl") {
            writeln!(
                texts,
                "include_str!({:?}),",
                file.canonicalize().expect("exists")
            )
            .expect("string");
        }
        writeln!(
            keys,
            "const {}: &[&str] = &[{texts}];",
            language.to_uppercase()
        )
        .expect("string");
    }
    fs::write(out.join("messages.rs"), code + &keys).expect("OUT_DIR is writable");
}

fn read_language(folder: &Path) -> Messages {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut messages = Messages::new();
    for path in files(folder, "ftl") {
        println!("cargo::rerun-if-changed={}", path.display());
        let text = fs::read_to_string(&path).expect("a readable .ftl file");
        let file = path
            .file_name()
            .expect("a file")
            .to_string_lossy()
            .into_owned();
        let resource = match fluent_syntax::parser::parse(text.as_str()) {
            Ok(resource) => resource,
            Err((_, errors)) => panic!("{}: {errors:?}", path.display()),
        };
        for entry in resource.body {
            if let Entry::Message(message) = entry {
                let mut arguments = BTreeSet::new();
                if let Some(pattern) = &message.value {
                    collect(pattern, &mut arguments);
                }
                let known = messages.insert(message.id.name.to_owned(), (arguments, file.clone()));
                assert!(
                    known.is_none(),
                    "{}: {} is defined twice",
                    path.display(),
                    message.id.name
                );
            }
        }
    }
    messages
}

fn collect(pattern: &Pattern<&str>, into: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            collect_expression(expression, into);
        }
    }
}

fn collect_expression(expression: &Expression<&str>, into: &mut BTreeSet<String>) {
    let inline = |inline: &InlineExpression<&str>, into: &mut BTreeSet<String>| match inline {
        InlineExpression::VariableReference { id } => {
            into.insert(id.name.to_owned());
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                if let InlineExpression::VariableReference { id } = argument {
                    into.insert(id.name.to_owned());
                }
            }
        }
        InlineExpression::Placeable { expression } => collect_expression(expression, into),
        _ => {}
    };
    match expression {
        Expression::Inline(value) => inline(value, into),
        Expression::Select { selector, variants } => {
            inline(selector, into);
            for variant in variants {
                collect(&variant.value, into);
            }
        }
    }
}

/// Embeds every file of `web/dist` under a name that changes with its content. `PROGRAM` changes with any of them and
/// with any template: pages that phones have kept are then fetched anew.
fn assets(dist: &Path, sources: &Path, out: &Path) {
    println!("cargo::rerun-if-changed={}", dist.display());
    let mut table = String::from("pub(crate) const ASSETS: &[Asset] = &[\n");
    let found = files(dist, "");
    assert!(
        !found.is_empty(),
        "web/dist is empty: run `npm ci && npm run build` (or `make web`) first"
    );
    let mut pages = String::new();
    for path in found {
        println!("cargo::rerun-if-changed={}", path.display());
        let bytes = fs::read(&path).expect("a readable asset");
        pages.push_str(&format!("{:016x}", fnv(&bytes)));
        let name = path
            .strip_prefix(dist)
            .expect("inside dist")
            .to_string_lossy()
            .replace('\\', "/");
        writeln!(
            table,
            "Asset {{ name: {name:?}, tag: \"{:016x}\", bytes: include_bytes!({:?}) }},",
            fnv(&bytes),
            path.canonicalize().expect("exists")
        )
        .expect("string");
    }
    table.push_str("];\n");
    for path in files(sources, "html") {
        println!("cargo::rerun-if-changed={}", path.display());
        pages.push_str(&fs::read_to_string(&path).expect("a readable template"));
    }
    writeln!(
        table,
        "/// The mark of this program's pages and scripts.\npub(crate) const PROGRAM: &str = \"{:016x}\";",
        fnv(pages.as_bytes())
    )
    .expect("string");
    fs::write(out.join("assets.rs"), table).expect("OUT_DIR is writable");
}

/// FNV-1a: names a version of a file for caches; nothing relies on it against forgery.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Files below a folder in the order of their names; all of them when `extension` is empty.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else {
        return found;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if extension.is_empty() || path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}
