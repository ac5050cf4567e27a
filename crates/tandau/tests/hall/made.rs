//! A survey of five questions, what a phone answers, and what the sums must be then.

use std::collections::{BTreeMap, BTreeSet};
use tandau::bind;
use tandau::platform::{Acting, App, Error, Names, areas};
use tandau::surveys::actions;
use tandau::surveys::model::{Answer, NewSurvey, Opt, Question, QuestionKind};

/// How many questions a phone answers.
#[allow(dead_code, reason = "the benchmark says it")]
pub const QUESTIONS: usize = 5;

const AREAS: &str =
    "code,parent_code,kind,name_kk,name_ru,name_en,zone,valid_from,valid_until,edition,note
KZ,,country,Қазақстан,Казахстан,Kazakhstan,Asia/Almaty,1991-12-16,,test,
";

fn question(
    key: &str,
    kind: QuestionKind,
    (least, most): (i64, i64),
    options: &[&str],
) -> Question {
    Question {
        key: key.to_owned(),
        kind,
        wording: Names::new(key, key, key),
        required: true,
        least,
        most,
        options: options
            .iter()
            .map(|option| Opt {
                key: (*option).to_owned(),
                wording: Names::new(*option, *option, *option),
            })
            .collect(),
        crossed_with: if key == "direct" { "heard" } else { "" }.to_owned(),
    }
}

/// Makes and opens it; returns its code.
pub async fn survey(app: &App, id: &str) -> Result<String, Error> {
    let acting = Acting::operator(app.clone());
    if areas::country(&mut *app.read().await?).await?.is_none() {
        areas::import_csv(&acting, AREAS.as_bytes(), false).await?;
    }
    let country = areas::country(&mut *app.read().await?).await?;
    let new = NewSurvey {
        id: id.to_owned(),
        area_id: country.ok_or(Error::NotFound)?,
        election_id: String::new(),
        title: Names::new("Зал", "Зал", "Hall"),
        wants_tokens: false,
        live: false,
        present: None,
        held_on: acting.today(),
    };
    let made = actions::create(&acting, new).await?;
    let questions = vec![
        question(
            "direct",
            QuestionKind::One,
            (1, 1),
            &["yes", "no", "unsure"],
        ),
        question("heard", QuestionKind::One, (1, 1), &["yes", "no"]),
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
            (1, 3),
            &["honest", "skilled", "near"],
        ),
    ];
    actions::set_questions(&acting, id, questions).await?;
    actions::open(&acting, id).await?;
    Ok(made.code)
}

fn pick<'a>(of: &[&'a str], number: u32) -> &'a str {
    usize::try_from(number)
        .ok()
        .and_then(|n| of.get(n % of.len().max(1)))
        .copied()
        .unwrap_or_default()
}

/// What a phone answers, each in its own way.
pub fn answers(number: u32) -> Vec<(String, Answer)> {
    let first: BTreeSet<String> = [
        pick(&["roads", "water", "work"], number),
        pick(&["roads", "water", "work"], number / 3),
    ]
    .map(str::to_owned)
    .into();
    let order = pick(&["honest skilled near", "near honest", "skilled"], number);
    vec![
        (
            "direct".to_owned(),
            Answer::One(pick(&["yes", "no", "unsure"], number / 2).to_owned()),
        ),
        (
            "heard".to_owned(),
            Answer::One(pick(&["yes", "no"], number).to_owned()),
        ),
        ("first".to_owned(), Answer::Several(first)),
        (
            "informed".to_owned(),
            Answer::Scale(i64::from(number % 5) + 1),
        ),
        (
            "order".to_owned(),
            Answer::Ranking(order.split(' ').map(str::to_owned).collect()),
        ),
    ]
}

/// The same as the page's form sends it.
pub fn form(number: u32) -> String {
    let mut pairs = Vec::new();
    for (key, answer) in answers(number) {
        match answer {
            Answer::One(option) => pairs.push(format!("q.{key}={option}")),
            Answer::Several(options) => {
                pairs.extend(options.iter().map(|option| format!("q.{key}={option}")));
            }
            Answer::Scale(value) => pairs.push(format!("q.{key}={value}")),
            Answer::Ranking(options) => pairs.extend(
                options
                    .iter()
                    .zip(1..)
                    .map(|(option, place)| format!("q.{key}.{option}={place}")),
            ),
            Answer::Text(_) => {}
        }
    }
    pairs.join("&")
}

/// Every counter by question, option and place.
pub fn sums(phones: u32) -> BTreeMap<(String, String, i64), i64> {
    let mut sums = BTreeMap::new();
    for number in 0..phones {
        for (key, answer) in answers(number) {
            let counters = electoral::survey::counters(&answer);
            for (option, place) in counters.into_iter().chain([(String::new(), 0)]) {
                *sums.entry((key.clone(), option, place)).or_insert(0) += 1;
            }
        }
    }
    sums
}

/// What the database counts of a survey.
pub async fn counted(
    app: &App,
    code: &str,
) -> Result<(i64, i64, BTreeMap<(String, String, i64), i64>), Error> {
    let mut reader = app.read().await?;
    let whole = reader
        .one(
            "select a.answered, (select count(*) from survey_spent p where p.survey_id = s.id) as spent
                from survey s join survey_answered a on a.survey_id = s.id where s.code = $1",
            bind![code],
        )
        .await?;
    let rows = reader
        .all(
            "select c.question_key, c.option_key, c.rank, c.count from survey_count c
                join survey s on s.id = c.survey_id where s.code = $1",
            bind![code],
        )
        .await?;
    let mut counters = BTreeMap::new();
    for row in &rows {
        let key = (
            row.text("question_key")?,
            row.text("option_key")?,
            row.int("rank")?,
        );
        counters.insert(key, row.int("count")?);
    }
    Ok((whole.int("answered")?, whole.int("spent")?, counters))
}
