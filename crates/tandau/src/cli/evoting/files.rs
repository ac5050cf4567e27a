//! Files of documents and of secrets.

use super::super::outcome::{read_file, say};
use super::{Failure, Out, Outcome};
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;
use zeroize::Zeroizing;

/// Bytes of any document but an archive.
const MAX_BYTES: u64 = 64 << 20;

/// Reads a document.
pub(super) fn document(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = read_file(path, MAX_BYTES)?;
    // Tools write a newline at the end that is no part of the document.
    while bytes.last().is_some_and(|b| matches!(b, b'\n' | b'\r')) {
        bytes.pop();
    }
    Ok(bytes)
}

/// Reads a document of text.
pub(super) fn text(path: &Path) -> Result<Zeroizing<String>, Failure> {
    String::from_utf8(document(path)?)
        .map(Zeroizing::new)
        .map_err(|_| Failure::invalid(format!("{} is not UTF-8", path.display())))
}

/// Who may read a new file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Readers {
    Everybody,
    Owner,
}

/// Writes a new file. One that exists is never written over.
pub(super) fn write(path: &Path, content: &str, readers: Readers) -> Outcome {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if readers == Readers::Owner {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options
        .open(path)
        .and_then(|mut file| {
            file.write_all(content.as_bytes())?;
            file.write_all(b"\n")?;
            file.sync_all()
        })
        .map_err(|e| Failure::usage(format!("can't write {}: {e}", path.display())))
}

/// Writes to the file that was named, or to standard output.
pub(super) fn put(out: &Out, content: &str) -> Outcome {
    match &out.out {
        Some(path) => write(path, content, Readers::Everybody),
        None => say(&format!("{content}\n")),
    }
}

/// `path` with something after its name.
pub(super) fn with_end(path: &Path, end: &str) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}
