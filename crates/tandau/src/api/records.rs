//! Surveys that were asked, visits that were made, notes that were published.

use super::{Asked, Id, answer, page_of};
use crate::platform::web::{Problem, day};
use crate::platform::{App, Error, Lang, T, areas};
use crate::publications::export::{NoteDocument, document as note_document};
use crate::publications::{queries as notes, shown};
use crate::results::export::Localised;
use crate::surveys::export::{Study, SurveyEntry};
use crate::surveys::queries as surveys;
use crate::training::export::{self as training, SessionDocument, SessionInfo};
use crate::training::queries as sessions;
use crate::visits::export::{VisitDocument, VisitEntry, document as visit_document, entry};
use crate::visits::queries as visits;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Entries on a page of a list.
const PER_PAGE: u64 = 50;
/// Pages that can be asked for.
const PAGES_MAX: u64 = 1_000;

/// A page of a list, as of a day.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct ListQuery {
    /// A day that is over, `2023-10-02`: what was known at its end. This moment without it.
    as_of: Option<String>,
    /// Page, from 1; 50 on each.
    page: Option<u64>,
}

/// A page of a list: the first moment that no longer counts, its number, how many entries there are on one, and how
/// many lie before it.
struct Place {
    before: Timestamp,
    page: u64,
    part: (i64, i64),
}

impl ListQuery {
    fn place(&self, app: &App) -> Result<Place, Error> {
        let before = before(app, self.as_of.as_deref())?;
        let (page, skip) = page_of(self.page, PER_PAGE, PAGES_MAX)?;
        let [limit, offset] = [PER_PAGE, skip].map(|n| i64::try_from(n).unwrap_or(i64::MAX));
        Ok(Place {
            before,
            page,
            part: (limit, offset),
        })
    }
}

/// As of which day.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct DayQuery {
    /// A day that is over, `2023-10-02`: what was known at its end. This moment without it.
    as_of: Option<String>,
}

/// The first moment that no longer counts.
fn before(app: &App, as_of: Option<&str>) -> Result<Timestamp, Error> {
    Ok(day::before(app, as_of.unwrap_or_default(), "a day such as 2023-10-02")?.0)
}

/// Surveys that people could answer, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SurveyList {
    /// Page.
    page: u64,
    /// Pages.
    pages: u64,
    /// All of them.
    total: u64,
    /// Surveys.
    surveys: Vec<SurveyEntry>,
}

/// Visits that have begun, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct VisitList {
    /// Page.
    page: u64,
    /// Pages.
    pages: u64,
    /// All of them.
    total: u64,
    /// Visits.
    visits: Vec<VisitEntry>,
}

/// Published notes, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct NoteList {
    /// Page.
    page: u64,
    /// Pages.
    pages: u64,
    /// All of them.
    total: u64,
    /// Notes.
    notes: Vec<NoteEntry>,
}

/// Training sessions that were held, the latest first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SessionPage {
    /// Page.
    page: u64,
    /// Pages.
    pages: u64,
    /// All of them.
    total: u64,
    /// Sessions.
    sessions: Vec<SessionInfo>,
}

/// A note in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct NoteEntry {
    /// Id.
    id: String,
    /// Title as it reads.
    title: Localised,
    /// Kind of the records it is about: `visit`, `area`.
    subject_kind: String,
    /// Their id.
    subject_id: String,
    /// Number of its newest revision by then.
    revision: u64,
    /// When that was published, UTC.
    published_at: String,
    /// Whether it holds no longer.
    withdrawn: bool,
    /// Demonstration data.
    synthetic: bool,
}

/// Surveys that people could answer, the newest first.
#[utoipa::path(get, path = "/api/v1/surveys", tag = "surveys", params(ListQuery),
    responses((status = 200, body = SurveyList), (status = 422, body = Problem)))]
pub(super) async fn all_surveys(
    State(app): State<App>,
    Asked(asked): Asked<ListQuery>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let Place { before, page, part } = asked.place(&app)?;
    let mut reader = app.read().await?;
    let total = surveys::count_opened(&mut reader, before).await?;
    let found = surveys::opened(&mut reader, before, part).await?;
    let list = SurveyList {
        page,
        pages: total.div_ceil(PER_PAGE),
        total,
        surveys: found.iter().map(SurveyEntry::from).collect(),
    };
    answer(&headers, &list)
}

/// A survey with its figures: once it is closed, or as of its last step where they are shown while it is open.
#[utoipa::path(get, path = "/api/v1/surveys/{id}", tag = "surveys",
    params(("id" = String, Path, description = "Id of the survey"), DayQuery),
    responses((status = 200, body = Study), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn survey(
    State(app): State<App>,
    Id(id): Id,
    Asked(asked): Asked<DayQuery>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let now = app.clock.now();
    let before = before(&app, asked.as_of.as_deref())?;
    let day = asked.as_of.is_some().then_some(before);
    let mut reader = app.read().await?;
    let (_, results) = surveys::seen(&mut reader, &app, &id, now, (before, day)).await?;
    answer(&headers, &Study::of(&results.ok_or(Error::NotFound)?))
}

/// Visits that have begun, the newest first.
#[utoipa::path(get, path = "/api/v1/visits", tag = "visits", params(ListQuery),
    responses((status = 200, body = VisitList), (status = 422, body = Problem)))]
pub(super) async fn all_visits(
    State(app): State<App>,
    Asked(asked): Asked<ListQuery>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let Place { before, page, part } = asked.place(&app)?;
    let mut reader = app.read().await?;
    let total = visits::count_public_before(&mut reader, before).await?;
    let found = visits::public_before(&mut reader, before, part).await?;
    let list = VisitList {
        page,
        pages: total.div_ceil(PER_PAGE),
        total,
        visits: found
            .iter()
            .map(|one| entry(&one.visit, &one.area_code))
            .collect(),
    };
    answer(&headers, &list)
}

/// A visit with its events and instructions.
#[utoipa::path(get, path = "/api/v1/visits/{id}", tag = "visits",
    params(("id" = String, Path, description = "Id of the visit"), DayQuery),
    responses((status = 200, body = VisitDocument), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn visit(
    State(app): State<App>,
    Id(id): Id,
    Asked(asked): Asked<DayQuery>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let before = before(&app, asked.as_of.as_deref())?;
    let mut reader = app.read().await?;
    let found = visit_document(&mut reader, &app, &id, before).await?;
    answer(&headers, &found)
}

/// Training sessions that were held, the latest first.
#[utoipa::path(get, path = "/api/v1/training", tag = "training", params(ListQuery),
    responses((status = 200, body = SessionPage), (status = 422, body = Problem)))]
pub(super) async fn all_sessions(
    State(app): State<App>,
    Asked(asked): Asked<ListQuery>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let Place { before, page, part } = asked.place(&app)?;
    let mut reader = app.read().await?;
    let area = areas::country(&mut reader).await?.unwrap_or_default();
    let of = (area.as_str(), before);
    let sums = sessions::sums_by(&mut reader, &app, of).await?;
    let total = sums.iter().map(|sum| sum.sessions).sum::<u64>();
    let list = SessionPage {
        page,
        pages: total.div_ceil(PER_PAGE),
        total,
        sessions: training::sessions(&mut reader, &app, of, part).await?,
    };
    answer(&headers, &list)
}

/// A training session with the texts that were taught.
#[utoipa::path(get, path = "/api/v1/training/{id}", tag = "training",
    params(("id" = String, Path, description = "Id of the session"), DayQuery),
    responses((status = 200, body = SessionDocument), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn session(
    State(app): State<App>,
    Id(id): Id,
    Asked(asked): Asked<DayQuery>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let before = before(&app, asked.as_of.as_deref())?;
    let mut reader = app.read().await?;
    let found = training::document(&mut reader, &app, &id, before).await?;
    answer(&headers, &found)
}

/// Published notes, the newest first.
#[utoipa::path(get, path = "/api/v1/notes", tag = "notes", params(ListQuery),
    responses((status = 200, body = NoteList), (status = 422, body = Problem)))]
pub(super) async fn all_notes(
    State(app): State<App>,
    Asked(asked): Asked<ListQuery>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let Place { before, page, part } = asked.place(&app)?;
    let mut reader = app.read().await?;
    let total = notes::count(&mut reader, before).await?;
    let found = notes::list(&mut reader, before, part).await?;
    let mut list = NoteList {
        page,
        pages: total.div_ceil(PER_PAGE),
        total,
        notes: Vec::new(),
    };
    for (note, figures) in found {
        let title = |lang| shown::title_of(T::new(lang), &note, &figures);
        let title = Localised {
            kk: title(Lang::Kk)?,
            ru: title(Lang::Ru)?,
            en: title(Lang::En)?,
        };
        let published_at = note.published_at.unwrap_or_default();
        list.notes.push(NoteEntry {
            title,
            revision: note.revision,
            published_at: published_at.to_string(),
            withdrawn: note.withdrawn_at.is_some_and(|at| at < before),
            synthetic: note.synthetic,
            id: note.id,
            subject_kind: note.subject_kind,
            subject_id: note.subject_id,
        });
    }
    answer(&headers, &list)
}

/// A published note: text with its places, figures with query, page, time and hash, and what records said later.
#[utoipa::path(get, path = "/api/v1/notes/{id}", tag = "notes",
    params(("id" = String, Path, description = "Id of the note"), DayQuery),
    responses((status = 200, body = NoteDocument), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn note(
    State(app): State<App>,
    Id(id): Id,
    Asked(asked): Asked<DayQuery>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let before = before(&app, asked.as_of.as_deref())?;
    let mut reader = app.read().await?;
    let reading = notes::reading(&mut reader, &id, before, None).await?;
    answer(&headers, &note_document(&app, &reading)?)
}
