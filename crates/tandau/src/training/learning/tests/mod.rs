//! Tests of tests: banks, attempts, certificates, files.

mod attempts;
mod bank;
mod certificates;
mod corrected;
mod pages;

use super::actions;
use super::model::{Answer, Kind, NewQuestion, Opt, Purpose, Test};
use super::store;
use crate::bind;
use crate::platform::{Acting, Error, Names};
use crate::votingday::tests::world::{World, at};
use electoral::protocol::ProtocolEntry;
use jiff::{SignedDuration, Timestamp};

pub(crate) fn names(text: &str) -> Names {
    Names::new(format!("{text} қаз"), format!("{text} рус"), text)
}

/// The day of the session, after it.
pub(crate) fn noon() -> Timestamp {
    at("2023-10-02T06:00:00Z")
}

pub(crate) fn centre(world: &World, now: Timestamp) -> Acting {
    world.acting("c1", "central.secretary", "kz", now)
}

/// Somebody of the first station.
pub(crate) fn member(world: &World, now: Timestamp) -> Acting {
    world.secretary("st1", now)
}

/// A programme with two modules; a session in which the chair and the secretary of the first station were taught.
pub(crate) async fn taught(world: &World) {
    world
        .sql(
            "insert into training_programme (id, key, version) values ('prog1', 'learning', 1)",
            bind![],
        )
        .await;
    world
        .sql(
            "insert into training_programme_version (programme_id, version, state, audience, level_from, level_until, tested, title_kk, title_ru,
                title_en, goal_kk, goal_ru, goal_en, made_by, office, made_at)
                values ('prog1', 1, 'open', 'precinct_members', 0, 2, true, 'Мүшелер', 'Члены', 'Members', 'м', 'ц', 'goal', 'test', 'test', 0)",
            bind![],
        )
        .await;
    for module in ["mod1", "mod2"] {
        world
            .sql(
                "insert into training_module (id, programme_id, key, place, version) values ($1, 'prog1', $1, 1, 1)",
                bind![module],
            )
            .await;
        world
            .sql(
                "insert into training_module_version (module_id, version, title_kk, title_ru, title_en, goals_kk, goals_ru, goals_en, change_kk,
                    change_ru, change_en, minutes, retired, made_by, office, made_at)
                    values ($1, 1, $1, $1, $1, '', '', '', '', '', '', 60, false, 'test', 'test', 0)",
                bind![module],
            )
            .await;
    }
    session(world, "sess1", "held").await;
    session(world, "sess2", "planned").await;
    for person in ["st1-chair", "st1-secretary"] {
        world
            .sql(
                "insert into training_taught (person_id, module_id, session_id, version, module_version, level, taught_at)
                    values ($1, 'mod1', 'sess1', 1, 1, 2, 0)",
                bind![person],
            )
            .await;
    }
}

/// A session on the morning of 2 October to which the chair and the secretary of the first station are invited.
pub(crate) async fn session(world: &World, id: &str, state: &str) {
    let starts = at("2023-10-02T03:00:00Z");
    let ends = starts + SignedDuration::from_hours(2);
    // The one that is planned lies a day later.
    let later = SignedDuration::from_hours(if state == "planned" { 24 } else { 0 });
    world
        .sql(
            "insert into training_session (id, election_id, programme_id, version, plan, area_id, level, state, starts_at, ends_at)
                values ($1, 'vote-2023', 'prog1', 1, 1, 'd1', 2, $2, $3, $4)",
            bind![id, state, starts + later, ends + later],
        )
        .await;
    for person in ["st1-chair", "st1-secretary"] {
        world
            .sql(
                "insert into training_trainee (session_id, person_id, added, state, seat_office) values ($1, $2, 1, 'invited', 'member')",
                bind![id, person],
            )
            .await;
    }
}

pub(crate) fn opt(key: &str) -> Opt {
    Opt {
        key: key.to_owned(),
        text: names(key),
    }
}

pub(crate) fn question(key: &str, module: &str) -> NewQuestion {
    NewQuestion {
        module_id: module.to_owned(),
        key: key.to_owned(),
        kind: Kind::One,
        text: names(&format!("Question {key}")),
        why: names("Because"),
        article: "43(8)".to_owned(),
        options: ["a", "b", "c"].map(opt).to_vec(),
        partners: Vec::new(),
        answer: Answer::One("a".to_owned()),
        pack: String::new(),
        given: ProtocolEntry::new(),
        retired: false,
    }
}

/// A question of each kind, and what answers it rightly.
pub(crate) fn each_kind() -> Vec<NewQuestion> {
    let mut several = question("several", "mod1");
    several.kind = Kind::Several;
    several.answer = Answer::parse(Kind::Several, "a,c").unwrap();
    let mut order = question("order", "mod1");
    order.kind = Kind::Order;
    order.answer = Answer::parse(Kind::Order, "b,a,c").unwrap();
    let mut matched = question("match", "mod2");
    matched.kind = Kind::Match;
    matched.partners = ["x", "y", "z"].map(opt).to_vec();
    matched.answer = Answer::parse(Kind::Match, "a=x,b=z,c=y").unwrap();
    let mut protocol = question("protocol", "mod2");
    protocol.kind = Kind::Protocol;
    protocol.options.clear();
    protocol.pack = "akim-district-2023".to_owned();
    protocol.given = store::given("voters_initial=431,voters_added=12,voters_removed=3");
    protocol.answer = Answer::parse(Kind::Protocol, "voters_on_list=440").unwrap();
    vec![question("one", "mod1"), several, order, matched, protocol]
}

/// The bank and a test of all its five questions.
pub(crate) async fn tested(world: &World) {
    taught(world).await;
    let centre = centre(world, noon());
    for new in each_kind() {
        actions::write(&centre, None, (0, ""), new).await.unwrap();
    }
    let test = Test {
        version: 0,
        questions: 5,
        minutes: 30,
        pass_percent: 80,
        tries: 2,
    };
    actions::set_test(&centre, "prog1", 0, &test, "")
        .await
        .unwrap();
}

/// What the tests of addresses know by name: a programme with its bank, a question of it.
pub(crate) async fn begin(world: &World) -> String {
    tested(world).await;
    session(world, "sess3", "cancelled").await;
    let mut reader = world.home.app.read().await.unwrap();
    store::bank(&mut reader, "prog1").await.unwrap()[0]
        .id
        .clone()
}

/// Answers all places of an attempt; those of `wrong` wrongly.
pub(crate) async fn answer_all(world: &World, who: &Acting, id: &str, wrong: &[&str]) {
    let (places, bank) = {
        let mut reader = world.home.app.read().await.unwrap();
        let places = store::attempts::places(&mut reader, id).await.unwrap();
        (places, store::bank(&mut reader, "prog1").await.unwrap())
    };
    for place in places {
        let question = bank.iter().find(|q| q.id == place.question_id).unwrap();
        let mut given = question.says.answer.clone();
        if wrong.contains(&question.says.key.as_str()) {
            given = match given {
                Answer::One(_) => Answer::One("b".to_owned()),
                Answer::Several(_) => Answer::parse(Kind::Several, "a").unwrap(),
                Answer::Order(_) => Answer::parse(Kind::Order, "a,b,c").unwrap(),
                Answer::Match(_) => Answer::parse(Kind::Match, "a=x,b=y,c=z").unwrap(),
                Answer::Figures(_) => Answer::parse(Kind::Protocol, "voters_on_list=443").unwrap(),
            };
        }
        actions::answer(who, id, (place.place, place.answers), &given)
            .await
            .unwrap();
    }
}

pub(crate) fn conflict<T: std::fmt::Debug>(outcome: Result<T, Error>) -> String {
    match outcome {
        Err(Error::Conflict(message)) => message,
        other => panic!("{other:?}"),
    }
}

fn field<T: std::fmt::Debug>(outcome: Result<T, Error>) -> String {
    match outcome {
        Err(Error::Invalid(problems)) => problems[0].field.clone(),
        other => panic!("{other:?}"),
    }
}

async fn start(world: &World, purpose: Purpose) -> String {
    actions::begin(&member(world, noon()), "sess1", purpose, "")
        .await
        .unwrap()
}
