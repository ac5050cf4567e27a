//! What is shown: the figures of the article, small numbers hidden, steps, counters as a recount finds them.

use super::*;
use crate::surveys::model::{Claim, Share};
use crate::surveys::store::read::{Counts, Crosses};
use crate::surveys::suppress;
use proptest::prelude::*;

/// Counters of answers, as a plain recount finds them.
fn recount(all: &[Submission], questions: &[Question]) -> (Counts, Crosses) {
    let (mut counts, mut crosses) = (Counts::new(), Crosses::new());
    for sent in all {
        for (key, answer) in &sent.answers {
            *counts.entry((key.clone(), String::new(), 0)).or_default() += 1;
            let added: Vec<(String, i64)> = match answer {
                Answer::One(o) => vec![(o.clone(), 0)],
                Answer::Several(set) => set.iter().map(|o| (o.clone(), 0)).collect(),
                Answer::Scale(n) => vec![(n.to_string(), 0)],
                Answer::Ranking(list) => list.iter().cloned().zip(1..).collect(),
                Answer::Text(_) => vec![],
            };
            for (option, rank) in added {
                *counts.entry((key.clone(), option, rank)).or_default() += 1;
            }
        }
        let get = |key: &str| sent.answers.iter().find(|(k, _)| k == key).map(|(_, a)| a);
        for a in questions.iter().filter(|q| !q.crossed_with.is_empty()) {
            if let (Some(Answer::One(left)), Some(Answer::Scale(right))) =
                (get(&a.key), get(&a.crossed_with))
            {
                let key = (
                    a.key.clone(),
                    left.clone(),
                    a.crossed_with.clone(),
                    right.to_string(),
                );
                *crosses.entry(key).or_default() += 1;
            }
        }
    }
    (counts, crosses)
}

fn some(n: usize) -> Submission {
    let pick = |list: &[&str]| list[n % list.len()].to_owned();
    let mut answers = vec![("one", one(&pick(&["yes", "yes", "no", "unsure", "yes"])))];
    if !n.is_multiple_of(3) {
        let set = [pick(&["roads", "water", "work"]), "roads".to_owned()];
        answers.push(("several", Answer::Several(set.into_iter().collect())));
    }
    if !n.is_multiple_of(7) {
        answers.push(("scale", Answer::Scale(i64::try_from(n % 5 + 1).unwrap())));
    }
    if n.is_multiple_of(2) {
        let mut list = vec!["near".to_owned(), "skill".to_owned(), "honest".to_owned()];
        list.rotate_left(n % 3);
        list.truncate(n % 3 + 1);
        answers.push(("rank", Answer::Ranking(list)));
    }
    if n.is_multiple_of(4) {
        answers.push(("text", Answer::Text(format!("сөз {n}"))));
    }
    sent(&format!("device {n}"), answers)
}

#[tokio::test]
async fn counters_equal_a_recount_of_submissions() {
    let world = World::new(1).await;
    let survey = opened(&world, new("s"), five()).await;
    let all: Vec<Submission> = (0..240).map(|n| some(n * 7 % 239)).collect();
    let mut counted = Vec::new();
    let mut tasks = tokio::task::JoinSet::new();
    for sent in all {
        let (app, code) = (world.home.app.clone(), survey.code.clone());
        tasks.spawn(async move {
            // A phone that heard nothing sends again: after a fault, or after it was counted.
            let first = actions::answer(&app, &code, sent.clone()).await.unwrap();
            let second = actions::answer(&app, &code, sent.clone()).await.unwrap();
            assert_eq!(second, Accepted::Again);
            (first, sent)
        });
    }
    while let Some(done) = tasks.join_next().await {
        let (accepted, sent) = done.unwrap();
        if accepted == Accepted::Counted {
            counted.push(sent);
        }
    }
    assert_eq!(counted.len(), 239, "one device answered twice");
    let mut reader = world.home.app.read().await.unwrap();
    let (counts, crosses) = recount(&counted, &five());
    let read = crate::surveys::store::read::counts(&mut reader, "s", false)
        .await
        .unwrap();
    assert_eq!(read, counts);
    let read = crate::surveys::store::read::crosses(&mut reader, "s")
        .await
        .unwrap();
    assert_eq!(read, crosses);
    assert_eq!(answered(&world, "s").await, 239);
}

#[tokio::test]
async fn the_room_of_the_article() {
    let world = World::new(1).await;
    let yes_no = ["yes", "no"];
    let keys = ["q1", "q2", "q3", "q4", "q5"];
    let questions: Vec<Question> = keys
        .iter()
        .map(|key| question(key, QuestionKind::One, &yes_no))
        .collect();
    let survey = opened(&world, new("s"), questions).await;
    let yes = [124, 83, 230, 177, 138];
    for n in 0..327 {
        let answers = keys
            .iter()
            .zip(yes)
            .map(|(key, yes)| (*key, one(if n < yes { "yes" } else { "no" })))
            .collect();
        answer(&world, &survey, &format!("p{n}"), answers)
            .await
            .unwrap();
    }
    actions::close(&host(&world), "s").await.unwrap();
    let mut reader = world.home.app.read().await.unwrap();
    let results = queries::results(&mut reader, &world.home.app, "s")
        .await
        .unwrap();
    assert_eq!(results.answered, 327);
    assert_eq!(results.response, Share::of(327, 540));
    assert!(!results.enforced);
    let first = |at: usize| results.questions[at].options[0].clone();
    let counts: Vec<_> = (0..5).map(|at| first(at).count.unwrap()).collect();
    assert_eq!(counts, yes);
    let majority = first(3);
    assert_eq!(majority.claim, Some(Claim::NotDistinguishable));
    let interval = majority.wilson.unwrap();
    assert_eq!((interval.low_tenths, interval.high_tenths), (487, 595));
    let hash = results.questions[0].wording_sha256.clone();
    let trend = queries::trend(&mut reader, &world.home.app, &hash, None)
        .await
        .unwrap();
    assert_eq!(trend.len(), 1);
}

#[tokio::test]
async fn an_open_survey_shows_nothing_but_its_steps() {
    let world = World::new(1).await;
    let mut live = new("s");
    live.live = true;
    let survey = opened(&world, live, five()).await;
    let hidden = opened(&world, new("h"), five()).await;
    let app = &world.home.app;
    for n in 0..23_u64 {
        for survey in [&survey, &hidden] {
            answer(&world, survey, &format!("p{n}"), vec![("one", one("yes"))])
                .await
                .unwrap();
        }
        let mut reader = app.read().await.unwrap();
        let shown = queries::shown(&mut reader, app, &survey).await.unwrap();
        let step = match n + 1 {
            0..15 => None,
            15..20 => Some(10),
            _ => Some(15),
        };
        assert_eq!(shown.as_ref().map(|r| r.answered), step, "{n}");
        if let Some(results) = shown {
            assert_eq!(results.questions[0].options[0].count, step);
            // Whoever compares what was shown with a result of this moment tells no small group apart.
            assert!(n + 1 - results.answered >= app.rules.smallest_group());
        }
        assert_eq!(
            queries::shown(&mut reader, app, &hidden).await.unwrap(),
            None
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_small_figure_is_shown_nor_follows(
        cells in proptest::collection::vec(proptest::collection::vec(0_u64..9, 3), 3),
    ) {
        // Rows and columns 0 and 1 are options, 2 is "left blank".
        let (a, b) = (
            question("a", QuestionKind::One, &["x", "y"]),
            question("b", QuestionKind::One, &["x", "y"]),
        );
        let names = ["x", "y"];
        let (mut counts, mut crosses) = (Counts::new(), Crosses::new());
        let mut answered = 0;
        for (r, row) in cells.iter().enumerate() {
            for (c, n) in row.iter().enumerate() {
                answered += n;
                let mut add = |question: &str, option: &str| {
                    *counts.entry((question.to_owned(), option.to_owned(), 0)).or_default() += n;
                };
                if r < 2 { add("a", names[r]); add("a", ""); }
                if c < 2 { add("b", names[c]); add("b", ""); }
                if r < 2 && c < 2 {
                    let key = ("a".to_owned(), names[r].to_owned(), "b".to_owned(), names[c].to_owned());
                    *crosses.entry(key).or_default() += n;
                }
            }
        }
        let (left, right, table) = suppress::pair(5, answered, &counts, &crosses, (&a, &b));
        let small = |n: &u64| (1..5).contains(n);
        for figures in [&left, &right] {
            let shown: Vec<u64> = figures.counts.iter().flatten().copied().collect();
            prop_assert!(!shown.iter().any(small));
            if let Some(base) = figures.base {
                prop_assert!(!small(&base) && !small(&(answered - base)));
                // One hidden option beside a shown base would follow from the others.
                prop_assert!(figures.counts.iter().filter(|n| n.is_none()).count() != 1);
            }
        }
        for row in &table {
            prop_assert!(!row.iter().flatten().any(small));
        }
        for (row, total) in table.iter().zip(&left.counts) {
            if let (Some(total), [Some(x), Some(y)]) = (total, row.as_slice()) {
                prop_assert!(!small(&(total - x - y)), "those who left b blank");
            }
        }
    }

    #[test]
    fn several_options_hide_those_who_did_not_choose(counts in proptest::collection::vec(0_u64..40, 3), skipped in 0_u64..9) {
        let asked = question("a", QuestionKind::Several, &["x", "y", "z"]);
        let base = counts.iter().copied().max().unwrap_or(0);
        let mut all = Counts::new();
        all.insert(("a".into(), String::new(), 0), base);
        for (key, n) in ["x", "y", "z"].iter().zip(&counts) {
            all.insert(("a".into(), (*key).into(), 0), *n);
        }
        let figures = suppress::question(5, base + skipped, &all, &asked);
        for n in figures.counts.iter().flatten() {
            prop_assert!(!(1..5).contains(n) && !(1..5).contains(&(base - n)));
        }
        if figures.base.is_some() { prop_assert!(!(1..5).contains(&skipped)); }
    }
}
