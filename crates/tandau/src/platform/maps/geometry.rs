//! Outlines, their extent, and where a label stands inside them. Integers only.

/// A point in the units of the boundary file (about 293 m), y downwards.
pub(super) type Point = [i32; 2];

/// The outline of an area.
#[derive(Debug)]
pub(super) struct Shape {
    /// KATO code.
    pub code: String,
    /// KATO code of the region that a district belongs to.
    pub region: String,
    /// Closed rings; holes are rings too (even-odd).
    pub rings: Vec<Vec<Point>>,
    pub extent: Extent,
    /// A point well inside, for a label or a mark.
    pub inside: Point,
}

/// The rectangle around something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Extent {
    pub min: Point,
    pub max: Point,
}

impl Extent {
    pub fn of<'a>(points: impl IntoIterator<Item = &'a Point>) -> Self {
        let empty = Self {
            min: [i32::MAX; 2],
            max: [i32::MIN; 2],
        };
        let all = points.into_iter().fold(empty, |extent, [x, y]| Self {
            min: [extent.min[0].min(*x), extent.min[1].min(*y)],
            max: [extent.max[0].max(*x), extent.max[1].max(*y)],
        });
        if all == empty {
            return Self {
                min: [0; 2],
                max: [0; 2],
            };
        }
        all
    }

    pub fn union(self, other: Self) -> Self {
        Self::of(&[self.min, self.max, other.min, other.max])
    }

    pub fn size(&self) -> Point {
        [self.max[0] - self.min[0], self.max[1] - self.min[1]]
    }
}

impl Shape {
    pub fn new(code: String, region: String, rings: Vec<Vec<Point>>) -> Self {
        let extent = Extent::of(rings.iter().flatten());
        let inside = inside(&rings, extent);
        Self {
            code,
            region,
            rings,
            extent,
            inside,
        }
    }
}

/// Of a grid of points over the extent the one farthest from any border, measured along rows and
/// columns: plain, and good enough for a label.
fn inside(rings: &[Vec<Point>], extent: Extent) -> Point {
    const STEPS: i32 = 24;
    let [width, height] = extent.size();
    let centre = [extent.min[0] + width / 2, extent.min[1] + height / 2];
    let mut best = (0, centre);
    for row in 1..STEPS {
        let y = extent.min[1] + height * row / STEPS;
        let across = crossings(rings, y, 0);
        for column in 1..STEPS {
            let x = extent.min[0] + width * column / STEPS;
            let Some(sideways) = room(&across, x) else {
                continue;
            };
            let along = crossings(rings, x, 1);
            let Some(upright) = room(&along, y) else {
                continue;
            };
            // Labels are wider than high.
            let space = sideways.min(upright.saturating_mul(2));
            if space > best.0 {
                best = (space, [x, y]);
            }
        }
    }
    best.1
}

/// Where borders cross a row (`axis` 0: positions along x at this y) or a column (`axis` 1).
fn crossings(rings: &[Vec<Point>], at: i32, axis: usize) -> Vec<i32> {
    let other = 1 - axis;
    let mut found = Vec::new();
    for ring in rings {
        for pair in ring.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            if (from[other] > at) != (to[other] > at) {
                let rise = i64::from(to[other] - from[other]);
                let run = i64::from(to[axis] - from[axis]);
                let step = i64::from(at - from[other]) * run / rise;
                found.push(from[axis] + i32::try_from(step).unwrap_or(0));
            }
        }
    }
    found.sort_unstable();
    found
}

/// Distance to the nearest crossing if `at` is inside, that is, between an odd and an even one.
fn room(crossings: &[i32], at: i32) -> Option<i32> {
    let before = crossings.partition_point(|&crossing| crossing <= at);
    if before % 2 == 0 {
        return None;
    }
    let left = at - crossings.get(before - 1)?;
    let right = crossings.get(before)? - at;
    Some(left.min(right))
}
