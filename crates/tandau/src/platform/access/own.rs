//! What people do with their own account: choose a password, and at the first sign-in a key for one-time codes, so
//! that whoever made the account knows neither any more.

use super::{accounts, passwords, sessions, tries};
use crate::bind;
use crate::platform::database::{Connection, Transaction};
use crate::platform::web::{FieldErrors, SignedIn};
use crate::platform::{Acting, App, Error, audit};
use jiff::Timestamp;

/// An account as its owner sees it.
#[derive(Debug)]
pub struct Own {
    /// Login.
    pub login: String,
    /// The password was made by somebody else.
    pub must_change: bool,
    password_hash: String,
}

/// What the owner sends.
#[derive(Debug)]
pub struct Change<'a> {
    /// The password until now.
    pub old: &'a str,
    /// The new one.
    pub new: &'a str,
    /// The new one once more.
    pub again: &'a str,
    /// A code made with the new key, at the first change.
    pub code: &'a str,
}

/// One's own account.
///
/// # Errors
/// [`Error::SignIn`] when it has been closed.
pub async fn find(connection: &mut Connection, id: &str) -> Result<Own, Error> {
    let row = connection.first(accounts::OF_OWNER, bind![id]).await?;
    let row = row.ok_or(Error::SignIn)?;
    Ok(Own {
        login: row.text("login")?,
        must_change: row.flag("must_change")?,
        password_hash: row.text("password_hash")?,
    })
}

/// The key for one-time codes that this session offers; made when it is asked for the first time.
///
/// # Errors
/// What the database reports.
pub async fn offered_secret(app: &App, session: &str) -> Result<Vec<u8>, Error> {
    let mut transaction = app.database.begin().await?;
    let new = accounts::new_secret().to_vec();
    transaction
        .execute(sessions::OFFER_SECRET, bind![session, new])
        .await?;
    let secret = kept_secret(&mut transaction, session).await?;
    transaction.commit().await?;
    secret.ok_or(Error::SignIn)
}

async fn kept_secret(connection: &mut Connection, session: &str) -> Result<Option<Vec<u8>>, Error> {
    let row = connection
        .first(sessions::OFFERED_SECRET, bind![session])
        .await?;
    Ok(row.map(|row| row.bytes("new_secret")).transpose()?)
}

/// Changes the password, ends all sessions of the account and begins a new one, whose token is returned. At the
/// first change the offered key for one-time codes takes the place of the one that was handed over.
///
/// # Errors
/// [`Error::Invalid`] by field; [`Error::TooMany`] after too many wrong old passwords, which count as tries to sign in.
pub async fn change(
    acting: &Acting,
    who: &SignedIn,
    user_agent: &str,
    change: &Change<'_>,
) -> Result<String, Error> {
    let app = acting.app();
    let now = app.clock.wall();
    let own = {
        let mut reader = app.read().await?;
        let own = find(&mut reader, &who.account_id).await?;
        tries::refuse_locked(&mut reader, &tries::key(&app.secret, &own.login), now).await?;
        own
    };
    check_old(app, &own, change.old, now, acting).await?;
    let mut errors = check_new(&own, change, acting);
    let code = if own.must_change {
        let mut reader = app.read().await?;
        let secret = kept_secret(&mut reader, &who.session).await?;
        let secret = secret.ok_or(Error::SignIn)?;
        let step = accounts::code_step(&secret, change.code, now)?;
        if step.is_none() {
            errors.add("code", acting.t().password_code_wrong());
        }
        step.map(|step| (secret, step))
    } else {
        None
    };
    errors.done()?;
    let hash = passwords::hash(change.new.to_owned()).await?;
    let mut transaction = acting.begin().await?;
    transaction
        .execute(accounts::SET_PASSWORD, bind![&who.account_id, hash])
        .await?;
    if let Some((secret, step)) = code {
        transaction
            .execute(accounts::SET_CODE, bind![&who.account_id, secret, step])
            .await?;
    }
    let token = new_session(&mut transaction, who, user_agent, now).await?;
    let event = audit::Event {
        event: "account.password_changed",
        kind: "account",
        object: &[&who.account_id],
        contest_id: "",
    };
    acting.record(&mut transaction, event).await?;
    transaction.commit().await?;
    Ok(token)
}

async fn new_session(
    transaction: &mut Transaction,
    who: &SignedIn,
    user_agent: &str,
    now: Timestamp,
) -> Result<String, Error> {
    sessions::end_all(transaction, &who.account_id, now).await?;
    Ok(sessions::begin(transaction, &who.account_id, user_agent, now).await?)
}

/// A wrong old password counts as a try to sign in: a phone left open is no way to guess it.
async fn check_old(
    app: &App,
    own: &Own,
    old: &str,
    now: Timestamp,
    acting: &Acting,
) -> Result<(), Error> {
    if passwords::verify(Some(own.password_hash.clone()), old.to_owned()).await? {
        return Ok(());
    }
    let mut transaction = app.database.begin().await?;
    tries::failed(&mut transaction, &tries::key(&app.secret, &own.login), now).await?;
    transaction.commit().await?;
    Err(Error::field("old", acting.t().password_old_wrong()))
}

fn check_new(own: &Own, change: &Change<'_>, acting: &Acting) -> FieldErrors {
    let t = acting.t();
    let mut errors = FieldErrors::new();
    if let Some(problem) = passwords::problem(change.new, &own.login, t) {
        errors.add("new", problem);
    } else if change.new == change.old {
        errors.add("new", t.password_same());
    } else if change.new != change.again {
        errors.add("again", t.password_differs());
    }
    errors
}
