//! The same for programs: stations as CSV, the country or the stations of an area as JSON.

use super::super::export;
use super::super::frame::{Asked, Frame};
use crate::platform::web::{Ctx, as_csv, as_json};
use crate::platform::{Error, ids};
use axum::extract::Query;
use axum::response::Response;

fn checked(area: &str) -> Result<&str, Error> {
    if area.is_empty() || ids::is_id(area) {
        Ok(area)
    } else {
        Err(Error::NotFound)
    }
}

pub(super) async fn csv(ctx: Ctx, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let area = checked(&asked.area)?;
    let mut reader = ctx.read().await?;
    let frame = Frame::must(&ctx.app, ctx.t, &mut reader, &asked).await?;
    let stations = export::stations(&mut reader, &frame, area).await?;
    drop(reader);
    as_csv(export::lines(&stations, ctx.t))
}

pub(super) async fn json(ctx: Ctx, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let area = checked(&asked.area)?;
    let mut reader = ctx.read().await?;
    let frame = Frame::must(&ctx.app, ctx.t, &mut reader, &asked).await?;
    if area.is_empty() {
        as_json(&export::country(&mut reader, &ctx.app, &frame).await?)
    } else {
        as_json(&export::stations(&mut reader, &frame, area).await?)
    }
}
