//! A hemicycle, drawn: seats by group from left to right, an arc and initials over each group, then what the shapes and initials mean.

use std::f64::consts::PI;

use super::super::drawing::{BODY, MARGIN, SMALL, Setting, Sheet, WIDTH, fixed, width, words, wrap};
use super::super::markup::Element;
use super::layout::{INNER, Layout, OUTER, Place, layout};
use super::words::{NO_GROUP, counts, description, heading, member};
use super::{Bench, Picture, Position, Seat, capital};

/// Where the centre of the half circle is.
const CENTRE: f64 = WIDTH / 2.0;
/// From the centre to the arcs of the groups, and to their initials.
const ARC: f64 = OUTER + 5.0;
const INITIALS: f64 = OUTER + 16.0;
/// A second row of initials, for neighbours that have no room.
const ABOVE: f64 = OUTER + 29.0;

pub fn draw(picture: &Picture, benches: &[Bench], setting: Setting) -> String {
    let mut sheet = Sheet::new(format!("vote-{}", picture.ballot), heading(picture), description(picture));
    let seats: Vec<&Seat> = benches.iter().flat_map(|bench| &bench.seats).collect();
    for (position, _) in counts(&seats) {
        sheet.define(Element::new("g").with("id", shape(&sheet.prefix, position)).children(position.seat()));
    }
    let layout = layout(seats.len());
    let spans = spans(benches, &layout);
    // Initials take their room above the arcs.
    let floor = MARGIN + ABOVE + 6.0;
    if benches.iter().any(|bench| bench.group.is_some()) {
        arcs(&mut sheet, benches, &spans, floor);
    }
    for ((bench, seat), place) in benches.iter().flat_map(|bench| bench.seats.iter().map(move |seat| (bench, seat))).zip(&layout.places) {
        let drawn = at(&sheet.prefix, seat.position, CENTRE + place.x, floor - place.y, layout.radius);
        sheet.draw(drawn.child(Element::new("title").text(hint(bench, seat))));
    }
    middle(&mut sheet, picture, seats.len(), floor);
    sheet.height = floor + layout.radius + 6.0;
    shapes(&mut sheet, &seats);
    groups(&mut sheet, benches);
    sheet.notes(&picture.notes);
    sheet.finish(setting)
}

fn shape(prefix: &str, position: Position) -> String {
    format!("{prefix}-{}", position.ink().name)
}

/// A seat, or its like in the legend.
fn at(prefix: &str, position: Position, x: f64, y: f64, radius: f64) -> Element {
    let place = format!("translate({} {}) scale({})", fixed(x), fixed(y), fixed(radius));
    Element::new("g").with("transform", place).child(Element::new("use").with("href", format!("#{}", shape(prefix, position))))
}

/// What a pointer over a seat is told.
fn hint(bench: &Bench, seat: &Seat) -> String {
    let group = bench.group.as_deref().unwrap_or(NO_GROUP);
    let who = member(seat).map(|name| format!("{name}, ")).unwrap_or_default();
    format!("{who}{group} : {}", seat.position.label())
}

/// The angles between which each group sits, from the left.
fn spans(benches: &[Bench], layout: &Layout) -> Vec<(f64, f64)> {
    let half = layout.radius / OUTER;
    let mut places = layout.places.iter();
    let ends: Vec<(&Place, &Place)> = benches
        .iter()
        .filter_map(|bench| {
            let mut here = places.by_ref().take(bench.seats.len());
            let first = here.next()?;
            Some((first, here.last().unwrap_or(first)))
        })
        .collect();
    let between = |one: Option<&(&Place, &Place)>, other: Option<&(&Place, &Place)>| match (one, other) {
        (Some((_, last)), Some((first, _))) => (last.angle + first.angle) / 2.0,
        (None, Some((first, _))) => first.angle + half,
        (Some((_, last)), None) => last.angle - half,
        (None, None) => PI / 2.0,
    };
    let bounds = (0..ends.len()).map(|place| {
        let before = place.checked_sub(1).and_then(|before| ends.get(before));
        (between(before, ends.get(place)), between(ends.get(place), ends.get(place + 1)))
    });
    bounds.collect()
}

/// An arc over each group, and its initials where they have room.
fn arcs(sheet: &mut Sheet, benches: &[Bench], spans: &[(f64, f64)], floor: f64) {
    let gap = if spans.len() > 1 { 0.012 } else { 0.0 };
    // What is written so far, as boxes: left, right, top, bottom.
    let mut taken: Vec<[f64; 4]> = Vec::new();
    for (bench, (from, to)) in benches.iter().zip(spans) {
        let end = |angle: f64| format!("{} {}", fixed(ARC.mul_add(angle.cos(), CENTRE)), fixed(ARC.mul_add(-angle.sin(), floor)));
        let path = format!("M{}A{3} {3} 0 0 1 {}{}", end(from - gap), end((to + gap).min(from - gap)), "", fixed(ARC));
        let dashed = if bench.group.is_some() { "none" } else { "3 3" };
        let arc = Element::new("path").with("d", path).with("fill", "none").with("stroke", "currentColor").with("stroke-width", "2");
        sheet.draw(arc.with("stroke-dasharray", dashed));
        let middle = (from + to) / 2.0;
        let half = width(&bench.initials, SMALL) / 2.0 + 1.5;
        for radius in [INITIALS, ABOVE] {
            let x = (CENTRE + radius * middle.cos()).clamp(half, WIDTH - half);
            let y = floor - radius * middle.sin();
            let place = [x - half, x + half, y - 6.5, y + 6.5];
            let over = |[left, right, top, bottom]: &[f64; 4]| place[0] < *right && place[1] > *left && place[2] < *bottom && place[3] > *top;
            if bench.initials.is_empty() || taken.iter().any(over) {
                continue;
            }
            taken.push(place);
            sheet.draw(words(x, y + 4.0, SMALL, &bench.initials).with("text-anchor", "middle").with("font-weight", "700"));
            break;
        }
    }
}

/// What became of it, and how many are drawn, inside the half circle.
fn middle(sheet: &mut Sheet, picture: &Picture, seats: usize, floor: f64) {
    let lines = picture.outcome.as_ref().map(|outcome| wrap(outcome, INNER * 1.72, 16.0)).unwrap_or_default();
    let many = if seats > 1 { "s" } else { "" };
    let mut y = floor - 2.0;
    sheet.draw(words(CENTRE, y, BODY, &format!("{seats} siège{many}")).with("text-anchor", "middle"));
    y -= 18.0;
    for line in lines.iter().rev() {
        sheet.draw(words(CENTRE, y, 16.0, line).with("text-anchor", "middle").with("font-weight", "700"));
        y -= 18.0;
    }
}

/// What each shape means, and how many there are.
fn shapes(sheet: &mut Sheet, seats: &[&Seat]) {
    let (mut x, line) = (MARGIN, 21.0);
    sheet.down(line);
    for (position, number) in counts(seats) {
        let text = format!("{} : {number}", capital(position.label()));
        let wide = 20.0 + width(&text, BODY) + 12.0;
        if x > MARGIN && x + wide - 12.0 > WIDTH - MARGIN {
            x = MARGIN;
            sheet.down(line);
        }
        let y = sheet.height;
        sheet.draw(at(&sheet.prefix, position, x + 7.0, y - 4.5, 7.0));
        sheet.draw(words(x + 20.0, y, BODY, &text));
        x += wide;
    }
    sheet.down(8.0);
}

/// What the initials mean.
fn groups(sheet: &mut Sheet, benches: &[Bench]) {
    if benches.iter().all(|bench| bench.group.is_none()) {
        return;
    }
    let widest = benches.iter().map(|bench| width(&bench.initials, SMALL)).fold(16.0, f64::max);
    for bench in benches {
        let name = bench.group.as_deref().unwrap_or(NO_GROUP);
        sheet.down(3.0);
        let y = sheet.height + SMALL * 1.05;
        sheet.draw(words(MARGIN, y, SMALL, &bench.initials).with("font-weight", "700"));
        sheet.paragraph(MARGIN + widest + 8.0, SMALL, &format!("{name} : {}", bench.seats.len()));
    }
    sheet.down(3.0);
}
