//! What shows whether training works: opinions of those who were there, what somebody from the centre saw, tests days later,
//! a finding that became a change of material. Who said and knew what is invented.

use super::MAIN;
use crate::demo::load::{self, item};
use crate::demo::play::Stage;
use crate::demo::play::questions::{self, Sitting};
use crate::platform::access::Actor;
use crate::platform::{Acting, Error, Lang};
use crate::surveys;
use crate::surveys::model::{Answer, Submission};
use crate::training::learning::model::Purpose;
use crate::training::model::TraineeState;
use crate::training::quality::actions::{self, Outcome};
use crate::training::quality::model::{Inspection, Seen, Subject};
use crate::training::quality::queries;
use crate::training::queries as sessions;
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;

/// Days on which samples for a re-test are drawn.
pub(super) const DRAWN: [Date; 3] = [date(2023, 9, 29), date(2023, 10, 16), date(2023, 10, 30)];
/// The programme in its election.
const OF: (&str, &str) = (load::ELECTION, MAIN);
/// People of a session who say what they think of it.
const OPINIONS: u64 = 24;
/// Of a hundred right answers so many are forgotten until the re-test.
const FORGOTTEN: u64 = 12;
/// What is still hard, and for how many of a hundred.
const HARD: [(&str, u64); 4] = [
    ("box", 46),
    ("arithmetic", 34),
    ("papers", 17),
    ("count", 11),
];

/// Those who were at a session are asked what they think of it; the survey is closed ten minutes later.
pub(super) async fn asked(
    stage: &Stage,
    host: &Arc<Actor>,
    session_id: &str,
    at: Timestamp,
) -> Result<(), Error> {
    let id = actions::ask_feedback(&stage.acting(host, at), session_id).await?;
    let (code, present) = {
        let mut reader = stage.app.read().await?;
        let survey = surveys::queries::by_id(&mut reader, &id).await?;
        let session = sessions::session(&mut reader, session_id).await?;
        (survey.code, session.present.unwrap_or(0))
    };
    for number in 0..OPINIONS.min(present) {
        let number = number.to_string();
        let sent = Submission {
            device: format!("demo-{number}"),
            token: None,
            lang: Lang::Kk,
            answers: opinion(session_id, &number),
        };
        surveys::actions::answer(&stage.app, &code, sent).await?;
    }
    let over = stage.acting(host, at + SignedDuration::from_mins(10));
    if present > 0 {
        surveys::actions::set_present(&over, &id, present).await?;
    }
    surveys::actions::close(&over, &id).await
}

/// What one of them says: the session was clear, there was less practice than they wished.
fn opinion(session_id: &str, number: &str) -> Vec<(String, Answer)> {
    let step = |question: &str, down: i64| {
        let of_five = match questions::lot(&[session_id, question, number]) {
            0..=7 => 3,
            8..=44 => 4,
            _ => 5,
        };
        (question.to_owned(), Answer::Scale(of_five - down))
    };
    let mut answers = vec![step("clear", 0), step("practice", 1), step("ready", 0)];
    let hard = HARD
        .into_iter()
        .filter(|(topic, of_hundred)| questions::lot(&[session_id, *topic, number]) < *of_hundred);
    let mut topics: std::collections::BTreeSet<String> =
        hard.map(|(topic, _)| topic.to_owned()).collect();
    if topics.is_empty() {
        topics.insert("nothing".to_owned());
    }
    answers.push(("hard".to_owned(), Answer::Several(topics)));
    answers
}

/// The centre's chair looks on at a session, counts the room and finds nothing wrong.
pub(super) async fn inspected(stage: &Stage, session_id: &str, at: Timestamp) -> Result<(), Error> {
    let invited = {
        let mut reader = stage.app.read().await?;
        sessions::trainees(&mut reader, session_id).await?
    };
    let there = invited
        .iter()
        .filter(|t| t.state == TraineeState::Invited)
        .count();
    let seen = Inspection {
        seen_at: at,
        present: u64::try_from(there).map_err(Error::internal)?,
        answers: [Seen::Yes, Seen::Yes, Seen::Yes, Seen::Yes, Seen::Unseen],
        note: String::new(),
    };
    let acting = stage.acting(&stage.central_chair, at);
    actions::inspect(&acting, session_id, 0, &seen).await
}

/// The centre acts on the first question that groups far down answer worse than those above, if there is one by then.
pub(super) async fn found(centre: &Acting, reason: &str) -> Result<(), Error> {
    let report = {
        let mut reader = centre.app().read().await?;
        queries::report(&mut reader, centre.app(), OF).await?
    };
    let Some(worse) = report.items.iter().find(|line| line.worse) else {
        return Ok(());
    };
    let about = (Subject::Item, worse.question_id.as_str(), worse.level);
    actions::act(centre, OF, about, Outcome::Material, reason).await
}

fn id_of(number: usize) -> String {
    format!("demo-retest-{}", number + 1)
}

/// A sample of those who passed a week ago or earlier.
pub(super) async fn drawn(centre: &Acting, number: usize) -> Result<(), Error> {
    let chosen = actions::draw_retest(centre, &id_of(number), OF).await?;
    if chosen == 0 {
        let day = item(&DRAWN, number)?;
        return Err(Error::internal(format!("nobody was drawn on {day}")));
    }
    Ok(())
}

/// Those who were drawn take their test again; a few don't find the time.
pub(super) async fn retested(stage: &Stage, number: usize, at: Timestamp) -> Result<(), Error> {
    let retest = id_of(number);
    let mut chosen = Vec::new();
    {
        let mut reader = stage.app.read().await?;
        for (person, session_id) in queries::drawn(&mut reader, &retest).await? {
            let session = sessions::session(&mut reader, &session_id).await?;
            chosen.push((person, session_id, session.says.level));
        }
    }
    let come = chosen
        .iter()
        .enumerate()
        .filter(|(place, _)| place % 6 != 5);
    for (_, (person, session_id, level)) in come {
        let sitting = Sitting {
            person,
            session_id,
            level: *level,
            purpose: Purpose::Retest,
            retest: &retest,
            forgotten: FORGOTTEN,
        };
        questions::sit(stage, sitting, at).await?;
    }
    Ok(())
}
