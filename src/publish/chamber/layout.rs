//! Where the seats of a hemicycle stand: rows of one or several half circles, the largest seats that fit, none over another.

use std::f64::consts::{FRAC_PI_2, PI};

/// From the centre to the outer edge of the seats, at most.
pub const OUTER: f64 = 122.0;
/// From the centre to the inner edge of the seats at least: what is free for the words in the middle.
pub const INNER: f64 = 52.0;
/// The most seats that can still be told apart.
pub const SEATS_AT_MOST: usize = 600;
/// Between the centres of two neighbours, at most: a handful of seats is not drawn huge.
const WIDEST: f64 = 25.0;
/// The diameter of a seat, as a part of the distance between neighbours.
const FILL: f64 = 0.92;
/// Seats of a single row stand apart by this many of those distances at most: three seats are neighbours too.
const SPREAD: f64 = 1.4;
/// Seats that are smaller than the largest by no more than this have fewer rows.
const NEARLY: f64 = 0.95;
const ROWS_AT_MOST: usize = 24;

/// A seat's centre, from the centre of the half circle: x to the right, y upwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    pub x: f64,
    pub y: f64,
    /// In radians, from the right: the left end is π.
    pub angle: f64,
}

/// Seats from left to right.
#[derive(Clone, Debug)]
pub struct Layout {
    pub places: Vec<Place>,
    /// Of a seat.
    pub radius: f64,
    /// From the centre to the outer edge of the seats.
    pub outer: f64,
}

/// A small number as a real one.
pub fn real(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

/// The places of so many seats, `SEATS_AT_MOST` at most.
pub fn layout(seats: usize) -> Layout {
    let seats = seats.min(SEATS_AT_MOST);
    // The fewest rows whose seats are about as large as seats can be.
    let widths: Vec<f64> = (1..=ROWS_AT_MOST).map(|rows| widest(rows, seats)).collect();
    let most = widths.iter().copied().fold(0.0, f64::max);
    let (rows, pitch) = (1..).zip(widths).find(|(_, pitch)| *pitch >= NEARLY * most).unwrap_or((1, most));
    // A few seats stand around the middle, not far from it.
    let outer = if rows == 1 { OUTER.min((pitch * real(seats) / PI + pitch / 2.0).max(INNER + pitch)) } else { OUTER };
    let radii: Vec<f64> = (0..rows).map(|row| radius_of(row, pitch, outer)).collect();
    let mut free: usize = radii.iter().map(|radius| capacity(*radius, pitch)).sum();
    let mut left = seats;
    let mut places = Vec::with_capacity(seats);
    for radius in radii {
        let capacity = capacity(radius, pitch);
        // Each row gets its share, rounded; what is left always fits into the rows that are left.
        let here = (2 * left * capacity + free).checked_div(2 * free).unwrap_or_default();
        (left, free) = (left - here, free - capacity);
        let widest = SPREAD * step(radius, pitch);
        let between = if here < 2 { 0.0 } else { PI / real(here - 1) };
        let between = if rows == 1 { between.min(widest) } else { between };
        let first = FRAC_PI_2 + between * real(here.saturating_sub(1)) / 2.0;
        places.extend((0..here).map(|seat| {
            let angle = first - between * real(seat);
            Place { x: radius * angle.cos(), y: radius * angle.sin(), angle }
        }));
    }
    // Left to right; of two at one angle the outer one first.
    places.sort_by(|one, other| {
        let (near, far) = (rounded(one.angle), rounded(other.angle));
        far.total_cmp(&near).then_with(|| other.x.hypot(other.y).total_cmp(&one.x.hypot(one.y)))
    });
    Layout { places, radius: pitch * FILL / 2.0, outer }
}

/// So that the last bits of a sine do not decide the order.
fn rounded(angle: f64) -> f64 {
    (angle * 1e9).round()
}

/// The radius of a row, from the outermost: 0.
fn radius_of(row: usize, pitch: f64, outer: f64) -> f64 {
    outer - pitch * FILL / 2.0 - real(row) * pitch
}

/// The angle between neighbours whose distance is the pitch.
fn step(radius: f64, pitch: f64) -> f64 {
    2.0 * (pitch / (2.0 * radius)).asin()
}

/// The seats that a row can hold from one end to the other.
fn capacity(radius: f64, pitch: f64) -> usize {
    let step = step(radius, pitch);
    let mut seats = 1;
    while real(seats) * step <= PI + 1e-9 {
        seats += 1;
    }
    seats
}

/// The widest pitch at which so many rows hold so many seats and leave the middle free.
fn widest(rows: usize, seats: usize) -> f64 {
    let mut pitch = WIDEST.min((OUTER - INNER) / (FILL + real(rows - 1)));
    while (0..rows).map(|row| capacity(radius_of(row, pitch, OUTER), pitch)).sum::<usize>() < seats {
        pitch *= 0.995;
    }
    pitch
}

#[cfg(test)]
mod tests {
    use super::{INNER, OUTER, layout};

    /// Every number of seats that is drawn.
    #[test]
    fn seats_never_touch_and_stay_inside() {
        for seats in 1..=600 {
            let drawn = layout(seats);
            assert_eq!(drawn.places.len(), seats);
            assert!(drawn.radius > 2.0 && drawn.outer <= OUTER, "{seats} seats of {}", drawn.radius);
            for (number, place) in drawn.places.iter().enumerate() {
                let from_centre = place.x.hypot(place.y);
                assert!(from_centre + drawn.radius <= drawn.outer + 1e-6 && from_centre - drawn.radius >= INNER - 1e-6, "{seats}: {place:?}");
                assert!(place.y >= -1e-6, "{seats}: {place:?}");
                for other in drawn.places.iter().skip(number + 1) {
                    let apart = (place.x - other.x).hypot(place.y - other.y);
                    assert!(apart >= 2.0 * drawn.radius, "{seats} seats: {place:?} and {other:?} are {apart} apart");
                }
            }
        }
    }

    #[test]
    fn seats_go_from_left_to_right_and_both_halves_are_alike() {
        for seats in [1, 2, 3, 7, 13, 44, 101, 343, 577, 600] {
            let places = layout(seats).places;
            assert!(places.is_sorted_by(|one, other| one.angle >= other.angle - 1e-9), "{seats}");
            let balance: f64 = places.iter().map(|place| place.x).sum();
            assert!(balance.abs() < 1e-6, "{seats}: {balance}");
        }
    }

    /// A row of one, three neighbours, one full row, then two.
    #[test]
    fn rows_of_small_assemblies() {
        let rows = |seats: usize| {
            let mut radii: Vec<i64> = layout(seats).places.iter().map(|p| format!("{:.0}", p.x.hypot(p.y)).parse().unwrap_or_default()).collect();
            radii.sort_unstable();
            radii.dedup();
            radii.len()
        };
        assert_eq!([1, 3, 10, 15, 20, 44].map(rows), [1, 1, 1, 1, 2, 3]);
    }
}
