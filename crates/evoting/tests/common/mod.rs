//! Where test material is, and elections made for tests.
#![allow(dead_code)]

pub mod make;
pub mod rebuild;

use std::io::Read as _;
use std::path::{Path, PathBuf};

/// The copied part of the fixtures.
pub fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data")
}

/// The whole collection, if it is on this machine.
pub fn collection() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os("TANDAU_EVOTING_FIXTURES") {
        return Some(folder.into());
    }
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|folder| folder.join("shared/evoting/fixtures"))
        .find(|folder| folder.is_dir())
}

/// A file that may be packed.
pub fn read(path: &Path) -> Vec<u8> {
    if let Ok(bytes) = std::fs::read(path) {
        return bytes;
    }
    let packed = std::fs::read(format!("{}.gz", path.display()))
        .unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(packed.as_slice())
        .read_to_end(&mut bytes)
        .unwrap();
    bytes
}

/// The one archive of a folder.
pub fn archive(folder: &Path) -> Vec<u8> {
    let name = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .find(|name| name.ends_with(".bel") || name.ends_with(".bel.gz"))
        .unwrap();
    read(&folder.join(name.trim_end_matches(".gz")))
}

pub fn json(path: &Path) -> serde_json::Value {
    serde_json::from_slice(&read(path)).unwrap()
}

/// The operating system's randomness.
pub fn random() -> rand::rand_core::UnwrapErr<rand::rngs::SysRng> {
    rand::rand_core::UnwrapErr(rand::rngs::SysRng)
}

/// Runs belenios-tool. Where it is missing, that is a failure if `CI` is set, and said aloud elsewhere.
pub fn belenios(folder: &Path, arguments: &[&str], input: &[u8]) -> Option<std::process::Output> {
    use std::io::Write as _;
    use std::process::{Command, Stdio};
    let child = Command::new("belenios-tool")
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        assert!(
            std::env::var_os("CI").is_none(),
            "belenios-tool is not installed"
        );
        eprintln!(
            "NOT CHECKED: belenios-tool is not installed (scripts/setup.sh test installs it)"
        );
        return None;
    };
    // The tool may end before it has read everything.
    let _ = child.stdin.take().unwrap().write_all(input);
    Some(child.wait_with_output().unwrap())
}

/// The version of belenios-tool, such as `2.0 (20230102)`.
pub fn belenios_version() -> Option<String> {
    let output = belenios(&std::env::temp_dir(), &["--version"], b"")?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Is it 2.0? Where that matters, another version is no better than none.
pub fn belenios_2_0() -> bool {
    let Some(version) = belenios_version() else {
        return false;
    };
    let right = version.starts_with("2.0");
    if !right {
        assert!(
            std::env::var_os("CI").is_none(),
            "belenios-tool is {version}, and not 2.0"
        );
        eprintln!("NOT CHECKED: belenios-tool is {version}, and not 2.0");
    }
    right
}

/// A folder of its own for one test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path =
            std::env::temp_dir().join(format!("tandau-evoting-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
