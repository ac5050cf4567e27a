//! From outlines and figures to SVG.

use std::fmt::{Display, Write};

use crate::platform::charts::svg::{Canvas, Frame, is_safe_href};

use super::geometry::{Extent, Point, Shape};
use super::{Map, SHADES, topology};

/// Width of a drawing in its own units; the height follows.
const WIDTH: i32 = 1000;
/// Tallest drawing.
const MAX_HEIGHT: i32 = 1000;
/// Room around the areas.
const MARGIN: i32 = 14;
/// Areas drawn smaller than this get a round mark, so that they can be seen and hit.
const SMALL: i32 = 22;
const MARK_RADIUS: i32 = 11;
const LABEL_SIZE: i32 = 26;

/// Fallback fills, lightest first; the style sheet sets its own for light and dark.
const FILLS: [&str; 7] = [
    "#e2f1f4", "#bfdfe5", "#94c7d0", "#5fa8b5", "#2f8797", "#00687a", "#003f4b",
];

/// An area of the map with what is said of it.
#[derive(Clone, Copy, Debug)]
pub struct AreaSpec<'a> {
    /// KATO code.
    pub code: &'a str,
    /// Shade from 0 (lightest) to 6; `None`: no data, hatched. More than 6 is drawn as 6.
    pub shade: Option<u8>,
    /// A few characters drawn on the area, or empty: left out where they don't fit.
    pub label: &'a str,
    /// The area's own page, a path on this site; without one the area is no link.
    pub href: Option<&'a str>,
    /// Name and figures in words: what a reader hears and a pointer shows.
    pub title: &'a str,
}

/// A map with its texts.
#[derive(Clone, Copy, Debug)]
pub struct MapSpec<'a> {
    /// Beginning of all ids in the drawing; unique on the page.
    pub id: &'a str,
    /// What the map shows.
    pub title: &'a str,
    /// How to read it, and where the same facts stand as a list.
    pub desc: &'a str,
    /// What is said of the areas. Areas without an entry are drawn as plain land.
    pub areas: &'a [AreaSpec<'a>],
}

/// From file units to the drawing.
#[derive(Clone, Copy)]
struct Fit {
    min: Point,
    /// Drawing units over file units.
    up: i64,
    down: i64,
    left: i32,
}

impl Fit {
    fn to(extent: Extent) -> (Self, i32) {
        let [width, height] = extent.size().map(|side| i64::from(side.max(1)));
        let room = i64::from(WIDTH - 2 * MARGIN);
        let tallest = i64::from(MAX_HEIGHT - 2 * MARGIN);
        // Whichever side binds gives the scale.
        let (up, down) = if height * room > tallest * width {
            (tallest, height)
        } else {
            (room, width)
        };
        let used = i32::try_from(width * up / down).unwrap_or(WIDTH);
        let high = i32::try_from(height * up / down).unwrap_or(MAX_HEIGHT);
        let fit = Self {
            min: extent.min,
            up,
            down,
            left: (WIDTH - used) / 2,
        };
        (fit, high + 2 * MARGIN)
    }

    fn point(&self, point: Point) -> Point {
        [
            self.left + self.length(point[0] - self.min[0]),
            MARGIN + self.length(point[1] - self.min[1]),
        ]
    }

    /// Rounded to the nearest unit: borders that two areas share stay shared.
    fn length(&self, length: i32) -> i32 {
        let scaled = (i64::from(length) * self.up * 2 + self.down).div_euclid(2 * self.down);
        i32::try_from(scaled).unwrap_or(0)
    }

    fn is_small(&self, shape: &Shape) -> bool {
        shape
            .extent
            .size()
            .iter()
            .all(|&side| self.length(side) < SMALL)
    }
}

impl Map {
    /// The map as one SVG element.
    #[must_use]
    pub fn render(&self, spec: &MapSpec<'_>) -> String {
        let shapes = self.areas.iter().chain(&self.ground);
        let extent = shapes.map(|shape| shape.extent).reduce(Extent::union);
        let (fit, height) = Fit::to(extent.unwrap_or(Extent::of([])));
        let mut canvas = Canvas::open(&Frame {
            class: "map",
            id: spec.id,
            title: spec.title,
            desc: spec.desc,
            width: WIDTH.unsigned_abs(),
            height: height.unsigned_abs(),
            role: "group",
        });
        let hatch = canvas.id("none");
        if spec.areas.iter().any(|area| area.shade.is_none()) {
            define_hatch(&mut canvas, &hatch);
        }
        for shape in &self.ground {
            land(&mut canvas, &outline(shape, fit));
        }
        if self.borders
            && let Ok(topology) = topology::get()
        {
            let mut lines = String::new();
            for line in &topology.region_borders {
                trace(
                    &mut lines,
                    line.iter().map(|&point| fit.point(point)),
                    false,
                );
            }
            canvas.empty(
                "path",
                &[
                    ("class", &"map-border"),
                    ("d", &lines),
                    ("fill", &"none"),
                    ("stroke", &"#93a5ad"),
                ],
            );
        }
        let style = Style {
            hatch: &hatch,
            on_land: !self.ground.is_empty(),
        };
        // Small areas come last: their marks lie over their neighbours.
        for small in [false, true] {
            for shape in self.areas.iter().filter(|s| fit.is_small(s) == small) {
                let area = spec.areas.iter().find(|area| area.code == shape.code);
                match area {
                    Some(area) => draw_area(&mut canvas, shape, area, fit, &style),
                    None => land(&mut canvas, &outline(shape, fit)),
                }
            }
        }
        for shape in &self.areas {
            let area = spec.areas.iter().find(|area| area.code == shape.code);
            if let Some(area) = area {
                draw_label(&mut canvas, shape, area, fit);
            }
        }
        canvas.close()
    }
}

fn land(canvas: &mut Canvas, d: &str) {
    canvas.empty(
        "path",
        &[
            ("class", &"map-land"),
            ("d", &d),
            ("fill", &"#e4eaed"),
            ("stroke", &"#fff"),
        ],
    );
}

fn draw_area(canvas: &mut Canvas, shape: &Shape, area: &AreaSpec<'_>, fit: Fit, style: &Style<'_>) {
    let shade = area.shade.map(|shade| shade.min(SHADES - 1));
    let class = match shade {
        Some(shade) => format!("map-area map-{shade}"),
        None => "map-area map-none".to_owned(),
    };
    // Light areas and hatched ones need an edge of their own against land and paper.
    let class = match style.on_land {
        true => format!("{class} map-area--on-land"),
        false => class,
    };
    let edge = match (style.on_land, shade) {
        (true, _) => "#00687a",
        (false, None) => "#93a5ad",
        (false, Some(_)) => "#fff",
    };
    let hatched = format!("url(#{})", style.hatch);
    let fill = shade
        .and_then(|shade| FILLS.get(usize::from(shade)).copied())
        .unwrap_or(&hatched);
    let href = area.href.filter(|href| is_safe_href(href));
    let around = if href.is_some() { "a" } else { "g" };
    match &href {
        Some(href) => canvas.start("a", &[("href", href), ("aria-label", &area.title)]),
        None => canvas.start("g", &[("role", &"img"), ("aria-label", &area.title)]),
    }
    canvas.text("title", &[], area.title);
    let ink: [(&str, &dyn Display); 3] = [("class", &class), ("fill", &fill), ("stroke", &edge)];
    let d = outline(shape, fit);
    if !d.is_empty() {
        canvas.empty("path", &[ink[0], ("d", &d), ink[1], ink[2]]);
    }
    if fit.is_small(shape) {
        let [x, y] = fit.point(shape.inside);
        canvas.empty(
            "circle",
            &[
                ink[0],
                ("cx", &x),
                ("cy", &y),
                ("r", &MARK_RADIUS),
                ink[1],
                ink[2],
            ],
        );
    }
    canvas.end(around);
}

struct Style<'a> {
    hatch: &'a str,
    /// Areas lie on land that is drawn too.
    on_land: bool,
}

/// Writes the label if the area has room for it. A reader hears it from the area's title.
fn draw_label(canvas: &mut Canvas, shape: &Shape, area: &AreaSpec<'_>, fit: Fit) {
    let letters = i32::try_from(area.label.chars().count()).unwrap_or(i32::MAX);
    let [width, height] = shape.extent.size().map(|side| fit.length(side));
    let needed = letters.saturating_mul(LABEL_SIZE * 6 / 10);
    if area.label.is_empty() || needed > width || height < LABEL_SIZE {
        return;
    }
    let [x, y] = fit.point(shape.inside);
    let class = match area.shade {
        Some(shade) if shade >= 4 => "map-label map-label--light",
        Some(_) => "map-label",
        None => "map-label map-label--halo",
    };
    let light = area.shade.is_some_and(|shade| shade >= 4);
    let fill = if light { "#fff" } else { "#0b1f2a" };
    let halo = if area.shade.is_none() { "#fff" } else { "none" };
    canvas.text(
        "text",
        &[
            ("class", &class),
            ("x", &x),
            ("y", &(y + LABEL_SIZE / 3)),
            ("text-anchor", &"middle"),
            ("font-size", &LABEL_SIZE),
            ("fill", &fill),
            ("stroke", &halo),
            ("stroke-width", &6),
            ("paint-order", &"stroke"),
            ("aria-hidden", &"true"),
        ],
        area.label,
    );
}

fn define_hatch(canvas: &mut Canvas, id: &str) {
    canvas.start("defs", &[]);
    canvas.start(
        "pattern",
        &[
            ("id", &id),
            ("width", &10),
            ("height", &10),
            ("patternUnits", &"userSpaceOnUse"),
            ("patternTransform", &"rotate(45)"),
        ],
    );
    canvas.empty(
        "rect",
        &[
            ("class", &"map-hatch-ground"),
            ("width", &10),
            ("height", &10),
            ("fill", &"#fff"),
        ],
    );
    canvas.empty(
        "rect",
        &[
            ("class", &"map-hatch"),
            ("width", &3),
            ("height", &10),
            ("fill", &"#93a5ad"),
        ],
    );
    canvas.end("pattern");
    canvas.end("defs");
}

/// Path data of an area; empty if nothing of it is left at this scale.
fn outline(shape: &Shape, fit: Fit) -> String {
    let mut d = String::new();
    for ring in &shape.rings {
        trace(&mut d, ring.iter().map(|&point| fit.point(point)), true);
    }
    d
}

/// Appends a line in relative steps, without the points that fall together.
fn trace(d: &mut String, points: impl Iterator<Item = Point>, closed: bool) {
    let mut line: Vec<Point> = points.collect();
    line.dedup();
    if closed && line.len() > 1 && line.first() == line.last() {
        line.pop();
    }
    if line.len() < if closed { 3 } else { 2 } {
        return;
    }
    let mut at: Option<Point> = None;
    for &[x, y] in &line {
        // Writing to a String cannot fail.
        let _ = match at {
            None => write!(d, "M{x} {y}l"),
            Some([from_x, from_y]) => {
                let (dx, dy) = (x - from_x, y - from_y);
                // A minus sign separates by itself, and so does the letter before.
                let apart = if dx >= 0 && !d.ends_with('l') {
                    " "
                } else {
                    ""
                };
                let between = if dy >= 0 { " " } else { "" };
                write!(d, "{apart}{dx}{between}{dy}")
            }
        };
        at = Some([x, y]);
    }
    if closed {
        d.push('z');
    }
}
