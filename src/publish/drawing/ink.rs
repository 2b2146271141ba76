//! Inks: a colour and a texture each, so that nothing is told by colour alone.

use super::super::markup::Element;

/// What a page's style sheet must hold for its pictures: their width, and lighter inks on dark pages. Without it they keep inks that can be seen
/// on both (3:1 at least, WCAG 2.2 §1.4.11).
pub const STYLE: &str = "\
.picture{display:block;width:100%;max-width:42rem;height:auto}\
@media(prefers-color-scheme:dark){.picture{\
--ink-green:#4fc3a1;--ink-red:#ff8f73;--ink-violet:#a9a6ff;--ink-ochre:#e0a63a;--ink-blue:#6fb3ea;--ink-grey:#a3a8b4}}";

/// In a file of its own there is no page to take the colours of texts from.
pub const ALONE: &str = "\
:root{color:#1b1b1f;background:#fff;--picture-font:system-ui,sans-serif}\
@media(prefers-color-scheme:dark){:root{color:#f2f2f4;background:#161618}}";

/// How an area is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Texture {
    Solid,
    Hatched,
    Dotted,
    Crossed,
    Lined,
    Empty,
}

/// A colour and a texture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ink {
    pub name: &'static str,
    pub colour: &'static str,
    pub texture: Texture,
}

/// Colours that stand out from white and from near black.
pub const GREEN: &str = "var(--ink-green, #1a8466)";
pub const RED: &str = "var(--ink-red, #c4462d)";
pub const VIOLET: &str = "var(--ink-violet, #6d6bd1)";
pub const OCHRE: &str = "var(--ink-ochre, #a36a00)";
pub const BLUE: &str = "var(--ink-blue, #2f78b7)";
pub const GREY: &str = "var(--ink-grey, #757a85)";

impl Ink {
    /// The identifier of its pattern.
    fn id(self, prefix: &str) -> String {
        format!("{prefix}-{}", self.name)
    }

    /// Its pattern; none for what needs none.
    pub fn pattern(self, prefix: &str) -> Option<Element> {
        let line =
            |path: &str, wide: &str| Element::new("path").with("d", path).with("stroke", self.colour).with("stroke-width", wide).with("fill", "none");
        let (size, turned, mark) = match self.texture {
            Texture::Solid | Texture::Empty => return None,
            Texture::Hatched => ("5", true, line("M1.5 0V5", "2.6")),
            Texture::Crossed => ("6", true, line("M0 1.5H6M1.5 0V6", "1.2")),
            Texture::Lined => ("4", false, line("M0 1.5H4", "1.6")),
            Texture::Dotted => ("5", false, Element::new("circle").with("cx", "2.5").with("cy", "2.5").with("r", "1.35").with("fill", self.colour)),
        };
        let mut pattern = Element::new("pattern").with("id", self.id(prefix)).with("width", size).with("height", size);
        pattern = pattern.with("patternUnits", "userSpaceOnUse");
        if turned {
            pattern = pattern.with("patternTransform", "rotate(45)");
        }
        Some(pattern.child(mark))
    }

    /// What an area of this ink is filled with.
    pub fn fill(self, prefix: &str) -> String {
        match self.texture {
            Texture::Solid => self.colour.to_owned(),
            Texture::Empty => "none".to_owned(),
            _ => format!("url(#{})", self.id(prefix)),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::{ALONE, BLUE, GREEN, GREY, OCHRE, RED, STYLE, VIOLET};

    /// Relative luminance of "#rrggbb" (WCAG 2.2).
    fn luminance(colour: &str) -> f64 {
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn every_ink_stands_out_in_light_and_in_dark() {
        assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
        let (light, dark) = ("#ffffff", "#161618");
        for ink in [GREEN, RED, VIOLET, OCHRE, BLUE, GREY] {
            let (name, usual) = ink.trim_start_matches("var(").trim_end_matches(')').split_once(", ").unwrap();
            assert!(contrast(usual, light) >= 3.0 && contrast(usual, dark) >= 3.0, "{ink}");
            let at = STYLE.find(&format!("{name}:")).unwrap() + name.len() + 1;
            assert!(contrast(&STYLE[at..at + 7], dark) >= 4.5, "{ink}");
        }
        assert!(ALONE.contains(light.get(..4).unwrap()) && ALONE.contains(dark));
        assert!(contrast("#1b1b1f", light) >= 7.0 && contrast("#f2f2f4", dark) >= 7.0);
    }
}
