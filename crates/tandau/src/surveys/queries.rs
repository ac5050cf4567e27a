//! What others may read of surveys. Results come suppressed: nobody outside this room sees a counter as it is.

use super::actions::keyed_hash;
use super::model::{self, Claim, Interval, Question, Share, State, Survey, TextState};
use super::store::read::{self, Words};
use super::store::{self, count};
use super::suppress::{self, Cells, Figures};
use crate::platform::database::Connection;
use crate::platform::{App, Error, Names};
use electoral::survey::wilson;
use jiff::Timestamp;

/// How an open survey stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Live {
    /// How many have answered.
    pub answered: u64,
    /// Answers in words that nobody has read.
    pub texts_waiting: u64,
}

/// One heading of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionResult {
    /// Key of the option, or the number of a step.
    pub key: String,
    /// Its words.
    pub wording: Names,
    /// How many chose it, or put it first; none where that is too few to say.
    pub count: Option<u64>,
    /// Its share of those who answered the question.
    pub share: Option<Share>,
    /// 95 % interval of the share.
    pub wilson: Option<Interval>,
    /// What may be said about a majority; none where the count is not shown.
    pub claim: Option<Claim>,
    /// For a ranking: how many gave it each place.
    pub places: Vec<Option<u64>>,
}

/// One question with its figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionResult {
    /// The question in its exact words.
    pub question: Question,
    /// The hash by which the same question is found in other surveys.
    pub wording_sha256: String,
    /// How many answered it; none where that is too few to say.
    pub base: Option<u64>,
    /// Headings in the order of the question.
    pub options: Vec<OptionResult>,
    /// Answers in words that were shown.
    pub texts: Vec<String>,
}

/// A table of two questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cross {
    /// Key of the question in the rows.
    pub rows: String,
    /// Key of the question in the columns.
    pub columns: String,
    /// Figures, row by row.
    pub cells: Vec<Vec<Option<u64>>>,
}

/// Results of a survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Results {
    /// The survey.
    pub survey: Survey,
    /// People in the room.
    pub present: Option<u64>,
    /// How many answered.
    pub answered: u64,
    /// Of those in the room.
    pub response: Option<Share>,
    /// One answer per person was enforced by cards.
    pub enforced: bool,
    /// Questions.
    pub questions: Vec<QuestionResult>,
    /// Declared two-way tables.
    pub crosses: Vec<Cross>,
}

/// A survey by its id.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn by_id(connection: &mut Connection, id: &str) -> Result<Survey, Error> {
    store::by_id(connection, id).await
}

/// A survey by its short link.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn by_code(connection: &mut Connection, code: &str) -> Result<Survey, Error> {
    store::by_code(connection, code).await
}

/// Surveys at or below an area, the newest first, each with how many have answered and the name of its area.
///
/// # Errors
/// What the database reports.
pub async fn under(
    connection: &mut Connection,
    area_id: &str,
) -> Result<Vec<(Survey, u64, Names)>, Error> {
    store::under(connection, area_id).await
}

/// Surveys of a list that is read as a whole, at most.
pub const LIST_MOST: i64 = 1_000;

/// Surveys that everybody may see as of a moment, the newest first: opened before it; so many, after so many. Those that were
/// still open then say so.
///
/// # Errors
/// What the database reports.
pub async fn opened(
    connection: &mut Connection,
    by: Timestamp,
    part: (i64, i64),
) -> Result<Vec<Survey>, Error> {
    let mut surveys = store::opened(connection, by, part).await?;
    for survey in &mut surveys {
        if survey.closed_at.is_some_and(|at| at >= by) {
            survey.state = State::Open;
            survey.closed_at = None;
        }
    }
    Ok(surveys)
}

/// The questions of a survey in their order.
///
/// # Errors
/// What the database reports.
pub async fn questions(connection: &mut Connection, id: &str) -> Result<Vec<Question>, Error> {
    store::questions(connection, id).await
}

/// How many have answered, and what waits to be read.
///
/// # Errors
/// What the database reports.
pub async fn live(connection: &mut Connection, id: &str) -> Result<Live, Error> {
    Ok(Live {
        answered: count::answered(connection, id).await?,
        texts_waiting: read::waiting(connection, id).await?,
    })
}

/// Cards that were made and not yet forgotten.
///
/// # Errors
/// What the database reports.
pub async fn tokens(connection: &mut Connection, id: &str) -> Result<u64, Error> {
    count::tokens(connection, id).await
}

/// Answers in words with their states, for whoever runs the survey; in an order that says nothing.
///
/// # Errors
/// What the database reports.
pub async fn texts(connection: &mut Connection, id: &str) -> Result<Vec<Words>, Error> {
    read::texts(connection, id).await
}

/// Whether this device has answered an open survey without cards.
///
/// # Errors
/// What the database reports.
pub async fn has_answered(
    connection: &mut Connection,
    id: &str,
    device: &str,
) -> Result<bool, Error> {
    let Some(key) = count::key(connection, id).await? else {
        return Ok(false);
    };
    count::is_spent(connection, id, &keyed_hash(&key, "device", device)).await
}

/// How many surveys everybody may see as of a moment.
///
/// # Errors
/// What the database reports.
pub async fn count_opened(connection: &mut Connection, by: Timestamp) -> Result<u64, Error> {
    store::count_opened(connection, by).await
}

/// A survey that everybody may see, as it stood before a moment, with its results where they may be shown. `day` is that
/// moment where somebody asks for a day: what was said again later is left out then. `now` was taken before both: this very
/// moment is never a day that is over.
///
/// # Errors
/// [`Error::NotFound`] for one that had not been opened.
pub async fn seen(
    connection: &mut Connection,
    app: &App,
    id: &str,
    now: Timestamp,
    (before, day): (Timestamp, Option<Timestamp>),
) -> Result<(Survey, Option<Results>), Error> {
    let mut survey = store::by_id(connection, id).await?;
    if survey.state == State::Draft || survey.opened_at.is_none_or(|at| at >= before) {
        return Err(Error::NotFound);
    }
    if survey.closed_at.is_some_and(|at| at >= before) {
        survey.state = State::Open;
        survey.closed_at = None;
    }
    // What was shown on a day that is over while people still answered is not kept.
    if survey.state == State::Open && before <= now {
        return Ok((survey, None));
    }
    let results = shown_on(connection, app, &survey, day).await?;
    Ok((survey, results))
}

/// Results as they may be shown now: of a closed survey all, of an open one those of the last step if they are shown
/// live, otherwise none.
///
/// # Errors
/// What the database reports.
pub async fn shown(
    connection: &mut Connection,
    app: &App,
    survey: &Survey,
) -> Result<Option<Results>, Error> {
    shown_on(connection, app, survey, None).await
}

/// The same with what had been said before a moment, where one is asked for: how many were present, which words are shown.
async fn shown_on(
    connection: &mut Connection,
    app: &App,
    survey: &Survey,
    day: Option<Timestamp>,
) -> Result<Option<Results>, Error> {
    let mut survey = survey.clone();
    if let Some(day) = day {
        survey.present = store::present_before(connection, &survey.id, day).await?;
    }
    let stepped = match survey.state {
        State::Closed => false,
        State::Open if survey.live => true,
        State::Draft | State::Open => return Ok(None),
    };
    let counts = read::counts(connection, &survey.id, stepped).await?;
    let answered = if stepped {
        let mark = (String::new(), String::new(), 0);
        match counts.get(&mark) {
            Some(answered) => *answered,
            None => return Ok(None),
        }
    } else {
        count::answered(connection, &survey.id).await?
    };
    let crosses = if stepped {
        read::Crosses::new()
    } else {
        read::crosses(connection, &survey.id).await?
    };
    let words = match day {
        _ if stepped => Vec::new(),
        Some(day) => read::texts_before(connection, &survey.id, day).await?,
        None => read::texts(connection, &survey.id).await?,
    };
    let questions = store::questions(connection, &survey.id).await?;
    let k = app.rules.smallest_group();
    let mut results = Results {
        present: survey.present,
        answered,
        response: survey.present.and_then(|all| Share::of(answered, all)),
        enforced: survey.wants_tokens,
        survey,
        questions: Vec::new(),
        crosses: Vec::new(),
    };
    let mut figures: Vec<Option<Figures>> = vec![None; questions.len()];
    for (a, b) in model::pairs(&questions) {
        let (left, right, cells): (Figures, Figures, Cells) =
            suppress::pair(k, answered, &counts, &crosses, (a, b));
        for (question, found) in questions.iter().zip(&mut figures) {
            if question.key == a.key {
                *found = Some(left.clone());
            } else if question.key == b.key {
                *found = Some(right.clone());
            }
        }
        // Steps hold no tables: while a survey is open each question is decided on its own.
        if !stepped {
            results.crosses.push(Cross {
                rows: a.key.clone(),
                columns: b.key.clone(),
                cells,
            });
        }
    }
    for (question, found) in questions.into_iter().zip(figures) {
        let found = match found {
            Some(found) if !stepped => found,
            _ => suppress::question(k, answered, &counts, &question),
        };
        results.questions.push(result(question, &found, &words));
    }
    Ok(Some(results))
}

fn result(question: Question, found: &Figures, words: &[Words]) -> QuestionResult {
    let options = question
        .headings()
        .into_iter()
        .enumerate()
        .map(|(at, key)| {
            let count = found.counts.get(at).copied().flatten();
            let of = count.zip(found.base);
            OptionResult {
                wording: question.heading(&key),
                key,
                count,
                share: of.and_then(|(n, base)| Share::of(n, base)),
                wilson: of.and_then(|(n, base)| wilson(n, base)),
                claim: of.map(|(n, base)| Claim::of(n, base)),
                places: found.places.get(at).cloned().unwrap_or_default(),
            }
        })
        .collect();
    let shown = |w: &&Words| w.question == question.key && w.state == TextState::Shown;
    QuestionResult {
        wording_sha256: question.wording_sha256(),
        base: found.base,
        options,
        texts: if found.base.is_some() {
            words.iter().filter(shown).map(|w| w.body.clone()).collect()
        } else {
            Vec::new()
        },
        question,
    }
}

/// Results of a survey that is over.
///
/// # Errors
/// [`Error::NotFound`] when there are none to show.
pub async fn results(connection: &mut Connection, app: &App, id: &str) -> Result<Results, Error> {
    results_on(connection, app, id, None).await
}

async fn results_on(
    connection: &mut Connection,
    app: &App,
    id: &str,
    day: Option<Timestamp>,
) -> Result<Results, Error> {
    let survey = store::by_id(connection, id).await?;
    shown_on(connection, app, &survey, day)
        .await?
        .ok_or(Error::NotFound)
}

/// The same question in the same words, in every survey that is over; with what had been said before a moment, where one is
/// asked for.
///
/// # Errors
/// [`Error::NotFound`] when nobody was asked this.
pub async fn trend(
    connection: &mut Connection,
    app: &App,
    sha256: &str,
    day: Option<Timestamp>,
) -> Result<Vec<(Survey, QuestionResult)>, Error> {
    let mut points = Vec::new();
    for (id, key) in store::same(connection, sha256).await? {
        let results = results_on(connection, app, &id, day).await?;
        let asked = results
            .questions
            .into_iter()
            .find(|q| q.question.key == key);
        points.extend(asked.map(|asked| (results.survey, asked)));
    }
    if points.is_empty() {
        return Err(Error::NotFound);
    }
    Ok(points)
}
