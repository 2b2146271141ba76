//! Quorum: figures worked out from L3121-14 ("majorité absolue des membres en exercice présente"), L3121-14-1 ("présente ou représentée") and
//! formula 1.2 of the page on the law.

use serde_json::{Value, json};

use super::*;
use crate::rules::{OfficeBasis, quorum_at};

/// 44 in office, so many present, the rest absent, no proxies.
fn of_44(present: u32, changes: Value) -> SittingRecord {
    let room = json!({
        "attendance": [members("present", 1..=present), members("absent", present + 1..=44)], "members_in_office": 44, "proxies": [],
    });
    sitting(changed(room, changes))
}

fn by_law(member: u32) -> Value {
    changed(recusal(member, &[1]), json!({ "legal_representative": "yes" }))
}

#[test]
fn a_quorum_and_its_thresholds() {
    use BodyKind::{
        CorsicanAssembly, DepartmentalCouncil as Council, DepartmentalPermanentCommission as Commission, IntercommunalCouncil, MunicipalCouncil,
        RegionalCouncil, RegionalPermanentCommission,
    };
    let (old, new) = ("2025-07-07", "2026-01-15");
    let aside = |date: &str| json!({ "recusals": [by_law(1)], "date": date });
    let plain_aside = |date: &str| json!({ "recusals": [recusal(1, &[1])], "date": date });
    let a_proxy = json!({ "proxies": [proxy(44, 2)] });
    type Row<'a> = (&'a str, SittingRecord, BodyKind, u32, Vec<(u32, u32)>, Option<bool>);
    let rows: Vec<Row> = vec![
        // Half of 44 is 22; more than half is 23.
        ("22 of 44, council", of_44(22, json!({})), Council, 22, vec![(44, 23)], Some(false)),
        ("23 of 44, council", of_44(23, json!({})), Council, 23, vec![(44, 23)], Some(true)),
        ("22 of 44, commission", of_44(22, json!({})), Commission, 22, vec![(44, 23)], Some(false)),
        ("23 of 44, commission", of_44(23, json!({})), Commission, 23, vec![(44, 23)], Some(true)),
        ("22 and a proxy, commission: represented counts", of_44(22, a_proxy.clone()), Commission, 23, vec![(44, 23)], Some(true)),
        ("22 and a proxy, council: it does not", of_44(22, a_proxy.clone()), Council, 22, vec![(44, 23)], Some(false)),
        ("22 and a proxy, commission of a region", of_44(22, a_proxy.clone()), RegionalPermanentCommission, 23, vec![(44, 23)], Some(true)),
        ("22 and a proxy, regional council", of_44(22, a_proxy.clone()), RegionalCouncil, 22, vec![(44, 23)], Some(false)),
        ("22 and a proxy, municipal council", of_44(22, a_proxy.clone()), MunicipalCouncil, 22, vec![(44, 23)], Some(false)),
        ("22 and a proxy, intercommunal council", of_44(22, a_proxy.clone()), IntercommunalCouncil, 22, vec![(44, 23)], Some(false)),
        ("22 and a proxy, Corsica: even in plenary", of_44(22, a_proxy.clone()), CorsicanAssembly, 23, vec![(44, 23)], Some(true)),
        // 23 there, one representative stands aside: 22 count. Since 24/12/2025, 43 in office, half is 21.5, so 22 are needed.
        ("a representative by law, council since 2025", of_44(23, aside(new)), Council, 22, vec![(43, 22)], Some(true)),
        ("on the first day of the law", of_44(23, aside("2025-12-24")), Council, 22, vec![(43, 22)], Some(true)),
        ("on the day before", of_44(23, aside("2025-12-23")), Council, 22, vec![(44, 23)], Some(false)),
        ("on 7 July 2025", of_44(23, aside(old)), Council, 22, vec![(44, 23)], Some(false)),
        ("commission in 2026: unsettled, both shown", of_44(23, aside(new)), Commission, 22, vec![(43, 22), (44, 23)], None),
        ("commission in 2026, enough under both", of_44(24, aside(new)), Commission, 23, vec![(43, 22), (44, 23)], Some(true)),
        ("commission in 2026, too few under both", of_44(22, aside(new)), Commission, 21, vec![(43, 22), (44, 23)], Some(false)),
        ("commission on 7 July 2025", of_44(23, aside(old)), Commission, 22, vec![(44, 23)], Some(false)),
        ("commission of a region in 2026", of_44(23, aside(new)), RegionalPermanentCommission, 22, vec![(43, 22), (44, 23)], None),
        ("a municipal council since loi 3DS", of_44(23, aside(old)), MunicipalCouncil, 22, vec![(43, 22)], Some(true)),
        ("a municipal council before it", of_44(23, aside("2022-02-22")), MunicipalCouncil, 22, vec![(44, 23)], Some(false)),
        // Any other interest stays among the 44 and does not count as present.
        ("interested on one's own account, 2026", of_44(23, plain_aside(new)), Council, 22, vec![(44, 23)], Some(false)),
        (
            "three representatives: 41 in office, 21 needed",
            of_44(24, json!({ "recusals": [by_law(1), by_law(2), by_law(3)], "date": new })),
            Council,
            21,
            vec![(41, 21)],
            Some(true),
        ),
        // A proxy given by a member who stands aside counts for nothing.
        (
            "the represented stands aside",
            of_44(22, json!({ "proxies": [proxy(44, 2)], "recusals": [recusal(44, &[1])] })),
            Commission,
            22,
            vec![(44, 23)],
            Some(false),
        ),
        (
            "the holder stands aside: neither counts",
            of_44(23, json!({ "proxies": [proxy(44, 1)], "recusals": [recusal(1, &[1])] })),
            Commission,
            22,
            vec![(44, 23)],
            Some(false),
        ),
        (
            "the second proxy of one holder does not count",
            of_44(21, json!({ "proxies": [proxy(44, 2), proxy(43, 2)] })),
            Commission,
            22,
            vec![(44, 23)],
            Some(false),
        ),
    ];
    for (name, sitting, body, counted, thresholds, met) in rows {
        let reading = quorum_at(&sitting, body, id(1)).unwrap();
        let found: Vec<(u32, u32)> = reading.thresholds.iter().map(|t| (t.office.unwrap(), t.needed)).collect();
        assert_eq!((reading.counted, found, reading.met), (counted, thresholds, met), "{name}");
    }
}

#[test]
fn a_departure_during_item_3_breaks_the_quorum_from_item_4() {
    let vote = |n: u32| ballot(json!([tally("for", 20), tally("against", 0)]), json!({ "id": text_id(BALLOT + n), "covers": [text_id(n)] }));
    let four =
        json!({ "agenda": [item(1), item(2), item(3), item(4)], "timeline": [event("departure", 5, 3, "during")], "ballots": [vote(3), vote(4)] });
    let sitting = of_44(23, four);
    // 23 are there until the ballot on item 3, 22 after it.
    let met = [1, 2, 3, 4].map(|n| quorum_at(&sitting, COUNCIL, id(n)).unwrap().met);
    assert_eq!(met, [Some(true), Some(true), Some(true), Some(false)]);
    let findings = on_sitting(&sitting, COUNCIL);
    assert_eq!(one(&findings, FindingCode::QuorumNotMet).subject.id, id(4));
}

#[test]
fn a_commission_in_2026_is_told_both_numbers() {
    let vote = ballot(json!([tally("for", 22), tally("against", 0)]), json!({}));
    let sitting = of_44(23, json!({ "recusals": [by_law(1)], "date": "2026-01-15", "ballots": [vote] }));
    let finding = one(&on_sitting(&sitting, COMMISSION), FindingCode::QuorumUnsettled);
    assert!(finding.label.fr.contains("22 sur 43") && finding.label.fr.contains("23 sur 44"), "{}", finding.label.fr);
    let bases: Vec<OfficeBasis> = quorum_at(&sitting, COMMISSION, id(1)).unwrap().thresholds.iter().map(|t| t.basis).collect();
    assert_eq!(bases, [OfficeBasis::WithoutRepresentatives, OfficeBasis::InOffice]);
}

#[test]
fn a_second_meeting_three_days_later_is_never_held_up() {
    use crate::record::Severity;
    let vote = ballot(json!([tally("for", 3), tally("against", 0)]), json!({}));
    let first = json!({ "ballots": [vote] });
    let second =
        changed(first.clone(), json!({ "date": "2025-07-10", "convening": { "text": "Deuxième réunion, de plein droit trois jours plus tard" } }));
    let severity = |changes: Value| one(&on_sitting(&of_44(3, changes), COUNCIL), FindingCode::QuorumNotMet).severity;
    assert_eq!((severity(first), severity(second)), (Severity::Blocking, Severity::Alert));
}

/// L3121-14, second paragraph: "trois jours plus tard"; L2121-17: "à trois jours au moins d'intervalle". The first was on Monday 7 July.
#[test]
fn a_second_meeting_needs_no_quorum_if_it_is_that_meeting() {
    use crate::record::Severity::{Alert, Blocking};
    use BodyKind::{
        CorsicanAssembly, DepartmentalCouncil as Council, DepartmentalPermanentCommission as Commission, MunicipalCouncil as Town, RegionalCouncil,
    };
    let vote = ballot(json!([tally("for", 3), tally("against", 0)]), json!({}));
    let on = |date: &str, second: Value| json!({ "ballots": [vote.clone()], "date": date, "second_meeting": second });
    let of = |same: &str| json!({ "first_date": "2025-07-07", "same_agenda": same });
    type Row<'a> = (&'a str, BodyKind, Value, Option<crate::record::Severity>, &'a str);
    let rows: Vec<Row> = vec![
        ("three days later, the same agenda", Council, on("2025-07-10", of("yes")), None, ""),
        ("in a commission", Commission, on("2025-07-10", of("yes")), None, ""),
        ("in Corsica", CorsicanAssembly, on("2025-07-10", of("yes")), None, ""),
        ("in a region", RegionalCouncil, on("2025-07-10", of("yes")), None, ""),
        ("two days later", Council, on("2025-07-09", of("yes")), Some(Blocking), "jour"),
        ("four days later", Council, on("2025-07-11", of("yes")), Some(Blocking), "jour"),
        ("another agenda", Council, on("2025-07-10", of("no")), Some(Blocking), "ordre du jour"),
        ("the agenda is not stated", Council, on("2025-07-10", of("unstated")), Some(Alert), "n'est pas précisé"),
        ("nor the first day", Council, on("2025-07-10", json!({ "same_agenda": "yes" })), Some(Alert), "n'est pas précisé"),
        ("a wrong day is enough", Council, on("2025-07-11", of("unstated")), Some(Blocking), "jour"),
        ("a town, three days later", Town, on("2025-07-10", of("yes")), None, ""),
        ("a town, ten days later", Town, on("2025-07-17", of("yes")), None, ""),
        // The text on towns was not read: what is wrong only alerts.
        ("a town, two days later", Town, on("2025-07-09", of("yes")), Some(Alert), "jour"),
        ("not a second meeting", Council, on("2025-07-10", Value::Null), Some(Blocking), ""),
        (
            "only the convening says so",
            Council,
            changed(on("2025-07-10", Value::Null), json!({ "convening": { "text": "Deuxième réunion" } })),
            Some(Alert),
            "convocation",
        ),
    ];
    for (name, body, changes, severity, word) in rows {
        let record = of_44(3, changes);
        let findings = on_sitting(&record, body);
        let found = findings.iter().find(|f| f.code == FindingCode::QuorumNotMet);
        assert_eq!(found.map(|f| f.severity), severity, "{name}");
        assert!(found.is_none_or(|f| f.label.fr.contains(word)), "{name}: {:?}", found.map(|f| &f.label.fr));
        assert_eq!(quorum_at(&record, body, id(1)).unwrap().exempt, severity.is_none(), "{name}");
    }
}
