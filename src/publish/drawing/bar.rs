//! Bars: a line of words, and under it an area for each number.

use super::super::markup::Element;
use super::{BODY, Ink, MARGIN, Sheet, WIDTH, fixed, width, words, wrap};

const THICK: f64 = 20.0;
/// The longest bar.
const LONG: f64 = WIDTH - 2.0 * MARGIN - 2.0;

impl Sheet {
    /// What a bar stands for, at the left, and its count at the right, or under it where both are long.
    pub fn line(&mut self, label: &str, count: &str) {
        let free = WIDTH - 2.0 * MARGIN - width(count, BODY) - 10.0;
        let apart = free < 120.0;
        let lines = wrap(label, if apart { WIDTH - 2.0 * MARGIN } else { free }, BODY * 1.06);
        for (place, line) in lines.iter().enumerate() {
            self.down(17.0);
            let y = self.height - 4.0;
            self.draw(words(MARGIN, y, BODY, line).with("font-weight", "700"));
            if place + 1 == lines.len() && !apart {
                self.draw(words(WIDTH - MARGIN, y, BODY, count).with("text-anchor", "end"));
            }
        }
        if apart {
            self.paragraph(MARGIN, BODY, count);
            self.down(3.0);
        }
    }

    /// Areas end to end, each a part of the longest bar; 1 is all of it. A bar of nothing is the line where bars begin.
    pub fn bar(&mut self, parts: &[(Ink, f64)]) {
        self.bar_from(0.0, parts);
    }

    /// The same, from a zero that stands further right, where there are negative numbers as well.
    pub fn bar_from(&mut self, zero: f64, parts: &[(Ink, f64)]) {
        let y = self.height;
        let axis = LONG.mul_add(zero, MARGIN);
        self.axis(axis);
        let mut at = axis + 1.0;
        for (ink, part) in parts {
            self.ink(*ink);
            let long = LONG * part;
            if long.abs() > 0.0 {
                let left = if long < 0.0 { axis - 1.0 + long } else { at };
                // What is not nothing is seen.
                let rect = Element::new("rect").with("x", fixed(left)).with("y", fixed(y + 1.0)).with("width", fixed(long.abs().max(2.0)));
                let rect = rect.with("height", fixed(THICK - 2.0)).with("fill", ink.fill(&self.prefix));
                self.draw(rect.with("stroke", ink.colour).with("stroke-width", "1.5"));
                at += long;
            }
        }
        self.down(THICK + 2.0);
    }

    /// An area with no right edge: nobody knows where it ends.
    pub fn open_bar(&mut self, ink: Ink) {
        let (y, left, right) = (self.height, MARGIN + 1.0, LONG.mul_add(0.62, MARGIN));
        self.axis(MARGIN);
        // Strokes further and further apart.
        let (mut x, mut gap, mut strokes) = (left + 4.0, 5.0, String::new());
        while x < right {
            strokes.push_str(&format!("M{} {}L{} {}", fixed(x), fixed(y + THICK - 1.5), fixed(x + 8.0), fixed(y + 1.5)));
            (x, gap) = (x + gap, gap * 1.12);
        }
        let edges = format!("M{0} {1}H{2}M{0} {3}H{2}", fixed(left), fixed(y + 1.0), fixed(right), fixed(y + THICK - 1.0));
        let path = |path: String| Element::new("path").with("d", path).with("stroke", ink.colour).with("stroke-width", "1.5").with("fill", "none");
        self.draw(path(strokes));
        self.draw(path(edges).with("stroke-dasharray", "5 4"));
        self.draw(words(right + 12.0, y + THICK - 5.5, 14.0, "?").with("font-weight", "700"));
        self.down(THICK + 2.0);
    }

    /// A small area of an ink, and what it means.
    pub fn key(&mut self, x: f64, ink: Ink, text: &str) {
        self.ink(ink);
        let y = self.height;
        let area = Element::new("rect").with("x", fixed(x + 1.0)).with("y", fixed(y - 11.0)).with("width", "14").with("height", "12");
        self.draw(area.with("fill", ink.fill(&self.prefix)).with("stroke", ink.colour).with("stroke-width", "1.5"));
        self.draw(words(x + 21.0, y - 0.5, BODY, text));
    }

    /// Keys one after the other, over as many lines as they take.
    pub fn keys(&mut self, keys: &[(Ink, String)]) {
        let mut x = MARGIN;
        self.down(19.0);
        for (ink, text) in keys {
            let wide = 21.0 + width(text, BODY);
            if x > MARGIN && x + wide > WIDTH - MARGIN {
                x = MARGIN;
                self.down(19.0);
            }
            self.key(x, *ink, text);
            x += wide + 14.0;
        }
        self.down(6.0);
    }

    fn axis(&mut self, x: f64) {
        let y = self.height;
        let axis = Element::new("path").with("d", format!("M{} {}V{}", fixed(x), fixed(y), fixed(y + THICK)));
        self.draw(axis.with("stroke", "currentColor").with("stroke-width", "1.5"));
    }
}
