//! What an administrator does with accounts of others: make, reset, unlock, close, end sessions. Each is an act on
//! record.

use super::{Action, Role, accounts, passwords, sessions, store, tries};
use crate::bind;
use crate::platform::app::Secret;
use crate::platform::database::{Connection, DatabaseError, Row, Transaction};
use crate::platform::{Acting, App, Error, Names, audit};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// An account as an administrator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Id.
    pub id: String,
    /// Login.
    pub login: String,
    /// The person.
    pub person_id: String,
    /// Names.
    pub names: Names,
    /// When it was made (the machine's time).
    pub created_at: Timestamp,
    /// When it was closed.
    pub disabled_at: Option<Timestamp>,
    /// Locked now after wrong tries.
    pub locked: bool,
    /// Its owner has not chosen a password yet.
    pub must_change: bool,
}

/// Somebody who holds an office and may get an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The person.
    pub person_id: String,
    /// Names.
    pub names: Names,
    /// Year of birth, to tell namesakes apart.
    pub birth_year: i64,
}

fn account(
    row: &Row,
    secret: &Secret,
    locked: &BTreeSet<String>,
) -> Result<Account, DatabaseError> {
    let login = row.text("login")?;
    Ok(Account {
        id: row.text("id")?,
        locked: locked.contains(&tries::key(secret, &login)),
        login,
        person_id: row.text("person_id")?,
        names: row.names("name")?,
        created_at: row.instant("created_at")?,
        disabled_at: row.opt_instant("disabled_at")?,
        must_change: row.flag("must_change")?,
    })
}

/// All accounts (the first thousand), by login.
///
/// # Errors
/// What the database reports.
pub async fn list(app: &App, connection: &mut Connection) -> Result<Vec<Account>, Error> {
    let locked = tries::locked(connection, app.clock.wall()).await?;
    let rows = connection.all(accounts::LIST, bind![]).await?;
    Ok(rows
        .iter()
        .map(|row| account(row, &app.secret, &locked))
        .collect::<Result<_, _>>()?)
}

/// An office with its area, as the list of accounts names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The person.
    pub person_id: String,
    /// The office.
    pub role: Role,
    /// Name of the area.
    pub area: Names,
}

/// The offices that the owners of accounts hold on a day.
///
/// # Errors
/// What the database reports.
pub async fn offices(connection: &mut Connection, day: Date) -> Result<Vec<Held>, Error> {
    let mut held = Vec::new();
    for row in connection.all(accounts::OFFICES, bind![day]).await? {
        if let Some(role) = Role::parse(&row.text("role")?) {
            held.push(Held {
                person_id: row.text("person_id")?,
                role,
                area: row.names("name")?,
            });
        }
    }
    Ok(held)
}

/// An account.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn by_id(app: &App, connection: &mut Connection, id: &str) -> Result<Account, Error> {
    let locked = tries::locked(connection, app.clock.wall()).await?;
    let row = connection.first(accounts::BY_ID, bind![id]).await?;
    Ok(account(&row.ok_or(Error::NotFound)?, &app.secret, &locked)?)
}

/// People with an office whose name has both words (the first two given), whatever the diacritics.
///
/// # Errors
/// What the database reports.
pub async fn holders(connection: &mut Connection, words: &str) -> Result<Vec<Holder>, Error> {
    let folded = electoral::collation::fold(words);
    let mut parts = folded.split_whitespace();
    let Some(first) = parts.next() else {
        return Ok(Vec::new());
    };
    let like = crate::platform::search::like;
    let second = parts.next().map_or_else(|| "%".to_owned(), like);
    let rows = connection
        .all(accounts::PEOPLE, bind![like(first), second])
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Holder {
                person_id: row.text("id")?,
                names: row.names("name")?,
                birth_year: row.int("birth_year")?,
            })
        })
        .collect()
}

/// The power over every area in which the person holds an office; over the whole country for a person
/// without one.
async fn require(
    connection: &mut Connection,
    acting: &Acting,
    person_id: &str,
) -> Result<(), Error> {
    let mut rows = connection
        .all(accounts::AREAS_OF, bind![person_id, acting.today()])
        .await?;
    let mut areas = Vec::new();
    for row in &rows {
        areas.push(row.text("area_id")?);
    }
    if areas.is_empty() {
        rows = connection.all(accounts::ROOT, bind![]).await?;
        for row in &rows {
            areas.push(row.text("id")?);
        }
    }
    if areas.is_empty() && !acting.actor().is_operator() {
        return Err(Error::Forbidden(Action::AccountManage.name()));
    }
    for area in areas {
        acting
            .require(connection, Action::AccountManage, &area, None)
            .await?;
    }
    Ok(())
}

/// What the new owner must be told once.
#[derive(Clone, Debug)]
pub struct Handed {
    /// The account.
    pub account: accounts::NewAccount,
    /// The first password; the owner changes it.
    pub password: String,
}

/// Makes an account for a person who holds an office, with a password made here.
///
/// # Errors
/// [`Error::NotFound`] for nobody; as [`accounts::create`]; [`Error::Forbidden`] outside one's area.
pub async fn create(acting: &Acting, person_id: &str, login: &str) -> Result<Handed, Error> {
    let mut transaction = acting.begin().await?;
    require(&mut transaction, acting, person_id).await?;
    let offices = transaction
        .all(accounts::AREAS_OF, bind![person_id, acting.today()])
        .await?;
    if offices.is_empty() {
        return Err(Error::field("person", acting.t().account_no_office()));
    }
    let password = passwords::temporary();
    let account =
        accounts::create(&mut transaction, acting, person_id, login, &password, true).await?;
    record(&mut transaction, acting, "account.created", &account.id).await?;
    transaction.commit().await?;
    Ok(Handed { account, password })
}

/// Makes an account for a person whom the caller's act has just put on record, with the office that goes with it:
/// closing the account ends the office. The caller has authorised the act and commits it.
///
/// # Errors
/// As [`accounts::create`].
pub async fn create_with_office_in(
    transaction: &mut Transaction,
    acting: &Acting,
    person_id: &str,
    login: &str,
    (role, area_id): (&Role, &str),
) -> Result<Handed, Error> {
    let password = passwords::temporary();
    let account = accounts::create(transaction, acting, person_id, login, &password, true).await?;
    store::add_grant(
        transaction,
        person_id,
        role.as_str(),
        area_id,
        acting.today(),
        None,
        &source(&account.id),
    )
    .await?;
    record(transaction, acting, "account.created", &account.id).await?;
    Ok(Handed { account, password })
}

/// What an office follows from that came with an account.
fn source(account_id: &str) -> String {
    format!("account:{account_id}")
}

/// Gives an account a new password and a new key for one-time codes, both to be handed over in person; its owner
/// replaces them at the first sign-in. Ends its sessions and its lock.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] for one's own or a closed one; [`Error::Forbidden`].
pub async fn reset(acting: &Acting, id: &str) -> Result<Handed, Error> {
    let app = acting.app();
    let password = passwords::temporary();
    let secret = accounts::new_secret();
    let hash = passwords::hash(password.clone()).await?;
    let mut transaction = acting.begin().await?;
    let account = by_id(app, &mut transaction, id).await?;
    require(&mut transaction, acting, &account.person_id).await?;
    if account.person_id == acting.person() {
        return Err(Error::Conflict(acting.t().account_own_reset()));
    }
    let changed = transaction
        .execute(accounts::RESET, bind![id, hash, secret.to_vec()])
        .await?;
    if changed == 0 {
        return Err(Error::Conflict(acting.t().account_closed_before()));
    }
    tries::unlock(&mut transaction, &tries::key(&app.secret, &account.login)).await?;
    sessions::end_all(&mut transaction, id, app.clock.wall()).await?;
    record(&mut transaction, acting, "account.reset", id).await?;
    transaction.commit().await?;
    Ok(Handed {
        account: accounts::NewAccount {
            totp_url: accounts::totp_url(&secret, &account.login)?,
            id: account.id,
            login: account.login,
        },
        password,
    })
}

/// Lets an account that wrong tries have locked sign in again at once.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Forbidden`].
pub async fn unlock(acting: &Acting, id: &str) -> Result<(), Error> {
    let app = acting.app();
    let mut transaction = acting.begin().await?;
    let account = by_id(app, &mut transaction, id).await?;
    require(&mut transaction, acting, &account.person_id).await?;
    tries::unlock(&mut transaction, &tries::key(&app.secret, &account.login)).await?;
    record(&mut transaction, acting, "account.unlocked", id).await?;
    transaction.commit().await?;
    Ok(())
}

/// Closes an account, ends its sessions and the office that came with it; nobody closes their own.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] for one's own or one closed before; [`Error::Forbidden`].
pub async fn disable(acting: &Acting, id: &str) -> Result<(), Error> {
    let mut transaction = acting.begin().await?;
    let account = by_id(acting.app(), &mut transaction, id).await?;
    require(&mut transaction, acting, &account.person_id).await?;
    if account.person_id == acting.person() {
        return Err(Error::Conflict(acting.t().account_own()));
    }
    let now = acting.app().clock.wall();
    if transaction
        .execute(accounts::DISABLE, bind![id, now])
        .await?
        == 0
    {
        return Err(Error::Conflict(acting.t().account_closed_before()));
    }
    sessions::end_all(&mut transaction, id, now).await?;
    // The last day was yesterday: from now on the office opens nothing.
    let last_day = acting.today().yesterday().unwrap_or(acting.today());
    store::end_grants(&mut transaction, &source(id), last_day).await?;
    record(&mut transaction, acting, "account.disabled", id).await?;
    transaction.commit().await?;
    Ok(())
}

/// Ends every session of an account. Returns how many there were.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Forbidden`].
pub async fn end_sessions(acting: &Acting, id: &str) -> Result<u64, Error> {
    let mut transaction = acting.begin().await?;
    let account = by_id(acting.app(), &mut transaction, id).await?;
    require(&mut transaction, acting, &account.person_id).await?;
    let ended = sessions::end_all(&mut transaction, id, acting.app().clock.wall()).await?;
    record(&mut transaction, acting, "account.sessions_ended", id).await?;
    transaction.commit().await?;
    Ok(ended)
}

async fn record(
    transaction: &mut Transaction,
    acting: &Acting,
    event: &'static str,
    id: &str,
) -> Result<(), Error> {
    let event = audit::Event {
        event,
        kind: "account",
        object: &[id],
        contest_id: "",
    };
    acting.record(transaction, event).await
}
