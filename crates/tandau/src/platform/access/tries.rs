//! Failed tries at signing in. They are kept by a keyed hash of the login, whether somebody has it or not, so
//! that a lock tells nothing about which logins exist.

use crate::platform::app::Secret;
use crate::platform::database::{Connection, DatabaseError, Transaction};
use crate::platform::{Error, files};
use crate::{bind, statements};
use hmac::Mac as _;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;

/// Failed tries before a login is locked.
pub const TRIES: i64 = 5;
/// How long it is locked after the last of them; earlier tries are forgotten as quickly.
pub const LOCKED_FOR: SignedDuration = SignedDuration::from_mins(15);

statements! {
    // Passwords are checked two at a time, so no more rows come in a quarter of an hour than the machine can hash.
    PRUNE = "delete from sign_in_try where last_at <= $1";
    LAST_AT = "select last_at from sign_in_try where login_key = $1 and failed_count >= $2 and last_at > $3";
    LOCKED = "select login_key from sign_in_try where failed_count >= $1 and last_at > $2";
    FAILED = "insert into sign_in_try (login_key, failed_count, last_at) values ($1, 1, $2)
        on conflict (login_key) do update set failed_count = sign_in_try.failed_count + 1, last_at = excluded.last_at";
    FORGET_UNLOCKED = "delete from sign_in_try where login_key = $1 and failed_count < $2";
    FORGET = "delete from sign_in_try where login_key = $1";
}

/// Under which key tries of a login are kept. Without the installation's secret it can't be told from it which
/// logins were tried.
#[must_use]
pub fn key(secret: &Secret, login: &str) -> String {
    let mac = secret.mac("sign-in", login.as_bytes());
    files::hex(&mac.finalize().into_bytes())
}

/// Refuses while the login is locked.
///
/// # Errors
/// [`Error::TooMany`] with the seconds that remain; what the database reports.
pub async fn refuse_locked(
    connection: &mut Connection,
    key: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let since = now.checked_sub(LOCKED_FOR)?;
    let Some(row) = connection.first(LAST_AT, bind![key, TRIES, since]).await? else {
        return Ok(());
    };
    let until = row.instant("last_at")?.checked_add(LOCKED_FOR)?;
    let seconds = until.duration_since(now).as_secs().max(1);
    Err(Error::TooMany {
        retry_after_seconds: u64::try_from(seconds).unwrap_or(1),
    })
}

/// The keys of all logins that are locked now.
///
/// # Errors
/// What the database reports.
pub async fn locked(
    connection: &mut Connection,
    now: Timestamp,
) -> Result<BTreeSet<String>, Error> {
    let since = now.checked_sub(LOCKED_FOR)?;
    let rows = connection.all(LOCKED, bind![TRIES, since]).await?;
    Ok(rows
        .iter()
        .map(|row| row.text("login_key"))
        .collect::<Result<_, _>>()?)
}

/// Counts a failed try.
///
/// # Errors
/// What the database reports.
pub async fn failed(transaction: &mut Transaction, key: &str, now: Timestamp) -> Result<(), Error> {
    let since = now.checked_sub(LOCKED_FOR)?;
    transaction.execute(PRUNE, bind![since]).await?;
    transaction.execute(FAILED, bind![key, now]).await?;
    Ok(())
}

/// Forgets the tries of a login that has been opened, unless others locked it meanwhile.
///
/// # Errors
/// [`Error::TooMany`] when they did: the caller must give up its transaction.
pub async fn passed(transaction: &mut Transaction, key: &str, now: Timestamp) -> Result<(), Error> {
    transaction
        .execute(FORGET_UNLOCKED, bind![key, TRIES])
        .await?;
    refuse_locked(transaction, key, now).await
}

/// Unlocks a login.
///
/// # Errors
/// What the database reports.
pub async fn unlock(transaction: &mut Transaction, key: &str) -> Result<(), DatabaseError> {
    transaction.execute(FORGET, bind![key]).await?;
    Ok(())
}
