//! A hemicycle, drawn: seats by group from left to right, an arc and initials over each group, then what the shapes and initials mean.

use std::f64::consts::PI;

use super::super::drawing::{BODY, MARGIN, SMALL, Setting, Sheet, WIDTH, fixed, width, words, wrap};
use super::super::french::capital;
use super::super::markup::Element;
use super::layout::{INNER, Layout, Place, layout};
use super::words::{NO_GROUP, counts, description, heading, member};
use super::{Bench, Picture, Position, Seat};

/// Where the centre of the half circle is.
const CENTRE: f64 = WIDTH / 2.0;
/// From the seats to the arcs of the groups, and to their initials.
const ARC: f64 = 5.0;
const INITIALS: f64 = 9.0;
/// Further out, for neighbours that have no room.
const ABOVE: f64 = 24.0;
/// How far initials may move aside, in radians.
const ASIDE: [f64; 5] = [0.0, 0.07, -0.07, 0.14, -0.14];
/// Seats smaller than this have a mark of their own.
const SMALL_SEAT: f64 = 4.5;

pub fn draw(picture: &Picture, benches: &[Bench], setting: Setting) -> String {
    let mut sheet = Sheet::new(format!("vote-{}", picture.ballot), heading(picture), description(picture));
    let seats: Vec<&Seat> = benches.iter().flat_map(|bench| &bench.seats).collect();
    let layout = layout(seats.len());
    for (position, _) in counts(&seats) {
        let drawn = position.seat(layout.radius < SMALL_SEAT);
        sheet.define(Element::new("g").with("id", shape(&sheet.prefix, position)).children(drawn));
    }
    let spans = spans(benches, &layout);
    // Initials take their room above the arcs.
    let grouped = benches.iter().any(|bench| bench.group.is_some());
    let floor = layout.outer + if grouped { ABOVE + 12.0 } else { MARGIN };
    if grouped {
        arcs(&mut sheet, benches, &spans, layout.outer, floor);
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
    let half = layout.radius / layout.outer;
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
fn arcs(sheet: &mut Sheet, benches: &[Bench], spans: &[(f64, f64)], outer: f64, floor: f64) {
    let radius = outer + ARC;
    let point = |radius: f64, angle: f64| (CENTRE + radius * angle.cos(), floor - radius * angle.sin());
    let written = |radius: f64, angle: f64| {
        let (x, y) = point(radius, angle);
        format!("{} {}", fixed(x), fixed(y))
    };
    let line = |path: String, wide: &str| {
        Element::new("path").with("d", path).with("fill", "none").with("stroke", "currentColor").with("stroke-width", wide)
    };
    let mut taken: Vec<Area> = Vec::new();
    for (bench, (from, to)) in benches.iter().zip(spans) {
        let gap = if spans.len() > 1 { ((from - to) / 4.0).min(0.012) } else { 0.0 };
        let path = format!("M{}A{2} {2} 0 0 1 {1}", written(radius, from - gap), written(radius, to + gap), fixed(radius));
        let dashed = if bench.group.is_some() { "none" } else { "3 3" };
        sheet.draw(line(path, "2").with("stroke-dasharray", dashed));
        if bench.initials.is_empty() {
            continue;
        }
        let middle = (from + to) / 2.0;
        let half = width(&bench.initials, SMALL) / 2.0;
        let over = |away: f64, aside: f64| {
            let angle = middle + aside;
            // Beside the arc a wide text stands further out than above it.
            let (x, y) = point(radius + away + (half - 4.0).max(0.0) * angle.cos().abs(), angle);
            (Area { left: x - half, right: x + half, top: y - 6.0, bottom: y + 6.0 }, x, y, away, angle)
        };
        let places = std::iter::once(over(INITIALS, 0.0)).chain(ASIDE.map(|aside| over(ABOVE, aside)));
        let free =
            |area: &Area| area.left >= 0.0 && area.right <= WIDTH && area.bottom <= floor + 8.0 && !taken.iter().any(|other| other.meets(area));
        let Some((area, x, y, away, angle)) = places.into_iter().find(|(area, ..)| free(area)) else { continue };
        if away > INITIALS {
            let path = format!("M{}L{}", written(radius + 2.0, middle), written(radius + ABOVE - 8.0, angle));
            sheet.draw(line(path, "0.8"));
        }
        taken.push(area);
        sheet.draw(words(x, y + 4.0, SMALL, &bench.initials).with("text-anchor", "middle").with("font-weight", "700"));
    }
}

/// Where something is written.
struct Area {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Area {
    fn meets(&self, other: &Self) -> bool {
        self.left < other.right && self.right > other.left && self.top < other.bottom && self.bottom > other.top
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
