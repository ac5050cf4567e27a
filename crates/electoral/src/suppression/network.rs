//! A table as a network: figures are edges, sums are nodes.

use super::Table;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// How much dearer a sum is than what it is the sum of, for each level.
const LEVEL: u64 = 20;
/// How much dearer a row's total is than its other figures.
const TOTAL: u64 = 10;
/// Values above this cost no more.
const DEAREST: u64 = 1_000_000;

/// A way to change one figure while all shown ones stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

#[derive(Debug)]
pub(super) struct Network {
    /// From node, to node: one edge for each figure.
    ends: Vec<(usize, usize)>,
    /// Edges at each node.
    at: Vec<Vec<usize>>,
    values: Vec<u64>,
    costs: Vec<u64>,
    hidden: Vec<bool>,
}

impl Network {
    /// Figures of a row flow up through the sums of their column and come back down through those of the total.
    pub(super) fn new(table: &Table, hidden: Vec<bool>) -> Self {
        let rows = table.rows();
        let wide = table.columns + 1;
        let sum = |row: usize, column: usize| rows + row * wide + column;
        let top = rows + rows * wide;
        let mut heights = vec![0_u32; rows];
        for (row, parent) in table.parents.iter().enumerate().rev() {
            if let Some(above) = parent {
                heights[*above] = heights[*above].max(heights[row] + 1);
            }
        }
        let mut ends = Vec::with_capacity(rows * wide);
        let mut costs = Vec::with_capacity(rows * wide);
        for (row, parent) in table.parents.iter().enumerate() {
            for column in 0..wide {
                let below = if table.leaf[row] {
                    row
                } else {
                    sum(row, column)
                };
                let above = parent.map_or(top, |p| sum(p, column));
                ends.push(if column == 0 {
                    (above, below)
                } else {
                    (below, above)
                });
                let size = table.figure(row, column).min(DEAREST) + 1;
                let level = LEVEL.saturating_pow(heights[row]);
                let kind = if column == 0 { TOTAL } else { 1 };
                costs.push(size.saturating_mul(level).saturating_mul(kind));
            }
        }
        let mut at = vec![Vec::new(); top + 1];
        for (edge, (from, to)) in ends.iter().enumerate() {
            at[*from].push(edge);
            at[*to].push(edge);
        }
        Self {
            ends,
            at,
            values: table.cells.clone(),
            costs,
            hidden,
        }
    }

    /// Hides more until a hidden figure can vary by `width`.
    pub(super) fn protect(&mut self, edge: usize, width: u64) {
        let down = self.push(edge, Way::Down, width, false);
        let up = self.push(edge, Way::Up, width, false);
        if up.saturating_add(down) >= width {
            return;
        }
        let up = self.push(edge, Way::Up, width - down, true);
        if up.saturating_add(down) < width {
            self.push(edge, Way::Down, width - up, true);
        }
    }

    /// The hidden figures without those that follow from the shown ones although they were not to be hidden: to
    /// show them tells nothing new.
    pub(super) fn without_idle(mut self, first: &[usize]) -> Vec<bool> {
        let others: Vec<usize> = (0..self.hidden.len())
            .filter(|edge| self.hidden[*edge] && first.binary_search(edge).is_err())
            .collect();
        let idle: Vec<usize> = others
            .into_iter()
            .filter(|edge| {
                self.push(*edge, Way::Up, 1, false) + self.push(*edge, Way::Down, 1, false) == 0
            })
            .collect();
        for edge in idle {
            self.hidden[edge] = false;
        }
        self.hidden
    }

    /// How far a figure can be changed one way, at most `want`. With `more`, figures on the way are hidden.
    fn push(&mut self, edge: usize, way: Way, want: u64, more: bool) -> u64 {
        let want = match way {
            Way::Up => want,
            Way::Down => want.min(self.values[edge].saturating_sub(1)),
        };
        let (from, to) = match way {
            Way::Up => (self.ends[edge].1, self.ends[edge].0),
            Way::Down => self.ends[edge],
        };
        let mut values = self.values.clone();
        let mut pushed = 0_u64;
        while pushed < want {
            let left = want - pushed;
            let path = self
                .path(edge, from, to, &values, left, more)
                .or_else(|| self.path(edge, from, to, &values, 1, more));
            let Some(path) = path else { break };
            let room = path
                .iter()
                .filter(|(_, forward)| !forward)
                .map(|(e, _)| values[*e].saturating_sub(1))
                .min()
                .map_or(left, |room| room.min(left));
            for (e, forward) in path {
                self.hidden[e] = true;
                values[e] = if forward {
                    values[e].saturating_add(room)
                } else {
                    values[e].saturating_sub(room)
                };
            }
            pushed += room;
        }
        pushed
    }

    /// The cheapest way from a node to another along which `room` more can flow, without one edge.
    fn path(
        &self,
        without: usize,
        from: usize,
        to: usize,
        values: &[u64],
        room: u64,
        more: bool,
    ) -> Option<Vec<(usize, bool)>> {
        let mut best: Vec<Option<(u64, usize, bool)>> = vec![None; self.at.len()];
        let mut done = vec![false; self.at.len()];
        let mut queue = BinaryHeap::from([Reverse((0_u64, from))]);
        while let Some(Reverse((cost, node))) = queue.pop() {
            if std::mem::replace(&mut done[node], true) {
                continue;
            }
            if node == to {
                break;
            }
            for edge in &self.at[node] {
                let (tail, head) = self.ends[*edge];
                let forward = tail == node;
                let next = if forward { head } else { tail };
                let usable = *edge != without
                    && values[*edge] > 0
                    && (self.hidden[*edge] || more)
                    && (forward || values[*edge] > room);
                if !usable || done[next] || next == from {
                    continue;
                }
                let price = if self.hidden[*edge] {
                    0
                } else {
                    self.costs[*edge]
                };
                let total = cost.saturating_add(price);
                if best[next].is_none_or(|(known, _, _)| total < known) {
                    best[next] = Some((total, *edge, forward));
                    queue.push(Reverse((total, next)));
                }
            }
        }
        let mut path = Vec::new();
        let mut node = to;
        while node != from {
            let (_, edge, forward) = best[node]?;
            path.push((edge, forward));
            let (tail, head) = self.ends[edge];
            node = if forward { tail } else { head };
        }
        Some(path)
    }
}
