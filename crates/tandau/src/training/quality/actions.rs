//! What may be done about quality: re-tests drawn, sessions inspected, opinions asked for, findings acted on.

use super::ORIGIN;
use super::model::{ASKED, Inspection, Seen, Subject, days as days_of};
use super::store::{self, Drawn, NewFinding, SessionOf};
use crate::platform::access::Action;
use crate::platform::database::Transaction;
use crate::platform::{Acting, Error, Names, areas, ids};
use crate::surveys::actions as surveys;
use crate::surveys::model::NewSurvey;
use crate::surveys::{Opt, Question, QuestionKind};
use crate::tasks::{self, Addressee, NewTask};
use electoral::checklist::Severity;
use electoral::training::analysis::Right;
use electoral::training::exam::sample;
use jiff::SignedDuration;
use jiff::tz::TimeZone;

/// Characters of words at most.
const WORDS: usize = 500;

async fn of_country(tx: &mut Transaction, acting: &Acting) -> Result<String, Error> {
    let country = areas::country(tx).await?.ok_or(Error::NotFound)?;
    acting
        .require(tx, Action::TrainingInspect, &country, None)
        .await?;
    Ok(country)
}

fn days(n: u64) -> Result<SignedDuration, Error> {
    let n = i64::try_from(n).map_err(Error::internal)?;
    Ok(SignedDuration::from_hours(n.saturating_mul(24)))
}

/// Draws the sample of a re-test from whoever passed so many days ago and was not drawn yet. Seed, size and time stay on
/// record: whoever has the list of those who passed draws the same people. Answers how many were drawn; an id that is
/// there draws nobody.
///
/// # Errors
/// No power; nobody to draw from.
pub async fn draw_retest(
    acting: &Acting,
    id: &str,
    (election_id, programme_id): (&str, &str),
) -> Result<u64, Error> {
    let rules = &acting.app().rules.training().quality;
    let mut tx = acting.begin().await?;
    of_country(&mut tx, acting).await?;
    if !ids::is_id(id) {
        return Err(Error::field("id", acting.t().form_choice()));
    }
    let until = acting.now() - days(rules.retest_days.value)?;
    // Everybody who passed long enough ago.
    let from = jiff::Timestamp::default();
    let of = (election_id, programme_id);
    let passed = store::passed(&mut tx, of, (from, until)).await?;
    if passed.is_empty() {
        let days = rules.retest_days.value;
        return Err(Error::Conflict(acting.t().quality_nobody_to_draw(days)));
    }
    let seed = rand::random::<u64>() >> 1;
    let people: Vec<String> = passed.iter().map(|(person, _, _)| person.clone()).collect();
    let (percent, least) = (rules.retest_percent.value, rules.retest_least.value);
    let chosen = sample(&people, percent, least, seed);
    let drawn: Vec<(String, String, String)> = passed
        .iter()
        .filter(|(person, _, _)| chosen.binary_search(person).is_ok())
        .cloned()
        .collect();
    let drawn = Drawn {
        id,
        passed: (from, until),
        of_people: u64::try_from(passed.len()).unwrap_or(u64::MAX),
        seed,
        percent,
        least,
        open_until: acting.now() + days(rules.retest_open_days.value)?,
        people: &drawn,
    };
    if !store::add_retest(&mut tx, acting, of, &drawn).await? {
        return Ok(0);
    }
    acting
        .note(&mut tx, ("training.retest_drawn", "training_retest"), &[id])
        .await?;
    tx.commit().await?;
    Ok(u64::try_from(chosen.len()).unwrap_or(u64::MAX))
}

/// Puts on record what an inspector saw; what was wrong becomes a task of the commission that holds the session.
/// `seen` is how many inspections the page knew of.
///
/// # Errors
/// No power over the session's area; more people than can be; words that are too long; somebody else was faster.
pub async fn inspect(
    acting: &Acting,
    session_id: &str,
    seen: u64,
    new: &Inspection,
) -> Result<(), Error> {
    let t = acting.t();
    let mut tx = acting.begin().await?;
    let session = store::session(&mut tx, session_id).await?;
    acting
        .require(&mut tx, Action::TrainingInspect, &session.area_id, None)
        .await?;
    if new.present > 10_000 {
        return Err(Error::field("present", t.learning_range(0_u64, 10_000_u64)));
    }
    if new.note.chars().count() > WORDS {
        return Err(Error::field("note", t.form_too_long(WORDS)));
    }
    if new.seen_at > acting.now() {
        return Err(Error::field("seen_at", t.quality_in_future()));
    }
    let sequence = seen.saturating_add(1);
    if !store::add_inspection(&mut tx, acting, (session_id, sequence), new).await? {
        return Err(Error::Conflict(t.learning_changed_meanwhile()));
    }
    acting
        .note(
            &mut tx,
            ("training.inspected", "training_inspection"),
            &[session_id, &sequence.to_string()],
        )
        .await?;
    let wrong: Vec<&str> = ASKED
        .into_iter()
        .zip(new.answers)
        .filter(|(_, answer)| *answer == Seen::No)
        .map(|(asked, _)| asked)
        .collect();
    if !wrong.is_empty() {
        let title = Names::each(|t| {
            let all: Vec<String> = wrong
                .iter()
                .map(|asked| t.word(&format!("quality-wrong-{}", asked.replace('_', "-"))))
                .collect();
            t.quality_task_inspection(all.join("; "))
        });
        let of = (session.election_id.as_str(), session.programme_id.as_str());
        let key = format!("inspection/{session_id}");
        let task = open(&mut tx, acting, of, (&key, &session.area_id, title)).await?;
        let id = ids::new_id();
        let finding = NewFinding {
            id: &id,
            of,
            subject: Subject::Inspection.as_str(),
            object: session_id,
            level: session.level,
            below: Right::default(),
            above: Right::default(),
            outcome: "task",
            task_id: Some(&task),
            module_id: None,
            reason: "",
        };
        keep(&mut tx, acting, &finding).await?;
    }
    Ok(tx.commit().await?)
}

async fn open(
    tx: &mut Transaction,
    acting: &Acting,
    (election_id, programme_id): (&str, &str),
    (key, area_id, title): (&str, &str, Names),
) -> Result<String, Error> {
    let due = days(acting.app().rules.training().quality.task_days.value)?;
    let country = areas::country(tx).await?.ok_or(Error::NotFound)?;
    let new = NewTask {
        election_id: election_id.to_owned(),
        origin: ORIGIN,
        origin_key: format!("{programme_id}/{key}"),
        station_id: None,
        area_id: area_id.to_owned(),
        item: String::new(),
        severity: Severity::Major,
        title,
        detail: String::new(),
        evidence: Vec::new(),
        addressee: Addressee {
            kind: Addressee::COMMISSION.to_owned(),
            area_id: area_id.to_owned(),
        },
        verifier_area_id: country,
        due_at: acting.now() + due,
    };
    tasks::actions::open_in(tx, acting, &new).await
}

async fn keep(tx: &mut Transaction, acting: &Acting, new: &NewFinding<'_>) -> Result<(), Error> {
    store::add_finding(tx, acting, new).await?;
    let act = ("training.finding_acted", "training_finding");
    acting.note(tx, act, &[new.id]).await
}

/// What is done about a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A task of the commission concerned.
    Task,
    /// A change of the module's material; somebody writes it.
    Material,
}

/// Acts on a finding of the report: it must be one now. A task goes to the commission of the trainer; about a question,
/// to the central commission, which writes the material.
///
/// # Errors
/// No power; something that the figures don't say (any more); no reason.
pub async fn act(
    acting: &Acting,
    (election_id, programme_id): (&str, &str),
    (subject, object, level): (Subject, &str, u64),
    outcome: Outcome,
    reason: &str,
) -> Result<(), Error> {
    let t = acting.t();
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::field("reason", t.learning_reason_needed()));
    }
    if reason.chars().count() > WORDS {
        return Err(Error::field("reason", t.form_too_long(WORDS)));
    }
    let mut tx = acting.begin().await?;
    let country = of_country(&mut tx, acting).await?;
    let of = (election_id, programme_id);
    let report = super::queries::report(&mut tx, acting.app(), of).await?;
    let gone = || Error::Conflict(t.quality_not_a_finding());
    let (below, above, area, module, title) = match subject {
        Subject::Item => {
            let item = report
                .items
                .iter()
                .find(|i| i.worse && i.question_id == object && i.level == level)
                .ok_or_else(gone)?;
            let title = Names::each(|t| t.quality_task_item(item.text.get(t.lang)));
            let module = Some(item.module_id.as_str());
            (item.here, item.above, country, module, title)
        }
        Subject::Trainer => {
            let trainer = report
                .trainers
                .iter()
                .find(|one| one.person_id == object && one.level == level)
                .ok_or_else(gone)?;
            let estimate = trainer.estimate.filter(|e| e.below).ok_or_else(gone)?;
            // A task never names people.
            let title = Names::each(|t| t.quality_task_trainer());
            let area = trainer.area_id.clone();
            (estimate.counted, Right::default(), area, None, title)
        }
        Subject::Decay => {
            let (band, gap) = report
                .decay
                .iter()
                .find(|(band, _)| band.from_days.to_string() == object && level == 0)
                .ok_or_else(gone)?;
            gap.as_ref().ok_or_else(gone)?;
            let title = Names::each(|t| t.quality_task_decay(days_of(t, band)));
            (band.now, band.then, country, None, title)
        }
        Subject::Inspection => return Err(gone()),
    };
    let task = match outcome {
        Outcome::Task => {
            let key = format!("{}/{object}/{level}", subject.as_str());
            Some(open(&mut tx, acting, of, (&key, &area, title)).await?)
        }
        Outcome::Material if module.is_none() => return Err(gone()),
        Outcome::Material => None,
    };
    let id = ids::new_id();
    let finding = NewFinding {
        id: &id,
        of,
        subject: subject.as_str(),
        object,
        level,
        below,
        above,
        outcome: match outcome {
            Outcome::Task => "task",
            Outcome::Material => "material",
        },
        task_id: task.as_deref(),
        module_id: module,
        reason,
    };
    keep(&mut tx, acting, &finding).await?;
    Ok(tx.commit().await?)
}

/// Questions of the survey about a session, in three languages.
fn opinions() -> Vec<Question> {
    let scale = |key: &str| Question {
        key: key.to_owned(),
        kind: QuestionKind::Scale,
        wording: Names::each(|t| t.word(&format!("quality-opinion-{key}"))),
        required: true,
        least: 1,
        most: 5,
        options: Vec::new(),
        crossed_with: String::new(),
    };
    let hard = ["arithmetic", "box", "count", "papers", "nothing"];
    let topics = Question {
        key: "hard".to_owned(),
        kind: QuestionKind::Several,
        wording: Names::each(|t| t.quality_opinion_hard()),
        required: false,
        least: 1,
        most: 5,
        options: hard
            .iter()
            .map(|key| Opt {
                key: (*key).to_owned(),
                wording: Names::each(|t| t.word(&format!("quality-topic-{key}"))),
            })
            .collect(),
        crossed_with: String::new(),
    };
    vec![scale("clear"), scale("practice"), scale("ready"), topics]
}

/// Opens the survey in which those who were at a session say what they think of it: one answer a phone, counters only, as
/// all surveys are. Asked again, the one that is there is answered.
///
/// # Errors
/// No power over the session, or over surveys there; a session that was called off.
pub async fn ask_feedback(acting: &Acting, session_id: &str) -> Result<String, Error> {
    let session = {
        let mut reader = acting.app().read().await?;
        let session = store::session(&mut reader, session_id).await?;
        acting
            .require(&mut reader, Action::TrainingRun, &session.area_id, None)
            .await?;
        if let Some(survey) = store::feedback(&mut reader, session_id).await? {
            return Ok(survey);
        }
        session
    };
    if session.state == "cancelled" {
        return Err(Error::Conflict(acting.t().quality_cancelled()));
    }
    // The id follows from the session: begun twice, it is one survey.
    let id = format!("feedback-{session_id}");
    surveys::create(acting, survey(&id, &session)?).await?;
    surveys::set_questions(acting, &id, opinions()).await?;
    surveys::open(acting, &id).await?;
    let mut tx = acting.begin().await?;
    if store::add_feedback(&mut tx, acting, session_id, &id).await? {
        acting
            .note(
                &mut tx,
                ("training.feedback_asked", "training_feedback"),
                &[session_id],
            )
            .await?;
        tx.commit().await?;
    }
    Ok(id)
}

fn survey(id: &str, session: &SessionOf) -> Result<NewSurvey, Error> {
    let zone = TimeZone::get(&session.zone)?;
    Ok(NewSurvey {
        id: id.to_owned(),
        area_id: session.area_id.clone(),
        election_id: session.election_id.clone(),
        title: Names::each(|t| t.quality_survey_title(session.title.get(t.lang))),
        wants_tokens: false,
        live: false,
        present: None,
        held_on: session.starts_at.to_zoned_datetime(zone).date(),
    })
}
