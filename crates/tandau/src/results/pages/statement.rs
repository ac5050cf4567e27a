//! The accessibility statement.

use super::crumbs;
use crate::platform::Error;
use crate::platform::web::{Crumb, Ctx, Shell, page};
use askama::Template;
use axum::response::Response;

#[derive(Template)]
#[template(path = "results/pages/statement.html")]
struct StatementPage {
    s: Shell,
}

pub(super) async fn accessibility(ctx: Ctx) -> Result<Response, Error> {
    let title = ctx.t.site_accessibility_title();
    page(&StatementPage {
        s: ctx.shell("", title.clone(), crumbs(&ctx, vec![Crumb::here(title)])),
    })
}
