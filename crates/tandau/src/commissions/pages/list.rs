//! `/commissions`: the chain from the central commission to the regions.

use super::{AsOf, Line};
use crate::commissions::model::Level;
use crate::commissions::queries;
use crate::platform::Error;
use crate::platform::i18n::date_long;
use crate::platform::web::{Crumb, Ctx, Shell, page as render};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;

struct LevelCount {
    name: String,
    count: u64,
}

#[derive(Template)]
#[template(path = "commissions/pages/list.html")]
struct ListPage {
    s: Shell,
    as_of: String,
    levels: Vec<LevelCount>,
    central: Vec<Line>,
    regions: Vec<Line>,
}

pub(super) async fn page(ctx: Ctx, Query(as_of): Query<AsOf>) -> Result<Response, Error> {
    let day = as_of.day(&ctx)?;
    let mut reader = ctx.read().await?;
    let below = queries::count_below(&mut reader, day).await?;
    let counts = queries::count_by_level(&mut reader, day).await?;
    let mut lines = [Vec::new(), Vec::new()];
    for (place, level) in [Level::Central, Level::Region].into_iter().enumerate() {
        for commission in queries::of_level(&mut reader, level, day).await? {
            let under = below.get(&commission.id).copied().unwrap_or(0);
            let line = Line::new(&commission, ctx.t, &as_of.query(), under);
            if let Some(lines) = lines.get_mut(place) {
                lines.push(line);
            }
        }
    }
    let [central, regions] = lines;
    let title = ctx.t.commissions_title();
    let crumbs = vec![
        Crumb::to("/", ctx.t.shell_nav_home()),
        Crumb::here(title.clone()),
    ];
    render(&ListPage {
        as_of: date_long(ctx.lang(), day),
        levels: counts
            .into_iter()
            .map(|(level, count)| LevelCount {
                name: ctx.t.word(&format!("commissions-level-{}", level.as_str())),
                count,
            })
            .collect(),
        central,
        regions,
        s: ctx.shell("commissions", title, crumbs),
    })
}
