//! A reading of the record in the standard of @CTES, by which acts reach the prefect, and what comes back. Messages follow `actesv1_1.xsd` of
//! the Ministry of the Interior (namespace `http://www.interieur.gouv.fr/ACTES#v1.1-20040216`, encoding ISO-8859-1); file names are those
//! that operators take. Nothing is sent from here.

mod archive;
mod decoded;
mod echo;
mod envelope;
mod files;
#[cfg(test)]
mod generated;
mod identifier;
mod latin;
mod matter;
mod message;
mod nature;
mod receipt;
mod subject;

pub use archive::{Entry, write_archive};
pub use decoded::Unreadable;
pub use echo::{EchoedAct, read_act};
pub use envelope::{Contact, Envelope, Sender};
pub use files::{FileKind, NameFault, archive_name, attachment_name, envelope_name, message_name};
pub use identifier::{ActIdentifier, IdentifierFault, NumberFault, number_collision_key, transmissible_number};
pub use matter::{MATTERS, Matter, MatterFault, MatterPath};
pub use message::{ActMessage, MessageFault, cancellation};
pub use nature::Nature;
pub use receipt::{Incoming, IncomingKind, read_incoming};
pub use subject::{Subject, subject_of};

/// Namespace of the messages.
pub const NAMESPACE: &str = "http://www.interieur.gouv.fr/ACTES#v1.1-20040216";

use crate::record::Vocabulary;

/// The vocabularies of @CTES.
pub const VOCABULARIES: &[Vocabulary] = &[Nature::VOCABULARY, IncomingKind::VOCABULARY];
