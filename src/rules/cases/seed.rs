//! The seed: act 2025-302 of the permanent commission of Pas-de-Calais, 7 July 2025, with invented names for all but the one that counts.

use serde_json::{Value, json};

use super::*;
use crate::record::{Certainty, Severity, SubjectKind};
use crate::rules::presence::{self, When};
use crate::rules::public_view;

fn seed_ballot() -> Value {
    let group = |name: &str| json!({ "kind": "group", "printed": name });
    let left = "Groupe Socialiste, Républicain et Citoyen";
    json!({
        "id": text_id(BALLOT), "covers": [text_id(1)], "outcome": "adopted", "outcome_text": "(Adopté)",
        "options": [
            { "option": "for", "count": 43, "entries": [
                group(left), group("Groupe Communiste et Républicain"), group("Groupe Union pour le Pas-de-Calais"),
                group("Groupe Rassemblement National"), { "kind": "non_affiliated", "printed": "Non-inscrit" }] },
            { "option": "against", "count": 0 },
            { "option": "abstention", "count": 1, "entries": [group(left)] },
        ],
    })
}

pub fn seed_sitting(changes: Value) -> SittingRecord {
    let mut present = members("present", 1..=38);
    present["entries"][6] = json!({ "printed": "Mme Bénédicte MESSEANNE-GROBELNY", "given_name": "Bénédicte", "family_name": "MESSEANNE-GROBELNY" });
    let mut without_vote = members("present", 101..=102);
    without_vote["voting_right"] = json!("without_vote");
    let mut excused_without_vote = members("excused", 103..=104);
    excused_without_vote["voting_right"] = json!("without_vote");
    let seed = json!({
        "attendance": [present, members("excused", 39..=44), without_vote, excused_without_vote],
        "timeline": null, "proxies": null,
        "recusals": [{ "id": text_id(600), "person": { "printed": "Madame Bénédicte MESSEANNE-GROBELNY" }, "covers": [text_id(1)], "kind": "interest",
                       "took_part_in_debate": false, "took_part_in_vote": false }],
        "ballots": [seed_ballot()],
    });
    sitting(changed(seed, changes))
}

pub fn seed_act(changes: Value) -> DeliberationRecord {
    let money = |amount: &str| json!({ "amount": amount, "currency": "EUR" });
    let seed = json!({
        "title": "ANIMER LE RÉSEAU DES SCIC", "outcome": "adopted",
        "numbers": [{ "kind": "act", "value": "2025-302" }, { "kind": "report", "value": "48" }],
        "recitals": [
            { "text": "Vu la délibération n°2021-257 du Conseil départemental en date du 01/07/2021 « Délégation d'attributions à la Commission Permanente » ;",
              "reference": { "kind": "deliberation", "number": "2021-257", "date": "2021-07-01", "title": "Délégation d'attributions à la Commission Permanente" } },
            { "text": "Vu l'avis de la 1^{ère} commission rendu lors de sa réunion en date du 24/06/2025 ;",
              "reference": { "kind": "commission_opinion", "date": "2025-06-24" } },
        ],
        "budget_tables": [{ "lines": [{ "operation_code": "C01-650A01", "budget_entry": "6568//9365", "payment_credits": money("100000.00"), "expense": money("11780.00") }] }],
        "beneficiaries": [{ "name": "Cliss XXI", "siret": { "text": "453 837 957 00043", "digits": "45383795700043" }, "siren": { "digits": "453837957" }, "amount": money("11780.00") }],
        "agreements": [{ "parties": [{ "siret": { "text": "226 200 012 00012" } }] }],
        "report": {
            "budget_tables": [{ "lines": [{ "operation_code": "C01-650A01", "budget_entry": "6568/9365", "available": money("60100.00"), "proposal": money("11780.00"), "balance": money("48320.00") }] }],
            "opinions": [{ "opinion": "favorable", "meeting_date": "2025-06-24" }],
        },
        "signatures": [{ "authority": { "given_name": "Jean-Claude", "family_name": "LEROY" }, "formula": "Pour le Président du Conseil départemental,",
                         "title": "La Directrice générale des services,", "signatory": { "given_name": "Maryline", "family_name": "VINCLAIRE" }, "date": "2025-07-07" }],
        "stamps": [],
    });
    act(changed(seed, changes))
}

#[test]
fn the_ballot_has_exactly_its_five_findings() {
    let findings = on_sitting(&seed_sitting(json!({})), COMMISSION);
    let on_ballot: Vec<Finding> = findings.iter().filter(|f| f.subject.kind == SubjectKind::Ballot).cloned().collect();
    assert_eq!(
        codes(&on_ballot),
        ["ballot.exceeds_electorate", "proxy.needed_but_unstated", "recusal.may_be_counted", "ballot.group_split_unnamed", "ballot.mode_unstated"]
    );
    assert!(on_ballot.iter().all(|f| f.subject.id == id(BALLOT) && f.valid_at.to_string() == "2025-07-07" && f.waiver.is_none()));
    // No word on the number in office, and quorum: nothing else on the sitting.
    let others: Vec<Finding> = findings.iter().filter(|f| f.subject.kind != SubjectKind::Ballot).cloned().collect();
    assert_eq!(codes(&others), ["attendance.office_unstated", "quorum.unsettled"]);
    assert!(findings.iter().all(|f| f.severity != Severity::Blocking));
}

#[test]
fn the_ballot_has_the_figures_of_the_settled_record() {
    use FindingCode as Code;
    let findings = on_sitting(&seed_sitting(json!({})), COMMISSION);
    let expected = [
        (
            Code::BallotExceedsElectorate,
            json!({ "counted": 44, "at_most": 43, "without_proxies": 37, "members_in_office": null, "assumes": ["lists_complete"] }),
            Some(false),
        ),
        (Code::ProxyNeededButUnstated, json!({ "counted": 44, "without_proxies": 37, "needed": 7, "possible_givers": 6 }), Some(false)),
        (Code::RecusalMayBeCounted, json!({ "recused": 1, "counted": 44, "at_most": 43, "option": "abstention" }), None),
        (Code::BallotGroupSplitUnnamed, json!({ "group": "Groupe Socialiste, Républicain et Citoyen", "options": ["for", "abstention"] }), None),
        (Code::BallotModeUnstated, json!({ "missing": ["mode"] }), None),
        (Code::QuorumUnsettled, json!({ "counted": 37, "members_in_office": null, "met_if_in_office_at_most": 73, "represented_count": true }), None),
    ];
    for (code, computed, decisive) in expected {
        let finding = one(&findings, code);
        assert_eq!(figures(&finding.computed), computed, "{code:?}");
        assert_eq!(finding.decisive, decisive, "{code:?}");
    }
}

#[test]
fn the_quorum_is_said_in_words_and_is_only_information() {
    let finding = one(&on_sitting(&seed_sitting(json!({})), COMMISSION), FindingCode::QuorumUnsettled);
    assert!(finding.label.fr.contains("atteint si au plus 73 membres étaient en exercice"), "{}", finding.label.fr);
    assert_eq!((finding.severity, finding.certainty), (Severity::Information, Certainty::Verified2015));
    assert_eq!(finding.legal_basis, ["CGCT L3121-14-1"]);
    assert_eq!(finding.subject.id, id(1));
}

#[test]
fn the_act_has_the_findings_of_its_paper_and_of_its_ballot() {
    let findings = on_act(&seed_act(json!({})), &seed_sitting(json!({})), COMMISSION);
    let own: Vec<Finding> = findings.iter().filter(|f| !matches!(f.subject.kind, SubjectKind::Ballot | SubjectKind::Item)).cloned().collect();
    assert_eq!(codes(&own), ["attendance.office_unstated", "act.dates", "act.signature_delegation", "act.identifier", "money.imputation"]);
    let shared = |findings: Vec<Finding>| -> Vec<Finding> {
        findings.into_iter().filter(|f| matches!(f.subject.kind, SubjectKind::Ballot | SubjectKind::Item)).collect()
    };
    assert_eq!(shared(findings.clone()), shared(on_sitting(&seed_sitting(json!({})), COMMISSION)));

    let expected = [
        (FindingCode::ActDates, json!({ "missing": ["transmitted_on", "published_on"] }), Severity::Alert),
        (FindingCode::ActIdentifier, json!({ "texts": ["2025-302", "2025_302"] }), Severity::Alert),
        (FindingCode::MoneyImputation, json!({ "texts": ["6568//9365", "6568/9365"] }), Severity::Information),
    ];
    for (code, computed, severity) in expected {
        let finding = one(&findings, code);
        assert_eq!((figures(&finding.computed), finding.severity), (computed, severity), "{code:?}");
    }
    assert_eq!(one(&findings, FindingCode::ActSignatureDelegation).legal_basis, ["CGCT L3221-3", "CE, 8 novembre 2017, n° 406876"]);
}

#[test]
fn presence_counts_thirty_seven_voters() {
    let presence = presence::at(&seed_sitting(json!({})), When::Item(id(1)));
    let counts = presence.counts;
    assert_eq!((counts.present, counts.recused, counts.excused, counts.not_entitled, counts.unsettled), (37, 1, 6, 4, 0));
    assert_eq!((presence.electorate.without_proxies, presence.electorate.at_most, presence.quorum.present), (37, 43, 37));
    // On another item she votes.
    assert_eq!(presence::at(&seed_sitting(json!({})), When::Item(id(2))).electorate.without_proxies, 38);
}

#[test]
fn a_waiver_is_attached_to_its_code_and_subject_only() {
    let waiver =
        json!({ "code": "ballot.exceeds_electorate", "subject": { "kind": "ballot", "id": text_id(BALLOT) }, "reason": "erreur matérielle" });
    let elsewhere = json!({ "code": "ballot.mode_unstated", "subject": { "kind": "ballot", "id": text_id(701) }, "reason": "autre scrutin" });
    let findings = on_sitting(&seed_sitting(json!({ "waivers": [waiver.clone(), elsewhere] })), COMMISSION);
    assert_eq!(one(&findings, FindingCode::BallotExceedsElectorate).waiver.unwrap().reason, "erreur matérielle");
    assert_eq!(one(&findings, FindingCode::BallotModeUnstated).waiver, None);
    // The act may waive what is its own; the public sees no waiver.
    let own = json!({ "code": "act.identifier", "subject": { "kind": "deliberation", "id": text_id(ACT) }, "reason": "converti à l'envoi" });
    let findings = on_act(&seed_act(json!({ "waivers": [own] })), &seed_sitting(json!({})), COMMISSION);
    assert_eq!(one(&findings, FindingCode::ActIdentifier).waiver.clone().unwrap().reason, "converti à l'envoi");
    assert!(public_view(on_sitting(&seed_sitting(json!({ "waivers": [waiver] })), COMMISSION)).iter().all(|f| f.waiver.is_none()));
}

#[test]
fn the_public_view_is_neutral_and_names_nobody() {
    let findings = on_act(&seed_act(json!({})), &seed_sitting(json!({})), COMMISSION);
    let public = public_view(findings.clone());
    let left_out: Vec<&str> = codes(&findings).into_iter().filter(|code| !codes(&public).contains(code)).collect();
    let form = ["ballot.group_split_unnamed", "ballot.mode_unstated", "act.dates", "act.signature_delegation", "act.identifier", "money.imputation"];
    assert_eq!(left_out, [&["recusal.may_be_counted"], &form[..]].concat());
    let text = serde_json::to_string(&public).unwrap();
    assert!(!text.contains("MESSEANNE") && !text.contains("Membre") && !text.contains("Pour le Président"), "{text}");
    let exceeds = one(&public, FindingCode::BallotExceedsElectorate);
    assert_eq!(exceeds.label.fr, "44 voix sont imprimées ; d'après les listes imprimées, 43 au plus pouvaient être exprimées");
    assert_eq!(exceeds.computed, one(&findings, FindingCode::BallotExceedsElectorate).computed);
}

#[test]
fn the_public_is_not_told_who_is_listed_twice_or_holds_two_proxies() {
    let twice = sitting(json!({
        "attendance": [members("present", 1..=5), members("excused", 5..=7)], "proxies": [proxy(6, 1), proxy(7, 1)],
        "ballots": [ballot(json!([tally("for", 5), tally("against", 0)]), json!({}))],
    }));
    let findings = on_sitting(&twice, COMMISSION);
    one(&findings, FindingCode::AttendanceUnreconciled);
    one(&findings, FindingCode::ProxyInvalid);
    let text = serde_json::to_string(&public_view(findings)).unwrap();
    assert!(!text.contains("Membre") && text.contains("attendance.office_unstated"), "{text}");
}
