#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use super::*;

const ARTICLES: &str = "Article 1 :\nD'attribuer 11 780 € à la société.\n\nArticle 2 :\nD'autoriser le Président à signer la convention.\n\nArticle 3 :\nD'imputer la dépense sur le budget.\n";

/// What differs: kind, class, printed, rendered.
type Told<'a> = (&'a str, &'a str, &'a str, &'a str);
/// Its name, the text, the rendering, what differs.
type Case<'a> = (&'a str, String, String, &'a [Told<'a>]);

fn told(text: &str, rendered: &str) -> Vec<(&'static str, &'static str, String, String)> {
    let compared = of_texts(text, 0..text.len(), rendered, None);
    assert!(compared.complete);
    for difference in &compared.differences {
        assert_eq!(text.get(difference.span.start..difference.span.end), Some(difference.printed.as_str()));
    }
    compared.differences.into_iter().map(|d| (d.kind.wire(), d.class.wire(), d.printed, d.rendered)).collect()
}

#[test]
fn what_only_sets_a_text_on_its_page_is_no_difference() {
    for (case, text, rendered) in [
        ("lines", "La Commission\nPermanente\n", "La Commission Permanente"),
        ("bold and superscripts", "**DECIDE :** la 1^{ère} commission", "DECIDE : la 1ère commission"),
        ("a hyphen at the end of a line, kept", "l'action départe-\nmentale", "l'action départe-mentale"),
        ("a hyphen at the end of a line, joined", "l'action départe-\nmentale", "l'action départementale"),
        ("quotes", "l’action « Cliss XXI »", "l'action \"Cliss XXI\""),
        ("spaces in a sum", "11 780,00\u{a0}€", "11780,00 €"),
        ("columns", "Code\tCP €\n| C01 | 100 |", "Code CP €\nC01\t100"),
        ("a soft hyphen, a form feed", "dépar\u{ad}tement\u{c}du Nord", "département du Nord"),
    ] {
        assert_eq!(told(text, rendered), [], "{case}");
    }
}

#[test]
fn every_difference_is_told() {
    let cases: &[Case<'_>] = &[
        ("a missing word", "n'a pas pris part au vote".into(), "n'a pris part au vote".into(), &[("missing", "text", "pas", "")]),
        ("a changed number", "Pour : 43 voix".into(), "Pour : 44 voix".into(), &[("changed", "text", "43", "44")]),
        ("a comma in a sum", "de 12,5 €".into(), "de 125 €".into(), &[("changed", "text", "12,5", "125")]),
        ("a point for a comma", "de 1.500 €".into(), "de 1,500 €".into(), &[("changed", "text", ".", ",")]),
        ("a comma gone between figures", "12,5".into(), "12 5".into(), &[("missing", "text", ",", "")]),
        ("a hyphen inside a line", "le vice-président".into(), "le viceprésident".into(), &[("changed", "form", "vice-président", "viceprésident")]),
        ("capitals and accents", "DÉCIDE :".into(), "Décide :".into(), &[("changed", "form", "DÉCIDE", "Décide")]),
        ("a sign that says something", "de 12 % au plus".into(), "de 12 au plus".into(), &[("missing", "text", "%", "")]),
        ("a full stop", "est adopté.".into(), "est adopté".into(), &[("missing", "form", ".", "")]),
        (
            "an added line",
            "Vu la loi ;\nDECIDE".into(),
            "Vu la loi ;\nAprès en avoir délibéré,\nDECIDE".into(),
            &[("added", "text", "", "Après en avoir délibéré,")],
        ),
        (
            "a moved article",
            ARTICLES.into(),
            [
                "Article 1 :\nD'attribuer 11 780 € à la société.",
                "Article 3 :\nD'imputer la dépense sur le budget.",
                "Article 2 :\nD'autoriser le Président à signer la convention.",
            ]
            .join("\n\n"),
            &[
                ("added", "order", "", "Article 3 :\nD'imputer la dépense sur le budget."),
                ("missing", "order", "Article 3 :\nD'imputer la dépense sur le budget.", ""),
            ],
        ),
        ("a line of dots", "fin.\n.....\nLe Président".into(), "fin.\nLe Président".into(), &[("missing", "layout", ".....", "")]),
        (
            "the foot of pages",
            "Tête\nUn mot\n1/2\n\u{c}Tête\nUn autre\n2/2\n".into(),
            "Tête\nUn mot\nUn autre".into(),
            &[("missing", "layout", "1/2\n\u{c}Tête", ""), ("missing", "layout", "2/2", "")],
        ),
        (
            "two phrases that share a small word are one difference",
            "le budget principal voté de la commune voisine entière".into(),
            "le montant annuel prévu de la région toute autre".into(),
            &[("changed", "text", "budget principal voté de la commune voisine entière", "montant annuel prévu de la région toute autre")],
        ),
        ("nothing is rendered", "Vu la loi".into(), String::new(), &[("missing", "text", "Vu la loi", "")]),
        ("there was no text", String::new(), "Vu la loi".into(), &[("added", "text", "", "Vu la loi")]),
    ];
    for (case, text, rendered, expected) in cases {
        let found = told(text, rendered);
        let found: Vec<_> = found.iter().map(|(kind, class, printed, rendered)| (*kind, *class, printed.as_str(), rendered.as_str())).collect();
        assert_eq!(found, *expected, "{case}");
    }
}

#[test]
fn a_place_counts_from_the_start_of_the_text() {
    let text = "Rapport à côté\nPour : 43 voix\nAnnexe";
    let start = text.find("Pour").unwrap();
    let compared = of_texts(text, start..text.find("Annexe").unwrap(), "Pour : 44 voix exprimées", None);
    let places: Vec<_> = compared.differences.iter().map(|d| text.get(d.span.start..d.span.end).unwrap()).collect();
    assert_eq!(places, ["43", ""]);
    assert_eq!(compared.differences.last().map(|d| d.span.start), Some(text.find("\nAnnexe").unwrap()));
}

/// A text made to have nothing in common with its record takes no longer than it may, and nothing of it is left out.
#[test]
fn a_long_comparison_is_cut() {
    let words = |from: u32| (0..120_000_u32).map(|n| ((n.wrapping_mul(2_654_435_761) >> 7) % 700 + from).to_string()).collect::<Vec<_>>().join(" ");
    let (text, rendered) = (words(1_000), words(1_350));
    let limit = Duration::from_millis(300);
    let begun = Instant::now();
    let compared = of_texts(&text, 0..text.len(), &rendered, Some(begun + limit));
    assert!(!compared.complete);
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    // What the differences say turns the one text into the other.
    let mut made = String::new();
    let mut at = 0;
    for difference in &compared.differences {
        made.push_str(text.get(at..difference.span.start).unwrap());
        if difference.printed.is_empty() {
            made.push(' ');
        }
        made.push_str(&difference.rendered);
        at = difference.span.end;
    }
    made.push_str(text.get(at..).unwrap());
    assert_eq!(made.split_whitespace().collect::<Vec<_>>(), rendered.split_whitespace().collect::<Vec<_>>());
}
