//! What an administrator does with accounts of others: make, close, end sessions. Each is an act on record.

use super::{Action, accounts, sessions};
use crate::bind;
use crate::platform::database::{Connection, DatabaseError, Row};
use crate::platform::{Acting, Error, Names, audit};
use jiff::Timestamp;

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
    /// Until when it is locked after wrong tries.
    pub locked_until: Timestamp,
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

fn names(row: &Row) -> Result<Names, DatabaseError> {
    Ok(Names::new(
        row.text("name_kk")?,
        row.text("name_ru")?,
        row.text("name_en")?,
    ))
}

fn account(row: &Row) -> Result<Account, DatabaseError> {
    Ok(Account {
        id: row.text("id")?,
        login: row.text("login")?,
        person_id: row.text("person_id")?,
        names: names(row)?,
        created_at: row.instant("created_at")?,
        disabled_at: row.opt_instant("disabled_at")?,
        locked_until: row.instant("locked_until")?,
    })
}

/// All accounts (the first thousand), by login.
///
/// # Errors
/// What the database reports.
pub async fn list(connection: &mut Connection) -> Result<Vec<Account>, Error> {
    let rows = connection.all(accounts::LIST, bind![]).await?;
    Ok(rows.iter().map(account).collect::<Result<_, _>>()?)
}

/// An account.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn by_id(connection: &mut Connection, id: &str) -> Result<Account, Error> {
    let row = connection.first(accounts::BY_ID, bind![id]).await?;
    Ok(account(&row.ok_or(Error::NotFound)?)?)
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
                names: names(row)?,
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
    let password = new_password();
    let account =
        accounts::create(&mut transaction, acting, person_id, login, &password, true).await?;
    record(&mut transaction, acting, "account.created", &account.id).await?;
    transaction.commit().await?;
    Ok(Handed { account, password })
}

/// Closes an account and ends its sessions; nobody closes their own.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] for one's own or one closed before; [`Error::Forbidden`].
pub async fn disable(acting: &Acting, id: &str) -> Result<(), Error> {
    let mut transaction = acting.begin().await?;
    let account = by_id(&mut transaction, id).await?;
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
    let account = by_id(&mut transaction, id).await?;
    require(&mut transaction, acting, &account.person_id).await?;
    let ended = sessions::end_all(&mut transaction, id, acting.app().clock.wall()).await?;
    record(&mut transaction, acting, "account.sessions_ended", id).await?;
    transaction.commit().await?;
    Ok(ended)
}

async fn record(
    transaction: &mut crate::platform::database::Transaction,
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

/// Four groups of five signs that can't be mistaken for one another: 96 bits.
fn new_password() -> String {
    const SIGNS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789-";
    let bytes: [u8; 20] = rand::random();
    let mut text = String::with_capacity(24);
    for (place, byte) in bytes.iter().enumerate() {
        if place > 0 && place % 5 == 0 {
            text.push('.');
        }
        let sign = SIGNS.get(usize::from(byte & 31)).copied().unwrap_or(b'x');
        text.push(char::from(sign));
    }
    text
}
