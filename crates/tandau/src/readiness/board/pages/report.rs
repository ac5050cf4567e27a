//! The report on a district as PDF.

use super::super::frame::{Asked, Frame};
use super::super::papers;
use crate::platform::press::typeset;
use crate::platform::web::{Ctx, PAPER_POLICY, Shows, kept};
use crate::platform::{Error, areas, ids};
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, header};
use axum::response::Response;

pub(super) async fn report(
    ctx: Ctx,
    Path(area): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    if !ids::is_id(&area) {
        return Err(Error::NotFound);
    }
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let frame = Frame::must(&ctx.app, t, &mut reader, &asked).await?;
    let district = areas::by_id(&mut reader, &area, frame.as_of.day).await?;
    // The connection goes back before anybody waits for a paper.
    drop(reader);
    let day = frame.as_of.day;
    let stem = format!("readiness-{}-{day}-{}", district.code, t.lang.code());
    let form = kept::Form::file("application/pdf")
        .with(
            header::CONTENT_DISPOSITION,
            &format!("inline; filename=\"{stem}.pdf\""),
        )?
        .with(header::CONTENT_SECURITY_POLICY, PAPER_POLICY)?;
    let name = format!(
        "/readiness/districts/{area}/report.pdf?{}&{day}&{}&{}",
        frame.election.id,
        frame.as_of.today,
        t.lang.code()
    );
    let make = async {
        let mut reader = ctx.read().await?;
        let paper = papers::report(&mut reader, &frame, t, &district).await?;
        drop(reader);
        typeset(move || print::readiness_report(&paper)).await
    };
    ctx.app
        .kept
        .or_make_day(
            (&ctx, &headers),
            name,
            (Shows::All, !frame.as_of.today),
            form,
            make,
        )
        .await
}
