//! Tells open pages that something changed. An event carries nothing but that: the page fetches itself anew,
//! and what it may show is decided there.

use crate::platform::live::Change;
use crate::platform::web::{self, Ctx};
use crate::platform::{App, Error};
use crate::results::queries;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, mpsc, watch};
use tokio_stream::wrappers::ReceiverStream;

/// Streams open at once.
const LISTENERS_MAX: usize = 4000;
/// Of these, streams to one address: a hall, or a village behind one modem, but not everything there is.
const LISTENERS_PER_ADDRESS_MAX: usize = 400;
/// At most one event a stream in this time.
const PAUSE: Duration = Duration::from_secs(1);
/// A comment now and then, so that nobody on the way closes a quiet stream.
const HEARTBEAT: Duration = Duration::from_secs(20);

/// Open streams: all of them, and by address.
#[derive(Default)]
struct Listeners {
    all: usize,
    by_address: BTreeMap<IpAddr, usize>,
}

static LISTENERS: LazyLock<Arc<Mutex<Listeners>>> = LazyLock::new(Arc::default);

/// One open stream; counted until it ends.
struct Place {
    of: Arc<Mutex<Listeners>>,
    address: Option<IpAddr>,
}

impl Place {
    fn take(of: &Arc<Mutex<Listeners>>, address: Option<IpAddr>) -> Option<Self> {
        let mut listeners = of.lock().unwrap_or_else(PoisonError::into_inner);
        if listeners.all >= LISTENERS_MAX {
            return None;
        }
        if let Some(address) = address {
            let open = listeners.by_address.entry(address).or_insert(0);
            if *open >= LISTENERS_PER_ADDRESS_MAX {
                return None;
            }
            *open += 1;
        }
        listeners.all += 1;
        Some(Self {
            of: Arc::clone(of),
            address,
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut listeners = self.of.lock().unwrap_or_else(PoisonError::into_inner);
        listeners.all = listeners.all.saturating_sub(1);
        let Some(address) = self.address else { return };
        if let Some(open) = listeners.by_address.get_mut(&address) {
            *open = open.saturating_sub(1);
            if *open == 0 {
                listeners.by_address.remove(&address);
            }
        }
    }
}

/// The address of who asks; none where nobody is on the line.
pub(super) struct Asker(Option<IpAddr>);

impl<S: Sync> FromRequestParts<S> for Asker {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(web::address(parts)))
    }
}

pub(super) async fn of_election(
    ctx: Ctx,
    from: Asker,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let mut reader = ctx.read().await?;
    let election = queries::election(&mut reader, &id).await?;
    drop(reader);
    let prefix = format!("{}.", election.id);
    stream(&ctx.app, &from, move |change| {
        change.contest_id.is_empty() || change.contest_id.starts_with(&prefix)
    })
}

pub(super) async fn of_contest(
    ctx: Ctx,
    from: Asker,
    Path((id, contest)): Path<(String, String)>,
) -> Result<Response, Error> {
    let mut reader = ctx.read().await?;
    let election = queries::election(&mut reader, &id).await?;
    let contest = queries::contest(&mut reader, &election.id, &contest).await?;
    drop(reader);
    stream(&ctx.app, &from, move |change| {
        change.contest_id.is_empty() || change.contest_id == contest.id
    })
}

fn stream(
    app: &App,
    from: &Asker,
    concerns: impl Fn(&Change) -> bool + Send + 'static,
) -> Result<Response, Error> {
    let place = Place::take(&LISTENERS, from.0).ok_or(Error::TooMany {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn take(of: &Arc<Mutex<Listeners>>, last: u8, times: usize) -> Vec<Place> {
        let address = Some(IpAddr::from([203, 0, 113, last]));
        (0..times)
            .filter_map(|_| Place::take(of, address))
            .collect()
    }

    #[test]
    fn one_address_takes_its_share_and_gives_it_back() {
        let of = Arc::default();
        let mut hall = take(&of, 1, LISTENERS_PER_ADDRESS_MAX + 5);
        assert_eq!(hall.len(), LISTENERS_PER_ADDRESS_MAX);
        assert_eq!(take(&of, 2, 1).len(), 1, "others still listen");
        hall.pop();
        hall.extend(take(&of, 1, 2));
        assert_eq!(hall.len(), LISTENERS_PER_ADDRESS_MAX, "one had left");
        drop(hall);
        let left = of.lock().unwrap();
        assert_eq!((left.all, left.by_address.len()), (0, 0));
    }

    #[test]
    fn all_together_stay_within_the_limit() {
        let of = Arc::default();
        let all: Vec<Place> = (0..20)
            .flat_map(|last| take(&of, last, LISTENERS_PER_ADDRESS_MAX))
            .collect();
        assert_eq!(all.len(), LISTENERS_MAX);
    }
}
