//! Files of documents and of secrets.

use super::super::outcome::say;
use super::{Failure, Out, Outcome};
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Write};
use std::path::Path;
use zeroize::Zeroizing;

/// Bytes of any document but an archive and the list of credentials.
const MAX_BYTES: u64 = 64 << 20;

/// Reads a document. One that is too large can't be judged: exit 2.
pub(super) fn document(path: &Path) -> Result<Vec<u8>, Failure> {
    let unreadable = |e| Failure::usage(format!("can't read {}: {e}", path.display()));
    let file = File::open(path).map_err(unreadable)?;
    let size = file.metadata().map_err(unreadable)?.len().min(MAX_BYTES);
    // With room from the beginning: what grows leaves copies behind, and it may be a secret.
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    file.take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if u64::try_from(bytes.len()).is_ok_and(|size| size > MAX_BYTES) {
        let name = path.display();
        return Err(Failure::usage(format!(
            "{name} is larger than {MAX_BYTES} bytes"
        )));
    }
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

/// A file that grows at its end.
pub(super) trait Growing: Write {
    /// Its bytes.
    fn length(&self) -> io::Result<u64>;
    /// Cuts it to so many bytes.
    fn cut(&mut self, length: u64) -> io::Result<()>;
    /// Brings it to the disk.
    fn keep(&mut self) -> io::Result<()>;
}

impl Growing for File {
    fn length(&self) -> io::Result<u64> {
        Ok(self.metadata()?.len())
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.set_len(length)?;
        self.sync_all()
    }

    fn keep(&mut self) -> io::Result<()> {
        self.sync_all()
    }
}

/// Adds bytes to a file, all or none: where the disk is full, what was written of them is cut off again.
pub(super) fn append(file: &mut impl Growing, bytes: &[u8]) -> io::Result<()> {
    let before = file.length()?;
    let Err(failed) = file.write_all(bytes).and_then(|()| file.keep()) else {
        return Ok(());
    };
    match file.cut(before) {
        Ok(()) => Err(failed),
        Err(e) => Err(io::Error::other(format!(
            "{failed}; and it could not be cut back to {before} bytes, where the last whole event ends: {e}"
        ))),
    }
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
