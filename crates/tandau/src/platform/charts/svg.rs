//! Writing SVG: a small writer that escapes every attribute and text by construction.

use std::fmt::{Display, Write};

/// Makes text safe inside elements and quoted attributes of HTML and XML. Characters that XML
/// forbids become U+FFFD.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
    out
}

/// Whether an address may stand in `href`: a place on this site, or https.
#[must_use]
pub fn is_safe_href(href: &str) -> bool {
    let local = href.starts_with('/') && !href.starts_with("//") && !href.starts_with("/\\");
    local || href.starts_with(['#', '?']) || href.starts_with("https://")
}

/// An id made of characters that are plain in ids, selectors and `url(#…)`.
#[must_use]
pub fn plain_id(id: &str) -> String {
    let plain: String = id
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    if plain.starts_with(|c: char| c.is_ascii_alphabetic()) {
        plain
    } else {
        format!("c{plain}")
    }
}

/// The outer element of a drawing.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// Classes.
    pub class: &'a str,
    /// Beginning of the ids.
    pub id: &'a str,
    /// Short name.
    pub title: &'a str,
    /// What it shows.
    pub desc: &'a str,
    /// Width in user units.
    pub width: u32,
    /// Height in user units.
    pub height: u32,
    /// `img`, or `group` where links inside must stay reachable.
    pub role: &'a str,
}

/// An SVG being written.
#[derive(Debug)]
pub struct Canvas {
    out: String,
    id: String,
}

/// Attributes of an element.
pub type Attributes<'a> = &'a [(&'a str, &'a dyn Display)];

impl Canvas {
    /// Starts a drawing with its title and description.
    #[must_use]
    pub fn open(frame: &Frame<'_>) -> Self {
        let id = plain_id(frame.id);
        let mut canvas = Self {
            out: String::new(),
            id: id.clone(),
        };
        let (title, desc) = (format!("{id}-t"), format!("{id}-d"));
        let view = format!("0 0 {} {}", frame.width, frame.height);
        let described = !frame.desc.is_empty();
        let mut attributes: Vec<(&str, &dyn Display)> = vec![
            ("xmlns", &"http://www.w3.org/2000/svg"),
            ("class", &frame.class),
            ("viewBox", &view),
            ("role", &frame.role),
            ("font-family", &"Noto Sans, sans-serif"),
            ("aria-labelledby", &title),
        ];
        if described {
            attributes.push(("aria-describedby", &desc));
        }
        canvas.start("svg", &attributes);
        canvas.text("title", &[("id", &title)], frame.title);
        if described {
            canvas.text("desc", &[("id", &desc)], frame.desc);
        }
        canvas
    }

    /// An id within this drawing.
    #[must_use]
    pub fn id(&self, name: &str) -> String {
        format!("{}-{name}", self.id)
    }

    /// Opens an element. Names come from our own code, values from anywhere.
    pub fn start(&mut self, name: &str, attributes: Attributes<'_>) {
        self.tag(name, attributes);
        self.out.push('>');
    }

    /// Closes an element.
    pub fn end(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// An element without content.
    pub fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.tag(name, attributes);
        self.out.push_str("/>");
    }

    /// An element with text only.
    pub fn text(&mut self, name: &str, attributes: Attributes<'_>, text: &str) {
        self.start(name, attributes);
        self.out.push_str(&escape(text));
        self.end(name);
    }

    /// Closes the drawing.
    #[must_use]
    pub fn close(mut self) -> String {
        self.end("svg");
        self.out
    }

    fn tag(&mut self, name: &str, attributes: Attributes<'_>) {
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes {
            // Writing to a String cannot fail.
            let _ = write!(self.out, " {key}=\"{}\"", escape(&value.to_string()));
        }
    }
}
