//! Figures as charts, and the same in words: who attended a sitting, which sittings a member attended, what an act costs.

mod attendance;
mod budget;
mod member;
mod presence;
#[cfg(test)]
mod tests;

pub use attendance::{Attendance, Group, attendance};
pub use budget::{Budget, Line, budgets};
pub use member::{Attended, Member};
pub use presence::Presence;

use super::paper::Column;

fn column(heading: &str, numeric: bool) -> Column {
    Column { heading: heading.to_owned(), numeric }
}
