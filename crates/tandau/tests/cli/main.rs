//! The command line as scripts see it: what is printed where, and how commands end.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod account;
mod backup;
mod calendar;
mod checklist;
mod evoting;
mod iin;
mod installation;
mod night;
mod seats;
mod settings;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How a command ended.
#[derive(Debug)]
struct Ended {
    code: i32,
    out: String,
    err: String,
}

impl Ended {
    /// The one JSON document on stdout.
    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }

    #[track_caller]
    fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:#?}");
        assert!(!self.err.contains("panicked"), "{}", self.err);
        self
    }
}

/// A folder that goes when the test ends; commands run in it.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let unique = format!(
            "tandau-cli-{}-{:?}",
            std::process::id(),
            std::thread::current().id()
        );
        let name: String = unique
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
            .collect();
        let path = std::env::temp_dir().join(name);
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    fn run(&self, arguments: &[&str]) -> Ended {
        self.run_with(arguments, &[], "")
    }

    fn run_with(&self, arguments: &[&str], variables: &[(&str, &str)], stdin: &str) -> Ended {
        use std::io::Write as _;
        let mut child = Command::new(env!("CARGO_BIN_EXE_tandau"))
            .args(arguments)
            .current_dir(&self.0)
            .env_clear()
            .envs(variables.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
        let output = child.wait_with_output().unwrap();
        Ended {
            code: output.status.code().expect("ended by itself"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn data(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cli/data")
        .join(name);
    path.to_str().unwrap().to_owned()
}

/// Commands of the contract; each shows its help on stdout with an example.
const COMMANDS: &[&[&str]] = &[
    &["demo"],
    &["serve"],
    &["account"],
    &["account", "create-admin"],
    &["account", "reset"],
    &["import"],
    &["results"],
    &["calendar"],
    &["seats"],
    &["iin"],
    &["audit"],
    &["audit", "verify"],
    &["audit", "export"],
    &["backup"],
    &["backup", "create"],
    &["backup", "restore"],
    &["openapi"],
];

#[test]
fn every_command_helps() {
    let folder = Folder::new();
    for command in COMMANDS {
        let mut line = command.to_vec();
        line.push("--help");
        let ended = folder.run(&line).expect(0);
        assert!(
            ended.out.contains("Example: tandau"),
            "{command:?}: {}",
            ended.out
        );
        assert!(ended.err.is_empty());
    }
}

#[test]
fn wrong_usage_ends_with_two() {
    let folder = Folder::new();
    for line in [
        &[][..],
        &["nonsense"],
        &["iin"],
        &["iin", "850315300418", "--format", "xml"],
        &["seats", "--seats", "5"],
        &[
            "calendar",
            "--rules",
            "akim-district-2023",
            "--voting-day",
            "2023-02-30",
        ],
        &["import", "kings", "file.csv"],
        &["account", "create-admin", "--name", "A"],
        &["demo", "--listen", "0.0.0.0:8080"],
    ] {
        let ended = folder.run(line).expect(2);
        assert!(
            ended.out.is_empty() && !ended.err.is_empty(),
            "{line:?}: {ended:?}"
        );
    }
}

#[test]
fn the_interface_is_described() {
    let ended = Folder::new().run(&["openapi"]).expect(0);
    let document = ended.json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    assert!(document["paths"]["/api/v1/elections"].is_object());
    assert!(ended.err.is_empty());
}
