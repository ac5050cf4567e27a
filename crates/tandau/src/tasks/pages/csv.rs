//! `/office/tasks.csv`: a list of tasks as a table for other programs.

use super::list::Asked;
use super::words::Places;
use crate::platform::Error;
use crate::platform::rows::plain;
use crate::platform::web::Ctx;
use crate::tasks::queries::{self, BodyNames};
use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};

/// Rows that are read at once; the file has all of them.
const ROWS: u32 = 1_000;

const HEAD: [&str; 16] = [
    "id",
    "state",
    "severity",
    "title_kk",
    "title_ru",
    "title_en",
    "detail",
    "area_code",
    "station_number",
    "place",
    "addressee_kind",
    "addressee",
    "opened_at",
    "due_at",
    "overdue",
    "level",
];

pub(super) async fn file(ctx: Ctx, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let acting = ctx.acting()?;
    let (now, day, lang) = (acting.now(), acting.today(), ctx.lang());
    let mut reader = ctx.read().await?;
    let read = asked.read(&mut reader, &acting).await?;
    let (mut names, mut places) = (BodyNames::default(), Places::default());
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEAD).map_err(Error::internal)?;
    for part in 0.. {
        let found = queries::list(
            &mut reader,
            &read.desk.scope,
            &read.wanted,
            (read.list, now),
            (ROWS, ROWS.saturating_mul(part)),
        )
        .await?;
        for task in &found {
            let place = places.of(&mut reader, task, lang, day).await?;
            let who = names.of(&mut reader, &task.addressee, day).await?;
            let number = place.number.map(|n| n.to_string()).unwrap_or_default();
            let local = |at: jiff::Timestamp| {
                at.to_zoned_datetime(place.zone.clone())
                    .strftime("%Y-%m-%dT%H:%M:%S%:z")
                    .to_string()
            };
            writer
                .write_record([
                    task.id.as_str(),
                    task.state.as_str(),
                    task.severity.as_str(),
                    &plain(&task.title.kk),
                    &plain(&task.title.ru),
                    &plain(&task.title.en),
                    &plain(&task.detail),
                    &place.code,
                    &number,
                    &plain(&place.name),
                    &task.addressee.kind,
                    &plain(who.get(lang)),
                    &local(task.opened_at),
                    &local(task.due_at),
                    if task.is_overdue(now) { "yes" } else { "no" },
                    &task.level.to_string(),
                ])
                .map_err(Error::internal)?;
        }
        if found.len() < usize::try_from(ROWS).unwrap_or(usize::MAX) {
            break;
        }
    }
    let bytes = writer.into_inner().map_err(Error::internal)?;
    Ok((
        [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
            (
                header::CONTENT_DISPOSITION,
                "attachment; filename=\"tasks.csv\"",
            ),
        ],
        bytes,
    )
        .into_response())
}
