//! The printed act on its page.

use minijinja::Value;

use super::respond::Failure;
use super::templates::safe;
use crate::publish::{ActReading, paper};

/// The act as it is printed, under the second heading of the page.
///
/// # Errors
/// When a template is broken.
pub fn html(act: &ActReading) -> Result<Value, Failure> {
    let printed = paper::act(act, "/verifier");
    Ok(safe(paper::blocks(&printed.blocks, 2)?))
}
