//! Bars, drawn. A number that is not known is an area without an end, never a bar of no length.

use super::super::drawing::{BLUE, BODY, Ink, MARGIN, SMALL, Setting, Sheet, Texture, WIDTH, fixed, width, words, wrap};
use super::super::markup::Element;
use super::words::{description, heading, said, voter};
use super::{Of, Picture, Slice};

const THICK: f64 = 20.0;
/// The longest bar.
const LONG: f64 = WIDTH - 2.0 * MARGIN - 2.0;

pub fn draw(picture: &Picture, slices: &[Slice], setting: Setting) -> String {
    let mut sheet = Sheet::new(format!("vote-{}", picture.ballot), heading(picture), description(picture));
    sheet.height = MARGIN - 4.0;
    if let Some(outcome) = &picture.outcome {
        sheet.down(18.0);
        let y = sheet.height - 3.0;
        sheet.draw(words(MARGIN, y, 15.0, outcome).with("font-weight", "700"));
        sheet.down(2.0);
    }
    let most = slices.iter().filter_map(|slice| slice.votes).max().unwrap_or(0).max(1);
    let mut inks: Vec<Ink> = Vec::new();
    for slice in slices {
        let ink = ink(slice);
        if !inks.contains(&ink) {
            inks.push(ink);
            if let Some(pattern) = ink.pattern(&sheet.prefix) {
                sheet.define(pattern);
            }
        }
        label(&mut sheet, slice);
        match slice.votes {
            Some(votes) => known(&mut sheet, ink, LONG * f64::from(votes) / f64::from(most)),
            None => open(&mut sheet, ink),
        }
        sheet.down(THICK + 2.0);
        if !slice.behind.is_empty() {
            let behind = slice.behind.iter().map(voter).collect::<Vec<_>>().join(" ; ");
            sheet.paragraph(MARGIN, SMALL, &behind);
        }
        sheet.down(5.0);
    }
    sheet.notes(&picture.notes);
    sheet.finish(setting)
}

/// What a bar stands for, at the left, and its count at the right, on a line of its own where both are long.
fn label(sheet: &mut Sheet, slice: &Slice) {
    let count = said(slice);
    let free = WIDTH - 2.0 * MARGIN - width(&count, BODY) - 10.0;
    let lines = wrap(&slice.label, free.max(120.0), BODY * 1.06);
    let apart = free < 120.0;
    for (place, line) in lines.iter().enumerate() {
        sheet.down(17.0);
        let y = sheet.height - 4.0;
        sheet.draw(words(MARGIN, y, BODY, line).with("font-weight", "700"));
        if place + 1 == lines.len() && !apart {
            sheet.draw(words(WIDTH - MARGIN, y, BODY, &count).with("text-anchor", "end"));
        }
    }
    if apart {
        sheet.paragraph(MARGIN, BODY, &count);
        sheet.down(3.0);
    }
}

const fn ink(slice: &Slice) -> Ink {
    match slice.of {
        Of::Position(position) => position.ink(),
        Of::Candidate { elected: true, .. } => Ink { name: "elected", colour: BLUE, texture: Texture::Solid },
        Of::Candidate { elected: false, .. } => Ink { name: "candidate", colour: BLUE, texture: Texture::Hatched },
    }
}

fn known(sheet: &mut Sheet, ink: Ink, long: f64) {
    let y = sheet.height;
    // Where the bars begin: all that is seen of a count of 0.
    let axis = Element::new("path").with("d", format!("M{} {}V{}", fixed(MARGIN), fixed(y), fixed(y + THICK)));
    sheet.draw(axis.with("stroke", "currentColor").with("stroke-width", "1.5"));
    if long > 0.0 {
        let area = Element::new("rect").with("x", fixed(MARGIN + 1.0)).with("y", fixed(y + 1.0)).with("width", fixed(long.max(2.0)));
        let area = area.with("height", fixed(THICK - 2.0)).with("fill", ink.fill(&sheet.prefix));
        sheet.draw(area.with("stroke", ink.colour).with("stroke-width", "1.5"));
    }
}

/// An area with no right edge: nobody knows where it ends.
fn open(sheet: &mut Sheet, ink: Ink) {
    let (y, left, right) = (sheet.height, MARGIN + 1.0, MARGIN + LONG * 0.62);
    let axis = Element::new("path").with("d", format!("M{} {}V{}", fixed(MARGIN), fixed(y), fixed(y + THICK)));
    sheet.draw(axis.with("stroke", "currentColor").with("stroke-width", "1.5"));
    // Strokes further and further apart.
    let (mut x, mut gap, mut strokes) = (left + 4.0, 5.0, String::new());
    while x < right {
        strokes.push_str(&format!("M{} {}L{} {}", fixed(x), fixed(y + THICK - 1.5), fixed(x + 8.0), fixed(y + 1.5)));
        (x, gap) = (x + gap, gap * 1.12);
    }
    let strokes = Element::new("path").with("d", strokes).with("stroke", ink.colour).with("stroke-width", "1.6").with("fill", "none");
    let edges = format!("M{0} {1}H{2}M{0} {3}H{2}", fixed(left), fixed(y + 1.0), fixed(right), fixed(y + THICK - 1.0));
    let edges = Element::new("path").with("d", edges).with("stroke", ink.colour).with("stroke-width", "1.5").with("stroke-dasharray", "5 4");
    sheet.draw(strokes);
    sheet.draw(edges.with("fill", "none"));
    sheet.draw(words(right + 12.0, y + THICK - 5.5, 14.0, "?").with("font-weight", "700"));
}
