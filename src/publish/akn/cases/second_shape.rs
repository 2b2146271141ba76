//! A plenary over two days: a roll call, a secret election, a vote en bloc, nested recitals, acts that share a number.

use super::*;

#[test]
fn nested_recitals_articles_and_stamps() {
    let written = written(act(&second_shape().act(0, View::Public)));
    let document = tree(&written);
    assert_eq!(said(&document, "citation", "eId"), ["cit_1"]);
    assert_eq!(said(&document, "recital", "eId"), ["rec_1"]);
    let below = [
        ("cit_1__list_1__item_2", "- la délibération n° CD-2023-7 du 3 février 2023,"),
        ("rec_1__list_1__item_1__list_1__item_1", "• et les sols ;"),
        ("statement_1", "M. BRISSOLIER expose que douze kilomètres ont été plantés en 2023."),
        ("art_1__point_2", "b)pour la régénération."),
        ("art_2", "- de charger la Présidente de son exécution."),
        ("signature_2", "La secrétaire de séance,SignéE. CABRERIS"),
        ("stamp_2", "Affiché le 25 nov. 2024 - rendu exécutoire le même jour"),
        ("formula_closing", "Pour extrait conforme"),
    ];
    for (eid, expected) in below {
        assert_eq!(text(under(&document, eid)), expected, "{eid}");
    }
    // Line breaks of the stamp are kept.
    assert_eq!(under(&document, "stamp_1").descendants().filter(|node| node.tag_name().name() == "eol").count(), 3);
    assert_eq!(said(&document, "keyword", "value"), ["8.8", "7.10"]);
    assert_eq!(said(&document, "keyword", "showAs"), ["Environnement", "7.10"]);
    // The lists of attendance of another item's act are not this one's: six are of the sitting, two of them of another item.
    assert_eq!(all(&document, "blockList").into_iter().filter(|list| list.parent().unwrap().attribute("eId") == Some("attendance")).count(), 4);
    assert_eq!(under(&document, "quorumVerification_1__quorum_1").attribute("value"), Some("8"));
    assert_eq!(under(&document, "quorumVerification_1").attribute("outcome"), Some("#quorum_met"));
}

#[test]
fn counts_that_nobody_stated_are_left_out() {
    let written = written(act(&second_shape().act(0, View::Public)));
    let document = tree(&written);
    // "Contre : néant" and an abstention without a number: neither is a count.
    let stated = [("#for", "10"), ("#for #group_1", "5"), ("#for #group_2", "4"), ("#for #non_affiliated", "1")];
    assert_eq!(counts(under(&document, "voting_1")), stated);
    assert_eq!(under(&document, "group_1").attribute("showAs"), Some("Groupe Gauche, Écologie et Territoires"));
    assert_eq!(under(&document, "group_2").attribute("showAs"), Some("Groupe Centre et Ruralité"));
}

#[test]
fn two_acts_of_one_number_have_two_identifiers() {
    let given = second_shape();
    let documents = [0, 1].map(|place| written(act(&given.act(place, View::Public))));
    let [first, second] = documents.each_ref().map(|written| tree(written));
    assert_eq!(said(&first, "FRBRuri", "value"), said(&second, "FRBRuri", "value"));
    assert_eq!(said(&first, "FRBRalias", "value"), [format!("urn:uuid:{}", id(9, 1))]);
    assert_eq!(said(&second, "FRBRalias", "value"), [format!("urn:uuid:{}", id(9, 2))]);
}

#[test]
fn tables_with_other_columns_and_a_total() {
    let written = written(act(&second_shape().act(2, View::Public)));
    let document = tree(&written);
    let rows: Vec<Vec<String>> = cells(under(&document, "art_3__table_1"));
    let expected: &[&[&str]] = &[
        &["Chap./Art.", "Libellé", "Diminution", "Augmentation"],
        &["DÉPENSES DE FONCTIONNEMENT"],
        &["65 / 65748", "Subventions", "", "+ 7.480,50"],
        &["022", "Dépenses imprévues", "- 7.480,50", ""],
        &["Total", "0,00"],
    ];
    assert_eq!(rows, expected);
    assert_eq!(texts(&document, "caption"), ["Bénéficiaires", "Budget principal, exercice 2024", "Budget annexe des forêts"]);
    let unprinted = cells(under(&document, "table_1"));
    let sum = "2.500.000,00 EUR (deux millions cinq cent mille euros)";
    assert_eq!(unprinted, [["Imputation", "Sens", "Recette"], ["chapitre 74", "recette", sum]]);
}

#[test]
fn a_natural_person_who_is_granted_something_is_not_shown_to_the_public() {
    let given = second_shape();
    let [public, internal] = [View::Public, View::Internal].map(|view| written(act(&given.act(2, view))));
    assert!(internal.contains("un éleveur de Brumeval") && !public.contains("éleveur"));
    let document = tree(&public);
    let rows = cells(under(&document, "art_1__beneficiaries"));
    let headings = ["Code", "Bénéficiaire", "SIRET", "Objet", "Demandé", "Montant", "Report", "", "", ""];
    assert_eq!(rows[0], headings);
    assert_eq!(rows[1], ["SPORTS D'EAU"]);
    assert_eq!(rows[2][1..6], ["CLUB NAUTIQUEdes Eaux Vives", "900 000 012 00014", "Achat de deux canoës", "5.000 €", "4.480,50 €"]);
    assert_eq!(rows[4][..6], ["", "personne physique", "", "Clôture", "", "à déterminer"]);
}

#[test]
fn a_roll_call_names_each_vote_and_a_secret_ballot_none() {
    let written = written(minutes(&second_shape().minutes(View::Public)));
    let document = tree(&written);
    let called = votes(under(&document, "ballot_1"));
    let of = |choice: &str| called.iter().filter(|(_, what, _)| *what == choice).count();
    assert_eq!([of("#for"), of("#against"), of("#abstention"), of("#not_voting")], [9, 1, 2, 2]);
    let by_proxy: Vec<&str> = called.iter().filter(|(_, _, role)| role.is_some()).map(|(who, _, _)| who.as_str()).collect();
    assert_eq!(by_proxy, ["M. Casimir D'HAUTERAIVE"]);
    assert_eq!(under(&document, "represented").tag_name().name(), "TLCRole");
    assert!(text(under(&document, "ballot_1")).contains("M. Casimir D'HAUTERAIVE (par Mme Léonie SAINT-ARVEL) : pour"));
    // Those whom the line of an open ballot names.
    let named = [("Mme TRÉMOLINE", "#against"), ("GRANDCHAMPS", "#abstention"), ("O'KERVADEC", "#abstention")];
    assert_eq!(votes(under(&document, "ballot_3")), named.map(|(who, what)| (who.to_owned(), what, None)));
    assert_eq!(votes(under(&document, "ballot_5")), []);
    let round = under(&document, "voting_5__round_2");
    let results: Vec<&str> = counts(round).into_iter().map(|(_, value)| value).collect();
    assert_eq!(results, ["7", "3", "2", "0", "12", "10"]);
    assert_eq!(round.attribute("outcome"), Some("#elected"));
}

#[test]
fn items_are_told_in_the_order_in_which_they_were_taken() {
    let written = written(minutes(&second_shape().minutes(View::Public)));
    let document = tree(&written);
    let sections = all(&document, "debateSection");
    let named: Vec<String> =
        sections.iter().filter_map(|section| section.children().find(|node| node.tag_name().name() == "heading")).map(text).collect();
    let expected = [
        "Compte administratif 2023",
        "Affectation du résultat",
        "Affaires soumises à un vote groupé",
        "Règlement d'aide aux haies bocagères",
        "Adhésion au syndicat mixte des Eaux Vives et désignation d'un représentant",
        "Subventions aux clubs et décision modificative",
        "Cession de la maison forestière de Brumeval",
        "Vœu relatif à la desserte ferroviaire",
    ];
    assert_eq!(named, expected);
    // A vote en bloc stands under its first item; the others point to it.
    assert_eq!(under(&document, "ballot_4").parent().unwrap().attribute("eId"), Some("item_4"));
    let pointing: Vec<_> = all(&document, "ref").into_iter().filter(|node| node.attribute("href") == Some("#ballot_4")).collect();
    let from: Vec<_> = pointing.iter().map(|node| node.ancestors().find_map(|above| above.attribute("eId")).unwrap()).collect();
    assert_eq!(from, ["item_5", "item_6"]);
    // A ballot whose counts are all unknown has no figure to be given in the metadata.
    assert!(document.descendants().all(|node| node.attribute("eId") != Some("voting_6")));
    assert_eq!(texts(&document, "adjournment"), ["La séance est levée à 16 heures 20"]);
    assert_eq!(text(under(&document, "events_1")).matches("suspension de séance (onze heures et quart)").count(), 1);
}
