//! The real act as the register prints it (PDF/A), read back.

use registre::intake::{self, Confidence, pdf};

#[test]
fn the_act_that_was_printed_as_pdf_is_read_back() {
    let text = pdf::text(include_bytes!("seed.pdf")).unwrap();
    assert!(
        text.contains(
            "Code Opération\tImputation budgétaire\tLibellé Opération\tCP €\tDépense €\nC01-650A01\t6568//9365\tMission ESS\t100 000,00\t11 780,00\n"
        ),
        "{text}"
    );
    let reading = intake::read(&text);
    assert_eq!(reading.drafts.len(), 1);
    let draft = &reading.drafts[0];
    let (act, sitting) = (&draft.act, &draft.sitting);
    assert_eq!(
        (act.number(), act.title.as_str()),
        (Some("2025-302"), "ANIMER LE RÉSEAU DES SOCIÉTÉS COOPÉRATIVES D'INTÉRÊT COLLECTIF (SCIC) DU PAS-DE-CALAIS")
    );
    assert_eq!(sitting.date.to_string(), "2025-07-07");
    assert_eq!(sitting.attendance.iter().map(|list| list.entries.len()).collect::<Vec<_>>(), [38, 6, 2, 2]);
    assert_eq!(sitting.attendance[0].entries[7].printed.as_deref(), Some("M. Jean-Claude DISSAUX"));
    let texts: Vec<_> = act.articles.iter().map(|article| article.text.as_str()).collect();
    assert_eq!((act.recitals.len(), act.articles.len(), act.budget_tables.len()), (13, 3, 1), "{texts:#?} {:#?}", act.recitals.last());
    assert_eq!(act.budget_tables[0].lines[0].expense.as_ref().and_then(|money| money.cents()), Some(1_178_000));
    let counts: Vec<_> = sitting.ballots[0].options.iter().map(|tally| tally.count.map(|count| count.get())).collect();
    assert_eq!(counts, [Some(43), Some(0), Some(1)]);
    assert_eq!(act.outcome.wire(), "adopted");
    assert!(draft.values.iter().any(|value| value.pointer == "/act/title" && value.confidence != Confidence::Doubtful));
}

#[test]
fn what_is_no_pdf_with_text_is_told() {
    assert_eq!(pdf::text(b""), Err(pdf::PdfError::NotPdf));
    assert_eq!(pdf::text(b"COMMUNE DE X"), Err(pdf::PdfError::NotPdf));
    assert_eq!(pdf::text(b"%PDF-1.7\n%%EOF"), Err(pdf::PdfError::Unreadable));
    let whole = include_bytes!("seed.pdf");
    for part in [100, 5_000, whole.len() / 2, whole.len() - 200] {
        assert!(pdf::text(&whole[..part]).is_err(), "{part}");
    }
}
