//! What all pictures share: a frame 320 wide that follows its box, names for who cannot see it, texts that wrap, inks that need no colour.

mod bar;
mod ink;
mod wrap;

pub use ink::{BLUE, GREEN, GREY, Ink, OCHRE, RED, STYLE, Texture, VIOLET};
pub use wrap::{width, wrap};

use super::markup::Element;

/// The width of every picture, in its own units: at 320 pixels, one unit is a pixel.
pub const WIDTH: f64 = 320.0;
pub const MARGIN: f64 = 8.0;
/// Texts, in units.
pub const BODY: f64 = 13.0;
pub const SMALL: f64 = 11.5;

/// Where a picture will stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Inside a page, whose style sheet holds [`STYLE`].
    Page,
    /// In a file of its own.
    File,
}

/// A picture being drawn: what stands in it, and how high it is so far.
pub struct Sheet {
    /// What its identifiers begin with: unique in a page.
    pub prefix: String,
    pub title: String,
    /// The same in words.
    pub description: String,
    pub height: f64,
    definitions: Vec<Element>,
    inks: Vec<Ink>,
    content: Vec<Element>,
}

impl Sheet {
    pub const fn new(prefix: String, title: String, description: String) -> Self {
        Self { prefix, title, description, height: 0.0, definitions: Vec::new(), inks: Vec::new(), content: Vec::new() }
    }

    pub fn define(&mut self, definition: Element) {
        self.definitions.push(definition);
    }

    /// Makes an ink ready, once.
    pub fn ink(&mut self, ink: Ink) {
        if !self.inks.contains(&ink) {
            self.inks.push(ink);
            let pattern = ink.pattern(&self.prefix);
            self.definitions.extend(pattern);
        }
    }

    pub fn draw(&mut self, element: Element) {
        self.content.push(element);
    }

    pub fn down(&mut self, by: f64) {
        self.height += by;
    }

    /// A text over as many lines as it takes, between a left edge and the right margin.
    pub fn paragraph(&mut self, left: f64, size: f64, text: &str) {
        for line in wrap(text, WIDTH - MARGIN - left, size) {
            self.down(size * 1.35);
            let y = self.height - size * 0.3;
            self.draw(words(left, y, size, &line));
        }
    }

    /// What is said under a picture.
    pub fn notes(&mut self, notes: &[String]) {
        for note in notes {
            self.down(5.0);
            let top = self.height;
            self.paragraph(MARGIN + 8.0, SMALL, note);
            let bar = Element::new("rect").with("x", fixed(MARGIN)).with("y", fixed(top + 2.0)).with("width", "2").with("fill-opacity", "0.5");
            let height = self.height - top - 1.0;
            self.draw(bar.with("height", fixed(height)));
        }
    }

    pub fn finish(self, setting: Setting) -> String {
        let Self { prefix, title, description, height, definitions, content, .. } = self;
        let (title_id, description_id) = (format!("{prefix}-title"), format!("{prefix}-desc"));
        let mut svg = Element::new("svg")
            .with("xmlns", "http://www.w3.org/2000/svg")
            .with("viewBox", format!("0 0 {} {}", fixed(WIDTH), fixed(height + MARGIN)))
            .with("class", "picture")
            .with("role", "img")
            .with("aria-labelledby", format!("{title_id} {description_id}"))
            .with("fill", "currentColor")
            .with("font-family", "var(--picture-font, system-ui, sans-serif)")
            .child(Element::new("title").with("id", title_id).text(title))
            .child(Element::new("desc").with("id", description_id).text(description));
        if setting == Setting::File {
            svg = svg.child(Element::new("style").text(STYLE).text(ink::ALONE));
        }
        if !definitions.is_empty() {
            svg = svg.child(Element::new("defs").children(definitions));
        }
        let svg = svg.children(content);
        match setting {
            Setting::Page => svg.fragment(),
            Setting::File => svg.document(),
        }
    }
}

/// One line of text; its base line is at `y`.
pub fn words(x: f64, y: f64, size: f64, text: &str) -> Element {
    Element::new("text").with("x", fixed(x)).with("y", fixed(y)).with("font-size", fixed(size)).text(text)
}

/// A length with two places at most: the same bytes on every machine.
pub fn fixed(length: f64) -> String {
    let text = format!("{length:.2}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}
