//! Tests of the hall.

mod hostile;
mod pages;
mod phone;
mod presence;
mod small;

use crate::platform::{Names, areas};
use crate::surveys::actions;
use crate::surveys::model::{NewSurvey, Opt, Question, QuestionKind};
use crate::testing::Installation;
use crate::votingday::tests::world::World;

const AREAS: &str =
    "code,parent_code,kind,name_kk,name_ru,name_en,zone,valid_from,valid_until,edition,note
KZ,,country,Қазақстан,Казахстан,Kazakhstan,Asia/Almaty,1991-12-16,,test,
";

/// How a survey of a test is.
#[derive(Clone, Copy, Default)]
struct Kind {
    tokens: bool,
    live: bool,
    draft: bool,
}

fn new(home: &Installation, id: &str, area_id: String, kind: Kind) -> NewSurvey {
    NewSurvey {
        id: id.to_owned(),
        area_id,
        election_id: String::new(),
        title: Names::new(
            "Ауыл <i>болашағы</i>",
            "Будущее <i>села</i>",
            "The <i>future</i>",
        ),
        wants_tokens: kind.tokens,
        live: kind.live,
        present: None,
        held_on: home.operator().today(),
    }
}

fn question(key: &str, kind: QuestionKind, limits: (i64, i64), options: &[&str]) -> Question {
    Question {
        key: key.to_owned(),
        kind,
        wording: Names::new(
            format!("{key}-қ <b>"),
            format!("{key}-р <b>"),
            format!("{key}-e <b>"),
        ),
        required: key != "words",
        least: limits.0,
        most: limits.1,
        options: options
            .iter()
            .map(|o| Opt {
                key: (*o).to_owned(),
                wording: Names::new(*o, *o, *o),
            })
            .collect(),
        crossed_with: String::new(),
    }
}

/// A survey of all five kinds of questions; its code.
async fn survey(home: &Installation, id: &str, kind: Kind) -> String {
    let acting = home.operator();
    if areas::country(&mut home.app.read().await.unwrap())
        .await
        .unwrap()
        .is_none()
    {
        areas::import_csv(&acting, AREAS.as_bytes(), false)
            .await
            .unwrap();
    }
    let country = areas::country(&mut home.app.read().await.unwrap())
        .await
        .unwrap();
    let made = actions::create(&acting, new(home, id, country.unwrap(), kind))
        .await
        .unwrap();
    let questions = vec![
        question("direct", QuestionKind::One, (1, 1), &["yes", "no"]),
        question(
            "first",
            QuestionKind::Several,
            (1, 2),
            &["roads", "water", "work"],
        ),
        question("informed", QuestionKind::Scale, (1, 5), &[]),
        question(
            "order",
            QuestionKind::Ranking,
            (1, 2),
            &["honest", "skilled"],
        ),
        question("words", QuestionKind::Text, (0, 300), &[]),
    ];
    actions::set_questions(&acting, id, questions)
        .await
        .unwrap();
    if kind.tokens {
        actions::make_tokens(&acting, id, 1).await.unwrap();
    }
    if !kind.draft {
        actions::open(&acting, id).await.unwrap();
    }
    made.code
}

/// A survey of the first district that nobody can open yet, for the walk of all routes.
pub(crate) async fn begin(world: &World) {
    let new = new(&world.home, "hall1", "d1".to_owned(), Kind::default());
    actions::create(&world.home.operator(), new).await.unwrap();
}

/// All that is asked for.
const GOOD: &str = "q.direct=yes&q.first=roads&q.first=work&q.informed=4&q.order.honest=2&q.order.skilled=1&q.words=";
