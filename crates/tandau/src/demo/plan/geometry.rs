//! Points inside the simplified boundaries of the pilot's districts.

use std::collections::HashMap;

use super::error::PlanError;
use super::rng::Rng;
use super::sources::{BoundaryRow, Sources, rows};

/// Longitude and latitude in degrees.
pub(super) type Point = (f64, f64);

/// The rings of one district: outer ones and holes alike, for the even-odd rule.
#[derive(Debug, Clone, Default)]
pub(super) struct Shape {
    rings: Vec<Vec<Point>>,
}

/// The shapes by area code.
pub(super) fn shapes(sources: &Sources) -> Result<HashMap<String, Shape>, PlanError> {
    let mut shapes: HashMap<String, Shape> = HashMap::new();
    for row in rows::<BoundaryRow>("pilot_boundaries.csv", sources.boundaries)? {
        let mut numbers = row.lon_lat.split_ascii_whitespace().map(str::parse::<f64>);
        let mut ring = Vec::new();
        while let (Some(lon), Some(lat)) = (numbers.next(), numbers.next()) {
            match (lon, lat) {
                (Ok(lon), Ok(lat)) => ring.push((lon, lat)),
                _ => {
                    return Err(PlanError::Table {
                        file: "pilot_boundaries.csv",
                        cause: format!("ring {}.{} of {}", row.polygon, row.ring, row.kato),
                    });
                }
            }
        }
        shapes.entry(row.kato).or_default().rings.push(ring);
    }
    Ok(shapes)
}

impl Shape {
    /// Whether a point lies inside (even-odd rule).
    pub(super) fn contains(&self, (x, y): Point) -> bool {
        let mut inside = false;
        for ring in &self.rings {
            for (&(ax, ay), &(bx, by)) in ring.iter().zip(ring.iter().skip(1)) {
                if (ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax {
                    inside = !inside;
                }
            }
        }
        inside
    }

    /// A point inside, in ten-thousandths of a degree; none if a thousand trials miss.
    pub(super) fn point(&self, rng: &mut Rng) -> Option<Point> {
        let all = || self.rings.iter().flatten();
        let west = all().map(|p| p.0).fold(f64::INFINITY, f64::min);
        let east = all().map(|p| p.0).fold(f64::NEG_INFINITY, f64::max);
        let south = all().map(|p| p.1).fold(f64::INFINITY, f64::min);
        let north = all().map(|p| p.1).fold(f64::NEG_INFINITY, f64::max);
        (0..1_000)
            .map(|_| (between(rng, west, east), between(rng, south, north)))
            .find(|&point| self.contains(point))
    }

    /// A point within about a kilometre of another, still inside; the other itself if none is found.
    pub(super) fn near(&self, (x, y): Point, rng: &mut Rng) -> Point {
        (0..20)
            .map(|_| {
                (
                    between(rng, x - 0.01, x + 0.01),
                    between(rng, y - 0.008, y + 0.008),
                )
            })
            .find(|&point| self.contains(point))
            .unwrap_or((x, y))
    }
}

fn between(rng: &mut Rng, low: f64, high: f64) -> f64 {
    let fraction = f64::from(rng.range(0, 1_000_000)) / 1_000_000.0;
    ((low + (high - low) * fraction) * 10_000.0).round() / 10_000.0
}
