//! Writing a survey: what is asked, until the first answer has arrived.

use super::run::random_letters;
use super::{Said, record, record_said};
use crate::elections::queries as elections;
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error};
use crate::surveys::model::{self, NewSurvey, Question, State, Survey};
use crate::surveys::store::{self, count};

/// Letters of a short link.
const CODE: usize = 6;

async fn own(tx: &mut Transaction, acting: &Acting, id: &str) -> Result<Survey, Error> {
    let survey = store::by_id(tx, id).await?;
    acting
        .require(tx, Action::SurveyMake, &survey.area_id, None)
        .await?;
    Ok(survey)
}

/// What is asked may be changed until somebody has answered. A survey that was open goes back to the desk: phones must
/// not answer other words than they saw.
async fn unfrozen(tx: &mut Transaction, acting: &Acting, survey: &Survey) -> Result<(), Error> {
    match survey.state {
        State::Draft => return Ok(()),
        State::Closed => return Err(Error::Conflict(acting.t().surveys_is_closed())),
        State::Open => {}
    }
    // Shut first: an answer that is on its way counts before, or not at all.
    count::shut(tx, &survey.id).await?;
    if count::answered(tx, &survey.id).await? > 0 {
        return Err(Error::Conflict(acting.t().surveys_frozen()));
    }
    store::set_state(tx, &survey.id, State::Draft, None, None).await
}

async fn check(tx: &mut Transaction, acting: &Acting, new: &NewSurvey) -> Result<(), Error> {
    new.check(acting.t())?;
    let rules = acting.app().rules.surveys();
    model::enough(acting.t(), rules, new.wants_tokens, new.present)?;
    if new.election_id.is_empty() {
        return Ok(());
    }
    match elections::election(tx, &new.election_id).await {
        Err(Error::NotFound) => Err(Error::field("election", acting.t().form_choice())),
        other => other.map(|_| ()),
    }
}

/// Writes a new survey. The id was made with the form: the same form sent twice is one survey.
///
/// # Errors
/// No power; what [`NewSurvey::check`] finds; an election that does not exist.
pub async fn create(acting: &Acting, new: NewSurvey) -> Result<Survey, Error> {
    let new = new.tidy();
    let mut tx = acting.begin().await?;
    acting
        .require(&mut tx, Action::SurveyMake, &new.area_id, None)
        .await?;
    if !crate::platform::ids::is_id(&new.id) {
        return Err(Error::field("id", acting.t().form_choice()));
    }
    check(&mut tx, acting, &new).await?;
    let added = store::add(&mut tx, acting, &new, &random_letters(CODE)).await?;
    let survey = store::by_id(&mut tx, &new.id).await?;
    if !added {
        acting
            .require(&mut tx, Action::SurveyMake, &survey.area_id, None)
            .await?;
        return Ok(survey);
    }
    let act = ("survey.created", store::WHAT_IS_ASKED);
    record_said(&mut tx, acting, &survey, act, Said::Present(new.present)).await?;
    tx.commit().await?;
    Ok(survey)
}

/// Changes what stands around the questions. `seen` is the version that was changed.
///
/// # Errors
/// No power; somebody else was faster; answers have arrived; what [`NewSurvey::check`] finds.
pub async fn edit(acting: &Acting, seen: u64, new: NewSurvey) -> Result<(), Error> {
    let new = new.tidy();
    let mut tx = acting.begin().await?;
    let survey = own(&mut tx, acting, &new.id).await?;
    same(acting, &survey, seen)?;
    unfrozen(&mut tx, acting, &survey).await?;
    check(&mut tx, acting, &new).await?;
    store::set(&mut tx, &new.id, &new).await?;
    let act = ("survey.edited", store::WHAT_IS_ASKED);
    record_said(&mut tx, acting, &survey, act, Said::Present(new.present)).await?;
    Ok(tx.commit().await?)
}

fn same(acting: &Acting, survey: &Survey, seen: u64) -> Result<(), Error> {
    if survey.version == seen {
        Ok(())
    } else {
        Err(Error::Conflict(acting.t().surveys_changed_meanwhile()))
    }
}

/// Changes the questions as a whole.
async fn change(
    acting: &Acting,
    id: &str,
    seen: Option<u64>,
    how: impl FnOnce(&mut Vec<Question>) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut tx = acting.begin().await?;
    let survey = own(&mut tx, acting, id).await?;
    if let Some(seen) = seen {
        same(acting, &survey, seen)?;
    }
    unfrozen(&mut tx, acting, &survey).await?;
    let mut questions = store::questions(&mut tx, id).await?;
    how(&mut questions)?;
    let rules = acting.app().rules.surveys();
    if !questions.is_empty() {
        model::check_all(acting.t(), rules, &questions)?;
    }
    store::set_questions(&mut tx, id, &questions).await?;
    record(
        &mut tx,
        acting,
        &survey,
        "survey.questions",
        store::WHAT_IS_ASKED,
    )
    .await?;
    Ok(tx.commit().await?)
}

/// Puts questions in the place of all that were there.
///
/// # Errors
/// No power; answers have arrived; what [`Question::check`] and [`model::check_all`] find.
pub async fn set_questions(acting: &Acting, id: &str, new: Vec<Question>) -> Result<(), Error> {
    let mut tidy = Vec::new();
    for question in new {
        let question = question.tidy();
        question.check(acting.t(), acting.app().rules.surveys())?;
        if tidy.iter().any(|q: &Question| q.key == question.key) {
            return Err(Error::field("key", acting.t().surveys_key_twice()));
        }
        tidy.push(question);
    }
    change(acting, id, None, |questions| {
        *questions = tidy;
        Ok(())
    })
    .await
}

/// Adds a question at the end.
///
/// # Errors
/// As [`set_questions`]; a key that is there.
pub async fn add_question(
    acting: &Acting,
    id: &str,
    seen: u64,
    question: Question,
) -> Result<(), Error> {
    let question = question.tidy();
    let t = acting.t();
    question.check(t, acting.app().rules.surveys())?;
    change(acting, id, Some(seen), |questions| {
        if questions.iter().any(|q| q.key == question.key) {
            return Err(Error::field("key", t.surveys_key_twice()));
        }
        questions.push(question);
        Ok(())
    })
    .await
}

/// Puts a question in the place of the one with its key.
///
/// # Errors
/// As [`set_questions`]; no such question.
pub async fn edit_question(
    acting: &Acting,
    id: &str,
    seen: u64,
    question: Question,
) -> Result<(), Error> {
    let question = question.tidy();
    question.check(acting.t(), acting.app().rules.surveys())?;
    change(acting, id, Some(seen), |questions| {
        let place = questions.iter_mut().find(|q| q.key == question.key);
        *place.ok_or(Error::NotFound)? = question;
        Ok(())
    })
    .await
}

/// Takes a question out.
///
/// # Errors
/// As [`set_questions`]; no such question.
pub async fn remove_question(acting: &Acting, id: &str, seen: u64, key: &str) -> Result<(), Error> {
    change(acting, id, Some(seen), |questions| {
        let before = questions.len();
        questions.retain(|q| q.key != key);
        for question in questions.iter_mut().filter(|q| q.crossed_with == key) {
            question.crossed_with.clear();
        }
        if questions.len() == before {
            return Err(Error::NotFound);
        }
        Ok(())
    })
    .await
}
