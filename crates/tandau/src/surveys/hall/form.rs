//! The questions as fields of one form, and back.

use crate::platform::T;
use crate::platform::web::{FieldErrors, FormData};
use crate::surveys::model::{Answer, Question, QuestionKind};

use std::collections::BTreeSet;

/// One answer to choose.
#[derive(Clone, Debug, Default)]
pub(super) struct Choice {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) text: String,
    pub(super) label: String,
    pub(super) checked: bool,
}

/// A question as the page shows it.
#[derive(Clone, Debug)]
pub(super) struct Field {
    /// Of its element; errors lead there.
    pub(super) id: String,
    pub(super) name: String,
    pub(super) kind: &'static str,
    pub(super) wording: String,
    pub(super) hint: String,
    pub(super) error: String,
    pub(super) required: bool,
    pub(super) most: u64,
    pub(super) value: String,
    pub(super) options: Vec<Choice>,
    pub(super) places: Vec<String>,
}

/// Id of a question's element, the name of its field and of its errors.
pub(super) fn id_of(key: &str) -> String {
    format!("q.{key}")
}

fn place_name(question: &str, option: &str) -> String {
    format!("q.{question}.{option}")
}

/// The questions with what was chosen and what is wrong.
pub(super) fn fields(
    t: T,
    questions: &[Question],
    form: &FormData,
    errors: &FieldErrors,
) -> Vec<Field> {
    questions
        .iter()
        .map(|q| field(t, q, form, errors))
        .collect()
}

fn field(t: T, q: &Question, form: &FormData, errors: &FieldErrors) -> Field {
    let id = id_of(&q.key);
    let chosen: Vec<&str> = form.all(&id).collect();
    let choice = |value: String, text: String| Choice {
        name: id.clone(),
        checked: chosen.contains(&value.as_str()),
        value,
        text,
        label: String::new(),
    };
    let options = match q.kind {
        QuestionKind::One | QuestionKind::Several => q
            .options
            .iter()
            .map(|o| choice(o.key.clone(), o.wording.get(t.lang).to_owned()))
            .collect(),
        QuestionKind::Scale => (q.least..=q.most)
            .map(|n| choice(n.to_string(), n.to_string()))
            .collect(),
        QuestionKind::Ranking => q
            .options
            .iter()
            .map(|o| {
                let name = place_name(&q.key, &o.key);
                let text = o.wording.get(t.lang).to_owned();
                Choice {
                    value: form.text(&name).to_owned(),
                    label: t.hall_place_of(text.as_str()),
                    text,
                    name,
                    checked: false,
                }
            })
            .collect(),
        QuestionKind::Text => Vec::new(),
    };
    let mut hint = match q.kind {
        QuestionKind::One => t.hall_choose_one(),
        QuestionKind::Several => t.hall_choose_several(q.least.max(1), q.most),
        QuestionKind::Scale => t.hall_choose_scale(q.least, q.most),
        QuestionKind::Ranking => t.hall_choose_places(q.least.max(1), q.most),
        QuestionKind::Text => t.hall_text_hint(q.most),
    };
    if !q.required {
        hint = format!("{hint} {}", t.hall_optional());
    }
    Field {
        error: errors.of(&id).to_owned(),
        name: id.clone(),
        kind: q.kind.as_str(),
        wording: q.wording.get(t.lang).to_owned(),
        hint,
        required: q.required,
        most: u64::try_from(q.most).unwrap_or(0),
        value: form.text(&id).to_owned(),
        options,
        places: (1..=q.most).map(|place| place.to_string()).collect(),
        id,
    }
}

/// What was answered. A question left blank is left out; whether it may be is for the action to say.
pub(super) fn answers(
    t: T,
    questions: &[Question],
    form: &FormData,
) -> (Vec<(String, Answer)>, FieldErrors) {
    let mut errors = FieldErrors::new();
    let mut answers = Vec::new();
    for q in questions {
        let id = id_of(&q.key);
        let one = form.text(&id);
        let answer = match q.kind {
            QuestionKind::One if !one.is_empty() => Some(Answer::One(one.to_owned())),
            QuestionKind::Several => {
                let set: BTreeSet<String> = form
                    .all(&id)
                    .filter(|v| !v.is_empty())
                    .map(str::to_owned)
                    .collect();
                (!set.is_empty()).then_some(Answer::Several(set))
            }
            QuestionKind::Scale if !one.is_empty() => {
                let value = one.parse().ok();
                if value.is_none() {
                    errors.add(id, t.form_number());
                }
                value.map(Answer::Scale)
            }
            QuestionKind::Text if !one.is_empty() => Some(Answer::Text(one.to_owned())),
            QuestionKind::Ranking => match ranking(q, form) {
                Ok(places) => (!places.is_empty()).then_some(Answer::Ranking(places)),
                Err(()) => {
                    errors.add(id, t.hall_choose_places(q.least.max(1), q.most));
                    None
                }
            },
            QuestionKind::One | QuestionKind::Scale | QuestionKind::Text => None,
        };
        answers.extend(answer.map(|answer| (q.key.clone(), answer)));
    }
    (answers, errors)
}

/// Options in the order of their places: 1, 2, 3 without a gap and none twice.
fn ranking(q: &Question, form: &FormData) -> Result<Vec<String>, ()> {
    let mut places = Vec::new();
    for option in &q.options {
        let text = form.text(&place_name(&q.key, &option.key));
        if text.is_empty() {
            continue;
        }
        let place: usize = text.parse().map_err(|_| ())?;
        places.push((place, option.key.clone()));
    }
    places.sort();
    if places.iter().zip(1..).all(|((place, _), n)| *place == n) {
        Ok(places.into_iter().map(|(_, key)| key).collect())
    } else {
        Err(())
    }
}

/// The code of a card as typed.
pub(super) fn token(form: &FormData) -> Option<String> {
    let token = electoral::survey::normal(form.text("token"));
    (!token.is_empty()).then_some(token)
}
