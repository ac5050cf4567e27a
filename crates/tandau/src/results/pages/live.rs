//! Tells open pages that something changed. An event carries nothing but that: the page fetches itself anew,
//! and what it may show is decided there.

use crate::platform::live::Change;
use crate::platform::web::Ctx;
use crate::platform::{App, Error};
use crate::results::queries;
use axum::extract::Path;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, mpsc, watch};
use tokio_stream::wrappers::ReceiverStream;

/// Streams open at once.
const LISTENERS_MAX: usize = 4000;
/// At most one event a stream in this time.
const PAUSE: Duration = Duration::from_secs(1);
/// A comment now and then, so that nobody on the way closes a quiet stream.
const HEARTBEAT: Duration = Duration::from_secs(20);

static LISTENERS: AtomicUsize = AtomicUsize::new(0);

/// One open stream; counted until it ends.
struct Place;

impl Place {
    fn take() -> Option<Self> {
        LISTENERS
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| {
                (n < LISTENERS_MAX).then_some(n + 1)
            })
            .ok()
            .map(|_| Self)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        LISTENERS.fetch_sub(1, Ordering::SeqCst);
    }
}

pub(super) async fn of_election(ctx: Ctx, Path(id): Path<String>) -> Result<Response, Error> {
    let mut reader = ctx.read().await?;
    let election = queries::election(&mut reader, &id).await?;
    drop(reader);
    let prefix = format!("{}.", election.id);
    stream(&ctx.app, move |change| {
        change.contest_id.is_empty() || change.contest_id.starts_with(&prefix)
    })
}

pub(super) async fn of_contest(
    ctx: Ctx,
    Path((id, contest)): Path<(String, String)>,
) -> Result<Response, Error> {
    let mut reader = ctx.read().await?;
    let election = queries::election(&mut reader, &id).await?;
    let contest = queries::contest(&mut reader, &election.id, &contest).await?;
    drop(reader);
    stream(&ctx.app, move |change| {
        change.contest_id.is_empty() || change.contest_id == contest.id
    })
}

fn stream(
    app: &App,
    concerns: impl Fn(&Change) -> bool + Send + 'static,
) -> Result<Response, Error> {
    let place = Place::take().ok_or(Error::TooMany {
        retry_after_seconds: 30,
    })?;
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(pass_on(
        app.hub.listen(),
        app.hub.closing(),
        sender,
        concerns,
        place,
    ));
    Ok((
        [("cache-control", "no-store"), ("x-accel-buffering", "no")],
        Sse::new(ReceiverStream::new(receiver)).keep_alive(KeepAlive::new().interval(HEARTBEAT)),
    )
        .into_response())
}

/// Passes changes on, at most one a second, until the reader leaves or the program ends.
async fn pass_on(
    mut changes: broadcast::Receiver<Change>,
    mut closing: watch::Receiver<bool>,
    sender: mpsc::Sender<Result<Event, Infallible>>,
    concerns: impl Fn(&Change) -> bool + Send,
    place: Place,
) {
    let _place = place;
    loop {
        let changed = tokio::select! {
            _ = closing.wait_for(|closing| *closing) => return,
            () = sender.closed() => return,
            change = changes.recv() => match change {
                Ok(change) => concerns(&change),
                // Too slow to follow: say "something", the page has it all.
                Err(RecvError::Lagged(_)) => true,
                Err(RecvError::Closed) => return,
            },
        };
        if !changed {
            continue;
        }
        if sender
            .send(Ok(Event::default().event("change").data("change")))
            .await
            .is_err()
        {
            return;
        }
        tokio::select! {
            _ = closing.wait_for(|closing| *closing) => return,
            () = sender.closed() => return,
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}
