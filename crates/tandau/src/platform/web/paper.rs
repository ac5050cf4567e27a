//! Kept papers as answers to a browser: their type, a name, and a policy under which they run nothing.

use super::Ctx;
use crate::platform::Error;
use crate::platform::database::Reader;
use crate::platform::files::StoredFile;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};

/// A PDF runs nothing and stands in no frame. A sandbox would keep the browser's own reader shut; scripts were
/// refused when the paper came in.
pub(crate) const PAPER_POLICY: &str =
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'";
/// A picture runs nothing at all.
pub(crate) const PICTURE_POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

/// A kept paper. `name` has no ending; `cache` says who may keep it.
pub(crate) fn paper(file: &StoredFile, bytes: Vec<u8>, name: &str, cache: &str) -> Response {
    let (ending, policy) = match file.media_type.as_str() {
        "application/pdf" => ("pdf", PAPER_POLICY),
        "image/png" => ("png", PICTURE_POLICY),
        _ => ("jpg", PICTURE_POLICY),
    };
    (
        [
            (header::CONTENT_TYPE, file.media_type.clone()),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
            (
                header::CONTENT_DISPOSITION,
                format!("inline; filename=\"{name}.{ending}\""),
            ),
            (header::CONTENT_SECURITY_POLICY, policy.to_owned()),
            (header::CACHE_CONTROL, cache.to_owned()),
        ],
        bytes,
    )
        .into_response()
}

impl Ctx {
    /// A paper for this reader alone, once the room has decided that they may see it.
    ///
    /// # Errors
    /// [`Error::NotFound`]; what the disk reports.
    pub async fn private_paper(
        &self,
        mut reader: Reader,
        file_id: &str,
        name: &str,
    ) -> Result<Response, Error> {
        let file = self.app.files.find(&mut reader, file_id).await?;
        drop(reader);
        let bytes = self.app.files.bytes(&file).await?;
        Ok(paper(&file, bytes, name, "private, no-store"))
    }
}
