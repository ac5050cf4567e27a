//! `tandau.toml`: settings that neither a flag nor a variable gives.
//!
//! A key is a flag's name with `_` for `-`: `data`, `database`, `listen`, `rules_dir`, `home_zone`, `address`.

use super::Failure;
use clap::Command;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

/// The file that is read when none is named.
const DEFAULT_FILE: &str = "tandau.toml";
/// No honest file of settings is larger.
const MAX_BYTES: u64 = 64 * 1024;

/// The command with the file's values as defaults of its arguments.
pub(super) fn with_defaults(
    command: Command,
    arguments: impl Iterator<Item = OsString>,
) -> Result<Command, Failure> {
    let Some(file) = named(arguments).or_else(default_file) else {
        return Ok(command);
    };
    let told = |problem: &dyn std::fmt::Display| {
        Failure::usage(format!("settings in {}: {problem}", file.display()))
    };
    let size = std::fs::metadata(&file).map_err(|e| told(&e))?.len();
    if size > MAX_BYTES {
        return Err(told(&"the file is too large"));
    }
    let text = std::fs::read_to_string(&file).map_err(|e| told(&e))?;
    let values = read(&text).map_err(|e| told(&e))?;
    let mut known = Vec::new();
    names(&command, &mut known);
    if let Some(unknown) = values.keys().find(|key| !known.contains(key)) {
        return Err(told(&format!(
            "unknown setting {unknown}; known are {}",
            known.join(", ")
        )));
    }
    Ok(apply(command, &values))
}

/// `--config FILE`, wherever it stands, or the variable; clap checks the rest of the line later.
fn named(arguments: impl Iterator<Item = OsString>) -> Option<PathBuf> {
    let mut arguments = arguments.skip(1);
    while let Some(argument) = arguments.next() {
        let text = argument.to_string_lossy();
        if text == "--" {
            break;
        }
        if text == "--config" {
            return arguments.next().map(PathBuf::from);
        }
        if let Some(file) = text.strip_prefix("--config=") {
            return Some(PathBuf::from(file));
        }
    }
    std::env::var_os("TANDAU_CONFIG").map(PathBuf::from)
}

fn default_file() -> Option<PathBuf> {
    let file = PathBuf::from(DEFAULT_FILE);
    file.is_file().then_some(file)
}

fn read(text: &str) -> Result<BTreeMap<String, String>, String> {
    let table: toml::Table = text.parse().map_err(|e: toml::de::Error| e.to_string())?;
    table
        .into_iter()
        .map(|(key, value)| match value {
            toml::Value::String(text) => Ok((key, text)),
            toml::Value::Integer(number) => Ok((key, number.to_string())),
            toml::Value::Boolean(flag) => Ok((key, flag.to_string())),
            _ => Err(format!("{key} must be a text, a number, true or false")),
        })
        .collect()
}

/// Settings are the arguments that a variable can give.
fn key(argument: &clap::Arg) -> Option<String> {
    argument.get_env()?;
    Some(argument.get_long()?.replace('-', "_"))
}

fn names(command: &Command, known: &mut Vec<String>) {
    known.extend(command.get_arguments().filter_map(key));
    for sub in command.get_subcommands() {
        names(sub, known);
    }
    known.sort();
    known.dedup();
}

fn apply(command: Command, values: &BTreeMap<String, String>) -> Command {
    command
        .mut_args(
            |argument| match key(&argument).and_then(|key| values.get(&key)) {
                Some(value) => argument.default_value(value.clone()),
                None => argument,
            },
        )
        .mut_subcommands(|sub| apply(sub, values))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Arg;

    fn command() -> Command {
        Command::new("t").subcommand(
            Command::new("serve").arg(
                Arg::new("rules_dir")
                    .long("rules-dir")
                    .env("TANDAU_TEST_UNSET"),
            ),
        )
    }

    #[test]
    fn a_value_is_the_default_of_its_flag() {
        let values = read("rules_dir = \"from-file\"").unwrap();
        let value = |line: &[&str]| {
            let matches = apply(command(), &values).get_matches_from(line);
            let serve = matches.subcommand_matches("serve").unwrap();
            serve.get_one::<String>("rules_dir").unwrap().clone()
        };
        assert_eq!(value(&["t", "serve"]), "from-file");
        assert_eq!(value(&["t", "serve", "--rules-dir", "flag"]), "flag");
    }

    #[test]
    fn what_is_no_setting_is_refused() {
        let mut known = Vec::new();
        names(&command(), &mut known);
        assert_eq!(known, ["rules_dir"]);
        assert!(read("listen = [1]").is_err());
        assert!(read("listen = ").is_err());
        let line = ["t", "serve", "--config=a.toml"].map(OsString::from);
        assert_eq!(named(line.into_iter()), Some(PathBuf::from("a.toml")));
        let line = ["t", "--", "--config", "a.toml"].map(OsString::from);
        assert_eq!(named(line.into_iter()), None);
    }

    use proptest::prelude::*;

    fn settings() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "\\PC{0,12}",
            prop::sample::select(vec![
                "rules_dir",
                " = ",
                "\"x\"",
                "\n",
                "[[a]]",
                "{",
                "}",
                "[",
                "]",
                "1",
                "true",
                "\"\"\"",
                "#"
            ])
            .prop_map(str::to_owned),
        ];
        prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn any_text_is_settings_or_a_refusal(text in prop_oneof!["\\PC*", settings()]) {
            if let Ok(values) = read(&text) {
                let _ = apply(command(), &values);
            }
        }
    }

    #[test]
    fn nesting_without_end_is_refused() {
        for open in ["[", "{a=", "a."] {
            let _ = read(&format!("x = {}", open.repeat(30_000)));
            assert!(
                read(&format!("{}1", open.repeat(30_000))).is_err(),
                "{open}"
            );
        }
    }
}
