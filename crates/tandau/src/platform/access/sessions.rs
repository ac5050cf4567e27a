//! Sessions: 256 random bits in a cookie, only their hash in the database; idle and absolute limits; a
//! new token at every sign-in.

use super::{Actor, store};
use crate::platform::database::{Connection, DatabaseError, Transaction};
use crate::platform::{App, Error};
use crate::{bind, statements};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

/// A session nobody used for so long is over.
pub const IDLE_LIMIT: SignedDuration = SignedDuration::from_hours(2);
/// No session lasts longer; election night fits in.
pub const ABSOLUTE_LIMIT: SignedDuration = SignedDuration::from_hours(16);
/// `seen_at` is written at most so often.
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(1);

statements! {
    FIND = "select s.token_hash, s.account_id, s.created_at, s.seen_at, a.person_id, a.disabled_at, a.must_change,
            p.name_kk, p.name_ru, p.name_en
        from session s join account a on a.id = s.account_id join person p on p.id = a.person_id
        where s.token_hash = $1 and s.ended_at is null";
    ADD = "insert into session (token_hash, account_id, created_at, seen_at, user_agent) values ($1, $2, $3, $3, $4)";
    SEEN = "update session set seen_at = $2 where token_hash = $1";
    OFFER_SECRET = "update session set new_secret = $2 where token_hash = $1 and new_secret is null and ended_at is null";
    OFFERED_SECRET = "select new_secret from session where token_hash = $1 and new_secret is not null and ended_at is null";
    END = "update session set ended_at = $3 where token_hash = $1 and account_id = $2 and ended_at is null";
    END_ALL = "update session set ended_at = $2 where account_id = $1 and ended_at is null";
    OF_ACCOUNT = "select token_hash, created_at, seen_at, user_agent from session
        where account_id = $1 and ended_at is null and created_at > $2 and seen_at > $3 order by seen_at desc";
}

/// A session that still holds.
#[derive(Clone, Debug)]
pub struct Session {
    /// Hash of the token.
    pub id: String,
    /// The account.
    pub account_id: String,
    /// The person with today's offices.
    pub actor: Actor,
    /// The password was made by somebody else and must be changed first.
    pub must_change: bool,
}

/// One line of the list of sessions.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Hash of the token.
    pub id: String,
    /// When it began (the machine's time).
    pub created_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
    /// What the browser calls itself.
    pub user_agent: String,
}

/// The session of a token, if it still holds.
///
/// # Errors
/// What the database reports.
pub async fn resume(app: &App, token: &str) -> Result<Option<Session>, Error> {
    let id = hash(token);
    let now = app.clock.wall();
    let mut reader = app.read().await?;
    let Some(row) = reader.first(FIND, bind![&id]).await? else {
        return Ok(None);
    };
    let seen_at = row.instant("seen_at")?;
    let over = now.duration_since(seen_at) > IDLE_LIMIT
        || now.duration_since(row.instant("created_at")?) > ABSOLUTE_LIMIT
        || row.opt_int("disabled_at")?.is_some();
    if over {
        return Ok(None);
    }
    let name = row.names("name")?;
    let actor = store::actor(&mut reader, &row.text("person_id")?, name, app.today()).await?;
    let account_id = row.text("account_id")?;
    let must_change = row.flag("must_change")?;
    drop(reader);
    if now.duration_since(seen_at) > SEEN_EVERY {
        let mut transaction = app.database.begin().await?;
        transaction.execute(SEEN, bind![&id, now]).await?;
        transaction.commit().await?;
    }
    Ok(Some(Session {
        id,
        account_id,
        actor,
        must_change,
    }))
}

/// Begins a session; returns the token for the cookie.
///
/// # Errors
/// What the database reports.
pub async fn begin(
    transaction: &mut Transaction,
    account_id: &str,
    user_agent: &str,
    now: Timestamp,
) -> Result<String, DatabaseError> {
    let secret: [u8; 32] = rand::random();
    let token = BASE64_URL_SAFE_NO_PAD.encode(secret);
    let user_agent: String = user_agent
        .chars()
        .filter(|c| !c.is_control())
        .take(200)
        .collect();
    transaction
        .execute(ADD, bind![hash(&token), account_id, now, user_agent])
        .await?;
    Ok(token)
}

/// Ends one session of an account.
///
/// # Errors
/// What the database reports.
pub async fn end(
    transaction: &mut Transaction,
    id: &str,
    account_id: &str,
    now: Timestamp,
) -> Result<bool, DatabaseError> {
    Ok(transaction.execute(END, bind![id, account_id, now]).await? > 0)
}

/// Ends all sessions of an account.
///
/// # Errors
/// What the database reports.
pub async fn end_all(
    transaction: &mut Transaction,
    account_id: &str,
    now: Timestamp,
) -> Result<u64, DatabaseError> {
    transaction.execute(END_ALL, bind![account_id, now]).await
}

/// Sessions of an account that still hold.
///
/// # Errors
/// What the database reports.
pub async fn list(
    connection: &mut Connection,
    account_id: &str,
    now: Timestamp,
) -> Result<Vec<Listed>, Error> {
    let oldest = now.checked_sub(ABSOLUTE_LIMIT)?;
    let idle = now.checked_sub(IDLE_LIMIT)?;
    let rows = connection
        .all(OF_ACCOUNT, bind![account_id, oldest, idle])
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Listed {
                id: row.text("token_hash")?,
                created_at: row.instant("created_at")?,
                seen_at: row.instant("seen_at")?,
                user_agent: row.text("user_agent")?,
            })
        })
        .collect()
}

fn hash(token: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(token.as_bytes()))
}
