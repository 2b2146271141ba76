//! Cases: published vectors, properties over all small trees, and a log that is tampered with.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod bundles;
mod logs;
mod properties;
mod tampering;
mod vectors;

use std::collections::BTreeMap;
use std::convert::Infallible;

use ed25519_dalek::SigningKey;
use serde_json::json;

use super::*;
use crate::record::Siren;

fn authority() -> Siren {
    "226200012".parse().unwrap()
}

fn origin() -> Origin {
    Origin::of("registre.example", &authority()).unwrap()
}

/// A key that only a test would use.
fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn verifier(seed: u8) -> VerifierKey {
    VerifierKey::of(origin().as_str(), &key(seed)).unwrap()
}

/// A made-up act, the n-th of its log.
fn act(n: u64) -> SealedAct {
    let id = |kind: u8| format!("0197e3a8-7c00-7000-8{kind:03}-{n:012}").parse().unwrap();
    SealedAct {
        format: SEAL_FORMAT.to_owned(),
        authority: authority(),
        deliberation: id(1),
        number: format!("2026-{n}"),
        version: 3,
        sealed_at: "2026-07-07T10:00:00Z".parse().unwrap(),
        record: json!({ "title": format!("Subvention n° {n} à l'association « Les amis de l'été »"), "articles": [{ "text": "La dépense est imputée au budget." }], "visibility": null }),
        extract: json!({ "ballots": [{ "options": [{ "option": "for", "count": n % 40 }, { "option": "against", "count": 2 }] }], "recusals": [] }),
        findings: json!([]),
        rules_version: "2026-11.2".to_owned(),
        files: vec![SealedFile {
            id: id(2),
            name: "annexe 1.pdf".to_owned(),
            media_type: "application/pdf".to_owned(),
            size: 1_024 + n,
            sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".to_owned(),
            role: "annex".to_owned(),
        }],
        whole_sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".to_owned(),
    }
}

/// A store of complete nodes, as a table would hold them.
#[derive(Default)]
struct Stored {
    nodes: BTreeMap<Node, Hash>,
    edge: Edge,
}

impl Stored {
    fn of(leaves: &[Hash]) -> Self {
        let mut stored = Self::default();
        for leaf in leaves {
            stored.nodes.extend(stored.edge.push(*leaf));
        }
        stored
    }

    fn read(&self, nodes: &[Node]) -> Result<Vec<Hash>, Infallible> {
        Ok(nodes.iter().map(|node| self.nodes[node]).collect())
    }

    fn head(&self, size: u64) -> Head {
        Edge::from_parts(size, self.read(&Edge::nodes(size)).unwrap()).unwrap().head()
    }

    fn checkpoint(&self, size: u64, seed: u8) -> String {
        Checkpoint::new(origin(), self.head(size)).sign(&key(seed)).unwrap()
    }
}

fn leaf(n: u64) -> Hash {
    Hash::of_leaf(&n.to_be_bytes())
}

fn leaves(size: u64) -> Vec<Hash> {
    (0..size).map(leaf).collect()
}

/// A log of acts, and its export.
struct Log {
    entries: Vec<Vec<u8>>,
    stored: Stored,
}

impl Log {
    fn of(size: u64) -> Self {
        let entries: Vec<Vec<u8>> = (0..size).map(|n| act(n).canonical_bytes().unwrap()).collect();
        let stored = Stored::of(&entries.iter().map(|entry| Hash::of_leaf(entry)).collect::<Vec<_>>());
        Self { entries, stored }
    }

    fn header(&self, seed: u8) -> LogHeader {
        LogHeader {
            format: LOG_FORMAT.to_owned(),
            authority: authority(),
            origin: origin().to_string(),
            verifier_key: verifier(seed).to_string(),
            checkpoint: self.stored.checkpoint(self.stored.edge.size(), seed),
        }
    }

    /// The lines of the export, the header first.
    fn lines(&self, seed: u8) -> Vec<Vec<u8>> {
        let entries = self.entries.iter().zip(0..).map(|(entry, index)| entry_line(index, entry));
        std::iter::once(self.header(seed).line().unwrap()).chain(entries).collect()
    }
}

/// Checks an export as a whole.
fn check(lines: &[Vec<u8>], trust: &Trust) -> Report {
    let (header, rest) = lines.split_first().unwrap();
    let mut check = match LogCheck::begin(header, trust) {
        Ok(check) => check,
        Err(report) => return *report,
    };
    for line in rest {
        match LogLine::read(line) {
            Ok(line) => check.take(Ok(&line)),
            Err(fault) => check.take(Err(fault)),
        }
    }
    check.end()
}

fn trusting(seed: u8) -> Trust {
    Trust { key: Some(verifier(seed)), older: None }
}
