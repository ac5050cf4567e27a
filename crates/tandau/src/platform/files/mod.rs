//! Attached papers: photos and PDFs of signed protocols and decisions.
//!
//! The type is found from the content, never from a name; pictures are written anew without their
//! metadata; a file is kept under the hash of its bytes, so a name from outside never reaches the disk.

mod clean;
mod pdf;

pub use clean::{CleanError, MediaType, clean};

use super::database::{Connection, Transaction};
use super::{Acting, Error, ids};
use crate::{bind, statements};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use tokio::sync::Semaphore;

/// The largest paper taken, in bytes.
pub const MAX_FILE_BYTES: usize = 10 * 1024 * 1024;

/// Ending of a picture beside its PDF.
const PREVIEW: &str = "preview.png";
/// Wide enough to read the figures, in pixels.
const PREVIEW_WIDTH: u16 = 1_100;

statements! {
    ADD = "insert into stored_file (id, sha256, media_type, size_bytes, public, created_at, created_by)
        values ($1, $2, $3, $4, $5, $6, $7)";
    GET = "select id, sha256, media_type, size_bytes, public from stored_file where id = $1";
}

/// The folder with the bytes.
#[derive(Clone, Debug)]
pub struct FileStore {
    folder: PathBuf,
}

/// A paper as the database knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// Id used in addresses.
    pub id: String,
    /// SHA-256 of the bytes, hex.
    pub sha256: String,
    /// `application/pdf`, `image/jpeg` or `image/png`.
    pub media_type: String,
    /// Size in bytes.
    pub size_bytes: u64,
    /// Whether everybody may read it (a signed protocol is public by law).
    pub public: bool,
}

/// A file whose cleaned bytes are on disk, not yet noted anywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    sha256: String,
    media_type: MediaType,
    size_bytes: u64,
}

/// Papers cleaned at once: a decoded photo takes up to 200 MB for a moment.
static DESKS: Semaphore = Semaphore::const_new(2);

impl FileStore {
    /// A store in a folder, which is made if it is not there.
    ///
    /// # Errors
    /// When the folder can't be made.
    pub fn open(folder: PathBuf) -> Result<Self, Error> {
        std::fs::create_dir_all(&folder)?;
        Ok(Self { folder })
    }

    /// Cleans and keeps the bytes, and notes the file in the transaction of the act it belongs to.
    /// Bytes whose transaction fails stay on disk unreferenced and harm nobody.
    ///
    /// # Errors
    /// [`Error::TooLarge`], [`Error::Unsupported`], what the disk reports.
    pub async fn keep(
        &self,
        transaction: &mut Transaction,
        acting: &Acting,
        bytes: Vec<u8>,
        public: bool,
    ) -> Result<StoredFile, Error> {
        let prepared = self.prepared(bytes).await?;
        self.note(transaction, acting, &prepared, public).await
    }

    /// As [`FileStore::prepare`], with the one error that a form shows.
    ///
    /// # Errors
    /// As [`FileStore::keep`].
    pub async fn prepared(&self, bytes: Vec<u8>) -> Result<Prepared, Error> {
        self.prepare(bytes).await?.map_err(|e| match e {
            CleanError::TooLarge => Error::TooLarge,
            CleanError::Kind | CleanError::Broken | CleanError::Active => Error::Unsupported,
        })
    }

    /// Cleans the bytes and writes them under their hash, a few at once: before the transaction, so that
    /// nobody waits with it while a picture is decoded. The inner error says why a paper is not taken.
    ///
    /// # Errors
    /// What the disk reports.
    pub async fn prepare(&self, bytes: Vec<u8>) -> Result<Result<Prepared, CleanError>, Error> {
        if bytes.len() > MAX_FILE_BYTES {
            return Ok(Err(CleanError::TooLarge));
        }
        let folder = self.folder.clone();
        let desk = DESKS.acquire().await.map_err(Error::internal)?;
        tokio::task::spawn_blocking(move || {
            let cleaned = clean(&bytes);
            // Only now: the memory is in use even if nobody waits for the answer any more.
            drop(desk);
            let (media_type, bytes) = match cleaned {
                Ok(cleaned) => cleaned,
                Err(problem) => return Ok(Err(problem)),
            };
            let sha256 = hex(&Sha256::digest(&bytes));
            write_once(&path_of(&folder, &sha256), &bytes)?;
            Ok(Ok(Prepared {
                sha256,
                media_type,
                size_bytes: u64::try_from(bytes.len()).map_err(Error::internal)?,
            }))
        })
        .await
        .map_err(Error::internal)?
    }

    /// Notes a prepared file in the transaction of the act it belongs to.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn note(
        &self,
        transaction: &mut Transaction,
        acting: &Acting,
        prepared: &Prepared,
        public: bool,
    ) -> Result<StoredFile, Error> {
        let file = StoredFile {
            id: ids::new_id(),
            sha256: prepared.sha256.clone(),
            media_type: prepared.media_type.name().to_owned(),
            size_bytes: prepared.size_bytes,
            public,
        };
        transaction
            .execute(
                ADD,
                bind![
                    &file.id,
                    &file.sha256,
                    &file.media_type,
                    i64::try_from(file.size_bytes).map_err(Error::internal)?,
                    public,
                    acting.now(),
                    acting.person()
                ],
            )
            .await?;
        Ok(file)
    }

    /// What is known of a file.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn find(&self, connection: &mut Connection, id: &str) -> Result<StoredFile, Error> {
        let row = connection
            .first(GET, bind![id])
            .await?
            .ok_or(Error::NotFound)?;
        Ok(StoredFile {
            id: row.text("id")?,
            sha256: row.text("sha256")?,
            media_type: row.text("media_type")?,
            size_bytes: row.count("size_bytes")?,
            public: row.flag("public")?,
        })
    }

    /// A picture of the first page of a PDF, made once and kept beside it.
    ///
    /// # Errors
    /// [`Error::NotFound`] for what is no PDF or can't be drawn; what the disk reports.
    pub async fn preview(&self, file: &StoredFile) -> Result<Vec<u8>, Error> {
        if file.media_type != MediaType::Pdf.name() {
            return Err(Error::NotFound);
        }
        let kept = path_of(&self.folder, &file.sha256).with_extension(PREVIEW);
        if let Ok(bytes) = tokio::fs::read(&kept).await {
            return Ok(bytes);
        }
        let bytes = self.bytes(file).await?;
        let drawn = super::press::typeset(move || print::first_page(bytes, PREVIEW_WIDTH)).await;
        let picture = match drawn {
            Err(Error::Internal(fault)) => {
                tracing::info!(%fault, "no picture of a paper");
                return Err(Error::NotFound);
            }
            other => other?,
        };
        let written = picture.clone();
        tokio::task::spawn_blocking(move || write_once(&kept, &written))
            .await
            .map_err(Error::internal)??;
        Ok(picture)
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// What the disk reports.
    pub async fn bytes(&self, file: &StoredFile) -> Result<Vec<u8>, Error> {
        Ok(tokio::fs::read(path_of(&self.folder, &file.sha256)).await?)
    }
}

fn path_of(folder: &Path, sha256: &str) -> PathBuf {
    folder.join(sha256.get(..2).unwrap_or("00")).join(sha256)
}

/// Writes under another name, makes it durable, then gives it its own.
fn write_once(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    if path.exists() {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let draft = path.with_extension(ids::random_id());
    let mut file = std::fs::File::create(&draft)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&draft, path)?;
    Ok(())
}

/// Bytes in hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let written = write!(text, "{byte:02x}");
            debug_assert!(written.is_ok(), "writing to a String does not fail");
            text
        })
}

/// Reads 32 secret bytes from a file, or makes them in a new one that only its owner can read.
///
/// # Errors
/// When the file can't be read or written, or has another length.
pub fn secret_file(path: &Path) -> Result<[u8; 32], Error> {
    if let Ok(bytes) = std::fs::read(path) {
        return bytes
            .try_into()
            .map_err(|_| Error::internal(format!("{} should hold 32 bytes", path.display())));
    }
    let secret: [u8; 32] = rand::random();
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(&secret)?;
    file.sync_all()?;
    Ok(secret)
}

#[cfg(test)]
pub(crate) mod tests;
