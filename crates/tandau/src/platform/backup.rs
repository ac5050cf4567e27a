//! A copy of a whole installation in a folder: the database as it was at one moment, papers and keys, and a manifest
//! with the hash of each file. It is made while the program serves, and restored only into an empty folder.

use super::database::{DatabaseError, copy_sqlite, papers_of_sqlite};
use super::files::hex;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};

/// The file that names the others.
const MANIFEST: &str = "manifest.json";
/// The kind of copy that this program makes and reads.
const FORMAT: &str = "tandau-backup-1";
/// No honest manifest is larger: a million papers.
const MAX_MANIFEST_BYTES: u64 = 256 * 1024 * 1024;
const DATABASE: &str = "tandau.db";
const PAPERS: &str = "files";
/// Secrets of the installation; only its owner may read the copies.
const KEYS: [&str; 2] = ["audit.key", "forms.key"];
/// Secrets that are there once they were needed: the key that signs badges.
const LATER_KEYS: [&str; 1] = ["badge.key"];

/// What a copy consists of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    format: String,
    /// When it was made, UTC.
    pub made_at: String,
    /// The program that made it.
    pub program: String,
    /// Its files.
    pub files: Vec<Entry>,
}

/// One file of a copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Path below the folder, with `/`.
    pub path: String,
    /// Size in bytes.
    pub size_bytes: u64,
    /// SHA-256, hex.
    pub sha256: String,
}

impl Manifest {
    /// Bytes of all files.
    #[must_use]
    pub fn size_bytes(&self) -> u64 {
        self.files
            .iter()
            .fold(0, |sum, f| sum.saturating_add(f.size_bytes))
    }
}

/// Why a copy can't be made or used.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Something would be overwritten.
    #[error("{0} is not empty: name a folder that is not there yet")]
    NotEmpty(PathBuf),
    /// No copy, or one of another kind.
    #[error("{0} holds no copy made by `tandau backup create`: {1}")]
    NoCopy(PathBuf, String),
    /// A path that leads out of the folder, or to a file that no installation has.
    #[error("the manifest names {0:?}, which is no file of an installation")]
    Odd(String),
    /// Not what was copied.
    #[error("{0} is not what was copied: its size or hash differs")]
    Changed(String),
    /// The database names a paper that is not there.
    #[error("the paper {0} is named in the database and is not among the files")]
    PaperMissing(String),
    /// The disk.
    #[error("{0}: {1}")]
    Disk(PathBuf, io::Error),
    /// The database.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

fn disk(path: &Path) -> impl FnOnce(io::Error) -> BackupError + '_ {
    |e| BackupError::Disk(path.to_owned(), e)
}

/// Copies an installation with an SQLite database into a new folder. The database comes first: a paper without its
/// row harms nobody.
///
/// # Errors
/// [`BackupError`].
pub async fn create(data: &Path, out: &Path, made_at: String) -> Result<Manifest, BackupError> {
    empty_folder(out)?;
    let database = out.join(DATABASE);
    copy_sqlite(&data.join(DATABASE), &database).await?;
    let mut files = vec![entry(DATABASE.to_owned(), &database)?];
    let papers = papers_of_sqlite(&database).await?;
    for sha256 in papers {
        if !is_hash(&sha256) {
            return Err(BackupError::Odd(sha256));
        }
        let path = paper_path(&sha256);
        if !data.join(&path).is_file() {
            return Err(BackupError::PaperMissing(sha256));
        }
        let copied = copy(data, out, &path)?;
        if copied.sha256 != sha256 {
            return Err(BackupError::Changed(path));
        }
        files.push(copied);
    }
    for key in KEYS {
        files.push(copy(data, out, key)?);
    }
    for key in LATER_KEYS {
        if data.join(key).exists() {
            files.push(copy(data, out, key)?);
        }
    }
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        made_at,
        program: concat!("tandau ", env!("CARGO_PKG_VERSION")).to_owned(),
        files,
    };
    // Last: a copy that was cut short has no manifest.
    let text = serde_json::to_vec_pretty(&manifest)
        .map_err(|e| BackupError::NoCopy(out.to_owned(), e.to_string()))?;
    let path = out.join(MANIFEST);
    let mut file = create_file(&path)?;
    file.write_all(&text).map_err(disk(&path))?;
    file.sync_all().map_err(disk(&path))?;
    Ok(manifest)
}

/// Reads a copy and compares each file with the manifest; changes nothing.
///
/// # Errors
/// [`BackupError`].
pub fn check(backup: &Path) -> Result<Manifest, BackupError> {
    let manifest = read_manifest(backup)?;
    for file in &manifest.files {
        let path = backup.join(&file.path);
        if fs::symlink_metadata(&path)
            .map_err(disk(&path))?
            .is_symlink()
        {
            return Err(BackupError::Odd(file.path.clone()));
        }
        if entry(file.path.clone(), &path)? != *file {
            return Err(BackupError::Changed(file.path.clone()));
        }
    }
    Ok(manifest)
}

/// Puts a copy into an empty folder. Everything is compared before anything is written, and again while it is.
///
/// # Errors
/// [`BackupError`].
pub fn restore(backup: &Path, data: &Path) -> Result<Manifest, BackupError> {
    let manifest = check(backup)?;
    empty_folder(data)?;
    for file in &manifest.files {
        if copy(backup, data, &file.path)? != *file {
            return Err(BackupError::Changed(file.path.clone()));
        }
    }
    Ok(manifest)
}

fn read_manifest(backup: &Path) -> Result<Manifest, BackupError> {
    let no_copy = |why: &dyn std::fmt::Display| {
        BackupError::NoCopy(backup.to_owned(), format!("{MANIFEST}: {why}"))
    };
    let file = File::open(backup.join(MANIFEST)).map_err(|e| no_copy(&e))?;
    let mut text = Vec::new();
    file.take(MAX_MANIFEST_BYTES)
        .read_to_end(&mut text)
        .map_err(|e| no_copy(&e))?;
    parse_manifest(&text).map_err(|e| match e {
        BackupError::NoCopy(_, why) => no_copy(&why),
        other => other,
    })
}

/// A manifest names only files that an installation has, each once, and none of the necessary ones is missing.
fn parse_manifest(text: &[u8]) -> Result<Manifest, BackupError> {
    let no_copy = |why: String| BackupError::NoCopy(PathBuf::new(), why);
    let manifest: Manifest = serde_json::from_slice(text).map_err(|e| no_copy(e.to_string()))?;
    if manifest.format != FORMAT {
        return Err(no_copy(format!(
            "the format is {}, not {FORMAT}",
            manifest.format
        )));
    }
    let mut seen = BTreeSet::new();
    for file in &manifest.files {
        if !is_known(&file.path) || !seen.insert(file.path.as_str()) {
            return Err(BackupError::Odd(file.path.clone()));
        }
    }
    match [DATABASE].iter().chain(&KEYS).find(|k| !seen.contains(**k)) {
        Some(missing) => Err(no_copy(format!("{missing} is missing"))),
        None => Ok(manifest),
    }
}

fn is_known(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    path == DATABASE
        || KEYS.contains(&path)
        || LATER_KEYS.contains(&path)
        || (is_hash(name) && path == paper_path(name))
}

fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

fn paper_path(sha256: &str) -> String {
    format!("{PAPERS}/{}/{sha256}", sha256.get(..2).unwrap_or("00"))
}

fn empty_folder(folder: &Path) -> Result<(), BackupError> {
    fs::create_dir_all(folder).map_err(disk(folder))?;
    let mut inside = fs::read_dir(folder).map_err(disk(folder))?;
    if inside.next().is_some() {
        return Err(BackupError::NotEmpty(folder.to_owned()));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).map_err(disk(folder))?;
    }
    Ok(())
}

/// A new file that only its owner can read.
fn create_file(path: &Path) -> Result<File, BackupError> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path).map_err(disk(path))
}

/// Copies a file and says what was copied.
fn copy(from: &Path, to: &Path, path: &str) -> Result<Entry, BackupError> {
    let (source, target) = (from.join(path), to.join(path));
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).map_err(disk(folder))?;
    }
    let mut file = create_file(&target)?;
    let entry = read_through(path.to_owned(), &source, |bytes| file.write_all(bytes))?;
    file.sync_all().map_err(disk(&target))?;
    Ok(entry)
}

fn entry(path: String, file: &Path) -> Result<Entry, BackupError> {
    read_through(path, file, |_| Ok(()))
}

fn read_through(
    path: String,
    file: &Path,
    mut take: impl FnMut(&[u8]) -> io::Result<()>,
) -> Result<Entry, BackupError> {
    let mut source = File::open(file).map_err(disk(file))?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 256 * 1024];
    let mut size_bytes = 0_u64;
    loop {
        let read = source.read(&mut buffer).map_err(disk(file))?;
        let bytes = buffer.get(..read).unwrap_or_default();
        if bytes.is_empty() {
            break;
        }
        hasher.update(bytes);
        take(bytes).map_err(disk(file))?;
        size_bytes = size_bytes.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
    }
    Ok(Entry {
        path,
        size_bytes,
        sha256: hex(&hasher.finalize()),
    })
}

#[cfg(test)]
mod tests;
