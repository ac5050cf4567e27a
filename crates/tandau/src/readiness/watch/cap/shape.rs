//! Drawn limits: polygons and circles in millionths of a degree. Whole numbers decide what lies inside a polygon;
//! a point on its line lies inside. Shapes across the antimeridian are not needed here.

use crate::platform::degrees::{on_earth, write};

/// Points of one polygon at most.
const MAX_POINTS: usize = 20_000;
/// Millimetres of one millionth of a degree along a meridian (mean radius of the earth 6,371.0088 km).
const MILLIMETRES: f64 = 111.195_08;
/// Kilometres of a circle's radius at most.
const MAX_RADIUS_KM: i64 = 5_000;

/// A place in millionths of a degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    /// North.
    pub latitude: i64,
    /// East.
    pub longitude: i64,
}

/// Drawn limits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// Inside a line; its last point is its first.
    Polygon(Vec<Point>),
    /// Within a distance.
    Circle {
        /// The middle.
        centre: Point,
        /// Metres.
        radius_m: i64,
    },
}

impl Point {
    fn parse(text: &str) -> Option<Self> {
        let (latitude, longitude) = text.split_once(',')?;
        let point = Self {
            latitude: decimal(latitude, 6)?,
            longitude: decimal(longitude, 6)?,
        };
        on_earth(point.latitude, point.longitude).then_some(point)
    }
}

/// A decimal as a whole number of its `places`-th part; further digits are dropped.
fn decimal(text: &str, places: usize) -> Option<i64> {
    let text = text.trim();
    let (minus, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 6 || part.len() > 30 || !plain(whole) || !plain(part) {
        return None;
    }
    let mut number = whole.parse::<i64>().ok()?;
    let mut rest = part.bytes();
    for _ in 0..places {
        let digit = rest.next().map_or(0, |b| i64::from(b - b'0'));
        number = number.checked_mul(10)?.checked_add(digit)?;
    }
    Some(if minus { -number } else { number })
}

impl Shape {
    /// `lat,lon lat,lon …`: at least four points, the last one equal to the first.
    #[must_use]
    pub fn polygon(text: &str) -> Option<Self> {
        let mut points = Vec::new();
        for word in text.split_whitespace() {
            if points.len() >= MAX_POINTS {
                return None;
            }
            points.push(Point::parse(word)?);
        }
        (points.len() >= 4 && points.first() == points.last()).then_some(Self::Polygon(points))
    }

    /// `lat,lon radius` with the radius in kilometres.
    #[must_use]
    pub fn circle(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let centre = Point::parse(words.next()?)?;
        let radius_m = decimal(words.next()?, 3)?;
        let fits = (0..=MAX_RADIUS_KM * 1_000).contains(&radius_m) && words.next().is_none();
        fits.then_some(Self::Circle { centre, radius_m })
    }

    /// Whether a place lies inside or on the line.
    #[must_use]
    pub fn contains(&self, place: Point) -> bool {
        match self {
            Self::Polygon(points) => inside(points, place),
            Self::Circle { centre, radius_m } => near(*centre, *radius_m, place),
        }
    }

    fn text(&self) -> String {
        let point = |p: &Point| format!("{},{}", write(p.latitude), write(p.longitude));
        match self {
            Self::Polygon(points) => points.iter().map(point).collect::<Vec<_>>().join(" "),
            Self::Circle { centre, radius_m } => {
                let (km, m) = (radius_m / 1_000, radius_m % 1_000);
                format!("circle {} {km}.{m:03}", point(centre))
            }
        }
    }
}

/// Counts how often a line to the east crosses the limits. All products stay below 2⁶³: coordinates are below 2²⁹.
fn inside(points: &[Point], place: Point) -> bool {
    let mut within = false;
    for (a, b) in points.iter().zip(points.iter().skip(1)) {
        let side = (b.longitude - a.longitude) * (place.latitude - a.latitude)
            - (b.latitude - a.latitude) * (place.longitude - a.longitude);
        let between = |p: i64, q: i64, x: i64| p.min(q) <= x && x <= p.max(q);
        if side == 0
            && between(a.latitude, b.latitude, place.latitude)
            && between(a.longitude, b.longitude, place.longitude)
        {
            return true;
        }
        if (a.latitude > place.latitude) != (b.latitude > place.latitude)
            && (side > 0) == (b.latitude > a.latitude)
        {
            within = !within;
        }
    }
    within
}

/// On the sphere, flat around the place: exact enough for a warning.
fn near(centre: Point, radius_m: i64, place: Point) -> bool {
    let float = |n: i64| i32::try_from(n).map(f64::from).unwrap_or(f64::MAX);
    let north = float(place.latitude - centre.latitude) * MILLIMETRES;
    let middle = float((place.latitude + centre.latitude) / 2) / 1e6;
    let east = float(place.longitude - centre.longitude) * MILLIMETRES * middle.to_radians().cos();
    north.hypot(east) <= float(radius_m) * 1_000.0
}

/// Shapes as one text, a line for each.
#[must_use]
pub fn shapes_text(shapes: &[Shape]) -> String {
    shapes
        .iter()
        .map(Shape::text)
        .collect::<Vec<_>>()
        .join("\n")
}

/// Shapes from [`shapes_text`]; a line that is none is left out.
#[must_use]
pub fn shapes_of(text: &str) -> Vec<Shape> {
    text.lines()
        .filter_map(|line| match line.strip_prefix("circle ") {
            Some(circle) => Shape::circle(circle),
            None => Shape::polygon(line),
        })
        .collect()
}
