//! Releases one after the other: what two of them say together.

use super::{Shown, Table, changed_too_little, decide};

/// A release that was published before: for each cell of the new table (row by row, the total first) its value then and
/// whether it was shown; none for a cell that was not there.
pub type Earlier = Vec<Option<(u64, bool)>>;

/// As [`decide`], of a release that follows others; `also` names further figures to hide. A figure that changed by too few people is hidden, and so are as
/// many more as are needed that nobody can work such a change out: where the totals of a row (or of a column below one
/// row) are shown both times, the change of all its figures that are hidden now or were hidden then follows by
/// subtraction; it is nought, or at least `k` people.
#[must_use]
pub fn decide_after(table: &Table, k: u64, earlier: &[Earlier], also: &[(usize, usize)]) -> Shown {
    let wide = table.columns + 1;
    let mut also = also.to_vec();
    for release in earlier {
        for (cell, then) in release.iter().enumerate() {
            let (row, column) = (cell / wide, cell % wide);
            if then.is_some_and(|(value, shown)| {
                changed_too_little(table.figure(row, column), value, shown, k)
            }) {
                also.push((row, column));
            }
        }
    }
    let lines = lines(table);
    loop {
        let shown = decide(table, k, &also);
        let more: Vec<(usize, usize)> = earlier
            .iter()
            .flat_map(|release| {
                lines
                    .iter()
                    .filter_map(|line| tell(table, &shown, release, line, k))
            })
            .collect();
        let before = also.len();
        for cell in more {
            if !also.contains(&cell) {
                also.push(cell);
            }
        }
        if also.len() == before {
            return shown;
        }
    }
}

/// Cells whose first is the sum of the others.
type Line = Vec<(usize, usize)>;

fn lines(table: &Table) -> Vec<Line> {
    let wide = table.columns + 1;
    let mut lines: Vec<Line> = (0..table.rows())
        .map(|row| (0..wide).map(|column| (row, column)).collect())
        .collect();
    for row in (0..table.rows()).filter(|row| !table.leaf[*row]) {
        let below: Vec<usize> = (0..table.rows())
            .filter(|other| table.parents[*other] == Some(row))
            .collect();
        for column in 0..wide {
            let cells = std::iter::once(row).chain(below.iter().copied());
            lines.push(cells.map(|row| (row, column)).collect());
        }
    }
    lines
}

/// By how much what is hidden now or was hidden then has changed together.
fn change_of_hidden(
    table: &Table,
    shown: &Shown,
    release: &Earlier,
    parts: &[(usize, usize)],
) -> Option<i128> {
    let wide = table.columns + 1;
    let mut change = 0_i128;
    for (row, column) in parts {
        let (value, was_shown) = (*release.get(row * wide + column)?)?;
        if !shown.is(*row, *column) || !was_shown {
            change += i128::from(table.figure(*row, *column)) - i128::from(value);
        }
    }
    Some(change)
}

/// The cell to hide as well, where a line tells a small change.
fn tell(
    table: &Table,
    shown: &Shown,
    release: &Earlier,
    line: &Line,
    k: u64,
) -> Option<(usize, usize)> {
    let wide = table.columns + 1;
    let (total, parts) = line.split_first()?;
    let (_, total_then) = (*release.get(total.0 * wide + total.1)?)?;
    if !shown.is(total.0, total.1) || !total_then {
        return None;
    }
    let small = |change: i128| change != 0 && change.unsigned_abs() < u128::from(k);
    let change = change_of_hidden(table, shown, release, parts)?;
    if !small(change) {
        return None;
    }
    let own = |(row, column): (usize, usize)| {
        let then = release.get(row * wide + column).copied().flatten();
        let then = then.map_or(0, |(value, _)| i128::from(value));
        i128::from(table.figure(row, column)) - then
    };
    // A nought is never hidden. What makes the change large enough comes first, then what says least.
    parts
        .iter()
        .copied()
        .filter(|cell| shown.is(cell.0, cell.1) && table.figure(cell.0, cell.1) > 0)
        .min_by_key(|cell| {
            (
                small(change + own(*cell)),
                table.figure(cell.0, cell.1),
                *cell,
            )
        })
        .or(Some(*total))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn published(table: &Table, shown: &Shown) -> Earlier {
        let wide = table.columns() + 1;
        (0..table.rows() * wide)
            .map(|cell| {
                let (row, column) = (cell / wide, cell % wide);
                Some((table.figure(row, column), shown.is(row, column)))
            })
            .collect()
    }

    #[test]
    fn one_person_more_among_three_hidden_figures_is_not_told() {
        let first = Table::new(&[(None, vec![76, 11, 32, 500])]).unwrap();
        let then = published(&first, &decide(&first, 5, &[]));
        let second = Table::new(&[(None, vec![77, 11, 32, 520])]).unwrap();
        let alone = decide(&second, 5, &[(0, 1), (0, 2), (0, 3)]);
        assert!(alone.is(0, 0) && alone.is(0, 4), "640 − 520 − 119 was 1");
        let shown = decide_after(&second, 5, &[then], &[]);
        assert!(!shown.is(0, 1));
        assert!(!(shown.is(0, 0) && shown.is(0, 4)), "{shown:?}");
    }

    proptest! {
        #[test]
        fn no_line_of_two_releases_tells_a_small_change(
            figures in proptest::collection::vec((0..40_u64, 0..40_u64, 0..8_u64), 6),
        ) {
            let k = 5;
            let rows = |of: fn(&(u64, u64, u64)) -> u64| {
                figures.chunks(3).map(|row| row.iter().map(of).collect()).collect::<Vec<Vec<u64>>>()
            };
            let first = Table::flat(&rows(|(a, _, _)| *a)).unwrap();
            // Either anything, or a little more.
            let second = Table::flat(&rows(|(a, b, more)| if b % 2 == 0 { a + more } else { *b })).unwrap();
            let then = published(&first, &decide(&first, k, &[]));
            let shown = decide_after(&second, k, std::slice::from_ref(&then), &[]);
            // What a reader of both papers does: from the change of a total, take the changes of the figures that both
            // show; the rest is what the hidden ones changed by. Written out anew, for rows and for columns.
            let both = |row: usize, column: usize| {
                let (value, was_shown) = then[row * (second.columns() + 1) + column].unwrap();
                (was_shown && shown.is(row, column))
                    .then(|| i128::from(second.figure(row, column)) - i128::from(value))
            };
            let rest = |total: Option<i128>, parts: Vec<Option<i128>>| {
                let total = total?;
                let hidden = parts.iter().any(Option::is_none);
                hidden.then(|| total - parts.into_iter().flatten().sum::<i128>())
            };
            for row in 0..second.rows() {
                let parts = (1..=second.columns()).map(|column| both(row, column)).collect();
                if let Some(change) = rest(both(row, 0), parts) {
                    prop_assert!(change == 0 || change.abs() >= 5, "row {row}: {change}");
                }
            }
            for column in 0..=second.columns() {
                let parts = (1..second.rows()).map(|row| both(row, column)).collect();
                if let Some(change) = rest(both(0, column), parts) {
                    prop_assert!(change == 0 || change.abs() >= 5, "column {column}: {change}");
                }
            }
            // What is small stays hidden.
            for row in 0..second.rows() {
                for column in 0..=second.columns() {
                    let small = (1..k).contains(&second.figure(row, column));
                    prop_assert!(!(small && shown.is(row, column)));
                }
            }
        }
    }
}
