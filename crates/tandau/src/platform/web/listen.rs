//! Accepts connections, and cuts off those who send too slowly: an open connection that sends a byte now and
//! then would otherwise hold its place for ever.

use super::peer::Peer;
use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::future::Future;
use std::io::ErrorKind;
use std::pin::pin;
use std::time::Duration;
use tokio::net::TcpListener;
use tower::{Layer as _, ServiceBuilder};
use tower_http::timeout::{RequestBodyDeadlineLayer, RequestBodyTimeoutLayer};

/// No honest request has larger headers, in bytes.
const MAX_HEADER_BYTES: usize = 32 * 1024;
/// With no file descriptor left, others get time to end.
const PAUSE: Duration = Duration::from_secs(1);

/// How long a sender may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For all headers, from the first byte of the connection or the end of the answer before.
    pub headers: Duration,
    /// Between two pieces of a body.
    pub pause: Duration,
    /// For a whole body: a photo of 10 MB over a village's weak connection fits in.
    pub body: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            headers: Duration::from_secs(20),
            pause: Duration::from_secs(30),
            body: Duration::from_secs(600),
        }
    }
}

/// Serves the site until `stop` is done; then takes no new connection and lets open requests finish.
pub async fn listen(
    listener: TcpListener,
    site: Router,
    patience: Patience,
    stop: impl Future<Output = ()>,
) {
    let site = ServiceBuilder::new()
        .layer(RequestBodyDeadlineLayer::new(patience.body))
        .layer(RequestBodyTimeoutLayer::new(patience.pause))
        .service(site);
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(patience.headers)
        .max_header_size(MAX_HEADER_BYTES);
    let open = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                // Small answers (a line of a live stream) leave at once.
                let _ = stream.set_nodelay(true);
                let service =
                    TowerToHyperService::new(Extension(Peer(peer.ip())).layer(site.clone()));
                let connection = builder.serve_connection(TokioIo::new(stream), service);
                let watched = open.watch(connection);
                tokio::spawn(async move {
                    if let Err(e) = watched.await {
                        tracing::debug!(error = %e, "a connection ended early");
                    }
                });
            }
            Err(e) if is_the_peers(e.kind()) => {}
            Err(e) => {
                tracing::warn!(error = %e, "no connection can be accepted");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    drop(listener);
    open.shutdown().await;
}

/// The other side went away before we looked.
fn is_the_peers(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset
    )
}
