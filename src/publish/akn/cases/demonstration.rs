//! The act N°2025-302, as its paper reads.

use super::*;

#[test]
fn what_it_is() {
    let written = written(act(&demonstration().act(0, View::Public)));
    let document = tree(&written);
    let work = "/akn/fr/statement/deliberation/departement-du-pas-de-calais/2025-07-07/2025-302";
    assert_eq!(said(&document, "statement", "name"), ["deliberation"]);
    assert_eq!(said(&document, "FRBRuri", "value"), [work.to_owned(), format!("{work}/fra@2025-07-07"), format!("{work}/fra@2025-07-07.akn")]);
    assert_eq!(said(&document, "FRBRnumber", "value"), ["2025-302"]);
    assert_eq!(said(&document, "FRBRcountry", "value"), ["fr"]);
    assert_eq!(said(&document, "FRBRlanguage", "language"), ["fra"]);
    assert_eq!(said(&document, "FRBRversionNumber", "value"), ["3"]);
    assert_eq!(said(&document, "FRBRdate", "date"), ["2025-07-07", "2025-07-07", "2025-07-08T09:30:00Z"]);
    assert_eq!(said(&document, "eventRef", "type"), ["generation"]);
    assert_eq!(under(&document, "authority").attribute("showAs"), Some("Département du Pas-de-Calais"));
}

#[test]
fn its_vote_is_as_proclaimed() {
    let written = written(act(&demonstration().act(0, View::Public)));
    let document = tree(&written);
    let voting = under(&document, "voting_1");
    assert_eq!(counts(voting), [("#for", "43"), ("#against", "0"), ("#abstention", "1")]);
    assert_eq!(voting.attribute("outcome"), Some("#adopted"));
    // No number in office, and no quorum, is printed.
    assert_eq!(all(&document, "quorumVerification").len(), 0);
    assert_eq!(said(&document, "quantity", "normalized"), ["43", "0", "1"]);
    assert_eq!(texts(&document, "quantity"), ["43 voix", "0 voix", "1"]);
    assert_eq!(texts(&document, "outcome"), ["(Adopté)"]);
    // The line is to the letter; the four groups are marked, the first of them twice.
    let line = demonstration().sitting["ballots"][0]["text"].as_str().unwrap().to_owned();
    assert!(under(&document, "ballot_1").descendants().any(|node| text(node) == line));
    let groups: Vec<&str> = said(&document, "organization", "refersTo");
    assert_eq!(groups, ["#group_1", "#group_2", "#group_3", "#group_4", "#group_1"]);
    assert_eq!(all(&document, "vote").len(), 0);
}

#[test]
fn its_text_is_to_the_letter_and_in_order() {
    let given = demonstration();
    let written = written(act(&given.act(0, View::Public)));
    let document = tree(&written);
    let numbered = |kind: &str, count: usize| (1..=count).map(|n| format!("{kind}_{n}")).collect::<Vec<_>>();
    assert_eq!(said(&document, "citation", "eId"), numbered("cit", 13));
    assert_eq!(said(&document, "article", "eId"), numbered("art", 3));
    assert_eq!(texts(&document, "num"), ["Article 1 :", "Article 2 :", "Article 3 :"]);
    assert_eq!(texts(&document, "sup"), ["ère"]);
    let printed = |value: &Value| value["text"].as_str().unwrap().replace("^{ère}", "ère");
    let recitals: Vec<String> = given.acts[0]["recitals"].as_array().unwrap().iter().map(printed).collect();
    assert_eq!(texts(&document, "citation"), recitals);
    for (place, article) in given.acts[0]["articles"].as_array().unwrap().iter().enumerate() {
        let eid = format!("art_{}", place + 1);
        assert!(text(under(&document, &eid)).contains(&printed(article)), "{eid}");
    }
    let head = ["docAuthority", "docType", "docDate", "docTitle", "docNumber"].map(|name| texts(&document, name).join("|"));
    assert_eq!(
        head,
        [
            "DEPARTEMENT DU PAS-DE-CALAIS",
            "DELIBERATION DE LA COMMISSION PERMANENTE DU CONSEIL DEPARTEMENTAL",
            "REUNION DU 7 JUILLET 2025",
            "ANIMER LE RÉSEAU DES SOCIÉTÉS COOPÉRATIVES D'INTÉRÊT COLLECTIF (SCIC) DU PAS-DE-CALAIS",
            "(N°2025-302)",
        ]
    );
    let formulas = ["La Commission Permanente du Conseil départemental du Pas-de-Calais", "Après en avoir délibéré,", "DECIDE :"];
    assert_eq!(texts(&document, "formula"), formulas);
    assert_eq!(
        cells(under(&document, "art_3__table_1")),
        [
            ["Code Opération", "Imputation budgétaire", "Libellé Opération", "CP €", "Dépense €"],
            ["C01-650A01", "6568//9365", "Mission ESS", "100 000,00", "11 780,00"],
        ]
    );
}

#[test]
fn those_whom_it_names() {
    let written = written(act(&demonstration().act(0, View::Public)));
    let document = tree(&written);
    let lists: Vec<usize> =
        (1..=4).map(|n| under(&document, &format!("attendance_{n}")).children().filter(|node| node.tag_name().name() == "item").count()).collect();
    assert_eq!(lists, [38, 6, 2, 2]);
    // Forty-eight on the lists, one of whom presides and one is secretary; and one who signs and is in no directory.
    assert_eq!(all(&document, "TLCPerson").len(), 49);
    let in_role = |role: &str| all(&document, "person").into_iter().filter(|node| node.attribute("as") == Some(role)).map(text).collect::<Vec<_>>();
    assert_eq!(in_role("#president"), ["MONSIEUR JEAN-CLAUDE LEROY"]);
    assert_eq!(in_role("#secretary"), ["Mme Zohra OUAGUEF"]);
    assert_eq!(in_role("#signatory"), ["Maryline VINCLAIRE"]);
    assert_eq!(in_role("#without_vote").len(), 4);
    assert_eq!(texts(&document, "signature"), ["Maryline VINCLAIRE"]);
    let aside = text(under(&document, "recusals"));
    assert_eq!(aside, "Madame Bénédicte MESSEANNE-GROBELNY intéressée à l'affaire, n'a pris part ni au débat, ni au vote.");
}

#[test]
fn its_annexes_are_listed_and_what_is_restricted_is_not_told() {
    let written = written(act(&demonstration().act(0, View::Restricted)));
    let document = tree(&written);
    assert_eq!(
        texts(&document, "heading"),
        ["Bilan final d'exécution", "Animer le réseau des SCIC du Pas-de-Calais / Demande de subvention", "CONVENTION", "RAPPORT N°48"]
    );
    assert_eq!(said(&document, "attachment", "eId"), ["att_1", "att_2", "att_3", "att_4"]);
    // Who signed an annex, who represents a party, where it lives: in no view.
    for hidden in ["Maï Lohier", "ADOLPHE", "avenue Jean Jaurès"] {
        assert!(!written.contains(hidden), "{hidden}");
    }
}

#[test]
fn its_minutes() {
    let written = written(minutes(&demonstration().minutes(View::Public)));
    let document = tree(&written);
    assert_eq!(said(&document, "debate", "name"), ["procesVerbal"]);
    assert_eq!(said(&document, "rollCall", "eId"), ["rollCall_1"]);
    assert_eq!(said(&document, "debateSection", "eId"), ["opening_1", "item_1"]);
    assert_eq!(counts(under(&document, "voting_1")), [("#for", "43"), ("#against", "0"), ("#abstention", "1")]);
    let resolution = under(&document, "item_1__resolutions_1");
    let link = resolution.descendants().find(|node| node.tag_name().name() == "ref").unwrap();
    assert_eq!(link.attribute("href"), Some("/akn/fr/statement/deliberation/departement-du-pas-de-calais/2025-07-07/2025-302"));
    assert!(text(resolution).contains("D'autoriser le Président du Conseil départemental à signer"));
    // The ballot has said it.
    assert_eq!(texts(&document, "outcome"), ["(Adopté)"]);
}
