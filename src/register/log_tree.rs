//! The authority's log as it is stored: an entry, the nodes that it completes, and a signed checkpoint, all in the transaction of the seal.

use ed25519_dalek::SigningKey;

use super::Refusal;
use crate::proof::{Checkpoint, Consistency, Edge, Hash, Head, LogHeader, Node, Origin, PathError, ProofBundle, VerifierKey, consistency, inclusion};
use crate::record::Siren;
use crate::store::{LogEntryRow, Session, StoreError, now};

/// Who signs the heads of the logs of a register, and under which name.
pub struct LogSigner {
    key: SigningKey,
    name: String,
}

impl LogSigner {
    /// A signer under the name of the register: a host name, which stays the same for the life of the register.
    ///
    /// # Errors
    /// In words, if the name cannot name a log.
    pub fn new(key: SigningKey, name: &str) -> Result<Self, String> {
        let unused: Siren = "000000000".parse().map_err(|_| "a SIREN".to_owned())?;
        Origin::of(name, &unused).map_err(|e| e.to_string())?;
        Ok(Self { key, name: name.to_owned() })
    }

    fn origin(&self, authority: &Siren) -> Result<Origin, Refusal> {
        Origin::of(&self.name, authority).map_err(corrupt)
    }

    pub(super) fn verifier_key(&self, authority: &Siren) -> Result<String, Refusal> {
        Ok(VerifierKey::of(self.origin(authority)?.as_str(), &self.key).map_err(corrupt)?.to_string())
    }

    fn sign(&self, authority: &Siren, head: Head) -> Result<String, Refusal> {
        Checkpoint::new(self.origin(authority)?, head).sign(&self.key).map_err(corrupt)
    }
}

fn corrupt(error: impl std::fmt::Display) -> Refusal {
    StoreError::Corrupt(error.to_string()).into()
}

fn unsigned(number: i64) -> Result<u64, Refusal> {
    u64::try_from(number).map_err(corrupt)
}

fn signed(number: u64) -> Result<i64, Refusal> {
    i64::try_from(number).map_err(corrupt)
}

/// Reads complete nodes.
fn nodes(session: &mut Session<'_>, authority: &str, wanted: &[Node]) -> Result<Vec<Hash>, StoreError> {
    let read = |node: &Node| {
        let level = i32::try_from(node.level).map_err(|e| StoreError::Corrupt(e.to_string()))?;
        let index = i64::try_from(node.index).map_err(|e| StoreError::Corrupt(e.to_string()))?;
        let bytes = session.log_node(authority, level, index)?;
        let bytes: [u8; 32] = bytes.try_into().map_err(|_| StoreError::Corrupt(format!("node {level}/{index} of the log of {authority}")))?;
        Ok(Hash::new(bytes))
    };
    wanted.iter().map(read).collect()
}

fn edge(session: &mut Session<'_>, authority: &str, size: u64) -> Result<Edge, Refusal> {
    let hashes = nodes(session, authority, &Edge::nodes(size))?;
    Edge::from_parts(size, hashes).map_err(corrupt)
}

/// Adds an entry at the end of the log, and signs the new head.
pub(super) fn append(session: &mut Session<'_>, row: &LogEntryRow, authority: &Siren, signer: &LogSigner) -> Result<(), Refusal> {
    let mut edge = edge(session, &row.authority, unsigned(row.leaf)?)?;
    session.add_log_entry(row)?;
    for (node, hash) in edge.push(Hash::of_leaf(&row.entry)) {
        let level = i32::try_from(node.level).map_err(corrupt)?;
        session.add_log_node(&row.authority, level, signed(node.index)?, hash.as_bytes())?;
    }
    let note = signer.sign(authority, edge.head())?;
    session.add_checkpoint(&row.authority, signed(edge.size())?, &note, now())?;
    Ok(())
}

/// The signed head of the log; of an empty log, signed now.
pub(super) fn checkpoint(session: &mut Session<'_>, authority: &Siren, signer: &LogSigner) -> Result<String, Refusal> {
    let size = session.log_size(authority.as_str())?;
    match session.checkpoint(authority.as_str(), size)? {
        Some(note) => Ok(note),
        None if size == 0 => signer.sign(authority, Edge::default().head()),
        None => Err(corrupt(format!("the log of {authority} has no checkpoint of its {size} entries"))),
    }
}

fn path_error(error: PathError<StoreError>) -> Refusal {
    match error {
        PathError::Store(error) => error.into(),
        other => StoreError::Corrupt(other.to_string()).into(),
    }
}

/// How the log of `size` entries follows from what it was at an older size.
pub(super) fn consistent(session: &mut Session<'_>, authority: &str, older: u64, size: u64) -> Result<Consistency, Refusal> {
    let path = consistency(older, size, |wanted| nodes(session, authority, wanted)).map_err(path_error)?;
    Ok(Consistency { size: older, path })
}

/// An entry and the proof that it is in the log; and that the log follows from an older one, if that is asked.
pub(super) fn bundle(
    session: &mut Session<'_>,
    authority: &Siren,
    row: &LogEntryRow,
    older: Option<u64>,
    signer: &LogSigner,
) -> Result<ProofBundle, Refusal> {
    let (size, leaf) = (unsigned(session.log_size(&row.authority)?)?, unsigned(row.leaf)?);
    let path = inclusion(size, leaf, |wanted| nodes(session, &row.authority, wanted)).map_err(path_error)?;
    let older = older.map(|older| consistent(session, &row.authority, older, size)).transpose()?;
    let checkpoint = checkpoint(session, authority, signer)?;
    ProofBundle::new(&row.entry, leaf, path, older, checkpoint, signer.verifier_key(authority)?).map_err(corrupt)
}

/// The first line of an export of the log.
pub(super) fn header(session: &mut Session<'_>, authority: &Siren, signer: &LogSigner) -> Result<LogHeader, Refusal> {
    Ok(LogHeader {
        format: crate::proof::LOG_FORMAT.to_owned(),
        authority: authority.clone(),
        origin: signer.origin(authority)?.as_str().to_owned(),
        verifier_key: signer.verifier_key(authority)?,
        checkpoint: checkpoint(session, authority, signer)?,
    })
}
