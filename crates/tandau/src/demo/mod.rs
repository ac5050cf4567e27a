//! The demo: the pilot of 5 November 2023 built from synthetic figures and played through the rooms' own
//! actions, so that everything on the site was done by somebody with the power to do it.

mod folder;
mod load;
pub mod pages;
pub mod plan;
mod play;
mod progress;
mod steps;

use crate::cli::{DataArgs, Failure, Outcome, bind, open, serve_app, start_background, start_log};
use crate::platform::database::Durability;
use crate::platform::{App, Error};
use clap::Args;
use folder::State;
use jiff::Timestamp;
use jiff::civil::{Date, date, time};
use progress::Progress;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

/// The day after voting: everything is counted, results are determined.
const DEFAULT_AT: Date = date(2023, 11, 6);

/// Build the pilot of 5 November 2023, play it, serve it. People and station figures are synthetic.
///
/// Example: tandau demo --fast --data /tmp/demo --listen 127.0.0.1:8080
#[derive(Args, Debug)]
pub struct DemoArgs {
    /// Folder of the demo [default: demo-data, or demo-data-DAY with --at]; one that was built before opens
    /// again without replaying
    #[arg(long, env = "TANDAU_DATA")]
    data: Option<PathBuf>,
    /// Address to listen on: loopback, unless --public-demo is given
    #[arg(long, env = "TANDAU_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Don't wait for the day to pass: play it as fast as the machine can
    #[arg(long)]
    fast: bool,
    /// Stop at the end of this day: 2023-10-02 is the end of the visit, 2023-11-05 the evening of voting
    /// [default: 2023-11-06, or whatever day the folder was built for]
    #[arg(long, value_name = "DATE")]
    at: Option<Date>,
    /// Allow an address that others can reach although the sign-in details are public
    #[arg(long)]
    public_demo: bool,
}

impl DemoArgs {
    /// Each day has a folder of its own, so that looking at another one needs no other words.
    fn folder(&self) -> PathBuf {
        match (&self.data, self.at) {
            (Some(named), _) => named.clone(),
            (None, Some(day)) if day != DEFAULT_AT => PathBuf::from(format!("demo-data-{day}")),
            (None, _) => PathBuf::from("demo-data"),
        }
    }
}

/// Runs the demo.
///
/// # Errors
/// A folder or address that can't be used; a plan that the rooms refuse.
pub async fn run(args: DemoArgs) -> Outcome {
    start_log();
    if !args.listen.ip().is_loopback() && !args.public_demo {
        return Err(Failure::usage(format!(
            "{} can be reached by others and the demo's sign-in details are public. Use a loopback address, or --public-demo if you mean it",
            args.listen
        )));
    }
    let listener = bind(args.listen).await?;
    let at = args.at.unwrap_or(DEFAULT_AT);
    let data = DataArgs {
        data: args.folder(),
        database: None,
        rules_dir: None,
        home_zone: None,
        address: None,
        log_name: None,
    };
    let state = folder::prepare(&data.data, args.at).await?;
    let (app, key) = open(&data, Durability::Full).await?;
    greet(&listener, &args);
    let ready = state == State::Built;
    app.set_ready(ready);
    start_background(&app, key);
    if !ready {
        let builder = app.clone();
        let fast = args.fast;
        tokio::spawn(async move {
            if let Err(e) = build(&builder, at, fast).await {
                tracing::error!(error = %e, "the demo could not be built");
                // Without its records the site would show nothing true.
                std::process::exit(1);
            }
        });
    }
    serve_app(app, listener).await
}

/// Loads and plays up to the end of `at`.
async fn build(app: &App, at: Date, fast: bool) -> Result<(), Error> {
    let plan = tokio::task::spawn_blocking(|| plan::build(&plan::Sources::embedded()))
        .await
        .map_err(Error::internal)?
        .map_err(Error::internal)?;
    let until = end_of(app, at)?;
    let events = u64::try_from(plan.events.len()).map_err(Error::internal)?;
    let progress = Progress::new(events);
    let plan = Arc::new(plan);
    let rules = app.rules.get(load::RULES)?;
    let papers = play::Papers::begin(Arc::clone(&plan), rules, until);
    let mut loader = load::Loader::new(app.clone(), Arc::clone(&plan));
    loader.load(until, &progress).await?;
    if !fast {
        app.set_ready(true);
    }
    play::play(&loader, until, fast, papers, &progress).await?;
    progress.finish();
    folder::finish(app, until).await?;
    app.clock.set(until);
    app.set_ready(true);
    tracing::info!("demo: ready");
    Ok(())
}

/// What the clock shows at the end of the demo: the late evening on the day of voting, the end of the
/// working day otherwise.
fn end_of(app: &App, day: Date) -> Result<Timestamp, Error> {
    let hour = if day == plan::VOTING_DAY {
        time(23, 0, 0, 0)
    } else {
        time(18, 0, 0, 0)
    };
    load::instant(&app.home_zone, day, hour)
}

fn greet(listener: &tokio::net::TcpListener, args: &DemoArgs) {
    use std::io::Write as _;
    let port = listener
        .local_addr()
        .map_or(args.listen.port(), |a| a.port());
    let host = if args.listen.ip().is_loopback() {
        "localhost".to_owned()
    } else {
        args.listen.ip().to_string()
    };
    let mut out = std::io::stdout();
    // With stdout closed there is nobody to greet.
    let _ = writeln!(
        out,
        "http://{host}:{port}\nPeople and station figures of this demo are synthetic.\nSign in: see http://{host}:{port}/first-steps (password {} and a one-time code shown there)",
        load::PASSWORD
    );
    let logins: Vec<&str> = load::CAST.iter().map(|one| one.login).collect();
    let _ = writeln!(out, "  {}", logins.join("\n  "));
}

#[cfg(test)]
mod tests;
