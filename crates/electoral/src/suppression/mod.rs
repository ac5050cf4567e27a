//! Small numbers are people: which figures of a table may be published.
//!
//! One function, [`decide`], for pages, files and notes alike. A [`Table`] has rows in a tree (a country, its regions,
//! their districts …: each row is the sum of those below it) and columns with a total. A figure from 1 to k − 1 is
//! hidden, and with it as many others as are needed so that nobody can work it out again from totals or from another
//! level.
//!
//! **Against whom.** Somebody who has every shown figure, knows that rows and columns add up, that nothing is
//! negative, that a nought is never hidden (what is impossible is often known anyway), and this program. For them
//! each hidden figure still has at least two possible values, and each small one at least k − 1 of them.
//!
//! **How.** Rows in one tree and columns with a total make a network: a figure is an edge through which its value
//! flows, every sum a node where as much comes in as goes out. A hidden figure can be other than it is exactly if
//! there is a way round through other hidden edges; how far, is the largest flow along such ways. Where there is
//! no way round, the cheapest is made by hiding more (low levels and small values are cheap).
//!
//! **Over days.** Two days' figures of the same thing give their difference. So figures are published as releases, and
//! what changed by fewer than k against an earlier release is hidden as well ([`changed_too_little`]), and what would tell
//! such a change by subtraction ([`decide_after`]).

mod network;
mod releases;
mod rules;

pub use releases::{Earlier, decide_after};
pub use rules::{Publication, PublicationError};

use network::Network;

/// Rows in a tree, columns with a total in column 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    parents: Vec<Option<usize>>,
    leaf: Vec<bool>,
    columns: usize,
    cells: Vec<u64>,
}

/// Why rows are no table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// No rows, or no columns.
    #[error("a table needs rows and columns")]
    Empty,
    /// The first row must be the only one without a row above; every other stands after the one above it.
    #[error("row {0} must stand after the row that it belongs to")]
    Order(usize),
    /// Another number of columns than the first row.
    #[error("row {0} has another number of columns")]
    Columns(usize),
    /// Sums beyond what can be counted.
    #[error("sums are too large")]
    TooLarge,
}

impl Table {
    /// A table from its lowest rows. `rows` holds for each row the one above it and, where nothing stands below it,
    /// its figures without the total; figures of other rows are summed and what stands there is not read.
    ///
    /// # Errors
    /// [`TableError`].
    pub fn new(rows: &[(Option<usize>, Vec<u64>)]) -> Result<Self, TableError> {
        let columns = rows.first().map_or(0, |(_, figures)| figures.len());
        if columns == 0 {
            return Err(TableError::Empty);
        }
        let mut leaf = vec![true; rows.len()];
        for (at, (parent, figures)) in rows.iter().enumerate() {
            if figures.len() != columns {
                return Err(TableError::Columns(at));
            }
            match parent {
                Some(above) if *above < at => leaf[*above] = false,
                None if at == 0 => {}
                _ => return Err(TableError::Order(at)),
            }
        }
        let wide = columns + 1;
        let mut cells = vec![0_u64; rows.len() * wide];
        for (at, (parent, figures)) in rows.iter().enumerate().rev() {
            if leaf[at] {
                let mut total = 0_u64;
                for (column, figure) in figures.iter().enumerate() {
                    cells[at * wide + column + 1] = *figure;
                    total = total.checked_add(*figure).ok_or(TableError::TooLarge)?;
                }
                cells[at * wide] = total;
            }
            if let Some(above) = parent {
                for column in 0..wide {
                    let sum = cells[above * wide + column].checked_add(cells[at * wide + column]);
                    cells[above * wide + column] = sum.ok_or(TableError::TooLarge)?;
                }
            }
        }
        Ok(Self {
            parents: rows.iter().map(|(parent, _)| *parent).collect(),
            leaf,
            columns,
            cells,
        })
    }

    /// A plain table: rows below one row of totals, which is row 0.
    ///
    /// # Errors
    /// [`TableError`].
    pub fn flat(rows: &[Vec<u64>]) -> Result<Self, TableError> {
        let columns = rows.first().map_or(0, Vec::len);
        let top = (None, vec![0; columns]);
        let below = rows.iter().map(|figures| (Some(0), figures.clone()));
        Self::new(&std::iter::once(top).chain(below).collect::<Vec<_>>())
    }

    /// Rows, those of sums with them.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.parents.len()
    }

    /// Columns without the total.
    #[must_use]
    pub const fn columns(&self) -> usize {
        self.columns
    }

    /// A figure; column 0 is the row's total.
    #[must_use]
    pub fn figure(&self, row: usize, column: usize) -> u64 {
        self.cells
            .get(self.cell(row, column))
            .copied()
            .unwrap_or_default()
    }

    const fn cell(&self, row: usize, column: usize) -> usize {
        row * (self.columns + 1) + column
    }
}

/// Which figures may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    wide: usize,
    shown: Vec<bool>,
}

impl Shown {
    /// Whether a figure may be shown; column 0 is the row's total.
    #[must_use]
    pub fn is(&self, row: usize, column: usize) -> bool {
        self.shown
            .get(row * self.wide + column)
            .copied()
            .unwrap_or(false)
    }

    /// How many are hidden.
    #[must_use]
    pub fn hidden(&self) -> usize {
        self.shown.iter().filter(|shown| !**shown).count()
    }
}

/// Whether a figure must be hidden because it differs from the one of an earlier release, but by fewer than k people:
/// the difference would be a small number. A figure that was hidden then counts with the value that it had.
#[must_use]
pub const fn changed_too_little(now: u64, then: u64, then_shown: bool, k: u64) -> bool {
    let change = now.abs_diff(then);
    change < k && (change > 0 || !then_shown)
}

/// How far a hidden small figure must be able to vary: k − 1 possible values.
#[must_use]
pub const fn least_width(k: u64) -> u64 {
    let width = k.saturating_sub(2);
    if width == 0 { 1 } else { width }
}

/// Which figures of a table may be shown when fewer than `k` people are nobody's business. `also` names further
/// figures (row, column) to hide, such as those that [`changed_too_little`]; noughts among them are shown.
///
/// The answer depends on nothing but the table, `k` and `also` as a set.
#[must_use]
pub fn decide(table: &Table, k: u64, also: &[(usize, usize)]) -> Shown {
    let wide = table.columns + 1;
    let mut hidden: Vec<bool> = table.cells.iter().map(|v| (1..k).contains(v)).collect();
    for (row, column) in also {
        if *column < wide
            && let Some(cell) = hidden.get_mut(table.cell(*row, *column))
        {
            *cell = table.figure(*row, *column) > 0;
        }
    }
    let first: Vec<usize> = (0..hidden.len()).filter(|cell| hidden[*cell]).collect();
    let mut network = Network::new(table, hidden);
    for cell in &first {
        network.protect(*cell, least_width(k));
    }
    let hidden = network.without_idle(&first);
    Shown {
        wide,
        shown: hidden.into_iter().map(|hidden| !hidden).collect(),
    }
}

#[cfg(test)]
mod tests;
