//! Which figures of a survey may be shown. Pure: counters in, the same counters or nothing out.
//!
//! A question is a tree: all who answered the survey divide into those who left it blank and those who answered it, these
//! into its options. Two questions with a table of both share one tree (rows) and one set of columns, so that neither the
//! table nor the figures of either question give a small number away. Each question stands in one table at most, therefore
//! nothing is known of one tree from another but how many answered the survey.

use super::model::{Question, QuestionKind};
use super::store::read::{Counts, Crosses};
use electoral::suppression::{Shown, Table, decide};

/// Figures of a question that may be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Figures {
    /// How many answered it.
    pub(super) base: Option<u64>,
    /// For each heading how many chose it; for a ranking how many put it first.
    pub(super) counts: Vec<Option<u64>>,
    /// For a ranking: for each option how many gave it each place.
    pub(super) places: Vec<Vec<Option<u64>>>,
}

/// A table of two questions: rows are headings of the first one.
pub(super) type Cells = Vec<Vec<Option<u64>>>;

fn count_of(counts: &Counts, question: &Question, heading: &str, rank: i64) -> u64 {
    let key = (question.key.clone(), heading.to_owned(), rank);
    counts.get(&key).copied().unwrap_or(0)
}

/// How many answered a question.
pub(super) fn base_of(counts: &Counts, question: &Question) -> u64 {
    count_of(counts, question, "", 0)
}

fn headings(counts: &Counts, question: &Question) -> Vec<u64> {
    question
        .headings()
        .iter()
        .map(|heading| count_of(counts, question, heading, 0))
        .collect()
}

fn decided(rows: &[(Option<usize>, Vec<u64>)], k: u64, also: &[(usize, usize)]) -> Option<Shown> {
    Some(decide(&Table::new(rows).ok()?, k, also))
}

/// A figure, when it and the sum beside it may be shown.
fn alone(shown: &Shown, row: usize, value: u64) -> Option<u64> {
    (shown.is(row, 0) && shown.is(row, 1)).then_some(value)
}

/// Whether the base of a question may be shown, on its own.
fn base_alone(k: u64, answered: u64, base: u64) -> Option<u64> {
    let rows = [
        (None, vec![0]),
        (Some(0), vec![answered.saturating_sub(base)]),
        (Some(0), vec![base]),
    ];
    let shown = decided(&rows, k, &[])?;
    if shown.is(0, 0) {
        alone(&shown, 2, base)
    } else {
        None
    }
}

/// A question that divides the room.
fn divided(k: u64, answered: u64, base: u64, counts: &[u64]) -> Figures {
    let mut rows = vec![
        (None, vec![0]),
        (Some(0), vec![answered.saturating_sub(base)]),
        (Some(0), vec![0]),
    ];
    rows.extend(counts.iter().map(|n| (Some(2), vec![*n])));
    let hidden = Figures {
        counts: vec![None; counts.len()],
        ..Figures::default()
    };
    // How many answered the survey is known to the whole room: what would need it hidden is hidden as a whole.
    match decided(&rows, k, &[]) {
        Some(shown) if shown.is(0, 0) => Figures {
            base: alone(&shown, 2, base),
            counts: (3..)
                .zip(counts)
                .map(|(row, n)| alone(&shown, row, *n))
                .collect(),
            places: Vec::new(),
        },
        _ => hidden,
    }
}

/// Several options of one question: each also divides the room into those who chose it and those who didn't.
fn several(k: u64, answered: u64, base: u64, counts: &[u64]) -> Figures {
    let mut rows = vec![(None, vec![0])];
    rows.extend(counts.iter().map(|n| (Some(0), vec![*n])));
    let others_few = |n: u64| (1..k).contains(&base.saturating_sub(n));
    let also: Vec<(usize, usize)> = (1..)
        .zip(counts)
        .filter(|(_, n)| others_few(**n))
        .flat_map(|(row, _)| [(row, 0), (row, 1)])
        .collect();
    let shown = decided(&rows, k, &also);
    Figures {
        base: base_alone(k, answered, base),
        counts: (1..)
            .zip(counts)
            // A zero beside a base of a few says how few they are.
            .map(|(row, n)| {
                let may = shown.as_ref().filter(|_| !others_few(*n));
                may.and_then(|shown| alone(shown, row, *n))
            })
            .collect(),
        places: Vec::new(),
    }
}

fn ranking(k: u64, answered: u64, counts: &Counts, question: &Question) -> Figures {
    let base = base_of(counts, question);
    let mut rows = vec![];
    let mut table = Vec::new();
    for option in question.headings() {
        let mut places: Vec<u64> = (1..=question.most)
            .map(|place| count_of(counts, question, &option, place))
            .collect();
        table.push(places.clone());
        places.push(base.saturating_sub(places.iter().sum()));
        if rows.is_empty() {
            rows.push((None, vec![0; places.len()]));
        }
        rows.push((Some(0), places));
    }
    let shown = decided(&rows, k, &[]);
    let base_shown = base_alone(k, answered, base).filter(|_| {
        shown
            .as_ref()
            .is_some_and(|shown| (0..rows.len()).all(|row| shown.is(row, 0)))
    });
    let places: Cells = (1..)
        .zip(&table)
        .map(|(row, places)| {
            let may = |column| shown.as_ref().is_some_and(|s: &Shown| s.is(row, column));
            (1..)
                .zip(places)
                .map(|(column, n)| may(column).then_some(*n))
                .collect()
        })
        .collect();
    Figures {
        base: base_shown,
        counts: places
            .iter()
            .map(|row| row.first().copied().flatten())
            .collect(),
        places,
    }
}

/// A question that stands in no table.
pub(super) fn question(k: u64, answered: u64, counts: &Counts, question: &Question) -> Figures {
    let base = base_of(counts, question);
    let counted = headings(counts, question);
    match question.kind {
        QuestionKind::One | QuestionKind::Scale => divided(k, answered, base, &counted),
        QuestionKind::Several => several(k, answered, base, &counted),
        QuestionKind::Ranking => ranking(k, answered, counts, question),
        QuestionKind::Text => Figures {
            base: base_alone(k, answered, base),
            ..Figures::default()
        },
    }
}

/// Two questions with a table of both.
pub(super) fn pair(
    k: u64,
    answered: u64,
    counts: &Counts,
    crosses: &Crosses,
    (a, b): (&Question, &Question),
) -> (Figures, Figures, Cells) {
    let (of_a, of_b) = (headings(counts, a), headings(counts, b));
    let (base_a, base_b) = (base_of(counts, a), base_of(counts, b));
    let table: Vec<Vec<u64>> = a
        .headings()
        .iter()
        .map(|left| {
            b.headings()
                .iter()
                .map(|right| {
                    let key = (a.key.clone(), left.clone(), b.key.clone(), right.clone());
                    crosses.get(&key).copied().unwrap_or(0)
                })
                .collect()
        })
        .collect();
    let with_rest = |mut row: Vec<u64>, total: u64| {
        row.push(total.saturating_sub(row.iter().sum()));
        row
    };
    let without_a: Vec<u64> = (0..)
        .zip(&of_b)
        .map(|(column, total): (usize, &u64)| {
            let both: u64 = table.iter().filter_map(|row| row.get(column)).sum();
            total.saturating_sub(both)
        })
        .collect();
    let wide = of_b.len() + 1;
    let mut rows = vec![
        (None, vec![0; wide]),
        (
            Some(0),
            with_rest(without_a, answered.saturating_sub(base_a)),
        ),
        (Some(0), vec![0; wide]),
    ];
    let leaves = table.iter().zip(&of_a);
    rows.extend(leaves.map(|(row, total)| (Some(2), with_rest(row.clone(), *total))));
    let shown = decided(&rows, k, &[]).filter(|shown| shown.is(0, 0));
    let may = |row, column| shown.as_ref().is_some_and(|s: &Shown| s.is(row, column));
    let left = Figures {
        base: may(2, 0).then_some(base_a),
        counts: (3..)
            .zip(&of_a)
            .map(|(row, n)| may(row, 0).then_some(*n))
            .collect(),
        places: Vec::new(),
    };
    let right = Figures {
        base: may(0, wide).then_some(base_b),
        counts: (1..)
            .zip(&of_b)
            .map(|(column, n)| may(0, column).then_some(*n))
            .collect(),
        places: Vec::new(),
    };
    let cells = (3..)
        .zip(&table)
        .map(|(row, line)| {
            (1..)
                .zip(line)
                .map(|(column, n)| may(row, column).then_some(*n))
                .collect()
        })
        .collect();
    (left, right, cells)
}
