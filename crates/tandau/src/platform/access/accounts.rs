//! Accounts: a password (argon2id) and a one-time code (TOTP) for everybody who can change data.

use super::{passwords, tries};
use crate::platform::audit::Audited;
use crate::platform::database::{Connection, Transaction};
use crate::platform::{Acting, App, Error, Names, ids};
use crate::{bind, statements};
use jiff::Timestamp;
use totp_rs::{Builder, Totp};

statements! {
    ADD = "insert into account (id, person_id, login, password_hash, totp_secret, must_change, created_at)
        values ($1, $2, $3, $4, $5, $6, $7)";
    BY_LOGIN = "select id, person_id, password_hash, totp_secret, disabled_at from account where login = $1";
    LIST = "select a.id, a.login, a.person_id, a.created_at, a.disabled_at, a.must_change, p.name_kk, p.name_ru, p.name_en
        from account a join person p on p.id = a.person_id order by a.login limit 1000";
    CODE_USED = "update account set totp_last_step = $2 where id = $1 and totp_last_step < $2";
    OF_OWNER = "select login, password_hash, must_change from account where id = $1 and disabled_at is null";
    SET_PASSWORD = "update account set password_hash = $2, must_change = false where id = $1";
    SET_CODE = "update account set totp_secret = $2, totp_last_step = $3 where id = $1";
    RESET = "update account set password_hash = $2, totp_secret = $3, totp_last_step = 0, must_change = true
        where id = $1 and disabled_at is null";
    DISABLE = "update account set disabled_at = $2 where id = $1 and disabled_at is null";
    BY_LOGIN_WITH_NAME = "select a.id, a.person_id, p.name_kk, p.name_ru, p.name_en
        from account a join person p on p.id = a.person_id where a.login = $1 and a.disabled_at is null";
    BY_ID = "select a.id, a.login, a.person_id, a.created_at, a.disabled_at, a.must_change, p.name_kk, p.name_ru, p.name_en
        from account a join person p on p.id = a.person_id where a.id = $1";
    PEOPLE = "select distinct p.id, p.name_kk, p.name_ru, p.name_en, p.birth_year from person p join access_grant g on g.person_id = p.id
        where replace(p.folded, 'ы', 'и') like $1 and replace(p.folded, 'ы', 'и') like $2 order by p.name_kk, p.id limit 20";
    AREAS_OF = "select distinct area_id from access_grant where person_id = $1 and (valid_until is null or valid_until >= $2) order by area_id";
    OFFICES = "select g.person_id, g.role, n.name_kk, n.name_ru, n.name_en
        from access_grant g join area_name n on n.area_id = g.area_id and n.valid_until is null
        where g.valid_from <= $1 and (g.valid_until is null or g.valid_until >= $1)
            and exists (select 1 from account a where a.person_id = g.person_id) order by g.person_id, g.valid_from, g.id limit 5000";
    ROOT = "select id from area where kind = 'country' order by valid_from, id limit 1";
    COUNT = "select count(*) as n from account";
    FIRST_OF_PERSON = "select id, login, totp_secret from account where person_id = $1 and disabled_at is null order by created_at limit 1";
}

/// What the log of acts vouches for: that an account was made, for whom, and when; never its secrets.
pub(crate) const AUDITED: &[Audited] = &[Audited {
    kind: "account",
    rows: &[
        "select id, person_id, login, created_at, disabled_at from account where id = $1",
        "select id, person_id, role, area_id, valid_from, valid_until from access_grant
            where source = 'account:' || $1 order by id",
    ],
    ids: "select id as object from account",
}];

/// A new account with what its owner must be told once.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Id.
    pub id: String,
    /// Login.
    pub login: String,
    /// For the authenticator app: `otpauth://…`.
    pub totp_url: String,
}

/// Makes an account. The action checks who may; the first one of an empty installation is made by command.
///
/// # Errors
/// A login that is taken, a password that is too short.
pub async fn create(
    transaction: &mut Transaction,
    acting: &Acting,
    person_id: &str,
    login: &str,
    password: &str,
    must_change: bool,
) -> Result<NewAccount, Error> {
    let t = acting.t();
    let well_formed = (3..=60).contains(&login.len())
        && login
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-'));
    if !well_formed {
        return Err(Error::field("login", t.account_login_form()));
    }
    if let Some(problem) = passwords::problem(password, login, t) {
        return Err(Error::field("password", problem));
    }
    let id = ids::new_id();
    let secret = new_secret();
    let hash = passwords::hash(password.to_owned()).await?;
    transaction
        .execute(
            ADD,
            bind![
                &id,
                person_id,
                login,
                hash,
                secret.to_vec(),
                must_change,
                acting.app().clock.wall()
            ],
        )
        .await
        .map_err(|e| {
            if e.is_duplicate() {
                Error::field("login", t.account_login_taken())
            } else {
                e.into()
            }
        })?;
    Ok(NewAccount {
        totp_url: totp_url(&secret, login)?,
        id,
        login: login.to_owned(),
    })
}

/// Checks login, password and code. One answer for every failure and the same work, whether somebody has the login
/// or not; after [`tries::TRIES`] failures the login is locked for a while.
///
/// # Errors
/// [`Error::Invalid`] with one sentence; [`Error::TooMany`] while locked.
pub async fn check(
    app: &App,
    login: &str,
    password: &str,
    code: &str,
    t: crate::platform::T,
) -> Result<String, Error> {
    let now = app.clock.wall();
    let key = tries::key(&app.secret, login);
    let found = {
        let mut reader = app.read().await?;
        tries::refuse_locked(&mut reader, &key, now).await?;
        reader.first(BY_LOGIN, bind![login]).await?
    };
    let (id, hash, secret, open) = match &found {
        Some(row) => (
            row.text("id")?,
            Some(row.text("password_hash")?),
            row.bytes("totp_secret")?,
            row.opt_int("disabled_at")?.is_none(),
        ),
        None => (String::new(), None, new_secret().to_vec(), false),
    };
    let fits = passwords::verify(hash, password.to_owned()).await? && open;
    let step = code_step(&secret, code, now)?;
    let mut transaction = app.database.begin().await?;
    // A code opens the door once: the step must be newer than the last one used.
    let opened = match (fits, step) {
        (true, Some(step)) => transaction.execute(CODE_USED, bind![&id, step]).await? == 1,
        _ => false,
    };
    if opened {
        // Tries that ran side by side with the one that locked the login do not open it either.
        tries::passed(&mut transaction, &key, now).await?;
    } else {
        tries::failed(&mut transaction, &key, now).await?;
    }
    transaction.commit().await?;
    if opened {
        Ok(id)
    } else {
        Err(Error::field("login", t.sign_in_refused()))
    }
}

/// A new secret for one-time codes.
pub(super) fn new_secret() -> [u8; 20] {
    rand::random()
}

/// The address that an authenticator app takes.
pub(super) fn totp_url(secret: &[u8], login: &str) -> Result<String, Error> {
    totp(secret, login)?.to_url().map_err(Error::internal)
}

/// The secret as people type it: base32 in groups of four.
pub(super) fn typed_secret(secret: &[u8]) -> Result<String, Error> {
    let text = totp(secret, "code")?.secret().to_base32();
    let signs: Vec<char> = text.chars().collect();
    let groups: Vec<String> = signs.chunks(4).map(|c| c.iter().collect()).collect();
    Ok(groups.join(" "))
}

/// The time step of a right code, the one before and after allowed for slow clocks.
pub(super) fn code_step(secret: &[u8], code: &str, now: Timestamp) -> Result<Option<i64>, Error> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let totp = totp(secret, "code")?;
    let step = now.as_second() / 30;
    for candidate in [step, step - 1, step + 1] {
        let at = u64::try_from(candidate * 30).map_err(Error::internal)?;
        if same(totp.generate(at).to_string().as_bytes(), digits.as_bytes()) {
            return Ok(Some(candidate));
        }
    }
    Ok(None)
}

/// Compares in a time that does not depend on where the first difference is.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |diff, (x, y)| diff | (x ^ y)) == 0
}

fn totp(secret: &[u8], login: &str) -> Result<Totp, Error> {
    Builder::new()
        .with_secret(secret.to_vec())
        .with_account_name(login)
        .with_issuer(Some("Tandau"))
        .build()
        .map_err(Error::internal)
}

/// The code that an authenticator app would show now: for the demo's page of first steps only.
///
/// # Errors
/// What the database reports.
pub async fn demo_code(
    app: &App,
    connection: &mut Connection,
    person_id: &str,
) -> Result<Option<(String, String)>, Error> {
    if !app.settings.demo {
        return Ok(None);
    }
    let Some(row) = connection.first(FIRST_OF_PERSON, bind![person_id]).await? else {
        return Ok(None);
    };
    let at = u64::try_from(app.clock.wall().as_second()).map_err(Error::internal)?;
    Ok(Some((
        row.text("login")?,
        totp(&row.bytes("totp_secret")?, "code")?
            .generate(at)
            .to_string(),
    )))
}

/// Whose account a login is.
#[derive(Clone, Debug)]
pub struct Found {
    /// The account.
    pub id: String,
    /// The person.
    pub person_id: String,
    /// The person's name.
    pub name: Names,
}

/// The account of a login, unless it is closed.
///
/// # Errors
/// What the database reports.
pub async fn find(connection: &mut Connection, login: &str) -> Result<Option<Found>, Error> {
    let Some(row) = connection.first(BY_LOGIN_WITH_NAME, bind![login]).await? else {
        return Ok(None);
    };
    Ok(Some(Found {
        id: row.text("id")?,
        person_id: row.text("person_id")?,
        name: row.names("name")?,
    }))
}

/// How many accounts there are.
///
/// # Errors
/// What the database reports.
pub async fn count(connection: &mut Connection) -> Result<u64, Error> {
    Ok(connection.one(COUNT, bind![]).await?.count("n")?)
}
