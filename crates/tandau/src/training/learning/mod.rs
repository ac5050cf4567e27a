//! Question banks, tests on a phone, certificates.

pub mod actions;
mod badge;
mod code;
mod export;
mod import;
pub mod model;
mod pages;
mod papers;
mod queries;
pub(crate) mod store;

pub(crate) use pages::retests_waiting;
pub use pages::routes;
pub use store::Bank;
pub(crate) use store::{AUDITED, STATEMENTS};

#[cfg(test)]
pub(crate) mod tests;

/// Ends tests whose time is over, every minute until the program ends.
pub async fn run(app: crate::platform::App) {
    crate::platform::sweeper::run(app, "tests whose time is over", |app, now| {
        actions::end_expired(app, now)
    })
    .await;
}

/// Hears, in the transaction of the act, that a session was held: `training_taught` has who was taught what there.
/// Tests look there themselves, so nothing has to be written.
///
/// # Errors
/// Never.
pub(in crate::training) async fn held(
    tx: &mut crate::platform::database::Transaction,
    acting: &crate::platform::Acting,
    session_id: &str,
) -> Result<(), crate::platform::Error> {
    let _ = (tx, acting, session_id);
    Ok(())
}

/// Hears, in the transaction of the act, that somebody was not at a session after all: certificates of tests after it hold no
/// longer. A test that runs still is ended later and finds that they were not there.
///
/// # Errors
/// What the database reports.
pub(in crate::training) async fn absent(
    tx: &mut crate::platform::database::Transaction,
    acting: &crate::platform::Acting,
    of: (&str, &str),
) -> Result<(), crate::platform::Error> {
    actions::withdraw_absent_in(tx, acting, of).await
}
