//! `tandau account`: administrators, and new passwords for accounts, by whoever has the machine.

use super::open::{DataArgs, Must, finish, open_as};
use super::outcome::{json, say, warn};
use super::{Failure, Format, Outcome};
use crate::people::{NewPerson, Sex, actions as people};
use crate::platform::access::accounts::NewAccount;
use crate::platform::access::accounts_office::{self, Handed};
use crate::platform::access::{Role, accounts, store as grants};
use crate::platform::{Acting, App, Error, Names, areas, audit};
use clap::{Args, Subcommand};
use serde::Serialize;
use std::io::{IsTerminal as _, Read as _};
use std::process::{Command, Stdio};

/// The variable from which a script gives the password.
const PASSWORD_VARIABLE: &str = "TANDAU_ADMIN_PASSWORD";
/// No password is longer, in bytes.
const MAX_PASSWORD_BYTES: u64 = 1024;
/// The country itself, for an installation whose registers are still empty; a file of areas brings the same row.
const COUNTRY: &[u8] = include_bytes!("../../../../rules/kz/country.csv");

/// Arguments of `tandau account`.
#[derive(Args, Debug)]
pub(super) struct AccountArgs {
    #[command(subcommand)]
    command: AccountCommand,
}

#[derive(Debug, Subcommand)]
enum AccountCommand {
    /// Make an administrator; the password is asked for, read from stdin, or taken from TANDAU_ADMIN_PASSWORD
    #[command(
        after_help = "Example: tandau account create-admin --data /srv/tandau --login a.serikova \
            --name \"Серікова Айгүл\" --sex female --birth-year 1985"
    )]
    CreateAdmin(CreateAdminArgs),
    /// Give an account a new password and a new key for one-time codes, and end its sessions and its lock
    #[command(after_help = "Example: tandau account reset a.serikova --data /srv/tandau")]
    Reset(ResetArgs),
}

#[derive(Args, Debug)]
struct ResetArgs {
    /// Login of the account
    login: String,
    #[command(flatten)]
    data: DataArgs,
    /// How the answer is printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Args, Debug)]
struct CreateAdminArgs {
    #[command(flatten)]
    data: DataArgs,
    /// Login
    #[arg(long, default_value = "administrator")]
    login: String,
    /// Name of the person; without it the account stands for the office alone
    #[arg(long, requires_all = ["sex", "birth_year"])]
    name: Option<String>,
    /// Sex of the person: female, male
    #[arg(long, value_parser = sex, requires = "name")]
    sex: Option<Sex>,
    /// Year in which the person was born
    #[arg(long, value_name = "YYYY", requires = "name")]
    birth_year: Option<i16>,
    /// Make one more administrator beside the accounts that are there: a person by name, with a login of their own
    #[arg(long, requires = "name")]
    another: bool,
    /// How the answer is printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

fn sex(text: &str) -> Result<Sex, String> {
    Sex::parse(text).ok_or_else(|| "must be female or male".to_owned())
}

#[derive(Serialize)]
struct Document<'a> {
    login: &'a str,
    totp_url: &'a str,
}

#[derive(Serialize)]
struct ResetDocument<'a> {
    login: &'a str,
    password: &'a str,
    totp_url: &'a str,
}

pub(super) async fn run(args: AccountArgs) -> Outcome {
    match args.command {
        AccountCommand::CreateAdmin(args) => create(&args).await,
        AccountCommand::Reset(args) => reset(&args).await,
    }
}

async fn create(args: &CreateAdminArgs) -> Outcome {
    let (app, key) = open_as(&args.data, Must::BeWritable).await?;
    let made = create_admin(&app, args).await;
    finish(app, key).await?;
    let account = made?;
    match args.format {
        Format::Json => json(&Document {
            login: &account.login,
            totp_url: &account.totp_url,
        }),
        Format::Text => {
            warn(&format!(
                "Administrator {} made. This address, for an authenticator app, is shown only now:",
                account.login
            ));
            say(&format!("{}\n", account.totp_url))
        }
    }
}

/// The way back in when no administrator can help: the last one has lost the password or the telephone.
async fn reset(args: &ResetArgs) -> Outcome {
    let (app, key) = open_as(&args.data, Must::Exist).await?;
    let handed = reset_in(&app, &args.login).await;
    finish(app, key).await?;
    let handed = handed?;
    match args.format {
        Format::Json => json(&ResetDocument {
            login: &handed.account.login,
            password: &handed.password,
            totp_url: &handed.account.totp_url,
        }),
        Format::Text => {
            warn(&format!(
                "{} has a new password and a new address for an authenticator app, shown only now; \
                 both are replaced at the first sign-in:",
                handed.account.login
            ));
            say(&format!(
                "{}\n{}\n",
                handed.password, handed.account.totp_url
            ))
        }
    }
}

async fn reset_in(app: &App, login: &str) -> Result<Handed, Failure> {
    let found = {
        let mut reader = app.read().await?;
        accounts::find(&mut reader, login).await?
    };
    let found =
        found.ok_or_else(|| Failure::invalid(format!("no open account has the login {login}")))?;
    let acting = Acting::operator(app.clone());
    Ok(accounts_office::reset(&acting, &found.id).await?)
}

async fn create_admin(app: &App, args: &CreateAdminArgs) -> Result<NewAccount, Failure> {
    if app.settings.demo {
        return Err(Failure::usage(
            "this folder holds a demo with accounts of its own; name another with --data",
        ));
    }
    let password = {
        let mut reader = app.read().await?;
        refuse_second(accounts::count(&mut reader).await?, args)?;
        drop(reader);
        password()?
    };
    let acting = Acting::operator(app.clone());
    let country = {
        let mut reader = app.read().await?;
        areas::country(&mut reader).await.map_err(Error::from)?
    };
    if country.is_none() {
        areas::import_csv(&acting, COUNTRY, false).await?;
    }
    let mut tx = acting.begin().await?;
    // Asked again where nobody can come between.
    refuse_second(accounts::count(&mut tx).await?, args)?;
    let country = areas::country(&mut tx)
        .await
        .map_err(Error::from)?
        .ok_or_else(|| Failure::usage("there is no country among the areas"))?;
    let person = people::add_in(&mut tx, &acting, person(args)).await?;
    // Whoever is made beside others was given the password by somebody at the machine.
    let account = accounts::create(
        &mut tx,
        &acting,
        &person,
        &args.login,
        &password,
        args.another,
    )
    .await?;
    grants::add_grant(
        &mut tx,
        &person,
        Role::ADMINISTRATOR,
        &country,
        acting.today(),
        None,
        &format!("account:{}", account.id),
    )
    .await
    .map_err(Error::from)?;
    acting
        .record(
            &mut tx,
            audit::Event {
                event: "account.created",
                kind: "account",
                object: &[&account.id],
                contest_id: "",
            },
        )
        .await?;
    tx.commit().await.map_err(Error::from)?;
    Ok(account)
}

/// Without being told so, the command makes only the first account of an installation.
fn refuse_second(accounts: u64, args: &CreateAdminArgs) -> Outcome {
    if accounts == 0 || args.another {
        Ok(())
    } else {
        Err(Failure::invalid(
            "there are accounts already. One more administrator is made with --another and --name; \
             a lost password is mended with `tandau account reset LOGIN`",
        ))
    }
}

fn person(args: &CreateAdminArgs) -> NewPerson {
    match (&args.name, args.sex, args.birth_year) {
        (Some(name), Some(sex), Some(birth_year)) => NewPerson {
            names: Names::new(name, name, name),
            sex,
            birth_year,
            birth_date: None,
            synthetic: false,
        },
        // Nobody in particular: an account for the office, and the register says so.
        _ => NewPerson {
            names: Names::new("Әкімші", "Администратор", "Administrator"),
            sex: Sex::Female,
            birth_year: 1990,
            birth_date: None,
            synthetic: true,
        },
    }
}

/// From the variable; asked twice at a terminal; else the first line of stdin.
fn password() -> Result<String, Failure> {
    if let Ok(password) = std::env::var(PASSWORD_VARIABLE) {
        return Ok(password);
    }
    if !std::io::stdin().is_terminal() {
        return line();
    }
    warn("Password (at least 12 characters, not shown):");
    let hidden = Hidden::new();
    let first = line()?;
    warn("The same once more:");
    let second = line()?;
    drop(hidden);
    if first == second {
        Ok(first)
    } else {
        Err(Failure::invalid("the two passwords differ"))
    }
}

fn line() -> Result<String, Failure> {
    let mut text = Vec::new();
    for byte in std::io::stdin().lock().take(MAX_PASSWORD_BYTES).bytes() {
        match byte.map_err(Failure::usage)? {
            b'\n' => break,
            byte => text.push(byte),
        }
    }
    let text = String::from_utf8(text).map_err(Failure::invalid)?;
    Ok(text.trim_end_matches('\r').to_owned())
}

/// A terminal that doesn't show what is typed, until this is dropped.
struct Hidden;

impl Hidden {
    fn new() -> Self {
        stty("-echo");
        Self
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        stty("echo");
    }
}

/// Where there is no `stty`, the password shows.
fn stty(setting: &str) {
    let _ = Command::new("stty")
        .arg(setting)
        .stdin(Stdio::inherit())
        .stderr(Stdio::null())
        .status();
}
