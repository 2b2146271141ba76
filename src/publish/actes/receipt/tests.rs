#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::*;
use crate::publish::actes::NAMESPACE;

const ID: &str = "062-226200012-20250707-2025_302-DE";

/// A message in ISO-8859-1 with the namespace declared.
fn message(body: &str) -> Vec<u8> {
    let body = body.replacen('>', &format!(" xmlns:a=\"{NAMESPACE}\">"), 1);
    latin(&format!("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>{body}"))
}

fn latin(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(c).unwrap()).collect()
}

const ECHO: &str = r#"<a:ActeRecu a:Date="2025-07-07" a:NumeroInterne="2025_302" a:CodeNatureActe="1"><a:CodeMatiere1 a:CodeMatiere="7"/>
    <a:CodeMatiere2 a:CodeMatiere="10"/><a:Objet>Subvention &#224; l&#8217;&#339;uvre : 11 780 &#8364; été</a:Objet>
    <a:ClassificationDateVersion>2017-10-01</a:ClassificationDateVersion>
    <a:Document><a:NomFichier>99_DE-062-226200012-20250707-2025_302-DE-1-1_1.pdf</a:NomFichier></a:Document>
    <a:Annexes a:Nombre="1"><a:Annexe><a:NomFichier>31_CO-x_2.pdf</a:NomFichier></a:Annexe></a:Annexes><a:DocumentPapier>N</a:DocumentPapier></a:ActeRecu>
    <a:ClassificationDateVersionEnCours>2024-01-01</a:ClassificationDateVersionEnCours>"#;

#[test]
fn each_message_that_comes_back() {
    use IncomingKind as Kind;
    // Message, kind, day, nature, detail, number of files.
    type Row<'a> = (String, Kind, &'a str, Option<&'a str>, Option<&'a str>, usize);
    let letter = |name: &str, inner: &str| {
        format!(
            r#"<a:{name} a:IDActe="{ID}" a:DateCourrierPref="2025-08-01">{inner}<a:Document><a:NomFichier>l.pdf</a:NomFichier></a:Document></a:{name}>"#
        )
    };
    let answer = |name: &str| {
        format!(r#"<a:{name} a:DateReception="2025-08-20"><a:InfosCourrierPref a:IDActe="{ID}" a:DateCourrierPref="2025-08-01"/></a:{name}>"#)
    };
    let rows: Vec<Row> = vec![
        (format!(r#"<a:ARActe a:IDActe="{ID}" a:DateReception="2025-07-09">{ECHO}</a:ARActe>"#), Kind::ActReceipt, "2025-07-09", None, None, 0),
        (
            format!(
                r#"<a:AnomalieActe><a:Date>2025-07-09</a:Date><a:Nature>007</a:Nature><a:Detail>Numéro déjà utilisé</a:Detail>{ECHO}</a:AnomalieActe>"#
            ),
            Kind::ActAnomaly,
            "2025-07-09",
            Some("007"),
            Some("Numéro déjà utilisé"),
            0,
        ),
        (
            "<a:AnomalieEnveloppe><a:Date>2025-07-09</a:Date><a:Nature>003</a:Nature><a:EnveloppeRecue><a:FormulairesEnvoyes><a:Formulaire>\
             <a:NomFichier>062-226200012-20250707-2025_302-DE-1-1_0.xml</a:NomFichier></a:Formulaire></a:FormulairesEnvoyes></a:EnveloppeRecue>\
             </a:AnomalieEnveloppe>"
                .to_owned(),
            Kind::EnvelopeAnomaly,
            "2025-07-09",
            Some("003"),
            None,
            1,
        ),
        (letter("CourrierSimple", ""), Kind::PlainLetter, "2025-08-01", None, None, 1),
        (
            letter("DemandePieceComplementaire", "<a:DescriptionPieces>L'annexe 3</a:DescriptionPieces>"),
            Kind::PiecesRequest,
            "2025-08-01",
            None,
            Some("L'annexe 3"),
            1,
        ),
        (letter("LettreObservations", "<a:Motif>Compétence</a:Motif>"), Kind::Observations, "2025-08-01", None, Some("Compétence"), 1),
        (answer("ARPieceComplementaire"), Kind::PiecesReceipt, "2025-08-20", None, None, 0),
        (answer("ARReponseRejetLettreObservations"), Kind::ObservationsReceipt, "2025-08-20", None, None, 0),
        (
            format!(
                r#"<a:DefereTA a:IDActe="{ID}"><a:DateDepot>2025-09-10</a:DateDepot><a:NatureIllegalite>Déport</a:NatureIllegalite><a:PiecesJointes><a:PieceJointe><a:NomFichier>r.pdf</a:NomFichier></a:PieceJointe></a:PiecesJointes></a:DefereTA>"#
            ),
            Kind::Referral,
            "2025-09-10",
            None,
            Some("Déport"),
            1,
        ),
        (
            format!(r#"<a:ARAnnulation a:IDActe="{ID}" a:DateReception="2025-07-11"></a:ARAnnulation>"#),
            Kind::CancellationReceipt,
            "2025-07-11",
            None,
            None,
            0,
        ),
    ];
    assert_eq!(rows.len(), IncomingKind::MEMBERS.len());
    for (body, kind, on, nature, detail, files) in rows {
        let bytes = message(&body);
        let read = read_incoming(&bytes).unwrap();
        let printed = !matches!(kind, Kind::ActAnomaly | Kind::EnvelopeAnomaly);
        assert_eq!(read.kind, kind);
        assert_eq!(read.identifier.map(|id| id.to_string()).as_deref(), Some(ID), "{kind:?}");
        assert_eq!(read.as_printed.is_some(), printed, "{kind:?}");
        assert_eq!((read.on, read.nature.as_deref(), read.detail.as_deref()), (on.parse().unwrap(), nature, detail), "{kind:?}");
        assert_eq!((read.files.len(), read.digest), (files, hex::encode(Sha256::digest(&bytes))), "{kind:?}");
    }
}

#[test]
fn the_act_as_the_prefecture_has_it() {
    let body = format!(r#"<a:ARActe a:IDActe="{ID}" a:DateReception="2025-07-09+02:00">{ECHO}</a:ARActe>"#);
    let in_latin = read_incoming(&message(&body)).unwrap();
    let in_utf8 = read_incoming(body.replacen('>', &format!(" xmlns:a=\"{NAMESPACE}\">"), 1).as_bytes()).unwrap();
    assert_eq!(in_latin.echo, in_utf8.echo);
    assert_eq!(in_latin.on, "2025-07-09".parse().unwrap());
    assert_eq!(in_latin.classification_in_force, Some("2024-01-01".parse().unwrap()));
    let expected = EchoedAct {
        date: Some("2025-07-07".parse().unwrap()),
        number: Some("2025_302".to_owned()),
        nature: Some(crate::publish::actes::Nature::Deliberation),
        matter: Some("7.10".parse().unwrap()),
        subject: Some("Subvention à l’œuvre : 11 780 € été".to_owned()),
        previous: None,
        classification: Some("2017-10-01".parse().unwrap()),
        document: Some("99_DE-062-226200012-20250707-2025_302-DE-1-1_1.pdf".to_owned()),
        annexes: vec!["31_CO-x_2.pdf".to_owned()],
        on_paper: Some(false),
    };
    assert_eq!(in_latin.echo, Some(expected));
}

#[test]
fn what_is_not_as_the_schema_has_it_is_taken_where_it_can_be() {
    // An identifier that cannot be read is kept to the letter; attributes without a prefix are those of the schema.
    let read = read_incoming(&message(r#"<a:ARAnnulation IDActe="2025-302" DateReception="2025-07-11Z"></a:ARAnnulation>"#)).unwrap();
    assert_eq!((read.identifier, read.as_printed.as_deref(), read.on), (None, Some("2025-302"), "2025-07-11".parse().unwrap()));
    let printed = "062-226200012-20250707-2025-302-DE";
    let read = read_incoming(&message(&format!(r#"<a:ARAnnulation a:IDActe="{printed}" a:DateReception="2025-07-11"></a:ARAnnulation>"#))).unwrap();
    assert_eq!(read.identifier.map(|id| id.collision_key()), Some(ID.to_owned()));
    // An empty echo is an echo of which nothing is known.
    let read = read_incoming(&message(&format!(r#"<a:ARActe a:IDActe="{ID}" a:DateReception="2025-07-09"><a:ActeRecu/></a:ARActe>"#))).unwrap();
    assert_eq!(read.echo, Some(EchoedAct::default()));
    // Two acts in one envelope: it does not say which is at fault.
    let two = "<a:AnomalieEnveloppe><a:Date>2025-07-09</a:Date><a:Nature>003</a:Nature><a:EnveloppeRecue>\
               <a:NomFichier>062-226200012-20250707-2025_302-DE-1-1_0.xml</a:NomFichier><a:NomFichier>062-226200012-20250707-2025_303-DE-1-1_0.xml</a:NomFichier>\
               </a:EnveloppeRecue></a:AnomalieEnveloppe>";
    assert_eq!(read_incoming(&message(two)).unwrap().identifier, None);
}

#[test]
fn what_cannot_be_read_says_why() {
    let fault = |bytes: &[u8]| read_incoming(bytes).unwrap_err();
    let receipt = format!(r#"<a:ARActe xmlns:a="{NAMESPACE}" a:IDActe="{ID}" a:DateReception="2025-07-09"/>"#);
    assert!(read_incoming(receipt.as_bytes()).is_ok());
    assert_eq!(fault(&vec![b' '; (1 << 20) + 1]), Unreadable::TooLarge);
    assert_eq!(fault(b"\xff\xfe<\0"), Unreadable::Encoding("UTF-16".to_owned()));
    assert_eq!(fault(b"<?xml version='1.0' encoding='Shift_JIS'?><a/>"), Unreadable::Encoding("Shift_JIS".to_owned()));
    assert_eq!(fault(b"<?xml version='1.0' encoding = 'UTF-8'?><a>\xe9</a>"), Unreadable::NotUtf8);
    assert_eq!(fault(b"<a>\xe9</a>"), Unreadable::NotUtf8);
    assert!(matches!(fault(b""), Unreadable::Xml(_)));
    assert!(matches!(fault(&receipt.as_bytes()[..receipt.len() - 2]), Unreadable::Xml(_)));
    assert_eq!(fault(b"<ARActe/>"), Unreadable::NotOfActes("ARActe".to_owned()));
    assert_eq!(fault(&message("<a:Acte></a:Acte>")), Unreadable::Unexpected("Acte".to_owned()));
    assert_eq!(fault(&message("<a:ARActe a:DateReception=\"2025-07-09\"></a:ARActe>")), Unreadable::Missing("IDActe"));
    assert_eq!(fault(&message(&format!("<a:ARActe a:IDActe=\"{ID}\"></a:ARActe>"))), Unreadable::Missing("DateReception"));
    let wrong = fault(&message(&format!("<a:ARActe a:IDActe=\"{ID}\" a:DateReception=\"09/07/2025\"></a:ARActe>")));
    assert_eq!(wrong, Unreadable::Date("DateReception", "09/07/2025".to_owned()));
    let hour = fault(&message(&format!("<a:ARActe a:IDActe=\"{ID}\" a:DateReception=\"2025-07-09T10:00:00\"></a:ARActe>")));
    assert!(matches!(hour, Unreadable::Date(..)));
}

#[test]
fn a_hostile_message_is_refused_unread() {
    let with = |head: &str, body: &str| {
        format!("{head}<a:ARActe xmlns:a=\"{NAMESPACE}\" a:IDActe=\"{ID}\" a:DateReception=\"2025-07-09\">{body}</a:ARActe>")
    };
    let outside = with("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>", "&x;");
    assert_eq!(read_incoming(outside.as_bytes()), Err(Unreadable::DocumentType));
    let parameter = with("<!DOCTYPE a [<!ENTITY % x SYSTEM \"http://example.invalid/x\"> %x;]>", "");
    assert_eq!(read_incoming(parameter.as_bytes()), Err(Unreadable::DocumentType));
    let laughs: String = (1..10).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    let laughs = with(&format!("<!DOCTYPE a [<!ENTITY l0 \"lol\">{laughs}]>"), "&l9;");
    assert_eq!(read_incoming(laughs.as_bytes()), Err(Unreadable::DocumentType));
    assert!(matches!(read_incoming(with("", "&undeclared;").as_bytes()), Err(Unreadable::Xml(_))));
    // Many elements, and elements within elements: as many as the size allows.
    let many = with("", &"<b/>".repeat(200_000));
    assert_eq!(read_incoming(many.as_bytes()), Err(Unreadable::TooLarge));
    let deep = with("", &format!("{}{}", "<b>".repeat(100_000), "</b>".repeat(100_000)));
    assert_eq!(read_incoming(deep.as_bytes()), Err(Unreadable::TooLarge));
    let nested = |levels: usize| with("", &format!("{}{}", "<b>".repeat(levels), "</b>".repeat(levels)));
    assert_eq!(read_incoming(nested(16).as_bytes()), Err(Unreadable::TooLarge), "17 with its root");
    for just_below in [nested(15), with("", &"<b/>".repeat(19_000))] {
        assert!(read_incoming(just_below.as_bytes()).is_ok());
    }
}
