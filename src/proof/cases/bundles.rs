//! One act with its proof.

use super::super::fault::Check;
use super::*;

fn bundle(log: &Log, index: u64, size: u64, older: Option<u64>) -> ProofBundle {
    let read = |nodes: &[Node]| log.stored.read(nodes);
    let path = inclusion(size, index, read).unwrap();
    let since = older.map(|older| Consistency { size: older, path: consistency(older, size, read).unwrap() });
    let entry = &log.entries[usize::try_from(index).unwrap()];
    ProofBundle::new(entry, index, path, since, log.stored.checkpoint(size, 7), verifier(7).to_string()).unwrap()
}

/// As it travels: written out, and read back.
fn travelled(text: &str) -> ProofBundle {
    serde_json::from_str(text).unwrap()
}

#[test]
fn a_proof_stands() {
    let log = Log::of(11);
    let text = serde_json::to_string(&bundle(&log, 4, 11, None)).unwrap();
    let report = travelled(&text).verify(&trusting(7));
    assert_eq!(report.faults, []);
    assert_eq!(report.checks, [Check::TrustedSignature, Check::Included(4)]);
    assert_eq!(travelled(&text).verify(&Trust::default()).checks, [Check::SelfAssertedSignature, Check::Included(4)]);
}

#[test]
fn spaces_between_tokens_do_not_break_it() {
    let log = Log::of(3);
    let text = serde_json::to_string(&bundle(&log, 2, 3, None)).unwrap();
    let mut pretty = String::new();
    let mut inside = false;
    for c in text.chars() {
        inside ^= c == '"';
        pretty.push(c);
        if !inside && matches!(c, ',' | ':' | '{') {
            pretty.push_str("\n  ");
        }
    }
    assert!(pretty.len() > text.len() + 100);
    assert_eq!(travelled(&pretty).verify(&trusting(7)).faults, []);
}

#[test]
fn another_act_place_or_key_is_told() {
    let log = Log::of(11);
    let text = serde_json::to_string(&bundle(&log, 4, 11, None)).unwrap();
    let faults = |text: &str, trust: &Trust| travelled(text).verify(trust).faults;
    assert_eq!(faults(&text.replace("2026-4", "2026-5"), &trusting(7)), [Fault::NotIncluded { index: 4 }]);
    assert_eq!(faults(&text.replace("\"leaf_index\":4", "\"leaf_index\":5"), &trusting(7)), [Fault::NotIncluded { index: 5 }]);
    assert_eq!(faults(&text.replace("\"findings\":[]", "\"findings\":[],\"findings\":[]"), &trusting(7)).len(), 2);
    assert!(
        faults(&text.replace(r"\n11\n", r"\n12\n"), &trusting(7))
            .contains(&Fault::Checkpoint(CheckpointError::Note(NoteError::WrongSignature(origin().to_string()))))
    );
    let other = faults(&text, &trusting(8));
    assert!(matches!(other.as_slice(), [Fault::OtherKey { .. }, Fault::Checkpoint(_)]), "{other:?}");
}

#[test]
fn a_key_given_twice_inside_an_entry_is_refused() {
    let log = Log::of(2);
    let text = serde_json::to_string(&bundle(&log, 1, 2, None)).unwrap();
    // Two readers would see two titles: the one that is hashed, and the one before it.
    let twice = text.replacen("\"title\":", "\"title\":\"Autre chose\",\"title\":", 1);
    assert_eq!(travelled(&twice).verify(&trusting(7)).faults, [Fault::NotCanonical(NotCanonical)]);
}

#[test]
fn it_follows_from_an_older_checkpoint_or_says_why_not() {
    let log = Log::of(11);
    let with = |older: u64| Trust { older: Some(log.stored.checkpoint(older, 7)), ..trusting(7) };
    for older in 0..=11 {
        let report = bundle(&log, 2, 11, Some(older)).verify(&with(older));
        assert!(report.passed() && report.checks.contains(&Check::Extends(older)), "{older}: {:?}", report.faults);
    }
    assert_eq!(bundle(&log, 2, 11, None).verify(&with(5)).faults, [Fault::Unlinked { older: 5, size: 11 }]);
    assert!(bundle(&log, 2, 11, None).verify(&with(11)).passed());
    assert_eq!(bundle(&log, 2, 5, None).verify(&with(11)).faults, [Fault::Behind { older: 11, size: 5 }]);
    let mut rewritten = bundle(&log, 2, 11, Some(5));
    rewritten.consistency.as_mut().unwrap().path.swap(0, 1);
    assert_eq!(rewritten.verify(&with(5)).faults, [Fault::NotExtended { older: 5, size: 11 }]);
}
