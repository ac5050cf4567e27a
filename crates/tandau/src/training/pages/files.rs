//! `/training.csv` and `/training.json`: every session held, as of a day.

use super::public::Asked;
use crate::platform::Error;
use crate::platform::web::{Ctx, as_csv, as_json};
use crate::training::export::{self, SessionInfo};
use axum::extract::Query;
use axum::response::Response;

/// Sessions of one file at most.
const MOST: i64 = 20_000;

async fn read(ctx: &Ctx, asked: &Asked) -> Result<Vec<SessionInfo>, Error> {
    let before = asked.before(ctx)?;
    let mut reader = ctx.read().await?;
    let Some(area) = asked.area_id(ctx, &mut reader).await? else {
        return Ok(Vec::new());
    };
    export::sessions(&mut reader, &ctx.app, (&area, before), (MOST, 0)).await
}

pub(super) async fn csv(ctx: Ctx, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let head = [
        "id",
        "election",
        "programme",
        "level",
        "area",
        "area_name",
        "starts_at",
        "ends_at",
        "place",
        "present",
    ];
    let mut lines = vec![head.map(str::to_owned).to_vec()];
    for one in read(&ctx, &asked).await? {
        lines.push(vec![
            one.id,
            one.election,
            one.programme,
            one.level.to_string(),
            one.area,
            one.area_name.ru,
            one.starts_at,
            one.ends_at,
            one.place.ru,
            one.present.map_or_else(String::new, |n| n.to_string()),
        ]);
    }
    as_csv(lines)
}

pub(super) async fn json(ctx: Ctx, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let sessions = read(&ctx, &asked).await?;
    as_json(&export::SessionList { sessions })
}
