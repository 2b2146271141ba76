//! A thousand acts made up by a fixed seed: each message reads back as what was put in. `scripts/conformance` has the same messages written to
//! a folder (`ACTES_OUT`) and holds them against the schema of the Ministry.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::path::Path;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::*;

const ACTS: usize = 1000;

#[derive(Clone, Debug)]
struct Made {
    department: &'static str,
    siren: &'static str,
    date: NaiveDate,
    number: String,
    nature: Nature,
    matter: &'static str,
    deeper: Vec<u8>,
    title: String,
    annexes: usize,
    follows: bool,
    on_paper: bool,
}

/// Words with all that goes wrong: characters that ISO-8859-1 lacks, markup, line breaks, references that are none.
fn title() -> impl Strategy<Value = String> {
    let pieces = vec![
        "Subvention",
        "à",
        "l’œuvre",
        "11 780 €",
        "«\u{a0}Bulle\u{a0}»",
        "“guillemets”",
        "—",
        "…",
        "é",
        "&",
        "<",
        ">",
        "\"",
        "'",
        "]]>",
        "&amp;",
        "&#233;",
        "<!--",
        "?>",
        "\n",
        "\r\n",
        "\t",
        "\u{2028}",
        "\u{85}",
        "\u{92}",
        "ÿ",
        "Ÿ",
        "😀",
        "e\u{301}",
        "\u{fffd}",
        "n°",
        "ﬁ",
        "ΑΒΓ",
        "中文",
    ];
    let short = prop::collection::vec(select(pieces.clone()), 1..25).prop_map(|words| words.join(" "));
    let long = prop::collection::vec(select(pieces), 150..220).prop_map(|words| words.join(" "));
    let one_word = prop::collection::vec(select(vec!['a', 'é', '€', 'œ']), 600).prop_map(String::from_iter);
    // Some text beside what is only space.
    prop_oneof![6 => short, 2 => long, 1 => one_word].prop_map(|title| format!("Acte {title}"))
}

fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9]{4}-[0-9]{1,5}",
        "[0-9]{4}_[0-9]{3}",
        "CP/[0-9]{4}\\.[0-9]{2}",
        "[a-zA-Z0-9]{2,15}",
        "N°[0-9]{1,4} bis",
        "[0-9]{2}-[A-Z]{2}-[0-9]{3}"
    ]
}

fn made() -> impl Strategy<Value = Made> {
    let matters: Vec<&'static str> = MATTERS.iter().map(|matter| matter.code).filter(|code| code.contains('.')).collect();
    let who = (select(vec!["062", "02A", "02B", "974", "001"]), select(vec!["226200012", "200076958"]));
    let what = (0u64..36_525, number(), select(Nature::ALL.to_vec()), select(matters), prop::collection::vec(1u8..=99, 0..=3));
    let more = (title(), 0usize..4, any::<bool>(), any::<bool>());
    (who, what, more).prop_map(|((department, siren), (day, number, nature, matter, deeper), (title, annexes, follows, on_paper))| {
        let date = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap() + Days::new(day);
        Made { department, siren, date, number, nature, matter, deeper, title, annexes, follows, on_paper }
    })
}

fn write(name: &str, bytes: &[u8]) {
    if let Some(folder) = std::env::var_os("ACTES_OUT") {
        std::fs::write(Path::new(&folder).join(name), bytes).unwrap();
    }
}

#[test]
fn a_thousand_messages_read_back_as_what_was_put_in() {
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]));
    let (mut cut, mut referenced) = (0, 0);
    for n in 0..ACTS {
        let act = made().new_tree(&mut runner).unwrap().current();
        let identifier = ActIdentifier::new(act.department, act.siren, act.date, &transmissible_number(&act.number).unwrap(), act.nature).unwrap();
        assert_eq!(identifier.to_string().parse().as_ref(), Ok(&identifier), "{act:?}");
        assert_eq!(ActIdentifier::lenient(&identifier.to_string()).as_ref(), Ok(&identifier), "{act:?}");
        let path: Vec<String> = act.deeper.iter().map(u8::to_string).collect();
        let matter: MatterPath = [&[act.matter.to_owned()], path.as_slice()].concat().join(".").parse().unwrap();
        let names: Vec<String> =
            (1..=1 + act.annexes).map(|n| attachment_name("99_DE", &identifier, u16::try_from(n).unwrap(), "pdf").unwrap()).collect();
        let message = ActMessage {
            identifier: &identifier,
            matter: &matter,
            title: &act.title,
            previous: act.follows.then_some(&identifier),
            classification: act.date,
            document: &names[0],
            annexes: &names[1..],
            on_paper: act.on_paper,
        };
        let xml = message.to_xml().unwrap();
        let subject = subject_of(&act.title);
        assert!(!subject.text.contains('\n') && subject.text.chars().count() <= 499);
        cut += usize::from(subject.cut);
        referenced += usize::from(subject.text.contains('€'));
        let expected = EchoedAct {
            date: Some(act.date),
            number: Some(identifier.number().to_owned()),
            nature: Some(act.nature),
            matter: Some(matter.clone()),
            subject: Some(subject.text),
            previous: act.follows.then(|| identifier.to_string()),
            classification: Some(act.date),
            document: Some(names[0].clone()),
            annexes: names[1..].to_vec(),
            on_paper: Some(act.on_paper),
        };
        assert_eq!(read_act(&xml).unwrap(), expected, "{act:?}");
        assert_eq!(ActIdentifier::in_file_name(&names[0]), Some(identifier.clone()));
        assert_eq!(ActIdentifier::in_file_name(&message_name(&identifier, FileKind::Act)), Some(identifier.clone()));
        write(&format!("acte-{n:04}.xml"), &xml);
        if n < 100 {
            envelope_and_cancellation(n, &act, &identifier);
            echoed(n, &identifier, &xml, &expected);
        }
    }
    // What the seed made is what the test is for.
    assert!(cut > 100 && referenced > 100, "{cut} cut, {referenced} with a reference");
}

fn envelope_and_cancellation(n: usize, act: &Made, identifier: &ActIdentifier) {
    let envelope = Envelope {
        sender: Sender { siren: act.siren, department: act.department, district: u8::try_from(n % 10).unwrap(), kind: u8::try_from(n).unwrap() },
        contact: n.is_multiple_of(2).then_some(Contact { name: Some("Zoé <Bœuf> & Cie"), telephone: Some("+33 3 21 00 00 00"), email: None }),
        return_addresses: &["actes@example.fr".to_owned(), "a.b_c@sub.example.fr".to_owned()],
        messages: &[message_name(identifier, FileKind::Act)],
    };
    write(&format!("envelope-{n:04}.xml"), &envelope.to_xml().unwrap());
    write(&format!("cancellation-{n:04}.xml"), &cancellation(identifier).unwrap());
}

/// The act as the prefecture sends it back, within a receipt that the schema takes.
fn echoed(n: usize, identifier: &ActIdentifier, xml: &[u8], expected: &EchoedAct) {
    let text: String = xml.iter().copied().map(char::from).collect();
    let (declaration, act) = text.split_once("?>").unwrap();
    let act = act.replacen("<actes:Acte ", "<actes:ActeRecu ", 1).replacen("</actes:Acte>", "</actes:ActeRecu>", 1);
    let receipt = format!(
        "{declaration}?><actes:ARActe xmlns:actes=\"{NAMESPACE}\" actes:IDActe=\"{identifier}\" actes:DateReception=\"2025-07-09\">{act}\
         <actes:ClassificationDateVersionEnCours>2025-01-01</actes:ClassificationDateVersionEnCours></actes:ARActe>"
    );
    let bytes: Vec<u8> = receipt.chars().map(|c| u8::try_from(c).unwrap()).collect();
    let read = read_incoming(&bytes).unwrap();
    assert_eq!((read.identifier.as_ref(), read.echo.as_ref()), (Some(identifier), Some(expected)));
    write(&format!("receipt-{n:04}.xml"), &bytes);
}
