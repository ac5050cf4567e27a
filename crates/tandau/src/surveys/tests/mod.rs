mod answers;
mod as_of;
mod figures;
mod pages;

use super::actions::{self, Accepted};
use super::model::{Answer, NewSurvey, Opt, Question, QuestionKind, Submission, Survey, TextState};
use super::queries;
use crate::platform::{Acting, Error, Lang, Names};
use crate::votingday::tests::world::{World, at};
use jiff::civil::date;

fn names(text: &str) -> Names {
    Names::new(format!("{text} қаз"), format!("{text} рус"), text)
}

pub(crate) fn host(world: &World) -> Acting {
    world.district(at("2023-09-30T06:00:00Z"))
}

pub(crate) fn new(id: &str) -> NewSurvey {
    NewSurvey {
        id: id.to_owned(),
        area_id: "d1".to_owned(),
        election_id: String::new(),
        title: names("The village"),
        wants_tokens: false,
        live: false,
        present: Some(540),
        held_on: date(2023, 9, 30),
    }
}

pub(crate) fn question(key: &str, kind: QuestionKind, options: &[&str]) -> Question {
    let (least, most) = match kind {
        QuestionKind::One => (1, 1),
        QuestionKind::Several => (1, 2),
        QuestionKind::Scale => (1, 5),
        QuestionKind::Ranking => (1, 3),
        QuestionKind::Text => (0, 300),
    };
    Question {
        key: key.to_owned(),
        kind,
        wording: names(key),
        required: key == "one",
        least,
        most,
        options: options
            .iter()
            .map(|o| Opt {
                key: (*o).to_owned(),
                wording: names(o),
            })
            .collect(),
        crossed_with: String::new(),
    }
}

/// All kinds; the choice is tabulated with the scale.
pub(crate) fn five() -> Vec<Question> {
    let mut all = vec![
        question("one", QuestionKind::One, &["yes", "no", "unsure"]),
        question(
            "several",
            QuestionKind::Several,
            &["roads", "water", "work"],
        ),
        question("scale", QuestionKind::Scale, &[]),
        question("rank", QuestionKind::Ranking, &["near", "skill", "honest"]),
        question("text", QuestionKind::Text, &[]),
    ];
    all[0].crossed_with = "scale".to_owned();
    all
}

/// A survey that is open.
pub(crate) async fn opened(world: &World, new: NewSurvey, questions: Vec<Question>) -> Survey {
    let host = host(world);
    let id = new.id.clone();
    let survey = actions::create(&host, new).await.unwrap();
    actions::set_questions(&host, &id, questions).await.unwrap();
    if survey.wants_tokens {
        actions::make_tokens(&host, &id, 3).await.unwrap();
    }
    actions::open(&host, &id).await.unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    queries::by_id(&mut reader, &id).await.unwrap()
}

fn sent(device: &str, answers: Vec<(&str, Answer)>) -> Submission {
    Submission {
        device: device.to_owned(),
        token: None,
        lang: Lang::En,
        answers: answers
            .into_iter()
            .map(|(key, answer)| (key.to_owned(), answer))
            .collect(),
    }
}

fn one(option: &str) -> Answer {
    Answer::One(option.to_owned())
}

async fn answered(world: &World, id: &str) -> u64 {
    let mut reader = world.home.app.read().await.unwrap();
    queries::live(&mut reader, id).await.unwrap().answered
}

async fn answer(
    world: &World,
    survey: &Survey,
    device: &str,
    answers: Vec<(&str, Answer)>,
) -> Result<Accepted, Error> {
    actions::answer(&world.home.app, &survey.code, sent(device, answers)).await
}

fn field<T: std::fmt::Debug>(outcome: Result<T, Error>) -> String {
    match outcome {
        Err(Error::Invalid(problems)) => problems[0].field.clone(),
        other => format!("{other:?}"),
    }
}

/// A survey with names that tests of addresses know. It can't be opened: nobody has made its cards.
pub(crate) async fn begin(world: &World) {
    let host = host(world);
    let mut wants = new("survey1");
    wants.wants_tokens = true;
    actions::create(&host, wants).await.unwrap();
    actions::set_questions(&host, "survey1", five())
        .await
        .unwrap();
}
