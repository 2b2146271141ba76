//! A whole log, right and wrong; each wrong one says what and where.

use super::super::fault::Check;
use super::*;

#[test]
fn a_log_stands_at_every_size() {
    for size in [0, 1, 2, 3, 8, 13] {
        let log = Log::of(size);
        let report = check(&log.lines(7), &trusting(7));
        assert_eq!(report.faults, [], "{size}");
        assert_eq!(report.checks, [Check::TrustedSignature, Check::Whole(size)]);
        assert_eq!(report.head, Some(log.stored.head(size)));
    }
}

#[test]
fn an_altered_entry_is_named() {
    let mut lines = Log::of(9).lines(7);
    let text = String::from_utf8(lines[6].clone()).unwrap();
    lines[6] = text.replace("2026-5", "2026-6").into_bytes();
    // The hashes still make the signed root: so it is this entry, and no other.
    assert_eq!(check(&lines, &trusting(7)).faults, [Fault::Altered { index: 5 }]);
}

#[test]
fn an_entry_altered_with_its_hash_breaks_the_root() {
    let log = Log::of(9);
    let mut lines = log.lines(7);
    lines[6] = entry_line(5, &act(77).canonical_bytes().unwrap());
    assert_eq!(check(&lines, &trusting(7)).faults, [Fault::Root]);
    // An older checkpoint tells which side of it was touched.
    let since = |older: u64| Trust { older: Some(log.stored.checkpoint(older, 7)), ..trusting(7) };
    assert_eq!(check(&lines, &since(5)).faults, [Fault::Root]);
    assert_eq!(check(&lines, &since(6)).faults, [Fault::Root, Fault::Rewritten { older: 6 }]);
}

#[test]
fn a_line_missing_moved_repeated_or_added_is_told() {
    let log = Log::of(9);
    let faults = |change: &dyn Fn(&mut Vec<Vec<u8>>)| {
        let mut lines = log.lines(7);
        change(&mut lines);
        check(&lines, &trusting(7)).faults
    };
    // Line 4 bears entry 2.
    assert_eq!(faults(&|lines| drop(lines.remove(3))), [Fault::Missing { line: 4, from: 2, to: 2 }]);
    assert_eq!(faults(&|lines| drop(lines.pop())), [Fault::EndMissing { from: 8, to: 8 }]);
    let swapped = [Fault::Missing { line: 4, from: 2, to: 2 }, Fault::Misplaced { line: 5, index: 2, expected: 4 }];
    assert_eq!(faults(&|lines| lines.swap(3, 4)), swapped);
    assert_eq!(faults(&|lines| lines.insert(4, lines[3].clone())), [Fault::Misplaced { line: 5, index: 2, expected: 3 }]);
    assert_eq!(faults(&|lines| lines.push(entry_line(9, &log.entries[0]))), [Fault::Extra { from: 9 }]);
    let blank = faults(&|lines| lines.insert(3, b"\n".to_vec()));
    assert!(matches!(blank.as_slice(), [Fault::Line { line: 4, .. }]), "{blank:?}");
    let unreadable = faults(&|lines| lines[3][0] = b'[');
    assert!(matches!(unreadable.as_slice(), [Fault::Line { line: 4, .. }]), "{unreadable:?}");
}

#[test]
fn a_log_cut_and_signed_anew_is_found_out_by_an_older_checkpoint() {
    let (whole, cut) = (Log::of(9), Log::of(6));
    assert!(check(&cut.lines(7), &trusting(7)).passed());
    let trust = Trust { older: Some(whole.stored.checkpoint(9, 7)), ..trusting(7) };
    assert_eq!(check(&cut.lines(7), &trust).faults, [Fault::Truncated { older: 9, size: 6 }]);
    // And one that grew is not.
    let trust = Trust { older: Some(cut.stored.checkpoint(6, 7)), ..trusting(7) };
    assert_eq!(check(&whole.lines(7), &trust).checks, [Check::TrustedSignature, Check::Whole(9), Check::Extends(6)]);
}

#[test]
fn a_log_signed_by_someone_else_is_not_trusted() {
    let log = Log::of(4);
    let report = check(&log.lines(8), &trusting(7));
    assert!(matches!(report.faults.as_slice(), [Fault::OtherKey { .. }, Fault::Checkpoint(_)]), "{:?}", report.faults);
    let report = check(&log.lines(8), &Trust::default());
    assert!(report.passed() && !report.trusted);
}

#[test]
fn a_header_of_another_log_is_told() {
    let log = Log::of(2);
    let mut header = log.header(7);
    header.authority = "200054781".parse().unwrap();
    let mut lines = log.lines(7);
    lines[0] = header.line().unwrap();
    let faults = check(&lines, &trusting(7)).faults;
    assert!(matches!(faults.as_slice(), [Fault::OtherLog { .. }, Fault::OtherAuthority { index: 0, .. }, Fault::OtherAuthority { index: 1, .. }]));
    lines[0] = b"{}\n".to_vec();
    assert!(matches!(check(&lines, &trusting(7)).faults.as_slice(), [Fault::Unreadable(_)]));
}

#[test]
fn many_faults_are_counted() {
    let mut lines = Log::of(40).lines(7);
    lines[1..].reverse();
    let report = check(&lines, &trusting(7));
    assert_eq!((report.faults.len(), report.untold), (20, 20));
}
