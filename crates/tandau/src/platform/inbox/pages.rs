//! Routes of the inbox, and the page that stands in for one that can't be had without a network.

use super::{http, photos};
use crate::platform::Error;
use crate::platform::web::{Crumb, Ctx, Guard, Routes, Shell, page};
use askama::Template;
use axum::response::Response;

/// Routes of the inbox.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .post("/office/inbox", Guard::SignedIn, http::post)
        .post("/office/inbox/files", Guard::SignedIn, photos::post)
        .get("/office/inbox/hello", Guard::SignedIn, http::hello)
        .get("/office/offline", Guard::SignedIn, offline)
}

#[derive(Template)]
#[template(path = "platform/inbox/offline.html")]
struct OfflinePage {
    s: Shell,
}

async fn offline(ctx: Ctx) -> Result<Response, Error> {
    let title = ctx.t.offline_title();
    page(&OfflinePage {
        s: ctx.shell(
            "office",
            title.clone(),
            vec![
                Crumb::to("/office", ctx.t.shell_nav_office()),
                Crumb::here(title),
            ],
        ),
    })
}
