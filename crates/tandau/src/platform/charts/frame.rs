//! What charts over time share: lines of the grid with their words, words beside points.

use super::Format;
use super::svg::Canvas;

/// Size of words in a drawing.
pub(super) const SIZE: u32 = 14;

/// A line of the grid from `from` to the right edge, darker where it is the axis, with its words on the left.
pub(super) fn grid_line(
    canvas: &mut Canvas,
    (from, y): (u32, u32),
    is_axis: bool,
    text: &str,
    format: Format,
) {
    let (class, colour) = if is_axis {
        ("chart-axis", "#4a5a63")
    } else {
        ("chart-grid", "#c9d3d8")
    };
    canvas.empty(
        "path",
        &[
            ("class", &class),
            ("d", &format!("M{from} {y}H{}", format.width())),
            ("stroke", &colour),
        ],
    );
    canvas.text("text", &label(&(from - 6), &(y + 5), &"end"), text);
}

/// Attributes of plain words.
pub(super) fn label<'a>(
    x: &'a u32,
    y: &'a u32,
    anchor: &'a &'static str,
) -> [(&'a str, &'a dyn std::fmt::Display); 6] {
    [
        ("class", &"chart-text"),
        ("x", x),
        ("y", y),
        ("text-anchor", anchor),
        ("font-size", &SIZE),
        ("fill", &"#4a5a63"),
    ]
}

/// A value beside its point, readable over lines.
pub(super) fn strong(canvas: &mut Canvas, x: u32, y: u32, anchor: &'static str, text: &str) {
    canvas.text(
        "text",
        &[
            ("class", &"chart-strong chart-value"),
            ("x", &x),
            ("y", &y),
            ("text-anchor", &anchor),
            ("font-size", &SIZE),
            ("font-weight", &700),
            ("stroke", &"#fff"),
            ("stroke-width", &4),
            ("paint-order", &"stroke"),
        ],
        text,
    );
}
