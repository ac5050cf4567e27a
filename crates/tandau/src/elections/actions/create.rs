//! Creating an election from a rule pack.

use crate::bind;
use crate::elections::model::NewElection;
use crate::elections::state::ElectionState;
use crate::elections::{queries, store};
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::web::FieldErrors;
use crate::platform::{Acting, Error, areas, audit};
use jiff::tz::TimeZone;

/// Longest title, in characters.
const MAX_TITLE: usize = 300;

/// Creates an election in the state `called`. Returns its id.
///
/// # Errors
/// No power; fields to mend: an id that is no slug or is taken, unknown rules, rules that don't apply on the
/// day, an unknown zone or area, a title missing in a language.
pub async fn create(acting: &Acting, new: NewElection) -> Result<String, Error> {
    let mut tx = acting.begin().await?;
    let id = create_in(&mut tx, acting, new).await?;
    tx.commit().await?;
    Ok(id)
}

/// As [`create`], inside another act.
///
/// # Errors
/// As [`create`].
pub async fn create_in(
    tx: &mut Transaction,
    acting: &Acting,
    new: NewElection,
) -> Result<String, Error> {
    check(tx, acting, &new).await?;
    acting
        .require(tx, Action::ElectionCreate, &new.area_id, None)
        .await?;
    write(tx, acting, new).await
}

/// Puts an election on record. The power is the caller's matter.
pub(super) async fn write(
    tx: &mut Transaction,
    acting: &Acting,
    new: NewElection,
) -> Result<String, Error> {
    let pack = check(tx, acting, &new).await?;
    let now = acting.now();
    tx.execute(
        store::ADD_ELECTION,
        bind![
            &new.id,
            &new.rules_id,
            queries::rules_sha256(&pack)?,
            new.title.kk.trim(),
            new.title.ru.trim(),
            new.title.en.trim(),
            &new.area_id,
            &new.zone,
            new.voting_day,
            ElectionState::Called.as_str(),
            now,
            new.synthetic
        ],
    )
    .await?;
    tx.execute(
        store::ADD_STATE,
        bind![
            &new.id,
            1_i64,
            ElectionState::Called.as_str(),
            now,
            None::<String>,
            acting.person()
        ],
    )
    .await?;
    let created = audit::Event {
        event: "election.created",
        kind: "election",
        object: &[&new.id],
        contest_id: "",
    };
    acting.record(tx, created).await?;
    let called = audit::Event {
        event: "election.moved",
        kind: "election_state",
        object: &[&new.id, "1"],
        contest_id: "",
    };
    acting.record(tx, called).await?;
    Ok(new.id)
}

async fn check(
    tx: &mut Transaction,
    acting: &Acting,
    new: &NewElection,
) -> Result<std::sync::Arc<electoral::RulePack>, Error> {
    let t = acting.t();
    let mut errors = FieldErrors::new();
    if !NewElection::is_slug(&new.id) {
        errors.add("id", t.elections_id_form());
    } else if tx.first(store::ELECTION, bind![&new.id]).await?.is_some() {
        errors.add("id", t.elections_id_taken());
    }
    for (field, title) in [
        ("title_kk", &new.title.kk),
        ("title_ru", &new.title.ru),
        ("title_en", &new.title.en),
    ] {
        if title.trim().is_empty() {
            errors.add(field, t.form_required());
        } else if title.chars().count() > MAX_TITLE {
            errors.add(
                field,
                t.form_too_long(i64::try_from(MAX_TITLE).unwrap_or(0)),
            );
        }
    }
    if TimeZone::get(&new.zone).is_err() {
        errors.add("zone", t.import_zone());
    }
    match areas::by_id(tx, &new.area_id, new.voting_day).await {
        Ok(_) => {}
        Err(Error::NotFound) => errors.add("area_id", t.elections_area_unknown()),
        Err(other) => return Err(other),
    }
    let pack = acting.app().rules.get(&new.rules_id).ok();
    match &pack {
        None => errors.add("rules_id", t.form_choice()),
        Some(pack)
            if new.voting_day < pack.valid_from
                || pack.valid_until.is_some_and(|until| new.voting_day > until) =>
        {
            errors.add("voting_day", t.elections_rules_not_valid());
        }
        Some(_) => {}
    }
    errors.done()?;
    pack.ok_or(Error::NotFound)
}
