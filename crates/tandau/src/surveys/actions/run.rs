//! Running a survey: open, close, cards, how many are present, which words are shown.

use super::{Said, keyed_hash, record, record_said};
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error};
use crate::surveys::model::{self, MAX_PRESENT, State, Survey, TextState};
use crate::surveys::store::{self, count, read};
use electoral::survey::{ALPHABET, with_check};

async fn own(tx: &mut Transaction, acting: &Acting, id: &str) -> Result<Survey, Error> {
    let survey = store::by_id(tx, id).await?;
    acting
        .require(tx, Action::SurveyRun, &survey.area_id, None)
        .await?;
    Ok(survey)
}

/// Opens a survey: from now on people can answer. One that is open stays open.
///
/// # Errors
/// No power; it was closed; no questions, tables that don't fit, too many people for no cards, cards that nobody made.
pub async fn open(acting: &Acting, id: &str) -> Result<(), Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    let survey = own(&mut tx, acting, id).await?;
    match survey.state {
        State::Draft => {}
        State::Open => return Ok(()),
        State::Closed => return Err(Error::Conflict(t.surveys_is_closed())),
    }
    let rules = acting.app().rules.surveys();
    let questions = store::questions(&mut tx, id).await?;
    model::check_all(t, rules, &questions)?;
    model::enough(t, rules, survey.wants_tokens, survey.present)?;
    if survey.wants_tokens && count::tokens(&mut tx, id).await? == 0 {
        return Err(Error::field("tokens", t.surveys_tokens_missing()));
    }
    key_of(&mut tx, id).await?;
    count::open(&mut tx, id).await?;
    store::set_state(&mut tx, id, State::Open, Some(acting.now()), None).await?;
    record(
        &mut tx,
        acting,
        &survey,
        "survey.opened",
        store::WHAT_IS_ASKED,
    )
    .await?;
    Ok(tx.commit().await?)
}

/// The key of a survey, made when it is first needed.
async fn key_of(tx: &mut Transaction, id: &str) -> Result<Vec<u8>, Error> {
    if let Some(key) = count::key(tx, id).await? {
        return Ok(key);
    }
    let fresh: [u8; 32] = rand::random();
    count::add_key(tx, id, &fresh).await?;
    count::key(tx, id)
        .await?
        .ok_or_else(|| Error::internal("the key of a survey was not kept"))
}

/// Closes a survey for good: the key and everything that was kept by it goes, the counters are put on record as one hash.
/// One that is closed stays closed.
///
/// # Errors
/// No power; it was never opened.
pub async fn close(acting: &Acting, id: &str) -> Result<(), Error> {
    let mut tx = acting.begin().await?;
    let survey = own(&mut tx, acting, id).await?;
    match survey.state {
        State::Open => {}
        State::Closed => return Ok(()),
        State::Draft => return Err(Error::Conflict(acting.t().surveys_not_open())),
    }
    count::shut(&mut tx, id).await?;
    count::forget(&mut tx, id).await?;
    let at = Some(acting.now());
    store::set_state(&mut tx, id, State::Closed, survey.opened_at, at).await?;
    record(
        &mut tx,
        acting,
        &survey,
        "survey.closed",
        read::ALL_COUNTERS,
    )
    .await?;
    Ok(tx.commit().await?)
}

/// Says how many people are in the room.
///
/// # Errors
/// No power; nobody, or more than a million; more than may answer without cards.
pub async fn set_present(acting: &Acting, id: &str, present: u64) -> Result<(), Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    let survey = own(&mut tx, acting, id).await?;
    if present == 0 || present > MAX_PRESENT {
        return Err(Error::field(
            "present",
            t.surveys_present_range(MAX_PRESENT),
        ));
    }
    if survey.state != State::Closed {
        let rules = acting.app().rules.surveys();
        model::enough(t, rules, survey.wants_tokens, Some(present))?;
    }
    store::set_present(&mut tx, id, present).await?;
    let act = ("survey.present", store::WHAT_IS_ASKED);
    let said = Said::Present(Some(present));
    record_said(&mut tx, acting, &survey, act, said).await?;
    Ok(tx.commit().await?)
}

/// Makes cards. The codes are given back once and never again: only their keyed hashes are kept.
///
/// # Errors
/// No power; a survey without cards or one that is over; more than the rules allow.
pub async fn make_tokens(acting: &Acting, id: &str, number: u64) -> Result<Vec<String>, Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    let survey = own(&mut tx, acting, id).await?;
    if survey.state == State::Closed {
        return Err(Error::Conflict(t.surveys_is_closed()));
    }
    if !survey.wants_tokens {
        return Err(Error::Conflict(t.surveys_tokens_off()));
    }
    let most = acting.app().rules.surveys().tokens_most.value;
    let there = count::tokens(&mut tx, id).await?;
    if number == 0 || number > most.saturating_sub(there) {
        return Err(Error::field("number", t.surveys_tokens_number(most)));
    }
    let key = key_of(&mut tx, id).await?;
    let mut tokens = Vec::new();
    for _ in 0..number {
        let token = new_token()?;
        // Two alike in 35 million million: the other one stands.
        if count::add_token(&mut tx, id, &keyed_hash(&key, "token", &token)).await? {
            tokens.push(token);
        }
    }
    record(
        &mut tx,
        acting,
        &survey,
        "survey.tokens",
        store::WHAT_IS_ASKED,
    )
    .await?;
    tx.commit().await?;
    Ok(tokens)
}

/// Letters of the alphabet of codes, by chance.
pub(super) fn random_letters(number: usize) -> String {
    (0..number)
        .filter_map(|_| {
            let at = usize::from(rand::random::<u8>()) % ALPHABET.len();
            ALPHABET.get(at).map(|letter| char::from(*letter))
        })
        .collect()
}

fn new_token() -> Result<String, Error> {
    with_check(&random_letters(9)).ok_or_else(|| Error::internal("a code outside its alphabet"))
}

/// Shows or hides an answer in words.
///
/// # Errors
/// No power; no such text.
pub async fn moderate(
    acting: &Acting,
    id: &str,
    text_id: &str,
    state: TextState,
) -> Result<(), Error> {
    let mut tx = acting.begin().await?;
    let survey = own(&mut tx, acting, id).await?;
    if !count::set_text(&mut tx, id, text_id, state.as_str()).await? {
        return Err(Error::NotFound);
    }
    let act = ("survey.moderated", store::WHAT_IS_ASKED);
    let said = Said::Words(text_id, state);
    record_said(&mut tx, acting, &survey, act, said).await?;
    Ok(tx.commit().await?)
}
