//! A sheet of a list on paper: keyed with its photo, also without a network.

use super::{At, attendance};
use crate::platform::inbox;
use crate::platform::web::{
    Choice, Ctx, ErrorItem, FieldErrors, FormData, Shell, page, page_with_errors, see,
};
use crate::platform::{Error, ids};
use crate::training::model::TraineeState;
use crate::training::presence::actions;
use crate::training::presence::model::SHEET;
use crate::training::presence::queries;
use crate::training::queries as sessions;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;

#[derive(Template)]
#[template(path = "training/presence/pages/sheet.html")]
struct SheetPage {
    s: Shell,
    errors: Vec<ErrorItem>,
    when: String,
    place: String,
    href: String,
    envelope: String,
    session: String,
    people: String,
    people_error: String,
    photo_error: String,
    choices: Vec<Choice>,
    others: String,
    others_error: String,
    note: String,
    note_error: String,
}

/// `GET /office/training/sessions/{id}/sheet`.
pub(super) async fn form(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    page(&view(&ctx, &id, None, FieldErrors::default()).await?)
}

/// `POST /office/training/sessions/{id}/sheet`.
pub(super) async fn key(
    ctx: Ctx,
    Path(id): Path<String>,
    data: FormData,
) -> Result<Response, Error> {
    // The address says which session it is.
    if data.text("session") != id {
        return Err(Error::NotFound);
    }
    let acting = ctx.acting()?;
    match inbox::take_form(&acting, SHEET, &data).await {
        Ok(taken) => Ok(see(&taken.href)),
        Err(Error::Invalid(problems)) => {
            let errors = FieldErrors::take(Error::Invalid(problems))?;
            page_with_errors(&view(&ctx, &id, Some(&data), errors).await?)
        }
        Err(other) => Err(other),
    }
}

async fn view(
    ctx: &Ctx,
    id: &str,
    sent: Option<&FormData>,
    errors: FieldErrors,
) -> Result<SheetPage, Error> {
    let t = ctx.t;
    let mut reader = ctx.read().await?;
    let at = At::run(ctx, &mut reader, id).await?;
    let trainees = sessions::trainees(&mut reader, id).await?;
    drop(reader);
    let ticked: std::collections::BTreeSet<&str> =
        sent.map(|d| d.all("person").collect()).unwrap_or_default();
    let choices = trainees
        .iter()
        .filter(|p| p.state == TraineeState::Invited)
        .map(|p| {
            let area = p.area.get(t.lang);
            let name = p.person.names.get(t.lang);
            let text = if area.is_empty() {
                name.to_owned()
            } else {
                format!("{name} · {area}")
            };
            let id = p.person.id.as_str();
            let current = if ticked.contains(id) { id } else { "" };
            Choice::new(id, text, current)
        })
        .collect();
    let text = |name: &str| sent.map_or("", |d| d.text(name)).to_owned();
    let envelope = text("envelope");
    let title = t.presence_to_sheet();
    Ok(SheetPage {
        s: ctx.shell("office", title.clone(), at.crumbs(ctx, &title)),
        errors: errors.summary(),
        href: at.href(),
        envelope: if envelope.is_empty() {
            ids::random_id()
        } else {
            envelope
        },
        session: id.to_owned(),
        people: text("people"),
        people_error: errors.of("people").to_owned(),
        photo_error: errors.of("photo").to_owned(),
        choices,
        others: text("others"),
        others_error: errors.of("others").to_owned(),
        note: text("note"),
        note_error: errors.of("note").to_owned(),
        when: at.when,
        place: at.place,
    })
}

/// `POST /office/training/sessions/{id}/sheets/{sheet}/withdraw`.
pub(super) async fn withdraw(
    ctx: Ctx,
    Path((id, sheet)): Path<(String, String)>,
    data: FormData,
) -> Result<Response, Error> {
    let acting = ctx.acting()?;
    let done = actions::withdraw_sheet(&acting, &id, &sheet, data.text("reason")).await;
    attendance::answer(&ctx, &id, done, &data).await
}

/// `POST /office/training/sessions/{id}/sheets/{sheet}/lines/{place}`: who stands behind a name.
pub(super) async fn name(
    ctx: Ctx,
    Path((id, sheet, place)): Path<(String, String, String)>,
    data: FormData,
) -> Result<Response, Error> {
    let acting = ctx.acting()?;
    let place: u64 = place.parse().map_err(|_| Error::NotFound)?;
    let who = data.text(&format!("who-{sheet}-{place}")).to_owned();
    let done = actions::name_line(&acting, &id, (&sheet, place), &who).await;
    attendance::answer(&ctx, &id, done, &data).await
}

/// `GET /office/training/sessions/{id}/sheets/{sheet}/photos/{place}`: for whoever may run the session.
pub(super) async fn photo(
    ctx: Ctx,
    Path((id, sheet, place)): Path<(String, String, String)>,
) -> Result<Response, Error> {
    let mut reader = ctx.read().await?;
    let at = At::run(&ctx, &mut reader, &id).await?;
    let known = queries::known(&mut reader, &ctx.app, &at.session).await?;
    let place: usize = place.parse().map_err(|_| Error::NotFound)?;
    let file = known
        .sheets
        .iter()
        .find(|s| s.id == sheet)
        .and_then(|s| s.photos.get(place.checked_sub(1)?))
        .ok_or(Error::NotFound)?
        .clone();
    ctx.private_paper(reader, &file, "attendance").await
}
