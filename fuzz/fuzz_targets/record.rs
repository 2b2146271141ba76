//! The body of a request: refused with a problem, or read; and what is read is written and read again as the same, judged by the rules and searched.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use registre::api::strict;
use registre::record::{
    Authority, Ballot, Body, BodyKind, DeliberationRecord, Event, Fact, Group, Id, InterestDeclaration, Mandate, Person, PowersDelegation,
    Rectification, SignatureDelegation, SittingRecord, Waiver,
};
use registre::register::{Confirmation, SittingCopy};
use registre::{rules, search};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Read strictly; its canonical bytes make themselves again.
fn read<T: DeserializeOwned + Serialize>(json: &[u8]) -> Option<T> {
    let (read, _) = strict::<T>(json).ok()?;
    let bytes = serde_json_canonicalizer::to_vec(&read).expect("what was read can be written");
    let (again, _) = strict::<T>(&bytes).unwrap_or_else(|problem| panic!("what was written is refused: {problem}"));
    assert_eq!(bytes, serde_json_canonicalizer::to_vec(&again).expect("written"), "the canonical bytes change");
    Some(read)
}

/// One body of each kind that has a profile of its own.
const KINDS: [BodyKind; 3] = [BodyKind::DepartmentalPermanentCommission, BodyKind::DepartmentalCouncil, BodyKind::MunicipalCouncil];

fn sitting(json: &[u8]) -> Option<SittingRecord> {
    let sitting = read::<SittingRecord>(json)?;
    for kind in KINDS {
        rules::public_view(rules::on_sitting(&sitting, Id::mint(), kind));
    }
    Some(sitting)
}

fn act(json: &[u8]) -> Option<DeliberationRecord> {
    let act = read::<DeliberationRecord>(json)?;
    let sitting: SittingRecord = serde_json::from_str(include_str!("../../src/demo/sitting.json")).expect("the sitting of the demonstration");
    for kind in KINDS {
        rules::on_act(&act, Id::mint(), &sitting, Id::mint(), kind);
    }
    let texts = search::texts(&act, &sitting);
    search::snippets(&texts, &search::Query::read("subvention -annexe \"commission permanente\" 2025_302"));
    Some(act)
}

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Some((kind, json)) = bytes.split_first() else { return Corpus::Reject };
    let read = match kind {
        b's' => sitting(json).is_some(),
        b'd' => act(json).is_some(),
        b'e' => read::<Event>(json).is_some(),
        b'b' => read::<Ballot>(json).is_some(),
        b'f' => read::<Fact>(json).is_some(),
        b'w' => read::<Waiver>(json).is_some(),
        b'r' => read::<Rectification>(json).is_some(),
        b'a' => read::<Authority>(json).is_some(),
        b'B' => read::<Body>(json).is_some(),
        b'g' => read::<Group>(json).is_some(),
        b'p' => read::<Person>(json).is_some(),
        b'm' => read::<Mandate>(json).is_some(),
        b'i' => read::<InterestDeclaration>(json).is_some(),
        b'S' => read::<SignatureDelegation>(json).is_some(),
        b'P' => read::<PowersDelegation>(json).is_some(),
        b'c' => read::<SittingCopy>(json).is_some(),
        b'C' => read::<Confirmation>(json).is_some(),
        _ => return Corpus::Reject,
    };
    let _ = read;
    Corpus::Keep
});
