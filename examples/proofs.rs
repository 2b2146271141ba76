//! Writes a log of made-up acts and proofs over it as JSON, for a verifier of other people's making (`scripts/conformance-proof`).
//! With a folder as argument, it also writes there what `registre verify` reads: `log.ndjson`, `proof.json`, `older` and `key`.

use std::collections::HashMap;
use std::path::PathBuf;

use ed25519_dalek::SigningKey;
use registre::proof::{
    Checkpoint, Consistency, Edge, Hash, Head, LOG_FORMAT, LogHeader, Node, Origin, ProofBundle, SEAL_FORMAT, SealedAct, VerifierKey, consistency,
    entry_line, inclusion,
};
use registre::record::Siren;
use serde_json::{Value, json};

type Failure = Box<dyn std::error::Error>;

/// Entries of the log: neither a power of two, nor next to one.
const SIZE: u64 = 77;
/// Entries at the older checkpoint.
const OLDER: u64 = 45;
/// The entry that is proved in the folder.
const PROVED: u64 = 42;

fn main() -> Result<(), Failure> {
    let authority: Siren = "226200012".parse()?;
    let origin = Origin::of("registre.example", &authority)?;
    // Made up, and public: for this example only.
    let key = SigningKey::from_bytes(&[7; 32]);
    let verifier = VerifierKey::of(origin.as_str(), &key)?.to_string();
    let entries: Vec<(u64, Vec<u8>)> = (0..SIZE).map(|n| Ok((n, act(n, &authority)?.canonical_bytes()?))).collect::<Result<_, Failure>>()?;
    let (mut nodes, mut edge, mut heads): (HashMap<(u32, u64), Hash>, _, _) = (HashMap::new(), Edge::default(), vec![Edge::default().head()]);
    for (_, entry) in &entries {
        nodes.extend(edge.push(Hash::of_leaf(entry)).into_iter().map(|(node, hash)| ((node.level, node.index), hash)));
        heads.push(edge.head());
    }
    let read = |asked: &[Node]| asked.iter().map(|node| nodes.get(&(node.level, node.index)).copied().ok_or("a node is missing")).collect();
    let sign = |head: Head| Checkpoint::new(origin.clone(), head).sign(&key);

    let mut inclusions = Vec::new();
    let mut consistencies = Vec::new();
    for size in [1, 2, 3, 7, 8, 33, 64, SIZE] {
        for index in 0..size {
            inclusions.push(json!({ "size": size, "index": index, "path": inclusion(size, index, read)? }));
        }
        for older in 1..=size {
            consistencies.push(json!({ "older": older, "size": size, "path": consistency(older, size, read)? }));
        }
    }
    let checkpoints = heads.iter().map(|head| sign(*head)).collect::<Result<Vec<_>, _>>()?;
    let texts = entries.iter().map(|(_, entry)| Ok(std::str::from_utf8(entry)?)).collect::<Result<Vec<_>, Failure>>()?;
    let roots: Vec<Hash> = heads.iter().map(|head| head.root).collect();
    let written = json!({
        "origin": origin.as_str(), "verifier_key": verifier, "entries": texts, "roots": roots, "checkpoints": checkpoints,
        "inclusions": inclusions, "consistencies": consistencies,
    });
    println!("{written}");

    if let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) {
        std::fs::create_dir_all(&folder)?;
        let checkpoint = sign(edge.head())?;
        let header = LogHeader {
            format: LOG_FORMAT.to_owned(),
            authority,
            origin: origin.as_str().to_owned(),
            verifier_key: verifier.clone(),
            checkpoint: checkpoint.clone(),
        };
        let mut log = header.line()?;
        log.extend(entries.iter().flat_map(|(index, entry)| entry_line(*index, entry)));
        std::fs::write(folder.join("log.ndjson"), log)?;
        let since = Consistency { size: OLDER, path: consistency(OLDER, SIZE, read)? };
        let entry = entries.iter().find(|(index, _)| *index == PROVED).map(|(_, entry)| entry.as_slice()).unwrap_or_default();
        let bundle = ProofBundle::new(entry, PROVED, inclusion(SIZE, PROVED, read)?, Some(since), checkpoint, verifier.clone())?;
        std::fs::write(folder.join("proof.json"), serde_json::to_vec(&bundle)?)?;
        let older = heads.iter().find(|head| head.size == OLDER).copied().map(sign).transpose()?.unwrap_or_default();
        std::fs::write(folder.join("older"), older)?;
        std::fs::write(folder.join("key"), verifier)?;
    }
    Ok(())
}

/// What canonical JSON has to get right: other scripts, escapes, the order of keys, numbers.
fn act(n: u64, authority: &Siren) -> Result<SealedAct, Failure> {
    let record: Value = json!({
        "title": format!("Délibération n° {n} : « l'été » \u{20ac}\t\"\\\u{7f}\u{2028}\u{1f600}"),
        "\u{fb33}": 1, "\u{1f600}": 2, "é": 3, "a": [null, true, n, 0.1, 1e21, -5], "": {},
    });
    Ok(SealedAct {
        format: SEAL_FORMAT.to_owned(),
        authority: authority.clone(),
        deliberation: format!("0197e3a8-7c00-7000-8000-{n:012}").parse()?,
        number: format!("2026-{n}"),
        version: 1,
        sealed_at: "2026-07-07T10:00:00Z".parse()?,
        record,
        extract: json!({ "ballots": [] }),
        findings: json!([]),
        rules_version: "2026-11.2".to_owned(),
        files: Vec::new(),
        whole_sha256: "0".repeat(64),
    })
}
