//! Acts and minutes in Akoma Ntoso 3.0 (OASIS LegalDocML): a deliberation as a `statement`, the minutes of a sitting as a `debate`.
//!
//! The text stands as printed, and is composed only where the record prints none; figures that nobody stated are left out. Identifiers (`eId`) come
//! from the kind and the place of what they name, so that the same reading gives the same bytes.

mod act;
mod articles;
mod attendance;
mod ballot;
#[cfg(test)]
mod cases;
mod conclusions;
mod element;
mod identification;
mod iri;
mod item;
mod lifecycle;
mod marks;
mod minutes;
mod preamble;
mod preface;
mod references;
mod tables;
mod voting;

pub use act::act;
pub use minutes::minutes;

use element::{Element, document};

/// Namespace of the standard.
const NAMESPACE: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";

/// A file that holds one document.
fn file(content: Element) -> std::io::Result<Vec<u8>> {
    document(&Element::new("akomaNtoso").with("xmlns", NAMESPACE).child(content))
}
