//! What a phone asks for to keep the site beside its other programs: the service worker and the manifest. They hold
//! nothing of anybody, and a browser fetches them without a session.

use super::assets;
use super::context::language_of;
use crate::platform::T;
use axum::Json;
use axum::extract::Request;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// The worker that answers for the office's pages while there is no network. Its address stays, so it is asked for
/// anew each time.
pub(super) async fn worker() -> Response {
    let Some(bytes) = assets::bytes("worker.js") else {
        return StatusCode::NOT_FOUND.into_response();
    };
    (
        [
            (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
            (header::CACHE_CONTROL, "no-cache"),
            (HeaderName::from_static("service-worker-allowed"), "/office"),
        ],
        bytes,
    )
        .into_response()
}

/// Names, colours and icons of the site as a program on a phone, in the language of `?lang=`.
pub(super) async fn manifest(request: Request) -> Response {
    let t = T::new(language_of(request.uri(), request.headers()));
    let icon = |name: &str, sizes: &str, purpose: &str| json!({"src": assets::asset_url(name), "sizes": sizes, "type": "image/png", "purpose": purpose});
    let manifest = json!({
        "id": "/office",
        "name": t.offline_app_name(),
        "short_name": t.shell_brand(),
        "description": t.offline_app_text(),
        "lang": t.lang.code(),
        "start_url": "/office",
        "scope": "/",
        "display": "standalone",
        "theme_color": "#004a57",
        "background_color": "#ffffff",
        "icons": [
            icon("icon-192.png", "192x192", "any"),
            icon("icon-512.png", "512x512", "any"),
            icon("icon-maskable-512.png", "512x512", "maskable"),
            {"src": assets::asset_url("icon.svg"), "sizes": "any", "type": "image/svg+xml"},
        ],
    });
    let mut answer = Json(manifest).into_response();
    answer.headers_mut().insert(
        header::CONTENT_TYPE,
        axum::http::HeaderValue::from_static("application/manifest+json"),
    );
    answer
}
