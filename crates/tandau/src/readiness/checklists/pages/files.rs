//! Checklists as files.

use crate::platform::Error;
use crate::platform::web::Ctx;
use crate::readiness::checklists::queries::{self, Version};
use crate::readiness::xlsform;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};

fn file(found: &Version, ending: &str, media_type: &'static str, bytes: Vec<u8>) -> Response {
    let name = format!(
        "attachment; filename=\"{}-{}.{ending}\"",
        found.list.id, found.version
    );
    let headers = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    (headers, bytes).into_response()
}

fn workbook(found: &Version) -> Result<Response, Error> {
    let bytes = xlsform::write(&found.list, found.version)?;
    Ok(file(found, "xlsx", xlsform::MEDIA_TYPE, bytes))
}

/// The list in force as a workbook.
pub(super) async fn xlsx(ctx: Ctx) -> Result<Response, Error> {
    let mut reader = ctx.read().await?;
    workbook(&queries::in_force(&mut reader, &ctx.app).await?)
}

/// The list in force as the rules have it.
pub(super) async fn toml(ctx: Ctx) -> Result<Response, Error> {
    let mut reader = ctx.read().await?;
    let found = queries::in_force(&mut reader, &ctx.app).await?;
    let text = found.list.to_toml().map_err(Error::internal)?;
    Ok(file(&found, "toml", "application/toml", text.into_bytes()))
}

/// Any version as a workbook.
pub(super) async fn xlsx_of(
    ctx: Ctx,
    Path((id, version)): Path<(String, String)>,
) -> Result<Response, Error> {
    let version: u64 = version.parse().map_err(|_| Error::NotFound)?;
    let mut reader = ctx.read().await?;
    workbook(&queries::version(&mut reader, &ctx.app, &id, version).await?)
}
