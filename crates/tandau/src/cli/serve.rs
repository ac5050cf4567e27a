//! `tandau serve`.

use super::open::{DataArgs, open, refuse_demo, start_background};
use super::{Failure, Outcome};
use crate::platform::App;
use crate::platform::database::Durability;
use crate::platform::web::{Patience, listen, router};
use clap::Args;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;

/// How long open requests may finish when the program is asked to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Serve an installation.
#[derive(Args, Debug)]
pub struct ServeArgs {
    #[command(flatten)]
    data: DataArgs,
    /// Address to listen on
    #[arg(long, env = "TANDAU_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
}

pub(super) async fn run(args: ServeArgs) -> Outcome {
    start_log();
    let (app, key) = open(&args.data, Durability::Full).await?;
    refuse_demo(&app)?;
    start_background(&app, key);
    app.set_ready(true);
    let listener = bind(args.listen).await?;
    serve_app(app, listener).await
}

/// Binds, or says why not and what to do.
///
/// # Errors
/// A port in use, an address that is not ours.
pub async fn bind(listen: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(listen).await.map_err(|e| {
        Failure::usage(format!(
            "can't listen on {listen}: {e}. Choose another address with --listen"
        ))
    })
}

/// Serves until the process is told to end; open requests may finish.
///
/// # Errors
/// None yet: a request that fails is answered, a connection that fails is dropped.
pub async fn serve_app(app: App, listener: TcpListener) -> Outcome {
    let site = router(&app, crate::routes());
    let stop = app.clone();
    listen(listener, site, Patience::default(), async move {
        asked_to_stop().await;
        stop.set_ready(false);
        stop.hub.close();
        // A connection that won't end must not keep the program alive.
        tokio::spawn(async {
            tokio::time::sleep(GRACE).await;
            std::process::exit(0);
        });
    })
    .await;
    app.database.close().await;
    Ok(())
}

async fn asked_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = interrupt.await;
}

/// Log lines on stderr; `TANDAU_LOG=json` for machines, `TANDAU_LOG_LEVEL` as in `info,tandau=debug`.
pub fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("TANDAU_LOG_LEVEL")
        .unwrap_or_else(|_| "warn,tandau=info".into());
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // A second call (tests) changes nothing.
    let _ = if std::env::var("TANDAU_LOG").is_ok_and(|v| v == "json") {
        builder.json().try_init()
    } else {
        builder.try_init()
    };
}
